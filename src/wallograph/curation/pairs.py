"""The queue of the duplicate desk: pairs of published things that a person has not decided on yet.

In: a survey of the records, the decisions. Out: `Asked` pairs, the most doubtful first. What was decided is never asked
again, for no pair of records of the same two things. *Unsure* comes back when new evidence changes the score: when it
differs by `EVIDENCE` or more from the score that the curator saw, which any one feature does.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from wallograph.curation.identity_log import Made, in_force, moved_since
from wallograph.errors import InputError, NotFound
from wallograph.pipeline.survey import Likeness, Row, Survey

EVIDENCE: Final = 0.05  # a little less than the smallest weight of a feature
BY_HAND: Final = "by-hand"


@dataclass(frozen=True, slots=True)
class Asked:
    """Two records to be decided on. `survivor` is the IRI that would stay, were they made one."""

    kind: str
    left: str
    right: str
    left_iri: str
    right_iri: str
    left_name: str
    right_name: str
    score: float = 0.0
    features: tuple[tuple[str, float], ...] = ()
    survivor: str = ""
    before: Made | None = None  # the last decision on them
    judged: str = ""  # the verdict that a file of the sources has

    @property
    def is_one(self) -> bool:
        """They are one thing now."""
        return self.left_iri == self.right_iri


@dataclass(frozen=True)
class Pairs:
    """The records as they are published now, and the pairs. `head` is the entry that the survey knows."""

    survey: Survey
    made: Sequence[Made]
    head: int = 0

    @cached_property
    def iris(self) -> Mapping[str, str]:
        """The IRI that each record is published under now."""
        return {key: row.iri for key, row in self.survey.records.items()} | moved_since(self.made, self.head)

    @cached_property
    def _members(self) -> Mapping[str, Sequence[str]]:
        found = defaultdict(list)
        for key, iri in self.iris.items():
            if key in self.survey.records:
                found[iri].append(key)
        return {iri: sorted(keys, key=lambda key: self.row(key).order) for iri, keys in found.items()}

    @cached_property
    def _last(self) -> Mapping[tuple[str, str], Made]:
        return {one.pair: one for one in in_force(self.made)}

    @cached_property
    def _files(self) -> Mapping[tuple[str, str], str]:
        return {(one, other): verdict for one, other, verdict in self.survey.judged}

    def queue(self) -> list[Asked]:
        """What is to be decided, each two things once."""
        closed = set(self._closed())
        found: list[Asked] = []
        for pair in self.survey.pairs:
            asked = self._asked(pair)
            place = self._place(asked.left, asked.right)
            if place in closed or (asked.before is not None and not _is_new(asked.score, asked.before)):
                continue
            if (pair.kind == "weak") != asked.is_one and pair.kind != "clash":
                continue  # a decision since has made them one, or parted them
            closed.add(place)
            found.append(asked)
        return found

    def one(self, left: str, right: str) -> Asked:
        """Two records, whether somebody asked for them or not. NotFound for one that no published thing has."""
        for key in (left, right):
            self.row(key)
        wanted = {left, right}
        for pair in self.survey.pairs:
            if {pair.left, pair.right} == wanted:
                return self._asked(pair)
        if len(wanted) != 2:
            raise InputError("these are one record: two are compared")
        return self._asked(Likeness(BY_HAND, min(wanted), max(wanted), 0.0, ()))

    def row(self, key: str) -> Row:
        """A record."""
        if key not in self.survey.records:
            raise NotFound(f"no published thing has the record '{key}'")
        return self.survey.records[key]

    def lead(self, iri: str) -> str:
        """The record that a thing is published by. NotFound for what has none."""
        return self.records_of(iri)[0]

    def records_of(self, iri: str) -> Sequence[str]:
        """All records of a thing, the leading one first. NotFound for what has none."""
        if iri not in self._members:
            raise NotFound(f"no record is published as {iri}")
        return self._members[iri]

    def _asked(self, pair: Likeness) -> Asked:
        left, right = self.row(pair.left), self.row(pair.right)
        iris = self.iris[pair.left], self.iris[pair.right]
        survivor = self.iris[min((self.lead(iri) for iri in iris), key=lambda key: self.row(key).order)]
        return Asked(
            pair.kind, pair.left, pair.right, *iris, left.name, right.name, pair.score, pair.features, survivor,
            self._last.get((pair.left, pair.right)), self._files.get((pair.left, pair.right), ""),
        )  # fmt: skip

    def _place(self, left: str, right: str) -> tuple[str, ...]:
        """What is asked once: two things, or two records of one thing."""
        things = sorted({self.iris[left], self.iris[right]})
        return tuple(things) if len(things) == 2 else (left, right)

    def _closed(self) -> Iterator[tuple[str, ...]]:
        """The places of all verdicts but the unsure ones of the journal, which may come back."""
        anew = {(p.left, p.right) for p in self.survey.pairs if _is_new(p.score, self._last.get((p.left, p.right)))}
        verdicts = (*self._files, *(pair for pair in self._last if pair not in anew))
        for left, right in verdicts:
            if left in self.iris and right in self.iris:
                yield self._place(left, right)


def _is_new(score: float, before: Made | None) -> bool:
    """Whether an unsure pair comes back."""
    return before is not None and before.verdict == "unsure" and abs(before.score - score) >= EVIDENCE
