"""The position pass over Turtle, TriG, N-Triples and N-Quads.

In: tokens and statements of a text. Out: its triples with the spans of their terms, in the order in which
pyoxigraph gives them, so that blank nodes can be matched. A statement that is not understood has no places.
"""

from typing import Final

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from wallograph import vocab
from wallograph.intake.rdf import lexical
from wallograph.intake.rdf.placed import Placed
from wallograph.intake.rdf.statements import Statement, slicer
from wallograph.intake.rdf.text import Span
from wallograph.intake.rdf.tokens import Token

_FIRST: Final = NamedNode(vocab.RDF + "first")
_REST: Final = NamedNode(vocab.RDF + "rest")
_NIL: Final = NamedNode(vocab.RDF + "nil")
_TYPE: Final = NamedNode(vocab.TYPE)
_NUMBERS: Final = {kind: NamedNode(vocab.XSD + kind) for kind in ("integer", "decimal", "double")}
_BOOLEAN: Final = NamedNode(vocab.XSD + "boolean")
_DEEPEST: Final = 150  # of a pass that calls itself; past it a document has no places

Node = NamedNode | BlankNode
Value = Node | Literal
At = tuple[Node, Span]


class Lost(Exception):
    """The pass does not understand a statement."""


class Prefixes:
    """The prefixes and the base of a text, as they change from statement to statement."""

    def __init__(self, base: str = "") -> None:
        self.names: dict[str, str] = {}
        self.base = base
        self.declared: list[tuple[int, str, str]] = []  # offset, prefix, IRI

    def at(self, offset: int) -> dict[str, str]:
        """The prefixes that hold at an offset."""
        return {name: iri for start, name, iri in self.declared if start < offset}


class Reader:
    """Reads statement by statement."""

    def __init__(self, text: str, tokens: list[Token], prefixes: Prefixes) -> None:
        self.tokens, self.prefixes = tokens, prefixes
        self.text = slicer(text, tokens)
        self.placed: list[Placed] = []
        self._found: list[tuple[int, Placed]] = []
        self._at = 0
        self._last = 0
        self._made = 0
        self._graph: NamedNode | BlankNode | DefaultGraph = DefaultGraph()
        self._graphs: dict[tuple[int, int], NamedNode | BlankNode | DefaultGraph] = {}

    def read(self, statement: Statement) -> bool:
        """Take one statement in; False when it is not understood."""
        self._at, self._last = statement.first, statement.last
        self._found = []
        try:
            if statement.directive:
                self._directive(statement)
            else:
                self._graph = self._graph_of(statement)
                self._triples()
        except (Lost, ValueError, KeyError):
            return False
        self.placed += _as_parsed(self._found)
        return True

    # -- directives and graphs

    def _directive(self, statement: Statement) -> None:
        word = self.text(self._at).lower().removeprefix("@")
        if word == "version":
            raise Lost
        iri = lexical.iri_of(self.text(self._at + (2 if word == "prefix" else 1)), self.prefixes.base)
        if word == "base":
            self.prefixes.base = iri
        else:
            name = self.text(self._at + 1).removesuffix(":")
            self.prefixes.names[name] = iri
            self.prefixes.declared.append((statement.start, name, iri))

    def _graph_of(self, statement: Statement) -> NamedNode | BlankNode | DefaultGraph:
        block = statement.graph
        if block is None or block[0] == block[1]:
            return DefaultGraph()
        if block not in self._graphs:
            last = block[1] - 1
            self._graphs[block] = self._new() if self.text(last) == "]" else self._node(last)
        return self._graphs[block]

    # -- triples

    def _triples(self) -> None:
        start = self._span(self._at)
        mark = self._mark()
        node: Node
        if mark == "[" and self._mark(1) != "]":
            node = self._new()
            self._at += 1
            self._properties((node, start), 1)
            self._expect("]")
            if self._mark() == "." or self._at >= self._last:
                return self._end()
        elif mark == "[":
            node = self._new()
            self._at += 2
        elif mark == "(":
            node = self._collection(start, None, 1)
        else:
            node = self._node(self._at)
            self._at += 1
        self._properties((node, start), 1)
        return self._end()

    def _end(self) -> None:
        if self._mark() == ".":
            self._at += 1
        if self._at != self._last:
            raise Lost

    def _properties(self, subject: At, depth: int) -> None:
        while True:
            predicate = self._predicate()
            while True:
                self._object(subject, predicate, depth)
                if self._mark() != ",":
                    break
                self._at += 1
            if self._mark() != ";":
                return
            while self._mark() == ";":
                self._at += 1
            if self._mark() in (".", "]") or self._at >= self._last:
                return

    def _predicate(self) -> At:
        at, span = self._at, self._span(self._at)
        self._at += 1
        if self._kind(at) == "word" and self.text(at) == "a":
            return _TYPE, span
        node = self._node(at)
        if isinstance(node, BlankNode):
            raise Lost
        return node, span

    def _object(self, subject: At, predicate: At, depth: int) -> None:
        if depth > _DEEPEST:
            raise Lost
        at, span, mark = self._at, self._span(self._at), self._mark()
        if mark == "[":
            node = self._new()
            self._at += 1
            if self._mark() != "]":
                self._properties((node, span), depth + 1)
            self._expect("]")
            self._emit(self._at - 1, subject, predicate, node, (span[0], self._span(self._at - 1)[1]))
        elif mark == "(":
            self._collection(span, (subject, predicate), depth + 1)
        elif self._kind(at) in ("string", "long"):
            value, end, tag = self._text_literal()
            self._emit(tag, subject, predicate, value, (span[0], end))
        else:
            self._at += 1
            self._emit(at, subject, predicate, self._short_value(at), span)

    def _text_literal(self) -> tuple[Literal, int, int]:
        """A string with its language or datatype: the literal, its end, and the token at which it is complete."""
        text, at = lexical.string_of(self.text(self._at)), self._at
        self._at += 1
        if self._kind(at + 1) == "lang":
            self._at += 1
            return Literal(text, language=self.text(at + 1)[1:]), self._span(at + 1)[1], at + 1
        if self._mark() == "^^":
            datatype = self._node(at + 2)
            self._at += 2
            if isinstance(datatype, BlankNode):
                raise Lost
            return Literal(text, datatype=datatype), self._span(at + 2)[1], at + 2
        return Literal(text), self._span(at)[1], at + 1  # only the next token tells that nothing follows

    def _short_value(self, at: int) -> Value:
        kind, text = self._kind(at), self.text(at)
        if kind in _NUMBERS:
            return Literal(text, datatype=_NUMBERS[kind])
        if kind == "word" and text in ("true", "false"):
            return Literal(text, datatype=_BOOLEAN)
        return self._node(at)

    def _collection(self, span: Span, outer: tuple[At, At] | None, depth: int) -> Node:
        """A list; `outer` is the statement whose value it is, None when it is a subject."""
        self._at += 1
        whole = (span[0], self._close(self._at - 1))
        head: Node = _NIL if self._mark() == ")" else self._new()
        if outer:
            self._emit(self._at, *outer, head, whole)
        cell = head
        while self._mark() != ")":
            here = self._span(self._at)
            self._object((cell, span), (_FIRST, here), depth)
            following: Node = _NIL if self._mark() == ")" else self._new()
            self._emit(self._at, (cell, span), (_REST, span), following, span, how="-")
            cell = following
        self._at += 1
        return head

    def _close(self, at: int) -> int:
        """The end of the bracket that opens at a token."""
        depth = 0
        for number in range(at, self._last):
            mark = self.text(number) if self._kind(number) == "mark" else ""
            depth += (mark in ("(", "[")) - (mark in (")", "]"))
            if depth == 0:
                return self.tokens[number].end
        raise Lost

    # -- small things

    def _node(self, at: int) -> Node:
        kind, text = self._kind(at), self.text(at)
        if kind == "iri":
            return NamedNode(lexical.iri_of(text, self.prefixes.base))
        if kind == "name":
            return NamedNode(lexical.name_of(text, self.prefixes.names))
        if kind == "label":
            return BlankNode(text[2:])
        raise Lost

    def _new(self) -> BlankNode:
        self._made += 1
        return BlankNode(f"made-by-position-pass.{self._made}")

    def _kind(self, at: int) -> str:
        return self.tokens[at].kind if at < self._last else ""

    def _mark(self, ahead: int = 0) -> str:
        at = self._at + ahead
        return self.text(at) if self._kind(at) == "mark" else ""

    def _span(self, at: int) -> Span:
        if at >= self._last:
            raise Lost
        return self.tokens[at].start, self.tokens[at].end

    def _expect(self, mark: str) -> None:
        if self._mark() != mark:
            raise Lost
        self._at += 1

    def _emit(
        self, tag: int, subject: At, predicate: At, value: Value, span: Span, how: str = ""
    ) -> None:
        quad = Quad(subject[0], predicate[0], value, self._graph)  # type: ignore[arg-type]  # no blank predicate
        self._found.append((tag, Placed(quad, subject[1], predicate[1], span, how=how)))


class LineReader(Reader):
    """N-Triples and N-Quads: three terms, a graph perhaps, a full stop."""

    def _triples(self) -> None:
        at = self._at
        subject = (self._node(at), self._span(at))
        predicate = (self._node(at + 1), self._span(at + 1))
        self._at += 2
        self._object(subject, predicate, 1)
        if self._kind(self._at) in ("iri", "label"):
            self._graph = self._node(self._at)
            self._at += 1
            tag, entry = self._found.pop()
            quad = entry.quad
            placed = entry._replace(quad=Quad(quad.subject, quad.predicate, quad.object, self._graph))
            self._found.append((tag, placed))
        self._expect(".")
        self._end()


def _as_parsed(found: list[tuple[int, Placed]]) -> list[Placed]:
    """In the parser's order: what one token completes, it gives back from the last to the first."""
    ordered: list[Placed] = []
    at = len(found)
    groups: list[list[Placed]] = []
    while at:
        start = at - 1
        while start and found[start - 1][0] == found[at - 1][0]:
            start -= 1
        groups.append([entry for _, entry in reversed(found[start:at])])
        at = start
    for group in reversed(groups):
        ordered += group
    return ordered
