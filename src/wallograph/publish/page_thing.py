"""The page of an organisation, a project or an event.

In: the graph, an IRI and a language. Out: what it is, its values with who states them, its links in both
directions, its identifiers elsewhere, and units of other universities on the same themes.
"""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from wallograph.publish.labels import Named, sort_key
from wallograph.publish.links import LinkGroup, link_groups
from wallograph.publish.page_figures import Figure, all_figures
from wallograph.publish.page_graph import PageGraph, safe_href
from wallograph.publish.page_head import Head, head
from wallograph.publish.page_sources import SourceRef
from wallograph.publish.page_values import DatedTable, Field, Stated, Statements, dated_tables
from wallograph.vocab import (
    ACRONYM,
    ALTERNATE_NAME,
    BUDGET,
    CLASSIFICATION,
    CLIENTS_ABROAD,
    DESCRIPTION,
    EMPLOYEES,
    END_DATE,
    ENTERPRISE_NUMBER,
    ESTABLISHMENT_NUMBER,
    FOUNDING_DATE,
    HOMEPAGE,
    ISNI,
    KEYWORDS,
    MARKET,
    MUNICIPALITY,
    NAME,
    PLACE,
    PROJECT_KIND,
    PROVINCE,
    RESEARCHERS,
    ROR_ID,
    SAME_AS,
    START_DATE,
    STATUS,
    SUBJECT,
    VAT_ID,
)  # fmt: skip

# concept -> (message key, property, shown as "not recorded" when empty)
_FIELDS: Final = {
    "actor": (
        ("place", PLACE, True), ("municipality", MUNICIPALITY, False), ("province", PROVINCE, False),
        ("founded", FOUNDING_DATE, True), ("market", MARKET, False), ("clients-abroad", CLIENTS_ABROAD, False),
        ("homepage", HOMEPAGE, True),
    ),
    "project": (("start", START_DATE, True), ("end", END_DATE, True), ("homepage", HOMEPAGE, True)),
    "event": (("start", START_DATE, True), ("place", PLACE, True), ("homepage", HOMEPAGE, True)),
}  # fmt: skip
_DATED: Final = {EMPLOYEES: "employees", RESEARCHERS: "researchers", STATUS: "status", BUDGET: "budget"}
_NUMBERS: Final = (
    ("ror", ROR_ID, "https://ror.org/{}"), ("isni", ISNI, "https://isni.org/isni/{}"),
    ("enterprise-number", ENTERPRISE_NUMBER, ""), ("establishment-number", ESTABLISHMENT_NUMBER, ""),
    ("vat", VAT_ID, ""),
)  # fmt: skip
_HOSTS: Final = {
    "www.wikidata.org": "Wikidata", "wikidata.org": "Wikidata", "ror.org": "ROR", "isni.org": "ISNI",
    "sws.geonames.org": "GeoNames", "www.geonames.org": "GeoNames", "org.belgif.be": "org.belgif.be",
    "vocab.belgif.be": "vocab.belgif.be", "www.grid.ac": "GRID", "data4wallonia.com": "data4wallonia.com",
}  # fmt: skip
_RELATED_LIMIT: Final = 12


@dataclass(frozen=True, slots=True)
class Identifier:
    """An identifier elsewhere: a message key or a host name, the text, and an address if there is one."""

    key: str
    host: str
    text: str
    href: str | None
    sources: tuple[SourceRef, ...]
    predicate: str = ""
    term: str = ""


@dataclass(frozen=True, slots=True)
class Related:
    """A unit elsewhere on the same themes."""

    thing: Named
    university: Named | None
    themes: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class ThingPage:
    """All that the page of an organisation, a project or an event shows."""

    head: Head
    kinds: tuple[Stated, ...]
    descriptions: tuple[Stated, ...]
    names: tuple[Stated, ...]
    fields: tuple[Field, ...]
    dated: tuple[DatedTable, ...]
    themes: tuple[Stated, ...]
    keywords: tuple[Stated, ...]
    identifiers: tuple[Identifier, ...]
    groups: tuple[LinkGroup, ...]
    related: tuple[Related, ...]
    figures: tuple[Figure, ...]
    conflicts: tuple[str, ...]
    sources: tuple[SourceRef, ...]

    @property
    def unrecorded(self) -> tuple[str, ...]:
        """The message keys of what is expected of such a thing, and no source states."""
        return tuple(field.key for field in self.fields if not field.values)

    @property
    def link_count(self) -> int:
        return sum(group.total for group in self.groups)


def thing_view(graph: PageGraph, iri: str, concept: str, lang: str) -> ThingPage:
    """Gather the page of a thing."""
    quads = graph.stated(iri)
    said = Statements(graph, quads, lang)
    top = head(graph, iri, lang, f"type-{concept}", _crumbs(concept))
    groups = link_groups(graph, iri, lang)
    fields = _fields(said, concept)
    dated = dated_tables(graph, iri, _DATED, lang)
    used = {q.graph_name.value for q in quads} | {s.iri for g in groups for link in g.links for s in link.sources}
    return ThingPage(
        head=top,
        kinds=said.values(CLASSIFICATION) if concept == "actor" else said.values(PROJECT_KIND),
        descriptions=said.values(DESCRIPTION),
        names=_names(said, top.name.text),
        fields=fields,
        dated=dated,
        themes=said.values(SUBJECT),
        keywords=said.values(KEYWORDS),
        identifiers=identifiers(said),
        groups=groups,
        related=_related(graph, iri, lang) if concept == "actor" else (),
        figures=tuple(f for f in all_figures(graph, lang) if f.about and f.about.iri == iri),
        conflicts=tuple(f.key for f in fields if f.conflict) + tuple(t.key for t in dated if t.conflict),
        sources=tuple(sorted((graph.source(g) for g in used), key=lambda s: s.rank)),
    )


def _fields(said: Statements, concept: str) -> tuple[Field, ...]:
    """The properties in a few words; a municipality that only repeats the stated place is left out."""
    fields = [
        found for key, predicate, always in _FIELDS[concept] if (found := said.field(key, predicate)).values or always
    ]
    places = {v.value.iri for field in fields if field.key == "place" for v in field.values}
    return tuple(f for f in fields if f.key != "municipality" or any(v.value.iri not in places for v in f.values))


def _crumbs(concept: str) -> tuple[tuple[str, str], ...]:
    return {"actor": (("nav-actors", "/kinds"),), "project": (("nav-projects", "/projects"),)}.get(concept, ())


def _names(said: Statements, label: str) -> tuple[Stated, ...]:
    """Spellings, other names and acronyms; the label itself only says who else spells it so."""
    found = (*said.values(NAME), *said.values(ALTERNATE_NAME), *said.values(ACRONYM))
    seen: dict[str, Stated] = {}
    for stated in found:
        if stated.value.text != label:
            seen.setdefault(stated.value.text, stated)
    return tuple(seen.values())


def grouped_number(number: str) -> str:
    """An enterprise or establishment number as people write it.

    >>> grouped_number("0417497106"), grouped_number("2123456789")
    ('0417.497.106', '2.123.456.789')
    """
    if len(number) != 10 or not number.isdigit():
        return number
    if number[0] == "2":
        return f"{number[0]}.{number[1:4]}.{number[4:7]}.{number[7:]}"
    return f"{number[:4]}.{number[4:7]}.{number[7:]}"


def identifiers(said: Statements) -> tuple[Identifier, ...]:
    """Identifiers elsewhere: numbers of authorities first, then the other IRIs of the thing."""
    same = list(said.values(SAME_AS))
    found = []
    for key, predicate, pattern in _NUMBERS:
        for stated in said.values(predicate):
            number = stated.value.text
            covered = [s for s in same if number.casefold() in s.value.iri.casefold()]
            same = [s for s in same if s not in covered]
            href = safe_href(pattern.format(number)) if pattern else None
            href = href or next((safe_href(s.value.iri) for s in covered), None)
            text = grouped_number(number) if "number" in key else number
            found.append(Identifier(key, "", text, href, stated.sources, stated.predicate, stated.term))
    for stated in same:
        iri = stated.value.iri
        host = urlsplit(iri).hostname or ""
        text = iri.rstrip("/").rsplit("/", 1)[-1]
        host = _HOSTS.get(host, host)
        found.append(Identifier("", host, text, safe_href(iri), stated.sources, stated.predicate, stated.term))
    return tuple(found)


def universities_of(graph: PageGraph) -> dict[str, frozenset[str]]:
    """unit -> the universities above it, for the whole release."""

    def make() -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for row in graph.rows("universities"):
            found.setdefault(row["unit"].value, set()).add(row["university"].value)
        return {unit: frozenset(above) for unit, above in found.items()}

    return graph.lasting("universities", make)


def _related(graph: PageGraph, iri: str, lang: str) -> tuple[Related, ...]:
    """Units of other universities that share themes with this unit; nothing for what is in no university."""
    above = universities_of(graph)
    mine = above.get(iri)
    if not mine:
        return ()
    shared: dict[str, set[str]] = {}
    for row in graph.rows("same_theme", this=iri):
        other = row["other"].value
        if not mine & above.get(other, frozenset()) and above.get(other):
            shared.setdefault(other, set()).add(row["theme"].value)
    related = [
        Related(
            graph.named(other, lang),
            graph.named(min(above[other]), lang),
            tuple(sorted((graph.named(theme, lang) for theme in themes), key=lambda n: sort_key(n.text))),
        )
        for other, themes in shared.items()
    ]
    related.sort(key=lambda r: (-len(r.themes), sort_key(r.thing.text)))
    return tuple(related[:_RELATED_LIMIT])
