"""What validation found: results, and the report as triples.

In: results. Out: a `Report`; `Report.triples()` is the `sh:ValidationReport` of the specification.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from wallograph.validate.shacl.graph import TYPE, sh
from wallograph.validate.shacl.model import Node, Path, Term
from wallograph.validate.shacl.paths import path_triples

_REPORT: Final = sh("ValidationReport")
_RESULT: Final = sh("ValidationResult")


@dataclass(frozen=True, slots=True)
class ValidationResult:
    """One result. `value` is the term exactly as it was handed in; `component` the IRI of the component."""

    focus: Term
    path: Path | None
    value: Term | None
    severity: NamedNode
    component: str
    source_shape: Node
    messages: tuple[Literal, ...] = field(default=(), compare=False)
    source_constraint: Node | None = None
    details: tuple["ValidationResult", ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Report:
    """All results of a run. There are none if and only if the data conforms."""

    results: list[ValidationResult]

    @property
    def conforms(self) -> bool:
        """Whether there is no result at all, of whatever severity."""
        return not self.results

    def triples(self) -> list[Triple]:
        """The report as RDF."""
        report = BlankNode()
        found = [Triple(report, TYPE, _REPORT), Triple(report, sh("conforms"), Literal(self.conforms))]
        for result in self.results:
            node = BlankNode()
            found.append(Triple(report, sh("result"), node))
            found += _triples(node, result)
        return found


def _triples(node: BlankNode, result: ValidationResult) -> Iterator[Triple]:
    yield Triple(node, TYPE, _RESULT)
    yield Triple(node, sh("focusNode"), result.focus)
    yield Triple(node, sh("resultSeverity"), result.severity)
    component = result.component
    named = BlankNode(component[2:]) if component.startswith("_:") else NamedNode(component)
    yield Triple(node, sh("sourceConstraintComponent"), named)
    yield Triple(node, sh("sourceShape"), result.source_shape)
    if result.path is not None:
        head, more = path_triples(result.path)
        yield Triple(node, sh("resultPath"), head)
        yield from more
    if result.value is not None:
        yield Triple(node, sh("value"), result.value)
    if result.source_constraint is not None:
        yield Triple(node, sh("sourceConstraint"), result.source_constraint)
    for message in result.messages:
        yield Triple(node, sh("resultMessage"), message)
    for detail in result.details:
        inner = BlankNode()
        yield Triple(node, sh("detail"), inner)
        yield from _triples(inner, detail)
