"""The seam of the validator: both views, focus, exact values, private graphs, reports."""

import json

import pytest
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse

from wallograph.errors import DataError
from wallograph.model import Severity
from wallograph.validate.engine import Result, settle, without_graphs
from wallograph.validate.reference import PySHACL
from wallograph.validate.report import counts, report_dict, report_turtle
from wallograph.validate.scoped import scoped_view
from wallograph.validate.shapes import SHAPES_NS, Shapes, load_shapes, make_shapes
from wallograph.vocab import DEFAULT_BASE, FOUNDING_DATE, LABEL, NAME, ORGANIZATION, SH, TYPE, XSD

ACTOR = f"{DEFAULT_BASE}/id/actor/exemple"
OTHER = f"{DEFAULT_BASE}/id/actor/autre"
FIRST = f"{DEFAULT_BASE}/id/source/exemple-1"
SECOND = f"{DEFAULT_BASE}/id/source/exemple-2"


def year(text: str) -> Literal:
    return Literal(text, datatype=NamedNode(XSD + "gYear"))


def quad(s: str, p: str, o: NamedNode | Literal | str, graph: str | None = FIRST) -> Quad:
    value = NamedNode(o) if isinstance(o, str) else o
    return Quad(NamedNode(s), NamedNode(p), value, NamedNode(graph) if graph else DefaultGraph())


def actor(iri: str, name: str) -> list[Quad]:
    return [
        quad(iri, TYPE, ORGANIZATION),
        quad(iri, LABEL, Literal(name)),
        quad(iri, NAME, Literal(name)),
    ]


@pytest.fixture(scope="module")
def shapes() -> Shapes:
    return load_shapes()


def broken(results: list[Result], severity: Severity = Severity.VIOLATION) -> list[str]:
    return [r.source_shape.removeprefix(SHAPES_NS) for r in results if r.severity is severity]


def test_two_values_in_one_source_are_a_violation_and_no_disagreement(shapes: Shapes) -> None:
    data = [
        *actor(ACTOR, "Exemple SA"),
        quad(ACTOR, FOUNDING_DATE, year("2001")),
        quad(ACTOR, FOUNDING_DATE, year("2002")),
    ]
    (result,) = [r for r in PySHACL().validate(data, shapes) if r.path == FOUNDING_DATE]
    assert result.source_shape == SHAPES_NS + "FoundingDatePerSource"
    assert (result.focus, result.graph, result.severity) == (ACTOR, FIRST, Severity.VIOLATION)


def test_sources_that_disagree_are_a_warning(shapes: Shapes) -> None:
    data = [
        *actor(ACTOR, "Exemple SA"),
        quad(ACTOR, FOUNDING_DATE, year("2001"), FIRST),
        quad(ACTOR, FOUNDING_DATE, year("2002"), SECOND),
    ]
    results = PySHACL().validate(data, shapes)
    assert broken(results) == []
    assert "FoundingDateAgreement" in broken(results, Severity.WARNING)


def test_a_result_shows_the_value_as_it_was_handed_in(shapes: Shapes) -> None:
    value = Literal("+5", datatype=NamedNode(XSD + "gYear"))
    data = [*actor(ACTOR, "Exemple SA"), quad(ACTOR, FOUNDING_DATE, value)]
    (result,) = [r for r in PySHACL().validate(data, shapes) if r.severity is Severity.VIOLATION]
    assert result.value == str(value)
    assert result.path == FOUNDING_DATE
    assert set(result.messages) == {"fr", "nl", "de", "en"}


def test_focus_limits_what_is_judged_in_both_views(shapes: Shapes) -> None:
    data = [*actor(ACTOR, "Exemple SA"), *actor(OTHER, "Autre Exemple SA")]
    for iri in (ACTOR, OTHER):
        data += [quad(iri, FOUNDING_DATE, year("2001")), quad(iri, FOUNDING_DATE, year("2002"))]
    everything = PySHACL().validate(data, shapes)
    one = PySHACL().validate(data, shapes, focus={OTHER})
    assert {r.focus for r in everything} == {ACTOR, OTHER}
    assert one == [r for r in everything if r.focus == OTHER]
    assert PySHACL().validate(data, shapes, focus=set()) == []


def test_focus_still_judges_nested_shapes(shapes: Shapes) -> None:
    figure = f"{DEFAULT_BASE}/id/figure/exemple"
    data = [
        quad(figure, TYPE, "http://purl.org/linked-data/cube#Observation"),
        quad(figure, f"{DEFAULT_BASE}/ns/wallograph#scope", f"{DEFAULT_BASE}/id/place/12345"),
    ]
    assert "FigureScope" in broken(PySHACL().validate(data, shapes, focus={figure}))


def test_blank_nodes_and_the_default_graph_are_judged(shapes: Shapes) -> None:
    data = [Quad(BlankNode("x"), NamedNode(TYPE), NamedNode(ORGANIZATION))]
    results = PySHACL().validate(data, shapes)
    assert {r.focus for r in results} == {"_:x"}
    assert results == PySHACL().validate(data, shapes, focus={"_:x"})


def test_nothing_breaks_nothing(shapes: Shapes) -> None:
    assert PySHACL().validate([], shapes) == []


def test_the_scoped_view_keeps_sources_apart() -> None:
    view = scoped_view(
        [
            quad(ACTOR, TYPE, ORGANIZATION, FIRST),
            quad(ACTOR, NAME, Literal("Exemple"), FIRST),
            quad(ACTOR, NAME, Literal("EXEMPLE"), SECOND),
            quad(ACTOR, NAME, Literal("exemple"), None),
            quad(ACTOR, FOUNDING_DATE, year("2001"), SECOND),
        ],
        {NAME},
    )
    assert sorted(view.origin.values(), key=str) == [(ACTOR, FIRST), (ACTOR, SECOND), (ACTOR, None)]
    assert len(view.triples) == 6  # a name and the type for each of the three
    assert view.scopes_of({ACTOR}) == set(view.origin)
    assert view.scopes_of({OTHER}) == set()
    (name, *_) = view.origin
    assert view.unscoped(f"<{name}>") == f"<{ACTOR}>"
    assert view.unscoped('"x"') == '"x"'


def test_private_graphs_are_left_out() -> None:
    data = [quad(ACTOR, NAME, Literal("a"), FIRST), quad(ACTOR, NAME, Literal("b"), SECOND)]
    assert list(without_graphs(data, {SECOND})) == data[:1]


def test_results_are_settled_once_and_in_order(shapes: Shapes) -> None:
    def result(shape: str, severity: Severity, focus: str = ACTOR) -> Result:
        return Result(focus, NAME, None, severity, SH + "MaxCountConstraintComponent", SHAPES_NS + shape)

    weak = result("FoundingDateAgreement", Severity.WARNING)
    strong = result("FoundingDatePerSource", Severity.VIOLATION)
    elsewhere = result("FoundingDateAgreement", Severity.WARNING, OTHER)
    assert settle([elsewhere, weak, strong, strong], shapes) == [strong, elsewhere]


def test_the_report_is_shacl_and_json(shapes: Shapes) -> None:
    data = [*actor(ACTOR, "Exemple SA"), quad(ACTOR, FOUNDING_DATE, year("1066"))]
    results = PySHACL().validate(data, shapes)
    triples = [q.triple for q in parse(report_turtle(results), format=RdfFormat.TURTLE)]
    kinds = [t.object for t in triples if t.predicate.value == TYPE]
    assert kinds.count(NamedNode(SH + "ValidationReport")) == 1
    assert kinds.count(NamedNode(SH + "ValidationResult")) == len(results)
    assert year("1066") in [t.object for t in triples if t.predicate.value == SH + "value"]
    told = json.loads(json.dumps(report_dict(results)))
    assert told["conforms"] is False
    assert told["counts"]["severity"] == {"violation": 1, "warning": 1, "info": 0}
    assert told["counts"]["shape"][SHAPES_NS + "FoundingDate"] == 1
    assert counts([])["shape"] == {}
    assert b"true" in report_turtle([])


def test_only_a_property_shape_can_be_judged_per_source() -> None:
    text = f"""@prefix sh: <{SH}> . @prefix wg: <{DEFAULT_BASE}/ns/wallograph#> .
        <a:s> a sh:NodeShape ; wg:judgedPer wg:SourceGraph ."""
    with pytest.raises(DataError, match="only a property shape"):
        make_shapes(q.triple for q in parse(text.encode(), format=RdfFormat.TURTLE))
