"""What follows from statements that come and go: derived statements, display labels, descriptions of sources.

In: the stated quads of a change, the graph before it. Out: further quads that come and go, by the rules of the build:

- what `link/derive.py` derives of a statement comes with it, and goes with the last statement that it follows from;
- a thing without a display label gets one of its names, and a label that no name of the thing has any more is
  replaced (`label_of`); a thing of which nothing is said any more loses its label and its classes;
- a source in which nothing stands any more, and of which no reading stands, loses its description.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from wallograph import vocab
from wallograph.curation.present import Present, changed, holds
from wallograph.iris import parse, thing
from wallograph.link.derive import from_quad, label_of
from wallograph.link.describe import PROVENANCE
from wallograph.link.emit import CLASSES
from wallograph.pipeline.assemble import rebase_quads

Above = Callable[[str, str], str | None]
_LABEL: Final = NamedNode(vocab.LABEL)
_NAME: Final = NamedNode(vocab.NAME)
_TYPE: Final = NamedNode(vocab.TYPE)
_FROM: Final = NamedNode(vocab.DERIVED_FROM)


class Graphs:
    """The graphs of an installation by what they are for."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.provenance = NamedNode(thing("source", PROVENANCE, base))
        self.labels = NamedNode(thing("source", "derived-label", base))
        self._derived = thing("source", "derived-x", base)[:-1]

    def is_derived(self, quad: Quad) -> bool:
        """Whether wallograph derived the statement by itself."""
        return isinstance(quad.graph_name, NamedNode) and quad.graph_name.value.startswith(self._derived)

    def is_provenance(self, quad: Quad) -> bool:
        """Whether it describes a source."""
        return quad.graph_name == self.provenance

    def is_stated(self, quad: Quad) -> bool:
        """Whether it is neither."""
        return not self.is_derived(quad) and not self.is_provenance(quad)

    def is_thing(self, term: object) -> bool:
        """An actor, a project or an event of ours."""
        found = parse(term.value, self.base) if isinstance(term, NamedNode) else None
        return found is not None and found.concept in CLASSES

    def plain(self, quad: Quad) -> Quad:
        """The same on the default base, that the rules and the vocabulary are written on."""
        return Quad(*(self._plain(term) for term in quad))  # type: ignore[arg-type]

    def _plain(self, term: object) -> object:
        if not isinstance(term, NamedNode) or not term.value.startswith(f"{self.base}/"):
            return term
        return NamedNode(vocab.DEFAULT_BASE + term.value[len(self.base) :])


@dataclass(slots=True)
class Following:
    """Quads that come and go because of others."""

    adds: dict[Quad, None] = field(default_factory=dict)
    deletes: dict[Quad, None] = field(default_factory=dict)


def follow(
    adds: list[Quad], deletes: list[Quad], present: Present, above: Above, graphs: Graphs,
    former: Mapping[NamedNode, Literal] | None = None,
) -> Following:  # fmt: skip
    """What comes and goes with these quads; `former` are labels that are wanted again if a name still has them."""
    found = Following()
    after = changed(present, adds, deletes)
    for quad in filter(graphs.is_stated, adds):
        found.adds.update(dict.fromkeys(d for d in _derived(quad, graphs, above) if not holds(present, d)))
    for quad in filter(graphs.is_stated, deletes):
        for derived in _derived(quad, graphs, above):
            if holds(present, derived) and derived not in _all_derived(quad.subject, after, graphs, above):
                found.deletes[derived] = None
    touched = dict.fromkeys(t for q in (*adds, *deletes) for t in (q.subject, q.object) if graphs.is_thing(t))
    lost = {term for quad in deletes for term in (quad.subject, quad.object)}
    for one in touched:
        if one in lost and not _is_said(one, after, graphs):  # type: ignore[arg-type]
            _vanish(one, after, graphs, found, frozenset(adds))  # type: ignore[arg-type]
        else:
            _label(one, present, after, graphs, found, (former or {}).get(one))  # type: ignore[arg-type]
    _undescribe(deletes, changed(after, found.adds, found.deletes), graphs, found)
    return found


def _derived(quad: Quad, graphs: Graphs, above: Above) -> Iterator[Quad]:
    yield from rebase_quads(from_quad(graphs.plain(quad), above), graphs.base)


def _all_derived(subject: object, after: Present, graphs: Graphs, above: Above) -> set[Quad]:
    """All that follows from what is said of a thing: every rule starts from one statement about it."""
    said = after(subject, None, None, None)  # type: ignore[arg-type]
    return {derived for quad in said if graphs.is_stated(quad) for derived in _derived(quad, graphs, above)}


def _is_said(one: NamedNode, after: Present, graphs: Graphs) -> bool:
    about = (quad for quad in after(one, None, None, None) if quad.predicate != _TYPE)
    return any(map(graphs.is_stated, about)) or any(map(graphs.is_stated, after(None, None, one, None)))


def _vanish(one: NamedNode, after: Present, graphs: Graphs, found: Following, new: frozenset[Quad]) -> None:
    classes = filter(graphs.is_stated, after(one, _TYPE, None, None))
    for quad in (*classes, *after(one, _LABEL, None, graphs.labels)):
        if quad not in new:
            found.deletes[quad] = None


def _label(
    one: NamedNode, present: Present, after: Present, graphs: Graphs, found: Following, former: Literal | None
) -> None:
    names = list(filter(graphs.is_stated, after(one, _NAME, None, None)))
    if not names:
        return
    had = list(present(one, _LABEL, None, graphs.labels))
    stated = {quad.object.value for quad in names}
    wanted = next((quad.object for quad in had if quad.object.value in stated), None) or label_of(names)
    if former is not None and former.value in stated:
        wanted = former
    label = Quad(one, _LABEL, wanted, graphs.labels)
    if label not in had:
        found.adds[label] = None
        found.deletes.update(dict.fromkeys(had))


def _undescribe(deletes: Iterable[Quad], after: Present, graphs: Graphs, found: Following) -> None:
    """Sources that nothing stands in lose their description, and so do those that only they were read from."""
    gone = [*deletes, *found.deletes]
    pending = [quad.graph_name for quad in dict.fromkeys(gone) if graphs.is_stated(quad)]
    seen: set[object] = set()
    while pending:
        graph = pending.pop()
        if graph in seen or not isinstance(graph, NamedNode) or any(True for _ in after(None, None, None, graph)):
            continue
        if any(quad.subject not in seen for quad in after(None, _FROM, graph, graphs.provenance)):
            continue  # a reading of it stands
        seen.add(graph)
        told = list(after(graph, None, None, graphs.provenance))
        found.deletes.update(dict.fromkeys(told))
        origins = (quad.object for quad in told if quad.predicate == _FROM)
        pending += [one for one in origins if isinstance(one, NamedNode) and one.value.startswith(f"{graphs.base}/id/")]
