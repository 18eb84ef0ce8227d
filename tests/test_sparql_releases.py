"""/sparql over time: older releases, thinned ones, citations, validators, answers that are kept."""

import asyncio
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store
from starlette.applications import Starlette

from wallograph.errors import NotFound, QueryError, QueryTimeout
from wallograph.release.apply import apply_patch
from wallograph.release.edition import make_edition
from wallograph.release.patch import Patch
from wallograph.release.state import State
from wallograph.release.thin import is_thinned, remake, thin
from wallograph.settings import Settings
from wallograph.store.limits import Limits
from wallograph.store.starting import start_service
from wallograph.web.app import create_app

BASE = "http://localhost:8000"
G = f"{BASE}/id/source/"
NAME = NamedNode("http://schema.org/name")
COUNT = "SELECT (COUNT(*) AS ?n) { ?s <http://schema.org/name> ?o }"


def quad(i: int, graph: str = "a") -> Quad:
    """A name in a graph."""
    return Quad(NamedNode(f"http://e/{i}"), NAME, Literal(f"n{i}"), NamedNode(G + graph))


def publish(root: Path) -> State:
    """Two editions with two releases after the first: 1, 2, 3 (patches), 4 (edition)."""
    state = State(root)
    make_edition(
        state, [quad(1), quad(2, "secret")], base=BASE, date="2026-01-10", private_graphs=frozenset({G + "secret"}),
        report=None, dumps=False,
    )  # fmt: skip
    state.switch(1)
    apply_patch(state, Patch([quad(3), quad(3, "b")], []), date="2026-01-20")
    state.switch(2)
    apply_patch(state, Patch([quad(4)], [quad(1)]), date="2026-02-01")
    state.switch(3)
    make_edition(
        state, [quad(i) for i in range(10)], base=BASE, date="2026-03-01", private_graphs=frozenset(), report=None,
        dumps=False,
    )  # fmt: skip
    state.switch(4)
    return state


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> State:
    return publish(tmp_path_factory.mktemp("r"))


@pytest.fixture(scope="module")
def app(state: State) -> Iterator[Starlette]:
    with start_service(state.root, state.root / "s", Limits(seconds=5, from_triples=1000)) as running:
        yield create_app(Settings(state=state.root), query_client=running.client)


class Browser:
    """Sends requests to the application."""

    def __init__(self, app: Any) -> None:
        self.app = app

    def __call__(self, query: str | None, headers: dict[str, str] | None = None, **params: Any) -> httpx.Response:
        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.app)
            async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
                given = params if query is None else {"query": query, **params}
                return await client.get("/sparql", params=given, headers=headers)

        return asyncio.run(send())

    def count(self, **params: Any) -> int:
        """The answer to COUNT."""
        answer = self(COUNT, **params)
        assert answer.status_code == 200, answer.text
        return int(answer.json()["results"]["bindings"][0]["n"]["value"])


@pytest.fixture(scope="module")
def ask(app: Starlette) -> Browser:
    return Browser(app)


# -- releases


@pytest.mark.parametrize(
    ("release", "number", "count"),
    [
        ("1", 1, 1), ("2", 2, 2), ("3", 3, 2), ("4", 4, 10), ("", 4, 10),
        ("2026-01-10", 1, 1), ("2026-01-31", 2, 2), ("2026-02-28", 3, 2), ("2030-01-01", 4, 10),
    ],
)  # fmt: skip
def test_any_release_can_be_asked(ask: Browser, release: str, number: int, count: int) -> None:
    assert ask.count(release=release) == count
    assert ask(COUNT, release=release).headers["Wallograph-Release"] == str(number)


@pytest.mark.parametrize(
    ("release", "status"),
    [("5", 404), ("99999999999999999", 404), ("2026-01-09", 404), ("0", 400), ("-1", 400), ("x", 400), ("../1", 400)],
)
def test_what_is_no_release(ask: Browser, release: str, status: int) -> None:
    answer = ask(COUNT, release=release)
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_datasets_of_an_older_release(ask: Browser) -> None:
    assert ask.count(release="2", **{"default-graph-uri": [G + "a", G + "b"]}) == 2
    assert ask.count(release="2", **{"default-graph-uri": [G + "secret"]}) == 1
    both = {"default-graph-uri": [G + "a", G + "b"], "named-graph-uri": [G + "secret"]}
    inside = "SELECT ?s { ?s <http://schema.org/name> ?o . GRAPH ?g { ?x <http://schema.org/name> ?y } }"
    assert len(ask(inside, release="2", **both).json()["results"]["bindings"]) == 2
    assert ask(COUNT, release="1", **{"default-graph-uri": G + "b"}).status_code == 400  # not known yet
    described = ask("DESCRIBE <http://e/3>", release="2", headers={"Accept": "application/n-triples"})
    assert described.text.count("\n") == 1


def test_the_current_one_is_as_before_after_an_older_one(ask: Browser) -> None:
    for _ in range(6):
        assert (ask.count(release="1"), ask.count()) == (1, 10)


def test_every_answer_cites_itself(ask: Browser) -> None:
    for params in ({}, {"release": "2"}, {"default-graph-uri": G + "a"}, {"format": "html"}):
        answer = ask(COUNT, **params)
        link = answer.headers["Link"]
        assert link.endswith('; rel="cite-as"')
        address = httpx.URL(link[1 : link.index(">")])
        assert address.params["release"] == answer.headers["Wallograph-Release"]
        cited = ask(**{name.replace("query", "query"): value for name, value in address.params.items()})
        assert cited.headers["Wallograph-Release"] == answer.headers["Wallograph-Release"]
        if "format" not in params:
            assert cited.content == answer.content
    long = ask(COUNT + " #" + "x" * 9000)
    assert long.headers["Link"] == f'<{BASE}/sparql?release=4>; rel="cite-as"'
    wrong = ask("SELECT * { ?s ?p }")
    assert (wrong.status_code, wrong.headers["Wallograph-Release"]) == (400, "4")


def test_the_description_of_a_release(ask: Browser) -> None:
    texts = [ask(None, release=number).text for number in ("1", "4")]
    assert [f"<{G}secret>" in text or "source/secret" in text for text in texts] == [True, False]
    answer = ask(None)
    again = ask(None, {"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


# -- thinning


def test_thinned_releases_are_made_again_on_request(tmp_path: Path) -> None:
    state = publish(tmp_path)
    before = {n: set(Store.read_only(str(state.get(n).store_path))) for n in (2, 3)}
    assert thin(state) == [2, 3]
    assert [is_thinned(state.get(n)) for n in (1, 2, 3, 4)] == [False, True, True, False]
    assert thin(state) == []
    with start_service(state.root, state.root / "s", Limits()) as running:
        ask = Browser(create_app(Settings(state=state.root), query_client=running.client))
        answer = ask(COUNT, release="2")
        assert (answer.status_code, answer.headers["Cache-Control"]) == (202, "no-store")
        assert int(answer.headers["Retry-After"]) >= 1
        limit = time.monotonic() + 20
        while ask(COUNT, release="2").status_code == 202:
            assert [thread.name for thread in threading.enumerate()].count("remake") <= 1  # however often it is asked
            assert time.monotonic() < limit
            time.sleep(0.02)
        assert ask.count(release="2") == 2
        assert ask.count() == 10
    assert remake(state, 3, keep=4)
    assert {n: set(Store.read_only(str(state.get(n).store_path))) for n in (2, 3)} == before
    assert not list(state.root.glob(".remaking-*"))


def test_only_so_many_stay(tmp_path: Path) -> None:
    state = publish(tmp_path)
    thin(state)
    assert remake(state, 2, keep=1)
    assert remake(state, 3, keep=1)
    assert [is_thinned(state.get(n)) for n in (2, 3)] == [True, False]


# -- validators and what is kept


def test_a_validator_names_release_query_dataset_and_format(ask: Browser) -> None:
    first = ask(COUNT)
    others = [
        ask(COUNT, release="3"),
        ask(COUNT + " "),
        ask(COUNT, **{"default-graph-uri": G + "a"}),
        ask(COUNT, **{"named-graph-uri": G + "a"}),
        ask(COUNT, {"Accept": "text/csv"}),
        ask(COUNT, {"Accept": "application/json"}),
    ]
    tags = [answer.headers["ETag"] for answer in (first, *others)]
    assert len(set(tags)) == len(tags)
    assert all(tag.startswith('"') for tag in tags)
    assert ask(COUNT, release="4").headers["ETag"] == first.headers["ETag"]


def test_304_repeats_what_a_cache_needs(ask: Browser) -> None:
    for query, params in ((COUNT, {}), (COUNT, {"release": "2"}), ("DESCRIBE <http://e/3>", {})):
        first = ask(query, **params)
        again = ask(query, {"If-None-Match": f'"x", {first.headers["ETag"]}'}, **params)
        assert (again.status_code, again.content) == (304, b"")
        for name in ("ETag", "Cache-Control", "Vary", "Wallograph-Release", "Link"):
            assert again.headers[name] == first.headers[name]
        assert ask(query, {"If-None-Match": '"other"'}, **params).status_code == 200
    assert ask(COUNT, {"If-None-Match": "*"}).status_code == 304
    other = ask(COUNT, release="3").headers["ETag"]
    assert ask(COUNT, {"If-None-Match": other}).status_code == 200


def test_how_long_an_answer_may_be_kept(ask: Browser) -> None:
    assert ask(COUNT).headers["Cache-Control"] == "public, max-age=60, must-revalidate"
    assert ask(COUNT, release="4").headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert ask(COUNT, release="2026-02-02").headers["Cache-Control"] == "public, max-age=60, must-revalidate"


@pytest.mark.parametrize("call", ["NOW()", "RAND()", "UUID()", "STRUUID()", "BNODE()", "now()"])
def test_what_depends_on_the_moment_is_never_kept(ask: Browser, call: str) -> None:
    query = f"SELECT ({call} AS ?x) {{}}"
    answers = [ask(query, release="1"), ask(query, release="1")]
    for answer in answers:
        assert answer.headers["Cache-Control"] == "no-store"
        assert "ETag" not in answer.headers
    if call != "BNODE()":
        assert answers[0].content != answers[1].content


class Counting:
    """A client of the query service that counts what it is asked."""

    def __init__(self, client: Any) -> None:
        self.client, self.asked = client, 0

    async def query_async(self, *given: Any, **named: Any) -> Any:
        self.asked += 1
        return await self.client.query_async(*given, **named)


def test_answers_are_kept_for_one_release_only(tmp_path: Path) -> None:
    state = publish(tmp_path)
    with start_service(state.root, state.root / "s", Limits()) as running:
        counting = Counting(running.client)
        ask = Browser(create_app(Settings(state=state.root), query_client=counting))  # type: ignore[arg-type]
        assert [ask.count() for _ in range(3)] == [10] * 3
        assert counting.asked == 1
        assert [ask.count(release="3") for _ in range(2)] == [2] * 2
        assert counting.asked == 2
        assert ask(COUNT, {"Accept": "text/csv"}).text == "n\r\n10\r\n"
        assert counting.asked == 3
        assert ask("ASK {", {}).status_code == ask("ASK {", {}).status_code == 400
        assert counting.asked == 5  # errors are not kept
        apply_patch(state, Patch([quad(77)], []), date="2026-03-02")
        state.switch(5)
        limit = time.monotonic() + 10
        while ask(COUNT).headers["Wallograph-Release"] != "5":
            assert time.monotonic() < limit
        assert ask.count() == 11
        assert ask.count(release="4") == 10
        asked = counting.asked
        assert (ask.count(), ask.count(release="4"), ask.count(release="5")) == (11, 10, 11)
        assert counting.asked == asked


def test_the_kept_answers_have_a_limit(tmp_path: Path) -> None:
    state = publish(tmp_path)
    with start_service(state.root, state.root / "s", Limits()) as running:
        counting = Counting(running.client)
        app = create_app(Settings(state=state.root, query_cache_mb=0), query_client=counting)  # type: ignore[arg-type]
        ask = Browser(app)
        assert [ask.count() for _ in range(3)] == [10] * 3
        assert counting.asked == 3


def test_an_older_release_under_a_small_limit(tmp_path: Path) -> None:
    state = publish(tmp_path)
    limits = Limits(seconds=1, memory_bytes=64 << 20)
    with start_service(state.root, state.root / "s", limits) as running:
        for _ in range(20):
            assert running.client.query(COUNT, release=1).release == 1
        cross = " ".join(f"?s{i} ?p{i} ?o{i} ." for i in range(9))
        with pytest.raises(QueryError):
            running.client.query(f"SELECT * {{ {cross} }} ORDER BY ?s1", release=4)
        with pytest.raises(QueryTimeout):
            running.client.query(f"SELECT (COUNT(*) AS ?n) {{ {cross} ?s ?p ?o }}", release=4)
        with pytest.raises(NotFound):
            running.client.query(COUNT, release=9)
        assert running.client.query(COUNT).release == 4
