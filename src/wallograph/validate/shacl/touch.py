"""Where a path can use a changed triple, and the way back along a path.

In: one side of a change (the triples that go with the view before, or those that come with the view after), a path.
Out: the nodes from which the path reaches such a triple, or reaches given nodes.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad, Triple

from wallograph.validate.shacl.model import Alternative, Inverse, Path, Predicate, Sequence, Term, ZeroOrMore, ZeroOrOne
from wallograph.validate.shacl.paths import walk
from wallograph.validate.shacl.view import View


@dataclass(frozen=True, slots=True)
class State:
    """One side of a change."""

    view: View
    all: tuple[Triple, ...]
    by_predicate: dict[NamedNode, list[Triple]]

    @classmethod
    def of(cls, view: View, triples: Iterable[Triple | Quad]) -> "State":
        """Quads count as their triples."""
        plain = tuple(dict.fromkeys(each.triple if isinstance(each, Quad) else each for each in triples))
        found: dict[NamedNode, list[Triple]] = {}
        for triple in plain:
            found.setdefault(triple.predicate, []).append(triple)
        return cls(view, plain, found)


def touched(state: State, path: Path, *, forward: bool) -> set[Term]:
    """The nodes from which a path, walked in a direction, can use a changed triple."""
    match path:
        case Predicate(iri):
            triples = state.by_predicate.get(iri, ())
            return {triple.subject if forward else triple.object for triple in triples}  # type: ignore[misc]
        case Inverse(inner):
            return touched(state, inner, forward=not forward)
        case Sequence(steps):
            found: set[Term] = set()
            for step in steps if not forward else reversed(steps):  # from the last step walked to the first
                found = back(state.view, step, found, forward=forward) | touched(state, step, forward=forward)
            return found
        case Alternative(choices):
            return set().union(*(touched(state, choice, forward=forward) for choice in choices))
        case ZeroOrOne(inner):
            return touched(state, inner, forward=forward)
        case _:
            return back(state.view, ZeroOrMore(path.path), touched(state, path.path, forward=forward), forward=forward)


def back(view: View, path: Path, ends: set[Term], *, forward: bool) -> set[Term]:
    """The nodes from which a path, walked in a direction, leads to one of these."""
    against = Inverse(path) if forward else path
    return {start for end in ends for start in walk(view, end, against)}
