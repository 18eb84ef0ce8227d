"""Lists to browse: kinds of organisation, organisations of a kind, themes, projects, code lists.

In: the graph. Out: names with counts. Kinds are counted as stated: an organisation may be counted under
several.
"""

from dataclasses import dataclass

from wallograph.publish.labels import Named, sort_key
from wallograph.publish.page_concept import text_of, use_counts
from wallograph.publish.page_graph import PageGraph
from wallograph.publish.page_head import Paged, paged
from wallograph.vocab import SKOS


@dataclass(frozen=True, slots=True)
class KindCount:
    """A code-list entry and how many things have it."""

    kind: Named
    code: str
    count: int
    definition: Named | None = None


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """A project in a list."""

    thing: Named
    kinds: tuple[str, ...]
    years: str


@dataclass(frozen=True, slots=True)
class PlacedActor:
    """An organisation in a list, with its municipality."""

    thing: Named
    place: Named | None


def kind_counts(graph: PageGraph, scheme: str, lang: str) -> tuple[KindCount, ...]:
    """The entries of a code list that something has, the most used first."""
    start = graph.code(scheme, "")
    found = [
        KindCount(graph.named(iri, lang), graph.notation(iri), count, text_of(graph, iri, lang, SKOS + "definition"))
        for iri, count in use_counts(graph).items()
        if iri.startswith(start)
    ]
    return tuple(sorted(found, key=lambda k: (-k.count, sort_key(k.kind.text))))


def actors_of_kind(graph: PageGraph, code: str, lang: str, number: int) -> tuple[KindCount, Paged[PlacedActor]]:
    """The organisations of a kind, by name."""
    kind = graph.code("actor-kind", code)
    placed: dict[str, str] = {}
    for row in graph.rows("of_kind", kind=kind):
        placed.setdefault(row["thing"].value, row["place"].value if row.get("place") else "")
    named = sorted((graph.named(thing, lang) for thing in placed), key=lambda n: sort_key(n.text))
    cut = paged(named, number)
    actors = [PlacedActor(n, graph.named(p, lang) if (p := placed[n.iri]) else None) for n in cut.items]
    about = KindCount(graph.named(kind, lang), code, len(placed), text_of(graph, kind, lang, SKOS + "definition"))
    return about, Paged(actors, cut.total, cut.number, cut.pages)


def projects_of_kind(graph: PageGraph, code: str, lang: str, number: int) -> Paged[ProjectLine]:
    """Projects by name; `code` is a kind of project or "" for all."""
    kinds: dict[str, set[str]] = {}
    years: dict[str, str] = {}
    for row in graph.lasting("projects", lambda: graph.rows("projects")):
        thing = row["thing"].value
        if row.get("kind"):
            kinds.setdefault(thing, set()).add(row["kind"].value)
        start, end = (row[key].value if row.get(key) else "" for key in ("start", "end"))
        period = f"{start}–{end}" if start and end and start != end else start or end
        years[thing] = min(filter(None, (years.get(thing), period)), default="")
    wanted = graph.code("project-kind", code)
    things = [thing for thing in years if not code or wanted in kinds.get(thing, ())]
    named = sorted((graph.named(thing, lang) for thing in things), key=lambda n: sort_key(n.text))
    cut = paged(named, number)
    lines = [
        ProjectLine(n, tuple(sorted(graph.named(k, lang).text for k in kinds.get(n.iri, ()))), years[n.iri])
        for n in cut.items
    ]
    return Paged(lines, cut.total, cut.number, cut.pages)


def events(graph: PageGraph, lang: str) -> tuple[Named, ...]:
    """All events, by name."""
    found = {row["thing"].value for row in graph.rows("events")}
    return tuple(sorted((graph.named(thing, lang) for thing in found), key=lambda n: sort_key(n.text)))


def code_lists(graph: PageGraph, lang: str) -> tuple[tuple[Named, int], ...]:
    """The code lists with the number of their entries."""
    found = [(graph.named(row["scheme"].value, lang), int(row["n"].value)) for row in graph.rows("schemes")]
    return tuple(sorted(found, key=lambda pair: sort_key(pair[0].text)))
