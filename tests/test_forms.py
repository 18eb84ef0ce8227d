"""The forms are those of the shapes: every field with words in four languages, a key of its own and its rules."""

import pytest

from wallograph.iris import rebase_iri
from wallograph.model import Field, Form
from wallograph.validate.forms import forms_of
from wallograph.validate.shapes import load_shapes
from wallograph.vocab import LANGUAGES, RDF, RELATIONS, SYMMETRIC, XSD

SHAPES = load_shapes()
FORMS = {form.concept: form for form in forms_of(SHAPES)}
EVERY = [(form, field) for form in FORMS.values() for field in form.fields]


def field(concept: str, key: str) -> Field:
    return next(field for field in FORMS[concept].fields if field.key == key)


def test_there_is_a_form_for_each_kind_of_thing() -> None:
    assert list(FORMS) == ["actor", "project", "event", "place"]
    assert all(set(form.labels) == set(LANGUAGES) for form in FORMS.values())


@pytest.mark.parametrize(("form", "field"), EVERY, ids=[f"{form.concept}-{field.key}" for form, field in EVERY])
def test_a_field_speaks_four_languages_and_knows_its_rules(form: Form, field: Field) -> None:
    assert set(field.labels) == set(field.help) == set(LANGUAGES)
    assert all(text.strip() for text in (*field.labels.values(), *field.help.values()))
    assert field.rules and set(field.rules) <= set(SHAPES.rules)
    assert bool(field.scheme) == (field.expects == "code")
    assert [f.key for f in form.fields].count(field.key) == 1


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_no_two_fields_of_a_form_have_the_same_words(form: Form) -> None:
    for lang in LANGUAGES:
        labels = [field.labels[lang] for field in form.fields]
        assert len(labels) == len(set(labels)), sorted(x for x in labels if labels.count(x) > 1)


def test_what_the_shapes_ask_is_what_the_field_asks() -> None:
    founding = field("actor", "founding-date")
    assert (founding.expects, founding.datatype, founding.several) == ("year", XSD + "gYear", False)
    assert {rule.rpartition("#")[2] for rule in founding.rules} == {
        "FoundingDate", "FoundingDatePerSource", "FoundingDateAgreement",
    }  # fmt: skip
    assert founding.pattern.startswith("^(1[4-9]")
    kind = field("actor", "classification")
    assert (kind.expects, kind.scheme) == ("code", "http://localhost:8000/auth/actor-kind")
    assert not kind.required, "a missing kind is a warning"
    assert kind.several
    assert field("project", "type").scheme.endswith("/auth/project-kind")
    assert field("actor", "location").expects == "place"
    assert field("actor", "homepage").expects == "link"
    assert field("actor", "description").datatype == RDF + "langString"
    assert field("actor", "clients-abroad").expects == "boolean"
    assert field("actor", "number-of-employees").expects == "integer"
    assert field("project", "budget").expects == "decimal"
    assert field("actor", "name").labels["fr"] == "Nom"


def test_only_what_is_missing_without_excuse_is_required() -> None:
    for concept in ("actor", "project", "event"):
        assert [f.key for f in FORMS[concept].fields if f.required] == ["name"]
    assert [f.key for f in FORMS["place"].fields if f.required] == ["label", "type"]


def test_what_wallograph_derives_is_no_field() -> None:
    keys = {f.key for f in FORMS["actor"].fields}
    assert not keys & {"label", "municipality", "province", "type"}


def test_identifiers_are_asked_of_organisations_only() -> None:
    for key in ("enterprise-number", "vat-id", "ror-id", "isni", "number-of-employees", "market"):
        assert key in {f.key for f in FORMS["actor"].fields}
        assert key not in {f.key for f in FORMS["project"].fields}


def test_relations_are_fields_in_both_directions_where_the_rules_allow() -> None:
    actor = {f.key: f for f in FORMS["actor"].fields if f.relation}
    assert set(RELATIONS) <= set(actor)
    assert all(f.expects == "thing" and f.path == RELATIONS[f.relation] for f in actor.values())
    assert not any(f"{code}-inverse" in actor for code in SYMMETRIC)
    assert actor["supported-by-inverse"].inverse
    assert actor["supported-by-inverse"].labels["fr"] == "Soutient"
    project = {f.key for f in FORMS["project"].fields}
    assert "part-of" in project
    assert not project & {"spin-off-of", "shareholder-of", "subsidiary-of", "acquired-by"}
    assert "founded-by-inverse" not in {f.key for f in FORMS["event"].fields}
    assert not [f for f in FORMS["place"].fields if f.relation]


def test_the_forms_stand_on_the_base_of_the_shapes() -> None:
    base = "https://exemple.invalid/kg"
    moved = forms_of(load_shapes(base))
    for form, twin in zip(moved, FORMS.values(), strict=True):
        assert [f.key for f in form.fields] == [f.key for f in twin.fields]
        assert [f.path for f in form.fields] == [rebase_iri(f.path, base) for f in twin.fields]
        assert [f.labels for f in form.fields] == [f.labels for f in twin.fields]
        assert all("localhost" not in f.scheme + f.path + "".join(f.rules) for f in form.fields)
