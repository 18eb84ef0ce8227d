"""Which profile a request asks for (W3C connegp): `?_profile=`, `?_mediatype=`, `Accept-Profile`.

In: a request and a target. Out: the profile that is asked for and fits, the links that tell of the others; 406 with
the list of what there is when none fits. The query wins over the header; a suffix names the default profile.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple
from urllib.parse import urlencode

from starlette.requests import Request

from wallograph.publish.media import FORMATS, HTML, JSON_LD, RDF_FORMATS, TURTLE, Format
from wallograph.publish.projection import DEFAULT, PROFILES, Profile, profiles_of
from wallograph.web.errors import Problem
from wallograph.web.published import Published
from wallograph.web.targets import Target

LIST: Final = "alt"
PROF: Final = "http://www.w3.org/ns/dx/prof/Profile"
NOTHING: Final = "-"  # asked for, but unknown: never a token
_LONGEST: Final = 2000
_MOST: Final = 8
_WEIGHT: Final = re.compile(r"(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)")


class Wish(NamedTuple):
    """What is asked for: tokens, the dearest first (empty: the default), and a media type in place of Accept."""

    tokens: tuple[str, ...] = ()
    media_type: str = ""

    @property
    def listed(self) -> bool:
        """Whether the list of profiles is asked for."""
        return self.tokens == (LIST,)

    @property
    def kept(self) -> str:
        """What a redirect carries on, as the rest of a query."""
        said = {"_profile": self.tokens[0] if self.tokens else "", "_mediatype": self.media_type}
        found = urlencode({key: value for key, value in said.items() if value})
        return f"&{found}" if found else ""

    @property
    def offered(self) -> tuple[str, ...]:
        """The media types that can answer: a page is only there in the default profile."""
        forms = FORMATS if not self.tokens or self.tokens[0] in (DEFAULT.token, LIST) else RDF_FORMATS
        return tuple(form.media_type for form in forms.values())


_NO_WISH: Final = Wish()


@dataclass(frozen=True, slots=True)
class Choice:
    """The profile of an answer, and all that fit the thing."""

    profile: Profile
    fitting: tuple[Profile, ...]


def wish_of(request: Request, base: str, suffix: Format | None) -> Wish:
    """Read a request; 400 when a key is there twice. Most requests ask for nothing: that costs a look."""
    header = "" if suffix else request.headers.get("accept-profile", "")
    if not header and b"_profile" not in request.scope["query_string"] and (
        b"_mediatype" not in request.scope["query_string"]
    ):
        return _NO_WISH
    said = {}
    for key in ("_profile", "_mediatype"):
        values = request.query_params.getlist(key)
        if len(values) > 1:
            raise Problem(400, "bad-request", f"'{key}' is given more than once.")
        said[key] = values[0][:_LONGEST].strip() if values else ""
    known = {p.token: p.token for p in PROFILES.values()} | {_bare(p.uri(base)): p.token for p in PROFILES.values()}
    media_type = said["_mediatype"].replace(" ", "+")  # a plus that was not encoded, as in application/ld+json
    if said["_profile"] == LIST:
        return Wish((LIST,), media_type)
    ranges = _weighted(said["_profile"] or header[:_LONGEST])
    if not ranges:
        return Wish((), media_type)
    if any(name == "*" for name in ranges):
        known["*"] = DEFAULT.token
    found = tuple(dict.fromkeys(known[_bare(name)] for name in ranges if _bare(name) in known))
    return Wish(() if found[:1] == (DEFAULT.token,) else found or (NOTHING,), media_type)


def choose_profile(published: Published, target: Target, tokens: Sequence[str]) -> Choice:
    """The first of the tokens that fits the thing; 406 with the list of those that do."""
    if target.static:
        fitting: tuple[Profile, ...] = (DEFAULT,)
    else:
        fitting = profiles_of(published.store, target.iri, published.base)
    if not tokens:
        return Choice(DEFAULT, fitting)
    for token in tokens:
        if token in (profile.token for profile in fitting):
            return Choice(PROFILES[token], fitting)
    raise no_such_profile(published, target, fitting)


def no_such_profile(published: Published, target: Target, fitting: Sequence[Profile]) -> Problem:
    """406: what was asked for is unknown, or does not fit this thing."""
    address = published.base + target.path
    variants: list[dict[str, Any]] = [
        {"profile": p.uri(published.base), "token": p.token, "url": f"{address}?_profile={p.token}",
         "types": [f.media_type for f in forms_of(p)]}
        for p in fitting
    ]  # fmt: skip
    headers = {"Link": ", ".join(all_links(published.base, address, fitting))}
    return Problem(406, "not-acceptable", headers=headers, variants=variants)


def forms_of(profile: Profile) -> list[Format]:
    """The formats of a profile."""
    return list(FORMATS.values() if profile is DEFAULT else RDF_FORMATS.values())


def profile_links(base: str, address: str, choice: Choice, form: Format) -> list[str]:
    """What an answer says: the profile that it follows, and one address for each of the others."""
    found = [f'<{choice.profile.uri(base)}>; rel="profile"'] if form is not HTML else []
    others = (p for p in choice.fitting if p is not choice.profile)
    shown = TURTLE if form in (HTML, JSON_LD) else form  # rdflib takes another JSON-LD in place of the answer
    return found + [_alternate(base, address, profile, shown) for profile in others]


def all_links(base: str, address: str, fitting: Sequence[Profile]) -> list[str]:
    """Every profile, and what each token stands for; in Turtle and JSON-LD, for headers have to stay below 4 kB."""
    tokens = [f'<{PROF}>; rel="type"; token="{p.token}"; anchor="{p.uri(base)}"' for p in fitting]
    return tokens + [_alternate(base, address, profile, f) for profile in fitting for f in (TURTLE, JSON_LD)]


def variant_address(address: str, profile: Profile, form: Format) -> str:
    """The address of a thing in a profile and a format."""
    return f"{address}{form.suffix}" + ("" if profile is DEFAULT else f"?_profile={profile.token}")


def _alternate(base: str, address: str, profile: Profile, form: Format) -> str:
    where = variant_address(address, profile, form)
    return f'<{where}>; rel="alternate"; type="{form.media_type}"; profile="{profile.uri(base)}"'


def _weighted(text: str) -> list[str]:
    """The names of a list `<iri>;q=0.5, token`, the dearest first; q=0 and what cannot be read are left out."""
    found = []
    for place, part in enumerate(text.split(",")[:_MOST]):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        weight = next((p.partition("=")[2] for p in parameters if p.lower().startswith("q=")), "1")
        name = name.strip('"').removeprefix("<").removesuffix(">")
        if name and _WEIGHT.fullmatch(weight) and float(weight) > 0:
            found.append((-float(weight), place, name))
    return [name for _, _, name in sorted(found)]


def _bare(name: str) -> str:
    """An IRI without what does not tell one profile from another: the scheme and a slash at the end."""
    return name.removeprefix("https:").removeprefix("http:").rstrip("/")
