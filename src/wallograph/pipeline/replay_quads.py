"""Brings what curators accepted into the emitted statements: their additions in, their retractions out.

In: a `Replay`, what linking found, every quad that the sources give. Out: the same `Linked` with the statements of
proposals among its own, so that they are judged and held back like these; `Replayed`, what came of each decision.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from wallograph import vocab
from wallograph.iris import parse, thing
from wallograph.link.derive import label_of
from wallograph.link.describe import PROVENANCE
from wallograph.link.emit import CLASSES, dated_quads, relation_quads
from wallograph.link.identity import Identity
from wallograph.model import Statement, Value
from wallograph.pipeline.assemble import Linked
from wallograph.pipeline.replay import Accepted, Decision, Replay, texts
from wallograph.release.graphfile import canonical_line
from wallograph.release.literals import Canonicaliser

Pair = tuple[Statement, tuple[Quad, ...]]
_PROVENANCE: Final = NamedNode(thing("source", PROVENANCE))
_NODE: Final = (vocab.ST_SUBJECT, vocab.ST_PREDICATE, vocab.ST_OBJECT)
_KIND_OF: Final = {iri: kind for kind, iri in vocab.RELATIONS.items()}


@dataclass(frozen=True, slots=True)
class Held:
    """An accepted statement that could not be brought in: the code of its finding, and what is in its way."""

    accepted: Accepted
    quad: Quad
    code: str
    value: str


@dataclass(frozen=True, slots=True)
class Retraction:
    """A retraction, and the statement that it took: None when nobody states it any more."""

    accepted: Accepted
    quad: Quad
    hit: Quad | None


@dataclass(slots=True)
class Replayed:
    """What came of the decisions; `stated` is what sources and proposals said before any retraction."""

    held: list[Held] = field(default_factory=list)
    retractions: list[Retraction] = field(default_factory=list)
    decisions: list[tuple[Decision, str]] = field(default_factory=list)
    stated: frozenset[Quad] = frozenset()


class Moves:
    """Where things are now: merged ones under the IRI of the survivor, parted ones perhaps under the other's."""

    def __init__(self, redirects: Mapping[str, str], parted: Iterable[tuple[str, str]]) -> None:
        self._to = {_iri(loser): _iri(survivor) for loser, survivor in redirects.items()}
        self._parted: dict[str, list[str]] = defaultdict(list)
        for one, other in parted:
            self._parted[self._of(one)].append(self._of(other))

    def _of(self, iri: str) -> str:
        return self._to.get(iri, iri)

    def term(self, term: object) -> object:
        """A term under its present IRI."""
        return NamedNode(self._of(term.value)) if isinstance(term, NamedNode) and term.value in self._to else term

    def quad(self, quad: Quad) -> Quad:
        """A statement about the present things."""
        if not {getattr(quad.subject, "value", ""), getattr(quad.object, "value", "")} & self._to.keys():
            return quad
        return Quad(self.term(quad.subject), quad.predicate, self.term(quad.object), quad.graph_name)  # type: ignore[arg-type]

    def forms(self, quad: Quad) -> Iterator[Quad]:
        """The same statement, and as it would be of things that were parted since."""
        here = self.quad(quad)
        ends = ([end, *map(NamedNode, self._parted.get(getattr(end, "value", ""), ()))] for end in
                (here.subject, here.object))  # fmt: skip
        for subject, target in product(*ends):
            yield Quad(subject, here.predicate, target, here.graph_name)  # type: ignore[arg-type]


def bring_in(replay: Replay, linked: Linked, moves: Moves) -> Replayed:
    """Put the accepted statements beside those of the sources; first of the two steps."""
    replayed = Replayed()
    there = set(linked.identity.iri.values())
    for accepted in replay.accepted:
        for statement, quads in _pairs(accepted, moves):
            code, value = _obstacle(quads[0], there)
            if code and quads[0].predicate.value == vocab.TYPE:
                continue  # goes with the statements about the thing, which are told
            if code:
                replayed.held.append(Held(accepted, quads[0], code, value))
            else:
                linked.emitted.of.append((statement, quads))
        linked.described += [quad for quad in accepted.adds if quad.graph_name == _PROVENANCE]
    for decision in replay.decisions:
        gone = [key for key in decision.pair if key not in linked.identity.records]
        replayed.decisions += [(decision, key) for key in gone]
    return replayed


def take_out(replay: Replay, linked: Linked, moves: Moves, stated: Iterable[Quad], replayed: Replayed) -> None:
    """Take the retracted statements away, and the relation or dated value that each is; second of the two steps.

    `stated` is every quad of sources and proposals; values are compared in the form that a release gives them.
    """
    canon = Canonicaliser()
    by_form = {canonical_line(quad, canon)[1]: quad for quad in stated}
    replayed.stated = frozenset(by_form)
    gone: set[Quad] = set()
    for accepted in replay.accepted:
        for quad in accepted.retracts:
            hit = next((form for form in moves.forms(quad) if form in by_form), None)
            replayed.retractions.append(Retraction(accepted, quad, hit))
            if hit is not None:
                gone.add(by_form[hit])
    linked.gone = frozenset(gone)
    before = {term.value for _, quads in linked.emitted.of for quad in quads for term in (quad.subject, quad.object)}
    lost = {quad for pair in linked.emitted.of if pair[1][0] in gone for quad in pair[1]} | gone
    linked.emitted.of = [pair for pair in (_without(pair, gone) for pair in linked.emitted.of) if pair[1]]
    linked.emitted.named = [quad for quad in linked.emitted.named if quad not in gone]
    _vanish(linked, [quad for quad in by_form.values() if quad not in lost], lost)
    linked.standing = before & {quad.subject.value for quad in linked.emitted.named}
    _relabel(replay, linked.identity, moves, replayed)


def _without(pair: Pair, gone: set[Quad]) -> Pair:
    """A statement goes with all its quads; of what describes it, single quads may go."""
    if gone.isdisjoint(pair[1]):
        return pair
    return pair[0], () if pair[1][0] in gone else tuple(quad for quad in pair[1] if quad not in gone)


def _vanish(linked: Linked, left: Iterable[Quad], lost: set[Quad]) -> None:
    """A thing that lost its last statement, and that nothing points to, loses label and classes too."""
    emitted, identity = linked.emitted, linked.identity
    said = {term.value for quad in left if quad.predicate.value != vocab.TYPE for term in (quad.subject, quad.object)}
    ends = {term.value for quad in lost for term in (quad.subject, quad.object) if isinstance(term, NamedNode)}
    gone = {iri for iri in identity.iri.values() if iri in ends and iri not in said}
    identity.iri = {root: iri for root, iri in identity.iri.items() if iri not in gone}
    emitted.named = [quad for quad in emitted.named if quad.subject.value not in gone]
    emitted.of = [pair for pair in emitted.of if pair[1][0].subject.value not in gone]


def _relabel(replay: Replay, identity: Identity, moves: Moves, replayed: Replayed) -> None:
    """Follow the names of things through the decisions, in their order: a label goes with the last name of its text."""
    roots = {iri: root for root, iri in identity.iri.items()}
    own = {moves.quad(quad) for accepted in replay.accepted for quad in accepted.adds}
    names: dict[str, set[Quad]] = defaultdict(set)
    for quad in replayed.stated - own:
        if quad.predicate.value == vocab.NAME:
            names[quad.subject.value].add(quad)
    hits = {(id(found.accepted), found.quad): found.hit for found in replayed.retractions}
    for accepted in replay.accepted:
        adds = [moves.quad(quad) for quad in accepted.adds]
        deletes = [hit for quad in accepted.retracts if (hit := hits[id(accepted), quad])]
        named = [quad for quad in (*adds, *deletes) if quad.predicate.value == vocab.NAME]
        touched = {quad.subject.value for quad in named} & roots.keys()
        before = {iri: texts(names[iri]) for iri in touched}
        for quad in adds:
            if quad.predicate.value == vocab.NAME:
                names[quad.subject.value].add(quad)
        for quad in deletes:
            names[quad.subject.value].discard(quad)
        for iri in touched:
            label = identity.label[roots[iri]]
            if names[iri] and label in before[iri] and label not in texts(names[iri]):
                identity.label[roots[iri]] = label_of(names[iri]).value


def _pairs(accepted: Accepted, moves: Moves) -> Iterator[Pair]:
    """The statements of a proposal, each with the relation or dated value that it is."""
    said = [quad for quad in accepted.adds if quad.graph_name != _PROVENANCE]
    nodes: dict[tuple[object, object], dict[str, object]] = defaultdict(dict)
    for quad in said:
        if quad.predicate.value in (*_NODE, vocab.STATED_FOR):
            nodes[quad.subject, quad.graph_name][quad.predicate.value] = quad.object
    described = {node: tuple(terms.get(name) for name in _NODE) for node, terms in nodes.items()}
    of: dict[object, list[Quad]] = defaultdict(list)
    for quad in said:
        if node := described.get((quad.subject, quad.graph_name)):
            of[node, quad.graph_name].append(quad)
    for quad in said:
        if (quad.subject, quad.graph_name) in described:
            continue
        own = of[(quad.subject, quad.predicate, quad.object), quad.graph_name]
        moved = moves.quad(quad)
        quads = (moved, *(own if moved == quad else _moved_nodes(quad, own, moves)))
        yield _statement(accepted, quad, moved), quads


def _moved_nodes(quad: Quad, own: list[Quad], moves: Moves) -> Iterator[Quad]:
    """A relation whose end was merged is another relation: it gets the IRI that the rule gives it now."""
    moved = moves.quad(quad)
    years = {q.subject: q.object.value for q in own if q.predicate.value == vocab.STATED_FOR}
    for said in own:
        year = years.get(said.subject, "")
        node = _minted(moved, year) if said.subject == _minted(quad, year) else said.subject
        yield Quad(node, said.predicate, moves.term(said.object), said.graph_name)  # type: ignore[arg-type]


def _minted(quad: Quad, year: str) -> NamedNode:
    """The IRI of a statement as a relation or dated value."""
    ends = quad.subject, quad.predicate, quad.object
    kind = _KIND_OF.get(quad.predicate.value)
    made = relation_quads(kind, *ends, year, _PROVENANCE) if kind else dated_quads(*ends, year, _PROVENANCE)  # type: ignore[arg-type]
    return next(made).subject  # type: ignore[return-value]


def _statement(accepted: Accepted, quad: Quad, moved: Quad) -> Statement:
    target = moved.object
    value = Value("iri", target.value)
    if isinstance(target, Literal):
        value = Value("literal", target.value, target.datatype.value, target.language or "")
    source = parse(quad.graph_name.value) if isinstance(quad.graph_name, NamedNode) else None
    return Statement("", quad.predicate.value, value, source.reference if source else "", accepted.where(quad))


def _obstacle(quad: Quad, there: set[str]) -> tuple[str, str]:
    """Why a statement cannot be brought in: a thing is gone, or the two ends are one."""
    if quad.subject == quad.object:
        return "proposal-to-itself", quad.subject.value
    for term in (quad.subject, quad.object):
        found = parse(term.value) if isinstance(term, NamedNode) else None
        if found and found.concept in CLASSES and isinstance(term, NamedNode) and term.value not in there:
            return "proposal-orphan", term.value
    return "", ""


def _iri(reference: str) -> str:
    concept, _, name = reference.partition("/")
    return thing(concept, name)
