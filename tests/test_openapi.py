"""The description of the API is true: each operation is asked by schemathesis, with what it says and with other things.

Short here: some 20 cases for each operation. With WALLOGRAPH_SOAK at least 300, half of them not as described.
"""

import io
import json
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import openpyxl
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse, serialize
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from campaign import LONGER
from http_server import Server, serving
from publication import TRIG, publish
from wallograph.settings import Settings
from wallograph.vocab import LANGUAGES
from wallograph.web.app import create_app
from wallograph.web.description import METHODS, describe_api, operations

BASE = "http://localhost:8000"
DESCRIBED = operations(describe_api(BASE))
CASES = 20 if LONGER == 1 else 300
CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance,
    response_headers_conformance,
]  # fmt: skip
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Pages for people, what only the pages ask, and what is described at another path.
NOT_DESCRIBED = {
    "/", "/about", "/about/problems", "/privacy", "/kinds", "/kinds/{kind}", "/themes", "/places", "/projects",
    "/events",
    "/figures", "/sources", "/code-lists", "/api", "/rules", "/static", "/validate/form", "/validate/mapping",
    "/validate/shared/{ident}/delete", "/sparql/", "/dump", "/dump/latest", "/dump/latest/", "/dump/latest/{name}",
    "/dump/{edition}", "/catalog.{suffix}", "/quality.{form}", "/quality/sources.{form}", "/quality/worklists.{form}",
    "/account", "/account/login", "/account/logout", "/account/oidc", "/account/oidc/callback", "/account/password",
    "/account/totp", "/account/totp/off", "/account/sessions/end", "/account/tokens", "/account/tokens/{token}/revoke",
    "/submissions", "/submissions/new", "/submissions/error", "/submissions/withdraw", "/submissions/file",
    "/submissions/s/{secret}", "/submissions/{ident}", "/submissions/{ident}/edit", "/submissions/{ident}/patch",
    "/submissions/{ident}/withdraw",
    "/sitemap-{number}.xml", "/changes.{suffix}", "/changes/moved.{suffix}", "/profiles.{suffix}",
    "/review/identity", "/review/identity/pair", "/review/identity/decisions", "/review/identity/decisions/{entry}",
    "/review/identity/decisions/{entry}/undo",
    "/review", "/review/attention", "/review/entries/{number}", "/review/entries/{number}/revert",
    "/review/releases/{number}", "/review/releases/{number}/rollback", "/review/{ident}", "/review/{ident}/decide",
    "/review/{ident}/assign", "/journal.{suffix}",
}  # fmt: skip
# A description has no path of several parts.
SPLIT = {
    "/id/{path:path}": "/id/{concept}/{reference}", "/doc/{path:path}": "/doc/{concept}/{reference}",
    "/auth/{path:path}": "/auth/{scheme}/{code}", "/ns/{path:path}": "/ns/{vocabulary}",
    "/timemap/{path:path}": "/timemap/doc/{concept}/{reference}",
    "/quality/worklists/{name}": "/quality/worklists/{list}",
}  # fmt: skip


def rdf(media_type: str) -> bytes:
    """A right document of a media type."""
    quads = parse(TRIG.encode(), format=RdfFormat.TRIG)
    form = RdfFormat.from_media_type(media_type)
    assert form is not None
    if form.supports_datasets:
        return bytes(serialize(quads, format=form) or b"")
    return bytes(serialize((quad.triple for quad in quads), format=form) or b"")


@cache
def seeds() -> dict[str, bytes]:
    """A right file of each type."""
    book = openpyxl.Workbook()
    for row in (["Nom", "Commune", "Numéro d'entreprise"], ["Exemple", "Namur", "0123.456.789"], ["=1+1", 7000, None]):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    kinds = ("text/turtle", "application/trig", "application/n-triples", "application/n-quads",
             "application/ld+json", "application/rdf+xml")  # fmt: skip
    table = "Nom;Commune;Fondateur\r\nExemple;Namur;X Y\r\n\"a\nb\";7000 - MONS;\r\n"
    return {kind: rdf(kind) for kind in kinds} | {XLSX: file.getvalue(), "text/csv": table.encode("cp1252")}


def damaged(content: bytes, cuts: list[tuple[float, int, bytes]]) -> bytes:
    """A file with pieces taken out and others put in."""
    for where, length, piece in cuts:
        start = int(where * len(content))
        content = content[:start] + piece + content[start + length :]
    return content


def files(seed: bytes) -> st.SearchStrategy[bytes]:
    """A right file, damaged ones, and any bytes."""
    cut = st.tuples(st.floats(0, 1), st.integers(0, 40), st.binary(max_size=12))
    return st.lists(cut, max_size=4).map(lambda cuts: damaged(seed, cuts)) | st.binary(max_size=200)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A small release, served with all its services."""
    root = tmp_path_factory.mktemp("o")
    for media_type, seed in seeds().items():
        schemathesis.openapi.media_type(media_type, files(seed))
    schemathesis.openapi.media_type("application/sparql-query", st.sampled_from([
        b"ASK {}", b"SELECT * { ?s ?p ?o } LIMIT 2", b"CONSTRUCT WHERE { ?s ?p ?o }", b"SELECT", b"\xff", b"",
        b"SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    ]))  # fmt: skip
    with serving(root) as running:
        publish(root / "state", base=running.base)
        running.start(root / "state", check_rate=0, check_queue=64, share_total_mb=50, check_seconds=10)
        assert httpx.get(f"{running.base}/healthz", timeout=60).json()["checksSandboxed"] is True
        yield running


def sayable_otherwise(described: dict) -> bool:
    """Whether there is something that can be said in another way: any text can be a part of a path."""
    shared = describe_api(BASE)["components"]["parameters"]
    given = [shared[p["$ref"].rpartition("/")[2]] if "$ref" in p else p for p in described.get("parameters", ())]
    return "requestBody" in described or any(parameter["in"] == "query" for parameter in given)


@cache
def schema_of(base: str) -> Any:
    """The description as schemathesis reads it."""
    return schemathesis.openapi.from_dict(describe_api(base))


def ask(server: Server, case: Case) -> None:
    """Ask what the case says, and look at the answer."""
    if case.method == "POST" and case.path == "/validate/share":
        case.headers["Accept"] = "application/json"
    response = case.call(base_url=server.base, allow_redirects=False, timeout=60)
    checks = [check for check in CHECKS if check is not not_a_server_error or response.status_code != 503]
    case.validate_response(response, checks=checks)
    if response.status_code >= 400 and "problem+json" in response.headers.get("content-type", ""):
        problem = json.loads(response.content)
        assert problem["status"] == response.status_code
        assert not problem["type"].endswith("#unavailable"), problem  # 503 by a limit only


@pytest.mark.parametrize("described", DESCRIBED, ids=[f"{d['method']} {d['path']}" for d in DESCRIBED])
@pytest.mark.parametrize("mode", list(GenerationMode), ids=["as-described", "otherwise"])
@pytest.mark.filterwarnings("ignore")  # of the libraries that generate
def test_each_operation_does_as_described(server: Server, described: dict, mode: GenerationMode) -> None:
    operation = schema_of(server.base)[described["path"]][described["method"]]
    otherwise = sayable_otherwise(described)
    if mode is GenerationMode.NEGATIVE and not otherwise:
        return

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=CASES // 2 + 1 if otherwise else CASES, deadline=None, database=None, derandomize=True,
        suppress_health_check=list(HealthCheck), phases=[Phase.generate],
    )  # fmt: skip
    def one(case: Case) -> None:
        ask(server, case)

    one()


# -- the document itself


def test_the_description_is_valid_and_served(server: Server) -> None:
    answer = httpx.get(f"{server.base}/api/openapi.json")
    described = answer.json()
    assert described == describe_api(server.base)
    assert described["openapi"].startswith("3.1")
    assert described["servers"] == [{"url": server.base}]
    schemathesis.openapi.from_dict(described).validate()
    etag = answer.headers["etag"]
    assert httpx.get(f"{server.base}/api/openapi.json", headers={"If-None-Match": etag}).status_code == 304
    assert "{base}" not in answer.text


def test_every_name_is_unique_and_every_reference_leads_somewhere() -> None:
    names = [operation["operationId"] for operation in DESCRIBED]
    assert len(names) == len(set(names))
    described = describe_api(BASE)

    def look(value: object) -> None:
        if isinstance(value, dict):
            if "$ref" in value:
                place: object = described
                for step in value["$ref"].removeprefix("#/").split("/"):
                    assert isinstance(place, dict)
                    place = place[step]
            for inner in value.values():
                look(inner)
        elif isinstance(value, list):
            for inner in value:
                look(inner)

    look(described)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_lists_every_operation_without_anything_from_elsewhere(server: Server, lang: str) -> None:
    answer = httpx.get(f"{server.base}/api?lang={lang}")
    assert answer.status_code == 200
    assert f'<html lang="{lang}"' in answer.text
    for operation in DESCRIBED:
        assert f'id="{operation["operationId"]}"' in answer.text
    assert "<script" not in answer.text
    assert 'src="http' not in answer.text and 'stylesheet" href="http' not in answer.text


def test_examples_are_as_described(server: Server) -> None:
    operation = describe_api(server.base)["paths"]["/validate"]["post"]
    for media_type, media in operation["requestBody"]["content"].items():
        for name, example in media.get("examples", {}).items():
            answer = httpx.post(
                f"{server.base}/validate", content=example["value"].encode(), headers={"Content-Type": media_type}
            )
            assert answer.status_code == (422 if name == "broken" else 200), (name, answer.text)
            if name == "right":
                assert answer.json()["conforms"], answer.text
            if name == "broken":
                assert answer.json()["line"] >= 1


def paths(routes: Iterable[Any]) -> Iterator[str]:
    """The paths of routes, those of included routers among them."""
    for route in routes:
        inner = getattr(route, "original_router", None)
        if inner is not None:
            yield from paths(inner.routes)
        else:
            yield SPLIT.get(route.path, route.path)


def test_every_route_is_described_or_named_here(tmp_path: Path) -> None:
    described = describe_api(BASE)["paths"]
    found = set(paths(create_app(Settings(state=tmp_path)).router.routes))
    assert found - set(described) - NOT_DESCRIBED == set(), "describe it in web/openapi/, or name it in this test"
    assert set(described) - found - {"/auth/{scheme}"} == set(), "described, but there is no such route"
    assert all(method in METHODS for item in described.values() for method in item)
