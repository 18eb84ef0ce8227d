"""Where the statements of Turtle, TriG, N-Triples and N-Quads begin and end, whether they are right or not.

In: tokens. Out: statements as ranges of tokens, each with the graph block it stands in. A full stop always ends a
statement, for it can stand inside no bracket; so a bracket that is never closed spoils one statement only.
"""

from collections.abc import Callable
from typing import Final, NamedTuple

from wallograph.intake.rdf.tokens import Token

_TERMS: Final = frozenset({"iri", "name", "label"})
_WORDS: Final = {"prefix": 3, "base": 2, "version": 2}  # SPARQL's way: no full stop


class Statement(NamedTuple):
    """Tokens [first, last) and their span. `graph` are the tokens of the block's name, None outside of a block."""

    first: int
    last: int
    start: int
    end: int
    graph: tuple[int, int] | None = None
    directive: bool = False


class _Divider:
    def __init__(self, text: str, tokens: list[Token], blocks: bool, by_line: bool) -> None:
        self.text, self.tokens = text, tokens
        self.blocks, self.by_line = blocks, by_line
        self.found: list[Statement] = []
        self.graph: tuple[int, int] | None = None
        self.first = 0

    def run(self) -> list[Statement]:
        at, tokens = 0, self.tokens
        while at < len(tokens):
            if at == self.first and (length := self._directive(at)):
                at = self._close(at + length, directive=True)
                continue
            mark = self._mark(at)
            if self.by_line and at > self.first and self._new_line(at):
                self._close(at)
            if mark == ".":
                at = self._close(at + 1)
            elif self.blocks and mark in "{}" and mark:
                at = self._brace(at, mark)
            else:
                at += 1
        self._close(at)
        return self.found

    def _mark(self, at: int) -> str:
        token = self.tokens[at]
        return self.text[token.start : token.end] if token.kind == "mark" else ""

    def _new_line(self, at: int) -> bool:
        between = self.text[self.tokens[at - 1].end : self.tokens[at].start]
        return "\n" in between or "\r" in between

    def _directive(self, at: int) -> int:
        """How many tokens a directive has that begins here; 0 when none does."""
        token = self.tokens[at]
        word = self.text[token.start : token.end].lower()
        if self.by_line:
            return 0
        if token.kind == "lang" and word in ("@prefix", "@base", "@version"):
            length = _WORDS[word[1:]]
            full_stop = at + length < len(self.tokens) and self._mark(at + length) == "."
            return length + 1 if full_stop else self._short(at, length)
        if token.kind == "word" and word in _WORDS:
            return self._short(at, _WORDS[word])
        return 0

    def _short(self, at: int, length: int) -> int:
        """A directive that may be broken ends with its line, at the latest."""
        for end in range(at + 1, min(at + length, len(self.tokens))):
            if self._mark(end) == "." or self.tokens[end].kind not in ("name", "iri", "string"):
                return end + 1 - at if self._mark(end) == "." else end - at
        return min(length, len(self.tokens) - at)

    def _brace(self, at: int, mark: str) -> int:
        if mark == "}":
            self._close(at)
            self.graph = None
        else:
            name = self._name_before(at)
            self._close(name)
            if name > self.first:
                self.first = name
            self.graph = (name, at)
        self.first = at + 1
        return at + 1

    def _name_before(self, at: int) -> int:
        """Where the name of a graph begins that stands before its brace."""
        name = at
        if at - 1 >= self.first and self.tokens[at - 1].kind in _TERMS:
            name = at - 1
        elif at - 2 >= self.first and self._mark(at - 1) == "]" and self._mark(at - 2) == "[":
            name = at - 2
        before = self.tokens[name - 1] if name - 1 >= self.first else None
        if before and before.kind == "word" and self.text[before.start : before.end].lower() == "graph":
            name -= 1
        return name

    def _close(self, last: int, directive: bool = False) -> int:
        if last > self.first:
            start, end = self.tokens[self.first].start, self.tokens[last - 1].end
            self.found.append(Statement(self.first, last, start, end, self.graph, directive))
        self.first = last
        return last


def divide(text: str, tokens: list[Token], *, blocks: bool, by_line: bool) -> list[Statement]:
    """The statements of a text, in order; the names and braces of graph blocks belong to none."""
    return _Divider(text, tokens, blocks, by_line).run()


def slicer(text: str, tokens: list[Token]) -> Callable[[int], str]:
    """The text of a token by its number; empty behind the last."""
    return lambda at: text[tokens[at].start : tokens[at].end] if 0 <= at < len(tokens) else ""
