"""A form that somebody filled in, as proposed statements; and a proposal as a filled-in form again.

In: the lines of a form with their evidence, what is said of the thing now, what is known. Out: `Change` values, and the
findings of what could not be understood, by field and line.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any, Final, Protocol

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse

from wallograph import vocab
from wallograph.curation.model import Change, Evidence, Kind
from wallograph.intake.form import LANGUAGE, LONGEST, fill_in
from wallograph.intake.read import read_submission
from wallograph.iris import digest, rebase_iri
from wallograph.model import Field, Finding, Form
from wallograph.pipeline.known import Known

CSV: Final = "text/csv"
MOST_LINES: Final = 20  # of one field
STATED_FOR: Final = "stated-for"  # a field of /validate; here each line has a year of its own
_DATED: Final = frozenset({vocab.EMPLOYEES, vocab.RESEARCHERS, vocab.STATUS, vocab.BUDGET})
_HIDDEN: Final = ("provenance", "shapes", "judgements", "catalogue", "vocabulary", "code-lists")
_NOT_PROPOSED: Final = frozenset({vocab.TYPE, vocab.LABEL})
_OF_TABLES: Final = frozenset({"values-normalised"})  # what is said of a column, not of one line
_KEPT_AS_TEXT: Final = frozenset({"integer", "decimal", "year", "date", "boolean"})
_STATEMENT: Final = frozenset({vocab.ST_SUBJECT, vocab.ST_PREDICATE, vocab.ST_OBJECT})


LineId = tuple[str, int]


class Reader(Protocol):
    """What is asked of a store."""

    def quads(self, subject: Any, predicate: Any, object: Any, graph: Any, /) -> list[Quad]: ...


@dataclass(frozen=True, slots=True)
class Line:
    """One value that was filled in. `evidence` is None when it is that of the whole form."""

    key: str
    text: str
    lang: str = ""
    year: str = ""
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as it was filled in. `thing` is "" for a new one; `drops` are tokens of statements that are not right."""

    kind: Kind
    concept: str
    thing: str = ""
    lines: tuple[Line, ...] = ()
    drops: frozenset[str] = frozenset()
    evidence: Evidence = field(default_factory=Evidence)


@dataclass(frozen=True, slots=True)
class Said:
    """One statement that stands now, in all sources that make it. `object` is written as in N-Quads."""

    subject: str
    predicate: str
    object: str
    graphs: tuple[str, ...]

    @property
    def token(self) -> str:
        """What names it in a form."""
        return digest(self.subject, self.predicate, self.object, length=20)


@dataclass(frozen=True, slots=True)
class Understood:
    """What a form came to. A line is named by (key, number); `unread` are those that gave no statement at all."""

    changes: tuple[Change, ...]
    findings: tuple[tuple[LineId, Finding], ...]
    unread: frozenset[LineId] = frozenset()
    lines: dict[int, LineId] = field(default_factory=dict)  # by the number of the statement
    missing: tuple[str, ...] = ()  # tokens of statements that nobody makes any more


def said_of(reader: Reader, iri: str, base: str) -> list[Said]:
    """What sources and readings say of a thing, and its links from others; not what follows from it by itself."""
    node = NamedNode(iri)
    relations = [NamedNode(rebase_iri(name, base)) for name in vocab.RELATIONS.values()]
    found = list(reader.quads(node, None, None, None))
    for relation in relations:
        found += reader.quads(None, relation, node, None)
    return _gathered(found, base)


def is_source(graph: str, base: str) -> bool:
    """Whether statements of a graph can be called wrong: not what is derived, and not our own lists."""
    key = graph.removeprefix(f"{base}/id/source/")
    return key != graph and not key.startswith("derived-") and key not in _HIDDEN


def _gathered(quads: Iterable[Quad], base: str) -> list[Said]:
    graphs: dict[tuple[str, str, str], set[str]] = {}
    for quad in quads:
        if isinstance(quad.graph_name, DefaultGraph) or quad.predicate.value in _NOT_PROPOSED:
            continue
        if not isinstance(quad.subject, NamedNode) or not is_source(quad.graph_name.value, base):
            continue
        key = (quad.subject.value, quad.predicate.value, str(quad.object))
        graphs.setdefault(key, set()).add(quad.graph_name.value)
    return [Said(*key, tuple(sorted(found))) for key, found in sorted(graphs.items())]


def link_said(reader: Reader, iri: str, base: str) -> list[Said]:
    """The direct statement of a link or dated value that is a thing, in the sources that describe it."""
    found: dict[str, dict[str, Any]] = {}
    for quad in reader.quads(NamedNode(iri), None, None, None):
        if not isinstance(quad.graph_name, DefaultGraph):
            found.setdefault(quad.graph_name.value, {})[quad.predicate.value] = quad.object
    direct = []
    for graph, about in found.items():
        ends = [about.get(name) for name in (vocab.ST_SUBJECT, vocab.ST_PREDICATE, vocab.ST_OBJECT)]
        if all(ends):
            direct += reader.quads(ends[0], ends[1], ends[2], NamedNode(graph))
    return _gathered(direct, base)


def understand(form: Form, filled: Filled, said: Sequence[Said], known: Known, lang: str, subject: str) -> Understood:
    """The statements of a form; `subject` is the IRI of the thing, provisional for a new one."""
    numbers = count(1)
    changes = [change for one in said if one.token in filled.drops for change in retractions(one, filled, numbers)]
    found: list[tuple[LineId, Finding]] = []
    unread: set[LineId] = set()
    lines: dict[int, LineId] = {}
    seen: set[tuple[str, str, str]] = set()
    for ident, line in _numbered(filled.lines):
        asked = next((one for one in form.fields if one.key == line.key), None)
        if asked is None or line.key == STATED_FOR:
            continue
        statements, told = read_line(form, asked, line, known, lang, subject)
        found += [(ident, finding) for finding in told]
        if not statements:
            unread.add(ident)
        for statement in statements:
            if statement not in seen:
                seen.add(statement)
                evidence = line.evidence or filled.evidence
                year = line.year if is_dated(asked, known.base) else ""
                changes.append(Change(next(numbers), "add", *statement, evidence=evidence, year=year))
                lines[changes[-1].number] = ident
    missing = filled.drops - {one.token for one in said}
    return Understood(tuple(changes), tuple(found), frozenset(unread), lines, tuple(sorted(missing)))


def retractions(said: Said, filled: Filled, numbers: Iterator[int]) -> Iterator[Change]:
    """A statement is taken back in each source that makes it."""
    for graph in said.graphs:
        yield Change(
            next(numbers), "retract", said.subject, said.predicate, said.object, graph, evidence=filled.evidence
        )


def _numbered(lines: Iterable[Line]) -> Iterator[tuple[LineId, Line]]:
    """The lines that say something, with their number among those of their field."""
    counted: dict[str, int] = {}
    for line in lines:
        if line.text.strip():
            number = counted.get(line.key, 0)
            counted[line.key] = number + 1
            if number < MOST_LINES:
                yield (line.key, number), line


def is_dated(asked: Field, base: str) -> bool:
    """Whether the values of a field hold for a year."""
    return bool(asked.relation) or any(asked.path == rebase_iri(name, base) for name in _DATED)


def read_line(
    form: Form, asked: Field, line: Line, known: Known, lang: str, subject: str
) -> tuple[list[tuple[str, str, str]], list[Finding]]:
    """The statements (subject, predicate, object) of one line, read as a table of one row is; and what is wrong."""
    name = next((one.key for one in form.fields if one.required), "name")
    values: dict[str, list[str]] = {name: ["x"], asked.key: [line.text[:LONGEST]]}
    values[asked.key + LANGUAGE] = [line.lang or lang]
    filled = fill_in(form, values, lang, "form.csv")
    read = read_submission(
        "form.csv", filled.content, CSV, known.forms, known, mapping=filled.mapping, encoding="utf-8", delimiter=";",
        base=known.base,
    )  # fmt: skip
    made = {q.subject for q in read.quads if q.predicate.value == vocab.TYPE and q.object.value == form.class_iri}
    aside = {q.subject for q in read.quads if q.predicate.value in _STATEMENT}
    statements = []
    for quad in read.quads:
        if quad.subject in aside or quad.predicate.value in _NOT_PROPOSED or not {quad.subject, quad.object} & made:
            continue
        if quad.predicate.value == vocab.NAME and asked.key != name:
            continue
        own = subject if quad.subject in made else quad.subject.value
        value = f"<{subject}>" if quad.object in made else str(quad.object)
        statements.append((own, quad.predicate.value, value))
    told = [finding for finding in read.findings if finding.code not in _OF_TABLES]
    if told and not statements and asked.expects in _KEPT_AS_TEXT:
        statements.append((subject, asked.path, str(Literal(line.text.strip()[:LONGEST]))))  # saved, to be mended
    return statements, told


def filled_of(changes: Collection[Change], kind: Kind, concept: str, thing: str, form: Form) -> Filled:
    """The form again that gives these statements; what has no field of this form is left out."""
    main = _usual(changes)
    lines = []
    drops = set()
    for change in sorted(changes, key=lambda one: one.number):
        if change.op == "retract":
            drops.add(Said(change.subject, change.predicate, change.object, ()).token)
            continue
        found = _field_of(change, thing, form)
        if found is not None:
            text, lang = plain_value(change.subject if found.inverse else change.object)
            evidence = None if change.evidence == main else change.evidence
            lines.append(Line(found.key, text, lang, change.year, evidence))
    return Filled(kind, concept, thing, tuple(lines), frozenset(drops), main)


def _usual(changes: Collection[Change]) -> Evidence:
    """The evidence that most statements have."""
    counted: dict[Evidence, int] = {}
    for change in changes:
        counted[change.evidence] = counted.get(change.evidence, 0) + 1
    return max(counted, key=lambda one: counted[one], default=Evidence())


def _field_of(change: Change, thing: str, form: Form) -> Field | None:
    inverse = change.subject != thing
    fields = (one for one in form.fields if one.path == change.predicate and one.inverse == inverse)
    return next(fields, None)


def plain_value(term: str) -> tuple[str, str]:
    """The text of a term and its language, as a form has them.

    >>> plain_value('"Une firme"@fr'), plain_value("<https://a.example/>"), plain_value("https://a.example/")
    (('Une firme', 'fr'), ('https://a.example/', ''), ('https://a.example/', ''))
    """
    read = term_of(term)
    if isinstance(read, Literal):
        return read.value, read.language or ""
    return read.value if read is not None else term, ""


def term_of(text: str) -> NamedNode | Literal | None:
    """A term as N-Quads writes it, a bare IRI among them; None when it is none."""
    text = text.strip()
    if not text.startswith(('"', "<")):
        text = f"<{text}>"
    try:
        found = list(parse(f"<urn:s> <urn:p> {text} .\n".encode(), RdfFormat.N_QUADS))
    except (SyntaxError, ValueError):
        return None
    if len(found) != 1 or not isinstance(found[0].graph_name, DefaultGraph):
        return None
    term = found[0].object
    return term if isinstance(term, NamedNode | Literal) else None


def renumbered(changes: Iterable[Change]) -> tuple[Change, ...]:
    """The same, numbered from 1 in this order."""
    return tuple(replace(change, number=number) for number, change in enumerate(changes, 1))
