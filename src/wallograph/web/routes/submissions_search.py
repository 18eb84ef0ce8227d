"""Finding things, places and themes by their names, on pages that need no script.

In: what somebody typed. Out: what it may mean, to choose from.
"""

from collections.abc import Sequence
from typing import Final

from starlette.requests import Request

from wallograph.model import Field
from wallograph.publish.labels import Named
from wallograph.publish.page_search import search_view
from wallograph.web.i18n import request_language
from wallograph.web.routes.submissions_base import CONCEPTS, Submitting

_MOST: Final = 8
_LONGEST: Final = 200
Options = tuple[tuple[str, str], ...]


def search(shared: Submitting, request: Request, text: str) -> list[Named]:
    """Organisations, projects and events by any of their names."""
    text = text[:_LONGEST].strip()
    if not text:
        return []
    published, graph = shared.published(request)
    lang = request_language(request)
    named = {iri: graph.named(iri, lang, kind=True) for iri, _, _ in shared.known().thing(text)}
    found = search_view(graph, published.search, lang, text, {}, 1)
    for result in found.cut.items:
        if result.concept in CONCEPTS:
            named.setdefault(result.named.iri, result.named)
    return list(named.values())[: 2 * _MOST]


def options_of(shared: Submitting, request: Request, field: Field, text: str, *, asked: bool) -> Options:
    """What the text of a line may mean; for an IRI, the thing itself. Nothing when nobody asks and none is chosen."""
    if field.expects not in ("thing", "place"):
        return ()
    text = text.strip()
    _, graph = shared.published(request)
    lang = request_language(request)
    if text.startswith(shared.site.base + "/id/"):
        return _labelled([graph.named(text, lang, kind=True)]) if graph.known(text) else ()
    if not asked:
        return ()
    if field.expects == "place":
        return _labelled([graph.named(iri, lang) for iri, _, _ in shared.known().place(text)])
    return _labelled(search(shared, request, text))[:_MOST]


def _labelled(things: Sequence[Named]) -> Options:
    return tuple((one.iri, f"{one.text} ({one.kind})" if one.kind else one.text) for one in things)
