"""Profiles: what they make of every actor and theme conforms to their shapes; how a client asks for one."""

import json
from collections import Counter
from pathlib import Path

import pytest
from pyld import jsonld
from pyoxigraph import CanonicalizationAlgorithm, Dataset, DefaultGraph, NamedNode, Quad, RdfFormat, parse

from publication import BASE, client_of, publish
from shacl_oracle import pyshacl_report
from wallograph import resources, vocab
from wallograph.publish.documents import document
from wallograph.publish.jsonld import load_context
from wallograph.publish.media import RDF_FORMATS, RDF_XML
from wallograph.publish.projection import PROFILES, profiles_of, project
from wallograph.store.embedded import ReadStore
from wallograph.validate import compile_shapes, validate

FIXTURES = Path(__file__).parent / "fixtures" / "profiles"
SHAPES = {
    "schema": ("schema",),
    "corebusiness": ("corebusiness",),
    "cpov": ("cpov",),
    "d4wta": ("d4wta", "d4wta-skos", "d4wta-labels", "d4wta-best-practices"),
}
LOCAL = vocab.DEFAULT_BASE
PROF_TYPE = '<http://www.w3.org/ns/dx/prof/Profile>; rel="type"; token="schema"; anchor="https://schema.org/"'


def shape_quads(token):
    return [
        quad
        for name in SHAPES[token]
        for quad in parse((FIXTURES / f"{name}.ttl").read_bytes(), format=RdfFormat.TURTLE, rename_blank_nodes=True)
    ]


@pytest.fixture(scope="module")
def store(shipped):
    return ReadStore(shipped.store_path)


def url_of(iri):
    return LOCAL + "/doc" + iri[len(LOCAL) :].removeprefix("/id")


def of_class(store, term):
    quads = store.quads(None, NamedNode(vocab.TYPE), NamedNode(term), DefaultGraph())
    return sorted(quad.subject.value for quad in quads)


@pytest.fixture(scope="module")
def made(store):
    """Each profile's documents: of every actor, event and theme, and of every fifth of the other things."""
    themes = [iri for iri in of_class(store, vocab.CONCEPT) if iri.startswith(LOCAL + "/auth/theme/")]
    others = [iri for term in (vocab.PROJECT, vocab.LOCATION, vocab.CONCEPT) for iri in of_class(store, term)][::5]
    schemes = of_class(store, vocab.CONCEPT_SCHEME)
    actors = of_class(store, vocab.ORGANIZATION)
    assert len(actors) > 900 and len(themes) > 100
    found = {token: {} for token in PROFILES}
    for iri in dict.fromkeys([*actors, *themes, *schemes, *of_class(store, vocab.EVENT), *others]):
        one = document(store, iri, base=LOCAL, url=url_of(iri), modified="2026-03-01", release=1)
        for profile in profiles_of(store, iri, LOCAL):
            found[profile.token][iri] = project(store, one, profile)
    return found


@pytest.mark.parametrize("token", SHAPES)
def test_every_document_conforms_to_the_shapes_of_its_profile(made, token):
    shapes = compile_shapes(shape_quads(token))
    assert len(made[token]) > 50
    wrong = {}
    for iri, one in made[token].items():
        report = validate(list(one.quads), shapes)
        found = [str(r) for r in report.results if "Violation" in str(r.severity)]
        if found:
            wrong[iri] = found[0]
    assert wrong == {}


@pytest.mark.parametrize("token", SHAPES)
def test_pyshacl_agrees(made, token):
    shapes = [quad.triple for quad in shape_quads(token)]
    documents = [one for one in made[token].values() if len(one.quads) < 400]
    for one in documents[:: max(1, len(documents) // 6)]:
        found = pyshacl_report(one.triples(), shapes)
        assert [row for row in found if row[4] == "Violation"] == [], one.iri


def test_pyshacl_agrees_on_the_whole_list_of_themes(made):
    shapes = parse((FIXTURES / "d4wta.ttl").read_bytes(), format=RdfFormat.TURTLE)
    found = pyshacl_report(made["d4wta"][f"{LOCAL}/auth/theme"].triples(), [quad.triple for quad in shapes])
    assert not found


def violations(quads, token):
    report = validate(list(quads), compile_shapes(shape_quads(token)))
    return [r for r in report.results if "Violation" in str(r.severity)]


def test_the_shapes_are_not_blind(made):
    """Without a definition, a label's language, a name or a class, they say so."""
    cases = [
        ("d4wta", f"{LOCAL}/auth/theme/machine-learning", vocab.SKOS + "definition"),
        ("d4wta", f"{LOCAL}/auth/theme", vocab.DCTERMS + "created"),
        ("schema", f"{LOCAL}/id/actor/universite-de-liege", vocab.NAME),
        ("schema", f"{LOCAL}/id/actor/universite-de-liege", vocab.TYPE),
    ]
    for token, iri, predicate in cases:
        kept = [q for q in made[token][iri].quads if q.predicate.value != predicate or q.subject.value != iri]
        assert violations(kept, token), (token, predicate)
    public = next(iter(made["cpov"].values()))
    name = next(q for q in public.quads if q.predicate.value == vocab.PREF_LABEL and q.subject.value == public.iri)
    twice = [*public.quads, Quad(name.subject, name.predicate, type(name.object)("another", language="und"))]
    assert violations(twice, "cpov")


def canonical(quads):
    graph = Dataset(Quad(q.subject, q.predicate, q.object) for q in quads)
    graph.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return {str(quad) for quad in graph}


@pytest.mark.parametrize("token", SHAPES)
def test_every_format_of_a_profile_holds_the_same_graph(made, token):
    context = load_context(resources.ontology_dir(), LOCAL)
    documents = list(made[token].values())
    for one in documents[:: max(1, len(documents) // 12)]:
        forms = [form for form in RDF_FORMATS.values() if form in one.formats()]
        assert len(forms) >= 5
        for form in forms:
            body = one.write(form, context)
            assert body == one.write(form, context)
            if form.key == "jsonld":  # its context is inside: nothing is loaded
                assert isinstance(json.loads(body)["@context"], dict)
                text = jsonld.to_rdf(json.loads(body), {"format": "application/n-quads"})
                assert canonical(parse(text.encode(), format=RdfFormat.N_QUADS)) == canonical(one.quads), one.iri
            else:
                assert canonical(parse(body, format=form.rdf)) == canonical(one.quads), (one.iri, form.key)
    assert RDF_XML in documents[0].formats()


def test_a_profile_describes_the_thing_and_the_document(made):
    one = made["cpov"][next(iter(made["cpov"]))]
    said = {(q.subject.value, q.predicate.value, getattr(q.object, "value", "")) for q in one.quads}
    assert (one.url, vocab.FOAF + "primaryTopic", one.iri) in said
    assert (one.url, vocab.LICENSE, vocab.CC_BY) in said
    assert (one.url, vocab.DCTERMS + "conformsTo", "https://semiceu.github.io/CPOV/releases/2.1.2") in said
    assert (one.url, vocab.VERSION, "1") in said
    assert (one.iri, vocab.TYPE, "http://data.europa.eu/m8g/PublicOrganisation") in said


def test_kinds_of_actor_choose_between_the_two_vocabularies(store, made):
    public = {vocab.code("actor-kind", "authority"), vocab.code("actor-kind", "public-agency")}
    for iri in of_class(store, vocab.ORGANIZATION):
        kinds = store.quads(NamedNode(iri), NamedNode(vocab.CLASSIFICATION), None, DefaultGraph())
        expected = "cpov" if public & {q.object.value for q in kinds} else "corebusiness"
        other = {"cpov": "corebusiness", "corebusiness": "cpov"}[expected]
        assert iri in made[expected] and iri not in made[other]


def test_a_theme_in_the_model_of_the_region(made):
    one = made["d4wta"][f"{LOCAL}/auth/theme/machine-learning"]
    said = {(q.predicate.value.rpartition("#")[2].rpartition("/")[2], str(q.object)) for q in one.quads
            if q.subject.value == one.iri}  # fmt: skip
    assert ("exactMatch", "<http://data4wallonia.com/resource/taxonomy/machine-learning>") in said
    assert ("prefLabel", '"Apprentissage automatique"@fr') in said
    assert ("altLabel", '"Maschinelles Lernen"@de') in said
    assert ("identifier", '"machine-learning"') in said
    broader = {str(q.object) for q in one.quads if q.predicate.value == vocab.SKOS + "broader"}
    assert f"<{LOCAL}/auth/theme/ai-data>" in broader  # all the way up


def test_the_theme_of_an_actor_is_told_in_full(store, made):
    theme = f"{LOCAL}/auth/theme/cybersecurity"
    named = store.quads(None, NamedNode(vocab.SUBJECT), NamedNode(theme), DefaultGraph())
    one = made["d4wta"][next(q.subject.value for q in named if q.subject.value in made["d4wta"])]
    alone = {str(q) for q in made["d4wta"][theme].quads if q.subject.value == theme}
    assert alone and alone <= {str(q) for q in one.quads}


def test_the_whole_list_of_themes_is_one_document(store, made):
    one = made["d4wta"][f"{LOCAL}/auth/theme"]
    in_list = Counter(q.object.value for q in one.quads if q.predicate.value == vocab.SKOS + "inScheme")
    themes = [iri for iri in of_class(store, vocab.CONCEPT) if iri.startswith(LOCAL + "/auth/theme/")]
    assert in_list[f"{LOCAL}/auth/theme"] == len(themes)


def test_the_schema_profile_knows_registers_and_places(made):
    said = [str(q) for q in made["schema"][f"{LOCAL}/id/actor/universite-de-liege"].quads]
    assert any("<http://schema.org/propertyID> \"ISNI\"" in line for line in said)
    assert any("<https://ror.org/00afp2z80>" in line for line in said)
    assert any('<http://schema.org/addressLocality> "Liège"@fr' in line for line in said)
    assert any("<http://schema.org/subOrganization>" in line for line in said)


# -- over HTTP


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
