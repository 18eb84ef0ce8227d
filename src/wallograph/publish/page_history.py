"""What happened to a thing, and the entries of the journal, as pages show them.

In: plain values of entries and releases, the names of the graph. Out: values in the visitor's language. Who decided
is an opaque id: nobody is named.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from wallograph.publish.labels import Named
from wallograph.publish.page_proposal import Names, StatementView, read_term
from wallograph.vocab import LABEL, NAME, TYPE

MOST: Final = 100  # statements of an entry on a page; the rest is counted
_SHORT: Final = 4
_NAMES: Final = (NAME, LABEL)


@dataclass(frozen=True, slots=True)
class StepView:
    """An entry (`number`) or a release (`release` alone) in words. `more`: statements that are not shown."""

    at: str
    kind: str  # accept, revert, identity, rollback, edition, erase; or `release`
    number: int = 0
    who: str = ""
    why: str = ""
    proposal: str = ""
    release: int = 0
    undoes: int = 0
    undone: int = 0
    erased: bool = False
    statements: tuple[StatementView, ...] = ()
    more: int = 0
    things: tuple[Named, ...] = ()
    digest: str = ""
    previous: str = ""
    payload_digest: str = ""
    against: int = 0
    to: int = 0  # the release that a rollback goes back to
    withheld: tuple[tuple[str, str], ...] = ()


def short(who: str) -> str:
    """How somebody is told apart from others: the beginning of an opaque id.

    >>> short("3f2ac0ffee")
    '3f2a'
    """
    return who.removeprefix("p-")[:_SHORT]


def proposed_names(changes: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The names that things are given, for those that the graph does not have yet."""
    found: dict[str, str] = {}
    for change in changes:
        if change["op"] == "add" and change["predicate"] in _NAMES:
            found.setdefault(change["subject"].strip("<>"), str(read_term(change["object"]).value))
    return found


def entry_view(entry: Mapping[str, Any], names: Names, only: str = "") -> StepView:
    """An entry from its plain values; `only` the statements that speak of one thing."""
    changes = [c for c in entry["changes"] if not only or only in (c["subject"], c["object"].strip("<>"))]
    shown = tuple(names.statement(change, frozenset()) for change in changes[:MOST])
    return StepView(
        entry["at"], entry["kind"], entry["number"], short(entry["who"]), entry["why"], entry["proposal"],
        entry["release"] or 0, entry["undoes"], entry["undone"], entry["erased"], shown, len(changes) - len(shown),
        tuple(names.thing(iri) for iri in entry["things"][:MOST]), entry["digest"], entry["previous"],
        entry["payload_digest"], entry["against"], entry["to"], tuple(sorted(entry["withheld"].items())),
    )  # fmt: skip


def release_view(
    at: str, number: int, iri: str, adds: Sequence[tuple[str, str]], deletes: Sequence[tuple[str, str]], names: Names
) -> StepView:
    """What the sources changed of a thing in a release, from (predicate, object) as N-Triples writes them."""
    said = [("retract", *pair) for pair in deletes] + [("add", *pair) for pair in adds]
    changes = [
        {"number": 0, "op": op, "subject": iri, "predicate": predicate, "object": target}
        for op, predicate, target in said
        if predicate not in (TYPE, LABEL)
    ]
    shown = tuple(names.statement(change, frozenset()) for change in changes[:MOST])
    return StepView(at, "release", release=number, statements=shown, more=len(changes) - len(shown))
