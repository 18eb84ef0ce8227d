"""`wallograph journal verify|list|show`: for people, for programs, and its exit codes."""

import json
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from wallograph.cli.main import main
from wallograph.database import Database
from wallograph.journal.journal import Journal


def run(state: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["journal", *words, "--state", str(state)])


@pytest.fixture
def state(tmp_path: Path) -> Path:
    with closing(Database.of_folder(tmp_path)) as database:
        journal = Journal(database)
        for number in range(1, 4):
            with database.writing() as tx:
                journal.append(
                    tx, kind="accept", at=datetime(2026, 3, number, tzinfo=UTC), who=f"u{number}",
                    why="vu\x1b[2J\nici", proposal=f"p{number}", release=7, payload={"adds": [f"é{number}"]},
                )  # fmt: skip
        with database.writing() as tx:
            journal.erase(tx, {2: None}, at=datetime(2026, 3, 9, tzinfo=UTC), who="u1", why="demande", release=8)
            journal.publish(tx, [1, 2], 8)
    return tmp_path


def test_verify_prints_the_head_that_proves_it_later(state: Path) -> None:
    told = run(state, "verify")
    assert told.exit_code == 0
    assert told.output.startswith("4 entries, 1 payloads shredded, head ")
    head = told.output.split()[-1]
    assert run(state, "verify", "--head", head).exit_code == 0
    with closing(Database.of_folder(state)) as database, database.writing() as tx:
        tx.execute("DELETE FROM journal_payloads WHERE number = 4")
        tx.execute("DELETE FROM journal_entries WHERE number = 4")
    cut = run(state, "verify", "--head", head)
    assert cut.exit_code == 5
    assert "no entry has the digest of the given head" in cut.output


def test_verify_names_the_entry_that_was_changed(state: Path) -> None:
    with closing(Database.of_folder(state)) as database, database.writing() as tx:
        tx.execute("UPDATE journal_entries SET who = 'u9' WHERE number = 3")
    told = run(state, "verify")
    assert told.exit_code == 5
    assert "entry 3: a field of it was changed (digest)" in told.output
    assert "wallograph: the journal is not as it was written: 1 problems" in told.output


def test_list_is_for_people_and_programs(state: Path) -> None:
    lines = run(state, "list").output.splitlines()
    assert lines[0] == "     1  2026-03-01T00:00:00Z  accept    u1  p1  release 8  vu [2J ici"
    assert lines[1] == "     2  2026-03-02T00:00:00Z  accept    u2  p2  release 8"
    assert lines[2].endswith("not published  vu [2J ici")
    rows = [json.loads(line) for line in run(state, "list", "--json", "--after", "2").output.splitlines()]
    assert [(row["number"], row["kind"], row["published"]) for row in rows] == [(3, "accept", None), (4, "erase", None)]
    assert rows[0]["why"] == "vu\x1b[2J\nici"


def test_show_has_the_payload_unless_it_was_shredded(state: Path) -> None:
    assert json.loads(run(state, "show", "1").output)["payload"] == {"adds": ["é1"]}
    assert json.loads(run(state, "show", "2").output)["payload"] is None
    assert run(state, "show", "9").exit_code == 4


def test_nothing_is_made_where_nothing_was_decided(tmp_path: Path) -> None:
    for words in (["verify"], ["list"], ["show", "1"]):
        assert run(tmp_path, *words).exit_code == 7
    assert list(tmp_path.iterdir()) == []
