"""Whether a journal is as it was written.

In: the database. Out: what is wrong with it: a field, a reason or a payload that changed by a byte, an entry that
was removed, added, exchanged or cut off at the end (for that, somebody must have kept the digest of a head).
"""

import json
from dataclasses import dataclass
from typing import Any, Final

from wallograph.database import Database, Row, Transaction
from wallograph.errors import StateError
from wallograph.journal.entry import GENESIS, Entry, Kind, payload_digest, why_digest

_PAGE: Final = 200
_ROWS: Final = (
    "SELECT e.number, e.kind, e.at, e.who, p.why, e.proposal, e.release, e.payload_digest, e.previous, e.digest, "
    "e.why_digest, p.salt, p.payload FROM journal_entries e LEFT JOIN journal_payloads p ON p.number = e.number "
    "WHERE e.number > ? ORDER BY e.number LIMIT ?"
)
# what the foreign keys forbid, in a database that another program wrote to
_ORPHANS: Final = (
    "SELECT number FROM {table} t WHERE NOT EXISTS (SELECT 1 FROM journal_entries e WHERE e.number = t.number) "
    "ORDER BY number"
)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something is wrong with an entry (0: with the journal as a whole)."""

    number: int
    what: str

    def __str__(self) -> str:
        return f"entry {self.number}: {self.what}" if self.number else self.what


@dataclass(frozen=True, slots=True)
class Verified:
    """What a journal was found to be. `head` is worth keeping elsewhere: it proves all entries up to it."""

    entries: int
    head: str
    shredded: tuple[int, ...]
    problems: tuple[Problem, ...]

    @property
    def is_sound(self) -> bool:
        """Nothing is wrong."""
        return not self.problems


def verify(db: Database, head: str = "") -> Verified:
    """Read the whole journal, in one consistent state."""
    with db.reading() as tx:
        return verify_in(tx, head)


def verify_in(tx: Transaction, head: str = "") -> Verified:
    """The same of what a transaction sees."""
    check = _Check(head.strip().lower())
    try:
        check.read(tx)
    except StateError as error:
        check.problem(check.number + 1, f"it cannot be read: {error}")
    return check.end()


class _Check:
    def __init__(self, head: str) -> None:
        self._head = head
        self._met = not head
        self._problems: list[Problem] = []
        self._shredded: list[int] = []
        self._kept: set[int] = set()
        self._erased: set[int] = set()
        self._previous = GENESIS
        self._count = 0
        self.number = 0

    def problem(self, number: int, what: str) -> None:
        self._problems.append(Problem(number, what))

    def read(self, tx: Transaction) -> None:
        while rows := tx.execute(_ROWS, (self.number, _PAGE)):
            for row in rows:
                self._entry(row)
        for table, what in (("journal_payloads", "a payload"), ("journal_published", "a publication")):
            for (number,) in tx.execute(_ORPHANS.format(table=table)):
                self.problem(number, f"there is {what} of it, but no such entry")

    def end(self) -> Verified:
        for number in self._shredded:
            if number not in self._erased:
                self.problem(number, "its payload is gone, and no erase entry says so")
        for number in sorted(self._erased & self._kept):
            self.problem(number, "its payload is there, although an erase entry says that it was shredded")
        if not self._met:
            self.problem(0, "no entry has the digest of the given head: entries were cut off, or all was written anew")
        found = tuple(sorted(self._problems, key=lambda problem: problem.number))
        return Verified(self._count, self._previous if self._count else "", tuple(self._shredded), found)

    def _entry(self, row: Row) -> None:
        *fields, salt, payload = row
        entry = Entry(*fields)
        if not isinstance(entry.number, int):
            raise StateError(f"its number is {entry.number!r}")
        if entry.number != self.number + 1:
            missing = entry.number - self.number - 1
            self.problem(self.number + 1, "it is missing" if missing == 1 else f"it and {missing - 1} more are missing")
        self.number = entry.number
        self._count += 1
        if entry.previous != self._previous:
            self.problem(entry.number, "it does not follow the entry before it (previous digest)")
        if entry.digest != entry.expected():
            self.problem(entry.number, "a field of it was changed (digest)")
        self._previous = entry.digest
        self._met = self._met or entry.digest == self._head
        if payload is None and salt is None:
            self._shredded.append(entry.number)
        else:
            self._texts(entry, salt, payload)

    def _texts(self, entry: Entry, salt: str, payload: str) -> None:
        self._kept.add(entry.number)
        if entry.why_digest != why_digest(salt, entry.why):
            self.problem(entry.number, "its reason was changed")
        if entry.payload_digest != payload_digest(salt, payload):
            self.problem(entry.number, "its payload was changed")
        elif entry.kind == Kind.ERASE:
            self._erases(json.loads(payload))

    def _erases(self, said: Any) -> None:
        """What an erase entry shredded; one that was shredded itself stands in the remainder of a later one."""
        entries = said.get("entries") if isinstance(said, dict) else None
        for number, left in entries.items() if isinstance(entries, dict) else ():
            if number.isdecimal():
                self._erased.add(int(number))
                self._erases(left)
