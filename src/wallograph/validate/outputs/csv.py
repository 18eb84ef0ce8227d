"""Findings as CSV, one a row, in one language; safe to open in a spreadsheet.

In: an `Outcome` and a language. Out: text in CSV (RFC 4180).
"""

import csv
import io
from typing import Final

from wallograph.cells import defused
from wallograph.validate.outcome import Outcome
from wallograph.validate.outputs.messages import in_lang

HEADER: Final = (
    "severity", "file", "sheet", "line", "column", "cell", "name", "field", "value", "message", "expected",
    "repair", "sure", "code", "rule", "subject", "path",
)  # fmt: skip


def findings_csv(outcome: Outcome, lang: str) -> str:
    """A header and a row for each finding; the first repair stands beside it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEADER)
    for finding in outcome.findings:
        where = finding.where
        repair = finding.repairs[0] if finding.repairs else None
        row = (
            finding.severity.value, where.file if where else "", (where.sheet if where else "") or "",
            (where.line if where else "") or "", (where.column if where else "") or "",
            (where.cell if where else "") or "", finding.name, in_lang(finding.label, lang), finding.value,
            in_lang(finding.messages, lang), in_lang(finding.expected, lang), repair.value if repair else "",
            str(repair.sure).lower() if repair else "", finding.code, finding.rule or "", finding.subject,
            finding.path or "",
        )  # fmt: skip
        writer.writerow([cell if isinstance(cell, int) else defused(cell) for cell in row])
    return out.getvalue()
