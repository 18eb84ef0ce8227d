"""The database of an installation: SQLite in its state folder, or PostgreSQL by URL, behind one small seam.

In: `sqlite:///path` or `postgresql://…`. Out: transactions. What a transaction wrote is on the disk when it ends
(SQLite in WAL with full sync), and writing transactions run one after the other on both engines: what one has
read stays true until it ends. Parameters are `?` on both; the types are TEXT, INTEGER, BIGINT and BLOB. A file is
for its owner alone, and what was deleted is overwritten in it.
"""

import os
import re
import sqlite3
import stat
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from time import monotonic, sleep
from typing import Any, Final
from urllib.parse import quote, unquote

import psycopg
from psycopg.conninfo import conninfo_to_dict

from wallograph.errors import InputError, StateError

Row = tuple[Any, ...]
_WRITERS: Final = 0x77616C6C  # the advisory lock of PostgreSQL that writers queue for
_WAIT: Final = 30.0  # seconds
_IDLE: Final = 4  # connections that are kept open
_PRAGMAS: Final = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")
_POSTGRES: Final = (
    "SELECT set_config('lock_timeout', '{wait}ms', false), set_config('client_encoding', 'UTF8', false)",
    # a server that answers before its disk does would break what is promised here
    "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'",
)
_COLUMNS: Final = (
    "SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = ? "
    "ORDER BY ordinal_position"
)
# named, because the defaults of a PostgreSQL server can be set to others
_READ: Final = {True: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", False: "BEGIN"}
_WRITE: Final = {True: "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE", False: "BEGIN IMMEDIATE"}
_UNFIT: Final = re.compile("[\0\ud800-\udfff]")

_BUSY: Final = "others have been writing to it for too long; try again later"
_FULL: Final = "its disk is full; nothing was written"
_DAMAGED: Final = "its file is damaged, or no database; restore it from a backup"
_SAID: Final = {  # by error code of SQLite (the low byte) and of PostgreSQL
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
    sqlite3.SQLITE_READONLY: "its file may not be written",
    "55P03": _BUSY,
    "53100": _FULL,
}


class Transaction:
    """Statements that are made together or not at all."""

    def __init__(self, connection: "sqlite3.Connection | psycopg.Connection[Row]") -> None:
        self._connection = connection
        self._postgres = not isinstance(connection, sqlite3.Connection)

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """Run one statement; the rows that it gives. StateError when the database does not take it, InputError for
        a text that not every database can hold (a NUL character, half a surrogate pair)."""
        if any(isinstance(value, str) and _UNFIT.search(value) for value in parameters):
            raise InputError("the text has a character that cannot be stored")
        try:
            if self._postgres:
                cursor = self._connection.execute(_for_postgres(sql), tuple(parameters))
                return cursor.fetchall() if cursor.description else []
            return self._connection.execute(sql, tuple(parameters)).fetchall()
        except (sqlite3.Error, psycopg.Error) as error:
            raise _told(error) from error

    def stream(self, sql: str) -> Iterator[Row]:
        """The rows of a statement, of which only a few are in memory at a time."""
        if not self._postgres:
            yield from self._connection.execute(sql)
            return
        server: Any = self._connection
        with server.cursor(name="wallograph_stream") as cursor:
            cursor.itersize = 50
            yield from cursor.execute(_for_postgres(sql))

    def columns(self, table: str) -> list[str]:
        """The names of the columns of a table, in their order; none when there is no such table."""
        sql = _COLUMNS if self._postgres else "SELECT name FROM pragma_table_info(?) ORDER BY cid"
        return [str(name) for (name,) in self.execute(sql, (table,))]

    def migrate(self, component: str, steps: Sequence[str]) -> None:
        """Bring the tables of a component up to date, in this transaction."""
        self.execute("CREATE TABLE IF NOT EXISTS schema_steps (component TEXT PRIMARY KEY, done INTEGER NOT NULL)")
        found = self.execute("SELECT done FROM schema_steps WHERE component = ?", (component,))
        done = found[0][0] if found else 0
        if done > len(steps):
            raise StateError(f"the database was written by a newer version of wallograph ({component})")
        if done == len(steps):
            return
        for step in steps[done:]:
            self.execute(step)
        self.execute("DELETE FROM schema_steps WHERE component = ?", (component,))
        self.execute("INSERT INTO schema_steps (component, done) VALUES (?, ?)", (component, len(steps)))


class Database:
    """One database. Any number of threads may use it; a connection is used by one at a time."""

    def __init__(self, url: str, *, wait: float = _WAIT) -> None:
        """StateError for a URL that is none of the two kinds. Nothing is opened before the first transaction.
        `wait`: how many seconds a writer waits for the writers before it."""
        self.is_postgres = url.startswith(("postgresql://", "postgres://"))
        self._target = url if self.is_postgres else unquote(url.removeprefix("sqlite:///"))
        if not _is_address(url, self._target):
            raise StateError("the database is given as sqlite:///path or postgresql://user@host/name")
        self._wait = wait
        self._idle: dict[int, list[Any]] = {}  # by process: one that was forked makes connections of its own
        self._lock = Lock()
        weakref.finalize(self, _close, self._idle)

    @classmethod
    def of_folder(cls, folder: Path) -> "Database":
        """The SQLite database of a state folder."""
        return cls(f"sqlite:///{quote(str(folder / 'journal.sqlite'))}")

    @property
    def path(self) -> Path | None:
        """The file, of SQLite."""
        return None if self.is_postgres else Path(self._target)

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """One consistent state; what is written here is not kept."""
        with self._lent(_READ[self.is_postgres]) as connection:
            try:
                yield Transaction(connection)
            finally:
                _run(connection, "ROLLBACK", quiet=True)

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """The only writer until the end: all of it is durable then, or, when anything is raised, nothing of it."""
        with self._lent(_WRITE[self.is_postgres]) as connection:
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
            tx.migrate(component, steps)

    def close(self) -> None:
        """Close the connections that nobody uses."""
        with self._lock:
            _close(self._idle)

    def scrub(self, *tables: str) -> None:
        """Clear what was deleted from the files too: the log of SQLite, the dead rows of these tables of PostgreSQL.
        (The write-ahead log and the backups of a PostgreSQL server are its operator's.)"""
        with self._lent() as connection:
            if not self.is_postgres:
                busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
                if busy:
                    raise StateError(f"the database cannot be cleared: {_BUSY}")
            for table in tables if self.is_postgres else ():
                connection.execute(f"VACUUM FULL {_name(table)}")

    @contextmanager
    def _lent(self, begin: str = "") -> Iterator[Any]:
        connection = self._ready(begin)
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
                idle = self._idle.setdefault(os.getpid(), [])
                keep = not broken and len(idle) < _IDLE
                if keep:
                    idle.append(connection)
            if not keep:
                connection.close()

    def _ready(self, begin: str) -> Any:
        """A connection in a transaction. One that was idle may have lost its server since: then a new one."""
        while True:
            with self._lock:
                idle = kept.pop() if (kept := self._idle.get(os.getpid())) else None
            connection = idle or self._connect()
            try:
                if begin:
                    connection.execute(begin)
                return connection
            except (sqlite3.Error, psycopg.Error) as error:
                connection.close()
                if idle is None or not self.is_postgres:
                    raise _told(error) from error

    def _connect(self) -> Any:
        try:
            if self.is_postgres:
                connection = psycopg.connect(self._target, autocommit=True, connect_timeout=10)
                for statement in _POSTGRES:
                    connection.execute(statement.format(wait=int(self._wait * 1000)))
                return connection
            _own(Path(self._target))
            return _opened(self._target, self._wait)
        except (sqlite3.Error, psycopg.Error) as error:
            raise _told(error) from error
        except OSError as error:
            raise StateError(f"the database cannot be used: {error.strerror}: '{self._target}'") from error


def _is_address(url: str, target: str) -> bool:
    """Checked at once: what libpq says of a wrong address quotes it, the password too."""
    if url != target:
        return url.startswith("sqlite:///") and bool(target)
    try:
        return bool(conninfo_to_dict(target))
    except psycopg.Error:
        return False


def _own(path: Path) -> None:
    """The file is for its owner alone from the start; SQLite gives the mode to the files beside it."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    found = path.stat()
    if stat.S_IMODE(found.st_mode) & 0o077 and found.st_uid == os.geteuid():
        path.chmod(0o600)


def _opened(target: str, wait: float) -> sqlite3.Connection:
    """Two processes that make a database WAL at once are told "locked" without waiting: they try again."""
    end = monotonic() + wait
    while True:
        connection = sqlite3.connect(target, timeout=wait, isolation_level=None, check_same_thread=False)
        try:
            for pragma in _PRAGMAS:
                connection.execute(f"PRAGMA {pragma}")
            return connection
        except sqlite3.Error as error:
            connection.close()
            if _code(error) != sqlite3.SQLITE_BUSY or monotonic() > end:
                raise
        sleep(0.01)


def _close(idle: dict[int, list[Any]]) -> None:
    """Those of this process: to close the copies that it was forked with would end those of its parent."""
    for connection in idle.pop(os.getpid(), []):
        connection.close()


def _name(table: str) -> str:
    if not re.fullmatch("[a-z_]+", table):
        raise ValueError(f"'{table}' is no name of a table")
    return table


def _run(connection: Any, sql: str, *, quiet: bool = False) -> None:
    try:
        connection.execute(sql)
    except (sqlite3.Error, psycopg.Error):
        if not quiet:
            raise


def _for_postgres(sql: str) -> str:
    return sql.replace("%", "%%").replace("?", "%s").replace(" BLOB", " BYTEA")


def _code(error: Exception) -> int | str:
    if isinstance(error, psycopg.Error):
        return error.sqlstate or ""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _told(error: Exception) -> StateError:
    """What the database said, without the address (it can hold a password)."""
    said = str(error).splitlines()[:1] or [type(error).__name__]
    return StateError(f"the database cannot be used: {_SAID.get(_code(error), said[0])}")
