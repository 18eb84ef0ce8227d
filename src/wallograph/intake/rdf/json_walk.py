"""The position pass over JSON-LD.

In: JSON with places. Out: statements with the places of their values, the nodes without identifier, and what gives
no statement. Only what is certain is said; lists, `@json` and maps of nodes have no places.
"""

from dataclasses import dataclass, field
from math import isfinite
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from wallograph import vocab
from wallograph.intake.rdf.json_context import Context, Term
from wallograph.intake.rdf.json_scan import Json, Member
from wallograph.intake.rdf.placed import Placed
from wallograph.intake.rdf.problems import Problem
from wallograph.intake.rdf.text import Span

_MOST_TERMS: Final = 2_000_000  # taken from contexts into contexts, all together
_TYPE: Final = NamedNode(vocab.TYPE)
_MAPS: Final = frozenset({"@id", "@type", "@graph"})
_SAFE_KEY: Final = 40


class Lost(Exception):
    """The document is more than the pass understands."""


@dataclass
class Walked:
    """What the pass found. `unnamed` are the places right behind the brace of nodes without identifier."""

    placed: list[Placed] = field(default_factory=list)
    unnamed: dict[int, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Place:
    """A node and where it is said."""

    node: NamedNode | BlankNode | None
    span: Span


class Walker:
    """Walks one document. `label` begins the names of nodes without identifier; `own` is the known context."""

    def __init__(self, label: str, own: Json | None, own_url: str) -> None:
        self.out = Walked()
        self._label, self._own, self._own_url = label, own, own_url
        self._terms = 0

    def walk(self, root: Json) -> Walked:
        """All of a document."""
        self._nodes(root, Context(), "", top=True)
        return self.out

    def _context(self, active: Context, node: Json | None) -> Context:
        if node is None:
            return active
        self._terms += len(active.terms) + len(node.members)
        if self._terms > _MOST_TERMS:
            raise Lost
        if node.kind == "array":
            for item in node.items:
                active = self._context(active, item)
            return active
        if node.kind == "string":
            return active.with_context(self._own) if self._own and node.text == self._own_url else active
        return active.with_context(node)

    # -- nodes

    def _nodes(self, value: Json, active: Context, pointer: str, top: bool = False) -> None:
        """Node objects where no property points at them: the document, `@graph`, `@included`."""
        if value.kind == "array":
            for number, item in enumerate(value.items):
                self._nodes(item, active, f"{pointer}/{number}")
        elif value.kind == "object":
            self._node(value, active, pointer, top=top)

    def _node(self, value: Json, active: Context, pointer: str, top: bool = False) -> _Place:
        outside = active
        active = self._context(active, value.get("@context"))
        keys = [(member, active.key(member.key)) for member in value.members if member.key != "@context"]
        place = self._identity(value, keys, active, top)
        types = [item.text for member, term in keys if term.iri == "@type" for item in _each(member.value)]
        scoped = active
        for name in sorted(types):
            if name in active.terms and (inner := active.terms[name].scoped) is not None:
                scoped = self._context(scoped, inner)
        for member, _ in keys:
            term = scoped.key(member.key)
            below = outside if scoped is not active and term.scoped is None else scoped
            self._member(place, member, term, scoped, below if scoped is not active else active, pointer)
        return place

    def _identity(self, value: Json, keys: list[tuple[Member, Term]], active: Context, top: bool) -> _Place:
        """Who the node is: its `@id`, or a name of ours when it has none."""
        for member, term in keys:
            if term.iri == "@id":
                if member.value.kind != "string":
                    return _Place(None, value.span)
                text = member.value.text
                if active.relative(text):
                    self.out.problems.append(Problem("left-out-silently", member.value.span))
                return _Place(_resource(active.reference(text)), member.value.span)
        if top and all(term.iri in ("@graph", "@included", "") for _, term in keys):
            return _Place(None, value.span)
        name = f"{self._label}{len(self.out.unnamed)}"
        self.out.unnamed[value.start + 1] = name
        return _Place(BlankNode(name), (value.start, value.start + 1))

    def _member(self, place: _Place, member: Member, term: Term, active: Context, below: Context, pointer: str) -> None:
        here = f"{pointer}/{member.key.replace('~', '~0').replace('/', '~1')}"
        value = member.value
        if term.iri == "@type":
            self._types(place, member, active, here)
        elif term.iri in ("@graph", "@included"):
            self._nodes(value, below, here)
        elif term.iri == "@nest":
            for item in _each(value):
                for inner in item.members:
                    self._member(place, inner, active.key(inner.key), active, below, here)
        elif term.iri == "@reverse":
            for inner in value.members:
                reverse = active.key(inner.key)
                at = f"{here}/{inner.key}"
                self._values(place, inner.key_span, reverse.iri, reverse, inner.value, below, at, True)
        elif term.iri and not term.iri.startswith("@"):
            inside = self._context(below, term.scoped)
            self._values(place, member.key_span, term.iri, term, value, inside, here, term.reverse)
        elif not term.iri and not member.key.startswith("@") and member.key not in active.terms:
            key = "".join(char for char in member.key if char.isprintable())[:_SAFE_KEY]
            self.out.problems.append(Problem("unknown-key", member.key_span, {"key": key}))

    def _types(self, place: _Place, member: Member, active: Context, pointer: str) -> None:
        several = member.value.kind == "array"
        for number, item in enumerate(_each(member.value)):
            node = _resource(active.iri(item.text)) if item.kind == "string" else None
            if node and place.node is not None:
                quad = Quad(place.node, _TYPE, node)
                at = f"{pointer}/{number}" if several else pointer
                self.out.placed.append(Placed(quad, place.span, member.key_span, item.span, at, how="iri"))

    # -- values

    def _values(
        self, place: _Place, key: Span, iri: str, term: Term, value: Json, active: Context, pointer: str, reverse: bool
    ) -> None:
        predicate = _resource(iri)
        if not isinstance(predicate, NamedNode) or term.type == "@json" or term.container & _MAPS:
            return None
        if "@list" in term.container:
            return self._uncertain(place, predicate, key, value, pointer)
        if value.kind == "array":
            for number, item in enumerate(value.items):
                self._values(place, key, iri, term, item, active, f"{pointer}/{number}", reverse)
            return None
        if value.kind == "object" and term.container & {"@language", "@index"}:
            return self._map(place, predicate, key, term, value, active, pointer, reverse)
        if value.kind == "object":
            return self._object(place, predicate, key, term, value, active, pointer, reverse)
        found = _scalar(value, term, active)
        if found is None and value.kind == "number":
            found = BlankNode()  # only the parser knows its form: matched as the one that is left over
        if found is None or place.node is None or (value.kind == "word" and value.text == "null"):
            return None
        plain = not term.type and value.kind == "string" and not (active.lang if term.lang is None else term.lang)
        how = "plain" if plain else "value"
        if reverse:
            if not isinstance(found, Literal):
                self._emit(_Place(found, value.span), predicate, key, place.node, place.span, pointer, "")
            return None
        return self._emit(place, predicate, key, found, value.span, pointer, how)

    def _map(
        self, place: _Place, predicate: NamedNode, key: Span, term: Term, value: Json, active: Context, pointer: str,
        reverse: bool,
    ) -> None:  # fmt: skip
        """A map by language or index."""
        for member in value.members:
            here = f"{pointer}/{member.key.replace('~', '~0').replace('/', '~1')}"
            if "@index" in term.container:
                plain = Term(term.iri, term.type, term.lang)
                self._values(place, key, predicate.value, plain, member.value, active, here, reverse)
                continue
            several = member.value.kind == "array"
            for number, item in enumerate(_each(member.value)):
                if item.kind != "string" or place.node is None:
                    continue
                text = _literal(item.text, "" if active.iri(member.key) == "@none" else member.key)
                at = f"{here}/{number}" if several else here
                if text is not None:
                    self._emit(place, predicate, key, text, item.span, at, f"language:{member.key.lower()}")

    def _object(
        self, place: _Place, predicate: NamedNode, key: Span, term: Term, value: Json, active: Context, pointer: str,
        reverse: bool,
    ) -> None:  # fmt: skip
        """A value object, a list or set, or a node inside of the node."""
        inner = self._context(active, value.get("@context"))
        parts = {inner.key(member.key).iri: member.value for member in value.members if member.key != "@context"}
        if "@value" in parts:
            found = _value_object(parts, inner)
            if found is not None and place.node is not None and not reverse:
                self._emit(place, predicate, key, found, value.span, pointer, "value")
        elif "@set" in parts:
            self._values(place, key, predicate.value, term, parts["@set"], inner, f"{pointer}/@set", reverse)
        elif "@list" in parts:
            self._uncertain(place, predicate, key, value, pointer)
        else:
            node = self._node(value, active, pointer)
            if node.node is None or place.node is None:
                return
            alone = set(parts) == {"@id"}
            span = value.span if alone else node.span
            if reverse:
                self._emit(node, predicate, key, place.node, place.span, pointer, "")
            else:
                self._emit(place, predicate, key, node.node, span, pointer, "value" if alone else "")

    def _uncertain(self, place: _Place, predicate: NamedNode, key: Span, value: Json, pointer: str) -> None:
        if place.node is not None:
            quad = Quad(place.node, predicate, BlankNode())
            self.out.placed.append(Placed(quad, place.span, key, value.span, pointer, certain=False))

    def _emit(
        self, place: _Place, predicate: NamedNode, key: Span, value: NamedNode | BlankNode | Literal, span: Span,
        pointer: str, how: str,
    ) -> None:  # fmt: skip
        if place.node is not None:
            quad = Quad(place.node, predicate, value)
            self.out.placed.append(Placed(quad, place.span, key, span, pointer, how=how))


def _each(value: Json) -> list[Json]:
    return value.items if value.kind == "array" else [value]


def _resource(iri: str) -> NamedNode | BlankNode | None:
    try:
        return BlankNode(iri[2:]) if iri.startswith("_:") else NamedNode(iri)
    except ValueError:
        return None


def _literal(text: str, lang: str = "", datatype: str = "") -> Literal | None:
    try:
        if lang:
            return Literal(text, language=lang)
        return Literal(text, datatype=NamedNode(datatype)) if datatype else Literal(text)
    except ValueError:
        return None


def _scalar(value: Json, term: Term, active: Context) -> NamedNode | BlankNode | Literal | None:
    """What a string, number or word stands for under a term."""
    if value.kind == "string":
        if term.type == "@id":
            return _resource(active.reference(value.text))
        if term.type == "@vocab":
            return _resource(active.iri(value.text))
        if term.type and term.type != "@none":
            return _literal(value.text, datatype=term.type)
        return _literal(value.text, active.lang if term.lang is None else term.lang)
    datatype = term.type if term.type and not term.type.startswith("@") else ""
    return _native(value, datatype)


def _native(value: Json, datatype: str) -> Literal | None:
    if value.kind == "word":
        return _literal(value.text, datatype=datatype or vocab.XSD + "boolean")
    text = value.text
    if text.lstrip("-").isdigit():
        if len(text) > 20 or text == "-0":
            return None
        return _literal(text, datatype=datatype or vocab.XSD + "integer")
    number = float(text)
    if number.is_integer() and abs(number) < 1e21:
        return _literal(str(int(number)), datatype=datatype or vocab.XSD + "integer")
    return None if not isfinite(number) else _literal(_double(number), datatype=datatype or vocab.XSD + "double")


def _double(number: float) -> str:
    """The canonical form of a double (JSON-LD 1.1 API, 8.6)."""
    mantissa, _, exponent = f"{number:.15E}".partition("E")
    digits = mantissa.rstrip("0")
    return f"{digits}{'0' if digits.endswith('.') else ''}E{int(exponent)}"


def _value_object(parts: dict[str, Json], active: Context) -> Literal | None:
    value = parts["@value"]
    datatype = active.iri(parts["@type"].text) if "@type" in parts else ""
    if value.kind == "string":
        lang = parts["@language"].text if "@language" in parts else ""
        return _literal(value.text, lang, datatype)
    return _native(value, datatype) if value.kind in ("number", "word") and value.text != "null" else None
