"""Another engine judges one graph, as a process of its own: `python -m bench.judge_peers pyshacl GRAPH SHAPES REPORT`.

In: the name of an engine, an N-Triples file, Turtle shapes. Out: the report as N-Triples; seconds to load and to
validate as JSON on standard output. Engines are imported when they are named: each environment has only its own.
"""

import importlib
import json
import logging
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

Times = dict[str, float]


def pyshacl(graph: str, shapes: str, report: str) -> Times:
    """pySHACL over rdflib."""
    rdflib, engine = importlib.import_module("rdflib"), importlib.import_module("pyshacl")
    rdflib.NORMALIZE_LITERALS = False
    logging.getLogger("rdflib.term").setLevel(logging.ERROR)  # ill-typed literals are there on purpose
    began = time.perf_counter()
    data = rdflib.Graph().parse(graph, format="nt")
    rules = rdflib.Graph().parse(shapes, format="turtle")
    loaded = time.perf_counter()
    _, found, _ = engine.validate(data, shacl_graph=rules, inference="none", inplace=True)
    done = time.perf_counter()
    found.serialize(report, format="nt", encoding="utf-8")
    return {"load": loaded - began, "validate": done - loaded}


def pyrudof(graph: str, shapes: str, report: str) -> Times:
    """pyrudof, its native mode."""
    engine = importlib.import_module("pyrudof")
    session = engine.Rudof(engine.RudofConfig())
    began = time.perf_counter()
    session.read_data(Path(graph), engine.RDFFormat.NTriples)
    session.read_shacl(Path(shapes), engine.ShaclFormat.Turtle)
    loaded = time.perf_counter()
    session.validate_shacl(engine.ShaclValidationMode.Native)
    done = time.perf_counter()
    text = session.serialize_shacl_validation_results(engine.ResultShaclValidationFormat.NTriples)
    Path(report).write_text(text, encoding="utf-8")
    return {"load": loaded - began, "validate": done - loaded}


def peak() -> float:
    """The most memory that this process had, in MB. What `getrusage` tells would count the process that began it."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(float(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1000


ENGINES: Final[dict[str, Callable[[str, str, str], Times]]] = {each.__name__: each for each in (pyshacl, pyrudof)}

if __name__ == "__main__":
    found = ENGINES[sys.argv[1]](*sys.argv[2:5])
    print(json.dumps({**found, "megabytes": peak()}))
