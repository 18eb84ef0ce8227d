"""The way in: a CSV or XLSX file that somebody hands in becomes a `TableSubmission`.

In: a name, bytes, the forms, a `Lookup`, and what a person chose (mapping, encoding, delimiter, sheets). Out: the
submission; an InputError with a reason in four languages when the file cannot be read.
"""

from collections.abc import Mapping as MappingOf
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from pyoxigraph import NamedNode

from wallograph.intake.limits import IntakeLimits
from wallograph.intake.lookup import Lookup, Nothing
from wallograph.intake.tables import csvfile
from wallograph.intake.tables.encoding import Guess, decode, excerpt
from wallograph.intake.tables.guard import OLE, ZIP, refuse_other_kinds
from wallograph.intake.tables.headers import fold
from wallograph.intake.tables.mapping import Column, Mapping, SheetMapping
from wallograph.intake.tables.notes import Notes
from wallograph.intake.tables.persons import header_is_personal, text_is_personal
from wallograph.intake.tables.propose import propose_mapping
from wallograph.intake.tables.refusals import refuse, too_large
from wallograph.intake.tables.rows import Rows
from wallograph.intake.tables.sheet import Sheet, Table
from wallograph.intake.tables.statements import Statements
from wallograph.intake.tables.submission import TableSubmission, media_type_of
from wallograph.intake.tables.xlsxfile import read_sheets
from wallograph.iris import digest, thing
from wallograph.model import Form, Where
from wallograph.vocab import DEFAULT_BASE

_SHOWN: Final = frozenset({"name", "label", "location", "classification", "type", "subject", "market", "status"})
_ENCODING_NAMES: Final = {"cp1252": "Windows-1252", "cp850": "DOS 850", "cp437": "DOS 437"}
_DELIMITERS: Final[dict[str, object]] = {
    "\t": {"fr": "tabulation", "nl": "tab", "de": "Tabulator", "en": "tab"},
}


def read_table(
    name: str,
    content: bytes,
    media_type: str | None,
    forms: Sequence[Form],
    lookup: Lookup | None,
    *,
    mapping: Mapping | MappingOf[str, Any] | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheets: Sequence[str] | None = None,
    limits: IntakeLimits | None = None,
    base: str = DEFAULT_BASE,
) -> TableSubmission:
    """Read a table. What is not said is guessed and proposed; what cannot be read at all raises an InputError."""
    limits = limits or IntakeLimits()
    lookup = lookup or Nothing()
    chosen = mapping if isinstance(mapping, Mapping) or mapping is None else Mapping.from_csvw(mapping, forms)
    encoding = encoding or (chosen.encoding if chosen else None) or None
    delimiter = delimiter or (chosen.delimiter if chosen else None) or None
    table, guess = open_table(
        name, content, media_type, encoding=encoding, delimiter=delimiter, sheets=sheets, limits=limits
    )
    proposed = propose_mapping(table, forms)
    used = _merged(proposed, chosen) if chosen else proposed
    graph = NamedNode(thing("source", "submission-" + digest(content.hex()), base))
    made = Statements(base, graph, limits.quads)
    notes = Notes(table, limits.findings)
    guess = _tell_guess(table, guess, used, notes)
    for sheet in table.skipped:
        notes.tell("sheet-skipped", Where(name, sheet=sheet, exact=False), value=sheet)
    rows = Rows(table, used, forms, lookup, notes, made)
    rows.read()
    return TableSubmission(
        name, media_type_of(table, media_type), content, table, used, guess, made, lookup, forms,
        notes.close(rows.fields), rows.named, rows.labels, rows.of_row, list(made.of_quad),
        notes.unread, notes.hidden,
    )  # fmt: skip


def open_table(
    name: str,
    content: bytes,
    media_type: str | None,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheets: Sequence[str] | None = None,
    limits: IntakeLimits,
) -> tuple[Table, Guess]:
    """The sheets of a file, nothing understood yet, and how a CSV file seems to be written."""
    if len(content) > limits.bytes:
        raise too_large("bytes", limits.bytes)
    if not content.strip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n;,|\""):
        raise refuse("empty", line=1, column=1)
    workbook = _says_workbook(name, media_type)
    if content.startswith(ZIP):
        if workbook is False:
            raise refuse("zip-as-csv")
        found, skipped, parts = read_sheets(content, sheets, limits)
        if not any(sheet.rows for sheet in found):
            raise refuse("empty")
        return Table(name, "xlsx", content, found, skipped=skipped, parts=parts), Guess("", "")
    if encoding is None or content.startswith(OLE):
        refuse_other_kinds(content)
    if workbook:
        raise refuse("not-xlsx")
    return _open_csv(name, content, encoding, delimiter, limits)


def _says_workbook(name: str, media_type: str | None) -> bool | None:
    """What name and media type say: a workbook, not one, or nothing of the kind."""
    kind, ending = (media_type or "").partition(";")[0].strip().lower(), name.lower().rpartition(".")[2]
    if "spreadsheetml" in kind or "ms-excel.sheet.macroenabled" in kind or ending in ("xlsx", "xlsm", "xltx"):
        return True
    if kind in ("text/csv", "text/tab-separated-values", "text/plain") or ending in ("csv", "tsv", "txt"):
        return False
    return None


def _open_csv(
    name: str, content: bytes, encoding: str | None, delimiter: str | None, limits: IntakeLimits
) -> tuple[Table, Guess]:
    text, used, bom, certain = decode(content, encoding)
    declared = csvfile.declared_delimiter(text)
    if delimiter:
        cut = csvfile.checked_delimiter(delimiter)
    else:
        cut = declared[0] if declared else csvfile.guess_delimiter(text)
    rows = csvfile.read_rows(text, cut, declared[1] if declared else 0, limits)
    if not rows:
        raise refuse("empty", line=1, column=1)
    starts = csvfile.line_starts(text)
    table = Table(name, "csv", content, [Sheet("", rows)], text, used, bom, cut, line_starts=starts)
    return table, Guess(used, cut, bom, certain)


def _merged(proposed: Mapping, chosen: Mapping) -> Mapping:
    """The proposal with what a person chose, column by column as the file has them."""
    sheets = []
    for sheet in proposed.sheets:
        said = chosen.sheet(sheet.sheet) or (chosen.sheets[0] if len(chosen.sheets) == 1 else None)
        sheets.append(_aligned(sheet, said) if said else sheet)
    return replace(proposed, sheets=tuple(sheets))


def _aligned(sheet: SheetMapping, said: SheetMapping) -> SheetMapping:
    left = list(said.columns)

    def chosen(column: Column) -> Column:
        same = [c for c in left if c.header == column.header]
        same = same or [c for c in left if fold(c.header) == fold(column.header)]
        if not same:
            return replace(column, key="", role="unknown", score=0.0) if column.role != "person" else column
        left.remove(same[0])
        # A column of persons stays one, whoever says otherwise; only known organisations come out of a relation.
        personal = column.role == "person" and (header_is_personal(column.header) or column.reason == "content")
        if personal and same[0].key not in ("founded-by", "coordinates-inverse", "operated-by", "funded-by"):
            return column
        return replace(same[0], header=column.header)

    return replace(
        sheet, concept=said.concept, columns=tuple(map(chosen, sheet.columns)), reason="mapping", lang=said.lang
    )


def _tell_guess(table: Table, guess: Guess, mapping: Mapping, notes: Notes) -> Guess:
    """The sample that lets a person see whether the encoding is right; never from a column about persons."""
    if table.kind == "xlsx":
        return guess
    sheet = table.sheets[0]
    shown = [header for header in sheet.headers if not text_is_personal(header)]
    said = mapping.sheet("")
    columns = [at for at, column in enumerate(said.columns) if column.key in _SHOWN] if said else []
    for row in sheet.rows[sheet.header + 1 : sheet.header + 2001]:
        shown += [text for at in columns if (text := row.text(at)) and not text_is_personal(text)]
    guess = replace(guess, sample=excerpt(shown))
    if table.encoding != "utf-8":
        where = table.where(sheet, sheet.rows[sheet.header], None)
        notes.tell(
            "encoding-guessed", where, value=guess.sample or "…",
            encoding=_ENCODING_NAMES.get(table.encoding, table.encoding.upper()),
            delimiter=_DELIMITERS.get(table.delimiter, table.delimiter),
        )  # fmt: skip
    return guess
