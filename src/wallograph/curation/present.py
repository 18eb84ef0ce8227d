"""What the graph says now, as a question that accepting a proposal asks: which statements are there?

In: a function that gives the quads of a pattern. Out: the same after quads came and went, or after journal entries.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from wallograph.curation.layers import quads_of

Node = NamedNode | None
Present = Callable[[Node, Node, NamedNode | Literal | None, Node], Iterable[Quad]]  # None matches all


def changed(present: Present, adds: Iterable[Quad], deletes: Collection[Quad]) -> Present:
    """The graph after some quads came and others went."""
    come, gone = dict.fromkeys(adds), frozenset(deletes)
    by_subject, by_object = _indexed(come, 0), _indexed(come, 2)

    def after(subject: Node, predicate: Node, target: NamedNode | Literal | None, graph: Node) -> Iterator[Quad]:
        wanted = (subject, predicate, target, graph)
        near = by_subject.get(subject, ()) if subject else by_object.get(target, ()) if target else come
        yield from (quad for quad in near if _matches(quad, wanted))
        for quad in present(*wanted):  # one after the other: of a large source, often one is enough
            if quad not in gone and quad not in come and not isinstance(quad.graph_name, DefaultGraph):
                yield quad

    return after


def after_entries(present: Present, payloads: Iterable[Mapping[str, Any]]) -> Present:
    """The graph after the entries with these payloads, in their order."""
    return changed(present, *net(payloads))


def net(payloads: Iterable[Mapping[str, Any]]) -> tuple[list[Quad], list[Quad]]:
    """What the payloads of entries come to, one after the other: quads that come and quads that go."""
    stated: dict[Quad, bool] = {}
    for payload in payloads:
        stated |= dict.fromkeys(quads_of(payload.get("deletes", ())), False)
        stated |= dict.fromkeys(quads_of(payload.get("adds", ())), True)
    come = [quad for quad, stands in stated.items() if stands]
    return come, [quad for quad, stands in stated.items() if not stands]


def holds(present: Present, quad: Quad) -> bool:
    """Whether a statement stands in its graph."""
    found = present(quad.subject, quad.predicate, quad.object, quad.graph_name)  # type: ignore[arg-type]
    return any(True for _ in found)


def _indexed(quads: Iterable[Quad], place: int) -> dict[object, list[Quad]]:
    """Quads by one of their terms: of a large proposal each question concerns few."""
    found: dict[object, list[Quad]] = {}
    for quad in quads:
        found.setdefault(quad[place], []).append(quad)
    return found


def _matches(quad: Quad, wanted: tuple[object, ...]) -> bool:
    terms = (quad.subject, quad.predicate, quad.object, quad.graph_name)
    return all(given is None or given == term for given, term in zip(wanted, terms, strict=True))
