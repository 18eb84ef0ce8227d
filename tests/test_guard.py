"""The first wall: what a query's text says, and what is refused by it."""

from contextlib import suppress

import pytest
from pyoxigraph import Store

from wallograph.errors import QueryRefused, QuerySyntaxError, QueryTooLarge
from wallograph.store.guard import DEEPEST, inspect

PREFIXES = "PREFIX ex: <http://127.0.0.1:9/> PREFIX : <http://127.0.0.1:9/> PREFIX service: <http://127.0.0.1:9/> "
CALLS = [
    "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { sErViCe SILENT ex:a { ?s ?p ?o } }",
    "SELECT * { SERVICE ?x { ?s ?p ?o } }",
    "ASK { FILTER EXISTS { SERVICE ex:a {} } }",
    "ASK { FILTER NOT EXISTS{SERVICE:a{}} }",
    "SELECT * { { SELECT * { SERVICE ex:a {} } } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE ex:a { ?s ?p ?o } }",
    "DESCRIBE ?s { SERVICE ex:a { ?s ?p ?o } }",
    "SELECT * { SERVICE # comment {\n SILENT #\n ?g #\n {} }",
    # the engine needs no space
    "SELECT * {SERVICEex:foo{?s ?p ?o}}",
    "SELECT * {SERVICESILENTex:foo{?s ?p ?o}}",
    "SELECT * {SERVICESILENT?x{?s ?p ?o}}",
    "SELECT * {?s ?p trueSERVICE<http://127.0.0.1:9/>{?s ?p ?o}}",
    "ASK { ?s ?p 1SERVICE<http://x>{}}",
    "ASK { ?s ?p 1e5SERVICE<http://x>{}}",
    "ASK {?s ?p 'a'@en .SERVICE<http://x>{}}",
    "ASK {?s ?p '''it's''' SERVICE <http://x>{}}",
    "SELECT * {service:x{?s ?p ?o}}",
    # only the grammar tells what `<` means
    "SELECT * {FILTER(1<2)SERVICE?x#>\n{?s ?p ?o}}",
    "SELECT * {FILTER('y'<'x>')SERVICE ?x {?s ?p ?o} #'\n}",
    "SELECT * {?a ?b ?c FILTER(?a<#>'\n1)SERVICE ?x {} #'\n}",
    "SELECT * {?a ?b ?c FILTER(?a<\"\\\\\")SERVICE ?x {} #\">\n}",
    # written with codepoint escapes
    r"SELECT * {\u0053ERVICE <http://127.0.0.1:9/> {?s ?p ?o}}",
    r"SELECT * {\U00000053ERVICE ex:a {?s ?p ?o}}",
]
HARMLESS = [
    "ASK { ?s ?p 'SERVICE <http://x> {' }",
    'ASK { ?s ?p """ "SERVICE <http://x> {} """ }',
    "ASK { ?s ex:SERVICE ?o { ?a ?b ?c } } # SERVICE <x> {}",
    "ASK { <http://a/SERVICE?x> ?p ?SERVICE { ?a ?b ?c } }",
    "BASE <http://e/> ASK { <SERVICE> ?p ?o { ?a ?b ?c } }",
    "ASK { GRAPH service:x { ?s ?p ?o } }",
    "ASK { ?s service:name ?o }",
    "ASK { <urn:SERVICE> <urn:it's> ?x }",
    "SELECT ?service ?LOAD { ?service ex:LOAD ?LOAD . ?service ?p 'INSERT DATA {}' }",
    "ASK { FILTER('service' < 'load' && 1<2 && 3>2) }",
]


@pytest.mark.parametrize("query", CALLS)
def test_a_call_of_service_is_refused(query: str) -> None:
    with pytest.raises(QueryRefused, match="SERVICE"):
        inspect(PREFIXES + query)


@pytest.mark.parametrize("query", HARMLESS)
def test_the_mere_word_passes_and_the_engine_takes_it(query: str) -> None:
    inspect(PREFIXES + query)
    Store().query(PREFIXES + query)


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <urn:a> <urn:b> <urn:c> }", "PREFIX : <urn:x> DELETE WHERE { ?s ?p ?o }", "CLEAR ALL",
        "LOAD <file:///etc/passwd>", "load silent <http://127.0.0.1:9/>", "DROP ALL", "CREATE GRAPH <urn:g>",
        "COPY <urn:a> TO <urn:b>", "MOVE <urn:a> TO <urn:b>", "ADD <urn:a> TO <urn:b>",
        "WITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "BASE <http://x/> # c\n INSERT { } WHERE { }",
    ],
)  # fmt: skip
def test_an_update_is_refused(text: str) -> None:
    with pytest.raises(QueryRefused, match="update"):
        inspect(text)


@pytest.mark.parametrize("text", ["", "   # nothing\n", "hello", "PREFIX ex: <urn:x>", "{}", "'"])
def test_what_is_no_query_is_a_syntax_error(text: str) -> None:
    with pytest.raises(QuerySyntaxError):
        inspect(text)


@pytest.mark.parametrize(
    ("query", "form", "default", "named"),
    [
        ("SELECT * { ?s ?p ?o }", "SELECT", (), ()),
        ("select * from <urn:g> { ?s ?p ?o }", "SELECT", ("urn:g",), ()),
        ("ASK FROM <urn:g> FROM <urn:h> FROM <urn:g> {}", "ASK", ("urn:g", "urn:h"), ()),
        ("SELECT (1<2 AS ?x) FROM NAMED ex:n FROM :d WHERE {}", "SELECT", ("http://127.0.0.1:9/d",),
         ("http://127.0.0.1:9/n",)),
        ("BASE <http://b/x/> ASK FROM <../g> {}", "ASK", ("http://b/g",), ()),
        ("CONSTRUCT { ?s ?p ?o } FROM <urn:g> WHERE { ?s ?p ?o }", "CONSTRUCT", ("urn:g",), ()),
        ("CONSTRUCT FROM <urn:g> WHERE { ?s ?p ?o }", "CONSTRUCT", ("urn:g",), ()),
        ("DESCRIBE <urn:a> FROM <urn:g>", "DESCRIBE", ("urn:g",), ()),
        ("SELECT * { ?s ?p 'FROM <urn:g>' . # FROM <urn:h>\n }", "SELECT", (), ()),
    ],
)  # fmt: skip
def test_form_and_dataset(query: str, form: str, default: tuple[str, ...], named: tuple[str, ...]) -> None:
    found = inspect(PREFIXES + query)
    assert (found.form, found.dataset.default, found.dataset.named) == (form, default, named)
    assert found.dataset.given == bool(default or named)


def test_what_the_protocol_names_goes_first() -> None:
    dataset = inspect("SELECT * FROM <urn:g> FROM NAMED <urn:n> {}").dataset.overridden(["urn:p"], [])
    assert (dataset.default, dataset.named) == (("urn:p",), ())


@pytest.mark.parametrize("call", ["NOW()", "rand()", "UUID()", "STRUUID()", "BNODE()"])
def test_answers_that_change_are_known(call: str) -> None:
    assert inspect(f"SELECT ({call} AS ?x) {{}}").volatile
    assert not inspect(f"SELECT * {{ ?s ?p '{call}' }}").volatile


def test_brackets_have_a_limit() -> None:
    inspect("SELECT * " + "{" * DEEPEST + "}" * DEEPEST)
    with pytest.raises(QueryTooLarge, match=str(DEEPEST)):
        inspect("SELECT * " + "{" * 10_000 + "}" * 10_000)


@pytest.mark.parametrize(
    "text",
    [
        "ASK { ?s ?p '" + "a" * 500_000 + "' }", "ASK { FILTER(" + "?a<b" * 50_000 + ") service }",
        "ASK { ?s ?p '''" + "\"'" * 100_000 + "''' }", "service " * 50_000, "service" * 50_000 + ":",
        "ASK {" + "service #\n" * 50_000, "ASK {" + "service <" * 50_000, "ASK { " + "\\u0053" * 50_000,
        "ASK { '" * 50_000, "ASK { service" + " " * 500_000,
    ],
)  # fmt: skip
def test_long_texts_are_read_in_linear_time(text: str) -> None:
    with suppress(QueryRefused, QuerySyntaxError, QueryTooLarge):
        inspect(text)  # were it not linear, the suite would stand still
