"""The loop of the publisher's process: wait until something is accepted, publish it, tell what is in the way.

In: the database, the state folder, an event that ends it. Out: releases. One process at a time has the loop of a state
folder; a second one waits until the first is gone.
"""

import errno
import fcntl
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from wallograph.curation.publisher import Busy, Publisher, Stop
from wallograph.curation.waking import Bell, End
from wallograph.database import Database
from wallograph.errors import StateError, WallographError
from wallograph.pipeline.change import Maker
from wallograph.release.kept import Kept
from wallograph.release.state import State
from wallograph.validate.own import OwnEngine

POLL: Final = 0.5  # seconds after which it looks without having been woken
_LONGEST_PAUSE: Final = 10.0  # between two attempts that fail
_LOCK: Final = ".publisher"


def run(
    db: Database, state: State, end: End, *, now: Callable[[], datetime], say: Callable[[str], None],
    stop: Stop = lambda point: None, chores: Callable[[], None] = lambda: None,
) -> None:  # fmt: skip
    """Publish until the end; `chores` is called between two looks."""
    with _alone(state.root, end):
        if end.is_set():
            return
        bell, maker = Bell(state.root), Maker(OwnEngine(), Kept(work=True))
        try:
            Loop(Publisher(db, state, maker, now=now, say=say, stop=stop), say, chores).until(end, bell)
        finally:
            maker.close()
            bell.close()


class Loop:
    """Publishes again and again; after a failure it waits longer and longer, and says so once."""

    def __init__(
        self, publisher: Publisher, say: Callable[[str], None], chores: Callable[[], None] = lambda: None
    ) -> None:
        self._publisher, self._say, self._chores = publisher, say, chores
        self._told: str | None = None  # None: what a former process left in the database is not known
        self._written = self._ready = False
        self.pause = POLL

    def until(self, end: End, bell: Bell) -> None:
        """Go on until the end."""
        while not end.is_set():
            if self.once():
                bell.wait(POLL)
            else:
                end.wait(self.pause)
            self._chores()

    def once(self) -> bool:
        """One look; whether all is well."""
        try:
            if self._publisher.publish() is not None:
                self._ready = False
        except Busy:  # a build may take minutes: that is no trouble
            return True
        except Exception as error:  # whatever it is, the former release serves on and the next look tries again
            self._tell(_text(error))
            self.pause = min(2 * self.pause, _LONGEST_PAUSE)
            return False
        self._tell("")
        self.pause = POLL
        if not self._ready and self._publisher.journal.head() is not None:  # else nobody curates here
            self._prepare()
        return True

    def _prepare(self) -> None:
        """What fails here fails again, and is told, when something is to be published."""
        with suppress(WallographError, OSError):
            self._publisher.prepare()
        self._ready = True

    def _tell(self, trouble: str) -> None:
        if trouble != self._told:
            if trouble or self._told:
                self._say(trouble or "publishing goes on")
            self._told, self._written = trouble, False
        if not self._written:
            try:
                self._publisher.trouble(trouble)
                self._written = True
            except (WallographError, OSError):
                pass  # no room for this either: the log has it


@contextmanager
def _alone(root: Path, end: End) -> Iterator[None]:
    """Wait until no other process publishes for this state folder, or until the end."""
    root.mkdir(parents=True, exist_ok=True)
    with (root / _LOCK).open("ab") as lock:
        while not end.is_set():
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError:
                end.wait(POLL)
        yield


def is_publishing(root: Path) -> bool:
    """Whether a process publishes for a state folder, or is about to."""
    try:
        with (root / _LOCK).open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def _text(error: Exception) -> str:
    """What is in the way, in a sentence for operators and curators."""
    text = str(error) or type(error).__name__
    full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
    full = full or (isinstance(error, sqlite3.Error | StateError | OSError) and _says_full(text))
    if full:
        return f"there is no room on the disk to publish; it is tried again until there is ({text})"
    return f"publishing failed and is tried again: {text}"


def _says_full(text: str) -> bool:
    return "disk is full" in text or "No space left" in text
