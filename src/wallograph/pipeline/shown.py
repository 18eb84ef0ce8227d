"""What the page shows beside the findings: the tables as they were read, and a submission as RDF.

In: the submissions and findings of a check. Out: plain values: columns with what they were taken for, the rows around
findings; Turtle. Cells of columns about persons are left empty.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any, Final

from pyoxigraph import RdfFormat, serialize

from wallograph.intake.submission import Submission
from wallograph.intake.tables.persons import text_is_personal
from wallograph.intake.tables.sheet import Row, Sheet
from wallograph.intake.tables.submission import TableSubmission
from wallograph.iris import rebase_iri
from wallograph.model import Finding
from wallograph.validate.outcome import UNREADABLE
from wallograph.vocab import PREFIXES

_ROWS: Final = 150  # of a sheet that are shown
_WHOLE: Final = 60  # rows of a sheet that is shown from end to end
_COLUMNS: Final = 60
_CHARACTERS: Final = 200
_SHEETS: Final = 12
_WINDOW: Final = 5_000  # characters of a line that are looked at together
_PERSONAL: Final = re.compile(
    r"person|vcard|e-?mail|mbox|phone|telep|founder|employee|author|creator|contact|given_?name|family_?name|first_?name"
    r"|last_?name|surname|birth|gender|orcid|fondat|oprichter|gr[uü]nder",
    re.IGNORECASE,
)


def tables_shown(submissions: Iterable[Submission], findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """The sheets of all tables, with the mapping that a person may correct."""
    told: dict[tuple[str, str], set[int]] = defaultdict(set)
    for finding in findings:
        if finding.where is not None and finding.where.cell:
            number = int("".join(filter(str.isdigit, finding.where.cell)) or 0)
            told[finding.where.file, finding.where.sheet or ""].add(number)
        elif finding.where is not None and finding.where.line:
            told[finding.where.file, finding.where.sheet or ""].add(finding.where.line)
    return [
        _sheet(submission, sheet, told[submission.name, sheet.name])
        for submission in submissions
        if isinstance(submission, TableSubmission)
        for sheet in submission.table.sheets[:_SHEETS]
        if sheet.rows
    ]


def shared_text(submissions: Sequence[Submission], findings: Iterable[Finding]) -> str:
    """The text that may stand beside a result that others see; empty when natural persons may stand in it.

    A table needs none: its rows are shown. Of a text in which persons were found, or that could not be read to its
    end and has words that announce persons, nothing is given; a line with an address or telephone number is blanked.
    """
    codes = {finding.code for finding in findings}
    if len(submissions) != 1 or isinstance(submissions[0], TableSubmission) or "person-left-out" in codes:
        return ""
    content = submissions[0].content
    text = content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", "replace")
    if codes & UNREADABLE and _PERSONAL.search(text):
        return ""
    return "\n".join("…" if _line_is_personal(line) else line for line in text.split("\n"))


def _line_is_personal(line: str) -> bool:
    return any(text_is_personal(line[at : at + _WINDOW]) for at in range(0, len(line), _WINDOW - 200))


def data_turtle(submissions: Iterable[Submission], base: str) -> str:
    """What the files say, as Turtle with the usual prefixes."""
    prefixes = {name: rebase_iri(space, base) for name, space in PREFIXES.items()}
    for name in ("id/actor", "id/project", "id/event", "id/place", "id/link", "id/value"):
        prefixes[name.rpartition("/")[2]] = f"{base}/{name}/"
    for scheme in ("theme", "actor-kind", "project-kind", "place-kind", "relation-kind", "status", "market"):
        prefixes[scheme] = f"{base}/auth/{scheme}/"
    quads = [quad for submission in submissions for quad in submission.quads]
    used = {name: space for name, space in prefixes.items() if any(space in str(quad) for quad in quads)}
    text = serialize(dict.fromkeys(quad.triple for quad in quads), format=RdfFormat.TURTLE, prefixes=used)
    return (text or b"").decode()


def _sheet(submission: TableSubmission, sheet: Sheet, told: set[int]) -> dict[str, Any]:
    mapping = submission.mapping.sheet(sheet.name)
    columns = list(mapping.columns)[:_COLUMNS] if mapping else []
    hidden = {at for at, column in enumerate(columns) if column.role == "person"}
    forms = {form.concept: form for form in submission.forms}
    form = forms.get(mapping.concept) if mapping else None
    body = list(sheet.body())
    blank = {(number, at) for name, number, at in submission.hidden if name == sheet.name}
    return {
        "file": submission.name,
        "sheet": sheet.name,
        "concept": mapping.concept if mapping else "actor",
        "encoding": submission.table.encoding,
        "delimiter": submission.table.delimiter,
        "guessed": not submission.guess.certain,
        "sample": submission.guess.sample,
        "columns": [
            {
                "header": "…" if text_is_personal(column.header) else _cut(column.header), "key": column.key,
                "role": column.role, "score": column.score, "reason": column.reason,
                "example": "" if at in hidden else _example(body, at, blank),
            }
            for at, column in enumerate(columns)
        ],
        "rows": [
            {"number": row.number, "cells": [_cell(row, at, hidden, blank) for at in range(len(columns))]}
            for row in _wanted(body, told)
        ],
        "total": len(body),
        "persons": len(hidden) + len({at for _, at in blank} - hidden),
        "fields": {field.key: field.labels for field in form.fields} if form else {},
        "mapping": submission.mapping.to_csvw(),
    }  # fmt: skip


def _wanted(body: list[Row], told: set[int]) -> list[Row]:
    """All rows of a small sheet; of a large one the first, and those around findings."""
    if len(body) <= _WHOLE:
        return body
    near = {number + step for number in told for step in (-1, 0, 1)}
    wanted = [row for at, row in enumerate(body) if at < 3 or row.number in near]
    return wanted[:_ROWS]


def _cell(row: Row, at: int, hidden: set[int], blank: set[tuple[int, int]]) -> str:
    text = row.text(at)
    personal = at in hidden or (row.number, at) in blank or text_is_personal(text)
    return "…" if text and personal else _cut(text)


def _example(body: list[Row], at: int, blank: set[tuple[int, int]]) -> str:
    """The first value of a column that may be shown."""
    for row in islice(body, 200):
        text = row.text(at).strip()
        if text:
            if (row.number, at) in blank:
                return ""
            return "" if text_is_personal(text) else _cut(text)[:80]
    return ""


def _cut(text: str) -> str:
    return text if len(text) <= _CHARACTERS else text[: _CHARACTERS - 1] + "…"


