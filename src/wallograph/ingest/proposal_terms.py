"""The terms of the files in `data/proposals`: short, and on no base.

In: `actor/cetic`, `auth/theme/robotics`, `schema:name`, `https://…`, literals as JSON. Out: IRIs on the default base
and terms as N-Quads writes them; and the other way round.
"""

import re
from typing import Any, Final

from pyoxigraph import Literal, NamedNode

from wallograph.iris import CONCEPTS, parse, thing
from wallograph.vocab import AUTH, PREFIXES, SCHEMES, XSD

_CODE: Final = re.compile(r"auth/([a-z-]+)/([A-Za-z0-9.-]+)")
_NAME: Final = re.compile(r"([a-z]+):([A-Za-z][A-Za-z0-9_-]*)")
_FREE: Final = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_LANG: Final = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_STRING: Final = XSD + "string"


def expand(text: str) -> str | None:
    """The IRI that a short term means; None when it means nothing.

    >>> expand("auth/theme/robotics")
    'http://localhost:8000/auth/theme/robotics'
    >>> expand("schema:name")
    'http://schema.org/name'
    """
    concept, _, reference = text.partition("/")
    if concept in CONCEPTS:
        try:
            return thing(concept, reference)
        except ValueError:
            return None
    if (found := _CODE.fullmatch(text)) and found[1] in SCHEMES:
        return f"{AUTH}{found[1]}/{found[2]}"
    if (found := _NAME.fullmatch(text)) and found[1] in PREFIXES:
        return PREFIXES[found[1]] + found[2]
    return text if _FREE.fullmatch(text) else None


def shorten(iri: str) -> str:
    """The shortest form of an IRI that `expand` understands.

    >>> shorten("http://localhost:8000/id/actor/cetic")
    'actor/cetic'
    """
    if (found := parse(iri)) and iri == thing(*found):
        return f"{found.concept}/{found.reference}"
    forms = [f"auth/{iri[len(AUTH) :]}"] if iri.startswith(AUTH) else []
    forms += [f"{name}:{iri[len(start) :]}" for name, start in PREFIXES.items() if iri.startswith(start)]
    return next((form for form in forms if expand(form) == iri), iri)


def value_of(said: dict[str, Any]) -> NamedNode | Literal | None:
    """The value of a statement: `thing`, or `text` with `lang` or `type`; None when it is none."""
    if "thing" in said:
        iri = expand(str(said["thing"])) if "text" not in said else None
        return NamedNode(iri) if iri else None
    text, lang, kind = said.get("text"), said.get("lang", ""), said.get("type", "")
    if not isinstance(text, str) or not isinstance(lang, str) or not isinstance(kind, str) or (lang and kind):
        return None
    if lang:
        return Literal(text, language=lang) if _LANG.fullmatch(lang) else None
    datatype = expand(kind) if kind else _STRING
    return Literal(text, datatype=NamedNode(datatype)) if datatype else None


def value_fields(term: NamedNode | Literal) -> dict[str, str]:
    """The other way round."""
    if isinstance(term, NamedNode):
        return {"thing": shorten(term.value)}
    if term.language:
        return {"text": term.value, "lang": term.language}
    kind = term.datatype.value
    return {"text": term.value} if kind == _STRING else {"text": term.value, "type": shorten(kind)}
