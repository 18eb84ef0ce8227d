"""What the publisher's process does from time to time: delete what the stated rules say is not kept any longer.

In: the database, the state folder, how many days things are kept, the clock. Out: fewer rows and files, every hour.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from wallograph.curation.proposals import Proposals
from wallograph.curation.quota import ProposalLimits
from wallograph.curation.uploads import FOLDER
from wallograph.database import Database
from wallograph.errors import WallographError
from wallograph.release.state import State

EVERY: Final = timedelta(hours=1)


class Chores:
    """Called at every look of the publisher; works once an hour. What fails is said, and tried again in an hour."""

    def __init__(
        self, db: Database, state: State, kept_days: int, *, now: Callable[[], datetime], say: Callable[[str], None]
    ) -> None:
        self._db, self._folder, self._now, self._say = db, state.root / FOLDER, now, say
        self._limits = ProposalLimits(kept_days=kept_days)
        self._due: datetime | None = None

    def __call__(self) -> None:
        """Do what is due."""
        at = self._now()
        if self._due is not None and at < self._due:
            return
        self._due = at + EVERY
        try:
            Proposals(self._db, uploads=self._folder, limits=self._limits, now=self._now).sweep(at)
        except (WallographError, OSError) as error:
            self._say(f"what is kept too long could not be deleted, it is tried again: {error}")
