"""Judges nodes by shapes: one node and one shape at a time.

In: what can be read (`Here`), shapes. Out: results. Shapes are bound to functions when they are first met.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from wallograph.validate.shacl.checks import Accept, Check, Fail, Found, accept, check
from wallograph.validate.shacl.here import Here
from wallograph.validate.shacl.messages import filled
from wallograph.validate.shacl.model import (
    Constraint,
    CustomConstraint,
    Node,
    Path,
    Shape,
    SparqlConstraint,
    Term,
)
from wallograph.validate.shacl.report import ValidationResult
from wallograph.validate.shacl.sparql import Asker

Skip = Callable[[Constraint], bool]


@dataclass(slots=True)
class Bound:
    """A shape as functions: what judges each value, and what judges all values together."""

    path: Path | None
    accepts: list[tuple[Accept, Fail]]
    checks: list[Check]

    @property
    def asks(self) -> bool:
        """Whether there is anything to judge."""
        return bool(self.accepts or self.checks)


class Evaluation:
    """One run over one view. Not to be shared between threads."""

    def __init__(self, here: Here, asker: Asker) -> None:
        self.here = here
        self.asker = asker
        self._bound: dict[Shape, Bound] = {}

    def judge(self, shape: Shape, focus: Term, out: Found) -> None:
        """Add the results of one shape at one focus node."""
        bound = self._bound.get(shape)
        if bound is None:
            bound = self._bound[shape] = self.bind(shape)
        self.run(bound, focus, out)

    def run(self, bound: Bound, focus: Term, out: Found) -> None:
        """The same for a shape that is bound already."""
        path = bound.path
        values: Collection[Term] = (focus,) if path is None else self.here.values(focus, path)
        if values:
            for fits, fail in bound.accepts:
                for value in values:
                    if not fits(value):
                        out.append(fail(focus, value))
        for judge in bound.checks:
            judge(focus, values, out)

    def conforms(self, shape: Shape, focus: Term) -> bool:
        """Whether a node has no result at all."""
        found: Found = []
        self.judge(shape, focus, found)
        return not found

    def bind(self, shape: Shape, skip: Skip = lambda _: False) -> Bound:
        """Turn the constraints of a shape into functions, but for those to skip."""
        bound = Bound(shape.path, [], [])
        if shape.deactivated:
            return bound
        for constraint in shape.constraints:
            if skip(constraint):
                continue
            fail = failing(shape, constraint)
            fits = accept(constraint, self)
            if fits is not None:
                bound.accepts.append((fits, fail))
                continue
            made = check(constraint, self, fail)
            if made is None:
                assert isinstance(constraint, SparqlConstraint | CustomConstraint)
                made = self.asker.check(shape, constraint)
            bound.checks.append(made)
        return bound


def failing(shape: Shape, constraint: Constraint) -> Fail:
    """The function that makes the results of one constraint."""
    node: Node = shape.node
    own, severity, component = shape.path, shape.severity, constraint.component
    messages = tuple(filled(message, {}) for message in shape.messages)

    def fail(
        focus: Term, value: Term | None, path: Path | None = None, details: tuple[ValidationResult, ...] = ()
    ) -> ValidationResult:
        return ValidationResult(focus, path or own, value, severity, component, node, messages, None, details)

    return fail


