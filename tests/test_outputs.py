"""The outputs of a check: JSON by its schema, SHACL report, CSV, SARIF, GitHub annotations, text."""

import csv
import io
import json
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema_rs import validator_for
from pyoxigraph import BlankNode, Literal, RdfFormat, parse

import wallograph.validate.outputs.json as json_output
from checked import actor, checked, place
from wallograph.cells import defused
from wallograph.model import Finding, Repair, Severity, Where
from wallograph.pipeline.check import Check
from wallograph.validate.grouping import by_rule, by_thing
from wallograph.validate.outcome import FileSeen, Outcome
from wallograph.validate.outputs.csv import HEADER, findings_csv
from wallograph.validate.outputs.github import annotations
from wallograph.validate.outputs.json import outcome_of, outcome_values
from wallograph.validate.outputs.messages import MESSAGES
from wallograph.validate.outputs.sarif import sarif, uri
from wallograph.validate.outputs.text import findings_text
from wallograph.validate.report import report_jsonld, report_turtle
from wallograph.vocab import SH, TYPE

LANGUAGES = ("fr", "nl", "de", "en")
SCHEMA = json.loads(Path(json_output.__file__).with_name("findings.schema.json").read_text(encoding="utf-8"))
VALIDATOR = validator_for(SCHEMA)
BAD = """wg:enterpriseNumber "0200.000.043" ; schema:foundingDate "12/03/2019" , "1066" ;
    dcterms:subject "inteligence artificiele" ; wg:clientsAbroad "oui" ; schema:alternateName " Exemple " """


@pytest.fixture(scope="module")
def bad() -> Check:
    return checked(actor(BAD))


def hostile(text: str) -> Outcome:
    """An outcome whose texts are all hostile."""
    messages = dict.fromkeys(LANGUAGES, text)
    finding = Finding(
        "code", Severity.VIOLATION, Where(text, 3, column=7), text, text, messages, name=text, label=messages,
        repairs=(Repair("x", text, messages),),
    )  # fmt: skip
    return Outcome("http://localhost:8000", (FileSeen(text, "text/csv"),), (finding,))


def test_json_follows_its_schema_and_comes_back(bad: Check) -> None:
    values = json.loads(json.dumps(bad.values("sure", results=True)))
    VALIDATOR.validate(values)
    VALIDATOR.validate(outcome_values(hostile("x")))
    assert replace(outcome_of(values), rules={}) == replace(bad.outcome, rules={})
    assert outcome_values(outcome_of(values), results=True) == outcome_values(bad.outcome, results=True)
    assert values["conforms"] is False
    assert values["counts"] == bad.counts
    assert [finding["id"] for finding in values["findings"]] == [str(n) for n in range(len(bad.findings))]


def test_nothing_wrong_is_said_too() -> None:
    good = checked(actor('schema:alternateName "Exemple"'))
    assert good.conforms and good.outcome.readable
    values = good.values()
    VALIDATOR.validate(values)
    assert values["findings"] == []
    for lang in LANGUAGES:
        assert "1" in findings_text(good.outcome, lang)


def test_findings_are_grouped_counted_and_capped() -> None:
    lines = [f'actor:exemple-{n} a org:Organization ; rdfs:label "E{n}" ; schema:name "E{n}" .' for n in range(30)]
    found = checked(actor('schema:alternateName "x"') + "\n".join(lines), most=5)
    (rule,) = [group for group in by_rule(found.outcome, 3) if group.key == "ActorKind"]
    assert (rule.total, len(rule.findings), rule.more) == (30, 3, 27)
    assert rule.names["en"] and rule.severity is Severity.WARNING
    assert found.counts["warning"] == 30
    assert found.outcome.more["ActorKind"] == Counter({Severity.WARNING: 25})
    assert len(by_thing(found.outcome)) == 5
    assert "25" in findings_text(found.outcome, "en")
    VALIDATOR.validate(found.values())


@pytest.mark.parametrize("form", ["turtle", "jsonld"])
def test_the_report_is_shacl(bad: Check, form: str) -> None:
    if form == "turtle":
        quads = list(parse(report_turtle(bad.results), format=RdfFormat.TURTLE))
    else:
        quads = list(parse(json.dumps(report_jsonld(bad.results)), format=RdfFormat.JSON_LD))
    said = {(quad.subject, quad.predicate.value): quad.object for quad in quads}
    kinds = Counter(quad.object.value for quad in quads if quad.predicate.value == TYPE)
    assert kinds[SH + "ValidationReport"] == 1
    assert kinds[SH + "ValidationResult"] == len(bad.results) > 0
    (report,) = [q.subject for q in quads if q.predicate.value == SH + "conforms"]
    assert said[report, SH + "conforms"].value == "false"
    results = {q.subject for q in quads if q.object.value == SH + "ValidationResult" and q.predicate.value == TYPE}
    for result in results:
        for name in ("focusNode", "resultSeverity", "sourceShape", "sourceConstraintComponent", "resultPath"):
            assert (result, SH + name) in said, name
        told = [q.object for q in quads if q.subject == result and q.predicate.value == SH + "resultMessage"]
        assert sorted(text.language for text in told) == sorted(LANGUAGES)
    values = Counter(str(q.object) for q in quads if q.predicate.value == SH + "value")
    assert values == Counter(r.value for r in bad.results if r.value)
    assert isinstance(report, BlankNode)
    assert Literal("12/03/2019") in [q.object for q in quads if q.predicate.value == SH + "value"]


def test_the_two_reports_say_the_same(bad: Check) -> None:
    turtle = parse(report_turtle(bad.results), format=RdfFormat.TURTLE)
    jsonld = parse(json.dumps(report_jsonld(bad.results)), format=RdfFormat.JSON_LD)
    one, other = (
        Counter((q.predicate, q.object) for q in quads if not isinstance(q.object, BlankNode))
        for quads in (turtle, jsonld)
    )
    assert one == other


def test_csv_has_a_row_for_each_finding(bad: Check) -> None:
    rows = list(csv.DictReader(io.StringIO(findings_csv(bad.outcome, "nl"), newline="")))
    assert len(rows) == len(bad.findings)
    assert set(rows[0]) == set(HEADER)
    assert {"Ondernemingsnummer"} & {row["field"] for row in rows}
    assert any(row["repair"] == "0200000043" and row["sure"] == "true" for row in rows)


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-a1", "@A1", "\t=1", "\r=1", "  =1", '=HYPERLINK("http://x")', "＝1"]
)
def test_csv_defuses_formulas(cell: str) -> None:
    assert defused(cell) == "'" + cell
    (row,) = list(csv.DictReader(io.StringIO(findings_csv(hostile(cell), "fr"), newline="")))
    assert all(not (value or "x").lstrip().startswith(("=", "+", "@", "-")) for value in row.values())


def test_csv_leaves_plain_cells() -> None:
    assert [defused(cell) for cell in ("Liège", "2019", "", "a=b")] == ["Liège", "2019", "", "a=b"]


def test_github_escapes_what_would_end_a_command(bad: Check) -> None:
    lines = annotations(hostile("a%b\r\n::error file=x::y,z:"), "en").splitlines()
    assert len(lines) == 1
    members, _, text = lines[0].removeprefix("::error ").partition("::")
    assert "a%25b%0D%0A%3A%3Aerror file=x%3A%3Ay%2Cz%3A" in members
    assert re.findall(r"(\w+)=", members.split(",title=")[0].split("%")[0]) == ["file"]
    assert "%25b%0D%0A::error" in text
    told = annotations(bad.outcome, "fr").splitlines()
    assert len(told) == len(bad.findings)
    assert all(re.match(r"::(error|warning|notice) file=file\.ttl,line=\d+,", line) for line in told)


def test_text_lets_no_control_character_through() -> None:
    told = findings_text(hostile("a\x1b[31m\x07\u202eb"), "de")
    assert "\x1b" not in told and "\x07" not in told and "\u202e" not in told
    for lang in LANGUAGES:
        assert findings_text(hostile("x"), lang)


def test_sarif_has_what_its_schema_asks(bad: Check) -> None:
    log = json.loads(json.dumps(sarif(bad.outcome, "en", "0.1")))
    assert log["version"] == "2.1.0" and log["$schema"].endswith(".json")
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"] == "wallograph"
    ids = [rule["id"] for rule in driver["rules"]]
    assert len(ids) == len(set(ids))
    for rule in driver["rules"]:
        assert rule["shortDescription"]["text"] and rule["fullDescription"]["text"] and rule["help"]["text"]
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")
        assert rule.get("helpUri", "http://").startswith("http://")
    assert len(run["results"]) == len(bad.findings)
    text = actor(BAD)
    for result in run["results"]:
        assert ids[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"]
        physical = result["locations"][0]["physicalLocation"]
        assert physical["artifactLocation"]["uri"] == "file.ttl"
        region = physical["region"]
        assert region["startLine"] >= 1 and region.get("startColumn", 1) >= 1
        for fix in result.get("fixes", ()):
            assert fix["description"]["text"]
            for change in fix["artifactChanges"]:
                for replacement in change["replacements"]:
                    deleted = replacement["deletedRegion"]
                    assert text[deleted["charOffset"] :][: deleted["charLength"]]
                    assert "text" in replacement["insertedContent"]
    assert any("fixes" in result for result in run["results"])
    assert sarif(bad.outcome, "fr", "0.1") != log


def test_sarif_says_both_edits_of_one_fix() -> None:
    (run,) = sarif(checked(place("geo:lat 5.5 ; geo:long 50.6")).outcome, "en", "0.1")["runs"]
    fix = run["results"][0]["fixes"][0]
    assert len(fix["artifactChanges"][0]["replacements"]) == 2


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a b.ttl", "a%20b.ttl"),
        ("javascript:x", "javascript%3Ax"),
        ("//host/x", "host/x"),
        ("/a/b.ttl", "file:///a/b.ttl"), ("-", "-"),
        ("é.csv", "%C3%A9.csv"),
    ],
)
def test_a_name_of_a_file_is_a_relative_reference(name: str, expected: str) -> None:
    assert uri(name) == expected


def test_the_words_around_speak_four_languages() -> None:
    for code, texts in MESSAGES.items():
        assert set(texts) == set(LANGUAGES), code
