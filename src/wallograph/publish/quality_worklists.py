"""Worklists: what somebody can mend, as lists with a stable name.

In: the name of a field, a rule or a code of the reading, and what to select. Out: the things that have no value for
the field, or about which the rule found something, by name, each with the sources that speak of it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from pyoxigraph import DefaultGraph, NamedNode

from wallograph.errors import InputError, NotFound
from wallograph.iris import thing
from wallograph.publish.labels import Named, sort_key
from wallograph.publish.page_graph import PageGraph
from wallograph.publish.page_source import all_sources
from wallograph.publish.page_sources import SourceRef
from wallograph.publish.page_values import Stated, sources_of
from wallograph.publish.quality import CONCEPTS, Quality, rule_named
from wallograph.publish.quality_warnings import Warned, warned
from wallograph.vocab import (
    CLASSIFICATION,
    DEFAULT_BASE,
    EVENT,
    ORGANIZATION,
    PROJECT,
    PROJECT_KIND,
    RELATIONS,
    TYPE,
)  # fmt: skip

_CLASSES: Final = {"actor": ORGANIZATION, "project": PROJECT, "event": EVENT}
_KIND_SCHEMES: Final = (("actor-kind", CLASSIFICATION), ("project-kind", PROJECT_KIND))
_PART_OF: Final = RELATIONS["part-of"]
_SPEAKS: Final = ("stated", "proposal", "register", "read")


@dataclass(frozen=True, slots=True)
class Selection:
    """What a list is narrowed to: a kind, a source (its key or its publisher), the units below an organisation.

    `things` are the IRIs that are left; None when nothing was asked for.
    """

    kind: str = ""
    source: str = ""
    part_of: str = ""
    kind_named: Named | None = None
    source_named: str = ""
    part_of_named: Named | None = None
    things: frozenset[str] | None = None

    def admits(self, iri: str) -> bool:
        return self.things is None or iri in self.things


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list. `message` and `where` are of findings of the reading, which are about a row of a table."""

    thing: Named
    sources: tuple[SourceRef, ...] = ()
    property: Named | None = None
    values: tuple[Stated, ...] = ()
    message: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A list in the index. `family` is field, rule or reading; `rule` names a rule."""

    key: str
    family: str
    count: int
    rule: Named | None = None


@dataclass(frozen=True, slots=True)
class Worklist:
    """A list, and how to make a line of it: names are looked up for the lines that are shown."""

    entry: Entry
    items: tuple[object, ...]
    row: Callable[[object], Row]


def select(graph: PageGraph, lang: str, *, kind: str, source: str, part_of: str) -> Selection:
    """What was asked for; InputError for a kind, source or organisation that this release does not have."""
    sets: list[set[str]] = []
    kind_named = part_of_named = None
    source_named = ""
    if kind:
        kind_named, found = _of_kind(graph, kind, lang)
        sets.append(found)
    if source:
        source_named, found = _of_source(graph, source)
        sets.append(found)
    if part_of:
        part_of_named, found = _below(graph, part_of, lang)
        sets.append(found)
    things = frozenset(set.intersection(*sets)) if sets else None
    return Selection(kind, source, part_of, kind_named, source_named, part_of_named, things)


def _subjects(graph: PageGraph, predicate: str, value: str | None) -> set[str]:
    node = NamedNode(value) if value else None
    found = graph.store.quads(None, graph.node(predicate), node, DefaultGraph())
    return {quad.subject.value for quad in found if isinstance(quad.subject, NamedNode)}


def _of_kind(graph: PageGraph, kind: str, lang: str) -> tuple[Named | None, set[str]]:
    if kind in CONCEPTS:
        return None, _things(graph, kind)
    for scheme, predicate in _KIND_SCHEMES:
        iri = graph.code(scheme, kind)
        if graph.iri_like(iri) and graph.known(iri):
            return graph.named(iri, lang), _subjects(graph, predicate, iri)
    raise InputError(f"kind={kind!r}: there is no such kind; the lists of kinds are actor-kind and project-kind")


def _of_source(graph: PageGraph, source: str) -> tuple[str, set[str]]:
    iri = f"{graph.base}/id/source/{source}"
    keys = [iri] if graph.iri_like(iri) and graph.known(iri) else []
    keys = keys or [line.iri for line in all_sources(graph) if line.publisher == source]
    if not keys:
        raise InputError(f"source={source!r}: there is no source with this key or publisher; see /sources")
    found = {
        quad.subject.value for key in keys for quad in graph.store.quads(None, None, None, NamedNode(key))
    }  # fmt: skip
    name = graph.source(iri).publisher or graph.source(iri).label if keys == [iri] else source
    return name or source, found


def _below(graph: PageGraph, reference: str, lang: str) -> tuple[Named, set[str]]:
    """The parts of an organisation, and theirs, over any number of steps."""
    try:
        top = thing("actor", reference, graph.base)
    except ValueError:
        top = ""
    if not top or not graph.known(top):
        raise InputError(f"part-of={reference!r}: there is no organisation with this reference")
    found: set[str] = set()
    waiting = [top]
    while waiting:
        parts = _subjects(graph, _PART_OF, waiting.pop()) - found
        found |= parts
        waiting += parts
    return graph.named(top, lang), found


def _things(graph: PageGraph, concept: str) -> set[str]:
    ours = f"{graph.base}/id/"
    return graph.once(
        ("quality-things", concept),
        lambda: {iri for iri in _subjects(graph, TYPE, _CLASSES[concept]) if iri.startswith(ours)},
    )


def _missing(graph: PageGraph, quality: Quality, key: str) -> set[str]:
    """The things without a value for a field, looked up once."""

    def make() -> set[str]:
        everything = set[str]().union(*(_things(graph, concept) for concept in quality.concepts(key)))
        return everything.difference(*(_subjects(graph, iri, None) for iri in quality.properties(key)))

    return graph.once(("quality-missing", key), make)


def entries(graph: PageGraph, quality: Quality, selection: Selection, lang: str) -> tuple[Entry, ...]:
    """All lists with the number of their lines: fields, then rules, then codes of the reading."""
    keys = [field["key"] for field in quality.measured["fields"]]
    found = [_entry(graph, quality, key, selection, lang) for key in keys]
    rules = sorted({graph.notation(w["shape"]) for w in quality.measured["warnings"]})
    found += [_entry(graph, quality, key, selection, lang) for key in rules]
    if selection.things is None:  # rows of tables are no things, nothing can be selected among them
        codes = sorted({finding["code"] for finding in quality.findings})
        found += [_entry(graph, quality, key, selection, lang) for key in codes]
    return tuple(found)


def _entry(graph: PageGraph, quality: Quality, key: str, selection: Selection, lang: str) -> Entry:
    return worklist(graph, quality, key, selection, lang).entry


def worklist(graph: PageGraph, quality: Quality, key: str, selection: Selection, lang: str) -> Worklist:
    """A list by name; NotFound when no field, rule or finding has it."""
    if quality.properties(key):
        missing = _missing(graph, quality, key)
        left = missing if selection.things is None else missing & selection.things
        return Worklist(Entry(key, "field", len(left)), tuple(left), lambda iri: _missing_row(graph, str(iri), lang))
    shape = graph.own(f"{DEFAULT_BASE}/ns/shapes#{key}")
    if key and key.isalnum() and (_is_rule(graph, shape) or _has_warnings(graph, quality, key)):
        found = warned(graph, quality, lang, key)
        rows = tuple(one for one in found if selection.admits(one.thing.iri))
        return Worklist(Entry(key, "rule", len(rows), rule_named(graph, shape, lang)), rows, _warned_row)
    told = tuple(finding for finding in quality.findings if finding["code"] == key)
    if told or key in quality.codes:
        if selection.things is not None:
            raise InputError(f"{key!r} lists rows of tables, not things: kind, source and part-of do not apply to it")
        return Worklist(Entry(key, "reading", len(told)), told, lambda one: _told_row(one, lang))
    raise NotFound(f"there is no worklist {key!r}; /quality/worklists has all of them")


def _is_rule(graph: PageGraph, shape: str) -> bool:
    return bool(graph.store.quads(NamedNode(shape), None, None, NamedNode(f"{graph.base}/id/source/shapes")))


def _has_warnings(graph: PageGraph, quality: Quality, key: str) -> bool:
    return any(graph.notation(warning["shape"]) == key for warning in quality.measured["warnings"])


def in_order(graph: PageGraph, found: Worklist, lang: str) -> tuple[object, ...]:
    """The items by the name of the thing."""
    if found.entry.family == "field":
        return tuple(sorted(found.items, key=lambda iri: (sort_key(graph.named(str(iri), lang).text), str(iri))))
    if found.entry.family == "rule":
        return tuple(sorted(found.items, key=lambda one: sort_key(_warned_row(one).thing.text)))
    return found.items


def _missing_row(graph: PageGraph, iri: str, lang: str) -> Row:
    return Row(graph.named(iri, lang, kind=True), speakers(graph, iri))


def speakers(graph: PageGraph, iri: str) -> tuple[SourceRef, ...]:
    """The pages and registers that say something of a thing."""
    sources = sources_of(graph, {quad.graph_name.value for quad in graph.stated(iri)})
    return tuple(source for source in sources if source.role in _SPEAKS)


def _warned_row(one: object) -> Row:
    assert isinstance(one, Warned)
    sources = {source.iri: source for value in one.values for source in value.sources}
    return Row(one.thing, tuple(sources.values()), one.property, one.values)


def _told_row(one: object, lang: str) -> Row:
    assert isinstance(one, dict)
    where = f"{one['file']}:{one['line']}" if one.get("file") and one.get("line") else one.get("file") or ""
    where += f" [{one['field']}]" if where and one.get("field") else ""
    messages = one.get("messages") or {}
    return Row(Named("", one["subject"]), message=messages.get(lang) or messages.get("en", ""), where=where)
