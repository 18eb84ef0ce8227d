"""All that the pages and the API of review use, put together: decisions, reverts, and what stands now.

In: the desk, the kinds that need two curators. Out: `Review`. It opens nothing before it is asked.
"""

import csv
from collections.abc import Callable, Collection, Iterator
from functools import cached_property
from pathlib import Path
from typing import Final

from wallograph.curation.checking import check_proposal
from wallograph.curation.decide import Decisions
from wallograph.curation.desk import Desk
from wallograph.curation.draft import Checked
from wallograph.curation.follows import Above
from wallograph.curation.layers import Standing, layers_after
from wallograph.curation.model import Kind, Proposal
from wallograph.curation.prepare import Check, Preparing
from wallograph.curation.publisher_status import failed_entries
from wallograph.curation.revert import Reverts
from wallograph.curation.shown import Shown
from wallograph.curation.waking import wake
from wallograph.errors import NotFound
from wallograph.ingest.places import Gazetteer, read_gazetteer
from wallograph.release.life import read_gone, read_redirects
from wallograph.release.state import Release
from wallograph.resources import data_dir
from wallograph.store.embedded import ReadStore

_REGISTRY: Final = "registry.csv"


class Review:
    """Review of one installation. Safe in several threads; each process makes its own."""

    def __init__(
        self, desk: Desk, *, check: Check | None = None, second: Collection[Kind] = (), above: Above | None = None,
        opened: Callable[[Release], ReadStore] | None = None,
    ) -> None:  # fmt: skip
        """`opened` gives the store of the current release, where it is open already."""
        self.desk, self._given = desk, above
        self._opened = opened or _open
        preparing = Preparing(desk.journal, check or self.check, self.above, self.taken)
        self.decisions = Decisions(
            desk.journal, desk.proposals, preparing, current=desk.current, standing=self.standing,
            coming=self.coming, wake=lambda: wake(desk.state.root), now=desk.now, second=second, shown=self.shown,
        )  # fmt: skip
        self.reverts = Reverts(self.decisions, self.shown)

    def standing(self) -> Standing:
        """What stands now: the current release, and the entries that it does not show."""
        release = self.desk.current()
        head = Shown.of(release.manifest).head
        layers = list(layers_after(self.desk.journal, head, failed_entries(self.desk.db)))
        return Standing(release, self._opened(release), layers, read_redirects(release.folder))

    def check(self, proposal: Proposal, standing: Standing) -> Checked:
        """The rules of the build, on what a proposal would change in what stands."""
        known = self.desk.known(standing.release)
        return check_proposal(proposal.id, proposal.changes, standing, known, self.above)

    def above(self, reference: str, level: str) -> str | None:
        """The municipality or province that a place lies in."""
        return self._given(reference, level) if self._given else self._gazetteer.above(reference, level)

    def coming(self) -> int:
        """The release that will show what is decided now."""
        return max(self.desk.state.numbers(), default=0) + 1

    def shown(self, number: int) -> int | None:
        """The last entry that a release shows; None when it is not there any more."""
        try:
            return Shown.of(self.desk.state.get(number).manifest).head
        except NotFound:
            return None

    def taken(self) -> Iterator[str]:
        """`{concept}/{reference}` of all that was ever given: they are not given again."""
        release = self.desk.current()
        yield from read_gone(release.folder)
        for path in (data_dir() / _REGISTRY, self.desk.state.root / _REGISTRY):
            yield from _references(path)

    @cached_property
    def _gazetteer(self) -> Gazetteer:
        return read_gazetteer(data_dir() / "sources")


def _open(release: Release) -> ReadStore:
    return ReadStore(release.store_path)


def _references(path: Path) -> Iterator[str]:
    if path.is_file():
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                yield f"{row['concept']}/{row['reference']}"
