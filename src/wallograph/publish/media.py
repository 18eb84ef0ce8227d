"""The formats of a document: key, media type, file suffix, and what pyoxigraph calls it.

Out: one table that negotiation, serialisation, links and dumps share. The order is the order of preference when
a client has none: people first.
"""

from dataclasses import dataclass
from typing import Final

from pyoxigraph import RdfFormat


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write a document. `graphs` says that it keeps the source graphs."""

    key: str
    media_type: str
    label: str
    rdf: RdfFormat | None = None
    graphs: bool = False

    @property
    def suffix(self) -> str:
        """The file suffix, with its dot."""
        return f".{self.key}"

    @property
    def content_type(self) -> str:
        """What goes into a Content-Type header: `text/*` says its charset."""
        return f"{self.media_type}; charset=utf-8" if self.media_type.startswith("text/") else self.media_type


HTML: Final = Format("html", "text/html", "HTML")
TURTLE: Final = Format("ttl", "text/turtle", "Turtle", RdfFormat.TURTLE)
JSON_LD: Final = Format("jsonld", "application/ld+json", "JSON-LD", RdfFormat.JSON_LD)
N_TRIPLES: Final = Format("nt", "application/n-triples", "N-Triples", RdfFormat.N_TRIPLES)
RDF_XML: Final = Format("rdf", "application/rdf+xml", "RDF/XML", RdfFormat.RDF_XML)
TRIG: Final = Format("trig", "application/trig", "TriG", RdfFormat.TRIG, graphs=True)
N_QUADS: Final = Format("nq", "application/n-quads", "N-Quads", RdfFormat.N_QUADS, graphs=True)

FORMATS: Final = {f.key: f for f in (HTML, TURTLE, JSON_LD, N_TRIPLES, RDF_XML, TRIG, N_QUADS)}
RDF_FORMATS: Final = {key: f for key, f in FORMATS.items() if f.rdf is not None}
BY_MEDIA_TYPE: Final = {f.media_type: f for f in FORMATS.values()}
