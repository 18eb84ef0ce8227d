"""The pieces of work whose time and memory are measured, each run as a process: `python -m bench.work NAME …`.

In: the name of a piece and its paths. Out: seconds of the piece itself, as JSON on standard output.
"""

import sys
import time
from pathlib import Path
from typing import Final

from pyoxigraph import DefaultGraph, RdfFormat, Store

from bench import cost
from bench.cost import Cost
from wallograph.pipeline.change import apply, build_foreign
from wallograph.release.patch import parse_patch
from wallograph.release.state import State
from wallograph.validate.reference import PySHACL
from wallograph.vocab import DEFAULT_BASE

DATE: Final = "2000-01-01"  # a release has a date; that of a benchmark means nothing


def raw(graph: Path, store: Path) -> None:
    """What the store alone needs for the file."""
    target = Store(str(store))
    target.bulk_load(path=str(graph), format=RdfFormat.N_QUADS)
    target.optimize()
    target.flush()


def build(graph: Path, state: Path) -> None:
    """A release that can be published, without dumps."""
    _build(graph, state, dumps=False)


def complete(graph: Path, state: Path) -> None:
    """A release with all dumps."""
    _build(graph, state, dumps=True)


def _build(graph: Path, state: Path, *, dumps: bool) -> None:
    build_foreign(
        [graph], State(state), base=DEFAULT_BASE, date=DATE, progress=lambda step, done, total: None, dumps=dumps
    )


def patch(path: Path, state: Path) -> None:
    """The next release from a patch."""
    apply(State(state), parse_patch(path.read_text(encoding="utf-8")), PySHACL(), date=DATE)


def triples(state: Path, path: Path) -> None:
    """The public default graph of a release as N-Triples."""
    release = State(state).current()
    if release is None:
        raise RuntimeError(f"there is no release in {state}")
    Store.read_only(str(release.store_path)).dump(
        str(path), format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph()
    )


def triples_store(graph: Path, store: Path) -> None:
    """A store whose default graph has the triples of a file."""
    target = Store(str(store))
    target.bulk_load(path=str(graph), format=RdfFormat.N_TRIPLES)
    target.optimize()
    target.flush()


PIECES: Final = {piece.__name__: piece for piece in (raw, build, complete, patch, triples, triples_store)}


def measured(name: str, source: Path, target: Path) -> Cost:
    """Do a piece in a process of its own."""
    return cost.measured(name, source, target, "bench.work")


if __name__ == "__main__":
    start = time.monotonic()
    PIECES[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
    cost.tell(start)
