"""The journal: what was decided, in the order it was decided, append-only.

In: entries, inside a writing transaction of the caller, so that a decision and its entry are made together. Out:
the entries, their payloads, and which of them no release shows yet. Nothing is ever changed: a payload can only be
shredded (`erase`), which leaves the entry and its digests.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from secrets import token_hex
from typing import Any, Final

from wallograph.database import Database, Row, Transaction
from wallograph.errors import InputError, NotFound, StateError
from wallograph.journal.entry import GENESIS, Entry, Kind, moment, payload_digest, why_digest, written
from wallograph.journal.verify import Verified, verify

COMPONENT: Final = "journal"
STEPS: Final = (
    "CREATE TABLE journal_entries (number BIGINT NOT NULL PRIMARY KEY, kind TEXT NOT NULL, at TEXT NOT NULL, "
    "who TEXT NOT NULL, why_digest TEXT NOT NULL, proposal TEXT NOT NULL, release BIGINT NOT NULL, "
    "payload_digest TEXT NOT NULL, previous TEXT NOT NULL UNIQUE, digest TEXT NOT NULL UNIQUE)",
    "CREATE TABLE journal_payloads (number BIGINT NOT NULL PRIMARY KEY REFERENCES journal_entries (number), "
    "salt TEXT NOT NULL, why TEXT NOT NULL, payload TEXT NOT NULL)",
    "CREATE TABLE journal_published (number BIGINT NOT NULL PRIMARY KEY REFERENCES journal_entries (number), "
    "release BIGINT NOT NULL)",
    "CREATE INDEX journal_by_proposal ON journal_entries (proposal)",
)
_FIELDS: Final = (
    "SELECT e.number, e.kind, e.at, e.who, COALESCE(p.why, ''), e.proposal, e.release, e.payload_digest, "
    "e.previous, e.digest, e.why_digest "
    "FROM journal_entries e LEFT JOIN journal_payloads p ON p.number = e.number "
)
_PAGE: Final = 500


class Journal:
    """The journal of an installation."""

    def __init__(self, db: Database) -> None:
        db.migrate(COMPONENT, STEPS)
        self._db = db

    def append(
        self, tx: Transaction, *, kind: str, at: datetime | str, who: str, why: str, proposal: str = "",
        release: int, payload: Mapping[str, Any],
    ) -> Entry:  # fmt: skip
        """Add an entry; it stands when the caller's transaction ends. `tx` is of `Database.writing()`."""
        if kind not in set(Kind):
            raise InputError(f"'{kind}' is no kind of journal entry")
        text, salt = written(dict(payload)), token_hex(16)
        last = tx.execute("SELECT number, digest FROM journal_entries ORDER BY number DESC LIMIT 1")
        number, previous = (last[0][0] + 1, last[0][1]) if last else (1, GENESIS)
        entry = Entry(
            number, str(kind), moment(at), who, why, proposal, release, payload_digest(salt, text), previous, "",
            why_digest(salt, why),
        ).sealed()  # fmt: skip
        tx.execute(
            "INSERT INTO journal_entries (number, kind, at, who, why_digest, proposal, release, payload_digest, "
            "previous, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (entry.number, entry.kind, entry.at, entry.who, entry.why_digest, entry.proposal, entry.release,
             entry.payload_digest, entry.previous, entry.digest),
        )  # fmt: skip
        tx.execute(
            "INSERT INTO journal_payloads (number, salt, why, payload) VALUES (?, ?, ?, ?)", (number, salt, why, text)
        )
        return entry

    def entries(self, after: int = 0) -> Iterator[Entry]:
        """All entries with a greater number, in order. No transaction stays open between two of them."""
        while True:
            page = self._select("WHERE e.number > ? ORDER BY e.number LIMIT ?", (after, _PAGE))
            yield from page
            if len(page) < _PAGE:
                return
            after = page[-1].number

    def entry(self, number: int) -> Entry:
        """One entry; NotFound."""
        found = self._select("WHERE e.number = ?", (number,))
        if not found:
            raise NotFound(f"the journal has no entry {number}")
        return found[0]

    def of_proposal(self, proposal: str) -> list[Entry]:
        """The entries about a proposal, in order."""
        return self._select("WHERE e.proposal = ? ORDER BY e.number", (proposal,))

    def head(self) -> Entry | None:
        """The last entry."""
        found = self._select("ORDER BY e.number DESC LIMIT 1")
        return found[0] if found else None

    def payload(self, number: int) -> dict[str, Any] | None:
        """The payload of an entry; of a shredded one what was left when it was, or None."""
        with self._db.reading() as tx:
            return _payload(tx, number)

    def verify(self, head: str = "") -> Verified:
        """Whether every entry and payload is as it was written, and whether an entry with this digest is there."""
        return verify(self._db, head)

    def shred(self, tx: Transaction, number: int) -> None:
        """Take away the payload and the reason of an entry. `verify` wants an `erase` entry that names it under
        `entries`: `erase` makes it. `Database.scrub` then clears what the files still have of it."""
        if not tx.execute("SELECT 1 FROM journal_entries WHERE number = ?", (number,)):
            raise NotFound(f"the journal has no entry {number}")
        tx.execute("DELETE FROM journal_payloads WHERE number = ?", (number,))

    def erase(
        self, tx: Transaction, remainders: Mapping[int, Mapping[str, Any] | None], *, at: datetime | str, who: str,
        why: str, release: int, payload: Mapping[str, Any] | None = None,
    ) -> Entry:  # fmt: skip
        """Shred payloads and say so: `remainders` has, by entry, what stays of its payload, or None."""
        said = {"entries": {str(number): left for number, left in sorted(remainders.items())}}
        entry = self.append(
            tx, kind=Kind.ERASE, at=at, who=who, why=why, release=release, payload={**(payload or {}), **said}
        )
        for number in remainders:
            self.shred(tx, number)
        return entry

    def publish(self, tx: Transaction, numbers: Iterable[int], release: int) -> None:
        """A release shows these entries. One that was shown before stays with its first release."""
        for number in numbers:
            tx.execute(
                "INSERT INTO journal_published (number, release) VALUES (?, ?) ON CONFLICT (number) DO NOTHING",
                (number, release),
            )

    def unpublished(self) -> list[Entry]:
        """The entries that no release shows yet, in order."""
        return self._select(
            "WHERE NOT EXISTS (SELECT 1 FROM journal_published s WHERE s.number = e.number) ORDER BY e.number"
        )

    def release_of(self, number: int) -> int | None:
        """The first release that shows an entry."""
        with self._db.reading() as tx:
            found = tx.execute("SELECT release FROM journal_published WHERE number = ?", (number,))
        return int(found[0][0]) if found else None

    def _select(self, rest: str, parameters: tuple[Any, ...] = ()) -> list[Entry]:
        with self._db.reading() as tx:
            return [_entry(row) for row in tx.execute(_FIELDS + rest, parameters)]


def _entry(row: Row) -> Entry:
    return Entry(*row)


def _payload(tx: Transaction, number: int) -> dict[str, Any] | None:
    found = tx.execute("SELECT payload FROM journal_payloads WHERE number = ?", (number,))
    if found:
        return _read(number, found[0][0])
    later = tx.execute(
        "SELECT number FROM journal_entries WHERE kind = ? AND number > ? ORDER BY number DESC",
        (str(Kind.ERASE), number),
    )
    for (by,) in later:
        left = (_payload(tx, by) or {}).get("entries", {}).get(str(number))
        if left is not None:
            return dict(left)
    if not tx.execute("SELECT 1 FROM journal_entries WHERE number = ?", (number,)):
        raise NotFound(f"the journal has no entry {number}")
    return None


def _read(number: int, text: str) -> dict[str, Any]:
    try:
        return dict(json.loads(text))
    except (ValueError, TypeError) as error:
        raise StateError(f"the payload of journal entry {number} is damaged; run: wallograph journal verify") from error
