"""A worklist as a file for others: CSV for spreadsheets, plain values for JSON.

In: rows and the words of the header. Out: bytes, or dictionaries. A cell that a spreadsheet would take for a formula
is defused.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any, Final

from wallograph.cells import defused
from wallograph.publish.page_sources import SourceRef
from wallograph.publish.page_values import Stated
from wallograph.publish.quality_worklists import Row

COLUMNS: Final = ("name", "iri", "kind", "what", "values", "sources", "pages", "where", "message")


def to_csv(header: Sequence[str], rows: Iterable[Row], what: str) -> bytes:
    """UTF-8 with a mark at its start, so that Excel reads the accents; lines end as RFC 4180 has it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([defused(cell) for cell in header])
    for row in rows:
        writer.writerow([defused(cell) for cell in _cells(row, what)])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _cells(row: Row, what: str) -> tuple[str, ...]:
    return (
        row.thing.text, row.thing.iri, row.thing.kind, row.property.text if row.property else what,
        " | ".join(_said(value) for value in row.values),
        "; ".join(dict.fromkeys(_called(source) for source in row.sources)),
        " ".join(dict.fromkeys(page for source in row.sources for page in source.pages)),
        row.where, row.message,
    )  # fmt: skip


def _said(value: Stated) -> str:
    by = ", ".join(dict.fromkeys(_called(source) for source in value.sources))
    return f"{value.value.text} ({by})" if by else value.value.text


def _called(source: SourceRef) -> str:
    return (source.publisher or source.label or source.role) + (f" {source.date}" if source.date else "")


def row_data(row: Row) -> dict[str, Any]:
    """A row fit for JSON."""
    found: dict[str, Any] = {"name": row.thing.text}
    if row.thing.iri:
        found |= {"iri": row.thing.iri, "kind": row.thing.kind}
    if row.property:
        found["property"] = {"iri": row.property.iri, "label": row.property.text}
        found["values"] = [
            {"value": v.value.iri or v.value.text, "label": v.value.text, "sources": [s.iri for s in v.sources]}
            for v in row.values
        ]
    if row.sources:
        found["sources"] = [_source_data(source) for source in row.sources]
    if row.message:
        found |= {"message": row.message, "where": row.where}
    return found


def _source_data(source: SourceRef) -> dict[str, Any]:
    return {"iri": source.iri, "publisher": source.publisher, "date": source.date, "pages": list(source.pages)}
