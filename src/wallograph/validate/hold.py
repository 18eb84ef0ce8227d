"""What is held back: the smallest statement that makes a violation go away (design S4).

In: violations, and each statement with its quads. Out: the quads that go, each with the result that asks for it.
A relation goes as a whole (its triple and its thing in that source); the actors at its ends stay.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad

from wallograph.model import Severity, Statement
from wallograph.validate.engine import Result


@dataclass(frozen=True, slots=True)
class Held:
    """One statement held back, the result that asks for it, and the round in which it fell."""

    statement: Statement
    result: Result
    round: int


def hold_back(
    results: Iterable[Result], emitted: Sequence[tuple[Statement, tuple[Quad, ...]]], round_: int
) -> list[tuple[Held, tuple[Quad, ...]]]:
    """Choose what goes for each violation. What no statement gave (a derived quad) falls with its ground."""
    by_subject: dict[str, list[tuple[Statement, tuple[Quad, ...]]]] = defaultdict(list)
    for statement, quads in emitted:
        for subject in {quad.subject.value for quad in quads}:
            by_subject[subject].append((statement, quads))
    held: dict[int, tuple[Held, tuple[Quad, ...]]] = {}
    for result in results:
        if result.severity is not Severity.VIOLATION:
            continue
        about = by_subject[result.focus]
        asked = list(_asked(result, about))
        if not asked and result.value is None:  # what identifies the thing is missing: its whole record goes
            asked = [pair for pair in emitted if any(_is_about(quad, result.focus) for quad in pair[1])]
        for statement, quads in asked:
            held.setdefault(id(quads), (Held(statement, result, round_), quads))
    return list(held.values())


def _asked(
    result: Result, candidates: Sequence[tuple[Statement, tuple[Quad, ...]]]
) -> Iterable[tuple[Statement, tuple[Quad, ...]]]:
    for statement, quads in candidates:
        for quad in quads:
            if quad.subject.value != result.focus:
                continue
            if result.graph is not None and quad.graph_name.value != result.graph:
                continue
            if result.path is not None and quad.predicate.value != result.path and not _is_node(quads, result.focus):
                continue
            if result.value is not None and str(quad.object) != result.value and not _is_node(quads, result.focus):
                continue
            yield statement, quads
            break


def _is_about(quad: Quad, thing: str) -> bool:
    return quad.subject.value == thing or (isinstance(quad.object, NamedNode) and quad.object.value == thing)


def _is_node(quads: tuple[Quad, ...], focus: str) -> bool:
    """Whether the focus is the thing of a relation or dated value: then the whole statement is meant."""
    return quads[0].subject.value != focus
