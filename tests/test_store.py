"""The store: graph.nq survives it (S7), and its default graph counts each triple once (S2)."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, parse

from campaign import LONGER
from wallograph.errors import QueryError, QuerySyntaxError, StateError
from wallograph.release.edition import build_store, make_edition
from wallograph.release.graphfile import FileFacts, quad_line, write_sorted
from wallograph.release.literals import Canonicaliser
from wallograph.release.state import Release, State
from wallograph.store.embedded import ReadStore
from wallograph.vocab import XSD

S, P, G = NamedNode("urn:s"), NamedNode("urn:p"), NamedNode("urn:g")
DATATYPES = (  # noqa: SIM905 - a list of forty quoted words is no easier to read
    """string boolean decimal integer double float date time dateTime dateTimeStamp gYear gMonth gDay
gYearMonth gMonthDay duration yearMonthDuration dayTimeDuration byte short int long unsignedByte unsignedShort
unsignedInt unsignedLong positiveInteger nonNegativeInteger negativeInteger nonPositiveInteger hexBinary
base64Binary anyURI language normalizedString token NMTOKEN Name NCName QName"""
).split()
LEXICAL = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    st.from_regex(r"[+-]?[0-9]{1,25}(\.[0-9]{0,25})?([eE][+-]?[0-9]{1,3})?", fullmatch=True),
    st.from_regex(r"-?[0-9]{4,6}(-[0-9]{2}){0,2}(Z|[+-][0-9]{2}:[0-9]{2})?", fullmatch=True),
    st.from_regex(
        r"[0-9]{4}-0[1-9]-[0-2][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9](\.[0-9]{1,9})?(Z|[+-]0[0-9]:00)?",
        fullmatch=True,
    ),
    st.from_regex(r"[0-2][0-9]:[0-5][0-9]:[0-5][0-9](\.[0-9]{1,9})?(Z|[+-]0[0-9]:00)?", fullmatch=True),
    st.from_regex(r"-?P([0-9]{1,3}Y)?([0-9]{1,3}M)?([0-9]{1,3}D)?(T[0-9]{1,3}H[0-9]{1,3}M)?", fullmatch=True),
    st.sampled_from(["true", "false", "0", "1", "INF", "-INF", "NaN", "-0", "---05", "--05", "--02-29"]),
)
LITERALS = st.one_of(
    st.builds(lambda v, d: Literal(v, datatype=NamedNode(XSD + d)), LEXICAL, st.sampled_from(DATATYPES)),
    st.builds(lambda v, lang: Literal(v, language=lang), LEXICAL, st.sampled_from(["fr", "NL", "de-BE"])),
    st.builds(lambda v: Literal(v, datatype=NamedNode("urn:type")), LEXICAL),
)


@given(st.lists(LITERALS, max_size=20))
@settings(max_examples=300 * LONGER, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_graph_nq_says_comes_back_from_the_store(literals: list[Literal]) -> None:
    canon = Canonicaliser()
    text = b"".join(sorted({quad_line(Quad(S, P, literal, G), canon) for literal in literals}))
    store = Store()
    store.load(text, RdfFormat.N_QUADS)
    assert _dump(store) == text


def test_round_trip_through_the_store_on_disk(tmp_path: Path) -> None:
    canon = Canonicaliser()
    cases = [
        ("10", "nonNegativeInteger"), ("300", "byte"), ("10.00", "decimal"), ("1", "boolean"), ("x", "integer"),
        ("2020-01-01T00:00:00+00:00", "dateTime"), ("2020", "gYear"), ("P12M", "duration"), ("1e3", "double"),
    ]  # fmt: skip
    quads = [Quad(S, P, Literal(v, datatype=NamedNode(XSD + d)), G) for v, d in cases]
    facts = write_sorted((quad_line(quad, canon) for quad in quads), tmp_path / "graph.nq")
    (tmp_path / "empty.nt").write_bytes(b"")
    build_store(tmp_path / "store", tmp_path / "graph.nq", tmp_path / "empty.nt", lambda *_: None)
    assert _dump(Store.read_only(str(tmp_path / "store"))) == (tmp_path / "graph.nq").read_bytes()
    assert isinstance(facts, FileFacts)
    assert facts.count == len(cases)
    repaired = {(r["from"].removeprefix(XSD), r["to"].removeprefix(XSD), r["count"]) for r in canon.listed()}
    assert ("nonNegativeInteger", "integer", 1) in repaired
    assert ("gYear", "gYear", 1) not in repaired


def _dump(store: Store) -> bytes:
    named = (quad for quad in store if quad.graph_name != DefaultGraph())
    return b"".join(sorted(f"{quad} .\n".encode() for quad in named))


# -- S2: a triple that three graphs state

PREFIXES = "@prefix : <http://localhost:8000/id/actor/> . @prefix g: <http://localhost:8000/id/source/> . "
PUBLIC = {
    "one": ":a :partner :b . :a :staff 10 . :b :partner :c .",
    "two": ":a :partner :b . :a :staff 10 .",
    "three": ":a :partner :b . :a :staff 12 .",
}
HIDDEN = {"provenance": ':a :partner :z . g:one :says "so" .'}
TRIG = PREFIXES + "".join(f"g:{key} {{ {text} }}\n" for key, text in {**PUBLIC, **HIDDEN}.items())
PRIVATE = frozenset({"http://localhost:8000/id/source/provenance"})
PREFIX = "PREFIX : <http://localhost:8000/id/actor/> "


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    state = State(tmp_path_factory.mktemp("state"))
    quads = parse(TRIG, RdfFormat.TRIG)
    return make_edition(
        state, quads, base="http://localhost:8000", date="2026-01-01", private_graphs=PRIVATE, report=None
    )


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (COUNT(*) AS ?n) {?s ?p ?o}",
        "SELECT (COUNT(*) AS ?n) {?s :partner ?o}",
        "SELECT (SUM(?v) AS ?n) {?s :staff ?v}",
        "SELECT (COUNT(*) AS ?n) {?s :partner ?o . ?s :staff ?v}",
        "SELECT (COUNT(*) AS ?n) {?s :partner/:partner ?o}",
    ],
)
def test_the_default_graph_is_the_set_of_public_triples(release: Release, query: str) -> None:
    union = rdflib.Graph()
    for text in PUBLIC.values():
        union.parse(data=PREFIXES + text, format="turtle")
    expected = next(iter(union.query(PREFIX + query)))[0]
    assert ReadStore(release.store_path).rows(PREFIX + query)[0]["n"].value == str(expected)


def test_each_graph_still_says_what_it_says(release: Release) -> None:
    store = ReadStore(release.store_path)
    by_graph = "SELECT (COUNT(*) AS ?n) {GRAPH ?g {:a :partner :b}}"
    assert store.rows(PREFIX + by_graph)[0]["n"].value == "3"
    private = f"SELECT ?o {{GRAPH <{next(iter(PRIVATE))}> {{?s ?p ?o}}}}"
    assert len(store.rows(private)) == 2
    assert not store.ask(PREFIX + "ASK {:a :partner :z}")
    counts = release.manifest["counts"]
    assert (counts["quads"], counts["triples"], counts["in_default_graph"]) == (9, 4, 0)


# -- reading


def test_values_are_bound_beside_the_query(release: Release) -> None:
    store = ReadStore(release.store_path)
    a = NamedNode("http://localhost:8000/id/actor/a")
    assert [row["o"].value for row in store.rows(PREFIX + "SELECT ?s ?o {?s :partner ?o}", s=a)] == [
        "http://localhost:8000/id/actor/b"
    ]
    assert store.ask("ASK {?s ?p ?o}", s=a)
    assert len(store.construct("CONSTRUCT {?s ?p ?o} WHERE {?s ?p ?o}", s=a)) == 3
    assert len(store.quads(a, graph=DefaultGraph())) == 3
    assert len(store.graphs()) == 4


def test_wrong_queries_are_errors_of_ours(release: Release, tmp_path: Path) -> None:
    store = ReadStore(release.store_path)
    with pytest.raises(QuerySyntaxError) as caught:
        store.rows("SELECT ?s {\n ?s ?p }")
    assert caught.value.line == 2
    with pytest.raises(QueryError):
        store.rows("ASK {}")
    with pytest.raises(QueryError):
        store.rows("SELECT ?s {?s ?p ?o}", x=S)
    with pytest.raises(StateError):
        ReadStore(tmp_path / "none")


def test_many_threads_may_ask(release: Release) -> None:
    store = ReadStore(release.store_path)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: len(store.rows("SELECT * {?s ?p ?o}")), range(200)))
    assert set(answers) == {4}
