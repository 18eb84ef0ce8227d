"""Editions: whole or not at all, the same bytes for the same input, and everything in them."""

import gzip
import hashlib
import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse

from wallograph.errors import DataError, NotFound, ParseError, StateError
from wallograph.release.edition import make_edition
from wallograph.release.foreign import read_files
from wallograph.release.graphfile import contains_line, split_line, write_sorted
from wallograph.release.state import Release, State
from wallograph.release.tables import TABLES
from wallograph.store.search import SearchIndex
from wallograph.vocab import RDF, XSD

BASE = "https://data.example.org"
GRAPHS = """
PREFIX a: <https://data.example.org/id/actor/> PREFIX g: <https://data.example.org/id/source/>
PREFIX org: <http://www.w3.org/ns/org#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <http://schema.org/> PREFIX wg: <https://data.example.org/ns/wallograph#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX t: <https://data.example.org/auth/theme/>
PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX k: <https://data.example.org/auth/actor-kind/>
PREFIX p: <https://data.example.org/id/place/>
g:one { a:x a org:Organization ; schema:name "X. s.a." ; wg:acronym "XSA" ; org:classification k:startup ;
  dcterms:subject t:ai ; schema:foundingDate "2012"^^<http://www.w3.org/2001/XMLSchema#gYear> ;
  schema:description "Texte \\"cité\\"\\nsur deux lignes"@fr ; schema:location p:62063 . }
g:two { a:x a org:Organization ; schema:name "Société X" . }
g:derived-label { a:x rdfs:label "X" . }
g:code-lists { t:digital a skos:Concept ; skos:prefLabel "Numérique"@fr , "Digital"@en .
  t:ai a skos:Concept ; skos:broader t:digital ; skos:prefLabel "Intelligence artificielle"@fr .
  k:startup a skos:Concept ; skos:prefLabel "Start-up"@fr . }
g:refnis { p:62063 a dcterms:Location ; rdfs:label "Liège"@fr , "Luik"@nl ; schema:containedInPlace p:60000 .
  p:60000 a dcterms:Location ; rdfs:label "Liège"@fr . }
g:provenance { g:one dcterms:publisher "x.be" . }
"""
PRIVATE = frozenset({f"{BASE}/id/source/provenance"})
REPORT = {"summary": {"rows": 3}, "validation": {"violations": 0}, "rows": [{"row": 1, "end": "published"}]}


def build(root: Path, quads: Any = None, **options: Any) -> Release:
    quads = parse(GRAPHS, RdfFormat.TRIG) if quads is None else quads
    settings = {"base": BASE, "date": "2026-01-01", "private_graphs": PRIVATE, "report": REPORT} | options
    return make_edition(State(root), quads, **settings)


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    return build(tmp_path_factory.mktemp("state"))


# -- what is in it


def test_manifest_counts(release: Release) -> None:
    counts = release.manifest["counts"]
    lines = release.graph_path.read_bytes().splitlines()
    assert lines == sorted(set(lines))
    assert counts["quads"] == len(lines) == 26
    assert counts["triples"] == 24  # one triple in two graphs, one in a private graph
    assert counts["classes"]["http://www.w3.org/ns/org#Organization"] == 1
    assert counts["predicates"]["http://schema.org/name"] == 2
    assert counts["graphs"][f"{BASE}/id/source/two"] == 2
    assert release.manifest["graph"]["sha256"] == hashlib.sha256(release.graph_path.read_bytes()).hexdigest()
    assert (release.manifest["summary"], release.manifest["validation"]) == ({"rows": 3}, {"violations": 0})
    assert json.loads((release.folder / "report.json").read_text()) == REPORT
    assert (release.number, release.base, release.is_edition, release.parent()) == (1, BASE, True, None)


def test_dumps_hold_the_graph_and_their_checksums(release: Release) -> None:
    sums = dict(reversed(line.split("  ")) for line in (release.dump_path / "SHA256SUMS").read_text().splitlines())
    names = {path.name for path in release.dump_path.iterdir()} - {"SHA256SUMS"}
    assert names == set(sums) == set(release.manifest["dumps"])
    graphs = {f"graph.{suffix}" for suffix in ("nq", "nq.gz", "trig", "nt", "ttl", "jsonld", "rdf", "rdf.gz")}
    tables = {f"{table}.{suffix}" for table in TABLES for suffix in ("csv", "jsonl")}
    assert names == {"README.txt", "tables.xlsx", *graphs, *tables}
    for name in names:
        data = (release.dump_path / name).read_bytes()
        assert hashlib.sha256(data).hexdigest() == sums[name] == release.manifest["dumps"][name]["sha256"]
        assert len(data) == release.manifest["dumps"][name]["size"]
    graph = release.graph_path.read_bytes()
    assert gzip.decompress((release.dump_path / "graph.nq.gz").read_bytes()) == graph
    assert (release.dump_path / "graph.nq").samefile(release.graph_path)  # it takes no room of its own
    assert read_back(release, "graph.trig") == set(parse(graph, RdfFormat.N_QUADS))
    triples = {quad.triple for quad in read_back(release, "graph.nt")}
    assert len(triples) == 24
    for name in ("graph.ttl", "graph.jsonld", "graph.rdf"):
        assert {quad.triple for quad in read_back(release, name)} == triples


def read_back(release: Release, name: str) -> set[Quad]:
    form = RdfFormat.from_extension(name.rpartition(".")[2])
    assert form is not None
    return set(parse(path=str(release.dump_path / name), format=form))


def test_turtle_has_prefixes_on_the_base_and_trig_one_block_for_each_graph(release: Release) -> None:
    assert f"@prefix wg: <{BASE}/ns/wallograph#>" in (release.dump_path / "graph.ttl").read_text()
    trig = (release.dump_path / "graph.trig").read_text()
    assert trig.count("/id/source/refnis> {") == 1
    assert trig.count(" {\n") + trig.count(" {") >= 6


def test_search_index_knows_actors_places_and_themes(release: Release) -> None:
    index = SearchIndex(release.search_path)
    assert release.manifest["search"] == {"entries": 5, "model": True}
    hit = index.search("societe x", concept="actor").hits[0]
    assert (hit.label, hit.kinds, hit.places, hit.matched_name) == ("X", ("startup",), ("60000", "62063"), "Société X")
    assert index.search("xsa").hits[0].label == "X"
    assert index.search("", theme="digital").total == 1  # by way of the broader theme
    assert index.search("luik").hits[0].concept == "place"
    assert index.search("numerique").hits[0].concept == "theme"
    assert index.search("start-up").total == 0  # a code-list entry is found by browsing


# -- the same bytes


def test_same_input_same_bytes_whatever_the_surroundings(tmp_path: Path) -> None:
    made = [
        run_build(tmp_path / "one", {"PYTHONHASHSEED": "1", "TZ": "Europe/Brussels"}, seed=1),
        run_build(tmp_path / "a longer folder", {"PYTHONHASHSEED": "2", "TZ": "Asia/Tokyo"}, seed=2),
    ]
    assert made[0] == made[1]
    assert {"graph.nq", "manifest.json", "report.json", "dump/graph.rdf"} <= made[0].keys()


def run_build(root: Path, surroundings: dict[str, str], seed: int) -> dict[str, str]:
    code = "import sys; sys.path.insert(0, sys.argv[1]); import test_release; test_release.shuffled(int(sys.argv[2]))"
    environment = os.environ | surroundings | {"WHERE": str(root)}
    command = [sys.executable, "-c", code, str(Path(__file__).parent), str(seed)]
    subprocess.run(command, check=True, env=environment, timeout=120)
    folder = root / "releases" / "000001"
    files = (p for p in folder.rglob("*") if p.is_file() and "store" not in p.parts and p.suffix != ".sqlite")
    return {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def shuffled(seed: int) -> None:
    """Run in another process: build from the quads in another order."""
    quads = [*parse(GRAPHS, RdfFormat.TRIG)] * 2
    for text in ("007", "1.50"):
        quads.append(Quad(NamedNode("urn:s"), NamedNode("urn:p"), Literal(text, datatype=NamedNode(XSD + "decimal"))))
    random.Random(seed).shuffle(quads)
    build(Path(os.environ["WHERE"]), quads)


# -- the state folder


def test_releases_are_numbered_and_switched(tmp_path: Path) -> None:
    state = State(tmp_path)
    assert (state.numbers(), state.current()) == ([], None)
    build(tmp_path, dumps=False)
    build(tmp_path, dumps=False)
    assert (state.numbers(), state.current()) == ([1, 2], None)
    state.switch(2)
    assert state.switch(1).number == 1
    current = state.current()
    assert current is not None
    assert current.number == 1
    assert not (tmp_path / "current").readlink().is_absolute()  # the folder may be moved
    with pytest.raises(NotFound):
        state.get(3)
    with pytest.raises(NotFound):
        state.switch(3)


def test_a_damaged_state_is_said(tmp_path: Path) -> None:
    state = State(tmp_path)
    build(tmp_path, dumps=False)
    state.switch(1)
    (state.releases / "000001" / "manifest.json").write_text("{")
    with pytest.raises(StateError):
        state.current()
    (tmp_path / "current").unlink()
    (tmp_path / "current").symlink_to("releases/000009")
    with pytest.raises(StateError):
        state.current()


def test_a_build_that_fails_leaves_nothing(tmp_path: Path) -> None:
    def failing() -> Iterator[Quad]:
        yield from parse(GRAPHS, RdfFormat.TRIG)
        raise RuntimeError("the machine caught fire")

    with pytest.raises(RuntimeError):
        build(tmp_path, failing())
    assert list((tmp_path / "releases").iterdir()) == []


def test_leftovers_of_a_crash_are_removed_and_never_seen(tmp_path: Path) -> None:
    state = State(tmp_path)
    (state.releases / ".tmp-000001-abc" / "store").mkdir(parents=True)
    (state.releases / ".tmp-000001-abc" / "graph.nq").write_text("half")
    (tmp_path / ".current-99").symlink_to("releases/000001")
    assert state.numbers() == []
    build(tmp_path, dumps=False)
    assert [path.name for path in state.releases.iterdir()] == ["000001"]
    assert not (tmp_path / ".current-99").is_symlink()


def test_a_killed_writer_leaves_the_lock_free(tmp_path: Path) -> None:
    code = (
        "import os, sys, pathlib\nfrom wallograph.release.state import State\n"
        "State(pathlib.Path(sys.argv[1])).make(lambda number, folder: os._exit(9))"
    )
    assert subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False, timeout=60).returncode == 9
    assert len(list((tmp_path / "releases").glob(".tmp-*"))) == 1
    assert build(tmp_path, dumps=False).number == 1


def test_one_writer_at_a_time(tmp_path: Path) -> None:
    state = State(tmp_path)
    with state.writing(), pytest.raises(StateError, match="another"):
        build(tmp_path)
    assert build(tmp_path, dumps=False).number == 1


def test_no_blank_nodes(tmp_path: Path) -> None:
    p = NamedNode("urn:p")
    with pytest.raises(DataError):
        build(tmp_path, [Quad(BlankNode("b"), p, p)])
    text = Literal("_:b is no blank node, <<( is no triple")
    assert build(tmp_path, [Quad(p, p, text)], dumps=False).manifest["counts"]["quads"] == 1


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[tuple[str, int, int | None]] = []
    build(tmp_path, progress=lambda *step: told.append(step))
    assert list(dict.fromkeys(step for step, _, _ in told)) == ["graph", "triples", "store", "search", "dumps"]


def test_an_empty_graph_is_a_graph(tmp_path: Path) -> None:
    release = build(tmp_path, [])
    assert release.manifest["counts"]["quads"] == 0
    assert SearchIndex(release.search_path).search("").total == 0


@pytest.mark.parametrize(("predicate", "text"), [("urn:example:1", "x"), ("urn:p", "a\x01b"), ("urn:p", "a\uffffb")])
def test_what_rdf_xml_cannot_say_is_left_out_and_told(tmp_path: Path, predicate: str, text: str) -> None:
    release = build(tmp_path, [Quad(NamedNode("urn:s"), NamedNode(predicate), Literal(text))])
    assert list(release.manifest["dumps_left_out"]) == ["graph.rdf"]
    assert not (release.dump_path / "graph.rdf").exists()
    assert "graph.rdf" not in (release.dump_path / "SHA256SUMS").read_text()


def test_rdf_xml_keeps_line_ends(tmp_path: Path) -> None:
    release = build(tmp_path, [Quad(NamedNode("urn:s"), NamedNode("urn:x:p"), Literal("a\r\nb\rc"))])
    graph = rdflib.Graph().parse(release.dump_path / "graph.rdf", format="xml")
    assert [str(value) for value in graph.objects()] == ["a\r\nb\rc"]


# -- the sorted file


def test_large_inputs_are_sorted_in_pieces(tmp_path: Path) -> None:
    rng = random.Random(7)
    given = [f"<urn:{rng.randrange(500)}> <urn:p> <urn:o{rng.randrange(3)}> .\n".encode() for _ in range(3000)]
    facts = write_sorted(given, tmp_path / "pieces.nq", chunk_bytes=2000)
    whole = write_sorted(given, tmp_path / "whole.nq")
    assert (tmp_path / "pieces.nq").read_bytes() == b"".join(sorted(set(given)))
    assert facts == whole
    assert sorted(path.name for path in tmp_path.iterdir()) == ["pieces.nq", "whole.nq"]
    assert all(contains_line(tmp_path / "whole.nq", line) for line in given)
    for absent in (b"<urn:0", b"<urn:500> <urn:p> <urn:o1> .\n", b"a", b"~"):
        assert not contains_line(tmp_path / "whole.nq", absent)


@pytest.mark.parametrize("graph", [None, NamedNode("urn:g")])
@pytest.mark.parametrize(
    "value",
    [
        NamedNode("urn:o"), Literal("a <b> . <urn:g>"), Literal('"x" <urn:g'), Literal("<", language="fr"),
        Literal("a b", datatype=NamedNode("urn:t")), Literal("<a> b <", datatype=NamedNode("urn:t")), Literal(""),
    ],
)  # fmt: skip
def test_a_line_comes_apart(graph: NamedNode | None, value: Any) -> None:
    quad = Quad(NamedNode("urn:s"), NamedNode("urn:p"), value, graph)
    triple, name = split_line(f"{quad} .\n".encode())
    assert triple.decode() == str(quad.triple)
    assert name.decode() == (str(graph) if graph else "")


# -- graphs of anybody


def test_foreign_files_of_every_format(tmp_path: Path) -> None:
    texts = {
        "a.ttl": b"<urn:s> <urn:p> 1 .",
        "b.nt": b"<urn:s> <urn:p> <urn:b> .\n",
        "c.nq": b"<urn:s> <urn:p> <urn:c> <urn:g> .\n",
        "d.trig": b"<urn:g> { <urn:s> <urn:p> <urn:d> }",
        "e.rdf": f'<r:RDF xmlns:r="{RDF}" xmlns:e="urn:e:">'
        '<r:Description r:about="urn:s"><e:p>é</e:p></r:Description></r:RDF>',
        "f.jsonld": b'{"@id": "urn:s", "urn:p": {"@id": "urn:f"}}',
    }
    paths = []
    for name, given in texts.items():
        text = given.encode() if isinstance(given, str) else given
        (tmp_path / name).write_bytes(text)
        with gzip.open(tmp_path / f"{name}.gz", "wb") as file:
            file.write(text)
        paths += [tmp_path / name, tmp_path / f"{name}.gz"]
    found = list(read_files(paths, BASE))
    assert len(found) == 12
    assert len(set(found)) == 6
    assert {str(quad.graph_name) for quad in found} == {"DEFAULT", "<urn:g>"}


def test_blank_nodes_of_foreign_files_get_the_same_iri_each_time(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.ttl").write_text("<urn:s> <urn:p> [ <urn:q> [] ] . _:n <urn:p> _:n .")
    (tmp_path / "x.ttl").write_text("<urn:s> <urn:p> [] .")
    paths = [tmp_path / "a" / "x.ttl", tmp_path / "x.ttl"]
    once, again = list(read_files(paths, BASE)), list(read_files(paths, BASE))
    assert once == again
    named = {term.value for quad in once for term in (quad.subject, quad.object) if "genid" in str(term)}
    assert len(named) == 4
    assert all(name.startswith(f"{BASE}/.well-known/genid/") for name in named)
    assert build(tmp_path / "state", read_files(paths, BASE)).manifest["counts"]["triples"] == 4


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("x.ttl", b"<urn:s> <urn:p> 1 .\n<urn:s> <urn:p> .\n", 2),
        ("x.nq", b"\n\nnonsense\n", 3),
        ("x.ttl", b"<relative> <urn:p> 1 .", 1),
        ("x.nt.gz", b"not gzip", None),
        ("x.csv", b"a,b", None),
        ("x.jsonld", b'{"@context": "https://schema.org", "name": "x"}', None),
    ],
)
def test_what_cannot_be_read_is_told_with_file_and_line(
    tmp_path: Path, name: str, content: bytes, line: int | None
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ParseError, match=name) as caught:
        list(read_files([tmp_path / name], BASE))
    if line:
        assert caught.value.line == line


def test_a_missing_file_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        list(read_files([tmp_path / "none.ttl"], BASE))


def test_a_graph_without_our_model_is_searched_by_its_names(tmp_path: Path) -> None:
    (tmp_path / "x.ttl").write_text(
        "@prefix foaf: <http://xmlns.com/foaf/0.1/> ."
        '<urn:a> a foaf:Group ; foaf:name "Équipe" . <urn:b> foaf:name "B" .'
    )
    release = build(tmp_path / "state", read_files([tmp_path / "x.ttl"], BASE))
    hit = SearchIndex(release.search_path).search("equipe").hits[0]
    assert (hit.iri, hit.concept, hit.kinds) == ("urn:a", "", ("http://xmlns.com/foaf/0.1/Group",))
    assert release.manifest["search"] == {"entries": 2, "model": False}
