"""Findings: place, name, label, expectation, languages; what is known beside a submission; what is whose."""

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from checked import PREFIXES, actor, checked, coded, known
from wallograph.errors import InputError
from wallograph.intake.message_texts import MESSAGES as READING
from wallograph.intake.tables.message_texts import MESSAGES as TABLES
from wallograph.model import Severity
from wallograph.pipeline.check import Check, CheckOptions, Upload, check
from wallograph.pipeline.known import Known
from wallograph.release.state import Release
from wallograph.resources import ontology_dir
from wallograph.validate.expected_messages import DATATYPES
from wallograph.validate.expected_messages import MESSAGES as EXPECTED
from wallograph.validate.explain import readable, safe, term_of
from wallograph.validate.tidy import fault
from wallograph.validate.tidy_messages import MESSAGES as TIDY

LANGUAGES = {"fr", "nl", "de", "en"}
EXAMPLES = ontology_dir() / "examples"
INVALID = sorted(EXAMPLES.glob("invalid/*.*"))
BASE = "http://localhost:8000"
DERIVED = {"ThingLabel", "TripleHasRelation"}  # what these ask for, wallograph adds by itself


def with_surroundings(file: Path) -> Check:
    """An example, with the made-up lists and places that it speaks of."""
    files = (file, EXAMPLES / "valid" / "code-lists.ttl", EXAMPLES / "valid" / "places.ttl")
    return check([Upload(f.name, f.read_bytes()) for f in files], known(), CheckOptions())


@pytest.mark.parametrize("file", INVALID, ids=lambda file: file.stem)
def test_every_rule_is_explained_in_four_languages(file: Path) -> None:
    found = with_surroundings(file)
    # a thing that is also a person: reading leaves the person out before a rule could judge it
    if file.stem in DERIVED:
        assert coded(found, file.stem) == []
        return
    (finding, *_) = coded(found, "person-left-out" if file.stem == "ThingOneClass" else file.stem)
    if finding.rule is None:
        return
    for texts in (finding.messages, finding.label, finding.expected):
        assert set(texts) == LANGUAGES
        assert all(text.strip() for text in texts.values())
        assert not any("{" in text or "ConstraintComponent" in text for text in texts.values())
    assert finding.rule == f"{BASE}/ns/shapes#{file.stem}"
    assert finding.where is not None and finding.where.file == file.name
    assert finding.where.line is not None
    assert finding.name
    for repair in finding.repairs:
        assert set(repair.messages) == LANGUAGES


@pytest.mark.parametrize(
    "catalogue",
    [READING, TABLES, EXPECTED, TIDY, DATATYPES],
    ids=["reading", "tables", "expected", "tidy", "datatypes"],
)
def test_every_catalogue_speaks_four_languages(catalogue: dict[str, dict[str, str]]) -> None:
    for code, texts in catalogue.items():
        assert set(texts) == LANGUAGES, code
        assert all(text.strip() for text in texts.values()), code


def test_a_finding_says_all() -> None:
    text = actor('schema:foundingDate "12/03/2019"')
    (finding,) = coded(checked(text), "FoundingDate")
    assert finding.severity is Severity.VIOLATION
    assert finding.name == "Exemple inventé"
    assert finding.label["nl"] == "Oprichtingsjaar"
    assert finding.value == "12/03/2019"
    assert "2019" in finding.expected["de"]
    where = finding.where
    assert where is not None and where.exact and where.span is not None
    assert text[slice(*where.span)].startswith('"12/03/2019"')
    assert text.splitlines()[(where.line or 0) - 1].index('"12/03/2019"') + 1 == where.column


def test_the_first_entries_of_a_list_are_named() -> None:
    (finding,) = coded(checked(actor("dcterms:subject theme:qzx")), "ThingTheme")
    assert "117" in finding.expected["fr"] and "…" in finding.expected["fr"]
    assert finding.expected["fr"] != finding.expected["nl"]


def test_findings_come_in_order() -> None:
    found = checked(
        actor('schema:alternateName " a " ; schema:foundingDate "x" ; wg:clientsAbroad "y"').replace(
            "org:classification kind:company ;", ""
        )
    )
    keys = [(f.severity, f.where.line if f.where else 0) for f in found.findings]
    order = [Severity.VIOLATION, Severity.WARNING, Severity.INFO]
    assert keys == sorted(keys, key=lambda key: (order.index(key[0]), key[1]))
    assert {f.severity for f in found.findings} == set(order)


def test_e_mail_addresses_are_not_repeated() -> None:
    found = checked(actor('foaf:homepage "jean.dupont@exemple.invalid" ; wg:acronym ""'))
    told = repr(found.findings) + repr(found.results) + repr(found.values(results=True))
    assert "jean.dupont" not in told
    assert safe("Écrire à a.b@c.invalid.") == "Écrire à …@…"


@pytest.mark.parametrize(
    ("text", "expected"),
    [('"a"', "a"), ('"a"@fr', "a@fr"), ("<http://a/b c>", "http://a/b c"), ("_:x", "_:x"), ('"2"^^<urn:x>', "2")],
)
def test_values_are_readable(text: str, expected: str) -> None:
    assert readable(term_of(text)) == expected


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("CETIC", ""),
        ("Le  Forem", "spaces-in-name"),
        ("a\u200bb", "hidden-characters"),
        ("СETIC", "look-alike-characters"),
        ("Ελλάς", ""),
        ("Liège", ""),
    ],
)
def test_names_are_looked_at(name: str, code: str) -> None:
    assert fault(name) == code


class TestKnown:
    """What is known, off line and of a release."""

    @pytest.fixture(params=["shipped", "release"])
    def found(self, request: pytest.FixtureRequest) -> Known:
        if request.param == "shipped":
            return known()
        return Known.of_release(request.getfixturevalue("shipped"))

    def test_codes(self, found: Known) -> None:
        codes = found.codes(f"{BASE}/auth/theme")
        assert len(codes) == 117
        iri, labels, notation = codes[0]
        assert set(labels) == LANGUAGES and iri.endswith("/" + notation)
        assert found.codes("no-such-list") == []
        assert found.nearest("actor-kind", "START UP")[0][0].endswith("/startup")

    def test_places(self, found: Known) -> None:
        for text in ("Mons", "7000 - MONS", "Bergen", "53053", f"{BASE}/id/place/53053"):
            assert found.place(text)[0] == (f"{BASE}/id/place/53053", "Mons", 100.0), text
        assert found.place("6041")[0][0].endswith("/gosselies")
        assert found.place("") == [] and found.place("http://a/b") == []
        assert found.place("Charleroy")[0][1:] == ("Charleroi", 88.9)

    def test_things(self, found: Known) -> None:
        assert found.thing("Université de Liège")[0][2] == 100
        assert found.thing("cetic")[0][0] == f"{BASE}/id/actor/cetic"
        assert found.thing(f"{BASE}/id/actor/cetic")[0][2] == 100
        assert found.thing("…") == [] and found.thing("") == []

    def test_a_duplicate_is_found_by_name_and_by_number(self, found: Known) -> None:
        text = (
            PREFIXES
            + 'actor:un a org:Organization ; rdfs:label "C.E.T.I.C. asbl" ; schema:name "CETIC" .'
        )
        told = coded(check([Upload("a.ttl", text.encode())], found, CheckOptions()), "possible-duplicate")
        assert [f.repairs[0].link for f in told] == [f"{BASE}/id/actor/cetic"]

    def test_what_is_published_is_no_duplicate_of_itself(self, found: Known) -> None:
        text = PREFIXES + 'actor:cetic a org:Organization ; rdfs:label "CETIC" ; schema:name "CETIC" .'
        told = check([Upload("a.ttl", text.encode())], found, CheckOptions())
        assert [f.code for f in told.findings] == []

    def test_relations_end_at_what_is_published(self, found: Known) -> None:
        text = (
            actor("wg:spinOffOf actor:universite-de-liege")
            + """
<http://localhost:8000/id/link/exemple> a wg:Relation ;
    <http://www.w3.org/1999/02/22-rdf-syntax-ns#subject> actor:exemple-invente ;
    <http://www.w3.org/1999/02/22-rdf-syntax-ns#predicate> wg:spinOffOf ;
    <http://www.w3.org/1999/02/22-rdf-syntax-ns#object> actor:universite-de-liege ;
    wg:relationKind <http://localhost:8000/auth/relation-kind/spin-off-of> .
"""
        )
        assert [f.code for f in check([Upload("a.ttl", text.encode())], found, CheckOptions()).findings] == []
        wrong = text.replace("universite-de-liege", "qzxjkw")
        assert coded(check([Upload("a.ttl", wrong.encode())], found, CheckOptions()), "RelationObjectClass")


def test_disagreement_with_what_is_published_is_a_warning(shipped: Release) -> None:
    text = (
        PREFIXES
        + 'actor:cetic a org:Organization ; rdfs:label "CETIC" ; schema:foundingDate "1999"^^xsd:gYear .'
    )
    found = check([Upload("a.ttl", text.encode())], Known.of_release(shipped), CheckOptions())
    assert [(f.code, f.severity) for f in found.findings] == [("FoundingDateAgreement", Severity.WARNING)]
    assert "CETIC" in found.findings[0].messages["en"]
    assert found.conforms


def test_two_values_in_one_file_are_a_violation_whatever_is_published(shipped: Release) -> None:
    text = PREFIXES + 'actor:cetic a org:Organization ; schema:foundingDate "1999"^^xsd:gYear , "2001"^^xsd:gYear .'
    found = check([Upload("a.ttl", text.encode())], Known.of_release(shipped), CheckOptions())
    assert ("FoundingDatePerSource", Severity.VIOLATION) in [(f.code, f.severity) for f in found.findings]


def test_errors_of_published_things_are_nobodys_here(shipped: Release) -> None:
    text = actor("schema:sameAs <https://exemple.invalid/>")
    found = check([Upload("a.ttl", text.encode())], Known.of_release(shipped), CheckOptions())
    assert {f.subject for f in found.findings} <= {f"{BASE}/id/actor/exemple-invente"}


def test_a_shared_enterprise_number_is_told(shipped: Release) -> None:
    graph = (
        q
        for q in parse(path=str(shipped.graph_path), format=RdfFormat.N_QUADS)
        if q.predicate.value.endswith("enterpriseNumber")
    )
    number = next(iter(graph)).object.value
    for found in (Known.of_release(shipped), known()):
        told = check([Upload("a.ttl", actor(f'wg:enterpriseNumber "{number}"').encode())], found, CheckOptions())
        assert coded(told, "EnterpriseNumberShared")
        assert coded(told, "possible-duplicate")


def test_blank_nodes_of_two_files_are_two_things() -> None:
    text = (
        PREFIXES + '_:x a org:Organization ; rdfs:label "{0}" ; schema:name "{0}" ; org:classification kind:company .'
    )
    uploads = [Upload(f"{name}.ttl", text.format(name).encode()) for name in ("Un", "Deux")]
    found = check(uploads, known(), CheckOptions())
    assert {(f.code, f.name, f.where.file if f.where else "") for f in found.findings} == {
        ("ActorIri", "Un", "Un.ttl"), ("ActorIri", "Deux", "Deux.ttl"),
    }  # fmt: skip


def test_the_reference_engine_is_refused_beyond_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wallograph.pipeline.check.MOST_FOR_PYSHACL", 3)
    with pytest.raises(InputError, match="pyshacl takes up to 3"):
        checked(actor('schema:alternateName "x"'), engine="pyshacl")


def test_an_unreadable_file_is_named() -> None:
    with pytest.raises(InputError, match=r"what\.xyz"):
        checked(b"\x00\x01\x02", "what.xyz")
