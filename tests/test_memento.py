"""Documents as they were: the TimeGate, the mementos and the TimeMap (RFC 7089), over real releases."""

import re

import pytest

from publication import BASE, TRIG, client_of, publish
from wallograph.release.apply import apply_patch
from wallograph.release.patch import parse_patch
from wallograph.release.state import State
from wallograph.store.embedded import ReadStore

DOC = "/doc/actor/spin"
OLD, NEW = "2026-01-10", "2026-03-20"
PATCH = f"""
D <{BASE}/id/actor/spin> <http://schema.org/name> "Spin" <{BASE}/id/source/page-a> .
A <{BASE}/id/actor/spin> <http://schema.org/name> "Spin SA" <{BASE}/id/source/page-a> .
"""


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    """Releases 1 (an edition), 2 (a patch on spin), 3 (a patch on something else), 4 (an edition)."""
    root = tmp_path_factory.mktemp("state")
    publish(root, date=OLD)
    state = State(root)
    for text, day in ((PATCH, "2026-02-01"), (PATCH.replace("actor/spin", "actor/uliege"), "2026-02-02")):
        patch = parse_patch(text)
        patch.deletes[:] = [quad for quad in patch.deletes if str(quad).split(" .")[0] in _quads(state)]
        state.switch(apply_patch(state, patch, date=day).number)
    publish(root, TRIG.replace('rdfs:label "Spin"', 'rdfs:label "Spin 2"'), date=NEW)
    return client_of(root)


def _quads(state):
    return {str(q) for q in ReadStore(state.current().store_path).quads(None, None, None, None)}


def test_the_document_is_its_own_time_gate(client):
    answer = client.get(DOC, "text/turtle", accept_datetime="Sun, 01 Feb 2026 12:00:00 GMT")
    assert answer.status_code == 302
    assert answer.headers["location"] == f"{BASE}{DOC}?release=2"
    assert "Accept-Datetime" in answer.headers["vary"]
    assert f'<{BASE}{DOC}>; rel="original timegate"' in answer.headers["link"]
    early = client.get(DOC, accept_datetime="Thu, 01 Jan 2015 00:00:00 GMT")
    assert early.headers["location"] == f"{BASE}{DOC}?release=1"
    late = client.get(f"{DOC}.ttl", accept_datetime="Fri, 01 Jan 2100 00:00:00 GMT")
    assert late.headers["location"] == f"{BASE}{DOC}.ttl?release=4"
    assert client.get(DOC, accept_datetime="yesterday").status_code == 400


def test_a_memento_shows_the_thing_as_it_was(client):
    old, changed, new = (client.get(f"{DOC}.ttl?release={n}") for n in (1, 2, 4))
    assert '"Spin SA"' in changed.text and '"Spin SA"' not in old.text
    assert '"Spin 2"' in new.text and '"Spin 2"' not in changed.text
    assert old.headers["memento-datetime"] == "Sat, 10 Jan 2026 00:00:00 GMT"
    assert "immutable" in old.headers["cache-control"]
    assert f'<{BASE}/timemap{DOC}>; rel="timemap"' in old.headers["link"]
    assert old.headers["etag"] != changed.headers["etag"]
    assert client.get(f"{DOC}.ttl?release=1", if_none_match=old.headers["etag"]).status_code == 304
    assert "memento-datetime" not in client.get(f"{DOC}.ttl").headers


def test_the_page_of_a_memento_says_that_it_is_past(client):
    page = client.get(f"{DOC}?release=1&lang=en", "text/html")
    assert page.status_code == 200
    assert OLD in page.text and "as it was" in page.text
    assert "as it was" not in client.get(f"{DOC}?lang=en", "text/html").text


def test_a_date_leads_to_the_number_of_its_release(client):
    answer = client.get(f"{DOC}.ttl?release=2026-02-15")
    assert answer.status_code == 302 and answer.headers["location"] == f"{BASE}{DOC}.ttl?release=3"
    assert client.get(f"{DOC}?release=99").status_code == 404
    assert client.get(f"{DOC}?release=x").status_code == 400


def test_the_time_map_lists_the_releases_that_speak_of_the_thing(client):
    answer = client.get(f"/timemap{DOC}")
    assert answer.headers["content-type"] == "application/link-format"
    found = re.findall(r'<([^>]*)>; rel="[a-z ]*memento"; datetime="([^"]*)"', answer.text)
    assert [address for address, _ in found] == [f"{BASE}{DOC}?release={n}" for n in (1, 2, 4)]
    assert found[-1][1] == "Fri, 20 Mar 2026 00:00:00 GMT"
    for address, _ in found:
        assert client.get(address.removeprefix(BASE), "text/turtle").status_code == 200
    assert client.get("/timemap/doc/actor/nobody").status_code == 404


@pytest.mark.parametrize("page", ["0", "-1", "x", "999999999999"])
def test_a_page_is_a_number(client, page):
    assert client.get(f"{DOC}.ttl?page={page}").status_code == 400
    assert client.get(f"{DOC}.ttl?page=2").status_code == 404
