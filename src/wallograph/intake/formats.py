"""The formats of RDF that are read: their media types and what pyoxigraph calls them.

Out: `Format` and the table of media types.
"""

from enum import Enum
from typing import Final

from pyoxigraph import RdfFormat


class Format(Enum):
    """One syntax of RDF; the value is its name as people write it."""

    TURTLE = "Turtle"
    TRIG = "TriG"
    N_TRIPLES = "N-Triples"
    N_QUADS = "N-Quads"
    JSON_LD = "JSON-LD"
    RDF_XML = "RDF/XML"

    @property
    def rdf(self) -> RdfFormat:
        """The format for pyoxigraph."""
        return _RDF[self]

    @property
    def by_line(self) -> bool:
        """Whether each statement stands on a line of its own."""
        return self in (Format.N_TRIPLES, Format.N_QUADS)


_RDF: Final = {
    Format.TURTLE: RdfFormat.TURTLE, Format.TRIG: RdfFormat.TRIG, Format.N_TRIPLES: RdfFormat.N_TRIPLES,
    Format.N_QUADS: RdfFormat.N_QUADS, Format.JSON_LD: RdfFormat.JSON_LD, Format.RDF_XML: RdfFormat.RDF_XML,
}  # fmt: skip

BY_MEDIA_TYPE: Final = {
    "text/turtle": Format.TURTLE, "application/x-turtle": Format.TURTLE, "application/trig": Format.TRIG,
    "application/n-triples": Format.N_TRIPLES, "application/n-quads": Format.N_QUADS,
    "application/ld+json": Format.JSON_LD, "application/rdf+xml": Format.RDF_XML,
}  # fmt: skip
