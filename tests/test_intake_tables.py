# ruff: noqa: E501  (tables of cases are read line by line)
"""Tables that somebody hands in: encodings, headers, values, persons, quads, the way back; hostile files refused."""

import csv
import random
import zipfile
from datetime import date
from io import BytesIO, StringIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from campaign import LONGER
from table_fuzz import LIMITS, csv_files, workbooks
from table_lookup import SmallLookup
from wallograph import vocab
from wallograph.errors import InputError, ParseError, TooLarge, Unsupported
from wallograph.intake.limits import IntakeLimits
from wallograph.intake.tables import Mapping, TableSubmission, read_table
from wallograph.intake.tables.csvfile import records
from wallograph.intake.tables.headers import WORDS, words_of
from wallograph.intake.tables.message_texts import LOSSES, MESSAGES
from wallograph.intake.tables.persons import header_is_personal, text_is_personal
from wallograph.intake.tables.refusals import REFUSALS
from wallograph.intake.tables.values import number, register_number, when, yes_or_no
from wallograph.model import Edit, Finding, Severity, Where
from wallograph.pipeline.check import CheckOptions, Upload, check
from wallograph.pipeline.known import Known
from wallograph.validate.forms import forms_of
from wallograph.validate.shapes import load_shapes

FORMS = forms_of(load_shapes())
LOOKUP = SmallLookup("Université de Namur", "Agoria", "UCLouvain")
XSD = vocab.XSD


def read(text: str | bytes, name: str = "liste.csv", **options: object) -> TableSubmission:
    content = text.encode() if isinstance(text, str) else text
    return read_table(name, content, None, FORMS, LOOKUP, **options)  # type: ignore[arg-type]


def workbook(*sheets: tuple[str, list[list[object]]]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return saved(book)


def saved(book: Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def said(submission: TableSubmission, reference: str, predicate: str) -> list[str]:
    """The values of a thing under a property, the last part of IRIs only."""
    return [
        str(q.object.value).rpartition("/")[2] if type(q.object).__name__ == "NamedNode" else q.object.value
        for q in submission.quads
        if q.subject.value.endswith("/" + reference) and q.predicate.value == predicate
    ]


def codes(submission: TableSubmission) -> list[str]:
    return [finding.code for finding in submission.findings]


def one(submission: TableSubmission, code: str) -> Finding:
    (found,) = [finding for finding in submission.findings if finding.code == code]
    return found


# -- encodings and delimiters

TEXT = "Nom{d}Commune\r\nSociété Éclair à Liège{d}Liège\r\nDéjà vu & Cie{d}Namur\r\n"


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", False), ("utf-8-sig", False), ("utf-16", True), ("utf-16-le", True), ("utf-16-be", True),
        ("cp1252", True), ("iso-8859-1", True), ("cp850", True), ("cp437", True),
    ],
)  # fmt: skip
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_encoding_and_delimiter_are_guessed(encoding: str, told: bool, delimiter: str) -> None:
    text = TEXT if encoding != "cp437" else TEXT.replace("À", "à")
    submission = read(text.format(d=delimiter).encode(encoding))
    assert said(submission, "societe-eclair-a-liege", vocab.NAME) == ["Société Éclair à Liège"]
    assert submission.table.delimiter == delimiter
    assert ("encoding-guessed" in codes(submission)) == told
    if told:
        assert "Société Éclair" in one(submission, "encoding-guessed").messages["fr"]


def test_encoding_and_delimiter_can_be_said() -> None:
    wrong = read(TEXT.format(d=";").encode("cp1252"), encoding="cp850")
    assert "Soci" in wrong.guess.sample and "Société" not in wrong.guess.sample
    assert read("Nom;x,Commune\nA;b,Namur\n", delimiter=",").mapping.sheets[0].columns[0].header == "Nom;x"
    assert read("sep=|\nNom|Commune\nA|Namur\n").table.delimiter == "|"
    for options in ({"encoding": "klingon"}, {"delimiter": "ab"}, {"encoding": "utf-7"}):
        with pytest.raises(InputError):
            read("Nom\nA\n", **options)
    with pytest.raises(ParseError) as refused:
        read("Nom\nLi\ufffdge\n".encode("cp1252", "replace") + b"\xff", encoding="utf-8")
    assert refused.value.line == 3


# -- CSV


@settings(max_examples=300 * LONGER, deadline=None)
@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=8), min_size=2), min_size=1))
def test_records_are_those_of_the_csv_module(rows: list[list[str]]) -> None:
    out = StringIO(newline="")
    csv.writer(out, delimiter=";").writerows(rows)
    text = out.getvalue()
    assert [texts for texts, _ in records(text, ";")] == list(csv.reader(StringIO(text, newline=""), delimiter=";"))
    for texts, spans in records(text, ";"):
        assert [text[a:b].strip('"').replace('""', '"') for a, b in spans if '"' not in text[a + 1 : b - 1]] == [
            cell for cell, (a, b) in zip(texts, spans, strict=True) if '"' not in text[a + 1 : b - 1]
        ]


def test_a_cell_knows_its_place_also_after_a_record_of_several_lines() -> None:
    submission = read('Nom;Description;Commune\n"A";"une\ndeux";Namur\nB;x;Liège\n')
    place = submission.where("http://localhost:8000/id/actor/b", vocab.PLACE)
    assert (place.line, place.column, place.cell, place.field, place.exact) == (4, 5, "C3", "Commune", True)
    first = submission.where("http://localhost:8000/id/actor/a", vocab.PLACE)
    assert (first.line, first.column, first.cell) == (3, 7, "C2")


def test_a_quotation_mark_that_never_closes_has_a_line_and_a_column() -> None:
    with pytest.raises(ParseError) as refused:
        read('Nom;Commune\nA;Namur\nB;"Liège\nC;Mons\n')
    assert (refused.value.line, refused.value.column) == (3, 3)
    assert refused.value.messages is not None and "guillemet" in refused.value.messages["fr"]


def test_title_rows_above_the_header_are_passed_over() -> None:
    submission = read("Nos membres 2024;;\n;;\nNom;Commune;Site web\nA;Namur;a.be\n")
    assert [column.key for column in submission.mapping.sheets[0].columns] == ["name", "location", "homepage"]


# -- headers


@pytest.mark.parametrize(
    ("headers", "keys"),
    [
        (
            "Nom;N° BCE;Année de création;Site web;Thèmes;Commune;Effectif;Marché;Spin-off de;Partenaires",
            "name enterprise-number founding-date homepage subject location number-of-employees market spin-off-of partner-of",
        ),
        (
            "Naam;KBO-nummer;Oprichtingsjaar;Website;Thema's;Gemeente;Aantal werknemers;Markt;Spin-off van;Partners",
            "name enterprise-number founding-date homepage subject location number-of-employees market spin-off-of partner-of",
        ),
        (
            "Name;Unternehmensnummer;Gründungsjahr;Webseite;Themen;Gemeinde;Mitarbeiter;Markt;Spin-off von;Partner",
            "name enterprise-number founding-date homepage subject location number-of-employees market spin-off-of partner-of",
        ),
        (
            "Company name;company number;Founded;Website;Topics;City;Employees;Market;Spin-off of;Partners",
            "name enterprise-number founding-date homepage subject location number-of-employees market spin-off-of partner-of",
        ),
        (
            "NOM DE L'ENTREPRISE;Numéro d’entreprise ;annee_creation;URL;Mots-clés;CP;Code postal et localité;nbre employés",
            "name enterprise-number founding-date homepage keywords postcode location number-of-employees",
        ),
    ],
)  # fmt: skip
def test_headers_of_four_languages_are_mapped(headers: str, keys: str) -> None:
    columns = read(headers + "\nA;;2019;;;;;;;\n").mapping.sheets[0].columns
    assert [column.key for column in columns] == keys.split()
    assert all(0.5 < column.score <= 1 and column.reason for column in columns)


def test_every_field_of_every_form_has_words_of_its_own() -> None:
    keys = {field.key for form in FORMS for field in form.fields}
    plain = {key for key in keys if not key.endswith("-inverse")}
    assert plain <= set(WORDS) | {"stated-for"}
    assert all(words_of(key) for key in WORDS)


def test_an_unknown_column_is_listed_and_a_person_can_say_what_it_is() -> None:
    text = "Nom;Machin;Truc\nA;www.a.be;x\n"
    submission = read(text)
    assert [f.value for f in submission.findings if f.code == "unknown-column"] == ["Machin", "Truc"]
    mapping = submission.mapping.with_column("", "Machin", "homepage").with_column("", "Truc", "")
    again = read(text, mapping=mapping)
    assert said(again, "a", vocab.HOMEPAGE) == ["www.a.be"] and "unknown-column" not in codes(again)


def test_a_mapping_goes_through_csvw_and_back() -> None:
    text = "Nom;Description (nl);Effectif 2021;Machin;E-mail;Thèmes;Année du statut;Statut;id\nA;x;3;y;a@b.be;;2020;;a-1\n"
    submission = read(text)
    mapping = submission.mapping.with_column("", "Machin", "homepage")
    written = mapping.to_csvw()
    assert written["@context"] == "http://www.w3.org/ns/csvw"
    columns = written["tables"][0]["tableSchema"]["columns"]
    assert {"titles": "E-mail", "suppressOutput": True}.items() <= columns[4].items()
    assert columns[1]["lang"] == "nl" and columns[1]["propertyUrl"] == vocab.DESCRIPTION
    assert columns[2]["datatype"] == "integer" and columns[-1]["propertyUrl"] == vocab.TYPE
    assert all(set(column["name"]) <= set("abcdefghijklmnopqrstuvwxyz_0123456789") for column in columns)
    back = Mapping.from_csvw(written, FORMS)
    assert [(c.header, c.key, c.role, c.lang, c.year) for c in back.sheets[0].columns] == [
        (c.header, c.key, c.role, c.lang, c.year) for c in mapping.sheets[0].columns
    ]
    assert back.to_csvw() == written
    assert read(text, mapping=written).quads == read(text, mapping=mapping).quads
    turned = "Thèmes;Nom\nCybersécurité;A\n"
    assert said(read(turned, mapping=written), "a", vocab.SUBJECT) == ["cybersecurity"]


@pytest.mark.parametrize(
    "metadata", [{}, [], {"tables": 3}, {"tableSchema": {"columns": [1]}}, {"tableSchema": {"columns": [{"name": "zz"}]}}]
)
def test_a_mapping_that_is_none_is_refused(metadata: dict[str, object]) -> None:
    with pytest.raises(InputError) as refused:
        read("Nom\nA\n", mapping=metadata)
    assert refused.value.code == "bad-mapping"


def test_the_kind_of_thing_of_a_sheet_is_proposed() -> None:
    assert read("Intitulé du projet;Date de début;Budget\nA;2019;1\n").mapping.sheets[0].concept == "project"
    assert read("Nom\nA\n").mapping.sheets[0].concept == "actor"
    both = read(workbook(("Projets", [["Nom"], ["P"]]), ("Bedrijven", [["Naam"], ["B"]])), "x.xlsx")
    assert [sheet.concept for sheet in both.mapping.sheets] == ["project", "actor"]
    rows = read("Nom;Nature\nP;projet\nA;organisation\n")
    assert [q.subject.value.split("/")[-2] for q in rows.quads if q.predicate.value == vocab.NAME] == ["project", "actor"]


# -- values


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("4 659 133 €", "4659133"), ("1.234,5", "1234.5"), ("1,234.5", "1234.5"), ("12,5 k€", "12500"), ("3 M€", "3000000"),
        ("€ 1.500.000", "1500000"), ("2,5 millions d'euros", None), ("1,2 mio EUR", "1200000"), ("12'500", "12500"),
        ("25", "25"), ("25 ETP", "25"), ("-3,5", "-3.5"), ("douze", None), ("1.2.3", None), ("0,5", "0.5"), ("12 000,00", "12000"),
    ],
)  # fmt: skip
def test_numbers_as_people_write_them(text: str, plain: str | None) -> None:
    found = number(text)
    assert (None if found is None else format(found.value, "f")) == plain


def test_a_number_that_can_be_read_in_two_ways_is_told() -> None:
    submission = read("Titre du projet;Budget\nA;12,500\nB;12,5\n")
    found = one(submission, "value-ambiguous")
    assert [repair.value for repair in found.repairs] == ["12500", "12.5"]
    assert said(submission, "a", vocab.BUDGET) == ["12500"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2019", (2019, None, None)), ("12/03/2019", (2019, 3, 12)), ("12.3.2019", (2019, 3, 12)), ("2019-03-12", (2019, 3, 12)),
        ("mars 2019", (2019, 3, None)), ("maart 2019", (2019, 3, None)), ("März 2019", (2019, 3, None)),
        ("12 March 2019", (2019, 3, 12)), ("1er août 2020", (2020, 8, 1)), ("03/2019", (2019, 3, None)), ("2019.0", (2019, None, None)),
        ("12/13/2019", (2019, 12, 13)), ("31/02/2019", None), ("bientôt", None), ("19", None), ("2019-2020", None),
    ],
)  # fmt: skip
def test_dates_in_four_habits(text: str, expected: tuple[int, int | None, int | None] | None) -> None:
    found = when(text)
    assert (None if found is None else (found.year, found.month, found.day)) == expected


def test_yes_and_no_in_four_languages() -> None:
    assert all(yes_or_no(word) is True for word in ("oui", "ja", "Yes", "VRAI", "waar", "x", "1", "✓"))
    assert all(yes_or_no(word) is False for word in ("non", "nee", "Nein", "no", "FAUX", "0"))
    assert yes_or_no("peut-être") is None


@pytest.mark.parametrize(
    ("key", "text", "plain"),
    [
        ("enterprise-number", "BE 0417.497.106", "0417497106"), ("enterprise-number", "417 497 106", "0417497106"),
        ("enterprise-number", "TVA BE0417.497.106", "0417497106"), ("enterprise-number", "abc", "abc"),
        ("vat-id", "0417.497.106", "BE0417497106"), ("isni", "0000 0001 2242 8479", "0000000122428479"),
        ("ror-id", "https://ror.org/03d1maw17", "03d1maw17"), ("establishment-number", "2.145.678.901", "2145678901"),
    ],
)  # fmt: skip
def test_numbers_of_registers(key: str, text: str, plain: str) -> None:
    assert register_number(key, text) == plain


@pytest.mark.parametrize(
    "text", ["7000 - MONS", "B-7000 Mons", "Mons", "Bergen", "mons ", "53053", "Mons (Hainaut)", "Grand-Place 1, 7000 Mons"]
)
def test_a_place_by_name_postcode_or_code(text: str) -> None:
    assert said(read(f'Nom;Commune\nA;"{text}"\n'), "a", vocab.PLACE) == ["53053"]


def test_codes_by_label_or_notation_and_several_in_a_cell() -> None:
    text = "Nom;Type;Thèmes;Marché\nA;start-ups;{};B2B\nB;University;Artificiële intelligentie;Businesses (B2B)\n"
    themes = ["artificial-intelligence", "cybersecurity"]
    for cell in ("Intelligence artificielle, Cybersécurité", "artificial-intelligence|cybersecurity",
                 "Künstliche Intelligenz; Cybersicherheit", '"Intelligence artificielle\nCybersecurity"',
                 "intelligence artificielle / cybersécurité"):  # fmt: skip
        submission = read(text.format(cell if cell.startswith('"') else f'"{cell}"'))
        assert said(submission, "a", vocab.SUBJECT) == themes, cell
        assert said(submission, "a", vocab.CLASSIFICATION) == ["startup"]
        assert said(submission, "b", vocab.CLASSIFICATION) == ["university"]
        assert said(submission, "a", vocab.MARKET) == said(submission, "b", vocab.MARKET) == ["b2b"]


def test_what_is_not_understood_has_a_place_an_expectation_and_a_proposal() -> None:
    submission = read("Nom;Thèmes;Commune\nA;Cybersécurité; Lièje\nB;Inteligence artificielle;\n")
    place, theme = (f for f in submission.findings if f.code == "cell-not-understood")
    assert (place.where.line, place.where.cell, place.value, place.name) == (2, "C2", "Lièje", "A")  # type: ignore[union-attr]
    assert place.severity is Severity.VIOLATION and place.path == vocab.PLACE
    assert place.repairs[0].value == "Liège" and place.repairs[0].link == "http://localhost:8000/id/place/62063"
    assert theme.repairs[0].link == "http://localhost:8000/auth/theme/artificial-intelligence"
    assert all(set(f.expected) == set(f.messages) == set(vocab.LANGUAGES) for f in (place, theme))
    mended = submission.corrected([edit for f in (place, theme) for edit in f.repairs[0].edits])
    assert mended.decode() == "Nom;Thèmes;Commune\nA;Cybersécurité; Liège\nB;Intelligence artificielle;\n"


def test_what_is_understood_is_accepted_and_its_plain_form_offered_once_a_column() -> None:
    text = "Nom;Site web;Effectif\nA;www.a.be;1 200\nB;https://b.be;12\nC;c.be;\n"
    submission = read(text)
    web, staff = (f for f in submission.findings if f.code == "values-normalised")
    assert (web.severity, len(web.repairs[0].edits), web.repairs[0].sure) == (Severity.INFO, 2, True)
    mended = submission.corrected([*web.repairs[0].edits, *staff.repairs[0].edits]).decode()
    assert mended == "Nom;Site web;Effectif\nA;http://www.a.be;1200\nB;https://b.be;12\nC;http://c.be;\n"
    again = read(mended)
    assert set(map(str, again.quads)) == {str(q).replace(submission.graph, again.graph) for q in submission.quads}
    assert codes(again) == []


# -- persons

PERSONS = "Nom;Fondateur;Adresse e-mail;GSM;Remarques;Divers\nA;Zoé Muller;zoe@muller.be;0475 12 34 56;zoe@muller.be;+32 475 99 88 77\n"


def test_persons_are_left_out_and_named_once_a_column_without_their_values() -> None:
    submission = read(PERSONS.encode("cp1252"))
    left = [f for f in submission.findings if f.code == "person-left-out"]
    assert [f.where.field for f in left if f.where] == ["Fondateur", "Adresse e-mail", "GSM", "Remarques", "Divers"]
    told = repr(submission.findings) + repr(submission.quads) + submission.guess.sample + repr(submission.mapping)
    for secret in ("Zoé", "Muller", "muller.be", "0475", "475 99"):
        assert secret not in told


def test_persons_in_columns_of_other_things_are_left_out_too() -> None:
    text = (
        "Nom;Site web;Description;Effectif;Commune;Fondé par;Année\nA;zoe@muller.be;Appelez 0475 12 34 56;zoe@muller.be;"
        "zoe@muller.be;Zoé Muller;zoe@muller.be\nzoe@muller.be;;;;;;\n"
    )
    submission = read(text)
    told = repr(submission.findings) + repr(submission.quads) + repr(submission.mapping)
    assert "Zoé" not in told and "muller" not in told and "0475" not in told
    assert codes(submission).count("person-left-out") == 6 and "founder-not-known" in codes(submission)


def test_names_of_persons_at_the_end_of_a_relation_are_not_repeated() -> None:
    submission = read("Nom;Investisseurs;Fondé par;Coordonné par\nA;Jean Dupont, Noshaq;Zoé;Max de la Tour\n")
    told = repr(submission.findings)
    assert not any(name in told for name in ("Dupont", "Zoé", "Tour")) and codes(submission).count("founder-not-known") == 3


def test_a_file_without_header_does_not_repeat_its_first_row_of_persons() -> None:
    submission = read("zoe@muller.be;0475 12 34 56;x\nmax@muller.be;0475 12 34 57;y\n")
    assert "muller" not in repr(submission.findings) and "0475" not in repr(submission.findings)


def test_no_mapping_publishes_a_column_of_persons() -> None:
    mapping = read(PERSONS).mapping.with_column("", "Fondateur", "description").with_column("", "Divers", "keywords")
    submission = read(PERSONS, mapping=mapping)
    assert "Muller" not in repr(submission.quads) and "475" not in repr(submission.quads)


def test_what_announces_persons_and_what_does_not() -> None:
    for header in ("Founder", "oprichter", "Gründer", "Téléphone", "Contact", "Prénom", "nom de famille", "E-Mail", "CEO"):
        assert header_is_personal(header), header
    for header in ("Nom", "Fondation", "Chercheurs", "Année de fondation", "Kontaktzone", "Fondé par", "Company"):
        assert not header_is_personal(header), header
    assert text_is_personal("85.07.30-033.28") and not text_is_personal("0417.497.106") and not text_is_personal("2019-03-12")
    assert not text_is_personal("01.03.2019") and not text_is_personal("03/04/2019") and text_is_personal("081/22.33.44")
    assert not text_is_personal("BE 0417 497 106") and not text_is_personal("1 234 567 890")


# -- things, relations, dated values


def test_rows_become_what_the_shapes_want() -> None:
    submission = read(
        "Nom;Type;Effectif 2021;Spin-off de;Membre de;Statut;Année du statut;Partenaires;Budget\n"
        "A;Start-up;25;Université de Namur;Agoria;en activité;2020;B;\nB;Hub;;;;;;;\n"
    )
    assert said(submission, "a", vocab.LABEL) == ["A"]
    kinds = [q.object.value for q in submission.quads if q.predicate.value == vocab.TYPE]
    assert kinds.count(vocab.RELATION) == 3 and kinds.count(vocab.DATED_VALUE) == 2
    assert vocab.ORG + "Membership" in kinds
    years = {q.object.value for q in submission.quads if q.predicate.value == vocab.STATED_FOR}
    assert years == {"2021", "2020"}
    assert {q.graph_name.value for q in submission.quads} == {submission.graph}
    assert submission.graph.startswith("http://localhost:8000/id/source/submission-")
    link = next(q.subject.value for q in submission.quads if q.object.value == vocab.ORG + "Membership")
    assert submission.where(link, vocab.ST_OBJECT).field == "Membre de" and submission.name_of(link) == "A"


def test_a_good_table_breaks_no_rule() -> None:
    text = (
        "Nom;Type;Commune;Année de création;Site web;N° BCE;Thèmes;Effectif 2021;Spin-off de;Clients à l'étranger;"
        "Description;Partenaires;Membre de;Marché;Statut\n"
        "Exemple SA;Start-up;7000 - MONS;12/03/2019;www.exemple.be;BE 0417.497.106;Cybersécurité;25;Université de Namur;"
        "oui;Fait des choses;Essai SRL;Agoria;B2B;en activité\nEssai SRL;Hub;Liège;;;;;;;non;;;;;\n"
    )
    book = workbook(
        ("Acteurs", [line.split(";") for line in text.splitlines()]),
        ("Projets", [["Titre du projet", "Sorte", "Début", "Fin", "Budget"], ["P", "Programme", 2019, date(2021, 3, 1), "12,5 k€"]]),
    )
    known = Known.shipped()
    checked = check([Upload("liste.csv", text.encode("cp1252")), Upload("l.xlsx", book)], known, CheckOptions())
    assert checked.conforms, [f for f in checked.findings if f.severity is Severity.VIOLATION]
    assert {f.code for f in checked.findings} >= {"encoding-guessed", "values-normalised"}


def test_an_end_that_is_not_known_is_told_with_the_nearest() -> None:
    submission = read("Nom;Spin-off de;Partenaires\nA;Universite de Namurr;A\n")
    found = one(submission, "end-not-known")
    assert found.repairs[0].value == "Université de Namur" and found.severity is Severity.WARNING
    assert "relation-to-itself" in codes(submission)


def test_names_and_identifiers_of_rows() -> None:
    submission = read("id;Nom;Type\n;;Hub\nhttp://localhost:8000/id/actor/cetic;CETIC;\na/b;C;\n;CETIC;\nmine;D;\n;C;\n")
    assert said(submission, "cetic", vocab.NAME) == ["CETIC"] and said(submission, "mine", vocab.NAME) == ["D"]
    assert one(submission, "row-without-name").where.line == 2  # type: ignore[union-attr]
    assert one(submission, "id-not-usable").value == "a/b"
    assert codes(submission).count("same-name-twice") == 2
    assert one(read("Type\nHub\n"), "no-name-column").severity is Severity.VIOLATION


def test_postcode_and_address_say_the_place_only_where_nothing_else_does() -> None:
    submission = read("Nom;Adresse;CP;Ville\nA;Rue Haute 3;9;Namur\nB;Rue Haute 3, 5000 Namur;;\nC;Rue Haute 3;;\n")
    assert said(submission, "a", vocab.PLACE) == said(submission, "b", vocab.PLACE) == ["92094"]
    assert one(submission, "cell-not-understood").name == "C"


def test_a_place_outside_the_register_is_kept_as_stated() -> None:
    submission = read("Nom;Commune\nA;Vladivostok-sur-Mer\n")
    assert said(submission, "a", vocab.PLACE_NAME) == ["Vladivostok-sur-Mer"]
    assert one(submission, "place-outside-register").severity is Severity.WARNING


def test_a_missing_field_has_the_place_of_its_empty_cell() -> None:
    submission = read("Nom;Type\nA;\n")
    place = submission.where("http://localhost:8000/id/actor/a", vocab.CLASSIFICATION)
    assert (place.cell, place.exact) == ("B2", True)
    nowhere = submission.where("http://localhost:8000/id/actor/a", vocab.HOMEPAGE)
    assert (nowhere.line, nowhere.exact) == (2, False)
    text = submission.write(submission.quads[0].object, place)
    assert text is not None
    assert submission.corrected([Edit(place, "Hub")]).decode() == "Nom;Type\nA;Hub\n"


def test_terms_are_written_as_the_file_would_say_them() -> None:
    submission = read("Naam;Soort;Thema's;Gemeente;Klanten in het buitenland;Aantal werknemers\nA;Hub;Cybersecurity;Luik;ja;12\n")
    written = {
        q.predicate.value: submission.write(q.object, submission.where(q.subject.value, q.predicate.value, str(q.object)))
        for q in submission.quads if q.subject.value.endswith("/a")
    }  # fmt: skip
    assert written[vocab.CLASSIFICATION] == "Hub" and written[vocab.SUBJECT] == "Cyberbeveiliging"
    assert written[vocab.CLIENTS_ABROAD] == "ja" and written[vocab.EMPLOYEES] == "12"
    assert written[vocab.PLACE] == "Liège"
    assert submission.write(submission.quads[0].object, Where("other.csv", cell="A1")) is None


# -- the way back


@settings(max_examples=200 * LONGER, deadline=None)
@given(
    st.lists(st.lists(st.text(st.characters(codec="cp1252", exclude_characters="\x00\r"), max_size=6), min_size=3, max_size=3), min_size=1, max_size=5),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]), st.sampled_from(["\n", "\r\n"]), st.integers(0, 99), st.integers(0, 2),
    st.sampled_from(["neu", 'a "b"', "x;y", "zwei\nZeilen", "é"]),
)  # fmt: skip
def test_only_the_touched_cell_changes(
    rows: list[list[str]], encoding: str, end: str, at: int, column: int, new: str
) -> None:
    out = StringIO(newline="")
    csv.writer(out, delimiter=";", lineterminator=end).writerows([["Nom", "Machin", "Truc"], *rows])
    content = out.getvalue().encode(encoding)
    submission = read(content, encoding=encoding, delimiter=";")
    sheet = submission.table.sheets[0]
    row = sheet.rows[at % len(sheet.rows)]
    where = submission.table.where(sheet, row, column)
    before = list(records(submission.table.text, ";"))
    done = submission.corrected([Edit(where, new)])
    assert submission.corrected([]) == content
    start, stop = row.spans[column]
    text = submission.table.text
    encoder = encoding if encoding != "utf-16" else "utf-16-le"
    bom = submission.table.bom
    assert done.startswith(bom + text[:start].encode(encoder.removesuffix("-sig")))
    assert done.endswith(text[stop:].encode(encoder.removesuffix("-sig")))
    after = list(records(done[len(bom) :].decode(encoder.removesuffix("-sig")), ";"))
    assert len(after) == len(before)
    assert after[row.number - 1][0][column] == new


def test_what_is_written_is_defused_and_fits_the_encoding() -> None:
    submission = read("Nom;Commune\r\nSociété;Liège\r\n".encode("cp850"))
    where = submission.where("http://localhost:8000/id/actor/societe", vocab.PLACE)
    assert submission.corrected([Edit(where, "=1+1")]) == "Nom;Commune\r\nSociété;'=1+1\r\n".encode("cp850")
    assert submission.corrected([Edit(where, "Centre d’entreprises")]).endswith(b"Centre d'entreprises\r\n")
    with pytest.raises(InputError) as refused:
        submission.corrected([Edit(where, "Łódź")])
    assert refused.value.code == "not-encodable"
    again = read("Nom;Mots-clés\nA;'=1+1\n")
    assert said(again, "a", vocab.KEYWORDS) == ["=1+1"]


def test_a_workbook_keeps_styles_and_other_sheets() -> None:
    book = load_workbook(BytesIO(workbook(("Acteurs", [["Nom", "Commune", "Effectif"], ["A", "Lièje; Namur", 25]]),
                                          ("Notes", [["rien"], ["=1+1"]]))))  # fmt: skip
    book["Acteurs"]["B2"].font = Font(bold=True, color="FF0000")
    submission = read(saved(book), "x.xlsx")
    place = next(f for f in submission.findings if f.code == "cell-not-understood")
    assert place.where is not None and (place.where.sheet, place.where.cell, place.where.line) == ("Acteurs", "B2", 2)
    staff = submission.where("http://localhost:8000/id/actor/a", vocab.EMPLOYEES)
    done = load_workbook(BytesIO(submission.corrected([*place.repairs[0].edits, Edit(staff, "30")])))
    assert done["Acteurs"]["B2"].value == "Liège; Namur" and done["Acteurs"]["B2"].font.bold
    assert done["Acteurs"]["C2"].value == 30 and done["Notes"]["A2"].value == "=1+1"
    bad = submission.corrected([Edit(staff, "=HYPERLINK(1)")])
    cell = load_workbook(BytesIO(bad))["Acteurs"]["C2"]
    assert cell.data_type == "s" and cell.value == "'=HYPERLINK(1)"
    assert submission.losses() == ("formula-values",)
    typed = read(workbook(("Liste", [["Nom", "N° BCE"], ["A", 417497106]])), "x.xlsx")
    assert said(typed, "a", vocab.ENTERPRISE_NUMBER) == ["0417497106"]
    mended = read(typed.corrected(one(typed, "values-normalised").repairs[0].edits), "x.xlsx")
    assert said(mended, "a", vocab.ENTERPRISE_NUMBER) == ["0417497106"] and codes(mended) == []


# -- workbooks


def test_typed_cells_formulas_hidden_sheets_and_merged_rows() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Liste"
    sheet["A1"] = "Nos entreprises"
    sheet.merge_cells("A1:D1")
    for column, header in enumerate(["Nom", "Type", "Date de création", "Effectif", "Clients à l'étranger"], 1):
        sheet.cell(4, column, header)
    for row, cells in enumerate([["A", "Hub", date(2019, 3, 12), 25.0, True], ["B", None, 2020, "=2+3", False]], 6):
        for column, value in enumerate(cells, 1):
            sheet.cell(row, column, value)
    sheet.merge_cells("B6:B7")
    hidden = book.create_sheet("Caché")
    hidden.sheet_state = "hidden"
    hidden.append(["Nom"])
    hidden.append(["Z"])
    submission = read(saved(book), "x.xlsx")
    assert said(submission, "a", vocab.FOUNDING_DATE) == ["2019"] and said(submission, "a", vocab.EMPLOYEES) == ["25"]
    assert said(submission, "b", vocab.CLIENTS_ABROAD) == ["false"] and said(submission, "b", vocab.FOUNDING_DATE) == ["2020"]
    assert said(submission, "b", vocab.CLASSIFICATION) == ["hub"]
    assert submission.where("http://localhost:8000/id/actor/b", vocab.CLASSIFICATION).cell == "B6"
    assert one(submission, "formula-without-value").where.cell == "D7"  # type: ignore[union-attr]
    assert one(submission, "sheet-skipped").value == "Caché"
    asked = read(saved(book), "x.xlsx", sheets=["Caché"])
    assert [q.object.value for q in asked.quads if q.predicate.value == vocab.NAME] == ["Z"]
    with pytest.raises(InputError):
        read(saved(book), "x.xlsx", sheets=["Nulle part"])


def test_the_stored_value_of_a_formula_is_read() -> None:
    content = workbook(("Liste", [["Nom", "Effectif"], ["A", "=2+3"]]))
    submission = read(repacked(content, {"xl/worksheets/sheet1.xml": (b"<v></v>", b"<v>5</v>")}), "x.xlsx")
    assert said(submission, "a", vocab.EMPLOYEES) == ["5"]


def test_what_cannot_be_kept_is_told_before() -> None:
    content = workbook(("Liste", [["Nom"], ["A"]]))
    with zipfile.ZipFile(BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for name in ("xl/vbaProject.bin", "xl/charts/chart1.xml", "xl/pivotTables/pivotTable1.xml"):
        parts[name] = b"<x/>"
    submission = read(packed(parts), "x.xlsx")
    assert submission.losses() == ("macros", "charts", "pivots")
    assert set(submission.losses()) <= set(LOSSES)


# -- hostile files


def packed(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", method) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return out.getvalue()


def repacked(content: bytes, changes: dict[str, tuple[bytes, bytes]]) -> bytes:
    with zipfile.ZipFile(BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for name, (old, new) in changes.items():
        assert old in parts[name]
        parts[name] = parts[name].replace(old, new, 1)
    return packed(parts)


SHEET = "xl/worksheets/sheet1.xml"
PLAIN = workbook(("Liste", [["Nom"], ["A"]]))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HOSTILE: list[tuple[str, str, bytes, type[InputError], str]] = [
    ("a bomb", "x.xlsx", repacked(PLAIN, {SHEET: (b"<sheetData>", b"<sheetData>" + b" " * 50_000_000)}), TooLarge, "bomb"),
    ("many parts", "x.xlsx", packed({"[Content_Types].xml": b""} | {f"x{n}": b"" for n in range(3000)}), TooLarge, "bomb"),
    ("entities", "x.xlsx", repacked(PLAIN, {SHEET: (b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet')}), Unsupported, "doctype"),
    ("entities in UTF-16", "x.xlsx", packed({"[Content_Types].xml": "<!DOCTYPE x><a/>".encode("utf-16")}), Unsupported, "doctype"),
    ("an odd encoding", "x.xlsx", packed({"[Content_Types].xml": b"<?xml version='1.0' encoding='UTF-7'?><a/>"}), Unsupported, "doctype"),
    ("a merged sea", "x.xlsx", repacked(PLAIN, {SHEET: (b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')}), TooLarge, "too-large"),
    ("row a billion", "x.xlsx", repacked(PLAIN, {SHEET: (b'<row r="2">', b'<row r="999999999">')}), ParseError, "bad-workbook"),
    ("a giant cell", "x.xlsx", workbook(("Liste", [["Nom"], ["A" * 32_000]])), TooLarge, "too-large"),
    ("many sheets", "x.xlsx", workbook(*((f"s{n}", [["Nom"]]) for n in range(60))), TooLarge, "too-large"),
    ("many rows", "x.xlsx", workbook(("Liste", [["Nom"], *([str(n)] for n in range(3000))])), TooLarge, "too-large"),
    ("a damaged zip", "x.xlsx", PLAIN[:-200], ParseError, "bad-zip"),
    ("not a zip", "x.xlsx", b"Nom;Commune\nA;Namur\n", Unsupported, "not-xlsx"),
    ("a document", "x.xlsx", packed({"[Content_Types].xml": b"<a/>", "word/document.xml": b"<a/>"}), Unsupported, "not-xlsx"),
    ("a workbook called CSV", "x.csv", PLAIN, Unsupported, "zip-as-csv"),
    ("an old workbook", "x.xls", OLE + b"\0" * 600, Unsupported, "old-xls"),
    ("a locked workbook", "x.xlsx", OLE + b"\0" * 60 + "EncryptedPackage".encode("utf-16-le"), Unsupported, "encrypted"),
    ("a binary workbook", "x.xlsx", packed({"xl/workbook.bin": b""}), Unsupported, "xlsb"),
    ("OpenDocument", "x", packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}, 0), Unsupported, "ods"),
    ("a web page", "x.csv", b"<html><table><tr><td>Nom</td></tr></table></html>", Unsupported, "html"),
    ("a PDF", "x.csv", b"%PDF-1.7 ...", Unsupported, "not-a-table"),
    ("binary", "x.csv", b"Nom;a\n\0\x01\x02;b\n", Unsupported, "binary"),
    ("nothing", "x.csv", b"\xef\xbb\xbf \r\n", ParseError, "empty"),
    ("only delimiters", "x.csv", b";;;\n;;;\n", ParseError, "empty"),
    ("a long cell", "x.csv", b"Nom\n" + b"A" * 20_000, TooLarge, "too-large"),
    ("many cells", "x.csv", b"Nom\n" + b"a;" * 60_000, TooLarge, "too-large"),
    ("many lines", "x.csv", b"Nom\n" + b"a\n" * 3_000, TooLarge, "too-large"),
]  # fmt: skip
TIGHT = IntakeLimits(rows=2_000, cells=50_000, cell_chars=10_000)


@pytest.mark.parametrize(("name", "content", "kind", "code"), [h[1:] for h in HOSTILE], ids=[h[0] for h in HOSTILE])
def test_hostile_files_are_refused_with_a_reason(name: str, content: bytes, kind: type[InputError], code: str) -> None:
    with pytest.raises(kind) as refused:
        read(content, name, limits=TIGHT)
    assert refused.value.code == code
    assert refused.value.messages is not None and set(refused.value.messages) == set(vocab.LANGUAGES)


def test_a_file_beyond_the_limit_is_not_looked_at() -> None:
    with pytest.raises(TooLarge) as refused:
        read(b"Nom\nA\n", limits=IntakeLimits(bytes=3))
    assert refused.value.limit == "bytes"


def test_many_findings_are_capped_and_counted() -> None:
    submission = read("Nom;Effectif\n" + "".join(f"A{n};zz\n" for n in range(300)), limits=IntakeLimits(findings=20))
    assert codes(submission).count("cell-not-understood") == 20 and "280" in one(submission, "more-findings").messages["fr"]


def survives(name: str, content: bytes) -> None:
    """Whatever a file is: it is read, or refused with a reason; so is its correction."""
    try:
        submission = read(content, name, limits=LIMITS)
    except InputError as error:
        assert error.messages is not None and set(error.messages) == set(vocab.LANGUAGES)
        return
    for quad in submission.quads:
        assert submission.where(quad.subject.value, quad.predicate.value, str(quad.object)).exact
        submission.name_of(quad.subject.value)
    edits = [edit for finding in submission.findings for repair in finding.repairs[:1] for edit in repair.edits]
    try:
        read(submission.corrected(edits), name, limits=LIMITS)
    except InputError as error:
        assert error.messages is not None


_ODD = settings(max_examples=340 * LONGER, deadline=None, suppress_health_check=list(HealthCheck))


@_ODD
@given(csv_files())
def test_no_csv_breaks_the_reader(content: bytes) -> None:
    survives("x.csv", content)


@_ODD
@given(st.binary(max_size=400))
def test_no_bytes_break_the_reader(content: bytes) -> None:
    survives(random.Random(content).choice(["x", "x.csv", "x.xlsx"]), content)


@_ODD
@given(workbooks())
def test_no_workbook_breaks_the_reader(content: bytes) -> None:
    survives("x.xlsx", content)


# -- messages


def test_every_message_is_there_in_four_languages() -> None:
    for catalogue in (MESSAGES, REFUSALS, LOSSES):
        for code, texts in catalogue.items():
            assert tuple(texts) == vocab.LANGUAGES, code
            assert all(text.strip() for text in texts.values()), code
