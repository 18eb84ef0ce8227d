"""What is wrong with a text, as a kind that has a message, from what the parser says.

In: pyoxigraph's messages. Out: `Problem`s. The parser's own words are not handed on: they repeat the text, in which
natural persons may stand, and are in English only.
"""

import re
from dataclasses import dataclass, field
from typing import Final

from wallograph.intake.rdf.text import Span

_UNDECLARED: Final = re.compile(r"The prefix (.*?):? has not been declared")
_KINDS: Final = (
    ("relative-iri", re.compile(r"No scheme found in an absolute IRI")),
    ("wrong-language", re.compile(r"language (sub)?tag")),
    ("wrong-escape", re.compile(r"escape|hexadecimal|unicode char")),
    ("wrong-iri", re.compile(r"IRI")),
    ("ends-early", re.compile(r"Unexpected end")),
    ("string-not-closed", re.compile(r"line jump|not allowed in (?:short )?string")),
)
_SAFE_NAME: Final = re.compile(r"[\w.\-]{0,30}")


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: the code of its message, its span and what the message names."""

    kind: str
    span: Span
    values: dict[str, str] = field(default_factory=dict)


def undeclared(message: str) -> str | None:
    """The prefix that is used without being declared, when that is what is wrong."""
    found = _UNDECLARED.search(message)
    return found[1] if found else None


def kind_of(message: str) -> tuple[str, dict[str, str]]:
    """The code of the message for people, and its values."""
    name = undeclared(message)
    if name is not None:
        return "unknown-prefix", {"prefix": name if _SAFE_NAME.fullmatch(name) else "…"}
    for kind, pattern in _KINDS:
        if pattern.search(message):
            return kind, {}
    return "not-understood", {}
