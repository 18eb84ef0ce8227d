"""Every shape speaks four languages and has an invalid example that breaks it and nothing else."""

from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse, serialize
from pyshacl.entrypoints import meta_validate
from rdflib import Graph

from wallograph.errors import DataError
from wallograph.model import Severity
from wallograph.resources import ontology_dir
from wallograph.validate.reference import PySHACL
from wallograph.validate.shapes import Rule, Shapes, load_shapes
from wallograph.vocab import SH

LANGUAGES = {"fr", "nl", "de", "en"}
EXAMPLES = ontology_dir() / "examples"
VALID = sorted(EXAMPLES.glob("valid/*.*"))
INVALID = sorted(EXAMPLES.glob("invalid/*.*"))
SURROUNDINGS = ("code-lists.ttl", "places.ttl")  # what the other examples speak of
TARGETS = {SH + name for name in ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")}


def read(file: Path) -> list[Quad]:
    format = RdfFormat.from_extension(file.suffix[1:])
    assert format is not None
    return list(parse(file.read_bytes(), format=format))


def said(shapes: Shapes, iri: str, name: str) -> list[object]:
    return [t.object for t in shapes.triples if t.subject == NamedNode(iri) and t.predicate.value == SH + name]


@pytest.fixture(scope="module")
def shapes() -> Shapes:
    return load_shapes()


@pytest.fixture(scope="module")
def surroundings() -> list[Quad]:
    return [quad for name in SURROUNDINGS for quad in read(EXAMPLES / "valid" / name)]


@pytest.fixture(scope="module")
def rules(shapes: Shapes) -> dict[str, Rule]:
    """The shapes that results can name: all but those that only hold or help others."""
    return {iri: rule for iri, rule in shapes.rules.items() if rule.messages}


@pytest.mark.parametrize("file", INVALID, ids=lambda file: file.stem)
def test_an_invalid_example_breaks_its_shape_and_no_other(
    file: Path, shapes: Shapes, surroundings: list[Quad]
) -> None:
    results = PySHACL().validate([*surroundings, *read(file)], shapes)
    assert {result.source_shape.rpartition("#")[2] for result in results} == {file.stem}


@pytest.mark.parametrize("file", VALID, ids=lambda file: file.stem)
def test_a_valid_example_breaks_no_shape(file: Path, shapes: Shapes, surroundings: list[Quad]) -> None:
    assert PySHACL().validate([*surroundings, *read(file)], shapes) == []


def test_every_shape_has_an_invalid_example_and_every_example_a_shape(rules: dict[str, Rule]) -> None:
    assert {iri.rpartition("#")[2] for iri in rules} == {file.stem for file in INVALID}


def test_examples_are_plainly_made_up() -> None:
    for file in INVALID + VALID:
        assert "made up" in file.read_text(encoding="utf-8").splitlines()[0].lower(), file.name


def test_every_class_that_is_targeted_has_a_valid_example(shapes: Shapes) -> None:
    found = {q.object for file in VALID for q in read(file) if q.predicate.value.endswith("#type")}
    wanted = {t.object for t in shapes.triples if t.predicate.value == SH + "targetClass"}
    assert wanted <= found


def test_every_property_shape_is_a_rule_in_four_languages(shapes: Shapes, rules: dict[str, Rule]) -> None:
    kinds = {t.subject.value: t.object.value for t in shapes.triples if t.predicate.value.endswith("#type")}
    assert {iri for iri, kind in kinds.items() if kind == SH + "PropertyShape"} <= set(rules)
    for iri, rule in rules.items():
        for texts in (rule.names, rule.descriptions, rule.messages):
            assert set(texts) == LANGUAGES, iri
            assert all(text.strip() for text in texts.values()), iri
        for text in (*rule.descriptions.values(), *rule.messages.values()):
            assert text.endswith("."), (iri, text)
        assert len(said(shapes, iri, "severity")) == 1, iri


def test_every_node_shape_with_targets_is_a_rule_or_holds_rules(shapes: Shapes, rules: dict[str, Rule]) -> None:
    targeted = {t.subject.value for t in shapes.triples if t.predicate.value in TARGETS}
    for iri in targeted - set(rules):
        held = said(shapes, iri, "property")
        assert held, iri
        assert {node.value for node in held if isinstance(node, NamedNode)} <= set(rules), iri


def test_no_shape_hides_its_rules(shapes: Shapes) -> None:
    """No blank nodes, no alternatives where results would not say which, no path of several steps."""
    for triple in shapes.triples:
        assert isinstance(triple.subject, NamedNode)
    targeted = {t.subject for t in shapes.triples if t.predicate.value in TARGETS}
    loose = {t.subject for t in shapes.triples if t.predicate.value in (SH + "or", SH + "xone")}
    assert not targeted & loose


def test_what_only_compares_sources_is_no_violation(rules: dict[str, Rule]) -> None:
    for iri, rule in rules.items():
        if iri.endswith(("Agreement", "AcrossSources", "Shared")):
            assert rule.severity is Severity.WARNING, iri
        if rule.per_source:
            assert rule.severity is Severity.VIOLATION, iri
        assert all(not rules[weaker].per_source for weaker in rule.overrides)


def test_the_shapes_are_well_formed_shacl(shapes: Shapes) -> None:
    text = serialize(shapes.triples, format=RdfFormat.N_TRIPLES)
    conforms, _, report = meta_validate(Graph().parse(data=text, format="nt"), inference="none")
    assert conforms, report


def test_the_shapes_move_to_another_base() -> None:
    base = "https://exemple.invalid/kg"
    moved = load_shapes(base)
    text = "\n".join(map(str, moved.triples))
    assert "localhost" not in text
    assert all(iri.startswith(f"{base}/ns/shapes#") for iri in moved.rules)
    assert moved.rule(f"{base}/ns/shapes#FoundingDatePerSource").per_source
    assert len(moved.per_source) == len(load_shapes().per_source)


def test_a_path_of_several_steps_is_refused(tmp_path: Path) -> None:
    text = f"@prefix sh: <{SH}> . <a:s> a sh:PropertyShape ; sh:path ( <a:p> <a:q> ) ."
    (tmp_path / "x.ttl").write_text(text)
    with pytest.raises(DataError, match="several steps"):
        load_shapes(folder=tmp_path)


def test_an_empty_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no shapes"):
        load_shapes(folder=tmp_path)


def test_the_shapes_can_be_published(shapes: Shapes) -> None:
    quads = shapes.quads("http://localhost:8000/id/source/shapes")
    assert len(quads) == len(shapes.triples)
    assert isinstance(quads[0].triple, Triple)
