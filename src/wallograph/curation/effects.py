"""What a change does to the links of the graph: which it makes, which it breaks, which lose or win a source.

In: the quads that come and go, what stands. Out: plain values, with the numbers that people ask first: how many links
between actors, projects and events come and go, and whom they leave without any.
"""

from collections.abc import Iterable
from typing import Any, Final

from pyoxigraph import NamedNode, Quad

from wallograph import vocab
from wallograph.curation.layers import Standing
from wallograph.curation.materialise import Materialised
from wallograph.curation.words import Words
from wallograph.iris import parse, rebase_iri

MOST: Final = 200  # links that are told one by one
_THINGS: Final = frozenset({"actor", "project", "event"})
Triple = tuple[Any, Any, Any]


def effects(made: Materialised, standing: Standing, words: Words) -> dict[str, Any]:
    """What comes and goes among the links. `cross` are those between actors, projects and events."""
    kinds = {rebase_iri(path, standing.base): code for code, path in vocab.RELATIONS.items()}
    come, gone = _links(made.adds, kinds, standing.base), _links(made.deletes, kinds, standing.base)
    creates = [link for link in come if not _states(standing, link)]
    breaks = [link for link in gone if link not in come and not _left(standing, link, made)]
    stronger = len(come) - len(creates)
    told = [(op, link) for op, links in (("creates", creates), ("breaks", breaks)) for link in links]
    return {
        "creates": len(creates),
        "breaks": len(breaks),
        "creates_cross": sum(_is_cross(link, standing.base) for link in creates),
        "breaks_cross": sum(_is_cross(link, standing.base) for link in breaks),
        "confirmed": stronger,
        "weakened": len([link for link in gone if link not in breaks and link not in come]),
        "links": [
            {
                "op": op, "kind": kinds[link[1].value], "labels": words.known.labels(link[1].value),
                "subject": words.named(link[0].value), "object": words.named(link[2].value),
                "cross": _is_cross(link, standing.base),
            }
            for op, link in told[:MOST]
        ],
        "alone": [words.named(iri) for iri in _alone(breaks, creates, standing, kinds, made)],
    }  # fmt: skip


def _links(quads: Iterable[Quad], kinds: dict[str, str], base: str) -> list[Triple]:
    """The links as triples; the other direction of a symmetric one is derived and not counted."""
    derived = f"{base}/id/source/derived-"
    found = (
        (quad.subject, quad.predicate, quad.object)
        for quad in quads
        if quad.predicate.value in kinds
        and isinstance(quad.object, NamedNode)
        and isinstance(quad.graph_name, NamedNode)
        and not quad.graph_name.value.startswith(derived)
    )
    return list(dict.fromkeys(found))


def _states(standing: Standing, link: Triple) -> bool:
    return bool(standing.quads(*link))


def _left(standing: Standing, link: Triple, made: Materialised) -> bool:
    """Whether another source still states a link."""
    gone = set(made.deletes)
    return any(quad not in gone for quad in standing.quads(*link))


def _is_cross(link: Triple, base: str) -> bool:
    ends = [parse(end.value, base) for end in (link[0], link[2])]
    return link[0] != link[2] and all(end is not None and end.concept in _THINGS for end in ends)


def _alone(
    breaks: Iterable[Triple], creates: Iterable[Triple], standing: Standing, kinds: dict[str, str], made: Materialised
) -> list[str]:
    """The things that a change leaves without any link, and that are still there."""
    linked = {end for link in creates for end in (link[0], link[2])}
    gone = set(made.deletes)
    leaving = {quad.subject for quad in gone if quad.predicate.value == vocab.TYPE}
    found = []
    for end in dict.fromkeys(end for link in breaks for end in (link[0], link[2])):
        named = parse(end.value, standing.base)
        if end in linked or end in leaving or named is None or named.concept not in _THINGS:
            continue
        quads = (*standing.quads(end), *standing.quads(None, None, end))
        if not any(quad.predicate.value in kinds and quad not in gone for quad in quads):
            found.append(end.value)
    return found
