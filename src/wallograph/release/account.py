"""The account of a build: where every input row ended (design S4).

In: what the stages say of each row. Out: the report, for people and as JSON; GuardError when too much is lost.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from wallograph.errors import GuardError
from wallograph.model import Finding, Severity

OUTCOMES = ("published", "merged", "outside", "held")
MAX_HELD = 0.02
MAX_SHRINK = 0.10


@dataclass(slots=True)
class Account:
    """Outcomes by table and line. A row has one outcome: the best that any of its statements reached."""

    rows_in: dict[str, int]
    outcome: dict[str, dict[int, str]] = field(default_factory=lambda: defaultdict(dict))
    findings: list[Finding] = field(default_factory=list)

    def note(self, file: str, line: int | None, outcome: str) -> None:
        """Note an outcome of a row; a better one noted before stays."""
        known = self.outcome[file].get(line or 0)
        if known is None or OUTCOMES.index(outcome) < OUTCOMES.index(known):
            self.outcome[file][line or 0] = outcome

    def tables(self) -> dict[str, dict[str, int]]:
        """Rows in and outcomes by table; `unaccounted` must be 0."""
        found = {}
        for file, count in sorted(self.rows_in.items()):
            outcomes = Counter(self.outcome.get(file, {}).values())
            found[file] = {"in": count, **{name: outcomes[name] for name in OUTCOMES}}
            found[file]["unaccounted"] = count - sum(outcomes.values())
        return found

    def guard(self, former: dict[str, dict[str, int]] | None, *, allow_loss: bool) -> None:
        """GuardError when a table holds back more than 2 % of its rows or shrank by more than 10 %."""
        problems = []
        for file, counts in self.tables().items():
            if counts["in"] and counts["held"] / counts["in"] > MAX_HELD:
                problems.append(f"{file}: {counts['held']} of {counts['in']} rows would be held back")
            before = (former or {}).get(file, {}).get("in", 0)
            if before and counts["in"] < before * (1 - MAX_SHRINK):
                problems.append(f"{file}: {counts['in']} rows, {before} in the former release")
        if problems and not allow_loss:
            raise GuardError("; ".join(problems) + ". Mend the source, or build with --allow-loss.")

    def report(self, **parts: Any) -> dict[str, Any]:
        """The report as JSON-able data: a summary, the tables, all findings, and what the caller adds."""
        by_code = Counter(finding.code for finding in self.findings)
        by_severity = Counter(finding.severity.value for finding in self.findings)
        return {
            "summary": {"tables": self.tables(), "findings": dict(sorted(by_code.items()))},
            "findings": [finding_dict(finding) for finding in sort_findings(self.findings)],
            "severities": dict(sorted(by_severity.items())),
            **parts,
        }


def sort_findings(findings: Iterable[Finding]) -> list[Finding]:
    """Findings in the order a person reads them: violations first, then file and line."""
    order = list(Severity)
    return sorted(findings, key=lambda f: (order.index(f.severity), f.code, str(f.where), f.subject, f.value))


def finding_dict(finding: Finding) -> dict[str, Any]:
    """One finding as JSON-able data."""
    where = finding.where
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "file": where.file if where else None,
        "line": where.line if where else None,
        "field": where.field if where else None,
        "subject": finding.subject,
        "value": finding.value,
        "graph": finding.graph,
        "messages": finding.messages,
    }
