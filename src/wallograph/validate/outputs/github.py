"""Findings as annotations of GitHub Actions (workflow commands), one a line.

In: an `Outcome` and a language. Out: lines such as `::error file=a.ttl,line=3,col=7,title=Theme::…`.
"""

from typing import Final

from wallograph.model import Finding, Severity
from wallograph.validate.outcome import Outcome
from wallograph.validate.outputs.messages import in_lang, labelled, say, says

_LEVEL: Final = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def annotations(outcome: Outcome, lang: str) -> str:
    """One line for each finding."""
    return "".join(_line(finding, lang) + "\n" for finding in outcome.findings)


def _line(finding: Finding, lang: str) -> str:
    where = finding.where
    title = " – ".join(part for part in (finding.name, in_lang(finding.label, lang)) if part) or finding.code
    members: list[tuple[str, object]] = []
    if where is not None:
        members = [("file", where.file), ("line", where.line), ("col", where.column if where.line else None)]
    members.append(("title", title))
    told = ",".join(f"{name}={_property(str(value))}" for name, value in members if value)
    text = in_lang(finding.messages, lang)
    if finding.value and not says(text, finding.value):
        text += f" [{finding.value}]"
    repairs = (in_lang(repair.messages, lang) for repair in finding.repairs)
    text += "".join("\n" + labelled(say("repair", lang), repair, lang) for repair in repairs)
    return f"::{_LEVEL[finding.severity]} {told}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
