"""The position pass over RDF/XML, by expat.

In: a text. Out: statements with the places of their elements, in pyoxigraph's order; ParseError for what is no XML or
has a DOCTYPE, TooLarge when elements are nested too deep. No entity is ever expanded, nothing is fetched.
"""

import re
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from wallograph import vocab
from wallograph.errors import InputError, ParseError, TooLarge
from wallograph.intake.limits import IntakeLimits
from wallograph.intake.messages import refuse
from wallograph.intake.rdf import lexical
from wallograph.intake.rdf.placed import Placed
from wallograph.intake.rdf.text import Span, Text

_R: Final = vocab.RDF
_XML: Final = "http://www.w3.org/XML/1998/namespace"
_CORE: Final = frozenset(
    _R + name for name in ("about", "ID", "nodeID", "resource", "parseType", "datatype", "li", "aboutEach", "bagID")
)
_TYPE: Final = NamedNode(vocab.TYPE)
_TAG: Final = re.compile(r"""<[^\s/>]++(?:\s++[^\s=]++\s*+=\s*+(?:"[^"]*+"|'[^']*+'))*+\s*+(/?)>""")
_FIRST, _REST, _NIL = NamedNode(_R + "first"), NamedNode(_R + "rest"), NamedNode(_R + "nil")

Node = NamedNode | BlankNode


class Lost(Exception):
    """The pass does not understand an element."""


@dataclass(slots=True)
class _Frame:
    """One open element. `kind` is root, node, property, xml (inside of an XML literal) or lost."""

    kind: str
    span: Span
    base: str = ""
    lang: str = ""
    node: Node | None = None  # of a node element, or the blank node of parseType="Resource"
    predicate: NamedNode | None = None
    items: list[Node] = field(default_factory=list)  # the nodes inside of a property element
    collection: bool = False
    datatype: str = ""
    text: list[str] = field(default_factory=list)
    members: int = 0
    empty: bool = False  # one tag, nothing inside
    told: int | None = None  # where its statement stands, when it was told at its begin


class Walker:
    """Walks one document."""

    def __init__(self, text: Text, limits: IntakeLimits) -> None:
        self.placed: list[Placed] = []
        self._text, self._limits = text, limits
        self._bytes = text.text.encode("utf-8", "replace")
        self._ascii = len(self._bytes) == len(text.text)
        self._seen_bytes, self._seen_chars = 0, 0
        self._stack: list[_Frame] = []
        self._prefixes: list[str] = []
        self._made = 0
        self._wrong: int | None = None
        self._parser = self._make_parser()

    def walk(self) -> None:
        """All of the document."""
        try:
            self._parser.Parse(self._bytes, True)
        except expat.ExpatError as error:
            offset = self._chars(self._parser.ErrorByteIndex, keep=False)
            place = self._text.place(offset)
            raise refuse(ParseError, "not-read-as", at=place, format="XML") from error

    def first_wrong(self) -> int | None:
        """Where the first IRI stands that is relative to nothing or not valid."""
        return self._wrong

    def _make_parser(self) -> expat.XMLParserType:
        parser = expat.ParserCreate("utf-8", " ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartNamespaceDeclHandler = self._namespace
        parser.EndNamespaceDeclHandler = self._namespace_end
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._doctype
        return parser

    def _doctype(self, *_: object) -> None:
        place = self._text.place(self._chars(self._parser.CurrentByteIndex))
        raise refuse(ParseError, "doctype", at=place)

    def _namespace(self, prefix: str | None, uri: str | None) -> None:
        if uri == _R and prefix:
            self._prefixes.append(prefix)

    def _namespace_end(self, prefix: str | None) -> None:
        if self._prefixes and prefix == self._prefixes[-1]:
            self._prefixes.pop()

    def _chars(self, index: int, keep: bool = True) -> int:
        """The character at a byte; bytes are asked for in order."""
        if self._ascii:
            return index
        if index < self._seen_bytes:
            return len(self._bytes[:index].decode("utf-8", "ignore"))
        chars = self._seen_chars + len(self._bytes[self._seen_bytes : index].decode("utf-8", "ignore"))
        if keep:
            self._seen_bytes, self._seen_chars = index, chars
        return chars

    # -- elements

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._stack) >= self._limits.nesting:
            raise refuse(TooLarge, "nested-too-deep", limit="nesting", most=self._limits.nesting)
        start = self._chars(self._parser.CurrentByteIndex)
        outer = self._stack[-1] if self._stack else None
        attributes = {key.replace(" ", ""): value for key, value in attributes.items()}
        tag = _TAG.match(self._text.text, start)
        frame = _Frame("lost", (start, tag.end() if tag else start), outer.base if outer else "")
        frame.empty = bool(tag and tag[1])
        frame.lang = attributes.pop(_XML + "lang", outer.lang if outer else "").lower()
        self._stack.append(frame)
        try:
            if _XML + "base" in attributes:
                frame.base = lexical.absolute(attributes.pop(_XML + "base"), frame.base)
            self._open(frame, outer, name.replace(" ", ""), attributes)
        except InputError:
            raise
        except (Lost, ValueError):
            frame.kind = "lost"

    def _open(self, frame: _Frame, outer: _Frame | None, name: str, attributes: dict[str, str]) -> None:
        if outer is None and name == _R + "RDF":
            frame.kind = "root"
        elif outer is None or outer.kind == "root" or (outer.kind == "property" and outer.node is None):
            self._node(frame, name, attributes)
            if outer is not None and frame.node is not None:
                outer.items.append(frame.node)
        elif outer.kind == "node" or (outer.kind == "property" and outer.node is not None):
            self._property(frame, outer, name, attributes)
        else:
            frame.kind = "xml" if outer.kind == "xml" else "lost"

    def _node(self, frame: _Frame, name: str, attributes: dict[str, str]) -> None:
        frame.kind = "node"
        frame.node = self._identity(frame, attributes)
        if name != _R + "Description":
            self.placed.append(self._statement(frame.node, _TYPE, NamedNode(name), frame.span))
        self._attributes(frame, frame.node, attributes)

    def _attributes(self, frame: _Frame, node: Node, attributes: dict[str, str]) -> None:
        """What attributes say: as the parser gives it back, the class first and the others from the last."""
        if vocab.TYPE in attributes:
            kind = self._iri(attributes[vocab.TYPE], frame)
            self.placed.append(self._statement(node, _TYPE, kind, frame.span))
        for key, value in reversed(attributes.items()):
            if key not in _CORE and key != vocab.TYPE:
                self.placed.append(self._statement(node, NamedNode(key), _literal(value, frame.lang), frame.span))

    def _identity(self, frame: _Frame, attributes: dict[str, str]) -> Node:
        if _R + "about" in attributes:
            return self._iri(attributes[_R + "about"], frame)
        if _R + "ID" in attributes:
            return self._iri("#" + attributes[_R + "ID"], frame)
        if _R + "nodeID" in attributes:
            return BlankNode(attributes[_R + "nodeID"])
        return self._new()

    def _property(self, frame: _Frame, outer: _Frame, name: str, attributes: dict[str, str]) -> None:
        frame.kind = "property"
        if name == _R + "li":
            outer.members += 1
            name = f"{_R}_{outer.members}"
        frame.predicate = NamedNode(name)
        kind = attributes.pop(_R + "parseType", "")
        frame.datatype = attributes.pop(_R + "datatype", "")
        if kind == "Resource":
            frame.node = self._new()
            if outer.node is not None:  # the parser tells it before what is inside
                frame.told = len(self.placed)
                self.placed.append(self._statement(outer.node, frame.predicate, frame.node, outer.span, frame.span))
        elif kind == "Collection":
            frame.collection = True
        elif kind:
            frame.kind = "xml"
        elif attributes:
            self._with_attributes(frame, attributes)

    def _with_attributes(self, frame: _Frame, attributes: dict[str, str]) -> None:
        """An empty property element: its value is named or described by attributes."""
        if _R + "ID" in attributes:
            raise Lost  # it would be made a statement about a statement
        if _R + "resource" in attributes:
            value: Node = self._iri(attributes.pop(_R + "resource"), frame)
        elif _R + "nodeID" in attributes:
            value = BlankNode(attributes.pop(_R + "nodeID"))
        else:
            value = self._new()
        frame.items.append(value)
        self._attributes(frame, value, attributes)

    def _end(self, name: str) -> None:
        frame = self._stack.pop()
        outer = self._stack[-1] if self._stack else None
        if frame.kind not in ("property", "xml") or frame.predicate is None or outer is None or outer.node is None:
            return
        whole = (frame.span[0], self._end_of_element(frame))
        if frame.told is None:
            self.placed += self._close(frame, outer, whole)
        else:
            self.placed[frame.told] = self.placed[frame.told]._replace(predicate=whole, value=whole)

    def _close(self, frame: _Frame, outer: _Frame, whole: Span) -> list[Placed]:
        """The statement of a property element that ends."""
        node, predicate = outer.node, frame.predicate
        assert node is not None and predicate is not None
        subject, how = outer.span, f"{self._prefixes[-1]} {frame.lang}" if self._prefixes else ""
        if frame.kind == "xml":
            entry = self._statement(node, predicate, BlankNode(), subject, whole)
            return [entry._replace(certain=False)]
        if frame.collection:
            return self._collection(node, predicate, frame.items, subject, whole)
        if frame.items:
            inner = how if frame.empty else ""
            return [self._statement(node, predicate, frame.items[-1], subject, whole, inner)]
        try:
            value = _literal("".join(frame.text), frame.lang, frame.datatype and self._iri(frame.datatype, frame).value)
        except (Lost, ValueError):
            return []
        return [self._statement(node, predicate, value, subject, whole, how)]

    def _collection(
        self, node: Node, predicate: NamedNode, items: list[Node], subject: Span, whole: Span
    ) -> list[Placed]:
        cells: list[Node] = [*(self._new() for _ in items), _NIL]
        found = [self._statement(node, predicate, cells[0], subject, whole)]
        for number, item in enumerate(items):
            found.append(self._statement(cells[number], _REST, cells[number + 1], whole, whole))
            found.append(self._statement(cells[number], _FIRST, item, whole, whole))
        return found

    def _characters(self, text: str) -> None:
        if self._stack and self._stack[-1].kind == "property":
            self._stack[-1].text.append(text)

    # -- small things

    def _end_of_element(self, frame: _Frame) -> int:
        """Behind the `>` of the end tag, or of the tag when it is empty."""
        if frame.empty:
            return frame.span[1]
        at = self._chars(self._parser.CurrentByteIndex)
        end = self._text.text.find(">", at)
        return end + 1 if end >= 0 else len(self._text.text)

    def _statement(
        self, subject: Node, predicate: NamedNode, value: Node | Literal, at: Span, whole: Span | None = None,
        how: str = "",
    ) -> Placed:  # fmt: skip
        return Placed(Quad(subject, predicate, value), at, whole or at, whole or at, how=how)

    def _iri(self, text: str, frame: _Frame) -> NamedNode:
        try:
            return NamedNode(lexical.absolute(text, frame.base))
        except (ValueError, SyntaxError):
            if self._wrong is None:
                self._wrong = frame.span[0]
            raise Lost from None

    def _new(self) -> BlankNode:
        self._made += 1
        return BlankNode(f"made-by-position-pass.{self._made}")


def _literal(text: str, lang: str, datatype: str = "") -> Literal:
    if datatype:
        return Literal(text, datatype=NamedNode(datatype))
    return Literal(text, language=lang) if lang else Literal(text)
