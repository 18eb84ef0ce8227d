"""The quality of a release: what is counted, what is said of it as RDF, and the lists of what can be mended."""

import csv
import io
import json
from collections import Counter
from pathlib import Path
from typing import Any

import httpx
import pyoxigraph as ox
import pytest
from pyld import jsonld
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from ecosystem import ecosystem_app
from publication import BASE, TRIG, Client, client_of, private_graphs, publish
from wallograph import resources, vocab
from wallograph.cells import defused
from wallograph.publish.jsonld import load_context
from wallograph.publish.media import RDF_FORMATS
from wallograph.publish.quality import age_in_days
from wallograph.release.apply import apply_patch
from wallograph.release.chain import lines
from wallograph.release.patch import Patch
from wallograph.release.quality import FIELDS, Judged, measure
from wallograph.release.state import Release, State
from wallograph.store.embedded import ReadStore
from wallograph.vocab import DEFAULT_BASE, DQV, LANGUAGES

CLASSES = {"actor": vocab.ORGANIZATION, "project": vocab.PROJECT, "event": vocab.EVENT}
LISTS = "/quality/worklists"
PAGES = ("/quality", "/quality/sources", LISTS, f"{LISTS}/theme", f"{LISTS}/FoundingDateAgreement",
         f"{LISTS}/unresolved-end", f"{LISTS}?part-of=universite-de-namur",
         f"{LISTS}/theme?kind=research-unit")  # fmt: skip


@pytest.fixture(scope="module")
def client(shipped_state: State) -> Client:
    return client_of(shipped_state.root)


@pytest.fixture(scope="module")
def measured(shipped: Release) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((shipped.folder / "quality.json").read_text("utf-8"))
    return found


def count(release: Release, pattern: str) -> int:
    store = ReadStore(release.store_path)
    (row,) = store.rows(f"SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ {pattern} }}")
    return int(row["n"].value)


def any_of(key: str) -> str:
    return "|".join(f"<{iri}>" for iri in FIELDS[key][1])


def items(client: Client, address: str) -> list[dict[str, Any]]:
    """All lines of a list, over all its pages."""
    found: list[dict[str, Any]] = []
    page = pages = 1
    while page <= pages:
        answer = client.get(f"{address}{'&' if '?' in address else '?'}page={page}").json()
        assert (answer["page"], answer["list"]) == (page, address.partition(".json")[0].rpartition("/")[2])
        found += answer["items"]
        page, pages = page + 1, answer["pages"]
    assert len(found) == answer["total"]
    return found


# -- what is counted


@pytest.mark.parametrize("concept", CLASSES)
def test_the_counts_are_those_of_sparql(shipped: Release, measured: dict[str, Any], concept: str) -> None:
    own = f"?x a <{CLASSES[concept]}>"
    counted = measured["all"][concept]
    assert counted["things"] == count(shipped, own) > 0
    for key, (of, _) in FIELDS.items():
        if concept in of:
            assert counted["recorded"].get(key, 0) == count(shipped, f"{own} . ?x {any_of(key)} ?value"), key


def test_the_counts_by_kind_are_those_of_sparql(shipped: Release, measured: dict[str, Any]) -> None:
    for kind, by in measured["kinds"].items():
        for concept, counted in by.items():
            own = (
                f"?x a <{CLASSES[concept]}> ; <{vocab.CLASSIFICATION}>|<{vocab.PROJECT_KIND}> <{vocab.AUTH}{kind}>"
            )
            assert counted["things"] == count(shipped, own)
            if concept in FIELDS["theme"][0]:
                assert counted["recorded"].get("theme", 0) == count(shipped, f"{own} ; <{vocab.SUBJECT}> ?theme")
    assert len(measured["kinds"]) > 30


def test_the_counts_by_source_are_those_of_sparql(shipped: Release, measured: dict[str, Any]) -> None:
    store = ReadStore(shipped.store_path)
    for key in (None, "place", "founded"):
        pattern = f"?x {any_of(key)} ?value" if key else "?x ?property ?value"
        rows = store.rows(
            f"SELECT ?g (COUNT(DISTINCT ?x) AS ?n) {{ GRAPH ?g {{ {pattern} }} ?x a <{vocab.ORGANIZATION}> }} "
            "GROUP BY ?g"
        )
        prefix = f"{DEFAULT_BASE}/id/source/"
        expected = {row["g"].value.removeprefix(prefix): int(row["n"].value) for row in rows}
        expected = {graph: n for graph, n in expected.items() if graph not in ("provenance", "shapes", "judgements")}
        counted = {graph: by["actor"] for graph, by in measured["sources"].items() if "actor" in by}
        found = {graph: c["recorded"].get(key, 0) if key else c["things"] for graph, c in counted.items()}
        assert {graph: n for graph, n in found.items() if n} == expected


def test_every_page_counts_once_for_its_date(shipped: Release, measured: dict[str, Any]) -> None:
    graph = f"GRAPH <{DEFAULT_BASE}/id/source/provenance>"
    role = f"<{vocab.SOURCE_ROLE}> <{vocab.code('source-role', 'stated')}>"
    assert sum(measured["issued"]["stated"].values()) == count(shipped, f"{graph} {{ ?x {role} }}")
    dated = sum(n for date, n in measured["issued"]["stated"].items() if date)
    assert dated == count(shipped, f"{graph} {{ ?x {role} ; <{vocab.ISSUED}> ?date }}") > 0


def test_an_age_is_relative_to_the_edition() -> None:
    assert age_in_days("2026-03-01", "2026-03-02") == 1
    assert age_in_days("2027", "2026-03-01") == 0
    assert age_in_days("before the war", "2026-03-01") is None


def test_the_conflicts_are_the_warnings_of_the_build(client: Client, shipped: Release) -> None:
    report = json.loads((shipped.folder / "report.json").read_text("utf-8"))
    expected = Counter(warning["shape"].rpartition("#")[2] for warning in report["warnings"])
    lists = client.get(f"{LISTS}.json").json()["lists"]
    assert {e["list"]: e["count"] for e in lists if e["about"] == "rule"} == expected
    rows = items(client, f"{LISTS}/FoundingDateAgreement.json")
    focus = sorted(w["focus"] for w in report["warnings"] if w["shape"].endswith("#FoundingDateAgreement"))
    assert sorted(row["iri"] for row in rows) == focus
    store = ReadStore(shipped.store_path)
    for row in rows:
        stated = store.quads(NamedNode(row["iri"]), NamedNode(vocab.FOUNDING_DATE), None, None)
        named = {(q.object.value, q.graph_name.value) for q in stated if isinstance(q.graph_name, NamedNode)}
        assert {(v["value"], source) for v in row["values"] for source in v["sources"]} == named
        assert len(row["values"]) > 1
    text = client.get("/quality", "text/html").text
    for code, n in expected.items():
        assert f'href="/rules#{code}"' in text and f'href="{LISTS}/{code}"' in text and n


# -- after a patch


def quad(subject: str, predicate: str, value: Any, graph: str = "page-b") -> Quad:
    return Quad(NamedNode(BASE + subject), NamedNode(predicate), value, NamedNode(f"{BASE}/id/source/{graph}"))


ACTOR, SPIN = "/id/actor/uliege", "/id/actor/spin"
STEPS = [
    Patch([quad(SPIN, vocab.FOUNDING_DATE, Literal("2001", datatype=NamedNode(vocab.XSD + "gYear")))], []),
    Patch([], [quad(ACTOR, vocab.DESCRIPTION,
                    Literal("Une université <script>alert(1)</script>", language="fr"), "page-a")]),
    Patch([quad("/id/actor/new", vocab.TYPE, NamedNode(vocab.ORGANIZATION), "page-c"),
           quad("/id/actor/new", vocab.CLASSIFICATION, NamedNode(f"{BASE}/auth/actor-kind/fund"), "page-c")],
          [quad(ACTOR, vocab.TYPE, NamedNode(vocab.ORGANIZATION))]),
    Patch([quad("/id/source/page-a", vocab.ISSUED, Literal("2020-01-02"), "provenance")],
          [quad(ACTOR, vocab.TYPE, NamedNode(vocab.ORGANIZATION), "page-a")]),
]  # fmt: skip


def test_a_patch_is_measured_as_the_whole_graph_would_be(tmp_path: Path) -> None:
    publish(tmp_path)
    state = State(tmp_path)
    seen = []
    for number, patch in enumerate(STEPS):
        release = state.switch(apply_patch(state, patch, date=f"2026-03-1{number}").number)
        found = json.loads((release.folder / "quality.json").read_text("utf-8"))
        assert found == json.loads(json.dumps(measure(lines(release), BASE, private_graphs(BASE), None)))
        seen.append(found["all"]["actor"])
    assert [one["things"] for one in seen] == [2, 2, 3, 2]
    assert [one["recorded"].get("founded", 0) for one in seen] == [2, 2, 2, 1]
    assert client_of(tmp_path).get("/quality", "text/html").status_code == 200


def test_what_a_check_found_again_replaces_what_was_known(tmp_path: Path) -> None:
    publish(tmp_path)
    state = State(tmp_path)
    warning = {"focus": BASE + SPIN, "path": vocab.FOUNDING_DATE, "value": None, "severity": "warning",
               "shape": f"{BASE}/ns/shapes#FoundingDateAgreement", "graph": None}  # fmt: skip
    for patch, judged, expected in (
        (STEPS[0], Judged(frozenset({BASE + SPIN}), [warning]), [warning]),
        (STEPS[1], Judged(frozenset({BASE + ACTOR}), []), [warning]),
        (STEPS[2], Judged(frozenset({BASE + SPIN}), []), []),
    ):
        made = apply_patch(state, patch, date="2026-03-10", check=lambda before, after, subjects, judged=judged: judged)
        release = state.switch(made.number)
        assert json.loads((release.folder / "quality.json").read_text("utf-8"))["warnings"] == expected


def test_a_release_that_was_never_measured_says_so(tmp_path: Path) -> None:
    release = publish(tmp_path)
    (release.folder / "quality.json").unlink()
    answer = client_of(tmp_path).get("/quality", "text/html")
    assert answer.status_code == 404 and "never measured" in answer.text


# -- as RDF


def triples(client: Client, address: str, key: str) -> set[str]:
    body = client.get(f"{address}.{key}").content
    if key == "jsonld" and address == "/quality":
        context = load_context(resources.ontology_dir(), DEFAULT_BASE)
        tree = json.loads(body) | {"@context": context.terms}
        body = jsonld.to_rdf(tree, {"format": "application/n-quads"}).encode()
        return {str(q.triple) for q in parse(body, format=RdfFormat.N_QUADS)}
    return {str(q.triple) for q in parse(body, format=RDF_FORMATS[key].rdf)}


@pytest.mark.parametrize("address", ["/quality", "/quality/sources"])
def test_all_formats_hold_the_same_measurements(client: Client, address: str) -> None:
    turtle = triples(client, address, "ttl")
    assert len(turtle) > 500
    for key in RDF_FORMATS:
        assert triples(client, address, key) == turtle, key
        form = RDF_FORMATS[key]
        negotiated = client.get(address, form.media_type)
        assert negotiated.headers["content-type"].startswith(form.media_type)
        assert negotiated.content == client.get(f"{address}.{key}").content


def test_each_measurement_has_a_metric_a_dataset_and_a_value(client: Client, measured: dict[str, Any]) -> None:
    store = ox.Store()
    for address in ("/quality", "/quality/sources"):
        store.load(client.get(f"{address}.nt").content, format=RdfFormat.N_TRIPLES)
    rows = list(store.query(f"""
        SELECT ?on ?metric ?value WHERE {{ ?m a <{DQV}QualityMeasurement> ; <{DQV}isMeasurementOf> ?metric ;
          <{DQV}computedOn> ?on ; <{DQV}value> ?value . ?on <{DQV}hasQualityMeasurement> ?m .
          ?metric a <{DQV}Metric> ; <{DQV}inDimension> ?dimension . ?dimension a <{DQV}Dimension> }}"""))  # fmt: skip
    assert len(rows) == sum(1 for _ in store.quads_for_pattern(None, None, NamedNode(DQV + "QualityMeasurement")))
    values = {
        (row["on"].value.removeprefix(DEFAULT_BASE), row["metric"].value.rpartition("/")[2]): row["value"].value
        for row in rows
    }
    startups = measured["kinds"]["actor-kind/startup"]["actor"]
    share = float(values["/quality#actor-startup", "completeness-theme"])
    assert round(share * startups["things"]) == startups["recorded"]["theme"]
    assert int(values["/quality#actor-startup", "things"]) == startups["things"]
    assert int(values["/about#dataset", "warnings"]) == len(measured["warnings"])
    source = measured["sources"]["ror"]["actor"]
    assert float(values["/id/source/ror", "completeness-identifier"]) == pytest.approx(
        source["recorded"]["identifier"] / source["things"], abs=1e-6
    )
    for metric in {metric for _, metric in values}:
        iri = NamedNode(vocab.code("quality-metric", metric))
        labels = [q.object.language for q in store.quads_for_pattern(iri, NamedNode(vocab.PREF_LABEL), None)]
        assert sorted(labels) == sorted(LANGUAGES), metric


def test_every_measured_field_has_its_metric() -> None:
    text = (resources.ontology_dir() / "codes" / "quality-metric.ttl").read_text("utf-8")
    for key in FIELDS:
        assert f"\nmetric:completeness-{key} a skos:Concept" in text


def test_the_dataset_leads_to_its_quality(client: Client) -> None:
    assert f"<{DQV}hasQualityMetadata> <{DEFAULT_BASE}/quality>" in client.get(
        "/.well-known/void", "application/n-triples"
    ).text


# -- lists


def test_a_list_has_what_sparql_finds_missing(client: Client, shipped: Release) -> None:
    store = ReadStore(shipped.store_path)
    namur = f"{DEFAULT_BASE}/id/actor/universite-de-namur"
    rows = store.rows(f"""
        SELECT DISTINCT ?x {{ ?x a <{vocab.ORGANIZATION}> ; <{vocab.DCTERMS}isPartOf>+ <{namur}>
          FILTER NOT EXISTS {{ ?x <{vocab.SUBJECT}> ?theme }} }}""")
    found = items(client, f"{LISTS}/theme.json?part-of=universite-de-namur&kind=actor")
    assert {row["x"].value for row in rows} == {one["iri"] for one in found} != set()
    names = [one["name"] for one in items(client, f"{LISTS}/theme.json")]
    assert names == sorted(names, key=str.casefold) or len(set(names)) > 400
    assert all(one["sources"] for one in found)
    index = client.get(f"{LISTS}.json?part-of=universite-de-namur&kind=actor").json()
    entry = next(e for e in index["lists"] if e["list"] == "theme")
    assert entry["count"] == len(found)
    assert entry["url"].startswith(f"{DEFAULT_BASE}{LISTS}/theme?") and "part-of=universite-de-namur" in entry["url"]


@pytest.mark.parametrize("source", ["ror", "regional-it.be"])
def test_a_list_by_source_has_only_what_the_source_speaks_of(client: Client, source: str) -> None:
    found = items(client, f"{LISTS}/founded.json?source={source}")
    everything = items(client, f"{LISTS}/founded.json")
    assert 0 < len(found) < len(everything)
    for one in found:
        assert any(s["iri"].endswith(f"/{source}") or s["publisher"] == source for s in one["sources"])


def test_the_csv_has_the_whole_list_in_the_language_asked_for(client: Client) -> None:
    answer = client.get(f"{LISTS}/theme.csv?lang=de")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"].startswith('attachment; filename="theme-')
    assert answer.content.startswith(b"\xef\xbb\xbf")
    header, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert header[0] == "Name" and len(rows) == len(items(client, f"{LISTS}/theme.json"))
    assert {row[3] for row in rows} == {"Thema nicht angegeben"}
    assert all(row[1].startswith(f"{DEFAULT_BASE}/id/") for row in rows)


def test_a_cell_is_never_a_formula(tmp_path: Path) -> None:
    names = ['=HYPERLINK("http://evil.example")', "+1", "-1a", "@SUM(A1)", "\t=1", "\r=1", " =1", "plain = name"]
    things = "".join(
        f"<http://localhost:8000/id/actor/x{n}> a org:Organization ; rdfs:label {json.dumps(name)} .\n"
        for n, name in enumerate(names)
    )
    publish(tmp_path, TRIG + "<http://localhost:8000/id/source/page-z> {" + things + "}")
    body = client_of(tmp_path).get(f"{LISTS}/theme.csv").content.decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(body, newline="")) for cell in row]
    assert not [cell for cell in cells if cell.lstrip(" ")[:1] in set("=+-@\t\r")]
    assert {"'" + name for name in names[:-1]} | {names[-1]} <= set(cells)
    assert [defused(text) for text in ("", "a", "\uff1d1")] == ["", "a", "'\uff1d1"]


def test_an_unknown_list_is_404_and_an_empty_one_says_so(client: Client) -> None:
    for name in ("nope", "theme.pdf", "NoSuchRule", "theme.", "%2e%2e", "a/b"):
        assert client.get(f"{LISTS}/{name}", "text/html").status_code == 404, name
    for name in ("kind", "StartDateAgreement", "not-a-year"):
        answer = client.get(f"{LISTS}/{name}?lang=en", "text/html")
        assert answer.status_code == 200 and "The list is empty" in answer.text, name
    assert client.get(f"{LISTS}/kind.json").json()["items"] == []


@pytest.mark.parametrize("query", ["kind=nope", "source=nope", "part-of=nope", "kind=<script>", "part-of=../x",
                                   "source=%00"])  # fmt: skip
def test_what_cannot_be_selected_is_400_and_is_named(client: Client, query: str) -> None:
    for address in (LISTS, f"{LISTS}/theme"):
        answer = client.get(f"{address}?{query}")
        assert answer.status_code == 400
        assert query.partition("=")[0] + "=" in answer.json()["detail"]
    assert client.get(f"{LISTS}/unresolved-end?kind=startup").status_code == 400


def test_an_organisation_with_units_leads_to_their_lists(client: Client) -> None:
    text = client.get("/doc/actor/universite-de-namur", "text/html").text
    assert f'href="{LISTS}?part-of=universite-de-namur"' in text
    assert LISTS not in client.get("/doc/actor/hovertone", "text/html").text


# -- HTTP


@pytest.mark.parametrize("address", ["/quality", "/quality.ttl", "/quality/sources", LISTS, f"{LISTS}/theme",
                                     f"{LISTS}/theme.csv", f"{LISTS}/theme.json"])  # fmt: skip
def test_validators_and_head(client: Client, address: str) -> None:
    whole = client.get(address, "text/html" if "." not in address else "*/*")
    assert whole.status_code == 200
    head = client.ask("HEAD", address, "text/html" if "." not in address else "*/*")
    assert head.status_code == 200 and head.content == b""
    assert {**head.headers} == {**whole.headers}
    again = client.get(address, "text/html" if "." not in address else "*/*", if_none_match=whole.headers["etag"])
    assert again.status_code == 304 and again.content == b""
    assert again.headers["etag"] == whole.headers["etag"]
    assert 'rel="canonical"' in whole.headers["link"]
    if "." not in address:
        assert whole.headers["vary"] == "Accept, Accept-Language"
    assert client.ask("POST", address).status_code == 405


def test_what_is_not_offered_is_406_with_what_there_is(client: Client) -> None:
    for address, kind in (("/quality", "text/turtle"), (LISTS, "application/json"), (f"{LISTS}/theme", "text/csv")):
        answer = client.get(address, "image/png")
        assert answer.status_code == 406
        assert kind in {variant["type"] for variant in answer.json()["variants"]}
    assert client.get("/quality.csv").status_code == 404


def test_the_same_release_gives_the_same_bytes(shipped_state: State) -> None:
    one, two = client_of(shipped_state.root), client_of(shipped_state.root)
    for address in ("/quality.html", "/quality.ttl", "/quality.jsonld", "/quality/sources.nt", f"{LISTS}/place.csv"):
        first, second = one.get(address), two.get(address)
        assert first.content == second.content and first.headers["etag"] == second.headers["etag"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_pages_are_whole_in_every_language(client: Client, lang: str) -> None:
    for path in PAGES:
        answer: httpx.Response = client.get(f"{path}{'&' if '?' in path else '?'}lang={lang}", "text/html")
        assert answer.status_code == 200 and answer.headers["content-language"] == lang
        text = answer.text
        assert f'<html lang="{lang}">' in text and text.count("<h1") == 1 and text.rstrip().endswith("</html>")
        for wrong in ("undefined", "Undefined", ">None<", "{{", "{ $", "quality-"):
            assert wrong not in text.replace('href="/quality-', ""), (path, wrong)


def test_a_foreign_graph_without_an_account_has_pages_too(tmp_path: Path) -> None:
    found = Client(ecosystem_app(tmp_path, facts=False))
    for path in ("/quality", "/quality/sources", LISTS, "/quality.ttl", "/quality/sources.ttl", f"{LISTS}/theme"):
        assert found.get(path).status_code == 200, path
