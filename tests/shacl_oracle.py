"""pySHACL as the oracle of random cases, and how reports are compared.

In: triples of data and shapes. Out: a multiset of (focus, path, component, value, severity), terms in N-Triples form,
paths written out.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any, Final

import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, Triple
from pyshacl import validate
from pyshacl.constraints.sparql.sparql_based_constraint_components import SPARQLConstraintComponentValidator

from wallograph.vocab import RDF, SH, XSD

rdflib.NORMALIZE_LITERALS = False
logging.getLogger("rdflib.term").setLevel(logging.ERROR)  # ill-typed literals are there on purpose

Row = tuple[str, str | None, str, str | None, str]
Report = Counter[Row]
_SH: Final = rdflib.Namespace(SH)
_FORMS: Final = {"zeroOrMorePath": "*", "oneOrMorePath": "+", "zeroOrOnePath": "?"}


def pyshacl_report(data: Iterable[Triple], shapes: Iterable[Triple]) -> Report:
    """What pySHACL finds."""
    # It remembers queries by the address of a shapes graph, where another graph may stand by now.
    SPARQLConstraintComponentValidator.validator_cache.clear()
    graph, shapes_graph = to_rdflib(data), to_rdflib(shapes)
    _, report, _ = validate(graph, shacl_graph=shapes_graph, advanced=False, inference="none", inplace=True)
    assert isinstance(report, rdflib.Graph), report
    results = [result for head in report.subjects(rdflib.RDF.type, _SH.ValidationReport)
               for result in report.objects(head, _SH.result)]  # fmt: skip
    return Counter(_row(report, result) for result in results)


def _row(report: rdflib.Graph, result: Any) -> Row:
    path, value = report.value(result, _SH.resultPath), report.value(result, _SH.value)
    return (
        from_rdflib(report.value(result, _SH.focusNode)),
        None if path is None else path_text(path, lambda s, p: list(report.objects(s, rdflib.URIRef(p)))),
        str(report.value(result, _SH.sourceConstraintComponent)).removeprefix(SH),
        None if value is None else from_rdflib(value),
        str(report.value(result, _SH.resultSeverity)).removeprefix(SH),
    )


def path_text(path: Any, objects: Callable[[Any, str], list[Any]]) -> str:
    """A path as text, the same for the same structure, from any kind of graph."""
    if not isinstance(path, rdflib.BNode | BlankNode):
        return str(getattr(path, "value", path))
    if objects(path, RDF + "first"):
        return "(" + "/".join(path_text(step, objects) for step in _items(path, objects)) + ")"
    for either in objects(path, SH + "alternativePath"):
        return "(" + "|".join(path_text(step, objects) for step in _items(either, objects)) + ")"
    for back in objects(path, SH + "inversePath"):
        return f"^{path_text(back, objects)}"
    for form, sign in _FORMS.items():
        for inner in objects(path, SH + form):
            return f"({path_text(inner, objects)}){sign}"
    raise AssertionError(f"{path} is no path")


def _items(head: Any, objects: Callable[[Any, str], list[Any]]) -> Iterable[Any]:
    while found := objects(head, RDF + "first"):
        yield found[0]
        head = objects(head, RDF + "rest")[0]


def to_rdflib(triples: Iterable[Triple]) -> rdflib.Graph:
    """The same triples in rdflib, terms untouched, blank nodes with their names."""
    graph = rdflib.Graph(bind_namespaces="none")
    for triple in triples:
        graph.add(tuple(_term(each) for each in triple))  # type: ignore[arg-type]
    return graph


def _term(term: object) -> rdflib.term.Node:
    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    assert isinstance(term, Literal)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    plain = term.datatype.value == XSD + "string"
    return rdflib.Literal(term.value, datatype=None if plain else rdflib.URIRef(term.datatype.value))


def from_rdflib(term: Any) -> str:
    """A term in N-Triples form."""
    if isinstance(term, rdflib.URIRef):
        return f"<{term}>"
    if isinstance(term, rdflib.BNode):
        return f"_:{term}"
    if term.language:
        return str(Literal(str(term), language=term.language))
    return str(Literal(str(term), datatype=NamedNode(str(term.datatype))) if term.datatype else Literal(str(term)))
