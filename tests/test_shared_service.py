"""Several web processes over real connections: one query service, new releases without a pause, who goes away."""

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from pyoxigraph import Literal, NamedNode, Quad

from http_server import Server, serving
from wallograph.release.apply import apply_patch
from wallograph.release.edition import make_edition
from wallograph.release.patch import Patch
from wallograph.release.state import State
from wallograph.store.client import QueryClient
from wallograph.store.limits import Limits
from wallograph.store.starting import start_service

COUNT = "SELECT (COUNT(*) AS ?n) { ?s <http://schema.org/name> ?o }"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o }"


def quad(i: int) -> Quad:
    """A name."""
    return Quad(
        NamedNode(f"http://e/{i}"), NamedNode("http://schema.org/name"), Literal(str(i)), NamedNode("http://e/g")
    )


def first(root: Path, base: str) -> State:
    """A state with one edition of 500 names."""
    state = State(root)
    make_edition(
        state, map(quad, range(500)), base=base, date="2026-01-01", private_graphs=frozenset(), report=None, dumps=False
    )
    state.switch(1)
    return state


@pytest.fixture(scope="module")
def together(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[list[Server], State, QueryClient]]:
    """Two servers, the second of two processes, over one query service."""
    root = tmp_path_factory.mktemp("t")
    with serving(root) as one, serving(root) as two:
        state = first(root / "state", one.base)
        with start_service(state.root, root / "s", Limits(seconds=20)) as running:
            one.start(state.root, running.client.path)
            two.start(state.root, running.client.path, web_processes=2)
            yield [one, two], state, running.client


Together = tuple[list[Server], State, QueryClient]


def test_several_web_processes_share_one_service(together: Together) -> None:
    servers, _, client = together
    before = client.status()["ended"]["answered"]
    for number in range(6):
        for server in servers:
            answer = httpx.get(f"{server.base}/sparql", params={"query": f"{COUNT} #{number} {server.port}"})
            assert answer.json()["results"]["bindings"][0]["n"]["value"] == "500"
    assert client.status()["ended"]["answered"] == before + 12


def test_who_hangs_up_ends_the_query(together: Together) -> None:
    servers, _, client = together
    for server in servers:
        before = client.status()["ended"]["gone"]
        address = httpx.URL(f"{server.base}/sparql", params={"query": RUNAWAY})
        with socket.create_connection(("127.0.0.1", server.port)) as sock:
            sock.sendall(b"GET " + address.raw_path + b" HTTP/1.1\r\nHost: x\r\n\r\n")
            limit = time.monotonic() + 15
            while not client.status()["busy"]:
                assert time.monotonic() < limit
                time.sleep(0.02)
            time.sleep(0.2)
        limit = time.monotonic() + 15
        while client.status()["ended"]["gone"] == before or client.status()["busy"]:
            assert time.monotonic() < limit
            time.sleep(0.02)


def test_a_new_release_drops_nothing(together: Together) -> None:
    servers, state, _ = together
    stop = threading.Event()
    seen: list[list[tuple[int, int]]] = [[], []]
    wrong: list[object] = []

    def keep_asking(index: int) -> None:
        with httpx.Client(base_url=servers[index].base) as client:
            while not stop.is_set():
                try:
                    answer = client.get("/sparql", params={"query": f"{COUNT} #{len(seen[index])}"})
                    if answer.status_code != 200:
                        wrong.append((answer.status_code, answer.text))
                        continue
                    count = int(answer.json()["results"]["bindings"][0]["n"]["value"])
                    seen[index].append((int(answer.headers["Wallograph-Release"]), count))
                except Exception as error:
                    wrong.append(error)

    threads = [threading.Thread(target=keep_asking, args=(index,)) for index in (0, 1)]
    for thread in threads:
        thread.start()
    for number in range(2, 6):
        apply_patch(state, Patch([quad(1000 + number)], []), date="2026-01-02")
        state.switch(number)
        time.sleep(0.4)
    make_edition(
        state, map(quad, range(7)), base=servers[0].base, date="2026-01-03", private_graphs=frozenset(), report=None,
        dumps=False,
    )  # fmt: skip
    state.switch(6)
    limit = time.monotonic() + 10
    while not all(part and part[-1][0] == 6 for part in seen):
        assert time.monotonic() < limit
        time.sleep(0.05)
    stop.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    right = {1: 500, 2: 501, 3: 502, 4: 503, 5: 504, 6: 7}
    for part in seen:
        assert [number for number, _ in part] == sorted(number for number, _ in part)
        assert all(right[number] == count for number, count in part)
