"""The triple patterns of a query, group by group: enough to see where a triple can take part in a solution.

In: a `Query`. Out: groups of patterns, each with the group it stands in; None when the query has forms that are not
read here (nested SELECT, GRAPH, brackets, lists, negated paths).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from pyoxigraph import NamedNode

from wallograph.validate.shacl.model import (
    Alternative,
    Inverse,
    OneOrMore,
    Path,
    Predicate,
    Query,
    Sequence,
    ZeroOrMore,
    ZeroOrOne,
)  # fmt: skip
from wallograph.validate.shacl.tokens import Names, Token, tokens_of

_STARS: Final[dict[str, Callable[[Path], Path]]] = {"*": ZeroOrMore, "+": OneOrMore, "?": ZeroOrOne}
_NESTING: Final = frozenset({"OPTIONAL", "UNION", "NOT", "EXISTS"})


@dataclass(frozen=True, slots=True)
class Pattern:
    """Subject and object as the query writes them (prefixes expanded); the verb is a variable's name or a path."""

    subject: str
    verb: str | Path
    object: str

    @property
    def variables(self) -> frozenset[str]:
        """The variables of the pattern."""
        names = {text[1:] for text in (self.subject, self.object) if text[0] == "?"}
        return frozenset(names | {self.verb} if isinstance(self.verb, str) else names)


@dataclass(slots=True, eq=False)
class Group:
    """The patterns of one `{ … }`: they hold together, and together with those of the groups around it."""

    outer: "Group | None" = None
    own: list[Pattern] = field(default_factory=list)

    @property
    def together(self) -> list[Pattern]:
        """The patterns of this group and of all around it."""
        return self.own + (self.outer.together if self.outer else [])


class _Unclear(Exception):
    """A form that is not read here."""


@lru_cache(maxsize=1024)
def read_patterns(query: Query) -> tuple[Group, ...] | None:
    """All groups of a query."""
    tokens = tokens_of(query.text)
    reader = _Reader(tokens, Names(tokens, dict(query.prefixes)))
    try:
        return tuple(reader.read())
    except (IndexError, _Unclear):
        return None


class _Reader:
    """Goes through the tokens of a query."""

    def __init__(self, tokens: list[Token], names: Names) -> None:
        self.tokens, self.names = tokens, names
        self.at = next((place for place, token in enumerate(tokens) if token.text == "{"), len(tokens))
        self.groups: list[Group] = []

    def read(self) -> list[Group]:
        self._group(None)
        if any(token.text == "{" for token in self.tokens[self.at :]):  # HAVING with a pattern
            raise _Unclear
        return self.groups

    @property
    def _here(self) -> Token:
        return self.tokens[self.at]

    def _next(self) -> Token:
        self.at += 1
        return self.tokens[self.at - 1]

    def _group(self, outer: Group | None) -> None:
        self.at += 1
        group = Group(outer)
        self.groups.append(group)
        while self._here.text != "}":
            text = self._here.text
            if text == "{":
                self._group(group)
            elif text in ("FILTER", "BIND"):
                self.at += 1
                self._expression(group)
            elif text in _NESTING or text == ".":
                self.at += 1
            elif self._here.kind == "word" and text != "a" and text not in ("TRUE", "FALSE"):
                raise _Unclear
            else:
                self._triples(group)
        self.at += 1

    def _expression(self, group: Group) -> None:
        """What stands in a filter: only the patterns in it are read. Ends with the bracket or group it began with."""
        depth = 0
        while True:
            if self._here.text == "{":
                self._group(group)
                if depth == 0:
                    return
                continue
            token = self._next()
            if token.text == "SELECT":
                raise _Unclear
            depth += {"(": 1, ")": -1}.get(token.text, 0)
            if token.text == ")" and depth == 0:
                return

    def _triples(self, group: Group) -> None:
        subject = self._term()
        while True:
            verb = self._verb()
            while True:
                group.own.append(Pattern(subject, verb, self._term()))
                if self._here.text != ",":
                    break
                self.at += 1
            if self._here.text != ";":
                return
            while self._here.text == ";":
                self.at += 1
            if self._here.text in (".", "}"):
                return

    def _term(self) -> str:
        token = self._next()
        sign = ""
        if token.text in ("+", "-"):
            sign, token = token.text, self._next()
        if token.variable:
            return f"?{token.variable}"
        if iri := self.names.iri(token):
            return f"<{iri}>"
        if token.kind == "blank":  # a variable that has no name outside of the pattern
            return f"?blank-{token.text[2:]}".replace("-", "_")
        if token.kind == "mark" or token.text == "(":
            raise _Unclear
        text = sign + token.text
        if token.kind == "string" and self._here.kind == "tag":
            text += self._next().text
        elif token.kind == "string" and self._here.text == "^^":
            self.at += 1
            text += f"^^<{self.names.iri(self._next())}>"
        return text

    def _verb(self) -> str | Path:
        if name := self._here.variable:
            self.at += 1
            return name
        return self._path()

    def _path(self) -> Path:
        choices = list(self._parted("|", self._steps))
        return choices[0] if len(choices) == 1 else Alternative(tuple(choices))

    def _steps(self) -> Path:
        steps = list(self._parted("/", self._step))
        return steps[0] if len(steps) == 1 else Sequence(tuple(steps))

    def _parted(self, mark: str, read: Callable[[], Path]) -> Iterator[Path]:
        yield read()
        while self._here.text == mark:
            self.at += 1
            yield read()

    def _step(self) -> Path:
        if self._here.text == "^":
            self.at += 1
            return Inverse(self._step())
        token = self._next()
        path: Path
        if token.text == "(":
            path = self._path()
            if self._next().text != ")":
                raise _Unclear
        elif iri := self.names.iri(token):
            path = Predicate(NamedNode(iri))
        else:
            raise _Unclear
        while self._here.text in _STARS:
            path = _STARS[self._next().text](path)
        return path
