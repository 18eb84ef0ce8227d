"""Pre-binding (SHACL 5.3.1): a query text with places for the variables that are bound beforehand.

In: the text of a query; terms. Out: the text with the terms in the places of their variables. The specification defines
pre-binding as this substitution, and the SPARQL engine can bind beforehand only what a query projects. Terms are
written by pyoxigraph, which escapes them. A blank node cannot be written into a query: see `view.run_query`.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from wallograph.validate.shacl.pieces import Slot
from wallograph.validate.shacl.tokens import TOKEN

_CLAUSE: Final = {"SELECT": "select", "GROUP": "group", "ORDER": "order"}
_END: Final = frozenset({"{", "}", "WHERE", "FROM", "HAVING", "LIMIT", "OFFSET"})


@lru_cache(maxsize=2000)
def make_template(text: str) -> tuple[str | Slot, ...]:
    """The pieces of a query."""
    parts: list[str | Slot] = []
    words: list[tuple[str, int]] = []  # tokens so far, each with the number of its piece
    clause, depth, selects, skip = "", 0, 0, False
    for match in TOKEN.finditer(text):
        kind, word = match.lastgroup, match.group()
        if kind == "space":
            parts.append(word)
            continue
        upper = word.upper()
        if kind == "word" and upper in _CLAUSE:
            clause, depth = _CLAUSE[upper], 0
            selects += upper == "SELECT"
        elif upper in _END:
            clause = ""
        depth += {"(": 1, ")": -1}.get(word, 0)
        if skip and word == ")":
            skip = False
            continue
        words.append((upper, len(parts)))
        if kind != "variable":
            parts.append(word)
            continue
        place = "plain" if depth or not clause else clause
        if place == "select" and selects > 1:
            place = "inner"
        if [found for found, _ in words[-3:-1]] == ["BOUND", "("]:
            place, skip = "bound", True
            inside = "".join(str(part) for part in parts[words[-3][1] :]) + word + ")"
            del parts[words[-3][1] :]
            parts.append(Slot(word[1:], place, inside, len(words)))
            continue
        parts.append(Slot(word[1:], place, word, len(words)))
    return tuple(parts)


def render(template: tuple[str | Slot, ...], bindings: Mapping[str, object]) -> str:
    """The text with the terms put in."""
    return "".join(
        part if isinstance(part, str) else part.put(bindings[part.name]) if part.name in bindings else part.text
        for part in template
    )
