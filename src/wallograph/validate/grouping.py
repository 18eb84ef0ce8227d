"""Findings in groups: by thing, and by rule; counted, and capped with "and 312 more".

In: an `Outcome`. Out: `Group`s in order of their worst finding.
"""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from wallograph.model import Finding, Severity
from wallograph.validate.outcome import Outcome

MOST: Final = 10
_ORDER: Final = {Severity.VIOLATION: 0, Severity.WARNING: 1, Severity.INFO: 2}


@dataclass(frozen=True, slots=True)
class Group:
    """Findings of one thing or of one rule. `numbers` are their places in the outcome, from 0; `more` are not shown."""

    key: str
    names: dict[str, str]
    severity: Severity
    counts: dict[str, int]
    findings: tuple[Finding, ...]
    numbers: tuple[int, ...]
    more: int = 0
    rule: str | None = None

    @property
    def total(self) -> int:
        """How many findings there are in all."""
        return sum(self.counts.values())


def by_rule(outcome: Outcome, most: int = MOST) -> list[Group]:
    """One group for each code, under the name of its rule; what is only counted counts too."""
    return _groups(outcome, lambda finding: finding.code, _rule_names(outcome), most, counted=True)


def by_thing(outcome: Outcome, most: int = MOST) -> list[Group]:
    """One group for each thing, under its name."""

    def names(finding: Finding) -> dict[str, str]:
        return {"": finding.name or finding.subject or (finding.where.file if finding.where else "")}

    return _groups(outcome, lambda finding: finding.subject, names, most, counted=False)


def _rule_names(outcome: Outcome) -> Callable[[Finding], dict[str, str]]:
    def names(finding: Finding) -> dict[str, str]:
        rule = outcome.rules.get(finding.rule or "")
        return dict(rule.names) if rule and rule.names else {"": finding.code}

    return names


def _groups(
    outcome: Outcome, key: Callable[[Finding], str], names: Callable[[Finding], dict[str, str]], most: int, *,
    counted: bool,
) -> list[Group]:  # fmt: skip
    members: dict[str, list[int]] = defaultdict(list)
    for number, finding in enumerate(outcome.findings):
        members[key(finding)].append(number)
    groups = []
    for name, numbers in members.items():
        found = [outcome.findings[number] for number in numbers]
        counts = Counter(finding.severity for finding in found)
        if counted:
            counts.update(outcome.more.get(name, {}))
        shown = tuple(found[:most])
        groups.append(
            Group(
                name, names(found[0]), min(counts, key=lambda s: _ORDER[s]),
                {severity.value: counts[severity] for severity in Severity},
                shown, tuple(numbers[:most]), sum(counts.values()) - len(shown), found[0].rule,
            )
        )  # fmt: skip
    return sorted(groups, key=lambda group: (_ORDER[group.severity], group.numbers[0]))
