"""The database seam: the same promises on SQLite and on a real PostgreSQL server."""

import sqlite3
import stat
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from wallograph.database import Database
from wallograph.errors import InputError, StateError

STEPS = ("CREATE TABLE things (number BIGINT PRIMARY KEY, name TEXT NOT NULL, body BLOB)",)


def _add(database: Database, name: str = "one") -> int:
    with database.writing() as tx:
        number = tx.execute("SELECT COALESCE(MAX(number), 0) + 1 FROM things")[0][0]
        tx.execute("INSERT INTO things (number, name, body) VALUES (?, ?, ?)", (number, name, b"\x00\xff"))
    return int(number)


def _names(database: Database) -> list[str]:
    with database.reading() as tx:
        return [name for (name,) in tx.execute("SELECT name FROM things ORDER BY number")]


def test_values_come_back_as_they_were(database: Database) -> None:
    database.migrate("things", STEPS)
    _add(database, "l'été 50 % ? 'x' 🦊")
    with database.reading() as tx:
        assert tx.execute("SELECT number, name, body FROM things") == [(1, "l'été 50 % ? 'x' 🦊", b"\x00\xff")]


def test_a_transaction_that_raises_leaves_nothing(database: Database) -> None:
    database.migrate("things", STEPS)
    with pytest.raises(ZeroDivisionError), database.writing() as tx:
        tx.execute("INSERT INTO things (number, name) VALUES (1, 'x')")
        1 / 0  # noqa: B018
    with pytest.raises(StateError), database.writing() as tx:
        tx.execute("INSERT INTO things (number, name) VALUES (1, 'x')")
        tx.execute("INSERT INTO things (number, name) VALUES (1, 'again')")
    assert _names(database) == []
    assert _add(database) == 1


def test_what_is_written_while_reading_is_not_kept(database: Database) -> None:
    database.migrate("things", STEPS)
    try:
        with database.reading() as tx:
            tx.execute("INSERT INTO things (number, name) VALUES (1, 'x')")
    except StateError:
        assert database.is_postgres
    assert _names(database) == []


def test_a_reader_sees_one_state(database: Database) -> None:
    database.migrate("things", STEPS)
    _add(database)
    with database.reading() as tx:
        before = tx.execute("SELECT COUNT(*) FROM things")
        _add(database)
        assert tx.execute("SELECT COUNT(*) FROM things") == before == [(1,)]


def test_writers_run_one_after_the_other(database: Database) -> None:
    """Each takes the next number: two that ran at once would take the same."""
    database.migrate("things", STEPS)
    failed: list[Exception] = []

    def work() -> None:
        try:
            for _ in range(10):
                _add(database)
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not failed
    assert len(_names(database)) == 60


def test_writers_are_in_turn_whatever_the_server_is_set_to(postgres_url: str) -> None:
    """With a snapshot of before the lock a writer would count without those that it waited for."""
    name = postgres_url.split("/")[3].split("?")[0]
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE {name} SET default_transaction_isolation = 'repeatable read'")
        connection.execute(f"ALTER DATABASE {name} SET synchronous_commit = 'off'")
    with closing(Database(postgres_url)) as database:
        test_writers_run_one_after_the_other(database)
        with database.reading() as tx:
            assert tx.execute("SHOW synchronous_commit") == [("on",)]


def test_steps_run_once_and_never_backwards(database: Database) -> None:
    database.migrate("things", STEPS)
    database.migrate("things", STEPS)
    database.migrate("things", (*STEPS, "ALTER TABLE things ADD COLUMN more TEXT"))
    with pytest.raises(StateError, match="newer version"):
        database.migrate("things", STEPS)


def test_a_text_that_only_one_engine_could_hold_is_refused(database: Database) -> None:
    database.migrate("things", STEPS)
    for text in ("a\0b", "a\ud800b"):
        with pytest.raises(InputError):
            _add(database, text)
    assert _add(database) == 1


def test_a_writer_does_not_wait_for_ever(database_url: str) -> None:
    with closing(Database(database_url)) as holder, closing(Database(database_url, wait=0.3)) as waiter:
        holder.migrate("things", STEPS)
        with holder.writing(), pytest.raises(StateError, match="others have been writing"), waiter.writing():
            pass
        assert _add(waiter) == 1


def test_the_files_are_for_their_owner(tmp_path: Path) -> None:
    with closing(Database.of_folder(tmp_path / "50%25 état")) as database:
        database.migrate("things", STEPS)
        _add(database)
        folder = tmp_path / "50%25 état"
        assert {file.name: stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {
            "journal.sqlite": 0o600, "journal.sqlite-wal": 0o600, "journal.sqlite-shm": 0o600,
        }  # fmt: skip


def test_the_mode_of_a_file_that_was_copied_here_is_mended(tmp_path: Path) -> None:
    (tmp_path / "journal.sqlite").touch(mode=0o644)
    with closing(Database.of_folder(tmp_path)) as database:
        database.migrate("things", STEPS)
    assert stat.S_IMODE((tmp_path / "journal.sqlite").stat().st_mode) == 0o600


def test_a_full_disk_is_told_and_passes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite's own limit of pages gives the very error that a full disk does."""
    with closing(Database.of_folder(tmp_path)) as database:
        database.migrate("things", STEPS)
        _add(database)
    pragmas = ("journal_mode=WAL", "synchronous=FULL", "max_page_count=12")
    with monkeypatch.context() as patched, closing(Database.of_folder(tmp_path)) as small:
        patched.setattr("wallograph.database._PRAGMAS", pragmas)
        with pytest.raises(StateError, match="disk is full; nothing was written"):
            _add(small, "x" * 100_000)
        assert _names(small) == ["one"]
    with closing(Database.of_folder(tmp_path)) as database:
        assert _add(database, "x" * 100_000) == 2


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "journal.sqlite").write_bytes(b"this is no database at all" * 100)
    with closing(Database.of_folder(tmp_path)) as database, pytest.raises(StateError, match="damaged"):
        database.migrate("things", STEPS)


@pytest.mark.parametrize("url", ["mysql://x/y", "sqlite://host/x", "sqlite:///", "journal.sqlite", "", "http://x/y"])
def test_another_kind_of_address_is_refused(url: str) -> None:
    with pytest.raises(StateError, match="sqlite:///path"):
        Database(url)


def test_no_error_tells_the_password(tmp_path: Path) -> None:
    for url in (f"postgresql://u:s3cret@/x?host={tmp_path}", "postgresql://u:s3cret@[/x", "postgresql://u:s3cret%@/x"):
        with pytest.raises(StateError) as told, closing(Database(url)) as database, database.writing():
            pass
        assert "s3cret" not in str(told.value)


def test_a_file_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    with closing(Database(f"sqlite:///{tmp_path}")) as database, pytest.raises(StateError), database.writing():
        pass


def test_a_connection_that_lost_its_server_is_replaced(postgres_url: str) -> None:
    with closing(Database(postgres_url)) as database:
        database.migrate("things", STEPS)
        _end_sessions(postgres_url)
        assert _add(database) == 1
        with pytest.raises(StateError), database.writing() as tx:
            _end_sessions(postgres_url)
            tx.execute("INSERT INTO things (number, name) VALUES (9, 'x')")
        assert _names(database) == ["one"]


def test_what_was_deleted_is_in_no_file(tmp_path: Path) -> None:
    with closing(Database.of_folder(tmp_path)) as database:
        database.migrate("things", STEPS)
        _add(database, "Jeanne Dupont " * 2000)
        assert b"Jeanne" in b"".join(file.read_bytes() for file in tmp_path.iterdir())
        with database.writing() as tx:
            tx.execute("DELETE FROM things")
        database.scrub("things")
        assert b"Jeanne" not in b"".join(file.read_bytes() for file in tmp_path.iterdir())


def test_postgresql_rewrites_what_was_deleted(postgres_url: str) -> None:
    with closing(Database(postgres_url)) as database:
        database.migrate("things", STEPS)
        _add(database, "Jeanne Dupont " * 2000)
        with database.reading() as tx:
            before = tx.execute("SELECT pg_relation_filepath('things')")
        with database.writing() as tx:
            tx.execute("DELETE FROM things")
        database.scrub("things")
        with database.reading() as tx:
            assert tx.execute("SELECT pg_relation_filepath('things')") != before
            assert tx.execute("SELECT pg_total_relation_size('things') < 40000") == [(True,)]


def test_many_processes_make_it_at_once(database_url: str) -> None:
    code = (
        "import sys; from wallograph.database import Database\n"
        f"d = Database(sys.argv[1]); d.migrate('things', {STEPS!r})\n"
        "tx = d.writing(); t = tx.__enter__()\n"
        "n = t.execute('SELECT COUNT(*) FROM things')[0][0]\n"
        "t.execute('INSERT INTO things (number, name) VALUES (?, ?)', (n, 'x'))\n"
        "tx.__exit__(None, None, None); d.close()"
    )
    made = [subprocess.Popen([sys.executable, "-c", code, database_url], stderr=subprocess.PIPE) for _ in range(4)]
    assert [process.communicate(timeout=60)[1] for process in made] == [b""] * 4
    with closing(Database(database_url)) as database:
        assert len(_names(database)) == 4


def test_a_forked_process_has_connections_of_its_own(database_url: str) -> None:
    code = (
        "import os, sys; from wallograph.database import Database\n"
        f"d = Database(sys.argv[1]); d.migrate('things', {STEPS!r})\n"
        "def add(n):\n"
        "    with d.writing() as tx: tx.execute('INSERT INTO things (number, name) VALUES (?, ?)', (n, 'x'))\n"
        "add(0); child = os.fork()\n"
        "for n in range(1, 50): add(2 * n + (child == 0))\n"
        "if child: assert os.waitpid(child, 0)[1] == 0; add(1000)\n"
        "d.close()"
    )
    done = subprocess.run([sys.executable, "-c", code, database_url], capture_output=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, b"")
    with closing(Database(database_url)) as database:
        assert len(_names(database)) == 100


def test_sqlite_syncs_every_commit(tmp_path: Path) -> None:
    with closing(Database.of_folder(tmp_path)) as database, database.reading() as tx:
        assert tx.execute("PRAGMA synchronous") == [(2,)]
        assert tx.execute("PRAGMA journal_mode") == [("wal",)]
    assert sqlite3.threadsafety == 3  # a connection may pass from one thread to another


def _end_sessions(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
