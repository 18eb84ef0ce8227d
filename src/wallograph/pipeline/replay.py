"""What curators decided, as the build takes it: accepted statements, retractions, decisions on identity.

In: plain values, on the default base, in the order of the decisions (`curation/replay.py` reads them from the journal
and from `data/proposals`). Out: what linking needs: records of accepted things, judgements, reserved references.
`pipeline/replay_quads.py` then brings the statements in.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final

from pyoxigraph import Literal, Quad

from wallograph import vocab
from wallograph.iris import parse
from wallograph.link.derive import label_of
from wallograph.link.judgements import VERDICTS, Judgements, Pair
from wallograph.link.registry import Registry
from wallograph.model import Finding, Record, Where

JOURNAL: Final = "journal"  # as a file, in findings: the line is the number of the entry


@dataclass(frozen=True, slots=True)
class Accepted:
    """What one accepted proposal says, that nobody took back.

    `adds` stand in graphs of the proposal; those in the graph `provenance` describe these. `retracts` are statements
    of sources, or of other proposals. `things` are the new things, IRI to record key. `release` is the one that it
    was decided against, 0 when that is not known.
    """

    proposal: str
    adds: tuple[Quad, ...] = ()
    retracts: tuple[Quad, ...] = ()
    things: Mapping[str, str] = field(default_factory=dict)
    entry: int = 0
    release: int = 0
    file: str = JOURNAL
    lines: Mapping[Quad, int] = field(default_factory=dict)

    def where(self, quad: Quad) -> Where:
        """Where a statement of it was decided: the line of its file, or its entry in the journal."""
        plain = Quad(quad.subject, quad.predicate, quad.object)
        return Where(self.file, self.lines.get(plain) or self.entry or None)


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict on two records. `things` are their IRIs since; `redirects` what a merge moved (actor/b to actor/a)."""

    left: str
    right: str
    verdict: str
    reason: str = ""
    things: tuple[str, str] = ("", "")
    redirects: Mapping[str, str] = field(default_factory=dict)
    entry: int = 0
    file: str = JOURNAL

    @property
    def pair(self) -> Pair:
        """The records, the smaller key first."""
        return (self.left, self.right) if self.left <= self.right else (self.right, self.left)


@dataclass(frozen=True, slots=True)
class Replay:
    """All that curators decided and that still holds.

    `reserved` are the references of all things that were ever accepted, and `retracted` all statements that were ever
    taken away: a decision that was taken back keeps both. `head` and `digest` are of the last journal entry.
    `redirects` is what all decisions on identity moved, in their order, taken back or not.
    """

    accepted: Sequence[Accepted] = ()
    decisions: Sequence[Decision] = ()
    reserved: Mapping[str, str] = field(default_factory=dict)
    retracted: frozenset[Quad] = frozenset()
    head: int = 0
    digest: str = ""
    findings: Sequence[Finding] = ()
    redirects: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.accepted or self.decisions or self.reserved)

    def forwarded(self, iris: Iterable[str]) -> dict[str, str]:
        """The things that a decision ever put under another IRI, but those that are there: no address dies."""
        alive = {"/".join(_reference(iri)) for iri in iris}
        return {old: new for old, new in self.redirects.items() if new in alive and old not in alive}

    def shown(self) -> dict[str, object] | None:
        """What the manifest of an edition says: the journal up to this entry is in it. None without a journal."""
        return {"head": self.head, "digest": self.digest} if self.head else None

    def records(self) -> dict[str, Record]:
        """The accepted things as records. They are one thing with others only where a decision says so."""
        found = (record for accepted in self.accepted for record in _records(accepted))
        return {record.key: record for record in found}

    def judged(self, judgements: Judgements) -> Judgements:
        """The judgements of `data/` with the decisions on top: the last word on a pair counts."""
        verdicts = {pair: verdict for verdict in VERDICTS for pair in getattr(judgements, verdict)}
        reasons = dict(judgements.reasons)
        for decision in self.decisions:
            verdicts[decision.pair] = decision.verdict
            reasons[decision.pair] = decision.reason
        pairs = {verdict: frozenset(p for p, said in verdicts.items() if said == verdict) for verdict in VERDICTS}
        return replace(judgements, **pairs, reasons=MappingProxyType(reasons))

    def reserve(self, registry: Registry) -> None:
        """Keep the references of accepted things, and those that decisions gave."""
        for iri, key in self.reserved.items():
            registry.reserve(key, _reference(iri))
        for decision in self._last():
            left, right = decision.things
            if decision.verdict == "different" and left and right and left != right:
                registry.pin(decision.left, _reference(left))
                registry.pin(decision.right, _reference(right))
            elif decision.verdict == "same":
                for loser in (old for old, new in decision.redirects.items() if new):
                    concept, _, reference = loser.partition("/")
                    registry.yielding.add((concept, reference))

    def parted(self) -> Iterator[tuple[str, str]]:
        """Things that were one before a decision: what was said of the one may be of the other now."""
        for decision in self._last():
            left, right = decision.things
            if decision.verdict == "different" and left and right and left != right:
                yield left, right
                yield right, left

    def _last(self) -> Iterable[Decision]:
        return {decision.pair: decision for decision in self.decisions}.values()


def _records(accepted: Accepted) -> Iterator[Record]:
    for iri, key in accepted.things.items():
        names = [q for q in accepted.adds if q.subject.value == iri and q.predicate.value == vocab.NAME]
        concept, _ = _reference(iri)
        label = label_of(names).value if names else ""
        where = accepted.where(names[0]) if names else Where(accepted.file, accepted.entry or None)
        yield Record(key, concept, label, where, names=texts(names))


def texts(quads: Iterable[Quad]) -> set[str]:
    """The texts of the literals of these quads."""
    return {quad.object.value for quad in quads if isinstance(quad.object, Literal)}


def _reference(iri: str) -> tuple[str, str]:
    found = parse(iri)
    if found is None:
        raise ValueError(f"'{iri}' is no thing")
    return found.concept, found.reference


NOTHING: Final = Replay()
