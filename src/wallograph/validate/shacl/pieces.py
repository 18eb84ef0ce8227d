"""What shapes are made of: terms, paths, targets and queries, as values that can be walked.

In: nothing. Out: the classes; `model` hands them on together with constraints and shapes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pyoxigraph import BlankNode, Literal, NamedNode

Term = NamedNode | BlankNode | Literal
Node = NamedNode | BlankNode


# Paths (SHACL 2.3.1) ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Predicate:
    """One step forward."""

    iri: NamedNode


@dataclass(frozen=True, slots=True)
class Inverse:
    """The path walked backwards."""

    path: "Path"


@dataclass(frozen=True, slots=True)
class Sequence:
    """One path after the other."""

    steps: tuple["Path", ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """Any of the paths."""

    choices: tuple["Path", ...]


@dataclass(frozen=True, slots=True)
class ZeroOrMore:
    """The path any number of times."""

    path: "Path"


@dataclass(frozen=True, slots=True)
class OneOrMore:
    """The path at least once."""

    path: "Path"


@dataclass(frozen=True, slots=True)
class ZeroOrOne:
    """The path once or not at all."""

    path: "Path"


Path = Predicate | Inverse | Sequence | Alternative | ZeroOrMore | OneOrMore | ZeroOrOne


def path_predicates(path: Path | None) -> frozenset[NamedNode]:
    """All predicates that a path walks, in either direction."""
    match path:
        case None:
            return frozenset()
        case Predicate(iri):
            return frozenset([iri])
        case Sequence(parts) | Alternative(parts):
            return frozenset().union(*(path_predicates(part) for part in parts))
        case _:
            return path_predicates(path.path)


# Targets (SHACL 2.1.3) --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TargetClass:
    """All instances of a class and its subclasses (also the implicit class target)."""

    iri: Node


@dataclass(frozen=True, slots=True)
class TargetNode:
    """One node, whether it stands in the data or not."""

    node: Term


@dataclass(frozen=True, slots=True)
class TargetSubjectsOf:
    """All subjects of a predicate."""

    predicate: NamedNode


@dataclass(frozen=True, slots=True)
class TargetObjectsOf:
    """All objects of a predicate."""

    predicate: NamedNode


Target = TargetClass | TargetNode | TargetSubjectsOf | TargetObjectsOf


# Queries of SHACL-SPARQL ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Slot:
    """The place of a variable: `kind` says how a term is written there, `text` is the variable itself."""

    name: str
    kind: str
    text: str
    number: int

    def put(self, term: object) -> str:
        """The text of the place once its variable is bound."""
        match self.kind:
            case "select":
                return f"({term} AS ?{self.name})"
            case "inner" | "group":
                return f"({term} AS ?bound{self.number}_{self.name})"
            case "order":
                return f"({term})"
            case "bound":
                return "(true)"  # FILTER wants brackets
        return str(term)


@dataclass(frozen=True, slots=True)
class Query:
    """A query text, its prefixes, and what was read in it.

    `template` is the text with places for variables that are bound. `iris` are all IRIs it names (prefixed names
    expanded, `a` as rdf:type), `predicates` those that stand as predicate (or anywhere in a path), `classes` those
    that stand as object of rdf:type. `open_predicates`: some triple pattern has a variable as predicate or a negated
    path. `required`: predicates that `$this` must have for any solution. `setwise`: one run without `$this` bound
    gives the solutions of all focus nodes together.
    """

    text: str
    prefixes: Mapping[str, str] = field(compare=False)
    template: tuple[str | Slot, ...] = field(default=(), compare=False)
    ask: bool = False
    variables: frozenset[str] = frozenset()
    iris: frozenset[str] = frozenset()
    predicates: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()
    open_predicates: bool = False
    required: tuple[NamedNode, ...] = ()
    setwise: bool = False
