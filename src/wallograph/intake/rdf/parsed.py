"""What each reader of a syntax gives: quads, what is wrong, places when they are asked for, and a way to write.

In: nothing. Out: `Parsed`, the one shape for Turtle and its kin, JSON-LD and RDF/XML.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from wallograph.errors import TooLarge
from wallograph.intake.limits import IntakeLimits
from wallograph.intake.messages import refuse
from wallograph.intake.rdf.placed import Placed
from wallograph.intake.rdf.problems import Problem
from wallograph.intake.rdf.text import Span

Value = NamedNode | BlankNode | Literal


@dataclass(frozen=True)
class Parsed:
    """One text, read. `placed` is worked out at its first use; `write` takes a term, its span and how it may stand
    there; `escape` writes one character that the file's encoding lacks; `whole` is False when the rest was not read.
    """

    quads: Sequence[Quad]
    placed: Callable[[], Sequence[Placed]]
    write: Callable[[Value, Span, str], str | None]
    escape: Callable[[str], str]
    problems: Sequence[Problem] = field(default_factory=tuple)
    whole: bool = True


def check_lengths(quads: Iterable[Quad], limits: IntakeLimits) -> None:
    """TooLarge when a text or an IRI is longer than may be."""
    for quad in quads:
        for term in (quad.subject, quad.predicate, quad.object):
            if len(getattr(term, "value", "")) > limits.cell_chars:
                raise refuse(TooLarge, "text-too-long", limit="cell_chars", most=limits.cell_chars)
