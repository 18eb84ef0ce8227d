"""Templates: made from the forms in four languages, filled in, and read back with certainty."""

from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from table_lookup import SmallLookup
from wallograph import vocab
from wallograph.intake.tables import TableSubmission, read_table, template
from wallograph.intake.tables.message_texts import EXPECTED
from wallograph.model import Form
from wallograph.validate.forms import forms_of
from wallograph.validate.shapes import load_shapes

FORMS = forms_of(load_shapes())
LOOKUP = SmallLookup("Agoria")
EVERY = [(form, lang) for form in FORMS for lang in vocab.LANGUAGES]
IDS = [f"{form.concept}-{lang}" for form, lang in EVERY]


def opened(form: Form, lang: str) -> Workbook:
    return load_workbook(BytesIO(template(form, lang, LOOKUP.codes)))


def read(book: Workbook) -> TableSubmission:
    out = BytesIO()
    book.save(out)
    return read_table("t.xlsx", out.getvalue(), None, FORMS, LOOKUP)


@pytest.mark.parametrize(("form", "lang"), EVERY, ids=IDS)
def test_a_filled_template_is_read_back_with_certainty(form: Form, lang: str) -> None:
    book = opened(form, lang)
    sheet = book.worksheets[0]
    name = next(column for column, field in enumerate(form.fields, 1) if field.key in ("name", "label"))
    sheet.cell(2, name, "Exemple")
    submission = read(book)
    (mapped,) = submission.mapping.sheets
    assert (mapped.concept, mapped.reason, mapped.lang) == (form.concept, "sheet", lang)
    assert [(column.key, column.score) for column in mapped.columns] == [(field.key, 1.0) for field in form.fields]
    assert submission.findings == [] and submission.losses() == ()
    assert f"/id/{form.concept}/exemple" in submission.quads[0].subject.value


@pytest.mark.parametrize(("form", "lang"), EVERY, ids=IDS)
def test_a_template_has_no_rows_and_says_what_is_required(form: Form, lang: str) -> None:
    sheet = opened(form, lang).worksheets[0]
    assert all(cell.value is None for row in sheet.iter_rows(min_row=2) for cell in row)
    for cell, field in zip(sheet[1], form.fields, strict=True):
        assert str(cell.value).endswith(" *") == field.required
        assert cell.comment is not None and field.help[lang] in cell.comment.text


@pytest.mark.parametrize("lang", vocab.LANGUAGES)
def test_every_entry_of_a_drop_down_is_understood(lang: str) -> None:
    form = FORMS[0]
    book = opened(form, lang)
    sheet, lists = book.worksheets
    assert lists.sheet_state == "hidden"
    keys = {field.key: column for column, field in enumerate(form.fields, 1)}
    offered = {column[0].value: [cell.value for cell in column[1:] if cell.value] for column in lists.iter_cols()}
    assert set(offered) == {"classification", "subject", "status", "market", "clients-abroad"}
    assert len(sheet.data_validations.dataValidation) == len(offered)
    row = 2
    for key, entries in offered.items():
        for entry in entries:
            sheet.cell(row, keys["name"], f"Exemple {row}")
            sheet.cell(row, keys[key], entry)
            row += 1
    submission = read(book)
    assert submission.findings == []
    assert sum(q.predicate.value == vocab.SUBJECT for q in submission.quads) == len(offered["subject"]) > 50


def test_a_template_is_the_same_file_whenever_it_is_made() -> None:
    assert template(FORMS[0], "fr", LOOKUP.codes) == template(FORMS[0], "fr", LOOKUP.codes)
    assert set(EXPECTED) >= {field.expects for form in FORMS for field in form.fields}


def test_a_filled_row_becomes_statements() -> None:
    form = FORMS[0]
    book = opened(form, "nl")
    sheet = book.worksheets[0]
    row = {"name": "Voorbeeld", "classification": "Hub", "location": "Namen", "number-of-employees": 12,
           "stated-for": 2021, "enterprise-number": "0417497106", "founding-date": 2019,
           "member-of": "Agoria"}  # fmt: skip
    for column, field in enumerate(form.fields, 1):
        if field.key in row:
            sheet.cell(2, column, row[field.key])
    submission = read(book)
    assert submission.findings == []
    values = {(q.predicate.value, str(q.object)) for q in submission.quads}
    assert (vocab.PLACE, "<http://localhost:8000/id/place/92094>") in values
    assert (vocab.STATED_FOR, '"2021"^^<http://www.w3.org/2001/XMLSchema#gYear>') in values
    assert (vocab.ENTERPRISE_NUMBER, '"0417497106"') in values
