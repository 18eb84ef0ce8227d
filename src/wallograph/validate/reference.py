"""pySHACL behind the seam: the engine of today, the oracle of tests later. The only importer of rdflib and pyshacl.

In: quads of pyoxigraph and `Shapes`. Out: `Result`s. Terms are built one by one, nothing is written as text and
parsed again, and nothing is fetched.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any, Final

import pyshacl.helper
import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple
from pyshacl.graph_abstraction import DataGraph
from pyshacl.helper.sparql_query_helper import SPARQLQueryHelper
from pyshacl.validator import Validator
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.evaluate import evalQuery
from rdflib.plugins.sparql.processor import SPARQLResult
from rdflib.plugins.sparql.sparql import Query

from wallograph.model import Severity
from wallograph.validate.engine import Result, settle
from wallograph.validate.scoped import scoped_view
from wallograph.validate.shapes import Shapes
from wallograph.vocab import SH, XSD

# Findings must show what was handed in, not rdflib's idea of it (design M5).
rdflib.NORMALIZE_LITERALS = False
# An ill-typed literal is a finding of ours; rdflib would print a traceback for each.
logging.getLogger("rdflib.term").setLevel(logging.ERROR)

_SEVERITY: Final = {
    rdflib.URIRef(SH + "Violation"): Severity.VIOLATION,
    rdflib.URIRef(SH + "Warning"): Severity.WARNING,
    rdflib.URIRef(SH + "Info"): Severity.INFO,
}
_TARGETS: Final = frozenset(
    SH + name for name in ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")
)
_STRING: Final = XSD + "string"


class _CheckedOnce(SPARQLQueryHelper):
    """The text of a SPARQL constraint is checked once, not for every focus node (5 ms each for a long text)."""

    _ready: tuple[bool, str] | None = None

    def pre_bind_variables(
        self, thisnode: Any, valuenode: Any = None, extravars: Any = None
    ) -> tuple[dict[str, Any], str]:
        if valuenode is not None or extravars:
            return super().pre_bind_variables(thisnode, valuenode, extravars)
        if self._ready is None:
            bindings, text = super().pre_bind_variables(thisnode)
            if set(bindings) - {"this"}:
                return bindings, text
            self._ready = ("this" in bindings, text)
        names_this, text = self._ready
        return ({"this": thisnode} if names_this else {}), text


# pySHACL looks its helper class up here, so that it can be another one.
pyshacl.helper.SPARQLQueryHelperCls = _CheckedOnce  # type: ignore[attr-defined]


@lru_cache(maxsize=256)
def _prepare(text: str) -> Query:
    """Parse a query once: pySHACL hands the text in anew for every focus node."""
    return prepareQuery(text)


@lru_cache(maxsize=8)
def _prepare_shapes(part: tuple[Triple, ...]) -> Validator:
    """Read shapes once. The validator only lends its shapes and settings: its own data graph stays empty."""
    nothing = DataGraph.from_rdflib_graph(rdflib.Graph())
    return Validator(nothing, shacl_graph=_Graph(_flat(part)), options={"inplace": True, "inference": "none"})


class _Graph(rdflib.Graph):
    """A graph in memory, filled and queried the short way."""

    def __init__(self, triples: Iterable[Triple | Quad]) -> None:
        super().__init__(store="SimpleMemory", bind_namespaces="none")
        self._size = 0
        terms: dict[object, rdflib.term.Node] = {}
        add = self.store.add
        for triple in triples:
            row = []
            for term in (triple.subject, triple.predicate, triple.object):
                known = terms.get(term)
                if known is None:
                    known = terms[term] = _to_rdflib(term)
                row.append(known)
            add(tuple(row), self)  # type: ignore[arg-type]
            self._size += 1

    def __len__(self) -> int:
        """Known, not counted: pySHACL asks for it at every result, and rdflib counts by walking the graph."""
        return self._size

    def query(  # type: ignore[override]
        self, query_object: str, *_: Any, initBindings: Mapping[str, Any] | None = None, **__: Any
    ) -> SPARQLResult:
        return SPARQLResult(evalQuery(self, _prepare(query_object), dict(initBindings or {})))


class PySHACL:
    """The `Engine` on pySHACL: no inference, no rules, no functions, nothing that stands outside the data."""

    def validate(self, data: Iterable[Quad], shapes: Shapes, focus: set[str] | None = None) -> list[Result]:
        """All results of both passes: the union of all graphs, then each source alone."""
        quads = list(data)
        results = _run(_Graph(quads), shapes.union, shapes, focus)
        mentioned = {t.object.value for t in shapes.per_source if isinstance(t.object, NamedNode)}
        mentioned |= _in_queries(shapes.per_source, {q.predicate.value for q in quads})
        view = scoped_view(quads, mentioned)
        scopes = None if focus is None else view.scopes_of(focus)
        for found in _run(_Graph(view.triples), shapes.per_source, shapes, scopes):
            thing, graph = view.origin[found.focus]
            results.append(replace(found, focus=thing, value=view.unscoped(found.value), graph=graph))
        return settle(results, shapes)


def _in_queries(triples: Iterable[Triple], predicates: set[str]) -> set[str]:
    """The predicates that a SPARQL constraint asks for: those it names by their local part."""
    texts = [t.object.value for t in triples if t.predicate.value == SH + "select"]
    names = {iri: max(iri.rpartition("#")[2], iri.rpartition("/")[2], key=len) for iri in predicates}
    return {iri for iri, name in names.items() if any(name in text for text in texts)}


def _run(data: _Graph, part: tuple[Triple, ...], shapes: Shapes, focus: set[str] | None) -> list[Result]:
    """One pass. pySHACL's own `focus_nodes` would also skip nested shapes, so targets are narrowed here."""
    if not part or focus == set():
        return []
    run = _prepare_shapes(part)
    executor = run.make_executor()
    wanted = None if focus is None else {_to_rdflib_focus(name) for name in focus}
    results: list[Result] = []
    for shape in run.shacl_graph.shapes:
        targets = shape.focus_nodes(data)
        if wanted is not None:
            targets &= wanted
        if targets:
            _, reports = shape.validate(executor, data, focus=targets)
            results += [_result(node, triples, shapes) for _, node, triples in reports]
    return results


def _flat(part: tuple[Triple, ...]) -> list[Triple]:
    """Give the targets of a node shape to the property shapes it holds: the same meaning, a tenth of the time.

    pySHACL sets a held shape up anew for each focus node, and a shape with targets once for all of them.
    """
    targets = defaultdict(list)
    held = defaultdict(list)
    for triple in part:
        if triple.predicate.value in _TARGETS:
            targets[triple.subject].append(triple)
        elif triple.predicate.value == SH + "property":
            held[triple.subject].append(triple)
    lent = [
        Triple(prop.object, target.predicate, target.object)  # type: ignore[arg-type]
        for owner in held.keys() & targets.keys()
        for prop in held[owner]
        for target in targets[owner]
    ]
    moved = {prop for owner in held.keys() & targets.keys() for prop in held[owner]}
    return [triple for triple in part if triple not in moved] + lent


def _result(node: Any, triples: Iterable[tuple[Any, Any, Any]], shapes: Shapes) -> Result:
    said: dict[str, Any] = {}
    for subject, predicate, value in triples:
        if subject != node:
            continue  # a detail: what a nested shape found
        said[str(predicate).removeprefix(SH)] = value[1] if isinstance(value, tuple) else value
    value, path = said.get("value"), said.get("resultPath")
    shape = str(said["sourceShape"])
    focus = said["focusNode"]
    return Result(
        focus=str(focus) if isinstance(focus, rdflib.URIRef) else str(_from_rdflib(focus)),
        path=None if path is None else str(path),
        value=None if value is None else str(_from_rdflib(value)),
        severity=_SEVERITY.get(said["resultSeverity"], Severity.VIOLATION),
        component=str(said["sourceConstraintComponent"]),
        source_shape=shape,
        messages=shapes.rule(shape).messages,
    )


def _to_rdflib(term: object) -> rdflib.term.Node:
    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    assert isinstance(term, Literal)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    datatype = term.datatype.value
    return rdflib.Literal(term.value, datatype=None if datatype == _STRING else rdflib.URIRef(datatype))


def _to_rdflib_focus(name: str) -> rdflib.term.Node:
    return rdflib.BNode(name[2:]) if name.startswith("_:") else rdflib.URIRef(name)


def _from_rdflib(term: Any) -> NamedNode | BlankNode | Literal:
    if isinstance(term, rdflib.URIRef):
        return NamedNode(str(term))
    if isinstance(term, rdflib.BNode):
        return BlankNode(str(term))
    if term.language:
        return Literal(str(term), language=term.language)
    return Literal(str(term), datatype=NamedNode(str(term.datatype))) if term.datatype else Literal(str(term))
