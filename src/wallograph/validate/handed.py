"""What explaining and repairing ask of the file that was handed in, and of what is known beside it.

In: nothing. Out: two protocols, which the pipeline fills (a stage does not know the others), and `Problem`: one
wrong value with all that a repair may look at.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from pyoxigraph import BlankNode, Literal, NamedNode

from wallograph.model import Edit, Where
from wallograph.validate.facts import Facts

Term = NamedNode | BlankNode | Literal
Labels = dict[str, str]


class Handed(Protocol):
    """The file (or files) that were handed in: places, names, and the text that a term has there."""

    def where(self, subject: str, predicate: str | None = None, value: str | None = None) -> Where:
        """The place of a statement, of a field or of a thing."""
        ...  # pragma: no cover

    def name_of(self, subject: str) -> str:
        """The thing by its name as the file has it."""
        ...  # pragma: no cover

    def write(self, term: Term, where: Where) -> str | None:
        """The text that says this term at that place; None when it cannot be replaced there."""
        ...  # pragma: no cover

    def values(self, subject: str, predicate: str) -> Sequence[Term]:
        """What the file says of a thing under a property."""
        ...  # pragma: no cover


class Nearby(Protocol):
    """What is known beside the file: code lists, places, labels. Scores go from 0 to 100, best first."""

    base: str

    def codes(self, scheme: str) -> Sequence[tuple[str, Labels, str]]:
        """The entries of a code list: IRI, labels by language, notation."""
        ...  # pragma: no cover

    def nearest(self, scheme: str, text: str) -> Sequence[tuple[str, str, float]]:
        """The entries of a code list whose label or notation is nearest to a text."""
        ...  # pragma: no cover

    def place(self, text: str) -> Sequence[tuple[str, str, float]]:
        """The places nearest to a name or postcode."""
        ...  # pragma: no cover

    def labels(self, iri: str) -> Labels:
        """The labels of a property, class, code or place by language; none when it is not known."""
        ...  # pragma: no cover


@dataclass(frozen=True, slots=True)
class Problem:
    """One wrong value: whose, under which property, what its rule allows, where it stands."""

    subject: str
    path: str
    term: Term
    facts: Facts
    where: Where
    handed: Handed
    nearby: Nearby

    @property
    def text(self) -> str:
        """The value as text: the literal, or the IRI."""
        return self.term.value

    def edit(self, term: Term, where: Where | None = None) -> tuple[Edit, ...]:
        """The edit that puts a term in the place of the value; none when that cannot be done in the file."""
        place = where or self.where
        text = self.handed.write(term, place) if place.exact else None
        return () if text is None else (Edit(place, text),)


