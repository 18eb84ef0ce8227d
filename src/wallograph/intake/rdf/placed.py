"""Where the statements of a file stand: statements with spans come in; places by subject, property and value go out.

Blank nodes of a position pass have names of its own; `matched` gives them those of the parser.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from wallograph.intake.rdf.text import Span


class Placed(NamedTuple):
    """A statement and the spans of its terms. `pointer` is of JSON; `certain` is False when the value was guessed.

    `how` says what may be written at the value's place; each syntax has its own words for it.
    """

    quad: Quad
    subject: Span
    predicate: Span
    value: Span
    pointer: str = ""
    certain: bool = True
    how: str = ""


class Places:
    """Places by subject, by subject and property, and by statement; the first of each."""

    def __init__(self, placed: Iterable[Placed]) -> None:
        self._things: dict[str, Placed] = {}
        self._fields: dict[tuple[str, str], Placed] = {}
        self._values: dict[tuple[str, str, str], Placed] = {}
        self._hows: dict[Span, str] = {}
        for entry in placed:
            subject, predicate = named(entry.quad.subject), entry.quad.predicate.value
            self._things.setdefault(subject, entry)
            self._fields.setdefault((subject, predicate), entry)
            if entry.certain:
                self._values.setdefault((subject, predicate, str(entry.quad.object)), entry)
                self._hows.setdefault(entry.value, entry.how)

    def thing(self, subject: str) -> Placed | None:
        """The first statement of a subject (an IRI or `_:x`)."""
        return self._things.get(subject)

    def field(self, subject: str, predicate: str) -> Placed | None:
        """The first statement with that property."""
        return self._fields.get((subject, predicate))

    def value(self, subject: str, predicate: str, value: str) -> Placed | None:
        """The statement; `value` is the N-Triples form of its object."""
        return self._values.get((subject, predicate, value))


    def how(self, span: Span) -> str | None:
        """What may be written at the span of a value; None when no value stands there."""
        return self._hows.get(span)


def named(term: object) -> str:
    """A subject as results name it: the IRI, or `_:x`."""
    return term.value if isinstance(term, NamedNode) else str(term)


def matched(placed: Sequence[Placed], quads: Sequence[Quad]) -> list[Placed]:
    """The statements of a position pass with the blank nodes of the parser.

    Both give the same statements in the same order; where they do not, only statements without blank nodes are
    matched, each at most as often as the parser has it.
    """
    return list(_in_order(placed, quads) or _without_nodes(placed, quads))


def same_order(placed: Sequence[Placed], quads: Sequence[Quad]) -> bool:
    """Whether a position pass and the parser agree on every statement and on their order."""
    return bool(_in_order(placed, quads)) or not (placed or quads)


def _in_order(placed: Sequence[Placed], quads: Sequence[Quad]) -> list[Placed] | None:
    if len(placed) != len(quads):
        return None
    names: dict[BlankNode, BlankNode] = {}
    found = []
    for entry, quad in zip(placed, quads, strict=True):
        pairs: list[tuple[object, object]] = [
            (entry.quad.subject, quad.subject),
            (entry.quad.predicate, quad.predicate),
            (entry.quad.graph_name, quad.graph_name),
        ]
        if entry.certain:  # else only the parser knows the value
            pairs.append((entry.quad.object, quad.object))
        for mine, theirs in pairs:
            if isinstance(mine, BlankNode) and isinstance(theirs, BlankNode):
                mine = names.setdefault(mine, theirs)
            if mine != theirs:
                return None
        found.append(entry._replace(quad=quad, certain=True))
    return found if len(set(names.values())) == len(names) else None


def _without_nodes(placed: Sequence[Placed], quads: Sequence[Quad]) -> Iterator[Placed]:
    known = Counter(quad for quad in quads if not _has_node(quad))
    waiting: dict[Quad, deque[Placed]] = defaultdict(deque)
    for entry in placed:
        if known[entry.quad] > len(waiting[entry.quad]):
            waiting[entry.quad].append(entry)
            yield entry


def _has_node(quad: Quad) -> bool:
    return any(isinstance(term, BlankNode) for term in (quad.subject, quad.object, quad.graph_name))


def is_plain(quad: Quad) -> bool:
    """Whether a statement is RDF 1.1: no triple terms, no base direction of a text."""
    value = quad.object
    if isinstance(value, Literal):
        return value.direction is None
    return isinstance(value, NamedNode | BlankNode)
