"""The view that lets a shape judge each source alone in one pass (design S3).

In: quads and the predicates that matter. Out: triples in which every thing stands once per source graph, under a
name of its own and with all its types, and the way back from that name to the thing and its graph.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from wallograph.vocab import TYPE

_SCOPE: Final = "urn:wallograph:scope:"


@dataclass(frozen=True, slots=True)
class ScopedView:
    """The triples of the view; `origin` leads from the name of a scoped thing to (thing, graph)."""

    triples: list[Triple]
    origin: dict[str, tuple[str, str | None]]

    def scopes_of(self, focus: Collection[str]) -> set[str]:
        """The names under which these things stand in the view."""
        return {name for name, (thing, _) in self.origin.items() if thing in focus}

    def unscoped(self, value: str | None) -> str | None:
        """A value in N-Triples form with the name of a scoped thing put back to the thing itself."""
        if value is None or not value.startswith(f"<{_SCOPE}"):
            return value
        thing = self.origin[value[1:-1]][0]
        return thing if thing.startswith("_:") else f"<{thing}>"


def scoped_view(quads: Iterable[Quad], predicates: Collection[str]) -> ScopedView:
    """Give each subject a name per source graph; only types and the named predicates are carried over."""
    types: dict[str, set[NamedNode | BlankNode | Literal]] = defaultdict(set)
    names: dict[tuple[str, str | None], NamedNode] = {}
    triples: list[Triple] = []
    for subject, predicate, value, graph in quads:
        if predicate.value == TYPE:
            types[_text(subject)].add(value)
        elif predicate.value in predicates:
            key = (_text(subject), None if isinstance(graph, DefaultGraph) else _text(graph))
            name = names.get(key)
            if name is None:
                name = names[key] = NamedNode(f"{_SCOPE}{len(names)}")
            triples.append(Triple(name, predicate, value))
    is_a = NamedNode(TYPE)
    for (thing, _), name in names.items():
        triples += [Triple(name, is_a, kind) for kind in types.get(thing, ())]
    return ScopedView(triples, {name.value: key for key, name in names.items()})


def _text(node: object) -> str:
    return node.value if isinstance(node, NamedNode) else str(node)
