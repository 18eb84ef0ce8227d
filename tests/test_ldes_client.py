"""The npm `ldes-client`, unmodified, against a real server: all members come, in order; replaying them gives the graph.

In: a served state with a history. Out: a member that is missing or late. The client is installed by `npm_clients`.
"""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import httpx
import pytest
from pyoxigraph import DefaultGraph, RdfFormat, Triple, parse

import npm_clients
from http_server import Server, serving
from story import TIME, VERSION_OF, history, replay
from wallograph.release.state import Release
from wallograph.store.embedded import ReadStore

Members = list[tuple[str, list[Triple]]]


@pytest.fixture(scope="module")
def client() -> Path:
    """The command of the client."""
    return npm_clients.command("ldes-client/dist/bin/cli.js")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, list[Release]]]:
    """A server, and the releases that it serves."""
    root = tmp_path_factory.mktemp("served")
    with serving(root) as server:
        releases = history(root / "state", server.base)
        server.start(root / "state")
        yield server, releases


def members(text: str) -> Members:
    """The members as the client writes them, an empty line after each."""
    found: Members = []
    for part in text.strip().split("\n\n"):
        triples = [quad.triple for quad in parse(part.encode(), format=RdfFormat.TURTLE)]
        found.append((triples[0].subject.value, triples))
    return found


def default_graph(release: Release) -> set[Triple]:
    return {quad.triple for quad in ReadStore(release.store_path).quads(graph=DefaultGraph())}


def value(triples: list[Triple], predicate: str) -> str:
    (found,) = [str(t.object.value) for t in triples if t.predicate.value == predicate]
    return found


@pytest.mark.parametrize("order", ["ascending", "none"])
def test_all_members_come_and_replay(client: Path, served: tuple[Server, list[Release]], order: str) -> None:
    server, releases = served
    found = members(npm_clients.run(client, f"{server.base}/changes", "--ordered", order))
    counts = [httpx.get(f"{server.base}/changes/{release.number}.json").json()["members"] for release in releases]
    assert len(found) == len({name for name, _ in found}) == sum(counts)
    if order == "ascending":
        assert all(value(one, TIME) <= value(two, TIME) for (_, one), (_, two) in pairwise(found))
    assert replay(found) == default_graph(releases[-1])


def test_the_latest_versions_alone_are_the_graph(client: Path, served: tuple[Server, list[Release]]) -> None:
    server, releases = served
    options = ("--ordered", "descending", "--last-version-only")
    found = members(npm_clients.run(client, f"{server.base}/changes", *options))
    things = [value(triples, VERSION_OF) for _, triples in found]
    assert len(things) == len(set(things))
    assert replay(found) == default_graph(releases[-1])


def test_only_what_is_newer_is_fetched(client: Path, served: tuple[Server, list[Release]]) -> None:
    server, _ = served
    text = npm_clients.run(client, f"{server.base}/changes", "--after", "2026-03-31T00:00:00Z")
    times = {value(triples, TIME) for _, triples in members(text)}
    assert times == {"2026-04-01T00:00:00Z", "2026-04-01T00:00:01Z", "2026-04-02T00:00:00Z"}
