"""The questions that find suspects: for each kind of constraint, which nodes or values may break it.

In: a shape and its constraints. Out: SPARQL over `?this` (a focus node) and `?v` (a value). Texts are made here and not
kept in `.rq` files because they are as many as there are shapes; nothing of the data goes into them. A question
may name too many nodes, never too few: where SPARQL and SHACL differ, it errs on the side of suspicion.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode

from wallograph.validate.shacl import model
from wallograph.validate.shacl.model import Constraint, Node, Path, Shape, Term
from wallograph.vocab import RDF, XSD

Subclasses = Callable[[Node], Iterable[Term]]
_A: Final = f"<{RDF}type>"
_IS: Final = {NamedNode: "isIRI", BlankNode: "isBLANK", Literal: "isLITERAL"}
_TRUSTED: Final = ", ".join(f"<{XSD}{name}>" for name in ("date", "integer", "decimal", "double", "gYear"))
_OF_VALUES: Final = (
    model.DatatypeConstraint, model.RangeConstraint, model.PatternConstraint, model.InConstraint,
    model.LogicalConstraint, model.NodeConstraint, model.PropertyConstraint, model.ClosedConstraint,
    model.LengthConstraint,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Question:
    """What goes with the pattern of the targets, and what follows the whole.

    With `values` the answers are values: those that break one of these constraints lead to the suspects. `joined`: the
    pattern brings triples of its own, so it can be asked without the targets, and joined with them by a table.
    """

    pattern: str
    tail: str = ""
    values: tuple[Constraint, ...] = ()
    joined: bool = True

    @property
    def free(self) -> str:
        """The question asked of all nodes."""
        return f"SELECT {self._head} {{ {self.pattern} }} {self.tail}"

    def text(self, target: str, *, few: bool) -> str:
        """The question asked of the targets. Many are joined with their values by a table, few are looked up."""
        if self.joined and not few:
            tables = f"{{ SELECT ?this {{ {target} }} }} {{ SELECT ?this ?v {{ {self.pattern} }} }}"
            return f"SELECT {self._head} {{ {tables} }} {self.tail}"
        return f"SELECT {self._head} {{ {target} {self.pattern} }} {self.tail}"

    @property
    def _head(self) -> str:
        return "?this" if self.tail else "DISTINCT ?v" if self.values else "DISTINCT ?this"


def target_pattern(root: Shape, subclasses: Subclasses) -> str | None:
    """The targets of a shape as a pattern, each once; None when they are not classes or subjects of predicates."""
    parts: list[str] = []
    for target in root.targets:
        match target:
            case model.TargetClass(iri):
                for kind in subclasses(iri):
                    if not isinstance(kind, NamedNode):
                        return None
                    parts.append(f"?this {_A} {kind}")
            case model.TargetSubjectsOf(predicate):
                parts.append(f"?this {predicate} ?any")
            case _:
                return None
    if len(parts) == 1 and isinstance(root.targets[0], model.TargetClass):
        return f"{parts[0]} ."
    union = " UNION ".join(f"{{ {part} }}" for part in parts)
    return f"{{ SELECT DISTINCT ?this {{ {union} }} }}"


def questions(shape: Shape, constraints: Sequence[Constraint], subclasses: Subclasses) -> list[Question] | None:
    """What to ask so that no focus node with a result is missed; None when there is no way to ask."""
    asked: list[Question] = []
    edge = edge_of(shape.path)
    if shape.path is not None and edge is None:
        return None
    of_values: list[Constraint] = []
    if edge is not None:
        of_values = [c for c in constraints if isinstance(c, _OF_VALUES) and _filter(c) is None]
        if of_values:  # their values are read out anyhow
            of_values += [c for c in constraints if _filter(c) is not None]
    for constraint in constraints:
        if constraint in of_values:
            continue
        found = _of_path(constraint, edge, subclasses) if edge else _of_node(constraint, subclasses)
        if found is None:
            return None
        asked += found
    if of_values and edge:
        asked.append(Question(_wide(edge), values=tuple(of_values)))
    return asked


def edge_of(path: Path | None) -> str | None:
    """The path as a pattern, if it is a single step."""
    match path:
        case model.Predicate(iri):
            return f"?this {iri} ?v"
        case model.Inverse(model.Predicate(iri)):
            return f"?v {iri} ?this"
    return None


def _wide(edge: str, more: str = "") -> str:
    return f"{edge} . {more}" if more else edge


def _of_path(constraint: Constraint, edge: str, subclasses: Subclasses) -> list[Question] | None:
    """Questions of a property shape."""
    match constraint:
        case model.CountConstraint(minimum=low, maximum=high):
            return _count(edge, low, high)
        case model.ClassConstraint(iri=kind):
            members = " UNION ".join(f"{{ ?v {_A} {k} }}" for k in subclasses(kind) if isinstance(k, NamedNode))
            return [Question(_wide(edge, f"MINUS {{ {members} }}"))]
        case model.UniqueLangConstraint():
            tail = "GROUP BY ?this (LCASE(LANG(?v)) AS ?tag) HAVING (COUNT(*) > 1)"
            return [Question(_wide(edge, 'FILTER(LANG(?v) != "")'), tail)]
        case model.PairConstraint(kind="disjoint", predicate=other):
            return [Question(_wide(edge, f"?this {other} ?v"))]
        case model.PairConstraint(kind="lessThan" | "lessThanOrEquals" as kind, predicate=other):
            sign = "<" if kind == "lessThan" else "<="
            wrong = f"!(?v {sign} ?w) || DATATYPE(?v) != DATATYPE(?w) || DATATYPE(?v) NOT IN ({_TRUSTED})"
            return [Question(_wide(edge, f"?this {other} ?w FILTER(COALESCE({wrong}, true))"))]
        case model.HasValueConstraint(value=NamedNode() as value):
            return [Question(f"MINUS {{ {edge.replace('?v', str(value))} }}", joined=False)]
    wrong_value = _filter(constraint)
    return None if wrong_value is None else [Question(_wide(edge, f"FILTER({wrong_value})"))]


def _count(edge: str, low: int | None, high: int | None) -> list[Question]:
    if high is not None:
        tail = f"GROUP BY ?this HAVING (COUNT(?v) > {high})"
        return [Question(_wide(edge), tail)]
    if not low:
        return []
    if low == 1:
        return [Question(f"MINUS {{ {edge} }}", joined=False)]
    enough = f"{{ SELECT ?this {{ {edge} }} GROUP BY ?this HAVING (COUNT(?v) >= {low}) }}"
    return [Question(f"MINUS {enough}", joined=False)]


def _filter(constraint: Constraint) -> str | None:
    """An expression that is true for each wrong `?v`, for what can be told without reading it out."""
    match constraint:
        case model.NodeKindConstraint(kinds=kinds):
            return "!(" + " || ".join(f"{_IS[kind]}(?v)" for kind in kinds) + ")"
        case model.DatatypeConstraint(iri=iri) if iri.value == XSD + "string":
            return f"COALESCE(DATATYPE(?v) != {iri}, true)"
        case model.LanguageInConstraint(ranges=ranges):
            fine = " || ".join(f"LANGMATCHES(LANG(?v), {Literal(tag)})" for tag in ranges) or "false"
            return f"COALESCE(!({fine}), true)"
    return None


def _of_node(constraint: Constraint, subclasses: Subclasses) -> list[Question] | None:
    """Questions of a node shape."""
    match constraint:
        case model.NodeKindConstraint():
            wrong = (_filter(constraint) or "").replace("?v", "?this")
            return [Question(f"FILTER({wrong})", joined=False)]
        case model.ClassConstraint(iri=kind):
            members = " UNION ".join(f"{{ ?this {_A} {k} }}" for k in subclasses(kind) if isinstance(k, NamedNode))
            return [Question(f"MINUS {{ {members} }}", joined=False)]
        case model.ClosedConstraint(allowed=allowed):
            names = ", ".join(str(name) for name in allowed)
            return [Question(f"?this ?p ?v FILTER(?p NOT IN ({names}))", joined=False)]
    return None
