"""The tables of an edition: what stands in them is what the graph says, in every form, and no cell is a formula."""

import json

import openpyxl
import pandas
import pyarrow.parquet
import pytest
from pyoxigraph import RdfFormat, parse

from publication import BASE, DATE, TRIG, private_graphs
from wallograph import vocab
from wallograph.cells import defused
from wallograph.iris import rebase
from wallograph.release.edition import make_edition
from wallograph.release.state import State
from wallograph.release.tables import TABLES, header
from wallograph.store.embedded import ReadStore

HOSTILE = TRIG.replace('schema:name "Spin"', 'schema:name "=HYPERLINK(1)", "@SUM(A1)"')


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return _edition(tmp_path_factory.mktemp("state")).dump_path


def _edition(root):
    state = State(root)
    text = rebase(HOSTILE, BASE).encode()
    return make_edition(
        state,
        parse(text, format=RdfFormat.TRIG),
        base=BASE, date=DATE, private_graphs=private_graphs(BASE), report=None, parquet=True,
    )  # fmt: skip


def cells(folder, table):
    frame = pandas.read_csv(folder / f"{table}.csv", dtype=str, keep_default_na=False)
    return [tuple(row) for row in frame.itertuples(index=False)]


def test_shipped_rows_are_those_that_sparql_finds(shipped_state):
    release = shipped_state.current()
    store = ReadStore(release.store_path)
    for table, (kind, _) in TABLES.items():
        frame = pandas.read_csv(release.dump_path / f"{table}.csv", dtype=str, keep_default_na=False)
        found = {row["s"].value for row in store.rows(f"SELECT ?s {{ ?s a <{kind}> }}")}
        assert set(frame["iri"]) == found and len(frame) == len(found) > 0, table
    actors = pandas.read_csv(release.dump_path / "actors.csv", dtype=str, keep_default_na=False).set_index("iri")
    query = f"SELECT ?s ?v {{ ?s <{vocab.ENTERPRISE_NUMBER}> ?v }}"
    for row in store.rows(query):
        assert row["v"].value in actors.loc[row["s"].value, "enterprise_number"].split(" | ")
    labelled = store.rows(f"SELECT ?s ?v {{ ?s a <{vocab.ORGANIZATION}> ; <{vocab.LABEL}> ?v }}")
    names = {row["s"].value: row["v"].value for row in labelled}
    assert {iri: defused(name) for iri, name in names.items()} == actors["name"].to_dict()
    links = pandas.read_csv(release.dump_path / "links.csv", dtype=str, keep_default_na=False)
    assert set(links["kind"]) <= set(vocab.RELATIONS)
    assert (links["subject_name"] != "").all() and (links["sources"] != "").all()


@pytest.mark.parametrize("table", TABLES)
def test_every_form_holds_the_same_rows(folder, table):
    names = header(table)
    expected = cells(folder, table)
    objects = [json.loads(line) for line in (folder / f"{table}.jsonl").read_text("utf-8").splitlines()]
    assert [tuple(defused(" | ".join(o.get(name, []))) for name in names) for o in objects] == expected
    sheet = openpyxl.load_workbook(folder / "tables.xlsx")[table]
    assert [tuple(cell or "" for cell in row) for row in sheet.iter_rows(min_row=2, values_only=True)] == expected
    columns = pyarrow.parquet.read_table(folder / f"{table}.parquet").to_pylist()
    first = [(row["iri"], *(defused(" | ".join(row[name])) for name in names[1:])) for row in columns]
    assert first == expected


def test_no_cell_is_a_formula(folder):
    text = (folder / "actors.csv").read_text("utf-8")
    assert "'=HYPERLINK(1)" in text and ",=HYPERLINK" not in text
    for row in openpyxl.load_workbook(folder / "tables.xlsx")["actors"].iter_rows():
        assert all(cell.data_type != "f" for cell in row)


def test_the_same_edition_has_the_same_bytes(folder, tmp_path):
    again = _edition(tmp_path).dump_path
    names = sorted(path.name for path in folder.iterdir())
    assert names == sorted(path.name for path in again.iterdir())
    assert {"tables.xlsx", "actors.parquet", "graph.rdf.gz"} <= set(names)
    for name in names:
        assert (folder / name).read_bytes() == (again / name).read_bytes(), name


@pytest.mark.parametrize(
    ("text", "shown"),
    [("=1", "'=1"), ("+32", "'+32"), ("-1", "-1"), ("-1,5", "-1,5"), ("-a", "'-a"), ("\t=1", "'\t=1"), ("a=1", "a=1")],
)
def test_what_a_spreadsheet_would_run_is_defused(text, shown):
    assert defused(text) == shown
