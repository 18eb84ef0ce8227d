"""The pages of the duplicate desk: two things or two records side by side, property by property, with their sources.

In: the graph of a release, IRIs, or what single records say. Out: what the template shows. Values that only one side
has, and values that both have, are told apart, since that is what a curator looks for.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from wallograph.publish.labels import Named, sort_key
from wallograph.publish.links import link_groups
from wallograph.publish.page_graph import PageGraph
from wallograph.publish.page_values import Stated, Statements
from wallograph.vocab import (
    ACRONYM,
    ALTERNATE_NAME,
    CLASSIFICATION,
    DESCRIPTION,
    ENTERPRISE_NUMBER,
    FOUNDING_DATE,
    HOMEPAGE,
    ISNI,
    LABEL,
    NAME,
    PLACE,
    PROJECT_KIND,
    ROR_ID,
    SAME_AS,
    TYPE,
)

# what tells two things apart stands first
_FIRST: Final = (
    NAME, ALTERNATE_NAME, ACRONYM, ENTERPRISE_NUMBER, ROR_ID, ISNI, SAME_AS, CLASSIFICATION, PROJECT_KIND, PLACE,
    HOMEPAGE, FOUNDING_DATE, DESCRIPTION,
)  # fmt: skip
_LEFT_OUT: Final = frozenset({TYPE, LABEL})
MOST: Final = 12  # values of one property that are shown


@dataclass(frozen=True, slots=True)
class Feature:
    """One reason for or against: a message key and its part of the score, with its sign; "" when it decides alone."""

    key: str
    weight: str
    speaks: str  # for, against, alone


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: the thing, the records that it is made of, how many links point to it."""

    named: Named
    records: Sequence[tuple[str, str]]  # key, and its place in the sources
    links: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One property on both sides. `agree` when a value is on both."""

    label: Named
    left: Sequence[Stated]
    right: Sequence[Stated]
    agree: bool
    more: tuple[int, int] = (0, 0)  # values that are not shown


@dataclass(frozen=True, slots=True)
class Beside:
    """Two things side by side."""

    left: Side
    right: Side
    lines: Sequence[Line]


def features(found: Iterable[tuple[str, float]]) -> list[Feature]:
    """The reasons of a score.

    >>> features([("same name", 1.0), ("another place", -0.06)])[1]
    Feature(key='feature-another-place', weight='−0.06', speaks='against')
    """
    told = []
    for name, weight in found:
        key = "feature-" + re.sub(r"[^a-z]+", "-", name.lower()).strip("-")
        if weight > 1 or weight == 0:
            told.append(Feature(key, "", "alone"))
        else:
            sign = "+" if weight > 0 else "−"
            told.append(Feature(key, f"{sign}{abs(weight):.3g}", "for" if weight > 0 else "against"))
    return told


def beside(
    graph: PageGraph, lang: str, left: tuple[str, Sequence[tuple[str, str]]],
    right: tuple[str, Sequence[tuple[str, str]]],
) -> Beside:  # fmt: skip
    """Two published things: IRI and records of each."""
    sides = [_side(graph, iri, records, lang) for iri, records in (left, right)]
    quads = [graph.stated(iri) for iri, _ in (left, right)]
    return Beside(sides[0], sides[1], _lines(graph, quads[0], quads[1], lang))


def records_beside(
    graph: PageGraph, lang: str, iri: str, left: tuple[str, str], right: tuple[str, str],
    said: Mapping[str, Sequence[tuple[str, str, str]]],
) -> Beside:  # fmt: skip
    """Two records of one thing: key and place of each; `said` has property, value and source."""
    quads = [_quads(iri, said.get(key, ())) for key, _ in (left, right)]
    sides = [Side(graph.named(iri, lang, kind=True), (one,)) for one in (left, right)]
    return Beside(sides[0], sides[1], _lines(graph, quads[0], quads[1], lang))


def _side(graph: PageGraph, iri: str, records: Sequence[tuple[str, str]], lang: str) -> Side:
    links = sum(group.total for group in link_groups(graph, iri, lang))
    return Side(graph.named(iri, lang, kind=True), records, links)


def _lines(graph: PageGraph, left: Sequence[Quad], right: Sequence[Quad], lang: str) -> list[Line]:
    sides = Statements(graph, left, lang), Statements(graph, right, lang)
    first = [graph.own(predicate) for predicate in _FIRST]
    out = {graph.own(predicate) for predicate in _LEFT_OUT}
    labels = {quad.predicate.value: graph.named(quad.predicate.value, lang) for quad in (*left, *right)}
    found = []
    for predicate in sorted(labels.keys() - out, key=lambda iri: (_place(iri, first), sort_key(labels[iri].text), iri)):
        one, other = (side.values(predicate) for side in sides)
        agree = bool({_key(value) for value in one} & {_key(value) for value in other})
        more = max(0, len(one) - MOST), max(0, len(other) - MOST)
        found.append(Line(labels[predicate], one[:MOST], other[:MOST], agree, more))
    return found


def _place(predicate: str, first: Sequence[str]) -> int:
    return first.index(predicate) if predicate in first else len(first)


def _key(stated: Stated) -> str:
    return stated.value.iri or stated.value.text.casefold()


def _quads(iri: str, said: Iterable[tuple[str, str, str]]) -> list[Quad]:
    text = "".join(f"{NamedNode(iri)} <{predicate}> {value} <{graph}> .\n" for predicate, value, graph in said)
    return list(parse(text, RdfFormat.N_QUADS))
