"""Hostile files against the whole of the checking service: each is told why, nothing gets out, the service stays."""

import io
import socket
import time
import zipfile
from collections.abc import Iterator

import openpyxl
import pytest

from publication import BASE, publish
from wallograph import errors
from wallograph.checker.client import CheckClient
from wallograph.checker.limits import CheckLimits
from wallograph.checker.starting import start_checks

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DEEP = 100_000
LIMITS = CheckLimits(seconds=15.0, memory_bytes=400 << 20, upload_bytes=8_000_000)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CheckClient]:
    root = tmp_path_factory.mktemp("u")
    publish(root / "state")
    with start_checks(root / "state", root / "c", LIMITS) as running:
        yield running.client


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A listening socket that must stay untouched."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        yield server
        with pytest.raises(TimeoutError):
            server.accept()


def ask(client: CheckClient, media_type: str, content: bytes, form: str = "application/json") -> object:
    """What the check came to: its meta, or the error."""
    asked = {"name": "x", "media_type": media_type, "lang": "en", "form": form, "repairs": [], "sure": not form}
    try:
        return client.check(asked, content).meta
    except errors.InputError as error:
        return error


def workbook(rows: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def bomb() -> bytes:
    """A workbook whose sheet unpacks to 1 GB."""
    file = io.BytesIO()
    plain = io.BytesIO(workbook([["Nom"]]))
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if "sheet1" in entry.filename:
                with new.open(entry.filename, "w") as part:
                    for _ in range(1000):
                        part.write(b" " * 1_000_000)
            else:
                new.writestr(entry, old.read(entry))
    return file.getvalue()


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + i)} "{("&" + chr(97 + i) + ";") * 10}">' for i in range(12))
    + ']><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description><a:b xmlns:a="http://a#">&m;</a:b>'
    "</rdf:Description></rdf:RDF>"
)
HOSTILE = {
    "brackets-turtle": ("text/turtle", b"<http://a> <http://b> " + b"[ <http://b> " * DEEP),
    "lists-turtle": ("text/turtle", b"<http://a> <http://b> " + b"(" * DEEP),
    "brackets-trig": ("application/trig", b"{" * DEEP),
    "triple-terms": ("application/n-triples", b"<<" * DEEP),
    "arrays-json": ("application/ld+json", b"[" * DEEP),
    "objects-json": ("application/ld+json", b'{"@graph":' * DEEP),
    "elements-xml": ("application/rdf+xml", b"<a>" * DEEP),
    "laughs": ("application/rdf+xml", LAUGHS.encode()),
    "entity-file": ("application/rdf+xml", b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>'),
    "giant-literal": ("text/turtle", b'<http://a> <http://b> "' + b"x" * 5_000_000 + b'" .'),
    "giant-cell": ("text/csv", b"Nom\n" + b"x" * 5_000_000),
    "many-cells": ("text/csv", b";" * 7_000_000),
    "quote": ("text/csv", b'Nom\n"' + b"x\n" * 1_000_000),
    "zeros": ("text/csv", bytes(1_000_000)),
    "not-xlsx": (XLSX, b"PK\x03\x04 not really"),
    "xlsx-as-turtle": ("text/turtle", workbook([["Nom"], ["A"]])),
    "turtle-as-xlsx": (XLSX, b"<http://a> <http://b> <http://c> ."),
    "bomb": (XLSX, bomb()),
    "nothing": ("text/turtle", b"\xef\xbb\xbf"),
    "utf-16": ("text/turtle", "<http://a> <http://b> <http://c> .".encode("utf-16")),
    "surrogates": ("application/ld+json", b'{"@id": "http://a", "http://b": "\\ud800"}'),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_told_why(client: CheckClient, name: str) -> None:
    started = time.monotonic()
    found = ask(client, *HOSTILE[name])
    assert time.monotonic() - started < LIMITS.seconds + 3
    if isinstance(found, Exception):
        assert str(found)
        assert not isinstance(found, errors.CheckBusy | errors.CheckTimeout), found
    assert isinstance(ask(client, "text/turtle", b"<http://a> <http://b> <http://c> ."), dict)


def test_nothing_is_fetched(client: CheckClient, listener: socket.socket) -> None:
    there = f"http://127.0.0.1:{listener.getsockname()[1]}/x".encode()
    for media_type, content in (
        ("application/ld+json", b'{"@context": "' + there + b'", "@id": "http://a"}'),
        ("application/ld+json", b'{"@context": {"@import": "' + there + b'"}, "@id": "http://a"}'),
        ("application/rdf+xml", b'<!DOCTYPE r SYSTEM "' + there + b'"><r/>'),
        ("application/rdf+xml", b'<!DOCTYPE r [<!ENTITY x SYSTEM "' + there + b'">]><r>&x;</r>'),
        ("text/turtle", b"<http://a> <http://www.w3.org/2002/07/owl#imports> <" + there + b"> ."),
        ("text/turtle", b"@base <" + there + b"> . <a> <http://www.w3.org/ns/shacl#shapesGraph> <> ."),
    ):
        ask(client, media_type, content)


def test_what_cannot_be_read_has_a_place(client: CheckClient) -> None:
    found = ask(client, "text/turtle", b"<http://a> <http://b> <http://c> .\n<http://a> ;;; .\n")
    if isinstance(found, dict):
        assert found["unreadable"]["line"] == 2
    else:
        assert isinstance(found, errors.ParseError)
        assert found.line == 2


def test_the_service_asks_the_release(client: CheckClient) -> None:
    status = client.status()
    assert (status["release"], status["base"], status["wall"]) == (1, BASE, True)


def test_a_file_comes_back_corrected(client: CheckClient) -> None:
    asked = {"name": "a.csv", "media_type": "text/csv", "lang": "fr", "form": "", "repairs": [], "sure": True}
    answer = client.check(asked, "Nom;Numéro d'entreprise\r\nExemple;BE 0123 456 749\r\n".encode("cp1252"))
    assert answer.body.startswith("Nom;Numéro d'entreprise\r\nExemple;".encode("cp1252"))
