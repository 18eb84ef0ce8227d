"""The portals that are told of each release, and what is still to be sent to them: `webhooks.sqlite` in the state.

In: hooks, messages, outcomes. Out: what is due, and how each hook stands. The address and the key of a hook are kept
only encrypted. Each call opens the file for itself, so threads and processes may share it; one deliverer at a time
holds the lock.
"""

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from wallograph.errors import NotFound, StateError

NAME: Final = "webhooks.sqlite"
_LOCK: Final = ".webhooks.lock"
_KEPT_SENT: Final = 20  # what was sent is forgotten, but for the newest of each hook
_PATIENCE: Final = 10.0
_VERSION: Final = 1
_SCHEMA: Final = """
CREATE TABLE hook (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, shown TEXT NOT NULL, sealed BLOB NOT NULL,
  release INTEGER NOT NULL,              -- the newest release that was queued
  disabled TEXT NOT NULL DEFAULT ''      -- why nothing is sent; empty: it is active
);
CREATE TABLE delivery (
  hook TEXT NOT NULL REFERENCES hook ON DELETE CASCADE, release INTEGER NOT NULL,
  message TEXT NOT NULL, body BLOB NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0, due REAL NOT NULL,
  tried REAL, result TEXT NOT NULL DEFAULT '', sent INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (hook, release)
);
"""
_HOOK: Final = "SELECT id, name, shown, sealed, release, disabled FROM hook"
# The first message of each active hook that was not sent; those after it wait for it.
_FIRST: Final = """
SELECT d.hook, d.release, d.message, d.body, d.attempts, d.due FROM delivery d JOIN hook h ON h.id = d.hook
WHERE h.disabled = '' AND d.sent = 0
  AND d.release = (SELECT MIN(e.release) FROM delivery e WHERE e.hook = d.hook AND e.sent = 0)
ORDER BY d.due
"""
_FORGET: Final = """
DELETE FROM delivery WHERE hook = ?1 AND sent = 1 AND release NOT IN
  (SELECT release FROM delivery WHERE hook = ?1 AND sent = 1 ORDER BY release DESC LIMIT ?2)
"""


@dataclass(frozen=True, slots=True)
class Hook:
    """A portal that is told. `shown` is its address as far as it may be shown; `sealed` has the rest and its key."""

    id: str
    name: str
    shown: str
    sealed: bytes
    release: int
    disabled: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message to a hook. Its id and body stay the same, however often it is tried."""

    hook: str
    release: int
    message: str
    body: bytes
    attempts: int
    due: float


@dataclass(frozen=True, slots=True)
class Standing:
    """How a hook stands: what waits, what was tried last, when the next attempt is due."""

    hook: Hook
    waiting: int
    sent: int | None
    result: str
    tried: float | None
    attempts: int
    due: float | None


class Hooks:
    """The file. It is made when the first hook is added."""

    def __init__(self, root: Path) -> None:
        self.path = root / NAME
        self._lock = root / _LOCK

    def exists(self) -> bool:
        """Whether a hook was ever added."""
        return self.path.is_file()

    @contextmanager
    def delivering(self) -> Iterator[bool]:
        """Whether this process is the one that delivers, for the length of the block. The kernel frees the lock when
        its holder dies."""
        try:
            lock = self._lock.open("ab")
        except OSError as error:
            raise StateError(f"'{self._lock}' cannot be used: {error.strerror}") from error
        with lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                yield False
                return
            yield True

    def add(self, hook: Hook) -> None:
        """Add a hook; it is told of the releases after `hook.release`."""
        with self._open(make=True) as db:
            values = (hook.id, hook.name, hook.shown, hook.sealed, hook.release)
            db.execute("INSERT INTO hook (id, name, shown, sealed, release) VALUES (?, ?, ?, ?, ?)", values)

    def remove(self, ident: str) -> None:
        """Forget a hook and all that waits for it; NotFound if there is none."""
        self.get(ident)
        self._do("DELETE FROM hook WHERE id = ?", ident)

    def get(self, ident: str) -> Hook:
        """A hook; NotFound if there is none."""
        found = self._ask(_HOOK + " WHERE id = ?", ident)
        if not found:
            raise NotFound(f"there is no webhook {ident!r}; `wallograph webhook list` shows all")
        return Hook(*found[0])

    def all(self) -> list[Hook]:
        """All hooks, as they were added."""
        return [Hook(*row) for row in self._ask(_HOOK + " ORDER BY rowid")]

    def enable(self, ident: str, now: float) -> None:
        """Send to a hook again: what waits is due now, with all its attempts before it."""
        self.get(ident)
        with self._open() as db:
            db.execute("UPDATE hook SET disabled = '' WHERE id = ?", (ident,))
            db.execute("UPDATE delivery SET attempts = 0, due = ? WHERE hook = ? AND sent = 0", (now, ident))

    def disable(self, ident: str, why: str) -> None:
        """Send nothing to a hook until it is enabled."""
        self._do("UPDATE hook SET disabled = ? WHERE id = ?", why, ident)

    def queue(self, ident: str, release: int, message: str, body: bytes, now: float) -> None:
        """A message for a release, due now; once, whoever asks."""
        with self._open() as db:
            db.execute(
                "INSERT OR IGNORE INTO delivery (hook, release, message, body, due) "
                "SELECT id, ?2, ?3, ?4, ?5 FROM hook WHERE id = ?1",
                (ident, release, message, body, now),
            )
            db.execute("UPDATE hook SET release = MAX(release, ?) WHERE id = ?", (release, ident))

    def skip(self, ident: str, release: int) -> None:
        """Nothing is ever sent to a hook for a release."""
        self._do("UPDATE hook SET release = MAX(release, ?) WHERE id = ?", release, ident)

    def waiting(self) -> list[Delivery]:
        """The next message of each active hook, whenever it is due."""
        return [Delivery(*row) for row in self._ask(_FIRST)]

    def sent(self, done: Delivery, now: float, result: str) -> None:
        """A message arrived."""
        with self._open() as db:
            db.execute(
                "UPDATE delivery SET sent = 1, attempts = attempts + 1, tried = ?, result = ? "
                "WHERE hook = ? AND release = ?",
                (now, result, done.hook, done.release),
            )
            db.execute(_FORGET, (done.hook, _KEPT_SENT))

    def failed(self, done: Delivery, now: float, result: str, due: float) -> None:
        """A message did not arrive; the next attempt is due then."""
        self._do(
            "UPDATE delivery SET attempts = attempts + 1, tried = ?, result = ?, due = ? "
            "WHERE hook = ? AND release = ?",
            now, result, due, done.hook, done.release,
        )  # fmt: skip

    def standing(self) -> list[Standing]:
        """How all hooks stand."""
        return [self._standing(hook) for hook in self.all()]

    def _standing(self, hook: Hook) -> Standing:
        waiting, due = self._ask("SELECT COUNT(*), MIN(due) FROM delivery WHERE hook = ? AND sent = 0", hook.id)[0]
        sent = self._ask("SELECT MAX(release) FROM delivery WHERE hook = ? AND sent = 1", hook.id)[0][0]
        last = self._ask(
            "SELECT result, tried, attempts FROM delivery WHERE hook = ? AND tried IS NOT NULL "
            "ORDER BY tried DESC, release DESC LIMIT 1",
            hook.id,
        )
        result, tried, attempts = last[0] if last else ("", None, 0)
        return Standing(hook, waiting, sent, result, tried, attempts, None if hook.disabled else due)

    def _do(self, text: str, *values: object) -> None:
        with self._open() as db:
            db.execute(text, values)

    def _ask(self, text: str, *values: object) -> list[tuple[Any, ...]]:
        if not self.exists():
            return []
        with self._open() as db:
            return db.execute(text, values).fetchall()

    @contextmanager
    def _open(self, *, make: bool = False) -> Iterator[sqlite3.Connection]:
        """The file, in one transaction; StateError if it is damaged or of another version."""
        try:
            if make and not self.exists():
                self._make()
            with closing(sqlite3.connect(self.path, timeout=_PATIENCE)) as db:
                db.execute("PRAGMA foreign_keys = ON")
                if db.execute("PRAGMA user_version").fetchone()[0] != _VERSION:
                    raise StateError(f"'{self.path}' was written by another version of wallograph")
                with db:
                    yield db
        except (sqlite3.Error, OSError) as error:
            raise StateError(f"'{self.path}' cannot be used: {error}") from error

    def _make(self) -> None:
        """The empty file, whole or not at all, for its owner only."""
        temp = self.path.with_name(f".{NAME}-{os.getpid()}")
        temp.unlink(missing_ok=True)
        os.close(os.open(temp, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with closing(sqlite3.connect(temp)) as db:
            db.executescript(f"{_SCHEMA}PRAGMA user_version = {_VERSION};")
        try:
            os.link(temp, self.path)
        except FileExistsError:
            pass  # another process made it just now
        finally:
            temp.unlink()
