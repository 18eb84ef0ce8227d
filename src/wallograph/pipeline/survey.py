"""Which records a curator should look at twice: likely pairs, with all that speaks for and against each.

In: what linking found, what curators accepted, the judgements. Out: `Survey`, plain values: the records of the
published things, and pairs of five kinds:

- `likely`: alike, below the score at which the build makes them one by itself;
- `proposal`: the same, and one of them was accepted from a proposal;
- `refused`: they would have been made one, but a judgement on others of their groups is in the way;
- `weak`: they were made one by a score that leaves doubt;
- `clash`: one thing with two values of an identifier of which there is one, or two things that share an identifier.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from itertools import combinations
from typing import Any, Final
from urllib.parse import urlsplit

from pyoxigraph import Literal, NamedNode, Quad

from wallograph import vocab
from wallograph.iris import rebase_iri
from wallograph.link.ends import PROPOSAL, rank
from wallograph.link.identity import Identity
from wallograph.link.judgements import VERDICTS, Judgements
from wallograph.link.match import MERGE_AT, Pair, pairs
from wallograph.model import Record
from wallograph.pipeline.assemble import Linked
from wallograph.pipeline.regraph import iris_of
from wallograph.pipeline.replay import Accepted, Replay

KINDS: Final = ("clash", "refused", "proposal", "likely", "weak")
FLOOR: Final = 0.3  # below, names are alike by chance
_IDENTIFIERS: Final = {vocab.ENTERPRISE_NUMBER: "enterprise", vocab.ROR_ID: "ror", vocab.ISNI: "isni"}
_ONE: Final = frozenset({"ror", "isni"})  # who has two of these is two things; an organisation can be two enterprises
_SHARED: Final = (("same identifier", 1.0),)
_CLASH: Final = "two values of one identifier"
Order = tuple[bool, bool, int, str]


@dataclass(frozen=True, slots=True)
class Row:
    """A record: where it stands, the IRI that it is published under, and its part of who survives a merge.

    Of two things the one with the smallest `order` among its records survives: it was not moved by a merge before, a
    decision gave it its IRI, then the order of tables, then the key.
    """

    iri: str
    name: str
    concept: str
    where: str
    order: Order
    said: tuple[tuple[str, str, str], ...] = ()  # property, value as in N-Quads, source: of records that are one thing


@dataclass(frozen=True, slots=True)
class Likeness:
    """A pair of records, and why it is one."""

    kind: str
    left: str
    right: str
    score: float
    features: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Survey:
    """All pairs, the most doubtful first, the records by key, and the verdicts that stand in files."""

    records: Mapping[str, Row] = field(default_factory=dict)
    pairs: Sequence[Likeness] = ()
    judged: Sequence[tuple[str, str, str]] = ()

    def values(self) -> dict[str, Any]:
        """As plain values for JSON."""
        records = {key: asdict(row) for key, row in self.records.items()}
        return {"records": records, "pairs": [asdict(pair) for pair in self.pairs], "judged": list(self.judged)}

    @classmethod
    def of_values(cls, values: Mapping[str, Any]) -> "Survey":
        """From plain values."""
        records = {
            key: Row(**{**row, "order": tuple(row["order"]), "said": tuple(map(tuple, row["said"]))})
            for key, row in values["records"].items()
        }
        found = [Likeness(**{**p, "features": tuple((n, w) for n, w in p["features"])}) for p in values["pairs"]]
        return cls(records, found, [(left, right, verdict) for left, right, verdict in values["judged"]])


def survey(linked: Linked, replay: Replay, judgements: Judgements, base: str) -> Survey:
    """Look at all records of published things. `judgements` are those of the files, without what the journal has."""
    identity = linked.identity
    iris = iris_of(linked, base)
    compared = {key: record for key, record in identity.records.items() if key in iris}
    compared |= {key: record for key, record in _accepted(replay) if key in iris}
    found = sorted(_likenesses(compared, iris, identity), key=_doubt)
    said = {key for pair in found if iris[pair.left] == iris[pair.right] for key in (pair.left, pair.right)}
    rows = {
        key: Row(
            iris[key], record.name, record.concept, str(record.where), _order(key, identity),
            tuple(_said(key, linked, base)) if key in said else (),
        )
        for key, record in identity.records.items() if key in iris
    }  # fmt: skip
    verdicts = ((*pair, verdict) for verdict in VERDICTS for pair in getattr(judgements, verdict))
    return Survey(rows, found, sorted(told for told in verdicts if {told[0], told[1]} <= rows.keys()))


def _likenesses(records: dict[str, Record], iris: Mapping[str, str], identity: Identity) -> Iterator[Likeness]:
    clusters = identity.clusters
    weak = {(pair.left, pair.right) for pair in clusters.weak}
    refused = {(pair.left, pair.right) for pair in clusters.refused}
    for pair in pairs(records):
        names, one = (pair.left, pair.right), iris[pair.left] == iris[pair.right]
        if one and names in weak:
            yield _likeness("weak", pair)
        elif not one and pair.features[:1] == (("same identifier", 2.0),):
            yield Likeness("clash", *names, 1.0, _SHARED)
        elif not one and names in refused:
            yield _likeness("refused", pair)
        elif not one and pair.score >= FLOOR:
            accepted = any(name.startswith(f"{PROPOSAL}/") for name in names)
            yield _likeness("proposal" if accepted else "likely", pair)
    for members in clusters.members.values():
        yield from _clashes([records[member] for member in members if member in records])


def _likeness(kind: str, pair: Pair) -> Likeness:
    return Likeness(kind, pair.left, pair.right, pair.score, pair.features)


def _clashes(members: Iterable[Record]) -> Iterator[Likeness]:
    for left, right in combinations(members, 2):
        shared = left.identifiers.keys() & right.identifiers.keys() & _ONE
        if any(left.identifiers[kind] != right.identifiers[kind] for kind in shared):
            names = min(left.key, right.key), max(left.key, right.key)
            yield Likeness("clash", *names, MERGE_AT, ((_CLASH, 0.0),))


def _doubt(pair: Likeness) -> tuple[int, float, str, str]:
    return KINDS.index(pair.kind), -pair.score, pair.left, pair.right


def _order(key: str, identity: Identity) -> Order:
    registry = identity.registry
    return registry.of_record.get(key) in registry.yielding, not registry.is_pinned(key), *rank(key)


def _said(key: str, linked: Linked, base: str) -> Iterator[tuple[str, str, str]]:
    """What one record of a thing says, apart from the other records of it."""
    for statement, quads in linked.emitted.of:
        if statement.record == key:
            quad = quads[0]
            target = quad.object
            text = str(NamedNode(rebase_iri(target.value, base)) if isinstance(target, NamedNode) else target)
            graph = rebase_iri(getattr(quad.graph_name, "value", ""), base)
            yield rebase_iri(quad.predicate.value, base), text, graph


def _accepted(replay: Replay) -> Iterator[tuple[str, Record]]:
    """The accepted things with what they are compared by; as mentions, since they are of no table."""
    bare = replay.records()
    for accepted in replay.accepted:
        for iri, key in accepted.things.items():
            yield key, replace(_filled(bare[key], iri, accepted), mention=True)


def _filled(record: Record, iri: str, accepted: Accepted) -> Record:
    found = replace(record, identifiers={}, acronyms=set(), websites=set(), names=set(record.names))
    for quad in accepted.adds:
        if quad.subject.value == iri:
            _fill(found, quad)
    return found


def _fill(record: Record, quad: Quad) -> None:
    predicate, text = quad.predicate.value, getattr(quad.object, "value", "")
    if predicate in _IDENTIFIERS:
        record.identifiers[_IDENTIFIERS[predicate]] = text
    elif predicate == vocab.ALTERNATE_NAME:
        record.names.add(text)
    elif predicate == vocab.ACRONYM:
        record.acronyms.add(text)
    elif predicate == vocab.HOMEPAGE:
        address = urlsplit(text)
        record.websites.add((address.hostname or "").removeprefix("www.") + address.path.rstrip("/"))
    elif predicate == vocab.PLACE and not isinstance(quad.object, Literal):
        record.places.add(text.rpartition("/")[2])
    elif predicate == vocab.CLASSIFICATION:
        record.kinds = (*record.kinds, text.rpartition("/")[2])
