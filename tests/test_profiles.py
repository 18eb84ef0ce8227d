"""Profiles: what they make of every actor and theme conforms to their shapes, in every format."""

import json
from collections import Counter
from pathlib import Path

import pytest
from pyld import jsonld
from pyoxigraph import CanonicalizationAlgorithm, Dataset, DefaultGraph, NamedNode, Quad, RdfFormat, parse

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
