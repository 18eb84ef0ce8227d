"""Small random graphs with random shapes that meet them, and random changes of such graphs.

In: a seed. Out: a `Case`: the triples of the data and those of the shapes; the same seed gives the same case.
"""

from dataclasses import dataclass, field
from itertools import product
from random import Random
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from shacl_random_shapes import ShapeMaker
from shacl_terms import BLANKS, CLASSES, LITERALS, NODES, NUMBERS, PREDICATES, SUBCLASS, TAGGED, TEXTS, TYPE, Term
from wallograph.vocab import RDFS, SH

_ORDERED: Final = frozenset({SH + "lessThan", SH + "lessThanOrEquals"})
_RANGES: Final = frozenset(SH + name for name in ("minInclusive", "minExclusive", "maxInclusive", "maxExclusive"))


@dataclass(slots=True)
class Case:
    """Data and shapes."""

    seed: int
    data: list[Triple] = field(default_factory=list)
    shapes: list[Triple] = field(default_factory=list)


def random_case(seed: int) -> Case:
    """A graph of 5 to 40 triples and one to four shapes with targets."""
    chance = Random(seed)
    case = Case(seed, random_graph(chance))
    maker = ShapeMaker(chance)
    for _ in range(chance.randint(1, 4)):
        maker.targeted()
    case.shapes = list(dict.fromkeys(maker.triples))
    for shape in _classes(case.shapes):
        case.data += [Triple(chance.choice(NODES + BLANKS), TYPE, shape) for _ in range(2)]
        case.data.append(Triple(chance.choice(CLASSES), SUBCLASS, shape))
    asked = {triple.predicate.value for triple in case.shapes}
    if SH + "uniqueLang" in asked:  # else it rarely meets a node that says something twice in one language
        for subject, predicate in product(chance.sample(NODES, 2), PREDICATES):
            case.data += [Triple(subject, predicate, value) for value in chance.sample(TAGGED[:3], 2)]
    if asked & _RANGES:
        case.data = [Triple(s, p, _ranked(o, maker.family)) for s, p, o in case.data]
    if asked & _ORDERED:
        case.data = [_comparable(triple) for triple in case.data]
    case.data = list(dict.fromkeys(case.data))
    return case


def _ranked(value: Term, family: tuple[Literal, ...]) -> Term:
    """A literal that has an order among the bounds of the case, for one that has none.

    SPARQL's comparison of such a literal with a bound is an error, and so a result: "where the SPARQL expression does
    not return true" (SHACL 4.3). pySHACL lets booleans pass as numbers, texts with a language as texts, ill-typed
    literals below every maximum, and has dates above numbers.
    """
    if isinstance(value, Literal) and value not in family + TEXTS:
        return family[len(str(value)) % len(family)]
    return value


def _comparable(triple: Triple) -> Triple:
    """The triple, fit for pySHACL's sh:lessThan: what that compares with (p2, p3) are numbers, no value is blank.

    SPARQL's `<` is for numbers, strings, booleans and dates of one kind; for all else SHACL 4.5.3 has a result ("or
    where the two values cannot be compared"). pySHACL ends with an error at a blank node and at an ill-typed literal,
    and it has an order of its own for IRIs, texts with a language, and literals of different kinds.
    """
    subject, predicate, value = triple
    if isinstance(subject, BlankNode):
        subject = NODES[BLANKS.index(subject)]
    if predicate in PREDICATES[2:] and value not in NUMBERS:
        value = NUMBERS[len(str(value)) % len(NUMBERS)]
    elif isinstance(value, BlankNode):
        value = NODES[BLANKS.index(value)]
    elif isinstance(value, Literal) and value not in NUMBERS + TEXTS:
        value = TEXTS[len(str(value)) % len(TEXTS)]
    return Triple(subject, predicate, value)


def _classes(shapes: list[Triple]) -> list[NamedNode]:
    """The shapes that are classes too: their instances are their targets."""
    is_class = NamedNode(RDFS + "Class")
    return [t.subject for t in shapes if t.object == is_class and isinstance(t.subject, NamedNode)]


def random_graph(chance: Random) -> list[Triple]:
    """Triples among few nodes, classes and literals."""
    return [random_triple(chance) for _ in range(chance.randint(5, 40))]


def random_triple(chance: Random) -> Triple:
    """One triple; types and classes of classes come often enough to matter."""
    turn = chance.random()
    if turn < 0.22:
        return Triple(chance.choice(NODES + BLANKS), TYPE, chance.choice(CLASSES))
    if turn < 0.28:
        return Triple(chance.choice(CLASSES), SUBCLASS, chance.choice(CLASSES))
    value: Term = chance.choice(NODES + BLANKS) if chance.random() < 0.5 else chance.choice(LITERALS)
    return Triple(chance.choice(NODES + BLANKS), chance.choice(PREDICATES), value)


@dataclass(frozen=True, slots=True)
class Change:
    """Triples that come and triples that go."""

    adds: tuple[Triple, ...]
    deletes: tuple[Triple, ...]


def random_change(chance: Random, data: list[Triple]) -> Change:
    """Up to three triples that are there go, up to three that are not come."""
    there = set(data)
    gone = chance.sample(data, min(len(data), chance.randint(0, 3)))
    come = [random_triple(chance) for _ in range(chance.randint(0 if gone else 1, 3))]
    return Change(tuple(t for t in dict.fromkeys(come) if t not in there), tuple(gone))
