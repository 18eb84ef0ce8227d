"""The publisher: what curators accepted becomes releases, one writer for all (design M7).

In: the journal, the state folder, a clock. Out: releases that are switched to, entries that are marked published.
What a release shows stands in its manifest (`shown.py`): whenever this is killed, the next one goes on from there.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from typing import Any, Final

from wallograph.curation.present import net
from wallograph.curation.publisher_status import (
    failed_entries,
    forget_failed,
    prepare,
    write_failed,
    write_published,
    write_trouble,
)
from wallograph.curation.shown import Shown
from wallograph.database import Database
from wallograph.errors import DataError, PatchError, StateError
from wallograph.journal.entry import Entry
from wallograph.journal.journal import Journal
from wallograph.pipeline.change import Maker
from wallograph.release.patch import Patch
from wallograph.release.state import Release, State

Stop = Callable[[str], None]
_PATIENCE: Final = 1.0  # seconds to wait for a build or another writer, before looking again
_MADE, _SWITCHED = "made", "switched"


class Busy(StateError):
    """Another writer is at work; what is accepted waits for it."""


class Publisher:
    """Publishes what the current release does not show. One at a time works on a state folder.

    `stop` is called between the steps ("made": the folder is on the disk; "switched": readers see it; then the
    entries are marked): tests end the process there.
    """

    def __init__(
        self, db: Database, state: State, maker: Maker, *, now: Callable[[], datetime],
        say: Callable[[str], None] = lambda text: None, stop: Stop = lambda point: None,
    ) -> None:  # fmt: skip
        prepare(db)
        self.journal = Journal(db)
        self._db, self._state, self._maker, self._now, self._say, self._stop = db, state, maker, now, say, stop
        self._settled = (0, 0)  # a release, and the last entry that changes nothing in it or is in it

    def publish(self) -> Release | None:
        """Publish all that is accepted; the last release that was made. Busy when another writer is at work."""
        head = self.journal.head()
        if head is None:
            return None
        with self._written():
            current = self._current(head.number)
            if current is None or self._settled == (current.number, head.number):
                return None
            shown = Shown.of(current.manifest)
            shown.of_journal(self.journal)
            self._catch_up(current, shown)
            failed = failed_entries(self._db)
            pending = [entry for entry in self.journal.entries(after=shown.head) if entry.number not in failed]
            made = self._publish(pending) if pending else None
            last = pending[-1].number if pending else shown.head
            self._settled = ((made or current).number, max(last, head.number))
            return made

    def prepare(self) -> None:
        """Get ready for the next entry: what takes time is done before somebody waits for it. Busy as in `publish`."""
        with self._written():
            current = self._state.current()
            if current is not None:
                self._maker.prepare(current)

    @contextmanager
    def _written(self) -> Iterator[None]:
        with ExitStack() as stack:
            try:
                stack.enter_context(self._state.writing(_PATIENCE))
            except StateError as error:
                raise Busy(str(error)) from error
            yield

    def _current(self, head: int) -> Release | None:
        """The current release; one that a publisher made from it, and was killed before the switch, becomes it."""
        current = self._state.current()
        if current is None or self._settled == (current.number, head):
            return current
        for number in reversed(self._state.numbers()):
            if number <= current.number:
                break
            found = self._state.get(number)
            shown, was = Shown.of(found.manifest), Shown.of(current.manifest)
            if found.manifest.get("parent") == current.number and shown.head > was.head:
                shown.of_journal(self.journal)
                self._say(f"release {number} was made before and is switched to now")
                return self._state.switch(number)
        return current

    def _publish(self, entries: Sequence[Entry]) -> Release | None:
        """One release of several entries; when it cannot be, halves of them, down to the one that is in the way."""
        payloads = {entry.number: self.journal.payload(entry.number) or {} for entry in entries}
        try:
            release = self._release(entries, [payloads[entry.number] for entry in entries])
        except (PatchError, DataError, ValueError, TypeError, AttributeError) as error:  # wrong data in a payload
            if len(entries) == 1:
                self._fail(entries[0], error)
                return None
            half = len(entries) // 2
            first, second = self._publish(entries[:half]), self._publish(entries[half:])
            return second or first
        return release

    def _release(self, entries: Sequence[Entry], payloads: Sequence[dict[str, Any]]) -> Release | None:
        current = self._state.current()
        if current is None:
            raise StateError(f"no release in {self._state.root}: run `wallograph build` first")
        patch = Patch(*net(payloads))
        redirects = {str(old): str(new) for one in payloads for old, new in (one.get("redirects") or {}).items()}
        if not self._maker.changes(current, patch):
            self._mark(entries, current.number)
            return None
        shown = Shown.of(current.manifest).with_(entries, failed_entries(self._db))
        release = self._maker.make(
            self._state, patch, date=self._now().astimezone(UTC).date().isoformat(), lenient=True,
            journal=shown.values(), redirects=redirects,
        )  # fmt: skip
        self._stop(_MADE)
        self._state.switch(release.number)
        self._stop(_SWITCHED)
        self._mark(entries, release.number)
        return release

    def _mark(self, entries: Iterable[Entry], release: int) -> None:
        entries = list(entries)
        with self._db.writing() as tx:
            self.journal.publish(tx, [entry.number for entry in entries], release)
            write_published(tx, entries, release, self._moment())

    def _fail(self, entry: Entry, error: Exception) -> None:
        self._say(f"entry {entry.number} cannot be published: {error}")
        with self._db.writing() as tx:
            write_failed(tx, entry, str(error), self._moment())

    def _catch_up(self, current: Release, shown: Shown) -> None:
        """Mark what the current release shows and nobody marked: its maker was killed, or it is a new edition."""
        unmarked = [entry for entry in self.journal.unpublished() if shown.has(entry.number)]
        if unmarked:
            with self._db.writing() as tx:
                forget_failed(tx, [entry.number for entry in unmarked])
            for number, entries in self._first_shown(current, unmarked).items():
                self._mark(entries, number)

    def _first_shown(self, current: Release, entries: Iterable[Entry]) -> dict[int, list[Entry]]:
        """By release, the entries that it was the first to show, as far back as the edition of the current one."""
        found: dict[int, list[Entry]] = {}
        for entry in entries:
            release, before = current, current.parent()
            while before is not None and Shown.of(before.manifest).has(entry.number):
                release, before = before, before.parent()
            found.setdefault(release.number, []).append(entry)
        return found

    def trouble(self, text: str) -> None:
        """Say in the database what is in the way; where there is no room for that either, the log has it."""
        with self._db.writing() as tx:
            write_trouble(tx, text, self._moment())

    def _moment(self) -> str:
        return self._now().astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"

