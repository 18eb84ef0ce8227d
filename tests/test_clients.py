"""The tools that researchers use, against a real server: pandas, rdflib, SPARQLWrapper, curl-like GET, Comunica, CORS.

In: the blocks of docs/researchers.md, run as they stand but for the address. Out: a tool that does not get its
answer. Comunica is installed by npm into `.cache/` once (`npm_clients`).
"""

import csv
import io
import json
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

import npm_clients
from researchers_doc import DOCUMENT, blocks
from wallograph.release.state import State

SHOWN_ADDRESS = "http://localhost:8000/sparql"
# What the output of each Python block of the docs must hold.
PYTHON = {"pandas": "Province de Liège", "rdflib": "statements on CETIC", "SPARQLWrapper": "<-"}
SPIN_OFFS = (
    "PREFIX wg: <http://localhost:8000/ns/wallograph#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
    "SELECT ?name WHERE { ?s wg:spinOffOf ?o ; rdfs:label ?name }"
)


@pytest.fixture(scope="module")
def endpoint(shipped_state: State, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of /sparql of a server in a process of its own, on a copy of the shipped release."""
    state = tmp_path_factory.mktemp("served") / "state"
    shutil.copytree(shipped_state.root, state, symlinks=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "wallograph", "serve", "--state", str(state), "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        address = f"http://127.0.0.1:{port}"
        _wait(f"{address}/healthz", server)
        yield f"{address}/sparql"
        server.terminate()


def _wait(address: str, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(300):
        assert server.poll() is None, "the server ended"
        try:
            if httpx.get(address, timeout=5).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    pytest.fail("the server did not start within 30 s")


def _python_blocks() -> dict[str, str]:
    found = {}
    for block in blocks("python"):
        name = next(name for name in PYTHON if re.search(rf"^(import|from) {name}\b", block.text, re.MULTILINE))
        found[name] = block.text
    return found


def test_the_docs_show_each_tool() -> None:
    assert set(_python_blocks()) == set(PYTHON)
    text = DOCUMENT.read_text(encoding="utf-8")
    assert all(f"### {tool}\n" in text for tool in (*PYTHON, "R", "Comunica", "A spreadsheet", "A YASGUI elsewhere"))


@pytest.mark.parametrize("name", PYTHON)
def test_a_python_block_of_the_docs_runs_as_it_stands(name: str, endpoint: str) -> None:
    code = _python_blocks()[name].replace(SHOWN_ADDRESS, endpoint)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert PYTHON[name] in done.stdout
    assert len(done.stdout.splitlines()) >= 5


def test_all_ways_of_asking_give_the_same_table(endpoint: str) -> None:
    """pandas, SPARQLWrapper in three formats and rdflib see the same names."""
    code = f"""
import io, json
import pandas as pd
from rdflib import Graph
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, POST, SPARQLWrapper, XML
from urllib.parse import urlencode

endpoint, query = {endpoint!r}, {SPIN_OFFS!r}
address = endpoint + "?" + urlencode(dict(query=query))
seen = [sorted(pd.read_csv(address, storage_options=dict(Accept="text/csv")).name)]
for form in (JSON, CSV, XML):
    asked = SPARQLWrapper(endpoint, returnFormat=form)
    asked.setMethod(POST)
    asked.setQuery(query)
    got = asked.queryAndConvert()
    if form == JSON:
        seen.append(sorted(row["name"]["value"] for row in got["results"]["bindings"]))
    elif form == CSV:
        seen.append(sorted(pd.read_csv(io.BytesIO(got)).name))
    else:
        seen.append(sorted(node.firstChild.data for node in got.getElementsByTagName("literal")))
seen.append(sorted(str(row.name) for row in Graph(store=SPARQLStore(endpoint)).query(query)))
print(json.dumps(seen))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert len(seen) == 5
    assert len(seen[0]) > 20
    assert all(names == seen[0] for names in seen)


def test_the_spreadsheet_address_of_the_docs_is_a_table(endpoint: str) -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    (address,) = re.findall(rf"^ {{4}}({re.escape(SHOWN_ADDRESS)}\?\S+)$", text, re.MULTILINE)
    assert parse_qs(urlsplit(address).query)["format"] == ["csv"]
    answer = httpx.get(address.replace(SHOWN_ADDRESS, endpoint), timeout=30)
    assert answer.headers["content-type"].startswith("text/csv")
    assert len(list(csv.reader(io.StringIO(answer.text)))) > 20


def test_a_citation_gives_the_same_bytes(endpoint: str) -> None:
    first = httpx.get(endpoint, params={"query": SPIN_OFFS, "format": "csv"}, timeout=30)
    (cited,) = re.findall(r'<([^>]+)>; rel="cite-as"', first.headers["link"])
    values = {name: value for name, (value,) in parse_qs(urlsplit(cited).query).items()}
    assert values["release"] == first.headers["wallograph-release"]
    again = httpx.get(endpoint, params={**values, "format": "csv"}, timeout=30)
    assert again.content == first.content


def test_a_yasgui_of_another_site_may_ask(endpoint: str) -> None:
    """What a browser does for a page of another origin: the question beforehand, then the POST."""
    origin = {"Origin": "https://yasgui.example.org"}
    asks = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type,accept"}
    before = httpx.options(endpoint, headers={**origin, **asks}, timeout=30)
    assert before.status_code in (200, 204)
    assert before.headers["access-control-allow-origin"] in ("*", origin["Origin"])
    assert "POST" in before.headers["access-control-allow-methods"]
    allowed = before.headers.get("access-control-allow-headers", "").lower()
    assert allowed == "*" or "content-type" in allowed
    accept = "application/sparql-results+json,*/*;q=0.9"
    answer = httpx.post(endpoint, data={"query": SPIN_OFFS}, headers={**origin, "Accept": accept}, timeout=30)
    assert answer.headers["access-control-allow-origin"] in ("*", origin["Origin"])
    assert len(answer.json()["results"]["bindings"]) > 20


@pytest.fixture(scope="module")
def comunica() -> Path:
    """The command of Comunica, installed once for a lock file."""
    return npm_clients.command("@comunica/query-sparql/bin/query.js")


def _comunica(command: Path, *arguments: str) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = json.loads(npm_clients.run(command, *arguments))
    return rows


def test_comunica_asks_the_endpoint_as_the_docs_show(comunica: Path, endpoint: str) -> None:
    (shown,) = [b.text for b in blocks("sh") if "comunica-sparql" in b.text]
    version = json.loads((npm_clients.LOCKED / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert f"@comunica/query-sparql@{version['@comunica/query-sparql']}" in shown
    found = re.search(r"comunica-sparql (?P<source>\S+) '(?P<query>[^']+)'", shown)
    assert found is not None
    rows = _comunica(comunica, found["source"].replace(SHOWN_ADDRESS, endpoint), found["query"])
    assert len(rows) == 3
    assert all(row["name"] for row in rows)


def test_comunica_joins_the_endpoint_with_a_document(comunica: Path, endpoint: str) -> None:
    """A join over two sources, made by the client: the endpoint itself refuses SERVICE."""
    document = endpoint.replace("/sparql", "/doc/actor/cetic.ttl")
    query = (
        "PREFIX wg: <http://localhost:8000/ns/wallograph#> PREFIX foaf: <http://xmlns.com/foaf/0.1/> "
        "SELECT DISTINCT ?document ?place WHERE { ?document foaf:primaryTopic ?actor . ?actor wg:province ?place }"
    )
    rows = _comunica(comunica, f"sparql@{endpoint}", document, query)
    assert [row["place"] for row in rows] == ["http://localhost:8000/id/place/50000"]
