"""The W3C SHACL suite, run as data: whole reports are compared, blank nodes as wildcards, paths by their structure.

In: the manifests in `fixtures/shacl`. Each case is run over quads in memory; every case that a store can hold without
rewriting a literal is run over a store as well.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse

from wallograph.validate import Report, ShapesError, compile_shapes, validate
from wallograph.validate.shacl.errors import UnsupportedQuery
from wallograph.validate.shacl.graph import ShapesGraph, sh
from wallograph.validate.shacl.model import Node, Term
from wallograph.validate.shacl.paths import path_sparql, read_path
from wallograph.vocab import SH

SUITE = Path(__file__).parent / "fixtures" / "shacl"
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
SHT = "http://www.w3.org/ns/shacl-test#"
FAILURE = NamedNode(SHT + "Failure")
NO_SHAPES_GRAPH = {"shapesGraph-001"}  # a store that is only read cannot hold the shapes for $shapesGraph


@dataclass(frozen=True)
class Case:
    """One test: its files, and what its manifest expects."""

    name: str
    data: Path
    shapes: Path
    manifest: ShapesGraph
    expected: Node


def triples(file: Path) -> list[Triple]:
    """The triples of a Turtle file, its own IRI as base."""
    return [q.triple for q in parse(path=str(file), format=RdfFormat.TURTLE, base_iri=file.as_uri())]


def cases(manifest: Path) -> Iterator[Case]:
    """The tests of a manifest and of those it includes."""
    graph = ShapesGraph(triples(manifest))
    for _, value in graph.uses.get(NamedNode(MF + "include"), ()):
        yield from cases(Path(value.value.removeprefix("file://")))
    for _, head in graph.uses.get(NamedNode(MF + "entries"), ()):
        for entry in graph.items(head):
            action = graph.objects(entry, NamedNode(MF + "action"))[0]
            data, shapes = (
                Path(graph.objects(action, NamedNode(SHT + name))[0].value.removeprefix("file://"))
                for name in ("dataGraph", "shapesGraph")
            )
            result = graph.objects(entry, NamedNode(MF + "result"))[0]
            assert not isinstance(result, Literal)
            yield Case(entry.value.rpartition("/")[2], data, shapes, graph, result)


CORE = list(cases(SUITE / "core" / "manifest.ttl"))
SPARQL = [
    *cases(SUITE / "sparql" / "manifest.ttl"),
    *cases(SUITE / "sparql" / "component" / "nodeValidator-001.ttl"),  # in no manifest, but a case
]


def wild(term: Term | None) -> str | None:
    """A term as it is compared."""
    return "*" if isinstance(term, BlankNode) else None if term is None else str(term)


def row(graph: ShapesGraph, result: Term) -> tuple[str | None, ...]:
    """One result of a report, as it is compared."""

    def one(name: str) -> Term | None:
        return graph.one(result, sh(name))

    path = one("resultPath")
    return (
        wild(one("focusNode")), None if path is None else path_sparql(read_path(graph, path)), wild(one("value")),
        wild(one("resultSeverity")), wild(one("sourceConstraintComponent")), wild(one("sourceShape")),
        wild(one("sourceConstraint")),
    )  # fmt: skip


def rows(graph: ShapesGraph, report: Node) -> Counter[tuple[str | None, ...]]:
    """All results of a report."""
    return Counter(row(graph, result) for result in graph.objects(report, sh("result")))


def messages(graph: ShapesGraph, report: Node) -> set[Term]:
    """All messages of a report."""
    return {m for result in graph.objects(report, sh("result")) for m in graph.objects(result, sh("resultMessage"))}


def compare(case: Case, run: Callable[[], Report]) -> None:
    """Run a case and compare the report, or the failure."""
    if case.expected == FAILURE:
        with pytest.raises(UnsupportedQuery):
            run()
        return
    report = run()
    found = ShapesGraph(report.triples())
    ((node, conforms),) = found.uses[sh("conforms")]
    assert rows(found, node) == rows(case.manifest, case.expected)
    assert case.manifest.one(case.expected, sh("conforms")) == conforms
    assert messages(found, node) >= messages(case.manifest, case.expected)


@pytest.mark.parametrize("case", [*CORE, *SPARQL], ids=lambda case: f"{case.data.parent.name}-{case.name}")
def test_report_over_quads(case: Case) -> None:
    compare(case, lambda: validate(triples(case.data), compile_shapes(triples(case.shapes))))


def survives(case: Case) -> bool:
    """Whether a store keeps the literals of a case."""
    quads = {Quad(t.subject, t.predicate, t.object) for t in triples(case.data)}
    store = Store()
    store.extend(quads)
    return set(store) == quads and case.name not in NO_SHAPES_GRAPH


@pytest.mark.parametrize(
    "case", [c for c in [*CORE, *SPARQL] if survives(c)], ids=lambda case: f"{case.data.parent.name}-{case.name}"
)
def test_report_over_a_store(case: Case) -> None:
    store = Store()
    store.extend(Quad(t.subject, t.predicate, t.object) for t in triples(case.data))
    compare(case, lambda: validate(store, compile_shapes(triples(case.shapes))))


def test_the_suite_is_whole() -> None:
    assert (len(CORE), len(SPARQL)) == (98, 23)
    assert issubclass(UnsupportedQuery, ShapesError)
    assert SH.endswith("#")
