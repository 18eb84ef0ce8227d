"""The pieces of work whose time and memory are measured, each run as a process: `python -m bench.work NAME …`.

In: the name of a piece and its paths. Out: seconds of the piece itself, as JSON on standard output.
"""

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyoxigraph import DefaultGraph, RdfFormat, Store

from wallograph.pipeline.change import apply, build_foreign
from wallograph.release.patch import parse_patch
from wallograph.release.state import State
from wallograph.validate.reference import PySHACL
from wallograph.vocab import DEFAULT_BASE

ROOT: Final = Path(__file__).resolve().parent.parent
DATE: Final = "2000-01-01"  # a release has a date; that of a benchmark means nothing


@dataclass(frozen=True, slots=True)
class Cost:
    """What a piece cost: when it began (`time.monotonic`), its own seconds, the most memory of its process in MB.

    That the process must start and read its modules first is no part of it.
    """

    began: float
    seconds: float
    megabytes: float


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
    command = [sys.executable, "-m", "bench.work", name, str(source), str(target)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT)
    assert process.stdout is not None
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stdout.close()
    if process.returncode:
        raise RuntimeError(f"the piece '{name}' ended with {process.returncode}")
    return Cost(**json.loads(output), megabytes=usage.ru_maxrss / 1000)


if __name__ == "__main__":
    began = time.monotonic()
    PIECES[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
    print(json.dumps({"began": began, "seconds": time.monotonic() - began}))
