"""The page of the vocabulary: each own term with its label, definition and neighbours.

In: the graph. Out: classes and properties by name; or the rules (shapes) by name.
"""

from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from wallograph.publish.labels import Label, Named, choose, sort_key
from wallograph.publish.page_concept import neighbours, text_of
from wallograph.publish.page_graph import PageGraph
from wallograph.publish.page_head import Head, head
from wallograph.vocab import DCTERMS, OWL, RDFS, SCHEMA, SH, SKOS, TYPE

_NEAR: Final = (
    RDFS + "subClassOf", RDFS + "subPropertyOf", OWL + "equivalentClass", OWL + "equivalentProperty",
    SKOS + "exactMatch", SKOS + "closeMatch", SKOS + "broadMatch", RDFS + "seeAlso",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TermEntry:
    """An own term: `anchor` is the part after the #."""

    anchor: str
    name: Named
    property: bool
    definition: Named | None
    domain: tuple[Named, ...]
    range: tuple[Named, ...]
    near: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class VocabularyPage:
    """All that the page of the vocabulary shows."""

    head: Head
    version: str
    prefix: str
    classes: tuple[TermEntry, ...]
    properties: tuple[TermEntry, ...]


def vocabulary_view(graph: PageGraph, iri: str, lang: str) -> VocabularyPage:
    """Gather the terms of a namespace; `iri` is with or without its #."""
    namespace = iri.rstrip("#") + "#"
    source = NamedNode(f"{graph.base}/id/source/vocabulary")
    quads = graph.store.quads(None, NamedNode(TYPE), None, source)
    kinds: dict[str, set[str]] = {}
    for quad in quads:
        if quad.subject.value.startswith(namespace):
            kinds.setdefault(quad.subject.value, set()).add(quad.object.value)
    terms = [_term(graph, term, found, lang) for term, found in kinds.items() if term != namespace]
    terms.sort(key=lambda term: sort_key(term.anchor))
    whole = namespace.rstrip("#")
    version = next((o.value for o in graph.objects(whole, OWL + "versionInfo")), "")
    return VocabularyPage(
        head=head(graph, whole, lang, "type-vocabulary", (("nav-about", "/about"),)),
        version=version,
        prefix="wg:",
        classes=tuple(term for term in terms if not term.property),
        properties=tuple(term for term in terms if term.property),
    )


def shapes_view(graph: PageGraph, iri: str, lang: str) -> VocabularyPage:
    """Gather the rules: the shapes that have a name, by name. They are no part of the public default graph."""
    source = NamedNode(f"{graph.base}/id/source/shapes")

    def texts(predicate: str) -> dict[str, list[tuple[str, str]]]:
        found: dict[str, list[tuple[str, str]]] = {}
        for quad in graph.store.quads(None, NamedNode(predicate), None, source):
            text = (quad.object.value, getattr(quad.object, "language", None) or "")
            found.setdefault(quad.subject.value, []).append(text)
        return found

    definitions = texts(SH + "description")
    terms = [
        TermEntry(
            anchor=graph.notation(shape),
            name=_named(names, lang),
            property=True,
            definition=_named(definitions[shape], lang) if shape in definitions else None,
            domain=(),
            range=(),
            near=(),
        )
        for shape, names in texts(SH + "name").items()
    ]
    terms.sort(key=lambda term: sort_key(term.anchor))
    top = head(graph, iri, lang, "type-shapes", (("nav-about", "/about"),))
    return VocabularyPage(head=top, version="", prefix="", classes=(), properties=tuple(terms))


def _named(texts: list[tuple[str, str]], lang: str) -> Named:
    label = choose(texts, lang) or Label("")
    return Named("", label.text, label.lang, label.fallback)


def _term(graph: PageGraph, iri: str, kinds: set[str], lang: str) -> TermEntry:
    near = [n for predicate in _NEAR for n in neighbours(graph, iri, predicate, lang)]
    domain = (RDFS + "domain", SCHEMA + "domainIncludes")
    ranges = (RDFS + "range", SCHEMA + "rangeIncludes")
    return TermEntry(
        anchor=iri.rsplit("#", 1)[-1],
        name=graph.named(iri, lang),
        property=any(kind.endswith("Property") for kind in kinds),
        definition=text_of(graph, iri, lang, SKOS + "definition", RDFS + "comment", DCTERMS + "description"),
        domain=tuple(n for p in domain for n in neighbours(graph, iri, p, lang)),
        range=tuple(n for p in ranges for n in neighbours(graph, iri, p, lang)),
        near=tuple(near),
    )
