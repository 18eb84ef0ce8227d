"""The W3C protocol and service description tests (SPARQL 1.1), as data, over HTTP.

The cases are collected from the files that are found beside the repository; without them there are none. What
updates is left out: this endpoint only reads. The instance holds the three data graphs of the suite.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import pytest
import rdflib
from pyoxigraph import NamedNode, RdfFormat, parse
from rdflib import RDF, Namespace
from rdflib.collection import Collection

from http_server import Server, serving
from wallograph.pipeline.change import build_foreign
from wallograph.publish.service_description import SD
from wallograph.release.state import State
from wallograph.store.limits import Limits
from wallograph.store.starting import start_service

SUITE = Path(__file__).resolve().parents[2] / "shared" / "suites" / "sparql11"
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
RDFS = rdflib.RDFS
# rdflib uses its own deprecated names
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

TABLES = {
    "application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values",
}  # fmt: skip
GRAPHS = {
    "text/turtle": RdfFormat.TURTLE, "application/rdf+xml": RdfFormat.RDF_XML,
    "application/n-triples": RdfFormat.N_TRIPLES, "application/ld+json": RdfFormat.JSON_LD,
}  # fmt: skip
# What the vocabulary of service descriptions defines (W3C Recommendation 2013, section 3).
CLASSES = {
    "Service", "Feature", "Language", "Function", "Aggregate", "EntailmentRegime", "EntailmentProfile",
    "GraphCollection", "Dataset", "Graph", "NamedGraph",
}  # fmt: skip
PROPERTIES = {
    "endpoint", "feature", "defaultEntailmentRegime", "entailmentRegime", "defaultSupportedEntailmentProfile",
    "supportedEntailmentProfile", "extensionFunction", "extensionAggregate", "languageExtension",
    "supportedLanguage", "propertyFeature", "defaultDataset", "availableGraphs", "resultFormat", "inputFormat",
    "defaultGraph", "namedGraph", "name", "graph",
}  # fmt: skip


class Step(NamedTuple):
    """One request and what is expected."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    statuses: frozenset[str]
    form: str
    boolean: bool | None


class Case(NamedTuple):
    """One test of the suite and the graphs it names as its data: name and file."""

    name: str
    steps: tuple[Step, ...]
    data: tuple[tuple[str, Path], ...]


def cases() -> list[Case]:
    """The protocol tests in the order of their manifest."""
    path = SUITE / "protocol" / "manifest.ttl"
    if not path.is_file():
        return []
    graph = rdflib.Graph().parse(path, format="turtle")
    manifest = graph.value(predicate=RDF.type, object=MF.Manifest)
    entries = Collection(graph, graph.value(manifest, MF.entries))  # type: ignore[arg-type]
    return [case_of(graph, entry) for entry in entries]


def case_of(graph: rdflib.Graph, entry: Any) -> Case:
    """A case of the manifest."""
    connection = graph.value(entry, MF.action)
    requests = Collection(graph, graph.value(connection, HT.requests))  # type: ignore[arg-type]
    data = []
    for given in graph.objects(entry, UT.graphData):
        file = Path(str(graph.value(given, UT.graph)).removeprefix("file://"))
        data.append((str(graph.value(given, RDFS.label)), file))
    return Case(str(entry).rpartition("#")[2], tuple(step_of(graph, r) for r in requests), tuple(data))


def step_of(graph: rdflib.Graph, request: Any) -> Step:
    """A request of a case."""
    response = graph.value(request, HT.resp)
    listed = graph.value(request, HT.headers)
    headers = Collection(graph, listed) if listed else ()
    body, text = graph.value(request, HT.body), b""
    if body is not None:
        text = str(graph.value(body, CNT.chars)).encode(str(graph.value(body, CNT.characterEncoding)))
    boolean = graph.value(response, MF.expectedBoolean)
    return Step(
        str(graph.value(request, HT.methodName)),
        str(graph.value(request, HT.absolutePath)),
        {str(graph.value(h, HT.fieldName)): str(graph.value(h, HT.fieldValue)) for h in headers},
        text,
        frozenset(str(s).rpartition("#")[2][10:11] for s in graph.objects(response, MF.expectedStatus)),
        str(graph.value(response, MF.expectedFormat) or ""),
        None if boolean is None else bool(boolean.toPython()),  # type: ignore[attr-defined]
    )


def is_update(case: Case) -> bool:
    """Whether a case needs a server that takes updates: one of its updates has to succeed."""
    return case.name.startswith("update_")


CASES = [case for case in cases() if not is_update(case)]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    root = tmp_path_factory.mktemp("w")
    data = root / "data.nq"
    graphs = {name: file for case in CASES for name, file in case.data}
    assert len(graphs) == 3
    with data.open("w", encoding="utf-8") as file:
        for name, source in graphs.items():
            for quad in parse(path=str(source), format=RdfFormat.N_TRIPLES):
                file.write(f"{quad.triple} {NamedNode(name)} .\n")
    state = State(root / "state")
    with serving(root) as server:
        build_foreign([data], state, base=server.base, date="2026-01-01", progress=lambda *_: None, dumps=False)
        with start_service(state.root, root / "q", Limits()) as running:
            server.start(state.root, running.client.path)
            yield server


def send(server: Server, step: Step) -> httpx.Response:
    """Send exactly what the case says: no header is added that would change its meaning."""
    path = step.path.replace("/sparql/", "/sparql", 1)
    with httpx.Client(base_url=server.base) as client:
        request = client.build_request(step.method, path, headers=step.headers, content=step.body or None)
        return client.send(request)


def test_all_cases_of_a_read_only_server_are_here() -> None:
    assert len(CASES) == (27 if SUITE.is_dir() else 0)


if CASES:  # an empty list of cases would count as a skipped test

    @pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
    def test_protocol(server: Server, case: Case) -> None:
        for step in case.steps:
            answer = send(server, step)
            assert str(answer.status_code)[0] in step.statuses, answer.text
            media_type = answer.headers["Content-Type"].partition(";")[0]
            if step.form == "boolean":
                assert media_type == "application/sparql-results+json"
                assert isinstance(answer.json()["boolean"], bool)
            elif step.form == "tabular":
                assert media_type in TABLES
            elif step.form == "RDF":
                list(parse(answer.content, format=GRAPHS[media_type]))
            if step.boolean is not None:
                assert answer.json()["boolean"] is step.boolean

    @pytest.mark.parametrize("accept", [*GRAPHS, "*/*", None])
    def test_service_description(server: Server, accept: str | None) -> None:
        headers = {"Accept": accept} if accept else {}
        answer = httpx.get(f"{server.base}/sparql", headers=headers)
        media_type = answer.headers["Content-Type"].partition(";")[0]
        triples = [quad.triple for quad in parse(answer.content, format=GRAPHS[media_type])]  # returns-rdf
        endpoints = [t.object.value for t in triples if t.predicate.value == SD + "endpoint"]
        assert endpoints == [f"{server.base}/sparql"]  # has-endpoint-triple
        used = {t.predicate.value for t in triples}  # conforms-to-schema
        assert {name.removeprefix(SD) for name in used if name.startswith(SD)} <= PROPERTIES
        kinds = {t.object.value for t in triples if t.predicate == NamedNode(str(RDF.type))}
        assert {name.removeprefix(SD) for name in kinds if name.startswith(SD)} <= CLASSES

    @pytest.mark.parametrize(
        "query",
        [
            "ASK FROM <{name}> {{ ?s ?p ?o }}",
            "ASK FROM NAMED <{name}> {{ GRAPH ?g {{}} }}",
            "SELECT * FROM <{name}> {{ VALUES ?x {{ 1 }} }}",
            "DESCRIBE <http://kasei.us/2009/09/sparql/data/data1.rdf> FROM <{name}>",
        ],
    )
    def test_a_neighbour_of_known_graphs_is_refused_as_soon_as_it_is_read(server: Server, query: str) -> None:
        name = "http://kasei.us/2009/09/sparql/data/data0.rdf"
        answer = httpx.get(f"{server.base}/sparql", params={"query": query.format(name=name)})
        assert (answer.status_code, name in answer.json()["detail"]) == (400, True)
