"""What a rebuild takes from curation: the journal and `data/proposals`, as plain data on the default base.

In: the journal (or none), the files, the bases that the installation has had. Out: `pipeline.replay.Replay`.

What holds: an accept or identity entry holds until a later entry that holds takes it back: a revert (`undoes`), an
identity entry (`withdraws`), a rollback to a release that does not show it. A revert of a revert gives back what the
first took. A proposal that stands in the journal and in a file is used once, and the journal says how; so it is with
a decision. A file that the journal does not know is as good as an entry.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from pyoxigraph import Literal, NamedNode, Quad

from wallograph import vocab
from wallograph.curation.contradiction import quad_of
from wallograph.curation.layers import quads_of
from wallograph.curation.materialise import materialise
from wallograph.curation.model import ORGANISATION, PAGE, Change, Evidence
from wallograph.ingest.proposal_messages import told
from wallograph.ingest.proposals import FileStatement, IdentityFile, ProposalFile, ProposalFiles
from wallograph.iris import thing
from wallograph.journal.entry import Entry, Kind
from wallograph.journal.journal import Journal
from wallograph.link.describe import PROVENANCE
from wallograph.model import Finding, Severity, Where
from wallograph.pipeline.replay import Accepted, Decision, Replay
from wallograph.release.graphfile import canonical_line
from wallograph.release.literals import Canonicaliser

_PROVENANCE: Final = NamedNode(thing("source", PROVENANCE))
_OWN: Final = thing("source", "proposal-x")[:-1]
Shown = Callable[[int], int | None]  # the last journal entry that a release shows; None when it does not say


@dataclass(frozen=True, slots=True)
class Holding:
    """The entries of a journal with their payloads, and which of them hold."""

    entries: Sequence[Entry]
    payloads: Mapping[int, Mapping[str, Any]]
    numbers: frozenset[int]

    def of(self, *kinds: Kind) -> Iterator[tuple[Entry, Mapping[str, Any]]]:
        """The entries of a kind that hold, with their payloads."""
        for entry in self.entries:
            if entry.kind in kinds and entry.number in self.numbers and entry.number in self.payloads:
                yield entry, self.payloads[entry.number]


def holding(journal: Journal, shown: Shown) -> Holding:
    """Which entries of a journal hold now. One whose payload was shredded says nothing any more."""
    entries = list(journal.entries())
    read = {entry.number: journal.payload(entry.number) for entry in entries}
    payloads = {number: payload for number, payload in read.items() if payload is not None}
    backs = {entry.number: _back_to(journal, payloads.get(entry.number, {}), shown) for entry in entries
             if entry.kind == Kind.ROLLBACK}  # fmt: skip
    on: dict[int, bool] = {}
    then: dict[int, dict[int, bool]] = {0: {}}  # what held after the entries that rollbacks go back to
    takes: dict[int, list[int]] = {}
    for entry in entries:
        payload = payloads.get(entry.number, {})
        takes[entry.number] = [n for n in (payload.get("undoes"), payload.get("withdraws")) if n and n in on]
        for number in takes[entry.number]:
            _switch(number, False, on, takes)
        if entry.number in backs:
            on = dict.fromkeys(on, False) | then.get(backs[entry.number], {})
        on[entry.number] = True
        if entry.number in backs.values():
            then[entry.number] = dict(on)
    return Holding(entries, payloads, frozenset(number for number, holds in on.items() if holds))


def _back_to(journal: Journal, payload: Mapping[str, Any], shown: Shown) -> int:
    """The last entry in the release that a rollback goes back to."""
    release = int(payload.get("to", 0))
    last = shown(release)
    if last is not None:
        return last
    found = (
        entry.number for entry in journal.entries() if (journal.release_of(entry.number) or release + 1) <= release
    )
    return max(found, default=0)


def _switch(number: int, holds: bool, on: dict[int, bool], takes: Mapping[int, Sequence[int]]) -> None:
    """Take an entry back, or give it back; what it took back itself is switched the other way."""
    waiting = [(number, holds)]
    while waiting:
        at, now = waiting.pop()
        if on[at] != now:
            on[at] = now
            waiting += [(taken, not now) for taken in takes[at]]


def read_replay(journal: Journal | None, files: ProposalFiles, bases: Collection[str], shown: Shown) -> Replay:
    """All that holds: first the files that the journal does not know, by date, then the journal in its order."""
    held = holding(journal, shown) if journal else Holding((), {}, frozenset())
    home = _Home(bases)
    accepts = [entry for entry in held.entries if entry.kind == Kind.ACCEPT]
    known = {entry.digest for entry in held.entries}
    proposals = {entry.proposal for entry in accepts}
    alone = [file for file in files.proposals if file.entry not in known and file.proposal not in proposals]
    own = [_of_file(file) for file in sorted(alone, key=lambda file: (file.date, file.proposal))]
    journalled = [_of_entry(entry, payload, home) for entry, payload in held.of(Kind.ACCEPT)]
    decided = [file for file in files.decisions if file.entry not in known]
    decisions = [_decision_of_file(file) for file in sorted(decided, key=lambda file: (file.date, file.entry))]
    decisions += [_decision(entry, payload, home) for entry, payload in held.of(Kind.IDENTITY) if payload["verdict"]]
    every = [_of_entry(entry, held.payloads[entry.number], home) for entry in accepts if entry.number in held.payloads]
    last = held.entries[-1] if held.entries else None
    return Replay(
        tuple(own + journalled),
        tuple(decisions),
        {iri: key for accepted in (*own, *every) for iri, key in accepted.things.items()},
        frozenset(quad for accepted in (*own, *every) for quad in accepted.retracts),
        last.number if last else 0,
        last.digest if last else "",
        tuple(_differing(files, held)),
        dict(_redirects(held)),
    )


def _redirects(held: Holding) -> Iterator[tuple[str, str]]:
    """What decisions on identity moved, in their order; "" for a thing that came back."""
    for entry in held.entries:
        if entry.kind == Kind.IDENTITY:
            yield from (held.payloads.get(entry.number, {}).get("redirects") or {}).items()


class _Home:
    """Brings what was written on a base of the installation to the default base."""

    def __init__(self, bases: Collection[str]) -> None:
        self._bases = sorted({base for base in bases if base != vocab.DEFAULT_BASE}, key=len, reverse=True)
        self._canon = Canonicaliser()

    def quad(self, quad: Quad) -> Quad:
        moved = Quad(*(self._term(term) for term in quad)) if self._bases else quad  # type: ignore[arg-type]
        return canonical_line(moved, self._canon)[1]

    def iri(self, iri: str) -> str:
        base = next((base for base in self._bases if iri.startswith(f"{base}/")), None)
        return iri if base is None else vocab.DEFAULT_BASE + iri[len(base) :]

    def _term(self, term: object) -> object:
        return NamedNode(self.iri(term.value)) if isinstance(term, NamedNode) else term


def _of_entry(entry: Entry, payload: Mapping[str, Any], home: _Home) -> Accepted:
    adds = tuple(quad for quad in map(home.quad, quads_of(payload.get("adds", ()))) if _is_own(quad))
    changes = [Change.of_values(values) for values in payload.get("changes", ())]
    retracts = tuple(home.quad(quad_of(change)) for change in changes if change.op == "retract")
    things = {home.iri(iri): key for iri, key in payload.get("things", {}).items()}
    return Accepted(entry.proposal, adds, retracts, things, entry.number, entry.release)


def _is_own(quad: Quad) -> bool:
    """Whether it stands in a graph of a proposal, or describes one: what follows from it is derived anew."""
    graph = quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""
    return graph.startswith(_OWN) or (quad.graph_name == _PROVENANCE and str(quad.subject.value).startswith(_OWN))


def _decision(entry: Entry, payload: Mapping[str, Any], home: _Home) -> Decision:
    things = tuple(home.iri(payload.get(name, "")) for name in ("left_iri", "right_iri"))
    redirects = {str(old): str(new) for old, new in (payload.get("redirects") or {}).items()}
    return Decision(
        payload["left"], payload["right"], payload["verdict"], entry.why, (things[0], things[1]), redirects,
        entry.number,
    )  # fmt: skip


def _of_file(file: ProposalFile) -> Accepted:
    """A file as if its statements had just been accepted."""
    changes = changes_of(file)
    said = {s.subject: s.organisation for s in file.statements if s.organisation}

    def present(subject: NamedNode | None, predicate: NamedNode | None, *_: object) -> Iterable[Quad]:
        if subject and subject.value in said and predicate is not None and predicate.value == vocab.LABEL:
            yield Quad(subject, predicate, Literal(said[subject.value]))

    made = materialise(
        changes, file.proposal, vocab.DEFAULT_BASE, file.date, present=present, above=lambda place, level: None
    )
    home = _Home(())
    lines = {Quad(NamedNode(s.subject), NamedNode(s.predicate), s.value): s.line for s in file.statements}
    retracts = tuple(home.quad(quad_of(change)) for change in changes if change.op == "retract")
    adds = tuple(quad for quad in made.adds if _is_own(quad))
    return Accepted(file.proposal, adds, retracts, dict(file.things), file=file.name, lines=lines)


def changes_of(file: ProposalFile) -> list[Change]:
    """The statements of a file as changes."""
    return [
        Change(
            said.number, said.op, said.subject, said.predicate, str(said.value), said.source,
            Evidence(PAGE, said.page) if said.page else Evidence(ORGANISATION), said.year,
        )
        for said in file.statements
    ]  # fmt: skip


def _decision_of_file(file: IdentityFile) -> Decision:
    return Decision(file.left, file.right, file.verdict, file.reason, file.things, dict(file.redirects), file=file.name)


def file_of(entry: Entry, payload: Mapping[str, Any], bases: Collection[str]) -> ProposalFile:
    """An accept entry as a file of `data/proposals`: its ids, its day, its statements, nothing of people."""
    home = _Home(bases)
    accepted = _of_entry(entry, payload, home)
    publisher = {
        quad.subject.value: quad.object.value for quad in accepted.adds if quad.predicate.value == vocab.PUBLISHER
    }
    statements = []
    for change in (Change.of_values(values) for values in payload.get("changes", ())):
        quad = home.quad(quad_of(change))
        where = next((q.graph_name for q in accepted.adds if _says(q, quad)), None)
        page = change.evidence.page if change.op == "add" and change.evidence.kind == PAGE else ""
        by = publisher.get(getattr(where, "value", ""), "") if change.op == "add" and not page else ""
        statements.append(
            FileStatement(
                change.number, change.op, str(quad.subject.value), quad.predicate.value, quad.object,  # type: ignore[arg-type]
                0, home.iri(change.graph) if change.op == "retract" else "", change.year, page, by,
            )
        )  # fmt: skip
    return ProposalFile(entry.proposal, entry.at[:10], tuple(statements), accepted.things, entry.digest)


def _says(quad: Quad, other: Quad) -> bool:
    return (quad.subject, quad.predicate, quad.object) == (other.subject, other.predicate, other.object)


def identity_file(entry: Entry, payload: Mapping[str, Any], bases: Collection[str]) -> IdentityFile:
    """An identity entry as a file of `data/proposals`."""
    decision = _decision(entry, payload, _Home(bases))
    return IdentityFile(
        entry.digest, entry.at[:10], decision.left, decision.right, decision.verdict, decision.reason, decision.things,
        decision.redirects,
    )  # fmt: skip


def _differing(files: ProposalFiles, held: Holding) -> Iterator[Finding]:
    """Files whose proposal the journal has otherwise, or has taken back: the journal counts, and it is told."""
    digests: dict[str, str] = {}
    for entry in held.entries:
        if entry.kind == Kind.ACCEPT:
            digests[entry.proposal] = entry.digest if entry.number in held.numbers else ""
    for file in files.proposals:
        if file.proposal in digests and digests[file.proposal] != file.entry:
            where = Where(file.name, 1)
            text = told("proposal-differs")
            yield Finding("proposal-differs", Severity.WARNING, where, file.proposal, file.entry, text)


def without_lines(file: ProposalFile) -> ProposalFile:
    """The same without the place of its statements in a text, to be compared."""
    return replace(file, statements=tuple(replace(said, line=0) for said in file.statements))
