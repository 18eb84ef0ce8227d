"""The journal: append-only, chained, durable; the same on SQLite and on a real PostgreSQL server."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from wallograph.database import Database
from wallograph.errors import InputError, NotFound
from wallograph.journal.entry import Entry
from wallograph.journal.journal import Journal

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
WRITER = """
import sys
from wallograph.database import Database
from wallograph.journal.journal import Journal
db = Database(sys.argv[1])
journal = Journal(db)
for n in range(int(sys.argv[3])):
    with db.writing() as tx:
        entry = journal.append(tx, kind="accept", at="2026-03-01T12:00:00Z", who=sys.argv[2], why="", release=n,
                               payload={"n": n, "fill": "x" * 2000})
    print(entry.number, entry.digest, flush=True)
db.close()
"""


@pytest.fixture
def journal(database: Database) -> Journal:
    return Journal(database)


def append(database: Database, journal: Journal, **given: Any) -> Entry:
    values = {"kind": "accept", "at": NOW, "who": "u7", "why": "vu sur la page", "proposal": "abcde23456", "release": 4}
    with database.writing() as tx:
        return journal.append(tx, **{**values, "payload": {"adds": ['<a> <b> "é" .']}, **given})


def several(database: Database, journal: Journal, count: int = 5) -> list[Entry]:
    return [append(database, journal, why=f"raison {n}", payload={"n": n}) for n in range(1, count + 1)]


def change(database: Database, sql: str, *parameters: Any) -> None:
    """As somebody would who can write to the database: without the foreign keys."""
    with database.writing() as tx:
        if database.is_postgres:
            tx.execute("SET LOCAL session_replication_role = replica")
        else:
            tx.execute("PRAGMA defer_foreign_keys = ON")
        tx.execute(sql, parameters)


def free(database: Database) -> None:
    """Take the foreign keys away from the tables."""
    if database.is_postgres:
        with database.writing() as tx:
            for table in ("journal_payloads", "journal_published"):
                tx.execute(f"ALTER TABLE {table} DROP CONSTRAINT {table}_number_fkey")
        return
    with database.writing() as tx:
        for table in ("journal_payloads", "journal_published"):
            tx.execute(f"CREATE TABLE copy_of AS SELECT * FROM {table}")
            tx.execute(f"DROP TABLE {table}")
            tx.execute(f"ALTER TABLE copy_of RENAME TO {table}")


def test_entries_follow_each_other(database: Database, journal: Journal) -> None:
    assert journal.head() is None
    made = several(database, journal)
    assert [entry.number for entry in made] == [1, 2, 3, 4, 5]
    assert made[0].previous == "0" * 64
    assert [entry.previous for entry in made[1:]] == [entry.digest for entry in made[:-1]]
    assert list(journal.entries()) == made
    assert list(journal.entries(after=3)) == made[3:]
    assert journal.head() == journal.entry(5) == made[4]
    assert journal.payload(2) == {"n": 2}
    assert journal.of_proposal("abcde23456") == made
    with pytest.raises(NotFound):
        journal.entry(6)
    with pytest.raises(NotFound):
        journal.payload(6)
    found = journal.verify()
    assert found.is_sound
    assert (found.entries, found.head, found.shredded) == (5, made[4].digest, ())


def test_many_entries_come_page_by_page(database: Database, journal: Journal) -> None:
    with database.writing() as tx:
        for number in range(1, 1203):
            entry = journal.append(tx, kind="accept", at=NOW, who="u", why="", release=1, payload={"n": number})
    assert [each.number for each in journal.entries(after=100)] == list(range(101, 1203))
    assert journal.verify(entry.digest).is_sound


def test_the_digest_is_what_the_form_says(database: Database, journal: Journal) -> None:
    """Made again here from the words of journal/entry.py, so that anybody can."""
    entry = append(database, journal, who="élu", why="parce qu’on l’a dit", payload={"b": [1], "a": "é"})
    with database.reading() as tx:
        ((salt, why, payload),) = tx.execute("SELECT salt, why, payload FROM journal_payloads")

    def digest(*fields: object) -> str:
        return sha256(json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()

    assert payload == '{"a":"é","b":[1]}'
    assert entry.why_digest == digest("why", salt, why)
    assert entry.payload_digest == digest("payload", salt, payload)
    assert entry.digest == digest(
        "wallograph-journal-1", "0" * 64, 1, "accept", "2026-03-01T12:00:00Z", "élu", entry.why_digest, "abcde23456",
        4, entry.payload_digest,
    )  # fmt: skip


def test_an_entry_is_made_with_its_decision_or_not_at_all(database: Database, journal: Journal) -> None:
    with pytest.raises(RuntimeError), database.writing() as tx:
        journal.append(tx, kind="accept", at=NOW, who="u", why="", release=1, payload={})
        raise RuntimeError
    assert journal.head() is None
    assert append(database, journal).number == 1


@pytest.mark.parametrize(
    "given",
    [
        {"kind": "delete"},
        {"at": datetime(2026, 3, 1)},
        {"at": "yesterday"},
        {"payload": {"a": {1, 2}}},
        {"payload": {"a": float("nan")}},
        {"payload": {"a": "\ud800"}},
        {"why": "a\0b"},
    ],
)
def test_what_cannot_be_written_is_refused(tmp_path: Path, given: dict[str, Any]) -> None:
    with closing(Database.of_folder(tmp_path)) as database:
        journal = Journal(database)
        with pytest.raises(InputError):
            append(database, journal, **given)
        assert journal.head() is None


ENTRY_FIELDS = ("kind", "at", "who", "why_digest", "proposal", "payload_digest", "previous", "digest")


@pytest.mark.parametrize("field", [*ENTRY_FIELDS, "release", "why", "payload", "salt"])
def test_a_changed_field_is_found(database: Database, journal: Journal, field: str) -> None:
    several(database, journal)
    table = "journal_payloads" if field in ("why", "payload", "salt") else "journal_entries"
    if field == "release":
        change(database, "UPDATE journal_entries SET release = release + 1 WHERE number = 3")
    else:
        change(database, f"UPDATE {table} SET {field} = {field} || ' ' WHERE number = 3")
    found = journal.verify()
    assert found.problems
    assert found.problems[0].number == 3


def test_every_byte_of_every_field_counts(tmp_path: Path) -> None:
    """Each character of each text, changed by one bit, in an entry in the middle."""
    with closing(Database.of_folder(tmp_path)) as database:
        journal = Journal(database)
        several(database, journal, 3)
        texts = [("journal_entries", name) for name in ENTRY_FIELDS]
        texts += [("journal_payloads", name) for name in ("salt", "why", "payload")]
        tried = 0
        for table, name in texts:
            with database.reading() as tx:
                ((text,),) = tx.execute(f"SELECT {name} FROM {table} WHERE number = 2")
            for place, character in enumerate(text):
                other = text[:place] + chr(ord(character) ^ 1) + text[place + 1 :]
                change(database, f"UPDATE {table} SET {name} = ? WHERE number = 2", other)
                assert not journal.verify().is_sound, (name, place)
                tried += 1
            change(database, f"UPDATE {table} SET {name} = ? WHERE number = 2", text)
        assert journal.verify().is_sound
        assert tried > 300


def test_an_entry_rewritten_with_its_digest_breaks_the_chain(database: Database, journal: Journal) -> None:
    """Who knows the form can seal a changed entry again, but not without all that follow it."""
    made = several(database, journal)
    forged = Entry(**{**{name: getattr(made[2], name) for name in Entry.__slots__}, "who": "u8"}).sealed()
    change(database, "UPDATE journal_entries SET who = ?, digest = ? WHERE number = 3", "u8", forged.digest)
    found = journal.verify()
    assert [problem.number for problem in found.problems] == [4]


def test_a_journal_written_anew_has_another_head(database: Database, journal: Journal) -> None:
    kept = several(database, journal)[4].digest
    change(database, "DELETE FROM journal_payloads WHERE number > 0")
    change(database, "DELETE FROM journal_entries WHERE number > 0")
    several(database, journal)
    assert journal.verify().is_sound
    found = journal.verify(kept)
    assert [problem.number for problem in found.problems] == [0]


@pytest.mark.parametrize("number", [1, 3])
def test_a_removed_entry_is_found(database: Database, journal: Journal, number: int) -> None:
    several(database, journal)
    change(database, "DELETE FROM journal_payloads WHERE number = ?", number)
    change(database, "DELETE FROM journal_entries WHERE number = ?", number)
    assert [problem.number for problem in journal.verify().problems] == [number, number + 1]


def test_a_removed_entry_is_found_when_the_others_are_renumbered(database: Database, journal: Journal) -> None:
    several(database, journal)
    free(database)
    for table in ("journal_payloads", "journal_entries"):
        change(database, f"DELETE FROM {table} WHERE number = 3")
        for number in (4, 5):
            change(database, f"UPDATE {table} SET number = ? WHERE number = ?", number - 1, number)
    assert journal.verify().problems[0].number == 3


def test_entries_in_another_order_are_found(database: Database, journal: Journal) -> None:
    several(database, journal)
    free(database)
    for table in ("journal_payloads", "journal_entries"):
        for one, other in ((2, 9), (3, 2), (9, 3)):
            change(database, f"UPDATE {table} SET number = ? WHERE number = ?", other, one)
    assert {problem.number for problem in journal.verify().problems} >= {2, 3}


def test_exchanged_payloads_are_found(database: Database, journal: Journal) -> None:
    several(database, journal)
    free(database)
    for one, other in ((2, 9), (3, 2), (9, 3)):
        change(database, "UPDATE journal_payloads SET number = ? WHERE number = ?", other, one)
    assert {problem.number for problem in journal.verify().problems} == {2, 3}


def test_what_was_cut_off_is_found_by_the_head_that_was_kept(database: Database, journal: Journal) -> None:
    made = several(database, journal)
    for number in (4, 5):
        change(database, "DELETE FROM journal_payloads WHERE number = ?", number)
        change(database, "DELETE FROM journal_entries WHERE number = ?", number)
    assert journal.verify().is_sound
    assert journal.verify(made[2].digest).is_sound
    assert journal.verify(made[1].digest).is_sound
    for lost in made[3:]:
        assert not journal.verify(lost.digest).is_sound


def test_a_removed_payload_is_no_shredded_one(database: Database, journal: Journal) -> None:
    several(database, journal)
    change(database, "DELETE FROM journal_payloads WHERE number = 2")
    found = journal.verify()
    assert found.shredded == (2,)
    assert [str(problem) for problem in found.problems] == ["entry 2: its payload is gone, and no erase entry says so"]


def test_what_belongs_to_no_entry_is_found(database: Database, journal: Journal) -> None:
    several(database, journal)
    free(database)
    change(database, "INSERT INTO journal_payloads (number, salt, why, payload) VALUES (77, '', '', '{}')")
    change(database, "INSERT INTO journal_published (number, release) VALUES (78, 1)")
    assert [problem.number for problem in journal.verify().problems] == [77, 78]


def test_a_type_that_nobody_wrote_is_a_problem_and_no_crash(tmp_path: Path) -> None:
    """SQLite takes any type in any column."""
    for sql in (
        "UPDATE journal_entries SET who = x'ff' WHERE number = 3",
        "UPDATE journal_entries SET who = CAST(x'ff' AS TEXT) WHERE number = 3",
        "UPDATE journal_entries SET release = 1.5 WHERE number = 3",
        "UPDATE journal_payloads SET payload = x'7b7d' WHERE number = 3",
        "UPDATE journal_payloads SET payload = '[]' WHERE number = 3",
        "UPDATE journal_entries SET number = 'five' WHERE number = 5",
    ):
        folder = tmp_path / sha256(sql.encode()).hexdigest()
        with closing(Database.of_folder(folder)) as database:
            journal = Journal(database)
            several(database, journal)
            free(database)
            change(database, sql)
            assert not journal.verify().is_sound, sql


def test_erased_payloads_are_gone_and_the_journal_verifies(database: Database, journal: Journal) -> None:
    made = several(database, journal)
    with database.writing() as tx:
        erased = journal.erase(
            tx, {2: None, 4: {"adds": []}}, at=NOW, who="u1", why="demande", release=5, payload={"notice": 12}
        )
    database.scrub("journal_payloads")
    assert erased.kind == "erase"
    assert journal.payload(2) is None
    assert journal.payload(4) == {"adds": []}
    assert journal.payload(6) == {"notice": 12, "entries": {"2": None, "4": {"adds": []}}}
    assert [entry.why for entry in journal.entries()] == ["raison 1", "", "raison 3", "", "raison 5", "demande"]
    found = journal.verify(made[4].digest)
    assert found.is_sound
    assert found.shredded == (2, 4)


def test_what_was_left_can_be_erased_again(database: Database, journal: Journal) -> None:
    several(database, journal)
    with database.writing() as tx:
        journal.erase(tx, {2: {"adds": ["x", "y"]}, 3: None}, at=NOW, who="u1", why="", release=5)
    with database.writing() as tx:
        left = {"entries": {"2": {"adds": ["x"]}, "3": None}}
        journal.erase(tx, {6: left}, at=NOW, who="u1", why="", release=5)
    assert journal.payload(2) == {"adds": ["x"]}
    assert journal.payload(3) is None
    found = journal.verify()
    assert found.is_sound
    assert found.shredded == (2, 3, 6)


def test_a_payload_that_came_back_is_found(database: Database, journal: Journal) -> None:
    several(database, journal)
    with database.reading() as tx:
        ((salt, why, payload),) = tx.execute("SELECT salt, why, payload FROM journal_payloads WHERE number = 2")
    with database.writing() as tx:
        journal.erase(tx, {2: None}, at=NOW, who="u1", why="", release=5)
    assert journal.verify().is_sound
    back = "INSERT INTO journal_payloads (number, salt, why, payload) VALUES (2, ?, ?, ?)"
    change(database, back, salt, why, payload)
    assert [problem.number for problem in journal.verify().problems] == [2]


def test_only_an_entry_that_is_there_can_be_shredded(database: Database, journal: Journal) -> None:
    several(database, journal)
    with pytest.raises(NotFound), database.writing() as tx:
        journal.erase(tx, {9: None}, at=NOW, who="u1", why="", release=5)
    assert journal.verify().entries == 5


def test_published_marks(database: Database, journal: Journal) -> None:
    made = several(database, journal)
    with database.writing() as tx:
        journal.publish(tx, [1, 2], 11)
    with database.writing() as tx:
        journal.publish(tx, [2, 4], 12)
    assert journal.unpublished() == [made[2], made[4]]
    assert [journal.release_of(number) for number in range(1, 7)] == [11, 11, None, 12, None, None]
    assert journal.verify().is_sound


@pytest.fixture
def writers() -> Iterator[list["subprocess.Popen[str]"]]:
    started: list[subprocess.Popen[str]] = []
    yield started
    for process in started:
        process.kill()
        process.wait()
        assert process.stdout
        process.stdout.close()


def _writer(url: str, who: str, count: int) -> "subprocess.Popen[str]":
    return subprocess.Popen([sys.executable, "-c", WRITER, url, who, str(count)], stdout=subprocess.PIPE, text=True)


def test_several_processes_make_one_chain(database_url: str, writers: list["subprocess.Popen[str]"]) -> None:
    writers.extend(_writer(database_url, f"u{n}", 25) for n in range(4))
    told = [line for process in writers for line in process.communicate(timeout=120)[0].splitlines()]
    with closing(Database(database_url)) as database:
        journal = Journal(database)
        entries = list(journal.entries())
        assert journal.verify().is_sound
    assert [entry.number for entry in entries] == list(range(1, 101))
    assert sorted(told) == sorted(f"{entry.number} {entry.digest}" for entry in entries)
    assert {who: sum(entry.who == who for entry in entries) for who in ("u0", "u1", "u2", "u3")} == {
        "u0": 25, "u1": 25, "u2": 25, "u3": 25,
    }  # fmt: skip


def test_what_a_killed_writer_told_of_is_there(database_url: str, writers: list["subprocess.Popen[str]"]) -> None:
    """kill -9 in the middle of its work, eight times over two writers; the seed is in the message of a failure."""
    seed = int(os.environ.get("SEED", time.time_ns() % 1_000_000))
    chance, told = random.Random(seed), []
    with closing(Database(database_url)) as database:
        journal = Journal(database)
        for turn in range(4):
            pair = [_writer(database_url, f"u{turn}-{n}", 100_000) for n in range(2)]
            writers.extend(pair)
            for process in pair:
                assert process.stdout
                told.append(process.stdout.readline().strip())
            time.sleep(chance.uniform(0.0, 0.15))
            for process in pair:
                process.send_signal(signal.SIGKILL)
                assert process.stdout
                told.extend(process.stdout.read().splitlines())
            assert journal.verify().is_sound, f"SEED={seed}"
        entries = list(journal.entries())
    assert [entry.number for entry in entries] == list(range(1, len(entries) + 1)), f"SEED={seed}"
    whole = {line for line in told if len(line.partition(" ")[2]) == 64}
    assert whole <= {f"{entry.number} {entry.digest}" for entry in entries}, f"SEED={seed}"
    assert len(entries) - len(whole) <= 8  # each may have died between its commit and its word
