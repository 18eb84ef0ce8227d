"""The engine itself: each component by exact cases, what it refuses, both inputs, the overlay."""

from collections.abc import Iterable

import pytest
from pyoxigraph import Dataset, NamedNode, Quad, RdfFormat, Store, parse

from wallograph.errors import DataError
from wallograph.validate import (
    IllFormedShape,
    MemoryView,
    OverlayView,
    RecursiveShape,
    Report,
    StoreView,
    UnknownConstraint,
    UnsupportedQuery,
    View,
    compile_shapes,
    validate,
)  # fmt: skip
from wallograph.validate.shacl.model import ClassConstraint, Predicate
from wallograph.validate.shacl.queries import read_query
from wallograph.vocab import SH, XSD

PREFIXES = """
@prefix : <urn:x:> . @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""


def quads(text: str) -> list[Quad]:
    return list(parse((PREFIXES + text).encode(), format=RdfFormat.TURTLE))


def short(term: object) -> str:
    """A term without the prefix of these tests."""
    text = str(term)
    return text[len("<urn:x:") : -1] if text.startswith("<urn:x:") else text


def told(report: Report) -> list[tuple[str, str | None, str]]:
    """(focus, value, component) of each result, in short."""
    return sorted(
        (
            (
                short(r.focus),
                None if r.value is None else short(r.value),
                r.component.removeprefix(SH).removesuffix("ConstraintComponent"),
            )
            for r in report.results
        ),
        key=str,
    )


def judged(shape: str, data: str) -> list[tuple[str, str | None, str]]:
    """What a shape on the subjects of :p finds: the same over memory and over a store."""
    shapes = compile_shapes(quads(f":S sh:targetSubjectsOf :p ; {shape}"))
    found = told(validate(quads(data), shapes))
    store = Store()
    store.extend(quads(data))
    assert told(validate(store, shapes)) == found
    return found


def value(shape: str, data: str) -> list[str | None]:
    """The values that a property shape on :p refuses at :a."""
    return [v for _, v, _ in judged(f"sh:property [ sh:path :p ; {shape} ] .", f":a :p {data} .")]


VALUES = [
    ("sh:class :C", ":b , :c . :b a :D . :D rdfs:subClassOf :C", ["c"]),
    ("sh:datatype xsd:integer", '1 , "x"^^xsd:integer , "1"', ['"1"', f'"x"^^<{XSD}integer>']),
    ("sh:nodeKind sh:IRI", ':b , "b"', ['"b"']),
    ("sh:nodeKind sh:BlankNodeOrLiteral", ':b , "b"', ["b"]),
    ("sh:minCount 2", '"b"', [None]),
    ("sh:maxCount 1", '"b" , "c"', [None]),
    ("sh:maxCount 0", '"b"', [None]),
    ("sh:minInclusive 2", '1 , 2 , "z"', [f'"1"^^<{XSD}integer>', '"z"']),
    ("sh:maxExclusive 2.5", "2 , 3", [f'"3"^^<{XSD}integer>']),
    ("sh:minLength 2 ; sh:maxLength 3", '"a" , "ab" , "abcd"', ['"a"', '"abcd"']),
    ('sh:pattern "^A" ; sh:flags "i"', '"ab" , "ba"', ['"ba"']),
    ('sh:pattern "^a$"', '"a" , "a\\n"', ['"a\\n"']),
    (r'sh:pattern "^\\p{Lu}"', '"Éa" , "éa"', ['"éa"']),
    ('sh:pattern "a.b" ; sh:flags "q"', '"a.b" , "axb"', ['"axb"']),
    ('sh:languageIn ( "fr" "de" )', '"a"@fr-BE , "b"@nl , "c"', ['"b"@nl', '"c"']),
    ("sh:uniqueLang true", '"a"@fr , "b"@fr , "c"@nl', [None]),
    ("sh:uniqueLang 1", '"a"@fr , "b"@fr', []),
    ("sh:equals :q", ':b ; :q :c', ["b", "c"]),
    ("sh:disjoint :q", ":b , :c ; :q :c", ["c"]),
    ("sh:lessThan :q", "1 , 3 ; :q 2 , 3", [f'"3"^^<{XSD}integer>', f'"3"^^<{XSD}integer>']),
    ("sh:lessThanOrEquals :q", "1 , 3 ; :q 3", []),
    ("sh:hasValue :b", ":c", [None]),
    ('sh:in ( :b "c" )', ':b , "c" , "c"@fr', ['"c"@fr']),
    ("sh:not [ sh:class :C ]", ":b , :c . :b a :C", ["b"]),
    ("sh:and ( [ sh:class :C ] [ sh:nodeKind sh:IRI ] )", ":b , :c . :b a :C", ["c"]),
    ("sh:or ( [ sh:class :C ] [ sh:datatype xsd:string ] )", ':b , :c , "d" . :b a :C', ["c"]),
    ("sh:xone ( [ sh:class :C ] [ sh:nodeKind sh:IRI ] )", ':b , :c , "d" . :b a :C', ['"d"', "b"]),
    ("sh:node [ sh:property [ sh:path :q ; sh:minCount 1 ] ]", ":b , :c . :b :q 1", ["c"]),
    ("sh:qualifiedValueShape [ sh:class :C ] ; sh:qualifiedMinCount 1", ":b", [None]),
    ("sh:qualifiedValueShape [ sh:class :C ] ; sh:qualifiedMaxCount 1", ":b , :c . :b a :C . :c a :C", [None]),
    ("sh:deactivated true ; sh:minCount 9", ":b", []),
]  # fmt: skip


@pytest.mark.parametrize(("shape", "data", "refused"), VALUES, ids=[shape for shape, _, _ in VALUES])
def test_a_component_refuses_exactly(shape: str, data: str, refused: list[str | None]) -> None:
    assert value(shape, data) == refused


def test_closed_tells_property_and_value() -> None:
    shapes = compile_shapes(quads(":S sh:targetNode :a ; sh:closed true ; sh:ignoredProperties ( rdf:type ) ."))
    (result,) = validate(quads(":a a :C ; :p 1 ."), shapes).results
    assert (result.path, str(result.value)) == (Predicate(NamedNode("urn:x:p")), f'"1"^^<{XSD}integer>')


PATHS = [
    (":q", ["c"]), ("[ sh:inversePath :p ]", []), ("( :p :q )", ["d"]),
    ("[ sh:alternativePath ( :p :q ) ]", ["b", "c"]),
    ("[ sh:zeroOrMorePath :p ]", ["a", "b"]), ("[ sh:oneOrMorePath :p ]", ["b"]),
    ("[ sh:zeroOrOnePath :q ]", ["a", "c"]),
    ("( [ sh:inversePath [ sh:zeroOrOnePath :r ] ] :p )", ["b"]), ("( :p [ sh:inversePath :p ] )", ["a"]),
]  # fmt: skip


@pytest.mark.parametrize(("path", "reached"), PATHS, ids=[path for path, _ in PATHS])
def test_a_path_leads_to(path: str, reached: list[str]) -> None:
    found = judged(f"sh:property [ sh:path {path} ; sh:nodeKind sh:Literal ] .", ":a :p :b ; :q :c . :b :q :d .")
    assert [v for focus, v, _ in found if focus == "a"] == reached


def test_siblings_of_a_qualified_shape_can_be_disjoint() -> None:
    text = """sh:property :T , :U .
      :T sh:path :p ; sh:qualifiedValueShapesDisjoint true ; sh:qualifiedValueShape :C1 ; sh:qualifiedMinCount 1 .
      :U sh:path :p ; sh:qualifiedValueShapesDisjoint true ; sh:qualifiedValueShape :C2 ; sh:qualifiedMinCount 1 .
      :C1 sh:class :K . :C2 sh:class :L ."""
    assert judged(text, ":a :p :b . :b a :K , :L .") == [("a", None, "QualifiedMinCount")] * 2
    assert judged(text, ":a :p :b , :c . :b a :K . :c a :L .") == []


def test_targets_of_all_kinds() -> None:
    shapes = """:S sh:targetNode :n , "lit" ; sh:targetObjectsOf :o ; sh:targetClass :C ; sh:hasValue :none .
      :I a rdfs:Class , sh:NodeShape ; sh:hasValue :none ."""
    data = ":x :o :y . :c a :D . :D rdfs:subClassOf :C . :i a :I ."
    found = told(validate(quads(data), compile_shapes(quads(shapes))))
    assert [focus for focus, _, _ in found] == ['"lit"', "c", "i", "n", "y"]


def test_details_severity_and_messages_are_those_declared() -> None:
    shapes = compile_shapes(quads(""":S sh:targetNode :a ; sh:node [ sh:class :C ] ; sh:severity :Grave ;
      sh:message "mal"@fr , "bad"@en ."""))
    (result,) = validate([], shapes).results
    assert result.severity == NamedNode("urn:x:Grave")
    assert {str(m) for m in result.messages} == {'"mal"@fr', '"bad"@en'}
    assert [d.component for d in result.details] == [SH + "ClassConstraintComponent"]
    triples = Report([result]).triples()
    assert sum(t.predicate == NamedNode(SH + "detail") for t in triples) == 1


def test_messages_of_queries_are_filled_in() -> None:
    shapes = compile_shapes(quads(""":S sh:targetSubjectsOf :p ; sh:sparql [ sh:message "{$this} has {?value}" ;
      sh:select "SELECT $this ?value { $this <urn:x:p> ?value }" ] ."""))
    (result,) = validate(quads(":a :p 1 ."), shapes).results
    assert [m.value for m in result.messages] == ["urn:x:a has 1"]


REFUSED = [
    (":S sh:targetNode :a ; sh:nonsense 1 .", UnknownConstraint, "sh:nonsense"),
    (":S sh:targetNode :a ; sh:js [] .", UnknownConstraint, "sh:js"),
    (":S sh:targetNode :a ; sh:property [ sh:path :p ; sh:expression :x ] .", UnknownConstraint, "sh:expression"),
    (":O sh:entailment :RDFS .", UnknownConstraint, "sh:entailment"),
    (":C a sh:ConstraintComponent ; sh:parameter [ sh:path :k ] ; sh:validator [ sh:jsFunctionName \"f\" ] .",
     UnknownConstraint, "urn:x:C"),
    (":S sh:targetNode :a ; sh:sparql [ sh:message \"no query\" ] .", UnknownConstraint, "sh:select"),
    (":S sh:node :T . :T sh:property [ sh:path :p ; sh:node :S ] .", RecursiveShape, "urn:x:S"),
    (":S sh:targetNode :a ; sh:property :P .", IllFormedShape, "sh:path"),
    (":S sh:path [ sh:inversePath \"x\" ] ; sh:minCount 1 .", IllFormedShape, "no path"),
    (":S sh:path :p ; sh:minCount \"some\" .", IllFormedShape, "sh:minCount"),
    (":S sh:path :p ; sh:pattern \"(\" .", IllFormedShape, "sh:pattern"),
    (":S sh:nodeKind :Thing .", IllFormedShape, "sh:nodeKind"),
    (":S sh:sparql [ sh:select \"SELECT $this { $this ?p\" ] .", UnsupportedQuery, "not right"),
    (":S sh:sparql [ sh:select \"SELECT ?x { ?x ?p ?y }\" ] .", UnsupportedQuery, "?this"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "error", "named"), REFUSED, ids=[text[:40] for text, _, _ in REFUSED])
def test_shapes_are_refused_by_name(text: str, error: type[Exception], named: str) -> None:
    with pytest.raises(error) as refused:
        compile_shapes(quads(text))
    assert named in str(refused.value)
    assert issubclass(error, DataError)


def test_a_component_of_the_shapes_graph_is_run() -> None:
    shapes = compile_shapes(quads("""
      :Max a sh:ConstraintComponent ; sh:parameter [ sh:path :most ] , [ sh:path :least ; sh:optional true ] ;
        sh:validator [ sh:ask "ASK { FILTER ($value <= $most && $value >= COALESCE($least, 0)) }" ] .
      :S sh:targetSubjectsOf :p ; sh:property [ sh:path :p ; :most 3 ] ."""))
    (result,) = validate(quads(":a :p 1 , 4 ."), shapes).results
    assert (str(result.value), result.component) == (f'"4"^^<{XSD}integer>', "urn:x:Max")


QUERIES = [
    ("SELECT $this { $this :p ?v FILTER (?v > 1) }", True, ["p"]),
    ("SELECT $this ?value { { $this ?path ?value FILTER (?path = :p) } FILTER NOT EXISTS { ?x :q $this } }", True, []),
    ("SELECT $this { OPTIONAL { $this :p ?v } }", False, []),
    ("SELECT $this { FILTER EXISTS { $this :p ?v } }", False, []),
    ("SELECT $this { ?x :q ?y . { FILTER ($this = :a) } $this :p ?v }", False, ["p"]),
    ("SELECT $this (COUNT(?v) AS ?n) { $this :p ?v } GROUP BY $this", False, ["p"]),
    ("SELECT $this { { $this :p ?v } UNION { $this :q ?v } }", True, []),
    ("SELECT $this { { $this :p ?v } UNION { ?v :q ?w } }", False, []),
    ("SELECT $this { $this :p* ?v }", False, []),
    ("SELECT $this { $this :p [ :q ?v ] }", False, []),
]


@pytest.mark.parametrize(("text", "together", "required"), QUERIES, ids=[text for text, _, _ in QUERIES])
def test_a_query_is_read(text: str, together: bool, required: list[str]) -> None:
    query = read_query(text, {"": "urn:x:"}, None, bound={"this"})
    assert query.setwise is together
    assert [name.value.removeprefix("urn:x:") for name in query.required] == required


@pytest.mark.parametrize("text", [text for text, _, _ in QUERIES])
def test_a_query_asked_once_finds_what_it_finds_node_by_node(text: str) -> None:
    shapes = compile_shapes(quads(f""":S sh:targetSubjectsOf :p , :q ; sh:sparql [
      sh:prefixes [ sh:declare [ sh:prefix "" ; sh:namespace "urn:x:" ] ] ; sh:select \"\"\"{text}\"\"\" ] ."""))
    data = quads(":a :p 1 , 2 ; :q :b . :b :p 3 . :c :q :a . _:d :p 9 .")
    everything = told(validate(data, shapes))
    nodes = {quad.subject for quad in data}
    apart = told(validate(data, shapes, focus=nodes))  # type: ignore[arg-type]
    assert everything == apart


def test_literals_come_back_as_handed_in_also_from_queries() -> None:
    shapes = compile_shapes(quads(""":S sh:targetSubjectsOf :p ; sh:sparql [
      sh:select "SELECT $this ?value { $this <urn:x:p> ?value FILTER (?value > 5) }" ] ."""))
    text = f'"10.00"^^<{XSD}decimal>', f'"10.0"^^<{XSD}decimal>'
    data = quads(':a :p 10.00 . :b :p 10.0 , 1 .')
    assert told(validate(data, shapes)) == [("a", text[0], "SPARQL"), ("b", text[1], "SPARQL")]


def test_inputs_of_every_kind_are_judged_alike() -> None:
    shapes = compile_shapes(quads(":S sh:targetSubjectsOf :p ; sh:property [ sh:path :p ; sh:maxCount 1 ] ."))
    data = quads(":a :p 1 , 2 . _:b :p 1 , 2 .")
    store = Store()
    store.extend(data)
    inputs: list[object] = [data, Dataset(data), [q.triple for q in data], store, StoreView(store), MemoryView(data)]
    assert [len(validate(given, shapes).results) for given in inputs] == [2] * 6  # type: ignore[arg-type]


def behind(kind: str, data: Iterable[Quad]) -> View:
    if kind == "memory":
        return MemoryView(data)
    store = Store()
    store.extend(data)
    return StoreView(store)


@pytest.mark.parametrize("kind", ["memory", "store"])
def test_an_upload_is_judged_over_what_lies_behind(kind: str) -> None:
    shapes = compile_shapes(quads(""":S sh:targetClass :C ; sh:property
        [ sh:path :p ; sh:class :D ; sh:maxCount 2 ] , [ sh:path [ sh:inversePath :r ] ; sh:minCount 1 ] ;
      sh:sparql [ sh:select "SELECT $this ?value { $this <urn:x:p> ?x . ?x <urn:x:q> ?value }" ] ."""))
    front = quads(":a :p :b , :c . :n a :C .")
    known = quads(":a a :C ; :p :d , :c . :b a :D . :c a :D . :d a :D ; :q 7 . :z :r :a . :w a :C .")
    view = OverlayView(MemoryView(front), behind(kind, known))
    whole = told(validate([*front, *known], shapes))
    assert told(validate(view, shapes)) == whole
    mine = told(validate(view, shapes, focus=[NamedNode("urn:x:a"), NamedNode("urn:x:n")]))
    assert mine == [row for row in whole if row[0] != "w"]
    assert ("a", f'"7"^^<{XSD}integer>', "SPARQL") in mine


def test_a_front_leaves_no_trace_behind() -> None:
    shapes = compile_shapes(quads(""":S sh:targetSubjectsOf :p ; sh:sparql [
      sh:select "SELECT $this ?value { $this <urn:x:p> ?value }" ] ."""))
    known = MemoryView(quads(":z :p 1 ."))
    before = set(known.store)
    for name in ("a", "b"):
        view = OverlayView(MemoryView(quads(f":{name} :p 2 .")), known)
        assert {focus for focus, _, _ in told(validate(view, shapes))} == {name, "z"}
        del view
    assert set(known.store) == before


def test_progress_is_told() -> None:
    shapes = compile_shapes(quads(":S sh:targetSubjectsOf :p ; sh:property [ sh:path :p ; sh:maxCount 1 ] ."))
    heard: list[tuple[int, int | None]] = []
    validate(quads(":a :p 1 . :b :p 2 ."), shapes, progress=lambda done, total: heard.append((done, total)))
    assert heard[-1] == (2, 2)


def test_compiled_shapes_can_be_walked() -> None:
    compiled = compile_shapes(quads(":S sh:targetClass :C ; sh:property [ sh:path :p ; sh:class :D ] ."))
    (root,) = compiled.roots
    constraints = [constraint for shape in root.all_inner for constraint in shape.constraints]
    assert [str(c.iri) for c in constraints if isinstance(c, ClassConstraint)] == ["<urn:x:D>"]
