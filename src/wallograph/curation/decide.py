"""The decisions of curators: accept all or a part, edit and accept, ask for changes, refuse, assign.

In: a proposal in the version that the curator saw, who decides, why. Out: `Decided`, when the decision is on the disk:
the entry of the journal and the release that will show it. Stale when the proposal was changed, Conflict or Unfit
when it does not fit what stands, Forbidden for a curator of other sources and themes.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, Final

from wallograph.accounts.model import Person, Role
from wallograph.curation.finals import plain
from wallograph.curation.layers import Standing
from wallograph.curation.model import Change, Event, Kind, Proposal, State
from wallograph.curation.prepare import Choice, Prepared, Preparing
from wallograph.curation.proposals import Clock, Proposals, utc_now
from wallograph.curation.scope import require_scope
from wallograph.curation.seconded import Seconded, Waiting, selection_of
from wallograph.curation.writing import moment, plain_text
from wallograph.database import Transaction
from wallograph.errors import Conflict, Forbidden, InputError
from wallograph.journal.entry import Entry
from wallograph.journal.entry import Kind as EntryKind
from wallograph.journal.journal import Journal
from wallograph.release.state import Release

_TRIES: Final = 3  # the last one holds the writers, so that it cannot be overtaken
LONGEST_WHY: Final = 4000


@dataclass(frozen=True, slots=True)
class Decided:
    """What a decision came to. `release` is the one that will show it; `waits`: another curator is to confirm."""

    proposal: Proposal
    entry: Entry | None = None
    release: int = 0
    waits: Waiting | None = None


class Decisions:
    """The decisions of one installation. Safe in several threads and processes."""

    def __init__(
        self, journal: Journal, proposals: Proposals, preparing: Preparing, *,
        current: Callable[[], Release], standing: Callable[[], Standing], coming: Callable[[], int],
        wake: Callable[[], object] = lambda: None,
        now: Clock = utc_now, second: Collection[Kind] = (), shown: Callable[[int], int | None] = lambda number: None,
    ) -> None:  # fmt: skip
        self.journal, self.proposals, self.preparing = journal, proposals, preparing
        self.current, self.standing, self.coming, self.wake, self.now = current, standing, coming, wake, now
        self.db, self.second, self._shown = proposals.db, frozenset(second), shown
        self.seconded = Seconded(self.db)

    # -- accept

    def accept(
        self, ident: str, who: Person, *, version: int, seen: int | None = None,
        numbers: Collection[int] | None = None, edits: Collection[Change] = (), why: str = "",
        withheld: dict[int, str] | None = None,
    ) -> Decided:  # fmt: skip
        """Accept a proposal, or some statements of it, perhaps worded anew.

        `seen` is the head of the journal when the curator looked: what was decided since and contradicts it is in
        the way. Without it, that is all since the release that the proposal was made against. `withheld` has the
        reasons for statements that are not accepted.
        """
        choice = Choice(None if numbers is None else frozenset(numbers), tuple(edits))
        for attempt in range(1, _TRIES + 1):
            found = self._read(ident, version)
            if attempt == _TRIES:
                with self.db.writing() as tx:
                    self.proposals.open_one(tx, ident, version)
                    prepared = self._prepare(found, who, choice, seen)
                    decided = self._write(tx, prepared, who, checked_why(why), withheld or {})
                break
            prepared = self._prepare(found, who, choice, seen)
            with self.db.writing() as tx:
                self.proposals.open_one(tx, ident, version)
                if self._token() != prepared.token:
                    continue  # something was accepted or built meanwhile: what was worked out may not hold
                decided = self._write(tx, prepared, who, checked_why(why), withheld or {})
            break
        if decided.entry is not None:
            self.wake()
        return decided

    def preview(
        self, ident: str, who: Person, *, numbers: Collection[int] | None = None, edits: Collection[Change] = (),
        seen: int | None = None,
    ) -> Prepared:  # fmt: skip
        """What accepting would do; it raises what accepting would raise, and writes nothing."""
        found = self.proposals.get(ident)
        return self._prepare(found, who, Choice(None if numbers is None else frozenset(numbers), tuple(edits)), seen)

    def _read(self, ident: str, version: int) -> Proposal:
        with self.db.reading() as tx:
            return self.proposals.open_one(tx, ident, version)

    def _token(self) -> tuple[int, int]:
        head = self.journal.head()
        return self._edition(), head.number if head else 0

    def _edition(self) -> int:
        release = self.current()
        return int(release.manifest.get("edition") or release.number)

    def _prepare(self, found: Proposal, who: Person, choice: Choice, seen: int | None) -> Prepared:
        token = self._token()
        standing = self.standing()
        prepared = self.preparing.prepare(
            found, choice, standing, token, self.seen(found) if seen is None else seen, self.now()
        )
        require_scope(who, prepared.chosen, standing)
        return prepared

    def seen(self, found: Proposal) -> int:
        """The last entry that the release shows which a proposal was made against."""
        known = self._shown(found.release)
        if known is not None:
            return known
        last = 0
        for entry in self.journal.entries():
            shown = self.journal.release_of(entry.number)
            if shown is not None and shown <= found.release:
                last = entry.number
        return last

    def _write(
        self, tx: Transaction, prepared: Prepared, who: Person, why: str, withheld: dict[int, str]
    ) -> Decided:  # fmt: skip
        now = self.now()
        found, at = prepared.proposal, moment(now)
        if waiting := self._second_eyes(tx, prepared, who, at, why):
            self.proposals.note(tx, found.id, Event(at, who.id, "seconding", why, found.version))
            return Decided(found, waits=waiting)
        partly = len(prepared.numbers) < len(found.changes)
        state = State.PARTLY_ACCEPTED if partly else State.ACCEPTED
        more: dict[str, Any] = {"withheld": {str(n): checked_why(text) for n, text in sorted(withheld.items())}}
        entry = self.journal.append(
            tx, kind=EntryKind.ACCEPT, at=now, who=who.id, why=why, proposal=found.id, release=self.current().number,
            payload=prepared.payload(more if withheld else {}),
        )  # fmt: skip
        proposal = found.to(
            state=state, version=found.version + 1, changed=at, accepted=prepared.numbers, entry=entry.number,
        )  # fmt: skip
        self.proposals.set(tx, proposal)
        self.proposals.note(tx, found.id, Event(at, who.id, state.value, why, proposal.version))
        self.seconded.drop(tx, found.id)
        return Decided(proposal, entry, self.coming())

    def _second_eyes(
        self, tx: Transaction, prepared: Prepared, who: Person, at: str, why: str
    ) -> Waiting | None:
        """The decision that now waits for another curator; None when there is no need, or this one confirms it."""
        found = prepared.proposal
        if found.kind not in self.second:
            return None
        selection = selection_of(prepared.chosen)
        waiting = self.seconded.of(tx, found.id, found.version)
        if waiting and waiting.selection == selection:
            if waiting.who == who.id:
                raise Conflict("you decided this already: another curator is to confirm it")
            return None
        fresh = Waiting(found.id, found.version, selection, prepared.numbers, who.id, at, why)
        self.seconded.put(tx, fresh)
        return fresh

    # -- the other decisions

    def ask(self, ident: str, who: Person, *, version: int, why: str) -> Proposal:
        """Ask the author for changes."""
        return self._turn(ident, who, version, State.CHANGES_ASKED, why)

    def refuse(self, ident: str, who: Person, *, version: int, why: str) -> Proposal:
        """Refuse a proposal."""
        return self._turn(ident, who, version, State.REFUSED, why)

    def assign(self, ident: str, who: Person, *, version: int, to: str) -> Proposal:
        """Give a proposal to a curator, or to nobody. What its author sees stays in its version."""
        with self.db.writing() as tx:
            found = self.proposals.open_one(tx, ident, version)
            proposal = found.to(assigned=to)
            self.proposals.set(tx, proposal)
            self.proposals.note(tx, ident, Event(moment(self.now()), who.id, "assigned", to, version))
        return proposal

    def _turn(self, ident: str, who: Person, version: int, state: State, why: str) -> Proposal:
        if not (why := checked_why(why)):
            raise InputError("the author is to read a reason: give one")
        if who.account.is_limited and not who.may(Role.PUBLISHER):
            standing = self.standing()
            found = self._read(ident, version)
            require_scope(who, [plain(change) for change in found.changes], standing)
        with self.db.writing() as tx:
            found = self.proposals.open_one(tx, ident, version)
            at = moment(self.now())
            proposal = found.to(state=state, version=version + 1, changed=at)
            self.proposals.set(tx, proposal)
            self.proposals.note(tx, ident, Event(at, who.id, state.value, why, proposal.version))
            self.seconded.drop(tx, ident)
        return proposal


def require(who: Person, right: str) -> None:
    """Forbidden for who has not this right."""
    if not who.may(right):
        raise Forbidden(f"this is for a {right}")


def checked_why(text: str) -> str:
    """A reason as it is kept. InputError when it is too long."""
    kept = plain_text(text)
    if len(kept) > LONGEST_WHY:
        raise InputError(f"a reason has at most {LONGEST_WHY} characters")
    return kept
