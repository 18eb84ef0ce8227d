"""The form of one kind of thing as the page shows it, with what was filled in and what was found.

In: a `Form`, the code lists, the values by key, the findings by field. Out: `FormPage`, in the visitor's language.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from wallograph.model import Field, Form
from wallograph.publish.labels import sort_key
from wallograph.publish.page_checked import FindingView
from wallograph.vocab import RDF

Codes = Callable[[str], Sequence[tuple[str, Mapping[str, str], str]]]
_IDENTITY: Final = frozenset({
    "name", "label", "alternate-name", "acronym", "classification", "type", "description", "homepage",
})  # fmt: skip
_NUMBERS: Final = frozenset({
    "enterprise-number", "establishment-number", "vat-id", "ror-id", "isni", "same-as", "nis-code",
})  # fmt: skip
GROUPS: Final = ("identity", "activity", "numbers", "relations", "relations-inverse")
_EMPTY: Final = 1  # empty lines for further values
_INPUTS: Final = {"link": "url", "integer": "text", "decimal": "text", "year": "text", "date": "date"}
_MODES: Final = {"integer": "numeric", "decimal": "decimal", "year": "numeric", "link": "url"}


@dataclass(frozen=True, slots=True)
class Line:
    """One value of a field: what stands in it, and what was found about it."""

    value: str
    findings: tuple[FindingView, ...]


@dataclass(frozen=True, slots=True)
class FormField:
    """One field. `widget` is text, area, choice, boolean, place or thing; `options` are (value, label)."""

    key: str
    label: str
    help: str
    expects: str
    widget: str
    input: str
    mode: str
    required: bool
    several: bool
    options: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]
    spoken: str
    rule: str

    @property
    def worst(self) -> str:
        """The worst severity that was found; empty when nothing was."""
        found = {finding.severity for line in self.lines for finding in line.findings}
        return next((s for s in ("violation", "warning", "info") if s in found), "")

    @property
    def filled(self) -> bool:
        return any(line.value for line in self.lines)


@dataclass(frozen=True, slots=True)
class FormPage:
    """A form. `groups` are (key, fields); `loose` are findings that are of no field."""

    kind: str
    label: str
    groups: tuple[tuple[str, tuple[FormField, ...]], ...]
    loose: tuple[FindingView, ...]
    sent: bool

    @property
    def wrong(self) -> tuple[FormField, ...]:
        """The fields with an error, in order."""
        return tuple(field for _, fields in self.groups for field in fields if field.worst == "violation")


def form_view(
    form: Form,
    codes: Codes,
    lang: str,
    values: Mapping[str, Sequence[str]] | None = None,
    found: Mapping[tuple[str, int], Sequence[FindingView]] | None = None,
    loose: Sequence[FindingView] = (),
) -> FormPage:
    """The page of a form; `found` has the findings by key and number of the value."""
    given, told = values or {}, found or {}
    groups: dict[str, list[FormField]] = {group: [] for group in GROUPS}
    for field in form.fields:
        groups[_group(field)].append(_field(field, codes, lang, given, told))
    return FormPage(
        form.concept,
        form.labels.get(lang, form.concept),
        tuple((group, tuple(fields)) for group, fields in groups.items() if fields),
        tuple(loose),
        values is not None,
    )


def _group(field: Field) -> str:
    if field.relation:
        return "relations-inverse" if field.inverse else "relations"
    if field.key in _IDENTITY:
        return "identity"
    return "numbers" if field.key in _NUMBERS else "activity"


def _field(
    field: Field,
    codes: Codes,
    lang: str,
    given: Mapping[str, Sequence[str]],
    told: Mapping[tuple[str, int], Sequence[FindingView]],
) -> FormField:
    filled = [value for value in given.get(field.key, ()) if value.strip()]
    lines = [Line(value, tuple(told.get((field.key, number), ()))) for number, value in enumerate(filled)]
    beyond = (found for (key, number), found in told.items() if key == field.key and number >= len(filled))
    rest = tuple(finding for found in beyond for finding in found)
    if not lines or field.several:
        lines.append(Line("", rest if not lines else ()))
        lines += [Line("", ())] * (_EMPTY if field.several else 0)
    return FormField(
        key=field.key,
        label=field.labels.get(lang, field.key),
        help=field.help.get(lang, ""),
        expects=field.expects,
        widget=_widget(field),
        input=_INPUTS.get(field.expects, "text"),
        mode=_MODES.get(field.expects, ""),
        required=field.required,
        several=field.several,
        options=_options(field, codes, lang),
        lines=tuple(lines),
        spoken=next(iter(given.get(f"{field.key}.lang", ())), lang) if _speaks(field) else "",
        rule=next((rule.rpartition("#")[2] for rule in field.rules), ""),
    )


def _speaks(field: Field) -> bool:
    return field.datatype == RDF + "langString"


def _widget(field: Field) -> str:
    if field.expects == "code":
        return "choice"
    if field.expects in ("boolean", "place", "thing"):
        return field.expects
    return "area" if _speaks(field) else "text"


def _options(field: Field, codes: Codes, lang: str) -> tuple[tuple[str, str], ...]:
    """The entries of the code list by name."""
    if field.expects != "code":
        return ()
    found = [(iri, labels.get(lang) or labels.get("fr") or notation) for iri, labels, notation in codes(field.scheme)]
    return tuple(sorted(found, key=lambda entry: sort_key(entry[1])))
