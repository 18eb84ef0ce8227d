"""What accepting a proposal would do, worked out before it is decided.

In: a proposal, the statements that are chosen, how they were edited, what stands. Out: `Prepared`: final statements,
the quads that come and go; Unfit when a rule is broken or when it stands against what was decided since.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wallograph.curation.contradiction import clashes, remover_of
from wallograph.curation.draft import Checked
from wallograph.curation.finals import finals, settled
from wallograph.curation.follows import Above
from wallograph.curation.layers import Layer, Standing, layers_after
from wallograph.curation.materialise import Materialised, materialise
from wallograph.curation.model import Change, Proposal
from wallograph.errors import InputError, Unfit
from wallograph.journal.journal import Journal

Check = Callable[[Proposal, Standing], Checked]


@dataclass(frozen=True, slots=True)
class Choice:
    """What a curator chose: the numbers of the statements (None: all), and how some of them were edited."""

    numbers: frozenset[int] | None = None
    edits: tuple[Change, ...] = ()

    def of(self, proposal: Proposal) -> tuple[Proposal, tuple[int, ...]]:
        """The proposal as it was edited, and the numbers that are accepted. InputError for a number that is none."""
        known = {change.number: change for change in proposal.changes}
        edited = {change.number: change for change in self.edits}
        chosen = frozenset(known) if self.numbers is None else self.numbers
        if unknown := (chosen | set(edited)) - set(known):
            raise InputError(f"the proposal has no statement {min(unknown)}")
        if not chosen:
            raise InputError("no statement is chosen: refuse the proposal instead")
        for number, change in edited.items():
            if (change.op, change.graph) != (known[number].op, known[number].graph):
                raise InputError(f"statement {number} can be worded anew, not turned into another kind of change")
        changes = tuple(edited.get(number, change) for number, change in known.items())
        return proposal.to(changes=changes), tuple(sorted(chosen))


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is ready to be written. `token` says what it was worked out against."""

    proposal: Proposal  # with final IRIs in what is accepted
    numbers: tuple[int, ...]
    chosen: tuple[Change, ...]
    things: Mapping[str, str]
    made: Materialised
    token: tuple[int, int]

    def payload(self, more: Mapping[str, Any]) -> dict[str, Any]:
        """The payload of the entry."""
        return {
            "changes": [change.values() for change in self.chosen], **self.made.payload(), "things": dict(self.things),
            "undoes": 0, **more,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Preparing:
    """What preparing asks of the installation."""

    journal: Journal
    check: Check
    above: Above
    taken: Callable[[], Iterable[str]] = tuple  # `{concept}/{reference}` that were given once

    def prepare(
        self, proposal: Proposal, choice: Choice, standing: Standing, token: tuple[int, int], seen: int, now: datetime
    ) -> Prepared:
        """`seen` is the last entry that the curator saw the effect of."""
        edited, numbers = choice.of(proposal)
        chosen = [change for change in edited.changes if change.number in set(numbers)]
        final, things = finals(chosen, proposal.id, standing, self.taken())
        self._fits(final, standing, seen)
        self._checks(proposal.to(changes=final), standing)
        date = now.date().isoformat()
        made = materialise(final, proposal.id, standing.base, date, present=standing.quads, above=self.above)
        if not made.adds and not made.deletes:
            raise Unfit("it changes nothing: all of it is stated like that already")
        by_number = {change.number: change for change in final}
        changes = tuple(
            by_number.get(change.number) or settled(change, proposal.id, things) for change in edited.changes
        )
        return Prepared(edited.to(changes=changes), numbers, final, things, made, token)

    def _fits(self, final: Sequence[Change], standing: Standing, seen: int) -> None:
        since = [layer for layer in layers_after(self.journal, seen) if layer.payload.get("changes")]
        found = list(clashes(final, standing, _in_force(since), remover_of(lambda: layers_after(self.journal, 0))))
        if found:
            first = max(clash.entry for clash in found)
            told = ", ".join(f"{clash.number} ({clash.code})" for clash in found[:20])
            named = f"what was decided with entry {first} of the journal" if first else "what stands now"
            details = [{"statement": c.number, "code": c.code, "entry": c.entry} for c in found]
            raise Unfit(f"these statements stand against {named}: {told}", entry=first, details=details)

    def _checks(self, proposal: Proposal, standing: Standing) -> None:
        checked = self.check(proposal, standing)
        if not checked.conforms:
            details = [{"finding": one} for one in violations(checked.outcome)]
            raise Unfit("it breaks rules: it can be mended or accepted in part, not like this", details=details)


def violations(outcome: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The findings that keep a proposal from being accepted."""
    return [one for one in outcome.get("findings", ()) if str(one.get("severity", "")).lower() == "violation"]


def _in_force(layers: Collection[Layer]) -> list[Layer]:
    """Without those that another entry took back."""
    undone = {int(layer.payload.get("undoes") or 0) for layer in layers}
    return [layer for layer in layers if layer.entry.number not in undone and not layer.payload.get("undoes")]
