"""The RDF document of one thing: a store and an IRI come in, one graph that every format writes goes out.

In the document: the statements on the thing; the relations and dated values on it with all that is said of
them; inverse statements, up to `INVERSE_LIMIT`; types and labels of the neighbours; the description of each source
graph that speaks; and the document itself.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

import pyoxigraph as ox
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from wallograph import vocab
from wallograph.errors import NotFound
from wallograph.iris import rebase_iri
from wallograph.publish.jsonld import Context, write_jsonld
from wallograph.publish.media import JSON_LD, RDF_FORMATS, RDF_XML, Format

INVERSE_LIMIT: Final = 500
_NAMES: Final = tuple(map(NamedNode, (vocab.TYPE, vocab.LABEL, vocab.PREF_LABEL, vocab.NAME)))
_ST_ENDS: Final = tuple(map(NamedNode, (vocab.ST_SUBJECT, vocab.ST_OBJECT)))
_LOCAL_NAME: Final = re.compile(r"[^\W\d][\w.-]*$")
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_CUT: Final = {
    "fr": "{n} énoncés inverses sont omis ; le point d’accès SPARQL les donne tous.",
    "nl": "{n} omgekeerde uitspraken zijn weggelaten; het SPARQL-eindpunt geeft ze allemaal.",
    "de": "{n} umgekehrte Aussagen sind weggelassen; der SPARQL-Endpunkt gibt alle.",
    "en": "{n} inverse statements are left out; the SPARQL endpoint has all of them.",
}


class Quads(Protocol):
    """What this module needs of a store."""

    def quads(self, s: Any, p: Any, o: Any, g: Any) -> list[Quad]:
        """All quads of a pattern, the default graph included; None is anything."""


@dataclass(frozen=True)
class Document:
    """One graph about one thing. `quads` keep the source graphs and are sorted."""

    iri: str
    url: str
    base: str
    quads: tuple[Quad, ...]

    def triples(self) -> list[Triple]:
        """The distinct triples: the document, the thing, then the others by IRI."""
        return sorted({q.triple for q in self.quads}, key=self._place)

    def _place(self, triple: Triple) -> tuple[int, str, bool, str]:
        first = {self.url: 0, self.iri: 1}
        name = triple.subject.value
        return first.get(name, 2), name, triple.predicate.value != vocab.TYPE, str(triple)

    def formats(self) -> list[Format]:
        """The formats that can hold this graph: RDF/XML cannot write some predicates and characters."""
        return [f for f in RDF_FORMATS.values() if f is not RDF_XML or _fits_xml(self.quads)]

    def write(self, form: Format, context: Context) -> bytes:
        """The document in one format."""
        if form is JSON_LD:
            return write_jsonld(self.triples(), iri=self.iri, url=self.url, context=context)
        statements: Sequence[Any] = self.triples()
        if form.graphs:
            statements = sorted(self.quads, key=lambda q: (_graph_key(q), self._place(q.triple)))
        prefixes = {name: rebase_iri(iri, self.base) for name, iri in vocab.PREFIXES.items()}
        return bytes(ox.serialize(statements, format=form.rdf, prefixes=prefixes) or b"")


def document(
    store: Quads, iri: str, *, base: str, url: str, modified: str = "", license: str | None = vocab.CC_BY
) -> Document:
    """Gather the document of `iri`; NotFound when nothing public is said of it."""
    gatherer = _Gatherer(store, NamedNode(f"{base}/id/source/provenance"))
    node = NamedNode(iri)
    own = gatherer.about(node)
    if not own:
        raise NotFound(f"nothing is published about <{iri}>")
    statements = gatherer.statements_on(node)
    inverse = gatherer.inverse(node, {q.subject for q in statements})
    shown = inverse[:INVERSE_LIMIT]
    found = {*own, *statements, *shown}
    found |= gatherer.neighbours(found - {node}, base, node)
    found |= gatherer.sources(found)
    cut = gatherer.cut + len(inverse) - len(shown)
    found |= set(_itself(iri, base, url, modified, license, cut))
    return Document(iri, url, base, tuple(sorted(found, key=str)))


def _graph_key(quad: Quad) -> str:
    return "" if isinstance(quad.graph_name, DefaultGraph) else str(quad.graph_name.value)


def static_document(texts: Iterable[str], iri: str, *, base: str, url: str) -> Document:
    """The document of a part of the ontology: files in Turtle that stand on `base` already."""
    found = ox.Dataset(_itself(iri, base, url, "", vocab.CC_BY, 0))
    for text in texts:
        for quad in ox.parse(text.encode(), format=ox.RdfFormat.TURTLE, rename_blank_nodes=True):
            found.add(quad)
    found.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)  # same labels of blank nodes at each start
    return Document(iri, url, base, tuple(sorted(found, key=str)))


class _Gatherer:
    """Reads a store. Public is what the materialised default graph holds, and what describes a source."""

    def __init__(self, store: Quads, provenance: NamedNode) -> None:
        self.store, self.provenance, self.cut = store, provenance, 0

    def _visible(self, quads: Iterable[Quad]) -> list[Quad]:
        """In their source graphs; a triple that no named graph has stays in the default graph."""
        quads = list(quads)
        public = {q.triple for q in quads if isinstance(q.graph_name, DefaultGraph)}
        named = [q for q in quads if not isinstance(q.graph_name, DefaultGraph)]
        shown = [q for q in named if q.triple in public or q.graph_name == self.provenance]
        stated = {q.triple for q in shown}
        rest = public - stated
        return sorted([*shown, *(Quad(t.subject, t.predicate, t.object) for t in rest)], key=str)

    def about(self, node: NamedNode | BlankNode) -> list[Quad]:
        """All statements with the node as subject, and those on the blank nodes below it."""
        found, todo, done = [], [node], set()
        while todo:
            current = todo.pop()
            done.add(current)
            quads = self._visible(self.store.quads(current, None, None, None))
            found += quads
            todo += {q.object for q in quads if isinstance(q.object, BlankNode)} - done - set(todo)
        return found

    def statements_on(self, node: NamedNode) -> list[Quad]:
        """The relations and dated values that have the node at one end, whole; at most the limit per end."""
        things: dict[Any, None] = {}
        for end in _ST_ENDS:
            ends = self._visible(self.store.quads(None, end, node, None))
            found = list(dict.fromkeys(q.subject for q in ends))
            self.cut += max(0, len(found) - INVERSE_LIMIT)
            things |= dict.fromkeys(found[:INVERSE_LIMIT])
        return [quad for thing in things for quad in self.about(thing)]

    def inverse(self, node: NamedNode, without: set[Any]) -> list[Quad]:
        """The direct statements with the node as object."""
        found = self._visible(self.store.quads(None, None, node, None))
        return [q for q in found if q.subject not in without and q.predicate not in _ST_ENDS]

    def neighbours(self, found: set[Any], base: str, node: NamedNode) -> set[Quad]:
        """Types and labels of our things that the statements name."""
        ends = {end for q in found for end in (q.subject, q.object) if isinstance(end, NamedNode)} - {node}
        ours = [end for end in ends if end.value.startswith(f"{base}/")]
        return {q for end in ours for name in _NAMES for q in self._visible(self.store.quads(end, name, None, None))}

    def sources(self, found: set[Quad]) -> set[Quad]:
        """The description of each graph that speaks in the document, and of the graph it was read from."""
        described: set[Quad] = set()
        todo = {q.graph_name for q in found if isinstance(q.graph_name, NamedNode)}
        done: set[Any] = {self.provenance}
        while todo - done:
            graph = (todo - done).pop()
            done.add(graph)
            quads = self.store.quads(graph, None, None, self.provenance)
            described |= set(quads)
            todo |= {
                q.object for q in quads if q.predicate.value == vocab.DERIVED_FROM and isinstance(q.object, NamedNode)
            }
        return described


def _itself(iri: str, base: str, url: str, modified: str, license: str | None, cut: int) -> list[Quad]:
    """What the document says of itself."""
    doc = NamedNode(url)
    said: list[tuple[str, Any]] = [
        (vocab.TYPE, NamedNode(vocab.FOAF + "Document")),
        (vocab.FOAF + "primaryTopic", NamedNode(iri)),
        (vocab.VOID + "inDataset", NamedNode(f"{base}/about#dataset")),
    ]
    if license:
        said.append((vocab.LICENSE, NamedNode(license)))
    if modified:
        said.append((vocab.DCTERMS + "modified", Literal(modified, datatype=NamedNode(vocab.XSD + "date"))))
    if cut > 0:
        said += [(vocab.RDFS + "comment", Literal(text.format(n=cut), language=lang)) for lang, text in _CUT.items()]
    return [Quad(doc, NamedNode(predicate), value) for predicate, value in said]


def _fits_xml(quads: Iterable[Quad]) -> bool:
    return all(
        _LOCAL_NAME.search(q.predicate.value)
        and not (isinstance(q.object, Literal) and _NOT_XML.search(q.object.value))
        for q in quads
    )
