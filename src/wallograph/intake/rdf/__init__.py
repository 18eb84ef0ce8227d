"""Reading RDF that somebody hands in: bytes come in; quads, their places in the text and findings go out."""

from wallograph.intake.formats import Format
from wallograph.intake.rdf.read import read_rdf
from wallograph.intake.rdf.submission import RdfSubmission

__all__ = ["Format", "RdfSubmission", "read_rdf"]
