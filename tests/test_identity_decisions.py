"""Decisions on identity: what they change, what they give back, what they refuse; a patch of one is the rebuild's."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad

from curating import SELF, Curating, NoShapes, copy_of_data, iri, page, small_data
from wallograph import vocab
from wallograph.accounts.model import Account, Person, Role
from wallograph.curation.identity import Identities
from wallograph.curation.identity_apart import Apart
from wallograph.curation.identity_work import Here, Outcome, Question
from wallograph.curation.model import Change
from wallograph.curation.pairs import Pairs
from wallograph.curation.publisher import Publisher
from wallograph.errors import Conflict, Forbidden, InputError, NotFound, StateError
from wallograph.ingest.places import read_gazetteer
from wallograph.pipeline.change import Maker, apply
from wallograph.pipeline.origin import sources_of
from wallograph.pipeline.survey import Likeness, Row, Survey
from wallograph.release.life import read_gone, read_redirects
from wallograph.release.patch import parse_patch
from wallograph.release.state import Release
from wallograph.resources import data_dir
from wallograph.store.embedded import ReadStore

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
CURATOR = Person(Account("p-0123456789", "c", "c", Role.CURATOR))
LEFT, RIGHT = "startups/3d-side", "startups/2houses"  # nothing makes these one by itself
THIRD = "startups/alx-systems"
STAYS, GOES = "actor/2houses", "actor/3d-side"
ABOVE = read_gazetteer(data_dir() / "sources").above
# each decision links the whole data twice: a tenth of the rows is enough, with those that the tests speak of
NAMES = ("3D-Side", "3D Side", "2houses", "2Houses", "ALX", "HLO", "FOCUS", "Focus", "AWEX", "Awex")


class House:
    """An installation whose decisions are worked out in this process, without judging the shapes."""

    def __init__(self, root: Path, data: Path | None = None, known: Survey | None = None) -> None:
        self.desk = Curating(root, ABOVE, data=data)
        self.work = Here(self.desk.db, self.desk.state, NoShapes())
        work = Fixed(self.work, known) if known else self.work
        self.identities = Identities(self.desk.db, self.desk.journal, self.desk.state, work, now=lambda: NOW)
        self.said: list[str] = []

    @property
    def release(self) -> Release:
        return self.desk.current()

    def publish(self) -> Release:
        publisher = Publisher(
            self.desk.db, self.desk.state, Maker(NoShapes()), now=lambda: NOW, say=self.said.append
        )
        publisher.publish()
        self.desk._waiting.clear()
        assert self.said == []
        return self.release

    def judge(self, left: str, right: str, verdict: str, why: str = "because") -> Outcome:
        return self.identities.judge(left, right, verdict, CURATOR, why=why).outcome

    def undo(self, number: int) -> Outcome:
        return self.identities.withdraw(number, CURATOR, why="it was wrong").outcome

    def last(self) -> int:
        head = self.desk.journal.head()
        assert head is not None
        return head.number


class Fixed:
    """Work whose survey is given."""

    def __init__(self, work: Here, found: Survey) -> None:
        self.work, self.found = work, found

    def outcome(self, question: Question) -> Outcome:
        return self.work.outcome(question)

    def survey(self) -> tuple[int, Survey]:
        return 0, self.found


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_data(tmp_path_factory.mktemp("small"), NAMES)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, small: Path) -> Path:
    root = tmp_path_factory.mktemp("identity") / "state"
    Curating(root, ABOVE, data=small).build()
    return root


@pytest.fixture(scope="module")
def known(built: Path) -> Survey:
    """The pairs of the data, looked for once."""
    return House(built).work.survey()[1]


@pytest.fixture
def house(built: Path, tmp_path: Path, known: Survey, small: Path) -> House:
    shutil.copytree(built, tmp_path / "state", symlinks=True)
    return House(tmp_path / "state", small, known)


def quads(release: Release) -> set[Quad]:
    """All that stands in named graphs, but the shapes, which are no data."""
    left_out = (DefaultGraph(), NamedNode(iri("source/shapes")))
    return {q for q in ReadStore(release.store_path).quads() if q.graph_name not in left_out}


def about(release: Release, reference: str) -> set[Quad]:
    return {q for q in quads(release) if iri(reference) in (q.subject.value, getattr(q.object, "value", ""))}


def add(number: int, subject: str, predicate: str, target: str) -> Change:
    return Change(number, "add", iri(subject), predicate, target, evidence=page("https://www.example.org/news"))


def differences(one: Release, other: Release) -> tuple[set[Quad], set[Quad]]:
    return quads(one) - quads(other), quads(other) - quads(one)


# -- the queue


def test_doubtful_merges_of_the_build_are_asked(house: House) -> None:
    queue = house.identities.queue()
    hlo = next(asked for asked in queue if asked.left == "press/hlo")
    assert (hlo.kind, hlo.right, hlo.score) == ("weak", "startups/hlo", 0.94)
    assert hlo.features == (("same name", 1.0), ("another place", -0.06))
    assert hlo.is_one
    assert len({(asked.left, asked.right) for asked in queue}) == len(queue)


@pytest.mark.parametrize("verdict", ["same", "unsure", "different"])
def test_what_was_decided_is_not_asked_again(house: House, verdict: str) -> None:
    house.judge("press/hlo", "startups/hlo", verdict)
    assert "press/hlo" not in {asked.left for asked in house.identities.queue()}
    house.undo(house.last())
    assert "press/hlo" in {asked.left for asked in house.identities.queue()}


def survey(score: float, *more: Likeness, judged: tuple[tuple[str, str, str], ...] = ()) -> Survey:
    def row(name: str, place: int) -> Row:
        return Row(iri(f"actor/{name}"), name, "actor", "rows.csv:2", (False, True, place, name))

    rows = {"actors/a": row("a", 2), "press/a": row("a", 5), "startups/b": row("b", 0)}
    return Survey(rows, [Likeness("likely", "actors/a", "startups/b", score, (("same alias", score),)), *more], judged)


def test_two_things_are_asked_once_however_many_records_they_have(house: House) -> None:
    found = Pairs(survey(0.8, Likeness("likely", "press/a", "startups/b", 0.6, ())), [])
    assert [(asked.left, asked.right, asked.survivor) for asked in found.queue()] == [
        ("actors/a", "startups/b", iri("actor/b"))
    ]
    assert Pairs(survey(0.8, judged=(("press/a", "startups/b", "different"),)), []).queue() == []


@pytest.mark.parametrize(("score", "back"), [(0.8, 0), (0.84, 0), (0.86, 1), (0.74, 1)])
def test_unsure_comes_back_when_the_evidence_changes_the_score(house: House, score: float, back: int) -> None:
    made = house.identities.made()
    house.identities._work = Fixed(house.work, survey(0.8))
    house.identities.judge("actors/a", "startups/b", "unsure", CURATOR, why="?")
    made = house.identities.made()
    assert [one.score for one in made] == [0.8]
    assert len(Pairs(survey(score), made).queue()) == back


# -- merge


def test_a_merge_leaves_one_iri_and_the_other_redirects(house: House) -> None:
    before = about(house.release, GOES)
    asked = house.identities.pairs().one(LEFT, RIGHT)
    assert asked.survivor == iri(STAYS)  # told before it is decided
    outcome = house.judge(LEFT, RIGHT, "same")
    assert (outcome.left_iri, outcome.right_iri) == (iri(STAYS), iri(STAYS))
    assert outcome.redirects == {GOES: STAYS}
    after = house.publish()
    assert before
    assert about(after, GOES) == set()
    assert read_redirects(after.folder) == {**read_redirects(house.desk.state.get(1).folder), GOES: STAYS}
    assert read_gone(after.folder)[GOES]["replaced_by"] == STAYS
    names = {q.object.value for q in about(after, STAYS) if q.predicate.value == vocab.NAME}
    assert {"2houses", "3D-Side"} <= names or len(names) > 1


def test_a_merge_as_a_patch_is_what_a_rebuild_gives(house: House) -> None:
    house.judge(LEFT, RIGHT, "same")
    house.judge("press/hlo", "startups/hlo", "different")
    patched = house.publish()
    rebuilt = house.desk.build()
    assert differences(patched, rebuilt) == (set(), set())
    assert read_redirects(rebuilt.folder) == read_redirects(patched.folder)
    again = house.desk.build()  # a new IRI is given once, not anew by every build
    assert about(again, "actor/hlo-2")
    assert differences(rebuilt, again) == (set(), set())


def test_undoing_a_merge_restores_every_quad(house: House) -> None:
    before, redirects = quads(house.release), read_redirects(house.release.folder)
    house.judge(LEFT, RIGHT, "same")
    house.publish()
    outcome = house.undo(1)
    assert outcome.redirects == {GOES: ""}
    after = house.publish()
    assert quads(after) == before
    assert read_redirects(after.folder) == redirects
    assert GOES not in read_gone(after.folder)


def test_undoing_before_anything_was_published(house: House) -> None:
    before = quads(house.release)
    house.judge(LEFT, RIGHT, "same")
    house.undo(1)
    assert quads(house.publish()) == before


def test_parting_what_the_build_made_one(house: House) -> None:
    outcome = house.judge("press/hlo", "startups/hlo", "different")
    assert {outcome.left_iri, outcome.right_iri} == {iri("actor/hlo"), iri("actor/hlo-2")}
    assert outcome.redirects == {}
    parted = house.publish()
    assert about(parted, "actor/hlo-2")
    house.undo(1)
    back = house.publish()
    assert quads(back) == quads(house.desk.state.get(1))
    assert read_redirects(back.folder)["actor/hlo-2"] == "actor/hlo"  # it was published: it may not die
    rebuilt = house.desk.build()
    assert differences(back, rebuilt) == (set(), set())
    assert read_redirects(rebuilt.folder)["actor/hlo-2"] == "actor/hlo"


def test_three_things_become_one_without_a_chain_of_redirects(house: House) -> None:
    house.judge(THIRD, LEFT, "same")
    house.judge(LEFT, RIGHT, "same")
    after = house.publish()
    redirects = read_redirects(after.folder)
    assert redirects[GOES] == redirects["actor/alx-systems"] == STAYS
    house.undo(2)
    back = house.publish()
    assert read_redirects(back.folder)["actor/alx-systems"] == GOES
    assert GOES not in read_redirects(back.folder)
    assert differences(back, house.desk.build()) == (set(), set())


# -- with proposals


def test_proposals_before_and_after_a_merge(house: House) -> None:
    text = '"said before"@en'
    house.desk.accept("aaaaaaaaaa", [add(1, GOES, vocab.DESCRIPTION, text)])
    house.publish()
    house.judge(LEFT, RIGHT, "same")
    house.publish()
    assert [q.object.value for q in about(house.release, STAYS) if q.graph_name.value.endswith("aaaaaaaaaa-1")
            and q.predicate.value == vocab.DESCRIPTION] == ["said before"]  # fmt: skip
    house.desk.accept("bbbbbbbbbb", [add(1, STAYS, vocab.DESCRIPTION, '"said since"@en')])
    house.desk.accept("cccccccccc", [add(1, "actor/awex", vocab.DESCRIPTION, '"of another"@en')])
    house.publish()
    house.undo(2)
    after = house.publish()
    told = {q.object.value for q in about(after, GOES) if q.predicate.value == vocab.DESCRIPTION}
    assert "said before" in told
    assert "said since" not in told
    assert "said since" in {q.object.value for q in about(after, STAYS) if q.predicate.value == vocab.DESCRIPTION}
    assert house.identities.decision(5).to_place == ((3, (1,)),)
    assert differences(after, house.desk.build()) == (set(), set())


def new_thing(proposal: str, reference: str, name: str) -> tuple[list[Change], dict[str, str]]:
    changes = [
        add(1, f"actor/{reference}", vocab.NAME, f'"{name}"'),
        add(2, f"actor/{reference}", vocab.CLASSIFICATION, f"<{vocab.code('actor-kind', 'startup')}>"),
        add(3, f"actor/{reference}", vocab.RELATIONS["supported-by"], f"<{iri('actor/awex')}>"),
    ]
    return changes, {iri(f"actor/{reference}"): f"proposal/{proposal}/1"}


def test_things_of_proposals_are_asked_and_merged_too(house: House) -> None:
    house.identities._work = house.work  # looks again, at what was accepted
    changes, things = new_thing("aaaaaaaaaa", "2-houses", "2Houses")
    house.desk.accept("aaaaaaaaaa", changes, things)
    house.publish()
    asked = next(asked for asked in house.identities.queue() if asked.kind == "proposal")
    assert {asked.left, asked.right} == {"proposal/aaaaaaaaaa/1", RIGHT}
    assert asked.survivor == iri(STAYS)
    house.judge(asked.left, asked.right, "same")
    merged = house.publish()
    assert about(merged, "actor/2-houses") == set()
    assert read_redirects(merged.folder)["actor/2-houses"] == STAYS
    assert iri("actor/awex") in {getattr(q.object, "value", "") for q in about(merged, STAYS)}
    assert differences(merged, house.desk.build()) == (set(), set())
    house.undo(2)
    assert about(house.publish(), "actor/2-houses")


def test_a_patch_by_hand_follows_the_merge(house: House) -> None:
    line = f'<{iri(GOES)}> <{vocab.DESCRIPTION}> "by hand"@en <{iri("source/by-hand")}> .'
    apply(house.desk.state, parse_patch(f"A {line}\n"), NoShapes(), date="2026-11-24")
    house.judge(LEFT, RIGHT, "same")
    after = house.publish()
    assert about(after, GOES) == set()
    assert "by hand" in {q.object.value for q in about(after, STAYS)}


# -- refusals


def test_a_chain_of_same_stands_against_different(house: House) -> None:
    house.judge(THIRD, LEFT, "same")
    house.judge(LEFT, RIGHT, "same")
    with pytest.raises(Conflict) as refused:
        house.judge(THIRD, RIGHT, "different")
    assert "startups/2houses = startups/3d-side (entry 2) = startups/alx-systems (entry 1)" in str(refused.value)
    assert refused.value.entry == 2


def test_a_chain_to_what_was_judged_different_stands_against_same(house: House) -> None:
    house.judge(LEFT, RIGHT, "different")
    house.judge(THIRD, LEFT, "same")
    with pytest.raises(Conflict, match=r"judged different \(entry 1\).*this decision") as refused:
        house.judge(THIRD, RIGHT, "same")
    assert refused.value.entry == 2
    house.undo(1)
    house.judge(THIRD, RIGHT, "same")


def test_the_judgements_of_the_sources_count_in_chains(house: House) -> None:
    with pytest.raises(Conflict, match=r"judgements\.csv"):
        house.judge("press/focus", "research-units/focus-uliege", "same")


def test_what_cannot_be_decided(house: House) -> None:
    with pytest.raises(InputError, match="give a reason"):
        house.judge(LEFT, RIGHT, "same", why=" \n")
    with pytest.raises(InputError, match="verdict"):
        house.judge(LEFT, RIGHT, "perhaps")
    with pytest.raises(InputError, match="two are compared"):
        house.judge(LEFT, LEFT, "same")
    with pytest.raises(NotFound):
        house.judge(LEFT, "startups/nobody", "same")
    with pytest.raises(NotFound):
        house.undo(17)
    for more in ({"role": Role.CONTRIBUTOR}, {"sources": ("page-b",)}):
        with pytest.raises(Forbidden):
            house.identities.judge(LEFT, RIGHT, "same", Person(CURATOR.account.to(**more)), why="x")
    assert house.desk.journal.head() is None


def test_a_decision_is_taken_back_once(house: House) -> None:
    house.judge(LEFT, RIGHT, "same")
    with pytest.raises(Conflict, match="decided already"):
        house.judge(RIGHT, LEFT, "same")
    house.undo(1)
    with pytest.raises(Conflict):
        house.undo(1)
    with pytest.raises(Conflict):
        house.undo(2)


# -- the sources


@pytest.fixture
def elsewhere(tmp_path: Path, small: Path) -> Iterator[Callable[[], House]]:
    def make() -> House:
        copy_of_data(tmp_path, small)
        found = House(tmp_path / "state", data=tmp_path / "data")
        found.desk.build()
        return found

    yield make


def test_sources_that_changed_or_went(elsewhere: Callable[[], House], tmp_path: Path) -> None:
    house = elsewhere()
    house.judge(LEFT, RIGHT, "same")  # the folder of the edition is used, not the shipped one
    pages = tmp_path / "data" / "pages.csv"
    pages.write_text(pages.read_text("utf-8") + "\n", encoding="utf-8")
    with pytest.raises(StateError, match="changed since edition 1"):
        house.undo(1)
    shutil.rmtree(tmp_path / "data")
    with pytest.raises(StateError, match="not there any more"):
        house.undo(1)


def test_an_edition_without_records(house: House) -> None:
    (house.release.folder / "origin.json").unlink()
    with pytest.raises(StateError, match="no records to decide on"):
        sources_of(house.desk.state, house.release)


# -- two at once


def test_what_comes_in_while_it_is_worked_out(house: House) -> None:
    class Slow(Fixed):
        asked = 0

        def outcome(self, question: Question) -> Outcome:
            found = self.work.outcome(question)
            self.asked += 1
            if self.asked == 1:
                house.desk.accept("aaaaaaaaaa", [add(1, GOES, vocab.DESCRIPTION, '"just now"@en')])
            return found

    work = Slow(house.work, house.work.survey()[1])
    house.identities._work = work
    house.judge(LEFT, RIGHT, "same")
    assert work.asked == 2
    after = house.publish()
    assert about(after, GOES) == set()
    assert "just now" in {q.object.value for q in about(after, STAYS)}


def test_what_has_nothing_to_do_with_it_does_not_hold_it_up(house: House) -> None:
    class Slow(Fixed):
        asked = 0

        def outcome(self, question: Question) -> Outcome:
            found = self.work.outcome(question)
            self.asked += 1
            other = Change(1, "add", iri("actor/awex"), vocab.DESCRIPTION, '"x"', evidence=SELF)
            house.desk.accept("aaaaaaaaaa", [other])
            return found

    work = Slow(house.work, house.work.survey()[1])
    house.identities._work = work
    house.judge(LEFT, RIGHT, "same")
    assert work.asked == 1


# -- in a process of its own


def test_the_process_beside_says_the_same(house: House) -> None:
    apart = Apart("", house.desk.state.root)
    question = Question(LEFT, RIGHT, "same")
    assert apart.outcome(question) == Here(house.desk.db, house.desk.state).outcome(question)
    assert apart.survey() == house.work.survey()


def test_what_goes_wrong_beside_is_told(house: House) -> None:
    apart = Apart("", house.desk.state.root)
    with pytest.raises(Conflict) as refused:
        apart.outcome(Question(LEFT, RIGHT, "", withdraws=7))
    assert refused.value.entry == 7
    with pytest.raises(StateError, match="more than 0 seconds"):
        Apart("", house.desk.state.root, patience=0).survey()
