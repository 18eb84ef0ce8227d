"""The life of an IRI: merged, withdrawn, renamed, back again; each address has one spelling, any other leads there."""

import csv
import io
import json

import pytest
from pyoxigraph import RdfFormat, parse

from publication import BASE, TRIG, Client, client_of
from story import MORE, RENAME, edition, patch
from wallograph.publish.media import RDF_FORMATS
from wallograph.release.life import Register, key_of, read_gone, survivor_of
from wallograph.release.state import State

OWL, DCT = "http://www.w3.org/2002/07/owl#", "http://purl.org/dc/terms/"
GONE = ("actor/spin", "link/l1", "value/v1")


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """1 everything, 2 renamed, 3 `spin` merged into `uliege`, a link and a value no longer stated."""
    folder = tmp_path_factory.mktemp("state")
    edition(folder, TRIG, "2026-03-01")
    patch(folder, RENAME, "2026-03-02")
    edition(folder, TRIG, "2026-04-01", {"actor/spin": "actor/uliege"}, without=GONE)
    return folder


@pytest.fixture(scope="module")
def client(root) -> Client:
    return client_of(root)


def triples(answer, form=RdfFormat.TURTLE):
    return {(t.subject.value, t.predicate.value, t.object.value) for t in parse(answer.content, format=form)}


# -- merged


def test_a_merged_thing_leads_to_its_survivor_which_says_so(client):
    answer = client.get("/id/actor/spin")
    assert (answer.status_code, answer.headers["location"]) == (301, f"{BASE}/id/actor/uliege")
    assert "immutable" not in answer.headers["cache-control"]
    for form in RDF_FORMATS.values():
        if form.key == "jsonld":
            continue
        said = triples(client.get(f"/doc/actor/uliege.{form.key}"), form.rdf)
        assert (f"{BASE}/id/actor/uliege", DCT + "replaces", f"{BASE}/id/actor/spin") in said
        assert (f"{BASE}/id/actor/spin", DCT + "isReplacedBy", f"{BASE}/id/actor/uliege") in said
        assert (f"{BASE}/id/actor/spin", "http://www.w3.org/2000/01/rdf-schema#label", "Spin SA") in said
    page = client.get("/doc/actor/uliege?lang=en", "text/html").text
    assert "Has taken over:" in page and "Spin SA" in page
    assert "replaces" not in client.get("/doc/actor/uliege.ttl?release=1").text


def test_survivors_are_found_through_chains_and_circles_end():
    redirects = {"actor/a": "actor/b", "actor/b": "actor/c", "actor/x": "actor/y", "actor/y": "actor/x"}
    assert survivor_of(f"{BASE}/id/actor/a", redirects, BASE) == f"{BASE}/id/actor/c"
    assert survivor_of(f"{BASE}/id/actor/x", redirects, BASE) is None
    assert survivor_of(f"{BASE}/id/actor/c", redirects, BASE) is None


# -- withdrawn


def test_what_no_source_states_any_more_is_gone_with_a_reason(root, client):
    gone = read_gone(State(root).current().folder)
    assert gone["link/l1"] == {
        "code": "not-stated", "reason": "no source states it any more", "since": "2026-04-01", "release": 3,
        "kind": "link",
    }  # fmt: skip
    assert gone["actor/spin"]["replaced_by"] == "actor/uliege"
    answer = client.get("/id/link/l1")
    assert answer.status_code == 410
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["since"] == "2026-04-01" and answer.json()["release"] == 3


@pytest.mark.parametrize("form", RDF_FORMATS.values(), ids=RDF_FORMATS)
def test_a_withdrawn_thing_has_a_document_in_each_format(client, form):
    bodies = set()
    for path, accept in (
        ("/id/link/l1", form.media_type),
        ("/doc/link/l1", form.media_type),
        (f"/doc/link/l1.{form.key}", "*/*"),
    ):
        answer = client.get(path, accept)
        assert answer.status_code == 410
        assert answer.headers["content-type"].partition(";")[0] == form.media_type
        assert "Accept" in answer.headers["vary"]
        bodies.add(answer.content)
    assert len(bodies) == 1
    if form.key != "jsonld":
        said = triples(answer, form.rdf)
        assert (f"{BASE}/id/link/l1", OWL + "deprecated", "true") in said
        assert (f"{BASE}/id/link/l1", "http://www.w3.org/ns/prov#invalidatedAtTime", "2026-04-01T00:00:00Z") in said
        assert (f"{BASE}/doc/link/l1", "http://xmlns.com/foaf/0.1/primaryTopic", f"{BASE}/id/link/l1") in said
        reasons = [t[2] for t in said if t[1].endswith("#comment")]
        assert len(reasons) == 4 and "No source states it any more." in reasons


@pytest.mark.parametrize(
    ("lang", "text"),
    [("fr", "Plus aucune source"), ("nl", "Geen enkele bron"), ("de", "Keine Quelle"), ("en", "No source")],
)
def test_the_page_of_a_withdrawn_thing_says_why_and_since_when(client, lang, text):
    answer = client.get(f"/doc/link/l1?lang={lang}", "text/html")
    assert answer.status_code == 410 and answer.headers["content-language"] == lang
    assert text in answer.text and "2026-04-01" in answer.text


def test_a_withdrawn_thing_is_still_there_as_it_was(client):
    assert client.get("/doc/link/l1.ttl?release=1").status_code == 200
    assert client.get("/doc/link/l1.ttl?release=3").status_code == 410


def test_a_thing_that_is_stated_again_comes_back_to_life(tmp_path):
    edition(tmp_path, TRIG, "2026-03-01")
    edition(tmp_path, TRIG, "2026-03-02", without=GONE)
    kept = patch(tmp_path, MORE, "2026-03-03")
    assert set(read_gone(kept.folder)) == {"actor/spin", "link/l1", "value/v1"}
    assert client_of(tmp_path).get("/id/link/l1").status_code == 410
    back = edition(tmp_path, TRIG, "2026-03-04")
    assert read_gone(back.folder) == {}
    assert client_of(tmp_path).get("/id/link/l1").status_code == 303


def test_a_source_that_is_no_longer_read_is_gone_too(tmp_path):
    edition(tmp_path, TRIG, "2026-03-01")
    text = TRIG.replace("source/page-b>", "source/page-c>")
    edition(tmp_path, text, "2026-03-02")
    client = client_of(tmp_path)
    assert client.get("/id/source/page-b").status_code == 410
    assert client.get("/id/source/page-c").status_code == 303


def test_what_somebody_wrote_of_a_thing_is_kept(tmp_path):
    first = edition(tmp_path, TRIG, "2026-03-01")
    (first.folder / "gone.json").write_text(json.dumps({"actor/other": "asked to be left out"}))
    release = patch(tmp_path, MORE, "2026-03-02")
    assert read_gone(release.folder)["actor/other"] == {"reason": "asked to be left out"}
    answer = client_of(tmp_path).get("/doc/actor/other.nt")
    assert answer.status_code == 410 and b'"asked to be left out"' in answer.content


def test_only_what_has_an_address_of_its_own_can_be_gone(tmp_path):
    assert key_of(f"{BASE}/id/actor/é", BASE) == "actor/%C3%A9"
    assert key_of(f"{BASE}/ns/wallograph#Term", BASE) is None
    assert key_of("https://ror.org/1", BASE) is None
    release = edition(tmp_path, TRIG, "2026-03-01")
    register = Register(release, None)
    register.withdraw("https://ror.org/1", "R", "other", None)
    register.write()
    assert read_gone(release.folder) == {}


# -- the list


def test_the_list_of_all_that_moved(client):
    found = client.get("/changes/moved.json").json()["moved"]
    assert [(row["what"], row["iri"].removeprefix(BASE)) for row in found] == [
        ("withdrawn", "/id/actor/new"), ("merged", "/id/actor/spin"), ("withdrawn", "/id/link/l1"),
        ("withdrawn", "/id/value/v1"), ("renamed", "/id/actor/spin"),
    ]  # fmt: skip
    assert found[1]["replaced_by"] == f"{BASE}/id/actor/uliege" and found[1]["since"] == "2026-04-01"
    assert (found[-1]["label"], found[-1]["new_label"]) == ("Spin", "Spin SA")
    table = list(csv.DictReader(io.StringIO(client.get("/changes/moved", "text/csv").text)))
    assert [row["iri"] for row in table] == [row["iri"] for row in found]
    page = client.get("/changes/moved?lang=de", "text/html")
    assert "umbenannt" in page.text and "/id/actor/spin" in page.text
    assert client.get("/changes/moved.zip").status_code == 404
    assert client.get("/changes/moved", "image/png").status_code == 406


def test_cells_of_the_list_are_defused(tmp_path):
    edition(tmp_path, TRIG.replace('rdfs:label "Spin"', 'rdfs:label "=1+1"'), "2026-03-01")
    edition(tmp_path, TRIG, "2026-03-02")
    assert ",'=1+1," in client_of(tmp_path).get("/changes/moved.csv").text


# -- one address for each thing

ADDRESSES = [
    # path, status, where it leads
    ("/id/actor/uliege", 303, "/doc/actor/uliege"),
    ("/id/actor/uli%65ge", 303, "/doc/actor/uliege"),
    ("/doc/actor/uliege", 200, None),
    ("/doc/actor/uli%65ge", 301, "/doc/actor/uliege"),
    ("/doc/actor/uli%65ge.ttl?release=1", 301, "/doc/actor/uliege.ttl?release=1"),
    ("/auth/actor-kind/univers%69ty", 301, "/auth/actor-kind/university"),
    ("/doc/auth/actor-kind", 200, None),  # the document, where /auth/… is the concept that it describes
    ("/id/actor/sp%69n", 301, "/id/actor/uliege"),
    ("/id/link/l%31", 410, None),
    ("/id/actor/uliege/", 404, None),
    ("/doc/actor/uliege/", 404, None),
    ("/doc/actor/uliege.ttl/", 404, None),
    ("/id//actor/uliege", 404, None),
    ("/id/actor//uliege", 404, None),
    ("/id/Actor/uliege", 404, None),
    ("/id/actor/ULiege", 404, None),
    ("/doc/actor/uliege.TTL", 404, None),
    ("/ID/actor/uliege", 404, None),
    ("/id/actor/uli%C3%A8ge", 404, None),
    ("/id/actor/uliège", 404, None),
    ("/id/actor/uli%E8ge", 404, None),
    ("/id/actor%2Fuliege", 404, None),
    ("/id/actor%2fspin", 404, None),
    ("/id/link%2Fl1", 404, None),
    ("/doc/actor%2Fuliege.ttl", 404, None),
    ("/id/actor/uliege%2F", 404, None),
    ("/id/actor/uliege%20", 404, None),
    ("/id/actor/uliege%00", 404, None),
    ("/id/actor/.", 404, None),
    ("/doc/id/actor/uliege", 404, None),
    ("/doc/doc/actor/uliege", 404, None),
    ("/auth/actor-kind/", 404, None),
    ("/auth/Actor-kind", 404, None),
    ("/id/auth/actor-kind", 404, None),
]


@pytest.mark.parametrize(("path", "status", "location"), ADDRESSES)
def test_one_address_and_the_rest_leads_there_or_is_404(client, path, status, location):
    answer = client.get(path, "text/turtle")
    assert answer.status_code == status, answer.headers.get("location")
    if location:
        assert answer.headers["location"] == BASE + location
