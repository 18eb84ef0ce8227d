"""The page of the rules: what is required of which kind of thing, why, and how it looks right and wrong.

In: the triples of the shapes, the forms, the labels of the terms and the texts of the examples, all as plain
values. Out: sections of fields of rules, in the visitor's language. No release is needed.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Triple

from wallograph.iris import rebase_iri
from wallograph.model import Form
from wallograph.publish.rule_examples import Line, right_lines, short, wrong_lines
from wallograph.publish.rule_shapes import ShapeReader, prefixes_of, technical, why
from wallograph.vocab import RELATIONS, SH, TYPE, WG

# Which shapes stand together: people look for a kind of thing, not for a target of SHACL.
SECTIONS: Final = {
    "thing": ("Thing",),
    "actor": ("Actor", "ActorIri", "Identifiers"),
    "project": ("Project", "Period", "ProjectIri", "EventIri"),
    "relation": (
        "Relation", "TripleHasRelation", "Membership", "RelationIri", "Part", "Subsidiary", "Successor", "SpinOff",
    ),
    "value": ("Staff", "ValueHasDate", "DatedValue", "DatedValueIri"),
    "place": ("Place", "PlaceIri", "Located"),
    "figure": ("Figure", "FigureIri"),
    "source": ("Source", "SourceIri"),
    "code": ("Concept", "Scheme", "ConceptIri"),
    "other": (),
}  # fmt: skip
_MOST_BRIEF: Final = 2


@dataclass(frozen=True, slots=True)
class RuleView:
    """One rule. `why` is the message of the reason; `technical` what SHACL says, (term, value)."""

    anchor: str
    iri: str
    name: str
    description: str
    message: str
    severity: str
    per_source: bool
    why: str
    technical: tuple[tuple[str, str], ...]
    query: str
    wrong: tuple[Line, ...]
    right: tuple[Line, ...]

    @property
    def brief_wrong(self) -> tuple[str, ...]:
        """The wrong lines themselves, when they are few enough to stand in the open."""
        return _brief(self.wrong)

    @property
    def brief_right(self) -> tuple[str, ...]:
        """The right lines themselves."""
        return _brief(self.right)


def _brief(lines: tuple[Line, ...]) -> tuple[str, ...]:
    told = tuple(line.text.strip(" ;.") for line in lines if line.marked)
    return told if len(told) <= _MOST_BRIEF else ()


@dataclass(frozen=True, slots=True)
class FieldRules:
    """The rules on one property of a kind of thing, or (without a property) on the thing as a whole."""

    anchor: str
    label: str
    term: str
    href: str | None
    rules: tuple[RuleView, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """The rules on one kind of thing."""

    key: str
    fields: tuple[FieldRules, ...]

    @property
    def total(self) -> int:
        return sum(len(field.rules) for field in self.fields)


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One line of "what can be given": a field of a form, and the anchor of its first rule."""

    key: str
    label: str
    anchor: str
    need: str
    several: bool
    expects: str
    scheme: str
    help: str


@dataclass(frozen=True, slots=True)
class FormLines:
    """What can be given of one kind of thing; relations apart."""

    concept: str
    label: str
    fields: tuple[FieldLine, ...]
    relations: tuple[FieldLine, ...]


@dataclass(frozen=True, slots=True)
class RulesPage:
    """All that /rules shows."""

    sections: tuple[Section, ...]
    forms: tuple[FormLines, ...]
    total: int


def rules_view(
    triples: Iterable[Triple],
    forms: Iterable[Form],
    labels: Mapping[str, Mapping[str, str]],
    wrong: Mapping[str, str],
    right: tuple[str, ...],
    base: str,
    lang: str,
) -> RulesPage:
    """The page. `wrong` has the text of the invalid example by name of the rule, `right` those of the valid ones."""
    reader = ShapeReader(triples)
    weaker = {
        o.value for said in reader.about.values() for o in said.get(rebase_iri(WG + "overrides", base), [])
    }
    sections = []
    placed: set[str] = set()
    named = {shape.rpartition("#")[2]: shape for shape, said in reader.about.items() if said.get(TYPE)}
    known = {name for names in SECTIONS.values() for name in names}
    for key, names in SECTIONS.items():
        holders = [named[name] for name in names if name in named]
        if key == "other":
            holders = [s for n, s in named.items() if n not in known and reader.values(s, "property")]
        shapes = [s for holder in holders for s in _held(reader, holder) if s not in placed]
        placed.update(shapes)
        fields = _fields(reader, shapes, labels, wrong, right, weaker, base, lang)
        if fields:
            sections.append(Section(key, fields))
    return RulesPage(
        tuple(sections),
        tuple(_form(form, lang) for form in forms),
        sum(section.total for section in sections),
    )


def _held(reader: ShapeReader, holder: str) -> Iterator[str]:
    """A node shape that is a rule itself, and the rules it holds."""
    if reader.about[holder].get(SH + "message"):
        yield holder
    yield from reader.values(holder, "property")


def _fields(
    reader: ShapeReader,
    shapes: list[str],
    labels: Mapping[str, Mapping[str, str]],
    wrong: Mapping[str, str],
    right: tuple[str, ...],
    weaker: set[str],
    base: str,
    lang: str,
) -> tuple[FieldRules, ...]:
    """The rules by property, in the order of the shapes; what is about the whole thing comes last."""
    by_path: dict[str, list[str]] = defaultdict(list)
    for shape in shapes:
        by_path[next(iter(reader.values(shape, "path")), "")].append(shape)
    whole = by_path.pop("", [])
    found = []
    for path, held in (*by_path.items(), ("", whole)):
        if not held:
            continue
        rules = tuple(_rule(reader, shape, path, wrong, right, weaker, base, lang) for shape in held)
        label = labels.get(path, {})
        found.append(
            FieldRules(
                anchor=f"on-{rules[0].anchor}",
                label=label.get(lang) or label.get("fr", "") if path else "",
                term=short(path, prefixes_of(base)) if path else "",
                href=_link(path, base) if path else None,
                rules=rules,
            )
        )
    return tuple(found)


def _rule(
    reader: ShapeReader,
    shape: str,
    path: str,
    wrong: Mapping[str, str],
    right: tuple[str, ...],
    weaker: set[str],
    base: str,
    lang: str,
) -> RuleView:
    anchor = shape.rpartition("#")[2]
    severity = next(iter(reader.values(shape, "severity")), SH + "Violation").rpartition("#")[2].lower()
    query = next((q for s in reader.values(shape, "sparql") for q in reader.values(s, "select")), "")
    judged = reader.about[shape].get(rebase_iri(WG + "judgedPer", base), [])
    telling = (path,) if path else tuple(reader.values(shape, "targetSubjectsOf")) or tuple(RELATIONS.values())
    return RuleView(
        anchor=anchor,
        iri=shape,
        name=reader.text(shape, "name", lang),
        description=reader.text(shape, "description", lang),
        message=reader.text(shape, "message", lang),
        severity=severity,
        per_source=bool(judged),
        why=f"rules-why-{why(reader, shape, anchor, bool(judged), shape in weaker)}",
        technical=technical(reader, shape, base),
        query=query.strip(),
        wrong=wrong_lines(wrong.get(anchor, ""), telling) if anchor in wrong else (),
        right=right_lines(right, path, reader.classes(shape)) if path else (),
    )


def _link(iri: str, base: str) -> str | None:
    """Own terms are linked to their page; those of others by their IRI."""
    return iri[len(base) :] if iri.startswith(f"{base}/") else iri


def _form(form: Form, lang: str) -> FormLines:
    lines = [
        (
            bool(field.relation),
            FieldLine(
                key=field.key,
                label=field.labels.get(lang, ""),
                anchor=next((rule.rpartition("#")[2] for rule in field.rules), ""),
                need="required" if field.required else "optional",
                several=field.several,
                expects=field.expects,
                scheme=field.scheme.rpartition("/")[2],
                help=field.help.get(lang, ""),
            ),
        )
        for field in form.fields
    ]
    return FormLines(
        form.concept,
        form.labels.get(lang, ""),
        tuple(line for related, line in lines if not related),
        tuple(line for related, line in lines if related),
    )
