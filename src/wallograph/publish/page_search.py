"""The search page: what a visitor asked comes in; results, facets as links and the corrected text go out.

In: the search index of a release. Out: a dataclass for the page, and the same as plain data for
programs.
"""

from dataclasses import dataclass
from typing import Any, Final

from wallograph.iris import CONCEPTS
from wallograph.publish.labels import Named
from wallograph.publish.page_graph import PageGraph
from wallograph.publish.page_head import PAGE_SIZE, Paged
from wallograph.store.search import SearchIndex

_FACETS: Final = ("concept", "kind", "theme", "place")
_KIND_SCHEMES: Final = ("actor-kind", "project-kind", "place-kind")
_SHOWN: Final = 12
MOST_PAGES: Final = 200


@dataclass(frozen=True, slots=True)
class FacetEntry:
    """A value that narrows the search; `query` is the whole query of the narrowed page."""

    named: Named
    code: str
    count: int
    query: dict[str, str]


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet with its most frequent values; `without` is the query without it."""

    name: str
    chosen: Named | None
    without: dict[str, str]
    known: bool
    entries: tuple[FacetEntry, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """One result. `matched` is another name of it that fits, empty when it is the label."""

    named: Named
    concept: str
    kinds: tuple[str, ...]
    places: tuple[Named, ...]
    matched: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """All that the search page shows."""

    q: str
    chosen: dict[str, str]
    cut: Paged[Result]
    facets: tuple[Facet, ...]
    corrected: str | None


def search_view(
    graph: PageGraph, index: SearchIndex, lang: str, q: str, chosen: dict[str, str], number: int
) -> SearchPage:
    """Search, and name what was found. Without words the page lists what the facets leave, by name."""
    chosen = {name: chosen[name] for name in _FACETS if chosen.get(name)}
    number = min(max(number, 1), MOST_PAGES)
    found = index.search(q, **chosen, limit=PAGE_SIZE, offset=(number - 1) * PAGE_SIZE)
    query = {"q": q, **chosen} if q else dict(chosen)
    results = [_result(graph, hit, lang) for hit in found.hits]
    pages = max(1, -(-found.total // PAGE_SIZE))
    return SearchPage(
        q=q,
        chosen=chosen,
        cut=Paged(results, found.total, min(number, pages), min(pages, MOST_PAGES)),
        facets=tuple(_facet(graph, name, found.facets.get(name, []), query, lang) for name in _FACETS),
        corrected=found.corrected,
    )


def _result(graph: PageGraph, hit: Any, lang: str) -> Result:
    named = graph.named(hit.iri, lang, kind=True)
    places = tuple(_coded(graph, "place", code, lang) for code in hit.places if not code.isdigit())
    return Result(
        named=named,
        concept=hit.concept or "other",
        kinds=hit.kinds,
        places=places or tuple(_coded(graph, "place", code, lang) for code in hit.places)[-1:],
        matched=hit.matched_name if hit.matched_name not in (named.text, hit.label) else "",
    )


def _facet(graph: PageGraph, name: str, counts: list[tuple[str, int]], query: dict[str, str], lang: str) -> Facet:
    chosen = query.get(name)
    entries = [
        FacetEntry(_coded(graph, name, code, lang), code, count, {**query, name: code})
        for code, count in counts[: _SHOWN + 1]
        if code != chosen
    ]
    return Facet(
        name=name,
        chosen=_coded(graph, name, chosen, lang) if chosen else None,
        without={key: value for key, value in query.items() if key != name},
        known=name != "concept" or chosen in CONCEPTS | {"theme"},
        entries=tuple(entries[:_SHOWN]),
    )


def _coded(graph: PageGraph, facet: str, code: str, lang: str) -> Named:
    """What a code of a facet is called; the code itself when nothing has it."""
    if facet == "place":
        candidates = [f"{graph.base}/id/place/{code}"]
    elif facet == "theme":
        candidates = [graph.code("theme", code)]
    elif facet == "kind":
        candidates = [graph.code(scheme, code) for scheme in _KIND_SCHEMES]
    else:
        candidates = []
    for iri in (*candidates, code):
        if graph.iri_like(iri) and graph.label(iri, lang):
            return graph.named(iri, lang)
    return Named("", code)


def as_data(page: SearchPage) -> dict[str, Any]:
    """The search page for programs."""
    return {
        "query": page.q,
        "corrected": page.corrected,
        "filters": page.chosen,
        "total": page.cut.total,
        "page": page.cut.number,
        "pages": page.cut.pages,
        "results": [
            {"iri": r.named.iri, "label": r.named.text, "concept": r.concept, "kinds": list(r.kinds),
             "matched": r.matched or None}
            for r in page.cut.items
        ],
        "facets": {
            facet.name: [{"code": e.code, "label": e.named.text, "count": e.count} for e in facet.entries]
            for facet in page.facets
        },
    }  # fmt: skip
