"""The cookies of wallograph: the session, the browser that is known, and the secrets of authors.

In: a request, or a secret to be kept. Out: the secret that came, or a Set-Cookie. On an https base they are Secure;
those of the whole site then have the prefix `__Host-`, which no other host can set.
"""

from typing import Final

from starlette.requests import HTTPConnection
from starlette.responses import Response

from wallograph.web.site import Site

SESSION: Final = "wg_session"
BROWSER: Final = "wg_browser"  # this browser logged in before
OIDC: Final = "wg_oidc"  # somebody is on the way to the OpenID provider and back
AUTHOR: Final = "wg_author"  # secrets of proposals, joined by dots
_OURS: Final = (SESSION, BROWSER, OIDC, AUTHOR)
_HOST: Final = "__Host-"
_SECURE: Final = "__Secure-"
AUTHOR_PATH: Final = "/submissions"
_MOST_SECRETS: Final = 20
_LONGEST: Final = 200  # characters of a secret


def is_https(site: Site) -> bool:
    """Whether the site is reached over TLS, as its base says."""
    return site.base.startswith("https://")


def cookie_name(site: Site, name: str) -> str:
    """The name of a cookie on this site."""
    if not is_https(site):
        return name
    return (_SECURE if name == AUTHOR else _HOST) + name


def read_cookie(site: Site, request: HTTPConnection, name: str) -> str:
    """The value of a cookie, empty when there is none."""
    return request.cookies.get(cookie_name(site, name), "")[: _LONGEST * _MOST_SECRETS]


def set_cookie(
    site: Site, response: Response, name: str, value: str, *, seconds: int | None = None, strict: bool = False
) -> None:
    """Keep a value in the browser: to its end, or for so many seconds."""
    response.set_cookie(
        cookie_name(site, name), value, max_age=seconds, path=_path(site, name), secure=is_https(site), httponly=True,
        samesite="strict" if strict else "lax",
    )  # fmt: skip


def drop_cookie(site: Site, response: Response, name: str) -> None:
    """Let the browser forget a value."""
    response.delete_cookie(
        cookie_name(site, name), path=_path(site, name), secure=is_https(site), httponly=True, samesite="lax"
    )


def author_secrets(site: Site, request: HTTPConnection) -> tuple[str, ...]:
    """The secrets of proposals that this browser holds, the newest first. Nobody has checked them yet."""
    found = read_cookie(site, request, AUTHOR).split(".")
    return tuple(secret for secret in found if secret and len(secret) <= _LONGEST)[:_MOST_SECRETS]


def keep_author_secret(site: Site, request: HTTPConnection, response: Response, secret: str) -> None:
    """Let this browser hold the secret of a proposal too: its author followed the secret address, or just made it."""
    others = [other for other in author_secrets(site, request) if other != secret]
    value = ".".join([secret, *others][:_MOST_SECRETS])
    set_cookie(site, response, AUTHOR, value, seconds=180 * 86400, strict=True)


def without_ours(header: bytes) -> bytes:
    """A Cookie header without the cookies of people: public pages never see who asks."""
    names = {prefix + name for name in _OURS for prefix in ("", _HOST, _SECURE)}
    return b";".join(piece for piece in header.split(b";") if _name(piece) not in names).strip()


def _name(piece: bytes) -> str:
    return piece.partition(b"=")[0].strip().decode("latin-1")


def _path(site: Site, name: str) -> str:
    """`__Host-` wants `/`; the author's secrets only go to where proposals are."""
    return site.url(AUTHOR_PATH) if name == AUTHOR else "/"


