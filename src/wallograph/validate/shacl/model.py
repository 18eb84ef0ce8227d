"""What a shapes graph says, compiled: shapes, targets, paths and constraints as values that can be walked.

In: nothing. Out: the classes that `compile_shapes` fills and that evaluation, reports and the search for affected
nodes read. Nothing here knows data. Shapes never refer back to themselves (compilation refuses recursion).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from wallograph.validate.shacl.pieces import (
    Alternative,
    Inverse,
    Node,
    OneOrMore,
    Path,
    Predicate,
    Query,
    Sequence,
    Target,
    TargetClass,
    TargetNode,
    TargetObjectsOf,
    TargetSubjectsOf,
    Term,
    ZeroOrMore,
    ZeroOrOne,
    path_predicates,
)  # fmt: skip
from wallograph.vocab import SH

__all__ = [
    "Alternative", "ClassConstraint", "ClosedConstraint", "CompiledShapes", "Constraint", "CountConstraint",
    "CustomConstraint", "DatatypeConstraint", "HasValueConstraint", "InConstraint", "Inverse",
    "LanguageInConstraint", "LengthConstraint", "LogicalConstraint", "Node", "NodeConstraint", "NodeKindConstraint",
    "OneOrMore", "PairConstraint", "Path", "PatternConstraint", "Predicate", "PropertyConstraint",
    "QualifiedConstraint", "Query", "RangeConstraint", "Sequence", "Shape", "SparqlConstraint", "Target",
    "TargetClass", "TargetNode", "TargetObjectsOf", "TargetSubjectsOf", "Term", "UniqueLangConstraint", "ZeroOrMore",
    "ZeroOrOne", "path_predicates",
]  # fmt: skip

# Constraints (SHACL 4, 5, 6) --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraint:
    """One constraint of a shape. `component` is the IRI of its component."""

    component: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassConstraint(Constraint):
    """sh:class"""

    iri: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class DatatypeConstraint(Constraint):
    """sh:datatype (and the lexical form must fit)"""

    iri: NamedNode


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeKindConstraint(Constraint):
    """sh:nodeKind, as the types of terms that are allowed"""

    kinds: tuple[type, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CountConstraint(Constraint):
    """sh:minCount or sh:maxCount; the other end is None"""

    minimum: int | None = None
    maximum: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeConstraint(Constraint):
    """sh:minInclusive (">="), sh:minExclusive (">"), sh:maxInclusive ("<="), sh:maxExclusive ("<")"""

    operator: str
    bound: Term


@dataclass(frozen=True, slots=True, kw_only=True)
class LengthConstraint(Constraint):
    """sh:minLength or sh:maxLength"""

    minimum: int | None = None
    maximum: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PatternConstraint(Constraint):
    """sh:pattern with sh:flags"""

    pattern: str
    flags: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageInConstraint(Constraint):
    """sh:languageIn"""

    ranges: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UniqueLangConstraint(Constraint):
    """sh:uniqueLang true"""


@dataclass(frozen=True, slots=True, kw_only=True)
class PairConstraint(Constraint):
    """sh:equals, sh:disjoint, sh:lessThan, sh:lessThanOrEquals: `kind` is that local name"""

    kind: str
    predicate: NamedNode


@dataclass(frozen=True, slots=True, kw_only=True)
class HasValueConstraint(Constraint):
    """sh:hasValue"""

    value: Term


@dataclass(frozen=True, slots=True, kw_only=True)
class InConstraint(Constraint):
    """sh:in"""

    values: frozenset[Term]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedConstraint(Constraint):
    """sh:closed: the predicates that may stand"""

    allowed: frozenset[NamedNode]


@dataclass(frozen=True, slots=True, kw_only=True)
class LogicalConstraint(Constraint):
    """sh:not, sh:and, sh:or, sh:xone: `kind` is that local name"""

    kind: str
    shapes: tuple["Shape", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeConstraint(Constraint):
    """sh:node"""

    shape: "Shape"


@dataclass(frozen=True, slots=True, kw_only=True)
class PropertyConstraint(Constraint):
    """sh:property"""

    shape: "Shape"


@dataclass(frozen=True, slots=True, kw_only=True)
class QualifiedConstraint(Constraint):
    """sh:qualifiedValueShape with one of its counts; `siblings` is empty unless they must be disjoint"""

    shape: "Shape"
    siblings: tuple["Shape", ...] = ()
    minimum: int | None = None
    maximum: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SparqlConstraint(Constraint):
    """sh:sparql"""

    node: Node
    query: Query
    messages: tuple[Literal, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomConstraint(Constraint):
    """A constraint of a sh:ConstraintComponent: its validator and the values of its parameters by name"""

    query: Query
    parameters: tuple[tuple[str, Term], ...] = ()
    messages: tuple[Literal, ...] = ()


_VIOLATION: Final = NamedNode(SH + "Violation")


# Shapes -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Shape:
    """A node shape (`path` is None) or a property shape. Two shapes are equal only if they are the same object."""

    node: Node
    path: Path | None = None
    constraints: tuple[Constraint, ...] = ()
    targets: tuple[Target, ...] = ()
    severity: NamedNode = _VIOLATION
    messages: tuple[Literal, ...] = ()
    deactivated: bool = False

    @property
    def inner(self) -> Iterator["Shape"]:
        """The shapes that its constraints refer to, one level down."""
        for constraint in self.constraints:
            match constraint:
                case LogicalConstraint(shapes=shapes):
                    yield from shapes
                case QualifiedConstraint(shape=shape, siblings=siblings):
                    yield shape
                    yield from siblings
                case NodeConstraint(shape=shape) | PropertyConstraint(shape=shape):
                    yield shape

    @cached_property
    def all_inner(self) -> tuple["Shape", ...]:
        """This shape and all below it, each once."""
        found: dict[Shape, None] = {self: None}
        for shape in self.inner:
            found.update(dict.fromkeys(shape.all_inner))
        return tuple(found)


@dataclass(frozen=True, eq=False)
class CompiledShapes:
    """All shapes of a shapes graph by their node, and the graph itself (queries may ask for it)."""

    shapes: Mapping[Node, Shape]
    triples: tuple[Triple, ...] = ()

    @cached_property
    def roots(self) -> tuple[Shape, ...]:
        """The shapes that start validation: those that have targets and are not deactivated."""
        return tuple(shape for shape in self.shapes.values() if shape.targets and not shape.deactivated)
