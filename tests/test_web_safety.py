"""Web safety of the publication, on a release whose names and addresses are hostile."""

import json
import re
from html.parser import HTMLParser

import pytest

from publication import BASE, DATE, TRIG, client_of, publish
from wallograph.publish.media import FORMATS
from wallograph.web.site import href

EVIL = '</script><script>alert(1)</script><img src=x onerror=alert(2)>\\" onmouseover=\\"alert(3)'
HOSTILE = f"""
@prefix wg: <http://localhost:8000/ns/wallograph#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <http://schema.org/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
<http://localhost:8000/id/source/evil> {{
  <http://localhost:8000/id/actor/evil> a org:Organization ;
    schema:name "{EVIL}" ;
    schema:alternateName "{EVIL}" ;
    wg:acronym "<b>E</b>" ;
    schema:description "{EVIL}"@fr ;
    schema:keywords "{EVIL}" ;
    foaf:homepage <javascript:alert(1)>, <JaVaScRiPt:alert(1)>, <data:text/html,x>, <vbscript:x>,
      <https://good.example/> ;
    schema:sameAs <JAVASCRIPT://good.example/%0aalert(1)>, <data:text/html;base64,eA==>, <file:///etc/passwd> .
}}
<http://localhost:8000/id/source/derived-label> {{
  <http://localhost:8000/id/actor/evil> rdfs:label "{EVIL}" .
}}
<http://localhost:8000/id/source/provenance> {{
  <http://localhost:8000/id/source/evil> a wg:Source ; dcterms:publisher "{EVIL}" ; rdfs:label "{EVIL}" ;
    dcterms:rights "{EVIL}" ; prov:wasDerivedFrom <javascript:alert(1)>, <https://good.example/page> ;
    wg:sourceRole <http://localhost:8000/auth/source-role/stated> .
}}
"""
PAGES = [
    "/doc/actor/evil", "/doc/source/evil", "/doc/actor/uliege", "/auth/actor-kind", "/auth/actor-kind/university",
    "/", "/about", "/about/problems", "/dump/", "/sources", "/search?q=%3Cscript%3Ealert(1)%3C/script%3E", "/nowhere",
    "/doc/%3Cscript%3Ealert(1)%3C/script%3E", "/doc/actor/nobody?lang=%22%3E%3Cscript%3E", "/kinds", "/themes",
]  # fmt: skip


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    folder = tmp_path_factory.mktemp("state")
    publish(folder, TRIG + HOSTILE)
    (folder / "releases" / "000001" / "dump" / "unlisted.txt").write_text("not listed")
    return client_of(folder)


class Reader(HTMLParser):
    """What a browser would make of a page: tags with attributes, and the text of scripts."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.scripts, self._open = [], [], None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self._open = (tag, dict(attrs))
        if tag == "script":
            self.scripts.append((dict(attrs), ""))

    def handle_data(self, data):
        if self.scripts and self._open and self._open[0] == "script":
            self.scripts[-1] = (self.scripts[-1][0], self.scripts[-1][1] + data)

    def handle_endtag(self, tag):
        self._open = None


@pytest.fixture(scope="module")
def pages(client):
    found = []
    for path in PAGES:
        for lang in ("fr", "de"):
            answer = client.get(path, "text/html", accept_language=lang)
            assert answer.status_code in (200, 404), path
            assert answer.headers["content-type"].startswith("text/html"), path
            found.append((path, answer))
    return found


def test_no_hostile_text_becomes_markup(pages):
    for path, answer in pages:
        page = Reader(answer.text)
        assert not [tag for tag, attrs in page.tags if any(name.startswith("on") for name in attrs)], path
        assert not [attrs for tag, attrs in page.tags if tag == "img" and attrs.get("src") == "x"], path
        assert "<script>alert" not in answer.text, path


def test_only_http_addresses_become_links(client, pages):
    for path, answer in pages:
        for tag, attrs in Reader(answer.text).tags:
            for name in ("href", "src", "action", "formaction", "xlink:href"):
                address = attrs.get(name)
                if address is not None:
                    assert re.match(r"https?://|/(?!/)|#|\?|$", address), (path, tag, address)
    shown = client.get("/doc/actor/evil", "text/html").text
    assert 'href="https://good.example/"' in shown


@pytest.mark.parametrize(
    "iri",
    [
        "javascript:alert(1)", "JavaScript:alert(1)", "java\tscript:alert(1)", " javascript:alert(1)",
        "java%73cript:alert(1)", "data:text/html,x", "DATA:text/html,x", "vbscript:x", "file:///etc/passwd",
        "//evil.example", "\\\\evil.example", "http:\\\\evil.example", "https://a\n.example", "ftp://x", "", "x",
        "blob:https://x", "\u202ejavascript:x",
    ],
)  # fmt: skip
def test_the_filter_for_addresses_refuses(iri):
    assert href(iri) == ""


def test_the_filter_for_addresses_lets_http_pass():
    assert href("https://www.uliege.be/é?x=1#y") == "https://www.uliege.be/é?x=1#y"
    assert href("HTTP://EXAMPLE.COM/") == "HTTP://EXAMPLE.COM/"


def test_scripts_are_data_or_our_own_files(pages):
    for path, answer in pages:
        for attrs, text in Reader(answer.text).scripts:
            if attrs.get("type") == "application/ld+json":
                assert "<" not in text, path
                json.loads(text)
            else:
                assert attrs.get("src", "").startswith("/static/"), path
                assert not text.strip(), path


def test_pages_load_nothing_from_elsewhere_and_have_no_inline_style(pages):
    for path, answer in pages:
        for tag, attrs in Reader(answer.text).tags:
            assert tag != "style", path
            assert "style" not in attrs, (path, tag)
            if tag in ("script", "img", "iframe", "source", "video", "embed", "object", "use"):
                for name in ("src", "href", "data"):
                    assert (attrs.get(name) or "/").startswith(("/", "#")), (path, tag, attrs)
            if tag == "link" and attrs.get("rel") in ("stylesheet", "icon", "preload"):
                assert attrs["href"].startswith("/static/"), path


def test_every_answer_has_the_security_headers(client):
    others = ["/doc/actor/evil.ttl", "/id/actor/evil", "/healthz", f"/dump/{DATE}/graph.nt", "/static/nothing.css"]
    for path in [*PAGES, *others]:
        for method in ("GET", "HEAD", "OPTIONS", "DELETE"):
            headers = client.ask(method, path).headers
            policy = headers["content-security-policy"]
            assert "default-src 'self'" in policy
            assert "frame-ancestors 'none'" in policy
            assert "object-src 'none'" in policy
            assert "base-uri 'none'" in policy
            assert "form-action 'self'" in policy
            assert "unsafe" not in policy
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["referrer-policy"]
            assert "server" not in headers


def test_rdf_is_never_sent_as_html(client):
    for form in FORMATS.values():
        answer = client.get(f"/doc/actor/evil{form.suffix}", "text/html")
        if form.rdf is not None and answer.status_code == 200:
            assert "html" not in answer.headers["content-type"]


def test_no_interactive_pages_of_the_framework(client):
    for path in ("/docs", "/redoc", "/openapi.json", "/docs/oauth2-redirect"):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        f"/dump/{DATE}/..%2fmanifest.json", f"/dump/{DATE}/%2e%2e/manifest.json", f"/dump/{DATE}/unlisted.txt",
        f"/dump/{DATE}/..", f"/dump/{DATE}/%2Fetc%2Fpasswd", f"/dump/{DATE}/graph.nt%00", f"/dump/{DATE}/.",
        "/dump/..%2f..%2fcurrent/graph.nt", "/dump/../manifest.json", "/dump/0/graph.nt", "/dump/000001/graph.nt",
        "/dump/-1/graph.nt", "/dump/latest/..%2fmanifest.json", "/static/..%2fapp.py", "/static/%2e%2e/app.py",
        "/static/%2e%2e%2fapp.py", "/static//etc/passwd",
    ],
)  # fmt: skip
def test_no_name_leads_out_of_the_listed_files(client, path):
    answer = client.get(path)
    assert answer.status_code in (302, 308, 404)
    assert "not listed" not in answer.text
    assert "root:" not in answer.text
    if answer.status_code != 404:
        assert answer.headers["location"].startswith(f"{BASE}/dump/")


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example/id/actor/evil", "/id//evil.example", "/id/actor/evil?next=//evil.example", "/dump?x=//evil",
        "/id/%0d%0aset-cookie:a=b", "/id/actor/evil?%0d%0aset-cookie:a=b", "/doc/actor/%0d%0aX:y", "/id/\\evil.example",
        "/id/actor/evil%00", "/id/%ff%fe", "/doc/" + "a" * 8000, "/doc/" + "a/" * 4000, "/doc/actor/%F0%9F%92%A9",
        "/doc/%252e%252e/x", "/auth/", "/ns/", "/doc/", "/doc/.ttl", "/doc/actor/.ttl", "/id/actor/evil%3Cx%3E",
    ],
)  # fmt: skip
def test_odd_paths_are_answered_and_redirect_nowhere_else(client, path):
    for accept in ("*/*", "text/html", "text/turtle"):
        answer = client.get(path, accept)
        assert answer.status_code in (303, 308, 404), accept
        assert "set-cookie" not in answer.headers
        if "location" in answer.headers:
            assert answer.headers["location"].startswith(f"{BASE}/")


@pytest.mark.parametrize("header", ["accept", "accept_language", "if_none_match", "if_modified_since", "range"])
@pytest.mark.parametrize("value", ["\x7f" * 20, ";" * 5000, "q=;;,/*", '"' * 3000, "bytes=9-1,," * 50, "*"])
def test_odd_headers_are_answered(client, header, value):
    for path in ("/doc/actor/evil", f"/dump/{DATE}/graph.nt", "/nowhere"):
        sent = {} if header == "accept" else {header: value}
        answer = client.ask("GET", path, value if header == "accept" else "*/*", **sent)
        assert answer.status_code < 500


def test_no_cookie_is_ever_set(client):
    for path in PAGES:
        assert "set-cookie" not in client.get(path, "text/html").headers
