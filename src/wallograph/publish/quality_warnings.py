"""What is doubtful, with every value and every source side by side.

In: the warnings of a release and the graph. Out: for each warning the thing, the rule, and what each source says;
nothing is chosen.
"""

from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode

from wallograph.publish.labels import Named
from wallograph.publish.page_graph import PageGraph
from wallograph.publish.page_values import Stated, Statements, as_named, form_of, sources_of
from wallograph.publish.quality import Quality, rule_named
from wallograph.vocab import MUNICIPALITY, PLACE, ST_OBJECT, ST_PREDICATE, ST_SUBJECT, STATED_FOR


@dataclass(frozen=True, slots=True)
class Warned:
    """One warning: `thing` is what it is about, `property` what the sources say differently or doubtfully."""

    thing: Named
    code: str
    rule: Named
    property: Named | None
    values: tuple[Stated, ...]
    year: str = ""


def warned(graph: PageGraph, quality: Quality, lang: str, code: str = "") -> tuple[Warned, ...]:
    """The warnings of a release, or those of one rule, in the order of their rule and thing."""
    found = quality.measured["warnings"]
    chosen = [warning for warning in found if not code or graph.notation(warning["shape"]) == code]
    return tuple(_warned(graph, warning, lang) for warning in chosen)


def _warned(graph: PageGraph, warning: dict[str, Any], lang: str) -> Warned:
    focus, path = warning["focus"], warning["path"]
    rule = rule_named(graph, warning["shape"], lang)
    code = graph.notation(warning["shape"])
    if focus.startswith(f"{graph.base}/id/value/") and path == ST_OBJECT:
        return _dated(graph, focus, rule, code, lang)
    if focus.startswith(f"{graph.base}/id/source/"):
        return Warned(source_named(graph, focus), code, rule, graph.named(path, lang) if path else None, ())
    thing = _one(graph, focus, ST_SUBJECT) or focus  # a relation as a thing is about its subject
    said = Statements(graph, graph.stated(focus), lang)
    if path and graph.own(MUNICIPALITY) == path and len(said.values(PLACE)) > 1:
        path = PLACE  # the municipality is derived: the sources disagree on what it was derived from
    values = said.values(path) if path else ()
    return Warned(graph.named(thing, lang), code, rule, graph.named(path, lang) if path else None, values)


def source_named(graph: PageGraph, iri: str) -> Named:
    """A source by its publisher or title."""
    source = graph.source(iri)
    return Named(iri, source.publisher or source.label or graph.notation(iri), href=source.href)


def _dated(graph: PageGraph, value: str, rule: Named, code: str, lang: str) -> Warned:
    """A dated value that another source gives otherwise: all values of that property for that year."""
    subject, predicate = _one(graph, value, ST_SUBJECT), _one(graph, value, ST_PREDICATE)
    year = _one(graph, value, STATED_FOR)
    by_term: dict[Any, set[str]] = {}
    for row in graph.rows("dated_values", this=subject):
        if row["predicate"].value == predicate and (row["year"].value if row.get("year") else "") == year:
            by_term.setdefault(row["value"], set()).add(row["graph"].value)
    values = tuple(
        Stated(as_named(graph, term, lang), form_of(term), sources_of(graph, graphs), year)
        for term, graphs in sorted(by_term.items(), key=lambda pair: str(pair[0]))
    )
    return Warned(graph.named(subject, lang), code, rule, graph.named(predicate, lang), values, year)


def _one(graph: PageGraph, subject: str, predicate: str) -> str:
    found = graph.store.quads(NamedNode(subject), graph.node(predicate), None, None)
    return min((q.object.value for q in found), default="")
