"""Whether a proposal still fits what was decided since a curator looked at it.

In: its changes with final IRIs, what stands, the layers of the entries since. Out: `Clash` values, each naming the
entry in the way and the statement that it stands against.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode, Quad

from wallograph.curation.layers import Layer, Standing, quads_of
from wallograph.curation.model import Change
from wallograph.iris import parse, rebase_iri
from wallograph.vocab import (
    CLIENTS_ABROAD,
    DATE,
    DESCRIPTION,
    END_DATE,
    ENTERPRISE_NUMBER,
    FOUNDING_DATE,
    HOMEPAGE,
    ISNI,
    LABEL,
    NAME,
    ROR_ID,
    START_DATE,
    TYPE,
    VAT_ID,
)

# what a thing has one of: another value by another entry is another opinion
_ONE: Final = (
    CLIENTS_ABROAD, DATE, DESCRIPTION, END_DATE, ENTERPRISE_NUMBER, FOUNDING_DATE, HOMEPAGE, ISNI, LABEL, NAME,
    ROR_ID, START_DATE, VAT_ID,
)  # fmt: skip
_CLASSES: Final = frozenset({"actor", "project", "event"})


@dataclass(frozen=True, slots=True)
class Clash:
    """What stands in the way of a statement (its number): `entry` is 0 when no entry did it but a new edition.

    `code`: `gone` (the retracted statement is not there), `thing-gone`, `other-value`, `retracted`, `confirmed`.
    """

    number: int
    code: str
    entry: int


def quad_of(change: Change, graph: str = "") -> Quad:
    """A change as a quad; an addition stands in no graph yet, so one is given."""
    where = graph or change.graph or "urn:none"
    terms = (_term(change.subject), _term(change.predicate), _term(change.object), _term(where))
    return quads_of([f"{' '.join(terms)} ."])[0]


def clashes(
    changes: Sequence[Change], standing: Standing, since: Sequence[Layer], remover: Callable[[Quad], int]
) -> Iterator[Clash]:
    """All that stands in the way. `remover` finds the entry that took a quad away, however long ago."""
    fresh = {change.subject for change in changes if change.op == "add" and change.predicate == TYPE}
    fresh |= {change.subject for change in changes if change.op == "add" and change.predicate in (NAME, LABEL)}
    for change in changes:
        quad = quad_of(change)
        if change.op == "retract":
            if not standing.states(quad):
                yield Clash(change.number, "gone", remover(quad))
        else:
            yield from _lost(change.number, quad, fresh, standing, remover)
        yield from _since(change, quad, standing, since)


def _lost(
    number: int, quad: Quad, fresh: set[str], standing: Standing, remover: Callable[[Quad], int]
) -> Iterator[Clash]:
    """An addition about a thing that is not in the graph any more."""
    for end in (quad.subject, quad.object):
        if not isinstance(end, NamedNode) or end.value in fresh:
            continue
        named = parse(end.value, standing.base)
        if named and named.concept in _CLASSES and not standing.is_there(end.value):
            yield Clash(number, "thing-gone", remover(Quad(end, NamedNode(TYPE), end)))


def _since(change: Change, quad: Quad, standing: Standing, since: Sequence[Layer]) -> Iterator[Clash]:
    ones = {rebase_iri(predicate, standing.base) for predicate in _ONE}
    for layer in since:
        for other in layer.payload.get("changes", ()):
            said = quad_of(Change.of_values(other))
            if (said.subject, said.predicate) != (quad.subject, quad.predicate):
                continue
            same = said.object == quad.object
            code = ""
            if change.op == "add" and other["op"] == "add" and not same and quad.predicate.value in ones:
                code = "other-value"
            elif change.op == "add" and other["op"] == "retract" and same:
                code = "retracted"
            elif change.op == "retract" and other["op"] == "add" and same:
                code = "confirmed"
            if code:
                yield Clash(change.number, code, layer.entry.number)


def remover_of(layers: Callable[[], Iterator[Layer]]) -> Callable[[Quad], int]:
    """Finds the entry that deleted a quad last; for the class of a thing, any class of it."""

    def found(quad: Quad) -> int:
        any_class = quad.predicate.value == TYPE and quad.object == quad.subject
        number = 0
        for layer in layers():
            for gone in layer.deletes:
                if gone == quad or (any_class and gone.predicate.value == TYPE and gone.subject == quad.subject):
                    number = layer.entry.number
        return number

    return found


def _term(text: str) -> str:
    return text if text.startswith(('"', "<")) else f"<{text}>"
