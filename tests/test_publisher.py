"""The publisher: accepted entries become releases, each exactly once, whatever is killed or full."""

import errno
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Thread

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

import publication
from accepting import BASE, NOW, SPIN, ULIEGE, Installation, add
from wallograph import vocab
from wallograph.curation.model import Change
from wallograph.curation.publisher import Busy, Publisher
from wallograph.curation.publisher_status import failed_entries, publisher_status
from wallograph.curation.publishing import Loop, run
from wallograph.curation.shown import Shown
from wallograph.curation.waking import SOCKET, Bell, End, wake
from wallograph.database import Database
from wallograph.errors import StateError
from wallograph.pipeline.change import Maker, apply
from wallograph.release.edition import make_edition
from wallograph.release.kept import Kept
from wallograph.release.patch import Patch
from wallograph.release.state import State
from wallograph.validate.own import OwnEngine

P1, P2, P3 = "aaaaaaaaaa", "bbbbbbbbbb", "cccccccccc"
HERE = Path(__file__).parent


@pytest.fixture
def place(tmp_path: Path) -> Installation:
    return Installation(tmp_path / "state")


@contextmanager
def process(state: Path, *, kill_at: str = "", after: int = 0) -> Iterator[subprocess.Popen[bytes]]:
    """A real publisher; `kill_at` ends it there, as kill -9 does, at the given time round."""
    command = [sys.executable, str(HERE / "publisher_process.py"), "--state", str(state)]
    child = subprocess.Popen(command, env={**os.environ, "KILL_AT": kill_at, "KILL_AFTER": str(after)})
    try:
        yield child
    finally:
        child.terminate()
        try:
            child.wait(10)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def until(check: Callable[[], bool], seconds: float = 30.0) -> None:
    end = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.01)


# -- one after the other


def test_what_waits_goes_into_one_release(place: Installation) -> None:
    for word, proposal in (("laser", P1), ("robot", P2)):
        place.keyword(word, proposal)
    release = place.publisher().publish()
    assert release is not None
    assert release.number == 2
    assert place.keywords() == ["laser", "robot"]
    assert [place.journal.release_of(number) for number in (1, 2)] == [2, 2]
    head = place.journal.head()
    assert head is not None
    assert release.manifest["journal"] == {"head": 2, "digest": head.digest}
    assert place.publisher().publish() is None
    assert place.state.numbers() == [1, 2]


def test_what_cancels_out_makes_no_release(place: Installation) -> None:
    entry = place.keyword("laser", P1)
    place.revert(entry.number)
    publisher = place.publisher()
    assert publisher.publish() is None
    assert place.journal.unpublished() == []
    assert publisher.publish() is None
    assert place.state.numbers() == [1]
    place.keyword("robot", P2)
    assert publisher.publish() is not None
    assert place.keywords() == ["robot"]


def test_an_entry_that_was_published_is_reverted_by_the_next_release(place: Installation) -> None:
    before = place.lines()
    publisher = place.publisher()
    entry = place.accept(add(1, SPIN, vocab.RELATIONS["partner-of"], f"<{ULIEGE}>"), proposal=P1)
    publisher.publish()
    assert place.lines() != before
    place.revert(entry.number)
    publisher.publish()
    assert place.lines() == before


def test_redirects_of_decisions_are_kept_and_taken_back(place: Installation) -> None:
    publisher = place.publisher()
    line = f'<{SPIN}> <{vocab.KEYWORDS}> "x" <{BASE}/id/source/page-a> .'
    merged = {"adds": [line], "deletes": [], "redirects": {"actor/old": "actor/spin"}}
    place.append("identity", merged)
    first = publisher.publish()
    assert first is not None
    assert "actor/spin" in (first.folder / "redirects.json").read_text()
    place.append("identity", {"adds": [], "deletes": [line], "redirects": {"actor/old": ""}})
    second = publisher.publish()
    assert second is not None
    assert "actor/old" not in (second.folder / "redirects.json").read_text()


def test_a_proposal_is_told_the_release_that_shows_it(place: Installation) -> None:
    publisher = place.publisher()  # makes the tables
    fields = "seq,id,kind,state,version,made,changed,release,lang,note,author,assigned,accepted,entry,published"
    with place.db.writing() as tx:
        tx.execute(
            f"INSERT INTO proposals ({fields},file,secret,decided,title,adds,retracts) VALUES "
            "(1, ?, 'change', 'accepted', 1, '', '', 1, 'fr', '', '', '', '[]', 1, 0, '', '', '', '', 1, 0)", (P1,)
        )  # fmt: skip
    place.keyword("laser", P1)
    publisher.publish()
    with place.db.reading() as tx:
        assert tx.execute("SELECT published FROM proposals") == [(2,)]
        assert tx.execute("SELECT what, why FROM proposal_events") == [("published", "2")]


# -- what cannot be


def bad_entry(place: Installation, proposal: str = P2) -> int:
    """Something that no release can hold: blank nodes are not published."""
    line = f'_:b <{vocab.KEYWORDS}> "x" <{BASE}/id/source/page-a> .'
    return place.append("accept", {"adds": [line], "deletes": []}, proposal).number


def test_one_that_cannot_be_published_does_not_hold_up_the_others(place: Installation) -> None:
    place.keyword("laser", P1)
    number = bad_entry(place)
    place.keyword("robot", P3)
    publisher = place.publisher()
    publisher.publish()
    assert place.keywords() == ["laser", "robot"]
    status = publisher_status(place.db)
    assert [one.number for one in status.failed] == [number]
    assert status.failed[0].reason
    assert failed_entries(place.db) == {number}
    assert status.waiting == 0
    shown = Shown.of(place.current.manifest)
    assert (shown.head, shown.left_out) == (3, {number})
    assert place.journal.release_of(number) is None
    assert place.publisher().publish() is None
    place.keyword("drone", "dddddddddd")
    place.publisher().publish()
    assert Shown.of(place.current.manifest).left_out == {number}


def test_an_edition_that_has_all_entries_ends_a_failure(place: Installation) -> None:
    number = bad_entry(place)
    place.keyword("robot", P3)
    publisher = place.publisher()
    publisher.publish()
    assert failed_entries(place.db) == {number}
    edition(place, head=2)
    publisher.publish()
    assert failed_entries(place.db) == frozenset()
    assert place.journal.release_of(number) == place.current.number


def test_rules_are_asked_again(place: Installation) -> None:
    """A release of our own data is judged; what breaks a rule now is not published, whoever accepted it."""
    manifest = place.current.folder / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"summary": null', '"summary": {"tables": {}}'))
    place.keyword("laser", P1)
    bad = place.accept(add(1, SPIN, vocab.FOUNDING_DATE, '"last year"'), proposal=P2)
    place.publisher().publish()
    assert place.keywords() == ["laser"]
    assert failed_entries(place.db) == {bad.number}


# -- other writers


def edition(place: Installation, head: int) -> None:
    """What a rebuild by hand makes: an edition that has the entries up to a number."""
    state, entry = place.state, place.journal.entry(head)
    with state.writing():
        release = make_edition(
            state, _quads(place), base=BASE, date="2026-03-03",
            private_graphs=publication.private_graphs(BASE), report=None,
            journal={"head": head, "digest": entry.digest},
        )  # fmt: skip
        state.switch(release.number)


def _quads(place: Installation) -> list[Quad]:
    found = place.present()(None, None, None, None)
    return [q for q in found if isinstance(q.graph_name, NamedNode) and isinstance(q.subject, NamedNode)]


def test_entries_that_a_rebuild_took_are_marked_and_not_published_again(place: Installation) -> None:
    place.keyword("laser", P1)
    edition(place, head=1)
    place.keyword("robot", P2)
    place.publisher().publish()
    assert [place.journal.release_of(number) for number in (1, 2)] == [2, 3]
    assert place.keywords() == ["laser", "robot"]


def test_entries_that_a_rebuild_did_not_see_are_published_on_it(place: Installation) -> None:
    publisher = place.publisher()
    place.keyword("laser", P1)
    head = place.journal.head()
    assert head is not None
    quads = _quads(place)
    place.keyword("robot", P2)
    publisher.publish()
    with place.state.writing():
        release = make_edition(
            place.state, quads, base=BASE, date="2026-03-03", private_graphs=publication.private_graphs(BASE),
            report=None, journal={"head": 1, "digest": head.digest},
        )  # fmt: skip
        place.state.switch(release.number)
    assert place.keywords() == ["laser"]
    publisher.publish()
    assert place.keywords() == ["laser", "robot"]


def test_a_patch_by_hand_keeps_what_is_published(place: Installation) -> None:
    publisher = place.publisher()
    place.keyword("laser", P1)
    publisher.publish()
    quads = [quad for quad in _quads(place) if "page-b" in str(quad.graph_name)]
    apply(place.state, Patch([], quads[:1]), OwnEngine(), date="2026-03-03")
    assert Shown.of(place.current.manifest).head == 1
    assert publisher.publish() is None


def test_it_waits_for_another_writer(place: Installation) -> None:
    place.keyword("laser", P1)
    publisher = place.publisher()
    with State(place.state.root).writing(), pytest.raises(Busy):
        publisher.publish()
    assert publisher.publish() is not None


def test_nobody_writes_between_a_release_and_its_switch(place: Installation) -> None:
    place.keyword("laser", P1)
    tried: list[str] = []

    def stop(point: str) -> None:
        try:
            with State(place.state.root).writing():
                tried.append(f"{point}: written")
        except StateError:
            tried.append(point)

    place.publisher(stop).publish()
    assert tried == ["made", "switched"]


def test_a_journal_of_another_installation_is_not_published(place: Installation, tmp_path: Path) -> None:
    place.keyword("laser", P1)
    place.publisher().publish()
    other = Installation(tmp_path / "other")
    other.keyword("robot", P2)
    mixed = Publisher(other.db, place.state, Maker(OwnEngine()), now=lambda: NOW)
    with pytest.raises(StateError, match="journal"):
        mixed.publish()
    assert place.keywords() == ["laser"]


# -- killed


@pytest.mark.parametrize("point", ["made", "switched"])
def test_a_kill_between_the_steps_publishes_each_entry_once(place: Installation, point: str) -> None:
    place.keyword("laser", P1)
    with process(place.state.root, kill_at=point) as child:
        assert child.wait(30) == -signal.SIGKILL
    place.keyword("robot", P2)
    publisher = place.publisher()
    publisher.publish()
    assert place.keywords() == ["laser", "robot"]
    assert place.journal.unpublished() == []
    assert [place.journal.release_of(number) for number in (1, 2)] == [2, 3]
    assert place.state.numbers() == [1, 2, 3]
    for number in (2, 3):
        patch = (place.state.get(number).folder / "patch.rdfp").read_text()
        assert patch.count("laser") == (number == 2)


def test_killed_again_and_again_nothing_is_lost_or_there_twice(place: Installation) -> None:
    chance = random.Random(11)
    words = [f"word-{number}" for number in range(12)]
    waiting = iter(words)
    for _ in range(6):
        for _ in range(2):
            word = next(waiting)
            place.keyword(word, f"{word.replace('-', ''):a<10}")
        point = chance.choice(["made", "switched"])
        with process(place.state.root, kill_at=point, after=chance.randrange(2)) as child:
            until(lambda child=child: child.poll() is not None or not place.journal.unpublished())  # type: ignore[misc]
            if child.poll() is None:
                child.kill()
    with process(place.state.root):
        until(lambda: not place.journal.unpublished())
    assert place.keywords() == sorted(words)
    assert place.journal.verify().problems == ()
    patches = "".join((place.state.get(n).folder / "patch.rdfp").read_text() for n in place.state.numbers()[1:])
    for word in words:
        assert patches.count(f'"{word}"') == 1


# -- the process


def test_it_is_woken_and_takes_its_socket_away(place: Installation) -> None:
    with process(place.state.root) as child:
        until(lambda: (place.state.root / SOCKET).exists())
        place.keyword("laser", P1)
        assert wake(place.state.root)
        until(lambda: place.keywords() == ["laser"])
    assert child.returncode == 0
    assert not (place.state.root / SOCKET).exists()
    assert not wake(place.state.root)


def test_it_also_looks_by_itself(place: Installation) -> None:
    with process(place.state.root):
        until(lambda: (place.state.root / SOCKET).exists())
        place.keyword("laser", P1)
        until(lambda: place.keywords() == ["laser"])


def test_only_one_process_publishes_and_the_second_takes_over(place: Installation) -> None:
    with process(place.state.root) as first:
        until(lambda: (place.state.root / SOCKET).exists())
        with process(place.state.root):
            time.sleep(1.0)
            first.kill()
            first.wait()
            place.keyword("laser", P1)
            until(lambda: place.keywords() == ["laser"])


def test_a_socket_in_a_deep_folder(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 120)
    deep.mkdir()
    bell = Bell(deep)
    assert wake(deep)
    began = time.monotonic()
    bell.wait(5)
    assert time.monotonic() - began < 4
    for _ in range(2000):  # nobody listens: a full queue does not stop who rings
        assert wake(deep)
    bell.close()


def test_it_publishes_from_the_database_that_it_is_given(tmp_path: Path, database: Database) -> None:
    place = Installation(tmp_path / "state", database)
    place.keyword("laser", P1)
    assert place.publisher().publish() is not None
    assert place.journal.release_of(1) == 2
    assert publisher_status(database).waiting == 0


# -- trouble


class Failing(Maker):
    """A maker with a disk that is full until somebody makes room."""

    full = True

    def make(self, *arguments: object, **named: object):  # type: ignore[no-untyped-def, override]
        if self.full:
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().make(*arguments, **named)  # type: ignore[arg-type]


def test_a_full_disk_is_told_and_tried_again(place: Installation) -> None:
    maker = Failing(OwnEngine())
    publisher = Publisher(place.db, place.state, maker, now=lambda: NOW)
    place.keyword("laser", P1)
    loop = Loop(publisher, place.said.append)
    assert not loop.once()
    status = publisher_status(place.db)
    assert "no room" in status.trouble
    assert (status.waiting, status.failed) == (1, ())
    assert place.current.number == 1
    assert not loop.once()
    assert len(place.said) == 1
    maker.full = False
    assert loop.once()
    assert place.keywords() == ["laser"]
    assert publisher_status(place.db).trouble == ""
    assert place.said[-1] == "publishing goes on"


def test_a_build_that_takes_long_is_no_trouble(place: Installation) -> None:
    place.keyword("laser", P1)
    loop = Loop(place.publisher(), place.said.append)
    with State(place.state.root).writing():
        assert loop.once()
    assert place.said == []


def test_without_a_release_it_waits_for_one(tmp_path: Path) -> None:
    state = State(tmp_path / "state")
    end, said = End(), list[str]()
    thread = Thread(
        target=run, args=(Database.of_folder(state.root), state, end), kwargs={"now": lambda: NOW, "say": said.append}
    )
    thread.start()
    try:
        until(lambda: (state.root / SOCKET).exists())
        place = Installation(state.root)
        place.keyword("laser", P1)
        until(lambda: place.keywords() == ["laser"])
    finally:
        end.set()
        thread.join()
        end.close()
    assert said == []


def test_however_many_signals_end_it(tmp_path: Path) -> None:
    state = tmp_path / "state"
    state.mkdir()
    with process(state) as waiting:
        until(lambda: (state / SOCKET).exists())
        with process(state) as second:  # waits for the first one's lock
            time.sleep(1)
            for child in (second, waiting):
                for _ in range(2000):
                    child.send_signal(signal.SIGTERM)
                assert child.wait(10) in (0, -signal.SIGTERM)  # one may come when Python is gone already


# -- warm and cold


def _contents(folder: Path) -> dict[str, object]:
    """All of a release: its files, and what its store and its search index hold."""
    found: dict[str, object] = {
        path.name: path.read_bytes() for path in folder.iterdir() if path.is_file() and path.suffix != ".sqlite"
    }
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["journal"].pop("digest")  # of payloads with salts
    found["manifest.json"] = manifest
    found["store"] = sorted(map(str, Store.read_only(str(folder / "store"))))
    with closing(sqlite3.connect(folder / "search.sqlite")) as db:
        found["search"] = [sorted(db.execute(f"SELECT * FROM {table}")) for table in ("thing", "name", "facet")]
    return found


def test_a_warm_publisher_makes_the_same_releases_as_a_cold_one(tmp_path: Path) -> None:
    """Byte by byte: a maker that keeps what it knows, and a fresh one for each release."""
    warm, cold = Installation(tmp_path / "warm"), Installation(tmp_path / "cold")
    kept = Kept(work=True)
    warm_publisher = Publisher(warm.db, warm.state, Maker(OwnEngine(), kept), now=lambda: NOW)
    theme, other = (f"{BASE}/auth/theme/{name}" for name in ("a", "b"))
    steps: list[Callable[[Installation], object]] = [
        lambda place: place.keyword("laser", P1),
        lambda place: place.accept(
            add(1, SPIN, vocab.RELATIONS["partner-of"], f"<{ULIEGE}>", year="2020"), proposal=P2
        ),
        lambda place: place.accept(
            add(1, theme, vocab.SKOS + "broader", f"<{other}>"), add(2, SPIN, vocab.SUBJECT, f"<{theme}>"), proposal=P3
        ),
        lambda place: place.revert(1),
        lambda place: place.keyword("robot", "dddddddddd", ULIEGE),
        lambda place: place.accept(
            Change(1, "retract", SPIN, vocab.NAME, '"Spin"', graph=f"{BASE}/id/source/page-a"),
            add(2, SPIN, vocab.NAME, '"Spin SA"'), proposal="eeeeeeeeee",
        ),
        lambda place: place.revert(3),
    ]  # fmt: skip
    for round_, step in enumerate(steps):
        for place in (warm, cold):
            step(place)
        warm_publisher.publish()
        if round_ % 2:
            warm_publisher.prepare()
        cold.publisher().publish()
        assert _contents(warm.current.folder) == _contents(cold.current.folder), f"step {round_ + 1}"
    kept.forget()
    assert sorted(path.name for path in warm.state.releases.iterdir()) == [f"{n:06d}" for n in range(1, 9)]


def test_what_is_kept_is_forgotten_when_somebody_rewrites_the_release(place: Installation) -> None:
    kept = Kept(work=True)
    publisher = Publisher(place.db, place.state, Maker(OwnEngine(), kept), now=lambda: NOW)
    place.keyword("laser", P1)
    publisher.publish()
    publisher.prepare()
    store = Store(str(place.current.store_path))  # as an erasure does
    for quad in list(store.quads_for_pattern(None, None, Literal("laser"))):
        store.remove(quad)
    store.flush()
    del store
    (place.current.folder / "manifest.json").write_text((place.current.folder / "manifest.json").read_text() + " ")
    place.keyword("robot", P2)
    publisher.publish()
    assert place.keywords() == ["robot"]


def test_a_failed_attempt_leaves_nothing_of_itself(place: Installation) -> None:
    kept = Kept(work=True)
    publisher = Publisher(place.db, place.state, Maker(OwnEngine(), kept), now=lambda: NOW)
    place.keyword("laser", P1)
    publisher.publish()
    number = bad_entry(place)
    publisher.publish()
    place.keyword("robot", P3)
    publisher.publish()
    assert place.keywords() == ["laser", "robot"]
    assert failed_entries(place.db) == {number}
    assert "_:b" not in "".join(place.lines())


def test_a_release_that_breaks_a_rule_leaves_nothing_in_the_store_that_is_kept(place: Installation) -> None:
    manifest = place.current.folder / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"summary": null', '"summary": {"tables": {}}'))
    publisher = Publisher(place.db, place.state, Maker(OwnEngine(), Kept(work=True)), now=lambda: NOW)
    place.keyword("laser", P1)
    publisher.publish()
    place.accept(add(1, SPIN, vocab.FOUNDING_DATE, '"last year"'), proposal=P2)
    publisher.publish()
    place.keyword("robot", P3)
    publisher.publish()
    assert place.keywords() == ["laser", "robot"]
    assert not [line for line in place.lines() if "last year" in line]
