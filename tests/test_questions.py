"""The example questions and the queries of docs/researchers.md, on the shipped graph.

In: the release of the shipped data. Out: a question that is not whole, an offered value without an answer, a value
that gets into a query unchecked, or a page of the docs that shows other rows than the graph gives.
"""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Store, Variable, parse

from researchers_doc import SHOWN, blocks, table
from wallograph.errors import QueryError
from wallograph.ingest.ontology import read_ontology
from wallograph.pipeline.assemble import rebase_quads
from wallograph.publish.questions import Question, Term, chosen, fill, questions, values_of
from wallograph.release.state import Release
from wallograph.resources import ontology_dir
from wallograph.store.embedded import ReadStore
from wallograph.vocab import SH, TYPE

LANGUAGES = Counter(("fr", "nl", "de", "en"))
CODES = sorted(
    str(quad.subject.value).rsplit("/", 1)[-1]
    for path in (ontology_dir() / "questions").glob("*.ttl")
    for quad in parse(path=str(path), format=RdfFormat.TURTLE)
    if quad.predicate.value == TYPE and quad.object == NamedNode(SH + "SPARQLSelectExecutable")
)
B = "http://localhost:8000/id/"
# The six questions of the first page of the docs, with what their answers must hold.
SIX = {
    "spin-offs-by-origin": {"startup": {"actor/cytomine", "actor/phasya", "actor/samtech"}},
    "units-of-different-universities": {
        "unit": {"actor/molecular-imaging-radiotherapy-and-oncology-uclouvain"},
        "otherUnit": {"actor/machine-learning-group-ulb", "actor/centre-de-recherches-en-information-droit-et-societe"},
    },
    "startup-and-unit-in-one-province": {
        "startup": {"actor/cytomine", "actor/osimis"},
        "unit": {"actor/giga", "actor/sirris"},
    },
    "linked-to-both": {"common": {"actor/trail-institute", "actor/pepite", "actor/reseau-lieu"}},
    "links-between-two-towns": {
        "actor": {"actor/cenaero", "actor/technofutur-tic"},
        "otherActor": {"actor/wsl", "actor/technifutur", "actor/samtech"},
    },
    "startups-by-year": {
        "page": {
            "https://www.regional-it.be/detached/le-paysage-des-startups-numeriques-wallonnes-barometre/",
            "https://www.institut-destree.eu/2021-03-15_chronique-economique_didier-paquot.html",
        }
    },
}
# The graphs an answer rests on: at least two pages, registers or readings behind each of the six.
GRAPHS = {
    "spin-offs-by-origin": "?startup wg:spinOffOf ?origin",
    "units-of-different-universities": "?unit dcterms:isPartOf|dcterms:subject ?of",
    "startup-and-unit-in-one-province": "?startup wg:province|dcterms:subject ?of",
    "linked-to-both": "?link rdf:subject ?actor",
    "links-between-two-towns": "?link rdf:subject ?actor",
    "startups-by-year": "?figure wg:indicator indicator:digital-startups",
}


@pytest.fixture(scope="module")
def store(shipped: Release) -> ReadStore:
    return ReadStore(shipped.store_path)


@pytest.fixture(scope="module")
def gallery(store: ReadStore, shipped: Release) -> dict[str, Question]:
    return {question.code: question for question in questions(store, shipped.base)}


def test_there_are_enough_questions_each_in_a_group_and_in_order(gallery: dict[str, Question]) -> None:
    assert len(gallery) >= 28
    assert sorted(gallery) == CODES
    groups = [question.group for question in gallery.values()]
    assert groups == sorted(groups, key=groups.index), "a group stands together"
    assert len(set(groups)) == 6


@pytest.mark.parametrize("code", CODES)
def test_a_question_is_whole(code: str, gallery: dict[str, Question]) -> None:
    question = gallery[code]
    for texts in (question.labels, question.descriptions, question.group_labels):
        assert Counter(lang for _, lang in texts) == LANGUAGES
        assert all(text for text, _ in texts)
    for parameter in question.parameters:
        assert Counter(lang for _, lang in parameter.labels) == LANGUAGES
        assert parameter.kind in {"theme", "place", "actor", "year"}
        assert f"# VALUES ?{parameter.variable}\n" in question.select
    places = set(re.findall(r"# VALUES \?(\w+)", question.select))
    assert places == {parameter.variable for parameter in question.parameters}
    assert not re.search(r"\b(VALUES|MINUS|SERVICE)\b", question.select.replace("# VALUES", "")), (
        "a query with pre-bound variables has none of these (SHACL, 5.2.1)"
    )
    assert "<" not in re.sub(r"(<=?|<)\s*STR\(|< STR", "", question.select).replace("<=", ""), "prefixed names only"


@pytest.mark.parametrize("code", CODES)
def test_a_question_joins_two_relations_or_asks_who_says_so(code: str, gallery: dict[str, Question]) -> None:
    text = gallery[code].select
    asked = set(re.findall(r"\b(?:wg|org|schema|dcterms|rdf|skos):[a-z]\w+", text)) - {"schema:name", "skos:prefLabel"}
    assert "GRAPH ?" in text or len(asked) >= 2


def _choices(store: ReadStore, question: Question, terms: dict[str, Term], depth: int = 0) -> Iterator[dict[str, Term]]:
    """Every combination of the values that are offered, one after the other."""
    if depth == len(question.parameters):
        yield terms
        return
    parameter = question.parameters[depth]
    offered = values_of(store, question, parameter, terms)
    assert offered, f"?{parameter.variable} of {question.code} offers nothing for {terms}"
    for choice in offered:
        yield from _choices(store, question, {**terms, parameter.variable: choice.value}, depth + 1)


@pytest.mark.parametrize("code", CODES)
def test_every_offered_value_has_an_answer(code: str, gallery: dict[str, Question], store: ReadStore) -> None:
    question = gallery[code]
    empty = [terms for terms in _choices(store, question, {}) if not store.rows(fill(question, terms))]
    assert not empty


@pytest.mark.parametrize("code", CODES)
def test_the_proposed_values_are_offered_and_answer_well(
    code: str, gallery: dict[str, Question], store: ReadStore
) -> None:
    question = gallery[code]
    terms: dict[str, Term] = {}
    for parameter in question.parameters:
        offered = values_of(store, question, parameter, terms)
        assert parameter.default in {choice.value for choice in offered}
        assert all(choice.labels for choice in offered), "every choice has a name"
        terms[parameter.variable] = parameter.default
    assert len(store.rows(question.text)) >= 3


@pytest.mark.parametrize("code", SIX)
def test_the_six_questions_give_what_is_expected(code: str, gallery: dict[str, Question], store: ReadStore) -> None:
    rows = store.rows(gallery[code].text)
    assert len(rows) >= 3
    for variable, expected in SIX[code].items():
        found = {row[variable].value for row in rows}
        assert {iri if iri.startswith("http") else B + iri for iri in expected} <= found


@pytest.mark.parametrize("code", SIX)
def test_the_six_questions_rest_on_several_sources(code: str, gallery: dict[str, Question], store: ReadStore) -> None:
    head = "".join(f"PREFIX {name}: <{space}>\n" for name, space in gallery[code].prefixes)
    behind = store.rows(f"{head}SELECT DISTINCT ?g WHERE {{ GRAPH ?g {{ {GRAPHS[code]} }} }}")
    assert len(behind) >= 2


def test_a_start_up_of_the_six_comes_from_two_graphs_in_one_row(gallery: dict[str, Question], store: ReadStore) -> None:
    pages = Counter(row["startup"].value for row in store.rows(gallery["spin-offs-by-origin"].text))
    assert max(pages.values()) >= 2, "two pages say the same, and both are given"


# -- what a visitor sends


def test_what_is_chosen_is_the_term_of_the_list(gallery: dict[str, Question], store: ReadStore) -> None:
    question = gallery["linked-to-both"]
    terms = chosen(store, question, {"otherActor": B + "actor/universite-catholique-de-louvain"})
    assert terms["actor"] == NamedNode(B + "actor/universite-de-liege")
    assert store.rows(fill(question, terms)) != store.rows(question.text)


@pytest.mark.parametrize(
    "sent",
    [
        "http://localhost:8000/id/actor/nobody",
        "http://localhost:8000/id/actor/cetic> } } #",
        "?x } UNION { SERVICE <http://example.org/> { ?a ?b ?c }",
        "2018",
        "x" * 10_000,
    ],
)
def test_a_value_that_is_not_offered_gets_into_no_query(
    sent: str, gallery: dict[str, Question], store: ReadStore
) -> None:
    with pytest.raises(QueryError) as refused:
        chosen(store, gallery["linked-to-both"], {"actor": sent})
    assert len(str(refused.value)) < 400


@pytest.mark.parametrize(
    ("code", "values"),
    [
        ("figures-of-a-year", {"year": Literal('2018" } #')}),
        ("figures-of-a-year", {"year": NamedNode("http://example.org/")}),
        ("linked-to-both", {"actor": Literal("x")}),
        ("linked-to-both", {"nobody": NamedNode("http://example.org/")}),
    ],
)
def test_fill_takes_terms_of_the_right_kind_only(
    code: str, values: dict[str, Term], gallery: dict[str, Question]
) -> None:
    with pytest.raises(QueryError):
        fill(gallery[code], values)


def test_a_second_list_goes_with_the_first_choice(gallery: dict[str, Question], store: ReadStore) -> None:
    question = gallery["links-between-two-towns"]
    first, second = question.parameters
    for choice in values_of(store, question, first)[:5]:
        terms = chosen(store, question, {"place": choice.key})
        offered = values_of(store, question, second, {"place": choice.value})
        assert terms["otherPlace"] in {other.value for other in offered}
        assert store.rows(fill(question, terms))


# -- as others see it


def test_a_stored_query_is_complete_with_the_prefixes_that_it_names(shipped: Release) -> None:
    """What a SHACL engine does: sh:prefixes, sh:select, and the parameter bound beforehand."""
    held = Store.read_only(str(shipped.store_path))
    found = held.query(
        "PREFIX sh: <http://www.w3.org/ns/shacl#> SELECT ?question ?select ?prefix ?space WHERE { ?question sh:select "
        "?select ; sh:prefixes/sh:declare ?d . ?d sh:prefix ?prefix ; sh:namespace ?space }"
    )
    heads: dict[tuple[str, str], str] = {}
    for row in found:
        key = row["question"].value, row["select"].value
        heads[key] = heads.get(key, "") + f"PREFIX {row['prefix'].value}: <{row['space'].value}>\n"
    assert len(heads) == len(CODES)
    for (_, select), head in heads.items():
        Store().query(head + select)  # a prefix that is missing is a syntax error
    head, select = next((h, s) for (q, s), h in heads.items() if q.endswith("/themes-of-a-university"))
    bound = select.replace("SELECT ?theme", "SELECT ?actor ?theme").replace("GROUP BY ?theme", "GROUP BY ?actor ?theme")
    rows = held.query(head + bound, substitutions={Variable("actor"): NamedNode(B + "actor/universite-de-namur")})
    assert len(list(rows)) >= 3


def test_the_questions_move_with_the_base(tmp_path: Path) -> None:
    base = "https://id.example.org"
    moved = Store(str(tmp_path / "store"))
    moved.extend(rebase_quads(read_ontology(ontology_dir()), base))
    found = questions(_Plain(moved), base)
    assert len(found) == len(CODES)
    for question in found:
        assert "localhost" not in question.text
        assert "localhost" not in question.iri
        moved.query(question.text)
    assert f"PREFIX actor: <{base}/id/actor/>" in next(q.text for q in found if q.code == "linked-to-both")


class _Plain:
    """A store in memory with the two methods that the questions need."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def rows(self, query: str, /, **bindings: object) -> list[dict[str, object]]:
        raise NotImplementedError

    def quads(self, subject: object, predicate: object, object: object, graph: object, /) -> list[object]:
        return list(self.store.quads_for_pattern(subject, predicate, object, graph))


def test_a_release_without_questions_has_none(tmp_path: Path) -> None:
    assert questions(_Plain(Store(str(tmp_path / "empty"))), "http://localhost:8000") == ()


# -- docs/researchers.md


@pytest.mark.parametrize("number", range(len(blocks("sparql"))))
def test_a_query_of_the_docs_gives_the_rows_that_they_show(
    number: int, shipped: Release, gallery: dict[str, Question]
) -> None:
    block = blocks("sparql")[number]
    prefixes = dict(gallery["linked-to-both"].prefixes)
    given = table(Store.read_only(str(shipped.store_path)), block.text, prefixes)
    assert len(given) == SHOWN + 2
    assert block.table == given, "write them anew: python tests/researchers_doc.py STATE"


def test_the_docs_have_the_six_questions_as_the_gallery_has_them(gallery: dict[str, Question]) -> None:
    shown = {block.text.strip() for block in blocks("sparql")}
    assert [code for code in SIX if gallery[code].text.strip() not in shown] == []
