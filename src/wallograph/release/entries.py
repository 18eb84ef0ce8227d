"""What the search index holds of a graph: one entry for each thing that people look for.

In: the public triples, grouped by subject. Out: `Entry` values. In our own model these are actors, projects,
events, places and themes; in a graph without our model every subject that has a name.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from wallograph import iris, vocab
from wallograph.release.graphfile import subject_of
from wallograph.store.search import Entry

BROADER: Final = vocab.SKOS + "broader"
HIERARCHY: Final = frozenset({BROADER, vocab.CONTAINED_IN})
_LABELS: Final = (
    vocab.LABEL, vocab.PREF_LABEL, vocab.NAME, vocab.FOAF + "name", vocab.DCTERMS + "title",
)  # fmt: skip
_NAMES: Final = frozenset({*_LABELS, vocab.ALTERNATE_NAME, vocab.SKOS + "altLabel"})
_CONCEPT_OF: Final = {
    vocab.ORGANIZATION: "actor", vocab.PROJECT: "project", vocab.EVENT: "event", vocab.LOCATION: "place",
}  # fmt: skip
_KINDS: Final = frozenset({vocab.CLASSIFICATION, vocab.PROJECT_KIND})
_PLACES: Final = frozenset({vocab.PLACE, vocab.MUNICIPALITY, vocab.PROVINCE, vocab.CONTAINED_IN})
_READ: Final = _NAMES | _KINDS | _PLACES | {vocab.TYPE, vocab.SUBJECT, vocab.ACRONYM}
_LANGUAGES: Final = ("", *vocab.LANGUAGES)


@dataclass(slots=True)
class Outline:
    """What an entry needs beside its own triples: the base, if our model is used, what lies above what."""

    base: str
    model: bool = False
    above: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def ancestors(self, iri: str) -> set[str]:
        """Everything above a theme or place; a cycle ends the climb."""
        found: set[str] = set()
        todo = [iri]
        while todo:
            for above in self.above.get(todo.pop(), ()):
                if above not in found:
                    found.add(above)
                    todo.append(above)
        return found

    def note(self, triple: Quad) -> None:
        """Learn from one triple of the graph."""
        if triple.predicate.value in HIERARCHY and isinstance(triple.object, NamedNode):
            self.above[subject_of(triple).value].append(triple.object.value)
        elif not self.model and subject_of(triple).value.startswith(f"{self.base}/id/"):
            self.model = True


def outline_of(triples: Iterable[Quad], base: str) -> Outline:
    """The outline of a graph, in one pass."""
    outline = Outline(base)
    for triple in triples:
        outline.note(triple)
    return outline


def entries(triples: Iterable[Quad], outline: Outline) -> Iterator[Entry]:
    """The entries of a stream of triples in which the triples of a subject are neighbours."""
    for subject, group in groupby(triples, key=subject_of):
        entry = entry_of(subject.value, group, outline)
        if entry:
            yield entry


def entry_of(iri: str, triples: Iterable[Quad], outline: Outline) -> Entry | None:
    """The entry of one thing from its triples; None if it is nothing to search for."""
    values: dict[str, list[NamedNode | Literal]] = defaultdict(list)
    for triple in triples:
        predicate = _own_term(triple.predicate.value, outline.base)
        if predicate in _READ and isinstance(triple.object, NamedNode | Literal):
            values[predicate].append(triple.object)
    types = {value.value for value in values[vocab.TYPE]}
    concept = _concept(iri, types, outline)
    names = sorted({_text(v) for p in _NAMES & values.keys() for v in values[p]} - {""})
    if concept is None or not names:
        return None
    places = {value.value for p in _PLACES for value in values[p] if isinstance(value, NamedNode)}
    themes = {value.value for value in values[vocab.SUBJECT] if isinstance(value, NamedNode)}
    kinds = {_code(v.value) for p in _KINDS for v in values[p]} if concept else types
    return Entry(
        iri=iri,
        concept=concept,
        label=_label(values) or names[0],
        names=tuple(names),
        acronyms=tuple(sorted({_text(value) for value in values[vocab.ACRONYM]} - {""})),
        kinds=tuple(sorted(kinds)),
        themes=tuple(sorted(map(_code, _rolled_up(themes, outline)))) if concept else (),
        places=tuple(sorted(map(_code, _rolled_up(places, outline)))) if concept else (),
    )


def _own_term(predicate: str, base: str) -> str:
    """A predicate as `vocab` writes it: our own terms on the default base."""
    own = predicate.startswith(f"{base}/ns/")
    return vocab.DEFAULT_BASE + predicate[len(base) :] if own else predicate


def _concept(iri: str, types: set[str], outline: Outline) -> str | None:
    if not outline.model:
        return ""
    thing = iris.parse(iri, outline.base)
    if thing:
        return next((c for t, c in _CONCEPT_OF.items() if t in types and c == thing.concept), None)
    in_themes = iri.startswith(f"{outline.base}/auth/theme/")
    return "theme" if in_themes and vocab.CONCEPT in types else None


def _label(values: dict[str, list[NamedNode | Literal]]) -> str:
    """The display label: the chosen one, untagged or in the first of our languages, else the first name."""
    for predicate in _LABELS:
        ranked = sorted(
            (_LANGUAGES.index(lang) if lang in _LANGUAGES else len(_LANGUAGES), value.value)
            for value in values.get(predicate, ())
            if isinstance(value, Literal) and value.value.strip()
            for lang in (value.language or "",)
        )
        if ranked:
            return ranked[0][1].strip()
    return ""


def _text(value: NamedNode | Literal) -> str:
    return value.value.strip() if isinstance(value, Literal) else ""


def _rolled_up(iris_: set[str], outline: Outline) -> set[str]:
    return iris_.union(*(outline.ancestors(iri) for iri in iris_))


def _code(iri: str) -> str:
    return iri.rpartition("/")[2]
