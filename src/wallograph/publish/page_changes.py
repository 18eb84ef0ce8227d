"""What changed, for people: the counts of a release in words, and the difference between two releases.

In: counts by kind of thing; differences of things; the graph for names. Out: lines of text; groups of named things with
what was and what is. Only so many of each group are shown, all are counted up to a limit.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from wallograph import vocab
from wallograph.publish.labels import FALLBACK, Named, choose
from wallograph.publish.page_graph import PageGraph

SHOWN: Final = 50  # of each kind of change of each kind of thing
MOST: Final = 20_000  # things that are compared for one page
GROUPS: Final = ("actor", "project", "event", "place", "link", "value", "figure", "concept", "other")
KINDS: Final = ("created", "renamed", "merged", "withdrawn", "changed")
_LABELS: Final = (vocab.LABEL, vocab.PREF_LABEL, vocab.DCTERMS + "title", vocab.NAME)
_CLASSES: Final = {
    vocab.ORGANIZATION: "actor", vocab.PROJECT: "project", vocab.EVENT: "event", vocab.LOCATION: "place",
    vocab.RELATION: "link", vocab.DATED_VALUE: "value", vocab.OBSERVATION: "figure", vocab.CONCEPT: "concept",
    vocab.CONCEPT_SCHEME: "concept",
}  # fmt: skip
_LINE: Final = 8  # values of a property that are shown
Texts = Callable[..., str]
Values = dict[str, dict[str, Any]]
Found = tuple[bytes, list[bytes], list[bytes]]


@dataclass(frozen=True, slots=True)
class Property:
    """A property of a thing, with what was and what is; `more` values are not shown."""

    name: Named
    before: tuple[Named, ...]
    after: tuple[Named, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Item:
    """A thing that changed. `parts` says a link or a value in words: subject, what, object."""

    thing: Named
    before: str = ""
    survivor: Named | None = None
    parts: tuple[Named, ...] = ()
    properties: tuple[Property, ...] = ()


@dataclass(slots=True)
class Section:
    """One kind of change of one kind of thing."""

    group: str
    kind: str
    total: int = 0
    items: list[Item] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class DiffPage:
    """A difference. When it is not `complete`, only the first things were looked at."""

    old: int
    new: int
    sections: tuple[Section, ...]
    complete: bool

    def counts(self) -> dict[str, dict[str, int]]:
        """By kind of thing and of change."""
        found: dict[str, dict[str, int]] = {}
        for section in self.sections:
            found.setdefault(section.group, {})[section.kind] = section.total
        return found


def words(t: Texts, things: Mapping[str, Mapping[str, int]]) -> list[str]:
    """The counts of a release, a line for each kind of thing: "Organisations: 12 new, 3 renamed"."""
    lines = []
    for group in GROUPS:
        counts = things.get(group) or {}
        said = [t(f"changes-n-{kind}", n=counts[kind]) for kind in KINDS if counts.get(kind)]
        if said:
            lines.append(t("changes-line", what=t(f"changes-group-{group}"), how=", ".join(said)))
    return lines


def diff_page(
    graph: PageGraph, found: Iterable[Found], survivor: Callable[[str], str | None], old: int, new: int, lang: str
) -> DiffPage:
    """The page of a difference: for each thing its lines before and after."""
    reader = _Reader(graph, survivor, lang)
    sections: defaultdict[tuple[str, str], list[Any]] = defaultdict(lambda: [0])
    differences = iter(found)
    for subject, before, after in islice(differences, MOST):
        was, is_ = _values(before), _values(after)
        iri = subject[1:-1].decode()
        for kind in reader.kinds(iri, was, is_):
            entry = sections[reader.group(is_ or was), kind]
            entry[0] += 1
            if len(entry) <= SHOWN:
                entry.append(reader.item(iri, kind, was, is_))
    complete = next(differences, None) is None
    order = ((group, kind) for group in GROUPS for kind in KINDS if (group, kind) in sections)
    made = (Section(*key, sections[key][0], sections[key][1:]) for key in order)
    return DiffPage(old, new, tuple(made), complete)


def _values(lines: list[bytes]) -> Values:
    """Terms by predicate and text; empty when the thing is not there."""
    found: defaultdict[str, dict[str, Any]] = defaultdict(dict)
    for triple in parse(b"".join(lines), RdfFormat.N_TRIPLES) if lines else ():
        found[triple.predicate.value][str(triple.object)] = triple.object
    return dict(found)


class _Reader:
    """Makes items of what was and what is."""

    def __init__(self, graph: PageGraph, survivor: Callable[[str], str | None], lang: str) -> None:
        self._graph, self._survivor, self._lang = graph, survivor, lang
        self._classes = {graph.own(iri): group for iri, group in _CLASSES.items()}

    def group(self, values: Values) -> str:
        """The kind of thing."""
        classes = values.get(vocab.TYPE, {}).values()
        found = {self._classes.get(str(term.value)) for term in classes}
        return next((group for group in GROUPS if group in found), "other")

    def kinds(self, iri: str, was: Values, is_: Values) -> list[str]:
        """The kinds of change: a renamed thing stands there once, under its new name."""
        if not was:
            return ["created"]
        if not is_:
            return ["merged" if self._survivor(iri) else "withdrawn"]
        old, new = self._label(was), self._label(is_)
        return ["renamed"] if old and new and old != new else ["changed"]

    def item(self, iri: str, kind: str, was: Values, is_: Values) -> Item:
        """A thing with what a reader wants to know of the change."""
        lang = self._lang
        parts = self._parts(is_ or was)
        if kind == "created":
            return Item(self._thing(iri, is_), parts=parts)
        if kind in ("merged", "withdrawn"):
            survivor = self._survivor(iri)
            return Item(
                self._thing(iri, was), survivor=self._graph.named(survivor, lang) if survivor else None, parts=parts
            )
        before = self._label(was) if kind == "renamed" else ""
        return Item(self._thing(iri, is_), before, parts=parts, properties=self._properties(was, is_))

    def _thing(self, iri: str, values: Values) -> Named:
        label = self._label(values)
        named = self._graph.named(iri, self._lang)
        return Named(iri, label, href=named.href, external=named.external) if label else named

    def _label(self, values: Values) -> str:
        for predicate in _LABELS:
            terms = [term for term in values.get(predicate, {}).values() if isinstance(term, Literal)]
            chosen = choose([(term.value, term.language or "") for term in terms], FALLBACK[0])
            if chosen:
                return chosen.text
        return ""

    def _parts(self, values: Values) -> tuple[Named, ...]:
        ends = [vocab.ST_SUBJECT, vocab.ST_PREDICATE, vocab.ST_OBJECT]
        found = [next(iter(values.get(end, {}).values()), None) for end in ends]
        kind = next(iter(values.get(self._graph.own(vocab.RELATION_KIND), {}).values()), None)
        found[1] = kind or found[1]
        return tuple(self._short(self._name(term)) for term in found) if all(found) else ()

    def _properties(self, was: Values, is_: Values) -> tuple[Property, ...]:
        found = []
        for predicate in sorted(was.keys() | is_.keys()):
            old, new = was.get(predicate, {}), is_.get(predicate, {})
            gone = [old[key] for key in sorted(old.keys() - new.keys())]
            come = [new[key] for key in sorted(new.keys() - old.keys())]
            if gone or come:
                more = max(0, len(gone) - _LINE) + max(0, len(come) - _LINE)
                name = self._graph.named(predicate, self._lang)
                left, right = (tuple(self._name(term) for term in terms[:_LINE]) for terms in (gone, come))
                found.append(Property(self._short(name), left, right, more))
        return tuple(found)

    def _short(self, name: Named) -> Named:
        text = name.text
        if name.iri and text == name.iri:  # a foreign property has no label here: its last part says most
            text = self._graph.notation(name.iri)
        return Named(name.iri, text, name.lang, name.fallback, name.href, name.external)

    def _name(self, term: Any) -> Named:
        if isinstance(term, NamedNode):
            return self._graph.named(term.value, self._lang)
        return Named("", str(term.value), getattr(term, "language", None) or "")
