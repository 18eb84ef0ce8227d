"""What an accepted proposal does to the graph, quad by quad, and what takes it back.

In: accepted changes with their final IRIs, what the graph says now. Out: the quads that come and those that go: the
proposed statements in graphs of the proposal (`…/id/source/proposal-{id}-{n}`, one for each distinct evidence), the
retracted ones, and all that follows from them (`curation/follows.py`). Only what has an effect is named, so a patch
of these quads always fits.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from pyoxigraph import Literal, NamedNode, Quad

from wallograph import vocab
from wallograph.curation.follows import Above, Graphs, follow
from wallograph.curation.layers import lines_of, quads_of
from wallograph.curation.model import PAGE, Change, Evidence
from wallograph.curation.present import Present, holds
from wallograph.errors import DataError
from wallograph.iris import parse as parse_iri
from wallograph.iris import thing
from wallograph.link.describe import sources
from wallograph.link.emit import CLASSES, dated_quads, relation_quads
from wallograph.model import SourceDoc
from wallograph.pipeline.assemble import rebase_quads
from wallograph.release.graphfile import canonical_line
from wallograph.release.literals import Canonicaliser

Describe = Callable[[NamedNode], Iterable[Quad]]
ROLE: Final = "proposal"
_DATED: Final = frozenset({vocab.EMPLOYEES, vocab.RESEARCHERS, vocab.STATUS, vocab.BUDGET})
_KIND_OF: Final = {iri: kind for kind, iri in vocab.RELATIONS.items()}
_NODE: Final = (vocab.ST_SUBJECT, vocab.ST_PREDICATE, vocab.ST_OBJECT)


@dataclass(frozen=True, slots=True)
class Materialised:
    """The quads that come and go, each once; `missing` are retracted ones that nobody states now."""

    adds: list[Quad]
    deletes: list[Quad]
    missing: list[Quad] = field(default_factory=list)

    def payload(self) -> dict[str, list[str]]:
        """As a journal entry has them."""
        return {"adds": lines_of(self.adds), "deletes": lines_of(self.deletes)}


def materialise(
    changes: Iterable[Change], proposal_id: str, base: str, date: str, *, present: Present, above: Above
) -> Materialised:
    """What accepting these changes does; `date` (YYYY-MM-DD) is the day that it was accepted on.

    `present` asks the graph as it will stand before them (release and unpublished entries, `standing.after_entries`);
    `above` finds the municipality or province of a place (`Gazetteer.above`). DataError for a term that is none.
    """
    ordered = sorted(changes, key=lambda change: change.number)
    canon = Canonicaliser()
    adds = _added([change for change in ordered if change.op == "add"], proposal_id, base, date, canon, present)
    deletes: dict[Quad, None] = {}
    missing = []
    for change in ordered:
        if change.op == "retract":
            quad = _quad(change, _node(change.graph), canon)
            found = list(_retracted(quad, base, present))
            deletes.update(dict.fromkeys(found))
            if quad not in found:
                missing.append(quad)
    new = [quad for quad in adds if quad not in deletes and not holds(present, quad)]
    more = follow(new, list(deletes), present, above, Graphs(base))
    return Materialised([*new, *more.adds], [*deletes, *more.deletes], missing)


def undo(
    payload: dict[str, Any], base: str, *, present: Present, above: Above, described: Describe = lambda _: ()
) -> Materialised:
    """What takes an entry back: its statements go, those that it retracted come again, and what follows from both.

    What other entries did to the same quads since stays as they left it: `missing` names what is not there any more.
    `described` finds the former description of a source whose last statement another entry took (`descriptions`).
    """
    own = Graphs(base)
    came, went = quads_of(payload.get("adds", ())), quads_of(payload.get("deletes", ()))
    adds = [quad for quad in went if not own.is_derived(quad) and not holds(present, quad)]
    stated = [quad for quad in came if not own.is_derived(quad) and not own.is_provenance(quad)]
    deletes = [quad for quad in stated if holds(present, quad)]
    missing = [quad for quad in stated if quad not in deletes]
    graphs = {quad.graph_name: None for quad in adds if not own.is_provenance(quad)}
    told = {quad.subject for quad in adds if own.is_provenance(quad)}
    for graph in graphs:
        if isinstance(graph, NamedNode) and graph not in told and not _any(present(graph, None, None, own.provenance)):
            adds += described(graph)
    former = {
        quad.subject: quad.object
        for quad in went
        if quad.graph_name == own.labels and set(present(quad.subject, quad.predicate, None, own.labels)) <= set(came)  # type: ignore[arg-type]
    }
    more = follow(adds, deletes, present, above, own, former)  # type: ignore[arg-type]
    return Materialised([*adds, *more.adds], [*deletes, *more.deletes], missing)


def descriptions(payloads: Iterable[dict[str, Any]], base: str) -> Describe:
    """Finds the last description of a source that the entries with these payloads took away."""

    def described(graph: NamedNode) -> list[Quad]:
        found: list[Quad] = []
        own = Graphs(base)
        for payload in payloads:
            quads = [quad for quad in quads_of(payload.get("deletes", ())) if own.is_provenance(quad)]
            found = [quad for quad in quads if quad.subject == graph] or found
        return found

    return described


def evidence_numbers(changes: Iterable[Change]) -> dict[Evidence, int]:
    """The number of the graph that statements with this evidence stand in, from 1 by first appearance."""
    numbers: dict[Evidence, int] = {}
    for change in sorted(changes, key=lambda change: change.number):
        if change.op == "add":
            numbers.setdefault(change.evidence, len(numbers) + 1)
    return numbers


def _added(
    changes: Sequence[Change], proposal: str, base: str, date: str, canon: Canonicaliser, present: Present
) -> list[Quad]:
    """The proposed statements with the things that they are, and what their graphs are derived from."""
    numbers = evidence_numbers(changes)
    quads: dict[Quad, None] = {}
    for evidence, number in numbers.items():
        key = f"proposal-{proposal}-{number}"
        where = NamedNode(thing("source", key, base))
        mine = [change for change in changes if change.evidence == evidence]
        said = [(change, _quad(change, where, canon)) for change in mine]
        here = dict.fromkeys(quad for _, quad in said)
        said_here = [quad for quad in here if quad.predicate.value in _NODE]
        for change, quad in said:
            here.update(dict.fromkeys(_thing_of(quad, change, said_here, base)))
        quads.update(here)
        quads.update(dict.fromkeys(_described(key, evidence, date, base, [*here], present)))
    return list(quads)


def _thing_of(quad: Quad, change: Change, here: Collection[Quad], base: str) -> Iterator[Quad]:
    """The class of the subject, and the relation or dated value as a thing, unless the proposal describes it."""
    subject, target = quad.subject, quad.object
    if not isinstance(subject, NamedNode):
        return
    plain = Graphs(base).plain(quad)
    predicate, year = plain.predicate, change.year
    relation = _KIND_OF.get(predicate.value)
    found = parse_iri(subject.value, base)
    if found and found.concept in CLASSES and relation is None:
        yield Quad(subject, NamedNode(vocab.TYPE), NamedNode(CLASSES[found.concept]), quad.graph_name)
    if _is_described(quad, here):
        return
    if relation and isinstance(plain.object, NamedNode):
        ends = plain.subject, predicate, plain.object
        yield from rebase_quads(relation_quads(relation, *ends, year, plain.graph_name), base)  # type: ignore[arg-type]
    elif predicate.value in _DATED and isinstance(target, NamedNode | Literal):
        made = dated_quads(plain.subject, predicate, plain.object, year, plain.graph_name)  # type: ignore[arg-type]
        yield from rebase_quads(made, base)


def _is_described(quad: Quad, here: Collection[Quad]) -> bool:
    wanted = dict(zip(_NODE, (quad.subject, quad.predicate, quad.object), strict=True))
    said: dict[object, int] = {}
    for other in here:
        if wanted.get(other.predicate.value) == other.object:
            said[other.subject] = said.get(other.subject, 0) + 1
    return len(_NODE) in said.values()


def _described(
    key: str, evidence: Evidence, date: str, base: str, here: Sequence[Quad], present: Present
) -> Iterator[Quad]:
    """The description of a graph of the proposal, like that of every source."""
    if evidence.kind == PAGE:
        pages: tuple[str, ...] = (evidence.page,)
        try:
            NamedNode(evidence.page)
            publisher = (urlsplit(evidence.page).hostname or "").removeprefix("www.")
        except ValueError as error:
            raise DataError(f"the page '{evidence.page}' of a proposed statement is no address") from error
    else:
        pages, publisher = (), _organisation(here, base, present)
    document = SourceDoc(key, pages, ROLE, publisher, issued=date, license=vocab.CC_BY)
    yield from rebase_quads(sources([document]), base)


def _organisation(here: Sequence[Quad], base: str, present: Present) -> str:
    """The name of the one organisation that says so itself; "" when the statements are of several."""
    found = {q.subject for q in here if (id_ := parse_iri(q.subject.value, base)) and id_.concept in CLASSES}
    if len(found) != 1:
        return ""
    (subject,) = found
    said = present(subject, NamedNode(vocab.LABEL), None, None)  # type: ignore[arg-type]
    labels = [quad.object.value for quad in said]
    names = [q.object.value for q in here if q.subject == subject and q.predicate.value == vocab.NAME]
    return min(labels or names, default="")


def _retracted(quad: Quad, base: str, present: Present) -> Iterator[Quad]:
    """A statement in its source, and the relations or dated values that it is as things there."""
    if not holds(present, quad):
        return
    yield quad
    where = quad.graph_name
    if not isinstance(where, NamedNode):
        return
    for node in present(None, NamedNode(vocab.ST_SUBJECT), quad.subject, where):  # type: ignore[arg-type]
        described = list(present(node.subject, None, None, where))  # type: ignore[arg-type]
        if _is_described(quad, described):
            yield from described


def _any(quads: Iterable[Quad]) -> bool:
    return next(iter(quads), None) is not None


def _quad(change: Change, where: NamedNode, canon: Canonicaliser) -> Quad:
    target = _term(change.object)
    quad = Quad(_node(change.subject), _node(change.predicate), target, where)
    return canonical_line(quad, canon)[1]


def _node(text: str) -> NamedNode:
    term = _term(text)
    if not isinstance(term, NamedNode):
        raise DataError(f"'{text}' is no IRI")
    return term


def _term(text: str) -> NamedNode | Literal:
    """A term as N-Quads writes it; a bare IRI is one too. The statement around it cannot be broken out of."""
    text = text.strip()
    if not text.startswith(('"', "<")):
        text = f"<{text}>"
    try:
        (quad,) = quads_of([f"<urn:s> <urn:p> {text} ."])
    except (DataError, ValueError) as error:
        raise DataError(f"'{text[:200]}' is no term of a statement") from error
    if isinstance(quad.graph_name, NamedNode):
        raise DataError(f"'{text[:200]}' is more than a term of a statement")
    if not isinstance(quad.object, NamedNode | Literal):
        raise DataError(f"'{text[:200]}' is no IRI and no literal")
    return quad.object
