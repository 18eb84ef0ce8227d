"""Tables of rows: CSV in UTF-8, with the line each row begins on.

In: a CSV file and the columns it must have. Out: rows with their line; DataError with file and line.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from wallograph.errors import DataError


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells by column (stripped, non-breaking spaces made plain) and its line in the file."""

    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]


def read_rows(path: Path, columns: Iterable[str] | None = None) -> list[Row]:
    """Read a table. When `columns` are given the header must be just those."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        header = reader.fieldnames or []
        if columns is not None and set(header) != set(columns):
            odd = sorted(set(header) ^ set(columns))
            raise DataError(f"{path}: the header and the card disagree on {', '.join(odd)}")
        rows = []
        line = 2
        for cells in reader:
            if None in cells or None in cells.values():
                raise DataError(f"{path}:{line}: the row has another number of cells than the header")
            rows.append(Row(line, {key: clean(value) for key, value in cells.items()}))
            line = reader.line_num + 1
    return rows


def clean(cell: str) -> str:
    """A cell without outer blanks, with plain spaces for non-breaking ones.

    >>> clean(" Le\\u00a0Forem ")
    'Le Forem'
    """
    return " ".join(cell.replace("\u00a0", " ").replace("\u202f", " ").split())


def elements(cell: str) -> list[str]:
    """The elements of a list cell, separated by `;`; commas stay inside an element.

    >>> elements("Agoria; in BW;")
    ['Agoria', 'in BW']
    """
    return [part for part in (clean(part) for part in cell.split(";")) if part]
