"""The whole way: same bytes from the same input, what is held back, the guard, apply = rebuild, foreign graphs."""

import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from quiet import silent
from wallograph.errors import DataError, GuardError, PatchError
from wallograph.pipeline.build import BuildOptions, build
from wallograph.pipeline.change import apply, build_foreign
from wallograph.release.account import Account
from wallograph.release.chain import lines
from wallograph.release.diff import diff
from wallograph.release.patch import parse_patch
from wallograph.release.state import Release, State
from wallograph.resources import data_dir, ontology_dir
from wallograph.store.embedded import ReadStore
from wallograph.validate.engine import Engine, Result
from wallograph.validate.own import OwnEngine
from wallograph.validate.reference import PySHACL
from wallograph.vocab import DEFAULT_BASE, TYPE

UNKNOWN = "http://localhost:8000/id/source/none"


class NoShapes:
    """An engine that finds nothing: where a test is about other stages, judging would only take time."""

    def validate(self, data: object, shapes: object, focus: object = None) -> list[Result]:
        return []


def copy_of_data(folder: Path) -> Path:
    return Path(shutil.copytree(data_dir(), folder / "data"))


def built(data: Path, root: Path, **options: object) -> Release:
    settings = BuildOptions(dumps=False, **options)  # type: ignore[arg-type]
    return build(data, ontology_dir(), State(root), NoShapes(), settings, silent)


def change_rows(path: Path, change: dict[str, dict[str, str]]) -> None:
    """Change cells of a table by the name of the row."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row.update(change.get(row["name"], {}))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def test_same_input_same_bytes_whatever_seed_zone_and_folder(tmp_path: Path) -> None:
    found = []
    for seed, zone in (("1", "Europe/Brussels"), ("4242", "Pacific/Auckland")):
        root = tmp_path / f"state-{seed}"
        code = (
            "import sys; from pathlib import Path; from test_pipeline import built; from wallograph.resources "
            "import data_dir; built(data_dir(), Path(sys.argv[1]))"
        )
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        here = Path(__file__).parent
        subprocess.run([sys.executable, "-c", code, str(root)], env=environment, cwd=here, check=True)
        folder = root / "releases" / "000001"
        names = ("graph.nq", "manifest.json", "report.json", "redirects.json")
        found.append({name: (folder / name).read_bytes() for name in names})
    assert found[0] == found[1]


def test_the_shipped_graph_is_whole(shipped: Release) -> None:
    graph = shipped.graph_path.read_bytes().splitlines()
    assert graph == sorted(set(graph))
    assert not any(line.startswith(b"_:") or b" _:" in line.split(b'"')[0] for line in graph)
    dumped = ReadStore(shipped.store_path)
    assert len(dumped.graphs()) == len(shipped.manifest["counts"]["graphs"])


def test_a_release_survives_its_store_unchanged(shipped: Release) -> None:
    store = ReadStore(shipped.store_path)
    kept = {f"{quad} ." for graph in store.graphs() for quad in store.quads(graph=graph)}
    assert kept == {str(quad) + " ." for quad in parse(path=str(shipped.graph_path), format=RdfFormat.N_QUADS)}


def test_another_base_moves_every_own_iri(tmp_path: Path) -> None:
    release = built(data_dir(), tmp_path, base="https://id.example.org")
    text = release.graph_path.read_text(encoding="utf-8")
    assert f"<{DEFAULT_BASE}/" not in text
    assert "<https://id.example.org/id/actor/universite-de-liege>" in text


def test_a_wrong_value_is_held_back_and_told_in_four_languages(tmp_path: Path) -> None:
    data = copy_of_data(tmp_path)
    change_rows(data / "sources/startups/rows.csv", {"Lasea": {"enterprise_number": "0123.456.789"}})
    release = built(data, tmp_path / "state")
    report = json.loads((release.folder / "report.json").read_text(encoding="utf-8"))
    finding = next(f for f in report["findings"] if f["code"] == "wrong-enterprise-number")
    place = (finding["file"], finding["field"], finding["subject"])
    assert place == ("startups/rows.csv", "enterprise_number", "Lasea")
    assert finding["line"] > 1
    assert set(finding["messages"]) == {"fr", "nl", "de", "en"}
    assert 'enterpriseNumber> "0123456789"' not in release.graph_path.read_text(encoding="utf-8")


def test_a_cell_that_its_evidence_contradicts_is_told(tmp_path: Path) -> None:
    data = copy_of_data(tmp_path)
    change_rows(data / "sources/research-units/rows.csv", {"Multitel": {"founded_year": "1899"}})
    release = built(data, tmp_path / "state")
    report = json.loads((release.folder / "report.json").read_text(encoding="utf-8"))
    told = [f for f in report["findings"] if f["code"] == "cell-without-evidence"]
    assert [(f["subject"], f["field"], f["value"]) for f in told] == [("Multitel", "founded_year", "1899")]


def test_a_violation_of_a_shape_takes_the_relation_and_leaves_the_actors(tmp_path: Path) -> None:
    data = copy_of_data(tmp_path)
    with (data / "sources/links/rows.csv").open("a", encoding="utf-8") as file:
        file.write("Charleroi Métropole numérique,part-of,CETIC,2020,https://example.org/a\n")
        file.write(
            "CETIC,part-of,Multitel,2020,https://example.org/a\nMultitel,part-of,CETIC,2020,https://example.org/a\n"
        )
    options = BuildOptions(dumps=False, allow_loss=True)
    release = build(data, ontology_dir(), State(tmp_path / "state"), OwnEngine(), options, silent)
    report = json.loads((release.folder / "report.json").read_text(encoding="utf-8"))
    held = [f for f in report["findings"] if f["severity"] == "violation" and f["file"] == "links/rows.csv"]
    circle = [f for f in held if "Cycle" in f["code"] or "Part" in f["code"]]
    assert {f["value"] for f in circle} >= {"CETIC", "Multitel"}
    store = ReadStore(release.store_path)
    for actor in ("cetic", "multitel"):
        assert store.ask(f"ASK {{ <{DEFAULT_BASE}/id/actor/{actor}> a <http://www.w3.org/ns/org#Organization> }}")


def test_a_record_without_a_name_is_held_back_as_a_whole(tmp_path: Path) -> None:
    data = copy_of_data(tmp_path)
    with (data / "sources/practices/rows.csv").open("a", encoding="utf-8") as file:
        file.write(",CETIC,Une description sans nom,robotics,2020,https://example.org/nameless\n")
    options = BuildOptions(dumps=False, allow_loss=True)
    release = build(data, ontology_dir(), State(tmp_path / "state"), OwnEngine(), options, silent)
    report = json.loads((release.folder / "report.json").read_text(encoding="utf-8"))
    held = [f for f in report["findings"] if f["code"] == "ThingName"]
    assert {(f["file"], f["line"]) for f in held} == {("practices/rows.csv", 75)}
    assert report["summary"]["tables"]["practices/rows.csv"]["held"] == 1
    assert "Une description sans nom" not in release.graph_path.read_text(encoding="utf-8")


def test_a_source_that_shrank_stops_the_build(tmp_path: Path) -> None:
    data = copy_of_data(tmp_path)
    root = tmp_path / "state"
    first = built(data, root)
    rows = (data / "sources/practices/rows.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (data / "sources/practices/rows.csv").write_text("".join(rows[:40]), encoding="utf-8")
    with pytest.raises(GuardError, match=r"practices/rows\.csv: 39 rows, 73"):
        built(data, root)
    current = State(root).current()
    assert current is not None
    assert current.number == first.number
    assert built(data, root, allow_loss=True).number == first.number + 1


def test_too_much_held_back_stops_the_build() -> None:
    account = Account({"t.csv": 100})
    for line in range(100):
        account.note("t.csv", line + 2, "held" if line < 3 else "published")
    with pytest.raises(GuardError, match="3 of 100"):
        account.guard(None, allow_loss=False)
    account.guard(None, allow_loss=True)


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("startups/card.yaml", "as: kind,", "as: colour,", "colour"),
        ("startups/card.yaml", "relation: spin-off-of", "relation: cousin-of", "cousin-of"),
        ("startups/rows.csv", "name,kind,", "name,sort,", "the header and the card disagree"),
    ],
)
def test_a_wrong_card_or_table_is_told_by_name(tmp_path: Path, file: str, old: str, new: str, told: str) -> None:
    data = copy_of_data(tmp_path)
    path = data / "sources" / file
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError, match=told):
        built(data, tmp_path / "state")


def test_applying_the_difference_is_the_same_as_a_rebuild(tmp_path: Path) -> None:
    data = copy_of_data(tmp_path)
    root = tmp_path / "state"
    built(data, root)
    change_rows(
        data / "sources/startups/rows.csv",
        {"Aberratic": {"activity_fr": "Autre activité"}, "Trasis": {"partners": "CETIC;Multitel"}},
    )
    built(data, root)
    state = State(root)
    patch = diff(state, 1, 2)
    assert patch.adds
    assert patch.deletes
    state.switch(1)
    applied = apply(state, patch, NoShapes(), date="2026-11-24")
    assert list(lines(applied)) == list(lines(state.get(2)))
    count = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    one, other = (ReadStore(release.store_path).rows(count)[0]["n"] for release in (applied, state.get(2)))
    assert one == other


@pytest.mark.parametrize("engine", [OwnEngine(), PySHACL()], ids=["own", "pyshacl"])
def test_a_patch_that_breaks_a_rule_is_refused_and_the_release_stays(
    engine: Engine, shipped_state: State, tmp_path: Path
) -> None:
    state = State(Path(shutil.copytree(shipped_state.root, tmp_path / "state", symlinks=True)))
    before = state.current()
    actor = f"<{DEFAULT_BASE}/id/actor/universite-de-liege>"
    patch = parse_patch(f'A {actor} <{DEFAULT_BASE}/ns/wallograph#isni> "0000000000000000" <{UNKNOWN}> .\n')
    with pytest.raises(PatchError, match="isni"):
        apply(state, patch, engine, date="2026-11-24")
    assert state.current() == before
    fine = parse_patch(f'A {actor} <http://schema.org/alternateName> "ULg" <{UNKNOWN}> .\n')
    after = apply(state, fine, engine, date="2026-11-24")
    assert before is not None
    assert after.number == before.number + 1


def test_a_patch_is_judged_by_the_things_around_it(shipped_state: State, tmp_path: Path) -> None:
    """What loses its class is right by itself: the relations that end at it are not."""
    state = State(Path(shutil.copytree(shipped_state.root, tmp_path / "state", symlinks=True)))
    before = state.current()
    assert before is not None
    types = f"<{DEFAULT_BASE}/id/actor/universite-de-liege> <{TYPE}> "
    gone = [line.decode() for line in lines(before) if line.startswith(types.encode())]
    with pytest.raises(PatchError, match="/id/link/"):
        apply(state, parse_patch("".join(f"D {line}" for line in gone)), OwnEngine(), date="2026-11-24")
    assert state.current() == before


def test_foreign_files_are_published_quad_by_quad(tmp_path: Path) -> None:
    trig = tmp_path / "a.trig"
    trig.write_text('<urn:a> <urn:p> "1" . <urn:g> { <urn:a> <urn:p> "1", "2" }', encoding="utf-8")
    state = State(tmp_path / "state")
    release = build_foreign([trig], state, base="http://x.example", date="2026-01-01", progress=silent)
    assert release.graph_path.read_text(encoding="utf-8").splitlines() == [
        '<urn:a> <urn:p> "1" .',
        '<urn:a> <urn:p> "1" <urn:g> .',
        '<urn:a> <urn:p> "2" <urn:g> .',
    ]
    assert release.manifest["license"] is None
