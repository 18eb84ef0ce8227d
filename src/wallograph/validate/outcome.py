"""What a check came to: the one value that the page, the API, the command line and every output use.

In: findings, results, the files that were read. Out: `Outcome`, and whether it conforms.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from wallograph.model import Finding, Severity
from wallograph.validate.engine import Result
from wallograph.validate.shapes import Rule

UNREADABLE: Final = frozenset({"syntax"})  # codes of findings that say that part of a file could not be read
_ORDER: Final = {Severity.VIOLATION: 0, Severity.WARNING: 1, Severity.INFO: 2}


@dataclass(frozen=True, slots=True)
class FileSeen:
    """A file that was read: how many statements it holds, how many actors, projects, events and places (`things`),
    and what a corrected file would lose.
    """

    name: str
    media_type: str
    quads: int = 0
    things: int = 0
    losses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """Findings in order. `more` counts, by code, the findings that are not told one by one.

    `rules` has the rules that the findings name, by IRI; `base` is that of the rules.
    """

    base: str
    files: tuple[FileSeen, ...] = ()
    findings: tuple[Finding, ...] = ()
    results: tuple[Result, ...] = ()
    more: Mapping[str, Counter[Severity]] = field(default_factory=dict)
    rules: Mapping[str, Rule] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        """All findings by severity, those that are only counted included."""
        found = Counter(finding.severity for finding in self.findings)
        for counted in self.more.values():
            found.update(counted)
        return {severity.value: found[severity] for severity in Severity}

    @property
    def conforms(self) -> bool:
        """Whether there is no violation (warnings and information do not count)."""
        return self.counts[Severity.VIOLATION.value] == 0

    @property
    def readable(self) -> bool:
        """Whether every file could be read to its end."""
        return not any(finding.code in UNREADABLE for finding in self.findings)


def ordered(findings: Iterable[Finding]) -> list[Finding]:
    """Findings by severity, file, sheet, line, column; then by code and thing, so that the order is always the same."""
    return sorted(findings, key=_key)


def _key(finding: Finding) -> tuple[int, str, str, int, int, str, str, str]:
    where = finding.where
    return (
        _ORDER[finding.severity], where.file if where else "", (where.sheet or "") if where else "",
        (where.line or 0) if where else 0, (where.column or 0) if where else 0,
        finding.code, finding.subject, finding.value,
    )  # fmt: skip
