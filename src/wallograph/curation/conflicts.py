"""Where a proposal and the present graph stand against each other, because the graph moved on.

In: the statements of a proposal, what stands, the journal. Out: `Conflict`s by statement, each with the journal entry
that did it and what stands there now. Those that are `blocking` keep the statement from being accepted.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pyoxigraph import NamedNode, Quad

from wallograph.curation.contradiction import clashes, quad_of, remover_of
from wallograph.curation.filled import is_source, term_of
from wallograph.curation.layers import Layer, Standing, layers_after
from wallograph.curation.model import Change
from wallograph.curation.words import Words
from wallograph.errors import WallographError
from wallograph.iris import parse
from wallograph.journal.journal import Journal

GONE: Final = "gone"
CHANGED: Final = "value-changed"
MERGED: Final = "merged"
SAME: Final = "same-published"
_THINGS: Final = frozenset({"actor", "project", "event"})


@dataclass(frozen=True, slots=True)
class Conflict:
    """`code`: gone, value-changed, thing-gone, other-value, retracted, confirmed; not blocking: merged (into
    `survivor`), same-published (the same statement stands already). `now` are the quads of the field as they stand.
    """

    number: int
    code: str
    entry: int = 0
    at: str = ""
    survivor: str = ""
    now: tuple[Quad, ...] = ()

    @property
    def blocking(self) -> bool:
        """Whether the statement cannot be accepted."""
        return self.code not in (MERGED, SAME)

    def values(self, words: Words) -> dict[str, Any]:
        """As plain values."""
        by_value: dict[object, list[Quad]] = {}
        for quad in self.now:
            by_value.setdefault(quad.object, []).append(quad)
        return {
            "number": self.number, "code": self.code, "entry": self.entry, "at": self.at, "blocking": self.blocking,
            "survivor": words.named(self.survivor) if self.survivor else None,
            "now": [{**words.value(term), "sources": words.sources(quads)} for term, quads in by_value.items()],
        }  # fmt: skip


def conflicts(changes: Sequence[Change], standing: Standing, journal: Journal, seen: int) -> list[Conflict]:
    """All conflicts; `seen` is the last entry that the release shows which the proposal was made against."""
    good = [change for change in changes if _is_readable(change)]
    merged = {change.number: _survivor(change, standing) for change in good}
    final = [_at_survivor(change, standing) for change in good]
    since = [layer for layer in layers_after(journal, seen) if layer.payload.get("changes")]
    undone = {int(layer.payload.get("undoes") or 0) for layer in since}
    since = [layer for layer in since if layer.entry.number not in undone and not layer.payload.get("undoes")]
    by_number = {change.number: change for change in final}
    found = []
    for clash in clashes(final, standing, since, remover_of(_once(lambda: layers_after(journal, 0)))):
        change = by_number[clash.number]
        code = CHANGED if clash.code == GONE and _gives_another(change, clash.entry, journal) else clash.code
        at = journal.entry(clash.entry).at if clash.entry else ""
        now = tuple(_now(change, standing)) if code != "confirmed" else ()
        found.append(Conflict(clash.number, code, clash.entry, at, now=now))
    found += [Conflict(number, MERGED, survivor=survivor) for number, survivor in merged.items() if survivor]
    found += [found_ for change in final if (found_ := _same(change, standing))]
    return sorted(dict.fromkeys(found), key=lambda one: (one.number, not one.blocking, one.code))


def _is_readable(change: Change) -> bool:
    try:
        quad_of(change)
    except (WallographError, ValueError):
        return False
    return True


def _survivor(change: Change, standing: Standing) -> str:
    """The thing that the subject or the object was merged into; empty when neither was."""
    for iri in (change.subject, change.object.strip("<>")):
        if not iri.startswith('"') and (survivor := standing.survivor(iri)) != iri:
            return survivor
    return ""


def _at_survivor(change: Change, standing: Standing) -> Change:
    plain = change.object.strip("<>")
    target = change.object if change.object.startswith('"') else f"<{standing.survivor(plain)}>"
    moved = {**change.values(), "subject": standing.survivor(change.subject), "object": target}
    return Change.of_values(moved)


def _gives_another(change: Change, entry: int, journal: Journal) -> bool:
    """Whether the entry that took a statement away put another value in its place."""
    payload = (journal.payload(entry) if entry else None) or {}
    return any(
        other["op"] == "add" and (other["subject"], other["predicate"]) == (change.subject, change.predicate)
        for other in payload.get("changes", ())
    )


def _now(change: Change, standing: Standing) -> Iterator[Quad]:
    """What sources say in the field of a statement now."""
    for quad in standing.quads(NamedNode(change.subject), NamedNode(change.predicate)):
        if isinstance(quad.graph_name, NamedNode) and is_source(quad.graph_name.value, standing.base):
            yield quad


def _same(change: Change, standing: Standing) -> Conflict | None:
    """An addition that a source states already."""
    term = term_of(change.object)
    if change.op != "add" or term is None:
        return None
    subject = parse(change.subject, standing.base)
    if subject is None or subject.concept not in _THINGS:
        return None
    said = tuple(quad for quad in _now(change, standing) if quad.object == term)
    if not said:
        return None
    entries = [layer.entry for layer in standing.layers if layer.adds & set(said)]
    last = entries[-1] if entries else None
    return Conflict(change.number, SAME, last.number if last else 0, last.at if last else "", now=said)


def _once(layers: Callable[[], Iterator[Layer]]) -> Callable[[], Iterator[Layer]]:
    """The layers, read from the journal once for all statements."""
    kept: list[Layer] = []

    def again() -> Iterator[Layer]:
        if not kept:
            kept.extend(layers())
        return iter(kept)

    return again
