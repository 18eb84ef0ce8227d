"""What may be said of each kind of thing, as fields: for forms on the page, for templates and headers of tables.

In: the shapes and the labels of the vocabulary. Out: one `Form` per kind (actor, project, event, place).

A property shape with `sh:order` is a field: the order is that of the form, the description its help. Shapes of the
same property without an order only add rules; what wallograph chooses or derives itself (display label,
municipality, province) has none and is no field. Relations are fields too: `part-of` for "this thing is part of …",
`part-of-inverse` for "… is part of this thing"; which kinds may stand at which end is asked of the rules themselves.
`stated-for` is the year for which the dated values (status, staff, budget) and the relations of the same form hold.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from pyoxigraph import Literal as RdfLiteral
from pyoxigraph import NamedNode, RdfFormat, parse

from wallograph.iris import rebase, rebase_iri
from wallograph.model import Field, Form, Severity
from wallograph.resources import ontology_dir
from wallograph.validate.form_ends import Ends, relation_ends
from wallograph.validate.shapes import SHAPES_NS, Shapes
from wallograph.vocab import (
    CONCEPT,
    DEFAULT_BASE,
    EMPLOYEES,
    EVENT,
    LABEL,
    LOCATION,
    NAME,
    ORGANIZATION,
    PREF_LABEL,
    PROJECT,
    RDFS,
    RELATIONS,
    SCHEMA,
    SH,
    SKOS,
    STATED_FOR,
    SYMMETRIC,
    VAT_ID,
    WG,
    XSD,
)

Expects = Literal["text", "link", "integer", "decimal", "year", "date", "boolean", "code", "place", "thing"]
Texts = dict[str, str]

KINDS: Final = (("actor", ORGANIZATION), ("project", PROJECT), ("event", EVENT), ("place", LOCATION))

_DATATYPES: Final[dict[str, Expects]] = {
    XSD + "gYear": "year", XSD + "integer": "integer", XSD + "decimal": "decimal",
    XSD + "boolean": "boolean", XSD + "date": "date",
}  # fmt: skip
_TARGETS_OF_PROPERTY: Final = (SH + "targetSubjectsOf", SH + "targetObjectsOf")
_OF_RELATIONS: Final = ("TripleHasRelation", "RelationSubjectClass", "RelationObjectClass", "RelationNotItself")
# The property's own label speaks of sources ("name as stated"); the rule's name is what a form asks for.
_NAMED_BY_RULE: Final = frozenset({NAME, LABEL})
# schema.org has these for organisations; its terms are not described in our vocabulary.
_DOMAINS: Final = {VAT_ID: {ORGANIZATION}, EMPLOYEES: {ORGANIZATION}}


@dataclass(frozen=True, slots=True)
class Words:
    """What the vocabulary says of terms, by IRI: labels, labels of the other direction, definitions, domains."""

    labels: dict[str, Texts]
    inverse: dict[str, Texts]
    definitions: dict[str, Texts]
    domains: dict[str, set[str]]

    def label(self, iri: str) -> Texts:
        return self.labels.get(iri, {})


@dataclass(frozen=True, slots=True)
class _Said:
    """The shapes by subject: predicate -> objects, and which node shapes hold a property shape."""

    about: dict[str, dict[str, list[str]]]
    holders: dict[str, set[str]]

    def all(self, shape: str, name: str) -> list[str]:
        return self.about.get(shape, {}).get(SH + name, [])

    def one(self, shape: str, name: str) -> str:
        return next(iter(self.all(shape, name)), "")


def forms_of(shapes: Shapes, folder: Path | None = None) -> tuple[Form, ...]:
    """The forms of the shapes, in the words of the vocabulary in `folder` (the shipped one by default)."""
    base = _base(shapes)
    words = read_words(base, folder)
    said = _said(shapes)
    ends = relation_ends(shapes, base)
    return tuple(
        Form(
            concept,
            class_iri,
            words.label(class_iri),
            (*_fields(shapes, said, words, class_iri, base), *_relations(shapes, said, words, ends, class_iri, base)),
        )
        for concept, class_iri in KINDS
    )


def read_words(base: str, folder: Path | None = None) -> Words:
    """Labels, definitions and domains of the terms, read from the ontology's files."""
    root = folder or ontology_dir()
    words = Words(defaultdict(dict), defaultdict(dict), defaultdict(dict), defaultdict(set))
    texts = {
        LABEL: words.labels, PREF_LABEL: words.labels, SKOS + "definition": words.definitions,
        rebase_iri(WG + "inverseLabel", base): words.inverse,
    }  # fmt: skip
    domains = (RDFS + "domain", SCHEMA + "domainIncludes")
    for name in ("wallograph.ttl", "labels.ttl", "codes/relation-kind.ttl"):
        text = rebase((root / name).read_text(encoding="utf-8"), base)
        for subject, predicate, value, _ in parse(text.encode(), format=RdfFormat.TURTLE):
            if not isinstance(subject, NamedNode):
                continue
            if isinstance(value, RdfLiteral) and predicate.value in texts:
                texts[predicate.value][subject.value].setdefault(value.language or "", value.value)
            elif isinstance(value, NamedNode) and predicate.value in domains:
                words.domains[subject.value].add(value.value)
    return words


def _base(shapes: Shapes) -> str:
    """The base on which the shapes stand, as their own IRIs tell it."""
    tail = SHAPES_NS.removeprefix(DEFAULT_BASE)
    return next((iri.removesuffix(iri[iri.index(tail) :]) for iri in shapes.rules if tail in iri), DEFAULT_BASE)


def _said(shapes: Shapes) -> _Said:
    about: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    holders: dict[str, set[str]] = defaultdict(set)
    for subject, predicate, value in shapes.triples:
        about[subject.value][predicate.value].append(value.value)
        if predicate.value == SH + "property":
            holders[value.value].add(subject.value)
    return _Said(about, holders)


def _fields(shapes: Shapes, said: _Said, words: Words, class_iri: str, base: str) -> Iterator[Field]:
    """One field per property that has an ordered shape for things of this class."""
    ordered = []
    for shape in shapes.rules:
        order = said.one(shape, "order")
        path = said.one(shape, "path")
        if order and _speaks_of(said, words, shape, path, class_iri, base):
            ordered.append((int(order), shape, path))
    for _, shape, path in sorted(ordered):
        same = [s for s in _about_path(shapes, said, path, class_iri) if said.one(s, "path") == path]
        rule = shapes.rule(shape)
        expects, scheme = _expects(said, same, base)
        yield Field(
            key=_kebab(path),
            path=path,
            labels=rule.names if path in _NAMED_BY_RULE else words.label(path) or rule.names,
            help=rule.descriptions,
            expects=expects,
            datatype=next((d for s in same for d in said.all(s, "datatype")), ""),
            scheme=scheme,
            required=any(
                int(n) > 0 and shapes.rule(s).severity is Severity.VIOLATION
                for s in same if _of_class(said, s, class_iri) for n in said.all(s, "minCount")
            ),
            several=not any(
                int(n) == 1 and shapes.rule(s).severity is Severity.VIOLATION
                for s in same for n in said.all(s, "maxCount")
            ),
            pattern="" if expects in {"code", "place"} else said.one(shape, "pattern"),
            rules=tuple(_about_path(shapes, said, path, class_iri)),
        )  # fmt: skip


def _speaks_of(said: _Said, words: Words, shape: str, path: str, class_iri: str, base: str) -> bool:
    """Whether a property shape is for things of this class: by target, or by the domain of its property."""
    if path == rebase_iri(STATED_FOR, base):
        return class_iri != LOCATION
    if _of_class(said, shape, class_iri):
        return True
    for holder in said.holders.get(shape, ()):
        if path in said.all(holder, "targetSubjectsOf"):
            return class_iri in (words.domains.get(path) or _DOMAINS.get(path, set()))
    return False


def _of_class(said: _Said, shape: str, class_iri: str) -> bool:
    """Whether a shape is for all things of a class, not only for those that have some property."""
    return any(class_iri in said.all(holder, "targetClass") for holder in said.holders.get(shape, ()))


def _about_path(shapes: Shapes, said: _Said, path: str, class_iri: str) -> list[str]:
    """The rules that speak about a property of things of this class, in the order of the files."""
    found = []
    for shape, rule in shapes.rules.items():
        if not rule.messages:
            continue
        if rule.path == path:
            classes = {c for holder in said.holders.get(shape, ()) for c in said.all(holder, "targetClass")}
            if not classes or class_iri in classes or path.endswith("#statedFor"):
                found.append(shape)
        elif any(path in said.about[shape].get(target, ()) for target in _TARGETS_OF_PROPERTY):
            found.append(shape)
    return found


def _expects(said: _Said, same: list[str], base: str) -> tuple[Expects, str]:
    """What a value looks like, and the code list of a code."""
    for shape in same:
        if CONCEPT in said.all(shape, "class"):
            scheme = re.match(r"/auth/([a-z-]+)/", said.one(shape, "pattern"))
            return "code", f"{base}/auth/{scheme[1]}" if scheme else ""
        if LOCATION in said.all(shape, "class"):
            return "place", ""
        for datatype in said.all(shape, "datatype"):
            return _DATATYPES.get(datatype, "text"), ""
        if SH + "IRI" in said.all(shape, "nodeKind"):
            return "link", ""
    return "text", ""


def _relations(
    shapes: Shapes, said: _Said, words: Words, ends: Ends, class_iri: str, base: str
) -> Iterator[Field]:
    """The relations that a thing of this class may have: first as their subject, then as their object."""
    if class_iri == LOCATION:
        return
    general = [f"{base}/ns/shapes#{name}" for name in _OF_RELATIONS]
    for inverse in (False, True):
        for code, predicate in RELATIONS.items():
            path = rebase_iri(predicate, base)
            possible = ends.objects if inverse else ends.subjects
            if class_iri not in possible[path] or (inverse and code in SYMMETRIC):
                continue
            kind = f"{base}/auth/relation-kind/{code}"
            labels = words.inverse.get(kind, {}) if inverse else words.label(path)
            about = [s for s in _about_path(shapes, said, path, class_iri) if s not in general]
            yield Field(
                key=f"{code}-inverse" if inverse else code,
                path=path,
                labels={lang: text[:1].upper() + text[1:] for lang, text in labels.items()},
                help=words.definitions.get(kind, {}),
                expects="thing",
                relation=code,
                inverse=inverse,
                rules=tuple(rule for rule in (*about, *general) if rule in shapes.rules),
            )


def _kebab(iri: str) -> str:
    """The plain key of a property: its local name in lower case with hyphens.

    >>> _kebab("http://schema.org/foundingDate")
    'founding-date'
    >>> _kebab("http://schema.org/vatID")
    'vat-id'
    """
    local = re.split(r"[/#]", iri)[-1]
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", local).lower()
