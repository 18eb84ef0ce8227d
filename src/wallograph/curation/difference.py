"""What a proposal would do to the present graph, in the words of the actor's page: plain values for pages and programs.

In: a proposal, what stands, what is known, the journal. Out: by thing and field what comes, goes and stays, each with
who says so; the RDF Patch of what would be published; possible duplicates with score and reasons; the effect on
links; conflicts with what was decided since; other open proposals on the same things. The findings of the rules are
those of the check (`Proposals.outcome`).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

from pyoxigraph import NamedNode, Quad

from wallograph import vocab
from wallograph.curation.conflicts import Conflict, conflicts
from wallograph.curation.draft import is_provisional
from wallograph.curation.effects import effects
from wallograph.curation.filled import is_source, term_of
from wallograph.curation.finals import finals
from wallograph.curation.follows import Above
from wallograph.curation.layers import Standing, quads_of
from wallograph.curation.materialise import Materialised, materialise
from wallograph.curation.model import OPEN, Change, Proposal
from wallograph.curation.proposals import Proposals
from wallograph.curation.words import Words, evidence_values
from wallograph.errors import WallographError
from wallograph.iris import parse
from wallograph.journal.journal import Journal
from wallograph.pipeline.duplicates import alike
from wallograph.pipeline.known import Known
from wallograph.release.patch import Patch, format_patch

MOST_THINGS: Final = 200  # that are told field by field
ASKED: Final = 0.4  # from this score on a possible duplicate is shown; the build merges at 0.85
_MOST_ALIKE: Final = 3
_THINGS: Final = frozenset({"actor", "project", "event"})


@dataclass(slots=True)
class _Row:
    """The statements of one field of one thing."""

    changes: list[Change] = field(default_factory=list)
    inverse: bool = False
    path: str = ""


@dataclass(frozen=True, slots=True)
class Differing:
    """What working a difference out asks of the installation."""

    known: Known
    above: Above
    proposals: Proposals
    journal: Journal
    taken: Iterable[str] = ()  # `{concept}/{reference}` that are not given again

    def of(self, proposal: Proposal, standing: Standing, seen: int, most: int = MOST_THINGS) -> dict[str, Any]:
        """The whole difference. `seen` is the last entry that the release shows which it was made against."""
        words = Words(self.known, standing, proposal.changes)
        made = self.made(proposal, standing)
        found = conflicts(proposal.changes, standing, self.journal, seen) if proposal.state in OPEN else []
        rows = _by_thing(proposal.changes, standing.base)
        things = [
            self._thing(iri, fields, standing, words, found) for iri, fields in list(rows.items())[:most]
        ]  # fmt: skip
        return {
            "release": standing.number,
            "head": standing.head,
            "things": things,
            "more": max(0, len(rows) - most),
            "counts": _counts(proposal.changes, rows, things),
            "quads": {"adds": len(made.adds), "deletes": len(made.deletes)},
            "duplicates": self._duplicates(proposal, words, list(rows)[:most]),
            "links": effects(made, standing, words),
            "conflicts": [conflict.values(words) for conflict in found],
            "others": self._others(proposal, words, list(rows)[:most]),
        }

    def patch(self, proposal: Proposal, standing: Standing) -> str:
        """The RDF Patch of what would be published; of a decided proposal that of its entry."""
        made = self.made(proposal, standing)
        return format_patch(Patch(made.adds, made.deletes))

    def made(self, proposal: Proposal, standing: Standing) -> Materialised:
        """What comes and goes; nothing for a proposal that was refused or withdrawn."""
        if proposal.entry:
            payload = self.journal.payload(proposal.entry) or {}
            return Materialised(quads_of(payload.get("adds", ())), quads_of(payload.get("deletes", ())))
        if proposal.state not in OPEN:
            return Materialised([], [])
        changes: Sequence[Change] = [change for change in proposal.changes if term_of(change.object) is not None]
        with suppress(WallographError):  # a new thing without a name keeps its provisional IRI
            changes, _ = finals(changes, proposal.id, standing, self.taken)
        date = proposal.changed[:10]
        return materialise(changes, proposal.id, standing.base, date, present=standing.quads, above=self.above)

    def _thing(
        self, iri: str, fields: dict[tuple[str, bool], _Row], standing: Standing, words: Words,
        found: Sequence[Conflict],
    ) -> dict[str, Any]:  # fmt: skip
        parsed = parse(iri, standing.base)
        concept = parsed.concept if parsed else ""
        shown = [(words.field(row.path, concept, inverse=row.inverse), row) for row in fields.values()]
        shown.sort(key=lambda entry: (entry[0][2], entry[0][0]))
        return {
            **words.named(iri),
            "fields": [
                {"key": key, "path": row.path, "inverse": row.inverse, "labels": labels,
                 **_field(iri, row, standing, words, found)}
                for (key, labels, _), row in shown
            ],
        }  # fmt: skip

    def _duplicates(self, proposal: Proposal, words: Words, things: Iterable[str]) -> list[dict[str, Any]]:
        """Of each new thing the published things that it may be."""
        if proposal.state not in OPEN:
            return []
        shown = []
        for iri in filter(is_provisional, things):
            for one in alike(iri, _said(iri, proposal.changes, words.base), self.known, ASKED)[:_MOST_ALIKE]:
                features = [{"feature": name, "weight": weight} for name, weight in one.features]
                shown.append(
                    {"thing": words.named(iri), "like": words.named(one.iri), "score": one.score, "features": features}
                )
        return shown

    def _others(self, proposal: Proposal, words: Words, things: Iterable[str]) -> list[dict[str, Any]]:
        """Other open proposals that speak of the same things, or of a new thing of the same name."""
        said: dict[str, set[str]] = {}
        listed = {}
        for iri in things:
            if is_provisional(iri):
                name = next(iter(words.name(iri).values()), "")
                same = self.proposals.search(text=name, limit=20) if len(name) > 2 else []
                other = [one for one in same if one.id != proposal.id and name.casefold() in one.title.casefold()]
            else:
                other = self.proposals.about(iri, but=proposal.id)
            for one in other:
                listed[one.id] = one
                said.setdefault(one.id, set()).add(iri)
        return [
            {
                "id": one.id, "kind": one.kind.value, "state": one.state.value, "made": one.made, "title": one.title,
                "adds": one.adds, "retracts": one.retracts,
                "things": [words.named(iri) for iri in sorted(said[one.id])],
            }
            for one in sorted(listed.values(), key=lambda one: one.seq)
        ]  # fmt: skip


def _by_thing(changes: Sequence[Change], base: str) -> dict[str, dict[tuple[str, bool], _Row]]:
    """The statements by the page and field they would be seen in: a link on the page that more of them are about."""
    spoken: Counter[str] = Counter()
    for change in changes:
        spoken[change.subject] += 1
        if _is_thing(change.object, base):
            spoken[change.object.strip("<>")] += 1
    things: dict[str, dict[tuple[str, bool], _Row]] = {}
    for change in changes:
        target = change.object.strip("<>")
        inverse = _is_thing(change.object, base) and spoken[target] > spoken[change.subject]
        iri = target if inverse else change.subject
        row = things.setdefault(iri, {}).setdefault((change.predicate, inverse), _Row())
        row.changes.append(change)
        row.path, row.inverse = change.predicate, inverse
    return things


def _is_thing(term: str, base: str) -> bool:
    found = parse(term.strip("<>"), base) if not term.startswith('"') else None
    return found is not None and found.concept in _THINGS


def _field(iri: str, row: _Row, standing: Standing, words: Words, found: Sequence[Conflict]) -> dict[str, Any]:
    """What stands in a field, what goes and what comes; `kind` says it in a word."""
    stands = _stands(iri, row, standing)
    going = {(change.object, change.subject, change.graph): change for change in row.changes if change.op == "retract"}
    told = {(q.object if not row.inverse else q.subject) for q in stands}
    before = []
    for term in sorted(told, key=str):
        quads = [quad for quad in stands if (quad.subject if row.inverse else quad.object) == term]
        numbers = sorted(
            change.number for quad in quads
            if (change := going.get((str(quad.object), quad.subject.value, quad.graph_name.value)))
        )  # fmt: skip
        goes = len(numbers) >= len(quads)
        before.append({**words.value(term), "sources": words.sources(quads), "retracted_by": numbers, "goes": goes})
    statements = [_statement(change, row, words, stands, found) for change in row.changes]
    adds = [one for one in statements if one["op"] == "add" and one["status"] != "stands"]
    goes_any = any(one["goes"] for one in before) or any(one["op"] == "retract" for one in statements)
    kind = "changed" if adds and goes_any else "added" if adds else "removed" if goes_any else "same"
    return {"kind": kind, "stands": before, "statements": statements}


def _stands(iri: str, row: _Row, standing: Standing) -> list[Quad]:
    """What sources and readings say in a field now, not what is derived."""
    node, path = _node(iri), _node(row.path)
    if node is None or path is None:
        return []
    quads = standing.quads(None, path, node) if row.inverse else standing.quads(node, path)
    return [q for q in quads if isinstance(q.graph_name, NamedNode) and is_source(q.graph_name.value, standing.base)]


def _statement(
    change: Change, row: _Row, words: Words, stands: Iterable[Quad], found: Sequence[Conflict]
) -> dict[str, Any]:
    """One statement. `status` of an addition is new or stands, of a retraction goes or gone."""
    same = [q for q in stands if q.subject.value == change.subject and str(q.object) == change.object]
    if change.op == "retract":
        status = "goes" if any(q.graph_name.value == change.graph for q in same) else "gone"
    else:
        status = "stands" if same else "new"
    shown = f"<{change.subject}>" if row.inverse else change.object
    return {
        "number": change.number, "op": change.op, "status": status, "value": words.value_of(shown),
        "year": change.year, "evidence": evidence_values(change.evidence),
        "source": words.source(change.graph) if change.graph else None,
        "stated_by": words.sources(same) if change.op == "add" else [],
        "conflicts": [conflict.code for conflict in found if conflict.number == change.number],
    }  # fmt: skip


def _counts(
    changes: Iterable[Change], rows: dict[str, dict[tuple[str, bool], _Row]], things: Iterable[dict[str, Any]]
) -> dict[str, int]:
    ops = Counter(change.op for change in changes)
    kinds = Counter(field["kind"] for thing in things for field in thing["fields"])
    return {
        "adds": ops["add"], "retracts": ops["retract"], "things": len(rows),
        "new": sum(is_provisional(iri) for iri in rows), "changed_fields": kinds["changed"],
    }  # fmt: skip


def _said(iri: str, changes: Iterable[Change], base: str) -> list[Quad]:
    """What a proposal says of a new thing, with its class."""
    found = parse(iri, base)
    classes = {"actor": vocab.ORGANIZATION, "project": vocab.PROJECT, "event": vocab.EVENT}
    node = NamedNode(iri)
    quads = [Quad(node, NamedNode(vocab.TYPE), NamedNode(classes[found.concept]))] if found else []
    for change in changes:
        term, path = term_of(change.object), _node(change.predicate)
        if change.subject == iri and change.op == "add" and term is not None and path is not None:
            quads.append(Quad(node, path, term))
    return quads


def _node(iri: str) -> NamedNode | None:
    try:
        return NamedNode(iri)
    except ValueError:
        return None
