"""How a client asks for a profile: the query, the header, what is not there, the list."""

import pytest
from pyoxigraph import RdfFormat, parse

from publication import BASE, client_of, publish
from wallograph import vocab
from wallograph.publish.media import RDF_FORMATS
from wallograph.publish.projection import PROFILES

PROF_TYPE = '<http://www.w3.org/ns/dx/prof/Profile>; rel="type"; token="schema"; anchor="https://schema.org/"'


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    root = tmp_path_factory.mktemp("state")
    publish(root)
    return client_of(root)


ACTOR = "/doc/actor/uliege"


def links(answer):
    return answer.headers["link"].split(", <")


def test_a_profile_by_token_or_iri(client):
    plain = client.get(ACTOR, "text/turtle")
    asked = client.get(ACTOR + "?_profile=schema", "text/turtle")
    assert asked.status_code == 200 and "schema:CollegeOrUniversity" not in asked.text
    assert "schema:Organization" in asked.text and "org:Organization" not in asked.text
    assert asked.headers["etag"] != plain.headers["etag"]
    assert asked.headers["content-profile"] == "<https://schema.org/>"
    assert asked.headers["content-location"] == f"{BASE}{ACTOR}.ttl?_profile=schema"
    assert any('https://schema.org/>; rel="profile"' in link for link in links(asked))
    by_iri = client.get(ACTOR + "?_profile=http%3A%2F%2Fschema.org", "text/turtle")
    assert by_iri.text == asked.text
    assert client.get(ACTOR + ".ttl?_profile=schema").text == asked.text
    assert client.get(ACTOR + "?_profile=wallograph", "text/turtle").text == plain.text
    assert plain.headers["content-profile"] == f"<{BASE}/ns/wallograph>"
    assert any(f'{BASE}/ns/wallograph>; rel="profile"' in link for link in links(plain))
    where = f'{BASE}{ACTOR}.ttl?_profile=schema>; rel="alternate"; type="text/turtle"; profile="https://schema.org/"'
    assert any(where in link for link in links(plain))


def test_the_cache_keeps_profiles_apart(client):
    texts = {}
    for _ in range(2):
        for query in ("", "?_profile=schema", "?_profile=corebusiness"):
            answer = client.get(ACTOR + query, "application/n-triples")
            assert texts.setdefault(query, answer.text) == answer.text
            again = client.get(ACTOR + query, "application/n-triples", if_none_match=answer.headers["etag"])
            assert again.status_code == 304 and again.headers["link"] == answer.headers["link"]
    assert len(set(texts.values())) == 3


def test_the_media_type_in_the_query(client):
    for sent in ("application/ld+json", "application/ld%2Bjson"):
        answer = client.get(f"{ACTOR}?_profile=schema&_mediatype={sent}", "text/html")
        assert answer.headers["content-type"] == "application/ld+json"
        assert answer.json()["@context"]["@vocab"] == "http://schema.org/"
    page = client.get(ACTOR + "?_mediatype=text/html", "text/turtle")
    assert page.headers["content-type"].startswith("text/html")
    assert "_mediatype" not in client.get(ACTOR, "text/html").text  # what one client asked is not shown to the next
    assert client.get(ACTOR + "?_mediatype=image/png", "*/*").status_code == 406
    assert client.get(ACTOR + "?_profile=schema&_mediatype=text/html", "*/*").status_code == 406


def test_head_is_get(client):
    for query in ("?_profile=schema", "?_profile=alt"):
        got, headed = client.get(ACTOR + query), client.ask("HEAD", ACTOR + query)
        assert headed.status_code == 200 and not headed.content
        assert headed.headers["etag"] == got.headers["etag"] and headed.headers["link"] == got.headers["link"]


@pytest.mark.parametrize("asked", ["nothing", "cpov", "-", "urn%3Ax", "%00"])
def test_an_unknown_or_unfitting_profile_is_406_with_the_list(client, asked):
    answer = client.get(f"{ACTOR}?_profile={asked}", "*/*")
    assert answer.status_code == 406
    variants = {variant["token"]: variant for variant in answer.json()["variants"]}
    assert set(variants) == {"wallograph", "schema", "corebusiness"}
    for variant in variants.values():
        assert client.get(variant["url"].removeprefix(BASE), "*/*").status_code == 200
    assert PROF_TYPE in answer.headers["link"]


def test_a_key_may_be_there_once(client):
    assert client.get(ACTOR + "?_profile=schema&_profile=cpov").status_code == 400
    assert client.get(ACTOR + "?_mediatype=text/html&_mediatype=text/turtle").status_code == 400


@pytest.mark.parametrize(
    ("header", "profile"),
    [
        ("<https://schema.org/>", "https://schema.org/"),
        ("<http://schema.org>", "https://schema.org/"),
        ("<urn:x>, <https://schema.org/>;q=0.5", "https://schema.org/"),
        ("<https://semiceu.github.io/CPOV/releases/2.1.2>, <https://schema.org/>;q=0.1", "https://schema.org/"),
        ("<https://schema.org/>;q=0.2, *;q=0.5", f"{BASE}/ns/wallograph"),
        ("<https://schema.org/>;q=0, *", f"{BASE}/ns/wallograph"),
        ("", f"{BASE}/ns/wallograph"),
        (";;;,,\"", f"{BASE}/ns/wallograph"),
    ],
)
def test_accept_profile(client, header, profile):
    answer = client.get(ACTOR, "text/turtle", accept_profile=header)
    assert answer.status_code == 200
    assert answer.headers["content-profile"] == f"<{profile}>"
    assert "Accept-Profile" in answer.headers["vary"]


def test_accept_profile_that_nothing_fits_is_406(client):
    assert client.get(ACTOR, "text/turtle", accept_profile="<urn:x>").status_code == 406
    # a suffix names a representation: the header has no say
    assert client.get(ACTOR + ".ttl", accept_profile="<urn:x>").status_code == 200


def test_the_list_of_a_thing(client):
    answer = client.get(ACTOR + "?_profile=alt", "text/turtle")
    assert answer.status_code == 200 and PROF_TYPE in answer.headers["link"]
    quads = list(parse(answer.content, format=RdfFormat.TURTLE))
    altr = "http://www.w3.org/ns/dx/connegp/altr#"
    shown = {q.object.value for q in quads if q.predicate.value == altr + "hasRepresentation"}
    assert len(shown) == 7 + 6 + 6
    for where in shown:
        assert client.get(where.removeprefix(BASE), "*/*").status_code == 200, where
    page = client.get(ACTOR + "?_profile=alt&lang=nl", "text/html")
    assert page.headers["content-language"] == "nl" and f"{BASE}{ACTOR}.jsonld?_profile=schema" in page.text
    assert page.headers["etag"] != answer.headers["etag"]
    assert sum(len(name) + len(value) + 4 for name, value in answer.headers.items()) < 4096


def test_redirects_and_mementos_keep_the_profile(client):
    seen = client.get("/id/actor/uliege?_profile=schema", "text/turtle")
    assert seen.status_code == 303 and seen.headers["location"].endswith("/doc/actor/uliege?_profile=schema")
    gate = client.get(ACTOR + "?_profile=schema", "text/turtle", accept_datetime="Sun, 01 Mar 2026 12:00:00 GMT")
    assert gate.status_code == 302 and "_profile=schema" in gate.headers["location"]
    past = client.get(gate.headers["location"].removeprefix(BASE), "text/turtle")
    assert past.headers["content-profile"] == "<https://schema.org/>" and "immutable" in past.headers["cache-control"]


def test_what_is_not_there(client):
    assert client.get(ACTOR + "?_profile=schema&page=2", "text/turtle").status_code == 404
    assert client.get("/doc/actor/none?_profile=schema").status_code == 404
    assert client.get("/doc/actor/none?_profile=alt").status_code == 404
    assert client.get("/ns/wallograph?_profile=schema").status_code == 406
    assert client.get(ACTOR + ".html?_profile=schema").status_code == 406


def test_the_profiles_are_listed_and_described(client):
    for form in RDF_FORMATS.values():
        assert client.get(f"/profiles.{form.key}").status_code == 200
    quads = list(parse(client.get("/profiles", "text/turtle").content, format=RdfFormat.TURTLE))
    prof = "http://www.w3.org/ns/dx/prof/"
    tokens = {q.object.value: q.subject.value for q in quads if q.predicate.value == prof + "hasToken"}
    assert set(tokens) == set(PROFILES) and tokens["schema"] == "https://schema.org/"
    for iri in tokens.values():
        comments = [q.object for q in quads if q.subject.value == iri and q.predicate.value.endswith("#comment")]
        assert {comment.language for comment in comments} == set(vocab.LANGUAGES)
    for q in quads:
        if q.predicate.value == prof + "hasArtifact":
            query = client.get(q.object.value.removeprefix(BASE))
            assert query.status_code == 200 and query.headers["content-type"] == "application/sparql-query"
            assert "CONSTRUCT" in query.text and vocab.DEFAULT_BASE not in query.text
    assert client.get("/profiles/none.rq").status_code == 404
    assert client.get("/profiles/wallograph.rq").status_code == 404
    for lang in vocab.LANGUAGES:
        page = client.get(f"/profiles?lang={lang}", "text/html")
        assert page.status_code == 200 and "D4WTA-AP 1.0.0" in page.text
    assert client.ask("POST", "/profiles").status_code == 405
    assert "token=\"cpov\"" in client.get("/profiles").headers["link"]
