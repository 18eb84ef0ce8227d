"""schema.org in the pages: what a search engine reads out of them, and that nothing breaks out of the data block."""

import json
from pathlib import Path

import extruct
import pytest
from lxml import html
from pyld import jsonld
from pyoxigraph import RdfFormat, parse

from browser.serving import browser, served
from ecosystem import ecosystem_app
from publication import BASE, TRIG, client_of, publish
from wallograph import vocab
from wallograph.publish.structured_data import crumbs_tree, data_block
from wallograph.store.embedded import ReadStore
from wallograph.validate import compile_shapes, validate

FIXTURES = Path(__file__).parent / "fixtures" / "profiles"
CONTEXT = json.loads((FIXTURES / "schema-context.jsonld").read_text("utf-8"))["@context"]
LOCAL = vocab.DEFAULT_BASE
HOSTILE = "</script><script>alert(1)</script><!-- & \u2028"
WATCH = "document.addEventListener('securitypolicyviolation', e => console.log(e.violatedDirective))"
CONCEPTS = {
    "/id/actor/": {"Organization", "ResearchOrganization", "CollegeOrUniversity", "Project"},
    "/id/project/": {"Project", "Organization"},
    "/id/event/": {"Event"},
    "/id/place/": {"Place"},
    "/auth/theme/": {"DefinedTerm"},
}


@pytest.fixture(scope="module")
def shipped_client(shipped_state):
    return client_of(shipped_state.root)


def blocks(answer):
    assert answer.status_code == 200
    page = html.fromstring(answer.content)
    return [json.loads(node.text) for node in page.iter("script") if node.get("type") == "application/ld+json"]


def nodes(answer):
    """The trees of the one block of a page, by type."""
    (block,) = blocks(answer)
    assert block["@context"] == "https://schema.org"
    found = {}
    for tree in block.get("@graph", [block]):
        kinds = tree["@type"] if isinstance(tree["@type"], list) else [tree["@type"]]
        found |= dict.fromkeys(kinds, tree)
    return found


def expanded(block):
    """As RDF, with a context of our own: nothing is loaded."""
    text = jsonld.to_rdf({**block, "@context": CONTEXT}, {"format": "application/n-quads"})
    return list(parse(text.encode(), format=RdfFormat.N_QUADS))


def some_of_each(release):
    store = ReadStore(release.store_path)
    iris = sorted({q.subject.value for q in store.quads(None, None, None, None)
                   if any(q.subject.value.startswith(LOCAL + start) for start in CONCEPTS)})  # fmt: skip
    return {start: [iri for iri in iris if iri.startswith(LOCAL + start)] for start in CONCEPTS}


def test_pages_of_things_say_what_they_are(shipped, shipped_client):
    shapes = compile_shapes(list(parse((FIXTURES / "schema.ttl").read_bytes(), format=RdfFormat.TURTLE)))
    for start, iris in some_of_each(shipped).items():
        for iri in iris[:: max(1, len(iris) // 8)]:
            path = iri[len(LOCAL) :].replace("/id/", "/doc/", 1)
            answer = shipped_client.get(f"{path}?lang=de", "text/html")
            found = nodes(answer)
            kinds = CONCEPTS[start] & set(found)
            assert kinds and "BreadcrumbList" in found, iri
            tree = found[kinds.pop()]
            assert tree["@id"] == iri and isinstance(tree["name"], str) and tree["name"] in html.fromstring(
                answer.content
            ).text_content(), iri
            quads = expanded(blocks(answer)[0])
            assert any(q.subject.value == iri for q in quads)
            report = validate(quads, shapes)
            wrong = [r for r in report.results if "Datatype" not in str(r.component)]
            assert wrong == [], iri  # years are plain text here, and numbers are those of JSON


def test_extruct_reads_a_university(shipped_client):
    answer = shipped_client.get("/doc/actor/universite-de-liege?lang=en", "text/html")
    (found,) = extruct.extract(answer.text, base_url=LOCAL, syntaxes=["json-ld"])["json-ld"]
    university, crumbs = found["@graph"]
    assert university["@type"] == "CollegeOrUniversity"
    assert university["name"] == "Université de Liège" and university["url"].startswith("https://www.uliege.be")
    assert university["address"]["addressLocality"] == "Liège" and university["address"]["addressCountry"] == "BE"
    assert "https://ror.org/00afp2z80" in university["sameAs"]
    assert university["identifier"]["propertyID"] == "ISNI"
    assert [item["position"] for item in crumbs["itemListElement"]] == [1, 2, 3]
    assert crumbs["itemListElement"][0]["item"] == f"{LOCAL}/"
    assert crumbs["itemListElement"][2]["name"] == "Université de Liège"


def test_the_language_is_that_of_the_page(shipped_client):
    names = {lang: nodes(shipped_client.get(f"/auth/theme/machine-learning?lang={lang}", "text/html"))["DefinedTerm"]
             for lang in vocab.LANGUAGES}  # fmt: skip
    assert names["fr"]["name"] == "Apprentissage automatique" and names["de"]["name"] == "Maschinelles Lernen"
    assert len({tree["@id"] for tree in names.values()}) == 1


def test_a_place_has_its_position(shipped_client):
    place = nodes(shipped_client.get("/doc/place/62063", "text/html"))["Place"]
    assert place["geo"]["latitude"] == pytest.approx(50.63, abs=0.01)
    assert place["identifier"] == {**place["identifier"], "propertyID": "NIS", "value": "62063"}


@pytest.mark.parametrize("lang", vocab.LANGUAGES)
def test_the_catalogue_is_a_dataset(shipped_client, lang):
    found = nodes(shipped_client.get(f"/catalog?lang={lang}", "text/html"))
    dataset = found["Dataset"]
    for name in ("name", "license", "creator", "keywords", "identifier", "sameAs", "version", "temporalCoverage",
                 "spatialCoverage", "includedInDataCatalog", "distribution", "url", "dateModified"):  # fmt: skip
        assert dataset[name], name
    assert 50 <= len(dataset["description"]) <= 5000
    assert dataset["isAccessibleForFree"] is True
    assert dataset["creator"]["@type"] == "Organization" and dataset["includedInDataCatalog"]["@type"] == "DataCatalog"
    served_files = {file["url"]: file for edition in shipped_client.get("/dump/", "application/json").json()["editions"]
                    for file in edition["files"]}  # fmt: skip
    assert {file["contentUrl"] for file in dataset["distribution"]} == set(served_files)
    for file in dataset["distribution"]:
        assert file["@type"] == "DataDownload" and file["encodingFormat"]
        assert file["sha256"] == served_files[file["contentUrl"]]["sha256"]
    assert "BreadcrumbList" in found


def test_a_hostile_name_stays_in_the_block(tmp_path):
    name = json.dumps(HOSTILE)[1:-1]
    text = TRIG.replace('rdfs:label "Spin"', f'rdfs:label "{name}"').replace(
        'schema:name "Spin"', f'schema:name "{name}" ; foaf:homepage <javascript:alert(1)>'
    )
    publish(tmp_path, text)
    answer = client_of(tmp_path).get("/doc/actor/spin", "text/html")
    assert "<script>alert" not in answer.text
    start = answer.text.index('<script type="application/ld+json">') + len('<script type="application/ld+json">')
    block = answer.text[start : answer.text.index("</script>", start)]
    assert not set("<>&\u2028\u2029") & set(block) and "\\u003c/script" in block
    tree = json.loads(block)["@graph"][0]
    assert tree["name"] == HOSTILE and "url" not in tree
    assert tree["@id"] == f"{BASE}/id/actor/spin"


def test_what_has_no_class_there_has_only_its_way(tmp_path):
    publish(tmp_path)
    client = client_of(tmp_path)
    for path in ("/doc/source/page-a", "/doc/link/l1"):
        assert set(nodes(client.get(path, "text/html"))) == {"BreadcrumbList"}, path
    assert blocks(client.get("/sources", "text/html")) == []


def test_nothing_to_say_is_no_block():
    assert data_block([None]) == ""
    assert json.loads(data_block([crumbs_tree([("a", "b")]), None]))["@type"] == "BreadcrumbList"


def test_the_block_runs_nowhere_and_the_policy_says_nothing(tmp_path):
    """In a browser: no script is run, none is refused, nothing is loaded from elsewhere."""
    with served(ecosystem_app(tmp_path)) as address, browser() as chromium:
        page = chromium.new_page()
        said, asked = [], []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.add_init_script(WATCH)
        for path in ("/doc/actor/uliege", "/doc/actor/evil", "/catalog", "/profiles", "/doc/actor/uliege?_profile=alt"):
            answer = page.goto(address + path)
            assert answer.status == 200, path
            assert "script-src" not in answer.headers["content-security-policy"]
            found = page.locator('script[type="application/ld+json"]')
            assert found.count() == (0 if "profile" in path else 1), path
            if found.count():
                assert json.loads(found.text_content())["@context"] == "https://schema.org"
        assert said == [] and all(url.startswith(address) for url in asked)
