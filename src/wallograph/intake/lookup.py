"""What reading asks of what is already known: code lists, places and things by their names.

In: nothing. Out: the `Lookup` protocol. Whoever knows the graph implements it; reading itself knows no store.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol


class Code(NamedTuple):
    """One entry of a code list: its IRI, its labels by language, its notation."""

    iri: str
    labels: Mapping[str, str]
    notation: str


class Hit(NamedTuple):
    """A place or thing that a text may mean. `score` is 100 when the text is its name, else how near it is."""

    iri: str
    label: str
    score: float


class Lookup(Protocol):
    """Finds what a text means. Plain tuples of the same shape will do; best first, and few."""

    def codes(self, scheme: str) -> Sequence[tuple[str, Mapping[str, str], str]]:
        """The entries of a code list (its IRI) as (IRI, labels by language, notation); empty when it is unknown."""
        ...  # pragma: no cover

    def place(self, text: str) -> Sequence[tuple[str, str, float]]:
        """Places by name in any language, postcode, NIS code or IRI, as (IRI, label, score)."""
        ...  # pragma: no cover

    def thing(self, text: str) -> Sequence[tuple[str, str, float]]:
        """Actors, projects and events by name or IRI, as (IRI, label, score)."""
        ...  # pragma: no cover


class Nothing:
    """A `Lookup` that knows nothing."""

    def codes(self, scheme: str) -> Sequence[tuple[str, Mapping[str, str], str]]:
        """No entry of any list."""
        return ()

    def place(self, text: str) -> Sequence[tuple[str, str, float]]:
        """No place."""
        return ()

    def thing(self, text: str) -> Sequence[tuple[str, str, float]]:
        """No thing."""
        return ()
