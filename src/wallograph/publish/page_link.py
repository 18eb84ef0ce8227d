"""The page of a relation or a dated value as a thing: why are these two linked, who says this value.

In: the graph and the IRI of the thing. Out: its subject, what it says, its object, and all sources that
say the same.
"""

from dataclasses import dataclass, replace

from pyoxigraph import DefaultGraph, NamedNode

from wallograph.publish.labels import Named
from wallograph.publish.page_graph import PageGraph
from wallograph.publish.page_head import Head, head
from wallograph.publish.page_sources import SourceRef
from wallograph.publish.page_values import as_named, form_of, sources_of
from wallograph.vocab import RELATION_KIND, ST_OBJECT, ST_PREDICATE, ST_SUBJECT, STATED_FOR


@dataclass(frozen=True, slots=True)
class LinkPage:
    """All that the page of a relation or of a dated value shows."""

    head: Head
    subject: Named
    predicate: Named
    object: Named
    form: str
    years: tuple[str, ...]
    sources: tuple[SourceRef, ...]
    said: tuple[str, str, str] | None = None


def link_view(graph: PageGraph, iri: str, lang: str) -> LinkPage | None:
    """Gather the page; None when the thing is not a whole statement."""
    subject, predicate, value = (
        next(iter(graph.objects(iri, part)), None) for part in (ST_SUBJECT, ST_PREDICATE, ST_OBJECT)
    )
    if subject is None or predicate is None or value is None:
        return None
    kind = next(iter(graph.objects(iri, RELATION_KIND)), None)
    same = graph.store.quads(subject, NamedNode(predicate.value), value, None)
    graphs = {q.graph_name.value for q in same if not isinstance(q.graph_name, DefaultGraph)}
    ends = (
        graph.named(subject.value, lang, kind=True),
        graph.named((kind or predicate).value, lang),
        as_named(graph, value, lang),
    )
    top = head(graph, iri, lang, "type-link" if kind else "type-value")
    return LinkPage(
        head=replace(top, name=Named(iri, " – ".join(end.text for end in ends))),
        subject=ends[0],
        predicate=ends[1],
        object=ends[2],
        form=form_of(value),
        years=tuple(o.value for o in graph.objects(iri, STATED_FOR)),
        sources=sources_of(graph, graphs - graph.hidden_graphs),
        said=(subject.value, predicate.value, str(value)),
    )
