"""The final IRIs of what a proposal speaks of.

In: its changes, what stands, the references that an installation ever gave. Out: the same changes with an IRI made of
its name for each new thing, merged things replaced by their survivor; the record keys of the new things.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from wallograph.curation.draft import PROVISIONAL
from wallograph.curation.layers import Standing, quads_of
from wallograph.curation.model import Change
from wallograph.errors import InputError
from wallograph.iris import slug, thing
from wallograph.vocab import LABEL, NAME

_NAMES: Final = (NAME, LABEL)


def finals(
    changes: Sequence[Change], proposal: str, standing: Standing, taken: Iterable[str] = ()
) -> tuple[tuple[Change, ...], dict[str, str]]:
    """The changes with final IRIs, and `{iri: "proposal/<proposal>/<n>"}` of the new things.

    `taken` are `{concept}/{reference}` that may not be given again. InputError for a new thing without a name.
    """
    changes = [plain(change) for change in changes]
    given: dict[str, str] = {}
    records: dict[str, str] = {}
    used = set(taken)
    for provisional in dict.fromkeys(iri for change in changes for iri in ends(change)):
        found = PROVISIONAL.search(provisional)
        if found is None or not provisional.startswith(standing.base + "/"):
            given[provisional] = standing.survivor(provisional)
            continue
        if found["proposal"] != proposal:
            raise InputError("a statement names a new thing of another proposal: that one is to be accepted first")
        iri = _new(found["concept"], _name_of(provisional, changes), standing, used)
        used.add(iri.removeprefix(f"{standing.base}/id/"))
        given[provisional], records[iri] = iri, f"proposal/{proposal}/{found['number']}"
    return tuple(_renamed(change, given) for change in changes), records


def settled(change: Change, proposal: str, things: Mapping[str, str]) -> Change:
    """A statement that is not accepted, with the final IRIs of the new things that are (`things` as of `finals`)."""
    marks = {record.rpartition("/")[2]: iri for iri, record in things.items()}

    def final(iri: str) -> str:
        found = PROVISIONAL.search(iri)
        return marks.get(found["number"], iri) if found and found["proposal"] == proposal else iri

    told = plain(change)
    return _renamed(told, {iri: final(iri) for iri in ends(told)})


def text_of(term: str) -> str:
    """The plain text of a literal, or the IRI, of a term as a change has it."""
    if not term.startswith('"'):
        return term.strip("<>")
    (quad,) = quads_of([f"<urn:s> <urn:p> {term} ."])
    return str(quad.object.value)


def ends(change: Change) -> Iterator[str]:
    """The things of a plain change: its subject, and its object if it is one."""
    yield change.subject
    if change.object.startswith("<"):
        yield change.object[1:-1]


def plain(change: Change) -> Change:
    """The same, written in one way: subject, predicate and graph as bare IRIs, an IRI as object in brackets."""
    target = change.object.strip()
    if not target.startswith('"'):
        target = f"<{target.strip('<>')}>"
    return replace(
        change, subject=change.subject.strip("<> "), predicate=change.predicate.strip("<> "), object=target,
        graph=change.graph.strip("<> "),
    )  # fmt: skip


def _renamed(change: Change, given: dict[str, str]) -> Change:
    target = f"<{given[change.object[1:-1]]}>" if change.object.startswith("<") else change.object
    return replace(change, subject=given[change.subject], object=target)


def _name_of(iri: str, changes: Sequence[Change]) -> str:
    names = [
        (_NAMES.index(change.predicate), change.number, text_of(change.object))
        for change in changes
        if change.op == "add" and change.subject == iri and change.predicate in _NAMES
    ]
    if not names:
        raise InputError("a new thing has no name among the statements that are accepted")
    return min(names)[2]


def _new(concept: str, name: str, standing: Standing, used: set[str]) -> str:
    start = slug(name)
    reference, number = start, 2
    while f"{concept}/{reference}" in used or standing.is_taken(thing(concept, reference, standing.base)):
        reference, number = f"{start}-{number}", number + 1
    return thing(concept, reference, standing.base)
