"""The RDF document of one thing: a store and an IRI come in, one graph that every format writes goes out.

In the document: the statements on the thing; the relations and dated values on it with all that is said of
them; inverse statements; types and labels of the neighbours; the description of each source graph that speaks; and
the document itself. Of what others say of the thing a page holds `INVERSE_LIMIT`; further pages hold the rest.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final, Protocol

import pyoxigraph as ox
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from wallograph import vocab
from wallograph.errors import NotFound
from wallograph.iris import rebase_iri
from wallograph.publish.jsonld import Context, write_jsonld
from wallograph.publish.media import JSON_LD, RDF_FORMATS, RDF_XML, Format

INVERSE_LIMIT: Final = 500
NEIGHBOURS: Final = 20_000  # some 1 kB each
_NAMES: Final = tuple(map(NamedNode, (vocab.TYPE, vocab.LABEL, vocab.PREF_LABEL, vocab.NAME)))
_ST_ENDS: Final = tuple(map(NamedNode, (vocab.ST_SUBJECT, vocab.ST_OBJECT)))
_LOCAL_NAME: Final = re.compile(r"[^\W\d][\w.-]*$")
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_CUT: Final = {
    "fr": "Page {page} sur {pages} de ce que d’autres disent de cette chose.",
    "nl": "Pagina {page} van {pages} van wat anderen over dit ding zeggen.",
    "de": "Seite {page} von {pages} dessen, was andere über dieses Ding sagen.",
    "en": "Page {page} of {pages} of what others say of this thing.",
}


class Quads(Protocol):
    """What this module needs of a store."""

    def quads(self, s: Any, p: Any, o: Any, g: Any) -> list[Quad]:
        """All quads of a pattern, the default graph included; None is anything."""


class Neighbours:
    """What the documents of one release say of the things and sources that they name: most are named by many.

    Any number of threads may use it; when it is full it begins anew.
    """

    def __init__(self, most: int = NEIGHBOURS) -> None:
        self._most = most
        self._kept: dict[tuple[str, NamedNode], tuple[Quad, ...]] = {}

    def after(self, changed: Iterable[Quad]) -> "Neighbours":
        """Those of the next release, which these quads make of this one."""
        found, touched = Neighbours(self._most), {quad.subject for quad in changed}
        found._kept = {key: quads for key, quads in self._kept.copy().items() if key[1] not in touched}
        return found

    def of(self, kind: str, node: NamedNode, look: Callable[[], Iterable[Quad]]) -> tuple[Quad, ...]:
        """What is kept of a node, one kind of it, or what `look` gives."""
        found = self._kept.get((kind, node))
        if found is None:
            found = tuple(look())
            if len(self._kept) >= self._most:
                self._kept.clear()
            self._kept[kind, node] = found
        return found


@dataclass(frozen=True)
class Document:
    """One graph about one thing. `quads` keep the source graphs and are sorted."""

    iri: str
    url: str
    base: str
    quads: tuple[Quad, ...]
    pages: int = 1
    prefixes: Mapping[str, str] = field(default_factory=dict)  # beside those of the vocabulary

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
        prefixes |= self.prefixes
        return bytes(ox.serialize(statements, format=form.rdf, prefixes=prefixes) or b"")


def document(
    store: Quads,
    iri: str,
    *,
    base: str,
    url: str,
    modified: str = "",
    license: str | None = vocab.CC_BY,
    release: int | None = None,
    page: int = 1,
    also: Iterable[Quad] = (),
    neighbours: Neighbours | None = None,
) -> Document:
    """Gather a page of the document of `iri`, from 1; NotFound when nothing public is said, or so many pages not.

    `also` is what the publication knows of the thing beside the graph (what it replaces), said on the first page.
    `neighbours` are those of the same store, kept from one document to the next.
    """
    gatherer = _Gatherer(store, NamedNode(f"{base}/id/source/provenance"), neighbours or Neighbours())
    node = NamedNode(iri)
    own = gatherer.about(node)
    if not own:
        raise NotFound(f"nothing is published about <{iri}>")
    things = gatherer.statements_on(node)
    inverse = gatherer.inverse(node, set(things))
    pages = max(1, -(-max(len(things), len(inverse)) // INVERSE_LIMIT))
    if page > pages:
        raise NotFound(f"the document of <{iri}> has {pages} page(s)")
    part = slice((page - 1) * INVERSE_LIMIT, page * INVERSE_LIMIT)
    statements = [quad for thing in things[part] for quad in gatherer.about(thing)]
    found = {*((*own, *also) if page == 1 else ()), *statements, *inverse[part]}
    found |= gatherer.neighbours(found - {node}, base, node)
    found |= gatherer.sources(found)
    said = _Itself(iri, base, url, modified, license, release, page, pages)
    found |= set(said.quads())
    return Document(iri, said.address(page), base, tuple(sorted(found, key=str)), pages)


def _graph_key(quad: Quad) -> str:
    return "" if isinstance(quad.graph_name, DefaultGraph) else str(quad.graph_name.value)


def static_document(texts: Iterable[str], iri: str, *, base: str, url: str) -> Document:
    """The document of a part of the ontology: files in Turtle that stand on `base` already."""
    found = ox.Dataset(_Itself(iri, base, url, "", vocab.CC_BY).quads())
    for text in texts:
        for quad in ox.parse(text.encode(), format=ox.RdfFormat.TURTLE, rename_blank_nodes=True):
            found.add(quad)
    found.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)  # same labels of blank nodes at each start
    return Document(iri, url, base, tuple(sorted(found, key=str)))


class _Gatherer:
    """Reads a store. Public is what the materialised default graph holds, and what describes a source."""

    def __init__(self, store: Quads, provenance: NamedNode, kept: Neighbours) -> None:
        self.store, self.provenance, self.kept = store, provenance, kept

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

    def statements_on(self, node: NamedNode) -> list[Any]:
        """The relations and dated values that have the node at one end."""
        ends = [self._visible(self.store.quads(None, end, node, None)) for end in _ST_ENDS]
        return list(dict.fromkeys(quad.subject for found in ends for quad in found))

    def inverse(self, node: NamedNode, without: set[Any]) -> list[Quad]:
        """The direct statements with the node as object."""
        found = self._visible(self.store.quads(None, None, node, None))
        return [q for q in found if q.subject not in without and q.predicate not in _ST_ENDS]

    def neighbours(self, found: set[Any], base: str, node: NamedNode) -> set[Quad]:
        """Types and labels of our things that the statements name."""
        ends = {end for q in found for end in (q.subject, q.object) if isinstance(end, NamedNode)} - {node}
        ours = [end for end in ends if end.value.startswith(f"{base}/")]
        return {quad for end in ours for quad in self.kept.of("names", end, partial(self._names, end))}

    def _names(self, end: NamedNode) -> Iterator[Quad]:
        for name in _NAMES:
            yield from self._visible(self.store.quads(end, name, None, None))

    def sources(self, found: set[Quad]) -> set[Quad]:
        """The description of each graph that speaks in the document, and of the graph it was read from."""
        described: set[Quad] = set()
        todo = list({q.graph_name for q in found if isinstance(q.graph_name, NamedNode)})
        done: set[Any] = {self.provenance}
        while todo:
            graph = todo.pop()
            if graph in done:
                continue
            done.add(graph)
            quads = self.kept.of("source", graph, partial(self.store.quads, graph, None, None, self.provenance))
            described.update(quads)
            todo += [
                q.object for q in quads if q.predicate.value == vocab.DERIVED_FROM and isinstance(q.object, NamedNode)
            ]
        return described


@dataclass(frozen=True, slots=True)
class _Itself:
    """What a document says of itself."""

    iri: str
    base: str
    url: str
    modified: str
    license: str | None
    release: int | None = None
    page: int = 1
    pages: int = 1

    def address(self, page: int) -> str:
        """The address of a page; the first has none of its own."""
        return self.url if page == 1 else f"{self.url}?page={page}"

    def quads(self) -> list[Quad]:
        """The statements, all with the document as subject."""
        doc = NamedNode(self.address(self.page))
        said: list[tuple[str, Any]] = [
            (vocab.TYPE, NamedNode(vocab.FOAF + "Document")),
            (vocab.FOAF + "primaryTopic", NamedNode(self.iri)),
            (vocab.VOID + "inDataset", NamedNode(f"{self.base}/about#dataset")),
        ]
        if self.license:
            said.append((vocab.LICENSE, NamedNode(self.license)))
        if self.modified:
            said.append((vocab.DCTERMS + "modified", Literal(self.modified, datatype=NamedNode(vocab.XSD + "date"))))
        if self.release is not None:
            said.append((vocab.VERSION, Literal(str(self.release))))
        if self.pages > 1:
            texts = ((lang, text.format(page=self.page, pages=self.pages)) for lang, text in _CUT.items())
            said += [(vocab.RDFS + "comment", Literal(text, language=lang)) for lang, text in texts]
        if self.page < self.pages:
            said.append((vocab.RDFS + "seeAlso", NamedNode(self.address(self.page + 1))))
        return [Quad(doc, NamedNode(predicate), value) for predicate, value in said]


def _fits_xml(quads: Iterable[Quad]) -> bool:
    return all(
        _LOCAL_NAME.search(q.predicate.value)
        and not (isinstance(q.object, Literal) and _NOT_XML.search(q.object.value))
        for q in quads
    )
