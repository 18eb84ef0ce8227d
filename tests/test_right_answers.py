"""Queries of all forms on the shipped graph: the query service and rdflib give the same answers.

Each file of `queries/right/` is one query. The dataset of rdflib is put together from the sorted file of the
edition: the set of the public triples as default graph, and every named graph.
"""

import json
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import pytest
import rdflib
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.plugins.sparql import prepareQuery

from wallograph.release.state import Release, State
from wallograph.store.client import QueryClient
from wallograph.store.limits import Limits
from wallograph.store.starting import start_service

QUERIES = sorted((Path(__file__).parent / "queries" / "right").glob("*.rq"))
EMPTY = {"ask_no", "count_of_nothing", "values_undef"}
# rdflib uses its own deprecated names
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
Answer = Counter[tuple[str, ...]]


@pytest.fixture(scope="module")
def client(shipped_state: State, tmp_path_factory: pytest.TempPathFactory) -> Iterator[QueryClient]:
    with start_service(shipped_state.root, tmp_path_factory.mktemp("q") / "s", Limits()) as running:
        yield running.client


@pytest.fixture(scope="module")
def whole(shipped: Release) -> rdflib.Dataset:
    """The release as rdflib reads it."""
    found = rdflib.Dataset()
    found.parse(shipped.graph_path, format="nquads")
    private = set(shipped.manifest["private_graphs"])
    for s, p, o, g in list(found.quads()):
        if str(g) not in private and g is not None:
            found.default_graph.add((s, p, o))
    return found


def scoped(whole: rdflib.Dataset, text: str) -> tuple[rdflib.Dataset, str]:
    """What FROM names, put together by hand, and the query without it: rdflib would fetch the names."""
    prepared = prepareQuery(text)
    clauses = prepared.algebra.datasetClause
    if not clauses:
        return whole, text
    asked = rdflib.Dataset()
    for clause in clauses:
        name = clause.default or clause.named
        for triple in whole.graph(name):
            (asked.default_graph if clause.default else asked.graph(name)).add(triple)
    lines = text.splitlines()
    last = " ".join(word for word in lines[-1].split(" ") if word not in ("FROM", "NAMED") and "src:" not in word)
    return asked, "\n".join([*lines[:-1], last])


def term(value: Any) -> str:
    """A term in one spelling: numbers by their value."""
    if value is None:
        return ""
    if isinstance(value, rdflib.Literal):
        datatype = str(value.datatype or "")
        if datatype.rpartition("#")[2] in ("integer", "decimal", "double", "float"):
            try:
                return f"{Decimal(str(value)).normalize():f}"
            except InvalidOperation:
                return str(value)
        return f"{value}@{value.language or ''}^{datatype.removeprefix(str(rdflib.XSD) + 'string')}"
    return f"<{value}>"


def by_rdflib(whole: rdflib.Dataset, text: str) -> tuple[str, Answer]:
    """The answer of rdflib in the shape that is compared."""
    dataset, asked = scoped(whole, text)
    result = dataset.query(asked)
    if result.type == "ASK":
        return "ASK", Counter([(str(result.askAnswer).lower(),)])
    if result.type != "SELECT":
        return result.type, Counter({tuple(map(term, triple)) for triple in result.graph})
    names = sorted(str(variable) for variable in result.vars)
    return "SELECT", Counter(tuple(term(binding.get(rdflib.Variable(n))) for n in names) for binding in result.bindings)


def by_service(client: QueryClient, text: str) -> tuple[str, Answer]:
    """The same of the query service."""
    answer = client.query(text, graph="application/n-triples")
    if answer.form == "ASK":
        return "ASK", Counter([(str(json.loads(answer.read())["boolean"]).lower(),)])
    if answer.form != "SELECT":
        graph = rdflib.Graph().parse(data=answer.read(), format="nt")
        return answer.form, Counter({tuple(map(term, triple)) for triple in graph})
    found = json.loads(answer.read())
    names = sorted(found["head"]["vars"])
    return "SELECT", Counter(tuple(term(read(row.get(name))) for name in names) for row in found["results"]["bindings"])


def read(cell: dict[str, str] | None) -> Any:
    """A cell of JSON results as a term of rdflib."""
    if cell is None or cell["type"] == "uri":
        return cell and rdflib.URIRef(cell["value"])
    return rdflib.Literal(cell["value"], lang=cell.get("xml:lang"), datatype=cell.get("datatype"))


def test_there_are_enough_of_each_form() -> None:
    texts = [file.read_text("utf-8") for file in QUERIES]
    assert len(texts) >= 60
    for word in ("COUNT(", "SUM(", "AVG(", "HAVING", "OPTIONAL", "MINUS", "EXISTS", "VALUES", "GRAPH", "UNION", "FROM",
                 "* ?", "+ ?", "ASK", "CONSTRUCT", "DESCRIBE", "{ SELECT"):  # fmt: skip
        assert any(word in text for text in texts), word


@pytest.mark.parametrize("file", [f for f in QUERIES if "DESCRIBE" not in f.read_text("utf-8")], ids=lambda f: f.stem)
def test_the_same_as_rdflib(client: QueryClient, whole: rdflib.Dataset, file: Path) -> None:
    text = file.read_text("utf-8")
    expected, found = by_rdflib(whole, text), by_service(client, text)
    assert found == expected
    assert sum(expected[1].values()) > 0 or file.stem in EMPTY


@pytest.mark.parametrize("file", [f for f in QUERIES if "DESCRIBE" in f.read_text("utf-8")], ids=lambda f: f.stem)
def test_describe_gives_both_directions(client: QueryClient, whole: rdflib.Dataset, file: Path) -> None:
    """SPARQL leaves to each endpoint what DESCRIBE gives: here all statements with the thing at either end."""
    text = file.read_text("utf-8")
    select = text.replace("DESCRIBE actor:universite-de-liege", "SELECT ?x { VALUES ?x { actor:universite-de-liege } }")
    things = [row[0] for row in whole.query(select.replace("DESCRIBE", "SELECT"))]
    graph = whole.graph(DATASET_DEFAULT_GRAPH_ID)
    patterns = [pattern for thing in things for pattern in ((thing, None, None), (None, None, thing))]
    expected = {tuple(map(term, triple)) for pattern in patterns for triple in graph.triples(pattern)}
    form, found = by_service(client, text)
    assert (form, set(found)) == ("DESCRIBE", expected)
    assert len(expected) > 10
