"""The change feed as an event stream: its members, its nodes, and that replaying them gives the current graph."""

import json
import re

import pytest
from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, parse
from rdflib import Graph

from publication import BASE, Client, client_of
from story import DELETE, TIME, TREE, VERSION_OF, history, replay, walk
from wallograph.publish import ldes
from wallograph.publish.media import RDF_FORMATS
from wallograph.release.changes import PAGE_MEMBERS, changes_of
from wallograph.release.state import State
from wallograph.store.embedded import ReadStore


def default_graph(release):
    return {quad.triple for quad in ReadStore(release.store_path).quads(graph=DefaultGraph())}


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    folder = tmp_path_factory.mktemp("state")
    history(folder)
    return folder


@pytest.fixture(scope="module")
def client(root) -> Client:
    return client_of(root)


@pytest.mark.parametrize("number", range(1, 8))
def test_the_newest_members_make_up_the_graph_after_each_release(root, number):
    """A release is current, so the feed ends with it: patch, roll-back, merge, withdrawal, return, switch back."""
    state = State(root)
    last = state.current().number
    try:
        state.switch(number)
        assert replay(walk(client_of(root))) == default_graph(state.get(number))
    finally:
        state.switch(last)


def test_members_are_versions_in_the_order_of_time(client):
    members = walk(client)
    assert len({name for name, _ in members}) == len(members)
    times = [next(t.object.value for t in triples if t.predicate.value == TIME) for _, triples in members]
    assert times == sorted(times)
    assert set(times) == {
        "2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z", "2026-03-02T00:00:01Z", "2026-03-03T00:00:00Z",
        "2026-04-01T00:00:00Z", "2026-04-01T00:00:01Z", "2026-04-02T00:00:00Z",
    }  # fmt: skip
    names = {name for name, _ in members}
    assert f"{BASE}/doc/actor/spin?release=2" in names
    assert f"{BASE}/auth/actor-kind?release=1" in names


def test_the_name_of_a_member_leads_to_the_thing_as_it_was(client):
    for name, triples in walk(client):
        answer = client.get(name.removeprefix(BASE), "text/turtle")
        gone = any(t.object == NamedNode(DELETE) for t in triples)
        assert answer.status_code in ((301, 410) if gone else (200,)), name


def test_a_last_member_is_a_deletion(client):
    members = dict(walk(client))
    merged = {(t.predicate.value, t.object.value) for t in members[f"{BASE}/doc/actor/spin?release=5"]}
    assert ("http://www.w3.org/2002/07/owl#deprecated", "true") in merged
    assert ("http://purl.org/dc/terms/isReplacedBy", f"{BASE}/id/actor/uliege") in merged
    assert ("http://www.w3.org/2000/01/rdf-schema#label", "Spin SA") in merged
    withdrawn = {(t.predicate.value, t.object.value) for t in members[f"{BASE}/doc/value/v1?release=5"]}
    assert (VERSION_OF, f"{BASE}/id/value/v1") in withdrawn
    assert not any(predicate.endswith("isReplacedBy") for predicate, _ in withdrawn)


def test_the_root_describes_the_stream(client):
    answer = client.get("/changes", "text/turtle")
    assert answer.headers["content-type"].startswith("text/turtle")
    assert "immutable" not in answer.headers["cache-control"]
    assert f'<{BASE}/changes.atom>; rel="alternate"; type="application/atom+xml"' in answer.headers["link"]
    graph = Graph().parse(data=answer.text, format="turtle")
    rows = graph.query(
        "PREFIX ldes: <https://w3id.org/ldes#> PREFIX tree: <https://w3id.org/tree#> "
        "SELECT * { ?s a ldes:EventStream ; ldes:timestampPath ?time ; ldes:versionOfPath ?of ; "
        "ldes:versionDeletePath ?path ; ldes:versionDeleteObject ?gone ; tree:shape ?shape ; tree:view ?view }"
    )
    (row,) = rows
    assert (str(row.time), str(row.of), str(row.gone)) == (TIME, VERSION_OF, DELETE)
    assert str(row.view) == f"{BASE}/changes"


def test_all_formats_of_a_node_carry_the_same_graph(client):
    for path in ("/changes", "/changes/1/1", "/changes/5/1"):
        graphs = []
        for form in RDF_FORMATS.values():
            answer = client.get(path, form.media_type)
            assert answer.status_code == 200, (path, form.key)
            text = answer.text
            if form.key == "jsonld":
                context = client.get("/ns/context/v1.jsonld").json()["@context"]
                text = json.dumps(json.loads(text) | {"@context": context})
            graphs.append({q.triple for q in parse(text, format=form.rdf, base_iri=BASE)})
        assert all(graph == graphs[0] for graph in graphs), path


def test_pages_are_closed(root, client):
    answer = client.get("/changes/1/1.nq")
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert client.get("/changes/1/1.nq", if_none_match=answer.headers["etag"]).status_code == 304
    state = State(root)
    last = state.current().number
    try:
        state.switch(3)
        before = client_of(root).get("/changes/1/1.nq")
        assert (before.content, before.headers["etag"]) == (answer.content, answer.headers["etag"])
        assert client_of(root).get("/changes/4/1").status_code == 404
    finally:
        state.switch(last)


@pytest.mark.parametrize("path", [
    "/changes/0/1", "/changes/1/0", "/changes/01/1", "/changes/1/2", "/changes/8/1", "/changes/x/1", "/changes/1/x",
    "/changes/1/1.html", "/changes/1/1.zip", "/changes/part/0", "/changes/part/x", "/changes.zip", "/changes/1/1/",
    "/changes/", "/changes/99999999999999/1", "/changes/٣/1",
])  # fmt: skip
def test_what_is_no_node_is_404(client, path):
    assert client.get(path).status_code == 404


def test_not_acceptable_lists_what_there_is(client):
    answer = client.get("/changes/1/1", "image/png")
    assert answer.status_code == 406
    assert {"type": "text/turtle", "url": f"{BASE}/changes/1/1.ttl"} in answer.json()["variants"]


def test_full_hundreds_of_releases_have_a_node_of_their_own():
    steps = [ldes.Step(number, f"2026-01-01T00:{number // 60:02}:{number % 60:02}Z") for number in range(1, 251)]
    assert ldes.parts_of(steps, 250)[0] == [0, 1]
    assert [step.number for step in ldes.parts_of(steps, 250)[1]] == list(range(201, 251))
    assert ldes.parts_of(steps[:200], 200) == ([0, 1], [])
    assert ldes.parts_of(steps[:199], 199)[0] == [0]
    nodes = {q.object.value for q in ldes.root(BASE, steps, 250, None).quads if q.predicate.value == TREE + "node"}
    assert {f"{BASE}/changes/part/0", f"{BASE}/changes/part/1", f"{BASE}/changes/250/1"} <= nodes
    assert len(nodes) == 52
    part = ldes.part_node(BASE, ldes.steps_of_part(steps, 1), 1)
    assert len({q.object.value for q in part.quads if q.predicate.value == TREE + "node"}) == 100


def test_things_without_a_document_here_are_members_too():
    page = f"{BASE}/changes/1/1"
    assert re.fullmatch(rf"{page}#[0-9a-f]{{16}}", ldes.version_iri("https://ror.org/1", BASE, 1, page))
    assert ldes.version_iri(f"{BASE}/ns/wallograph#Term", BASE, 1, page) == f"{BASE}/ns/wallograph?release=1#Term"
    assert ldes.version_iri(f"{BASE}/x/y", BASE, 1, page) == f"{BASE}/doc/x/y?release=1"


def test_the_shipped_graph_comes_back_whole(shipped, shipped_state):
    """Every thing of the public graph is a member, in pages of bounded length."""
    facts = changes_of(shipped_state, shipped)
    assert len(facts["pages"]) - 1 == -(-facts["members"] // PAGE_MEMBERS) > 10
    client = client_of(shipped_state.root)
    members = walk(client, shipped.base)
    assert len(members) == facts["members"]
    assert replay(members) == default_graph(shipped)
    page = parse(client.get("/changes/1/3.nq").content, format=RdfFormat.N_QUADS)
    assert sum(q.predicate.value == TREE + "member" for q in page) == PAGE_MEMBERS
