"""A small graph in front of a larger one: an upload is judged over itself and what is known already.

In: a `MemoryView` and any other view. Out: a `View` of both together. Neither is copied.
"""

import weakref
from collections.abc import Collection, Iterable, Iterator
from typing import TypeVar
from uuid import uuid4

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store, Triple

from wallograph.validate.shacl.model import Node, Query, Term
from wallograph.validate.shacl.view import Bindings, MemoryView, Properties, Solution, View, run_query
from wallograph.vocab import TYPE


class OverlayView:
    """The union of two views. `front` is the smaller one."""

    def __init__(self, front: MemoryView, behind: View) -> None:
        self.front = front
        self.behind = behind
        self._reach = _reach(front, behind)

    def objects(self, subject: Node, predicate: NamedNode) -> Collection[Term]:
        """See `View`."""
        return _both(self.front.objects(subject, predicate), self.behind.objects(subject, predicate))

    def subjects(self, predicate: NamedNode, value: Term) -> Collection[Node]:
        """See `View`."""
        return _both(self.front.subjects(predicate, value), self.behind.subjects(predicate, value))

    def properties(self, subject: Node) -> Properties:
        """See `View`."""
        return self._joined(subject, self.behind.properties(subject))

    def _joined(self, subject: Node, known: Properties) -> Properties:
        said = self.front.properties(subject)
        if not said:
            return known
        return {name: _both(said.get(name, ()), known.get(name, ())) for name in {**said, **known}}

    def pairs(self, predicate: NamedNode) -> Iterator[tuple[Node, Term]]:
        """See `View`."""
        yield from self.front.pairs(predicate)
        for subject, value in self.behind.pairs(predicate):
            if value not in self.front.objects(subject, predicate):
                yield subject, value

    def scan(self) -> Iterator[tuple[Node, Properties]]:
        """See `View`."""
        for subject, _ in self.front.scan():
            yield subject, self.properties(subject)
        for subject, known in self.behind.scan():
            if not self.front.properties(subject):
                yield subject, known

    def solutions(self, query: Query, bindings: Bindings) -> list[Solution]:
        """See `View`."""
        rows = self._reach.solutions(query, bindings)
        return self.front.translate(rows, bindings.get("this"))

    def hold_shapes(self, triples: Iterable[Triple]) -> NamedNode | None:
        """See `View`."""
        return self.behind.hold_shapes(triples)


T = TypeVar("T")


def _both(first: Collection[T], second: Collection[T]) -> Collection[T]:
    if not first:
        return second
    if not second:
        return first
    return dict.fromkeys((*first, *second))


class _Beside:
    """Behind is in memory: the front is put beside it in its store, as a graph that goes when the view goes."""

    def __init__(self, front: MemoryView, behind: MemoryView) -> None:
        self.front = front
        self.behind = behind
        self.name: NamedNode | None = None

    def solutions(self, query: Query, bindings: Bindings) -> list[Solution]:
        store = self.behind.store
        if self.name is None:
            _ = self.front.store  # so that the front knows which literals a store rewrites
            self.name = NamedNode(f"urn:uuid:{uuid4()}")
            weakref.finalize(self, store.remove_graph, self.name)
            known = self.behind.objects
            store.extend(
                Quad(s, p, o, self.name) for s, p, o in self.front.triples() if o not in known(s, p)
            )
        rows = run_query(store, query, bindings, [DefaultGraph(), self.name])
        return self.behind.translate(rows, bindings.get("this"))


class _Around:
    """Behind is a store that cannot be written to: what a query can read there is copied beside the front.

    That is all triples of the predicates and classes that the query names, once; for a query with a variable as
    predicate the whole of it, so that such queries want a background in memory.
    """

    def __init__(self, front: MemoryView, behind: View) -> None:
        self.front = front
        self.behind = behind
        self.store: Store | None = None
        self.predicates: set[str] = set()
        self.classes: set[str] = set()
        self.whole = False

    def solutions(self, query: Query, bindings: Bindings) -> list[Solution]:
        if self.store is None:
            _ = self.front.store  # so that the front knows which literals a store rewrites
            self.store = Store()
            self.store.bulk_extend(Quad(*triple) for triple in self.front.triples())
        if not self.whole:
            self.store.bulk_extend(self._read(query))
        return run_query(self.store, query, bindings)

    def _read(self, query: Query) -> Iterator[Quad]:
        """What the query may read behind and is not here yet."""
        if query.open_predicates:
            self.whole = True
            for subject, said in self.behind.scan():
                yield from (Quad(subject, name, value) for name, values in said.items() for value in values)
            return
        is_a = NamedNode(TYPE)
        for name in query.predicates - self.predicates - {TYPE}:
            predicate = NamedNode(name)
            yield from (Quad(subject, predicate, value) for subject, value in self.behind.pairs(predicate))
        for name in query.classes - self.classes:
            kind = NamedNode(name)
            yield from (Quad(subject, is_a, kind) for subject in self.behind.subjects(is_a, kind))
        self.predicates |= query.predicates
        self.classes |= query.classes


def _reach(front: MemoryView, behind: View) -> "_Beside | _Around":
    return _Beside(front, behind) if isinstance(behind, MemoryView) else _Around(front, behind)
