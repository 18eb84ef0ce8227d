"""The SHACL engine against its peers: `make bench-shacl`, or `python -m bench.shacl --sizes 10k,100k --peers jena`.

In: sizes in distinct triples, the peers. Out: `results/shacl.md` and `.json`: seconds with and without load, peak
memory of the process, whether the reports are equal to what was planted, and what one actor costs. The graph has
defects in 0.5 % of its things; all engines get the same distinct triples and the same shapes.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from bench import jena, report, servers
from bench.cost import ROOT
from bench.defects import Planter
from bench.generate import SEED, generate
from bench.shacl_report import ABOUT, sections
from bench.verdicts import Rows, differences, rows, truth
from bench.work import measured

SIZES: Final = "10k,100k,1M"
PEERS: Final = ("pyshacl", "pyrudof", "jena")
DEFECTS: Final = 0.005  # of the things; ten times as many in a graph so small that there would be none
SMALL: Final = 50_000
LARGEST: Final = 1_000_000  # of a graph that peers are asked to judge
SHAPES: Final = Path(__file__).resolve().parent / "shapes.ttl"
_UNITS: Final = {"k": 1000, "M": 1_000_000}


@dataclass(frozen=True, slots=True)
class Plan:
    """What is measured."""

    seed: int = SEED
    peers: tuple[str, ...] = PEERS
    patience: float = 1800.0  # seconds for one engine
    memory: int = 12_000  # megabytes that Java may have


def size(text: str) -> int:
    """`100k`, `1M` or a plain number."""
    unit = _UNITS.get(text[-1:], 1)
    return int(text if unit == 1 else text[:-1]) * unit


def bench(triples: int, folder: Path, plan: Plan) -> dict[str, Any]:
    """All figures of one size."""
    plain, store = folder / "graph.nt", folder / "store"
    planter = Planter(plan.seed, DEFECTS * (10 if triples < SMALL else 1))
    made = generate(triples, plain, plan.seed, planter, plain=True)
    print(f"seed {plan.seed}: {made.triples:,} triples, {planter.kinds}", file=sys.stderr)
    loaded = measured("triples_store", plain, store)
    wanted = truth(planter.truth)
    figures: dict[str, Any] = {"made": made.as_dict(), "planted": planter.kinds, "engines": {}}
    engines = figures["engines"]
    for name, source in (("store", store), ("memory", plain)):
        engines[name] = _engine(name, _ours(name, source, folder), folder, plan, wanted)
    if "validate" in engines["store"]:
        engines["store"]["load"] += loaded.seconds
    figures["actor"] = _engine("actor", _ours("actor", store, folder), folder, plan, None)
    for name in plan.peers if triples <= LARGEST else ():
        engines[name] = _engine(name, _peer(name, plain, folder, plan), folder, plan, wanted)
    return figures


def _ours(name: str, source: Path, folder: Path) -> list[str]:
    return [sys.executable, "-m", "bench.judge", name, str(source), str(SHAPES), str(folder / "report.nt")]


def _peer(name: str, graph: Path, folder: Path, plan: Plan) -> list[str] | None:
    paths = [str(graph), str(SHAPES), str(folder / "report.nt")]
    if name == "jena":
        return [*jena.command(folder / "jena", plan.memory), *paths] if jena.installed() else None
    python = sys.executable if find_spec(name) else str(servers.PEERS / "bin" / "python")
    return [python, "-m", "bench.judge_peers", name, *paths]


def _engine(name: str, command: list[str] | None, folder: Path, plan: Plan, wanted: Rows | None) -> dict[str, Any]:
    """Run one engine and compare what it found with what was planted."""
    if command is None:
        return {"failed": "not installed"}
    found_path = folder / "report.nt"
    found_path.unlink(missing_ok=True)
    figures = _run(command, plan.patience)
    if "validate" in figures and wanted is not None:
        found = rows(found_path)
        figures |= {"results": found.total(), "report": differences(wanted, found)}
    print(f"  {name}: { {key: value for key, value in figures.items() if key != 'milliseconds'} }", file=sys.stderr)
    return figures


def _run(command: list[str], patience: float) -> dict[str, Any]:
    """Do it in a process of its own, which is ended when it takes too long; its times and its peak memory."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, start_new_session=True) as process:
        late = threading.Timer(patience, lambda: os.killpg(process.pid, signal.SIGKILL))
        late.start()
        output, _ = process.communicate()
        late.cancel()
    if process.returncode == -signal.SIGKILL:
        return {"failed": f"not in {patience:.0f} s"}
    if process.returncode:
        return {"failed": f"ended with {process.returncode}"}
    found: dict[str, Any] = json.loads(output)
    return found


def _version(name: str) -> str:
    if name == "jena":
        return f"Jena {jena.installed() or 'not installed'}"
    return f"{name} {version(name)}" if find_spec(name) else f"{name} (see versions)"


def main(words: list[str] | None = None) -> Path:
    """The command; gives the path of the report."""
    parser = argparse.ArgumentParser(prog="python -m bench.shacl", description="Measure the SHACL engine.")
    parser.add_argument("--sizes", default=SIZES, help=f"distinct triples, as 10k,100k,1M,10M; default: {SIZES}")
    parser.add_argument("--peers", default=",".join(PEERS), help="some of pyshacl,pyrudof,jena, or none")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--patience", type=float, default=Plan().patience, help="seconds for one engine")
    parser.add_argument("--memory", type=int, default=Plan().memory, help="megabytes that Java may have")
    parser.add_argument("--results", type=Path, default=report.RESULTS)
    given = parser.parse_args(words)
    peers = tuple(name for name in given.peers.split(",") if name not in ("", "none"))
    if unknown := set(peers) - set(PEERS):
        parser.error(f"no such peer: {', '.join(sorted(unknown))}; there are {', '.join(PEERS)}")
    plan = Plan(given.seed, peers, given.patience, given.memory)
    missing = "pyrudof" in peers and not find_spec("pyrudof")
    if missing:
        servers.install_peers()
    header = report.machine(servers.PEERS if missing else None) | {"seed": str(given.seed)}
    header |= {"peers": ", ".join(_version(name) for name in peers)} if peers else {}
    results = {}
    for triples in map(size, given.sizes.split(",")):
        with tempfile.TemporaryDirectory(prefix="wallograph-bench-") as folder:
            results[triples] = bench(triples, Path(folder), plan)
    header["load when it ended"] = report.load()
    figures = {"sizes": {str(triples): found for triples, found in results.items()}}
    path = report.write("shacl", "SHACL and its peers", ABOUT, header, sections(results), figures, given.results)
    print(path)
    return path


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that what was started is ended here too
    main()
