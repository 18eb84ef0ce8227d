"""/validate over real connections: every status, bodies that lie or dawdle, limits, shared results."""

import base64
import contextlib
import http.client
import json
import re
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from pyoxigraph import Literal, NamedNode, Quad

from check_standin import standing_in
from http_server import Server, serving
from wallograph.checker.limits import CheckLimits
from wallograph.release.edition import make_edition
from wallograph.release.state import State

TURTLE = {"content-type": "text/turtle"}
GIGABYTE = 1_000_000_000
LIMITS = CheckLimits(seconds=2.0, memory_bytes=128 << 20, workers=2, queue=2, upload_bytes=2_000_000)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server over a service that does what it is told; no limit of rate."""
    yield from started(tmp_path_factory.mktemp("v"), check_rate=0)


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that lets an address ask three times a minute, behind a proxy, and shares little."""
    yield from started(tmp_path_factory.mktemp("w"), check_rate=3, trusted_proxies=1, share_kb=2, share_total_mb=1)


def started(root: Path, **settings: object) -> Iterator[Server]:
    limits = LIMITS
    with serving(root) as server, standing_in(root, limits) as client:
        state = State(root / "state")
        quad = Quad(NamedNode("http://e/1"), NamedNode("http://schema.org/name"), Literal("1"), NamedNode("http://e/g"))
        make_edition(
            state, [quad], base=server.base, date="2026-01-01", private_graphs=frozenset(), report=None, dumps=False
        )
        state.switch(1)
        server.start(
            state.root, check_socket=client.path, check_upload_mb=2, check_upload_seconds=1.5, check_queue=2, **settings
        )
        yield server


def post(server: Server, content: object = b"x", path: str = "/validate", **headers: str) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.post(server.base + path, content=content, headers=TURTLE | named, timeout=30)


def refused_early(server: Server, head: str, piece: bytes = b"") -> tuple[int, int]:
    """The status that is answered to a request whose body is sent on and on, and how much of it could be sent."""
    with socket.create_connection(("127.0.0.1", server.port), 10) as sock:
        sock.sendall(f"POST /validate HTTP/1.1\r\nHost: x\r\nContent-Type: text/turtle\r\n{head}\r\n\r\n".encode())
        sent = 0
        sock.settimeout(0.01)
        answer = b""
        while b"\r\n\r\n" not in answer and sent < GIGABYTE:
            try:
                answer += sock.recv(65536)
            except TimeoutError:
                if piece:
                    sock.settimeout(10)
                    sock.sendall(piece)
                    sock.settimeout(0.01)
                    sent += len(piece)
        return int(answer.split()[1]), sent


# -- what is taken, and in which form the answer comes


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        (None, "application/json"), ("*/*", "application/json"), ("application/json", "application/json"),
        ("text/turtle", "text/turtle"), ("application/ld+json", "application/ld+json"), ("text/csv", "text/csv"),
        ("application/sarif+json", "application/sarif+json"), ("text/csv;q=0.5, text/turtle;q=0.6", "text/turtle"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html"),
    ],
)  # fmt: skip
def test_accept_decides(server: Server, accept: str | None, kind: str) -> None:
    answer = post(server, b"anything", **({"accept": accept} if accept else {}))
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == kind
    assert answer.headers["vary"] == "Accept, Accept-Language"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["access-control-allow-origin"] == "*"
    if kind != "text/html":
        assert json.loads(answer.content)["asked"]["form"] == kind


@pytest.mark.parametrize(
    "media_type",
    [
        "text/turtle", "application/trig", "application/n-triples", "application/n-quads", "application/ld+json",
        "application/rdf+xml", "text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "Text/Turtle; charset=utf-8",
    ],
)  # fmt: skip
def test_every_media_type_is_passed_on(server: Server, media_type: str) -> None:
    answer = post(server, b"anything", content_type=media_type)
    assert answer.json()["asked"]["media_type"] == media_type.partition(";")[0].lower()


def test_options_are_passed_on(server: Server) -> None:
    mapping = json.dumps({"tableSchema": {"columns": []}})
    answer = httpx.post(
        f"{server.base}/validate",
        params={
            "lang": "de", "encoding": "Latin1", "delimiter": "tab", "sheet": ["A", "B"], "mapping": mapping,
            "name": "/etc/x.csv",
        },
        content=b"a\tb",
        headers={"Content-Type": "text/csv"},
    )  # fmt: skip
    asked = answer.json()["asked"]
    assert (asked["lang"], asked["encoding"], asked["delimiter"]) == ("de", "iso8859-1", "\t")
    assert (asked["sheets"], asked["name"]) == (["A", "B"], "x.csv")
    assert asked["mapping"] == {"tableSchema": {"columns": []}}


@pytest.mark.parametrize(
    "query",
    [
        "encoding=nothing", "encoding=..%2Fx", "encoding=base64", "encoding=hex", "delimiter=ab", "delimiter=%0A",
        "mapping=%7B", "mapping=%5B%5D", "mapping=" + "%5B" * 2000, "all=yes", "encoding=utf-8&encoding=latin1", "as=pdf", "name=%FF",  # noqa: E501
    ],
)  # fmt: skip
def test_wrong_options_are_400(server: Server, query: str) -> None:
    answer = post(server, b"x", f"/validate?{query}")
    assert answer.status_code == 400, answer.text
    assert answer.headers["content-type"] == "application/problem+json"


def test_forms(server: Server) -> None:
    def asked(**given: object) -> dict:
        answer = httpx.post(f"{server.base}/validate", headers={"Accept": "application/json"}, **given)
        return {"status": answer.status_code, **answer.json().get("asked", {})}

    file = ("C:\\x\\données \"1\".CSV", b"a;b", "application/vnd.ms-excel")
    found = asked(files={"file": file}, data={"lang": "nl", "delimiter": ";"})
    assert (found["status"], found["media_type"], found["delimiter"]) == (200, "text/csv", ";")
    assert found["name"].endswith(".CSV") and "/" not in found["name"] and "\\" not in found["name"]
    assert asked(files={"file": ("x.bin", b"a", "text/turtle")})["media_type"] == "text/turtle"
    assert asked(files={"file": ("x.bin", b"a", "image/png")})["status"] == 415
    empty = ("", b"", "application/octet-stream")
    assert asked(files={"file": empty}, data={"text": "t"})["media_type"] == "text/turtle"
    assert asked(files=[("file", ("a.ttl", b"a")), ("file", ("b.ttl", b"b"))])["status"] == 400
    assert asked(data={"text": "héé", "format": "nq"})["media_type"] == "application/n-quads"
    assert asked(data={"text": "x", "format": "pdf"})["status"] == 415
    assert asked(data={"text": "  "})["status"] == 400
    carried = base64.b64encode(b"a,b").decode()
    assert asked(data={"content": carried, "media_type": "text/csv", "name": "a.csv"})["name"] == "a.csv"
    assert asked(data={"content": "***"})["status"] == 400


@pytest.mark.parametrize(
    "content",
    [
        b"", b"--x", b"--x--\r\n", b"--x\r\n\r\ny\r\n--x--", b"\0" * 100,
        b"--x\r\nContent-Disposition: form-data\r\n\r\ny\r\n--x--",
    ],
)  # fmt: skip
def test_broken_multipart_is_400(server: Server, content: bytes) -> None:
    assert post(server, content, content_type="multipart/form-data; boundary=x").status_code == 400
    assert post(server, content, content_type="multipart/form-data").status_code == 400


def test_a_form_may_ask_for_a_format_to_be_saved(server: Server) -> None:
    answer = httpx.post(f"{server.base}/validate", data={"text": "x", "as": "sarif"}, headers={"Accept": "text/html"})
    assert answer.headers["content-type"] == "application/sarif+json"
    assert answer.headers["content-disposition"].startswith('attachment; filename="upload.ttl.findings.sarif"')


def test_the_page(server: Server) -> None:
    for lang in ("fr", "nl", "de", "en"):
        answer = httpx.get(f"{server.base}/validate?lang={lang}")
        assert answer.status_code == 200
        assert f'<html lang="{lang}"' in answer.text
        assert 'action="/validate' in answer.text


def test_corrected_comes_back_as_it_came(server: Server) -> None:
    answer = post(server, b"a;b", "/validate/corrected?all=sure&name=d%C3%A9j%C3%A0.csv", content_type="text/csv")
    assert answer.content == b"mended:a;b"
    assert answer.headers["content-type"].partition(";")[0] == "text/csv"
    assert answer.headers["content-disposition"].endswith("filename*=UTF-8''corrected-d%C3%A9j%C3%A0.csv")
    assert post(server, b"a;b", "/validate/corrected", content_type="text/csv").status_code == 400
    assert post(server, b"broken", "/validate/corrected?repairs=1.0").status_code == 422


# -- what is refused


def test_what_cannot_be_read_is_422_with_its_place(server: Server) -> None:
    answer = post(server, b"broken")
    problem = answer.json()
    assert answer.status_code == problem["status"] == 422
    assert (problem["line"], problem["column"], problem["detail"]) == (2, 5, "It breaks here.")
    assert problem["result"]["findings"] == []
    assert answer.headers["content-type"] == "application/problem+json"
    assert post(server, b"parse").json()["line"] == 3
    assert post(server, b"broken", accept="text/csv").status_code == 422
    page = post(server, b"broken", accept="text/html")
    assert page.status_code == 422
    assert "<html" in page.text


@pytest.mark.parametrize(
    ("deed", "status", "limit"),
    [(b"sleep 20", 503, "seconds"), (b"memory 300", 413, "memory_bytes"), (b"segv", 413, "nesting")],
)
def test_limits_of_a_check(server: Server, deed: bytes, status: int, limit: str) -> None:
    for accept in ("application/json", "text/html"):
        answer = post(server, deed, accept=accept)
        assert answer.status_code == status
        if accept == "application/json":
            assert answer.json()["limit"] == limit


def test_a_failure_says_nothing_of_its_inside(server: Server) -> None:
    answer = post(server, b"fail with-a-secret")
    assert answer.status_code == 500
    assert "secret" not in answer.text and "KeyError" not in answer.text


def test_415_says_what_is_taken(server: Server) -> None:
    for headers in ({"content_type": "image/png"}, {"content_type": ""}, {"content_encoding": "gzip"}):
        answer = post(server, b"x", **headers)
        assert answer.status_code == 415, headers
    answer = post(server, b"x", content_type="image/png")
    assert "text/csv" in answer.json()["accepted"]
    assert "multipart/form-data" in answer.headers["accept-post"]


@pytest.mark.parametrize(("lang", "word"), [("fr", "contenu"), ("nl", "inhoud"), ("de", "Inhalt"), ("en", "content")])
def test_a_file_that_is_not_what_it_says_is_415_in_the_asked_language(server: Server, lang: str, word: str) -> None:
    answer = post(server, b"unsupported", f"/validate?lang={lang}")
    assert answer.status_code == 415
    assert word in answer.json()["detail"] and answer.json()["code"] == "not-what-it-says"
    assert "text/csv" in answer.headers["accept-post"]
    page = post(server, b"unsupported", f"/validate?lang={lang}", accept="text/html")
    assert page.status_code == 415 and word in page.text
    assert post(server, b"unsupported", "/validate/corrected?all=sure").status_code == 415


def test_what_is_too_large_says_so_in_the_asked_language(server: Server) -> None:
    answer = post(server, b"large", "/validate?lang=nl")
    assert (answer.status_code, answer.json()["limit"]) == (413, "nesting")
    assert "haakjes" in answer.json()["detail"].lower()
    assert "haakjes" in post(server, b"large", "/validate?lang=nl", accept="text/html").text.lower()


@pytest.mark.parametrize(("lang", "reason"), [("fr", "Collez un texte"), ("de", "Fügen Sie einen Text ein")])
def test_a_page_gives_the_reason_in_its_language(server: Server, lang: str, reason: str) -> None:
    headers = {"Accept": "text/html"}
    answer = httpx.post(f"{server.base}/validate?lang={lang}", data={"text": " "}, headers=headers)
    assert answer.status_code == 400
    assert reason in answer.text and "there is nothing to check" not in answer.text


def test_checking_again_with_the_repairs_that_were_ticked(server: Server) -> None:
    data = {"text": "hello", "repairs": "0.0", "again": "1"}
    page = httpx.post(f"{server.base}/validate", data=data, headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert base64.b64encode(b"mended:hello").decode() in page.text
    data = {"text": "hello", "again": "1"}
    nothing = httpx.post(f"{server.base}/validate", data=data, headers={"Accept": "text/html"})
    assert base64.b64encode(b"hello").decode() in nothing.text


def test_406_says_what_there_is(server: Server) -> None:
    answer = post(server, b"x", accept="image/png")
    assert answer.status_code == 406
    assert {"type": "text/turtle"} in answer.json()["variants"]


def test_methods(server: Server) -> None:
    head = httpx.head(f"{server.base}/validate")
    assert head.status_code == 200 and head.content == b""
    asking = {"Origin": "http://e", "Access-Control-Request-Method": "POST"}
    answer = httpx.options(f"{server.base}/validate", headers=asking)
    assert answer.status_code == 204
    assert "POST" in answer.headers["access-control-allow-methods"]
    for path, allowed in (("/validate", "GET"), ("/validate/corrected", "POST"), ("/validate/share", "POST")):
        answer = httpx.put(server.base + path)
        assert answer.status_code == 405
        assert allowed in answer.headers["allow"]
    assert httpx.get(f"{server.base}/validate/corrected").status_code == 405


def test_nothing_to_check_is_400(server: Server) -> None:
    assert post(server, b"").status_code == 400


# -- bodies that are too large, lie, or dawdle


def test_a_gigabyte_that_says_so_is_refused_unread(server: Server) -> None:
    started = time.monotonic()
    assert refused_early(server, f"Content-Length: {GIGABYTE}") == (413, 0)
    assert refused_early(server, f"Content-Length: {GIGABYTE}0000000000000000")[0] in (400, 413)
    assert time.monotonic() - started < 10


def test_a_gigabyte_in_chunks_is_refused_on_the_way(server: Server) -> None:
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    status, sent = refused_early(server, "Transfer-Encoding: chunked", chunk)
    assert status == 413
    assert sent < 20_000_000


def test_a_generator_of_a_gigabyte_gets_its_answer(server: Server) -> None:
    sent = 0

    def pieces() -> Iterator[bytes]:
        nonlocal sent
        while sent < GIGABYTE:
            sent += 65536
            yield bytes(65536)

    with contextlib.suppress(httpx.TransportError):  # the connection may be cut while it sends
        assert post(server, pieces()).status_code == 413
    assert sent < GIGABYTE / 10
    assert post(server, b"still here").status_code == 200


def test_at_the_limit(server: Server) -> None:
    assert post(server, b"x" * 2_000_000).status_code == 200
    answer = post(server, b"x" * 2_000_001)
    assert answer.status_code == 413
    assert answer.json()["limit"] == 2_000_000


def test_a_body_shorter_than_it_says(server: Server) -> None:
    started = time.monotonic()
    assert refused_early(server, "Content-Length: 1000")[0] == 408
    assert 1 < time.monotonic() - started < 20


def test_a_body_longer_than_it_says_is_cut_there(server: Server) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.putrequest("POST", "/validate")
    connection.putheader("Content-Type", "text/turtle")
    connection.putheader("Content-Length", "5")
    connection.endheaders(b"12345GET / HTTP/1.0\r\n\r\n")
    assert connection.getresponse().status == 200
    connection.close()


def test_a_slow_body(server: Server) -> None:
    assert refused_early(server, "Transfer-Encoding: chunked", b"")[0] == 408


def test_too_many_at_once_are_503(server: Server) -> None:
    statuses: list[httpx.Response] = []
    threads = [threading.Thread(target=lambda: statuses.append(post(server, b"sleep 0.5"))) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = sorted(answer.status_code for answer in statuses)
    assert set(found) == {200, 503}
    assert all(int(answer.headers["retry-after"]) > 0 for answer in statuses if answer.status_code == 503)
    assert post(server, b"x").status_code == 200


def test_who_hangs_up_ends_the_check(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.port), 5) as sock:
        head = b"POST /validate HTTP/1.1\r\nHost: x\r\nContent-Type: text/turtle\r\nContent-Length: 9\r\n\r\n"
        sock.sendall(head + b"sleep 1.8")
        time.sleep(0.2)
    started = time.monotonic()
    threads = [threading.Thread(target=post, args=(server, b"sleep 0.1")) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert time.monotonic() - started < 1.6  # both places were free


def test_an_address_may_ask_so_often(strict: Server) -> None:
    def ask(address: str) -> httpx.Response:
        return post(strict, b"x", x_forwarded_for=address)

    assert [ask("9.9.9.9").status_code for _ in range(4)] == [200, 200, 200, 429]
    answer = ask("1.2.3.4, 9.9.9.9")  # only what the last proxy adds is believed
    assert answer.status_code == 429
    assert 0 < int(answer.headers["retry-after"]) <= 60
    assert ask("9.9.9.8").status_code == 200
    assert [ask(f"2001:db8::{n}").status_code for n in range(4)][-1] == 429


def test_health_tells_of_the_wall(server: Server) -> None:
    found = httpx.get(f"{server.base}/healthz").json()
    assert (found["checkingService"], found["checksSandboxed"]) == (True, True)


# -- shared results


def shared(server: Server, content: bytes = b"hello") -> dict:
    answer = post(server, content, "/validate/share")
    assert answer.status_code == 201
    found = answer.json()
    assert answer.headers["location"] == found["url"]
    return found


def test_the_life_of_a_shared_result(server: Server) -> None:
    made = shared(server)
    ident = made["url"].rpartition("/")[2]
    assert re.fullmatch(r"[A-Za-z0-9_-]{22}", ident)
    answer = httpx.get(made["url"])
    assert answer.json()["text"] == "hello"
    assert answer.json()["result"]["conforms"] is True
    page = httpx.get(made["url"], headers={"Accept": "text/html"})
    assert page.status_code == 200
    for told in (answer, page):
        assert told.headers["x-robots-tag"].startswith("noindex")
        assert told.headers["referrer-policy"] == "no-referrer"
        assert told.headers["cache-control"] == "no-store"
        assert made["secret"] not in told.text
    assert httpx.delete(made["url"]).status_code == 403
    assert httpx.delete(made["url"], headers={"Authorization": "Bearer " + "A" * 22}).status_code == 403
    assert httpx.delete(made["url"], headers={"Authorization": f"Bearer {made['secret']}"}).status_code == 204
    assert httpx.get(made["url"]).status_code == 404
    assert httpx.get(f"{server.base}/validate/shared/x").status_code == 404
    assert httpx.get(f"{server.base}/validate/shared/..%2F..%2Fregistry").status_code == 404


def test_a_browser_gets_a_cookie_and_a_button(server: Server) -> None:
    with httpx.Client(base_url=server.base, headers={"Accept": "text/html"}) as browser:
        answer = browser.post("/validate/share", data={"text": "hello"})
        assert answer.status_code == 303
        address = answer.headers["location"]
        cookie = answer.headers["set-cookie"]
        assert "HttpOnly" in cookie and "SameSite=lax" in cookie and "Path=/validate/shared/" in cookie
        secret = cookie.partition("=")[2].partition(";")[0]
        page = browser.get(address)
        assert f"?delete={secret}" in page.text
        assert secret not in httpx.get(address, headers={"Accept": "text/html"}).text
        assert browser.post(address + "/delete").headers["location"] == f"{server.base}/validate"
        assert browser.get(address).status_code == 404


def test_what_is_shared_is_what_the_check_lets_through(server: Server) -> None:
    made = shared(server, b"hello jeanne@e.invalid")
    for accept in ("application/json", "text/html"):
        assert "jeanne" not in httpx.get(made["url"], headers={"Accept": accept}).text
    kept = b"".join(path.read_bytes() for path in (server.root / "state" / "shared").iterdir())
    assert b"jeanne" not in kept


def test_another_site_cannot_press_the_button(server: Server) -> None:
    made = shared(server)
    cookie = f"share-{made['url'].rpartition('/')[2][:8]}={made['secret']}"
    headers = {"Cookie": cookie, "Sec-Fetch-Site": "cross-site", "Origin": "http://evil.invalid"}
    assert httpx.post(made["url"] + "/delete", headers=headers).status_code == 403
    assert httpx.get(made["url"]).status_code == 200


def test_the_link_that_deletes_becomes_a_cookie(server: Server) -> None:
    made = shared(server)
    assert httpx.get(f"{made['url']}?delete=wrong").status_code == 403
    with httpx.Client(headers={"Accept": "text/html"}) as browser:
        answer = browser.get(f"{made['url']}?delete={made['secret']}")
        assert (answer.status_code, answer.headers["location"]) == (303, made["url"])
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert browser.post(made["url"] + "/delete").status_code == 303
    assert httpx.post(made["url"] + "/delete").status_code == 404


def test_too_large_or_too_many_to_share(strict: Server) -> None:
    headers = {"x_forwarded_for": "8.8.8.1"}
    assert post(strict, b"x" * 5000, "/validate/share", **headers).status_code == 413
    (strict.root / "state" / "shared").mkdir(exist_ok=True)
    (strict.root / "state" / "shared" / "other.json").write_bytes(
        json.dumps({"expires": 2**40, "secret": "x"}).encode() + b"\n" + bytes(1_000_000)
    )
    answer = post(strict, b"x", "/validate/share", **headers)
    assert answer.status_code == 503
    assert answer.headers["retry-after"]


def test_robots_are_kept_out(server: Server) -> None:
    text = httpx.get(f"{server.base}/robots.txt").text
    assert "Disallow: /\n" in text or "Disallow: /validate/shared/" in text
