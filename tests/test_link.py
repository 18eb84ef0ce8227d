"""Linking: names, pairs that must and must not be one thing, registry, ends of relations."""

import csv
from pathlib import Path

import pytest

from wallograph.ingest.read import Ingested
from wallograph.link.cluster import cluster
from wallograph.link.judgements import Judgements
from wallograph.link.match import MERGE_AT, pairs
from wallograph.link.names import bare, joined, key
from wallograph.link.registry import Registry, read_registry, write_registry
from wallograph.model import Record, Where
from wallograph.pipeline.assemble import Linked

PAIRS = Path(__file__).parent / "pairs"


def read_pairs(name: str) -> list[tuple[str, str]]:
    with (PAIRS / name).open(encoding="utf-8", newline="") as file:
        return [(row["left"], row["right"]) for row in csv.DictReader(file)]


SAME, DIFFERENT = read_pairs("same.csv"), read_pairs("different.csv")


def test_there_are_enough_pairs() -> None:
    assert len(SAME) >= 60
    assert len(DIFFERENT) >= 40


@pytest.mark.parametrize(("left", "right"), SAME)
def test_must_be_one(linked: tuple[Ingested, Linked], left: str, right: str) -> None:
    of = linked[1].identity.clusters.of
    assert of[left] == of[right]


@pytest.mark.parametrize(("left", "right"), DIFFERENT)
def test_must_stay_two(linked: tuple[Ingested, Linked], left: str, right: str) -> None:
    of = linked[1].identity.clusters.of
    assert of[left] != of[right]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("I.R.I.S.", "IRIS"),
        ("Acapela Group S.A.", "Acapela Group"),
        ("Université de Liège", "universite de liege"),
        ("Cenaero (Belgium)", "Cenaero"),
        ("CLICK'", "Click"),
    ],
)
def test_keys_leave_out_what_says_nothing(one: str, other: str) -> None:
    assert key(one) == key(other)


def test_keys_keep_what_tells_apart() -> None:
    assert key("CYBERLEGs") != key("CYBERLEGs++")
    assert key("FOCUS (ULiège)") != key("Focus (UNamur)")
    assert bare("FOCUS (ULiège)") == bare("Focus (UNamur)")
    assert joined("RueDuWeb") == joined("Rue du Web")


def record(name: str, **more: object) -> Record:
    return Record(f"startups/{key(name).replace(' ', '-')}", "actor", name, Where("t", 1), names={name}, **more)  # type: ignore[arg-type]


def records(*found: Record) -> dict[str, Record]:
    return {item.key: item for item in found}


def test_a_shared_website_alone_joins_nothing() -> None:
    found = records(record("Alpha", websites={"unamur.be"}), record("Omega", websites={"unamur.be"}))
    assert all(pair.score < MERGE_AT for pair in pairs(found))


def test_a_shared_identifier_joins_whatever_the_names() -> None:
    same = {"ror": "00afp2z80"}
    found = records(record("Alpha", identifiers=same), record("Omega", identifiers=same))
    assert pairs(found)[0].score == 1.0


def test_judged_different_never_meet_however_long_the_chain() -> None:
    found = {
        name: Record(name, "actor", "Same Name", Where("t", 1), names={"Same Name"})
        for name in ("actors/a", "press/b", "startups/c")
    }
    judged = Judgements(same=frozenset(), different=frozenset({("actors/a", "startups/c")}), unsure=frozenset())
    clusters = cluster(found, pairs(found), judged)
    assert clusters.of["actors/a"] != clusters.of["startups/c"]
    assert clusters.refused


def test_weak_merges_are_listed_with_their_evidence(linked: tuple[Ingested, Linked]) -> None:
    for pair in linked[1].identity.clusters.weak:
        assert MERGE_AT <= pair.score < 0.95
        assert pair.features


def test_every_reference_is_given_once(linked: tuple[Ingested, Linked]) -> None:
    irises = list(linked[1].identity.iri.values())
    assert len(irises) == len(set(irises))
    assert all("." not in iri.rsplit("/", 1)[1] for iri in irises)


def test_a_merge_redirects_and_an_unmerge_gives_a_new_reference(tmp_path: Path) -> None:
    path = tmp_path / "registry.csv"
    first = Registry()
    assert first.settle(["actors/a"], "actor", "Alpha") == ("actor", "alpha")
    assert first.settle(["press/b"], "actor", "Beta") == ("actor", "beta")
    write_registry(first, path)
    merged = read_registry(path)
    assert merged.settle(["actors/a", "press/b"], "actor", "Alpha") == ("actor", "alpha")
    assert merged.redirects == {"actor/beta": "actor/alpha"}
    write_registry(merged, path)
    again = read_registry(path)
    assert again.settle(["actors/a"], "actor", "Alpha") == ("actor", "alpha")
    assert again.settle(["press/b"], "actor", "Beta") == ("actor", "beta")
    assert again.redirects == {}


def test_namesakes_get_references_of_their_own() -> None:
    registry = Registry()
    assert registry.settle(["actors/a"], "actor", "Focus")[1] == "focus"
    assert registry.settle(["actors/b"], "actor", "Focus")[1] == "focus-2"


def test_the_shipped_registry_is_up_to_date(linked: tuple[Ingested, Linked]) -> None:
    assert linked[1].identity.registry.added == 0, (
        "new records have no reference yet: wallograph build --registry data/registry.csv"
    )
