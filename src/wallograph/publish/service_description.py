"""The SPARQL service description of the endpoint: its languages, formats, graphs and limits.

In: the base, and what the query service says of itself. Out: triples, without blank nodes. Pure: nothing is read.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from pyoxigraph import Literal, NamedNode, Triple

from wallograph.vocab import DCTERMS, RDF, RDFS, VOID, XSD

SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_FORMAT: Final = "http://www.w3.org/ns/formats/"
FORMATS: Final = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV", "Turtle", "JSON-LD",
    "N-Triples", "RDF_XML",
)  # fmt: skip


def describe_service(base: str, status: Mapping[str, Any]) -> list[Triple]:
    """The description of `{base}/sparql` for the release that the query service serves now."""
    return [Triple(NamedNode(s), NamedNode(p), o) for s, p, o in _statements(base, status)]


def _statements(base: str, status: Mapping[str, Any]) -> Iterator[tuple[str, str, NamedNode | Literal]]:
    endpoint = f"{base}/sparql"
    service, dataset, default = f"{endpoint}#service", f"{endpoint}#dataset", f"{endpoint}#default-graph"
    yield service, RDF + "type", NamedNode(SD + "Service")
    yield service, SD + "endpoint", NamedNode(endpoint)
    yield service, SD + "supportedLanguage", NamedNode(SD + "SPARQL11Query")
    for name in FORMATS:
        yield service, SD + "resultFormat", NamedNode(_FORMAT + name)
    yield service, SD + "defaultDataset", NamedNode(dataset)
    yield from _limits(service, status["limits"])
    yield dataset, RDF + "type", NamedNode(SD + "Dataset")
    yield dataset, DCTERMS + "hasVersion", Literal(str(status["release"]))
    yield dataset, SD + "defaultGraph", NamedNode(default)
    yield default, RDF + "type", NamedNode(SD + "Graph")
    yield default, VOID + "triples", _integer(status["triples"])
    for name, count in status["graphs"].items():
        graph = f"{name}#graph"
        yield dataset, SD + "namedGraph", NamedNode(name)
        yield name, RDF + "type", NamedNode(SD + "NamedGraph")
        yield name, SD + "name", NamedNode(name)
        yield name, SD + "graph", NamedNode(graph)
        yield graph, RDF + "type", NamedNode(SD + "Graph")
        yield graph, VOID + "triples", _integer(count)


def _limits(service: str, limits: Mapping[str, Any]) -> Iterator[tuple[str, str, NamedNode | Literal]]:
    text = "; ".join(f"{name.replace('_', ' ')}: {value:g}" for name, value in limits.items())
    yield service, RDFS + "comment", Literal(f"Read-only. Limits of a query: {text}.", language="en")


def _integer(number: int) -> Literal:
    return Literal(str(number), datatype=NamedNode(XSD + "integer"))

