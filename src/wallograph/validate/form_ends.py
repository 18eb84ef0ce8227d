"""Which kinds of things may stand at the two ends of each relation.

In: the shapes. Out: `Ends`. The rules themselves are asked: for each relation and class a made-up link is judged by
the queries of `RelationSubjectClass` and `RelationObjectClass`, so the forms cannot say otherwise than the rules.
"""

from dataclasses import dataclass
from typing import Final

from pyoxigraph import DefaultGraph, NamedNode, Quad, QuerySolutions, Store

from wallograph.iris import rebase_iri
from wallograph.validate.shapes import Shapes
from wallograph.vocab import (
    EVENT,
    LOCATION,
    ORGANIZATION,
    PROJECT,
    RELATIONS,
    SH,
    ST_OBJECT,
    ST_PREDICATE,
    ST_SUBJECT,
    TYPE,
)

_CLASSES: Final = (ORGANIZATION, PROJECT, EVENT, LOCATION)


@dataclass(frozen=True, slots=True)
class Ends:
    """By the property of a relation: the classes that may be its subject, and those that may be its object."""

    subjects: dict[str, frozenset[str]]
    objects: dict[str, frozenset[str]]


def relation_ends(shapes: Shapes, base: str) -> Ends:
    """The classes at both ends of every relation, by the rules."""
    predicates = [rebase_iri(predicate, base) for predicate in RELATIONS.values()]
    return Ends(
        _possible(_query(shapes, f"{base}/ns/shapes#RelationSubjectClass"), predicates, ST_SUBJECT),
        _possible(_query(shapes, f"{base}/ns/shapes#RelationObjectClass"), predicates, ST_OBJECT),
    )


def _query(shapes: Shapes, shape: str) -> str:
    """The text of the SPARQL constraint of a shape; empty when the shapes have none."""
    about = {(t.subject.value, t.predicate.value): t.object.value for t in shapes.triples}
    return about.get((about.get((shape, SH + "sparql"), ""), SH + "select"), "")


def _possible(query: str, predicates: list[str], end: str) -> dict[str, frozenset[str]]:
    store = Store()
    links: dict[str, tuple[str, str]] = {}
    for predicate in predicates:
        for class_iri in _CLASSES:
            link = f"urn:x-link:{len(links)}"
            links[link] = (predicate, class_iri)
            for subject, name, value in (
                (link, ST_PREDICATE, predicate), (link, end, f"{link}:end"), (f"{link}:end", TYPE, class_iri),
            ):  # fmt: skip
                store.add(Quad(NamedNode(subject), NamedNode(name), NamedNode(value), DefaultGraph()))
    found = store.query(query) if query else None
    refused = {row["this"].value for row in found} if isinstance(found, QuerySolutions) else set()
    return {
        predicate: frozenset(c for link, (p, c) in links.items() if p == predicate and link not in refused)
        for predicate in predicates
    }
