"""IRIs: the one place that mints and parses them (design S8).

In: names, keys, a base. Out: IRIs as strings. `{base}/id/{concept}/{reference}` names a thing,
`{base}/doc/{concept}/{reference}` its document.
"""

import hashlib
import re
import unicodedata
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from wallograph.vocab import DEFAULT_BASE

CONCEPTS: Final = frozenset({"actor", "project", "event", "place", "figure", "link", "value", "source"})
_REFERENCE: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")
_LIGATURES: Final = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "&": " and ", "+": " plus "})


class ThingId(NamedTuple):
    """What an `/id/` or `/doc/` IRI names."""

    concept: str
    reference: str


def thing(concept: str, reference: str, base: str = DEFAULT_BASE) -> str:
    """Mint the IRI of a thing; ValueError if the concept or the reference is not well formed.

    >>> thing("actor", "universite-de-liege")
    'http://localhost:8000/id/actor/universite-de-liege'
    """
    if concept not in CONCEPTS or not _REFERENCE.fullmatch(reference):
        raise ValueError(f"no IRI can be made of {concept!r} and {reference!r}")
    return f"{base}/id/{concept}/{reference}"


def parse(iri: str, base: str = DEFAULT_BASE) -> ThingId | None:
    """Take the IRI of a thing or of its document apart; None when it is neither.

    >>> parse("http://localhost:8000/doc/actor/cetic")
    ThingId(concept='actor', reference='cetic')
    """
    for kind in ("/id/", "/doc/"):
        if iri.startswith(base + kind):
            concept, _, reference = iri[len(base + kind) :].partition("/")
            if concept in CONCEPTS and _REFERENCE.fullmatch(reference):
                return ThingId(concept, reference)
    return None


def slug(text: str, limit: int = 60) -> str:
    """A reference made of a name: ASCII, lower case, hyphens, no dots (suffix negotiation needs them).

    >>> slug("Université de Liège (ULiège)")
    'universite-de-liege-uliege'
    """
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LIGATURES))
    plain = plain.encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", re.sub(r"['’]", " ", plain))
    joined = "-".join(words)
    if len(joined) > limit:
        joined = joined[:limit].rsplit("-", 1)[0]
    return joined or "x-" + digest(text)


def is_local(base: str) -> bool:
    """Whether IRIs of a base only mean something on the machine they were made on: not for reuse."""
    return urlsplit(base).hostname in {"localhost", "127.0.0.1", "::1", None}


def digest(*parts: str, length: int = 12) -> str:
    """A short, stable key of several texts (SHA-256, hexadecimal)."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:length]


def rebase(text: str, base: str) -> str:
    """Move every IRI of a text in Turtle, N-Quads or SPARQL from the default base to `base`.

    Only what follows a `<` is touched, so a literal that mentions the default base stays as it is.
    """
    if base == DEFAULT_BASE:
        return text
    return re.sub(rf"<{re.escape(DEFAULT_BASE)}(?=[/>])", f"<{base}", text)


def rebase_iri(iri: str, base: str) -> str:
    """Move one IRI from the default base to `base`; IRIs of others stay."""
    if iri == DEFAULT_BASE or iri.startswith(DEFAULT_BASE + "/"):
        return base + iri[len(DEFAULT_BASE) :]
    return iri
