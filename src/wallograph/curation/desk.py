"""What the pages, the API and the command line use of curation: one database, its journal, its proposals.

In: the database, the state folder, the clock, limits. Out: `Desk`. It opens nothing before it is asked.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from threading import Lock

from wallograph.curation.proposals import Proposals, utc_now
from wallograph.curation.quota import ProposalLimits
from wallograph.curation.uploads import FOLDER
from wallograph.database import Database
from wallograph.errors import StateError
from wallograph.journal.journal import Journal
from wallograph.pipeline.known import Known
from wallograph.release.state import Release, State


class Desk:
    """Curation of one installation. Safe in several threads; each process makes its own."""

    def __init__(
        self, db: Database, state: State, *, now: Callable[[], datetime] = utc_now, limits: ProposalLimits | None = None
    ) -> None:
        self.db, self.state, self.now = db, state, now
        self.journal = Journal(db)
        self.proposals = Proposals(db, uploads=state.root / FOLDER, limits=limits, now=now)
        self._lock = Lock()
        self._known: tuple[int, Known] | None = None

    @classmethod
    def open(
        cls, url: str, state: Path, *, now: Callable[[], datetime] = utc_now, limits: ProposalLimits | None = None
    ) -> "Desk":
        """The desk of a state folder; without a URL its database is in that folder."""
        db = Database(url) if url else Database.of_folder(state.resolve())
        return cls(db, State(state), now=now, limits=limits)

    def current(self) -> Release:
        """The release that is published now. StateError when there is none."""
        release = self.state.current()
        if release is None:
            raise StateError(f"no release in {self.state.root}: run `wallograph build` first")
        return release

    def known(self, release: Release) -> Known:
        """What a release publishes, for checks and differences; that of the last one asked for is kept."""
        with self._lock:
            if self._known is None:
                self._known = release.number, Known.of_release(release)
            elif self._known[0] != release.number:
                self._known = release.number, self._known[1].after(release)
            return self._known[1]
