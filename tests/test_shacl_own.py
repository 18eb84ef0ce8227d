"""Our engine behind the seam: the shipped graph and all examples are judged as by the reference."""

from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, parse

from wallograph.errors import InputError
from wallograph.ingest.read import Ingested
from wallograph.model import Severity
from wallograph.pipeline.assemble import Linked, assemble
from wallograph.pipeline.build import UNJUDGED
from wallograph.resources import ontology_dir
from wallograph.validate import MemoryView
from wallograph.validate.engine import Limited, Result, without_graphs
from wallograph.validate.own import OwnEngine
from wallograph.validate.reference import PySHACL
from wallograph.validate.shapes import Shapes, load_shapes

EXAMPLES = sorted((ontology_dir() / "examples").glob("*/*.*"))


@pytest.fixture(scope="module")
def shapes() -> Shapes:
    return load_shapes()


@pytest.fixture(scope="module")
def own() -> OwnEngine:
    return OwnEngine()


def counted(results: list[Result]) -> Counter[tuple[object, ...]]:
    return Counter((r.focus, r.path, r.component, r.value, r.severity, r.source_shape, r.graph) for r in results)


def test_the_shipped_graph_is_judged_as_by_the_reference(
    linked: tuple[Ingested, Linked], shapes: Shapes, own: OwnEngine
) -> None:
    data = list(dict.fromkeys(without_graphs(assemble(*linked, ontology_dir()), UNJUDGED)))
    found = own.validate(data, shapes)
    assert counted(found) == counted(PySHACL().validate(data, shapes))
    assert {r.severity for r in found} >= {Severity.WARNING}
    store = Store()
    store.extend(data)
    store.extend(Quad(q.subject, q.predicate, q.object) for q in data)
    assert own.validate(store, shapes) == found
    focus = {r.focus for r in found[::7]}
    assert own.validate(store, shapes, focus) == [r for r in found if r.focus in focus]
    assert own.validate(data, shapes, focus) == [r for r in found if r.focus in focus]


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_the_examples_are_judged_as_by_the_reference(file: Path, shapes: Shapes, own: OwnEngine) -> None:
    format_ = RdfFormat.from_extension(file.suffix[1:])
    assert format_ is not None
    valid = ontology_dir() / "examples" / "valid"
    around = [*parse(path=str(valid / "code-lists.ttl")), *parse(path=str(valid / "places.ttl"))]
    mine = list(parse(file.read_bytes(), format=format_))
    things = {q.subject.value if isinstance(q.subject, NamedNode) else str(q.subject) for q in mine}
    found = own.validate([*around, *mine], shapes, things)
    assert counted(found) == counted(PySHACL().validate([*around, *mine], shapes, things))
    assert counted(own.validate(mine, shapes, background=MemoryView(around))) == counted(found)


def test_a_limited_engine_refuses_more_than_it_is_fit_for(shapes: Shapes, own: OwnEngine) -> None:
    quad = Quad(BlankNode(), NamedNode("urn:x:p"), Literal("x"), DefaultGraph())
    limited = Limited(own, "slow", 1)
    assert limited.validate([quad], shapes) == []
    with pytest.raises(InputError, match="slow takes up to 1 statements; these are 2"):
        limited.validate([quad, quad], shapes)
