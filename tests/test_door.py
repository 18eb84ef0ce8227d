"""The door for HTTP to other servers: what it refuses, and that nothing it asks can hold it or lead it elsewhere."""

import socket
import ssl
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from receiver import Handler, certificate, portal, raw_server
from wallograph.errors import (
    AnswerRefused,
    OutgoingError,
    TargetRefused,
    TargetSlow,
    TargetUnreachable,
    TargetUntrusted,
)
from wallograph.outgoing.addresses import refusal
from wallograph.outgoing.door import Door, OutgoingRules, Place
from wallograph.outgoing.target import parse_target

PUBLIC = ("9.9.9.9", "193.190.0.1", "2a00:1450:400e::1", "2001:4860:4860::8888", "64:ff9b::909:909", "::ffff:9.9.9.9")
PRIVATE = (
    "127.0.0.1", "127.255.0.9", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1", "::1",
    "fd00::1", "fc00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1",
)  # fmt: skip
NEVER = (
    "0.0.0.0", "0.1.2.3", "169.254.169.254", "169.254.0.1", "192.0.0.1", "192.0.2.1", "192.88.99.1", "198.18.0.1",
    "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255", "168.63.129.16", "::",
    "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "ff0e::1", "2001:db8::1", "2001::1", "2002:7f00:1::", "3fff::1",
    "5f00::1", "100::1", "64:ff9b:1::1", "64:ff9b::a9fe:a9fe", "::ffff:169.254.169.254", "::ffff:0.0.0.0",
    "::127.0.0.1", "::7f00:1", "no address",
)  # fmt: skip


def told(*addresses: str) -> Callable[[str, int], list[Place]]:
    """A resolver that gives these addresses for every name."""

    def resolve(_: str, port: int) -> list[Place]:
        return [
            (socket.AF_INET6, (address, port, 0, 0)) if ":" in address else (socket.AF_INET, (address, port))
            for address in addresses
        ]

    return resolve


def open_door(**rules: float | bool) -> Door:
    """A door to loopback."""
    return Door(OutgoingRules(plain_http=True, private=True, **rules))  # type: ignore[arg-type]


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_asked(address: str) -> None:
    assert refusal(address) is None
    assert Door(OutgoingRules(), resolver=told(address)).check("https://portal.example/").host == "portal.example"


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_asked_only_when_allowed(address: str) -> None:
    with pytest.raises(TargetRefused, match=r"private address.*OUTGOING_PRIVATE"):
        Door(OutgoingRules(), resolver=told(address)).post("https://portal.example/", b"", {})
    assert refusal(address, private=True) is None


@pytest.mark.parametrize("address", NEVER)
def test_special_addresses_are_never_asked(address: str) -> None:
    for private in (False, True):
        with pytest.raises(TargetRefused, match=r"address, which is not asked$"):
            Door(OutgoingRules(private=private), resolver=told(address)).get("https://portal.example/")


@pytest.mark.parametrize("host", ["127.1", "2130706433", "0x7f000001", "0177.0.0.1", "localhost", "[::1]", "0", "[::]"])
def test_odd_forms_of_loopback_are_refused(host: str) -> None:
    with pytest.raises(TargetRefused):
        Door(OutgoingRules()).check(f"https://{host}/")


def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    with pytest.raises(TargetRefused):
        Door(OutgoingRules(), resolver=told("9.9.9.9", "10.0.0.1")).check("https://portal.example/")


@pytest.mark.parametrize(
    "url",
    [
        "", "portal.example", "ftp://portal.example/", "file:///etc/passwd", "gopher://portal.example/", "https://",
        "https:///path", "http://portal.example/", "https://me:secret@portal.example/", "https://me@portal.example/",
        "https://portal.example/#part", "https://portal.example:22/", "https://portal.example:6379/",
        "https://portal.example:0/", "https://portal.example:99999/", "https://portal.example:x/",
        "https://portal.example/a b", "https://portal.example/\r\nX-Evil: 1", "https://portal.example/\x00",
        "https://portal.exämple/", "https://[fe80::1%25eth0]/", "https://[::1/", "https://good.example\\@evil.example/",
        "https://portal.example/" + "a" * 2000, "https://" + "a" * 70 + ".example/", "https://a..b/",
    ],
)  # fmt: skip
def test_urls_that_are_not_asked(url: str) -> None:
    with pytest.raises(TargetRefused) as refused:
        Door(OutgoingRules()).check(url)
    assert "secret" not in str(refused.value)


def test_what_is_shown_of_a_url_has_no_path() -> None:
    assert parse_target("https://portal.example:8443/hook/T0KEN?key=1").shown == "https://portal.example:8443/…"
    assert parse_target("https://[2a00::1]/").authority == "[2a00::1]"
    assert parse_target("https://portal.example?x=1").path == "/?x=1"


def test_the_connection_goes_to_the_address_that_was_judged() -> None:
    """A name is resolved once: what it leads to a moment later does not matter."""
    asked: list[str] = []

    def rebinding(host: str, port: int) -> list[Place]:
        asked.append(host)
        return [(socket.AF_INET, ("127.0.0.1" if len(asked) == 1 else "10.9.9.9", port))]

    with portal() as found:
        door = Door(OutgoingRules(plain_http=True, private=True), resolver=rebinding)
        assert door.post(f"http://portal.example:{found.port}/a?b=1", b"{}", {"X-One": "1"}).status == 204
    assert asked == ["portal.example"]
    assert found.messages[0].headers["host"] == f"portal.example:{found.port}"
    assert (found.messages[0].path, found.messages[0].body) == ("/a?b=1", b"{}")


def test_proxies_of_the_environment_are_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with portal() as found:
        assert open_door().post(found.url, b"", {}).status == 204


def test_an_unknown_name_and_a_closed_port_are_told() -> None:
    def unknown(_host: str, _port: int) -> list[Place]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    with pytest.raises(TargetUnreachable, match="not known"):
        Door(OutgoingRules(), resolver=unknown).check("https://portal.example/")
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(TargetUnreachable, match="refused"):
        open_door().post(f"http://127.0.0.1:{port}/", b"", {})


def test_the_second_address_is_tried_when_the_first_takes_no_connection() -> None:
    with portal() as found:
        door = Door(OutgoingRules(plain_http=True, private=True), resolver=told("127.0.0.9", "127.0.0.1"))
        assert door.post(f"http://portal.example:{found.port}/", b"", {}).status == 204


def serve_bytes(text: bytes) -> Handler:
    def handle(connection: socket.socket) -> None:
        connection.recv(65536)
        connection.sendall(text)

    return handle


@pytest.mark.parametrize("status", [300, 301, 302, 303, 304, 307, 308])
def test_a_redirect_is_a_failure(status: int) -> None:
    text = f"HTTP/1.1 {status} X\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n".encode()
    with raw_server(serve_bytes(text)) as port, pytest.raises(AnswerRefused, match="redirect"):
        open_door().get(f"http://127.0.0.1:{port}/")


def test_get_gives_the_answer_with_its_body() -> None:
    text = b"HTTP/1.1 201 X\r\nX-One: 1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
    with raw_server(serve_bytes(text)) as port:
        answer = open_door().get(f"http://127.0.0.1:{port}/", {"Accept": "application/json"})
    assert (answer.status, answer.headers["x-one"], answer.body) == (201, "1", b"abc")


@pytest.mark.parametrize(
    "text",
    [b"", b"SSH-2.0-OpenSSH_9.2\r\n", b"HTTP/1.1 abc\r\n\r\n", b"HTTP/1.1 200 X\r\n" + b"A: b\r\n" * 200 + b"\r\n",
     b"HTTP/1.1 200 X\r\nA: " + b"b" * 70000 + b"\r\n\r\n", b"HTTP/1.1 200 X\r\nContent-Length: 10\r\n\r\nabc",
     b"HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"],
)  # fmt: skip
def test_what_is_not_http_is_a_failure(text: bytes) -> None:
    with raw_server(serve_bytes(text)) as port, pytest.raises((AnswerRefused, TargetUnreachable)):
        open_door().get(f"http://127.0.0.1:{port}/")


def endless(head: bytes, piece: bytes, pause: float) -> Handler:
    def handle(connection: socket.socket) -> None:
        connection.recv(65536)
        connection.sendall(head)
        for _ in range(100_000):
            connection.sendall(piece)
            time.sleep(pause)

    return handle


@pytest.mark.parametrize(
    ("head", "piece"),
    [
        (b"HTTP/1.1 200 X\r\n\r\n", b"x" * 65536),
        (b"HTTP/1.1 200 X\r\nContent-Length: 99999999999\r\n\r\n", b"x" * 65536),
        (b"HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\n", b"8000\r\n" + b"x" * 32768 + b"\r\n"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 1000),
    ],
)
def test_an_endless_answer_is_cut(head: bytes, piece: bytes) -> None:
    with raw_server(endless(head, piece, 0)) as port, pytest.raises(AnswerRefused, match="larger"):
        open_door(answer_bytes=200_000, seconds=20).get(f"http://127.0.0.1:{port}/")


@pytest.mark.parametrize(
    ("head", "piece"),
    [
        (b"", b"H"),  # a byte now and then: each keeps the socket alive, not the request
        (b"HTTP/1.1 200 X\r\n", b"A"),
        (b"HTTP/1.1 200 X\r\n\r\n", b"x"),
    ],
)
def test_a_slow_answer_is_cut_at_the_time_limit(head: bytes, piece: bytes) -> None:
    begin = time.monotonic()
    with raw_server(endless(head, piece, 0.1)) as port, pytest.raises(TargetSlow):
        open_door(seconds=0.6).get(f"http://127.0.0.1:{port}/")
    assert time.monotonic() - begin < 15


def test_one_who_reads_nothing_is_left_at_the_time_limit() -> None:
    with raw_server(lambda _: time.sleep(3)) as port, pytest.raises(TargetSlow):
        open_door(seconds=0.5).post(f"http://127.0.0.1:{port}/", b"x" * 20_000_000, {})


def test_a_slow_resolver_is_left_at_the_time_limit() -> None:
    def slow(_host: str, _port: int) -> list[Place]:
        time.sleep(5)
        return []

    begin = time.monotonic()
    with pytest.raises(TargetSlow):
        Door(OutgoingRules(seconds=0.3), resolver=slow).check("https://portal.example/")
    assert time.monotonic() - begin < 4.5


def test_the_body_is_not_read_when_nobody_wants_it() -> None:
    with raw_server(endless(b"HTTP/1.1 200 X\r\n\r\n", b"x", 0.1)) as port:
        answer = open_door(seconds=5).post(f"http://127.0.0.1:{port}/", b"", {}, want_body=False)
    assert (answer.status, answer.body) == (200, b"")


def secure(context: ssl.SSLContext) -> Handler:
    def handle(connection: socket.socket) -> None:
        with suppress(ssl.SSLError), context.wrap_socket(connection, server_side=True) as inner:
            inner.recv(65536)
            inner.sendall(b"HTTP/1.1 204 X\r\n\r\n")

    return handle


def test_tls_is_verified_with_the_name_of_the_host(tmp_path: Path) -> None:
    authority, context = certificate(tmp_path, "portal.example", "127.0.0.1")
    rules = OutgoingRules(private=True, seconds=5)
    with raw_server(secure(context)) as port:
        door = Door(rules, resolver=told("127.0.0.1"), ca_file=authority)
        assert door.get(f"https://portal.example:{port}/").status == 204
        assert door.get(f"https://127.0.0.1:{port}/").status == 204
        with pytest.raises(TargetUntrusted, match=r"other\.example"):
            door.get(f"https://other.example:{port}/")
        with pytest.raises(TargetUntrusted, match="self-signed"):
            Door(rules, resolver=told("127.0.0.1")).get(f"https://portal.example:{port}/")


def test_a_server_without_tls_is_a_failure() -> None:
    rules = OutgoingRules(private=True, seconds=5)
    with raw_server(serve_bytes(b"HTTP/1.1 200 X\r\n\r\n")) as port, pytest.raises(OutgoingError):
        Door(rules).get(f"https://127.0.0.1:{port}/")
    with raw_server(lambda _: time.sleep(3)) as port, pytest.raises(TargetSlow):
        Door(OutgoingRules(private=True, seconds=0.5)).get(f"https://127.0.0.1:{port}/")
