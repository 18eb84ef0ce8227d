"""What reading a table finds, gathered so that one column does not say the same thing a thousand times.

In: problems with their places. Out: `Finding`s: one per cell that is not understood, one per column for persons and
for what was normalised, no more than the limit, and then how many more there are.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from wallograph.intake.tables.cells import Problem
from wallograph.intake.tables.messages import messages, repair_messages
from wallograph.intake.tables.sheet import Row, Sheet, Table
from wallograph.model import Edit, Finding, Repair, Severity, Where

SEVERITIES = {
    "cell-not-understood": Severity.VIOLATION, "row-without-name": Severity.VIOLATION,
    "no-name-column": Severity.VIOLATION, "end-not-known": Severity.WARNING, "founder-not-known": Severity.WARNING,
    "relation-to-itself": Severity.WARNING, "place-outside-register": Severity.WARNING,
    "value-ambiguous": Severity.WARNING, "too-many-cells": Severity.WARNING, "same-name-twice": Severity.WARNING,
    "id-not-usable": Severity.WARNING, "unknown-column": Severity.WARNING, "person-left-out": Severity.WARNING,
    "formula-without-value": Severity.WARNING,
}  # fmt: skip


@dataclass(slots=True)
class _Normalised:
    where: Where
    text: str
    plain: str
    edits: list[Edit]


@dataclass(slots=True)
class Notes:
    """The findings of one file. `most` is how many are told one by one."""

    table: Table
    most: int
    findings: list[Finding] = field(default_factory=list)
    more: int = 0
    unread: set[tuple[str, str]] = field(default_factory=set)  # (thing, path): a value is there, and not understood
    hidden: set[tuple[str, int, int]] = field(default_factory=set)  # (sheet, row number, column): persons
    _normalised: dict[tuple[str, int], _Normalised] = field(default_factory=dict)
    _persons: dict[tuple[str, int], tuple[Where, int]] = field(default_factory=dict)
    _founders: dict[tuple[str, int], tuple[Where, int]] = field(default_factory=dict)

    def tell(
        self, code: str, where: Where | None, *, subject: str = "", value: str = "", name: str = "",
        label: Mapping[str, str] | None = None, expected: Mapping[str, str] | None = None,
        repairs: tuple[Repair, ...] = (), path: str | None = None, **values: object,
    ) -> None:  # fmt: skip
        """One finding, if there is still room for it."""
        if len(self.findings) >= self.most:
            self.more += 1
            return
        shown = value if len(value) <= 120 else value[:119] + "…"
        filled = {"value": shown, "field": dict(label) if label else (where.field if where else "") or "", **values}
        if expected:
            filled["expected"] = dict(expected)
        self.findings.append(
            Finding(
                code, SEVERITIES.get(code, Severity.INFO), where, subject, shown, messages(code, **filled), path=path,
                name=name, label=dict(label or {}), expected=dict(expected or {}), repairs=repairs,
            )
        )  # fmt: skip

    def problem(
        self, problem: Problem, where: Where, subject: str, name: str, label: Mapping[str, str], path: str
    ) -> None:
        """What was not understood in a cell, with what may be meant."""
        if problem.code != "value-ambiguous":
            self.unread.add((subject, path))
        repairs = tuple(
            Repair("nearest", text, repair_messages("nearest", text), (Edit(where, text),), link=link or None)
            for text, link in problem.proposals
        )
        self.tell(
            problem.code, where, subject=subject, value=problem.text, name=name, label=label,
            expected=problem.expected, repairs=repairs, path=path, read=problem.read,
        )  # fmt: skip

    def normalised(self, sheet: Sheet, column: int, where: Where, text: str, plain: str) -> None:
        """A cell that was understood and would be written in another way."""
        told = self._normalised.setdefault((sheet.name, column), _Normalised(where, text, plain, []))
        told.edits.append(Edit(where, plain))

    def person(self, sheet: Sheet, row: Row | None, column: int) -> None:
        """A cell of a column that is about persons, or the column itself when no row is given."""
        self._hide(self._persons, sheet, row, column)

    def founder(self, sheet: Sheet, row: Row, column: int) -> None:
        """A name that may be a person's, at the end of a relation."""
        self._hide(self._founders, sheet, row, column)

    def _hide(
        self, counts: dict[tuple[str, int], tuple[Where, int]], sheet: Sheet, row: Row | None, column: int
    ) -> None:
        _count(counts, self.table, sheet, row, column)
        if row is not None:
            self.hidden.add((sheet.name, row.number, column))

    def close(self, labels: Mapping[tuple[str, int], Mapping[str, str]]) -> list[Finding]:
        """All findings, those of columns last; `labels` are the fields of the columns."""
        self.most += len(self._persons) + len(self._founders) + len(self._normalised)
        for key, (where, count) in self._persons.items():
            self.tell("person-left-out", where, label=labels.get(key), field=where.field or where.cell, count=count)
        for key, (where, count) in self._founders.items():
            self.tell("founder-not-known", where, label=labels.get(key), field=where.field, count=count)
        for key, told in self._normalised.items():
            canonical = Repair(
                "canonical", told.plain, repair_messages("canonical", told.plain), tuple(told.edits), sure=True
            )
            self.tell(
                "values-normalised", told.where, value=told.text, label=labels.get(key), repairs=(canonical,),
                count=len(told.edits), read=told.plain,
            )  # fmt: skip
        if self.more:
            self.most += 1
            self.tell("more-findings", Where(self.table.name, exact=False), count=self.more)
        return self.findings


def _count(
    counts: dict[tuple[str, int], tuple[Where, int]], table: Table, sheet: Sheet, row: Row | None, column: int
) -> None:
    where, count = counts.get((sheet.name, column), (None, 0))
    if where is None:
        where = table.where(sheet, sheet.rows[sheet.header], column)
    counts[sheet.name, column] = (where, count + (row is not None))
