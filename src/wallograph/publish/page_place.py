"""The page of a place, and the list of places.

In: the graph and an IRI. Out: where the place lies, what lies in it, and the organisations there: as
stated, and by roll-up from municipality to province.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from wallograph.publish.labels import Named, sort_key
from wallograph.publish.links import LinkGroup, link_groups
from wallograph.publish.page_graph import PageGraph
from wallograph.publish.page_head import Head, Paged, head, paged
from wallograph.publish.page_thing import Identifier, identifiers
from wallograph.publish.page_values import Statements
from wallograph.vocab import (
    CLASSIFICATION,
    CONTAINED_IN,
    LABEL,
    LATITUDE,
    LONGITUDE,
    NIS_CODE,
    POSTCODE,
    PROJECT_KIND,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlaceCount:
    """A place, its kind, and how many organisations are there."""

    place: Named
    kind: str
    count: int
    inside: tuple["PlaceCount", ...] = ()


@dataclass(frozen=True, slots=True)
class PlacePage:
    """All that the page of a place shows."""

    head: Head
    kinds: tuple[Named, ...]
    above: tuple[Named, ...]
    names: tuple[tuple[str, str], ...]
    nis: str
    postcodes: tuple[str, ...]
    coordinates: tuple[str, str] | None
    inside: tuple[PlaceCount, ...]
    actors: Paged[Named]
    actor_kinds: tuple[tuple[Named, str, int], ...]
    groups: tuple[LinkGroup, ...]
    identifiers: tuple[Identifier, ...]


def place_view(graph: PageGraph, iri: str, lang: str, number: int) -> PlacePage:
    """Gather the page of a place."""
    said = Statements(graph, graph.stated(iri), lang)
    lat, lon = said.texts(LATITUDE), said.texts(LONGITUDE)
    labels = [(o.language or "", o.value) for o in graph.objects(iri, LABEL)]
    actors = actors_in(graph, iri, lang)
    return PlacePage(
        head=head(graph, iri, lang, "type-place", (("nav-places", "/places"),)),
        kinds=tuple(s.value for s in said.values(PROJECT_KIND)),
        above=_above(graph, iri, lang),
        names=tuple(sorted(labels)) if len({text for _, text in labels}) > 1 else (),
        nis=next(iter(said.texts(NIS_CODE)), ""),
        postcodes=tuple(said.texts(POSTCODE)),
        coordinates=(lat[0], lon[0]) if lat and lon else None,
        inside=_inside(graph, iri, lang),
        actors=paged(actors, number),
        actor_kinds=_kinds_of(graph, actors, lang),
        groups=link_groups(graph, iri, lang),
        identifiers=identifiers(said),
    )


def _above(graph: PageGraph, iri: str, lang: str) -> tuple[Named, ...]:
    """The places around a place, nearest first; stops at a place that it has seen."""
    found: list[str] = []
    at = [iri]
    while at:
        around = [o.value for place in at for o in graph.objects(place, CONTAINED_IN)]
        at = [place for place in dict.fromkeys(around) if place not in found and place != iri]
        found += at
    return tuple(graph.named(place, lang) for place in found)


def place_counts(graph: PageGraph) -> dict[str, int]:
    """Organisations by municipality and province, for the whole release."""
    return graph.lasting(
        "place_counts",
        lambda: {row["place"].value: int(row["n"].value) for row in graph.rows("place_counts")},
    )


def _inside(graph: PageGraph, iri: str, lang: str) -> tuple[PlaceCount, ...]:
    counts = place_counts(graph)
    found = [
        PlaceCount(graph.named(place, lang), graph.notation(row["kind"].value), counts.get(place, 0))
        for row in graph.rows("places_inside", this=iri)
        if (place := row["place"].value)
    ]
    return tuple(sorted(found, key=lambda p: (p.kind, sort_key(p.place.text))))


def actors_in(graph: PageGraph, iri: str, lang: str) -> Sequence[Named]:
    """The organisations of a place, by name."""
    things = dict.fromkeys(row["thing"].value for row in graph.rows("in_place", place=iri))
    named = [graph.named(thing, lang, kind=True) for thing in things]
    return sorted(named, key=lambda n: sort_key(n.text))


def _kinds_of(graph: PageGraph, actors: Sequence[Named], lang: str) -> tuple[tuple[Named, str, int], ...]:
    """The kinds of these organisations with their code and number, the most frequent first."""
    counts = Counter(o.value for actor in actors for o in graph.objects(actor.iri, CLASSIFICATION))
    found = [(graph.named(kind, lang), graph.notation(kind), n) for kind, n in counts.items()]
    return tuple(sorted(found, key=lambda one: (-one[2], sort_key(one[0].text))))


def towns(graph: PageGraph, lang: str) -> tuple[PlaceCount, ...]:
    """The municipalities with organisations, those with the most first."""
    found = [town for province in places_view(graph, lang) for town in province.inside if town.count]
    return tuple(sorted(found, key=lambda town: (-town.count, sort_key(town.place.text))))


def places_view(graph: PageGraph, lang: str) -> tuple[PlaceCount, ...]:
    """The provinces with their municipalities, in which organisations are counted."""
    counts = place_counts(graph)
    kinds: dict[str, str] = {}
    within: dict[str, str] = {}
    for row in graph.lasting("places", lambda: graph.rows("places")):
        place = row["place"].value
        kinds[place] = graph.notation(row["kind"].value)
        if row.get("within"):
            within[place] = row["within"].value
    of_province: dict[str, list[PlaceCount]] = {}
    for place, kind in kinds.items():
        province = _province(place, within, kinds)
        if kind == "municipality" and province:
            one = PlaceCount(graph.named(place, lang), kind, counts.get(place, 0))
            of_province.setdefault(province, []).append(one)
    provinces = [
        PlaceCount(graph.named(p, lang), "province", counts.get(p, 0),
                   tuple(sorted(inside, key=lambda c: sort_key(c.place.text))))
        for p, inside in of_province.items()
    ]  # fmt: skip
    return tuple(sorted(provinces, key=lambda p: sort_key(p.place.text)))


def _province(place: str, within: dict[str, str], kinds: dict[str, str]) -> str:
    for _ in range(8):  # municipality, arrondissement, province: eight steps are more than any register has
        place = within.get(place, "")
        if kinds.get(place) == "province":
            return place
    return ""
