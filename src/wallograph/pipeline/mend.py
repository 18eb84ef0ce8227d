"""Repairs are chosen and made.

In: findings, and a choice. Out: the edits of each file, none in the way of another: a repair is made whole or not.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from wallograph.model import Edit, Finding, Repair, Where

Choose = Callable[[Finding, Repair], bool]


@dataclass(frozen=True, slots=True)
class Change:
    """A repair that is made, and the finding it mends."""

    finding: Finding
    repair: Repair


def sure(_: Finding, repair: Repair) -> bool:
    """The choice of all repairs that keep the meaning."""
    return repair.sure


def changes(findings: Iterable[Finding], choose: Choose) -> list[Change]:
    """The repairs that are made: the first chosen one of each finding, unless another is in its way."""
    taken: dict[str, list[Edit]] = defaultdict(list)
    made = []
    for finding in findings:
        repair = next((repair for repair in finding.repairs if repair.edits and choose(finding, repair)), None)
        if repair is None:
            continue
        fresh = [edit for edit in repair.edits if edit not in taken[edit.where.file]]
        if fresh and not any(_meet(edit, other) for edit in fresh for other in taken[edit.where.file]):
            made.append(Change(finding, repair))
            for edit in fresh:
                taken[edit.where.file].append(edit)
    return made


def edits_by_file(made: Iterable[Change]) -> dict[str, list[Edit]]:
    """All edits of a file, each once."""
    edits: dict[str, dict[Edit, None]] = defaultdict(dict)
    for change in made:
        for edit in change.repair.edits:
            edits[edit.where.file][edit] = None
    return {file: list(of) for file, of in edits.items()}


def _meet(one: Edit, other: Edit) -> bool:
    """Whether two edits are of the same place, in part or whole."""
    left, right = one.where, other.where
    if left.span is not None and right.span is not None:
        return left.span[0] < right.span[1] and right.span[0] < left.span[1]
    return _place(left) == _place(right)


def _place(where: Where) -> tuple[object, ...]:
    return where.sheet, where.cell, where.pointer, where.line, where.column
