"""Reads SHACL-SPARQL: sh:sparql constraints, and constraint components that the shapes graph declares itself.

In: a shapes graph. Out: `SparqlConstraint`s and `CustomConstraint`s.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Final

from pyoxigraph import Literal, NamedNode

from wallograph.validate.shacl.errors import IllFormedShape, UnknownConstraint
from wallograph.validate.shacl.graph import TYPE, ShapesGraph, is_node, sh
from wallograph.validate.shacl.model import CustomConstraint, Node, Path, Query, SparqlConstraint, Term
from wallograph.validate.shacl.queries import read_query
from wallograph.vocab import OWL, SH

_IMPORTS: Final = NamedNode(OWL + "imports")
_VALIDATORS: Final = ("nodeValidator", "propertyValidator", "validator")


def sparql_constraint(graph: ShapesGraph, node: Node, path: Path | None) -> SparqlConstraint | None:
    """One value of sh:sparql; None when it is deactivated."""
    if graph.flag(node, "deactivated"):
        return None
    query = _query(graph, node, path, "select", frozenset(["this", "shapesGraph", "currentShape"]))
    if query is None:
        raise UnknownConstraint(f"the constraint {node} of sh:sparql has no sh:select")
    return SparqlConstraint(
        component=SH + "SPARQLConstraintComponent", node=node, query=query, messages=graph.literals(node, "message")
    )


def _query(graph: ShapesGraph, node: Term, path: Path | None, name: str, bound: frozenset[str]) -> Query | None:
    text = graph.one(node, sh(name))
    if text is None:
        return None
    if not isinstance(text, Literal):
        raise IllFormedShape(f"{node}: sh:{name} needs a text")
    return read_query(text.value, prefixes_of(graph, node), path, ask=name == "ask", bound=bound)


def prefixes_of(graph: ShapesGraph, node: Term) -> dict[str, str]:
    """What sh:prefixes gives: the declarations of its values and of all that these import."""
    found: dict[str, str] = {}
    waiting = list(graph.objects(node, sh("prefixes")))
    seen: set[Term] = set()
    while waiting:
        place = waiting.pop()
        if place in seen:
            continue
        seen.add(place)
        waiting += graph.objects(place, _IMPORTS)
        for declared in graph.objects(place, sh("declare")):
            prefix, space = graph.one(declared, sh("prefix")), graph.one(declared, sh("namespace"))
            if not isinstance(prefix, Literal) or not isinstance(space, Literal):
                raise IllFormedShape(f"{place}: sh:declare needs a sh:prefix and a sh:namespace")
            if found.setdefault(prefix.value, space.value) != space.value:
                raise IllFormedShape(f"the prefix {prefix.value}: has two meanings")
    return found


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a component: the predicate that gives it, the name it has in queries."""

    predicate: NamedNode
    name: str
    optional: bool


class Component:
    """A sh:ConstraintComponent of the shapes graph."""

    def __init__(self, graph: ShapesGraph, node: Node) -> None:
        self.graph = graph
        self.node = node
        self.parameters = tuple(self._parameter(found) for found in graph.objects(node, sh("parameter")))
        if not any(not parameter.optional for parameter in self.parameters):
            raise IllFormedShape(f"the component {node} has no parameter that must be given")
        if not any(self._runnable(found) for name in _VALIDATORS for found in graph.objects(node, sh(name))):
            raise UnknownConstraint(f"the component {node} has no validator written in SPARQL")

    def users(self) -> Iterator[Node]:
        """The nodes that give all parameters that must be given."""
        first, *others = [p.predicate for p in self.parameters if not p.optional]
        for node, _ in self.graph.uses.get(first, ()):
            if all(self.graph.objects(node, other) for other in others):
                yield node

    def constraints(self, node: Node, path: Path | None) -> Iterator[CustomConstraint]:
        """The constraints of this component at one shape: one for each way to choose the values."""
        if not all(p.optional or self.graph.objects(node, p.predicate) for p in self.parameters):
            return
        query, validator = self._validator(path)
        if query is None:
            return  # written for the other kind of shape
        given = [(p.name, values) for p in self.parameters if (values := self.graph.objects(node, p.predicate))]
        messages = self.graph.literals(validator, "message") or self.graph.literals(self.node, "message")
        for values in product(*(values for _, values in given)):
            yield CustomConstraint(
                component=_text(self.node),
                query=query,
                parameters=tuple(zip((name for name, _ in given), values, strict=True)),
                messages=messages,
            )

    def _parameter(self, node: Term) -> Parameter:
        path = self.graph.one(node, sh("path"))
        if not isinstance(path, NamedNode):
            raise IllFormedShape(f"the component {self.node}: a parameter needs one predicate as its sh:path")
        name = path.value[max(path.value.rfind(mark) for mark in "#/:") + 1 :]
        if not name.isidentifier() or name in ("this", "shapesGraph", "currentShape", "path", "PATH", "value"):
            raise IllFormedShape(f"the component {self.node}: a parameter cannot be called {name!r}")
        return Parameter(path, name, self.graph.flag(node, "optional"))

    def _runnable(self, validator: Term) -> bool:
        return bool(self.graph.objects(validator, sh("ask")) or self.graph.objects(validator, sh("select")))

    def _validator(self, path: Path | None) -> tuple[Query | None, Term]:
        """The validator for this kind of shape: its own first, then the one for both."""
        own = "nodeValidator" if path is None else "propertyValidator"
        bound = frozenset(["this", "shapesGraph", "currentShape"]) | {p.name for p in self.parameters}
        for validator in self.graph.objects(self.node, sh(own)):
            if query := _query(self.graph, validator, path, "select", bound):
                return query, validator
        for validator in self.graph.objects(self.node, sh("validator")):
            if query := _query(self.graph, validator, path, "ask", bound | {"value"}):
                return query, validator
        return None, self.node


def custom_components(graph: ShapesGraph) -> list[Component]:
    """All components that the graph declares."""
    nodes = dict.fromkeys(node for node, _ in graph.uses.get(TYPE, ()) if graph.is_a(node, sh("ConstraintComponent")))
    return [Component(graph, node) for node in nodes if is_node(node) and not _text(node).startswith(SH)]


def _text(node: Node) -> str:
    return node.value if isinstance(node, NamedNode) else str(node)
