"""A table as it was read, before anything is understood: sheets, rows, cells, and their places in the file.

In: nothing. Out: the values that the readers of CSV and XLSX fill and everything else of tables reads.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from wallograph.intake.tables.persons import text_is_personal
from wallograph.model import Where

CSV_TYPE = "text/csv"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(slots=True)
class Row:
    """One row that is not empty. `number` counts all rows from 1; `texts` are the cells in words, by column.

    `natives` has the typed values of XLSX (numbers, dates, booleans) by column; `spans` the place of each cell of
    a CSV file, [start, end) in characters of the decoded text, quotes included.
    """

    number: int
    texts: list[str]
    natives: dict[int, object] = field(default_factory=dict)
    spans: list[tuple[int, int]] = field(default_factory=list)

    def text(self, column: int) -> str:
        """The cell in a column; empty when the row is shorter."""
        return self.texts[column] if column < len(self.texts) else ""


@dataclass(slots=True)
class Sheet:
    """One sheet; `name` is empty for CSV. `header` is the index in `rows` of the row that names the columns.

    `formulas` are the cells (row number, column) that hold a formula, `uncomputed` those of them without a stored
    value, `merged` the cells that take the text of the first cell of their merged range, with that one's row number.
    """

    name: str
    rows: list[Row]
    header: int = 0
    formulas: frozenset[tuple[int, int]] = frozenset()
    merged: dict[tuple[int, int], int] = field(default_factory=dict)
    uncomputed: frozenset[tuple[int, int]] = frozenset()

    @property
    def headers(self) -> list[str]:
        """The names of the columns as the file has them."""
        return [one_line(text) for text in self.rows[self.header].texts] if self.rows else []

    def body(self) -> Iterator[Row]:
        """The rows below the header."""
        return iter(self.rows[self.header + 1 :])


@dataclass(slots=True)
class Table:
    """A file of one or several sheets. `text` and its encoding, byte order mark and delimiter are of CSV."""

    name: str
    kind: Literal["csv", "xlsx"]
    content: bytes
    sheets: list[Sheet]
    text: str = ""
    encoding: str = ""
    bom: bytes = b""
    delimiter: str = ""
    skipped: list[str] = field(default_factory=list)
    parts: frozenset[str] = frozenset()
    line_starts: list[int] = field(default_factory=list)

    def where(self, sheet: Sheet, row: Row, column: int | None, part: tuple[int, int] | None = None) -> Where:
        """The place of a row, of a cell, or of a part ([start, end) in its text) of a cell."""
        if column is None:
            line = self._position(row.spans[0][0])[0] if row.spans else row.number
            return Where(self.name, line=line, sheet=sheet.name or None, exact=False)
        origin = sheet.merged.get((row.number, column), row.number)
        header = one_line(sheet.rows[sheet.header].text(column))
        field_ = header if header and not text_is_personal(header) else None  # a file without header begins with data
        cell = f"{letter(column)}{origin}"
        if self.kind == "xlsx":
            return Where(self.name, line=origin, field=field_, sheet=sheet.name, cell=cell, span=part)
        if column >= len(row.spans):  # a short row has no such cell: only the row's end is known
            end = row.spans[-1][1] if row.spans else 0
            line, at = self._position(end)
            return Where(self.name, line=line, column=at, field=field_, cell=cell, span=(end, end), exact=False)
        start, end = row.spans[column]
        if part is not None:
            raw = raw_offsets(self.text[start:end])
            start, end = start + raw[part[0]], start + raw[part[1]]
        line, at = self._position(start)
        return Where(self.name, line=line, column=at, field=field_, cell=cell, span=(start, end))

    def _position(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1


def raw_offsets(raw: str) -> list[int]:
    """Where each character of a CSV cell's text (and its end) stands in the cell as written.

    >>> raw_offsets('"a""b"')
    [1, 2, 4, 5]
    """
    if not raw.startswith('"'):
        return list(range(len(raw) + 1))
    offsets, at, inside = [], 1, True
    while at < len(raw):
        if inside and raw[at] == '"':
            if raw.startswith('""', at):
                offsets.append(at)
                at += 2
                continue
            inside = False
            if at + 1 == len(raw):
                break
            at += 1
            continue
        offsets.append(at)
        at += 1
    return [*offsets, at]


def letter(column: int) -> str:
    """The letters of a column that counts from 0.

    >>> letter(0), letter(27)
    ('A', 'AB')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_of(cell: str) -> tuple[int, int] | None:
    """Row number and column (from 0) of a cell's name.

    >>> column_of("C7")
    (7, 2)
    """
    found = re.fullmatch(r"([A-Z]{1,7})([1-9][0-9]{0,8})", cell)
    if found is None:
        return None
    column = 0
    for char in found[1]:
        column = column * 26 + ord(char) - 64
    return int(found[2]), column - 1


def one_line(text: str) -> str:
    """A text without outer blanks and line breaks, with plain spaces for special ones."""
    return " ".join(text.split())
