"""Workbooks: sheets with typed cells, the header wherever it stands, formulas by their stored value.

In: bytes and limits. Out: sheets. Cells are read one row at a time with openpyxl's own parser of worksheets, which
keeps row numbers and merged ranges and fills no gaps: a hostile `<row r="999999999">` costs nothing.
"""

import math
import re
import warnings
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any, Final

from openpyxl import load_workbook
from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser

from wallograph.errors import WallographError
from wallograph.intake.limits import IntakeLimits
from wallograph.intake.tables.guard import open_package
from wallograph.intake.tables.refusals import refuse, too_large
from wallograph.intake.tables.sheet import Row, Sheet

OWN_SHEET: Final = "_wallograph"  # the hidden sheet of our templates: code lists for the drop-downs
_LAST_ROW: Final = 1_048_576
_LAST_COLUMN: Final = 16_384
_ESCAPE: Final = re.compile(r"_x(0009|000[AaDd])_")


class _Parser(WorkSheetParser):
    """Notes formulas while the stored values are read."""

    formulas: set[tuple[int, int]]
    uncomputed: set[tuple[int, int]]

    def parse_cell(self, element: Any) -> dict[str, Any]:
        cell: dict[str, Any] = super().parse_cell(element)
        if element.find(FORMULA_TAG) is not None:
            place = (cell["row"], cell["column"] - 1)
            self.formulas.add(place)
            if cell["value"] is None:
                self.uncomputed.add(place)
        return cell


def read_sheets(
    content: bytes, wanted: Sequence[str] | None, limits: IntakeLimits
) -> tuple[list[Sheet], list[str], frozenset[str]]:
    """The sheets that are wanted (all that are visible when None), those that were skipped, and the package's parts."""
    package = open_package(content, limits)
    parts = frozenset(package.namelist())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what openpyxl will not keep: `losses` tells that
        return *guarded(lambda: _sheets(content, package, wanted, limits)), parts


def guarded(read: Callable[[], Any]) -> Any:
    """Run what openpyxl does. A damaged workbook makes it raise nearly anything: all of it is one clear error here."""
    try:
        return read()
    except WallographError:
        raise
    except MemoryError:
        raise
    except Exception as error:
        raise refuse("bad-workbook") from error


def _sheets(
    content: bytes, package: zipfile.ZipFile, wanted: Sequence[str] | None, limits: IntakeLimits
) -> tuple[list[Sheet], list[str]]:
    book: Any = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
    try:
        found = [sheet for sheet in book.worksheets if sheet.title != OWN_SHEET]
        if len(found) > limits.sheets:
            raise too_large("sheets", limits.sheets)
        names = [sheet.title for sheet in found]
        if wanted is not None and set(wanted) - set(names):
            raise refuse("no-such-sheet", known=", ".join(names))
        sheets, skipped = [], []
        room = _Room(limits)
        for sheet in found:
            if wanted is not None and sheet.title not in wanted:
                continue
            if wanted is None and sheet.sheet_state != "visible":
                skipped.append(sheet.title)
                continue
            with package.open(sheet._worksheet_path) as source:  # openpyxl names the part nowhere else
                sheets.append(_sheet(sheet.title, source, book, sheet._shared_strings, room))
        return sheets, skipped
    finally:
        book.close()


class _Room:
    """What may still be read of the whole file."""

    def __init__(self, limits: IntakeLimits) -> None:
        self.limits = limits
        self.rows = limits.rows
        self.cells = limits.cells
        self.chars = limits.unpacked_bytes

    def take(self, texts: list[str]) -> None:
        """Count one row that is not empty; refused when it is one too many."""
        self.rows -= 1
        self.cells -= len(texts)
        self.chars -= sum(map(len, texts))
        if self.rows < 0:
            raise too_large("rows", self.limits.rows)
        if self.cells < 0:
            raise too_large("cells", self.limits.cells)
        if self.chars < 0 or max(map(len, texts)) > self.limits.cell_chars:
            raise too_large("cell_chars", self.limits.cell_chars)


def _sheet(name: str, source: Any, book: Any, shared: Any, room: _Room) -> Sheet:
    parser = _Parser(
        source, shared, data_only=True, epoch=book.epoch, date_formats=book._date_formats,
        timedelta_formats=book._timedelta_formats,
    )  # fmt: skip
    parser.formulas, parser.uncomputed = set(), set()
    rows: dict[int, Row] = {}
    for number, cells in parser.parse():
        if not 1 <= number <= _LAST_ROW:
            raise refuse("bad-workbook")
        texts: dict[int, str] = {}
        natives: dict[int, object] = {}
        for cell in cells:
            column, value = cell["column"] - 1, cell["value"]
            if not 0 <= column < _LAST_COLUMN or cell["row"] != number:
                raise refuse("bad-workbook")
            if value is not None and (text := _words(value)):
                texts[column] = text
                if not isinstance(value, str):
                    natives[column] = value
        if not any(text.strip() for text in texts.values()):
            continue
        dense = [texts.get(column, "") for column in range(max(texts) + 1)]
        room.take(dense)
        if number in rows:
            raise refuse("bad-workbook")
        rows[number] = Row(number, dense, natives)
    sheet = Sheet(
        name, [rows[n] for n in sorted(rows)], 0, frozenset(parser.formulas), {}, frozenset(parser.uncomputed)
    )
    _fill_merged(sheet, rows, parser.merged_cells, room)
    return sheet


def _fill_merged(sheet: Sheet, rows: dict[int, Row], merged: Any, room: _Room) -> None:
    """Give the rows of a cell that is merged downwards its text."""
    area = 0
    for span in merged.mergeCell if merged else ():
        area += (span.max_row - span.min_row + 1) * (span.max_col - span.min_col + 1)
        if area > room.limits.cells:
            raise too_large("cells", room.limits.cells)
        first, column = rows.get(span.min_row), span.min_col - 1
        if first is None or not first.text(column):
            continue
        for number in range(span.min_row + 1, span.max_row + 1):
            row = rows.get(number)
            if row is None or row.text(column):
                continue
            row.texts += [""] * (column + 1 - len(row.texts))
            row.texts[column] = first.texts[column]
            if column in first.natives:
                row.natives[column] = first.natives[column]
            sheet.merged[number, column] = span.min_row


def _words(value: object) -> str:
    """A typed value in words."""
    if isinstance(value, str):
        text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), value) if "_x" in value else value
        return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            return ""
        return str(int(value)) if value.is_integer() and abs(value) < 1e18 else format(Decimal(repr(value)), "f")
    if isinstance(value, datetime):
        return value.date().isoformat() if not (value.hour or value.minute or value.second) else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
