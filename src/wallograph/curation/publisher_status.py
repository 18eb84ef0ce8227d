"""What the publisher did and what is in its way, kept in the database for the desk.

In: transactions of the publisher. Out: `publisher_status`, `failed_entries`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from wallograph.curation.model import Event
from wallograph.curation.proposal_rows import add_event
from wallograph.curation.proposal_tables import COMPONENT, STEPS
from wallograph.database import Database, Transaction
from wallograph.journal.entry import Entry, Kind

PUBLISHER: Final = "publisher"
PUBLISHER_STEPS: Final = (
    "CREATE TABLE publisher_failed (number BIGINT PRIMARY KEY, reason TEXT NOT NULL, at TEXT NOT NULL)",
    "CREATE TABLE publisher_trouble (id INTEGER PRIMARY KEY, trouble TEXT NOT NULL, since TEXT NOT NULL)",
)
_WAITING: Final = (
    "SELECT COUNT(*) FROM journal_entries e WHERE NOT EXISTS "
    "(SELECT 1 FROM journal_published p WHERE p.number = e.number)"
)
_LONGEST: Final = 2000


@dataclass(frozen=True, slots=True)
class Failed:
    """An entry that no release can show: it breaks a rule in what stands now."""

    number: int
    reason: str
    at: str


@dataclass(frozen=True, slots=True)
class PublisherStatus:
    """What is in the way of publishing. `trouble` is empty when nothing is; it is retried by itself."""

    trouble: str = ""
    since: str = ""
    waiting: int = 0  # entries that no release shows yet and that did not fail
    failed: tuple[Failed, ...] = ()


def prepare(db: Database) -> None:
    """Make the tables."""
    db.migrate(PUBLISHER, PUBLISHER_STEPS)
    db.migrate(COMPONENT, STEPS)


def publisher_status(db: Database) -> PublisherStatus:
    """What the desk shows of the publisher. The tables of the journal are there."""
    with db.reading() as tx:
        if not tx.columns("publisher_failed"):  # no publisher was ever here
            return PublisherStatus(waiting=int(tx.execute(_WAITING)[0][0]))
        trouble = tx.execute("SELECT trouble, since FROM publisher_trouble WHERE id = 1")
        failed = tx.execute("SELECT number, reason, at FROM publisher_failed ORDER BY number")
        waiting = tx.execute(
            f"{_WAITING} AND NOT EXISTS (SELECT 1 FROM publisher_failed f WHERE f.number = e.number)"
        )
    said, since = trouble[0] if trouble else ("", "")
    return PublisherStatus(said, since, int(waiting[0][0]), tuple(Failed(*row) for row in failed))


def failed_entries(db: Database) -> frozenset[int]:
    """The numbers of the entries that no release can show."""
    with db.reading() as tx:
        if not tx.columns("publisher_failed"):
            return frozenset()
        return frozenset(int(row[0]) for row in tx.execute("SELECT number FROM publisher_failed"))


def write_trouble(tx: Transaction, trouble: str, at: str) -> None:
    """Say what is in the way, or, with an empty text, that nothing is any more."""
    tx.execute("DELETE FROM publisher_trouble")
    if trouble:
        tx.execute("INSERT INTO publisher_trouble (id, trouble, since) VALUES (1, ?, ?)", (trouble[:_LONGEST], at))


def write_failed(tx: Transaction, entry: Entry, reason: str, at: str) -> None:
    """An entry cannot be published; the author and the curators read why."""
    tx.execute(
        "INSERT INTO publisher_failed (number, reason, at) VALUES (?, ?, ?) ON CONFLICT (number) DO NOTHING",
        (entry.number, reason[:_LONGEST], at),
    )
    if entry.proposal:
        add_event(tx, entry.proposal, Event(at, entry.who, "not-published", reason[:_LONGEST]))


def forget_failed(tx: Transaction, numbers: Iterable[int]) -> None:
    """An edition has them after all."""
    for number in numbers:
        tx.execute("DELETE FROM publisher_failed WHERE number = ?", (number,))


def write_published(tx: Transaction, entries: Iterable[Entry], release: int, at: str) -> None:
    """The proposals of these entries are in a release: their authors see which."""
    for entry in entries:
        if entry.kind != Kind.ACCEPT or not entry.proposal:
            continue
        found = tx.execute("SELECT published FROM proposals WHERE id = ?", (entry.proposal,))
        if found and not found[0][0]:
            tx.execute("UPDATE proposals SET published = ? WHERE id = ?", (release, entry.proposal))
            add_event(tx, entry.proposal, Event(at, "", "published", str(release)))
