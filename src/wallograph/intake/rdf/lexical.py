"""From tokens to terms: escapes, relative IRIs, prefixes.

In: the text of a token. Out: the string or IRI it stands for, as the parser reads it.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from pyoxigraph import NamedNode, RdfFormat, parse

_ESCAPE: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_SIMPLE: Final = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", '"': '"', "'": "'", "\\": "\\"}
_ABSOLUTE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")


def unescape(text: str) -> str:
    """A string or IRI without its escapes; ValueError for one that does not exist."""
    return _ESCAPE.sub(_unescaped, text) if "\\" in text else text


def _unescaped(found: re.Match[str]) -> str:
    code = found[1] or found[2]
    if code:
        return chr(int(code, 16))
    if found[3] not in _SIMPLE:
        raise ValueError("no such escape")
    return _SIMPLE[found[3]]


def string_of(token: str) -> str:
    """What a quoted string says."""
    mark = 3 if token[:3] in ('"""', "'''") and len(token) >= 6 else 1
    return unescape(token[mark:-mark])


def iri_of(token: str, base: str) -> str:
    """The IRI between `<` and `>`, made absolute."""
    return absolute(unescape(token[1:-1]), base)


def absolute(iri: str, base: str) -> str:
    """An IRI as it is or, when relative, on a base; ValueError when there is none."""
    if _ABSOLUTE.match(iri):
        return iri
    if not base:
        raise ValueError("a relative IRI and no base")
    return _on_base(iri, base)


@lru_cache(maxsize=4096)
def _on_base(iri: str, base: str) -> str:
    # by the parser itself, so that both resolve alike
    if any(char in iri for char in "<>\\\n\r"):
        raise ValueError("no IRI")
    quad = next(iter(parse(f"<{iri}> <a:a> <a:a> .", RdfFormat.TURTLE, base_iri=base)))
    return str(quad.subject.value)


def name_of(token: str, prefixes: Mapping[str, str]) -> str:
    """The IRI of a prefixed name; KeyError when the prefix is not declared."""
    prefix, _, local = token.partition(":")
    return prefixes[prefix] + re.sub(r"\\(.)", r"\1", local)


def is_iri(text: str) -> bool:
    """Whether a text is an absolute IRI."""
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True
