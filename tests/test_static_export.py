"""A copy of the site as files, served by a real nginx: every address answers as the running site does."""

import gzip
import hashlib
import html
import json
import re
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import httpx
import pytest
from click.testing import CliRunner
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from nginx import nginx_over
from publication import BASE, DATE, TRIG, client_of, private_graphs, publish
from wallograph.cli.main import main
from wallograph.errors import DataError, StateError
from wallograph.publish.media import FORMATS, RDF_FORMATS
from wallograph.publish.negotiate import negotiate, negotiate_language
from wallograph.release.apply import apply_patch
from wallograph.release.edition import make_edition
from wallograph.release.patch import Patch
from wallograph.release.state import State
from wallograph.settings import Settings
from wallograph.vocab import LANGUAGES
from wallograph.web.copy import choice, rules
from wallograph.web.copy.export import export_static
from wallograph.web.copy.folder import MARKER, Folder
from wallograph.web.copy.names import UnsafeName, file_stem, query_stem, relative

HUB = "".join(
    f"<https://www.example.com/h{n}> dcterms:relation <http://localhost:8000/id/actor/spin> .\n" for n in range(620)
)
MORE = TRIG + f"<http://localhost:8000/id/source/page-c> {{\n{HUB}}}\n"
GONE = {"actor/left": {"reason": "closed", "replaced_by": "actor/spin"}, "actor/old-name": {"reason": "merged"}}


def quiet(step: str, done: int, total: int | None) -> None:
    """No progress."""


@pytest.fixture(scope="module")
def small(tmp_path_factory) -> Iterator[SimpleNamespace]:
    """A small release: the application, its copy, and nginx over the copy."""
    root = tmp_path_factory.mktemp("static")
    release = publish(root / "state", MORE)
    (release.folder / "redirects.json").write_text(json.dumps({"actor/old-name": "actor/uliege"}))
    (release.folder / "gone.json").write_text(json.dumps(GONE))
    export_static(Settings(state=root / "state"), root / "copy", document_root="", tick=quiet)
    with (
        nginx_over(root / "copy", root / "nginx") as port,
        httpx.Client(base_url=f"http://127.0.0.1:{port}") as copy,
    ):
        yield SimpleNamespace(
            live=client_of(root / "state"), copy=copy, root=root, site=root / "copy" / "site", port=port
        )


def documents(site: Path) -> list[str]:
    """The addresses of all documents of a copy."""
    found = {path.relative_to(site).as_posix().removesuffix(".nq") for path in site.rglob("*.nq")}
    return sorted("/" + name for name in found if name.startswith(("doc/", "auth/", "ns/")) and "~" not in name)


def plain(text: str) -> str:
    """The words of a page, without its links, forms and the banner of the copy."""
    text = re.sub(
        r"<form\b.*?</form>|<section class=\"corrections\".*?</section>|<nav.*?</nav>|<footer.*?</footer>"
        r"|<p class=\"(?:notice|quiet|report)\">.*?</p>",
        "",
        text,
        flags=re.S,
    )
    return " ".join(re.sub(r"<[^>]*>", " ", text).split())


def test_every_iri_leads_to_every_format_with_the_bytes_of_the_running_site(small):
    found = documents(small.site)
    assert len(found) > 10 and {"/doc/actor/uliege", "/auth/actor-kind/university", "/ns/wallograph"} <= set(found)
    for path in found:
        if path.startswith("/doc/"):
            see = small.copy.get("/id" + path.removeprefix("/doc"))
            assert see.status_code == 303 and see.headers["location"] == BASE + path, path
            assert see.headers["vary"] == "Accept, Accept-Language"
        for form in RDF_FORMATS.values():
            expected = small.live.get(path, form.media_type)
            for asked in (
                small.copy.get(path, headers={"accept": form.media_type}),
                small.copy.get(path + form.suffix),
            ):
                assert asked.status_code == expected.status_code == 200, (path, form.key)
                assert asked.content == expected.content, (path, form.key)
                assert asked.headers["content-type"] == form.content_type
            assert asked.headers["cache-control"] == expected.headers["cache-control"]


def test_pages_say_the_same_in_four_languages(small):
    for path in (
        "/",
        "/kinds",
        "/doc/actor/uliege",
        "/auth/actor-kind/university",
        "/ns/wallograph",
        "/about",
        "/rules",
    ):
        for lang in LANGUAGES:
            expected = small.live.get(f"{path}?lang={lang}", "text/html")
            asked = small.copy.get(path, params={"lang": lang}, headers={"accept": "text/html"})
            spoken = small.copy.get(path, headers={"accept": "text/html", "accept-language": f"{lang}-BE, en;q=0.1"})
            assert asked.status_code == 200 and asked.content == spoken.content, path
            assert (
                asked.headers["content-language"] == lang
                and asked.headers["content-type"] == "text/html; charset=utf-8"
            )
            assert plain(asked.text) == plain(expected.text), path
    banners = {lang: small.copy.get("/", params={"lang": lang}).text for lang in LANGUAGES}
    assert all(DATE[:4] in re.findall(r'<p class="notice">.*?</p>', text, re.S)[0] for text in banners.values())
    assert not any("<form" in text for text in banners.values())


@pytest.mark.parametrize(
    "accept",
    [
        None, "", "*/*", "text/*", "text/turtle", "text/turtle;q=0.5, application/ld+json",
        "application/*, text/*;q=0.3",
        "text/html;q=0.2, application/n-quads;q=0.7, */*;q=0.1", "text/html;q=0, */*", "*/*;q=0.5, text/html;q=0",
        "application/rdf+xml; charset=utf-8; q=0.9, text/turtle ;q = 0.8", "TEXT/Turtle", "image/png", "nonsense",
        "text/html;q=0.01, application/trig;q=0.2", "text/html;level=1;q=0.4, application/n-triples;q=0.5",
        "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8",
        "text/turtle;q=1.000, text/html;q=0.9",
        "application/ld+json;profile=\"x\", text/html;q=0.5", "text/turtle;q=high, text/html;q=0.1",
    ],
)  # fmt: skip
def test_the_format_is_negotiated_as_the_running_site_does(small, accept):
    headers = {} if accept is None else {"accept": accept}
    with httpx.Client() as client:
        client.headers.pop("accept")
        asked = client.get(f"http://127.0.0.1:{small.port}/doc/actor/uliege", headers=headers)
    chosen = negotiate(accept, [form.media_type for form in FORMATS.values()])
    if chosen is None:
        assert asked.status_code == 406 and asked.headers["content-type"] == "application/problem+json"
        assert asked.json()["status"] == 406 and 'rel="alternate"' in asked.headers["link"]
    else:
        assert asked.status_code == 200 and asked.headers["content-type"].partition(";")[0] == chosen
        suffix = next(form.suffix for form in FORMATS.values() if form.media_type == chosen)
        lang = "?lang=fr" if suffix == ".html" else ""
        assert asked.headers["content-location"] == f"{BASE}/doc/actor/uliege{suffix}{lang}"
    assert asked.headers["vary"] == "Accept, Accept-Language"


@pytest.mark.parametrize(
    "header", ["", "nl", "nl-BE", "de;q=0.5, nl;q=0.7", "pt", "fr;q=0, en;q=0.1", "*;q=0.3, de", "en-GB,en;q=0.9"]
)
def test_the_language_is_negotiated_as_the_running_site_does(small, header):
    asked = small.copy.get("/about", headers={"accept-language": header})
    assert asked.headers["content-language"] == negotiate_language(header, LANGUAGES)


def test_merged_withdrawn_unknown_and_other_methods(small):
    for kind in ("id", "doc"):
        moved = small.copy.get(f"/{kind}/actor/old-name")
        assert moved.status_code == 301 and moved.headers["location"] == f"{BASE}/{kind}/actor/uliege"
        assert moved.headers["cache-control"] == "public, max-age=86400"
        gone = small.copy.get(f"/{kind}/actor/left", headers={"accept": "application/problem+json"})
        assert gone.status_code == 410 and gone.headers["content-type"] == "application/problem+json"
        assert gone.json()["reason"] == "closed" and gone.json()["replacedBy"] == f"{BASE}/id/actor/spin"
    assert small.copy.get("/doc/actor/old-name.ttl").headers["location"] == f"{BASE}/doc/actor/uliege.ttl"
    page = small.copy.get("/doc/actor/left", headers={"accept": "text/html", "accept-language": "de"})
    assert page.status_code == 410 and page.headers["content-type"].startswith("text/html") and 'lang="de"' in page.text
    for path in ("/id/actor/nobody", "/doc/actor/nobody", "/doc/actor/nobody.ttl", "/nothing", "/doc/actor", "/kinds/"):
        asked = small.copy.get(path, headers={"accept": "application/json, application/problem+json"})
        assert asked.status_code == 404 and asked.json()["status"] == 404, path
    assert 'lang="nl"' in small.copy.get("/nothing", headers={"accept": "text/html", "accept-language": "nl"}).text
    refused = small.copy.post("/doc/actor/uliege")
    assert refused.status_code == 405 and refused.headers["allow"] == "GET, HEAD, OPTIONS"
    preflight = small.copy.options("/doc/actor/uliege")
    assert preflight.status_code == 204 and "Accept" in preflight.headers["access-control-allow-headers"]
    assert small.copy.get("/doc/actor/uliege?release=99").status_code == 404


def test_headers_head_validators_and_ranges(small):
    live = small.live.get("/doc/actor/uliege", "text/turtle")
    asked = small.copy.get("/doc/actor/uliege", headers={"accept": "text/turtle"})
    for name in (
        "content-security-policy", "x-content-type-options", "referrer-policy", "x-frame-options", "cache-control",
        "access-control-allow-origin", "access-control-expose-headers", "content-location",
    ):  # fmt: skip
        assert asked.headers[name] == live.headers[name], name
    for relation in ("canonical", "cite-as", "license"):
        pattern = rf'<([^>]*)>; rel="{relation}"'
        assert re.findall(pattern, asked.headers["link"]) == re.findall(pattern, live.headers["link"])
    head = small.copy.head("/doc/actor/uliege", headers={"accept": "text/turtle"})
    assert head.content == b"" and head.headers["content-length"] == asked.headers["content-length"]
    again = small.copy.get("/doc/actor/uliege.ttl", headers={"if-none-match": asked.headers["etag"]})
    assert again.status_code == 304 and again.headers["cache-control"] == asked.headers["cache-control"]
    tags = {small.copy.get(f"/doc/actor/uliege{form.suffix}").headers["etag"] for form in FORMATS.values()}
    assert len(tags) == len(FORMATS)
    card = small.copy.get("/embed/actor/uliege?lang=de")
    assert "frame-ancestors *" in card.headers["content-security-policy"] and "x-frame-options" not in card.headers
    assert card.headers["content-language"] == "de"
    badge = small.copy.get("/embed/actor/uliege.svg?lang=nl")
    assert badge.content == small.live.get("/embed/actor/uliege.svg?lang=nl").content
    assert badge.headers["content-security-policy"].startswith("default-src 'none'; sandbox")


def test_dumps_are_files_with_ranges_and_their_checksums(small):
    latest = small.copy.get("/dump/latest/graph.nq.gz")
    assert latest.status_code == 302 and latest.headers["location"] == f"{BASE}/dump/{DATE}/graph.nq.gz"
    assert small.copy.get("/dump/latest/nothing").status_code == 404
    sums = small.copy.get(f"/dump/{DATE}/SHA256SUMS").text
    for line in sums.splitlines():
        digest, name = line.split("  ")
        asked = small.copy.get(f"/dump/{DATE}/{name}")
        assert hashlib.sha256(asked.content).hexdigest() == digest
        assert asked.headers["content-type"] == small.live.get(f"/dump/{DATE}/{name}").headers["content-type"], name
        assert asked.headers["cache-control"].endswith("immutable") and "content-encoding" not in asked.headers
    packed = small.copy.get(f"/dump/{DATE}/graph.nq.gz").content
    part = small.copy.get(f"/dump/{DATE}/graph.nq.gz", headers={"range": "bytes=10-19"})
    assert part.status_code == 206 and part.content == packed[10:20] and gzip.decompress(packed)
    listed = small.copy.get("/dump/", headers={"accept": "application/json"}).json()
    assert listed["editions"][0]["key"] == DATE


def test_the_whole_site_has_its_other_addresses(small):
    for path, kind in (
        ("/catalog", "text/turtle"), ("/.well-known/void", "application/n-triples"), ("/changes",
        "application/ld+json"),
        ("/.well-known/api-catalog", "application/linkset+json"), ("/ns/context/v1.jsonld", "application/ld+json"),
        ("/robots.txt", "text/plain"), ("/sitemap.xml", "application/xml"), ("/quality", "application/trig"),
    ):  # fmt: skip
        asked, expected = small.copy.get(path, headers={"accept": kind}), small.live.get(path, kind)
        assert asked.status_code == 200 and asked.content == expected.content, path
        assert asked.headers["content-type"] == expected.headers["content-type"], path
    assert small.copy.get("/.well-known/void").headers["content-type"].startswith("text/turtle")
    paged = small.live.get("/doc/actor/spin.nt?page=2")
    assert paged.status_code == 200 and small.copy.get("/doc/actor/spin.nt?page=2").content == paged.content
    assert small.copy.get("/doc/actor/spin.nt?page=9").status_code == 404


def links_of(text: str) -> set[str]:
    """Every address that a page uses."""
    return {
        html.unescape(found)
        for found in re.findall(r'<(?!link rel="canonical)[^>]*\s(?:href|src|action)="([^"]*)"', text)
    }


def crawl(site: Path, start: str) -> tuple[set[str], set[tuple[str, str]]]:
    """Follow the relative links of files; the files that were reached, and the links that lead to none."""
    waiting, seen, dead = [start], set(), set()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        if not name.endswith(".html"):
            continue
        for address in links_of((site / name).read_text(encoding="utf-8")):
            if not address or urlsplit(address).scheme or address.startswith("#"):
                continue
            target = unquote(urlsplit(urldefrag(urljoin("http://x/" + name, address))[0]).path)[1:]
            if not (site / target).is_file():
                dead.add((name, address))
            else:
                waiting.append(target)
    return seen, dead


def test_no_link_is_dead_and_nothing_is_asked_of_the_server(small):
    seen, dead = crawl(small.site, "index.fr.html")
    assert not dead
    assert {"doc/actor/uliege.fr.html", "doc/actor/uliege.ttl", "kinds/university.nl.html"} <= seen
    for name in seen:
        if name.endswith(".html"):
            text = (small.site / name).read_text(encoding="utf-8")
            assert "<form" not in text and f'href="{BASE}/doc' not in text.replace('rel="canonical" href', ""), name
            assert not re.search(r'(?:href|src)="(?:\.\./)*(?:search|sparql|validate)\b', text), name


def raw(port: int, line: bytes) -> tuple[int, bytes]:
    """A request line as it is, without a client that would mend it."""
    with socket.create_connection(("127.0.0.1", port), 5) as link:
        link.sendall(b"GET " + line + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        answer = b""
        while piece := link.recv(65536):
            answer += piece
    return int(answer[9:12]), answer


@pytest.mark.parametrize(
    "line",
    [
        b"/..%2f..%2f..%2fetc/passwd", b"//etc/passwd", b"/../../../etc/passwd",
        b"/doc/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        b"/static/..%5c..%5cnginx.conf", b"/doc/actor/..%2f..%2f..%2f..%2fnginx.conf", b"/static/../../nginx.conf",
        b"/doc/actor%2fuliege", b"/doc//actor/uliege", b"/doc/actor/../actor/uliege", b"/doc/actor/uliege%00.ttl",
        b"/_copy/404.fr.html", b"/_copy/gone/actor/left.fr.json", b"/%5fcopy/404.fr.html",
        b"/.wallograph-copy.json", b"/doc/", b"/static/",
        b"/doc/actor/uliege?page=../../../../etc/passwd", b"/sources?role=../../../etc/passwd",
    ],
)  # fmt: skip
def test_no_address_leads_out_of_the_copy(small, line):
    status, answer = raw(small.port, line)
    assert status in (400, 404) or (b"?" in line and status == 200)
    assert b"root:" not in answer and b"server {" not in answer
    if status == 200:
        assert b"Content-Type: text/html" in answer


def test_a_header_cannot_be_split(small):
    status, answer = raw(small.port, b"/id/actor/old-name%0d%0aX-Evil:%201")
    assert status in (400, 404) and b"\r\nX-Evil" not in answer


# -- the folder


def files(root: Path) -> dict[str, tuple[str, int]]:
    """Each file with its digest and time."""
    return {
        path.relative_to(root).as_posix(): (hashlib.sha256(path.read_bytes()).hexdigest(), int(path.stat().st_mtime))
        for path in root.rglob("*") if path.is_file()
    }  # fmt: skip


def test_the_same_release_gives_the_same_files_whoever_writes_them(small, tmp_path):
    state = State(Path(shutil.copytree(small.root / "state", tmp_path / "state", symlinks=True)))
    word = Quad(NamedNode(f"{BASE}/id/actor/spin"), NamedNode("http://schema.org/keywords"), Literal("since"),
                NamedNode(f"{BASE}/id/source/page-c"))  # fmt: skip
    steps = []

    def publish_meanwhile(step: str, done: int, total: int | None) -> None:
        if step == "documents" and step not in steps:
            state.switch(apply_patch(state, Patch([word], []), date="2026-11-24").number)
        steps.append(step)

    export_static(
        Settings(state=state.root), tmp_path / "again", document_root="", tick=publish_meanwhile, processes=3
    )
    assert state.current().number == 2
    first, second = files(small.site), files(tmp_path / "again" / "site")
    assert first == second and len(first) > 400
    assert not [path for path in (tmp_path / "again").rglob("*") if path.is_symlink()]


def test_a_folder_that_is_not_ours_is_refused(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("x")
    (tmp_path / "link").symlink_to(tmp_path / "mine")
    for name in ("mine", "link"):
        with pytest.raises(StateError):
            Folder(tmp_path / name, DATE).prepare()
    copy = Folder(tmp_path / "copy", DATE)
    copy.prepare()
    (tmp_path / "copy" / "site").symlink_to(tmp_path / "mine")
    with pytest.raises(StateError):
        Folder(tmp_path / "copy", DATE).prepare()
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["thesis.txt"]
    (tmp_path / "false").mkdir()
    (tmp_path / "false" / MARKER).symlink_to(tmp_path / "copy" / MARKER)
    with pytest.raises(StateError):
        Folder(tmp_path / "false", DATE).prepare()


def test_a_former_copy_is_replaced_when_the_new_one_is_whole(tmp_path):
    for text in ("old", "new"):
        folder = Folder(tmp_path / "copy", DATE)
        folder.prepare()
        folder.write("a/b.txt", text.encode())
        if text == "new":
            assert (tmp_path / "copy" / "site" / "a" / "b.txt").read_text() == "old"
            with pytest.raises(StateError):
                folder.write("a/b.txt", b"twice")
        folder.finish({"nginx.conf": "x"})
    assert (tmp_path / "copy" / "site" / "a" / "b.txt").read_text() == "new"
    assert sorted(path.name for path in (tmp_path / "copy").iterdir()) == [MARKER, "nginx.conf", "site"]


@pytest.mark.parametrize(
    "path",
    ["/..", "/a/../b", "/a/%2e%2e/b", "/a%2fb", "/a%00b", "//etc", "/a//b", "/a%5cb", "/%ff", "a", "/_copy/x",
     "/" + "x" * 300, "/a%0ab", "/a/./b", "/%E2%80%AEa"],
)  # fmt: skip
def test_a_name_leads_nowhere_but_down(path):
    with pytest.raises(UnsafeName):
        file_stem(path)


def test_names_of_queries_and_relative_links():
    assert file_stem("/doc/actor/%C3%A9cole") == "doc/actor/école"
    assert query_stem("/sources", [("page", "2"), ("role", "read"), ("lang", "nl")]) == "~role=read~page=2"
    assert query_stem("/sources", [("role", "../x")]) is None and query_stem("/kinds", [("q", "x")]) is None
    assert relative("index.fr.html", "doc/actor/a.fr.html") == "../../index.fr.html"
    assert relative("a:b", "c") == "a%3Ab"


# -- the configurations


def test_what_could_end_a_directive_is_refused(small):
    for root in ('/srv/a"; include /etc/passwd; "', "relative", "/srv/$x", "/a\nb"):
        with pytest.raises(DataError):
            rules._path(root)
    for text in ('actor/a" "x', "actor/a b", "actor/$uri", "actor/a\n"):
        with pytest.raises(DataError):
            rules._plain(text)


def chosen_by_apache(text: str, variable: str, headers: dict[str, str]) -> str:
    """What the rules of the Apache configuration set a variable to: conditions on headers and variables only."""
    values: dict[str, str] = {}
    conditions: list[str] = []
    for line in map(str.strip, text.splitlines()):
        if line.startswith("RewriteCond"):
            conditions.append(line.removeprefix("RewriteCond "))
        elif line.startswith("RewriteRule"):
            found = re.fullmatch(r'RewriteRule "(.*)" "-" \[E=(\w+):(\w+)\]', line)
            if found and re.search(found[1], "/doc/actor/x") and all(_holds(c, values, headers) for c in conditions):
                values[found[2]] = found[3]
            conditions = []
    return values.get(variable, "")


def _holds(condition: str, values: dict[str, str], headers: dict[str, str]) -> bool:
    found = re.fullmatch(r'("?)(.*?)\1 "(.*)"( \[NC\])?', condition)
    if found is None or "QUERY_STRING" in condition or " -f" in condition:
        return False
    subject = re.sub(r"%\{HTTP:([\w-]+)\}", lambda m: headers.get(m[1], ""), found[2])
    subject = re.sub(r"%\{ENV:(\w+)\}", lambda m: values.get(m[1], ""), subject)
    return re.search(found[3].replace('\\"', '"'), subject, re.IGNORECASE if found[4] else 0) is not None


@pytest.mark.parametrize(
    "accept",
    [
        "",
        "*/*",
        "text/turtle;q=0.5, application/ld+json",
        "text/html;q=0, */*;q=0.2",
        "image/png",
        "application/*;q=0.3, text/turtle;q=0.2",
    ],
)
def test_apache_has_the_same_choices(small, accept):
    text = (small.root / "copy" / "apache.conf").read_text(encoding="utf-8")
    chosen = negotiate(accept, [form.media_type for form in FORMATS.values()])
    suffix = next((form.key for form in FORMATS.values() if form.media_type == chosen), "none")
    assert chosen_by_apache(text, "WG_FORM", {"Accept": accept}) == suffix
    assert chosen_by_apache(text, "WG_LANG", {"Accept-Language": "de;q=0.4, nl-BE;q=0.8"}) == "nl"


def test_apache_has_the_same_rules(small):
    text = (small.root / "copy" / "apache.conf").read_text(encoding="utf-8")
    assert (small.root / "copy" / "apache-merged.txt").read_text().endswith("actor/old-name actor/uliege\n")
    for part in (
        "R=303,L", "R=301,L", "R=410,L", "R=406,L", "R=405,L", "R=204,L", "R=404,L", "-Indexes",
        "AllowEncodedSlashes NoDecode",
        "frame-ancestors *", "immutable", 'Access-Control-Allow-Origin "*"', "AllowOverride None", "%2f|%5c|%00",
        'AddType "text/turtle; charset=utf-8" .ttl', 'AddType "application/gzip" .gz',
    ):  # fmt: skip
        assert part in text, part


def test_the_letters_of_weights_are_those_of_the_negotiator():
    for weight, letter in (
        ("", "a"),
        (";q=1.0", "a"),
        (";q=0.9", "b"),
        (";q=0.15", "j"),
        (";q=0.05", "k"),
        (";q=0", "z"),
        (";q=2", None),
    ):
        found = [name for pattern, name in choice.weights("text/html") if re.search(pattern, "text/html" + weight)]
        assert found[:1] == ([letter] if letter else [])


def test_a_slice_of_the_shipped_graph(shipped, tmp_path):
    base, text = shipped.base, shipped.graph_path.read_text(encoding="utf-8").splitlines()
    actors = sorted({line.split(" ")[0] for line in text if line.startswith(f"<{base}/id/actor/")})[::400]
    near = {line.split(" ")[0] for line in text if line.split(" ")[2] in actors} | set(actors)
    graphs = {line.rsplit(" ", 2)[1] for line in text if line.split(" ")[0] in near}
    ends = {line.split(" ")[2] for line in text if line.split(" ")[0] in near}
    kept = [line for line in text if line.split(" ")[0] in near | graphs | {end for end in ends if "/auth/" in end}]
    state = State(tmp_path / "state")
    quads = parse("\n".join(kept).encode(), format=RdfFormat.N_QUADS)
    made = make_edition(state, quads, base=base, date=DATE, private_graphs=private_graphs(base), report=None)
    state.switch(made.number)
    export_static(Settings(state=state.root), tmp_path / "copy", document_root="", tick=quiet)
    site, live = tmp_path / "copy" / "site", client_of(state.root)
    assert not crawl(site, "index.nl.html")[1]
    with nginx_over(tmp_path / "copy", tmp_path / "nginx") as port, httpx.Client() as client:
        found = documents(site)
        assert len(found) > 15
        for path in found:
            for form in RDF_FORMATS.values():
                asked = client.get(f"http://127.0.0.1:{port}{path}", headers={"accept": form.media_type})
                assert asked.content == live.get(path, form.media_type).content, (path, form.key)


# -- the command


def test_the_command_tells_what_it_wrote_and_refuses_the_state_folder(small, tmp_path):
    state = str(small.root / "state")
    refused = CliRunner().invoke(main, ["export-static", "--state", state, f"{state}/copy"])
    assert refused.exit_code == 3 and "state folder" in refused.output
    missing = CliRunner().invoke(main, ["export-static", "--state", str(tmp_path / "none"), str(tmp_path / "x")])
    assert missing.exit_code == 7
