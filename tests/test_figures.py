"""The published figures: all rows are accounted for, all codes known, numbers are what the page states."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Store

from wallograph import resources, vocab
from wallograph.ingest.figures import READ, STATED, Figure, FigureRows, read_figures
from wallograph.ingest.places import read_gazetteer
from wallograph.model import Severity

FOLDER = resources.data_dir() / "sources" / "figures"
LANGUAGES = {"fr", "nl", "de", "en"}
FACTOR = {"million": Decimal(10**6), "milliard": Decimal(10**9)}


@pytest.fixture(scope="module")
def read() -> FigureRows:
    return read_figures(FOLDER, lambda page: f"key of {page}")


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with (FOLDER / "rows.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def code_list(scheme: str) -> Store:
    store = Store()
    store.load(path=str(resources.ontology_dir() / "codes" / f"{scheme}.ttl"), format=RdfFormat.TURTLE)
    return store


def notations(store: Store, *, leaves: bool) -> set[str]:
    top = NamedNode(vocab.SKOS + "topConceptOf")
    return {
        quad.object.value
        for quad in store.quads_for_pattern(None, NamedNode(vocab.SKOS + "notation"), None)
        if not leaves or not list(store.quads_for_pattern(quad.subject, top, None))
    }


def of(read: FigureRows, indicator: str, year: str) -> set[tuple[str, str, str]]:
    found = (f for f in read.figures if f.indicator == indicator and f.start == f.end == year)
    return {(f.value, f.unit, f.qualifier) for f in found}


def test_every_row_is_a_figure_or_a_finding(read: FigureRows, rows: list[dict[str, str]]) -> None:
    assert len(rows) == 228
    assert len(read.figures) + len(read.findings) == 228
    assert {finding.severity for finding in read.findings} == {Severity.INFO}
    assert all(set(finding.messages) == LANGUAGES for finding in read.findings)
    lines = [f.where.line for f in read.figures] + [f.where.line for f in read.findings if f.where]
    assert sorted(line for line in lines if line) == list(range(2, 230))


def test_a_majority_is_no_number(read: FigureRows) -> None:
    without = [f for f in read.findings if f.code == "figure-without-number"]
    assert [finding.value for finding in without] == ["majorité"]


def test_keys_are_stable_and_unique(read: FigureRows) -> None:
    keys = [figure.key for figure in read.figures]
    assert len(set(keys)) == len(keys)
    assert keys == [figure.key for figure in read_figures(FOLDER, lambda page: "").figures]
    assert all(figure.source == f"key of {figure.page}" for figure in read.figures)


def test_the_table_is_sorted(rows: list[dict[str, str]]) -> None:
    columns = ("indicator", "period_start", "period_end", "source_url", "value", "indicator_stated")
    order = [tuple(row[column] for column in columns) for row in rows]
    assert order == sorted(order)
    assert b"\r" not in (FOLDER / "rows.csv").read_bytes()


@pytest.mark.parametrize("scheme", ["indicator", "unit"])
def test_codes_are_those_of_the_code_list(scheme: str, rows: list[dict[str, str]]) -> None:
    assert {row[scheme] for row in rows} == notations(code_list(scheme), leaves=True)


@pytest.mark.parametrize("scheme", ["indicator", "unit"])
def test_code_lists_keep_the_rules_of_skos(scheme: str) -> None:
    store = code_list(scheme)
    root = NamedNode(vocab.AUTH + scheme)

    def values(subject: NamedNode, term: str) -> list[NamedNode | Literal]:
        return [quad.object for quad in store.quads_for_pattern(subject, NamedNode(term), None)]

    for term in ("title", "description"):
        assert {text.language for text in values(root, vocab.DCTERMS + term)} == LANGUAGES
    tops = {iri.value for iri in values(root, vocab.SKOS + "hasTopConcept")}
    typed = store.quads_for_pattern(None, NamedNode(vocab.TYPE), NamedNode(vocab.CONCEPT))
    concepts = [quad.subject for quad in typed]
    labels = [label for concept in concepts for label in values(concept, vocab.PREF_LABEL)]
    assert len(set(labels)) == len(labels) == 4 * len(concepts)
    for concept in concepts:
        assert {label.language for label in values(concept, vocab.PREF_LABEL)} == LANGUAGES
        (notation,) = values(concept, vocab.SKOS + "notation")
        assert concept.value == f"{root.value}/{notation.value}"
        assert values(concept, vocab.SKOS + "inScheme") == [root]
        assert (values(concept, vocab.SKOS + "topConceptOf") == [root]) == (concept.value in tops)
        broader = values(concept, vocab.SKOS + "broader")
        assert len(broader) == (0 if concept.value in tops else 1)
        assert all(concept in values(above, vocab.SKOS + "narrower") for above in broader)
        below = values(concept, vocab.SKOS + "narrower")
        assert all(concept in values(narrower, vocab.SKOS + "broader") for narrower in below)


def test_values_are_what_the_page_states(rows: list[dict[str, str]]) -> None:
    for row in (row for row in rows if row["value"]):
        factor = FACTOR.get(row["unit_stated"].split(" ")[0], Decimal(1))
        value = Decimal(row["value"])
        assert value == Decimal(row["value_stated"]) * factor, row
        assert row["value"] == format(value, "f")
        assert (row["unit"] == "eur") == ("EUR" in row["unit_stated"]), row
        assert (row["unit"] == "percent") == ("%" in row["unit_stated"]), row
        if row["unit"] == "eur":
            assert 10**5 <= value < 3 * 10**9, row
        elif row["unit"] == "percent":
            assert 0 < value <= 100, row
        else:
            assert value == value.to_integral_value() and value <= 23000, row


@pytest.mark.parametrize(
    ("words", "qualifiers"),
    [
        ("(environ)", {"about"}),
        ("(près de)", {"about"}),
        ("(plus de)", {"more-than"}),
        ("(moins de)", {"less-than"}),
        ("(plafond)", {"up-to"}),
    ],
)
def test_qualifiers_are_taken_out_of_the_wording(
    words: str, qualifiers: set[str], rows: list[dict[str, str]]
) -> None:
    found = {row["qualifier"] for row in rows if words in row["indicator_stated"] + row["unit_stated"]}
    assert found == qualifiers


def test_periods_are_years_in_order(read: FigureRows, rows: list[dict[str, str]]) -> None:
    assert all(f.start <= f.end for f in read.figures if f.start and f.end)
    assert all(row["period_end"][-4:] == row["year_stated"][-4:] for row in rows)


def test_scopes_and_subjects_are_known(read: FigureRows) -> None:
    sources = resources.data_dir() / "sources"
    places = read_gazetteer(sources).places
    assert {f.scope for f in read.figures if f.scope_kind == "place"} <= set(places)
    assert {f.scope_stated for f in read.figures if f.scope_stated == "Liège" and f.scope} == set()
    tables = [path.read_text(encoding="utf-8-sig") for path in sorted(sources.glob("*/rows.csv"))
              if path.parent != FOLDER]  # fmt: skip
    names = {f.subject_actor for f in read.figures}
    names |= {f.scope for f in read.figures if f.scope_kind == "actor"}
    assert [name for name in sorted(names) if not any(name in table for table in tables)] == []


def test_number_of_startups_by_year(read: FigureRows) -> None:
    assert of(read, "digital-startups", "2017") == {("325", "startup", "")}
    assert of(read, "digital-startups", "2018") == {("300", "startup", "more-than"), ("400", "startup", "")}
    assert of(read, "digital-startups", "2020") == {("423", "startup", "")}


def test_the_headline_of_2018(read: FigureRows) -> None:
    assert ("300", "startup", "more-than") in of(read, "digital-startups", "2018")
    assert of(read, "startup-jobs", "2018") == {("3000", "job", "about")}
    assert of(read, "startup-b2b-share", "2018") == {("65", "percent", "")}
    pages = {page_of(read, code) for code in ("startup-jobs", "startup-b2b-share")}
    assert len(pages) == 1


def page_of(read: FigureRows, indicator: str) -> str:
    (figure,) = (f for f in read.figures if f.indicator == indicator and f.start == "2018")
    return figure.page


def write(folder: Path, *rows: dict[str, str]) -> list[Figure]:
    usual = dict.fromkeys(STATED + READ, "") | {
        "indicator": "digital-startups", "value": "325", "unit": "startup", "scope_kind": "place",
        "scope": "3000", "source_url": "https://example.org/a",
    }  # fmt: skip
    with (folder / "rows.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, STATED + READ, lineterminator="\n")
        writer.writeheader()
        writer.writerows(usual | row for row in rows)
    return list(read_figures(folder, lambda page: page).figures)


def test_two_pages_are_two_figures_and_one_page_is_one(tmp_path: Path) -> None:
    assert len(write(tmp_path, {}, {"source_url": "https://example.org/b"})) == 2
    assert len(write(tmp_path, {}, {"indicator_stated": "in other words"})) == 1


def test_the_more_careful_of_two_readings_stays(tmp_path: Path) -> None:
    assert [f.qualifier for f in write(tmp_path, {}, {"qualifier": "about"})] == ["about"]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ({"value": "about 300"}, "not-a-number"),
        ({"period_end": "soon"}, "not-a-year"),
        ({"qualifier": "roughly"}, "unknown-code"),
        ({"scope_kind": "planet"}, "unknown-code"),
        ({"scope_kind": "other"}, "unknown-code"),
        ({"unit": ""}, "unknown-code"),
    ],
)
def test_wrong_cells_are_held_back(tmp_path: Path, cell: dict[str, str], code: str) -> None:
    assert write(tmp_path, cell) == []
    (finding,) = read_figures(tmp_path, lambda page: page).findings
    assert (finding.code, finding.severity) == (code, Severity.VIOLATION)
