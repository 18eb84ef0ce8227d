"""The SPARQL endpoint against its peers: `make bench-sparql`, or `python -m bench.sparql 100000`.

In: sizes in distinct triples. Out: `results/sparql.md` and `.json`: requests/s and times of the mix of twelve kinds of
queries at 1, 8 and 32 clients, each kind alone, and what two runaway queries cost the others. One server runs at a
time, all of one size in one run. Before, the answers are compared; a kind on which a peer differs is left out for it.
"""

import argparse
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from bench import compare, report, servers, starve
from bench.generate import SEED, Made, generate
from bench.load import Job, Outcome, run, sparql
from bench.mix import Kind, deck, kinds
from bench.servers import Server
from bench.sparql_report import ABOUT, CACHED, OURS, OXIGRAPH, RDFLIB, sections
from bench.work import measured

SIZES: Final = (100_000, 1_000_000)
CLIENTS: Final = (1, 8, 32)


@dataclass(frozen=True, slots=True)
class Plan:
    """How long things are measured."""

    seconds: float = 6.0  # of the mix, for each number of clients
    alone: float = 1.0  # of each kind alone
    patience: float = 10.0  # for one answer
    clients: tuple[int, ...] = CLIENTS
    starved: starve.Plan = field(default_factory=starve.Plan)


def mixed(server: Server, chosen: list[Kind], made: Made, plan: Plan) -> dict[str, Any]:
    """The mix at each number of clients, after each query was asked once, as far as there was time."""
    asks = [sparql(kind.name, server.path, text, kind.graph) for kind, text in deck(chosen, made)]
    run(Job(server.port, asks, 2, 2 * plan.seconds, plan.patience, once=True))
    return {
        str(clients): _facts(run(Job(server.port, asks, clients, plan.seconds, plan.patience)))
        for clients in plan.clients
    }


def alone(server: Server, chosen: list[Kind], made: Made, plan: Plan) -> dict[str, float]:
    """Each kind by itself and one client: the middle time in ms; infinite when there was no answer in time."""
    found = {}
    for kind in chosen:
        asks = [sparql(kind.name, server.path, kind.query(turn, made), kind.graph) for turn in range(40)]
        outcome = run(Job(server.port, asks, 1, plan.alone, plan.patience))
        found[kind.name] = outcome.percentile(0.5)
    return found


def _facts(outcome: Outcome) -> dict[str, Any]:
    return {
        "rate": outcome.rate,
        "p50": outcome.percentile(0.5),
        "p99": outcome.percentile(0.99),
        "failed": outcome.failed,
        "unanswered": outcome.unanswered,
    }


class Bench:
    """One size: what was made of it, and what each server did."""

    def __init__(self, folder: Path, made: Made, plan: Plan) -> None:
        self.folder, self.made, self.plan = folder, made, plan
        self.state = folder / "state"
        self.mix = [kind for kind in kinds().values() if kind.weight]
        self.said: compare.Answers = {}
        self.figures: dict[str, Any] = {"made": made.as_dict(), "servers": {}, "reduced": {}, "starved": {}}

    def measure(self, name: str, opened: AbstractContextManager[Server]) -> list[Kind]:
        """Compare a server, then measure what it answers; gives the kinds that it does answer in time."""
        begin = time.monotonic()
        with opened as server:
            said = compare.answers(server, self.mix, self.made, self.plan.patience)
            found = self._compared(name, said)
            chosen = [kind for kind in self.mix if kind.name in found["answered"]]
            if len(chosen) == len(self.mix):
                found |= self.timed(server, chosen)
        self.figures["servers"][name] = found
        print(f"  {name}: {time.monotonic() - begin:.0f} s, {_told(found)}", file=sys.stderr)
        return chosen

    def timed(self, server: Server, chosen: list[Kind]) -> dict[str, Any]:
        """All times of a server."""
        return {
            "mix": mixed(server, chosen, self.made, self.plan),
            "alone": alone(server, chosen, self.made, self.plan),
        }

    def _compared(self, name: str, said: compare.Answers) -> dict[str, Any]:
        """Hold answers against ours: what is the same, what differs, what there was no answer to."""
        every, answered = {kind.name for kind in self.mix}, {kind for kind, _ in said}
        silent = sorted(every - answered)
        if name == OURS:
            self.said = said
        differences = compare.differences({**said, **self.said}, said)
        if name in (OURS, CACHED) and (silent or differences):
            raise RuntimeError(f"{name}: no answer to {silent}, other answers to {differences}")
        right = sorted(answered - differences.keys())
        return {"answered": right, "silent": silent, "differences": differences, "compared": len(said)}

    def peer(self, name: str, opened: Callable[[], AbstractContextManager[Server]]) -> None:
        """Measure a peer. One that does not answer all kinds is measured again, afresh, on those that it does.

        So are we then. What a peer leaves out would be its slowest: the ratio is in its favour.
        """
        chosen = self.measure(name, opened())
        if not 0 < len(chosen) < len(self.mix):
            return
        with opened() as fresh:
            self.figures["servers"][name] |= self.timed(fresh, chosen)
        with servers.wallograph(self.state, query_cache_mb=0) as ours:
            self.figures["reduced"][name] = mixed(ours, chosen, self.made, self.plan)

    def starve(self, name: str, opened: AbstractContextManager[Server]) -> None:
        """What two runaway queries cost the point queries of others."""
        with opened as server:
            self.figures["starved"][name] = starve.starved(server, self.made, self.plan.starved)
        print(f"  {name} with runaways: {self.figures['starved'][name]}", file=sys.stderr)


def _told(found: dict[str, Any]) -> str:
    return ", ".join(f"{clients} clients {facts['rate']:.0f}/s" for clients, facts in found.get("mix", {}).items())


def bench(triples: int, folder: Path, seed: int, plan: Plan, peers: bool) -> dict[str, Any]:
    """All figures of one size."""
    graph = folder / "graph.nq"
    made = generate(triples, graph, seed)
    print(f"seed {seed}: {made.triples:,} triples, {made.quads:,} quads", file=sys.stderr)
    this = Bench(folder, made, plan)
    measured("build", graph, this.state)
    this.measure(OURS, servers.wallograph(this.state, query_cache_mb=0))
    this.measure(CACHED, servers.wallograph(this.state))
    deadline = plan.starved.deadline
    this.starve(OURS, servers.wallograph(this.state, query_cache_mb=0, query_seconds=deadline))
    if peers:
        _peers(this, folder)
    return this.figures


def _peers(this: Bench, folder: Path) -> None:
    """The same with the peers, on the same public triples in their default graph."""
    triples, store = folder / "triples.nt", folder / "oxigraph"
    measured("triples", this.state, triples)
    servers.load_oxigraph(store, triples)
    this.peer(OXIGRAPH, lambda: servers.oxigraph(store))
    this.starve(OXIGRAPH, servers.oxigraph(store, timeout=this.plan.starved.deadline))
    this.peer(RDFLIB, lambda: servers.rdflib_endpoint(triples))


def main(words: list[str] | None = None, plan: Plan | None = None) -> Path:
    """The command; gives the path of the report."""
    parser = argparse.ArgumentParser(prog="python -m bench.sparql", description="Measure the SPARQL endpoint.")
    parser.add_argument("triples", type=int, nargs="*", help="sizes in distinct triples; default: 100000 1000000")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--no-peers", action="store_true", help="only this project's endpoint")
    parser.add_argument("--seconds", type=float, default=6.0, help="of the mix, for each number of clients")
    parser.add_argument("--results", type=Path, default=report.RESULTS)
    given = parser.parse_args(words)
    if not given.no_peers:
        servers.install_peers()
    header = report.machine(None if given.no_peers else servers.PEERS) | {"seed": str(given.seed)}
    results = {}
    for triples in given.triples or SIZES:
        with tempfile.TemporaryDirectory(prefix="wallograph-bench-") as folder:
            chosen = plan or Plan(seconds=given.seconds)
            results[triples] = bench(triples, Path(folder), given.seed, chosen, not given.no_peers)
    header["load when it ended"] = report.load()
    figures = {"sizes": {str(size): found for size, found in results.items()}}
    tables = sections(results)
    path = report.write("sparql", "The SPARQL endpoint and its peers", ABOUT, header, tables, figures, given.results)
    print(path)
    return path


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that what was started is ended here too
    main()
