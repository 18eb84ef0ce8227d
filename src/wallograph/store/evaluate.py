"""Answers one query over a release in memory, in the process that calls it.

In: a text, the dataset and the formats that are asked for. Out: a `Result` whose body is whole: bytes, or a file
when it is large. Anything that goes wrong is an exception of `wallograph.errors`.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from heapq import nsmallest
from io import BytesIO
from itertools import islice
from tempfile import TemporaryFile
from typing import IO, Any, Final

from pyoxigraph import (
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    Triple,
    serialize,
)  # fmt: skip

from wallograph.errors import QueryRefused, QuerySyntaxError, QueryTooLarge
from wallograph.store.dataset import Dataset
from wallograph.store.guard import Inspection, inspect
from wallograph.store.limits import Limits
from wallograph.store.scope import Scope, scope_of
from wallograph.vocab import PREFIXES, ST_OBJECT, ST_SUBJECT

TABLE: Final = "application/vnd.wallograph.table+json"  # the first rows, for a page
TABLE_ROWS: Final = 500
ROW_FORMATS: Final = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}
GRAPH_FORMATS: Final = {
    "text/turtle": RdfFormat.TURTLE,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
}
INLINE_BYTES: Final = 512 * 1024
_AT: Final = re.compile(r"(?:error at|at line) (\d+):(\d+):?\s*")


@dataclass(frozen=True, slots=True)
class Request:
    """One query: which format a table and a graph shall have (None: neither is acceptable), and its dataset."""

    text: str
    rows: str | None = "application/sparql-results+json"
    graph: str | None = "text/turtle"
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    base: str = ""  # what relative IRIs are resolved against
    guarded: bool = True  # False only where a test proves the other wall alone


@dataclass(slots=True)
class Result:
    """A whole answer. `media_type` is None when no acceptable format fits the form of the query."""

    form: str
    media_type: str | None
    volatile: bool
    body: bytes = b""
    file: IO[bytes] | None = None
    spent: bool = field(default=False)  # this process changed its copy of the store: it must not answer again


class _Sink:
    """Takes what a serialiser writes: in memory first, in a file when it is large, no more than the limit."""

    def __init__(self, limit: int) -> None:
        self.limit, self.size = limit, 0
        self.memory = BytesIO()
        self.file: IO[bytes] | None = None

    def write(self, data: bytes) -> int:
        self.size += len(data)
        if self.size > self.limit:
            raise QueryTooLarge(f"The answer is larger than the limit of {self.limit} bytes.", limit="result_bytes")
        if self.file is None and self.size > INLINE_BYTES:
            self.file = TemporaryFile()  # noqa: SIM115 - it is handed to whoever asked
            self.file.write(self.memory.getvalue())
        return (self.file or self.memory).write(data)

    def flush(self) -> None:
        (self.file or self.memory).flush()

    def into(self, result: Result) -> Result:
        """Hand over what was written."""
        self.flush()
        if self.file is None:
            result.body = self.memory.getvalue()
        else:
            result.file = self.file
        return result


def evaluate(store: Store, request: Request, limits: Limits, *, writable: bool = False) -> Result:
    """Answer a query, whole, within the size limits. Time and memory are the process's own limits.

    `writable` says that the store is this process's own copy, which may be added to.
    """
    found = inspect(request.text, request.base) if request.guarded else Inspection("SELECT", 0, Dataset(), True)
    dataset = found.dataset.overridden(request.default_graphs, request.named_graphs)
    wanted = request.graph if found.form in ("CONSTRUCT", "DESCRIBE") else request.rows
    result = Result(found.form, wanted, found.volatile)
    try:
        scope = scope_of(store, found, dataset, limits, writable=writable)
        result.spent = scope.spent
        answer: Any = scope.store.query(request.text, base_iri=request.base or None, **scope.options)
        if wanted is None:
            return result
        if found.form == "DESCRIBE" and found.described:
            answer = _describe(scope, request, found, limits)
        sink = _Sink(limits.result_bytes)
        _write(answer, wanted, sink)
        return sink.into(result)
    except SyntaxError as error:
        raise syntax_error(str(error)) from error
    except RecursionError as error:
        raise QueryTooLarge("The query is nested too deep.") from error
    except MemoryError as error:
        text = f"The query needs more memory than {limits.memory_bytes} bytes."
        raise QueryTooLarge(text, limit="memory_bytes") from error
    except (RuntimeError, OSError, ValueError) as error:
        raise QueryRefused(str(error)) from error


def syntax_error(message: str) -> QuerySyntaxError:
    """The parser's message with its line and column taken out, and its long lists of characters cut."""
    at = _AT.search(message)
    text = re.sub(r"\['.*?'\](?=,|$)", "…", message[at.end() :] if at else message, flags=re.DOTALL)
    text = re.sub(r"(?:…, )+…", "…", text.replace("[_]", "…"))[:400].strip()
    line, column = (int(at[1]), int(at[2])) if at else (None, None)
    return QuerySyntaxError(text or "This is not SPARQL.", line=line, column=column)


def _write(answer: Any, media_type: str, sink: Any) -> None:
    if media_type == TABLE:
        sink.write(json.dumps(_table(answer), ensure_ascii=False).encode("utf-8", "replace"))
    elif isinstance(answer, (QuerySolutions, QueryBoolean)):
        answer.serialize(sink, format=ROW_FORMATS[media_type])
    else:
        serialize(answer, sink, format=GRAPH_FORMATS[media_type], prefixes=PREFIXES)


def _table(answer: Any) -> dict[str, Any]:
    """The first rows for a page, terms in N-Triples form; `more` says that there are others."""
    if isinstance(answer, QueryBoolean):
        return {"boolean": bool(answer)}
    if isinstance(answer, QuerySolutions):
        names = [variable.value for variable in answer.variables]
        rows = [[_cell(term) for term in row] for row in islice(answer, TABLE_ROWS + 1)]
    else:
        names = ["subject", "predicate", "object"]
        rows = [[_cell(t) for t in triple] for triple in islice(answer, TABLE_ROWS + 1)]
    return {"vars": names, "rows": rows[:TABLE_ROWS], "more": len(rows) > TABLE_ROWS}


def _cell(term: Any) -> dict[str, str] | None:
    if term is None:
        return None
    if isinstance(term, NamedNode):
        return {"iri": term.value}
    value = getattr(term, "value", None)
    if value is None:
        return {"text": str(term)}
    datatype = getattr(term, "datatype", None)
    return {
        "text": value,
        "lang": getattr(term, "language", None) or "",
        "datatype": datatype.value if datatype is not None else "",
    }


def _describe(scope: Scope, request: Request, found: Inspection, limits: Limits) -> Iterator[Triple]:
    """The statements of each thing's document: it as subject, and it as object up to the limit of documents."""
    text = _select_of(request.text, found)
    solutions = scope.store.query(text, base_iri=request.base or None, **scope.options)
    seen: set[Triple] = set()
    for thing in {term: None for row in solutions for term in row if term is not None}:
        if isinstance(thing, NamedNode):
            seen.update(_matching(scope, thing, None))
        ends: dict[str, list[Triple]] = {}
        for triple in _matching(scope, None, thing):
            end = triple.predicate.value
            ends.setdefault(end if end in (ST_SUBJECT, ST_OBJECT) else "", []).append(triple)
        for triples in ends.values():
            seen.update(nsmallest(limits.describe_triples, triples, key=str))
    return iter(sorted(seen, key=str))


def _matching(scope: Scope, subject: NamedNode | None, value: Any) -> set[Triple]:
    return {
        quad.triple for graph in scope.default for quad in scope.store.quads_for_pattern(subject, None, value, graph)
    }


def _select_of(text: str, found: Inspection) -> str:
    """The query that gives what a DESCRIBE names: each constant becomes a bound variable."""
    names = " ".join(
        token.text if token.text == "*" or token.kind == "var" else f"({token.text} AS ?described{index})"
        for index, token in enumerate(found.described)
    )
    rest = text[found.body_at :] if found.body_at >= 0 else ""
    if not found.has_where:
        rest = f"{{}} {rest}" if not rest.lstrip().upper().startswith("FROM") else f"{rest} {{}}"
    return f"{text[: found.form_at]}SELECT DISTINCT {names} {rest}"


