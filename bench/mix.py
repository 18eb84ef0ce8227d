"""The queries of the benchmark and the mix they are asked in.

In: `queries/*.rq` (`# weight: n` is how many of a hundred queries are of this kind), what a generator made. Out: query
texts whose VALUES line holds the thing of a turn, and a deck of them in a fixed order.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

from bench import ecosystem as eco
from bench.ecosystem import actor, concept, text
from bench.generate import Made

_FOLDER: Final = Path(__file__).resolve().parent / "queries"
_WEIGHT: Final = re.compile(r"^# weight: (\d+)$", re.M)
_OPEN: Final = re.compile(r"VALUES \?(\w+) \{ UNDEF \}")
_DIFFERENT: Final = 40  # things that a kind of query asks about in turn
RUNAWAY: Final = "runaway"
POINT: Final = "point"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of query: its text, how often it is asked, and what the answer is."""

    name: str
    weight: int
    text: str

    @property
    def graph(self) -> bool:
        """True when the answer is a graph, not a table."""
        return self.name in ("describe", "construct")

    @property
    def settled(self) -> bool:
        """True when every right server gives the same rows: a limit without an order leaves a choice."""
        return "LIMIT" not in self.text or "ORDER BY" in self.text

    def query(self, turn: int, made: Made) -> str:
        """The query of a turn."""
        return _OPEN.sub(lambda found: f"VALUES ?{found[1]} {{ {_value(found[1], turn, made)} }}", self.text)


def _value(variable: str, turn: int, made: Made) -> str:
    """The thing that a variable stands for, by turns one of forty; all of them are there."""

    def one_of(kind: str) -> str:
        return actor(kind, turn % min(_DIFFERENT, made.things[kind]))

    match variable:
        case "place":
            return eco.place(turn % min(_DIFFERENT, made.places))
        case "university":
            return actor("university", turn % eco.UNIVERSITIES)
        case "theme":
            return concept("theme", f"theme-{turn % eco.GROUPS}")
        case "word":
            return text(eco.WORDS[turn % len(eco.WORDS)])
        case "unit":
            return one_of("unit")
        case "funder":
            return one_of("cluster")
        case "actor":
            return one_of("startup")
    raise ValueError(f"no values for ?{variable}")


def kinds() -> dict[str, Kind]:
    """All kinds by name, the most frequent first."""
    found = []
    for path in sorted(_FOLDER.glob("*.rq")):
        content = path.read_text(encoding="utf-8")
        weight = _WEIGHT.search(content)
        found.append(Kind(path.stem, int(weight[1]) if weight else 0, content))
    return {kind.name: kind for kind in sorted(found, key=lambda kind: -kind.weight)}


def deck(chosen: list[Kind], made: Made, size: int = 1000) -> list[tuple[Kind, str]]:
    """About `size` queries in the proportions of their weights, shuffled by the seed."""
    total = sum(kind.weight for kind in chosen)
    cards = [
        (kind, kind.query(turn, made)) for kind in chosen for turn in range(max(1, kind.weight * size // total))
    ]
    Random(made.seed).shuffle(cards)
    return cards
