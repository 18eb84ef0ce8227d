"""A proposal as its pages show it: the form to fill in beside what is said now, and statements in words.

In: a form page, the lines with their evidence, what sources say now, proposed changes. Out: values with names in the
visitor's language. What a statement is made of comes as plain values (`Statement`), so that any layer can ask.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from wallograph.publish.labels import Named, choose, sort_key
from wallograph.publish.page_checked import FindingView
from wallograph.publish.page_form import FormField, FormPage
from wallograph.publish.page_graph import PageGraph
from wallograph.publish.page_sources import SourceRef
from wallograph.publish.page_values import as_named, form_of, sources_of
from wallograph.vocab import ST_OBJECT, ST_PREDICATE, ST_SUBJECT, STATED_FOR

Texts = Mapping[str, Mapping[str, str]]
BLANKS: Final = 1  # empty lines that are shown for a field of several values, behind a click


class Statement(Protocol):
    """A statement; `object` is written as in N-Quads."""

    @property
    def subject(self) -> str: ...
    @property
    def predicate(self) -> str: ...
    @property
    def object(self) -> str: ...


class Stands(Statement, Protocol):
    """One that sources make now. `token` names it in a form."""

    @property
    def graphs(self) -> tuple[str, ...]: ...
    @property
    def token(self) -> str: ...


@dataclass(frozen=True, slots=True)
class LineView:
    """One value that is filled in. `options` are things to choose from; `by` is "" for the usual evidence."""

    value: str = ""
    lang: str = ""
    year: str = ""
    by: str = ""
    page: str = ""
    options: tuple[tuple[str, str], ...] = ()
    findings: tuple[FindingView, ...] = ()

    @property
    def wrong(self) -> bool:
        return any(found.severity == "violation" for found in self.findings)

    @property
    def special(self) -> bool:
        """Whether something beside the value is said."""
        return bool(self.by or self.year)


@dataclass(frozen=True, slots=True)
class StandsView:
    """A value that is said now; `dropped` when it was ticked as no longer right."""

    token: str
    value: Named
    form: str
    years: tuple[str, ...]
    sources: tuple[SourceRef, ...]
    dropped: bool


@dataclass(frozen=True, slots=True)
class ProposedField:
    """A field with what is said now and what is proposed. `dated`: its values hold for a year."""

    field: FormField
    dated: bool
    lines: tuple[LineView, ...]
    stands: tuple[StandsView, ...]

    @property
    def wrong(self) -> bool:
        return any(line.wrong for line in self.lines)

    @property
    def touched(self) -> bool:
        return any(line.value or line.findings for line in self.lines) or any(one.dropped for one in self.stands)


@dataclass(frozen=True, slots=True)
class ProposalForm:
    """A whole form. `others` are statements that have no field; `loose` are findings of no field."""

    kind: str
    label: str
    groups: tuple[tuple[str, tuple[ProposedField, ...]], ...]
    others: tuple[tuple[Named, StandsView], ...]
    loose: tuple[FindingView, ...]

    @property
    def wrong(self) -> tuple[ProposedField, ...]:
        """The fields with an error, in order."""
        return tuple(field for _, fields in self.groups for field in fields if field.wrong)


def proposal_form(
    page: FormPage, lines: Mapping[str, Sequence[LineView]], stands: Mapping[str, Sequence[StandsView]],
    dated: frozenset[str], loose: Sequence[FindingView] = (), others: Sequence[tuple[Named, StandsView]] = (),
    without: frozenset[str] = frozenset(),
) -> ProposalForm:  # fmt: skip
    """The form of a page; `lines` and `stands` are by key of field, fields of `without` are not shown."""
    groups = []
    for group, fields in page.groups:
        found = tuple(
            ProposedField(field, field.key in dated, _blanks(field, lines), tuple(stands.get(field.key, ())))
            for field in fields
            if field.key not in without
        )
        if found:
            groups.append((group, found))
    return ProposalForm(page.kind, page.label, tuple(groups), tuple(others), tuple(loose))


def _blanks(field: FormField, lines: Mapping[str, Sequence[LineView]]) -> tuple[LineView, ...]:
    found = tuple(lines.get(field.key, ()))
    if not found:
        return (LineView(), *((LineView(),) * BLANKS if field.several else ()))
    return found + ((LineView(),) * BLANKS if field.several else ())


def stands_view(graph: PageGraph, one: Stands, iri: str, dropped: bool, lang: str) -> StandsView:
    """A statement on a thing as a value with its sources; of a link from another thing, that one."""
    inverse = one.subject != iri
    term = NamedNode(one.subject) if inverse else read_term(one.object)
    value = graph.named(term.value, lang, kind=True) if isinstance(term, NamedNode) else as_named(graph, term, lang)
    years = years_of(graph, one)
    return StandsView(one.token, value, form_of(term), years, sources_of(graph, one.graphs), dropped)


def sorted_stands(views: Iterable[StandsView]) -> list[StandsView]:
    """In the order of their names."""
    return sorted(views, key=lambda view: (sort_key(view.value.text), view.years))


def years_of(graph: PageGraph, one: Statement) -> tuple[str, ...]:
    """The years that a statement is stated for: those of the links and dated values that are the same."""
    found = set()
    for quad in graph.store.quads(None, NamedNode(ST_SUBJECT), NamedNode(one.subject), None):
        about = {q.predicate.value: q.object for q in graph.store.quads(quad.subject, None, None, quad.graph_name)}
        same = str(about.get(ST_PREDICATE)) == f"<{one.predicate}>" and str(about.get(ST_OBJECT)) == one.object
        year = about.get(graph.own(STATED_FOR))
        if same and isinstance(year, Literal):
            found.add(year.value)
    return tuple(sorted(found))


@dataclass(frozen=True, slots=True)
class StatementView:
    """One proposed statement in words."""

    number: int
    op: str
    subject: Named
    predicate: Named
    value: Named
    form: str
    year: str
    source: SourceRef | None  # of what is retracted
    by: str
    page: str
    accepted: bool


class Names:
    """Names of terms: of the graph, of the vocabulary, and of things that are only proposed."""

    def __init__(
        self, graph: PageGraph, labels: Texts, lang: str, proposed: Mapping[str, str] | None = None
    ) -> None:
        self.graph, self.lang = graph, lang
        self._labels, self._proposed = labels, proposed or {}

    def thing(self, iri: str) -> Named:
        """A thing; a proposed one has the name that it is proposed with, and no address yet."""
        if iri in self._proposed:
            return Named(iri, self._proposed[iri])
        return self.graph.named(iri, self.lang, kind=True)

    def property(self, iri: str) -> Named:
        """A property by its label in the vocabulary."""
        found = choose([(text, tag) for tag, text in self._labels.get(iri, {}).items()], self.lang)
        if found is None:
            return self.graph.named(iri, self.lang)
        return Named(iri, found.text[:1].upper() + found.text[1:], found.lang, found.fallback)

    def value(self, text: str) -> tuple[Named, str]:
        """A value and how it is written."""
        term = read_term(text)
        if isinstance(term, NamedNode):
            return self.thing(term.value), "iri"
        return as_named(self.graph, term, self.lang), form_of(term)

    def statement(self, change: Mapping[str, Any], accepted: frozenset[int]) -> StatementView:
        """A proposed statement, from its plain values."""
        value, form = self.value(change["object"])
        evidence = change.get("evidence") or {}
        source = self.graph.source(change["graph"]) if change.get("graph") else None
        return StatementView(
            change["number"], change["op"], self.thing(change["subject"]), self.property(change["predicate"]), value,
            form, change.get("year", ""), source, evidence.get("kind", ""), evidence.get("page", ""),
            change["number"] in accepted,
        )  # fmt: skip


def read_term(text: str) -> Any:
    """The term that a text in N-Quads notation is; a literal of the text when it is none."""
    written = text if text.startswith(('"', "<")) else f"<{text}>"
    try:
        (triple,) = parse(f"<urn:s> <urn:p> {written} .\n".encode("utf-8", "replace"), RdfFormat.N_TRIPLES)
    except (SyntaxError, ValueError):
        return Literal(text.encode("utf-8", "replace").decode())
    return triple.object


def literal_text(text: str) -> str:
    """The plain text of a term in N-Quads notation.

    >>> literal_text('"Une firme"@fr')
    'Une firme'
    """
    return str(read_term(text).value)
