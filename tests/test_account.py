"""The account of the shipped data: no row is lost or counted twice, little is held back, nobody is published.

In: the release of the shipped data, its report, the tables it was made of. The number of organisations is compared
with a second count that uses nothing of the linker.
"""

import csv
import json
import runpy
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from wallograph import vocab
from wallograph.ingest.read import Ingested
from wallograph.link.identity import Identity
from wallograph.pipeline.assemble import Linked
from wallograph.release.account import OUTCOMES
from wallograph.release.state import Release
from wallograph.resources import data_dir
from wallograph.store.embedded import ReadStore

ROOT = Path(__file__).resolve().parent.parent
SOURCES = data_dir() / "sources"
TABLES = sorted(SOURCES.glob("*/*.csv"))
# What a table of people would be headed by, in the languages of the sources.
PERSONAL = ("person", "firstname", "first_name", "last_name", "surname", "prenom", "prénom", "nom_", "email", "e-mail",
            "phone", "telephone", "téléphone", "contact", "ceo", "birth", "naissance", "gender")  # fmt: skip
PEOPLE = ("foaf/0.1/Person", "foaf/0.1/givenName", "foaf/0.1/familyName", "foaf/0.1/mbox", "schema.org/Person",
          "schema.org/givenName", "schema.org/familyName", "schema.org/email", "schema.org/telephone", "vcard",
          "w3.org/ns/person", "prov#Person")  # fmt: skip
MOST_HELD = 0.02
NEAR = 0.02


@pytest.fixture(scope="module")
def store(shipped: Release) -> ReadStore:
    return ReadStore(shipped.store_path)


@pytest.fixture(scope="module")
def report(shipped: Release) -> dict:
    return json.loads((shipped.folder / "report.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def tables(report: dict) -> dict[str, dict[str, int]]:
    return report["summary"]["tables"]


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def instances(store: ReadStore, class_: str) -> set[str]:
    """The things of a class in the public default graph."""
    rows = store.rows("SELECT DISTINCT ?thing ?class WHERE { ?thing a ?class }", **{"class": NamedNode(class_)})
    return {row["thing"].value for row in rows}


# -- rows


def test_every_table_is_in_the_account(tables: dict[str, dict[str, int]]) -> None:
    assert set(tables) == {f"{path.parent.name}/{path.name}" for path in TABLES}


@pytest.mark.parametrize("path", TABLES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_row_ends_in_exactly_one_way(path: Path, tables: dict[str, dict[str, int]]) -> None:
    counts = tables[f"{path.parent.name}/{path.name}"]
    assert counts["in"] == len(rows_of(path))
    assert counts["unaccounted"] == 0
    assert sum(counts[outcome] for outcome in OUTCOMES) == counts["in"]


def test_little_is_held_back(tables: dict[str, dict[str, int]]) -> None:
    too_much = {file: counts for file, counts in tables.items() if counts["held"] > MOST_HELD * counts["in"]}
    assert not too_much


def test_our_own_tables_have_nothing_outside(tables: dict[str, dict[str, int]]) -> None:
    registers = {"ror", "fedict", "nace", "digitalwallonia"}
    assert {file.split("/")[0] for file, counts in tables.items() if counts["outside"]} <= registers


def test_each_held_back_row_has_a_finding(report: dict, tables: dict[str, dict[str, int]]) -> None:
    told = {(finding["file"], finding["line"]) for finding in report["findings"]}
    for file, counts in tables.items():
        assert len({line for table, line in told if table == file}) >= counts["held"], file


def test_each_finding_says_where_and_why_in_four_languages(report: dict) -> None:
    assert report["findings"]
    for finding in report["findings"]:
        rows = len(rows_of(SOURCES / finding["file"]))
        assert 2 <= finding["line"] <= rows + 1, finding
        assert finding["code"] and finding["field"] and finding["subject"], finding
        assert set(finding["messages"]) == {"fr", "nl", "de", "en"}
        assert len(set(finding["messages"].values())) == 4, finding


def test_only_names_without_a_known_kind_are_held_back(report: dict) -> None:
    violations = {finding["code"] for finding in report["findings"] if finding["severity"] == "violation"}
    assert violations <= {"unresolved-end"}
    assert report["validation"]["severity"]["violation"] == 0


def test_weak_merges_come_with_their_evidence(report: dict) -> None:
    weak = report["identity"]["weak_merges"]
    assert weak
    for merge in weak:
        assert merge["left"] < merge["right"] and 0.85 <= merge["score"] < 0.95
        assert merge["features"], merge


# -- people


def test_no_table_has_a_column_of_people() -> None:
    for path in [*TABLES, *data_dir().glob("*.csv")]:
        with path.open(encoding="utf-8-sig", newline="") as file:
            header = next(csv.reader(file))
        assert not [column for column in header if any(word in column.lower() for word in PERSONAL)], path


def test_no_natural_person_is_published(shipped: Release) -> None:
    rules = "/id/source/shapes> ."  # the shapes name what is forbidden
    with shipped.graph_path.open(encoding="utf-8") as lines:
        found = [line for line in lines if any(word in line for word in PEOPLE) and not line.endswith(f"{rules}\n")]
    assert not found
    report = (shipped.folder / "report.json").read_text(encoding="utf-8")
    assert not [word for word in PEOPLE if word in report]


# -- numbers


def test_links_between_organisations(store: ReadStore) -> None:
    actors = instances(store, vocab.ORGANIZATION)
    links = set()
    for kind, predicate in vocab.RELATIONS.items():
        for quad in store.quads(predicate=NamedNode(predicate)):
            derived = "derived-" in getattr(quad.graph_name, "value", "derived-")
            ends = (quad.subject.value, getattr(quad.object, "value", ""))
            if not derived and set(ends) <= actors:
                links.add((kind, *ends))
    assert len(links) > 1_000


def test_one_page_tells_a_relation_once(store: ReadStore) -> None:
    """A row of a table and a row of links that say the same of one page are one link, with the year if one has it."""
    twice = store.rows(
        """PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> PREFIX wg: <http://localhost:8000/ns/wallograph#>
        SELECT ?one ?other WHERE { GRAPH ?page {
            ?one a wg:Relation ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o .
            ?other a wg:Relation ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; wg:statedFor ?year .
            FILTER (?one != ?other) FILTER NOT EXISTS { ?one wg:statedFor ?none } } }"""
    )
    assert not twice


def test_all_municipalities_have_coordinates_and_no_organisation_has(store: ReadStore) -> None:
    municipality = NamedNode(vocab.code("place-kind", "municipality"))
    municipalities = {quad.subject.value for quad in store.quads(predicate=NamedNode(vocab.PROJECT_KIND),
                                                                 object=municipality)}  # fmt: skip
    assert len(municipalities) == 261
    for predicate in (vocab.LATITUDE, vocab.LONGITUDE):
        located = {quad.subject.value for quad in store.quads(predicate=NamedNode(predicate))}
        assert municipalities <= located
        assert not located & instances(store, vocab.ORGANIZATION)


def test_programmes_events_and_projects_are_counted_apart(linked: tuple[Ingested, Linked], store: ReadStore) -> None:
    """The IRI says what a thing is counted as; it is two things at once only where two tables say so of one thing."""
    identity = linked[1].identity
    classes = {"actor": vocab.ORGANIZATION, "project": vocab.PROJECT, "event": vocab.EVENT}
    things = {concept: instances(store, class_) for concept, class_ in classes.items()}
    counted = {concept: {iri for iri in found if f"/id/{concept}/" in iri} for concept, found in things.items()}
    assert len(counted["actor"]) > len(counted["project"]) > len(counted["event"]) > 0
    assert set().union(*counted.values()) == set().union(*things.values())
    both = {iri for iri in set().union(*things.values()) if sum(iri in found for found in things.values()) > 1}
    members = {iri: identity.clusters.members[root] for root, iri in identity.iri.items()}
    assert all(len({identity.records[key].concept for key in members[iri]}) > 1 for iri in both)
    assert len(both) < 10


@pytest.fixture(scope="module")
def second_count() -> list[set[str]]:
    """Groups of rows that are one organisation, by `scripts/independent_clusters.py`."""
    script = runpy.run_path(str(ROOT / "scripts" / "independent_clusters.py"))
    found = {one.key: one for one in script["organisations"](SOURCES, False)}
    groups = script["grouped"](list(found.values()), rows_of(data_dir() / "judgements.csv"))
    named = {script["letters"](name) for name in script["ends"](SOURCES, False)}
    return [group for group in groups if script["related"](group, found, named)]


def organisations(identity: Identity, tables: set[str]) -> list[set[str]]:
    """The linker's clusters of organisations that have a row of the tables."""
    clusters = ({*identity.clusters.members[root]} for root in identity.inside if "/actor/" in identity.iri[root])
    return [members for members in clusters if {key.split("/")[0] for key in members} & tables]


@pytest.mark.parametrize("registers", [True, False], ids=["with registers", "own tables"])
def test_organisations_are_as_many_as_a_second_count_finds(
    registers: bool, linked: tuple[Ingested, Linked], second_count: list[set[str]]
) -> None:
    tables = {"startups", "actors", "research-units", "press", *(("ror", "fedict") if registers else ())}
    ours = organisations(linked[1].identity, tables)
    theirs = [group for group in second_count if {key.split("/")[0] for key in group} & tables]
    assert abs(len(ours) - len(theirs)) <= NEAR * len(theirs), (len(ours), len(theirs))


def test_every_organisation_of_the_tables_is_published(linked: tuple[Ingested, Linked], store: ReadStore) -> None:
    identity, records = linked[1].identity, linked[0].harvest.records
    published = instances(store, vocab.ORGANIZATION)
    own = {key for key, record in records.items() if record.concept == "actor" and not record.register}
    assert own
    # A thing keeps the concept of its first record: a programme that a second table calls an organisation is one thing.
    lost = {key for key in own if (identity.iri_of(key) or "") not in published}
    others = instances(store, vocab.PROJECT) | instances(store, vocab.EVENT)
    assert {identity.iri_of(key) for key in lost} <= others
