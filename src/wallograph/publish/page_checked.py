"""The page of a result: findings by thing and by rule, and beside them the text or table that was handed in.

In: the outcome of a check as plain values (`validate/outputs/json.py`), the text, a language. Out: `CheckedPage`;
each finding leads to its line or cell and each marked line or cell back to its findings.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from wallograph.publish.checked_table import ShownTable, cell_anchor, letters, shown_tables
from wallograph.publish.checked_text import Gap, ShownLine, lines_around
from wallograph.typography import typeset

Values = Mapping[str, Any]
_LANGUAGES: Final = ("fr", "en", "nl", "de")
_LONGEST: Final = 400  # characters of a value that are shown


@dataclass(frozen=True, slots=True)
class RepairView:
    """One repair that can be ticked."""

    id: str
    message: str
    value: str
    sure: bool
    link: str
    possible: bool


@dataclass(frozen=True, slots=True)
class PlaceView:
    """Where in the file: `key` is the message, `target` the anchor of the line or cell, if it is shown."""

    key: str
    line: int
    column: int
    cell: str
    sheet: str
    pointer: str
    exact: bool
    target: str


@dataclass(frozen=True, slots=True)
class FindingView:
    """One finding. `number` counts from 1; `rule` is the anchor of its rule on /rules."""

    number: int
    id: str
    severity: str
    code: str
    label: str
    value: str
    message: str
    expected: str
    place: PlaceView
    rule: str
    rule_name: str
    repairs: tuple[RepairView, ...]


@dataclass(frozen=True, slots=True)
class ThingGroup:
    """The findings of one thing; `name` is empty for those of the file as a whole."""

    name: str
    subject: str
    severity: str
    total: int
    more: int
    findings: tuple[FindingView, ...]


@dataclass(frozen=True, slots=True)
class RuleGroup:
    """One rule and where it was broken."""

    name: str
    anchor: str
    severity: str
    total: int
    more: int
    findings: tuple[FindingView, ...]


@dataclass(frozen=True, slots=True)
class CheckedPage:
    """All that the page of a result shows."""

    name: str
    media_type: str
    conforms: bool
    readable: bool
    counts: Mapping[str, int]
    things: int
    losses: tuple[str, ...]
    things_groups: tuple[ThingGroup, ...]
    rule_groups: tuple[RuleGroup, ...]
    repairs: int
    sure: int
    lines: tuple[ShownLine | Gap, ...]
    tables: tuple[ShownTable, ...]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def editable(self) -> bool:
        """Whether the whole text stands on the page, so that it can be edited there."""
        return bool(self.lines) and not any(isinstance(line, Gap) for line in self.lines)


def checked_view(result: Values, text: str, lang: str) -> CheckedPage:
    """Everything the page shows of an outcome."""
    files = result.get("files", [])
    tables = result.get("tables", [])
    rules = result.get("rules", {})
    shown_cells = {cell for table in tables for cell in _cells(table)}
    count = len(text.splitlines())
    views = {
        found["id"]: _finding(found, number, rules, shown_cells, count, lang)
        for number, found in enumerate(result.get("findings", []), 1)
    }
    marks = defaultdict(list)
    spans = defaultdict(list)
    for found in result.get("findings", []):
        view = views[found["id"]]
        if view.place.target:
            marks[view.place.target].append(view.number)
        if view.place.line and found["where"].get("exact"):
            spans[view.place.line].append((found["where"].get("column") or 0, found["where"].get("span")))
    groups = result.get("groups", {})
    repairs = [repair for view in views.values() for repair in view.repairs if repair.possible]
    return CheckedPage(
        name=files[0]["name"] if files else "",
        media_type=files[0]["media_type"] if files else "",
        conforms=bool(result.get("conforms")),
        readable=bool(result.get("readable", True)),
        counts={key: int(result.get("counts", {}).get(key, 0)) for key in ("violation", "warning", "info")},
        things=sum(int(file.get("things", 0)) for file in files),
        losses=tuple(loss for file in files for loss in file.get("losses", ())),
        things_groups=tuple(_thing(group, views) for group in groups.get("by_thing", [])),
        rule_groups=tuple(_rule(group, views, lang) for group in groups.get("by_rule", [])),
        repairs=len(repairs),
        sure=sum(repair.sure for repair in repairs),
        lines=() if tables else tuple(lines_around(text, marks, spans)),
        tables=shown_tables(tables, marks, lang),
    )


def in_language(texts: Mapping[str, str] | None, lang: str) -> str:
    """A text in the visitor's language, else in the first there is."""
    found = texts or {}
    for tag in (lang, "", *_LANGUAGES):
        if found.get(tag):
            return typeset(found[tag], tag or lang)
    return next(iter(found.values()), "")


def anchor_of(rule: str | None) -> str:
    """The anchor of a rule on /rules: the local name of its shape."""
    return (rule or "").rpartition("#")[2] if "#" in (rule or "") else ""


def plain(value: str) -> str:
    """A value in N-Triples form as people read it: without quotes, brackets and datatype.

    >>> plain('"1066"^^<http://www.w3.org/2001/XMLSchema#gYear>'), plain("<https://a.example/b>"), plain("as is")
    ('1066', 'https://a.example/b', 'as is')
    """
    if value.startswith("<") and value.endswith(">"):
        return value[1:-1]
    if value.startswith('"') and '"' in value[1:]:
        text, _, tag = value[1:].rpartition('"')
        text = text.replace('\\"', '"').replace("\\n", "\n").replace("\\t", "\t").replace("\\\\", "\\")
        return f"{text} ({tag[1:]})" if tag.startswith("@") else text
    return value


def _finding(
    found: Values, number: int, rules: Values, cells: set[str], lines: int, lang: str
) -> FindingView:
    value = plain(found.get("value") or "")
    message, expected = in_language(found.get("messages"), lang), in_language(found.get("expected"), lang)
    if expected.strip(" .").casefold() in message.casefold():
        expected = ""  # the sentence says it already
    rule = rules.get(found.get("rule") or "", {})
    return FindingView(
        number=number,
        id=found["id"],
        severity=found["severity"],
        code=found["code"],
        label=in_language(found.get("label"), lang) or ((found.get("where") or {}).get("field") or ""),
        value=value[:_LONGEST] + ("…" if len(value) > _LONGEST else ""),
        message=message,
        expected=expected,
        place=_place(found.get("where"), cells, lines),
        rule=anchor_of(found.get("rule")),
        rule_name=in_language(rule.get("names"), lang),
        repairs=tuple(
            RepairView(
                id=repair["id"],
                message=in_language(repair.get("messages"), lang),
                value=repair.get("value") or "",
                sure=bool(repair.get("sure")),
                link=repair.get("link") or "",
                possible=bool(repair.get("edits")),
            )
            for repair in found.get("repairs", ())
        ),
    )


def _place(where: Values | None, cells: set[str], lines: int) -> PlaceView:
    found = where or {}
    line, cell, sheet = found.get("line") or 0, found.get("cell") or "", found.get("sheet") or ""
    target = ""
    if cell and cell_anchor(sheet, cell) in cells:
        target = cell_anchor(sheet, cell)
    elif line and not cells and line <= max(lines, 1):
        target = f"L{line}"
    elif line and cell_anchor(sheet, f"A{line}") in cells:
        target = cell_anchor(sheet, f"A{line}")
    exact = bool(found.get("exact", True))
    if cell:
        key = "validate-place-cell"
    elif line and not exact:
        key = "validate-place-about"
    elif line:
        key = "validate-place-line-column" if found.get("column") else "validate-place-line"
    else:
        key = "validate-place-none"
    return PlaceView(key, line, found.get("column") or 0, cell, sheet, found.get("pointer") or "", exact, target)


def _thing(group: Values, views: Mapping[str, FindingView]) -> ThingGroup:
    found = tuple(_shown(group, views))
    name = in_language(group.get("names"), "")
    subject = group.get("key") or ""
    return ThingGroup(
        name if subject or name else "", subject, group["severity"], group["total"], group["more"], found
    )


def _rule(group: Values, views: Mapping[str, FindingView], lang: str) -> RuleGroup:
    found = tuple(_shown(group, views))
    names = group.get("names") or {}
    name = in_language(names, lang)
    if set(names) <= {""} and found:
        name = found[0].message  # what reading says has no rule: its first sentence names it
    return RuleGroup(name, anchor_of(group.get("rule")), group["severity"], group["total"], group["more"], found)


def _shown(group: Values, views: Mapping[str, FindingView]) -> Iterable[FindingView]:
    return (views[ident] for ident in group.get("findings", ()) if ident in views)


def _cells(table: Values) -> Iterable[str]:
    """The anchors of all cells of a table that is shown."""
    for row in table["rows"]:
        for column in range(max(len(table["columns"]), 1)):
            yield cell_anchor(table["sheet"], f"{letters(column)}{row['number']}")

