"""The catalogue, VoID and what crawlers read: conforming, complete, true to the files that are served."""

import hashlib
import json
from pathlib import Path
from xml.etree import ElementTree

import pyshacl
import pytest
import rdflib

from publication import BASE, DATE, client_of, publish
from wallograph import vocab
from wallograph.publish.media import RDF_FORMATS
from wallograph.store.embedded import ReadStore
from wallograph.web.routes import crawlers

SHAPES = Path(__file__).parent / "fixtures" / "dcat-ap"
DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")
SPDX = rdflib.Namespace("http://spdx.org/rdf/terms#")
DCT = rdflib.DCTERMS
VOID = rdflib.VOID
DATASET = rdflib.URIRef(f"{BASE}/about#dataset")


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    folder = tmp_path_factory.mktemp("state")
    publish(folder, date="2025-12-31")
    publish(folder)
    return folder


@pytest.fixture(scope="module")
def client(root):
    return client_of(root)


def graph(client, path, accept="text/turtle"):
    answer = client.get(path, accept)
    assert answer.status_code == 200
    return rdflib.Graph().parse(data=answer.content, format="turtle" if accept == "text/turtle" else accept)


@pytest.mark.parametrize("name", ["shapes.ttl", "shapes_recommended.ttl"])
@pytest.mark.parametrize("accept", ["text/turtle", "application/rdf+xml"])
def test_the_served_catalogue_conforms_to_dcat_ap(shipped_state, name, accept):
    found = graph(client_of(shipped_state.root), "/catalog", accept)
    shapes = rdflib.Graph().parse(SHAPES / name)
    conforms, report, text = pyshacl.validate(found, shacl_graph=shapes, allow_warnings=False)
    wrong = {
        (str(report.value(result, rdflib.SH.focusNode)), str(report.value(result, rdflib.SH.resultPath)))
        for result in report.subjects(rdflib.RDF.type, rdflib.SH.ValidationResult)
    }
    assert wrong == set(), text
    assert conforms


def test_every_file_of_an_edition_is_a_distribution(client):
    found = graph(client, "/catalog")
    listed = client.get("/dump/", "application/json").json()["editions"]
    assert len(listed) == 2
    for edition in listed:
        for file in edition["files"]:
            one = found.value(predicate=DCAT.downloadURL, object=rdflib.URIRef(file["url"]))
            assert found.value(one, DCAT.byteSize) == rdflib.Literal(
                str(file["size"]), datatype=rdflib.XSD.nonNegativeInteger
            )
            checksum = found.value(one, SPDX.checksum)
            assert str(found.value(checksum, SPDX.checksumValue)).lower() == file["sha256"]
            body = client.get(file["url"].removeprefix(BASE)).content
            assert hashlib.sha256(body).hexdigest() == file["sha256"] and len(body) == file["size"]
    series = rdflib.URIRef(f"{BASE}/catalog#editions")
    assert len(set(found.subjects(DCAT.inSeries, series))) == 2
    newest = rdflib.URIRef(f"{BASE}/catalog#edition-{DATE}")
    assert found.value(newest, DCAT.prev) == rdflib.URIRef(f"{BASE}/catalog#edition-2025-12-31")


def test_all_formats_of_the_catalogue_are_there_and_the_page(client):
    for form in RDF_FORMATS.values():
        assert client.get(f"/catalog{form.suffix}").headers["content-type"].startswith(form.media_type)
        negotiated = client.get("/catalog", form.media_type)
        assert client.get("/catalog", form.media_type, if_none_match=negotiated.headers["etag"]).status_code == 304
    page = client.get("/catalog?lang=de", "text/html")
    assert "<h1>Katalog</h1>" in page.text
    assert client.get("/catalog", "image/png").status_code == 406
    assert client.get("/catalog.png").status_code == 404


def test_void_counts_what_the_graph_holds(client, root):
    found = graph(client, "/.well-known/void")
    store = ReadStore(root / "releases" / "000002" / "store")
    rows = store.rows("SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p")
    for row in rows:
        part = found.value(predicate=VOID.property, object=rdflib.URIRef(row["p"].value))
        assert int(found.value(part, VOID.triples)) == int(row["n"].value)
    rows = store.rows("SELECT ?c (COUNT(*) AS ?n) { ?s a ?c } GROUP BY ?c")
    for row in rows:
        part = found.value(predicate=VOID["class"], object=rdflib.URIRef(row["c"].value))
        assert int(found.value(part, VOID.entities)) == int(row["n"].value)


def test_linksets_of_the_shipped_graph(shipped_state):
    found = graph(client_of(shipped_state.root), "/.well-known/void")
    store = ReadStore(shipped_state.current().store_path)
    ror = store.rows(f'SELECT ?s {{ ?s <{vocab.SAME_AS}> ?o FILTER(STRSTARTS(STR(?o), "https://ror.org/")) }}')
    wanted = rdflib.URIRef(found_target(found, "ROR"))
    sets = list(found.subjects(VOID.objectsTarget, wanted))
    assert sum(int(found.value(one, VOID.triples)) for one in sets) == len(ror) > 20
    assert {str(t) for t in found.objects(None, DCT.title)} >= {"ROR", "GeoNames", "Data4Wallonia"}


def found_target(found, title):
    return found.value(predicate=DCT.title, object=rdflib.Literal(title))


def test_the_list_of_interfaces(client):
    answer = client.get("/.well-known/api-catalog")
    assert answer.headers["content-type"].startswith("application/linkset+json")
    linkset = answer.json()["linkset"]
    anchors = {context["anchor"] for context in linkset}
    assert {f"{BASE}/api", f"{BASE}/changes"} <= anchors
    assert {item["href"] for item in linkset[0]["item"]} == anchors - {linkset[0]["anchor"]}
    for context in linkset[1:]:
        assert context["service-desc"][0]["href"].startswith(BASE)
    json.dumps(linkset)


def test_a_large_sitemap_comes_in_files(client, monkeypatch):
    whole = client.get("/sitemap.xml")
    addresses = [loc.text for loc in ElementTree.fromstring(whole.text).iter() if loc.tag.endswith("}loc")]
    assert len(addresses) == len(set(addresses)) > 6
    assert whole.text.count(f"<lastmod>{DATE}</lastmod>") == len(addresses)
    monkeypatch.setattr(crawlers, "SITEMAP_LIMIT", 3)
    client.app.state.site.now().documents.put(("sitemap", ""), None, 0)
    index = ElementTree.fromstring(client.get("/sitemap.xml").text)
    files = [loc.text for loc in index.iter() if loc.tag.endswith("}loc")]
    assert index.tag.endswith("}sitemapindex") and len(files) == -(-len(addresses) // 3)
    parts = [ElementTree.fromstring(client.get(file.removeprefix(BASE)).text) for file in files]
    assert [loc.text for part in parts for loc in part.iter() if loc.tag.endswith("}loc")] == addresses
    assert client.get("/sitemap-99.xml").status_code == 404
    assert client.get("/sitemap-x.xml").status_code == 404


def test_the_search_can_be_added_to_a_browser(client):
    found = ElementTree.fromstring(client.get("/opensearch.xml", accept_language="nl").text)
    url = next(node for node in found if node.tag.endswith("}Url"))
    assert url.attrib["template"] == f"{BASE}/search?q={{searchTerms}}&lang=nl"
    assert 'type="application/opensearchdescription+xml"' in client.get("/", "text/html").text
