"""Several graphs of a store as one, read where they are.

In: a store and the names of graphs that share few triples, such as the public default graph of a release and one that
is kept out of it. Out: a `View` of their union.
"""

from collections.abc import Collection, Iterable, Iterator

from pyoxigraph import NamedNode, Store, Triple

from wallograph.validate.shacl.model import Node, Query, Term
from wallograph.validate.shacl.view import Bindings, GraphName, Properties, Solution, run_query


class GraphsView:
    """The union of some graphs of a store that is only read."""

    def __init__(self, store: Store, graphs: Iterable[GraphName]) -> None:
        self.store = store
        self.graphs = list(graphs)

    def objects(self, subject: Node, predicate: NamedNode) -> Collection[Term]:
        """See `View`."""
        found = (self.store.quads_for_pattern(subject, predicate, None, graph) for graph in self.graphs)
        return dict.fromkeys(quad.object for quads in found for quad in quads)  # type: ignore[misc]

    def subjects(self, predicate: NamedNode, value: Term) -> Collection[Node]:
        """See `View`."""
        found = (self.store.quads_for_pattern(None, predicate, value, graph) for graph in self.graphs)
        return dict.fromkeys(quad.subject for quads in found for quad in quads)  # type: ignore[misc]

    def properties(self, subject: Node) -> Properties:
        """See `View`."""
        said: dict[NamedNode, dict[Term, None]] = {}
        for graph in self.graphs:
            for _, predicate, value, _ in self.store.quads_for_pattern(subject, None, None, graph):
                said.setdefault(predicate, {})[value] = None
        return said

    def pairs(self, predicate: NamedNode) -> Iterator[tuple[Node, Term]]:
        """See `View`. A triple of two graphs comes once: it is told by the first."""
        for place, graph in enumerate(self.graphs):
            for quad in self.store.quads_for_pattern(None, predicate, None, graph):
                if not self._told(quad.triple, place):
                    yield quad.subject, quad.object  # type: ignore[misc]

    def scan(self) -> Iterator[tuple[Node, Properties]]:
        """See `View`."""
        for place, graph in enumerate(self.graphs):
            last = None
            for quad in self.store.quads_for_pattern(None, None, None, graph):
                subject = quad.subject
                if subject != last and not any(self._speaks(earlier, subject) for earlier in self.graphs[:place]):  # type: ignore[arg-type]
                    yield subject, self.properties(subject)  # type: ignore[misc,arg-type]
                last = subject

    def solutions(self, query: Query, bindings: Bindings) -> list[Solution]:
        """See `View`. A triple of two graphs counts twice in an aggregate."""
        return run_query(self.store, query, bindings, self.graphs)

    def hold_shapes(self, triples: Iterable[Triple]) -> NamedNode | None:
        """See `View`: a released store is not written to."""
        return None

    def _told(self, triple: Triple, place: int) -> bool:
        return any(self._has(triple, graph) for graph in self.graphs[:place])

    def _has(self, triple: Triple, graph: GraphName) -> bool:
        found = self.store.quads_for_pattern(triple.subject, triple.predicate, triple.object, graph)
        return next(iter(found), None) is not None

    def _speaks(self, graph: GraphName, subject: Node) -> bool:
        return next(iter(self.store.quads_for_pattern(subject, None, None, graph)), None) is not None
