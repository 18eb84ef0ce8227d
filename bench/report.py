"""Writes what a benchmark found: a table of ratios for people, the figures behind it as JSON.

In: sections of tables, the figures. Out: `results/{name}.md` and `results/{name}.json`. No date: the machine, the
versions and the seed say what a table is worth, and two runs can be compared line by line.
"""

import json
import os
import platform
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

RESULTS: Final = Path(__file__).resolve().parent / "results"
_OURS: Final = ("wallograph", "pyoxigraph", "starlette", "uvicorn", "uvloop")
_PEERS: Final = ("oxigraph", "rdflib-endpoint", "rdflib", "pyrudof")


@dataclass(slots=True)
class Section:
    """A table with a title and a sentence about it."""

    title: str
    head: tuple[str, ...]
    about: str = ""
    rows: list[tuple[object, ...]] = field(default_factory=list)

    def add(self, *cells: object) -> None:
        """One more row."""
        self.rows.append(cells)

    def lines(self) -> Iterable[str]:
        """The section in Markdown."""
        yield f"\n## {self.title}\n"
        if self.about:
            yield f"{self.about}\n"
        yield "| " + " | ".join(self.head) + " |"
        yield "|" + "---|" * len(self.head)
        for row in self.rows:
            yield "| " + " | ".join(map(shown, row)) + " |"


def shown(cell: object) -> str:
    """A cell: numbers with as many digits as they deserve."""
    if not isinstance(cell, float):
        return f"{cell:,}" if isinstance(cell, int) else str(cell)
    if cell != cell or cell in (float("inf"), float("-inf")):
        return "–"
    return f"{cell:,.0f}" if abs(cell) >= 100 else f"{cell:.3g}"


def times(figure: float) -> str:
    """A ratio."""
    return "–" if figure != figure or figure == float("inf") else f"{shown(float(figure))}x"


def ratio(ours: float, theirs: float) -> float:
    """How many times one figure is the other; not a number when there is nothing to compare with."""
    return ours / theirs if theirs else float("nan")


def machine(peers: Path | None = None) -> dict[str, str]:
    """What the figures were measured on and with."""
    versions = [f"{name} {version(name)}" for name in _OURS]
    if peers is not None:
        installed = peers.glob("lib/python3*/site-packages/*.dist-info")
        folders = (path.name.removesuffix(".dist-info") for path in installed)
        found = {name.replace("_", "-"): number for name, _, number in (folder.rpartition("-") for folder in folders)}
        versions += [f"{name} {found[name]} (peer)" for name in _PEERS if name in found]
    return {
        "machine": f"{_processor()}, {os.cpu_count()} cores, {_memory()} GB, {platform.system()} {platform.machine()}",
        "versions": ", ".join([f"Python {platform.python_version()}", *versions]),
        "load when it began": load(),
    }


def load() -> str:
    """How busy the machine is: the averages over one, five and fifteen minutes."""
    return " / ".join(f"{figure:.2f}" for figure in os.getloadavg())


def _processor() -> str:
    path = Path("/proc/cpuinfo")
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or "unknown processor"


def _memory() -> int:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9)


def write(
    name: str, title: str, about: str, header: dict[str, str], sections: list[Section], figures: dict[str, Any],
    folder: Path = RESULTS,
) -> Path:  # fmt: skip
    """Write both files; gives the path of the one for people."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = [f"# {title}\n", about, ""]
    lines += [f"- {key}: {value}" for key, value in header.items()]
    for section in sections:
        lines += section.lines()
    path = folder / f"{name}.md"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    data = json.dumps({"header": header, **figures}, indent=1, ensure_ascii=False)
    (folder / f"{name}.json").write_text(data + "\n", encoding="utf-8")
    return path
