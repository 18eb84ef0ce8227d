"""Requests that change something must come from our own pages (cross-site request forgery).

In: a request with cookies. Out: the same request, to be read by its handler, or a 403. A form carries the field
`csrf` as its FIRST field (in a template: `{{ csrf_field(csrf) }}` right after `<form …>`, from account_parts.html), a
script or program the header `X-CSRF-Token`. Only the beginning of a body is read here, so that a large file is
neither kept nor waited for. What comes with `Authorization` needs none: a browser never sends that by itself.

A page with a form must not have `Referrer-Policy: no-referrer`: browsers then send `Origin: null`, which is refused.
"""

import asyncio
import hmac
from collections.abc import Iterable
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from starlette.requests import HTTPConnection
from starlette.types import Message, Receive, Scope

from wallograph.errors import InputError
from wallograph.web.errors import Problem
from wallograph.web.multipart import read_multipart

FIELD: Final = "csrf"
SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_HEAD_BYTES: Final = 8192
_SECONDS: Final = 10.0
_FORM: Final = "application/x-www-form-urlencoded"
_MULTIPART: Final = "multipart/form-data"


def check_origin(request: HTTPConnection, base: str) -> None:
    """403 when a browser says that the request comes from a page of another site."""
    site = request.headers.get("sec-fetch-site", "")
    if site not in ("", "same-origin", "none"):
        raise _refused("The request comes from a page of another site.")
    origin = request.headers.get("origin")
    if origin is None:
        return
    found, ours = urlsplit(origin), urlsplit(base)
    # The Host header is compared and nothing else: a page of another site cannot choose it.
    if (found.scheme, found.netloc) == (ours.scheme, ours.netloc):
        return
    if found.scheme in ("http", "https") and found.netloc and found.netloc == request.headers.get("host"):
        return
    raise _refused("The request comes from a page of another site.")


async def check_token(scope: Scope, receive: Receive, accepted: Iterable[str]) -> Receive:
    """403 without one of the accepted tokens; else what gives the whole body once more."""
    request, seen = HTTPConnection(scope), _Beginning(receive)
    given = request.headers.get("x-csrf-token", "")
    if not given:
        given = await _field(request.headers.get("content-type", ""), seen)
    told = given.encode("utf-8", "replace")
    right = [hmac.compare_digest(told, token.encode()) for token in accepted]
    if not any(right):
        raise _refused("The form is out of date, or does not come from this site: open its page again.")
    return seen.again


class _Beginning:
    """The beginning of a body, which is given out again before the rest."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._seen: list[Message] = []
        self.data = bytearray()
        self.whole = False

    async def more(self) -> bool:
        """Read another piece; False when there is none."""
        if self.whole:
            return False
        message = await self._receive()
        self._seen.append(message)
        self.data += message.get("body", b"")
        self.whole = message["type"] != "http.request" or not message.get("more_body", False)
        return True

    async def again(self) -> Message:
        """The messages that were seen, then those that come."""
        return self._seen.pop(0) if self._seen else await self._receive()


async def _field(content_type: str, seen: _Beginning) -> str:
    media_type = content_type.partition(";")[0].strip().lower()
    if media_type not in (_FORM, _MULTIPART):
        return ""
    try:
        async with asyncio.timeout(_SECONDS):
            while len(seen.data) < _HEAD_BYTES and await seen.more():
                found = _first(content_type, media_type, bytes(seen.data[:_HEAD_BYTES]), whole=seen.whole)
                if found is not None:
                    return found
    except TimeoutError as error:
        raise Problem(408, "upload-slow", headers={"Connection": "close"}) from error
    return ""


def _first(content_type: str, media_type: str, data: bytes, *, whole: bool) -> str | None:
    """The value of the first field, "" when it is another one; None while it is not there whole."""
    if media_type == _FORM:
        first, more, _ = data.partition(b"&")
        if not (more or whole):
            return None
        name, value = (parse_qsl(first.decode("latin-1"), keep_blank_values=True) or [("", "")])[0]
        return value if name == FIELD else ""
    boundary = data.partition(b"\r\n")[0]
    piece, more, _ = data[len(boundary) :].partition(b"\r\n" + boundary)
    if not more or not boundary:
        return "" if whole else None
    try:
        parts = read_multipart(content_type, boundary + piece + b"\r\n" + boundary + b"--")
    except InputError:
        return ""
    first_part = parts[0] if parts else None
    if first_part is None or first_part.name != FIELD or first_part.filename is not None:
        return ""
    return first_part.content.decode("utf-8", "replace")


def _refused(detail: str) -> Problem:
    return Problem(403, "forgery", detail)
