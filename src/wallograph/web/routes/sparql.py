"""The SPARQL endpoint: SPARQL 1.1 Protocol for programs, a form and a table for people.

In: a request, read by `sparql_input`. Out: the whole answer of the query service, or an error. Every answer
names its release in `Wallograph-Release`.
"""

import asyncio
import json
from pathlib import Path
from typing import Any, Final

from fastapi import APIRouter
from pyoxigraph import serialize
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from wallograph.errors import QueryError, StateError
from wallograph.iris import rebase
from wallograph.publish.negotiate import negotiate
from wallograph.publish.service_description import SD, describe_service
from wallograph.store.client import Answer, QueryClient
from wallograph.store.evaluate import GRAPH_FORMATS, ROW_FORMATS, TABLE, TABLE_ROWS
from wallograph.vocab import PREFIXES
from wallograph.web.errors import Problem, problem_of
from wallograph.web.routes.sparql_input import Question, read_question
from wallograph.web.site import Site

HTML: Final = "text/html"
EXAMPLES: Final = ("spin_offs", "shared_theme", "who_says", "kinds")
_QUERIES: Final = Path(__file__).resolve().parent.parent / "queries"
# Other names under which programs ask for the same bytes.
_ALIASES: Final = {
    "application/json": "application/sparql-results+json",
    "application/xml": "application/sparql-results+xml",
}
# For people: the short names of the form.
_SHORT: Final = {
    "html": (HTML, HTML),
    "json": ("application/sparql-results+json", "application/ld+json"),
    "xml": ("application/sparql-results+xml", "application/rdf+xml"),
    "csv": ("text/csv", "text/turtle"),
    "tsv": ("text/tab-separated-values", "text/turtle"),
    "ttl": ("application/sparql-results+json", "text/turtle"),
    "jsonld": ("application/sparql-results+json", "application/ld+json"),
    "nt": ("application/sparql-results+json", "application/n-triples"),
    "rdf": ("application/sparql-results+xml", "application/rdf+xml"),
}
_ROWS: Final = (*ROW_FORMATS, *_ALIASES, HTML)
_GRAPHS: Final = (*GRAPH_FORMATS, HTML)
_DISCONNECT_AFTER: Final = 0.05  # seconds; quick queries are done before it pays to look


def router() -> APIRouter:
    """The route of /sparql."""
    routes = APIRouter()
    routes.add_api_route("/sparql", _sparql, methods=["GET", "POST"], include_in_schema=False)
    routes.add_api_route("/sparql/", _sparql, methods=["GET", "POST"], include_in_schema=False)
    return routes


async def _sparql(request: Request) -> Response:
    site: Site = request.app.state.site
    question = await read_question(request, site.settings.query_text_kb * 1024)
    if question.text is None:
        return await run_in_threadpool(_front, site, request, question)
    rows, graph = _formats(request, question)
    client = _client(site)
    try:
        answer = await _asked(request, client, question, rows, graph)
    except QueryError as error:
        if HTML not in (rows, graph):
            raise
        return _form(site, request, question, error=problem_of(error))
    if answer.media_type is None:
        raise _not_acceptable(GRAPH_FORMATS if answer.form in ("CONSTRUCT", "DESCRIBE") else ROW_FORMATS)
    if answer.media_type == TABLE:
        return await run_in_threadpool(_table, site, request, question, answer)
    return _complete(answer, rows, graph)


def _client(site: Site) -> QueryClient:
    if site.query_client is None:
        raise StateError("the query service is not running")
    client: QueryClient = site.query_client
    return client


def _formats(request: Request, question: Question) -> tuple[str | None, str | None]:
    """The formats for a table and for a graph; None where nothing that is acceptable fits."""
    if question.format:
        if question.format not in _SHORT:
            raise Problem(400, "bad-request", f"'format' is one of: {', '.join(_SHORT)}.")
        return _SHORT[question.format]
    accept = request.headers.get("accept")
    rows, graph = negotiate(accept, _ROWS), negotiate(accept, _GRAPHS)
    if rows is None and graph is None:
        raise _not_acceptable({**ROW_FORMATS, **GRAPH_FORMATS})
    return rows, graph


def _not_acceptable(offered: Any) -> Problem:
    names = [*offered, HTML]
    return Problem(
        406, "not-acceptable", f"There is: {', '.join(names)}.", headers={"Vary": "Accept"}, offered=names
    )


async def _asked(
    request: Request, client: QueryClient, question: Question, rows: str | None, graph: str | None
) -> Answer:
    """Ask the query service; when the asking side goes away, the query ends."""
    asking = asyncio.ensure_future(
        client.query_async(
            question.text or "",
            rows=_engine_format(rows),
            graph=_engine_format(graph),
            default_graphs=question.default_graphs,
            named_graphs=question.named_graphs,
        )
    )
    try:
        done, _ = await asyncio.wait({asking}, timeout=_DISCONNECT_AFTER)
        if not done:
            leaving = asyncio.ensure_future(_left(request))
            try:
                await asyncio.wait({asking, leaving}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                leaving.cancel()
        if not asking.done():
            raise Problem(499, "bad-request", "The client went away.")
        return asking.result()
    finally:
        asking.cancel()


async def _left(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _engine_format(media_type: str | None) -> str | None:
    if media_type == HTML:
        return TABLE
    return _ALIASES.get(media_type, media_type) if media_type else None


def _headers(release: int) -> dict[str, str]:
    return {"Wallograph-Release": str(release), "Vary": "Accept", "Cache-Control": "no-cache"}


def _complete(answer: Answer, rows: str | None, graph: str | None) -> Response:
    media_type = (graph if answer.form in ("CONSTRUCT", "DESCRIBE") else rows) or ""
    content_type = f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
    headers = _headers(answer.release) | {"Content-Type": content_type}
    if isinstance(answer.body, bytes):
        return Response(answer.body, headers=headers)
    headers["Content-Length"] = str(answer.size)
    return StreamingResponse(answer.chunks(), headers=headers)


# -- without a query, and for people


def _front(site: Site, request: Request, question: Question) -> Response:
    """The form for browsers, the service description for programs."""
    if question.format == "html" or question.example:
        return _form(site, request, question)
    chosen = negotiate(request.headers.get("accept"), _GRAPHS)
    if chosen is None:
        raise _not_acceptable(GRAPH_FORMATS)
    if chosen == HTML:
        return _form(site, request, question)
    status = _client(site).status()
    triples = describe_service(site.base, status)
    body = serialize(triples, format=GRAPH_FORMATS[chosen], prefixes={**PREFIXES, "sd": SD})
    content_type = f"{chosen}; charset=utf-8" if chosen.startswith("text/") else chosen
    return Response(body, headers=_headers(status["release"]) | {"Content-Type": content_type})


def _form(site: Site, request: Request, question: Question, error: Problem | None = None) -> Response:
    text = question.text
    if text is None:
        text = _example(question.example if question.example in EXAMPLES else EXAMPLES[0], site.base)
    data: dict[str, Any] = {"text": text, "question": question, "error": error}
    data |= {"examples": EXAMPLES, "formats": tuple(_SHORT)}
    response = site.render("sparql.html", request, status=error.status if error else 200, **data)
    response.headers.update(error.headers if error else {})
    return response


def _example(name: str, base: str) -> str:
    return rebase((_QUERIES / f"sparql_{name}.rq").read_text(encoding="utf-8"), base)


def _table(site: Site, request: Request, question: Question, answer: Answer) -> Response:
    table = json.loads(answer.read())
    graph = answer.form in ("CONSTRUCT", "DESCRIBE")
    kept = {"default-graph-uri": question.default_graphs, "named-graph-uri": question.named_graphs}
    others = {
        name: site.url("/sparql", query=question.text, **{k: v for k, v in kept.items() if v}, format=name)
        for name in (("ttl", "jsonld", "nt", "rdf") if graph else ("json", "xml", "csv", "tsv"))
    }
    response = site.render(
        "sparql_results.html", request, text=question.text, question=question, table=table, answer=answer,
        others=others, most=TABLE_ROWS, formats=tuple(_SHORT), examples=EXAMPLES, error=None,
    )  # fmt: skip
    response.headers["Wallograph-Release"] = str(answer.release)
    return response
