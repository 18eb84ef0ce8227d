"""The pages for people: an IRI of this site comes in, the template and all that it shows go out.

Templates only format: everything they need is in the dataclasses of the `page_…` modules.
"""

from typing import Any, Final, NamedTuple

from wallograph.publish.page_concept import concept_view, scheme_view
from wallograph.publish.page_figures import figure_view
from wallograph.publish.page_graph import PageGraph
from wallograph.publish.page_head import head
from wallograph.publish.page_link import link_view
from wallograph.publish.page_place import place_view
from wallograph.publish.page_source import source_view
from wallograph.publish.page_thing import thing_view
from wallograph.publish.page_values import Statements
from wallograph.publish.page_vocabulary import shapes_view, vocabulary_view

_THINGS: Final = ("actor", "project", "event")


class View(NamedTuple):
    """The template of a page and the dataclass that it shows."""

    template: str
    page: Any


def view_of(graph: PageGraph, iri: str, lang: str, number: int = 1) -> View:
    """Choose the page of a thing, a code list, an entry of one, or the vocabulary. `number` is a page of its lists."""
    path = iri[len(graph.base) :]
    area, concept, *rest = [*path.strip("/").split("/"), "", ""]
    if area == "id":
        return _thing(graph, iri, concept, lang, number)
    if area == "auth" and any(rest):
        return View("concept.html", concept_view(graph, iri, lang, number))
    if area == "auth":
        return View("scheme.html", scheme_view(graph, iri, lang))
    if area == "ns":
        make = vocabulary_view if concept == "wallograph" else shapes_view
        return View("vocabulary.html", make(graph, iri, lang))
    return _plain(graph, iri, lang)


def _thing(graph: PageGraph, iri: str, concept: str, lang: str, number: int) -> View:
    if concept in _THINGS:
        return View("thing.html", thing_view(graph, iri, concept, lang))
    if concept == "place":
        return View("place.html", place_view(graph, iri, lang, number))
    if concept == "source":
        return View("source.html", source_view(graph, iri, lang, number))
    if concept == "figure" and (figure := figure_view(graph, iri, lang)):
        return View("figure.html", figure)
    if concept in ("link", "value") and (link := link_view(graph, iri, lang)):
        return View("link.html", link)
    return _plain(graph, iri, lang)


def _plain(graph: PageGraph, iri: str, lang: str) -> View:
    """A page that lists the statements as they are: for what has no page of its own."""
    quads = graph.stated(iri)
    said = Statements(graph, quads, lang)
    rows = [(graph.named(p, lang), said.values(p)) for p in sorted({q.predicate.value for q in quads})]
    return View("plain.html", {"head": head(graph, iri, lang, "type-other"), "rows": rows})
