"""Findings as SARIF 2.1.0 (OASIS), for people who work in git: rules, results with regions, fixes.

In: an `Outcome`, a language, the version of wallograph. Out: plain values for JSON.
"""

from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import quote

from wallograph.iris import digest
from wallograph.model import Edit, Finding, Repair, Severity, Where
from wallograph.validate.outcome import Outcome
from wallograph.validate.outputs.messages import in_lang, labelled, say, says

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVEL: Final = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def sarif(outcome: Outcome, lang: str, version: str) -> dict[str, Any]:
    """One run; messages in the asked language, and help in the language of the messages."""
    codes = list(dict.fromkeys(finding.code for finding in outcome.findings))
    numbers = {code: number for number, code in enumerate(codes)}
    first = {finding.code: finding for finding in reversed(outcome.findings)}
    driver = {
        "name": "wallograph",
        "version": version,
        "informationUri": outcome.base + "/rules",
        "language": lang,
        "rules": [_rule(first[code], outcome, lang) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "language": lang,
        "columnKind": "unicodeCodePoints",
        "artifacts": [
            {"location": {"uri": uri(file.name)}, "mimeType": file.media_type, "roles": ["analysisTarget"]}
            for file in outcome.files
        ],
        "results": [_result(finding, numbers[finding.code], lang) for finding in outcome.findings],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def uri(name: str) -> str:
    """The name of a file as a relative reference: what would be a scheme or an authority is escaped.

    An absolute path of this machine is a `file:` IRI.
    """
    if name.startswith("/") and not name.startswith("//"):
        return "file://" + quote(name, safe="/._-~")
    return quote(name.replace("\\", "/").lstrip("/") or "-", safe="/._-~")


def _rule(finding: Finding, outcome: Outcome, lang: str) -> dict[str, Any]:
    rule = outcome.rules.get(finding.rule or "")
    name = in_lang(dict(rule.names), lang) if rule else ""
    about = in_lang(dict(rule.descriptions), lang) if rule else ""
    told: dict[str, Any] = {
        "id": finding.code,
        "shortDescription": {"text": name or finding.code},
        "fullDescription": {"text": about or in_lang(finding.messages, lang)},
        "help": {"text": about or in_lang(finding.expected, lang) or in_lang(finding.messages, lang)},
        "defaultConfiguration": {"level": _LEVEL[rule.severity if rule else finding.severity]},
    }
    if finding.rule and finding.rule.startswith(("http://", "https://")):
        told["helpUri"] = finding.rule
    return told


def _result(finding: Finding, number: int, lang: str) -> dict[str, Any]:
    sentence = in_lang(finding.messages, lang)
    text = labelled(in_lang(finding.label, lang), sentence, lang)
    text += f" [{finding.value}]" if finding.value and not says(sentence, finding.value) else ""
    if (expected := in_lang(finding.expected, lang)) and not says(sentence, expected):
        text += f" ({labelled(say('expected', lang), expected, lang)})"
    told: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": number,
        "level": _LEVEL[finding.severity],
        "message": {"text": text},
        "partialFingerprints": {
            "wallograph/v1": digest(finding.code, finding.subject, finding.path or "", finding.value, length=32)
        },
        "properties": {"subject": finding.subject, "name": finding.name, "path": finding.path or ""},
    }
    if finding.where is not None:
        told["locations"] = [_location(finding)]
    if fixes := [fix for repair in finding.repairs for fix in _fixes(repair, lang)]:
        told["fixes"] = fixes
    return told


def _location(finding: Finding) -> dict[str, Any]:
    where = finding.where
    assert where is not None
    physical: dict[str, Any] = {"artifactLocation": {"uri": uri(where.file)}}
    if region := _region(where):
        physical["region"] = region
    logical = {"fullyQualifiedName": finding.subject, "name": finding.name or finding.subject}
    if where.cell or where.pointer:
        logical["decoratedName"] = f"{where.sheet}!{where.cell}" if where.sheet else where.cell or where.pointer or ""
    return {"physicalLocation": physical, "logicalLocations": [logical]}


def _region(where: Where) -> dict[str, Any]:
    """The line and column at which it begins; a cell of a workbook is no region of a text."""
    region: dict[str, Any] = {}
    if where.line and not where.sheet:
        region["startLine"] = where.line
        if where.column:
            region["startColumn"] = where.column
    return region


def _deleted(where: Where) -> dict[str, Any]:
    """Exactly the characters that are replaced. A line and column beside them would mean the rest of the line too."""
    start, end = where.span or (0, 0)
    return {"charOffset": start, "charLength": end - start}


def _fixes(repair: Repair, lang: str) -> Iterator[dict[str, Any]]:
    """A fix, for edits that replace characters of a text; those of cells of workbooks SARIF cannot say."""
    if not repair.edits or any(edit.where.span is None or edit.where.sheet for edit in repair.edits):
        return
    changes: dict[str, list[Edit]] = {}
    for edit in repair.edits:
        changes.setdefault(edit.where.file, []).append(edit)
    yield {
        "description": {"text": in_lang(repair.messages, lang)},
        "artifactChanges": [
            {
                "artifactLocation": {"uri": uri(file)},
                "replacements": [
                    {"deletedRegion": _deleted(edit.where), "insertedContent": {"text": edit.text}} for edit in edits
                ],
            }
            for file, edits in changes.items()
        ],
    }
