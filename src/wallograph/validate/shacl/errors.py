"""Why shapes are refused. All are `DataError`s: the shapes are the project's own data.

    DataError
    └── ShapesError
        ├── UnknownConstraint   a constraint or parameter of the sh: namespace that this engine does not know
        ├── IllFormedShape      a shape, path or list that is not well formed
        ├── RecursiveShape      a shape that refers back to itself
        └── UnsupportedQuery    a query that breaks the rules of pre-binding, or asks for what a view cannot give
"""

from wallograph.errors import DataError


class ShapesError(DataError):
    """The shapes cannot be compiled or run."""


class UnknownConstraint(ShapesError):
    """The shape asks for something that would silently not be checked."""


class IllFormedShape(ShapesError):
    """The shape is not well formed."""


class RecursiveShape(ShapesError):
    """The shape refers to itself, directly or through others. SHACL leaves its meaning open: it is refused."""


class UnsupportedQuery(ShapesError):
    """The query may not be pre-bound (SHACL 5.2.1, appendix A), has wrong syntax, or reported a failure."""
