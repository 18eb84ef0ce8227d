"""A second pair of eyes: what one curator decided and another is to confirm.

In: decisions of a kind that a setting names. Out: the decision that waits, or that it is confirmed. A change of the
proposal (its version) or another selection of statements starts it again.
"""

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from wallograph.curation.model import Change
from wallograph.database import Database, Transaction

COMPONENT: Final = "seconded"
STEPS: Final = (
    """CREATE TABLE seconded (
        proposal TEXT PRIMARY KEY, version INTEGER NOT NULL, selection TEXT NOT NULL, numbers TEXT NOT NULL,
        who TEXT NOT NULL, at TEXT NOT NULL, why TEXT NOT NULL)""",
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A decision that waits for another curator. `numbers` are those of the statements to accept."""

    proposal: str
    version: int
    selection: str
    numbers: tuple[int, ...]
    who: str
    at: str
    why: str


class Seconded:
    """The decisions that wait."""

    def __init__(self, db: Database) -> None:
        db.migrate(COMPONENT, STEPS)
        self._db = db

    def waiting(self, proposal: str, version: int) -> Waiting | None:
        """The decision on this version that waits."""
        with self._db.reading() as tx:
            return self.of(tx, proposal, version)

    def of(self, tx: Transaction, proposal: str, version: int) -> Waiting | None:
        """The same, within a transaction."""
        sql = "SELECT proposal, version, selection, numbers, who, at, why FROM seconded WHERE proposal = ?"
        rows = tx.execute(f"{sql} AND version = ?", (proposal, version))
        if not rows:
            return None
        ident, at_version, selection, numbers, *rest = rows[0]
        return Waiting(ident, at_version, selection, tuple(json.loads(numbers)), *rest)

    def put(self, tx: Transaction, waiting: Waiting) -> None:
        """Let a decision wait, in place of one that waited."""
        self.drop(tx, waiting.proposal)
        tx.execute(
            "INSERT INTO seconded (proposal, version, selection, numbers, who, at, why) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (waiting.proposal, waiting.version, waiting.selection, json.dumps(list(waiting.numbers)), waiting.who,
             waiting.at, waiting.why),
        )  # fmt: skip

    def drop(self, tx: Transaction, proposal: str) -> None:
        """Nothing waits any more."""
        tx.execute("DELETE FROM seconded WHERE proposal = ?", (proposal,))

    def all(self, ids: Collection[str]) -> set[str]:
        """Which of these proposals have a decision that waits."""
        with self._db.reading() as tx:
            rows = tx.execute("SELECT proposal FROM seconded")
        return {str(row[0]) for row in rows} & set(ids)


def selection_of(changes: Sequence[Change]) -> str:
    """What is to be accepted, in a digest: two curators confirm the same only if they saw the same."""
    text = json.dumps([change.values() for change in changes], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
