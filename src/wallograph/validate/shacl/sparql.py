"""Constraints of SHACL-SPARQL over data: asked for one focus node, or once for all of them.

In: a view, a shape and its constraint. Out: results. Solutions that give the same result are told once.
"""

from collections.abc import Collection, Iterable

from pyoxigraph import Literal, NamedNode, Triple

from wallograph.validate.shacl.checks import Check, Found
from wallograph.validate.shacl.errors import UnsupportedQuery
from wallograph.validate.shacl.here import Here
from wallograph.validate.shacl.messages import filled
from wallograph.validate.shacl.model import CustomConstraint, Predicate, Query, Shape, SparqlConstraint, Term
from wallograph.validate.shacl.report import ValidationResult
from wallograph.validate.shacl.view import Bindings, Solution


class Asker:
    """Runs the queries of constraints on the view of one run."""

    def __init__(self, here: Here, shapes: Iterable[Triple]) -> None:
        self.here = here
        self.shapes = shapes
        self._shapes_graph: NamedNode | None = None

    def check(self, shape: Shape, constraint: SparqlConstraint | CustomConstraint) -> Check:
        """The constraint as a function of one focus node."""
        query = constraint.query
        always = self._always(shape, query)
        given = dict(constraint.parameters) if isinstance(constraint, CustomConstraint) else {}

        def select(focus: Term, values: Collection[Term], out: Found) -> None:
            if not self.hopeless(query, focus):
                rows = self.here.view.solutions(query, {**always, **given, "this": focus})
                out += results(shape, constraint, ({**row, "this": focus} for row in rows), given)

        def ask(focus: Term, values: Collection[Term], out: Found) -> None:
            for value in values:
                known = {**always, **given, "this": focus, "value": value}
                if not self.here.view.solutions(query, known):
                    out += results(shape, constraint, [known], given)

        return ask if query.ask else select

    def hopeless(self, query: Query, focus: Term) -> bool:
        """Whether the focus node lacks a property without which there is no solution."""
        if not query.required:
            return False
        return isinstance(focus, Literal) or any(not self.here.objects(focus, name) for name in query.required)

    def all_at_once(self, shape: Shape, constraint: SparqlConstraint) -> Iterable[Solution]:
        """The solutions for all focus nodes together, for a query that allows it. `this` says which node."""
        return self.here.view.solutions(constraint.query, self._always(shape, constraint.query))

    def _always(self, shape: Shape, query: Query) -> Bindings:
        known: dict[str, Term] = {}
        if "currentShape" in query.variables:
            known["currentShape"] = shape.node
        if "shapesGraph" in query.variables:
            self._shapes_graph = self._shapes_graph or self.here.view.hold_shapes(self.shapes)
            if self._shapes_graph is None:
                raise UnsupportedQuery(f"{shape.node}: $shapesGraph cannot be asked for over this data")
            known["shapesGraph"] = self._shapes_graph
        return known


def results(
    shape: Shape, constraint: SparqlConstraint | CustomConstraint, rows: Iterable[Solution], given: Bindings
) -> list[ValidationResult]:
    """The results that solutions stand for, each once."""
    found: dict[ValidationResult, ValidationResult] = {}
    node = constraint.node if isinstance(constraint, SparqlConstraint) else None
    for row in rows:
        if "failure" in row and row["failure"].value in ("true", "1"):
            raise UnsupportedQuery(f"{shape.node}: the query reports a failure at {row['this']}")
        where = row.get("path")
        value = row.get("value")
        result = ValidationResult(
            focus=row["this"],
            path=Predicate(where) if isinstance(where, NamedNode) else shape.path,
            value=row["this"] if value is None and shape.path is None else value,
            severity=shape.severity,
            component=constraint.component,
            source_shape=shape.node,
            messages=_messages(shape, constraint, row, given),
            source_constraint=node,
        )
        found.setdefault(result, result)
    return list(found)


def _messages(
    shape: Shape, constraint: SparqlConstraint | CustomConstraint, row: Solution, given: Bindings
) -> tuple[Literal, ...]:
    said = row.get("message")
    if isinstance(said, Literal):
        return (said,)
    if isinstance(constraint, SparqlConstraint):
        declared = constraint.messages or shape.messages
    else:
        declared = shape.messages or constraint.messages
    return tuple(filled(message, {**given, **row}) for message in declared)
