"""The graph with the decisions of curators, once more and without a release: what one more decision changes.

In: the sources of an edition, what curators decided before (`Replay`) and with the decision. Out: the quads that come
and go, which IRI each record has, which things moved. It is the way of the build (`pipeline/build.py`) up to the
release, so that a decision that is published as a patch and a rebuild with the journal give the same graph.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from pyoxigraph import Quad

from wallograph.ingest.read import Ingested, read_sources
from wallograph.iris import rebase_iri
from wallograph.pipeline.assemble import Linked, rebase_quads, stated
from wallograph.pipeline.build import link, validate
from wallograph.pipeline.deciding import Deciding
from wallograph.pipeline.replay import Replay
from wallograph.release.graphfile import canonical_line
from wallograph.release.literals import Canonicaliser
from wallograph.release.state import State
from wallograph.validate.engine import Engine
from wallograph.validate.hold import Held
from wallograph.validate.shapes import Shapes

_START: Final = "/id/"


@dataclass(frozen=True, slots=True)
class Regraphed:
    """A graph as a build would make it, with the IRI of each record; `held` are statements that break a rule."""

    quads: Mapping[Quad, None]
    iris: Mapping[str, str]
    redirects: Mapping[str, str]
    held: tuple[Held, ...]


@dataclass(frozen=True)
class Regraphing:
    """What the graphs before and after are made with."""

    data: Path
    ontology: Path
    state: State
    base: str
    engine: Engine
    shapes: Shapes  # on the default base

    @cached_property
    def _ingested(self) -> Ingested:
        return read_sources(self.data, _silent)

    def graph(self, replay: Replay) -> Regraphed:
        """Link, bring the decisions in, check; the sources are read once."""
        ingested = self._ingested
        linked = link(self.data, ingested, self.state, _silent, replay)
        decided = Deciding(replay, linked)
        decided.apply(lambda: stated(ingested, linked, self.ontology))
        kept, held, _ = validate(ingested, linked, self.ontology, self.engine, self.shapes, _silent)
        iris = iris_of(linked, self.base)
        quads = dict.fromkeys(rebase_quads(kept, self.base))
        return Regraphed(quads, iris, linked.identity.registry.redirects, tuple(held))


@dataclass(frozen=True, slots=True)
class Moved:
    """What a decision does. `records` are those whose IRI changed, with the new one.

    `redirects` has, by `{concept}/{reference}`, the thing that another is part of now; "" for one that is back.
    `held` says which statements would break a rule, and are left out.
    """

    adds: list[Quad]
    deletes: list[Quad]
    records: Mapping[str, str]
    redirects: Mapping[str, str]
    held: tuple[str, ...] = ()


def moved(before: Regraphed, after: Regraphed, base: str, redirects: Mapping[str, str]) -> Moved:
    """The difference of two graphs. `redirects` are those that stand now."""
    canon = Canonicaliser()
    adds = _canonical((quad for quad in after.quads if quad not in before.quads), canon)
    deletes = _canonical((quad for quad in before.quads if quad not in after.quads), canon)
    both = adds.keys() & deletes.keys()
    records = {key: iri for key, iri in after.iris.items() if before.iris.get(key, iri) != iri}
    told = {_told(held) for held in after.held} - {_told(held) for held in before.held}
    return Moved(
        [quad for quad in adds if quad not in both],
        [quad for quad in deletes if quad not in both],
        records,
        _redirects(before, after, base, redirects),
        tuple(sorted(told)),
    )


def iris_of(linked: Linked, base: str) -> dict[str, str]:
    """The IRI of each record that belongs to the ecosystem."""
    identity = linked.identity
    return {
        member: rebase_iri(iri, base)
        for root, iri in identity.iri.items()
        for member in identity.clusters.members[root]
    }


def _redirects(before: Regraphed, after: Regraphed, base: str, now: Mapping[str, str]) -> dict[str, str]:
    """What changes of the redirects that stand `now`. No chains: a client follows one."""
    start = base + _START
    alive = {iri.removeprefix(start) for iri in after.iris.values()}
    wanted = dict(now)
    for key, iri in sorted(before.iris.items()):
        old, new = iri.removeprefix(start), after.iris.get(key, iri).removeprefix(start)
        if old not in alive and new in alive:
            wanted[old] = new
    wanted |= after.redirects
    changes = {}
    for old, new in sorted(wanted.items()):
        survivor = wanted.get(new, new) if new not in alive else new
        told = "" if old in alive else survivor
        if told != now.get(old, ""):
            changes[old] = told
    return changes


def _canonical(quads: Iterable[Quad], canon: Canonicaliser) -> dict[Quad, None]:
    return {canonical_line(quad, canon)[1]: None for quad in quads}


def _told(held: Held) -> str:
    return f"{held.statement.where}: {held.statement.value.text}"


def _silent(step: str, done: int, total: int | None) -> None:
    """Nobody waits for the progress."""
