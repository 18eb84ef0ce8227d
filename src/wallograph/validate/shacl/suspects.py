"""Validation of a store: ask it which nodes may be wrong, and judge only those.

In: a store, the shapes with targets. Out: the same results that judging every focus node gives. A question names all
nodes that can have a result (some turn out to be fine): it works on the store's own numbers for terms, and so costs a
fraction of reading every term. What cannot be asked is judged target by target.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from pyoxigraph import Literal

from wallograph.validate.shacl import model
from wallograph.validate.shacl.checks import Found, accept, check
from wallograph.validate.shacl.evaluate import Bound, Evaluation, failing
from wallograph.validate.shacl.graph import TYPE
from wallograph.validate.shacl.model import Constraint, Node, Shape, Term
from wallograph.validate.shacl.questions import Question, edge_of, questions, target_pattern
from wallograph.validate.shacl.targets import Targets
from wallograph.validate.shacl.view import StoreView

_FEW = 2000


@dataclass(frozen=True, slots=True)
class Unit:
    """A shape that judges the targets of `root`, bound to functions."""

    root: Shape
    shape: Shape
    bound: Bound
    constraints: tuple[Constraint, ...] = ()


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is asked for one unit; nothing (None) when all its targets must be judged."""

    unit: Unit
    target: str = ""
    asked: tuple[Question, ...] | None = None


class Suspects:
    """One validation of one store."""

    def __init__(self, view: StoreView, evaluation: Evaluation, targets: Targets) -> None:
        self.view = view
        self.evaluation = evaluation
        self.here = evaluation.here
        self.targets = targets
        self._sizes: dict[Shape, int] = {}
        self._shared: dict[str, list[Term]] = {}
        self._users: dict[str, list[_Plan]] = {}

    def results(self, units: dict[Shape, list[Unit]], tell: Callable[[int, int | None], None]) -> Found:
        """The results of all units at all their targets. `tell` hears how many units are done."""
        found: Found = []
        plans = [self._plan(unit) for of_root in units.values() for unit in of_root if unit.bound.asks]
        for plan in plans:
            self._users.setdefault(str(edge_of(plan.unit.shape.path)), []).append(plan)
        for done, plan in enumerate(plans):
            tell(done, len(plans))
            for node in self._nodes(plan):
                self.here.enter(node)
                self.evaluation.run(plan.unit.bound, node, found)
        tell(len(plans), len(plans))
        return found

    def _plan(self, unit: Unit) -> _Plan:
        target = target_pattern(unit.root, self.here.subclasses)
        asked = None if target is None else questions(unit.shape, unit.constraints, self.here.subclasses)
        return _Plan(unit) if target is None or asked is None else _Plan(unit, target, tuple(asked))

    def _nodes(self, plan: _Plan) -> Iterable[Term]:
        """The targets that may have a result; all of them when there is no question to ask."""
        root = plan.unit.root
        if plan.asked is None:
            return self._all(root)
        found: dict[Term, None] = {}
        for question in plan.asked:
            found.update((node, None) for node in self._answer(question, plan))
        return [node for node in found if self.targets.has(root, node)]

    def _all(self, root: Shape) -> Iterator[Term]:
        """All targets of a shape, each once."""
        seen: set[Term] = set()
        several = len(root.targets) > 1
        for target in root.targets:
            for node in self._of(target):
                if node not in seen:
                    yield node
                    if several or not isinstance(target, model.TargetNode):
                        seen.add(node)

    def _of(self, target: model.Target) -> Iterator[Term]:
        match target:
            case model.TargetNode(node):
                yield node
            case model.TargetClass(iri):
                for kind in self.here.subclasses(iri):
                    yield from self.view.subjects(TYPE, kind)
            case model.TargetSubjectsOf(predicate):
                yield from (subject for subject, _ in self.view.pairs(predicate))
            case model.TargetObjectsOf(predicate):
                yield from (value for _, value in self.view.pairs(predicate))

    def _answer(self, question: Question, plan: _Plan) -> Iterable[Term]:
        """The nodes that a question finds: asked of all nodes first, when that tells about no other targets."""
        unit = plan.unit
        users = self._users[str(edge_of(unit.shape.path))]
        if question.joined and unit.shape.path and all(user.asked and question in user.asked for user in users):
            known = self._shared.get(question.free)
            if known is None:
                known = self._shared[question.free] = list(islice(self._found(question, question.free, unit), _FEW))
            if len(known) < _FEW:
                return known
        text = question.text(plan.target, few=self._size(unit.root, plan.target) < _FEW)
        return self._found(question, text, unit)

    def _found(self, question: Question, text: str, unit: Unit) -> Iterator[Term]:
        answers = self._ask(text)
        if not question.values:
            yield from answers
            return
        right = self._judge(unit, question.values)
        for value in answers:
            if not right(value):
                yield from self._with(unit, value)

    def _ask(self, text: str) -> list[Term]:
        rows = self.view.store.query(text, default_graph=self.view.graph)
        return [row[0] for row in rows if row[0] is not None]

    def _size(self, root: Shape, target: str) -> int:
        """How many targets a shape has."""
        size = self._sizes.get(root)
        if size is None:
            (count,) = self._ask(f"SELECT (COUNT(*) AS ?n) {{ {target} }}")
            size = self._sizes[root] = int(count.value)
        return size

    def _judge(self, unit: Unit, constraints: tuple[Constraint, ...]) -> Callable[[Term], bool]:
        """Whether a value is right by itself."""
        accepts, checks = [], []
        for constraint in constraints:
            fits = accept(constraint, self.evaluation)
            if fits is not None:
                accepts.append(fits)
            elif (made := check(constraint, self.evaluation, failing(unit.shape, constraint))) is not None:
                checks.append(made)

        def right(value: Term) -> bool:
            if not all(fits(value) for fits in accepts):
                return False
            found: Found = []
            for made in checks:
                self.here.enter(value)
                made(value, (value,), found)
            return not found

        return right

    def _with(self, unit: Unit, value: Term) -> Iterable[Node]:
        """The nodes from which the path of a shape leads to a value."""
        match unit.shape.path:
            case model.Predicate(iri):
                return self.view.subjects(iri, value)
            case model.Inverse(model.Predicate(iri)) if not isinstance(value, Literal):
                return [node for node in self.view.objects(value, iri) if not isinstance(node, Literal)]
        return ()


