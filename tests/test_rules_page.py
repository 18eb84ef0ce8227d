"""The rules as a document: every rule once, in four languages, with its anchor, its reason and its examples."""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from browser.serving import served
from ecosystem import ecosystem_app
from wallograph.model import Severity
from wallograph.publish.page_rules import RulesPage, rules_view
from wallograph.publish.rule_examples import right_lines, wrong_lines
from wallograph.resources import ontology_dir
from wallograph.validate.forms import forms_of, read_words
from wallograph.validate.shapes import load_shapes
from wallograph.vocab import DEFAULT_BASE, FOUNDING_DATE, LANGUAGES, ORGANIZATION
from wallograph.web.site import TEMPLATES

SHAPES = load_shapes()
RULES = {iri.rpartition("#")[2]: rule for iri, rule in SHAPES.rules.items() if rule.messages}
EXAMPLES = ontology_dir() / "examples"
WRONG = {file.stem: file.read_text("utf-8") for file in EXAMPLES.glob("invalid/*.t*")}
RIGHT = tuple(file.read_text("utf-8") for file in sorted(EXAMPLES.glob("valid/*.t*")))


def view(lang: str = "fr") -> RulesPage:
    words = read_words(DEFAULT_BASE)
    return rules_view(SHAPES.triples, forms_of(SHAPES), words.labels, WRONG, RIGHT, DEFAULT_BASE, lang)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    app = ecosystem_app(tmp_path_factory.mktemp("state"))
    with served(app) as address, httpx.Client(base_url=address) as found:
        yield found


def test_every_rule_stands_once_and_in_a_section_of_its_own_kind() -> None:
    page = view()
    found = [rule.anchor for section in page.sections for field in section.fields for rule in field.rules]
    assert sorted(found) == sorted(RULES)
    assert page.total == len(RULES)
    assert "other" not in {section.key for section in page.sections}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_rule_says_what_how_bad_why_and_over_what(lang: str) -> None:
    for section in view(lang).sections:
        for field in section.fields:
            assert bool(field.label) == bool(field.term)
            for rule in field.rules:
                told = RULES[rule.anchor]
                assert rule.name == told.names[lang]
                assert rule.description == told.descriptions[lang]
                assert rule.message == told.messages[lang]
                assert Severity(rule.severity) is told.severity
                assert rule.per_source == told.per_source
                assert rule.technical or rule.query


def test_every_rule_has_an_invalid_example() -> None:
    missing = [r.anchor for s in view().sections for f in s.fields for r in f.rules if not r.wrong]
    assert missing == []
    long = [r.anchor for s in view().sections for f in s.fields for r in f.rules if len(r.wrong) > 25]
    assert long == []


def test_most_rules_have_a_valid_example() -> None:
    rules = [r for s in view().sections for f in s.fields if f.term for r in f.rules]
    assert sum(bool(r.right) for r in rules) > 0.8 * len(rules)


def test_the_lines_that_matter_are_marked() -> None:
    wrong = wrong_lines(WRONG["FoundingDate"], (FOUNDING_DATE,))
    assert [line.text.strip() for line in wrong if line.marked] == ['schema:foundingDate "1066"^^xsd:gYear .']
    assert not any(line.text.startswith(("@prefix", "#")) for line in wrong)
    right = right_lines(RIGHT, FOUNDING_DATE, (ORGANIZATION,))
    assert [line.text.strip() for line in right] == [
        "actor:exemple a org:Organization ;", 'schema:foundingDate "2001"^^xsd:gYear .',
    ]  # fmt: skip


def test_a_reason_is_told_by_what_the_rule_asks() -> None:
    why = {r.anchor: r.why.removeprefix("rules-why-") for s in view().sections for f in s.fields for r in f.rules}
    assert why["ThingName"] == "required"
    assert why["FoundingDate"] == "form"
    assert why["FoundingDatePerSource"] == "per-source"
    assert why["FoundingDateAgreement"] == "agreement"
    assert why["ActorKindKnown"] == "list"
    assert why["ThingLocation"] == "place"
    assert why["EnterpriseNumberCheck"] == "check"
    assert why["EnterpriseNumberShared"] == "shared"
    assert why["PartCycle"] == "cycle"
    assert why["ActorIri"] == "iri"
    assert why["RelationNotItself"] == "sense"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_has_an_anchor_for_each_rule_and_links_to_term_and_shape(client: httpx.Client, lang: str) -> None:
    answer = client.get("/rules", params={"lang": lang})
    assert answer.status_code == 200
    assert answer.headers["content-language"] == lang
    for anchor, rule in RULES.items():
        assert answer.text.count(f'id="{anchor}"') == 1
        assert f'/ns/shapes?lang={lang}#{anchor}"' in answer.text
        assert rule.names[lang].replace("'", "&#39;") in answer.text
    assert f'/ns/wallograph?lang={lang}#market"' in answer.text
    assert "http://schema.org/foundingDate" in answer.text
    ids = re.findall(r'\bid="([^"]+)"', answer.text)
    assert len(ids) == len(set(ids))


def test_the_page_of_the_shapes_leads_to_the_rules() -> None:
    template = (Path(TEMPLATES) / "vocabulary.html").read_text("utf-8")
    assert "url('/rules', lang=keep) }}#{{ term.anchor }}" in template


def test_the_page_needs_no_release(client: httpx.Client) -> None:
    answer = client.get("/rules", headers={"Accept-Language": "de"})
    assert "Gründungsjahr" in answer.text
    assert client.head("/rules").status_code == 200
    assert client.post("/rules").status_code == 405
