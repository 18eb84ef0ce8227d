"""Our own SHACL engine behind the seam: the union of all graphs first, then each source by itself.

In: quads or a released store, `Shapes`, what is known beside them. Out: `Result`s, settled and in order, equal to those
of the reference.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Final

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, Store

from wallograph.model import Severity
from wallograph.validate.engine import Result, settle
from wallograph.validate.shacl.compile import compile_shapes
from wallograph.validate.shacl.graph import TYPE
from wallograph.validate.shacl.graphs import GraphsView
from wallograph.validate.shacl.model import (
    CompiledShapes,
    CustomConstraint,
    Node,
    Predicate,
    SparqlConstraint,
    Term,
    path_predicates,
)
from wallograph.validate.shacl.overlay import OverlayView
from wallograph.validate.shacl.paths import path_sparql
from wallograph.validate.shacl.report import ValidationResult
from wallograph.validate.shacl.run import Run
from wallograph.validate.shacl.view import GraphName, MemoryView, StoreView, View
from wallograph.validate.shapes import Shapes
from wallograph.vocab import SH

Progress = Callable[[int, int | None], None]
Said = dict[Node, dict[NamedNode, dict[Term, None]]]
_SEVERITY: Final = {
    SH + "Violation": Severity.VIOLATION, SH + "Warning": Severity.WARNING, SH + "Info": Severity.INFO,
}  # fmt: skip


class OwnEngine:
    """The `Engine` that the build uses. It keeps what it compiled; one engine may serve several threads."""

    def __init__(self) -> None:
        self._compiled: dict[int, tuple[Shapes, CompiledShapes, CompiledShapes, frozenset[NamedNode]]] = {}

    def validate(
        self,
        data: Iterable[Quad] | Store,
        shapes: Shapes,
        focus: set[str] | None = None,
        *,
        background: View | None = None,
        graphs: Collection[GraphName] = (),
        progress: Progress | None = None,
    ) -> list[Result]:
        """All results of both passes.

        `data` is quads, or a released store (its default graph is the union, its named graphs are the sources).
        `graphs` are those of a store whose union is judged, when it is not the default graph alone.
        `background` is what is known beside quads: it is read and not judged; without `focus` the subjects of the
        quads are.
        """
        if focus is not None and not focus:
            return []
        union, per_source, mentioned = self.compiled(shapes)
        nodes = None if focus is None else [_node(name) for name in focus]
        if isinstance(data, Store):
            view: View = GraphsView(data, graphs) if graphs else StoreView(data)
            sources = _sources_in_store(data, mentioned, nodes)
        else:
            quads = list(data)
            view = front = MemoryView(quads)
            if background is not None:
                view = OverlayView(front, background)
                nodes = list(front.out) if nodes is None else nodes
            sources = _sources_in_quads(quads, mentioned)
        found = [_result(r, shapes, None) for r in Run(view, union).report(nodes, progress).results]
        run = Run(view, per_source)  # once: types and classes are those that all sources give
        for graph, said in sources:
            subjects = list(said) if nodes is None else [node for node in nodes if node in said]
            for node in subjects:
                said[node][TYPE] = dict.fromkeys(view.objects(node, TYPE))
            report = run.over(MemoryView.of(said)).report(subjects)
            found += [_result(result, shapes, graph) for result in report.results]
        return settle(found, shapes)

    def compiled(self, shapes: Shapes) -> tuple[CompiledShapes, CompiledShapes, frozenset[NamedNode]]:
        """The shapes of the union and those of each source, and the predicates that the latter look at."""
        known = self._compiled.get(id(shapes))
        if known is None:  # the value keeps the shapes alive, so the number stays theirs
            per_source = compile_shapes(shapes.per_source)
            known = (shapes, compile_shapes(shapes.union), per_source, _mentioned(per_source))
            self._compiled[id(shapes)] = known
        return known[1:]


def _mentioned(compiled: CompiledShapes) -> frozenset[NamedNode]:
    """The predicates that shapes look at, but the type."""
    found: set[NamedNode] = set()
    for shape in compiled.shapes.values():
        found |= path_predicates(shape.path)
        for constraint in shape.constraints:
            if isinstance(constraint, SparqlConstraint | CustomConstraint):
                found |= {NamedNode(iri) for iri in constraint.query.predicates}
            else:
                predicate = getattr(constraint, "predicate", None)
                found |= {predicate} if predicate is not None else set()
    return frozenset(found) - {TYPE}


def _sources_in_quads(quads: Iterable[Quad], mentioned: Collection[NamedNode]) -> Iterator[tuple[str | None, Said]]:
    sources: dict[str | None, Said] = defaultdict(dict)
    for subject, predicate, value, graph in quads:
        if predicate in mentioned:
            name = None if isinstance(graph, DefaultGraph) else graph.value
            sources[name].setdefault(subject, {}).setdefault(predicate, {})[value] = None
    yield from sources.items()


def _sources_in_store(
    store: Store, mentioned: Collection[NamedNode], nodes: Collection[Node] | None
) -> Iterator[tuple[str | None, Said]]:
    """Source by source, so that only one is in memory; for some nodes only what is said of these."""
    if nodes is not None:
        quads = (quad for node in nodes for quad in store.quads_for_pattern(node, None, None, None))
        named = (quad for quad in quads if not isinstance(quad.graph_name, DefaultGraph))
        yield from _sources_in_quads(named, mentioned)
        return
    for graph in list(store.named_graphs()):
        found = (quad for name in mentioned for quad in store.quads_for_pattern(None, name, None, graph))
        yield from _sources_in_quads(found, mentioned)


def _node(name: str) -> Node:
    return BlankNode(name[2:]) if name.startswith("_:") else NamedNode(name)


def _result(found: ValidationResult, shapes: Shapes, graph: str | None) -> Result:
    shape = found.source_shape.value if isinstance(found.source_shape, NamedNode) else str(found.source_shape)
    path = found.path
    return Result(
        focus=found.focus.value if isinstance(found.focus, NamedNode) else str(found.focus),
        path=None if path is None else path.iri.value if isinstance(path, Predicate) else path_sparql(path),
        value=None if found.value is None else str(found.value),
        severity=_SEVERITY.get(found.severity.value, Severity.VIOLATION),
        component=found.component,
        source_shape=shape,
        messages=shapes.rule(shape).messages,
        graph=graph,
    )
