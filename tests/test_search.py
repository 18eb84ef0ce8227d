"""The search index: what is found, in which order, and that any text is safe."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaign import LONGER
from wallograph.errors import StateError
from wallograph.store.search import Entry, SearchIndex, change_index, fold, write_index

BASE = "http://localhost:8000/id/actor/"
ENTRIES = [
    Entry(BASE + "uliege", "actor", "Université de Liège", ("University of Liège", "ULg"), ("ULiège",),
          ("university",), ("ai", "digital"), ("62063", "60000")),
    Entry(BASE + "cetic", "actor", "CETIC", ("Centre d'excellence en TIC",), ("C.E.T.I.C.",),
          ("research-centre",), ("digital",), ("52011",)),
    Entry(BASE + "liege-space", "actor", "Liège Space Center", (), ("CSL",), ("research-centre",), (), ("62063",)),
    Entry(BASE + "oeuvre", "actor", "Œuvre numérique", (), (), ("startup", "spin-off"), ("digital",), ("52011",)),
    Entry("http://localhost:8000/id/place/62063", "place", "Liège", ("Lüttich", "Luik"), (), ("municipality",),
          (), ("60000",)),
]  # fmt: skip


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    path = tmp_path_factory.mktemp("search") / "search.sqlite"
    assert write_index(path, ENTRIES) == 5
    return SearchIndex(path)


def found(index: SearchIndex, text: str, **filters: str) -> list[str]:
    return [hit.iri.rpartition("/")[2] for hit in index.search(text, **filters).hits]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("liege", "62063"),  # the exact name before names that begin so
        ("LIÈGE", "62063"),
        ("luttich", "62063"),
        ("uliege", "uliege"),  # an acronym
        ("ulg", "uliege"),
        ("univ", "uliege"),  # the last word may be unfinished
        ("universite lie", "uliege"),
        ("cetic", "cetic"),
        ("c.e.t.i.c.", "cetic"),
        ("excellence tic", "cetic"),
        ("oeuvre", "oeuvre"),
        ("œuvre", "oeuvre"),
        ("liège space", "liege-space"),
    ],
)
def test_first_hit(index: SearchIndex, text: str, first: str) -> None:
    assert found(index, text)[0] == first


@pytest.mark.parametrize(
    ("text", "corrected", "first"),
    [
        ("univresite", "universite", "uliege"),
        ("univerisity liege", "university liege", "uliege"),
        ("liegge", "liege", "62063"),
        ("exelence", "excellence", "cetic"),
    ],
)
def test_small_typos(index: SearchIndex, text: str, corrected: str, first: str) -> None:
    hits = index.search(text)
    assert hits.corrected == corrected
    assert hits.hits[0].iri.endswith(first)


def test_short_words_are_not_corrected(index: SearchIndex) -> None:
    assert index.search("ulh").total == 0
    assert index.search("cetic").corrected is None


def test_no_words_browses_with_facets(index: SearchIndex) -> None:
    hits = index.search("")
    assert hits.total == 5
    assert hits.facets["kind"][0] == ("research-centre", 2)
    assert hits.facets["theme"] == [("digital", 3), ("ai", 1)]
    assert ("62063", 2) in hits.facets["place"]
    assert hits.facets["concept"] == [("actor", 4), ("place", 1)]
    assert index.search("", limit=2, offset=4).total == 5
    assert len(index.search("", limit=2, offset=4).hits) == 1


def test_filters_narrow_hits_and_facets(index: SearchIndex) -> None:
    assert found(index, "", kind="spin-off") == ["oeuvre"]
    assert found(index, "liege", concept="actor", place="62063") == ["liege-space", "uliege"]
    hits = index.search("", theme="digital", place="52011")
    assert hits.total == 2
    assert hits.facets["kind"] == [("research-centre", 1), ("spin-off", 1), ("startup", 1)]
    assert index.search("", kind="no-such-kind").total == 0


def test_a_hit_tells_the_name_that_matched(index: SearchIndex) -> None:
    hit = index.search("luik").hits[0]
    assert (hit.label, hit.matched_name, hit.concept, hit.kinds) == ("Liège", "Luik", "place", ("municipality",))
    assert index.search("CETIC").hits[0].matched_name == "CETIC"


@pytest.mark.parametrize(
    "text", ['"', "'", "*", "a AND", "NEAR(", "words:liege", "-liege", "(", "liege\0", "%", "^", "{x}", "\\", "💥"]
)
def test_any_sign_is_safe(index: SearchIndex, text: str) -> None:
    index.search(text)


@given(st.text())
@settings(max_examples=200 * LONGER, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_safe(index: SearchIndex, text: str) -> None:
    assert index.search(text).total >= 0
    fold(text)


def test_only_signs_match_nothing(index: SearchIndex) -> None:
    assert index.search("***").total == 0


def test_change_takes_out_and_puts_in(tmp_path: Path) -> None:
    path = tmp_path / "search.sqlite"
    write_index(path, ENTRIES)
    changed = Entry(BASE + "cetic", "actor", "Nouveau nom", kinds=("company",))
    assert change_index(path, [BASE + "cetic", BASE + "oeuvre", "urn:none"], [changed]) == 4
    index = SearchIndex(path)
    assert found(index, "cetic") == []
    assert found(index, "excellence") == []
    assert found(index, "nouveau") == ["cetic"]
    assert index.search("").facets["theme"] == [("ai", 1), ("digital", 1)]


def test_no_index_is_an_error_of_the_state(tmp_path: Path) -> None:
    with pytest.raises(StateError):
        SearchIndex(tmp_path / "none.sqlite")


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Université de Liège", "uliege"),
        ("Univesité de Liège", "uliege"),  # the nearest word of the vocabulary
        ("Centre d'excellence en TIC asbl", "cetic"),
        ("Liège Centre Space", "liege-space"),  # in any order
    ],
)
def test_names_that_are_alike(index: SearchIndex, name: str, first: str) -> None:
    found = index.alike(name, 3)
    assert found[0][0].endswith(first)
    assert len(found) <= 3 + 1


@pytest.mark.parametrize("name", ["", "   ", "…", "\0", '" OR *', "zzzzqqqq", "x" * 100_000])
def test_nothing_is_alike(index: SearchIndex, name: str) -> None:
    assert index.alike(name) == []
