"""The decisions on identity that were taken, read from the journal.

In: the journal. Out: `Made` values, oldest first: which hold, what each did, which statements were left to be placed;
and the IRI of each record that a decision moved.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from wallograph.journal.entry import Entry, Kind
from wallograph.journal.journal import Journal


@dataclass(frozen=True, slots=True)
class Made:
    """One decision. `by` is the entry that took it back, 0 while it holds; `withdraws` the one that it took back."""

    entry: int
    at: str
    who: str
    why: str
    verdict: str
    left: str
    right: str
    left_iri: str = ""
    right_iri: str = ""
    withdraws: int = 0
    by: int = 0
    score: float = 0.0
    features: tuple[tuple[str, float], ...] = ()
    redirects: Mapping[str, str] = field(default_factory=dict)
    records: Mapping[str, str] = field(default_factory=dict)
    adds: int = 0
    deletes: int = 0
    held: tuple[str, ...] = ()
    to_place: tuple[tuple[int, tuple[int, ...]], ...] = ()  # entries of proposals, the numbers of their statements

    @property
    def pair(self) -> tuple[str, str]:
        """The records, the smaller key first."""
        return (self.left, self.right) if self.left <= self.right else (self.right, self.left)

    @property
    def holds(self) -> bool:
        """It is a verdict, and nobody took it back."""
        return bool(self.verdict) and not self.by

    @property
    def changed(self) -> bool:
        """It changed the graph."""
        return bool(self.adds or self.deletes)


def decisions(journal: Journal) -> list[Made]:
    """All decisions, oldest first. One whose payload was shredded says nothing any more."""
    found: dict[int, Made] = {}
    for entry in journal.entries():
        payload = journal.payload(entry.number) if entry.kind in (Kind.IDENTITY, Kind.ROLLBACK) else None
        if payload is None:
            continue
        if entry.kind == Kind.ROLLBACK:
            for number, made in found.items():
                shown = journal.release_of(number)
                if made.holds and (shown is None or shown > int(payload["to"])):
                    found[number] = replace(made, by=entry.number)
            continue
        made = _made(entry, payload)
        if made.withdraws in found:
            found[made.withdraws] = replace(found[made.withdraws], by=entry.number)
        found[entry.number] = made
    return list(found.values())


def in_force(made: Sequence[Made]) -> list[Made]:
    """The last word on each pair, of those that hold."""
    last = {one.pair: one for one in made if one.holds}
    return list(last.values())


def moved_since(made: Sequence[Made], head: int) -> dict[str, str]:
    """The records that decisions after an entry moved, with the IRI that they have now."""
    found: dict[str, str] = {}
    for one in made:
        if one.entry > head:
            found |= one.records
    return found


def said_of(journal: Journal, iri: str, after: int) -> Iterator[tuple[int, tuple[int, ...]]]:
    """What proposals said of a thing after an entry: the entries, and the numbers of the statements."""
    taken = set()
    found = []
    for entry in journal.entries(after=after):
        if entry.kind not in (Kind.ACCEPT, Kind.REVERT):
            continue
        payload = journal.payload(entry.number) or {}
        taken.add(int(payload.get("undoes") or 0))
        numbers = tuple(
            int(change["number"]) for change in payload.get("changes", ())
            if iri in (_plain(change["subject"]), _plain(change["object"]))
        )  # fmt: skip
        if entry.kind == Kind.ACCEPT and numbers:
            found.append((entry.number, numbers))
    yield from (one for one in found if one[0] not in taken)


def _plain(term: str) -> str:
    return term.removeprefix("<").removesuffix(">")


def _made(entry: Entry, payload: Mapping[str, Any]) -> Made:
    return Made(
        entry.number, entry.at, entry.who, entry.why, payload["verdict"], payload["left"], payload["right"],
        payload.get("left_iri", ""), payload.get("right_iri", ""), int(payload.get("withdraws") or 0), 0,
        float(payload.get("score") or 0), tuple((name, weight) for name, weight in payload.get("features", ())),
        dict(payload.get("redirects") or {}), dict(payload.get("records") or {}), len(payload.get("adds", ())),
        len(payload.get("deletes", ())), tuple(payload.get("held", ())),
        tuple((int(number), tuple(numbers)) for number, numbers in payload.get("to_place", ())),
    )  # fmt: skip
