"""The page of a source, and the list of sources.

In: the graph and the IRI of a named graph. Out: which page, publisher and date it has, its role, and
what it states.
"""

from collections import Counter
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from pyoxigraph import NamedNode, Quad

from wallograph.publish.labels import Named, sort_key
from wallograph.publish.page_graph import PageGraph
from wallograph.publish.page_head import Head, Paged, head, paged
from wallograph.publish.page_sources import SourceRef
from wallograph.publish.page_values import as_named, form_of
from wallograph.vocab import TYPE

_THINGS: Final = ("/id/link/", "/id/value/")
_READ_MOST: Final = 20_000  # statements of a source that are named for sorting; larger ones are shown as they come


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One statement of a source."""

    subject: Named
    predicate: Named
    value: Named
    form: str


@dataclass(frozen=True, slots=True)
class SourcePage:
    """All that the page of a source shows."""

    head: Head
    source: SourceRef
    read_from: tuple[SourceRef, ...]
    statements: Paged[StatementRow]

    @property
    def by_subject(self) -> list[tuple[Named, list[StatementRow]]]:
        """The statements of this page of the list under what they are about."""
        grouped = groupby(self.statements.items, key=lambda row: row.subject)
        return [(subject, list(rows)) for subject, rows in grouped]


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source in the list of sources."""

    iri: str
    role: str
    publisher: str
    date: str


def source_view(graph: PageGraph, iri: str, lang: str, number: int) -> SourcePage:
    """Gather the page of a source."""
    source = graph.source(iri)
    quads = [q for q in graph.store.quads(None, None, None, NamedNode(iri)) if _for_people(graph, q)]
    if len(quads) <= _READ_MOST:
        quads.sort(
            key=lambda q: (
                sort_key(graph.named(q.subject.value, lang).text),
                q.subject.value,
                q.predicate.value,
                str(q.object),
            )
        )
    cut = paged(quads, number)
    top = head(graph, iri, lang, "type-source", (("nav-sources", "/sources"),))
    name = source.label or source.publisher
    return SourcePage(
        head=replace(top, name=Named(iri, name)) if name else top,
        source=source,
        read_from=tuple(graph.source(origin) for origin in source.read_from),
        statements=Paged([_row(graph, q, lang) for q in cut.items], cut.total, cut.number, cut.pages),
    )


def _for_people(graph: PageGraph, quad: Quad) -> bool:
    """The direct triples say all that relations and values as things say: those are left out, and bare classes."""
    subject = quad.subject.value
    return not any(subject.startswith(graph.base + part) for part in _THINGS) and quad.predicate.value != TYPE


def _row(graph: PageGraph, quad: Quad, lang: str) -> StatementRow:
    return StatementRow(
        graph.named(quad.subject.value, lang),
        graph.named(quad.predicate.value, lang),
        as_named(graph, quad.object, lang),
        form_of(quad.object),
    )


def publishers(graph: PageGraph) -> tuple[tuple[str, int], ...]:
    """The publishers of pages with the number of their pages, those with the most first."""
    counts = Counter(line.publisher for line in all_sources(graph) if line.role == "stated" and line.publisher)
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], sort_key(pair[0]))))


def all_sources(graph: PageGraph) -> tuple[SourceLine, ...]:
    """All sources by role, publisher and date."""

    def make() -> tuple[SourceLine, ...]:
        lines: dict[str, SourceLine] = {}
        for row in graph.rows("sources"):
            iri = row["source"].value
            source = graph.source(iri)
            lines.setdefault(iri, SourceLine(iri, source.role, source.publisher or source.label, source.date))
        return tuple(sorted(lines.values(), key=lambda s: (sort_key(s.publisher), s.date, s.iri)))

    return graph.lasting("sources", make)
