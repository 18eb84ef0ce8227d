"""Texts against sh:pattern and languages against sh:languageIn.

In: a pattern with its flags; a text. Out: whether it matches as SPARQL's REGEX has it. Python's expressions do it; a
pattern that Python does not know (`\\p{L}`) is run by the SPARQL engine, slower.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from pyoxigraph import Literal, Store

from wallograph.validate.shacl.errors import IllFormedShape

_FLAGS: Final = {"i": re.IGNORECASE, "s": re.DOTALL, "m": re.MULTILINE, "x": re.VERBOSE}
_CLASS_OR_ESCAPE: Final = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\$", re.DOTALL)


def check_pattern(pattern: str, flags: str) -> None:
    """Refuse a pattern that no engine here can run."""
    if not set(flags) <= {*_FLAGS, "q"}:
        raise IllFormedShape(f"sh:flags {flags!r}: only i, s, m, x and q are known")
    try:
        matcher(pattern, flags)("")
    except ValueError as error:
        raise IllFormedShape(f"sh:pattern {pattern!r} cannot be read: {error}") from error


@lru_cache(maxsize=512)
def matcher(pattern: str, flags: str) -> Callable[[str], object]:
    """A function that gives None unless the pattern is found in a text."""
    if "q" in flags:
        pattern = re.escape(pattern)
    options = 0
    for flag in flags:
        options |= _FLAGS.get(flag, 0)
    if not options & re.MULTILINE:  # Python's $ also matches before a line end at the end, SPARQL's does not
        pattern_ = _CLASS_OR_ESCAPE.sub(lambda found: r"\Z" if found.group() == "$" else found.group(), pattern)
    else:
        pattern_ = pattern
    try:
        return re.compile(pattern_, options).search
    except re.error:
        return _by_engine(pattern, flags)


def _by_engine(pattern: str, flags: str) -> Callable[[str], object]:
    store = Store()
    rest = f"{Literal(pattern)}, {Literal(flags.replace('q', ''))}"  # pyoxigraph escapes what it writes

    def found(text: str) -> object:
        answer = store.query(f"SELECT (REGEX({Literal(text)}, {rest}) AS ?r) {{}}")
        (row,) = answer  # type: ignore[misc]
        if row[0] is None:
            raise ValueError("no regular expression")
        return True if row[0].value == "true" else None

    return found


def language_matches(language: str, ranges: tuple[str, ...]) -> bool:
    """Basic filtering of RFC 4647, as SPARQL's langMatches. `ranges` are in small letters."""
    tag = language.lower()
    return any(tag == wanted or wanted == "*" or tag.startswith(wanted + "-") for wanted in ranges)
