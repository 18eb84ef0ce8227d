"""The RDF documents: what is in them, and that all formats hold the same graph."""

import json

import pytest
from pyld import jsonld
from pyoxigraph import CanonicalizationAlgorithm, Dataset, DefaultGraph, NamedNode, Quad, RdfFormat, parse

from publication import BASE, publish
from wallograph import resources
from wallograph.errors import NotFound
from wallograph.iris import rebase
from wallograph.publish import documents
from wallograph.publish.documents import document, static_document
from wallograph.publish.jsonld import load_context
from wallograph.publish.media import FORMATS, HTML, RDF_FORMATS
from wallograph.store.embedded import ReadStore

ACTOR = f"{BASE}/id/actor/uliege"
URL = f"{BASE}/doc/actor/uliege"


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return ReadStore(publish(tmp_path_factory.mktemp("state")).store_path)


@pytest.fixture(scope="module")
def context():
    return load_context(resources.ontology_dir(), BASE)


@pytest.fixture
def actor(store):
    return document(store, ACTOR, base=BASE, url=URL, modified="2026-03-01")


def canonical(quads):
    graph = Dataset(Quad(q.subject, q.predicate, q.object) for q in quads)
    graph.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return {str(q) for q in graph}


def read(body, form, context):
    """The quads of a written document; JSON-LD is expanded by PyLD with the published context."""
    if form.key != "jsonld":
        return list(parse(body, format=form.rdf))
    tree = json.loads(body)
    assert tree["@context"] == context.url
    tree["@context"] = context.terms
    text = jsonld.to_rdf(tree, {"format": "application/n-quads"})
    return list(parse(text.encode(), format=RdfFormat.N_QUADS))


def lines(quads):
    return {f"{q.subject} {q.predicate} {q.object}" for q in quads}


def node(path):
    return f"<{BASE}{path}>"


def test_every_format_holds_the_same_graph(actor, context):
    graphs = {key: canonical(read(actor.write(f, context), f, context)) for key, f in RDF_FORMATS.items()}
    assert len(graphs) == 6
    for key, graph in graphs.items():
        assert graph == graphs["nt"], key


@pytest.mark.parametrize(
    "path",
    [
        "/id/actor/spin",
        "/id/link/l1",
        "/id/value/v1",
        "/id/source/page-a",
        "/id/source/code-lists",
        "/auth/actor-kind",
        "/auth/actor-kind/university",
    ],
)
def test_every_kind_of_thing_has_a_document(store, context, path):
    if path == "/id/source/code-lists":  # nothing describes this graph here
        with pytest.raises(NotFound):
            document(store, BASE + path, base=BASE, url=BASE + "/doc/x")
        return
    found = document(store, BASE + path, base=BASE, url=BASE + "/doc" + path)
    graphs = [canonical(read(found.write(f, context), f, context)) for f in RDF_FORMATS.values()]
    assert all(graph == graphs[0] for graph in graphs)
    assert any(line.startswith(f"<{BASE}{path}> ") for line in graphs[0])


def test_the_thing_and_what_is_said_about_it(actor):
    found = lines(actor.quads)
    assert f'{node("/id/actor/uliege")} <http://schema.org/name> "ULiège"' in found
    assert f"{node('/id/actor/spin')} {node('/ns/wallograph#spinOffOf')} {node('/id/actor/uliege')}" in found
    relation = f"{node('/id/link/l1')} {node('/ns/wallograph#relationKind')}"
    assert f"{relation} {node('/auth/relation-kind/spin-off-of')}" in found
    year = '"2024"^^<http://www.w3.org/2001/XMLSchema#gYear>'
    assert f"{node('/id/value/v1')} {node('/ns/wallograph#statedFor')} {year}" in found


def test_labels_and_types_of_the_neighbours(actor):
    found = lines(actor.quads)
    assert f'{node("/id/actor/spin")} <http://www.w3.org/2000/01/rdf-schema#label> "Spin"' in found
    label = '<http://www.w3.org/2004/02/skos/core#prefLabel> "université"@fr'
    assert f"{node('/auth/actor-kind/university')} {label}" in found


def test_each_source_graph_is_described(actor):
    found = lines(actor.quads)
    derived = "<http://www.w3.org/ns/prov#wasDerivedFrom> <https://www.example.com/a>"
    assert f"{node('/id/source/page-a')} {derived}" in found
    assert f'{node("/id/source/derived-label")} {node("/ns/wallograph#rule")} "label"' in found


def test_the_document_describes_itself(actor):
    doc = f"<{URL}>"
    found = lines(actor.quads)
    assert f"{doc} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://xmlns.com/foaf/0.1/Document>" in found
    assert f"{doc} <http://xmlns.com/foaf/0.1/primaryTopic> <{ACTOR}>" in found
    assert f"{doc} <http://rdfs.org/ns/void#inDataset> <{BASE}/about#dataset>" in found
    licence = "<https://creativecommons.org/licenses/by/4.0/>"
    assert f"{doc} <http://purl.org/dc/terms/license> {licence}" in found
    date = '"2026-03-01"^^<http://www.w3.org/2001/XMLSchema#date>'
    assert f"{doc} <http://purl.org/dc/terms/modified> {date}" in found


@pytest.mark.parametrize("key", ["trig", "nq"])
def test_trig_and_nquads_keep_the_source_graphs(actor, context, key):
    quads = read(actor.write(FORMATS[key], context), FORMATS[key], context)
    founded = [q for q in quads if q.subject.value == ACTOR and q.predicate.value.endswith("foundingDate")]
    assert {q.graph_name.value for q in founded} == {f"{BASE}/id/source/page-a", f"{BASE}/id/source/page-b"}
    own = [q for q in quads if q.subject.value == URL]
    assert own
    assert all(isinstance(q.graph_name, DefaultGraph) for q in own)


@pytest.mark.parametrize("key", ["ttl", "nt", "rdf", "jsonld"])
def test_a_triple_of_two_sources_stands_once_elsewhere(actor, context, key):
    form = FORMATS[key]
    founded = [q for q in read(actor.write(form, context), form, context) if "foundingDate" in q.predicate.value]
    assert len(founded) == 1


def test_private_graphs_stay_private(actor, context):
    for form in RDF_FORMATS.values():
        body = actor.write(form, context)
        assert b"secret" not in body
        assert b"judgements" not in body


def test_what_only_a_private_graph_names_is_unknown(store):
    with pytest.raises(NotFound):
        document(store, f"{BASE}/id/actor/secret", base=BASE, url=f"{BASE}/doc/actor/secret")


def test_json_ld_is_a_tree_around_the_thing(actor, context):
    tree = json.loads(actor.write(FORMATS["jsonld"], context))
    assert list(tree)[:2] == ["@context", "id"] or list(tree)[:2] == ["@context", "@id"]
    assert tree.get("id", tree.get("@id")) == ACTOR
    assert "@included" in tree
    assert "@reverse" in tree


def test_json_ld_expands_without_the_network(actor, context, monkeypatch):
    def refuse(*_args):
        raise AssertionError("a context was loaded")

    monkeypatch.setattr(jsonld, "load_document", refuse)
    assert read(actor.write(FORMATS["jsonld"], context), FORMATS["jsonld"], context)


def test_the_same_bytes_each_time(store, context):
    first, second = (document(store, ACTOR, base=BASE, url=URL) for _ in range(2))
    for form in RDF_FORMATS.values():
        assert first.write(form, context) == second.write(form, context)


def test_what_others_say_comes_in_pages(store, monkeypatch):
    monkeypatch.setattr(documents, "INVERSE_LIMIT", 1)
    whole = {}
    for limit in (500, 1):
        monkeypatch.setattr(documents, "INVERSE_LIMIT", limit)
        first = document(store, ACTOR, base=BASE, url=URL)
        pages = [first] + [document(store, ACTOR, base=BASE, url=URL, page=n) for n in range(2, first.pages + 1)]
        about_itself = {page.url for page in pages}
        whole[limit] = {q.triple for page in pages for q in page.quads if q.subject.value not in about_itself}
    assert first.pages > 1
    assert whole[1] == whole[500]
    said = [q for q in first.quads if q.predicate.value.endswith("#comment")]
    assert {q.object.language for q in said} == {"fr", "nl", "de", "en"}
    following = [q.object.value for q in first.quads if q.predicate.value.endswith("#seeAlso")]
    assert following == [f"{URL}?page=2"] and pages[1].url == f"{URL}?page=2"
    with pytest.raises(NotFound):
        document(store, ACTOR, base=BASE, url=URL, page=first.pages + 1)


def test_a_document_says_which_release_it_is_of(store, context):
    found = document(store, ACTOR, base=BASE, url=URL, release=7)
    assert f'<{URL}> <http://schema.org/version> "7"' in lines(found.quads)


class FewQuads:
    """A store made of a list, for graphs that wallograph itself would not publish."""

    def __init__(self, text):
        named = list(parse(text.encode(), format=RdfFormat.TRIG))
        self.all = {*named, *(Quad(q.subject, q.predicate, q.object) for q in named)}

    def quads(self, s, p, o, g):
        wanted = (s, p, o, g)
        found = [(q.subject, q.predicate, q.object, q.graph_name) for q in self.all]
        return [
            Quad(*terms)
            for terms in found
            if all(want is None or want == term for want, term in zip(wanted, terms, strict=True))
        ]


ODD = """
<http://x.example/g> {
  <http://x.example/id/a> <http://x.example/p/> "ends with a slash" ;
    <http://x.example/list> ( "1" "2" [ <http://x.example/q> <http://x.example/id/b> ] ) ;
    <http://x.example/q> "control \\u0001", "</script>", "a\\"b\\\\c\\n", "x"@en-GB, true, 1.5, 1.0E6, <urn:x:y> .
}
"""


def test_other_data_blank_nodes_lists_and_what_xml_cannot_say(context):
    found = document(FewQuads(ODD), "http://x.example/id/a", base="http://x.example", url="http://x.example/doc/a")
    assert "rdf" not in {f.key for f in found.formats()}
    graphs = [canonical(read(found.write(f, context), f, context)) for f in found.formats()]
    assert len(graphs) == 5
    assert all(graph == graphs[0] for graph in graphs)


@pytest.mark.parametrize(("name", "file"), [("wallograph", "wallograph.ttl")])
def test_a_document_of_the_ontology(context, name, file):
    text = rebase((resources.ontology_dir() / file).read_text("utf-8"), BASE)
    iri = f"{BASE}/ns/{name}"
    found = static_document([text], iri, base=BASE, url=f"{BASE}/doc/ns/{name}")
    assert any(q.subject == NamedNode(iri) for q in found.quads)
    graphs = {f.key: canonical(read(found.write(f, context), f, context)) for f in found.formats()}
    assert all(graph == graphs["nt"] for graph in graphs.values())
    again = static_document([text], iri, base=BASE, url=f"{BASE}/doc/ns/{name}")
    assert again.write(RDF_FORMATS["nt"], context) == found.write(RDF_FORMATS["nt"], context)


def test_blank_nodes_of_the_shapes_are_the_same_graph_too(context):
    text = '<http://e/s> <http://e/or> ( [ <http://e/p> 1 ] [ <http://e/p> [ <http://e/q> "x" ] ] ) .'
    found = static_document([text, text], "http://e/s", base=BASE, url=f"{BASE}/doc/ns/shapes")
    graphs = [canonical(read(found.write(f, context), f, context)) for f in found.formats()]
    assert all(graph == graphs[0] for graph in graphs)


def test_the_table_of_formats():
    assert list(FORMATS) == ["html", "ttl", "jsonld", "nt", "rdf", "trig", "nq"]
    assert HTML.suffix == ".html"
    assert {f.key for f in FORMATS.values() if f.graphs} == {"trig", "nq"}


def test_neighbours_that_are_kept_change_nothing(store):
    """What one document looked up serves the next, and full or not, each is the document it was."""
    for kept in (documents.Neighbours(), documents.Neighbours(most=3)):
        for path in ("actor/uliege", "actor/spin", "actor/uliege"):
            iri = f"{BASE}/id/{path}"
            address = f"{BASE}/doc/{path}"
            alone = document(store, iri, base=BASE, url=address)
            assert document(store, iri, base=BASE, url=address, neighbours=kept) == alone
