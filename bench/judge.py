"""This engine judges one graph, as a process of its own: `python -m bench.judge store STORE SHAPES REPORT`.

In: what to do, an N-Triples file (for `store` and `actor` the folder of a store), Turtle shapes. Out: the report as
N-Triples; seconds to load and to validate as JSON on standard output.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any, Final

from pyoxigraph import NamedNode, RdfFormat, Store, parse, serialize

from wallograph import vocab
from wallograph.validate import CompiledShapes, MemoryView, StoreView, View, compile_shapes, validate
from wallograph.validate.shacl.run import Run

ACTORS: Final = 500  # judged alone, one after the other
Times = dict[str, Any]


def memory(graph: str, shapes: str, report: str) -> Times:
    """Over parsed triples in memory."""
    return _whole(lambda: MemoryView(parse(path=graph, format=RdfFormat.N_TRIPLES)), shapes, report)


def store(graph: str, shapes: str, report: str) -> Times:
    """Over a store on disk, as a release has it."""
    return _whole(lambda: StoreView(Store.read_only(graph)), shapes, report)


def _whole(load: Callable[[], View], shapes: str, report: str) -> Times:
    began = time.perf_counter()
    compiled, view = _compiled(shapes), load()
    loaded = time.perf_counter()
    found = validate(view, compiled)
    done = time.perf_counter()
    serialize(found.triples(), report, RdfFormat.N_TRIPLES)
    return {"load": loaded - began, "validate": done - loaded}


def actor(graph: str, shapes: str, report: str) -> Times:
    """Single actors of a store on disk: the milliseconds of each, in order of size."""
    view = StoreView(Store.read_only(graph))
    run = Run(view, _compiled(shapes))  # as a process keeps it
    actors = sorted(view.subjects(NamedNode(vocab.TYPE), NamedNode(vocab.ORGANIZATION)), key=str)
    milliseconds = []
    for one in Random(7).sample(actors, min(len(actors), ACTORS)):
        began = time.perf_counter()
        run.report([one])
        milliseconds.append((time.perf_counter() - began) * 1000)
    Path(report).write_text("", encoding="utf-8")
    return {"load": 0.0, "validate": sum(milliseconds) / 1000, "milliseconds": sorted(milliseconds)}


def _compiled(shapes: str) -> CompiledShapes:
    return compile_shapes(parse(path=shapes, format=RdfFormat.TURTLE))


def peak() -> float:
    """The most memory that this process had, in MB. What `getrusage` tells would count the process that began it."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(float(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1000


WAYS: Final[dict[str, Callable[[str, str, str], Times]]] = {each.__name__: each for each in (memory, store, actor)}

if __name__ == "__main__":
    found = WAYS[sys.argv[1]](*sys.argv[2:5])
    print(json.dumps({**found, "megabytes": peak()}))
