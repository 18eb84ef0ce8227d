"""What goes around the answer to a query: its format, its validator, how long it may be kept, how it is cited.

In: a question, what is accepted, the release. Out: formats, headers, responses. Nothing is asked here.
"""

from dataclasses import dataclass, replace
from typing import IO, Any, Final
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from wallograph.iris import digest
from wallograph.publish.negotiate import negotiate
from wallograph.store.client import Answer
from wallograph.store.evaluate import GRAPH_FORMATS, ROW_FORMATS, TABLE
from wallograph.web.conditional import matches
from wallograph.web.errors import Problem
from wallograph.web.routes.sparql_input import Question
from wallograph.web.routes.sparql_release import Chosen

HTML: Final = "text/html"
GRAPH_FORMS: Final = ("CONSTRUCT", "DESCRIBE")
# Other names under which programs ask for the same bytes.
_ALIASES: Final = {
    "application/json": "application/sparql-results+json",
    "application/xml": "application/sparql-results+xml",
}
# For people: the short names of the form.
SHORT: Final = {
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
GRAPHS: Final = (*GRAPH_FORMATS, HTML)
LONGEST_LINK: Final = 8000  # bytes; clients and proxies refuse longer headers
CURRENT: Final = "public, max-age=60, must-revalidate"
NUMBERED: Final = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Formats:
    """What a table and what a graph is written in; None where nothing acceptable fits."""

    rows: str | None
    graph: str | None

    @property
    def page(self) -> bool:
        """Whether the answer may be a page."""
        return HTML in (self.rows, self.graph)

    def of(self, form: str) -> str | None:
        """The format for a form of query."""
        return self.graph if form in GRAPH_FORMS else self.rows

    def for_engine(self) -> tuple[str | None, str | None]:
        """The names that the query service knows."""
        return _engine_format(self.rows), _engine_format(self.graph)


def formats_of(request: Request, question: Question) -> Formats:
    """The formats that are asked for; 400 or 406 when there is none."""
    if question.format:
        if question.format not in SHORT:
            raise Problem(400, "bad-request", f"'format' is one of: {', '.join(SHORT)}.")
        return Formats(*SHORT[question.format])
    accept = request.headers.get("accept")
    found = Formats(negotiate(accept, _ROWS), negotiate(accept, GRAPHS))
    if found.rows is None and found.graph is None:
        raise not_acceptable({**ROW_FORMATS, **GRAPH_FORMATS})
    return found


def not_acceptable(offered: Any) -> Problem:
    """406 with what there is."""
    names = [*offered, HTML]
    return Problem(
        406, "not-acceptable", f"There is: {', '.join(names)}.", headers={"Vary": "Accept"}, offered=names
    )


def _engine_format(media_type: str | None) -> str | None:
    if media_type == HTML:
        return TABLE
    return _ALIASES.get(media_type, media_type) if media_type else None


def content_type(media_type: str) -> str:
    """With its charset where there has to be one."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


# -- validators and citations


def etag(chosen: Chosen, question: Question, media_type: str | None) -> str:
    """A strong validator: release, query, dataset, format."""
    default, named = ("\n".join(sorted(set(g))) for g in (question.default_graphs, question.named_graphs))
    key = digest(chosen.identity, question.text or "", default, named, media_type or "", length=32)
    return f'"{chosen.release.number}-{key}"'


def permalink(base: str, question: Question, number: int) -> str:
    """The address of this query on this release; of the release alone when that is too long for a header."""
    values = [("query", question.text or "")]
    values += [("default-graph-uri", graph) for graph in question.default_graphs]
    values += [("named-graph-uri", graph) for graph in question.named_graphs]
    if question.text is not None:
        link = f"{base}/sparql?{urlencode([*values, ('release', str(number))])}"
        if len(link) <= LONGEST_LINK:
            return link
    return f"{base}/sparql?release={number}"


def citing(base: str, question: Question, number: int) -> dict[str, str]:
    """Which release answered, and where this answer stays."""
    link = permalink(base, question, number)
    return {"Wallograph-Release": str(number), "Link": f'<{link}>; rel="cite-as"'}


def keeping(chosen: Chosen, *, volatile: bool) -> str:
    """How long an answer may be kept: for ever on a numbered release, never when it depends on the moment."""
    if volatile:
        return "no-store"
    return NUMBERED if chosen.by_number else CURRENT


def known_already(
    request: Request, base: str, chosen: Chosen, question: Question, formats: Formats
) -> Response | None:
    """304 before anything is asked: only an answer to this query on this release ever had the validator."""
    sent = request.headers.get("if-none-match")
    if sent is None or sent.strip() == "*":
        return None
    for media_type in {formats.rows, formats.graph} - {None, HTML}:
        tag = etag(chosen, question, media_type)
        if matches(request, tag):
            headers = citing(base, question, chosen.release.number) | _headers(chosen, False)
            return Response(status_code=304, headers=headers | {"ETag": tag})
    return None


def _headers(chosen: Chosen, volatile: bool) -> dict[str, str]:
    return {"Vary": "Accept", "Cache-Control": keeping(chosen, volatile=volatile)}


def complete(
    request: Request, base: str, chosen: Chosen, question: Question, formats: Formats, answer: Answer
) -> Response:
    """The whole answer, or 304 when the client has it."""
    media_type = formats.of(answer.form) or ""
    headers = citing(base, question, answer.release) | _headers(chosen, answer.volatile)
    if not answer.volatile:
        headers["ETag"] = etag(chosen, question, media_type)
        if matches(request, headers["ETag"]):
            _close(answer.body)
            return Response(status_code=304, headers=headers)
    headers["Content-Type"] = content_type(media_type)
    if isinstance(answer.body, bytes):
        return Response(answer.body, headers=headers)
    headers["Content-Length"] = str(answer.size)
    return StreamingResponse(answer.chunks(), headers=headers)


def _close(body: bytes | IO[bytes]) -> None:
    if not isinstance(body, bytes):
        body.close()


def in_memory(answer: Answer, most: int) -> Answer:
    """The answer with its bytes read, if they are not more than `most`."""
    if isinstance(answer.body, bytes) or answer.size > most:
        return answer
    return replace(answer, body=answer.read())
