"""The desk as pages show it: the queue, a proposal to decide on, what needs attention.

In: plain values of proposals, of their difference and of findings; names. Out: values in the curator's language.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from pyoxigraph import Literal

from wallograph.publish.labels import Named, choose
from wallograph.publish.page_checked import FindingView
from wallograph.publish.page_proposal import Names, StatementView, read_term

MOST: Final = 500  # statements that are shown to be chosen one by one


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A proposal in the queue. `assigned` is a name; `waits`: a first curator accepted it; `days` since it came."""

    id: str
    kind: str
    state: str
    title: str
    made: str
    days: int
    adds: int
    retracts: int
    assigned: str
    waits: bool
    seq: int


@dataclass(frozen=True, slots=True)
class ClashView:
    """What stands in the way of a statement."""

    code: str
    entry: int
    blocking: bool
    now: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A statement to take or to leave. `text` is what can be edited; `literal` when it is no IRI."""

    statement: StatementView
    findings: tuple[FindingView, ...]
    clashes: tuple[ClashView, ...]
    text: str
    literal: bool
    taken: bool
    beside: tuple[str, ...] = ()  # the other values of the field, which stay

    @property
    def blocked(self) -> bool:
        """Whether it cannot be accepted as it is."""
        wrong = any(found.severity == "violation" for found in self.findings)
        return wrong or any(clash.blocking for clash in self.clashes)


@dataclass(frozen=True, slots=True)
class Group:
    """The statements on one thing; of a table, one row of it (`row` from 1)."""

    row: int
    thing: Named
    choices: tuple[Choice, ...]

    @property
    def blocked(self) -> bool:
        """Whether any of its statements cannot be accepted."""
        return any(choice.blocked for choice in self.choices)


@dataclass(frozen=True, slots=True)
class LinkEffect:
    """A link that comes or goes."""

    op: str
    subject: str
    label: str
    object: str
    cross: bool


@dataclass(frozen=True, slots=True)
class Alike:
    """A published thing that a new one may be, and the weight of each feature."""

    name: str
    like: Named
    percent: int
    features: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Effects:
    """What a proposal does beside its statements."""

    creates: int
    breaks: int
    creates_cross: int
    breaks_cross: int
    confirmed: int
    weakened: int
    links: tuple[LinkEffect, ...]
    alone: tuple[str, ...]
    duplicates: tuple[Alike, ...]
    others: tuple[Mapping[str, Any], ...]


def queue_row(found: Any, people: Mapping[str, str], waiting: set[str], now: datetime) -> QueueRow:
    """A row, of a proposal as a list has it."""
    made = datetime.fromisoformat(found.made)
    assigned = people.get(found.assigned, found.assigned[:4]) if found.assigned else ""
    return QueueRow(
        found.id, str(found.kind), str(found.state), found.title or found.file or found.id, found.made,
        max(0, (now - made).days), found.adds, found.retracts, assigned, found.id in waiting, found.seq,
    )  # fmt: skip


def groups(
    changes: Sequence[Mapping[str, Any]], names: Names, findings: Mapping[int, Sequence[FindingView]],
    difference: Mapping[str, Any], taken: frozenset[int] | None,
) -> list[Group]:  # fmt: skip
    """The statements by thing, in the order of their first appearance; `taken` None: all that can be accepted."""
    clashes: dict[int, list[ClashView]] = {}
    beside = dict(_beside(difference["things"], names.lang))
    for one in difference["conflicts"]:
        now = tuple(_text(value, names.lang) for value in one.get("now", ()))
        view = ClashView(one["code"], one["entry"], one["blocking"], now)
        clashes.setdefault(one["number"], []).append(view)
    found: dict[str, list[Choice]] = {}
    for change in changes:
        number = change["number"]
        term = read_term(change["object"])
        choice = Choice(
            names.statement(change, frozenset()), tuple(findings.get(number, ())), tuple(clashes.get(number, ())),
            term.value, isinstance(term, Literal), taken is None or number in taken, beside.get(number, ()),
        )  # fmt: skip
        found.setdefault(change["subject"], []).append(choice)
    return [Group(row, names.thing(iri), tuple(c)) for row, (iri, c) in enumerate(found.items(), 1)]


def _beside(things: Iterable[Mapping[str, Any]], lang: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """By number of a statement, what else stands in its field and stays, with who says so."""
    for thing in things:
        for field in thing["fields"]:
            stays = [one for one in field["stands"] if not one["goes"]]
            told = tuple(
                " – ".join(filter(None, (_text(one, lang), ", ".join(_publishers(one["sources"]))))) for one in stays
            )
            for one in field["statements"]:
                yield one["number"], told


def _publishers(sources: Iterable[Mapping[str, Any]]) -> list[str]:
    return sorted({str(source["publisher"]) for source in sources if source["publisher"]})


def effects_view(difference: Mapping[str, Any], lang: str, href: Any) -> Effects:
    """What a difference says of links, duplicates and other proposals; `href` gives the address of a thing."""
    links = difference["links"]
    told = tuple(
        LinkEffect(one["op"], called(one["subject"], lang), _label(one["labels"], lang), called(one["object"], lang),
                   one["cross"])
        for one in links["links"]
    )  # fmt: skip
    alike = tuple(
        Alike(
            called(one["thing"], lang),
            Named(one["like"]["iri"], called(one["like"], lang), href=href(one["like"]["iri"])),
            round(100 * one["score"]),
            tuple((str(feature["feature"]), round(100 * feature["weight"])) for feature in one["features"]),
        )
        for one in difference["duplicates"]
    )
    alone = tuple(called(one, lang) for one in links["alone"])
    return Effects(
        links["creates"], links["breaks"], links["creates_cross"], links["breaks_cross"], links["confirmed"],
        links["weakened"], told, alone, alike, tuple(difference["others"]),
    )  # fmt: skip


def called(thing: Mapping[str, Any], lang: str) -> str:
    """The name of a thing that is given by language."""
    return _label(thing["names"], lang) or str(thing["iri"])


def _label(names: Mapping[str, str], lang: str) -> str:
    found = choose([(text, tag) for tag, text in names.items()], lang)
    return found.text if found else ""


def _text(value: Mapping[str, Any], lang: str) -> str:
    return str(value.get("text") or "") or _label(value.get("names") or {}, lang)
