"""Back to what a former release said, by a new entry whose patch is the difference back.

In: the number of a release, who (a publisher), why. Out: the entry and the release that will show it. Entries that no
release shows yet are in the way: they are published first. What the sources say comes back with the next build; what
curators decided after that release does not.
"""

from dataclasses import dataclass
from typing import Final

from wallograph.accounts.model import Person
from wallograph.curation.decide import Decisions, checked_why, require
from wallograph.curation.layers import lines_of
from wallograph.errors import Conflict, InputError
from wallograph.journal.entry import Entry, Kind
from wallograph.release.diff import diff
from wallograph.release.patch import Patch
from wallograph.release.state import State

MOST: Final = 200_000  # quads; beyond, an edition is made by a build


@dataclass(frozen=True, slots=True)
class RolledBack:
    """What a rollback came to."""

    entry: Entry
    release: int


def way_back(state: State, to: int) -> Patch:
    """The patch from the current release to a former one. InputError when there is nothing to go back to."""
    current = state.current()
    if current is None or not 0 < to < current.number:
        raise InputError("go back to a release before the current one")
    if state.get(to).base != current.base:
        raise InputError(f"release {to} stands on another base: {state.get(to).base}")
    patch = diff(state, current.number, to)
    if not patch:
        raise InputError(f"release {to} says the same as the current one")
    if len(patch.adds) + len(patch.deletes) > MOST:
        raise InputError(f"that is more than {MOST} statements: make an edition of it with `wallograph build`")
    return patch


def roll_back(decisions: Decisions, state: State, to: int, who: Person, *, why: str) -> RolledBack:
    """Publish again what release `to` said. Forbidden, InputError, Conflict when something is not published yet."""
    require(who, "publisher")
    why = checked_why(why)
    if not why:
        raise InputError("everybody is to read why: give a reason")
    with decisions.db.writing() as tx:
        standing = decisions.standing()
        if standing.layers:
            first = standing.layers[0].entry.number
            raise Conflict("decisions are being published: try again in a moment", entry=first)
        patch = way_back(state, to)
        entry = decisions.journal.append(
            tx, kind=Kind.ROLLBACK, at=decisions.now(), who=who.id, why=why, release=standing.number,
            payload={"to": to, "adds": lines_of(patch.adds), "deletes": lines_of(patch.deletes)},
        )  # fmt: skip
    decisions.wake()
    return RolledBack(entry, decisions.coming())
