"""What changed between two releases, in either order.

In: the state and two numbers. Out: the patch from the one to the other; a summary that people can read.
"""

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse

from wallograph.release.chain import Chain, chain
from wallograph.release.graphfile import subject_of
from wallograph.release.patch import Patch
from wallograph.release.state import State
from wallograph.store.embedded import ReadStore
from wallograph.vocab import LABEL, NAME, PREF_LABEL, TYPE

_PARSE_LINES: Final = 10_000
_LABELS: Final = (LABEL, PREF_LABEL, NAME)


@dataclass(frozen=True, slots=True)
class SubjectChange:
    """One thing that changed: its label (empty if it has none) and its added and deleted quads, counted."""

    iri: str
    label: str
    adds: int
    deletes: int


@dataclass(frozen=True, slots=True)
class DiffSummary:
    """A diff for people: quads, things that came and went by class, and the things that changed."""

    adds: int
    deletes: int
    classes: dict[str, tuple[int, int]]
    subjects: list[SubjectChange]


def diff(state: State, old: int, new: int) -> Patch:
    """The patch that makes release `new` out of release `old`, whichever came first."""
    before, after = chain(state.get(old)), chain(state.get(new))
    if before.edition.number == after.edition.number:
        deletes, adds = _same_edition(before, after)
    else:
        deletes, adds = _merged(before.lines(), after.lines())
    return Patch(adds=list(_quads(adds)), deletes=list(_quads(deletes)))


def _same_edition(before: Chain, after: Chain) -> tuple[list[bytes], list[bytes]]:
    deletes = (after.gone - before.gone) | (before.come - after.come)
    adds = (before.gone - after.gone) | (after.come - before.come)
    return sorted(deletes), sorted(adds)


def _merged(before: Iterator[bytes], after: Iterator[bytes]) -> tuple[list[bytes], list[bytes]]:
    """Both streams are sorted, so a line that stands in both comes twice in a row."""
    deletes: list[bytes] = []
    adds: list[bytes] = []
    marked = heapq.merge(((line, deletes) for line in before), ((line, adds) for line in after), key=_line)
    for line, group in groupby(marked, key=_line):
        sides = [side for _, side in group]
        if len(sides) == 1:
            sides[0].append(line)
    return deletes, adds


def _line(marked: tuple[bytes, list[bytes]]) -> bytes:
    return marked[0]


def _quads(lines: list[bytes]) -> Iterator[Quad]:
    for start in range(0, len(lines), _PARSE_LINES):
        yield from parse(b"".join(lines[start : start + _PARSE_LINES]), RdfFormat.N_QUADS)


def summarise(state: State, old: int, new: int, patch: Patch) -> DiffSummary:
    """The summary of a diff. A thing came if it has a class in `new` that it lacks in `old`, as the public
    graph says; its label is the one in `new`, or in `old` if it is gone."""
    before, after = (ReadStore(state.get(number).store_path) for number in (old, new))
    adds = Counter(subject_of(quad) for quad in patch.adds)
    deletes = Counter(subject_of(quad) for quad in patch.deletes)
    came: Counter[str] = Counter()
    went: Counter[str] = Counter()
    subjects: list[SubjectChange] = []
    for subject in sorted(adds.keys() | deletes.keys(), key=lambda term: term.value):
        had, has = _values(before, subject), _values(after, subject)
        came.update(has[TYPE] - had[TYPE])
        went.update(had[TYPE] - has[TYPE])
        label = _label(has) or _label(had)
        subjects.append(SubjectChange(subject.value, label, adds[subject], deletes[subject]))
    classes = {iri: (came[iri], went[iri]) for iri in sorted(came.keys() | went.keys())}
    return DiffSummary(len(patch.adds), len(patch.deletes), classes, subjects)


def _values(store: ReadStore, subject: NamedNode) -> dict[str, set[str]]:
    values: dict[str, set[str]] = defaultdict(set)
    for quad in store.quads(subject, graph=DefaultGraph()):
        if isinstance(quad.object, NamedNode | Literal):
            values[quad.predicate.value].add(quad.object.value)
    return values


def _label(values: dict[str, set[str]]) -> str:
    return next((min(values[predicate]) for predicate in _LABELS if values.get(predicate)), "")
