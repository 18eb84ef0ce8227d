"""The corrected file: in the format that came in, untouched elsewhere.

In: a `Table` and edits (text for a cell, or for a part of one). Out: bytes. Of a CSV file only the touched cells
change; a workbook is saved by openpyxl, and what that cannot keep is told by `losses` before.
"""

import warnings
from collections.abc import Iterable
from io import BytesIO
from typing import Any, Final

from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell

from wallograph.cells import defused
from wallograph.intake.tables import values
from wallograph.intake.tables.refusals import refuse
from wallograph.intake.tables.sheet import Row, Sheet, Table, column_of, letter, raw_offsets
from wallograph.intake.tables.xlsxfile import guarded
from wallograph.model import Edit

_PLAIN: Final = str.maketrans({
    "’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "œ": "oe", "Œ": "OE", "…": "...", "\u202f": " ",
    "\u00a0": " ", "€": "EUR",
})  # fmt: skip
_LOSSES: Final = (
    ("macros", "xl/vbaProject.bin"), ("charts", "xl/charts/"), ("pivots", "xl/pivotTables/"), ("images", "xl/media/"),
    ("controls", "xl/ctrlProps/"), ("controls", "xl/activeX/"), ("connections", "xl/connections.xml"),
    ("connections", "xl/externalLinks/"), ("signature", "_xmlsignatures/"),
)  # fmt: skip


def losses(table: Table) -> tuple[str, ...]:
    """What saving a workbook again does not keep, as codes of `message_texts.LOSSES`."""
    if table.kind == "csv":
        return ()
    lost = [code for code, part in _LOSSES if any(name.startswith(part) for name in table.parts)]
    if any(sheet.formulas for sheet in table.sheets):
        lost.append("formula-values")
    return tuple(dict.fromkeys(lost))


def corrected(table: Table, edits: Iterable[Edit]) -> bytes:
    """The file with the edits made. Edits of what is not in the file, and the later of two that overlap, are not."""
    cells: dict[tuple[str, str], list[Edit]] = {}
    for edit in edits:
        where = edit.where
        if where.file == table.name and where.cell:
            cells.setdefault((where.sheet or "", where.cell), []).append(edit)
    if not cells:
        return table.content
    return _csv(table, cells) if table.kind == "csv" else _xlsx(table, cells)


def _made(text: str, edits: list[tuple[int, int, str]]) -> str:
    """The text of a cell with its parts replaced, from the last part to the first."""
    done = len(text) + 1
    for start, end, new in sorted(edits, key=lambda e: e[:2], reverse=True):
        if 0 <= start <= end <= len(text) and end <= done:
            text = text[:start] + new + text[end:]
            done = start
    return text


def _csv(table: Table, cells: dict[tuple[str, str], list[Edit]]) -> bytes:
    sheet = table.sheets[0]
    rows = {row.number: row for row in sheet.rows}
    changes: list[tuple[int, int, str]] = []
    for (_, cell), edits in cells.items():
        place = column_of(cell)
        row = rows.get(place[0]) if place else None
        if place is None or row is None:
            continue
        change = _csv_cell(table, sheet, row, place[1], edits)
        if change is not None:
            changes.append(change)
    pieces, at = [], 0
    for start, end, raw in sorted(changes):
        pieces += [table.text[at:start], raw]
        at = end
    pieces.append(table.text[at:])
    return table.bom + "".join(pieces).encode(table.encoding)


def _csv_cell(
    table: Table, sheet: Sheet, row: Row, column: int, edits: list[Edit]
) -> tuple[int, int, str] | None:
    if column >= len(row.spans):  # a short row: the missing cells are written too
        if column >= len(sheet.headers):
            return None
        end = row.spans[-1][1]
        new = edits[0].text
        return end, end, table.delimiter * (column + 1 - len(row.spans)) + _quoted(table, new, False)
    start, end = row.spans[column]
    raw = table.text[start:end]
    offsets = {at: index for index, at in enumerate(raw_offsets(raw))}
    text = row.texts[column]
    parts = []
    for edit in edits:
        span = edit.where.span or (start, end)
        if span == (start, end):
            parts.append((0, len(text), edit.text))
        elif span[0] - start in offsets and span[1] - start in offsets:
            parts.append((offsets[span[0] - start], offsets[span[1] - start], edit.text))
    made = _made(text, parts)
    return None if made == text else (start, end, _quoted(table, made, raw.startswith('"')))


def _quoted(table: Table, text: str, quoted: bool) -> str:
    """A cell as it is written in the file: encodable, defused, in quotation marks where it had them or needs them."""
    text = defused(text)
    if not _fits(text, table.encoding):
        text = text.translate(_PLAIN)
    if not _fits(text, table.encoding):
        odd = next(char for char in text if not _fits(char, table.encoding))
        raise refuse("not-encodable", what=odd, encoding=table.encoding)
    if quoted or any(char in text for char in (table.delimiter, '"', "\n", "\r")):
        return '"' + text.replace('"', '""') + '"'
    return text


def _fits(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _xlsx(table: Table, cells: dict[tuple[str, str], list[Edit]]) -> bytes:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # `losses` has told what is not kept
        saved: bytes = guarded(lambda: _saved(table, cells))
    return saved


def _saved(table: Table, cells: dict[tuple[str, str], list[Edit]]) -> bytes:
    book = load_workbook(BytesIO(table.content), keep_vba="xl/vbaProject.bin" in table.parts)
    for sheet in table.sheets:
        rows = {row.number: row for row in sheet.rows}
        for (name, cell), edits in cells.items():
            place = column_of(cell)
            if name == sheet.name and place is not None and place[0] in rows and sheet.name in book.sheetnames:
                _xlsx_cell(book[sheet.name], rows[place[0]], place, edits)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _xlsx_cell(sheet: Any, row: Row, place: tuple[int, int], edits: list[Edit]) -> None:
    number, column = place
    target = sheet[f"{letter(column)}{number}"]
    text = row.text(column)
    parts = [(*(edit.where.span or (0, len(text))), edit.text) for edit in edits]
    made = _made(text, parts)
    if isinstance(target, MergedCell) or made == text:
        return
    found = values.number(made, "en") if isinstance(row.natives.get(column), int | float) else None
    if found is not None and values.plain_number(found.value) == made:  # "0417497106" is no number
        target.value = int(found.value) if found.value == found.value.to_integral_value() else float(found.value)
        return
    target.value = defused(made)
    if target.data_type == "f":  # never a formula, whatever the text begins with
        target.data_type = "s"
