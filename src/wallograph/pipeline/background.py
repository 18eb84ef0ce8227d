"""What is published already, asked thing by thing: of a release, or of the shipped data without any release.

In: the store and search index of a release, or the folders `data/` and `ontology/`. Out: quads and names, as many as
are asked for; a release is opened when it is first asked, so that a process may fork before.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Final, NamedTuple, Protocol

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad
from rapidfuzz import fuzz, process

from wallograph import vocab
from wallograph.ingest.ontology import read_ontology
from wallograph.ingest.places import Gazetteer, read_gazetteer
from wallograph.ingest.tables import read_rows
from wallograph.iris import slug, thing
from wallograph.link.names import key
from wallograph.pipeline.assemble import rebase_quads
from wallograph.release.state import Release
from wallograph.store.embedded import ReadStore
from wallograph.store.search import SearchIndex

CLASSES: Final = {"actor": vocab.ORGANIZATION, "project": vocab.PROJECT, "event": vocab.EVENT, "place": vocab.LOCATION}
_CANDIDATES: Final = 20


class Named(NamedTuple):
    """A thing with all its names; the first is the one that is shown."""

    iri: str
    names: tuple[str, ...]


class Background(Protocol):
    """What is published."""

    base: str

    @property
    def whole(self) -> bool:
        """Whether all that is published of a thing is known, so that something can be missing."""
        ...  # pragma: no cover

    def about(self, iris: Collection[str]) -> list[Quad]:
        """All that the sources say of these things."""
        ...  # pragma: no cover

    def sharing(self, predicate: str, value: Literal) -> list[str]:
        """The things that have this value too."""
        ...  # pragma: no cover

    def named(self, text: str) -> list[Named]:
        """Actors, projects and events with a name somehow like a text."""
        ...  # pragma: no cover

    def concepts(self) -> Iterable[Quad]:
        """The code lists."""
        ...  # pragma: no cover


class Published:
    """A release: its store and its search index."""

    whole = True

    def __init__(self, release: Release) -> None:
        self.base = release.base
        self._release = release
        private = (*release.manifest.get("private_graphs", ()),)
        self._private = frozenset(str(name) for name in private)

    @cached_property
    def _store(self) -> ReadStore:
        return ReadStore(self._release.store_path)

    @cached_property
    def _search(self) -> SearchIndex:
        return SearchIndex(self._release.search_path)

    def about(self, iris: Collection[str]) -> list[Quad]:
        return [quad for iri in iris for quad in self._public(self._store.quads(NamedNode(iri)))]

    def sharing(self, predicate: str, value: Literal) -> list[str]:
        found = self._store.quads(None, NamedNode(predicate), value, DefaultGraph())
        return sorted({quad.subject.value for quad in found if isinstance(quad.subject, NamedNode)})

    def named(self, text: str) -> list[Named]:
        return [
            Named(iri, names)
            for iri, concept, names in self._search.alike(text, _CANDIDATES)
            if concept in ("actor", "project", "event")
        ]

    def concepts(self) -> Iterable[Quad]:
        return self._store.quads(graph=NamedNode(thing("source", "code-lists", self.base)))

    def _public(self, quads: Iterable[Quad]) -> Iterator[Quad]:
        for quad in quads:
            graph = quad.graph_name
            if not isinstance(graph, DefaultGraph) and graph.value not in self._private:
                yield quad


class Shipped:
    """The shipped data, without a release: code lists, places, and actors by the registry and the tables."""

    whole = False

    def __init__(self, base: str, data: Path, ontology: Path) -> None:
        self.base = base
        self._data = data
        self._ontology = ontology

    def about(self, iris: Collection[str]) -> list[Quad]:
        return [quad for iri in iris for quad in self._quads.get(iri, ())]

    def sharing(self, predicate: str, value: Literal) -> list[str]:
        return sorted(self._values.get((predicate, value.value), ()))

    def named(self, text: str) -> list[Named]:
        near = process.extract(key(text), self._names.keys(), scorer=fuzz.token_sort_ratio, limit=_CANDIDATES)
        found = {iri: Named(iri, self._all[iri]) for name, _, _ in near for iri in self._names[name]}
        return list(found.values())

    def concepts(self) -> Iterable[Quad]:
        return (quad for quad in self._lists if quad.graph_name.value == thing("source", "code-lists", self.base))

    @cached_property
    def _lists(self) -> list[Quad]:
        return list(rebase_quads(read_ontology(self._ontology), self.base))

    @cached_property
    def _all(self) -> dict[str, tuple[str, ...]]:
        """The names of each thing, the one shown first."""
        names: dict[str, list[str]] = defaultdict(list)
        for iri, predicate, value in self._said:
            if predicate in (vocab.NAME, vocab.ALTERNATE_NAME, vocab.ACRONYM):
                names[iri].append(value)
        return {iri: tuple(dict.fromkeys(of)) for iri, of in names.items()}

    @cached_property
    def _names(self) -> dict[str, list[str]]:
        index: dict[str, list[str]] = defaultdict(list)
        for iri, names in self._all.items():
            for name in dict.fromkeys(map(key, names)):
                index[name].append(iri)
        return index

    @cached_property
    def _values(self) -> dict[tuple[str, str], set[str]]:
        index: dict[tuple[str, str], set[str]] = defaultdict(set)
        for iri, predicate, value in self._said:
            index[(predicate, value)].add(iri)
        return index

    @cached_property
    def _quads(self) -> dict[str, list[Quad]]:
        graph = NamedNode(thing("source", "shipped", self.base))
        quads: dict[str, list[Quad]] = defaultdict(list)
        for iri, predicate, value in dict.fromkeys(self._said):
            quads[iri].append(Quad(NamedNode(iri), NamedNode(predicate), Literal(value), graph))
        for iri, concept in self._concept.items():
            quads[iri].append(Quad(NamedNode(iri), NamedNode(vocab.TYPE), NamedNode(CLASSES[concept]), graph))
            for name in self._all.get(iri, ())[:1]:
                quads[iri].append(Quad(NamedNode(iri), NamedNode(vocab.LABEL), Literal(name), graph))
        for quad in place_quads(read_gazetteer(self._data / "sources"), self.base, graph):
            quads[quad.subject.value].append(quad)
        return quads

    @cached_property
    def _concept(self) -> dict[str, str]:
        rows = self._registry.values()
        return {thing(concept, reference, self.base): concept for concept, reference in rows}

    @cached_property
    def _registry(self) -> dict[str, tuple[str, str]]:
        rows = read_rows(self._data / "registry.csv")
        return {row["record"]: (row["concept"], row["reference"]) for row in rows}

    @cached_property
    def _said(self) -> list[tuple[str, str, str]]:
        """What the tables say: (thing, property, text)."""
        return [
            (thing(*self._registry[record], self.base), self._own(predicate), value)
            for record, predicate, value in _tables(self._data)
            if record in self._registry and value
        ]

    def _own(self, predicate: str) -> str:
        return predicate.replace(vocab.DEFAULT_BASE, self.base, 1)


def place_quads(gazetteer: Gazetteer, base: str, graph: NamedNode) -> Iterator[Quad]:
    """The places of the register: class and names."""
    for place in gazetteer.places.values():
        node = NamedNode(thing("place", place.reference, base))
        yield Quad(node, NamedNode(vocab.TYPE), NamedNode(vocab.LOCATION), graph)
        for lang, label in place.labels.items():
            yield Quad(node, NamedNode(vocab.LABEL), Literal(label, language=lang or None), graph)


def _tables(data: Path) -> Iterator[tuple[str, str, str]]:
    """Names and identifiers of the rows of all tables, by the keys of their records."""
    for file in sorted((data / "sources").glob("*/rows.csv")):
        table = file.parent.name
        for row in read_rows(file):
            cells = row.cells
            name = cells.get("name") or (cells.get("label_fr", "") if table == "fedict" else "")
            last = (cells.get("ror_id") or cells.get("uri") or "").rpartition("/")[2]
            record = f"{table}/{last if table in ('ror', 'fedict') else slug(name)}"
            yield record, vocab.NAME, name
            yield record, vocab.ACRONYM, cells.get("acronym", "")
            if table == "fedict" and "EstablishmentUnit" not in cells["uri"]:
                yield record, vocab.ENTERPRISE_NUMBER, last
            yield record, vocab.ENTERPRISE_NUMBER, "".join(filter(str.isdigit, cells.get("enterprise_number", "")))
            yield record, vocab.ROR_ID, cells.get("ror_id", "").rpartition("/")[2]
    for file in sorted((data / "sources").glob("*/aliases.csv")):
        for row in read_rows(file):
            yield f"{file.parent.name}/{slug(row['name'])}", vocab.ALTERNATE_NAME, row["alias"]
    for row in read_rows(data / "mentions.csv"):
        yield f"mention/{slug(row['name'])}", vocab.NAME, row["name"]
