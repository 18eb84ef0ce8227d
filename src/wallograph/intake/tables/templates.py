"""Workbooks to fill in: made from a form, in one of four languages, with drop-downs from the code lists.

In: a `Form`, a language, the code lists. Out: XLSX. The headers are the labels of the form, so that a filled template
is read back with certainty; the code lists stand on a hidden sheet that reading passes over. No row is invented.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from wallograph.cells import defused
from wallograph.intake.tables.messages import expected
from wallograph.intake.tables.sheet import letter
from wallograph.intake.tables.xlsxfile import OWN_SHEET
from wallograph.model import Field, Form

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Codes = Callable[[str], Sequence[tuple[str, Mapping[str, str], str]]]
_ROWS: Final = 500  # as many rows have a drop-down
_SHEET_NAME: Final = 31
_REQUIRED: Final = PatternFill("solid", fgColor="FFE3A3")
_OPTIONAL: Final = PatternFill("solid", fgColor="DCE6F1")
_STAMP: Final = datetime(2000, 1, 1)  # the same template is the same file, whenever it is made
_MODIFIED: Final = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_WORDS: Final[dict[str, dict[str, str]]] = {
    "required": {"fr": "Obligatoire.", "nl": "Verplicht.", "de": "Pflichtfeld.", "en": "Required."},
    "several": {
        "fr": "Plusieurs valeurs : séparez-les par un point-virgule.",
        "nl": "Meer waarden: scheid ze met een puntkomma.",
        "de": "Mehrere Werte: mit Strichpunkt trennen.",
        "en": "Several values: separate them with a semicolon.",
    },
    "expected": {"fr": "Attendu : ", "nl": "Verwacht: ", "de": "Erwartet: ", "en": "Expected: "},
    "pick": {
        "fr": "Choisissez dans la liste, ou écrivez-en plusieurs séparées par un point-virgule.",
        "nl": "Kies uit de lijst, of schrijf er meer, gescheiden door een puntkomma.",
        "de": "Wählen Sie aus der Liste, oder schreiben Sie mehrere, mit Strichpunkt getrennt.",
        "en": "Choose from the list, or write several, separated by semicolons.",
    },
    "yes": {"fr": "oui", "nl": "ja", "de": "ja", "en": "yes"},
    "no": {"fr": "non", "nl": "nee", "de": "nein", "en": "no"},
}


def template(form: Form, lang: str, codes: Codes) -> bytes:
    """The workbook of a form in a language; `codes` gives the entries of a code list (`Lookup.codes`)."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = _sheet_name(form.labels.get(lang, form.concept))
    lists = book.create_sheet(OWN_SHEET)
    lists.sheet_state = "hidden"
    for column, field in enumerate(form.fields, 1):
        _head(sheet, column, field, lang)
        entries = _entries(field, lang, codes)
        if entries:
            _drop_down(sheet, lists, column, field, entries, lang)
    sheet.freeze_panes = "B2"
    sheet.row_dimensions[1].height = 32
    book.properties.created = _STAMP
    book.properties.creator = "wallograph"
    book.properties.title = form.labels.get(lang, form.concept)
    book.properties.language = lang
    out = BytesIO()
    book.save(out)
    return _stable(out.getvalue())


def _stable(content: bytes) -> bytes:
    """The same workbook without the time it was made at: one template is one file, and has one ETag."""
    out = BytesIO()
    with ZipFile(BytesIO(content)) as made, ZipFile(out, "w", ZIP_DEFLATED) as kept:
        for entry in made.infolist():
            part = made.read(entry)
            if entry.filename == "docProps/core.xml":
                part = _MODIFIED.sub(_STAMP.strftime(r"\g<1>%Y-%m-%dT%H:%M:%SZ").encode(), part)
            kept.writestr(ZipInfo(entry.filename, _STAMP.timetuple()[:6]), part, ZIP_DEFLATED)
    return out.getvalue()


def _sheet_name(label: str) -> str:
    return "".join(" " if char in "[]:*?/\\" else char for char in label)[:_SHEET_NAME].strip("' ") or "wallograph"


def _head(sheet: Worksheet, column: int, field: Field, lang: str) -> None:
    """The header of one column: the label, a star when it is required, and a comment that says what to write."""
    label = field.labels.get(lang, field.key)
    cell = sheet.cell(1, column, defused(label + (" *" if field.required else "")))
    cell.font = Font(bold=True)
    cell.fill = _REQUIRED if field.required else _OPTIONAL
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    said = [field.help.get(lang, "")]
    if field.expects not in ("text", "code"):
        said.append(_WORDS["expected"][lang] + expected(field.expects)[lang] + ".")
    if field.required:
        said.append(_WORDS["required"][lang])
    if field.several and field.key not in ("name", "label", "description"):
        said.append(_WORDS["several"][lang])
    comment = Comment("\n".join(text for text in said if text), "wallograph")
    comment.width, comment.height = 320, 140
    cell.comment = comment
    sheet.column_dimensions[letter(column - 1)].width = min(max(len(label) + 4, 16), 34)
    if field.expects == "text":
        for row in range(2, 102):  # numbers of registers begin with a zero: kept as text
            sheet.cell(row, column).number_format = "@"


def _entries(field: Field, lang: str, codes: Codes) -> list[str]:
    """What may be chosen in a column; empty when it is free."""
    if field.expects == "boolean":
        return [_WORDS["yes"][lang], _WORDS["no"][lang]]
    if field.expects != "code":
        return []
    labels = {labels.get(lang) or labels.get("fr") or notation for _, labels, notation in codes(field.scheme)}
    return sorted(labels, key=str.casefold)


def _drop_down(
    sheet: Worksheet, lists: Worksheet, column: int, field: Field, entries: Sequence[str], lang: str
) -> None:
    """A drop-down of a column from its list on the hidden sheet. Other text is let in: several values are possible."""
    at = lists.max_column + 1 if lists.cell(1, 1).value else 1
    lists.cell(1, at, field.key)
    for row, entry in enumerate(entries, 2):
        lists.cell(row, at, defused(entry))
    where = f"'{OWN_SHEET}'!${letter(at - 1)}$2:${letter(at - 1)}${len(entries) + 1}"
    rule = DataValidation("list", formula1=where, allow_blank=True, showErrorMessage=not field.several)
    rule.showInputMessage = True
    rule.promptTitle = field.labels.get(lang, field.key)[:32]
    rule.prompt = _WORDS["pick"][lang] if field.several else None
    rule.add(f"{letter(column - 1)}2:{letter(column - 1)}{_ROWS + 1}")
    sheet.add_data_validation(rule)
