"""A relation and a dated value are a thing and a triple in one source graph: neither stands without the other."""

from pyoxigraph import NamedNode, RdfFormat, parse

from wallograph import vocab
from wallograph.iris import thing
from wallograph.release.state import Release

PARTS = {vocab.ST_SUBJECT: 0, vocab.ST_PREDICATE: 1, vocab.ST_OBJECT: 2}
STATED = frozenset({*vocab.RELATIONS.values(), vocab.EMPLOYEES, vocab.RESEARCHERS, vocab.STATUS, vocab.BUDGET})
INVERSE = thing("source", "derived-inverse")


def test_thing_and_triple_stand_together_in_each_source(shipped: Release) -> None:
    direct, things = set(), {}
    for quad in parse(path=str(shipped.graph_path), format=RdfFormat.N_QUADS):
        graph, predicate = quad.graph_name.value, quad.predicate.value
        if predicate in PARTS:
            things.setdefault((graph, quad.subject.value), [None] * 3)[PARTS[predicate]] = quad.object
        elif predicate in STATED and graph != INVERSE and isinstance(quad.subject, NamedNode):
            direct.add((graph, quad.subject, quad.predicate, quad.object))
    described = {(graph, *parts) for (graph, _), parts in things.items()}
    assert len(described) > 2000
    assert described == direct
