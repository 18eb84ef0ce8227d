"""The description of the dataset (VoID): facts of a release come in, a graph that every format writes goes out."""

from collections.abc import Iterable
from typing import Any, Final

from pyoxigraph import Literal, NamedNode, Quad

from wallograph import vocab
from wallograph.publish.documents import Document
from wallograph.publish.media import RDF_FORMATS
from wallograph.vocab import DCTERMS, FOAF, VOID

WELL_KNOWN: Final = "/.well-known/void"
_TITLES: Final = {
    "fr": "Graphe de connaissances publié sous {base}",
    "nl": "Kennisgraaf gepubliceerd onder {base}",
    "de": "Wissensgraph, veröffentlicht unter {base}",
    "en": "Knowledge graph published under {base}",
}
_FEATURES: Final = {
    "ttl": "Turtle", "nt": "N-Triples", "rdf": "RDF_XML", "jsonld": "JSON-LD", "trig": "TriG", "nq": "N-Quads",
}  # fmt: skip


def describe(
    base: str,
    *,
    modified: str,
    license: str | None,
    counts: dict[str, Any],
    dumps: Iterable[str],
    sparql: bool,
) -> Document:
    """The dataset `{base}/about#dataset`, its access points, its licence and its size."""
    dataset, url = NamedNode(f"{base}/about#dataset"), base + WELL_KNOWN
    said: list[tuple[str, Any]] = [
        (vocab.TYPE, NamedNode(VOID + "Dataset")),
        (FOAF + "homepage", NamedNode(f"{base}/")),
        (VOID + "uriSpace", Literal(f"{base}/id/")),
        *((DCTERMS + "title", Literal(text.format(base=base), language=lang)) for lang, text in _TITLES.items()),
        *((VOID + "dataDump", NamedNode(dump)) for dump in dumps),
        *((VOID + "feature", _format(_FEATURES[key])) for key in RDF_FORMATS),
    ]
    if modified:
        said.append((DCTERMS + "modified", Literal(modified, datatype=NamedNode(vocab.XSD + "date"))))
    if license:
        said.append((vocab.LICENSE, NamedNode(license)))
    if sparql:
        said.append((VOID + "sparqlEndpoint", NamedNode(f"{base}/sparql")))
    if "triples" in counts:
        said.append((VOID + "triples", Literal(int(counts["triples"]))))
    quads = [Quad(dataset, NamedNode(predicate), value) for predicate, value in said]
    quads += [
        Quad(NamedNode(url), NamedNode(vocab.TYPE), NamedNode(VOID + "DatasetDescription")),
        Quad(NamedNode(url), NamedNode(FOAF + "primaryTopic"), dataset),
    ]
    return Document(dataset.value, url, base, tuple(sorted(set(quads), key=str)))


def _format(name: str) -> NamedNode:
    return NamedNode(f"http://www.w3.org/ns/formats/{name}")
