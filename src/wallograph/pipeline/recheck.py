"""What a patch can make wrong: the things to judge again, and what the shapes say of them.

In: the stores before and after, the changed quads, the shapes. Out: the things by IRI. A triple that goes from one
source and stays in another is a change too: some shapes judge each source alone.
"""

from collections.abc import Collection

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, Store

from wallograph.validate.own import OwnEngine
from wallograph.validate.shacl.affected import affected, targets_of
from wallograph.validate.shacl.graphs import GraphsView
from wallograph.validate.shacl.view import GraphName
from wallograph.validate.shapes import Shapes


def judged_graphs(private: Collection[str], unjudged: Collection[str]) -> list[GraphName]:
    """The public default graph of a release, and the graphs that are kept out of it but judged."""
    return [DefaultGraph(), *(NamedNode(name) for name in sorted(set(private) - set(unjudged)))]


def affected_things(
    engine: OwnEngine, shapes: Shapes, stores: tuple[Store, Store], graphs: Collection[GraphName],
    adds: Collection[Quad], deletes: Collection[Quad],
) -> set[str]:  # fmt: skip
    """The things whose results can differ after the change, by any shape."""
    before, after = (GraphsView(store, graphs) for store in stores)
    union, per_source, _ = engine.compiled(shapes)
    nodes: set[object] = set()
    for compiled in (union, per_source):
        found = affected(compiled, adds, deletes, before, after)
        nodes |= found.every
        for shape in found.whole:
            nodes |= targets_of(shape, before) | targets_of(shape, after)
    return {node.value if isinstance(node, NamedNode) else str(node)
            for node in nodes if isinstance(node, NamedNode | BlankNode)}  # fmt: skip
