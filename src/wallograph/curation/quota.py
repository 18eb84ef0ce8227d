"""How much may be proposed: by one client in a day, by all together, and how much may wait.

In: the address of a client, the time. Out: nothing, or TooMany with the seconds until it is worth to try again.
Of an address only a keyed hash is kept; its key is random, made for one day, and deleted with all its hashes at the
first proposal of the next, so nobody can tell later who proposed.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from wallograph.curation.model import OPEN
from wallograph.database import Transaction
from wallograph.errors import TooLarge, TooMany

KEPT_DAYS: Final = 30
_QUEUE_FULL: Final = 3600  # seconds: a queue is read by people


@dataclass(frozen=True, slots=True)
class ProposalLimits:
    """What proposals may take. Read once at the edge and passed down."""

    per_client: int = 20  # proposals of one client address or account in a day; 0: any number
    in_all: int = 500  # of all together in a day; 0: any number
    queue: int = 1000  # that may wait for their author or a curator
    changes: int = 5_000  # statements of one proposal
    amendments: int = 200  # versions of one proposal that its author may make
    note_chars: int = 5_000
    upload_bytes: int = 5_000_000  # of one file
    uploads_bytes: int = 500_000_000  # of all files that are kept
    kept_days: int = KEPT_DAYS  # after the decision, for the author's e-mail address and the file


def take(tx: Transaction, limits: ProposalLimits, client: str, now: datetime) -> None:
    """Count one proposal of a client; TooMany when its quota, that of all or the queue is used up."""
    day = now.astimezone(UTC).date().isoformat()
    _admit(tx, limits)
    counted = _hash(_secret(tx, day), client) if client else ""
    _count(tx, day, "", limits.in_all, "in_all", now)
    if counted:
        _count(tx, day, counted, limits.per_client, "per_client", now)


def measure(limits: ProposalLimits, changes: int, note: str, upload: bytes) -> None:
    """TooLarge, with the limit's name, for what is larger than one proposal may be."""
    for name, size, most, what in (
        ("changes", changes, limits.changes, "statements"),
        ("note_chars", len(note), limits.note_chars, "characters in the note"),
        ("upload_bytes", len(upload), limits.upload_bytes, "bytes in the file"),
    ):
        if size > most:
            raise TooLarge(f"A proposal has at most {most} {what}; this one has {size}.", limit=name)


def room(tx: Transaction, limits: ProposalLimits, size: int) -> None:
    """TooMany when the files that are kept leave no room for another."""
    taken = tx.execute("SELECT COALESCE(SUM(size), 0) FROM proposal_uploads")[0][0]
    if int(taken) + size > limits.uploads_bytes:
        text = "Too many files wait for a decision; try again later."
        raise TooMany(text, retry_after=_QUEUE_FULL, limit="uploads_bytes")


def _admit(tx: Transaction, limits: ProposalLimits) -> None:
    states = sorted(OPEN)
    asked = ", ".join("?" for _ in states)
    waiting = tx.execute(f"SELECT COUNT(*) FROM proposals WHERE state IN ({asked})", states)[0][0]
    if waiting >= limits.queue:
        text = f"{waiting} proposals wait already; no more are taken until some of them are decided."
        raise TooMany(text, retry_after=_QUEUE_FULL, limit="queue")


def _count(tx: Transaction, day: str, client: str, most: int, limit: str, now: datetime) -> None:
    found = tx.execute("SELECT count FROM proposal_counts WHERE day = ? AND client = ?", (day, client))
    count = int(found[0][0]) if found else 0
    if most and count >= most:
        who = "From your address" if client else "In all"
        raise TooMany(f"{who}, {most} proposals are taken in a day.", retry_after=_until_tomorrow(now), limit=limit)
    if found:
        tx.execute("UPDATE proposal_counts SET count = ? WHERE day = ? AND client = ?", (count + 1, day, client))
    else:
        tx.execute("INSERT INTO proposal_counts (day, client, count) VALUES (?, ?, ?)", (day, client, 1))


def _secret(tx: Transaction, day: str) -> str:
    """The key of a day. Asking for that of a new day deletes the keys and hashes of those before."""
    found = tx.execute("SELECT secret FROM proposal_days WHERE day = ?", (day,))
    if found:
        return str(found[0][0])
    made = secrets.token_hex(32)
    forget_clients(tx, day)
    tx.execute("INSERT INTO proposal_days (day, secret) VALUES (?, ?)", (day, made))
    return made


def forget_clients(tx: Transaction, day: str) -> None:
    """Delete what is known of the clients of the days before."""
    tx.execute("DELETE FROM proposal_days WHERE day < ?", (day,))
    tx.execute("DELETE FROM proposal_counts WHERE day < ?", (day,))


def _hash(secret: str, client: str) -> str:
    return hmac.new(secret.encode(), client.encode(), hashlib.sha256).hexdigest()


def _until_tomorrow(now: datetime) -> int:
    here = now.astimezone(UTC)
    tomorrow = (here + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return max(1, int((tomorrow - here).total_seconds()) + 1)
