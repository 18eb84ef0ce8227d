"""The SPARQL endpoint: SPARQL 1.1 Protocol for programs, a form and a table for people.

In: a request, read by `sparql_input`. Out: the whole answer of the query service, or an error. Every answer names
its release and links to this query on this release; answers are kept for as long as their release is asked.
"""

import asyncio
import json
from pathlib import Path
from typing import Any, Final

from pyoxigraph import serialize
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from wallograph.errors import QueryError, StateError
from wallograph.iris import digest, rebase
from wallograph.publish.negotiate import negotiate
from wallograph.publish.service_description import SD, describe_service
from wallograph.store.client import Answer, QueryClient
from wallograph.store.embedded import ReadStore
from wallograph.store.evaluate import GRAPH_FORMATS, ROW_FORMATS, TABLE, TABLE_ROWS
from wallograph.vocab import PREFIXES
from wallograph.web.conditional import Written, conditional
from wallograph.web.errors import Problem, problem_of
from wallograph.web.i18n import request_language
from wallograph.web.routes.sparql_answer import (
    GRAPH_FORMS,
    GRAPHS,
    HTML,
    SHORT,
    Formats,
    citing,
    complete,
    content_type,
    formats_of,
    in_memory,
    keeping,
    known_already,
    not_acceptable,
    permalink,
)  # fmt: skip
from wallograph.web.routes.sparql_input import Question, read_question
from wallograph.web.routes.sparql_release import Chosen, choose, numbered, remaking
from wallograph.web.site import Site

EXAMPLES: Final = ("spin_offs", "shared_theme", "who_says", "kinds")
_QUERIES: Final = Path(__file__).resolve().parent.parent / "queries"
_DISCONNECT_AFTER: Final = 0.05  # seconds; quick queries are done before it pays to look


def routes() -> list[Route]:
    """The routes of /sparql. Plain ones: what the framework does for a typed one takes longer than a query."""
    return [Route(path, _sparql, methods=["GET", "POST"]) for path in ("/sparql", "/sparql/")]


async def _sparql(request: Request) -> Response:
    site: Site = request.app.state.site
    question = await read_question(request, site.settings.query_text_kb * 1024)
    chosen = choose(site, question.release)
    waiting = remaking(site, chosen)
    if waiting is not None:
        waiting.headers.update(citing(site.base, question, chosen.release.number))
        return waiting
    if question.text is None:
        return await run_in_threadpool(_front, site, request, question, chosen)
    formats = formats_of(request, question)
    known = known_already(request, site.base, chosen, question, formats)
    if known is not None:
        return known
    try:
        answer = await _answer(site, request, question, chosen, formats)
    except QueryError as error:
        problem = _told(site, request, question, error)
        if not formats.page:
            raise problem from error
        return _form(site, request, question, error=problem)
    if answer.media_type is None:
        raise not_acceptable(GRAPH_FORMATS if answer.form in GRAPH_FORMS else ROW_FORMATS)
    if answer.media_type == TABLE:
        return await run_in_threadpool(_table, site, request, question, chosen, answer)
    return complete(request, site.base, numbered(site, chosen, answer.release), question, formats, answer)


def _client(site: Site) -> QueryClient:
    if site.query_client is None:
        raise StateError("the query service is not running")
    client: QueryClient = site.query_client
    return client


def _told(site: Site, request: Request, question: Question, error: QueryError) -> Problem:
    """An error of the query as a problem that names the limit, a hint, and the release that was asked."""
    problem = problem_of(error)
    problem.members["hint"] = site.messages(request_language(request), f"problem-{problem.kind}-help")
    if error.limit:
        problem.members["limit"] = error.limit
    if error.release is not None:
        problem.headers.update(citing(site.base, question, error.release))
    return problem


async def _answer(
    site: Site, request: Request, question: Question, chosen: Chosen, formats: Formats
) -> Answer:
    """The answer: kept in memory from before, or of the query service."""
    client, engine = _client(site), formats.for_engine()
    key = question.text, question.default_graphs, question.named_graphs, engine
    kept: Answer | None = site.answers.get((chosen.identity, key))
    if kept is not None:
        return kept
    answer = await _asked(request, client, question, chosen.asked, engine)
    if not answer.volatile and answer.media_type is not None and site.answers.largest:
        answer = in_memory(answer, site.answers.largest)
        if isinstance(answer.body, bytes):
            identity = numbered(site, chosen, answer.release).identity
            site.answers.put((identity, key), answer, len(answer.body) + len(question.text or "") + 500)
    return answer


async def _asked(
    request: Request,
    client: QueryClient,
    question: Question,
    release: int | None,
    engine: tuple[str | None, str | None],
) -> Answer:
    """Ask the query service; when the asking side goes away, the query ends."""
    asking = asyncio.ensure_future(
        client.query_async(
            question.text or "",
            rows=engine[0],
            graph=engine[1],
            default_graphs=question.default_graphs,
            named_graphs=question.named_graphs,
            release=release,
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


# -- without a query, and for people


def _front(site: Site, request: Request, question: Question, chosen: Chosen) -> Response:
    """The form for browsers, the service description for programs."""
    if question.format == "html" or question.example:
        return _form(site, request, question)
    media_type = negotiate(request.headers.get("accept"), GRAPHS)
    if media_type is None:
        raise not_acceptable(GRAPH_FORMATS)
    if media_type == HTML:
        return _form(site, request, question)
    headers = citing(site.base, question, chosen.release.number)
    headers |= {"Vary": "Accept", "Cache-Control": keeping(chosen, volatile=False)}
    limits = _client(site).status()["limits"]
    tag = digest(chosen.identity, media_type, json.dumps(limits), length=32)
    headers |= {"ETag": f'"{tag}"', "Content-Type": content_type(media_type)}
    return conditional(request, Written(_description(site, chosen, media_type, limits, tag), headers))


def _description(site: Site, chosen: Chosen, media_type: str, limits: dict[str, Any], tag: str) -> bytes:
    kept: bytes | None = site.answers.get(tag)
    if kept is not None:
        return kept
    release = chosen.release
    store = ReadStore(release.store_path) if chosen.asked else site.now().store
    triples = describe_service(site.base, release.manifest, store, limits)
    body = bytes(serialize(triples, format=GRAPH_FORMATS[media_type], prefixes={**PREFIXES, "sd": SD}) or b"")
    site.answers.put(tag, body, len(body))
    return body


def _form(site: Site, request: Request, question: Question, error: Problem | None = None) -> Response:
    text = question.text
    if text is None:
        text = _example(question.example if question.example in EXAMPLES else EXAMPLES[0], site.base)
    data: dict[str, Any] = {"text": text, "question": question, "error": error}
    data |= {"examples": EXAMPLES, "formats": tuple(SHORT)}
    response = site.render("sparql.html", request, status=error.status if error else 200, **data)
    response.headers.update(error.headers if error else {})
    return response


def _example(name: str, base: str) -> str:
    return rebase((_QUERIES / f"sparql_{name}.rq").read_text(encoding="utf-8"), base)


def _table(site: Site, request: Request, question: Question, chosen: Chosen, answer: Answer) -> Response:
    table = json.loads(answer.read())
    graph = answer.form in GRAPH_FORMS
    kept = {"default-graph-uri": question.default_graphs, "named-graph-uri": question.named_graphs}
    kept["release"] = (question.release,) if question.release else ()
    others = {
        name: site.url("/sparql", query=question.text, **{k: v for k, v in kept.items() if v}, format=name)
        for name in (("ttl", "jsonld", "nt", "rdf") if graph else ("json", "xml", "csv", "tsv"))
    }
    response = site.render(
        "sparql_results.html", request, text=question.text, question=question, table=table, answer=answer,
        others=others, most=TABLE_ROWS, formats=tuple(SHORT), examples=EXAMPLES, error=None,
        permalink=permalink(site.base, question, answer.release),
    )  # fmt: skip
    response.headers.update(citing(site.base, question, answer.release))
    if answer.volatile:
        response.headers["Cache-Control"] = keeping(chosen, volatile=True)
    return response
