"""Which journal entries a release shows: what its manifest says under `journal`.

In: manifests. Out: `Shown`. This is the truth about what is published: the table of the journal only repeats it, so
that a publisher which is killed at any moment publishes nothing twice and nothing never.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from wallograph.errors import NotFound, StateError
from wallograph.journal.entry import Entry
from wallograph.journal.journal import Journal

KEY: Final = "journal"


@dataclass(frozen=True, slots=True)
class Shown:
    """All entries up to `head` are in the release, but those that could not be published."""

    head: int = 0
    digest: str = ""
    left_out: frozenset[int] = frozenset()

    @classmethod
    def of(cls, manifest: Mapping[str, Any]) -> "Shown":
        """What a manifest says; nothing, in a release that was made without the journal."""
        said = manifest.get(KEY) or {}
        left = frozenset(int(number) for number in said.get("left_out") or ())
        return cls(int(said.get("head") or 0), str(said.get("digest") or ""), left)

    def values(self) -> dict[str, Any]:
        """As a manifest has it."""
        said: dict[str, Any] = {"head": self.head, "digest": self.digest}
        return said | ({"left_out": sorted(self.left_out)} if self.left_out else {})

    def has(self, number: int) -> bool:
        """Whether the release shows an entry."""
        return number <= self.head and number not in self.left_out

    def with_(self, entries: Iterable[Entry], left_out: Iterable[int]) -> "Shown":
        """The same after further entries."""
        last = max(entries, key=lambda entry: entry.number)
        return Shown(last.number, last.digest, self.left_out | {n for n in left_out if self.head < n <= last.number})

    def of_journal(self, journal: Journal) -> None:
        """StateError when the release shows another journal than this one: nothing may be published on it then."""
        if not self.head:
            return
        try:
            ours = journal.entry(self.head).digest
        except NotFound:
            ours = ""
        if ours != self.digest:
            raise StateError(
                f"the current release shows journal entry {self.head} with digest {self.digest[:12]}…, which this "
                "journal does not have: restore the journal that belongs to the state folder"
            )
