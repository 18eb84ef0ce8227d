"""Clients of others, unmodified, against a real server: what a portal uses finds and takes all of it.

In: the shipped data, served on its own address. Out: a client that does not get what it came for. redbot (HTTP),
signposting, extruct, Comunica, rdflib, pyoxigraph, pandas and openpyxl; the event stream has its own tests
(`test_ldes_client`), so has the page for portals with its harvester (`test_portals_doc`).
"""

import gzip
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import extruct
import httpx
import openpyxl
import pandas
import pytest
import rdflib
from pyoxigraph import RdfFormat, parse
from rdflib.compare import isomorphic
from signposting import find_signposting_http

import npm_clients
from portal import Portal, portal
from wallograph.release.tables import TABLES, header

BIN = Path(sys.executable).parent
ACTOR = "/doc/actor/cetic"
WG = "http://localhost:8000/ns/wallograph#"

RDFLIB_WARNS = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of its own older names

# -- redbot: notes that are not errors, and why they stand
EXPECTED_NOTES = {
    "STORE_PUBLIC_UNNECESSARY": "'public' is asked for by those who publish linked data, and harms nobody",
    "VARY_COMPLEX": "a document is negotiated by format, language, day and profile, and says so",
}
PAGES = ("/", "/about")  # they change with the software and the day, are small, and have no validator
EXPECTED_OF_PAGES = {"FRESHNESS_NO_CACHE_NO_VALIDATOR"}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    with portal(tmp_path_factory.mktemp("portal")) as found:
        yield found


@pytest.fixture(scope="module")
def edition(served: Portal) -> str:
    """The address of the newest edition."""
    return httpx.get(f"{served.base}/dump/latest/", follow_redirects=False).headers["location"]


def notes(address: str) -> tuple[int, dict[str, str]]:
    """The status of an answer, and the notes of redbot that are neither praise nor information, with their level."""
    done = subprocess.run(
        [BIN / "redbot", "-o", "har", address], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    (entry,) = json.loads(done.stdout)["log"]["entries"]
    found = {note["note_id"]: note["level"] for note in entry["_red_messages"]}
    return entry["response"]["status"], {name: level for name, level in found.items() if level in ("WARN", "BAD")}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (ACTOR, 200), (f"{ACTOR}.html", 200), (f"{ACTOR}.ttl", 200), (f"{ACTOR}.jsonld", 200), (f"{ACTOR}.nq", 200),
        (f"{ACTOR}.ttl?release=1", 200), (f"{ACTOR}?_profile=schema&_mediatype=text/turtle", 200),
        ("/id/actor/cetic", 303), ("/id/actor/nobody", 404), ("/timemap/doc/actor/cetic", 200),
        ("/dump/", 200), ("{edition}", 200), ("{edition}graph.nq.gz", 200), ("{edition}graph.nq", 200),
        ("{edition}actors.csv", 200), ("{edition}SHA256SUMS", 200), ("/dump/latest/graph.nq.gz", 302),
        ("/catalog", 200), ("/catalog.rdf", 200), ("/.well-known/void", 200), ("/.well-known/api-catalog", 200),
        ("/changes", 200), ("/changes.ttl", 200), ("/changes.atom", 200), ("/changes/1/1.nq", 200),
        ("/changes/1..2.rdfp", 200), ("/changes/2.json", 200), ("/changes/moved.csv", 200),
        ("/embed/actor/cetic.svg", 200), ("/embed/actor/cetic", 200), ("/profiles", 200),
        ("/sitemap.xml", 200), ("/robots.txt", 200), ("/opensearch.xml", 200),
        ("/auth/actor-kind", 200), ("/ns/wallograph", 200), ("/ns/context/v1.jsonld", 200), ("/", 200), ("/about", 200),
    ],
)  # fmt: skip
def test_redbot_finds_nothing_wrong(served: Portal, edition: str, path: str, status: int) -> None:
    expected = set(EXPECTED_NOTES) | (EXPECTED_OF_PAGES if path in PAGES else set())
    answered, found = notes(edition + path.removeprefix("{edition}") if "{" in path else served.base + path)
    assert answered == status
    assert not {name: level for name, level in found.items() if level == "BAD" or name not in expected}


# -- FAIR signposting, level 1


def test_signposting_finds_the_way_from_the_landing_page(served: Portal) -> None:
    found = find_signposting_http(served.base + ACTOR)
    iri = f"{served.base}/id/actor/cetic"
    assert found.citeAs is not None
    assert found.citeAs.target == iri
    assert httpx.get(iri, follow_redirects=True).url == served.base + ACTOR  # it leads back to this page
    assert "https://schema.org/AboutPage" in {signpost.target for signpost in found.types}
    assert found.license is not None
    assert found.license.target == "https://creativecommons.org/licenses/by/4.0/"
    assert [signpost.target for signpost in found.authors] == [f"{served.base}/about"]
    described = {signpost.target: signpost.type for signpost in found.describedBy}
    assert {"text/turtle", "application/ld+json", "application/rdf+xml"} <= set(described.values())
    for address, media_type in described.items():
        answer = httpx.get(address)
        assert answer.status_code == 200
        assert answer.headers["content-type"].partition(";")[0] == media_type


def test_the_signposting_command_reads_an_actor(served: Portal) -> None:
    done = subprocess.run(
        [BIN / "signposting", served.base + ACTOR], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    assert f"CiteAs: <{served.base}/id/actor/cetic>" in done.stdout
    assert f"<{served.base}{ACTOR}.ttl> text/turtle" in done.stdout


# -- extruct: what a search engine takes out of a page


def structured(address: str) -> dict[str, dict[str, Any]]:
    """The things of the JSON-LD in a page, by type."""
    answer = httpx.get(address, headers={"Accept": "text/html"})
    assert answer.status_code == 200
    blocks = extruct.extract(answer.text, base_url=address, syntaxes=["json-ld"])["json-ld"]
    nodes = [node for block in blocks for node in block.get("@graph", [block])]
    found = {}
    for node in nodes:
        found |= dict.fromkeys([node["@type"]] if isinstance(node["@type"], str) else node["@type"], node)
    return found


def test_extruct_finds_the_actor_and_the_way_to_it(served: Portal) -> None:
    found = structured(served.base + ACTOR + ".html")
    assert found["ResearchOrganization"]["@id"] == f"{served.base}/id/actor/cetic"
    assert found["ResearchOrganization"]["name"] == "CETIC"
    assert len(found["BreadcrumbList"]["itemListElement"]) >= 2
    university = structured(f"{served.base}/doc/actor/universite-de-liege.html")
    assert university["CollegeOrUniversity"]["name"] == "Université de Liège"


def test_extruct_finds_the_dataset_with_its_files(served: Portal) -> None:
    found = structured(f"{served.base}/catalog.html")["Dataset"]
    assert found["license"]
    assert len(found["description"]) >= 50
    files = {file["contentUrl"]: file["encodingFormat"] for file in found["distribution"]}
    assert any(address.endswith("/graph.nq.gz") for address in files)
    for address in files:
        assert httpx.head(address, follow_redirects=True).status_code == 200


# -- Comunica, on documents and on the endpoint


@pytest.mark.parametrize("suffix", ["", ".ttl", ".jsonld", ".nt", ".rdf", ".trig", ".nq"])
def test_comunica_asks_a_document_in_every_format(served: Portal, suffix: str) -> None:
    """Without a suffix it negotiates, and wants N-Quads most: there every statement stands in its source graph."""
    query = f"SELECT DISTINCT ?name WHERE {{ <{served.base}/id/actor/cetic> <http://schema.org/name> ?name }}"
    named = ["--unionDefaultGraph"] if suffix in ("", ".trig", ".nq") else []
    rows = json.loads(comunica(*named, served.base + ACTOR + suffix, query))
    assert {"name": '"CETIC"'} in rows


def test_comunica_counts_at_the_endpoint_what_the_document_says(served: Portal) -> None:
    query = (
        f"SELECT DISTINCT ?partner WHERE {{ <{served.base}/id/actor/cetic> "
        f"<{WG.replace('http://localhost:8000', served.base)}partnerOf> ?partner }}"
    )
    at_the_endpoint, in_the_document = (
        {row["partner"] for row in json.loads(comunica(source, query))}
        for source in (f"sparql@{served.base}/sparql", f"{served.base}{ACTOR}.ttl")
    )
    assert len(at_the_endpoint) > 5
    assert at_the_endpoint == in_the_document


def comunica(*words: str) -> str:
    return npm_clients.run(npm_clients.command("@comunica/query-sparql/bin/query.js"), *words)


# -- the dumps: every file, read by those who read such files


def dumps(served: Portal) -> Path:
    return served.state.get(1).dump_path


def counts(served: Portal) -> dict[str, int]:
    found: dict[str, int] = served.state.get(1).manifest["counts"]
    return found


def served_bytes(edition: str, name: str) -> bytes:
    answer = httpx.get(edition + name)
    assert answer.status_code == 200
    return gzip.decompress(answer.content) if name.endswith(".gz") else answer.content


RDF = {
    "graph.nq": ("nquads", RdfFormat.N_QUADS), "graph.nq.gz": ("nquads", RdfFormat.N_QUADS),
    "graph.trig": ("trig", RdfFormat.TRIG), "graph.nt": ("nt", RdfFormat.N_TRIPLES),
    "graph.ttl": ("turtle", RdfFormat.TURTLE), "graph.jsonld": ("json-ld", RdfFormat.JSON_LD),
    "graph.rdf": ("xml", RdfFormat.RDF_XML), "graph.rdf.gz": ("xml", RdfFormat.RDF_XML),
}  # fmt: skip
TABLE_FILES = {"tables.xlsx", *(f"{table}.{form}" for table in TABLES for form in ("csv", "jsonl"))}


def test_no_dump_is_left_unread(served: Portal) -> None:
    assert set(RDF) | TABLE_FILES | {"README.txt"} == set(served.state.get(1).manifest["dumps"])


@pytest.mark.parametrize("name", RDF)
def test_pyoxigraph_reads_a_dump(served: Portal, edition: str, name: str) -> None:
    data = served_bytes(edition, name)
    found = sum(1 for _ in parse(io.BytesIO(data), format=RDF[name][1]))
    assert found == counts(served)["quads" if name.startswith(("graph.nq", "graph.trig")) else "triples"]


@RDFLIB_WARNS
@pytest.mark.parametrize("name", [name for name in RDF if not name.endswith(".gz")])
def test_rdflib_reads_a_dump(served: Portal, edition: str, name: str) -> None:
    form = RDF[name][0]
    graph = rdflib.Dataset() if form in ("nquads", "trig") else rdflib.Graph()
    graph.parse(data=served_bytes(edition, name), format=form)
    found = sum(1 for _ in graph.quads()) if isinstance(graph, rdflib.Dataset) else len(graph)
    assert found == counts(served)["quads" if form in ("nquads", "trig") else "triples"]


@RDFLIB_WARNS
def test_rdflib_reads_the_same_graph_from_every_format_of_a_document(served: Portal) -> None:
    forms = {"ttl": "turtle", "nt": "nt", "rdf": "xml", "jsonld": "json-ld"}
    found = [rdflib.Graph().parse(f"{served.base}{ACTOR}.{end}", format=form) for end, form in forms.items()]
    assert len(found[0]) > 100
    assert all(isomorphic(found[0], other) for other in found[1:])


@RDFLIB_WARNS
@pytest.mark.parametrize("query", ["?release=1", "?_profile=schema", "?_profile=d4wta"])
def test_rdflib_gets_the_json_that_it_asks_for(served: Portal, query: str) -> None:
    """It follows the first link to an alternate in JSON-LD that is not the address itself."""
    turtle, json_ld = (
        rdflib.Graph().parse(f"{served.base}{ACTOR}.{end}{query}", format=form)
        for end, form in (("ttl", "turtle"), ("jsonld", "json-ld"))
    )
    assert len(turtle) > 5
    assert isomorphic(turtle, json_ld)


@pytest.mark.parametrize("table", TABLES)
def test_pandas_reads_a_table(edition: str, table: str) -> None:
    frame = pandas.read_csv(f"{edition}{table}.csv", dtype=str)
    lines = [json.loads(line) for line in served_bytes(edition, f"{table}.jsonl").splitlines()]
    assert list(frame.columns) == header(table)
    assert len(frame) == len(lines) > 5
    assert frame.iri.is_unique
    assert [line["iri"] for line in lines] == [[iri] for iri in frame.iri]
    book = pandas.read_excel(f"{edition}tables.xlsx", sheet_name=table, dtype=str)
    assert list(book.columns) == header(table)
    assert list(book.iri) == list(frame.iri)


def test_openpyxl_finds_a_sheet_for_each_table_and_no_formula(edition: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(served_bytes(edition, "tables.xlsx")), read_only=True)
    assert book.sheetnames == list(TABLES)
    cells = (cell for sheet in book for row in sheet.iter_rows() for cell in row)
    assert not [cell.value for cell in cells if getattr(cell, "data_type", "") == "f"]
