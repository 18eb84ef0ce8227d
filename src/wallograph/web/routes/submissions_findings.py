"""What is wrong with a proposal, at the line or statement that it is about.

In: what was not understood, and the outcome of the check. Out: findings as pages show them, by line of a form.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

from wallograph.curation.draft import Checked
from wallograph.curation.filled import LineId, Understood
from wallograph.curation.model import Change
from wallograph.model import Form
from wallograph.publish.page_checked import FindingView, PlaceView, checked_view, in_language

_POINTER: Final = "/changes/"  # of the place of a statement
_NOWHERE: Final = PlaceView("validate-place-none", 0, 0, "", "", "", False, "")


def view_of_finding(message: str, severity: str, code: str = "", label: str = "", value: str = "") -> FindingView:
    """A finding of a form, which has no place in a file."""
    return FindingView(0, "", severity, code, label, value, message, "", _NOWHERE, "", "", ())


def findings_by_line(
    understood: Understood, checked: Checked, form: Form, lang: str
) -> tuple[dict[LineId, list[FindingView]], list[FindingView]]:
    """The findings of each line, and those of none."""
    found: dict[LineId, list[FindingView]] = defaultdict(list)
    for ident, finding in understood.findings:
        severity = "violation" if ident in understood.unread else finding.severity.value
        found[ident].append(view_of_finding(in_language(finding.messages, lang), severity, finding.code))
    loose: list[FindingView] = []
    views = outcome_views(checked.outcome, lang)
    for values, view in views:
        line = _line_of(values, understood, form)
        if line is None:
            loose.append(view)
        elif line not in {told for told, _ in understood.findings}:  # what was not understood is said already
            found[line].append(view)
    return found, loose


def outcome_views(outcome: Mapping[str, Any], lang: str) -> list[tuple[dict[str, Any], FindingView]]:
    """The findings of a check, each with its plain values."""
    if not outcome.get("findings"):
        return []
    page = checked_view(outcome, "", lang)
    every = {view.id: view for group in page.things_groups for view in group.findings}
    every |= {view.id: view for group in page.rule_groups for view in group.findings}
    return [(values, every[values["id"]]) for values in outcome["findings"] if values["id"] in every]


def number_of(values: Mapping[str, Any], changes: Sequence[Change]) -> int:
    """The number of the statement that a finding is about; 0 when it is about none."""
    place = values.get("where") or {}
    pointer = str(place.get("pointer") or "")
    if pointer.startswith(_POINTER) and pointer[len(_POINTER) :].isdigit():
        index = int(pointer[len(_POINTER) :])
        return changes[index].number if index < len(changes) and (place.get("exact") or values.get("path")) else 0
    return 0


def _line_of(values: Mapping[str, Any], understood: Understood, form: Form) -> LineId | None:
    number = number_of(values, understood.changes)
    if number in understood.lines:
        return understood.lines[number]
    key = next((field.key for field in form.fields if field.path == values.get("path") and not field.inverse), None)
    return (key, 0) if key else None
