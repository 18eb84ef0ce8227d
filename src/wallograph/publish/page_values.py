"""Values and who states them.

In: the statements on a thing, in their graphs. Out: fields whose values carry their sources, and dated
values by year. Values that disagree stand side by side: nothing is chosen here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from wallograph.publish.labels import Named
from wallograph.publish.page_graph import PageGraph, Term
from wallograph.publish.page_sources import SourceRef
from wallograph.vocab import (
    CLIENTS_ABROAD,
    END_DATE,
    ENTERPRISE_NUMBER,
    FOUNDING_DATE,
    ROR_ID,
    START_DATE,
    VAT_ID,
)

_SINGLE: Final = frozenset({
    FOUNDING_DATE, START_DATE, END_DATE, CLIENTS_ABROAD, ENTERPRISE_NUMBER, VAT_ID, ROR_ID,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stated:
    """A value with its sources. `form` is iri, boolean, number, year or text; `term` is as N-Quads writes it."""

    value: Named
    form: str
    sources: tuple[SourceRef, ...]
    year: str = ""
    predicate: str = ""
    term: str = ""

    @property
    def read(self) -> bool:
        """No page states it: wallograph read or derived it."""
        return all(source.role in ("read", "derived") for source in self.sources)


@dataclass(frozen=True, slots=True)
class Field:
    """A property of a thing: a message key, its values, and whether they cannot all be right."""

    key: str
    values: tuple[Stated, ...]
    conflict: bool = False


@dataclass(frozen=True, slots=True)
class DatedRow:
    """The values of one year."""

    year: str
    values: tuple[Stated, ...]
    conflict: bool


@dataclass(frozen=True, slots=True)
class DatedTable:
    """A property whose values belong to years."""

    key: str
    rows: tuple[DatedRow, ...]

    @property
    def conflict(self) -> bool:
        return any(row.conflict for row in self.rows)


def form_of(term: Term) -> str:
    """How a value is written for people."""
    if isinstance(term, NamedNode):
        return "iri"
    if not isinstance(term, Literal):
        return "text"
    kind = term.datatype.value.rsplit("#", 1)[-1]
    return {"boolean": "boolean", "integer": "number", "decimal": "number", "gYear": "year"}.get(kind, "text")


def as_named(graph: PageGraph, term: Term, lang: str) -> Named:
    """A term as a page shows it."""
    if isinstance(term, NamedNode):
        return graph.named(term.value, lang)
    if not isinstance(term, Literal):  # a blank node of other people's data
        return Named("", str(term))
    tag = term.language or ""
    return Named("", term.value, tag, fallback=bool(tag) and tag != lang)


def sources_of(graph: PageGraph, graphs: Iterable[str]) -> tuple[SourceRef, ...]:
    """The sources of several graphs, those that state before those that only read."""
    return tuple(sorted((graph.source(iri) for iri in set(graphs)), key=lambda source: source.rank))


class Statements:
    """The statements on one thing, by property."""

    def __init__(self, graph: PageGraph, quads: Iterable[Quad], lang: str) -> None:
        self.graph, self.lang = graph, lang
        self._by: dict[str, dict[Term, list[str]]] = {}
        for quad in quads:
            graphs = self._by.setdefault(quad.predicate.value, {}).setdefault(quad.object, [])
            graphs.append(quad.graph_name.value)

    def __contains__(self, predicate: str) -> bool:
        return self.graph.own(predicate) in self._by

    def texts(self, predicate: str) -> list[str]:
        return sorted(term.value for term in self._by.get(self.graph.own(predicate), {}))

    def values(self, predicate: str) -> tuple[Stated, ...]:
        """The values of a property; those that more sources state come first."""
        found = self._by.get(self.graph.own(predicate), {})
        values = [
            Stated(
                as_named(self.graph, term, self.lang), form_of(term), sources_of(self.graph, graphs),
                predicate=self.graph.own(predicate), term=str(term),
            )
            for term, graphs in found.items()
        ]  # fmt: skip
        return tuple(sorted(values, key=lambda v: (v.read, -len(v.sources), v.value.text)))

    def field(self, key: str, predicate: str) -> Field:
        values = self.values(predicate)
        return Field(key, values, conflict=predicate in _SINGLE and len(values) > 1)


def dated_tables(graph: PageGraph, iri: str, keys: dict[str, str], lang: str) -> tuple[DatedTable, ...]:
    """The dated values of a thing, by property and year (latest first); `keys` gives predicate -> message key."""
    found: dict[str, dict[str, dict[Term, set[str]]]] = {}
    for row in graph.rows("dated_values", this=iri):
        year = row["year"].value if row.get("year") else ""
        values = found.setdefault(row["predicate"].value, {}).setdefault(year, {})
        values.setdefault(row["value"], set()).add(row["graph"].value)
    tables = []
    for predicate, key in keys.items():
        years = found.get(graph.own(predicate), {})
        own = graph.own(predicate)
        rows = [_dated_row(graph, own, year, years[year], lang) for year in sorted(years, reverse=True)]
        if rows:
            tables.append(DatedTable(key, tuple(rows)))
    return tuple(tables)


def _dated_row(
    graph: PageGraph, predicate: str, year: str, values: dict[Term, set[str]], lang: str
) -> DatedRow:
    stated = [
        Stated(as_named(graph, term, lang), form_of(term), sources_of(graph, graphs), year, predicate, str(term))
        for term, graphs in sorted(values.items(), key=lambda pair: pair[0].value)
    ]
    return DatedRow(year, tuple(stated), conflict=bool(year) and len(stated) > 1)


def literal_number(term: Term) -> float | None:
    """The number of a literal, None if it is none."""
    try:
        return float(term.value) if isinstance(term, Literal) else None
    except ValueError:
        return None
