"""The query service: right answers (S2), whole answers, limits, kills, new releases."""

import json
import select
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import rdflib

from wallograph.errors import (
    QueryBusy,
    QueryError,
    QueryRefused,
    QuerySyntaxError,
    QueryTimeout,
    QueryTooLarge,
    StateError,
)
from wallograph.store import frames
from wallograph.store.client import QueryClient
from wallograph.store.limits import Limits
from wallograph.store.notice import Notice
from wallograph.store.starting import RunningService, start_service

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
BOMB = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f"
POINT = "SELECT ?o { <http://e/s7> <http://e/p> ?o }"
G = "http://localhost:8000/id/source/"
# rdflib uses its own deprecated names
RDFLIB_WARNS = pytest.mark.filterwarnings("ignore::DeprecationWarning")
LIMITS = Limits(seconds=1.0, memory_bytes=128 << 20, result_bytes=2_000_000, from_triples=2000, workers=2)


def write_release(state: Path, number: int, lines: list[str], parent: int | None = None) -> Path:
    """A release folder as an edition, or as a patch of `A` and `D` lines."""
    folder = state / "releases" / f"{number:06d}"
    folder.mkdir(parents=True)
    name = "graph.nq" if parent is None else "patch.rdfp"
    (folder / name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    manifest = {
        "number": number,
        "parent": parent,
        "base": "http://localhost:8000",
        "private_graphs": [f"{G}provenance"],
    }
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder


def switch(state: Path, number: int) -> None:
    """Make a release current, atomically."""
    temp = state / ".current"
    temp.symlink_to(f"releases/{number:06d}")
    temp.replace(state / "current")


INTEGER = "<http://www.w3.org/2001/XMLSchema#integer>"


def sample() -> list[str]:
    """One triple in three graphs, values to add up, a private graph, and some bulk."""
    lines = [f"<http://e/a> <http://e/knows> <http://e/b> <{G}{g}> ." for g in ("g1", "g2", "g3")]
    lines += [f'<http://e/b> <http://e/size> "10"^^{INTEGER} <{G}{g}> .' for g in ("g1", "g2")]
    lines += [f'<http://e/a> <http://e/size> "5"^^{INTEGER} <{G}g3> .']
    lines += [f'<{G}g1> <http://e/from> "page" <{G}provenance> .']
    lines += [f'<http://e/s{i}> <http://e/p> "{i}" <{G}bulk> .' for i in range(3000)]
    return sorted(lines)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    state = tmp_path_factory.mktemp("q")
    write_release(state, 1, sample())
    switch(state, 1)
    with start_service(state, state / "s", LIMITS) as running:
        yield running


@pytest.fixture(scope="module")
def client(service: RunningService) -> QueryClient:
    return service.client


def rows(client: QueryClient, query: str, **dataset: list[str]) -> list[tuple[str, ...]]:
    """The rows of a SELECT, sorted, as texts."""
    found = json.loads(client.query(query, **dataset).read())
    names = found["head"]["vars"]
    return sorted(tuple(b[n]["value"] if n in b else "" for n in names) for b in found["results"]["bindings"])


# -- S2

PATTERNS = [
    "SELECT (COUNT(*) AS ?n) {dataset} {{ ?s <http://e/knows> ?o }}",
    "SELECT (SUM(?v) AS ?n) {dataset} {{ ?s <http://e/size> ?v }}",
    "SELECT ?s ?v {dataset} {{ ?s <http://e/knows> ?o . ?o <http://e/size> ?v }}",
    "SELECT (COUNT(*) AS ?n) {dataset} {{ ?s <http://e/knows>/<http://e/size> ?v }}",
    "SELECT ?g (COUNT(*) AS ?n) {dataset} {{ GRAPH ?g {{ ?s <http://e/knows> ?o }} }} GROUP BY ?g",
    "SELECT (SUM(?v) AS ?n) {dataset} {{ ?s <http://e/knows> ?o GRAPH ?g {{ ?o <http://e/size> ?v }} }}",
]
DATASETS: list[tuple[list[str], list[str]]] = [
    ([], []),
    (["g1"], []),
    (["g1", "g2"], []),
    (["g1", "g2", "g3"], []),
    (["g1", "g3"], ["g2"]),
    ([], ["g1", "g2"]),
    (["g1", "g1"], ["g1"]),
]


def by_rdflib(pattern: str, default: list[str], named: list[str]) -> list[tuple[str, ...]]:
    """The same question to rdflib, over a dataset that is put together by hand."""
    private = rdflib.URIRef(f"{G}provenance")
    whole = rdflib.Dataset()
    whole.parse(data="\n".join(sample()), format="nquads")
    asked = rdflib.Dataset()
    given = bool(default or named)
    for s, p, o, g in whole.quads():
        public = (not given and g != private) or (given and str(g).removeprefix(G) in default)
        if public:
            asked.default_graph.add((s, p, o))
        if not given or str(g).removeprefix(G) in named:
            asked.graph(g).add((s, p, o))
    found = asked.query(pattern.format(dataset=""))
    return sorted(tuple("" if term is None else str(term) for term in row) for row in found)


@RDFLIB_WARNS
@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize(("default", "named"), DATASETS)
def test_each_triple_counts_once(client: QueryClient, pattern: str, default: list[str], named: list[str]) -> None:
    expected = by_rdflib(pattern, default, named)
    clauses = " ".join([*(f"FROM <{G}{g}>" for g in default), *(f"FROM NAMED <{G}{g}>" for g in named)])
    assert rows(client, pattern.format(dataset=clauses)) == expected
    by_protocol = rows(
        client,
        pattern.format(dataset=""),
        default_graphs=[G + g for g in default],
        named_graphs=[G + g for g in named],
    )
    assert by_protocol == expected


def test_private_graphs_are_only_asked_by_name(client: QueryClient) -> None:
    assert rows(client, "SELECT * { ?s <http://e/from> ?o }") == []
    assert len(rows(client, f"SELECT * {{ GRAPH <{G}provenance> {{ ?s <http://e/from> ?o }} }}")) == 1


def test_the_copy_of_several_graphs_is_gone_afterwards(client: QueryClient) -> None:
    query = f"SELECT * FROM <{G}g1> FROM <{G}g2> {{ ?s ?p ?o }}"
    for _ in range(5):
        assert len(rows(client, query)) == 2
        assert all("scratch" not in g for (g,) in rows(client, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"))


def test_several_graphs_have_a_limit(client: QueryClient) -> None:
    with pytest.raises(QueryRefused, match="2000"):
        client.query(f"SELECT * FROM <{G}bulk> FROM <{G}g2> {{ ?s ?p ?o }}")


@pytest.mark.parametrize("name", ["http://e/unknown", "file:///etc/passwd", "http://127.0.0.1:9/", "no iri"])
def test_a_graph_is_known_or_refused(client: QueryClient, name: str) -> None:
    with pytest.raises(QueryRefused, match=name):
        client.query("ASK {}", default_graphs=[name])
    with pytest.raises(QueryRefused, match=name):
        client.query("ASK {}", named_graphs=[name])
    if " " not in name:
        with pytest.raises(QueryRefused, match=name):
            client.query(f"ASK FROM <{name}> {{}}")


# -- forms and formats


@pytest.mark.parametrize(
    ("query", "graph", "expected"),
    [
        ("DESCRIBE <http://e/b>", "application/n-triples", 2),
        ("PREFIX e: <http://e/> DESCRIBE e:a e:b", "application/n-triples", 3),
        ("DESCRIBE ?x { ?x <http://e/knows> ?y }", "application/n-triples", 2),
        ("DESCRIBE * { ?x <http://e/knows> ?y } LIMIT 1", "application/n-triples", 3),
        ("DESCRIBE <http://e/nobody>", "application/n-triples", 0),
        (f"DESCRIBE <http://e/b> FROM <{G}g3>", "application/n-triples", 1),
        ("CONSTRUCT { ?o <urn:k> ?s } { ?s <http://e/knows> ?o }", "application/n-triples", 1),
        ("CONSTRUCT WHERE { ?s <http://e/size> ?o }", "application/n-triples", 2),
    ],
)
def test_graphs_come_whole(client: QueryClient, query: str, graph: str, expected: int) -> None:
    answer = client.query(query, graph=graph)
    assert answer.media_type == graph
    assert len(answer.read().splitlines()) == expected


@pytest.mark.parametrize(
    ("rows_format", "start"),
    [
        ("application/sparql-results+json", b'{"head"'),
        ("application/sparql-results+xml", b"<?xml"),
        ("text/csv", b"o\r\n7\r\n"),
        ("text/tab-separated-values", b'?o\n"7"\n'),
    ],
)
def test_tables_in_four_formats(client: QueryClient, rows_format: str, start: bytes) -> None:
    answer = client.query(POINT, rows=rows_format)
    assert (answer.form, answer.release) == ("SELECT", 1)
    assert answer.read().startswith(start)


@RDFLIB_WARNS
@pytest.mark.parametrize(
    "graph", ["text/turtle", "application/ld+json", "application/n-triples", "application/rdf+xml"]
)
def test_graphs_in_four_formats(client: QueryClient, graph: str) -> None:
    body = client.query("DESCRIBE <http://e/b>", graph=graph).read()
    assert len(rdflib.Graph().parse(data=body, format=graph)) == 2


def test_no_format_no_body(client: QueryClient) -> None:
    assert client.query("ASK {}", rows=None).media_type is None


# -- errors


def test_a_syntax_error_has_its_place(client: QueryClient) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        client.query("SELECT * {\n  ?s ?p }")
    assert (caught.value.line, caught.value.column) == (2, 10)


@pytest.mark.parametrize(
    "query", ["ASK { SERVICE <http://127.0.0.1:9/> {} }", "LOAD <http://127.0.0.1:9/>", "INSERT DATA {}"]
)
def test_refusals(client: QueryClient, query: str) -> None:
    with pytest.raises(QueryRefused):
        client.query(query)


HOSTILE = [
    (RUNAWAY, QueryTimeout),
    (BOMB, QueryTooLarge),
    ("SELECT DISTINCT ?a ?d ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", QueryError),
    ("SELECT * { ?a ?b ?c . ?d ?e ?f }", QueryTooLarge),
    ("CONSTRUCT { ?a <urn:x> ?d } { ?a ?b ?c . ?d ?e ?f }", QueryError),
    ("SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?d))) AS ?x) { ?a ?b ?c . ?d ?e ?f }", QueryError),
    ("SELECT (" + "!" * 200_000 + "true AS ?x) {}", QueryError),
    ("SELECT * { " + "{" * 10_000 + "}" * 10_000 + " }", QueryTooLarge),
    ("SELECT * { " + "?s ?p '" + "x" * 1_000_001 + "' }", QueryTooLarge),
]


@pytest.mark.parametrize(("query", "error"), HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_queries_run_into_a_limit(client: QueryClient, query: str, error: type[QueryError]) -> None:
    started = time.monotonic()
    with pytest.raises(error):
        client.query(query)
    assert time.monotonic() - started < LIMITS.seconds + 1
    assert rows(client, POINT) == [("7",)]  # the next one works at once


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { VALUES ?x { " + "1 " * 50_000 + "} FILTER(?x = 2) }",
        "ASK { FILTER(1 IN (" + ",".join(["2"] * 50_000) + ")) }",
        'ASK { FILTER(REGEX("' + "a" * 5000 + '!", "^(a+)+$")) }',
        'SELECT (REPLACE("' + "a" * 5000 + '", "(a|aa)+$", "b") AS ?x) {}',
        "ASK { ?s ?p '" + "x" * 900_000 + "' }",
        "SELECT * { <http://e/a> (<http://e/knows>|!<http://e/p>)* ?x }",
    ],
    ids=["values", "in", "regex", "replace", "literal", "path"],
)
def test_heavy_queries_are_answered_or_refused(client: QueryClient, query: str) -> None:
    started = time.monotonic()
    with suppress(QueryError):
        client.query(query).read()
    assert time.monotonic() - started < LIMITS.seconds + 1


def test_the_result_limit_is_never_a_cut(client: QueryClient) -> None:
    whole = client.query("SELECT * { ?s ?p ?o . ?s ?p2 ?o2 } LIMIT 2000", rows="text/csv")
    assert whole.size == len(whole.read())
    with pytest.raises(QueryTooLarge, match="2000000 bytes"):
        client.query("SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 20000")


def test_a_large_answer_comes_as_a_file_and_whole(client: QueryClient) -> None:
    query = "SELECT ?s ?o ?v { ?s <http://e/p> ?o . ?x <http://e/size> ?v }"
    answer = client.query(query)
    assert not isinstance(answer.body, bytes)
    assert len(json.loads(answer.read())["results"]["bindings"]) == 6000


def test_eight_runaways_leave_the_others_alone(client: QueryClient) -> None:
    ends: list[float] = []

    def run_away() -> None:
        started = time.monotonic()
        with pytest.raises((QueryTimeout, QueryTooLarge)):
            client.query(RUNAWAY)
        ends.append(time.monotonic() - started)

    threads = [threading.Thread(target=run_away) for _ in range(8)]
    for thread in threads:
        thread.start()
    answered = 0
    while any(thread.is_alive() for thread in threads):
        assert rows(client, POINT) == [("7",)]
        answered += 1
    for thread in threads:
        thread.join()
    assert answered > 50
    assert max(ends) < 2 * LIMITS.seconds + 1  # waiting for a worker included


def test_who_hangs_up_ends_the_query(client: QueryClient) -> None:
    impatient = QueryClient(Path(client.path), patience=0.3)
    with pytest.raises(QueryBusy):
        impatient.query(RUNAWAY)
    time.sleep(0.3)
    assert client.status()["busy"] == 0
    assert client.status()["ended"]["gone"] >= 1


def test_status(client: QueryClient) -> None:
    status = client.status()
    assert status["release"] == 1
    assert status["wall"] is True
    assert status["graphs"][f"{G}g1"] == 2
    assert status["triples"] == 3003
    assert status["limits"]["seconds"] == 1.0


# -- the queue, and new releases


def test_a_full_queue_says_so(tmp_path: Path) -> None:
    write_release(tmp_path, 1, sample())
    switch(tmp_path, 1)
    limits = Limits(seconds=1.0, workers=1, slow_workers=1, queue=2, memory_bytes=128 << 20)
    outcomes: list[str] = []

    def ask(client: QueryClient) -> None:
        try:
            client.query(RUNAWAY)
        except QueryError as error:
            outcomes.append(type(error).__name__)

    with start_service(tmp_path, tmp_path / "s", limits) as running:
        threads = [threading.Thread(target=ask, args=(running.client,)) for _ in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert outcomes.count("QueryBusy") >= 6
        assert set(outcomes) <= {"QueryBusy", "QueryTimeout"}
        assert rows(running.client, POINT) == [("7",)]


def until_release(client: QueryClient, number: int) -> None:
    """Wait until the service serves it."""
    limit = time.monotonic() + 10
    while client.status()["release"] != number:
        assert time.monotonic() < limit
        time.sleep(0.02)


def test_new_releases_are_picked_up_and_nothing_is_dropped(tmp_path: Path) -> None:
    write_release(tmp_path, 1, sample())
    switch(tmp_path, 1)
    count = "SELECT (COUNT(*) AS ?n) { ?s <http://e/knows> ?o }"
    stop = threading.Event()
    failed: list[BaseException] = []
    numbers: list[int] = []

    def keep_asking(client: QueryClient) -> None:
        while not stop.is_set():
            try:
                numbers.append(client.query(count).release)
            except BaseException as error:
                failed.append(error)

    def until_asked(client: QueryClient, number: int) -> None:
        until_release(client, number)
        before, limit = len(numbers), time.monotonic() + 10
        while number not in numbers[before:] and not failed:
            assert time.monotonic() < limit
            time.sleep(0.02)

    with start_service(tmp_path, tmp_path / "s", LIMITS) as running:
        thread = threading.Thread(target=keep_asking, args=(running.client,))
        thread.start()
        knows = "<http://e/a> <http://e/knows> <http://e/b>"
        write_release(
            tmp_path, 2, [f"D {knows} <{G}g1> .", f"A <http://e/b> <http://e/knows> <http://e/c> <{G}g1> ."], 1
        )
        switch(tmp_path, 2)
        until_asked(running.client, 2)
        assert rows(running.client, count) == [("2",)]  # two other graphs still state it
        write_release(tmp_path, 3, [f"D {knows} <{G}g2> .", f"D {knows} <{G}g3> ."], 2)
        switch(tmp_path, 3)
        until_asked(running.client, 3)
        assert rows(running.client, count) == [("1",)]
        switch(tmp_path, 1)  # back: no patch leads there, so it is loaded
        until_asked(running.client, 1)
        assert rows(running.client, count) == [("1",)]
        switch(tmp_path, 3)  # a chain of patches down to the edition
        until_asked(running.client, 3)
        assert rows(running.client, count) == [("1",)]
        assert rows(running.client, "SELECT ?o { <http://e/b> <http://e/knows> ?o }") == [("http://e/c",)]
        stop.set()
        thread.join()
    assert failed == []
    assert set(numbers) == {1, 2, 3}


def test_who_connected_before_a_release_and_speaks_after_it_is_answered(tmp_path: Path) -> None:
    write_release(tmp_path, 1, sample())
    switch(tmp_path, 1)
    with (
        start_service(tmp_path, tmp_path / "s", Limits(queue_seconds=3.0)) as running,
        socket.socket(socket.AF_UNIX) as early,
        socket.socket(socket.AF_UNIX) as silent,
    ):
        early.connect(running.client.path)
        silent.connect(running.client.path)
        until_release(running.client, 1)  # whoever came before this question was taken
        write_release(tmp_path, 2, sample())
        switch(tmp_path, 2)
        until_release(running.client, 2)
        time.sleep(0.2)
        frames.send(early, frames.QUERY, {"rows": "application/sparql-results+json", "graph": None}, b"ASK {}")
        answer = frames.receive(early)
        assert (answer.kind, answer.meta["release"]) == (frames.ANSWER, 1)
        silent.settimeout(10)
        assert silent.recv(1) == b""  # it said nothing for three seconds


def test_without_a_release_it_does_not_start(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(StateError):
        start_service(tmp_path, tmp_path / "s", LIMITS)
    assert "no release" in capfd.readouterr().err


def test_nobody_there(tmp_path: Path) -> None:
    with pytest.raises(StateError, match="not running"):
        QueryClient(tmp_path / "s").query("ASK {}")


def test_a_new_release_is_noticed_without_waiting(tmp_path: Path) -> None:
    notice = Notice(tmp_path)
    assert notice.descriptor is not None
    assert select.select([notice.descriptor], [], [], 0)[0] == []
    temp = tmp_path / ".current-1"
    temp.symlink_to("releases/000001")
    temp.replace(tmp_path / "current")
    assert select.select([notice.descriptor], [], [], 5)[0]
    notice.heard()
    assert select.select([notice.descriptor], [], [], 0)[0] == []
    notice.close()
    gone = Notice(tmp_path / "nowhere")
    assert gone.descriptor is None
    gone.heard()
