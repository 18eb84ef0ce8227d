"""The links of a thing in both directions, grouped by kind of relation, each with who says so.

In: the relation things that have it as subject or object. Out: groups with a heading in the visitor's
language (the kind's label, or its inverse label when the thing is the object) and the other things in
them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from wallograph.publish.labels import Named, choose, sort_key
from wallograph.publish.page_graph import PageGraph, Term
from wallograph.publish.page_sources import SourceRef
from wallograph.publish.page_values import sources_of
from wallograph.vocab import RELATIONS, SYMMETRIC, WG

# What a visitor asks first: what it belongs to, what came out of it, money and help, then who it works with.
_ORDER: Final = (
    "operated-by", "part-of", "subsidiary-of", "successor-of", "acquired-by", "spin-off-of", "founded-by",
    "shareholder-of", "funded-by", "supported-by", "coordinates", "member-of", "labelled-by", "located-in",
    "partner-of", "participates-in",
)  # fmt: skip
# From the other end these are long lists of parts and members: after what is particular to the thing.
_LATER: Final = frozenset({"part-of", "member-of", "operated-by", "located-in", "participates-in"})


@dataclass(frozen=True, slots=True)
class Link:
    """One other thing, the years that sources give, and who says so. `said` is (subject, predicate, object)."""

    other: Named
    years: tuple[str, ...]
    sources: tuple[SourceRef, ...]
    why: str | None
    said: tuple[str, str, str] | None = None


@dataclass(frozen=True, slots=True)
class LinkGroup:
    """The links of one kind and direction. `inverse` is true when the thing is the object."""

    kind: str
    heading: Named
    inverse: bool
    links: tuple[Link, ...]
    total: int


@dataclass(slots=True)
class _Found:
    years: set[str] = field(default_factory=set)
    graphs: set[str] = field(default_factory=set)
    things: set[str] = field(default_factory=set)


def link_groups(graph: PageGraph, iri: str, lang: str) -> tuple[LinkGroup, ...]:
    """All links of a thing, in the order of what a visitor asks first."""
    found: dict[tuple[str, bool], dict[str, _Found]] = {}
    rows: Iterable[tuple[bool, dict[str, Term]]] = [
        *((False, row) for row in graph.rows("links_out", this=iri)),
        *((True, row) for row in graph.rows("links_in", this=iri)),
    ]
    for inverse, row in rows:
        kind = row["kind"].value
        # A symmetric relation reads the same from both ends: one group.
        turned = inverse and graph.notation(kind) not in SYMMETRIC
        one = found.setdefault((kind, turned), {}).setdefault(row["other"].value, _Found())
        one.graphs.add(row["graph"].value)
        one.things.add(row["link"].value)
        if row.get("year"):
            one.years.add(row["year"].value)
    groups = [_group(graph, iri, kind, inverse, others, lang) for (kind, inverse), others in found.items()]
    return tuple(sorted(groups, key=_rank))


def _rank(group: LinkGroup) -> tuple[bool, int, bool, str]:
    place = _ORDER.index(group.kind) if group.kind in _ORDER else len(_ORDER)
    return group.inverse and group.kind in _LATER, place, group.inverse, group.kind


def _group(
    graph: PageGraph, iri: str, kind: str, inverse: bool, others: dict[str, _Found], lang: str
) -> LinkGroup:
    path = graph.own(RELATIONS.get(graph.notation(kind), ""))
    links = [
        Link(
            graph.named(other, lang, kind=True),
            tuple(sorted(one.years)),
            sources_of(graph, one.graphs),
            graph.href(min(one.things)),
            ((other, path, f"<{iri}>") if inverse else (iri, path, f"<{other}>")) if path else None,
        )
        for other, one in others.items()
    ]
    links.sort(key=lambda link: sort_key(link.other.text))
    return LinkGroup(graph.notation(kind), _heading(graph, kind, inverse, lang), inverse, tuple(links), len(links))


def _heading(graph: PageGraph, kind: str, inverse: bool, lang: str) -> Named:
    named = graph.named(kind, lang)
    if not inverse:
        return named
    labels = [(o.value, o.language or "") for o in graph.objects(kind, WG + "inverseLabel")]
    label = choose(labels, lang)
    if label is None:
        return named
    return Named(named.iri, label.text, label.lang, label.fallback, named.href)
