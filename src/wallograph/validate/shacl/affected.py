"""Which focus nodes a change can affect, worked out from the shapes; and a report brought up to date by them alone.

In: compiled shapes, what comes and what goes, a view before and a view after. Out: for each shape with targets the
focus nodes whose results can differ (never too few, sometimes too many); `revalidate` gives exactly the full report.

A changed triple is looked for in every place where a shape reads the data. From there the way goes back to the focus:
against the path of the shape, then against that of the shape around it. A path over a triple that goes is walked in
the state before, one over a triple that comes in the state after. A query whose predicates change is read pattern by
pattern (`reach`); where that does not lead to the focus, all targets of its shape are judged again.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from pyoxigraph import NamedNode, Quad, Triple

from wallograph.validate.shacl.graph import SUBCLASS, TYPE
from wallograph.validate.shacl.model import (
    ClassConstraint,
    ClosedConstraint,
    CompiledShapes,
    Constraint,
    CustomConstraint,
    LogicalConstraint,
    NodeConstraint,
    PairConstraint,
    Predicate,
    PropertyConstraint,
    QualifiedConstraint,
    Shape,
    SparqlConstraint,
    TargetClass,
    TargetNode,
    TargetObjectsOf,
    TargetSubjectsOf,
    Term,
    ZeroOrMore,
)
from wallograph.validate.shacl.reach import reached
from wallograph.validate.shacl.report import Report, ValidationResult
from wallograph.validate.shacl.run import validate
from wallograph.validate.shacl.touch import State, back, touched
from wallograph.validate.shacl.view import View

_SUBCLASSES: Final = ZeroOrMore(Predicate(SUBCLASS))


@dataclass(frozen=True, slots=True)
class Affected:
    """For each shape with targets the focus nodes to judge again; `whole` are shapes with all their targets."""

    nodes: dict[Shape, frozenset[Term]] = field(default_factory=dict)
    whole: frozenset[Shape] = frozenset()

    @property
    def every(self) -> frozenset[Term]:
        """The focus nodes of all shapes together."""
        return frozenset[Term]().union(*self.nodes.values())


class _Everything(Exception):
    """All targets of a shape are affected."""


def affected(
    shapes: CompiledShapes, adds: Iterable[Triple | Quad], deletes: Iterable[Triple | Quad], before: View, after: View
) -> Affected:
    """The focus nodes whose results a change can make, end or alter."""
    search = _Search((State.of(before, deletes), State.of(after, adds)))
    nodes: dict[Shape, frozenset[Term]] = {}
    whole: set[Shape] = set()
    for shape in shapes.roots:
        try:
            found = search.of_shape(shape) | search.of_targets(shape)
        except _Everything:
            whole.add(shape)
            continue
        if found:
            nodes[shape] = frozenset(found)
    return Affected(nodes, frozenset(whole))


def revalidate(
    previous: Report, shapes: CompiledShapes, adds: Iterable[Triple | Quad], deletes: Iterable[Triple | Quad],
    before: View, after: View,
) -> Report:  # fmt: skip
    """The full report after a change, from the one before it: what the affected nodes said goes, what they say comes.

    Both are judged, since a result of a nested shape does not tell which focus it was found from.
    """
    found = affected(shapes, adds, deletes, before, after)
    gone = Counter(judge(found, shapes, before))
    kept = []
    for result in previous.results:
        if gone[result]:
            gone[result] -= 1
        else:
            kept.append(result)
    return Report(kept + judge(found, shapes, after))


def judge(found: Affected, shapes: CompiledShapes, view: View) -> list[ValidationResult]:
    """What the affected shapes say of the affected nodes in one state."""
    whole = CompiledShapes({shape.node: shape for shape in found.whole}, shapes.triples)
    part = CompiledShapes({shape.node: shape for shape in found.nodes}, shapes.triples)
    results = list(validate(view, whole).results) if found.whole else []
    if found.nodes:
        results += validate(view, part, focus=found.every).results
    return results


def targets_of(shape: Shape, view: View) -> set[Term]:
    """All targets of a shape in a view."""
    found: set[Term] = set()
    for target in shape.targets:
        match target:
            case TargetNode(node):
                found.add(node)
            case TargetClass(kind):
                for below in back(view, _SUBCLASSES, {kind}, forward=True):
                    found.update(view.subjects(TYPE, below))
            case TargetSubjectsOf(predicate):
                found.update(subject for subject, _ in view.pairs(predicate))
            case TargetObjectsOf(predicate):
                found.update(value for _, value in view.pairs(predicate))
    return found


class _Search:
    """The way back from changed triples to focus nodes, for both sides of a change."""

    def __init__(self, states: tuple[State, State]) -> None:
        self.states = states
        self.changed = {predicate for state in states for predicate in state.by_predicate}
        self._members: set[Term] | None = None
        self._known: dict[Shape, set[Term]] = {}

    def of_shape(self, shape: Shape) -> set[Term]:
        """The nodes that conform to a shape, or say why they do not, otherwise than before."""
        known = self._known.get(shape)
        if known is not None:
            return known
        values: set[Term] = set()
        nodes: set[Term] = set()
        for constraint in shape.constraints:
            values |= self._of_values(constraint)
            if isinstance(constraint, PairConstraint):
                nodes |= self._ends(constraint.predicate, forward=True)
            elif isinstance(constraint, SparqlConstraint | CustomConstraint):
                found = self._of_query(constraint)
                if found is None:
                    raise _Everything
                nodes |= found[0]
                values |= found[1]
        if shape.path is None:
            nodes |= values
        else:
            for state in self.states:
                nodes |= touched(state, shape.path, forward=True)
                nodes |= back(state.view, shape.path, values, forward=True)
        self._known[shape] = nodes
        return nodes

    def of_targets(self, shape: Shape) -> set[Term]:
        """The nodes that are or were targets because of what changed."""
        found: set[Term] = set()
        for target in shape.targets:
            match target:
                case TargetClass():
                    found |= self._of_classes()
                case TargetSubjectsOf(predicate):
                    found |= self._ends(predicate, forward=True)
                case TargetObjectsOf(predicate):
                    found |= self._ends(predicate, forward=False)
        return found

    def _of_values(self, constraint: Constraint) -> set[Term]:
        """The value nodes that a constraint judges otherwise, whatever the path to them."""
        match constraint:
            case ClassConstraint():
                return self._of_classes()
            case ClosedConstraint(allowed=allowed):
                return {node for other in self.changed - allowed for node in self._ends(other, forward=True)}
            case LogicalConstraint(shapes=inner):
                return set().union(*(self.of_shape(each) for each in inner))
            case QualifiedConstraint(shape=inner, siblings=siblings):
                return set().union(*(self.of_shape(each) for each in (inner, *siblings)))
            case NodeConstraint(shape=inner) | PropertyConstraint(shape=inner):
                return self.of_shape(inner)
        return set()

    def _ends(self, predicate: NamedNode, *, forward: bool) -> set[Term]:
        triples = (triple for state in self.states for triple in state.by_predicate.get(predicate, ()))
        return {triple.subject if forward else triple.object for triple in triples}  # type: ignore[misc]

    def _of_classes(self) -> set[Term]:
        """The nodes whose classes change: by a type of their own, or by what stands above a class of theirs."""
        if self._members is None:
            self._members = self._ends(TYPE, forward=True)
            for state in self.states:
                above: set[Term] = {triple.subject for triple in state.by_predicate.get(SUBCLASS, ())}  # type: ignore[misc]
                for kind in back(state.view, _SUBCLASSES, above, forward=True):
                    self._members.update(state.view.subjects(TYPE, kind))
        return self._members

    def _of_query(self, constraint: SparqlConstraint | CustomConstraint) -> tuple[set[Term], set[Term]] | None:
        """The focus nodes and the value nodes for which a query reads what changed; None when it may be for any."""
        query = constraint.query
        if not query.open_predicates and not any(predicate.value in query.predicates for predicate in self.changed):
            return set(), set()
        given = dict(constraint.parameters) if isinstance(constraint, CustomConstraint) else {}
        nodes: set[Term] = set()
        values: set[Term] = set()
        for state in self.states:
            found = reached(query, state, "this", given)
            if found is None and query.ask:  # it may speak of the value alone
                found = reached(query, state, "value", given)
                values |= found or set()
            elif found is not None:
                nodes |= found
            if found is None:
                return None
        return nodes, values
