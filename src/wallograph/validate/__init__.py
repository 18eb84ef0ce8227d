"""Validation: a SHACL engine that can be used by itself, and the rules of wallograph on top of it.

In: shapes and data as pyoxigraph terms. Out: a `Report`. This is the interface of the library (SHACL Core and
SHACL-SPARQL over quads, datasets or a store):

    >>> from pyoxigraph import parse, RdfFormat
    >>> from wallograph.validate import compile_shapes, validate
    >>> shapes = compile_shapes(parse(b'''
    ...     @prefix sh: <http://www.w3.org/ns/shacl#> .
    ...     <urn:s> sh:targetSubjectsOf <urn:name> ; sh:property [ sh:path <urn:name> ; sh:maxLength 3 ] .
    ... ''', format=RdfFormat.TURTLE))
    >>> report = validate(parse(b'<urn:x> <urn:name> "long" .', format=RdfFormat.TURTLE), shapes)
    >>> report.conforms, str(report.results[0].value)
    (False, '"long"')
"""

from wallograph.validate.shacl.affected import Affected, affected, revalidate
from wallograph.validate.shacl.compile import compile_shapes
from wallograph.validate.shacl.errors import (
    IllFormedShape,
    RecursiveShape,
    ShapesError,
    UnknownConstraint,
    UnsupportedQuery,
)
from wallograph.validate.shacl.model import CompiledShapes, Shape
from wallograph.validate.shacl.overlay import OverlayView
from wallograph.validate.shacl.report import Report, ValidationResult
from wallograph.validate.shacl.run import validate
from wallograph.validate.shacl.view import MemoryView, StoreView, View

__all__ = [
    "Affected",
    "CompiledShapes",
    "IllFormedShape",
    "MemoryView",
    "OverlayView",
    "RecursiveShape",
    "Report",
    "Shape",
    "ShapesError",
    "StoreView",
    "UnknownConstraint",
    "UnsupportedQuery",
    "ValidationResult",
    "View",
    "affected",
    "compile_shapes",
    "revalidate",
    "validate",
]
