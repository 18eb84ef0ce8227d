"""/sparql over HTTP: the three ways of sending, negotiation, refusals, the pages for people."""

import asyncio
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse
from starlette.applications import Starlette

from wallograph.publish.service_description import SD
from wallograph.release.edition import make_edition
from wallograph.release.state import State
from wallograph.settings import Settings
from wallograph.store.limits import Limits
from wallograph.store.starting import start_service
from wallograph.web.app import create_app

G = "http://localhost:8000/id/source/"
SELECT = 'SELECT ?s ?o { ?s <http://schema.org/name> ?o } ORDER BY ?o'
CONSTRUCT = "CONSTRUCT WHERE { ?s <http://schema.org/name> ?o }"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o . ?p ?q ?r }"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
SPARQL = "application/sparql-query"
DIRECT = {"Content-Type": SPARQL}


def quads() -> Iterator[Quad]:
    """Names in two graphs, one of them with what a page must escape."""
    name = NamedNode("http://schema.org/name")
    for graph in ("a", "b"):
        yield Quad(NamedNode("http://e/1"), name, Literal("Un & <b>deux</b>"), NamedNode(G + graph))
    derived = NamedNode("http://www.w3.org/ns/prov#wasDerivedFrom")
    yield Quad(NamedNode(G + "a"), derived, NamedNode("https://www.example.com/a"), NamedNode(G + "provenance"))
    yield Quad(NamedNode("javascript:alert(1)"), name, Literal("Zwei", language="de"), NamedNode(G + "b"))
    for i in range(200):
        yield Quad(NamedNode(f"http://e/s{i}"), NamedNode("http://e/p"), Literal(str(i)), NamedNode(G + "bulk"))


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Starlette]:
    root = tmp_path_factory.mktemp("h")
    state = State(root)
    release = make_edition(
        state, quads(), base="http://localhost:8000", date="2026-01-01",
        private_graphs=frozenset({G + "provenance"}), report=None,
    )
    state.switch(release.number)
    limits = Limits(seconds=1.0, memory_bytes=256 << 20, result_bytes=20_000_000)
    with start_service(root, root / "s", limits) as running:
        yield create_app(Settings(state=root, query_text_kb=64), query_client=running.client)


class Browser:
    """Sends requests to the application, each in a loop of its own."""

    def __init__(self, app: Starlette) -> None:
        self.app = app

    def __call__(self, method: str, address: str = "/sparql", **given: Any) -> httpx.Response:
        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.app)
            async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000") as client:
                return await client.request(method, address, **given)

        return asyncio.run(send())

    def ask(self, query: str, accept: str | None = None, **params: Any) -> httpx.Response:
        """A query by GET."""
        headers = {"Accept": accept} if accept else {}
        return self("GET", params={"query": query, **params}, headers=headers)


@pytest.fixture(scope="module")
def http(app: Starlette) -> Browser:
    return Browser(app)


def test_three_ways_of_sending_give_the_same(http: Browser) -> None:
    by_get = http.ask(SELECT)
    by_form = http("POST", data={"query": SELECT})
    direct = http("POST", content=SELECT, headers=DIRECT)
    assert by_get.status_code == by_form.status_code == direct.status_code == 200
    assert by_get.content == by_form.content == direct.content
    assert len(by_get.json()["results"]["bindings"]) == 2
    assert by_get.headers["Wallograph-Release"] == "1"
    assert by_get.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    ("query", "accept", "expected"),
    [
        (SELECT, None, "application/sparql-results+json"),
        (SELECT, "*/*", "application/sparql-results+json"),
        (SELECT, "application/json", "application/json"),
        (SELECT, "application/sparql-results+xml", "application/sparql-results+xml"),
        (SELECT, "text/csv", "text/csv; charset=utf-8"),
        (SELECT, "text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        (SELECT, "text/csv;q=0.3, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
        (SELECT, "text/turtle, application/sparql-results+json;q=0.1", "application/sparql-results+json"),
        (SELECT, "text/html", "text/html; charset=utf-8"),
        ("ASK {}", "text/csv", "text/csv; charset=utf-8"),
        ("ASK {}", "application/sparql-results+xml", "application/sparql-results+xml"),
        (CONSTRUCT, None, "text/turtle; charset=utf-8"),
        (CONSTRUCT, "application/ld+json", "application/ld+json"),
        (CONSTRUCT, "application/n-triples", "application/n-triples"),
        (CONSTRUCT, "application/rdf+xml", "application/rdf+xml"),
        ("DESCRIBE <http://e/1>", "text/turtle", "text/turtle; charset=utf-8"),
    ],
)
def test_negotiation(http: Browser, query: str, accept: str | None, expected: str) -> None:
    answer = http.ask(query, accept)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, expected)
    assert "Accept" in answer.headers["Vary"]
    head = http("HEAD", params={"query": query}, headers={"Accept": accept} if accept else {})
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Content-Type"] == expected
    assert head.headers["Content-Length"] == str(len(answer.content)) or "html" in expected


def test_406_names_what_there_is(http: Browser) -> None:
    for accept in ("image/png", "text/turtle"):
        answer = http.ask(SELECT, accept)
        assert answer.status_code == 406
        assert "text/csv" in answer.json()["offered"]
        assert "Accept" in answer.headers["Vary"]


@pytest.mark.parametrize(
    ("method", "given", "status"),
    [
        ("GET", {"params": [("query", "ASK {}"), ("query", "ASK {}")]}, 400),
        ("GET", {"params": {"query": ""}}, 400),
        ("GET", {"params": {"query": "ASK {"}}, 400),
        ("GET", {"params": {"query": "ASK { SERVICE <http://127.0.0.1:9/> {} }"}}, 400),
        ("GET", {"params": {"query": "INSERT DATA {}"}}, 400),
        ("GET", {"params": {"update": "CLEAR ALL"}}, 400),
        ("GET", {"params": {"query": "ASK {}", "format": "pdf"}}, 400),
        ("GET", {"params": {"query": "ASK {}", "default-graph-uri": "http://e/unknown"}}, 400),
        ("GET", {"params": {"query": "ASK {}", "named-graph-uri": "file:///etc/passwd"}}, 400),
        ("POST", {"data": {"other": "1"}}, 400),
        ("POST", {"data": {"update": "CLEAR ALL"}}, 400),
        ("POST", {"content": b"query=ASK%20%7B%7D&query=ASK%20%7B%7D", "headers": FORM}, 400),
        ("POST", {"content": b"query=%FF", "headers": FORM}, 400),
        ("POST", {"content": b"ASK { ?s ?p '\xff' }", "headers": DIRECT}, 400),
        ("POST", {"content": b"ASK {}", "headers": DIRECT, "params": {"query": "ASK {}"}}, 400),
        ("POST", {"content": b"CLEAR ALL", "headers": {"Content-Type": "application/sparql-update"}}, 400),
        ("POST", {"content": b"ASK {}", "headers": {"Content-Type": "text/plain"}}, 415),
        ("POST", {"content": b"ASK {}"}, 415),
        (
            "POST",
            {"content": "ASK {}".encode("utf-16"), "headers": {"Content-Type": f"{SPARQL}; charset=UTF-16"}},
            415,
        ),
        ("POST", {"content": b"ASK {} #" + b"x" * 70_000, "headers": DIRECT}, 413),
        ("PUT", {"content": b"ASK {}", "headers": DIRECT}, 405),
        ("DELETE", {}, 405),
    ],
    ids=range(22),
)
def test_refusals_are_problem_documents(http: Browser, method: str, given: dict[str, Any], status: int) -> None:
    answer = http(method, **given)
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == status
    if status == 405:
        assert {"GET", "HEAD", "POST"} <= set(answer.headers["Allow"].split(", "))


def test_a_syntax_error_names_line_and_column(http: Browser) -> None:
    problem = http.ask("SELECT * {\n ?s ?p }").json()
    assert (problem["line"], problem["column"]) == (2, 9)


def test_the_deadline_is_a_503_that_names_the_limit(http: Browser) -> None:
    answer = http.ask(RUNAWAY)
    assert answer.status_code == 503
    problem = answer.json()
    assert "1 s" in problem["detail"]
    assert (problem["limit"], bool(problem["hint"])) == ("seconds", True)
    assert (answer.headers["Wallograph-Release"], answer.headers["Cache-Control"]) == ("1", "no-store")


def test_other_limits_are_named(http: Browser) -> None:
    for query, limit in (
        ("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } LIMIT 300000", "result_bytes"),
        ("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i", "memory_bytes"),
    ):
        answer = http.ask(query)
        assert answer.status_code == 503
        assert answer.json()["limit"] in (limit, "seconds")


def test_a_dataset_in_the_address_of_a_form_is_not_left_out(http: Browser) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?s <http://schema.org/name> ?o }"
    answer = http("POST", params={"default-graph-uri": G + "a"}, data={"query": count})
    assert answer.json()["results"]["bindings"][0]["n"]["value"] == "1"
    twice = http("POST", params={"query": count}, data={"query": count})
    assert twice.status_code == 400


def test_relative_names_stand_on_the_endpoint(http: Browser) -> None:
    answer = http.ask("CONSTRUCT { <s> <#p> 1 } {}", "application/n-triples")
    assert answer.text.startswith("<http://localhost:8000/s> <http://localhost:8000/sparql#p> ")
    assert http.ask("ASK FROM <id/source/a> { ?s ?p ?o }").json()["boolean"] is True


def test_datasets_by_protocol_and_by_query(http: Browser) -> None:
    count = "SELECT (COUNT(*) AS ?n) {dataset} {{ ?s <http://schema.org/name> ?o }}"

    def number(answer: httpx.Response) -> int:
        return int(answer.json()["results"]["bindings"][0]["n"]["value"])

    both = {"default-graph-uri": [G + "a", G + "b"]}
    assert number(http.ask(count.format(dataset=""))) == 2
    assert number(http.ask(count.format(dataset=""), **both)) == 2
    assert number(http("POST", data={"query": count.format(dataset=""), **both})) == 2
    assert number(http("POST", content=count.format(dataset=""), headers=DIRECT, params=both)) == 2
    assert number(http.ask(count.format(dataset=f"FROM <{G}a> FROM <{G}b>"))) == 2
    assert number(http.ask(count.format(dataset=f"FROM <{G}b>"), **{"default-graph-uri": G + "a"})) == 1
    in_graphs = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s <http://schema.org/name> ?o } }"
    assert number(http.ask(in_graphs)) == 3
    assert number(http.ask(in_graphs, **{"named-graph-uri": G + "a"})) == 1
    assert number(http.ask(in_graphs, **{"default-graph-uri": G + "a"})) == 0


def test_a_large_answer_is_whole(http: Browser) -> None:
    answer = http.ask("SELECT * { ?a <http://e/p> ?b . ?c <http://e/p> ?d }")
    assert len(answer.json()["results"]["bindings"]) == 40_000
    assert answer.headers["Content-Length"] == str(len(answer.content))


def test_service_description_for_programs(http: Browser) -> None:
    for accept, expected in ((None, "text/turtle"), ("*/*", "text/turtle"), ("application/ld+json",) * 2):
        answer = http("GET", headers={"Accept": accept} if accept else {})
        assert answer.status_code == 200
        assert answer.headers["Content-Type"].startswith(expected)
        assert "sparql-service-description#Service" in answer.text or "sd:Service" in answer.text
        assert G + "a" in answer.text


def test_the_description_tells_what_is_true(http: Browser) -> None:
    triples = list(parse(http("GET", headers={"Accept": "application/n-triples"}).content, RdfFormat.N_TRIPLES))
    said = {(t.subject.value, t.predicate.value.rpartition("#")[2], t.object.value) for t in triples}
    endpoint = "http://localhost:8000/sparql"
    assert (f"{endpoint}#default-graph", "triples", "202") in said
    assert (f"{G}a#graph", "triples", "1") in said
    assert (G + "a", "wasDerivedFrom", "https://www.example.com/a") in said
    assert (f"{endpoint}#service", "supportedLanguage", f"{SD}SPARQL11Query") in said
    assert not any(predicate == "feature" for _, predicate, _ in said)
    comments = {value for _, _, value in said if value.startswith("Limit ")}
    assert len(comments) == len(Limits().as_dict())
    assert "Limit seconds: 1.0" in comments
    formats = [value.rpartition("/")[2] for _, predicate, value in said if predicate == "resultFormat"]
    assert len(formats) == 8


@pytest.mark.parametrize(
    ("lang", "text"),
    [("fr", "Lancer"), ("nl", "Uitvoeren"), ("de", "Ausführen"), ("en", "Run")],
)
def test_the_form_for_people(http: Browser, lang: str, text: str) -> None:
    page = http("GET", headers={"Accept": "text/html", "Accept-Language": lang})
    assert page.status_code == 200
    assert text in page.text
    assert "<textarea" in page.text
    assert "PREFIX wg: &lt;http://localhost:8000/ns/wallograph#&gt;" in page.text


def test_the_table_for_people_is_safe(http: Browser) -> None:
    page = http.ask(SELECT, "text/html").text
    assert "Un &amp; &lt;b&gt;deux&lt;/b&gt;" in page
    assert "<b>deux" not in page
    assert 'href="javascript:' not in page
    assert 'href="http://e/1"' in page
    assert "format=csv" in page


@pytest.mark.parametrize("query", ["ASK {}", CONSTRUCT, "SELECT * { ?s <urn:none> ?o }"])
def test_other_answers_as_pages(http: Browser, query: str) -> None:
    page = http.ask(query, format="html")
    assert page.status_code == 200
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"


def test_an_error_keeps_what_was_typed(http: Browser) -> None:
    page = http.ask("SELECT * { <mine>", "text/html")
    assert page.status_code == 400
    assert "SELECT * { &lt;mine&gt;" in page.text


def test_the_examples_are_right(http: Browser) -> None:
    folder = Path(__file__).parent.parent / "src/wallograph/web/queries"
    for file in sorted(folder.glob("sparql_*.rq")):
        assert http.ask(file.read_text(encoding="utf-8")).status_code == 200, file.name


def test_who_goes_away_ends_the_query(app: Starlette) -> None:
    client = app.state.site.query_client
    before = client.status()["ended"]["gone"]
    sent: list[Any] = []

    async def run() -> None:
        messages = [{"type": "http.request", "body": b"", "more_body": False}, {"type": "http.disconnect"}]

        async def receive() -> Any:
            if len(messages) == 1:
                await asyncio.sleep(0.2)
            return messages.pop(0)

        async def send(message: Any) -> None:
            sent.append(message)

        query = str(httpx.QueryParams({"query": RUNAWAY})).encode()
        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "path": "/sparql",
            "raw_path": b"/sparql", "query_string": query, "headers": [], "scheme": "http", "root_path": "",
            "server": ("localhost", 8000), "client": ("127.0.0.1", 1),
        }  # fmt: skip
        await app(scope, receive, send)

    asyncio.run(run())
    deadline = time.monotonic() + 10
    while client.status()["ended"]["gone"] == before:
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_point_queries_pass_while_others_run_away(http: Browser) -> None:
    async def run() -> list[int]:
        transport = httpx.ASGITransport(app=http.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000") as client:
            runaways = [asyncio.ensure_future(client.get("/sparql", params={"query": RUNAWAY})) for _ in range(4)]
            points = 0
            while not all(r.done() for r in runaways):
                # another text each time: an answer that is kept would never leave the loop to the others
                answer = await client.get("/sparql", params={"query": f"ASK {{}} #{points}"})
                assert json.loads(answer.content)["boolean"] is True
                points += 1
            assert points > 5
            return [r.result().status_code for r in runaways]

    assert asyncio.run(run()) == [503] * 4


def test_health_tells_whether_the_wall_is_up(http: Browser) -> None:
    assert http("GET", "/healthz").json()["sandboxed"] is True
