"""What a submitter is told of a table: one defect once, as it was written; persons nowhere."""

import random
from io import BytesIO

import openpyxl
import pytest

from checked import actor, checked, coded, known
from wallograph.errors import Unsupported
from wallograph.pipeline.check import Check, CheckOptions, Upload, check
from wallograph.pipeline.shown import shared_text, tables_shown
from wallograph.validate.outputs.text import findings_text

PERSONS = (
    "Nom;Type;Contact;E-mail;Financé par;Remarque\n"
    "Exemple un;start-up;Jeanne Secret;jeanne@secret.invalid;Paul Caché;voir jeanne@secret.invalid\n"
    "Exemple deux;strat-up;Luc Privé;0470 12 34 56;;\n"
)


def test_a_code_that_is_not_understood_is_not_missing_too() -> None:
    found = checked("Nom;Type;Commune\nExemple inventé;strat-up;Zzzz\nAutre exemple;;\n", "liste.csv")
    assert [f.name for f in coded(found, "cell-not-understood")] == ["Exemple inventé"]
    assert {f.name for f in coded(found, "ActorKind") + coded(found, "ActorKindGiven")} <= {"Autre exemple"}
    told = [f for f in found.findings if f.name == "Exemple inventé" and (f.path or "").endswith("classification")]
    assert len(told) == 1
    assert len([f for f in found.findings if (f.path or "").endswith("classification")]) == 2


def test_more_cells_than_are_told_are_not_missing_either() -> None:
    rows = "".join(f"Exemple {n};strat-up {n}\n" for n in range(250))
    found = checked("Nom;Type\n" + rows, "liste.csv")
    assert len(coded(found, "cell-not-understood")) == 200
    assert [f for f in found.findings if f.component and f.component.endswith("MinCountConstraintComponent")] == []


@pytest.mark.parametrize("cell", ["0200.000.048", "BE 0200 000 048", '"0200.000.048"'])
def test_a_value_of_a_table_is_shown_as_it_was_written(cell: str) -> None:
    found = checked(f"Nom;Numéro d'entreprise\nExemple inventé;{cell}\n", "liste.csv")
    (finding,) = coded(found, "EnterpriseNumberCheck")
    assert finding.value == cell.strip('"')
    assert [r.value for r in found.results if r.source_shape.endswith("EnterpriseNumberCheck")] == ['"0200000048"']


def test_a_value_of_a_workbook_is_shown_as_it_was_written() -> None:
    book = openpyxl.Workbook()
    for row in (["Nom", "Numéro d'entreprise"], ["Exemple inventé", "0200.000.048"]):
        book.active.append(row)
    content = BytesIO()
    book.save(content)
    (finding,) = coded(checked(content.getvalue(), "liste.xlsx"), "EnterpriseNumberCheck")
    assert finding.value == "0200.000.048"


def test_dated_values_and_relations_are_no_records() -> None:
    text = "Nom;Type;Effectif (2022);Membre de\nExemple un;start-up;12;Exemple deux\nExemple deux;start-up;3;\n"
    found = checked(text, "liste.csv")
    (file,) = found.outcome.files
    assert file.things == 2
    assert len({quad.subject for quad in found.submissions[0].quads}) > 2


def test_a_number_that_many_share_is_told_once_for_each() -> None:
    rows = "".join(f"Exemple inventé {n};0200000043\n" for n in range(300))
    found = checked("Nom;Numéro d'entreprise\n" + rows, "liste.csv", most=5)
    shared = [r for r in found.results if r.source_shape.endswith("EnterpriseNumberShared")]
    assert len(shared) == 300
    assert len(coded(found, "EnterpriseNumberShared")) == 5
    assert sum(found.outcome.more["EnterpriseNumberShared"].values()) == 295


def test_findings_that_no_shape_makes_are_capped_too() -> None:
    rows = "".join(f"Exem\u202eple {n}\n" for n in range(20))
    found = checked("Nom\n" + rows, "liste.csv", most=5)
    assert len(coded(found, "hidden-characters")) == 5
    assert sum(found.outcome.more["hidden-characters"].values()) == 15


def test_proposals_begin_as_the_text_does_or_have_it_in_them() -> None:
    found = checked("Nom;Thème\nExemple inventé;robotique;\nAutre exemple;inteligence\n", "liste.csv")
    said = {f.value: [r.value for r in f.repairs] for f in coded(found, "cell-not-understood")}
    assert said["robotique"][0].startswith("Robotique")
    assert "Intelligence artificielle" in said["inteligence"]


def test_french_is_set_as_french_is() -> None:
    text = findings_text(checked("Nom;Type\nExemple inventé;strat-up\n", "liste.csv").outcome, "fr")
    assert "«\u00a0strat-up\u00a0»" in text
    assert "erreur\u00a0: " in text
    assert " :" not in text and "« " not in text and " »" not in text
    dutch = findings_text(checked("Nom;Type\nExemple inventé;strat-up\n", "liste.csv").outcome, "nl")
    assert "fout: " in dutch and "\u00a0" not in dutch


def test_what_the_sentence_says_is_not_said_again() -> None:
    text = findings_text(checked("Nom;Type\nExemple inventé;strat-up\n", "liste.csv").outcome, "en")
    assert text.count("strat-up") == 1
    assert text.count("an entry of the list") == 1


def shown(found: Check) -> str:
    return repr(tables_shown(found.submissions, found.findings)) + shared_text(found.submissions, found.findings)


def test_cells_about_persons_are_blank_beside_the_findings() -> None:
    found = checked(PERSONS, "liste.csv")
    (table,) = tables_shown(found.submissions, found.findings)
    for secret in ("Jeanne", "jeanne", "Luc", "0470", "Caché"):
        assert secret not in shown(found), secret
    assert table["persons"] == 3 + 1  # columns, and the column with one cell
    assert [cell for cell in table["rows"][0]["cells"] if cell == "…"] == ["…"] * 4
    assert table["rows"][0]["cells"][0] == "Exemple un"


def test_a_header_that_is_a_person_is_blank_too() -> None:
    found = checked("Exemple;jeanne@secret.invalid\nAutre;x\n", "liste.csv")
    assert "jeanne" not in repr([t["columns"] for t in tables_shown(found.submissions, found.findings)])


def test_the_shared_text_has_no_persons() -> None:
    plain = actor('schema:alternateName "x" ;\n    schema:description "appelez le 0470 12 34 56"@fr')
    found = checked(plain)
    text = shared_text(found.submissions, found.findings)
    assert "0470" not in text and "…" in text and "Exemple inventé" in text
    assert text.count("\n") == plain.count("\n")
    person = plain + '\n<http://e.invalid/j> a foaf:Person ; foaf:name "Jeanne Secret" .\n'
    found = checked(person)
    assert shared_text(found.submissions, found.findings) == ""
    found = checked(person.replace(" .\n\n<http://e.invalid", " \n\n<http://e.invalid"))
    assert not found.outcome.readable
    assert shared_text(found.submissions, found.findings) == ""
    found = checked(plain.replace(" ;\n    org:class", "\n    org:class"))
    assert not found.outcome.readable
    assert "Exemple inventé" in shared_text(found.submissions, found.findings)
    assert shared_text(checked(PERSONS, "liste.csv").submissions, ()) == ""


def test_how_a_table_was_read_is_shown_with_a_sample() -> None:
    text = "Nom;Commune\nExemple inventé;Liège\n"
    for encoding, guessed in (("cp1252", True), ("utf-8", False)):
        found = checked(text.encode(encoding), "liste.csv")
        (table,) = tables_shown(found.submissions, found.findings)
        assert (table["encoding"], table["guessed"], table["delimiter"]) == (encoding, guessed, ";")
        assert "inventé" in table["sample"]


@pytest.mark.parametrize("name", ["x", "x.bin", "x.csv", "x.xlsx"])
@pytest.mark.parametrize("seed", range(5))
def test_random_bytes_are_no_table(name: str, seed: int) -> None:
    content = random.Random(seed).randbytes(3000)
    if seed % 2:
        content = content.replace(b"\0", b"")
    with pytest.raises(Unsupported) as refused:
        check([Upload(name, content)], known(), CheckOptions())
    assert content[:8].decode("latin-1") not in str(refused.value)


def test_a_control_character_that_slipped_in_is_no_reason_to_refuse() -> None:
    assert checked("Nom;Commune\nExemple \x0b inventé;Liège\n", "liste.csv").submissions
    assert checked("Nom\nExemple\x1b inventé\n", "liste.csv").submissions
