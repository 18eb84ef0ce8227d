"""Reads a query of SHACL-SPARQL: may it be pre-bound, and what does it ask for?

In: the text, prefixes, the path of the shape. Out: a `Query`. What the reading does not understand it takes as "may
read anything, must be run for each focus node".
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

from pyoxigraph import NamedNode, Store

from wallograph.validate.shacl.errors import UnsupportedQuery
from wallograph.validate.shacl.model import Path, Query
from wallograph.validate.shacl.paths import path_sparql
from wallograph.validate.shacl.template import make_template
from wallograph.validate.shacl.tokens import Names, Token, replace_variable, tokens_of
from wallograph.vocab import TYPE

_FORBIDDEN: Final = frozenset({"MINUS", "VALUES", "SERVICE"})
_WHOLE_ANSWER: Final = frozenset({"GROUP", "HAVING", "LIMIT", "OFFSET", "ORDER", "COUNT", "SUM", "MIN", "MAX", "AVG",
                                  "SAMPLE", "GROUP_CONCAT"})  # fmt: skip
_OPTIONAL: Final = frozenset({"shapesGraph", "currentShape"})  # nested queries need not hand these on


def read_query(
    text: str, prefixes: Mapping[str, str], path: Path | None, *, ask: bool = False, bound: Collection[str] = ()
) -> Query:
    """Check a query and read what it asks for. `bound` are the variables that are bound beforehand."""
    if path is not None:
        text = replace_variable(text, "PATH", path_sparql(path))
    tokens = tokens_of(text)
    _check_rules(tokens, frozenset(bound))
    _check_syntax(text, prefixes)
    names = Names(tokens, dict(prefixes))
    reading = _Reading(names)
    understood = reading.read(tokens)
    words = {token.text for token in tokens if token.kind == "word"}
    start = next(i for i, token in enumerate(tokens) if token.text in ("SELECT", "ASK"))
    return Query(
        text=text,
        prefixes=dict(prefixes),
        template=make_template(text),
        ask=ask,
        variables=frozenset(v for token in tokens if (v := token.variable)),
        iris=frozenset(iri for token in tokens[start:] if (iri := names.iri(token))),
        predicates=frozenset(reading.predicates),
        classes=frozenset(reading.classes),
        open_predicates=reading.open or not understood,
        required=tuple(NamedNode(iri) for iri in dict.fromkeys(reading.required)) if understood else (),
        setwise=understood and not ask and reading.setwise and not words & _WHOLE_ANSWER,
    )


def _check_rules(tokens: list[Token], bound: frozenset[str]) -> None:
    """The rules of SHACL, appendix A: what may not stand in a query that is pre-bound."""
    selects = 0
    for position, token in enumerate(tokens):
        if token.kind != "word":
            continue
        if token.text in _FORBIDDEN:
            raise UnsupportedQuery(f"a query of SHACL may not use {token.text}")
        if token.text == "AS" and tokens[position + 1].variable in bound:
            raise UnsupportedQuery(f"a query may not give a value to ?{tokens[position + 1].variable}: it is bound")
        if token.text == "SELECT":
            selects += 1
            projected = _projected(tokens, position + 1)
            missing = {"this"} if selects == 1 and not _is_ask(tokens) else bound - _OPTIONAL
            if projected is None and selects == 1:
                continue
            if projected is None or not missing <= projected:
                names = ", ".join(f"?{name}" for name in sorted(missing))
                raise UnsupportedQuery(f"each SELECT must name {names}: variables that are bound beforehand")


def _is_ask(tokens: list[Token]) -> bool:
    return any(token.text == "ASK" for token in tokens)


def _projected(tokens: list[Token], position: int) -> set[str] | None:
    """The variables after SELECT; None for `*`."""
    found: set[str] = set()
    for token in tokens[position:]:
        if token.text == "*" and not found:
            return None
        if token.text in ("{", "WHERE", "FROM"):
            break
        if name := token.variable:
            found.add(name)
    return found


def _check_syntax(text: str, prefixes: Mapping[str, str]) -> None:
    try:
        Store().query(text, prefixes=dict(prefixes))
    except (SyntaxError, ValueError, OSError) as error:
        raise UnsupportedQuery(f"a query of a constraint is not right: {error}") from error


@dataclass(slots=True)
class _Group:
    """What one group of a pattern does with `$this`."""

    nested: bool
    mentions: bool = False
    binds: bool = False
    early: bool = False  # an expression used $this before a pattern bound it


@dataclass(slots=True)
class _Reading:
    """Walks through the patterns of a query."""

    names: Names
    predicates: set[str] = field(default_factory=set)
    classes: set[str] = field(default_factory=set)
    required: list[str] = field(default_factory=list)
    open: bool = False
    setwise: bool = True
    _tokens: list[Token] = field(default_factory=list)
    _at: int = 0

    def read(self, tokens: list[Token]) -> bool:
        """Read a whole query; False when something was not understood."""
        self._tokens = tokens
        self._at = next((i for i, token in enumerate(tokens) if token.text == "{"), len(tokens))
        try:
            top = self._group(depth=0, exists=False)
        except (IndexError, _Unclear):
            for token in tokens:
                if iri := self.names.iri(token):
                    self.predicates.add(iri)
            return False
        self.setwise = self.setwise and top.binds
        return True

    def _next(self) -> Token:
        token = self._tokens[self._at]
        self._at += 1
        return token

    def _peek(self) -> Token:
        return self._tokens[self._at]

    def _group(self, *, depth: int, exists: bool) -> _Group:
        """One `{ … }`. In an EXISTS the variables of the outside are bound already."""
        self._expect("{")
        group = _Group(depth > 0)
        while (token := self._peek()).text != "}":
            if token.text == "{":
                group.binds |= self._branches(depth, exists)
            elif token.text == "OPTIONAL":
                self._at += 1
                self._group(depth=depth + 1, exists=exists)
            elif token.text == "GRAPH":
                self._at += 2
                self.setwise = False
            elif token.text == "FILTER":
                self._at += 1
                group.mentions |= self._expression(depth)
            elif token.text == "BIND":
                self._at += 1
                group.early |= self._expression(depth) and not group.binds
            elif token.text == "SELECT":
                raise _Unclear
            elif token.text == ".":
                self._at += 1
            else:
                self._triples(group, depth, exists)
        self._at += 1
        if not exists and (group.early or (group.mentions and not group.binds)):
            self.setwise = False
        return group

    def _branches(self, depth: int, exists: bool) -> bool:
        """A group that stands by itself, or several with UNION between; whether all of them bind `$this`."""
        bind = self._group(depth=depth + 1, exists=exists).binds
        while self._peek().text == "UNION":
            self._at += 1
            bind &= self._group(depth=depth + 1, exists=exists).binds
        return bind

    def _expect(self, text: str) -> None:
        if self._next().text != text:
            raise _Unclear

    def _expression(self, depth: int) -> bool:
        """A filter or the inside of BIND; whether it speaks of `$this`."""
        mentions = False
        open_ = 0
        while True:
            token = self._peek()
            if token.text == "{":
                self._group(depth=depth + 1, exists=True)
                if not open_:
                    return mentions
                continue
            self._at += 1
            mentions |= token.variable == "this"
            open_ += {"(": 1, ")": -1}.get(token.text, 0)
            if token.text == ")" and not open_:
                return mentions

    def _triples(self, group: _Group, depth: int, exists: bool) -> None:
        """`subject verb object, … ; verb object …`"""
        subject = self._term()
        while True:
            verb, simple = self._verb()
            while True:
                value = self._term()
                if "this" in (subject.variable, value.variable):
                    group.mentions = True
                    group.binds |= simple
                    if subject.variable == "this" and verb and depth == 0 and not exists:
                        self.required.append(verb)
                if verb == TYPE:
                    kind = self.names.iri(value)
                    if kind:
                        self.classes.add(kind)
                    else:
                        self.open = True
                if self._peek().text != ",":
                    break
                self._at += 1
            if self._peek().text != ";":
                return
            self._at += 1
            if self._peek().text in (".", "}"):
                return

    def _verb(self) -> tuple[str | None, bool]:
        """The predicate when it is a plain one, and whether the verb is one step forward."""
        if self._peek().variable:
            self._at += 1
            self.open = True
            return None, True
        start = self._at
        depth = 0
        while True:
            token = self._next()
            if token.text == "!":
                self.open = True
            iri = self.names.iri(token)
            if iri:
                self.predicates.add(iri)
            depth += {"(": 1, ")": -1}.get(token.text, 0)
            ends = iri is not None or token.text in (")", "*", "+", "?")
            if ends and not depth and self._peek().text not in ("/", "|", "*", "+", "?"):
                break
        if self._at == start + 1:
            return self.names.iri(self._tokens[start]), True
        self.open |= any(self.names.iri(token) == TYPE for token in self._tokens[start : self._at])
        return None, False  # a path over types may read any class

    def _term(self) -> Token:
        """A variable, IRI or literal; blank nodes with brackets and lists are left to the cautious reading."""
        token = self._next()
        if token.text in ("+", "-"):
            token = self._next()
        if token.kind == "mark":
            raise _Unclear
        if token.kind == "string":
            if self._peek().kind == "tag":
                self._at += 1
            elif self._peek().text == "^^":
                self._at += 2
        return token


class _Unclear(Exception):
    """The reading does not know this form."""
