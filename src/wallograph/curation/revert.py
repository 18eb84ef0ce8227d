"""Take back what was decided, by a new entry: nothing is ever removed from the journal.

In: the number of an entry (accept, or the revert of one), who, why. Out: `Reverted`. Unfit when later entries build on
it: they are named, last one first, to be reverted before. A revert can be reverted: that gives back what it took.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wallograph.accounts.model import Person
from wallograph.curation.decide import Decisions, checked_why
from wallograph.curation.finals import ends, plain
from wallograph.curation.layers import Layer, Standing, layers_after
from wallograph.curation.materialise import Materialised, descriptions, undo
from wallograph.curation.model import Change, Event
from wallograph.curation.replay import Shown, holding
from wallograph.curation.scope import require_scope
from wallograph.curation.writing import moment
from wallograph.errors import Conflict, InputError, Unfit
from wallograph.journal.entry import Entry, Kind

_CAN: frozenset[str] = frozenset({Kind.ACCEPT, Kind.REVERT})


@dataclass(frozen=True, slots=True)
class Reverted:
    """What a revert came to: its entry, the release that will show it, and what was gone already."""

    entry: Entry
    release: int
    missing: int


@dataclass(frozen=True, slots=True)
class Builds:
    """A later entry that builds on one, and how: `changes` its statements, or speaks of its new `things`."""

    entry: Entry
    how: str


class Reverts:
    """Reverting of one installation."""

    def __init__(self, decisions: Decisions, shown: Shown, now: Any = None) -> None:
        self._decisions, self._shown = decisions, shown
        self.journal, self.db = decisions.journal, decisions.db
        self._now = now or decisions.now

    def in_force(self) -> frozenset[int]:
        """The numbers of the entries that hold now."""
        return holding(self.journal, self._shown).numbers

    def builders(self, number: int) -> list[Builds]:
        """The entries in force that build on one, last one first: to be reverted before it."""
        mine = Layer.of(self.journal.entry(number), self.journal.payload(number))
        held = self.in_force()
        later = [layer for layer in layers_after(self.journal, number) if layer.entry.number in held]
        return [found for layer in reversed(later) if (found := _builds(mine, layer)) is not None]

    def why_not(self, number: int) -> str:
        """Why an entry cannot be reverted at all: `kind`, `shredded`, `taken-back`; empty when it can."""
        entry = self.journal.entry(number)
        if entry.kind not in _CAN:
            return "kind"
        if not self.journal.payload(number):
            return "shredded"
        return "" if number in self.in_force() else "taken-back"

    def revert(self, number: int, who: Person, *, why: str) -> Reverted:
        """Take an entry back. InputError, Conflict, Unfit, Forbidden."""
        why = checked_why(why)
        if not why:
            raise InputError("everybody is to read why: give a reason")
        with self.db.writing() as tx:
            entry, payload = self._wanted(number)
            standing = self._decisions.standing()
            require_scope(who, _changes(payload), standing)
            made = self._undone(number, payload, standing)
            if not made.adds and not made.deletes:
                raise Conflict("nothing of it is left to take back", entry=number)
            now: datetime = self._now()
            done = self.journal.append(
                tx, kind=Kind.REVERT, at=now, who=who.id, why=why, proposal=entry.proposal, release=standing.number,
                payload={"changes": [], **made.payload(), "things": {}, "undoes": number},
            )  # fmt: skip
            if entry.proposal:
                again = "restored" if entry.kind == Kind.REVERT else "reverted"
                proposals = self._decisions.proposals
                found = proposals.get(entry.proposal)
                proposals.note(tx, found.id, Event(moment(now), who.id, again, why, found.version))
        self._decisions.wake()
        return Reverted(done, self._decisions.coming(), len(made.missing))

    def preview(self, number: int) -> Materialised:
        """What reverting would do."""
        _, payload = self._wanted(number)
        return self._undone(number, payload, self._decisions.standing())

    def _wanted(self, number: int) -> tuple[Entry, Mapping[str, Any]]:
        entry = self.journal.entry(number)
        reason = self.why_not(number)
        if reason == "kind":
            raise InputError(f"entry {number} ({entry.kind}) is not taken back like this")
        if reason == "shredded":
            raise Conflict("what this entry did was erased: it cannot be taken back", entry=number)
        if reason:
            raise Conflict("this entry was taken back already", entry=number)
        if builders := self.builders(number):
            details = [{"entry": found.entry.number, "code": found.how} for found in builders]
            numbers = ", ".join(str(found.entry.number) for found in builders)
            text = f"later entries build on it: {numbers}. Take them back first, in this order"
            raise Unfit(text, entry=builders[0].entry.number, details=details)
        return entry, self.journal.payload(number) or {}

    def _undone(self, number: int, payload: Mapping[str, Any], standing: Standing) -> Materialised:
        later = (dict(layer.payload) for layer in layers_after(self.journal, number))
        return undo(
            dict(payload), standing.base, present=standing.quads, above=self._decisions.preparing.above,
            described=descriptions(later, standing.base),
        )  # fmt: skip


def _builds(mine: Layer, later: Layer) -> Builds | None:
    """Whether a later entry took away what this one brought, or speaks of a thing that it made."""
    if later.payload.get("undoes") == mine.entry.number:
        return None
    stated = {quad for quad in mine.adds if "/id/source/derived-" not in str(quad.graph_name)}
    if stated & later.deletes:
        return Builds(later.entry, "changes")
    things = set(mine.payload.get("things") or {})
    spoken = {iri for change in _changes(later.payload) for iri in ends(change)}
    merged = {str(later.payload.get(name, "")) for name in ("left_iri", "right_iri")}
    return Builds(later.entry, "things") if things & (spoken | merged) else None


def _changes(payload: Mapping[str, Any]) -> list[Change]:
    return [plain(Change.of_values(values)) for values in payload.get("changes", ())]


def reverted_by(layers: Iterable[Layer]) -> Iterator[tuple[int, int]]:
    """Pairs of an entry and the one that took it back."""
    for layer in layers:
        if undone := int(layer.payload.get("undoes") or 0):
            yield undone, layer.entry.number
