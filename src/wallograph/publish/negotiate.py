"""The one negotiator: what a client accepts and what is offered come in, the best offer (or None) goes out.

RFC 9110 12.5.1: q-values, `*/*`, `text/*`, the most specific range wins, q=0 excludes. Parameters of a range
(profile, charset) never exclude an offer; parts that cannot be read are left out.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

_LONGEST: Final = 4096  # characters that are looked at: a header is small, reading it stays cheap
_PART: Final = re.compile(r'(?:[^,"]|"(?:\\.|[^"\\])*")+')
_PARAMETER: Final = re.compile(r'(?:[^;"]|"(?:\\.|[^"\\])*")+')
_TOKEN: Final = r"[A-Za-z0-9!#$%&'*+.^_`|~-]+"
_RANGE: Final = re.compile(rf"({_TOKEN})/({_TOKEN})")
_LANGUAGE: Final = re.compile(r"\*|[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_WEIGHT: Final = re.compile(r"(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)")


class _Weighted(NamedTuple):
    value: str
    q: float


def negotiate(accept: str | None, offered: Sequence[str]) -> str | None:
    """Choose among media types; ties go to the one offered first; no (or an empty) Accept gives the first.

    >>> negotiate("text/*;q=0.5, application/ld+json", ["text/html", "application/ld+json"])
    'application/ld+json'
    """
    if accept is None or not accept.strip():
        return offered[0] if offered else None
    return _negotiate(accept[:_LONGEST], tuple(offered))


def negotiate_language(accept_language: str | None, offered: Sequence[str]) -> str:
    """Choose a language; a range `fr-BE` also accepts `fr`. Nothing fits: the first, never a refusal.

    >>> negotiate_language("de-BE, nl;q=0.7", ["fr", "nl", "de", "en"])
    'de'
    """
    return _negotiate_language((accept_language or "")[:_LONGEST], tuple(offered))


@lru_cache(maxsize=512)  # clients say the same few things
def _negotiate(accept: str, offered: tuple[str, ...]) -> str | None:
    ranges = [part for part in _weighted(accept) if _RANGE.fullmatch(part.value)]
    if not ranges:  # nothing in it can be read: as if it were not there
        return offered[0] if offered else None
    return _best(offered, lambda offer: _media_quality(offer, ranges))


@lru_cache(maxsize=512)
def _negotiate_language(header: str, offered: tuple[str, ...]) -> str:
    ranges = [part for part in _weighted(header) if _LANGUAGE.fullmatch(part.value)]
    return _best(offered, lambda offer: _language_quality(offer, ranges)) or offered[0]


def _best(offered: Sequence[str], quality: Callable[[str], float]) -> str | None:
    best, best_q = None, 0.0
    for offer in offered:
        q = quality(offer)
        if q > best_q:
            best, best_q = offer, q
    return best


def _weighted(header: str) -> list[_Weighted]:
    """The parts of a header with their weights; a part with a weight that is no number is left out."""
    found = []
    for part in _PART.findall(header):
        pieces = [piece.strip() for piece in _PARAMETER.findall(part)]
        q = _weight(pieces[1:])
        if pieces and q is not None:
            found.append(_Weighted(pieces[0].lower(), q))
    return found


def _weight(parameters: list[str]) -> float | None:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            return float(value) if _WEIGHT.fullmatch(value := value.strip()) else None
    return 1.0


def _media_quality(offer: str, ranges: list[_Weighted]) -> float:
    media_type = offer.partition(";")[0].strip().lower()
    main = media_type.partition("/")[0]
    for candidate in (media_type, f"{main}/*", "*/*"):  # the most specific range that speaks of it decides
        weights = [q for value, q in ranges if value == candidate]
        if weights:
            return max(weights)
    return 0.0


def _language_quality(offer: str, ranges: list[_Weighted]) -> float:
    offer = offer.lower()
    exact = [q for value, q in ranges if value == offer]
    longer = [q for value, q in ranges if value.startswith(f"{offer}-")]
    anything = [q for value, q in ranges if value == "*"]
    return next((max(weights) for weights in (exact, longer, anything) if weights), 0.0)
