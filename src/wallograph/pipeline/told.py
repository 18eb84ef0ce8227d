"""Which results of a check are told, and with which value: one defect, one finding, as the submitter wrote it.

In: judged results, the submissions. Out: the results that are explained, the others counted; findings whose value is
the text of the cell that was handed in.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from wallograph.intake.submission import Submission
from wallograph.intake.tables.submission import TableSubmission
from wallograph.model import Finding, Severity
from wallograph.pipeline.judge import Judged
from wallograph.validate.explain import local_name, safe
from wallograph.vocab import SH

More = dict[str, Counter[Severity]]
_MISSING: Final = SH + "MinCountConstraintComponent"


def new(judged: Iterable[Judged], submissions: Iterable[Submission]) -> list[Judged]:
    """The results that reading has not told already: a value that was not understood is not missing as well."""
    unread = {field for s in submissions if isinstance(s, TableSubmission) for field in s.unread}
    return [
        j for j in judged
        if j.result.component != _MISSING or (j.result.focus, j.result.path or "") not in unread
    ]  # fmt: skip


def capped(judged: Iterable[Judged], most: int) -> tuple[list[Judged], More]:
    """The first results of each rule; the others are counted. 0 tells all."""
    told: list[Judged] = []
    seen: Counter[str] = Counter()
    more: More = defaultdict(Counter)
    for item in judged:
        code = local_name(item.result.source_shape)
        seen[code] += 1
        if most and seen[code] > most:
            more[code][item.result.severity] += 1
        else:
            told.append(item)
    return told, more


def first(findings: Iterable[Finding], most: int, more: More) -> Iterator[Finding]:
    """The first findings of a code that no shape makes; the others are counted with the rest."""
    seen: Counter[str] = Counter()
    for finding in findings:
        seen[finding.code] += 1
        if most and seen[finding.code] > most:
            more[finding.code][finding.severity] += 1
        else:
            yield finding


def as_handed_in(finding: Finding, submissions: Sequence[Submission]) -> Finding:
    """A finding about a value of a table with the text of its cell, whatever it was read as."""
    where = finding.where
    if where is None or not where.cell or not where.exact or not finding.value:
        return finding
    submission = next((s for s in submissions if s.name == where.file), None)
    text = submission.given(where) if isinstance(submission, TableSubmission) else None
    return replace(finding, value=safe(text)) if text else finding
