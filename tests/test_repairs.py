"""Every repair: what is proposed, whether it is sure, and that the corrected file no longer needs it."""

from io import BytesIO

import openpyxl
import pytest

from checked import actor, checked, corrected, known, place, repair
from wallograph.pipeline.check import CheckOptions, Upload, check, mend
from wallograph.validate.repairs.messages import MESSAGES

LANGUAGES = {"fr", "nl", "de", "en"}

# what is said -> code of the repair, what it proposes, whether it is sure, what then stands in the file
RDF = [
    ('wg:enterpriseNumber "BE 0200.000.043"', "enterprise-number", "0200000043", True, '"0200000043"'),
    ('wg:enterpriseNumber "200000043"', "enterprise-number", "0200000043", True, '"0200000043"'),
    ('schema:vatID "BE 0200.000.043"', "vat-number", "BE0200000043", True, '"BE0200000043"'),
    ('wg:establishmentNumber "2.000.000.042"', "establishment-number", "2000000042", True, '"2000000042"'),
    ('wg:rorId "https://ror.org/000000098"', "ror-id", "000000098", True, '"000000098"'),
    ('wg:isni "0000 0000 0000 0001"', "isni", "0000000000000001", True, '"0000000000000001"'),
    ('schema:description "Une société qui fait des logiciels"', "add-language", "fr", False, 'logiciels"@fr'),
    ('schema:description "Een bedrijf"@nld', "language-form", "nl", True, '"Een bedrijf"@nl'),
    ('dcterms:subject theme:IntelligenceArtificielle', "code", "Intelligence artificielle", True, "artificial-int"),
    ('dcterms:subject "inteligence artificiele"', "nearest-code", "Intelligence artificielle", False, "artificial-i"),
    ('wg:market "B2B"', "code", "Entreprises (B2B)", True, "market/b2b"),
    ('schema:location "Liege"', "place", "Liège", True, "62063"),
    ('schema:location "Luik"', "place", "Liège", True, "62063"),
    ('schema:location "Charleroy"', "nearest-place", "Charleroi", False, "52011"),
    ('wg:clientsAbroad "oui"', "boolean", "true", True, "true"),
    ('wg:clientsAbroad "nee"', "boolean", "false", True, "false"),
    ('schema:foundingDate "2019"', "datatype", "2019", True, "2019"),
    ('schema:foundingDate 2019', "datatype", "2019", True, "2019"),
    ('schema:foundingDate "12/03/2019"', "year", "2019", True, "2019"),
    ('schema:foundingDate "2019-03-12"^^xsd:date', "year", "2019", True, "2019"),
    ('schema:foundingDate "mars 2019"', "year", "2019", True, "2019"),
    ('foaf:homepage "https://www.exemple.invalid/fr"', "link", "https://www.exemple.invalid/fr", True, "<https://www.exemple.invalid/fr>"),
    ('foaf:homepage "www.exemple.invalid"', "link-scheme", "https://www.exemple.invalid", False, "<https://www.exemple.invalid>"),
    ('schema:alternateName "  Exemple  bis "', "spaces", "Exemple bis", True, '"Exemple bis"'),
    ('schema:alternateName "Exem\u202eple"', "hidden-characters", "Exemple", True, '"Exemple"'),
]  # fmt: skip


@pytest.mark.parametrize(("said", "code", "value", "sure", "then"), RDF, ids=[case[0] for case in RDF])
def test_a_repair_in_turtle(said: str, code: str, value: str, sure: bool, then: str) -> None:
    found = checked(actor(said))
    proposed = repair(found, code)
    assert (proposed.value, proposed.sure) == (value, sure)
    assert set(proposed.messages) == LANGUAGES
    assert all(proposed.messages.values())
    text = corrected(found, code)
    assert then in text
    assert text.count("\n") == actor(said).count("\n")
    again = checked(text)
    assert code not in {repair.code for finding in again.findings for repair in finding.repairs}


def test_swapped_coordinates() -> None:
    found = checked(place("geo:lat 5.5 ; geo:long 50.6"))
    assert repair(found, "swapped-coordinates").sure
    text = corrected(found, "swapped-coordinates")
    assert "geo:lat 50.6 ; geo:long 5.5" in text
    assert checked(text).conforms
    numbers = 'geo:lat "50,6" ; geo:long "5,5"'
    assert checked(corrected(checked(place(numbers)), "number")).conforms


def test_a_display_name_with_a_language() -> None:
    text = actor('schema:alternateName "Exemple"').replace('rdfs:label "Exemple inventé"', 'rdfs:label "Exemple"@fr')
    assert 'rdfs:label "Exemple" ;' in corrected(checked(text), "remove-language")


def test_a_published_thing_under_another_identifier() -> None:
    text = actor('schema:alternateName "x"').replace("Exemple inventé", "CETIC asbl").replace('"x"', '"Le CETIC"')
    found = checked(text)
    proposed = repair(found, "existing-thing")
    assert proposed.link == "http://localhost:8000/id/actor/cetic"
    assert not proposed.sure
    assert "existing-thing" not in {
        r.code for f in checked(corrected(found, "existing-thing")).findings for r in f.repairs
    }


@pytest.mark.parametrize(
    "said",
    [
        'wg:enterpriseNumber "0200.000.048"',  # the check digits are wrong
        'schema:vatID "BE 0200.000.048"',
        'wg:rorId "https://ror.org/000000099"',
        'wg:isni "0000 0000 0000 0002"',
        'schema:foundingDate "soon"',
        'schema:foundingDate "1066"',
        'wg:clientsAbroad "peut-être"',
        'foaf:homepage "none"',
        "foaf:homepage <javascript:alert(1)>",
        'foaf:homepage "jean@exemple.invalid"',
        'dcterms:subject "qzxjkw"',
        'schema:location "qzxjkw"',
    ],
)
def test_nothing_is_proposed_that_the_rule_would_not_take(said: str) -> None:
    found = checked(actor(said))
    assert not found.conforms
    assert [repair for finding in found.findings for repair in finding.repairs] == []


# header and cell of a table -> code of a repair, what then stands in the cell
CSV = [
    ("Numéro d'entreprise", "0200.000.043", "canonical", "0200000043"),
    ("TVA", "BE 0200.000.043", "canonical", "BE0200000043"),
    ("ROR", "https://ror.org/000000098", "canonical", "000000098"),
    ("ISNI", "0000 0000 0000 0001", "canonical", "0000000000000001"),
    ("Thèmes", "Inteligence artificielle", "nearest", "Intelligence artificielle"),
    ("Type", "Strat-up", "nearest", "Start-up"),
    ("Commune", "Charleroy", "nearest", "Charleroi"),
    ("Site web", "www.exemple.invalid", "canonical", "http://www.exemple.invalid"),
    ("Autre nom", "Exem\u202eple", "hidden-characters", "Exemple"),
    ("Numéro d'établissement", "2.000.000.042", "canonical", "2000000042"),
    ("Numéro d'entreprise", "200.000.043", "canonical", "0200000043"),
    ("Site web", "exemple .invalid", "nearest", "http://exemple.invalid"),
    ("Site web", "https//exemple.invalid", "nearest", "https://exemple.invalid"),
    ("Effectif", "1 250", "canonical", "1250"),
    ("Effectif", "5,5", "nearest", "6"),
    ("Année de fondation", "fondée en 2019", "nearest", "2019"),
    ("Année de fondation", "12/03/19", "nearest", "2019"),
    ("Statut", "actif", "nearest", "En activité"),
    ("Membre de", "Cetik", "nearest", "CETIC"),
]


@pytest.mark.parametrize(("header", "cell", "code", "then"), CSV, ids=[case[0] for case in CSV])
def test_a_repair_in_a_table(header: str, cell: str, code: str, then: str) -> None:
    text = f"Nom;{header}\nExemple inventé;{cell}\n"
    found = checked(text, "liste.csv")
    assert set(repair(found, code).messages) == LANGUAGES
    assert corrected(found, code) == f"Nom;{header}\nExemple inventé;{then}\n"
    again = checked(corrected(found, code), "liste.csv")
    assert code not in {repair.code for finding in again.findings for repair in finding.repairs}


@pytest.mark.parametrize(("header", "cell", "code", "then"), CSV, ids=[case[0] + case[1] for case in CSV])
def test_a_repair_in_a_workbook(header: str, cell: str, code: str, then: str) -> None:
    book, content = openpyxl.Workbook(), BytesIO()
    for row in (["Nom", header, "Remarque"], ["Exemple inventé", cell, "reste"]):
        book.active.append(row)
    book.save(content)
    found = checked(content.getvalue(), "liste.xlsx")
    (mended,) = found.corrected(lambda _, repair: repair.code == code).values()
    (_, cells) = openpyxl.load_workbook(BytesIO(mended)).active.iter_rows(values_only=True)
    assert cells == ("Exemple inventé", then, "reste") or (str(cells[1]), cells[2]) == (then, "reste")
    assert code not in {r.code for f in checked(mended, "liste.xlsx").findings for r in f.repairs}


def test_a_number_that_can_be_read_in_two_ways_is_not_mended_without_a_person() -> None:
    found = checked("Nom;Budget\nExemple inventé;1.250\n", "liste.csv")
    proposed = [r for f in found.findings for r in f.repairs if r.value in ("1250", "1.25")]
    assert len(proposed) == 2 and not any(r.sure for r in proposed)


@pytest.mark.parametrize("cell", ["ja", "vrai", "oui", "x", "no", "FAUX"])
def test_yes_and_no_in_four_languages_need_no_repair(cell: str) -> None:
    assert checked(f"Nom;Clients à l'étranger\nExemple inventé;{cell}\n", "liste.csv").conforms


@pytest.mark.parametrize(
    ("header", "cell", "value"),
    [
        ("Année de fondation", "12/03/2019", "2019"),
        ("Clients à l'étranger", "oui", "true"),
        ("Commune", "liege", "62063"),
    ],
)
def test_what_a_table_says_in_its_own_way_needs_no_repair(header: str, cell: str, value: str) -> None:
    found = checked(f"Nom;{header}\nExemple inventé;{cell}\n", "liste.csv")
    assert found.conforms
    assert any(value in str(quad.object) for quad in found.submissions[0].quads)


def test_swapped_coordinates_in_a_table() -> None:
    found = checked("Lieu;Type de lieu;Latitude;Longitude\nExemple inventé;localité;5,5;50,6\n", "lieux.csv")
    assert "50.6;5.5" in corrected(found, "swapped-coordinates") or "50,6;5,5" in corrected(
        found, "swapped-coordinates"
    )


def test_a_published_thing_in_a_table() -> None:
    found = checked("Nom;Type\nCETIC asbl;Centre de recherche\n", "liste.csv")
    assert repair(found, "existing-thing").link == "http://localhost:8000/id/actor/cetic"
    again = checked(corrected(found, "existing-thing"), "liste.csv")
    assert "existing-thing" not in {r.code for f in again.findings for r in f.repairs}


def test_wrong_check_digits_in_a_table_are_told_and_not_mended() -> None:
    found = checked("Nom;Numéro d'entreprise\nExemple inventé;0200000048\n", "liste.csv")
    (finding,) = [f for f in found.findings if f.code == "EnterpriseNumberCheck"]
    assert finding.where is not None and finding.where.cell == "B2"
    assert finding.repairs == ()


def test_all_sure_repairs_of_a_table_are_made_once_and_for_all() -> None:
    first = {case[0]: case[1] for case in reversed(CSV)}
    headers, cells = zip(*first.items(), strict=True)
    text = f"Nom;{';'.join(headers)}\nExemple  inventé;{';'.join(cells)}\n"
    last, files, made = mend([Upload("liste.csv", text.encode())], known(), CheckOptions())
    assert len(made) >= 5
    assert [r for f in last.findings for r in f.repairs if r.sure and r.edits] == []
    assert mend([Upload("liste.csv", files["liste.csv"])], known(), CheckOptions())[1] == {}


def test_all_sure_repairs_are_made_once_and_for_all() -> None:
    statements = [case[0] for case in RDF if case[3]]
    text = actor(" ;\n    ".join(statements))
    last, files, made = mend([Upload("file.ttl", text.encode())], known(), CheckOptions())
    assert len(made) >= 12
    assert [r for f in last.findings for r in f.repairs if r.sure and r.edits] == []
    again, none, nothing = mend([Upload("file.ttl", files["file.ttl"])], known(), CheckOptions())
    assert none == {} and nothing == []
    assert again.counts == last.counts


def test_a_repair_is_made_whole_or_not() -> None:
    found = checked(place("geo:lat 5.5 ; geo:long 50.6"))
    assert len(found.changes()) == 1  # both findings propose the same two edits
    assert found.corrected(lambda *_: False) == {}


def test_repairs_are_chosen_by_their_ids() -> None:
    found = checked(actor('wg:clientsAbroad "oui" ; schema:foundingDate "12/03/2019"'))
    values = found.values()
    wanted = next(r["id"] for f in values["findings"] for r in f["repairs"] if r["code"] == "year")
    (file,) = found.values([wanted])["corrected"]
    assert file["name"] == "file.ttl"
    assert found.values("sure")["corrected"] != [file]
    assert found.values([])["corrected"] == []


def test_two_files_are_mended_each() -> None:
    uploads = [Upload(name, actor('wg:clientsAbroad "oui"').encode()) for name in ("a.ttl", "b.ttl", "b.ttl")]
    found = check(uploads, known(), CheckOptions())
    assert set(found.corrected()) == {"a.ttl"} or set(found.corrected()) == {"a.ttl", "b.ttl", "2/b.ttl"}


def test_every_repair_has_a_case() -> None:
    tried = {case[1] for case in RDF} | {"swapped-coordinates", "number", "date", "remove-language", "existing-thing"}
    assert tried == set(MESSAGES)


def test_a_day_is_written_as_a_day() -> None:
    source = """
<http://localhost:8000/id/source/exemple> a wg:Source ;
    dcterms:issued "25/12/2019" ;
    <http://www.w3.org/ns/prov#wasDerivedFrom> <https://exemple.invalid/> .
"""
    found = checked(actor('schema:alternateName "x"') + source)
    assert all(repair.sure for finding in found.findings for repair in finding.repairs if repair.code == "date")


def test_every_message_speaks_four_languages() -> None:
    for code, texts in MESSAGES.items():
        assert set(texts) == LANGUAGES, code
        assert len(set(texts.values())) == 4, code
