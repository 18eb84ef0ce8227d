"""The census of a graph: quads by graph, and the distinct public triples by predicate and class (design S2).

In: the lines of a sorted N-Quads file. Out: the lines of the public default graph, each triple
once; the counts.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Final

from wallograph.release.graphfile import split_line
from wallograph.vocab import TYPE

_TYPE: Final = f"<{TYPE}>".encode()


@dataclass(slots=True)
class Census:
    """Counts of a release. Keys are IRIs in angle brackets, as bytes; the empty one is the default graph."""

    graphs: Counter[bytes] = field(default_factory=Counter)
    classes: Counter[bytes] = field(default_factory=Counter)
    predicates: Counter[bytes] = field(default_factory=Counter)

    def copy(self) -> "Census":
        """The same counts, to be changed apart; what came to nothing is left out, as in a manifest."""
        graphs, classes, predicates = (
            Counter({key: count for key, count in counts.items() if count})
            for counts in (self.graphs, self.classes, self.predicates)
        )
        return Census(graphs, classes, predicates)

    def count_triple(self, triple: bytes, step: int = 1) -> None:
        """Count one distinct public triple (or take it off, with step -1)."""
        _, predicate, value = triple.split(b" ", 2)
        self.predicates[predicate] += step
        if predicate == _TYPE:
            self.classes[value] += step

    def predicate_names(self) -> frozenset[str]:
        """The predicates of the distinct public triples."""
        return frozenset(_plain(self.predicates))

    def to_counts(self) -> dict[str, Any]:
        """The counts as the manifest gives them."""
        named = {key: count for key, count in self.graphs.items() if key}
        return {
            "quads": sum(self.graphs.values()),
            "triples": sum(self.predicates.values()),
            "in_default_graph": self.graphs[b""],
            "graphs": _plain(named),
            "classes": _plain(self.classes),
            "predicates": _plain(self.predicates),
        }

    @classmethod
    def from_counts(cls, counts: dict[str, Any]) -> "Census":
        """The census that a manifest gives."""
        graphs = _marked(counts["graphs"])
        graphs[b""] = counts["in_default_graph"]
        return cls(graphs, _marked(counts["classes"]), _marked(counts["predicates"]))


def public_triples(lines: Iterable[bytes], private: frozenset[str], census: Census) -> Iterator[bytes]:
    """Each triple of the public graphs once, as N-Triples lines in order; counts on the way.

    The quads of one triple are neighbours in the sorted file, so nothing has to be remembered.
    """
    hidden = {f"<{iri}>".encode() for iri in private}
    for triple, group in groupby(map(split_line, lines), key=_triple):
        public = False
        for _, graph in group:
            census.graphs[graph] += 1
            public = public or graph not in hidden
        if public:
            census.count_triple(triple)
            yield triple + b" .\n"


def _triple(parts: tuple[bytes, bytes]) -> bytes:
    return parts[0]


def _plain(counts: dict[bytes, int]) -> dict[str, int]:
    # a class may be a literal in foreign data: it keeps its quotes, an IRI loses its brackets
    return {
        (key[1:-1] if key.startswith(b"<") else key).decode(): count for key, count in counts.items() if count
    }


def _marked(counts: dict[str, int]) -> Counter[bytes]:
    return Counter(
        {(key if key.startswith('"') else f"<{key}>").encode(): count for key, count in counts.items()}
    )
