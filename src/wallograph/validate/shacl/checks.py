"""The constraints of Core, each bound to one function.

In: a constraint, its shape and what can be read. Out: an `Accept` (is this value right?) or a `Check` (which results do
these values give?). Binding is done once per shape and run, so that judging a value is one call.
"""

from collections import Counter
from collections.abc import Callable, Collection
from typing import Final, Protocol

from pyoxigraph import BlankNode, Literal, NamedNode

from wallograph.validate.shacl import model
from wallograph.validate.shacl.here import Here
from wallograph.validate.shacl.matching import language_matches, matcher
from wallograph.validate.shacl.model import Constraint, Path, Predicate, Term
from wallograph.validate.shacl.report import ValidationResult
from wallograph.validate.shacl.values import compare, form_counts, well_formed

Accept = Callable[[Term], bool]
Found = list[ValidationResult]
Check = Callable[[Term, Collection[Term], Found], None]
_ORDERED: Final[dict[str, tuple[int, ...]]] = {">=": (0, 1), ">": (1,), "<=": (-1, 0), "<": (-1,)}
_PAIRS: Final = {"lessThan": "<", "lessThanOrEquals": "<="}


class Fail(Protocol):
    """Makes a result of one constraint of one shape."""

    def __call__(
        self, focus: Term, value: Term | None, path: Path | None = None, details: tuple[ValidationResult, ...] = ()
    ) -> ValidationResult:
        """`path` when it is not that of the shape."""
        ...  # pragma: no cover


class Judging(Protocol):
    """What checks need of the evaluation they belong to."""

    here: Here

    def judge(self, shape: model.Shape, focus: Term, out: Found) -> None:
        """Add the results of one shape at one node."""
        ...  # pragma: no cover

    def conforms(self, shape: model.Shape, focus: Term) -> bool:
        """Whether a node has no result at all."""
        ...  # pragma: no cover


def accept(constraint: Constraint, run: Judging) -> Accept | None:
    """The function that judges one value by itself; None when the constraint looks at more than one value."""
    match constraint:
        case model.ClassConstraint(iri=kind):
            is_a = run.here.is_a
            return lambda value: is_a(value, kind)
        case model.DatatypeConstraint(iri=iri):
            return _datatype(iri)
        case model.NodeKindConstraint(kinds=kinds):
            return lambda value: isinstance(value, kinds)
        case model.RangeConstraint(operator=operator, bound=bound):
            fine = _ORDERED[operator]
            return lambda value: compare(value, bound) in fine
        case model.LengthConstraint(minimum=low, maximum=high):
            return _length(low or 0, high)
        case model.PatternConstraint(pattern=pattern, flags=flags):
            found = matcher(pattern, flags)
            return lambda value: not isinstance(value, BlankNode) and found(value.value) is not None
        case model.LanguageInConstraint(ranges=ranges):
            return _language(ranges)
        case model.InConstraint(values=values):
            return lambda value: value in values
        case model.LogicalConstraint():
            return _logical(constraint, run)
    return None


def _datatype(iri: NamedNode) -> Accept:
    name = iri.value
    if not form_counts(name):
        return lambda value: isinstance(value, Literal) and value.datatype == iri
    return lambda value: isinstance(value, Literal) and value.datatype == iri and well_formed(value.value, name)


def _length(low: int, high: int | None) -> Accept:
    def fits(value: Term) -> bool:
        if isinstance(value, BlankNode):
            return False
        size = len(value.value)
        return size >= low and (high is None or size <= high)

    return fits


def _language(ranges: tuple[str, ...]) -> Accept:
    known: dict[str | None, bool] = {None: False}

    def fits(value: Term) -> bool:
        language = value.language if isinstance(value, Literal) else None
        right = known.get(language)
        if right is None:
            right = known[language] = language_matches(language or "", ranges)
        return right

    return fits


def _logical(constraint: model.LogicalConstraint, run: Judging) -> Accept:
    shapes = constraint.shapes
    conforms = run.conforms
    match constraint.kind:
        case "not":
            return lambda value: not conforms(shapes[0], value)
        case "and":
            return lambda value: all(conforms(shape, value) for shape in shapes)
        case "or":
            return lambda value: any(conforms(shape, value) for shape in shapes)
    return lambda value: sum(conforms(shape, value) for shape in shapes) == 1


def check(constraint: Constraint, run: Judging, fail: Fail) -> Check | None:
    """The function that judges all values of a focus node together; None when the constraint is not of Core."""
    match constraint:
        case model.CountConstraint(minimum=low, maximum=high):
            return _count(low, high, fail)
        case model.UniqueLangConstraint():
            return _unique_lang(fail)
        case model.HasValueConstraint(value=wanted):
            return lambda focus, values, out: None if wanted in values else out.append(fail(focus, None))
        case model.PairConstraint():
            return _pair(constraint, run, fail)
        case model.ClosedConstraint():
            return _closed(constraint, run, fail)
        case model.PropertyConstraint(shape=shape):
            return _property(shape, run)
        case model.NodeConstraint(shape=shape):
            return _node(shape, run, fail)
        case model.QualifiedConstraint():
            return _qualified(constraint, run, fail)
    return None


def _count(low: int | None, high: int | None, fail: Fail) -> Check:
    if low is not None:
        return lambda focus, values, out: out.append(fail(focus, None)) if len(values) < low else None
    assert high is not None
    return lambda focus, values, out: out.append(fail(focus, None)) if len(values) > high else None


def _unique_lang(fail: Fail) -> Check:
    def run(focus: Term, values: Collection[Term], out: Found) -> None:
        if len(values) > 1:
            tags = Counter(v.language.lower() for v in values if isinstance(v, Literal) and v.language)
            out += [fail(focus, None) for count in tags.values() if count > 1]

    return run


def _pair(constraint: model.PairConstraint, run: Judging, fail: Fail) -> Check:
    here, predicate, kind = run.here, constraint.predicate, constraint.kind

    def check_pair(focus: Term, values: Collection[Term], out: Found) -> None:
        others = () if isinstance(focus, Literal) else here.objects(focus, predicate)
        if kind == "equals":
            out += [fail(focus, value) for value in values if value not in others]
            out += [fail(focus, other) for other in others if other not in values]
        elif kind == "disjoint":
            out += [fail(focus, value) for value in values if value in others]
        elif others:
            fine = _ORDERED[_PAIRS[kind]]
            out += [fail(focus, value) for value in values for other in others if compare(value, other) not in fine]

    return check_pair


def _closed(constraint: model.ClosedConstraint, run: Judging, fail: Fail) -> Check:
    here, allowed = run.here, constraint.allowed

    def check_closed(focus: Term, values: Collection[Term], out: Found) -> None:
        for node in values:
            for predicate, objects in here.properties(node).items():
                if predicate not in allowed:
                    out += [fail(focus, value, Predicate(predicate)) for value in objects]

    return check_closed


def _property(shape: model.Shape, run: Judging) -> Check:
    judge = run.judge

    def check_property(focus: Term, values: Collection[Term], out: Found) -> None:
        for value in values:
            judge(shape, value, out)

    return check_property


def _node(shape: model.Shape, run: Judging, fail: Fail) -> Check:
    judge = run.judge

    def check_node(focus: Term, values: Collection[Term], out: Found) -> None:
        for value in values:
            inner: Found = []
            judge(shape, value, inner)
            if inner:
                out.append(fail(focus, value, details=tuple(inner)))

    return check_node


def _qualified(constraint: model.QualifiedConstraint, run: Judging, fail: Fail) -> Check:
    conforms, shape, siblings = run.conforms, constraint.shape, constraint.siblings
    low, high = constraint.minimum, constraint.maximum

    def check_qualified(focus: Term, values: Collection[Term], out: Found) -> None:
        count = sum(
            conforms(shape, value) and not any(conforms(other, value) for other in siblings) for value in values
        )
        if (low is not None and count < low) or (high is not None and count > high):
            out.append(fail(focus, None))

    return check_qualified
