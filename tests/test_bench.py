"""The benchmarks in their short form: they run to the end and say what they should; no time is asserted."""

import json
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from bench import build, jena, portals, servers, shacl, sparql, starve
from bench.compare import Said, differences
from bench.generate import bundles, generate
from bench.load import Ask, Job, Outcome, run
from bench.mix import POINT, RUNAWAY, deck, kinds
from bench.report import Section, shown, times
from bench.work import measured
from pyoxigraph import RdfFormat, Store, parse

from wallograph import vocab
from wallograph.release.foreign import read_files
from wallograph.resources import ontology_dir
from wallograph.validate.reference import PySHACL
from wallograph.validate.shapes import load_shapes

SIZE = 5000


def test_generator_is_deterministic(tmp_path: Path) -> None:
    first, second, other = (tmp_path / name for name in ("1.nq", "2.nq", "3.nq"))
    assert generate(SIZE, first) == generate(SIZE, second)
    generate(SIZE, other, seed=8)
    assert first.read_bytes() == second.read_bytes() != other.read_bytes()


def test_generator_counts_distinct_triples(tmp_path: Path) -> None:
    path = tmp_path / "graph.nq"
    made = generate(SIZE, path)
    quads = list(parse(path=str(path), format=RdfFormat.N_QUADS))
    by_triple: dict[object, set[object]] = {}
    for quad in quads:
        by_triple.setdefault(quad.triple, set()).add(quad.graph_name)
    assert len(quads) == len(set(quads)) == made.quads
    assert len(by_triple) == made.triples
    assert SIZE <= made.triples < SIZE + 200
    assert {len(graphs) for graphs in by_triple.values()} == {1, 2, 3}


def test_generator_streams() -> None:
    """The first bundle comes before anything of the size that was asked for is made."""
    made = generate(0, Path("/dev/null"))
    assert next(iter(bundles(10**12, made)))


def test_generated_graph_is_of_our_model(tmp_path: Path) -> None:
    path = tmp_path / "graph.nq"
    generate(3000, path)
    terms = {value for key, value in vars(vocab).items() if key.isupper() and isinstance(value, str)}
    terms |= set(vocab.RELATIONS.values()) | {vocab.SKOS + "broader", vocab.SKOS + "inScheme", vocab.SKOS + "notation"}
    quads = list(read_files([path], vocab.DEFAULT_BASE))
    assert {quad.predicate.value for quad in quads} <= terms
    store = Store()
    store.extend(quads)
    relation = "?s ?p ?o . ?link rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o"
    half = f"SELECT * WHERE {{ GRAPH ?g {{ ?link rdf:subject ?s }} FILTER NOT EXISTS {{ GRAPH ?g {{ {relation} }} }} }}"
    assert not list(store.query(half, prefixes={"rdf": vocab.RDF}))  # type: ignore[arg-type]


def test_generated_relations_pass_the_shapes(tmp_path: Path) -> None:
    path = tmp_path / "graph.nq"
    generate(2500, path)
    codes = sorted((ontology_dir() / "codes").glob("*.ttl"))
    quads = list(read_files([path, *codes], vocab.DEFAULT_BASE))
    focus = {quad.subject.value for quad in quads if "/id/link/" in quad.subject.value}
    found = PySHACL().validate(quads, load_shapes(vocab.DEFAULT_BASE), focus)
    assert focus
    assert not [result for result in found if result.severity.value == "violation"]


def test_queries_are_twelve_kinds_in_proportion(tmp_path: Path) -> None:
    made = generate(SIZE, tmp_path / "graph.nq")
    found = kinds()
    mix = [kind for kind in found.values() if kind.weight]
    assert len(mix) == 12
    assert sum(kind.weight for kind in mix) == 100
    assert {POINT, RUNAWAY} == set(found) - {kind.name for kind in mix}
    assert not [kind.name for kind in mix if "UNDEF" in kind.query(3, made)]
    cards = deck(mix, made)
    assert cards == deck(mix, made)
    assert {kind.name: sum(1 for card, _ in cards if card is kind) for kind in mix} == {
        kind.name: kind.weight * 10 for kind in mix
    }


def test_answers_that_differ_are_found() -> None:
    row, other = frozenset({("a",)}), frozenset({("b",)})
    ours = {("star", 0): Said(1, row), ("text", 0): Said(50, None)}
    assert differences(ours, dict(ours)) == {}
    assert differences(ours, {("star", 0): Said(1, other)}) == {"star": "1 rows here, 1 there"}
    assert differences(ours, {("text", 0): Said(49, None)}) == {"text": "50 rows here, 49 there"}


@contextmanager
def floor(folder: Path) -> Iterator[servers.Server]:
    (folder / "page").write_bytes(b"x" * 10_000)
    port = servers.free_port()
    command = [sys.executable, "-m", "bench.floor", str(port), str(folder)]
    with servers.running("floor", command, port, path="", probe="/page") as server:
        yield server


def test_load_counts_what_is_answered_and_what_fails(tmp_path: Path) -> None:
    with floor(tmp_path) as server:
        asks = [Ask("right", "/page"), Ask("wrong", "/other"), Ask("right", "/page?2")]
        found = run(Job(server.port, asks, clients=3, seconds=30, once=True))
        endless = run(Job(server.port, asks[:1], clients=2, seconds=0.2))
    assert found.in_time == 2 and len(found.milliseconds["right"]) == 2
    assert (found.failed, found.unanswered) == ({"wrong 404": 1}, 0)
    assert endless.in_time > 10
    with pytest.raises(RuntimeError):  # a server that is not there
        run(Job(server.port, asks, seconds=0.1))


def test_servers_end_with_their_whole_group(tmp_path: Path) -> None:
    generate(1000, tmp_path / "graph.nq")
    measured("build", tmp_path / "graph.nq", tmp_path / "state")
    with servers.wallograph(tmp_path / "state") as server:
        assert server.get("/healthz").status == 200
        assert server.started > 0
    assert server.get("/healthz", patience=1).status == 0
    until = time.monotonic() + 10  # what was killed takes a moment to go
    while left := [path for path in Path("/proc").glob("[0-9]*/cmdline") if _mentions(path, str(tmp_path))]:
        assert time.monotonic() < until, left
        time.sleep(0.05)


def _mentions(path: Path, text: str) -> bool:
    try:
        return text.encode() in path.read_bytes()
    except OSError:
        return False


def test_percentiles() -> None:
    outcome = Outcome(seconds=2.0, in_time=100, milliseconds={"a": [float(ms) for ms in range(100)], "b": [1000.0]})
    assert outcome.rate == 50
    assert outcome.percentile(0.5, "a") == 50
    assert outcome.percentile(0.999) == 1000
    assert outcome.percentile(0.5, "nothing") == float("inf")


def test_tables() -> None:
    table = Section("T", ("a", "b"))
    table.add(1_000_000, 1234.5)
    table.add("x", float("nan"))
    assert list(table.lines()) == ["\n## T\n", "| a | b |", "|---|---|", "| 1,000,000 | 1,234 |", "| x | – |"]
    assert (times(2.345), times(float("nan")), shown(0.01234)) == ("2.35x", "–", "0.0123")


def test_portals_bench(tmp_path: Path) -> None:
    words = [str(SIZE), "--seconds", "0.1", "--rounds", "1", "--no-peers", "--results", str(tmp_path)]
    text = portals.main(words).read_text(encoding="utf-8")
    for title in ("Documents, warm", "Documents, cold", "Dumps in RDF", "Compression and tables"):
        assert f"## {title}" in text
    found = json.loads((tmp_path / "portals.json").read_text(encoding="utf-8"))["sizes"][str(SIZE)]
    assert set(found["dumps"]) == set(portals.FORMATS)
    for cost in found["dumps"].values():
        assert 0 < cost["ours"]["megabytes"] <= portals.MOST_MB  # nothing heavy is imported for a dump in RDF
    assert all(taken["ours"] > 0 for taken in found["cold"].values())


def test_build_bench(tmp_path: Path) -> None:
    path = build.main([str(SIZE), "--seconds", "0.1", "--rounds", "1", "--results", str(tmp_path)])
    text = path.read_text(encoding="utf-8")
    assert "seed: 7" in text and "pyoxigraph" in text
    assert re.search(r"\| 5,000 \| publishable \| .*x \| ≤ 4x \|", text)
    found = json.loads((tmp_path / "build.json").read_text(encoding="utf-8"))["sizes"][str(SIZE)]
    assert set(found["cost"]) == {"raw", "build", "complete"}
    assert all(cost["seconds"] > 0 and cost["megabytes"] > 10 for cost in found["cost"].values())
    assert {"html", "ttl", "jsonld"} <= set(found["documents"])
    assert all(rate["rate"] > 0 and rate["floor"] > 0 for rate in found["documents"].values())
    assert 0 < found["patch"]["visible"] < 120


def test_sparql_bench_without_peers(tmp_path: Path) -> None:
    plan = sparql.Plan(seconds=0.3, alone=0.05, clients=(1, 2), starved=starve.Plan(0.5, 2, 1, 5.0))
    path = sparql.main([str(SIZE), "--no-peers", "--results", str(tmp_path)], plan)
    text = path.read_text(encoding="utf-8")
    assert re.search(r"\| 5,000 \| 1 \| wallograph, cache / wallograph, no cache \| .*x \| ≥ 10x \| 0 \| 0 \|", text)
    found = json.loads((tmp_path / "sparql.json").read_text(encoding="utf-8"))["sizes"][str(SIZE)]
    for server in found["servers"].values():
        assert set(server["mix"]) == {"1", "2"}
        assert len(server["alone"]) == len(server["answered"]) == 12
        assert not any(facts["failed"] or facts["unanswered"] for facts in server["mix"].values())
    starved = found["starved"]["wallograph, no cache"]
    assert starved["runaways"] >= 2 and not starved["still there"]
    assert starved["failed"] == 0


def test_shacl_bench_with_one_peer(tmp_path: Path) -> None:
    path = shacl.main(["--sizes", "2k", "--peers", "pyshacl", "--results", str(tmp_path)])
    text = path.read_text(encoding="utf-8")
    assert re.search(r"\| 2,000 \| pySHACL \| wallograph, store \| .*x \| ≥ 20x \|", text)
    found = json.loads((tmp_path / "shacl.json").read_text(encoding="utf-8"))["sizes"]["2000"]
    assert {facts["report"] for facts in found["engines"].values()} == {"equal"}
    assert all(facts["validate"] > 0 and facts["megabytes"] > 10 for facts in found["engines"].values())
    assert len(found["actor"]["milliseconds"]) > 50


def test_sizes_and_peers_of_the_shacl_bench(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert [shacl.size(text) for text in ("10k", "1M", "2500")] == [10_000, 1_000_000, 2500]
    with pytest.raises(SystemExit):
        shacl.main(["--sizes", "1k", "--peers", "nobody", "--results", str(tmp_path)])
    assert "there are pyshacl, pyrudof, jena" in capsys.readouterr().err


def test_jena_is_found_or_told_as_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jena, "JARS", tmp_path)
    assert jena.installed() is None
