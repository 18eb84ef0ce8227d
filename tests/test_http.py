"""HTTP habits of the publication: redirects, negotiation, validators, HEAD, CORS, errors, dumps."""

import gzip
import hashlib
import json
import re
import socket
import threading
import time

import httpx
import pytest
import uvicorn

from publication import BASE, DATE, TRIG, client_of, publish
from wallograph.publish.media import FORMATS
from wallograph.settings import Settings
from wallograph.web.app import create_app

DOC = "/doc/actor/uliege"
RDF = [f for f in FORMATS.values() if f.rdf is not None]
PUBLIC = [
    "/id/actor/uliege", DOC, f"{DOC}.ttl", f"{DOC}.jsonld", f"{DOC}.html", "/auth/actor-kind",
    "/auth/actor-kind/university", "/ns/wallograph", "/ns/wallograph.ttl", "/ns/context/v1.jsonld", "/dump/",
    f"/dump/{DATE}/", f"/dump/{DATE}/graph.nt", f"/dump/{DATE}/SHA256SUMS", "/dump/latest/graph.nt",
    "/healthz", "/robots.txt", "/sitemap.xml", "/.well-known/void", "/", "/about", "/about/problems",
    "/id/actor/nobody", "/doc/actor/nobody", "/nowhere",
]  # fmt: skip


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    folder = tmp_path_factory.mktemp("state")
    release = publish(folder)
    (release.folder / "redirects.json").write_text(json.dumps({"actor/old-name": "actor/uliege"}))
    gone = {"actor/withdrawn": {"reason": "asked to be left out", "replaced_by": "actor/spin"}}
    (release.folder / "gone.json").write_text(json.dumps(gone))
    return folder


@pytest.fixture(scope="module")
def client(root):
    return client_of(root)


def links(response):
    """The Link header as (relation, type) -> address."""
    found = {}
    for address, relation, kind in re.findall(
        r'<([^>]*)>; rel="([^"]*)"(?:; type="([^"]*)")?', response.headers["link"]
    ):
        found[relation, kind] = address
    return found


# -- /id/


def test_a_thing_redirects_to_its_document(client):
    answer = client.get("/id/actor/uliege")
    assert answer.status_code == 303
    assert answer.headers["location"] == BASE + DOC
    assert "Accept" in answer.headers["vary"]


def test_addresses_never_come_from_the_host_header(client):
    for path in PUBLIC:
        answer = client.get(path, x_forwarded_host="evil.example", forwarded="host=evil.example")
        assert "evil.example" not in str(answer.headers), path
        assert "evil.example" not in answer.text, path


def test_an_unknown_thing_is_404_at_once(client):
    assert client.get("/id/actor/nobody").status_code == 404
    assert client.get("/doc/actor/nobody").status_code == 404
    assert client.get("/id/").status_code == 404
    assert client.get("/id/actor/uliege.ttl").status_code == 404  # no suffix on the IRI of a thing


def test_a_merged_thing_redirects_for_a_day(client):
    answer = client.get("/id/actor/old-name")
    assert answer.status_code == 301
    assert answer.headers["location"] == f"{BASE}/id/actor/uliege"
    assert answer.headers["cache-control"] == "public, max-age=86400"
    assert client.get("/doc/actor/old-name.ttl").headers["location"] == f"{BASE}{DOC}.ttl"


def test_a_withdrawn_thing_is_410_with_its_reason(client):
    for path in ("/id/actor/withdrawn", "/doc/actor/withdrawn"):
        answer = client.get(path)
        assert answer.status_code == 410
        assert answer.json()["reason"] == "asked to be left out"
        assert answer.json()["replacedBy"] == f"{BASE}/id/actor/spin"
    assert f"{BASE}/id/actor/spin" in client.get("/id/actor/withdrawn", "text/html").text


# -- negotiation of documents


@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)
def test_each_format_by_accept_and_by_suffix(client, form):
    negotiated, direct = client.get(DOC, form.media_type), client.get(DOC + form.suffix, "image/png")
    assert negotiated.status_code == direct.status_code == 200
    for answer in (negotiated, direct):
        assert answer.headers["content-type"].partition(";")[0] == form.media_type
    assert negotiated.headers["vary"] == "Accept, Accept-Language, Accept-Datetime, Accept-Profile"
    assert negotiated.headers["content-location"].startswith(BASE + DOC + form.suffix)
    if form.rdf is not None:
        assert negotiated.content == direct.content
        assert "content-location" not in direct.headers


@pytest.mark.parametrize(
    ("accept", "key"),
    [
        (None, "html"),
        ("*/*", "html"),
        ("text/*;q=0.5, application/ld+json", "jsonld"),
        ("text/html;q=0.2, text/turtle", "ttl"),
        ("text/html;q=0, */*;q=0.1", "ttl"),
        ("application/rdf+xml, */*;q=0.1", "rdf"),
        ("application/n-quads", "nq"),
        ("text/turtle;profile=x;q=0.4, application/trig;q=0.5", "trig"),
    ],
)
def test_documents_use_the_one_negotiator(client, accept, key):
    answer = client.get(DOC, accept)
    assert answer.headers["content-type"].partition(";")[0] == FORMATS[key].media_type


@pytest.mark.parametrize("path", [DOC, "/auth/actor-kind/university", "/ns/wallograph"])
def test_406_lists_what_there_is(client, path):
    answer = client.get(path, "image/png")
    assert answer.status_code == 406
    assert answer.headers["vary"] == "Accept, Accept-Language"
    assert [v["type"] for v in answer.json()["variants"]] == [f.media_type for f in FORMATS.values()]
    assert answer.json()["variants"][1]["url"] == f"{BASE}{path}.ttl"
    assert client.get("/.well-known/void", "image/png").status_code == 406
    assert client.get("/dump/", "image/png").status_code == 406


@pytest.mark.parametrize("path", ["/auth/actor-kind", "/auth/actor-kind/university", "/ns/wallograph", "/ns/shapes"])
@pytest.mark.parametrize("form", RDF, ids=[f.key for f in RDF])
def test_code_lists_and_ontology_are_negotiated_too(client, path, form):
    answer = client.get(path, form.media_type)
    assert answer.status_code in ((200, 406) if form.key == "rdf" else (200,))
    if answer.status_code == 200:
        assert (BASE + path).encode() in answer.content
        assert b"localhost:8000" not in answer.content


def test_the_context_is_versioned_and_immutable(client):
    answer = client.get("/ns/context/v1.jsonld")
    assert answer.headers["content-type"] == "application/ld+json"
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.json()["@context"]["wg"] == f"{BASE}/ns/wallograph#"
    assert client.get("/ns/context/v1.jsonld", if_none_match=answer.headers["etag"]).status_code == 304


def test_the_versions_of_the_vocabulary(client):
    current = client.get("/ns/wallograph", "application/n-triples").text
    version = re.search(r"versionIRI> <([^>]*)>", current).group(1).removeprefix(BASE)
    assert client.get(version, "text/turtle").status_code == 200
    assert client.get(version, "text/html").status_code == 200
    assert client.get("/ns/wallograph/99-0-0", "text/turtle").status_code == 404


def test_the_shapes_have_a_page(client):
    assert client.get("/ns/shapes", "text/html").status_code in (200, 406)


def test_links_of_a_document(client):
    found = links(client.get(DOC, "text/turtle"))
    for form in FORMATS.values():
        assert found["alternate", form.media_type] or form.key != "nq"
    assert found["canonical", ""] == BASE + DOC
    assert found["cite-as", ""] == f"{BASE}/id/actor/uliege"
    assert found["license", ""] == "https://creativecommons.org/licenses/by/4.0/"
    assert ("describedby", "text/turtle") in found


def test_language_of_a_page(client):
    assert client.get(DOC, "text/html").headers["content-language"] == "fr"
    assert client.get(DOC, "text/html", accept_language="de-BE").headers["content-language"] == "de"
    answer = client.get(f"{DOC}?lang=nl", "text/html", accept_language="de")
    assert answer.headers["content-language"] == "nl"
    assert '<html lang="nl"' in answer.text
    assert answer.headers["content-location"] == f"{BASE}{DOC}.html?lang=nl"


# -- validators


def test_etags_differ_between_representations_and_hold_between_requests(client):
    tags = {}
    for form in FORMATS.values():
        for lang in ("fr", "nl"):
            answer = client.get(DOC, form.media_type, accept_language=lang)
            assert re.fullmatch(r'"[^"]+"', answer.headers["etag"])  # strong
            tags.setdefault(form.key, set()).add(answer.headers["etag"])
            assert client.get(DOC, form.media_type, accept_language=lang).headers["etag"] in tags[form.key]
    assert len(tags["html"]) == 2
    assert len(set.union(*tags.values())) >= len(FORMATS) + 1


@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)
@pytest.mark.parametrize("template", ["{}", "W/{}", '"other", {}', "*"])
def test_304_with_the_headers_a_cache_needs(client, form, template):
    full = client.get(DOC, form.media_type)
    answer = client.get(DOC, form.media_type, if_none_match=template.format(full.headers["etag"]))
    assert answer.status_code == 304
    assert answer.content == b""
    assert "content-type" not in answer.headers
    for name in ("etag", "vary", "cache-control", "content-location"):
        assert answer.headers[name] == full.headers[name]


def test_if_none_match_wins_over_if_modified_since(client):
    full = client.get(DOC, "text/turtle")
    date = full.headers["last-modified"]
    assert client.get(DOC, "text/turtle", if_modified_since=date).status_code == 304
    assert client.get(DOC, "text/turtle", if_modified_since="Sat, 01 Jan 2000 00:00:00 GMT").status_code == 200
    assert client.get(DOC, "text/turtle", if_modified_since="no date").status_code == 200
    assert client.get(DOC, "text/turtle", if_modified_since=date, if_none_match='"x"').status_code == 200


def test_a_new_release_is_seen_and_has_other_validators(tmp_path):
    publish(tmp_path)
    client = client_of(tmp_path)
    before = client.get(DOC, "text/turtle")
    publish(tmp_path, TRIG.replace('"ULiège"', '"ULg"'), date="2026-03-02")
    after = client.get(DOC, "text/turtle", if_none_match=before.headers["etag"])
    assert after.status_code == 200
    assert "ULg" in after.text
    assert "ULiège" in before.text
    assert after.headers["etag"] != before.headers["etag"]


# -- HEAD, OPTIONS, CORS, 405


@pytest.mark.parametrize("path", PUBLIC)
def test_head_is_get_without_the_body(client, path):
    got, head = client.get(path), client.ask("HEAD", path)
    assert head.status_code == got.status_code
    assert head.content == b""
    assert dict(head.headers) == dict(got.headers)


@pytest.mark.parametrize("path", PUBLIC)
def test_everything_public_may_be_read_from_any_page(client, path):
    answer = client.get(path, origin="https://portal.example")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in answer.headers
    for name in ("Link", "ETag", "Location", "Content-Location"):
        assert name in answer.headers["access-control-expose-headers"]


@pytest.mark.parametrize("path", [p for p in PUBLIC if p != "/nowhere"])
def test_preflight(client, path):
    asked = {"origin": "https://portal.example", "access_control_request_method": "GET"}
    answer = client.ask("OPTIONS", path, **asked)
    assert answer.status_code == 204
    assert answer.content == b""
    assert answer.headers["access-control-allow-origin"] == "*"
    assert {"GET", "HEAD", "OPTIONS"} <= set(answer.headers["access-control-allow-methods"].split(", "))
    for name in ("Accept", "Content-Type", "If-None-Match"):
        assert name in answer.headers["access-control-allow-headers"]
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize("path", ["/id/actor/uliege", DOC, "/dump/", f"/dump/{DATE}/graph.nt", "/healthz"])
def test_405_says_what_is_allowed(client, method, path):
    answer = client.ask(method, path)
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"
    assert answer.headers["content-type"] == "application/problem+json"


# -- errors


def test_a_problem_document(client):
    answer = client.get("/doc/actor/nobody", "application/json", accept_language="en")
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["type"] == f"{BASE}/about/problems#not-found"
    assert problem["title"] == "Nothing is published at this address"
    assert problem["status"] == answer.status_code == 404
    assert problem["instance"] == f"{BASE}/doc/actor/nobody"
    assert answer.headers["content-language"] == "en"


def test_the_type_of_a_problem_can_be_opened(client):
    kind = client.get("/nowhere").json()["type"]
    page = client.get(kind.removeprefix(BASE).partition("#")[0], "text/html")
    assert page.status_code == 200
    assert f'id="{kind.partition("#")[2]}"' in page.text


@pytest.mark.parametrize(
    ("lang", "title"),
    [
        ("fr", "Rien n’est publié à cette adresse"),
        ("nl", "Op dit adres is niets gepubliceerd"),
        ("de", "Unter dieser Adresse ist nichts veröffentlicht"),
        ("en", "Nothing is published at this address"),
    ],
)
def test_a_problem_page_in_the_asked_language(client, lang, title):
    for path in ("/nowhere", "/doc/actor/nobody", "/id/actor/nobody"):
        answer = client.get(path, "text/html", accept_language=lang)
        assert answer.status_code == 404
        assert answer.headers["content-type"].startswith("text/html")
        assert title in answer.text
        assert answer.headers["vary"] == "Accept, Accept-Language"


def test_a_wrong_parameter_is_a_400_problem(root):
    app = create_app(Settings(state=root))

    def count(number: int) -> dict:
        return {"number": number}

    app.add_api_route("/count", count)
    client = type(client_of(root))(app)
    for query in ("", "?number=many"):
        answer = client.get(f"/count{query}")
        assert answer.status_code == 400
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["errors"][0]["field"] == "number"


def test_an_unexpected_error_is_a_500_with_an_id_and_no_trace(root, caplog):
    app = create_app(Settings(state=root))

    def broken() -> None:
        raise RuntimeError("secret detail")

    app.add_api_route("/broken", broken)
    client = type(client_of(root))(app)
    for accept in ("*/*", "text/html"):
        answer = client.get("/broken", accept)
        assert answer.status_code == 500
        assert "secret detail" not in answer.text
        assert "Traceback" not in answer.text
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["access-control-allow-origin"] == "*"
        assert answer.headers["cache-control"] == "no-store"
    ident = client.get("/broken").json()["id"]
    assert ident in caplog.text
    assert client.ask("HEAD", "/broken").content == b""


def test_without_a_release_the_answer_is_503(tmp_path):
    client = client_of(tmp_path)
    for path in ("/id/actor/uliege", DOC, "/healthz", "/dump/"):
        answer = client.get(path)
        assert answer.status_code == 503
        assert answer.headers["content-type"] == "application/problem+json"


# -- dumps


def test_the_list_of_dumps(client):
    content = client.get("/dump/", "application/json").json()
    names = {file["name"] for file in content["editions"][0]["files"]}
    assert {"graph.nq.gz", "graph.nt", "graph.ttl", "graph.jsonld", "graph.trig"} <= names
    assert content["notForReuse"] is False
    assert client.get("/dump/", "text/html").headers["content-type"].startswith("text/html")
    assert client.get("/dump").headers["location"] == f"{BASE}/dump/"
    assert client.get(f"/dump/{DATE}/", "application/json").json()["editions"] == content["editions"]


def test_latest_redirects_to_the_dated_file(client):
    answer = client.get("/dump/latest/graph.nt")
    assert answer.status_code == 302
    assert answer.headers["location"] == f"{BASE}/dump/{DATE}/graph.nt"
    assert "immutable" not in answer.headers["cache-control"]
    assert client.get("/dump/latest/nothing").status_code == 404
    assert client.get("/dump/latest/").headers["location"] == f"{BASE}/dump/{DATE}/"


def test_files_match_their_checksums(client):
    sums = client.get(f"/dump/{DATE}/SHA256SUMS").text
    assert sums
    for line in sums.splitlines():
        digest, name = line.split("  ")
        answer = client.get(f"/dump/{DATE}/{name}")
        assert hashlib.sha256(answer.content).hexdigest() == digest
        assert answer.headers["etag"] == f'"{digest}"'
        assert "immutable" in answer.headers["cache-control"]
        assert client.get(f"/dump/1/{name}").content == answer.content


def test_a_gzip_dump_is_a_file_not_an_encoding(client):
    answer = client.get(f"/dump/{DATE}/graph.nq.gz", accept_encoding="gzip")
    assert answer.headers["content-type"] == "application/gzip"
    assert "content-encoding" not in answer.headers
    assert b"/id/actor/uliege>" in gzip.decompress(answer.content)


def test_ranges_and_validators_of_a_dump(client):
    path = f"/dump/{DATE}/graph.nt"
    full = client.get(path)
    part = client.get(path, range="bytes=10-19")
    assert part.status_code == 206
    assert part.content == full.content[10:20]
    assert part.headers["content-range"] == f"bytes 10-19/{len(full.content)}"
    tag = full.headers["etag"]
    assert client.get(path, range="bytes=10-19", if_range=tag).status_code == 206
    assert client.get(path, range="bytes=10-19", if_range='"x"').status_code == 200
    assert client.get(path, range="bytes=99999999-").status_code == 416
    assert client.get(path, if_none_match=tag).status_code == 304


def test_two_editions_of_one_day_keep_their_addresses(tmp_path):
    publish(tmp_path)
    client = client_of(tmp_path)
    first = client.get(f"/dump/{DATE}/graph.nt").content
    publish(tmp_path, TRIG.replace('"ULiège"', '"ULg"'))
    assert client.get(f"/dump/{DATE}/graph.nt").content == first
    assert client.get("/dump/latest/graph.nt").headers["location"] == f"{BASE}/dump/2/graph.nt"
    assert b"ULg" in client.get("/dump/2/graph.nt").content


# -- machines


def test_the_default_base_keeps_robots_out(tmp_path, client):
    publish(tmp_path, base="http://localhost:8000")
    local = client_of(tmp_path)
    assert "Disallow: /\n" in local.get("/robots.txt").text
    assert local.get("/dump/", "application/json").json()["notForReuse"] is True
    assert "Disallow: /\n" not in client.get("/robots.txt").text
    assert f"Sitemap: {BASE}/sitemap.xml" in client.get("/robots.txt").text


def test_sitemap_void_and_health(client):
    assert f"<loc>{BASE}{DOC}</loc>" in client.get("/sitemap.xml").text
    void = client.get("/.well-known/void", "text/turtle")
    assert f"<{BASE}/about#dataset>" in void.text
    assert f"<{BASE}/dump/{DATE}/graph.nt>" in void.text
    assert client.get("/healthz").json()["release"] == 1


def test_other_data_under_any_path_of_its_base(tmp_path):
    base = "https://other.example/kg"
    text = """
      <https://other.example/kg/thing/a> <http://www.w3.org/2000/01/rdf-schema#label> "A" .
      <https://other.example/kg/id/x/b%20c> <http://www.w3.org/2000/01/rdf-schema#label> "B" .
      <https://other.example/kg/id/x/é> <http://www.w3.org/2000/01/rdf-schema#label> "É" .
      <https://other.example/kg/id/x/1%2F2> <http://www.w3.org/2000/01/rdf-schema#label> "half" .
    """
    publish(tmp_path, text, base=base)
    client = client_of(tmp_path)
    for path, label in [("thing/a", "A"), ("x/b%20c", "B"), ("x/%C3%A9", "É"), ("x/1%2F2", "half")]:
        answer = client.get(f"/doc/{path}.nt")
        assert answer.status_code == 200, path
        assert f'"{label}"'.encode() in answer.content or b"\\u00C9" in answer.content
    assert client.get("/id/x/b%20c").headers["location"] == f"{base}/doc/x/b%20c"
    assert client.get("/doc/thing/b").status_code == 404
    assert client.get("/doc/x/%E9").status_code == 404


# -- a real server


@pytest.fixture(scope="module")
def address(root):
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        config = uvicorn.Config(create_app(Settings(state=root)), log_level="warning", lifespan="off")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield listener.getsockname()
        server.should_exit = True
        thread.join()


def raw(address, text):
    with socket.create_connection(address, timeout=10) as connection:
        connection.sendall(text.replace("\n", "\r\n").encode("latin-1"))
        found = b""
        while chunk := connection.recv(65536):
            found += chunk
    head, _, body = found.partition(b"\r\n\r\n")
    return int(head.split()[1]), head.decode("latin-1").lower(), body


def request(method, path):
    return f"{method} {path} HTTP/1.1\nHost: evil.example\nConnection: close\n\n"


@pytest.mark.parametrize("slash", ["%2F", "%2f"])
def test_an_encoded_slash_is_no_slash(address, slash):
    assert raw(address, request("GET", "/id/actor/uliege"))[0] == 303
    for path in (f"/id/actor{slash}uliege", f"/id{slash}actor/uliege", f"/doc/actor{slash}uliege.ttl"):
        assert raw(address, request("GET", path))[0] == 404, path
    assert raw(address, request("GET", f"/dump/{DATE}{slash}graph.nt"))[0] == 404


@pytest.mark.parametrize("path", [DOC, f"{DOC}.ttl", "/id/actor/uliege", f"/dump/{DATE}/graph.nt", "/nowhere"])
def test_head_over_the_wire(address, path):
    status, head, body = raw(address, request("HEAD", path))
    got, got_head, got_body = raw(address, request("GET", path))
    assert (status, body) == (got, b"")
    assert f"content-length: {len(got_body)}" in head

    def names(text):
        return sorted(line for line in text.splitlines()[1:] if not line.startswith("date:"))

    assert names(head) == names(got_head)


def test_many_readers_at_once(address):
    host, port = address

    def read(number, found):
        with httpx.Client(base_url=f"http://{host}:{port}") as client:
            for turn in range(5):
                form = RDF[(number + turn) % len(RDF)]
                found.append(client.get(DOC, headers={"accept": form.media_type}).status_code)

    found = []
    threads = [threading.Thread(target=read, args=(number, found)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [200] * 40


# -- settings


def test_settings_come_from_the_environment_and_the_caller(tmp_path, monkeypatch):
    monkeypatch.setenv("WALLOGRAPH_STATE", str(tmp_path))
    monkeypatch.setenv("WALLOGRAPH_PORT", "9000")
    assert Settings().state == tmp_path
    assert Settings().port == 9000
    assert Settings(port=9001).port == 9001


def test_making_the_application_reads_nothing(tmp_path):
    create_app(Settings(state=tmp_path / "not there"))
