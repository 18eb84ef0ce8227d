"""Entries of code lists and places by their name, for values that are unknown.

In: a `Problem` whose value should be a code or a place. Out: `Repair`s: sure when one name is the same but for case,
accents and signs; else up to three proposals.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import unquote

from pyoxigraph import NamedNode

from wallograph.model import Repair
from wallograph.validate.handed import Problem
from wallograph.validate.repairs.messages import messages
from wallograph.vocab import LANGUAGES, LOCATION

MOST: Final = 3
LIKELY: Final = 72  # measured on misspelled labels of the lists: below it, proposals only puzzle
_LONGEST: Final = 200


def codes(problem: Problem) -> Iterator[Repair]:
    """The entry of the list whose label or notation is nearest."""
    scheme = problem.facts.scheme
    if scheme:
        found = problem.nearby.nearest(scheme, _words(problem))
        yield from _proposals(problem, found, "code", "nearest-code")


def places(problem: Problem) -> Iterator[Repair]:
    """The place of the register whose name or postcode is nearest."""
    if LOCATION in problem.facts.classes:
        yield from _proposals(problem, problem.nearby.place(_words(problem)), "place", "nearest-place")


def _proposals(
    problem: Problem, found: Sequence[tuple[str, str, float]], same: str, near: str
) -> Iterator[Repair]:
    fitting = [
        (iri, label, score)
        for iri, label, score in found
        if score >= LIKELY and NamedNode(iri) != problem.term and problem.facts.allows(NamedNode(iri))
    ]
    exact = [entry for entry in fitting if entry[2] >= 100]
    sure = len(exact) == 1
    for iri, label, _ in exact if sure else fitting[:MOST]:
        code = same if sure else near
        labels = problem.nearby.labels(iri)
        said = {lang: messages(code, label=labels.get(lang, label))[lang] for lang in LANGUAGES}
        yield Repair(code, label, said, problem.edit(NamedNode(iri)), sure=sure, link=iri)


def _words(problem: Problem) -> str:
    """The words of a value: a literal as it is; of an IRI, the last part."""
    text = problem.text[:_LONGEST]
    if isinstance(problem.term, NamedNode):
        text = unquote(re.split(r"[/#:]", text.rstrip("/#"))[-1])
        text = re.sub(r"[-_+]", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text))
    return text.strip()
