"""What a release costs to build, to start, to change and to send: `make bench`, or `python -m bench.build 100000`.

In: sizes in distinct triples. Out: `results/build.md` and `.json`. Everything of one size is measured in one run, so
the ratios mean something; the seconds alone do not.
"""

import argparse
import signal
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any, Final

from bench import report, servers
from bench.generate import SEED, Made, generate
from bench.load import Ask, Job, run
from bench.report import Section, ratio, times
from bench.work import measured
from wallograph import vocab
from wallograph.iris import thing
from wallograph.publish.media import FORMATS

SIZES: Final = (100_000, 1_000_000)
PATCH_QUADS: Final = 30
_ABOUT: Final = (
    "Only the ratios count: the seconds are those of one machine at one moment. `raw` is what the store alone needs "
    "for the same file (pyoxigraph `bulk_load` and `optimize`). A release of RDF files is not judged by the shapes, so "
    "there is no validation in these figures."
)


def bench(triples: int, folder: Path, seed: int, seconds: float, rounds: int) -> dict[str, Any]:
    """All figures of one size."""
    graph = folder / "graph.nq"
    made = generate(triples, graph, seed)
    print(f"seed {seed}: {made.triples:,} triples, {made.quads:,} quads", file=sys.stderr)
    figures: dict[str, Any] = {"made": made.as_dict(), "cost": {}}
    for name, target in (("raw", "raw"), ("build", "state"), ("complete", "complete")):
        cost = measured(name, graph, folder / target)
        figures["cost"][name] = {"seconds": cost.seconds, "megabytes": cost.megabytes}
        print(f"  {name}: {cost.seconds:.1f} s, {cost.megabytes:.0f} MB", file=sys.stderr)
    figures["documents"], figures["start"] = documents(folder, made, seconds, rounds)
    figures["patch"] = patch(folder)
    print(f"  patch: {figures['patch']}", file=sys.stderr)
    return figures


def documents(folder: Path, made: Made, seconds: float, rounds: int) -> tuple[dict[str, Any], float]:
    """Requests/s for one warm document in each format, and for the same bytes by a bare application; one client."""
    bodies, found = folder / "bodies", {}
    bodies.mkdir()
    address = "/doc" + thing("actor", f"unit-{made.things['unit'] // 2}").removeprefix(f"{vocab.DEFAULT_BASE}/id")
    with servers.wallograph(folder / "state") as server:
        for key in FORMATS:
            answer = server.get(f"{address}.{key}")
            if answer.status != 200:
                raise RuntimeError(f"{address}.{key} was answered {answer.status}")
            (bodies / key).write_bytes(answer.body)
        port = servers.free_port()
        command = [sys.executable, "-m", "bench.floor", str(port), str(bodies)]
        with servers.running("floor", command, port, path="", probe="/ttl") as floor:
            for key in FORMATS:
                rates: list[tuple[float, float]] = []
                for _ in range(rounds):  # by turns, so that both see the same moments of the machine
                    ours = run(Job(server.port, [Ask(key, f"{address}.{key}")], seconds=seconds))
                    bare = run(Job(floor.port, [Ask(key, f"/{key}")], seconds=seconds))
                    rates.append((ours.rate, bare.rate))
                best = max(ours for ours, _ in rates), max(bare for _, bare in rates)
                size = (bodies / key).stat().st_size
                found[key] = {"rate": best[0], "floor": best[1], "bytes": size}
    return found, server.started


def patch(folder: Path) -> dict[str, float]:
    """A patch of 30 quads: seconds of the work itself, and from its start until a query sees the new release."""
    path = folder / "change.rdfp"
    graph = thing("source", "page-0")
    subjects = [thing("actor", f"startup-{index}") for index in range(PATCH_QUADS)]
    path.write_text("".join(f'A <{s}> <{vocab.ACRONYM}> "NEW" <{graph}> .\n' for s in subjects), encoding="utf-8")
    with servers.wallograph(folder / "state") as server:
        seen: list[float] = []
        watch = threading.Thread(target=_watch, args=(server, seen, time.monotonic() + 120))
        watch.start()
        cost = measured("patch", path, folder / "state")
        watch.join()
    return {"work": cost.seconds, "visible": seen[0] - cost.began if seen else float("nan")}


def _watch(server: servers.Server, seen: list[float], until: float) -> None:
    """Note the moment at which the query endpoint answers from the new release."""
    ask = f'ASK {{ ?s <{vocab.ACRONYM}> "NEW" }}'
    target = servers.target(server, ask)
    while time.monotonic() < until:
        if b"true" in server.get(target, "application/sparql-results+json").body:
            seen.append(time.monotonic())
            return
        time.sleep(0.01)


def sections(results: dict[int, dict[str, Any]]) -> list[Section]:
    """The tables."""
    build = Section(
        "Build", ("triples", "what", "seconds", "peak MB", "of raw", "goal"), "P6, and the memory of the process."
    )
    start = Section("Start and change", ("triples", "what", "seconds", "goal"))
    sent = Section(
        "Documents", ("triples", "format", "bytes", "requests/s", "floor", "of the floor", "goal"),
        "One warm document by one client, against a bare Starlette application that sends the same bytes (P5).",
    )  # fmt: skip
    goals = {"raw": "", "build": "≤ 4x", "complete": "≤ 12x"}
    names = {"raw": "raw", "build": "publishable", "complete": "with all dumps"}
    for triples, found in results.items():
        for key, cost in found["cost"].items():
            share = times(ratio(cost["seconds"], found["cost"]["raw"]["seconds"]))
            build.add(triples, names[key], cost["seconds"], cost["megabytes"], share, goals[key])
        start.add(triples, "server, until it answers a query", found["start"], "≤ 3")
        start.add(triples, f"patch of {PATCH_QUADS} quads, the work itself", found["patch"]["work"], "")
        start.add(triples, "patch accepted until a query sees it", found["patch"]["visible"], "≤ 0.5")
        for key, rate in found["documents"].items():
            share = times(ratio(rate["rate"], rate["floor"]))
            sent.add(triples, key, rate["bytes"], rate["rate"], rate["floor"], share, "≥ 0.6x")
    return [build, start, sent]


def main(words: list[str] | None = None) -> Path:
    """The command; gives the path of the report."""
    parser = argparse.ArgumentParser(prog="python -m bench.build", description="Measure building and publishing.")
    parser.add_argument("triples", type=int, nargs="*", help="sizes in distinct triples; default: 100000 1000000")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--seconds", type=float, default=2.0, help="of one measurement of a document")
    parser.add_argument("--rounds", type=int, default=3, help="measurements of a document; the best one counts")
    parser.add_argument("--results", type=Path, default=report.RESULTS)
    given = parser.parse_args(words)
    header = report.machine() | {"seed": str(given.seed)}
    results = {}
    for triples in given.triples or SIZES:
        with tempfile.TemporaryDirectory(prefix="wallograph-bench-") as folder:
            results[triples] = bench(triples, Path(folder), given.seed, given.seconds, given.rounds)
    header["load when it ended"] = report.load()
    figures = {"sizes": {str(size): found for size, found in results.items()}}
    path = report.write("build", "Building and publishing", _ABOUT, header, sections(results), figures, given.results)
    print(path)
    return path


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that what was started is ended here too
    main()
