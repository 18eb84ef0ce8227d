"""The SPARQL service description of the endpoint: its languages, formats, graphs with their sources, and limits.

In: the base, the manifest of a release, its store, the limits. Out: triples, without blank nodes. Only what is true
is said: no federation, no update, nothing is fetched, and the default graph is not the union of *all* graphs.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any, Final

from pyoxigraph import Literal, NamedNode, Triple

from wallograph.store.embedded import ReadStore
from wallograph.vocab import DCTERMS, RDF, RDFS, VOID, XSD

SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_FORMAT: Final = "http://www.w3.org/ns/formats/"
FORMATS: Final = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV", "Turtle", "JSON-LD",
    "N-Triples", "RDF_XML",
)  # fmt: skip

Statement = tuple[str, str, NamedNode | Literal]


def describe_service(
    base: str, manifest: Mapping[str, Any], store: ReadStore, limits: Mapping[str, Any]
) -> list[Triple]:
    """The description of `{base}/sparql` for one release; `limits` as the query service has them."""
    found = [*_service(base, limits), *_dataset(base, manifest, _sources(str(manifest["base"]), store))]
    return [Triple(NamedNode(s), NamedNode(p), o) for s, p, o in found]


def _service(base: str, limits: Mapping[str, Any]) -> Iterator[Statement]:
    endpoint = f"{base}/sparql"
    service = f"{endpoint}#service"
    yield service, RDF + "type", NamedNode(SD + "Service")
    yield service, SD + "endpoint", NamedNode(endpoint)
    yield service, SD + "supportedLanguage", NamedNode(SD + "SPARQL11Query")
    for name in FORMATS:
        yield service, SD + "resultFormat", NamedNode(_FORMAT + name)
    yield service, SD + "defaultDataset", NamedNode(f"{endpoint}#dataset")
    yield service, RDFS + "comment", Literal("Read-only; no federation (SERVICE), no update.", language="en")
    for name, value in limits.items():
        yield service, RDFS + "comment", Literal(f"Limit {name.replace('_', ' ')}: {value}", language="en")


def _dataset(base: str, manifest: Mapping[str, Any], sources: Mapping[str, list[Statement]]) -> Iterator[Statement]:
    endpoint = f"{base}/sparql"
    dataset, default = f"{endpoint}#dataset", f"{endpoint}#default-graph"
    counts = manifest["counts"]
    yield dataset, RDF + "type", NamedNode(SD + "Dataset")
    yield dataset, DCTERMS + "hasVersion", Literal(str(manifest["number"]))
    yield dataset, DCTERMS + "issued", Literal(str(manifest["date"]), datatype=NamedNode(XSD + "date"))
    yield dataset, SD + "defaultGraph", NamedNode(default)
    yield default, RDF + "type", NamedNode(SD + "Graph")
    yield default, VOID + "triples", _integer(counts["triples"])
    text = "Each triple of the public named graphs once."
    yield default, RDFS + "comment", Literal(text, language="en")
    for name, count in counts["graphs"].items():
        graph = f"{name}{'-' if '#' in name else '#'}graph"
        yield dataset, SD + "namedGraph", NamedNode(name)
        yield name, RDF + "type", NamedNode(SD + "NamedGraph")
        yield name, SD + "name", NamedNode(name)
        yield name, SD + "graph", NamedNode(graph)
        yield graph, RDF + "type", NamedNode(SD + "Graph")
        yield graph, VOID + "triples", _integer(count)
        yield from sources.get(name, ())


def _sources(base: str, store: ReadStore) -> dict[str, list[Statement]]:
    """Where each named graph comes from, as the provenance of the release says."""
    found: dict[str, list[Statement]] = defaultdict(list)
    provenance = NamedNode(f"{base}/id/source/provenance")
    query = (files("wallograph.publish") / "queries" / "service_sources.rq").read_text("utf-8")
    for row in store.rows(query, provenance=provenance):
        graph = row["graph"].value
        found[graph].append((graph, row["predicate"].value, row["value"]))  # type: ignore[arg-type]  # no blank nodes
    return found


def _integer(number: int) -> Literal:
    return Literal(str(number), datatype=NamedNode(XSD + "integer"))
