"""The outcome as plain values for JSON, and back: the shape that clients and the page depend on.

In: an `Outcome`. Out: dictionaries, lists, texts, numbers, described in `findings.schema.json`; and the way back.
"""

from collections import Counter
from dataclasses import asdict, fields
from typing import Any, Final

from wallograph.model import Edit, Finding, Repair, Severity, Where
from wallograph.validate.engine import Result
from wallograph.validate.grouping import Group, by_rule, by_thing
from wallograph.validate.outcome import FileSeen, Outcome
from wallograph.validate.report import result_dict
from wallograph.validate.shapes import Rule

VERSION: Final = 1


def outcome_values(outcome: Outcome, *, results: bool = False) -> dict[str, Any]:
    """The whole outcome. `results` adds those of SHACL, for who wants the report too."""
    values: dict[str, Any] = {
        "version": VERSION,
        "base": outcome.base,
        "conforms": outcome.conforms,
        "readable": outcome.readable,
        "counts": outcome.counts,
        "files": [asdict(file) | {"losses": list(file.losses)} for file in outcome.files],
        "findings": [finding_values(finding, number) for number, finding in enumerate(outcome.findings)],
        "more": {code: {s.value: n for s, n in sorted(counted.items())} for code, counted in outcome.more.items()},
        "groups": {
            "by_rule": [group_values(group) for group in by_rule(outcome)],
            "by_thing": [group_values(group) for group in by_thing(outcome)],
        },
        "rules": {
            iri: {"names": dict(rule.names), "descriptions": dict(rule.descriptions), "severity": rule.severity.value}
            for iri, rule in sorted(outcome.rules.items())
        },
    }
    if results:
        values["results"] = [result_dict(result) for result in outcome.results]
    return values


def finding_values(finding: Finding, number: int) -> dict[str, Any]:
    """One finding; `id` is its place in the outcome, and repairs are `{id}.{place}`."""
    return {
        "id": str(number),
        "code": finding.code,
        "severity": finding.severity.value,
        "where": None if finding.where is None else where_values(finding.where),
        "subject": finding.subject,
        "name": finding.name,
        "path": finding.path,
        "label": dict(finding.label),
        "value": finding.value,
        "expected": dict(finding.expected),
        "messages": dict(finding.messages),
        "rule": finding.rule,
        "component": finding.component,
        "graph": finding.graph,
        "repairs": [repair_values(repair, f"{number}.{place}") for place, repair in enumerate(finding.repairs)],
    }


def repair_values(repair: Repair, identity: str) -> dict[str, Any]:
    """One repair with its edits."""
    return {
        "id": identity,
        "code": repair.code,
        "value": repair.value,
        "messages": dict(repair.messages),
        "sure": repair.sure,
        "link": repair.link,
        "edits": [{"where": where_values(edit.where), "text": edit.text} for edit in repair.edits],
    }


def where_values(where: Where) -> dict[str, Any]:
    """One place; what is not known is null."""
    values = {member.name: getattr(where, member.name) for member in fields(Where)}
    return values | {"span": None if where.span is None else list(where.span)}


def group_values(group: Group) -> dict[str, Any]:
    """One group; its findings by their ids."""
    return {
        "key": group.key, "names": dict(group.names), "severity": group.severity.value, "counts": dict(group.counts),
        "total": group.total, "findings": [str(number) for number in group.numbers], "more": group.more,
        "rule": group.rule,
    }  # fmt: skip


def outcome_of(values: dict[str, Any]) -> Outcome:
    """The outcome again, from its values (made by the same version)."""
    return Outcome(
        values["base"],
        tuple(FileSeen(**file | {"losses": tuple(file["losses"])}) for file in values["files"]),
        tuple(_finding(found) for found in values["findings"]),
        tuple(_result(found) for found in values.get("results", ())),
        {code: Counter({Severity(s): n for s, n in found.items()}) for code, found in values["more"].items()},
        {
            iri: Rule(iri, Severity(rule["severity"]), rule["names"], rule["descriptions"])
            for iri, rule in values["rules"].items()
        },
    )


def _finding(values: dict[str, Any]) -> Finding:
    plain = {key: value for key, value in values.items() if key != "id"}
    return Finding(
        **plain | {
            "severity": Severity(values["severity"]),
            "where": None if values["where"] is None else _where(values["where"]),
            "repairs": tuple(_repair(repair) for repair in values["repairs"]),
        }
    )  # fmt: skip


def _repair(values: dict[str, Any]) -> Repair:
    edits = tuple(Edit(_where(edit["where"]), edit["text"]) for edit in values["edits"])
    return Repair(**{key: value for key, value in values.items() if key != "id"} | {"edits": edits})


def _where(values: dict[str, Any]) -> Where:
    return Where(**values | {"span": None if values["span"] is None else tuple(values["span"])})


def _result(values: dict[str, Any]) -> Result:
    return Result(
        values["focus"], values["path"], values["value"], Severity(values["severity"]), values["component"],
        values["shape"], values["messages"], values["graph"],
    )  # fmt: skip
