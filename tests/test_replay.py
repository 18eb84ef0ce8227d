"""The rebuild: sources − retractions + proposal graphs + identity decisions, and what it tells the desk."""

import json
import shutil
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from curating import SELF, Curating, NoShapes, add_startup, change_rows, copy_of_data, iri, page, small_data
from quiet import silent
from wallograph import vocab
from wallograph.curation.model import Change
from wallograph.ingest.read import Ingested
from wallograph.iris import digest
from wallograph.pipeline.assemble import Linked
from wallograph.pipeline.build import BuildOptions, build
from wallograph.release.chain import lines
from wallograph.release.state import Release, State
from wallograph.resources import ontology_dir
from wallograph.validate.own import OwnEngine

NAMES = ("CETIC", "Multitel", "Lasea", "Trasis", "Agoria", "A6K", "Cenaero")
YEAR = f"^^<{vocab.XSD}gYear>"


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory, linked: tuple[Ingested, Linked]) -> tuple[Path, Path]:
    """A small part of the shipped data, and a state folder with one edition of it."""
    data = small_data(tmp_path_factory.mktemp("small"), NAMES)
    made = Curating(tmp_path_factory.mktemp("ground") / "state", linked[0].gazetteer.above, data=data)
    made.build()
    return data, made.state.root


@pytest.fixture
def desk(tmp_path: Path, ground: tuple[Path, Path], linked: tuple[Ingested, Linked]) -> Curating:
    """A state folder with one edition and an empty journal."""
    data, state = ground
    root = Path(shutil.copytree(state, tmp_path / "state", symlinks=True))
    return Curating(root, linked[0].gazetteer.above, data=data)


def add(number: int, subject: str, predicate: str, target: str, **more: object) -> Change:
    return Change(number, "add", iri(subject), predicate, target, **more)  # type: ignore[arg-type]


def retract(number: int, quad: object) -> Change:
    return Change(
        number, "retract", quad.subject.value, quad.predicate.value, str(quad.object), quad.graph_name.value  # type: ignore[attr-defined]
    )


def create(proposal: str, name: str, reference: str, start: int = 1) -> tuple[list[Change], dict[str, str]]:
    where = page(f"https://{reference}.example/about")
    said = [
        (vocab.TYPE, f"<{vocab.ORGANIZATION}>"),
        (vocab.NAME, f'"{name}"'),
        (vocab.CLASSIFICATION, f"<{vocab.code('actor-kind', 'startup')}>"),
        (vocab.FOUNDING_DATE, f'"2021"{YEAR}'),
        (vocab.PLACE, f"<{iri('place/62063')}>"),
        (vocab.RELATIONS["partner-of"], f"<{iri('actor/cetic')}>"),
    ]
    subject = f"actor/{reference}"
    changes = [add(start + n, subject, p, o, evidence=where) for n, (p, o) in enumerate(said)]
    return changes, {iri(subject): f"proposal/{proposal}/1"}


def of(release: Release, text: str) -> list[str]:
    return [line.decode().rstrip("\n") for line in lines(release) if text.encode() in line]


def stated(desk: Curating, subject: str, predicate: str) -> list[object]:
    found = parse("\n".join(of(desk.current(), f"<{iri(subject)}> <{predicate}> ")), RdfFormat.N_QUADS)
    return [quad for quad in found if "/derived-" not in quad.graph_name.value]


def again(desk: Curating, published: Release) -> Release:
    """Rebuild, and compare with what was published patch by patch."""
    release = desk.build()
    assert list(lines(release)) == list(lines(published))
    return release


def reported(release: Release) -> dict[str, list[dict[str, object]]]:
    return json.loads((release.folder / "retractions.json").read_text(encoding="utf-8"))


def test_an_empty_journal_changes_not_a_byte(desk: Curating, tmp_path: Path) -> None:
    current = desk.current()
    alone = State(tmp_path / "alone")
    build(desk.data, ontology_dir(), alone, NoShapes(), BuildOptions(dumps=False, allow_loss=True), silent)
    assert current.graph_path.read_bytes() == alone.get(1).graph_path.read_bytes()
    assert "journal" not in current.manifest
    assert not (current.folder / "retractions.json").exists()


def test_patch_by_patch_is_the_rebuild(desk: Curating) -> None:
    changes, things = create("aaaaaaaaaa", "Nova Démo", "nova-demo")
    desk.accept("aaaaaaaaaa", changes, things)
    desk.publish()
    year = stated(desk, "actor/cetic", vocab.FOUNDING_DATE)
    desk.accept("bbbbbbbbbb", [*(retract(n, q) for n, q in enumerate(year, 1)),
                               add(9, "actor/cetic", vocab.FOUNDING_DATE, f'"1999"{YEAR}', evidence=SELF)])  # fmt: skip
    desk.accept("cccccccccc", [add(1, "actor/multitel", vocab.RELATIONS["partner-of"], f"<{iri('actor/nova-demo')}>",
                                   year="2025", evidence=page("https://multitel.example/"))])  # fmt: skip
    published = desk.publish()
    release = again(desk, published)
    head = desk.journal.head()
    assert head is not None
    assert release.manifest["journal"] == {"head": 3, "digest": head.digest}
    assert of(release, "/id/source/derived-label").__len__() == of(published, "/id/source/derived-label").__len__()
    assert not any(reported(release)[name] for name in ("moot", "changed", "held", "decisions"))


def test_what_is_taken_back_holds_no_more(desk: Curating) -> None:
    changes, things = create("aaaaaaaaaa", "Nova Démo", "nova-demo")
    created = desk.accept("aaaaaaaaaa", changes, things)
    homepage = stated(desk, "actor/multitel", vocab.HOMEPAGE)[:1]
    assert homepage
    retracted = desk.accept("bbbbbbbbbb", [retract(1, homepage[0])])
    desk.publish()
    reverted = desk.revert(created.number)
    again(desk, desk.publish())
    assert not of(desk.current(), "nova-demo")
    desk.revert(reverted.number)
    desk.revert(retracted.number)
    release = again(desk, desk.publish())
    assert of(release, "nova-demo> <http://schema.org/name> ")
    assert of(release, str(homepage[0]))


def test_a_rollback_leaves_what_its_release_showed(desk: Curating) -> None:
    first = desk.accept("aaaaaaaaaa", *create("aaaaaaaaaa", "Nova Démo", "nova-demo"))
    target = desk.publish()
    desk.accept("bbbbbbbbbb", *create("bbbbbbbbbb", "Autre Démo", "autre-demo"))
    desk.revert(first.number)
    desk.publish()
    desk.roll_back(target.number)
    again(desk, desk.publish())
    assert of(desk.current(), "nova-demo")
    assert not of(desk.current(), "autre-demo")
    desk.accept("cccccccccc", *create("cccccccccc", "Tierce Démo", "tierce-demo"))
    desk.publish()
    desk.roll_back(target.number)
    again(desk, desk.publish())
    assert not of(desk.current(), "tierce-demo")


def test_a_shredded_entry_says_nothing_and_the_rest_stands(desk: Curating) -> None:
    entry = desk.accept("aaaaaaaaaa", *create("aaaaaaaaaa", "Nova Démo", "nova-demo"))
    desk.accept("bbbbbbbbbb", *create("bbbbbbbbbb", "Autre Démo", "autre-demo"))
    with desk.db.writing() as tx:
        desk.journal.erase(tx, {entry.number: None}, at="2026-11-24T08:00:00Z", who="p-1", why="asked", release=1)
    release = desk.build()
    assert not of(release, "nova-demo")
    assert of(release, "autre-demo")
    assert release.manifest["journal"]["head"] == 3


def test_the_reference_of_a_new_thing_is_kept_from_the_sources(desk: Curating, tmp_path: Path) -> None:
    """A row that comes later with the same name is another thing until somebody says that it is the same."""
    desk.accept("aaaaaaaaaa", *create("aaaaaaaaaa", "Nova Démo", "nova-demo"))
    desk.publish()
    data = copy_of_data(tmp_path, desk.data)
    add_startup(data, "Nova Démo", founded="2020")
    release = desk.build(data)
    assert of(release, f'<{iri("actor/nova-demo")}> <{vocab.FOUNDING_DATE}> "2021"')
    assert of(release, f'<{iri("actor/nova-demo-2")}> <{vocab.FOUNDING_DATE}> "2020"')
    moves = {"actor/nova-demo-2": "actor/nova-demo"}
    desk.decide("proposal/aaaaaaaaaa/1", "startups/nova-demo", "same", redirects=moves)
    merged = desk.build(data)
    assert len(of(merged, f"<{iri('actor/nova-demo')}> <{vocab.FOUNDING_DATE}> ")) == 2
    assert json.loads((merged.folder / "redirects.json").read_text())["actor/nova-demo-2"] == "actor/nova-demo"


def test_a_relation_of_a_merged_thing_is_minted_again(desk: Curating) -> None:
    member, agoria = vocab.RELATIONS["member-of"], f"<{iri('actor/agoria')}>"
    desk.accept("aaaaaaaaaa", [add(1, "actor/lasea", member, agoria, year="2024", evidence=SELF)])
    desk.accept("bbbbbbbbbb", [add(1, "actor/trasis", vocab.RELATIONS["partner-of"], f"<{iri('actor/lasea')}>")])
    desk.decide("startups/lasea", "startups/trasis", "same", redirects={"actor/trasis": "actor/lasea"})
    release = desk.build()
    assert not of(release, f"<{iri('actor/trasis')}>")
    own = of(release, "/id/source/proposal-aaaaaaaaaa-1> .")
    same = of(desk.build(), "/id/source/proposal-aaaaaaaaaa-1> .")
    assert own == same
    assert not of(release, "proposal-bbbbbbbbbb")
    held = reported(release)["held"]
    assert [(one["entry"], one["code"]) for one in held] == [(2, "proposal-to-itself")]


def test_the_survivor_that_a_curator_chose_is_kept(desk: Curating) -> None:
    desk.accept("aaaaaaaaaa", [add(1, "actor/lasea", vocab.RELATIONS["member-of"], f"<{iri('actor/agoria')}>")])
    desk.decide("startups/lasea", "startups/trasis", "same", redirects={"actor/lasea": "actor/trasis"})
    release = desk.build()
    assert not of(release, f"<{iri('actor/lasea')}>")
    own = of(release, "proposal-aaaaaaaaaa-1> .")
    (relation,) = [line for line in own if "memberOf>" in line and "/id/link" not in line]
    assert relation.startswith(f"<{iri('actor/trasis')}> ")
    (node,) = {line.split(" ")[0] for line in own if line.startswith(f"<{iri('link/')}")}
    minted = digest("member-of", iri("actor/trasis"), iri("actor/agoria"), "")
    assert node == f"<{iri(f'link/member-of-{minted}')}>"


def test_a_retraction_follows_a_record_that_was_parted(desk: Curating) -> None:
    """It was made against the merged thing; the record that states it has an IRI of its own since."""
    places = [q for q in stated(desk, "actor/a6k-e6k", vocab.NAME) if q.object.value == "A6K"]  # type: ignore[attr-defined]
    assert places
    desk.accept("aaaaaaaaaa", [retract(1, places[0])])
    things = {"left_iri": iri("actor/a6k-e6k"), "right_iri": iri("actor/a6k")}
    desk.decide("actors/a6k-e6k", "press/a6k", "different", **things)
    release = desk.build()
    assert of(release, f"<{iri('actor/a6k')}> <{vocab.TYPE}>")
    graph = places[0].graph_name.value  # type: ignore[attr-defined]
    assert not [line for line in of(release, f"<{iri('actor/a6k')}> <{vocab.NAME}>") if graph in line]
    assert reported(release)["moot"] == []


def test_an_orphan_is_held_and_told(desk: Curating, tmp_path: Path) -> None:
    add_data = copy_of_data(tmp_path, desk.data)
    add_startup(add_data, "Nova Démo", founded="2020")
    desk.build(add_data)
    desk.accept("aaaaaaaaaa", [add(1, "actor/nova-demo", vocab.HOMEPAGE, "<https://nova.example/>", evidence=SELF)])
    desk.publish()
    release = desk.build()
    assert not of(release, "nova-demo>")
    assert [one["code"] for one in reported(release)["held"]] == ["proposal-orphan"]


def test_what_a_rule_forbids_now_is_held_alone(desk: Curating) -> None:
    number = '"0000000000"'
    desk.accept("aaaaaaaaaa", [
        add(1, "actor/lasea", vocab.ENTERPRISE_NUMBER, number, evidence=SELF),
        add(2, "actor/lasea", vocab.ALTERNATE_NAME, '"Lasea SA"', evidence=SELF),
    ])  # fmt: skip
    release = desk.build(engine=OwnEngine())
    assert of(release, '"Lasea SA"')
    assert not of(release, '"0000000000"')
    (held,) = reported(release)["held"]
    assert (held["entry"], held["proposal"]) == (1, "aaaaaaaaaa")


def test_moot_and_changed_retractions(desk: Curating, tmp_path: Path) -> None:
    data = copy_of_data(tmp_path, desk.data)
    add_startup(data, "Nova Démo", founded="2020", description="Une description")
    desk.build(data)
    year, text = (stated(desk, "actor/nova-demo", p)[0] for p in (vocab.FOUNDING_DATE, vocab.DESCRIPTION))
    desk.accept("aaaaaaaaaa", [retract(1, year)])
    assert not any(reported(desk.build(data))[name] for name in ("moot", "changed"))
    desk.accept("bbbbbbbbbb", [retract(1, text)])
    assert not any(reported(desk.build(data))[name] for name in ("moot", "changed")), "what was retracted is no change"
    change_rows(data / "sources/startups/rows.csv", {"Nova Démo": {"founded_year": "2019"}})
    told = reported(desk.build(data))
    (moot,) = told["moot"]
    assert (moot["entry"], moot["statement"]) == (1, f"{year} .")
    assert [line.split('"')[1] for line in moot["now"]] == ["2019"]  # type: ignore[attr-defined]
    (changed,) = told["changed"]
    assert (changed["entry"], changed["statement"]) == (2, f"{text} .")
    assert ["2019" in line for line in changed["came"]] == [True]  # type: ignore[attr-defined]
    assert changed["went"] == []


def test_another_base_moves_every_entry(desk: Curating) -> None:
    base = desk.base = "https://id.example.org"
    desk.build()
    here = Change(1, "add", iri("actor/cetic", base), vocab.ALTERNATE_NAME, '"Le CETIC"', "", SELF)
    desk.accept("aaaaaaaaaa", [here])
    again(desk, desk.publish())
    before = len(list(lines(desk.current())))
    desk.base = "https://id.example.com"
    moved = desk.build(bases={base, desk.base})
    assert len(list(lines(moved))) == before
    assert not of(moved, "id.example.org")
    assert of(moved, f'<{desk.base}/id/actor/cetic> <{vocab.ALTERNATE_NAME}> "Le CETIC"')
