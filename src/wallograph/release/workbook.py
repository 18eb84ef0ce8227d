"""The tables of an edition as one workbook, a sheet for each: rows come in, an XLSX file goes out.

Written by streaming. The same rows give the same bytes: a workbook carries times, so they are set to the edition's day.
"""

import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from wallograph.cells import defused
from wallograph.release.tables import SEPARATOR, Row, header

MOST_ROWS: Final = 1_048_575  # of a sheet, beside its header
_MOST_CHARACTERS: Final = 32_767  # of a cell
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_TIMES: Final = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(<)")


class TableBook:
    """A workbook that is filled row by row: `add` is a sink of `tables.write_tables`, `save` ends it."""

    def __init__(self, tables: Sequence[str]) -> None:
        self._book = Workbook(write_only=True)
        self._sheets: dict[str, Any] = {}
        self._count = dict.fromkeys(tables, 0)
        for table in tables:
            sheet = self._sheets[table] = self._book.create_sheet(table)
            sheet.freeze_panes = "B2"
            sheet.append([self._bold(sheet, name) for name in header(table)])

    @staticmethod
    def _bold(sheet: Any, text: str) -> Any:
        cell = WriteOnlyCell(sheet, text)
        cell.font = Font(bold=True)
        return cell

    def add(self, table: str, row: Row) -> None:
        """One row; what no sheet can hold is left to the CSV."""
        self._count[table] += 1
        if self._count[table] <= MOST_ROWS:
            self._sheets[table].append([_cell(row[name]) for name in header(table)])

    def save(self, path: Path, date: str) -> None:
        """Write the file; its times are the first moment of `date`."""
        raw = path.with_name(f".{path.name}")
        self._book.save(raw)
        moment = f"{date}T00:00:00Z".encode()
        with zipfile.ZipFile(raw) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
            for name in sorted(old.namelist()):
                with old.open(name) as part, new.open(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), "w") as target:
                    if name == "docProps/core.xml":
                        target.write(_TIMES.sub(rb"\g<1>" + moment + rb"\g<3>", part.read()))
                    else:
                        while piece := part.read(1 << 20):
                            target.write(piece)
        raw.unlink()


def _cell(values: Sequence[str]) -> str | None:
    text = _CONTROL.sub("\ufffd", defused(SEPARATOR.join(values)))
    return text[:_MOST_CHARACTERS] or None
