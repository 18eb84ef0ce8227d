"""The pages of code lists, their entries, themes, and of the vocabulary.

In: the graph and an IRI. Out: labels in all languages, definition, neighbours, matches, and what uses
the entry; for a theme also its organisations by kind and its units by university.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Final

from pyoxigraph import Literal, NamedNode

from wallograph.publish.labels import Named, choose, sort_key
from wallograph.publish.page_graph import PageGraph
from wallograph.publish.page_head import Head, Paged, head, paged
from wallograph.publish.page_thing import universities_of
from wallograph.vocab import LANGUAGES, ORGANIZATION, PROJECT, RDFS, SKOS

_MATCHES: Final = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
_UNIT_KINDS: Final = frozenset({"research-unit", "research-centre", "institute", "faculty"})
_FIRST_KINDS: Final = ("startup", "scaleup", "spin-off", "company")  # what a theme is mostly asked for


@dataclass(frozen=True, slots=True)
class Group:
    """Things under a heading; a heading of None collects the rest."""

    heading: Named | None
    things: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class ConceptPage:
    """All that the page of a code-list entry shows."""

    head: Head
    notation: str
    scheme: Named | None
    definition: Named | None
    labels: tuple[tuple[str, str], ...]
    alternates: tuple[Named, ...]
    broader: tuple[Named, ...]
    narrower: tuple[Named, ...]
    related: tuple[Named, ...]
    matches: tuple[tuple[str, Named], ...]
    by_kind: tuple[Group, ...]
    by_university: tuple[Group, ...]
    used: Paged[Named] | None
    actor_count: int = 0
    project_count: int = 0


@dataclass(frozen=True, slots=True)
class TreeNode:
    """An entry of a code list with those below it."""

    concept: Named
    notation: str
    count: int
    below: tuple["TreeNode", ...]


@dataclass(frozen=True, slots=True)
class SchemePage:
    """All that the page of a code list shows."""

    head: Head
    definition: Named | None
    tree: tuple[TreeNode, ...]
    total: int


def text_of(graph: PageGraph, iri: str, lang: str, *predicates: str) -> Named | None:
    """The first text that one of the properties gives, in the visitor's language."""
    for predicate in predicates:
        found = [(o.value, o.language or "") for o in graph.objects(iri, predicate) if isinstance(o, Literal)]
        if label := choose(found, lang):
            return Named("", label.text, label.lang, label.fallback)
    return None


def neighbours(graph: PageGraph, iri: str, predicate: str, lang: str) -> tuple[Named, ...]:
    """The things that a property names, by label."""
    found = (graph.named(o.value, lang) for o in graph.objects(iri, predicate) if isinstance(o, NamedNode))
    return tuple(sorted(found, key=lambda n: sort_key(n.text)))


def concept_view(graph: PageGraph, iri: str, lang: str, number: int) -> ConceptPage:
    """Gather the page of a code-list entry."""
    scheme = next(iter(neighbours(graph, iri, SKOS + "inScheme", lang)), None)
    code = graph.notation(scheme.iri) if scheme else ""
    theme = code == "theme"
    by_kind, by_university, things, projects = _on_theme(graph, iri, lang) if theme else ((), (), 0, 0)
    labels = {o.language or "": o.value for o in graph.objects(iri, SKOS + "prefLabel")}
    crumbs = (("nav-themes", "/themes"),) if theme else (("nav-code-lists", "/code-lists"),)
    return ConceptPage(
        head=head(graph, iri, lang, "type-theme" if theme else "type-concept", crumbs),
        notation=next((o.value for o in graph.objects(iri, SKOS + "notation")), graph.notation(iri)),
        scheme=scheme,
        definition=text_of(graph, iri, lang, SKOS + "definition", SKOS + "scopeNote", RDFS + "comment"),
        labels=tuple((tag, labels[tag]) for tag in LANGUAGES if tag in labels),
        alternates=tuple(Named("", o.value, o.language or "") for o in graph.objects(iri, SKOS + "altLabel")),
        broader=neighbours(graph, iri, SKOS + "broader", lang),
        narrower=neighbours(graph, iri, SKOS + "narrower", lang),
        related=neighbours(graph, iri, SKOS + "related", lang),
        matches=tuple((m, n) for m in _MATCHES for n in neighbours(graph, iri, SKOS + m, lang)),
        by_kind=by_kind,
        by_university=by_university,
        used=None if theme else paged(_used(graph, iri, lang), number),
        actor_count=things,
        project_count=projects,
    )


def _used(graph: PageGraph, iri: str, lang: str) -> list[Named]:
    things = dict.fromkeys(row["thing"].value for row in graph.rows("used_by", this=iri))
    own = [thing for thing in things if thing.startswith(graph.base + "/id/")]
    return sorted((graph.named(thing, lang, kind=True) for thing in own), key=lambda n: sort_key(n.text))


def _on_theme(graph: PageGraph, iri: str, lang: str) -> tuple[tuple[Group, ...], tuple[Group, ...], int, int]:
    """Organisations by kind (each under all of its kinds), units by university; how many, and how many projects."""
    kinds: dict[str, set[str]] = {}
    projects: set[str] = set()
    units: set[str] = set()
    actors: set[str] = set()
    for row in graph.rows("on_theme", theme=iri):
        thing = row["thing"].value
        if row["class"].value == PROJECT:
            projects.add(thing)
        elif row["class"].value == ORGANIZATION:
            actors.add(thing)
            kind = row["kind"].value if row.get("kind") else ""
            if graph.notation(kind) in _UNIT_KINDS:
                units.add(thing)
            else:
                kinds.setdefault(kind, set()).add(thing)
    above = universities_of(graph)
    of_university: dict[str, set[str]] = {}
    for unit in units:
        for university in above.get(unit) or {""}:
            of_university.setdefault(university, set()).add(unit)
    by_kind = sorted(_groups(graph, kinds, lang, lambda found: -len(found)), key=partial(_place, graph))
    if projects:
        by_kind.append(Group(graph.named(graph.own(PROJECT), lang), _by_name(graph, projects, lang)))
    universities = tuple(_groups(graph, of_university, lang, lambda found: -len(found)))
    return tuple(by_kind), universities, len(actors), len(projects)


def _place(graph: PageGraph, group: Group) -> int:
    """Young companies first."""
    code = graph.notation(group.heading.iri) if group.heading else ""
    return _FIRST_KINDS.index(code) if code in _FIRST_KINDS else len(_FIRST_KINDS)


def _by_name(graph: PageGraph, things: Iterable[str], lang: str) -> tuple[Named, ...]:
    return tuple(sorted((graph.named(thing, lang) for thing in things), key=lambda n: sort_key(n.text)))


def _groups(
    graph: PageGraph, found: dict[str, set[str]], lang: str, order: Callable[[set[str]], int]
) -> Iterable[Group]:
    for key, things in sorted(found.items(), key=lambda pair: (not pair[0], order(pair[1]), pair[0])):
        yield Group(graph.named(key, lang) if key else None, _by_name(graph, things, lang))


def scheme_view(graph: PageGraph, iri: str, lang: str) -> SchemePage:
    """Gather the page of a code list."""
    tree, total = concept_tree(graph, iri, lang)
    return SchemePage(
        head=head(graph, iri, lang, "type-scheme", (("nav-code-lists", "/code-lists"),)),
        definition=text_of(graph, iri, lang, SKOS + "definition", RDFS + "comment",
                           "http://purl.org/dc/terms/description"),
        tree=tree,
        total=total,
    )  # fmt: skip


def concept_tree(graph: PageGraph, scheme: str, lang: str) -> tuple[tuple[TreeNode, ...], int]:
    """The entries of a code list as a tree, and their number; an entry under two others stands twice."""
    broader: dict[str, set[str]] = {}
    for row in graph.rows("scheme", scheme=scheme):
        above = broader.setdefault(row["concept"].value, set())
        if row.get("broader"):
            above.add(row["broader"].value)
    below: dict[str, list[str]] = {}
    for concept, above in broader.items():
        for parent in above & broader.keys() or {""}:
            below.setdefault(parent, []).append(concept)
    counts = use_counts(graph)

    def node(iri: str, path: frozenset[str]) -> TreeNode:
        children = [node(child, path | {iri}) for child in below.get(iri, []) if child not in path]
        children.sort(key=lambda n: sort_key(n.concept.text))
        return TreeNode(graph.named(iri, lang), graph.notation(iri), counts.get(iri, 0), tuple(children))

    roots = [node(iri, frozenset()) for iri in below.get("", [])]
    return tuple(sorted(roots, key=lambda n: sort_key(n.concept.text))), len(broader)


def use_counts(graph: PageGraph) -> dict[str, int]:
    """How many things have a theme, a kind of organisation or of project, or how many pairs a relation links."""

    def make() -> dict[str, int]:
        queries = {"theme_counts": "theme", "kind_counts": "kind", "project_kind_counts": "kind",
                   "relation_counts": "kind"}  # fmt: skip
        return {row[name].value: int(row["n"].value) for query, name in queries.items() for row in graph.rows(query)}

    return graph.lasting("use_counts", make)
