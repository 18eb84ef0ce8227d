"""What a curator sends: a form of the desk, or JSON of the API.

In: fields or values, the proposal. Out: `Decision`. What is not asked for is refused with 400.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from wallograph.curation.model import Change, Proposal
from wallograph.curation.reasons import EVERY
from wallograph.publish.page_proposal import read_term
from wallograph.publish.page_review import Group
from wallograph.web.errors import Problem

ACTIONS: Final = ("preview", "accept", "ask", "refuse")
_YEAR: Final = re.compile(r"[0-9]{4}")
_SUFFIX: Final = re.compile(r'"(@[A-Za-z0-9-]+|\^\^<[^<>"{}|^`\\\s]+>)$')
_LONGEST: Final = 5000
_RANGE: Final = re.compile(r"([0-9]{1,6})(?:-([0-9]{1,6}))?")


@dataclass(frozen=True, slots=True)
class Decision:
    """What a curator decided. `numbers` None: all statements."""

    action: str
    version: int
    seen: int | None
    numbers: frozenset[int] | None
    edits: tuple[Change, ...] = ()
    why: str = ""
    reason: str = ""
    withheld: Mapping[int, str] = field(default_factory=dict)


def of_form(
    fields: Mapping[str, Sequence[str]], proposal: Proposal, groups: Sequence[Group], faulty: Mapping[str, set[str]]
) -> Decision:
    """A decision of the form; `faulty` are the things that a rule (its code) finds something about."""
    every = frozenset(change.number for change in proposal.changes)
    action = _choice(one(fields, "do"), ACTIONS, "do")
    chosen = _chosen(fields, proposal, groups, faulty)
    numbers = None if chosen == every else chosen
    why, left = one(fields, "why"), one(fields, "withheld").strip()
    withheld = dict.fromkeys(sorted(every - chosen)[:200], left) if left and numbers is not None else {}
    return Decision(
        action, _number(one(fields, "version"), "version"), _number(one(fields, "seen") or "0", "seen"), numbers,
        tuple(_edits(fields, proposal)), why, _choice(one(fields, "reason"), ("", *EVERY), "reason"), withheld,
    )  # fmt: skip


def _chosen(
    fields: Mapping[str, Sequence[str]], proposal: Proposal, groups: Sequence[Group], faulty: Mapping[str, set[str]]
) -> frozenset[int]:
    if one(fields, "select") != "rule":
        return frozenset(_number(text, "take") for text in fields.get("take", ()))
    aside = set().union(*(faulty.get(code, set()) for code in fields.get("without", ())))
    rows = rows_of(one(fields, "rows"))
    subjects = {iri: row for row, iri in enumerate(dict.fromkeys(c.subject for c in proposal.changes), 1)}
    left = {iri for iri, row in subjects.items() if iri in aside or row in rows}
    return frozenset(change.number for change in proposal.changes if change.subject not in left)


def rows_of(text: str) -> set[int]:
    """Rows as people write them.

    >>> sorted(rows_of("3, 17-19"))
    [3, 17, 18, 19]
    """
    found: set[int] = set()
    for part in re.split(r"[,;\s]+", re.sub(r"\s*[-–]\s*", "-", text[:_LONGEST]).strip(" ,;\t\r\n")):
        if not part:
            continue
        match = _RANGE.fullmatch(part)
        if match is None:
            raise Problem(400, "bad-request", f"'{part[:40]}' is no row, such as 3 or 17-19.")
        first, last = int(match[1]), int(match[2] or match[1])
        if last - first > 100_000:
            raise Problem(400, "bad-request", "There are not that many rows.")
        found.update(range(first, last + 1))
    return found


def _edits(fields: Mapping[str, Sequence[str]], proposal: Proposal) -> list[Change]:
    """The statements that were worded anew."""
    edits = []
    for change in proposal.changes:
        if f"value-{change.number}" not in fields:
            continue
        edited = reworded(
            change, one(fields, f"value-{change.number}"), one(fields, f"year-{change.number}").strip() or change.year
        )
        if edited != change:
            edits.append(edited)
    return edits


def reworded(change: Change, text: str, year: str) -> Change:
    """A statement with another value; its language and datatype stay. 400 for what is none."""
    text = text.replace("\r\n", "\n").strip()
    if not text or len(text) > _LONGEST or (year and not _YEAR.fullmatch(year)):
        raise Problem(400, "bad-request", f"Statement {change.number} cannot be worded like this.")
    if read_term(change.object).value == text and year == change.year:
        return change
    if not change.object.startswith('"'):
        if any(c.isspace() or c in '<>"{}|\\^`' for c in text) or ":" not in text:
            raise Problem(400, "bad-request", f"The value of statement {change.number} is an IRI.")
        return replace(change, object=f"<{text}>", year=year)
    suffix = _SUFFIX.search(change.object)
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "")
    return replace(change, object=f'"{escaped}"{suffix[1] if suffix else ""}', year=year)


def of_json(action: str, values: Mapping[str, Any], proposal: Proposal, version: int) -> Decision:
    """A decision of the API: `statements`, `edits`, `why`, `reason`, `seen`, `withheld`."""
    known = {"statements", "edits", "why", "reason", "seen", "withheld"}
    if unknown := sorted(set(values) - known):
        raise Problem(400, "bad-request", f"'{unknown[0][:40]}' means nothing here.")
    numbers = values.get("statements")
    if numbers is not None and not _are_numbers(numbers):
        raise Problem(400, "bad-request", "'statements' is a list of numbers of statements.")
    seen = values.get("seen")
    if seen is not None and (not isinstance(seen, int) or isinstance(seen, bool)):
        raise Problem(400, "bad-request", "'seen' is the number of a journal entry.")
    why, reason = values.get("why", ""), values.get("reason", "")
    if not isinstance(why, str) or not isinstance(reason, str):
        raise Problem(400, "bad-request", "'why' and 'reason' are texts.")
    return Decision(
        action, version, seen, None if numbers is None else frozenset(numbers),
        tuple(_json_edits(values.get("edits", []), proposal)), why, _choice(reason, ("", *EVERY), "reason"),
        _json_withheld(values.get("withheld", {})),
    )  # fmt: skip


def _json_edits(given: Any, proposal: Proposal) -> list[Change]:
    changes = {change.number: change for change in proposal.changes}
    if not isinstance(given, list):
        raise Problem(400, "bad-request", "'edits' is a list.")
    edits = []
    for one_edit in given:
        fine = isinstance(one_edit, dict) and set(one_edit) <= {"number", "value", "year"}
        if not fine or one_edit.get("number") not in changes or not isinstance(one_edit.get("value", ""), str):
            raise Problem(400, "bad-request", "An edit has 'number' of a statement, 'value', and perhaps 'year'.")
        change = changes[one_edit["number"]]
        value = one_edit.get("value") or str(read_term(change.object).value)
        edits.append(reworded(change, value, str(one_edit.get("year", change.year))))
    return edits


def _json_withheld(given: Any) -> dict[int, str]:
    fine = isinstance(given, dict) and all(
        key.isascii() and key.isdigit() and len(key) < 7 and isinstance(text, str) for key, text in given.items()
    )
    if not fine:
        raise Problem(400, "bad-request", "'withheld' gives a reason for numbers of statements.")
    return {int(key): text for key, text in given.items()}


def _are_numbers(given: Any) -> bool:
    return isinstance(given, Collection) and not isinstance(given, str | dict) and all(
        isinstance(one, int) and not isinstance(one, bool) for one in given
    )


def one(fields: Mapping[str, Sequence[str]], name: str) -> str:
    """The value of a field; empty when it is not there, 400 when it is there twice."""
    found = fields.get(name, ())
    if len(found) > 1:
        raise Problem(400, "bad-request", f"The field '{name[:40]}' is given more than once.")
    return found[0] if found else ""


def _number(text: str, name: str) -> int:
    if text.isascii() and text.isdigit() and len(text) < 10:
        return int(text)
    raise Problem(400, "bad-request", f"The field '{name}' is a number.")


def _choice(text: str, among: Sequence[str], name: str) -> str:
    if text not in among:
        raise Problem(400, "bad-request", f"The field '{name}' is one of: {', '.join(filter(None, among))}.")
    return text


__all__ = ["ACTIONS", "Decision", "of_form", "of_json", "one", "rows_of"]
