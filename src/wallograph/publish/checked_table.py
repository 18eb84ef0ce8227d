"""The tables beside their findings: columns with what they were taken for, rows with the cells marked.

In: the tables of a result as plain values, and for each anchor of a cell the numbers of its findings. Out: plain
values for the template.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """One column: its header, letters, and the key of the field it was taken for."""

    letters: str
    header: str
    key: str
    role: str
    sure: str
    example: str


@dataclass(frozen=True, slots=True)
class ShownCell:
    """One cell; `anchor` is where findings lead to, `findings` are their numbers."""

    text: str
    anchor: str
    cell: str
    findings: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row by its number in the file; `gap` rows before it are not shown."""

    number: int
    cells: tuple[ShownCell, ...]
    gap: int
    findings: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ShownTable:
    """One sheet."""

    index: int
    file: str
    sheet: str
    concept: str
    encoding: str
    delimiter: str
    guessed: bool
    sample: str
    persons: int
    columns: tuple[ShownColumn, ...]
    rows: tuple[ShownRow, ...]
    total: int
    left: int
    fields: tuple[tuple[str, str], ...]
    mapping: Values | None

    @property
    def read(self) -> int:
        """How many columns are read."""
        return sum(bool(column.key) for column in self.columns)

    @property
    def unread(self) -> int:
        """How many columns nothing is known of."""
        return sum(column.role == "unknown" for column in self.columns)

    @property
    def doubtful(self) -> int:
        """How many columns a person should look at, when most are: then the table may have been misunderstood."""
        doubts = sum(column.sure in ("guess", "unknown") and column.role != "person" for column in self.columns)
        return doubts if doubts * 2 > len(self.columns) else 0


def cell_anchor(sheet: str, cell: str) -> str:
    """The anchor of a cell.

    >>> cell_anchor("Start-ups 2024", "C7"), cell_anchor("", "A1")
    ('c-start-ups-2024-C7', 'c-A1')
    """
    name = re.sub(r"[^a-z0-9]+", "-", sheet.casefold()).strip("-")
    return f"c-{name}-{cell}" if name else f"c-{cell}"


def shown_tables(
    tables: Sequence[Values], marks: Mapping[str, Sequence[int]], lang: str
) -> tuple[ShownTable, ...]:
    """The tables of a result."""
    return tuple(_table(index, table, marks, lang) for index, table in enumerate(tables))


def _table(index: int, table: Values, marks: Mapping[str, Sequence[int]], lang: str) -> ShownTable:
    rows: list[ShownRow] = []
    before = int(table["rows"][0]["number"]) - 1 if table["rows"] else 0
    width = max(len(table["columns"]), 1)
    for row in table["rows"]:
        number = int(row["number"])
        cells = []
        for column in range(width):
            name = f"{letters(column)}{number}"
            anchor = cell_anchor(table["sheet"], name)
            text = row["cells"][column] if column < len(row["cells"]) else ""
            cells.append(ShownCell(text, anchor, name, tuple(marks.get(anchor, ()))))
        every = tuple(sorted({n for cell in cells for n in cell.findings}))
        rows.append(ShownRow(number, tuple(cells), max(0, number - before - 1), every))
        before = number
    shown = len(rows)
    return ShownTable(
        index=index,
        file=table.get("file", ""),
        sheet=table["sheet"],
        concept=table.get("concept", "actor"),
        encoding=table.get("encoding", ""),
        delimiter=table.get("delimiter", ""),
        guessed=bool(table.get("guessed")),
        sample=table.get("sample", ""),
        persons=int(table.get("persons", 0)),
        columns=tuple(_column(place, column) for place, column in enumerate(table["columns"])),
        rows=tuple(rows),
        total=int(table.get("total", shown)),
        left=max(0, int(table.get("total", shown)) - shown),
        fields=tuple((key, _text(labels, lang)) for key, labels in table.get("fields", {}).items()),
        mapping=table.get("mapping"),
    )


def _column(place: int, column: Values) -> ShownColumn:
    score = float(column.get("score", 0))
    reason = column.get("reason", "")
    if reason == "mapping":
        sure = "mine"
    elif not column.get("key"):
        sure = "unknown"
    else:
        sure = "sure" if score >= 0.9 else "guess"
    return ShownColumn(
        letters(place), column["header"], column.get("key", ""), column.get("role", ""), sure,
        column.get("example", ""),
    )  # fmt: skip


def _text(labels: Mapping[str, str], lang: str) -> str:
    return labels.get(lang) or labels.get("fr") or next(iter(labels.values()), "")


def letters(column: int) -> str:
    """The letters of a column that counts from 0, as spreadsheets have them.

    >>> letters(0), letters(25), letters(26)
    ('A', 'Z', 'AA')
    """
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
