"""The database of an installation: SQLite in its state folder, or PostgreSQL by URL, behind one small seam.

In: `sqlite:///path` or `postgresql://…`. Out: transactions. What a transaction wrote is on the disk when it ends
(SQLite in WAL with full sync), and writing transactions run one after the other on both engines: what one has
read stays true until it ends. Parameters are `?` on both; the types are TEXT, INTEGER, BIGINT and BLOB.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any, Final
from urllib.parse import unquote, urlsplit

import psycopg

from wallograph.errors import StateError

Row = tuple[Any, ...]
_WRITERS: Final = 0x77616C6C  # the advisory lock of PostgreSQL that writers queue for
_WAIT: Final = 30.0  # seconds for the writers before us
_IDLE: Final = 4  # connections that are kept open
_PRAGMAS: Final = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON")


class Transaction:
    """Statements that are made together or not at all."""

    def __init__(self, connection: "sqlite3.Connection | psycopg.Connection[Row]") -> None:
        self._connection = connection
        self._postgres = not isinstance(connection, sqlite3.Connection)

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """Run one statement; the rows that it gives. StateError when the database does not take it."""
        try:
            if self._postgres:
                cursor = self._connection.execute(_for_postgres(sql), tuple(parameters))  # type: ignore[call-overload]
                return cursor.fetchall() if cursor.description else []
            return self._connection.execute(sql, tuple(parameters)).fetchall()  # type: ignore[return-value]
        except (sqlite3.Error, psycopg.Error) as error:
            raise _told(error) from error


class Database:
    """One database. Any number of threads may use it; a connection is used by one at a time."""

    def __init__(self, url: str) -> None:
        """StateError for a URL that is none of the two kinds. Nothing is opened before the first transaction."""
        kind = urlsplit(url).scheme
        if kind not in ("sqlite", "postgresql", "postgres"):
            raise StateError("the database is given as sqlite:///path or postgresql://user@host/name")
        self.is_postgres = kind != "sqlite"
        self._target = url if self.is_postgres else unquote(url.removeprefix("sqlite:///"))
        self._idle: list[Any] = []
        self._lock = Lock()

    @classmethod
    def of_folder(cls, folder: Path) -> "Database":
        """The SQLite database of a state folder."""
        return cls(f"sqlite:///{folder / 'journal.sqlite'}")

    @property
    def path(self) -> Path | None:
        """The file, of SQLite."""
        return None if self.is_postgres else Path(self._target)

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """One consistent state; what is written here is not kept."""
        with self._connected() as connection:
            try:
                _run(connection, "BEGIN")
                yield Transaction(connection)
            finally:
                _run(connection, "ROLLBACK")

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """The only writer until the end: all of it is durable then, or, when anything is raised, nothing of it."""
        with self._connected() as connection:
            _run(connection, "BEGIN" if self.is_postgres else "BEGIN IMMEDIATE")
            try:
                if self.is_postgres:
                    connection.execute("SELECT pg_advisory_xact_lock(%s)", (_WRITERS,))
                yield Transaction(connection)
                _run(connection, "COMMIT")
            except BaseException:
                _run(connection, "ROLLBACK", quiet=True)
                raise

    def migrate(self, component: str, steps: Sequence[str]) -> None:
        """Bring the tables of a component up to date: step n runs once, for ever in this order."""
        if self.path is not None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.writing() as tx:
            tx.execute("CREATE TABLE IF NOT EXISTS schema_steps (component TEXT PRIMARY KEY, done INTEGER NOT NULL)")
            found = tx.execute("SELECT done FROM schema_steps WHERE component = ?", (component,))
            done = found[0][0] if found else 0
            if done > len(steps):
                raise StateError(f"the database was written by a newer version of wallograph ({component})")
            for step in steps[done:]:
                tx.execute(step)
            if found:
                tx.execute("UPDATE schema_steps SET done = ? WHERE component = ?", (len(steps), component))
            else:
                tx.execute("INSERT INTO schema_steps (component, done) VALUES (?, ?)", (component, len(steps)))

    def close(self) -> None:
        """Close the connections that nobody uses."""
        with self._lock:
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    @contextmanager
    def _connected(self) -> Iterator[Any]:
        with self._lock:
            connection = self._idle.pop() if self._idle else None
        if connection is None:
            connection = self._connect()
        broken = True
        try:
            yield connection
            broken = False
        except (sqlite3.Error, psycopg.Error) as error:
            raise _told(error) from error
        except Exception:
            broken = bool(self.is_postgres and connection.broken)
            raise
        finally:
            with self._lock:
                keep = not broken and len(self._idle) < _IDLE
                if keep:
                    self._idle.append(connection)
            if not keep:
                connection.close()

    def _connect(self) -> Any:
        try:
            if self.is_postgres:
                return psycopg.connect(self._target, autocommit=True, connect_timeout=10)
            connection = sqlite3.connect(
                self._target, timeout=_WAIT, isolation_level=None, check_same_thread=False
            )
            for pragma in _PRAGMAS:
                connection.execute(f"PRAGMA {pragma}")
            return connection
        except (sqlite3.Error, psycopg.Error) as error:
            raise _told(error) from error


def _run(connection: Any, sql: str, *, quiet: bool = False) -> None:
    try:
        connection.execute(sql)
    except (sqlite3.Error, psycopg.Error):
        if not quiet:
            raise


def _for_postgres(sql: str) -> str:
    return sql.replace("%", "%%").replace("?", "%s").replace(" BLOB", " BYTEA")


def _told(error: Exception) -> StateError:
    """What the database said, without the address (it can hold a password)."""
    said = str(error).splitlines()[:1] or [type(error).__name__]
    return StateError(f"the database cannot be used: {said[0]}")
