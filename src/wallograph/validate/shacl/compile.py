"""Compiles a shapes graph, once: every shape it has becomes a `Shape`, and what is not known is refused by name.

In: the triples of a shapes graph. Out: `CompiledShapes`.
"""

from collections.abc import Iterable
from typing import Final

from pyoxigraph import BlankNode, NamedNode, Quad, Triple

from wallograph.validate.shacl.components import custom_components
from wallograph.validate.shacl.constraints import PARAMETERS, SHAPE_LISTS, SHAPE_VALUES, read_constraints
from wallograph.validate.shacl.errors import IllFormedShape, RecursiveShape, ShapesError, UnknownConstraint
from wallograph.validate.shacl.graph import SUBCLASS, TYPE, ShapesGraph, is_node, sh
from wallograph.validate.shacl.model import (
    CompiledShapes,
    Node,
    Shape,
    Target,
    TargetClass,
    TargetNode,
    TargetObjectsOf,
    TargetSubjectsOf,
    Term,
)
from wallograph.validate.shacl.paths import read_path
from wallograph.vocab import OWL, RDFS, SH

_TARGETS: Final = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")
_ABOUT: Final = frozenset({
    "path", "severity", "message", "deactivated", "name", "description", "order", "group", "defaultValue",
    "declare", "prefixes", "select", "ask", "suggestedShapesGraph", "shapesGraph", "labelTemplate", "optional",
    "intent", "agentInstruction", *_TARGETS,
})  # fmt: skip
_KINDS: Final = tuple(sh(name) for name in ("NodeShape", "PropertyShape"))
_NOT_SHAPES: Final = tuple(sh(name) for name in ("Parameter", "ConstraintComponent"))
_CLASSES: Final = (NamedNode(RDFS + "Class"), NamedNode(OWL + "Class"))


def compile_shapes(triples: Iterable[Triple | Quad]) -> CompiledShapes:
    """Read all shapes of a graph. Unknown constraints, recursion and ill-formed shapes are refused (ShapesError)."""
    graph = ShapesGraph(triples)
    if refused := graph.uses.get(sh("entailment")):
        raise UnknownConstraint(f"sh:entailment asks for {refused[0][1]}: this engine infers nothing")
    reader = _Reader(graph)
    for node in _shape_nodes(graph, reader):
        reader.shape(node)
    return CompiledShapes(reader.shapes, graph.triples)


class _Reader:
    """Makes each shape once, from the inside out."""

    def __init__(self, graph: ShapesGraph) -> None:
        self.graph = graph
        self.components = custom_components(graph)
        self.shapes: dict[Node, Shape] = {}
        self._open: list[Node] = []

    def shape(self, node: Term) -> Shape:
        """The shape of a node; a shape that is still being made refers to itself."""
        if not is_node(node):
            raise IllFormedShape(f"{node} is no shape")
        assert isinstance(node, NamedNode | BlankNode)
        known = self.shapes.get(node)
        if known is not None:
            return known
        if node in self._open:
            circle = " → ".join(str(n) for n in [*self._open[self._open.index(node) :], node])
            raise RecursiveShape(f"shapes that refer back to themselves are not supported: {circle}")
        self._open.append(node)
        try:
            made = self.shapes[node] = self._make(node)
        except ShapesError as error:
            if type(error) is RecursiveShape or str(node) in str(error):
                raise
            raise type(error)(f"shape {node}: {error}") from error
        self._open.pop()
        return made

    def _make(self, node: Node) -> Shape:
        graph = self.graph
        _refuse_unknown(graph, node)
        where = graph.one(node, sh("path"))
        path = None if where is None else read_path(graph, where)
        severity = graph.iri(node, "severity") or sh("Violation")
        deactivated = graph.flag(node, "deactivated")
        constraints = () if deactivated else tuple(read_constraints(graph, node, path, self.shape))
        if not deactivated:
            constraints += tuple(c for component in self.components for c in component.constraints(node, path))
        return Shape(
            node=node,
            path=path,
            constraints=constraints,
            targets=tuple(_targets(graph, node)),
            severity=severity,
            messages=graph.literals(node, "message"),
            deactivated=deactivated,
        )


def _refuse_unknown(graph: ShapesGraph, node: Node) -> None:
    for predicate in graph.about[node]:
        name = predicate.value.removeprefix(SH)
        if predicate.value.startswith(SH) and name not in _ABOUT and name not in PARAMETERS:
            raise UnknownConstraint(f"shape {node} uses sh:{name}, which this engine does not know")


def _shape_nodes(graph: ShapesGraph, reader: _Reader) -> list[Node]:
    """All nodes that are shapes by their class, a target, a parameter, or because another shape refers to them."""
    found: dict[Term, None] = {}
    for node, kind in graph.uses.get(TYPE, ()):
        if kind in _KINDS or any(k in _KINDS for k in _superclasses(graph, kind)):
            found[node] = None
    names = [*_TARGETS, *PARAMETERS]
    for name in names:
        found.update((node, None) for node, _ in graph.uses.get(sh(name), ()))
    for name in SHAPE_VALUES:
        found.update((value, None) for _, value in graph.uses.get(sh(name), ()))
    for name in SHAPE_LISTS:
        for _, head in graph.uses.get(sh(name), ()):
            found.update((value, None) for value in graph.items(head))
    for component in reader.components:
        found.update((node, None) for node in component.users())
    return [
        node
        for node in found
        if isinstance(node, NamedNode | BlankNode) and not any(graph.is_a(node, kind) for kind in _NOT_SHAPES)
        and not _is_parameter(graph, node)
    ]  # fmt: skip


def _superclasses(graph: ShapesGraph, kind: Term) -> list[Term]:
    return [NamedNode(k.value) for k in graph.objects(kind, SUBCLASS) if isinstance(k, NamedNode)]


def _is_parameter(graph: ShapesGraph, node: Node) -> bool:
    return any(value == node for _, value in graph.uses.get(sh("parameter"), ()))


def _targets(graph: ShapesGraph, node: Node) -> Iterable[Target]:
    for value in graph.objects(node, sh("targetNode")):
        yield TargetNode(value)
    for name, make in (("targetSubjectsOf", TargetSubjectsOf), ("targetObjectsOf", TargetObjectsOf)):
        for value in graph.objects(node, sh(name)):
            if not isinstance(value, NamedNode):
                raise IllFormedShape(f"{node}: sh:{name} needs an IRI, not {value}")
            yield make(value)
    classes = list(graph.objects(node, sh("targetClass")))
    if isinstance(node, NamedNode) and node not in classes and any(graph.is_a(node, kind) for kind in _CLASSES):
        classes.append(node)
    for value in classes:
        if not isinstance(value, NamedNode | BlankNode):
            raise IllFormedShape(f"{node}: sh:targetClass needs a class, not {value}")
        yield TargetClass(value)
