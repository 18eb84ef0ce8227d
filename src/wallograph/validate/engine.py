"""The seam between wallograph and whatever engine judges the data (design M6).

In: quads and `Shapes`. Out: `Result`s in one fixed order. An engine runs the shapes over the union of all graphs
and the shapes that are judged per source over each source alone; what both have in common stands here.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from pyoxigraph import DefaultGraph, Quad

from wallograph.errors import InputError
from wallograph.model import Severity
from wallograph.validate.shapes import Shapes

_ORDER = {Severity.VIOLATION: 0, Severity.WARNING: 1, Severity.INFO: 2}


@dataclass(frozen=True, slots=True)
class Result:
    """One result of SHACL.

    `focus` is an IRI, or `_:x`; `path` the IRI of the property, None when the thing as a whole is judged;
    `value` the value in N-Triples form, exactly as handed in (`str()` of the pyoxigraph term), None when a value
    is missing; `graph` the source graph when the shape is judged per source.
    """

    focus: str
    path: str | None
    value: str | None
    severity: Severity
    component: str
    source_shape: str
    messages: dict[str, str] = field(compare=False, default_factory=dict)
    graph: str | None = None


class Engine(Protocol):
    """Judges data by shapes. `focus` limits the judgement to these things (their surroundings are still read)."""

    def validate(self, data: Iterable[Quad], shapes: Shapes, focus: set[str] | None = None) -> list[Result]:
        """All results, settled and in order."""
        ...  # pragma: no cover


class Limited:
    """An engine that is only fit for data up to some size: more is refused before it starts."""

    def __init__(self, engine: Engine, name: str, most: int) -> None:
        self.engine = engine
        self.name = name
        self.most = most

    def validate(self, data: Iterable[Quad], shapes: Shapes, focus: set[str] | None = None) -> list[Result]:
        """See `Engine`; InputError when there are too many quads."""
        quads = list(data)
        if len(quads) > self.most:
            raise InputError(f"the engine {self.name} takes up to {self.most:,} statements; these are {len(quads):,}")
        return self.engine.validate(quads, shapes, focus)


def without_graphs(data: Iterable[Quad], private: Collection[str]) -> Iterator[Quad]:
    """The quads that are judged: all but those of the private graphs (shapes, judgements, catalogue)."""
    for quad in data:
        name = quad.graph_name
        if isinstance(name, DefaultGraph) or name.value not in private:
            yield quad


def settle(results: Iterable[Result], shapes: Shapes) -> list[Result]:
    """Drop repeated results and those that another result of the same thing explains (`wg:overrides`), and sort.

    Sources can only disagree when each is right by itself: two founding years in one source are that source's
    error, and are not told a second time as a disagreement.
    """
    found = set(results)
    explained = {
        (result.focus, weaker) for result in found for weaker in shapes.rule(result.source_shape).overrides
    }
    kept = (result for result in found if (result.focus, result.source_shape) not in explained)
    return sorted(kept, key=_key)


def _key(result: Result) -> tuple[int, str, str, str, str, str, str]:
    return (
        _ORDER[result.severity], result.source_shape, result.focus, result.path or "", result.value or "",
        result.graph or "", result.component,
    )  # fmt: skip
