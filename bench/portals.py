"""What portals fetch: documents and dumps: `make bench-portals`, or `python -m bench.portals 1000000`.

In: sizes in distinct triples. Out: `results/portals.md` and `.json`. Everything of one size is measured in one run, by
turns, so the ratios mean something; the seconds alone do not.
"""

import argparse
import signal
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

from bench import cost, report, servers, work
from bench.build import documents
from bench.cost import Cost
from bench.dumping import FORMATS
from bench.generate import SEED, Made, generate
from bench.load import Ask, Job, run
from bench.report import Section, ratio, times
from wallograph.iris import thing
from wallograph.release.state import State

SIZES: Final = (100_000,)
COLD: Final = 150  # documents asked once, for each format
COLD_FORMATS: Final = {"ttl": "text/turtle", "nt": "application/n-triples", "rdf": "application/rdf+xml"}
APART: Final = {
    "graph.nq.gz": ("bench.dumping", "ours:graph.nq.gz"), "graph.rdf.gz": ("bench.dumping", "ours:graph.rdf.gz"),
    "CSV and JSON lines": ("bench.dumping", "ours:tables"), "… and XLSX": ("bench.tabling", "xlsx"),
    "… and Parquet": ("bench.tabling", "parquet"),
}  # fmt: skip
_ABOUT: Final = (
    "Only the ratios count: the seconds are those of one machine at one moment. The graph is synthetic, in our own "
    "model. `raw` is pyoxigraph alone: parse (N-Quads) and serialize (the same format) of the same statements."
)
MOST_MB: Final = 64


def bench(triples: int, folder: Path, seed: int, seconds: float, rounds: int, peers: bool) -> dict[str, Any]:
    """All figures of one size."""
    graph = folder / "graph.nq"
    made = generate(triples, graph, seed)
    print(f"seed {seed}: {made.triples:,} triples, {made.quads:,} quads", file=sys.stderr)
    work.measured("complete", graph, folder / "state")
    release = State(folder / "state").current()
    if release is None:
        raise RuntimeError("there is no release")
    figures: dict[str, Any] = {"made": made.as_dict()}
    figures["dumps"], figures["apart"] = dumps(release.folder, folder / "out", rounds)
    figures["warm"], _ = documents(folder, made, seconds, rounds)
    print("  warm documents measured", file=sys.stderr)
    figures["cold"] = cold(folder, made, peers)
    print("  cold documents measured", file=sys.stderr)
    return figures


def dumps(edition: Path, out: Path, rounds: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """Seconds and memory of each dump: ours and raw by turns, the best of each; then what is no RDF format."""
    out.mkdir()
    found: dict[str, Any] = {}
    for name in FORMATS:
        costs = [
            [cost.measured(f"{whose}:{name}", edition, out, "bench.dumping") for whose in ("raw", "ours")]
            for _ in range(rounds)
        ]
        size = (out / name).stat().st_size  # ours was the last
        found[name] = {"raw": _best([raw for raw, _ in costs]), "ours": _best([our for _, our in costs]), "bytes": size}
        print(f"  {name}: {found[name]}", file=sys.stderr)
    apart = {what: _best([cost.measured(piece, edition, out, module)]) for what, (module, piece) in APART.items()}
    return found, apart


def _best(costs: list[Cost]) -> dict[str, float]:
    return {"seconds": min(one.seconds for one in costs), "megabytes": max(one.megabytes for one in costs)}


def cold(folder: Path, made: Made, peers: bool) -> dict[str, Any]:
    """The middle time of documents that nobody asked for before, and of DESCRIBE of the same things by the peer.

    Each server has just started; every format has things of its own, after a few that are not counted.
    """
    places = iter(range(made.things["startup"]))
    count = min(COLD, made.things["startup"] // (len(COLD_FORMATS) + 1))
    chosen = {
        key: [thing("actor", f"startup-{next(places)}") for _ in range(count)] for key in ("first", *COLD_FORMATS)
    }
    with servers.wallograph(folder / "state") as server:
        ours = _once(server, chosen, lambda iri, key: _document(iri, key))
    found: dict[str, Any] = {key: {"ours": ours[key], "documents": count} for key in COLD_FORMATS}
    if peers:
        triples, store = folder / "state" / "public.nt", folder / "oxigraph"
        work.measured("triples", folder / "state", triples)
        servers.load_oxigraph(store, triples)
        with servers.oxigraph(store) as server:
            theirs = _once(server, chosen, lambda iri, _: servers.target(server, f"DESCRIBE <{iri}>"))
        for key in COLD_FORMATS:
            found[key]["oxigraph"] = theirs[key]
    return found


def _document(iri: str, key: str) -> str:
    return "/doc" + iri.partition("/id")[2] + f".{key}"


def _once(server: servers.Server, chosen: dict[str, list[str]], target: Any) -> dict[str, float]:
    """The middle time in ms of each format, every target asked once by one client."""
    found = {}
    for key, iris in chosen.items():
        form = key if key in COLD_FORMATS else next(iter(COLD_FORMATS))
        asks = [Ask(key, target(iri, form), COLD_FORMATS[form]) for iri in iris]
        outcome = run(Job(server.port, asks, 1, 60.0, once=True))
        if outcome.failed or outcome.unanswered:
            raise RuntimeError(f"{server.name}: {outcome.failed}, {outcome.unanswered} not answered")
        found[key] = outcome.percentile(0.5)
    return found


def sections(results: dict[int, dict[str, Any]]) -> list[Section]:
    """The tables."""
    warm = Section(
        "Documents, warm", ("triples", "format", "bytes", "requests/s", "floor", "of the floor", "goal"),
        "One document by one client, against a bare Starlette application that sends the same bytes (P5).",
    )  # fmt: skip
    first = Section(
        "Documents, cold", ("triples", "format", "documents", "ms", "DESCRIBE, ms", "of its rate", "goal"),
        "First answers, the middle time: ours has the statements on the thing, the inverse ones, their names and the "
        "document on itself; `oxigraph serve-read-only` DESCRIBE has the first of these only (P5).",
    )  # fmt: skip
    rdf = Section(
        "Dumps in RDF",
        ("triples", "file", "MB", "s", "raw s", "statements/s", "of raw", "goal", "peak MB", "raw peak MB", "goal"),
        "P7. The memory is that of the whole process. `graph.nq` is the edition itself and not written again. "
        "`graph.nt` is made when the edition is counted: the seconds hold the census. TriG is put together by graph "
        "first, which raw does not do.",
    )  # fmt: skip
    apart = Section("Compression and tables", ("triples", "what", "seconds", "peak MB"), "Reported apart (P7).")
    for triples, found in results.items():
        for key, rate in found["warm"].items():
            share = times(ratio(rate["rate"], rate["floor"]))
            warm.add(triples, key, rate["bytes"], rate["rate"], rate["floor"], share, "≥ 0.6x")
        for key, taken in found["cold"].items():
            theirs = taken.get("oxigraph", float("nan"))
            share = times(ratio(theirs, taken["ours"]))
            first.add(triples, key, taken["documents"], taken["ours"], theirs, share, "≥ 0.6x")
        for name, taken in found["dumps"].items():
            ours, raw = taken["ours"], taken["raw"]
            statements = found["made"]["quads" if name in ("graph.trig", "graph.nt") else "triples"]
            rdf.add(
                triples, name, taken["bytes"] / 1e6, ours["seconds"], raw["seconds"], statements / ours["seconds"],
                times(ratio(raw["seconds"], ours["seconds"])), "≥ 0.8x", ours["megabytes"], raw["megabytes"],
                f"≤ {MOST_MB}",
            )  # fmt: skip
        for what, taken in found["apart"].items():
            apart.add(triples, what, taken["seconds"], taken["megabytes"])
    return [warm, first, rdf, apart]


def main(words: list[str] | None = None) -> Path:
    """The command; gives the path of the report."""
    parser = argparse.ArgumentParser(prog="python -m bench.portals", description="Measure what portals fetch.")
    parser.add_argument("triples", type=int, nargs="*", help="sizes in distinct triples; default: 100000")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--seconds", type=float, default=2.0, help="of one measurement of a document")
    parser.add_argument("--rounds", type=int, default=3, help="measurements; the best one counts")
    parser.add_argument("--no-peers", action="store_true", help="leave oxigraph out")
    parser.add_argument("--results", type=Path, default=report.RESULTS)
    given = parser.parse_args(words)
    if not given.no_peers:
        servers.install_peers()
    header = report.machine(None if given.no_peers else servers.PEERS) | {"seed": str(given.seed)}
    results = {}
    for triples in given.triples or SIZES:
        with tempfile.TemporaryDirectory(prefix="wallograph-bench-") as folder:
            results[triples] = bench(
                triples, Path(folder), given.seed, given.seconds, given.rounds, not given.no_peers
            )
    header["load when it ended"] = report.load()
    figures = {"sizes": {str(size): found for size, found in results.items()}}
    path = report.write("portals", "What portals fetch", _ABOUT, header, sections(results), figures, given.results)
    print(path)
    return path


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that what was started is ended here too
    main()
