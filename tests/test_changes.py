"""What releases changed: recorded when they are made, told in words, as Atom, as a patch, between any two."""

import json
import shutil
import xml.etree.ElementTree as ET
from functools import partial
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publication import BASE, TRIG, Client, client_of, publish
from story import history
from wallograph.publish.page_changes import SHOWN, diff_page, words
from wallograph.publish.page_graph import PageGraph
from wallograph.release import publicgraph
from wallograph.release.changes import CHANGES_NAME, changes_of, feed, summary_of
from wallograph.release.diff import diff
from wallograph.release.patch import parse_patch
from wallograph.release.publicgraph import Difference, compared, differences, public_lines, things
from wallograph.release.state import State
from wallograph.store.embedded import ReadStore
from wallograph.vocab import LANGUAGES
from wallograph.web.i18n import Messages

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    folder = tmp_path_factory.mktemp("state")
    history(folder)
    return folder


@pytest.fixture(scope="module")
def client(root) -> Client:
    return client_of(root)


# -- recorded


def test_each_release_knows_what_it_changed(root):
    state = State(root)
    found = {number: changes_of(state, state.get(number)) for number in state.numbers()}
    assert found[1]["before"] is None and found[1]["things"]["actor"] == {"created": 2}
    assert found[2]["things"] == {"actor": {"created": 1, "renamed": 1}}
    assert found[2]["triples"] == {"added": 3, "removed": 1}
    assert found[3]["things"] == found[4]["things"] == {"actor": {"changed": 1}}
    assert found[5]["things"] == {
        "actor": {"merged": 1, "withdrawn": 1}, "link": {"withdrawn": 1}, "value": {"withdrawn": 1},
    }  # fmt: skip
    assert found[6]["things"] == {"actor": {"created": 1}, "link": {"created": 1}, "value": {"created": 1}}
    # made from release 2, but what the feed told last was release 6
    assert found[7]["before"] == 6
    assert found[7]["things"] == {"actor": {"created": 1, "renamed": 1, "changed": 1}}


def test_a_first_edition_is_not_written_twice(root):
    release = State(root).get(1)
    triples, members = release.dump_path / "graph.nt", release.folder / "changes.nt"
    assert triples.stat().st_ino == members.stat().st_ino


def test_moments_come_from_dates_alone_and_never_go_back(tmp_path):
    for date in ("2026-03-02", "2026-03-02", "2026-03-01", "no date", "2026-03-03"):
        publish(tmp_path, date=date)
    state = State(tmp_path)
    assert [changes_of(state, state.get(n))["moment"] for n in state.numbers()] == [
        "2026-03-02T00:00:00Z", "2026-03-02T00:00:01Z", "2026-03-02T00:00:02Z", "2026-03-02T00:00:03Z",
        "2026-03-03T00:00:00Z",
    ]  # fmt: skip


def test_older_releases_are_computed_on_demand(root, tmp_path):
    copy = tmp_path / "state"
    shutil.copytree(root, copy, symlinks=True)
    names = (CHANGES_NAME, "changes.nt", "renames.json")
    kept = {path: path.read_bytes() for name in names for path in sorted(root.glob(f"releases/*/{name}"))}
    for path in kept:
        (copy / path.relative_to(root)).unlink()
    assert client_of(copy).get("/changes").status_code == 200
    for path, content in kept.items():
        assert (copy / path.relative_to(root)).read_bytes() == content, path
    assert not list(copy.glob("releases/*/.changes-*"))


def test_an_edition_without_dumps_keeps_its_members(tmp_path, shipped):
    assert (shipped.folder / "changes.nt").read_bytes() == b"".join(public_lines(shipped))


def test_the_same_release_on_another_base_begins_a_feed_of_its_own(tmp_path):
    publish(tmp_path, base="https://old.example.org")
    publish(tmp_path)
    state = State(tmp_path)
    assert [release.number for release in feed(state, state.current())] == [2]
    assert changes_of(state, state.current())["before"] is None
    assert client_of(tmp_path).get("/changes/1").status_code == 404


def test_the_summary_is_plain_data_with_links(root):
    release = State(root).get(5)
    found = json.loads(json.dumps(summary_of(release)))
    assert (found["release"], found["previous"], found["date"]) == (5, 4, "2026-04-01")
    assert found["counts"]["actor"] == {"merged": 1, "withdrawn": 1}
    assert found["links"]["patch"] == f"{BASE}/changes/5.rdfp"
    assert all(address.startswith(f"{BASE}/changes") for address in found["links"].values())


# -- compared: two ways find the same


@given(
    st.sets(st.tuples(st.integers(0, 12), st.integers(0, 4)), max_size=40),
    st.sets(st.tuples(st.integers(0, 12), st.integers(0, 4)), max_size=40),
    st.integers(1, 9),
)
def test_streams_are_compared_thing_by_thing(before, after, chunk):
    """Against the plain way, with chunks so small that things lie across them."""
    old, new = (sorted(b"<urn:%d> <urn:p> <urn:o%d> .\n" % pair for pair in side) for side in (before, after))
    had, has = dict(things(old)), dict(things(new))
    expected = [
        Difference(subject, had.get(subject, []), has.get(subject, []))
        for subject in sorted({*had, *has}, key=lambda subject: subject + b" ")
        if had.get(subject) != has.get(subject)
    ]
    kept = publicgraph._CHUNK
    try:
        publicgraph._CHUNK = chunk
        assert list(compared(iter(old), iter(new))) == expected
    finally:
        publicgraph._CHUNK = kept


def test_the_short_way_and_the_long_way_agree(root):
    state = State(root)
    for old, new in permutations(state.numbers(), 2):
        one, two = state.get(old), state.get(new)
        assert list(differences(one, two)) == list(compared(public_lines(one), public_lines(two))), (old, new)


# -- in words


def test_words_say_each_kind_once_in_four_languages():
    counts = {"link": {"created": 41}, "actor": {"created": 12, "renamed": 3, "merged": 1, "changed": 0}}
    told = {lang: words(partial(Messages(), lang), counts) for lang in LANGUAGES}
    assert told["en"] == ["Organisations: 12 new, 3 renamed, 1 merged", "Links: 41 new"]
    assert told["fr"] == ["Organisations : 12 ajouts, 3 changements de nom, 1 fusion", "Liens : 41 ajouts"]
    assert len({tuple(lines) for lines in told.values()}) == 4


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_lists_releases_the_latest_first(client, lang):
    page = client.get(f"/changes?lang={lang}", "text/html")
    assert page.status_code == 200 and page.headers["content-language"] == lang
    places = [page.text.index(f"/changes/{number}?lang={lang}") for number in range(7, 0, -1)]
    assert places == sorted(places)


def test_atom(client):
    answer = client.get("/changes.atom?lang=en")
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    feed_ = ET.fromstring(answer.content)
    assert feed_.tag == f"{ATOM}feed"
    assert feed_.findtext(f"{ATOM}id") == f"{BASE}/changes"
    assert feed_.findtext(f"{ATOM}updated") == "2026-04-02T00:00:00Z"
    assert feed_.find(f"{ATOM}author/{ATOM}name") is not None
    links = {link.get("rel"): link.get("href") for link in feed_.findall(f"{ATOM}link")}
    assert links["self"] == f"{BASE}/changes.atom?lang=en" and links["alternate"] == f"{BASE}/changes?lang=en"
    entries = feed_.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}id") for entry in entries] == [f"{BASE}/changes/{n}" for n in range(7, 0, -1)]
    assert len({entry.findtext(f"{ATOM}updated") for entry in entries}) == 7
    assert entries[2].findtext(f"{ATOM}summary").startswith("Organisations: 1 merged, 1 withdrawn. Links: 1 withdrawn")
    for entry in entries:
        related = next(link.get("href") for link in entry.findall(f"{ATOM}link") if link.get("rel") == "alternate")
        assert client.get(related.removeprefix(BASE), "text/html").status_code == 200
    assert client.get("/changes.atom", if_none_match=client.get("/changes.atom").headers["etag"]).status_code == 304
    negotiated = client.get("/changes", "application/atom+xml")
    assert negotiated.headers["content-type"].startswith("application/atom+xml")
    assert len(client.get("/changes.atom?page=2").text) < len(answer.text)


# -- the difference of two releases


def test_a_patch_of_any_two_makes_the_one_of_the_other(root, client):
    state = State(root)
    for old, new in permutations((1, 2, 3, 5, 6, 7), 2):
        answer = client.get(f"/changes/{old}..{new}", "application/rdf-patch")
        assert answer.headers["content-type"] == "application/rdf-patch"
        expected = diff(state, old, new)
        found = parse_patch(answer.text)
        assert (set(found.adds), set(found.deletes)) == (set(expected.adds), set(expected.deletes)), (old, new)
    dated = client.get("/changes/2.rdfp")
    assert dated.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert client.get("/changes/2.rdfp", if_none_match=dated.headers["etag"]).status_code == 304
    assert dated.text.startswith(f"H id <{BASE}/changes/2> .\nH prev <{BASE}/changes/1> .\nTX .\n")
    assert client.ask("HEAD", "/changes/2.rdfp").headers["etag"] == dated.headers["etag"]


def test_the_page_of_a_release_names_what_changed(client):
    renamed = client.get("/changes/2?lang=en", "text/html").text
    assert "formerly <bdi>Spin</bdi>" in renamed and "Spin SA" in renamed
    merged = client.get("/changes/5?lang=en", "text/html").text
    assert "taken over by" in merged and "Université de Liège" in merged
    assert "spin-off of" in merged  # the link that went, in words
    changed = client.get("/changes/3?lang=en", "text/html").text
    assert "ULiège" in changed and "5700" in changed
    for path in ("/changes/1", "/changes/1..7", "/changes/7..1", "/changes/2..2"):
        assert client.get(path, "text/html").status_code == 200, path
    assert "Nothing differs" in client.get("/changes/2..2?lang=en", "text/html").text


def test_the_summary_of_a_difference(client):
    one = client.get("/changes/5", "application/json")
    assert one.json()["counts"]["link"] == {"withdrawn": 1}
    assert {"thing": f"{BASE}/id/actor/spin", "label": "Spin SA", "kind": "actor", "change": "merged",
            "replacedBy": f"{BASE}/id/actor/uliege"} in one.json()["changes"]  # fmt: skip
    two = client.get("/changes/1..2.json").json()
    assert two["counts"] == {"actor": {"created": 1, "renamed": 1}} and two["complete"] is True
    assert client.get("/changes/5.json", if_none_match=one.headers["etag"]).status_code == 304


@pytest.mark.parametrize("path", [
    "/changes/0", "/changes/8", "/changes/x", "/changes/01", "/changes/1..", "/changes/..1", "/changes/1...2",
    "/changes/1..8", "/changes/1..2..3", "/changes/-1", "/changes/1.zip", "/changes/1..2.ttl", "/changes/1%2F1",
    "/changes/999999999999", "/changes/1.rdfp",
])  # fmt: skip
def test_what_is_no_difference_is_404(client, path):
    assert client.get(path, "application/json").status_code == 404


def test_not_acceptable_lists_what_there_is(client):
    answer = client.get("/changes/2", "text/turtle")
    assert answer.status_code == 406
    assert {"type": "application/rdf-patch", "url": f"{BASE}/changes/2.rdfp"} in answer.json()["variants"]


def test_many_changes_are_counted_but_not_all_shown(tmp_path):
    release = publish(tmp_path)
    graph = PageGraph(ReadStore(release.store_path), BASE)
    lines = ((b"<urn:%d>" % n, [], [b"<urn:%d> <urn:p> <urn:o> .\n" % n]) for n in range(SHOWN + 7))
    page = diff_page(graph, lines, lambda iri: None, 1, 2, "en")
    (section,) = page.sections
    assert (section.total, len(section.items), page.complete) == (SHOWN + 7, SHOWN, True)
    endless = ((b"<urn:%d>" % n, [], [b"<urn:%d> <urn:p> <urn:o> .\n" % n]) for n in range(10**9))
    assert not diff_page(graph, endless, lambda iri: None, 1, 2, "en").complete


def test_what_would_cost_too_much_is_refused_with_the_way_to_the_dumps(root, tmp_path):
    copy = tmp_path / "state"
    shutil.copytree(root, copy, symlinks=True)
    for number in (1, 5):
        path = copy / "releases" / f"{number:06d}" / "manifest.json"
        manifest = json.loads(path.read_text())
        manifest["counts"]["quads"] = 10**8
        path.write_text(json.dumps(manifest))
    client = client_of(copy)
    for name in ("/changes/1..5.rdfp", "/changes/1..5.json"):
        answer = client.get(name)
        assert answer.status_code == 404 and f"{BASE}/dump/" in answer.json()["detail"]
    assert client.get("/changes/5", "application/atom+xml").status_code == 406


def test_hostile_names_are_only_text(tmp_path):
    publish(tmp_path, date="2026-03-01")
    text = TRIG.replace('rdfs:label "Spin"', 'rdfs:label "<img src=x onerror=alert(1)>]]>&\\u0007"')
    publish(tmp_path, text, date="2026-03-02")
    client = client_of(tmp_path)
    for path in ("/changes/2", "/changes/moved", "/changes"):
        assert "<img" not in client.get(path, "text/html").text
    ET.fromstring(client.get("/changes.atom").content)
