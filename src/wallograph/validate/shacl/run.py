"""A whole validation: which nodes, in which order, by which shapes.

In: data and compiled shapes; the nodes to judge, or all. Out: a `Report`. Quads in memory are read once, subject by
subject; a store is asked for suspects first. Queries that allow it are asked once for all focus nodes.
"""

from collections.abc import Callable, Collection, Iterable

from pyoxigraph import Dataset, Quad, Store, Triple

from wallograph.validate.shacl.checks import Found
from wallograph.validate.shacl.evaluate import Bound, Evaluation
from wallograph.validate.shacl.here import Here
from wallograph.validate.shacl.model import (
    CompiledShapes,
    Constraint,
    PropertyConstraint,
    Shape,
    SparqlConstraint,
    Term,
)
from wallograph.validate.shacl.report import Report
from wallograph.validate.shacl.sparql import Asker, results
from wallograph.validate.shacl.suspects import Suspects, Unit
from wallograph.validate.shacl.targets import Targets, flattened
from wallograph.validate.shacl.view import MemoryView, Properties, Solution, StoreView, View

Progress = Callable[[int, int | None], None]
Data = View | Store | Dataset | Iterable[Quad] | Iterable[Triple]
_STEP = 10_000


def validate(
    data: Data, shapes: CompiledShapes, *, focus: Collection[Term] | None = None, progress: Progress | None = None
) -> Report:
    """Judge data by shapes. `focus` limits the judgement to these nodes (their surroundings are still read).

    `progress` is told how much is done, and of how much if that is known.
    """
    return Run(as_view(data), shapes).report(focus, progress)


def as_view(data: Data) -> View:
    """Data as a view: a store is read where it is (its default graph), quads are taken into memory as one graph."""
    if isinstance(data, Store):
        return StoreView(data)
    if hasattr(data, "scan"):
        return data  # type: ignore[return-value]
    return MemoryView(data)


class Run:
    """One view and one set of shapes. It may be asked for several nodes, one after the other; not between threads."""

    def __init__(self, view: View, shapes: CompiledShapes) -> None:
        self.view = view
        self.shapes = shapes
        self.here = Here(view)
        self.evaluation = Evaluation(self.here, Asker(self.here, shapes.triples))
        self.targets = Targets(shapes.roots, self.here)

    def over(self, view: View) -> "Run":
        """The same shapes over another view; which class stands below which is kept from the first."""
        self.view = view
        self.here.turn(view)
        return self

    def report(self, focus: Collection[Term] | None = None, progress: Progress | None = None) -> Report:
        """The results of all focus nodes, or of those wanted."""
        tell = progress or _silent
        if focus is not None:
            return Report(self._some(focus))
        found = self._together()
        if isinstance(self.view, StoreView):
            found += Suspects(self.view, self.evaluation, self.targets).results(self._units(), tell)
        else:
            found += self._scan(tell)
        return Report(found)

    def _some(self, focus: Collection[Term]) -> Found:
        found: Found = []
        for node in dict.fromkeys(focus):
            self.here.enter(node)
            for shape in self.targets.of(node, self.here.said):
                self.evaluation.judge(shape, node, found)
        return found

    def _units(self) -> dict[Shape, list[Unit]]:
        """For each shape with targets: what is left to judge at a focus node, shape by shape."""
        units: dict[Shape, list[Unit]] = {}
        for root in self.shapes.roots:
            units[root] = []
            for shape in flattened(root):
                skip = asked_together if shape is not root or root.path else _elsewhere
                left = tuple(constraint for constraint in shape.constraints if not skip(constraint))
                units[root].append(Unit(root, shape, self.evaluation.bind(shape, skip), left))
        return units

    def _scan(self, tell: Progress) -> Found:
        """Read all subjects once and judge each by the shapes that it is a target of."""
        found: Found = []
        units = self._units()
        plans: dict[tuple[Shape, ...], list[Bound]] = {}
        others = self.targets.elsewhere()
        judge = self.evaluation.run

        def visit(node: Term, said: Properties, roots: tuple[Shape, ...]) -> None:
            plan = plans.get(roots)
            if plan is None:
                plan = plans[roots] = [unit.bound for root in roots for unit in units[root] if unit.bound.asks]
            self.here.enter(node, said)
            for bound in plan:
                judge(bound, node, found)

        number = 0
        for number, (node, said) in enumerate(self.view.scan(), start=1):
            roots = self.targets.by_said(said)
            if others and node in others:
                roots = tuple(dict.fromkeys((*roots, *others.pop(node))))
            if roots:
                visit(node, said, roots)
            if number % _STEP == 0:
                tell(number, None)
        for other, roots in others.items():
            visit(other, {}, roots)
        tell(number, number)
        return found

    def _together(self) -> Found:
        """The results of the queries that are asked once for all focus nodes."""
        found: Found = []
        for root in self.shapes.roots:
            for shape in flattened(root):
                for constraint in shape.constraints:
                    if isinstance(constraint, SparqlConstraint) and asked_together(constraint):
                        self._ask_of_all(root, shape, constraint, found)
        return found

    def _ask_of_all(self, root: Shape, shape: Shape, constraint: SparqlConstraint, found: Found) -> None:
        judged: dict[Term, bool] = {}
        rows: list[Solution] = []
        for row in self.evaluation.asker.all_at_once(shape, constraint):
            node = row["this"]
            if node not in judged:
                judged[node] = self.targets.has(root, node)
            if judged[node]:
                rows.append(row)
        found += results(shape, constraint, rows, {})


def asked_together(constraint: Constraint) -> bool:
    """Whether a constraint is a query that one run answers for all focus nodes."""
    return isinstance(constraint, SparqlConstraint) and constraint.query.setwise


def _elsewhere(constraint: Constraint) -> bool:
    return isinstance(constraint, PropertyConstraint) or asked_together(constraint)


def _silent(done: int, total: int | None) -> None:
    """Nobody wants to know."""
