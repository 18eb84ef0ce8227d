"""What a decision on identity would do, and which pairs ask for one: the work of some seconds behind the desk.

In: the journal, the state folder; a question. Out: `Outcome`, or a `Survey`. It writes nothing. The web process has it
done by a process of its own (`curation/identity_apart.py`); tests and commands call it as it is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final, Protocol

from pyoxigraph import NamedNode, Quad

from wallograph.curation.layers import Standing, layers_after, lines_of
from wallograph.curation.publisher_status import failed_entries
from wallograph.curation.replay import read_replay
from wallograph.curation.shown import Shown
from wallograph.database import Database
from wallograph.errors import Conflict, NotFound, StateError
from wallograph.ingest.proposals import read_proposals
from wallograph.ingest.read import read_sources
from wallograph.journal.journal import Journal
from wallograph.link.judgements import read_judgements
from wallograph.pipeline.build import link
from wallograph.pipeline.origin import sources_of
from wallograph.pipeline.regraph import Moved, Regraphed, Regraphing, moved
from wallograph.pipeline.replay import Decision, Replay
from wallograph.pipeline.survey import Survey, survey
from wallograph.release.life import read_redirects
from wallograph.release.state import Release, State
from wallograph.resources import ontology_dir
from wallograph.store.embedded import ReadStore
from wallograph.validate.engine import Engine
from wallograph.validate.own import OwnEngine
from wallograph.validate.shapes import load_shapes

FORGET: Final = ""  # the verdict of an entry that withdraws another


@dataclass(frozen=True, slots=True)
class Question:
    """A verdict on two records, or (`withdraws`) an entry that is taken back."""

    left: str
    right: str
    verdict: str
    withdraws: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a decision does, as a journal entry has it. It was worked out on an edition, up to the entry `head`."""

    edition: int
    head: int
    left_iri: str
    right_iri: str
    adds: tuple[str, ...] = ()
    deletes: tuple[str, ...] = ()
    redirects: Mapping[str, str] = field(default_factory=dict)
    records: Mapping[str, str] = field(default_factory=dict)
    held: tuple[str, ...] = ()
    touched: tuple[str, ...] = ()  # all things whose IRI changed, before and after

    def values(self) -> dict[str, Any]:
        """As plain values for JSON."""
        return asdict(self)

    @classmethod
    def of_values(cls, values: Mapping[str, Any]) -> "Outcome":
        """From plain values."""
        lists = {name: tuple(values[name]) for name in ("adds", "deletes", "held", "touched")}
        return cls(**{**values, **lists})


class Work(Protocol):
    """Who does the work."""

    def outcome(self, question: Question) -> Outcome: ...

    def survey(self) -> tuple[int, Survey]: ...


class Here:
    """Does the work in this process."""

    def __init__(self, db: Database, state: State, engine: Engine | None = None) -> None:
        self._db, self._journal, self._state, self._engine = db, Journal(db), state, engine or OwnEngine()

    def survey(self) -> tuple[int, Survey]:
        """All pairs of records, and the journal entry up to which it knows."""
        release = current(self._state)
        data = sources_of(self._state, release)
        replay = self._replay(release)
        linked = link(data, read_sources(data, _silent), self._state, _silent, replay)
        files = replace(replay, decisions=tuple(d for d in replay.decisions if not d.entry))
        judged = files.judged(read_judgements(data / "judgements.csv"))
        return replay.head, survey(linked, replay, judged, release.base)

    def outcome(self, question: Question) -> Outcome:
        """What a decision changes. Conflict when another one stands against it; StateError without the sources."""
        release = current(self._state)
        data = sources_of(self._state, release)
        before = self._replay(release)
        after = _with(before, question)
        making = Regraphing(data, ontology_dir(), self._state, release.base, self._engine, load_shapes())
        graphs = making.graph(before), making.graph(after)
        for key in (question.left, question.right):
            if key not in graphs[1].iris:
                raise NotFound(f"no published thing has the record '{key}'")
        ends = graphs[1].iris[question.left], graphs[1].iris[question.right]
        if not question.withdraws and (ends[0] == ends[1]) != (question.verdict == "same"):
            raise Conflict("other decisions on these things are in the way: the graph would stay as it is")
        return self._told(release, before.head, ends, graphs)

    def _told(
        self, release: Release, head: int, ends: tuple[str, str], graphs: tuple[Regraphed, Regraphed]
    ) -> Outcome:
        layers = list(layers_after(self._journal, shown_by(release), failed_entries(self._db)))
        now = Standing(release, ReadStore(release.store_path), layers, read_redirects(release.folder))
        redirects = read_redirects(release.folder)
        for layer in now.layers:
            redirects |= layer.redirects
        found = moved(*graphs, release.base, {old: new for old, new in redirects.items() if new})
        adds, deletes = _fitting(found, now, _old_iris(graphs))
        former = {graphs[0].iris[key] for key in found.records if key in graphs[0].iris}
        return Outcome(
            edition_of(release), head, *ends, tuple(lines_of(adds)), tuple(lines_of(deletes)), found.redirects,
            found.records, found.held, tuple(sorted(former | set(found.records.values()))),
        )  # fmt: skip

    def _replay(self, release: Release) -> Replay:
        """What holds now. The bases are all that entries may have been written on."""
        data = sources_of(self._state, release)
        files = read_proposals(data)
        files.refuse_wrong()
        bases = {self._state.get(number).base for number in self._state.numbers()}
        return read_replay(self._journal, files, bases, self._shown)

    def _shown(self, number: int) -> int | None:
        try:
            return shown_by(self._state.get(number))
        except NotFound:
            return None


def current(state: State) -> Release:
    """The current release. StateError when there is none."""
    release = state.current()
    if release is None:
        raise StateError(f"no release in {state.root}: run `wallograph build` first")
    return release


def edition_of(release: Release) -> int:
    """The edition that a release goes back to."""
    return int(release.manifest.get("edition") or release.number)


def shown_by(release: Release) -> int:
    """The last journal entry that a release shows."""
    return Shown.of(release.manifest).head


def _with(before: Replay, question: Question) -> Replay:
    if question.withdraws:
        left = tuple(decision for decision in before.decisions if decision.entry != question.withdraws)
        if len(left) == len(before.decisions):
            raise Conflict(f"entry {question.withdraws} does not hold any more", entry=question.withdraws)
        return replace(before, decisions=left)
    fresh = Decision(question.left, question.right, question.verdict, entry=before.head + 1)
    return replace(before, decisions=(*before.decisions, fresh))


def _old_iris(graphs: tuple[Regraphed, Regraphed]) -> dict[str, str]:
    """The IRIs that no record has any more, and the one that took their place."""
    before, after = graphs
    alive = set(after.iris.values())
    return {
        old: after.iris[key] for key, old in sorted(before.iris.items()) if old not in alive and key in after.iris
    }


def _fitting(found: Moved, now: Standing, gone: Mapping[str, str]) -> tuple[list[Quad], list[Quad]]:
    """What of the difference is still to be done, and what nobody re-emits (patches by hand) rewritten beside it."""
    deletes = dict.fromkeys(quad for quad in found.deletes if now.states(quad))
    adds = dict.fromkeys(quad for quad in found.adds if not now.states(quad))
    for old in gone:
        node = NamedNode(old)
        for quad in (*now.quads(subject=node), *now.quads(object=node)):
            if quad not in deletes:
                deletes[quad] = None
                fresh = _rewritten(quad, gone)
                if not now.states(fresh) or fresh in deletes:
                    adds[fresh] = None
    return list(adds), [quad for quad in deletes if quad not in adds]


def _rewritten(quad: Quad, gone: Mapping[str, str]) -> Quad:
    ends: Iterable[Any] = (
        NamedNode(gone[end.value]) if isinstance(end, NamedNode) and end.value in gone else end
        for end in (quad.subject, quad.object)
    )
    subject, target = ends
    return Quad(subject, quad.predicate, target, quad.graph_name)


def _silent(step: str, done: int, total: int | None) -> None:
    """Nobody waits for the progress."""
