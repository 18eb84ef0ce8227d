"""Decisions of curators: accepted, in part, edited, refused, asked for, assigned, confirmed by a second, reverted."""

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import NamedNode

import publication
from wallograph import vocab
from wallograph.accounts.model import Account, Person, Role
from wallograph.curation.desk import Desk
from wallograph.curation.draft import Checked, Draft, new_id, provisional
from wallograph.curation.layers import Standing
from wallograph.curation.model import Change, Evidence, Kind, Proposal, State
from wallograph.curation.publisher import Publisher
from wallograph.curation.publisher_status import publisher_status
from wallograph.curation.review import Review
from wallograph.curation.rollback import roll_back
from wallograph.curation.waking import Bell
from wallograph.errors import Conflict, Forbidden, InputError, Stale, Unfit
from wallograph.iris import rebase_iri
from wallograph.pipeline.change import Maker
from wallograph.release.state import State as Releases
from wallograph.validate.own import OwnEngine

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
BASE = publication.BASE
ULIEGE, SPIN = f"{BASE}/id/actor/uliege", f"{BASE}/id/actor/spin"
PAGE_A, PAGE_B = f"{BASE}/id/source/page-a", f"{BASE}/id/source/page-b"
FOUNDED = '"1817"^^<http://www.w3.org/2001/XMLSchema#gYear>'
SAYS = Evidence("page", "https://www.example.com/new")
ANNA, BERT = (Person(Account(f"p-{name}", name, name, Role.CURATOR)) for name in ("anna", "bert"))
CHIEF = Person(Account("p-chief", "chief", "chief", Role.PUBLISHER))


def add(number: int, subject: str, predicate: str, target: str, **more: Any) -> Change:
    return Change(number, "add", subject, rebase_iri(predicate, BASE), target, evidence=SAYS, **more)


def retract(number: int, subject: str, predicate: str, target: str, graph: str = PAGE_A) -> Change:
    return Change(number, "retract", subject, rebase_iri(predicate, BASE), target, graph, evidence=SAYS)


def nowhere(place: str, level: str) -> str | None:
    return None


def fine(proposal: Proposal, standing: Standing) -> Checked:
    """A check that finds nothing, but for a name that says so."""
    wrong = [change for change in proposal.changes if "wrong" in change.object]
    found = [{"severity": "violation", "subject": change.subject, "value": change.object} for change in wrong]
    return Checked(not wrong, standing.number, {"findings": found})


class World:
    """A small installation, whose publisher works when it is told to."""

    def __init__(self, root: Path, **more: Any) -> None:
        publication.publish(root)
        self.root = root
        self.desk = Desk.open("", root, now=lambda: NOW)
        self.bell = Bell(root)
        self.review = Review(self.desk, check=fine, above=nowhere, **more)
        self.decide, self.reverts = self.review.decisions, self.review.reverts

    def woken(self) -> bool:
        start = time.monotonic()
        self.bell.wait(0.5)
        return time.monotonic() - start < 0.5

    def propose(self, *changes: Change, kind: Kind = Kind.CHANGE, ident: str = "") -> Proposal:
        checked = Checked(True, self.desk.current().number)
        draft = Draft(ident or new_id(), kind, changes, "fr", checked=checked)
        return self.desk.proposals.create(draft, NOW)[0]

    def publish(self) -> None:
        """What the publisher does."""
        Publisher(self.desk.db, Releases(self.root), Maker(OwnEngine()), now=lambda: NOW).publish()
        assert not publisher_status(self.desk.db).failed

    def values(self, subject: str, predicate: str) -> set[str]:
        found = self.review.standing().quads(NamedNode(subject), NamedNode(rebase_iri(predicate, BASE)))
        return {quad.object.value for quad in found}

    def lines(self) -> set[str]:
        return {str(quad) for quad in self.review.standing().quads()}


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    yield made
    made.bell.close()


def test_an_accepted_proposal_is_an_entry_and_stands_at_once(world: World) -> None:
    made = world.propose(
        retract(1, SPIN, vocab.NAME, '"Spin"'), add(2, SPIN, vocab.NAME, '"Spin SA"'),
        add(3, SPIN, vocab.RELATIONS["supported-by"], f"<{ULIEGE}>"),
    )  # fmt: skip
    done = world.decide.accept(made.id, ANNA, version=1, why="Le site le dit.")
    assert done.entry is not None and done.entry.number == 1 and done.release == 2 and world.woken()
    assert (done.entry.who, done.entry.why, done.entry.proposal) == ("p-anna", "Le site le dit.", made.id)
    assert world.values(SPIN, vocab.NAME) == {"Spin SA"}
    kept = world.desk.proposals.get(made.id)
    assert (kept.state, kept.version, kept.accepted, kept.entry) == (State.ACCEPTED, 2, (1, 2, 3), 1)
    last = world.desk.proposals.events(made.id)[-1]
    assert (last.who, last.what, last.why) == ("p-anna", "accepted", "Le site le dit.")
    assert world.desk.journal.verify().is_sound
    before = world.lines()
    world.publish()
    assert world.lines() == before  # what stands does not depend on when it is published
    with pytest.raises(Conflict):
        world.decide.accept(made.id, BERT, version=2)


def test_a_part_is_accepted_and_the_rest_is_not(world: World) -> None:
    made = world.propose(add(1, SPIN, vocab.KEYWORDS, '"laser"'), add(2, SPIN, vocab.KEYWORDS, '"radar"'))
    done = world.decide.accept(made.id, ANNA, version=1, numbers=[2], withheld={1: "La page ne le dit pas."})
    assert done.proposal.state is State.PARTLY_ACCEPTED and done.proposal.accepted == (2,)
    assert world.values(SPIN, vocab.KEYWORDS) == {"radar"}
    payload = world.desk.journal.payload(1) or {}
    assert [change["number"] for change in payload["changes"]] == [2]
    assert payload["withheld"] == {"1": "La page ne le dit pas."}


def test_a_statement_is_edited_and_accepted(world: World) -> None:
    made = world.propose(add(1, SPIN, vocab.KEYWORDS, '"lasser"'))
    edited = replace(made.changes[0], object='"laser"')
    world.decide.accept(made.id, ANNA, version=1, edits=[edited])
    assert world.values(SPIN, vocab.KEYWORDS) == {"laser"}
    assert world.desk.proposals.get(made.id).changes[0].object == '"laser"'
    other = world.propose(add(1, SPIN, vocab.KEYWORDS, '"x"'))
    with pytest.raises(InputError):
        world.decide.accept(other.id, ANNA, version=1, edits=[replace(other.changes[0], op="retract", graph=PAGE_A)])


def test_a_new_thing_gets_an_iri_of_its_name_that_was_never_given(world: World) -> None:
    ident = new_id()
    new = provisional("actor", ident, 1, BASE)
    changes = [add(1, new, vocab.NAME, '"Spin"'), add(2, SPIN, vocab.RELATIONS["partner-of"], f"<{new}>")]
    done = world.decide.accept(world.propose(*changes, kind=Kind.CREATE, ident=ident).id, ANNA, version=1)
    iri = f"{BASE}/id/actor/spin-2"
    assert done.entry is not None
    assert (world.desk.journal.payload(1) or {})["things"] == {iri: f"proposal/{ident}/1"}
    assert world.values(iri, vocab.LABEL) == {"Spin"} and done.proposal.changes[0].subject == iri
    assert world.values(SPIN, vocab.RELATIONS["partner-of"]) == {iri}
    other = new_id()
    new = provisional("actor", other, 1, BASE)
    part = world.propose(add(1, new, vocab.NAME, '"Neuf"'), add(2, new, vocab.KEYWORDS, '"a"'), ident=other)
    done = world.decide.accept(part.id, ANNA, version=1, numbers=[1])
    assert {change.subject for change in done.proposal.changes} == {f"{BASE}/id/actor/neuf"}
    nameless = new_id()
    half = world.propose(add(1, provisional("actor", nameless, 1, BASE), vocab.KEYWORDS, '"a"'), ident=nameless)
    with pytest.raises(InputError, match="name"):
        world.decide.accept(half.id, ANNA, version=1)


def test_what_breaks_a_rule_is_not_accepted_but_its_sound_part_is(world: World) -> None:
    made = world.propose(add(1, SPIN, vocab.KEYWORDS, '"wrong"'), add(2, SPIN, vocab.KEYWORDS, '"right"'))
    with pytest.raises(Unfit) as told:
        world.decide.accept(made.id, ANNA, version=1)
    assert told.value.details[0]["finding"]["value"] == '"wrong"'
    assert world.desk.journal.head() is None and not world.woken()
    world.decide.accept(made.id, ANNA, version=1, numbers=[2])


def test_a_changed_proposal_is_not_decided_by_who_read_it_before(world: World) -> None:
    made = world.propose(add(1, SPIN, vocab.KEYWORDS, '"a"'))
    world.desk.proposals.amend(made.id, made.changes, "encore", 1, checked=Checked(True, 1))
    for decide in (
        lambda: world.decide.accept(made.id, ANNA, version=1),
        lambda: world.decide.refuse(made.id, ANNA, version=1, why="non"),
        lambda: world.decide.assign(made.id, ANNA, version=1, to="p-anna"),
    ):
        with pytest.raises(Stale):
            decide()


def test_ask_refuse_and_assign(world: World) -> None:
    made = world.propose(add(1, SPIN, vocab.KEYWORDS, '"a"'))
    assert world.decide.assign(made.id, ANNA, version=1, to="p-bert").assigned == "p-bert"
    with pytest.raises(InputError):
        world.decide.ask(made.id, BERT, version=1, why="  ")
    asked = world.decide.ask(made.id, BERT, version=1, why="Quelle page ?")
    assert asked.state is State.CHANGES_ASKED and asked.version == 2
    refused = world.decide.refuse(made.id, BERT, version=2, why="Hors sujet.")
    assert refused.state is State.REFUSED and world.desk.journal.head() is None
    assert [event.what for event in world.desk.proposals.events(made.id)][-3:] == [
        "assigned", "changes-asked", "refused",
    ]  # fmt: skip


def test_the_same_statement_is_retracted_once_and_the_second_is_told_by_whom(world: World) -> None:
    one = world.propose(retract(1, ULIEGE, vocab.FOUNDING_DATE, FOUNDED, PAGE_A))
    two = world.propose(retract(1, ULIEGE, vocab.FOUNDING_DATE, FOUNDED, PAGE_A))
    world.decide.accept(one.id, ANNA, version=1)
    for published in (False, True):
        if published:
            world.publish()
        with pytest.raises(Unfit) as told:
            world.decide.accept(two.id, BERT, version=1)
        assert told.value.entry == 1 and told.value.details == [{"statement": 1, "code": "gone", "entry": 1}]
    assert world.desk.proposals.get(two.id).state is State.CHECKED  # nothing is lost


def test_another_value_of_what_a_thing_has_one_of_is_told_unless_it_was_seen(world: World) -> None:
    one = world.propose(add(1, SPIN, vocab.DESCRIPTION, '"une firme"@fr'))
    two = world.propose(add(1, SPIN, vocab.DESCRIPTION, '"une société"@fr'))
    world.decide.accept(one.id, ANNA, version=1)
    with pytest.raises(Unfit) as told:
        world.decide.accept(two.id, BERT, version=1)
    assert (told.value.entry, told.value.details[0]["code"]) == (1, "other-value")
    assert world.decide.accept(two.id, BERT, version=1, seen=1).entry  # it stands side by side, by decision
    again = world.propose(add(1, SPIN, vocab.DESCRIPTION, '"une firme"@fr'))
    assert world.decide.accept(again.id, BERT, version=1, seen=2).entry  # said twice: in a graph of its own


def test_two_curators_at_once_one_wins_and_the_other_is_told(world: World) -> None:
    proposals = [
        world.propose(retract(1, SPIN, vocab.NAME, '"Spin"'), add(2, SPIN, vocab.NAME, f'"Spin {n}"'))
        for n in range(6)
    ]
    start, won, told = threading.Barrier(len(proposals)), [], []

    def run(made: Proposal, who: Person) -> None:
        other = Review(Desk.open("", world.root, now=lambda: NOW), check=fine, above=nowhere)
        start.wait()
        try:
            won.append(other.decisions.accept(made.id, who, version=1).entry)
        except Unfit as error:
            told.append(error.entry)

    threads = [threading.Thread(target=run, args=(made, ANNA)) for made in proposals]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(won) == 1 and told == [1] * 5
    states = sorted(world.desk.proposals.get(made.id).state for made in proposals)
    assert states == [State.ACCEPTED, *[State.CHECKED] * 5]
    assert len(world.values(SPIN, vocab.NAME)) == 1 and world.desk.journal.verify().is_sound


def test_some_kinds_need_two_curators_who_saw_the_same(tmp_path: Path) -> None:
    world = World(tmp_path, second=[Kind.WITHDRAW])
    made = world.propose(
        retract(1, ULIEGE, vocab.FOUNDING_DATE, FOUNDED), add(2, ULIEGE, vocab.KEYWORDS, '"a"'), kind=Kind.WITHDRAW
    )
    first = world.decide.accept(made.id, ANNA, version=1, numbers=[1], why="oui")
    assert first.waits and first.entry is None and not world.woken()
    with pytest.raises(Conflict):
        world.decide.accept(made.id, ANNA, version=1, numbers=[1])
    other = world.decide.accept(made.id, BERT, version=1)  # another selection: it starts again
    assert other.waits and other.waits.who == "p-bert"
    assert world.decide.accept(made.id, ANNA, version=1).entry
    assert world.desk.journal.head() and world.decide.seconded.waiting(made.id, 1) is None
    world.bell.close()


def test_a_limited_curator_decides_on_its_sources_only(world: World) -> None:
    limited = Person(Account("p-l", "l", "l", Role.CURATOR, sources=("page-b",)))
    theirs = world.propose(add(1, ULIEGE, vocab.KEYWORDS, '"a"'))
    others = world.propose(add(1, SPIN, vocab.KEYWORDS, '"a"'))
    gone = world.propose(retract(1, ULIEGE, vocab.FOUNDING_DATE, FOUNDED, PAGE_A))
    assert world.decide.accept(theirs.id, limited, version=1).entry
    for made in (others, gone):
        with pytest.raises(Forbidden):
            world.decide.accept(made.id, limited, version=1)
        with pytest.raises(Forbidden):
            world.decide.refuse(made.id, limited, version=1, why="non")


def test_a_revert_gives_back_exactly_what_stood(world: World) -> None:
    before = world.lines()
    made = world.propose(
        retract(1, SPIN, vocab.NAME, '"Spin"'), add(2, SPIN, vocab.NAME, '"Spin SA"'),
        retract(3, SPIN, vocab.RELATIONS["spin-off-of"], f"<{ULIEGE}>"),
    )  # fmt: skip
    world.decide.accept(made.id, ANNA, version=1)
    after = world.lines()
    world.publish()
    done = world.reverts.revert(1, BERT, why="Erreur.")
    assert (done.entry.kind, done.entry.proposal) == ("revert", made.id)
    assert world.lines() == before
    with pytest.raises(Conflict):
        world.reverts.revert(1, BERT, why="encore")
    world.publish()
    assert world.lines() == before
    world.reverts.revert(2, ANNA, why="Pas une erreur.")
    assert world.lines() == after
    assert [event.what for event in world.desk.proposals.events(made.id)][-2:] == ["reverted", "restored"]


def test_later_entries_that_build_on_one_are_named_and_go_first(world: World) -> None:
    before = world.lines()
    ident = new_id()
    new = provisional("actor", ident, 1, BASE)
    world.decide.accept(world.propose(add(1, new, vocab.NAME, '"Neuf"'), ident=ident).id, ANNA, version=1)
    iri = f"{BASE}/id/actor/neuf"
    link = world.propose(add(1, SPIN, vocab.RELATIONS["partner-of"], f"<{iri}>"))
    world.decide.accept(link.id, ANNA, version=1)
    other = world.propose(add(1, ULIEGE, vocab.KEYWORDS, '"a"'))
    world.decide.accept(other.id, ANNA, version=1)
    with pytest.raises(Unfit) as told:
        world.reverts.revert(1, BERT, why="non")
    assert told.value.details == [{"entry": 2, "code": "things"}]
    for number in (2, 1, 3):
        world.reverts.revert(number, BERT, why="non")
    assert world.lines() == before


def test_a_release_is_rolled_back_by_a_publisher(world: World) -> None:
    before = world.lines()
    for word in ("a", "b"):
        world.decide.accept(world.propose(add(1, SPIN, vocab.KEYWORDS, f'"{word}"')).id, ANNA, version=1)
    releases = Releases(world.root)
    with pytest.raises(Conflict):
        roll_back(world.decide, releases, 1, CHIEF, why="tout")
    world.publish()
    with pytest.raises(Forbidden):
        roll_back(world.decide, releases, 1, ANNA, why="tout")
    for wrong in (0, 3, 9):
        with pytest.raises(InputError):
            roll_back(world.decide, releases, wrong, CHIEF, why="tout")
    done = roll_back(world.decide, releases, 1, CHIEF, why="tout")
    assert done.entry.kind == "rollback" and world.lines() == before
    world.publish()
    assert world.lines() == before
