"""The description of the dataset (VoID): facts of a release come in, a graph that every format writes goes out."""

from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import quote

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from wallograph import vocab
from wallograph.publish.documents import Document, Quads
from wallograph.publish.media import RDF_FORMATS
from wallograph.vocab import DCTERMS, DQV, FOAF, VOID

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
# What other datasets are called, by the start of the IRIs that our links point to.
_TARGETS: Final = {
    "ror": ("ROR", "https://ror.org/"),
    "wikidata": ("Wikidata", "http://www.wikidata.org/entity/"),
    "geonames": ("GeoNames", "https://sws.geonames.org/"),
    "data4wallonia": ("Data4Wallonia", "http://data4wallonia.com/resource/taxonomy/"),
    "belgif": ("belgif.be", "http://vocab.belgif.be/"),
}
_LINKS: Final = (
    vocab.SAME_AS, vocab.OWL + "sameAs",
    *(f"{vocab.SKOS}{name}Match" for name in ("exact", "close", "broad", "narrow", "related")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Facts:
    """What the description is made of. `counts` are those of the manifest: triples, classes, predicates."""

    base: str
    modified: str
    license: str | None
    counts: dict[str, Any] = field(default_factory=dict)
    dumps: tuple[str, ...] = ()
    sparql: bool = False


@dataclass(frozen=True, slots=True)
class Linkset:
    """How many links of one kind lead to another dataset: its key, the property, the number."""

    target: str
    predicate: str
    triples: int


def linksets(store: Quads) -> list[Linkset]:
    """The links of the public graph to other datasets, counted."""
    found: dict[tuple[str, str], int] = {}
    for predicate in _LINKS:
        for quad in store.quads(None, NamedNode(predicate), None, DefaultGraph()):
            value = quad.object.value
            target = next((key for key, (_, start) in _TARGETS.items() if _plain(value).startswith(_plain(start))), "")
            if target:
                found[target, predicate] = found.get((target, predicate), 0) + 1
    return [Linkset(*key, count) for key, count in sorted(found.items())]


def describe(facts: Facts, links: list[Linkset]) -> Document:
    """The dataset `{base}/about#dataset`: its access points, licence, size, parts and links."""
    base = facts.base
    dataset, url = f"{base}/about#dataset", base + WELL_KNOWN
    said: list[tuple[str, str, Any]] = [
        (dataset, vocab.TYPE, NamedNode(VOID + "Dataset")),
        (dataset, FOAF + "homepage", NamedNode(f"{base}/")),
        (dataset, VOID + "uriSpace", Literal(f"{base}/id/")),
        (dataset, DQV + "hasQualityMetadata", NamedNode(f"{base}/quality")),
        *((dataset, DCTERMS + "title", Literal(t.format(base=base), language=lang)) for lang, t in _TITLES.items()),
        *((dataset, VOID + "dataDump", NamedNode(dump)) for dump in facts.dumps),
        *((dataset, VOID + "feature", _format(_FEATURES[key])) for key in RDF_FORMATS),
        (url, vocab.TYPE, NamedNode(VOID + "DatasetDescription")),
        (url, FOAF + "primaryTopic", NamedNode(dataset)),
    ]
    if facts.modified:
        said.append((dataset, DCTERMS + "modified", Literal(facts.modified, datatype=NamedNode(vocab.XSD + "date"))))
    if facts.license:
        said.append((dataset, vocab.LICENSE, NamedNode(facts.license)))
    if facts.sparql:
        said.append((dataset, VOID + "sparqlEndpoint", NamedNode(f"{base}/sparql")))
    if "triples" in facts.counts:
        said.append((dataset, VOID + "triples", Literal(int(facts.counts["triples"]))))
    for key, kind, counted in (("classes", "class", "entities"), ("predicates", "property", "triples")):
        for iri, count in (facts.counts.get(key) or {}).items():
            if not iri.startswith('"'):  # a class that is a literal, in foreign data
                said += _part(dataset, f"{url}#{kind}-{quote(iri, safe='')}", kind, iri, counted, count)
    for link in links:
        said += _linkset(dataset, url, link)
    quads = {Quad(NamedNode(subject), NamedNode(predicate), value) for subject, predicate, value in said}
    return Document(dataset, url, base, tuple(sorted(quads, key=str)))


def _part(dataset: str, part: str, kind: str, iri: str, counted: str, count: int) -> list[tuple[str, str, Any]]:
    return [
        (dataset, f"{VOID}{kind}Partition", NamedNode(part)),
        (part, VOID + kind, NamedNode(iri)),
        (part, VOID + counted, Literal(count)),
    ]


def _linkset(dataset: str, url: str, link: Linkset) -> list[tuple[str, str, Any]]:
    title, start = _TARGETS[link.target]
    target = f"{url}#{link.target}"
    part = f"{target}-{link.predicate.rpartition('#')[2].rpartition('/')[2]}"
    return [
        (dataset, VOID + "subset", NamedNode(part)),
        (part, vocab.TYPE, NamedNode(VOID + "Linkset")),
        (part, VOID + "subjectsTarget", NamedNode(dataset)),
        (part, VOID + "objectsTarget", NamedNode(target)),
        (part, VOID + "linkPredicate", NamedNode(link.predicate)),
        (part, VOID + "triples", Literal(link.triples)),
        (target, vocab.TYPE, NamedNode(VOID + "Dataset")),
        (target, DCTERMS + "title", Literal(title)),
        (target, VOID + "uriSpace", Literal(start)),
    ]


def _plain(address: str) -> str:
    """Without the scheme: some sources write http, some https, and mean the same."""
    return address.partition("://")[2]


def _format(name: str) -> NamedNode:
    return NamedNode(f"http://www.w3.org/ns/formats/{name}")
