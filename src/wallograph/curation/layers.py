"""What stands now: the current release, and the accepted entries that it does not show yet.

In: the opened store of a release, the journal. Out: `Standing`, which tells whether a quad is stated and which entry
took it away or brought it. What was decided is true at once, whenever the publisher comes round to it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, parse

from wallograph.curation.shown import Shown
from wallograph.errors import DataError
from wallograph.journal.entry import Entry
from wallograph.journal.journal import Journal
from wallograph.release.state import Release
from wallograph.store.embedded import GraphName, ReadStore, Term
from wallograph.vocab import TYPE

_DEFAULT: Final = DefaultGraph()


@dataclass(frozen=True, slots=True)
class Layer:
    """What one entry adds and deletes; `redirects` are of merged things, `{concept}/{reference}` to the survivor's."""

    entry: Entry
    payload: Mapping[str, Any]
    adds: frozenset[Quad]
    deletes: frozenset[Quad]

    @classmethod
    def of(cls, entry: Entry, payload: Mapping[str, Any] | None) -> "Layer":
        """Of an entry and its payload; a shredded one changes nothing any more."""
        said = payload or {}
        return cls(entry, said, frozenset(quads_of(said.get("adds", ()))), frozenset(quads_of(said.get("deletes", ()))))

    @property
    def redirects(self) -> Mapping[str, str]:
        """The things that the entry merged."""
        return dict(self.payload.get("redirects") or {})


class Standing:
    """A release and the layers on it, oldest first. It opens nothing and never changes."""

    def __init__(
        self, release: Release, store: ReadStore, layers: Sequence[Layer], redirects: Mapping[str, str]
    ) -> None:
        self.release, self.store, self.layers = release, store, tuple(layers)
        self.base, self.number = release.base, release.number
        self.head = max([Shown.of(release.manifest).head, *(layer.entry.number for layer in layers)])
        merged = dict(redirects)
        for layer in layers:
            merged.update(layer.redirects)
        self._redirects = {old: new for old, new in merged.items() if new}  # "": it is a thing of its own again

    @cached_property
    def _last(self) -> dict[Quad, tuple[bool, int]]:
        """The last word of the layers on each quad: whether it is stated, and the entry that says so."""
        said: dict[Quad, tuple[bool, int]] = {}
        for layer in self.layers:
            said |= dict.fromkeys(layer.deletes, (False, layer.entry.number))
            said |= dict.fromkeys(layer.adds, (True, layer.entry.number))
        return said

    def states(self, quad: Quad) -> bool:
        """Whether a quad of a named graph is stated."""
        word = self._last.get(quad)
        if word is not None:
            return word[0]
        return bool(self.quads(quad.subject, quad.predicate, quad.object, quad.graph_name))  # type: ignore[arg-type]

    def quads(
        self, subject: NamedNode | None = None, predicate: NamedNode | None = None, object: Term | None = None,
        graph: GraphName | None = None,
    ) -> list[Quad]:  # fmt: skip
        """The quads of the named graphs that match; None matches all."""
        found = {q: None for q in self.store.quads(subject, predicate, object, graph) if q.graph_name != _DEFAULT}
        for quad, (stated, _) in self._last.items():
            if _matches(quad, subject, predicate, object, graph):
                if stated:
                    found[quad] = None
                else:
                    found.pop(quad, None)
        return list(found)

    def is_there(self, iri: str) -> bool:
        """Whether a thing is described: it has a class."""
        return bool(self.quads(NamedNode(iri), NamedNode(TYPE)))

    def is_taken(self, iri: str) -> bool:
        """Whether an IRI names something, or did."""
        return iri[len(self.base) + 4 :] in self._redirects or bool(self.quads(NamedNode(iri)))

    def survivor(self, iri: str) -> str:
        """The thing that a merged one is part of now; any other IRI as it is."""
        seen: set[str] = set()
        start = f"{self.base}/id/"
        while iri.startswith(start) and (key := iri.removeprefix(start)) in self._redirects and key not in seen:
            seen.add(key)
            iri = start + self._redirects[key]
        return iri

    def remover(self, quad: Quad) -> int:
        """The entry among the layers that took a quad away; 0 when none did."""
        word = self._last.get(quad)
        return word[1] if word is not None and not word[0] else 0


def quads_of(lines: Iterable[str]) -> list[Quad]:
    """The quads of N-Quads lines, as a payload has them; DataError when they are none."""
    text = "".join(line.strip() + "\n" for line in lines)
    try:
        return list(parse(text, RdfFormat.N_QUADS))
    except (SyntaxError, ValueError) as error:
        raise DataError(f"these are no N-Quads: {error}") from error


def lines_of(quads: Iterable[Quad]) -> list[str]:
    """Quads as N-Quads lines, each once, sorted."""
    return sorted({f"{quad} ." for quad in quads}, key=str.encode)


def layers_after(journal: Journal, number: int, but: frozenset[int] = frozenset()) -> Iterator[Layer]:
    """The layers of the entries after a number, without some (that could not be published)."""
    for entry in journal.entries(after=number):
        if entry.number not in but:
            yield Layer.of(entry, journal.payload(entry.number))


def _matches(
    quad: Quad, subject: NamedNode | None, predicate: NamedNode | None, object: Term | None, graph: GraphName | None
) -> bool:
    wanted = ((subject, quad.subject), (predicate, quad.predicate), (object, quad.object), (graph, quad.graph_name))
    return all(given is None or given == found for given, found in wanted)
