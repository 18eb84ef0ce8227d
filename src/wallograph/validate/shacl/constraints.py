"""Reads the constraints of one shape: Core components and sh:sparql.

In: a shapes graph, the node of a shape, its path. Out: `Constraint`s. One table says which parameter is read how.
"""

from collections.abc import Callable, Iterator
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode

from wallograph.validate.shacl import model
from wallograph.validate.shacl.components import sparql_constraint
from wallograph.validate.shacl.errors import IllFormedShape
from wallograph.validate.shacl.graph import ShapesGraph, sh
from wallograph.validate.shacl.matching import check_pattern
from wallograph.validate.shacl.model import Constraint, Node, Path, Shape, Term
from wallograph.vocab import SH

Resolve = Callable[[Term], Shape]
SHAPE_VALUES: Final = ("node", "property", "not", "qualifiedValueShape")
SHAPE_LISTS: Final = ("and", "or", "xone")
_ONLY_PROPERTY: Final = frozenset({
    "minCount", "maxCount", "uniqueLang", "lessThan", "lessThanOrEquals", "qualifiedValueShape",
})  # fmt: skip
_KINDS: Final[dict[str, tuple[type, ...]]] = {
    "IRI": (NamedNode,), "BlankNode": (BlankNode,), "Literal": (Literal,), "BlankNodeOrIRI": (BlankNode, NamedNode),
    "BlankNodeOrLiteral": (BlankNode, Literal), "IRIOrLiteral": (NamedNode, Literal),
}  # fmt: skip
_OPERATORS: Final = {"minInclusive": ">=", "minExclusive": ">", "maxInclusive": "<=", "maxExclusive": "<"}
_TRUE: Final = Literal(True)


class _Reading:
    """One parameter of one shape while it is read."""

    def __init__(self, graph: ShapesGraph, node: Node, path: Path | None, resolve: Resolve) -> None:
        self.graph = graph
        self.node = node
        self.path = path
        self.resolve = resolve

    def number(self, value: Term, name: str) -> int:
        if isinstance(value, Literal) and value.value.lstrip("+").isdecimal():
            return int(value.value)
        raise IllFormedShape(f"sh:{name} needs a whole number, not {value}")

    def iri(self, value: Term, name: str) -> NamedNode:
        if isinstance(value, NamedNode):
            return value
        raise IllFormedShape(f"sh:{name} needs an IRI, not {value}")

    def text(self, value: Term, name: str) -> str:
        if isinstance(value, Literal):
            return value.value
        raise IllFormedShape(f"sh:{name} needs a text, not {value}")


def read_constraints(graph: ShapesGraph, node: Node, path: Path | None, resolve: Resolve) -> Iterator[Constraint]:
    """All Core and sh:sparql constraints of a shape, in the order of the table."""
    reading = _Reading(graph, node, path, resolve)
    for name, read in _READERS.items():
        if path is None and name in _ONLY_PROPERTY:
            continue  # a node shape has no values to count: the parameter says nothing there
        for value in graph.objects(node, sh(name)):
            yield from read(reading, name, value)


def _component(name: str) -> str:
    return f"{SH}{name[0].upper()}{name[1:]}ConstraintComponent"


def _class(r: _Reading, name: str, value: Term) -> Iterator[Constraint]:
    if isinstance(value, Literal):
        raise IllFormedShape(f"sh:class needs a class, not {value}")
    yield model.ClassConstraint(component=_component(name), iri=value)


def _datatype(r: _Reading, name: str, value: Term) -> Iterator[Constraint]:
    yield model.DatatypeConstraint(component=_component(name), iri=r.iri(value, name))


def _node_kind(r: _Reading, name: str, value: Term) -> Iterator[Constraint]:
    kinds = _KINDS.get(r.iri(value, name).value.removeprefix(SH))
    if kinds is None:
        raise IllFormedShape(f"sh:nodeKind knows no {value}")
    yield model.NodeKindConstraint(component=_component(name), kinds=kinds)


def _count(r: _Reading, name: str, value: Term) -> Iterator[Constraint]:
    number = r.number(value, name)
    low, high = (number, None) if name.startswith("min") else (None, number)
    yield model.CountConstraint(component=_component(name), minimum=low, maximum=high)


def _length(r: _Reading, name: str, value: Term) -> Iterator[Constraint]:
    number = r.number(value, name)
    low, high = (number, None) if name.startswith("min") else (None, number)
    yield model.LengthConstraint(component=_component(name), minimum=low, maximum=high)


def _range(r: _Reading, name: str, value: Term) -> Iterator[Constraint]:
    yield model.RangeConstraint(component=_component(name), operator=_OPERATORS[name], bound=value)


def _pattern(r: _Reading, name: str, value: Term) -> Iterator[Constraint]:
    flags = r.graph.one(r.node, sh("flags"))
    pattern, options = r.text(value, name), "" if flags is None else r.text(flags, "flags")
    check_pattern(pattern, options)
    yield model.PatternConstraint(component=_component(name), pattern=pattern, flags=options)


def _language_in(r: _Reading, name: str, value: Term) -> Iterator[Constraint]:
    ranges = tuple(r.text(item, name).lower() for item in r.graph.items(value))
    yield model.LanguageInConstraint(component=_component(name), ranges=ranges)


def _unique_lang(r: _Reading, name: str, value: Term) -> Iterator[Constraint]:
    if value == _TRUE:  # exactly this term: the suite wants "1" ignored
        yield model.UniqueLangConstraint(component=_component(name))


def _pair(r: _Reading, name: str, value: Term) -> Iterator[Constraint]:
    yield model.PairConstraint(component=_component(name), kind=name, predicate=r.iri(value, name))


def _has_value(r: _Reading, name: str, value: Term) -> Iterator[Constraint]:
    yield model.HasValueConstraint(component=_component(name), value=value)


def _in(r: _Reading, name: str, value: Term) -> Iterator[Constraint]:
    yield model.InConstraint(component=_component(name), values=frozenset(r.graph.items(value)))


def _closed(r: _Reading, name: str, value: Term) -> Iterator[Constraint]:
    if not r.graph.flag(r.node, "closed"):
        return
    held = [r.graph.one(inner, sh("path")) for inner in r.graph.objects(r.node, sh("property"))]
    allowed = {path for path in held if isinstance(path, NamedNode)}
    ignored = r.graph.one(r.node, sh("ignoredProperties"))
    if ignored is not None:
        allowed |= {r.iri(item, "ignoredProperties") for item in r.graph.items(ignored)}
    yield model.ClosedConstraint(component=_component(name), allowed=frozenset(allowed))


def _not(r: _Reading, name: str, value: Term) -> Iterator[Constraint]:
    yield model.LogicalConstraint(component=_component(name), kind=name, shapes=(r.resolve(value),))


def _logical(r: _Reading, name: str, value: Term) -> Iterator[Constraint]:
    shapes = tuple(r.resolve(item) for item in r.graph.items(value))
    yield model.LogicalConstraint(component=_component(name), kind=name, shapes=shapes)


def _node(r: _Reading, name: str, value: Term) -> Iterator[Constraint]:
    yield model.NodeConstraint(component=_component(name), shape=r.resolve(value))


def _property(r: _Reading, name: str, value: Term) -> Iterator[Constraint]:
    shape = r.resolve(value)
    if shape.path is None:
        raise IllFormedShape(f"sh:property {value}: a property shape needs a sh:path")
    yield model.PropertyConstraint(component=_component(name), shape=shape)


def _qualified(r: _Reading, name: str, value: Term) -> Iterator[Constraint]:
    shape = r.resolve(value)
    siblings = _siblings(r, value) if r.graph.flag(r.node, "qualifiedValueShapesDisjoint") else ()
    for end, low in (("qualifiedMinCount", True), ("qualifiedMaxCount", False)):
        said = r.graph.one(r.node, sh(end))
        if said is not None:
            number = r.number(said, end)
            yield model.QualifiedConstraint(
                component=_component(end),
                shape=shape,
                siblings=siblings,
                minimum=number if low else None,
                maximum=None if low else number,
            )


def _siblings(r: _Reading, own: Term) -> tuple[Shape, ...]:
    owners = [owner for owner, value in r.graph.uses.get(sh("property"), ()) if value == r.node]
    found = {
        other: None
        for owner in owners
        for neighbour in r.graph.objects(owner, sh("property"))
        for other in r.graph.objects(neighbour, sh("qualifiedValueShape"))
        if other != own
    }
    return tuple(r.resolve(node) for node in found)


def _sparql(r: _Reading, name: str, value: Term) -> Iterator[Constraint]:
    if isinstance(value, Literal):
        raise IllFormedShape(f"sh:sparql needs a constraint, not {value}")
    made = sparql_constraint(r.graph, value, r.path)
    if made is not None:
        yield made


def _nothing(r: _Reading, name: str, value: Term) -> Iterator[Constraint]:
    """A parameter that another one reads."""
    return iter(())


_READERS: Final[dict[str, Callable[[_Reading, str, Term], Iterator[Constraint]]]] = {
    "class": _class, "datatype": _datatype, "nodeKind": _node_kind, "minCount": _count, "maxCount": _count,
    "minInclusive": _range, "minExclusive": _range, "maxInclusive": _range, "maxExclusive": _range,
    "minLength": _length, "maxLength": _length, "pattern": _pattern, "flags": _nothing,
    "languageIn": _language_in, "uniqueLang": _unique_lang, "equals": _pair, "disjoint": _pair,
    "lessThan": _pair, "lessThanOrEquals": _pair, "hasValue": _has_value, "in": _in, "closed": _closed,
    "ignoredProperties": _nothing, "not": _not, "and": _logical, "or": _logical, "xone": _logical,
    "node": _node, "property": _property, "qualifiedValueShape": _qualified, "qualifiedMinCount": _nothing,
    "qualifiedMaxCount": _nothing, "qualifiedValueShapesDisjoint": _nothing, "sparql": _sparql,
}  # fmt: skip
PARAMETERS: Final = frozenset(_READERS)
