"""The difference that a proposal makes: fields in words, patch, links, duplicates, conflicts, other proposals."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from test_decide import ANNA, FOUNDED, NOW, PAGE_A, PAGE_B, SPIN, ULIEGE, World, add, retract
from wallograph import vocab
from wallograph.curation.draft import Draft, new_id, provisional
from wallograph.curation.model import Kind, Proposal
from wallograph.curation.showing import show_difference, show_patch
from wallograph.release.patch import parse_patch

YEAR = '"1820"^^<http://www.w3.org/2001/XMLSchema#gYear>'
BASE = "https://data.example.org"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    yield made
    made.bell.close()


def the_field(shown: dict[str, Any], key: str, thing: str = ULIEGE) -> dict[str, Any]:
    (found,) = (one for one in shown["things"] if one["iri"] == thing)
    return next(field for field in found["fields"] if field["key"] == key)


def accept(world: World, proposal: Proposal) -> int:
    entry = world.decide.accept(proposal.id, ANNA, version=1).entry
    assert entry is not None
    return entry.number


def conflicts_of(world: World, proposal: Proposal) -> list[dict[str, Any]]:
    return show_difference(world.review, proposal)["conflicts"]


def test_a_changed_field_is_told_in_the_words_of_the_page(world: World) -> None:
    made = world.propose(
        retract(1, ULIEGE, vocab.FOUNDING_DATE, FOUNDED), add(2, ULIEGE, vocab.FOUNDING_DATE, YEAR, year="2024")
    )
    shown = show_difference(world.review, made)
    assert shown["counts"] == {"adds": 1, "retracts": 1, "things": 1, "new": 0, "changed_fields": 1}
    assert shown["things"][0]["names"] == {"": "Université de Liège"} and not shown["things"][0]["new"]
    field = the_field(shown, "founding-date")
    assert field["kind"] == "changed" and field["labels"]["nl"] == "Oprichtingsjaar"
    (stands,) = field["stands"]
    assert stands["text"] == "1817" and stands["form"] == "year"
    assert [source["iri"] for source in stands["sources"]] == [PAGE_A, PAGE_B]
    assert stands["retracted_by"] == [1] and not stands["goes"]  # page B still says so
    gone, new = field["statements"]
    assert (gone["op"], gone["status"], gone["source"]["publisher"]) == ("retract", "goes", "example.com")
    assert (new["op"], new["status"], new["value"]["text"], new["year"]) == ("add", "new", "1820", "2024")
    assert new["evidence"] == {"kind": "page", "page": "https://www.example.com/new"}


def test_a_value_goes_when_its_last_source_is_retracted(world: World) -> None:
    made = world.propose(
        retract(1, ULIEGE, vocab.FOUNDING_DATE, FOUNDED), retract(2, ULIEGE, vocab.FOUNDING_DATE, FOUNDED, PAGE_B)
    )
    field = the_field(show_difference(world.review, made), "founding-date")
    assert field["kind"] == "removed" and field["stands"][0]["goes"]
    assert field["stands"][0]["retracted_by"] == [1, 2]


def test_what_a_source_states_already_is_no_change(world: World) -> None:
    made = world.propose(add(1, ULIEGE, vocab.NAME, '"ULiège"'))
    shown = show_difference(world.review, made)
    field = the_field(shown, "name")
    assert field["kind"] == "same" and field["statements"][0]["status"] == "stands"
    assert [source["iri"] for source in field["statements"][0]["stated_by"]] == [PAGE_B]
    (conflict,) = shown["conflicts"]
    assert conflict["code"] == "same-published" and not conflict["blocking"]


def test_the_patch_is_what_accepting_publishes(world: World) -> None:
    new = provisional("actor", ident := new_id(), 1, BASE)
    made = world.propose(
        add(1, new, vocab.NAME, '"Nouvelle"'), add(2, new, vocab.RELATIONS["spin-off-of"], f"<{ULIEGE}>"),
        retract(3, SPIN, vocab.RELATIONS["spin-off-of"], f"<{ULIEGE}>"), ident=ident,
    )  # fmt: skip
    patch = parse_patch(show_patch(world.review, made))
    assert any(quad.subject.value == f"{BASE}/id/actor/nouvelle" for quad in patch.adds)
    assert "proposed" not in show_patch(world.review, made)
    shown = show_difference(world.review, made)
    assert shown["quads"] == {"adds": len(patch.adds), "deletes": len(patch.deletes)}
    accept(world, made)
    said = world.desk.journal.payload(world.desk.proposals.get(made.id).entry)
    assert said is not None
    dated = {str(quad) for quad in patch.adds if "issued" not in str(quad)}
    assert dated == {line.removesuffix(" .") for line in said["adds"] if "issued" not in line}
    assert {str(quad) for quad in patch.deletes} == {line.removesuffix(" .") for line in said["deletes"]}
    after = world.desk.proposals.get(made.id)
    assert len(parse_patch(show_patch(world.review, after)).adds) == len(said["adds"])


def test_the_effect_on_links_is_counted(world: World) -> None:
    new = provisional("actor", ident := new_id(), 1, BASE)
    made = world.propose(
        add(1, new, vocab.NAME, '"Nouvelle"'), add(2, new, vocab.RELATIONS["member-of"], f"<{ULIEGE}>"),
        add(3, ULIEGE, vocab.RELATIONS["partner-of"], f"<{new}>"),
        retract(4, SPIN, vocab.RELATIONS["spin-off-of"], f"<{ULIEGE}>"), ident=ident,
    )  # fmt: skip
    links = show_difference(world.review, made)["links"]
    assert (links["creates"], links["creates_cross"], links["breaks"], links["breaks_cross"]) == (2, 2, 1, 1)
    assert [one["iri"] for one in links["alone"]] == [SPIN]
    broken = next(one for one in links["links"] if one["op"] == "breaks")
    assert broken["kind"] == "spin-off-of" and broken["subject"]["iri"] == SPIN and broken["labels"]["en"]
    again = world.propose(add(1, SPIN, vocab.RELATIONS["spin-off-of"], f"<{ULIEGE}>"))
    links = show_difference(world.review, again)["links"]
    assert (links["creates"], links["breaks"], links["confirmed"], links["weakened"]) == (0, 0, 1, 0)


def test_a_link_stands_on_the_page_that_the_proposal_is_about(world: World) -> None:
    made = world.propose(
        add(1, ULIEGE, vocab.NAME, '"Univ."'), add(2, SPIN, vocab.RELATIONS["member-of"], f"<{ULIEGE}>")
    )
    shown = show_difference(world.review, made)
    assert [one["iri"] for one in shown["things"]] == [ULIEGE]
    field = the_field(shown, "member-of-inverse")
    assert field["inverse"] and field["statements"][0]["value"]["iri"] == SPIN
    assert field["labels"]["fr"] != the_field(
        show_difference(world.review, world.propose(add(1, SPIN, vocab.RELATIONS["member-of"], f"<{ULIEGE}>"))),
        "member-of", SPIN,
    )["labels"]["fr"]  # fmt: skip


def test_possible_duplicates_have_a_score_and_reasons(world: World) -> None:
    new = provisional("actor", ident := new_id(), 1, BASE)
    made = world.propose(add(1, new, vocab.NAME, '"Universite de Liege"'), ident=ident)
    (found,) = show_difference(world.review, made)["duplicates"]
    assert found["like"]["iri"] == ULIEGE and found["score"] >= 0.9
    assert found["features"][0]["feature"] == "same name" and found["features"][0]["weight"] == 1.0
    assert found["thing"]["new"] and found["thing"]["names"] == {"": "Universite de Liege"}
    other = world.propose(add(1, provisional("actor", i := new_id(), 1, BASE), vocab.NAME, '"Tout autre"'), ident=i)
    assert show_difference(world.review, other)["duplicates"] == []


def test_other_open_proposals_on_the_same_thing_are_named(world: World) -> None:
    first = world.propose(add(1, ULIEGE, vocab.NAME, '"A"'))
    second = world.propose(add(1, SPIN, vocab.RELATIONS["member-of"], f"<{ULIEGE}>"), add(2, ULIEGE, vocab.NAME, '"B"'))
    gone = world.propose(add(1, ULIEGE, vocab.NAME, '"C"'))
    world.desk.proposals.withdraw(gone.id, 1)
    (other,) = show_difference(world.review, first)["others"]
    assert other["id"] == second.id and [one["iri"] for one in other["things"]] == [ULIEGE]


def test_new_things_of_one_name_are_told_to_each_other(world: World) -> None:
    made = []
    for _ in range(2):
        new = provisional("actor", ident := new_id(), 1, BASE)
        changes = (add(1, new, vocab.NAME, '"Nouvelle Firme"'),)
        draft = Draft(ident, Kind.CREATE, changes, "fr")
        checked = type(draft.checked)(names=("Nouvelle Firme",))
        made.append(world.desk.proposals.create(Draft(ident, Kind.CREATE, changes, "fr", checked=checked), NOW)[0])
    (other,) = show_difference(world.review, made[0])["others"]
    assert other["id"] == made[1].id


def test_a_retracted_statement_that_is_gone_names_the_entry(world: World) -> None:
    mine = world.propose(retract(1, ULIEGE, vocab.FOUNDING_DATE, FOUNDED))
    entry = accept(world, world.propose(retract(1, ULIEGE, vocab.FOUNDING_DATE, FOUNDED)))
    for _ in range(2):  # before it is published and after
        (conflict,) = conflicts_of(world, mine)
        assert (conflict["code"], conflict["entry"], conflict["blocking"]) == ("gone", entry, True)
        assert conflict["at"] == "2026-03-02T09:30:00Z"
        assert [(now["text"], [s["iri"] for s in now["sources"]]) for now in conflict["now"]] == [("1817", [PAGE_B])]
        field = the_field(show_difference(world.review, mine), "founding-date")
        assert field["statements"][0]["status"] == "gone" and field["statements"][0]["conflicts"] == ["gone"]
        world.publish()


def test_a_value_that_was_changed_meanwhile_names_the_entry_and_the_new_value(world: World) -> None:
    mine = world.propose(
        retract(1, ULIEGE, vocab.FOUNDING_DATE, FOUNDED),
        add(2, ULIEGE, vocab.FOUNDING_DATE, '"1816"^^<http://www.w3.org/2001/XMLSchema#gYear>'),
    )
    entry = accept(
        world,
        world.propose(retract(1, ULIEGE, vocab.FOUNDING_DATE, FOUNDED), add(2, ULIEGE, vocab.FOUNDING_DATE, YEAR)),
    )
    world.publish()
    found = conflicts_of(world, mine)
    assert [(one["number"], one["code"], one["entry"]) for one in found] == [
        (1, "value-changed", entry), (2, "other-value", entry),
    ]  # fmt: skip
    assert {now["text"] for now in found[0]["now"]} == {"1817", "1820"}


def test_the_same_addition_published_meanwhile_is_told_and_does_not_block(world: World) -> None:
    mine = world.propose(add(1, ULIEGE, vocab.HOMEPAGE, "<https://uliege.example/>"))
    entry = accept(world, world.propose(add(1, ULIEGE, vocab.HOMEPAGE, "<https://uliege.example/>")))
    (conflict,) = conflicts_of(world, mine)
    assert (conflict["code"], conflict["entry"], conflict["blocking"]) == ("same-published", entry, False)
    world.publish()
    (conflict,) = conflicts_of(world, mine)
    assert conflict["code"] == "same-published" and conflict["now"][0]["sources"]


def test_a_merged_thing_is_told_with_its_survivor(world: World) -> None:
    mine = world.propose(add(1, f"{BASE}/id/actor/old", vocab.HOMEPAGE, "<https://old.example/>"))
    (conflict,) = conflicts_of(world, mine)
    assert conflict["code"] == "thing-gone" and conflict["blocking"]
    (world.desk.current().folder / "redirects.json").write_text('{"actor/old": "actor/uliege"}')
    (conflict,) = conflicts_of(world, mine)
    assert (conflict["code"], conflict["blocking"]) == ("merged", False)
    assert conflict["survivor"]["iri"] == ULIEGE and conflict["survivor"]["names"] == {"": "Université de Liège"}


def test_what_is_decided_has_no_conflicts_and_what_is_refused_no_patch(world: World) -> None:
    mine = world.propose(add(1, ULIEGE, vocab.NAME, '"X"'))
    refused = world.decide.refuse(mine.id, ANNA, version=1, why="non")
    shown = show_difference(world.review, refused)
    assert shown["conflicts"] == [] and shown["quads"] == {"adds": 0, "deletes": 0}
    assert show_patch(world.review, refused) == "TX .\nTC .\n"


def test_a_large_proposal_is_told_in_part_and_counted_whole(world: World) -> None:
    ident = new_id()
    changes = [
        add(number, provisional("actor", ident, number, BASE), vocab.NAME, f'"Firme {number}"')
        for number in range(1, 31)
    ]
    shown = show_difference(world.review, world.propose(*changes, ident=ident), most=10)
    assert len(shown["things"]) == 10 and shown["more"] == 20
    assert shown["counts"]["new"] == 30 and shown["counts"]["adds"] == 30


def test_terms_that_are_none_do_not_break_the_difference(world: World) -> None:
    made = world.propose(add(1, ULIEGE, vocab.HOMEPAGE, "<not an iri>"), add(2, ULIEGE, vocab.NAME, '"A'))
    shown = show_difference(world.review, made)
    assert [one["value"]["text"] for field in shown["things"][0]["fields"] for one in field["statements"]]
    assert shown["quads"]["adds"] == 0
