"""Reads a request of the SPARQL 1.1 Protocol: one query, its dataset, a chosen format.

In: a request (GET, POST with a form, POST with the query itself). Out: a `Question`, or a problem: 400, 413, 415.
Parameters are read here from the raw bytes, because UTF-8 must be right and repetition must be seen.
"""

from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl

from starlette.requests import Request

from wallograph.errors import QueryRefused
from wallograph.web.errors import Problem

FORM: Final = "application/x-www-form-urlencoded"
DIRECT: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"
_MOST_FIELDS: Final = 500


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. `text` is None when the request has no query."""

    text: str | None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    format: str = ""
    example: str = ""
    release: str = ""


async def read_question(request: Request, longest: int) -> Question:
    """The question of a request whose query may have `longest` bytes."""
    in_address = _fields(request.scope["query_string"])
    if request.method != "POST":
        return _question(in_address, longest)
    media_type = _media_type(request)
    if media_type == FORM:
        # Three bytes for each that is percent-encoded. A dataset in the address is never silently left out.
        in_body = _fields(await _body(request, 3 * longest + 65536))
        return _question([*in_address, *in_body], longest, posted=True)
    if media_type == DIRECT:
        text = _text(await _body(request, longest))
        return _question([*in_address, ("query", text)], longest, posted=True)
    if media_type == UPDATE:
        raise QueryRefused("This endpoint only answers queries; it takes no update.")
    raise Problem(
        415, "unsupported-media-type", f"Send {FORM} or {DIRECT}.", headers={"Accept-Post": f"{FORM}, {DIRECT}"}
    )


def _media_type(request: Request) -> str:
    value, _, parameters = request.headers.get("content-type", "").partition(";")
    for parameter in parameters.split(";"):
        name, _, charset = parameter.partition("=")
        if name.strip().lower() == "charset" and charset.strip().strip('"').lower() not in ("utf-8", "utf8"):
            raise Problem(415, "unsupported-media-type", "Queries are sent in UTF-8.")
    return value.strip().lower()


async def _body(request: Request, longest: int) -> bytes:
    data = bytearray()
    async for piece in request.stream():
        data += piece
        if len(data) > longest:
            raise Problem(413, "too-large", f"The query is longer than the limit of {longest} bytes.")
    return bytes(data)


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Problem(400, "bad-request", "The query is not UTF-8.") from error


def _fields(data: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            data.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS
        )
    except UnicodeDecodeError as error:
        raise Problem(400, "bad-request", "The parameters are not UTF-8.") from error
    except ValueError as error:
        raise Problem(400, "bad-request", f"There are more than {_MOST_FIELDS} parameters.") from error


def _question(fields: list[tuple[str, str]], longest: int, *, posted: bool = False) -> Question:
    values: dict[str, list[str]] = {}
    for name, value in fields:
        values.setdefault(name, []).append(value)
    if "update" in values or "using-graph-uri" in values or "using-named-graph-uri" in values:
        raise QueryRefused("This endpoint only answers queries; it takes no update.")
    for name in ("query", "format", "example", "release"):
        if len(values.get(name, ())) > 1:
            raise Problem(400, "bad-request", f"The parameter '{name}' is given more than once.")
    text = values.get("query", [None])[0]
    if text is None and posted:
        raise Problem(400, "bad-request", "The parameter 'query' is missing.")
    if text is not None and len(text.encode("utf-8", "surrogatepass")) > longest:
        raise Problem(413, "too-large", f"The query is longer than the limit of {longest} bytes.")
    return Question(
        text,
        tuple(values.get("default-graph-uri", ())),
        tuple(values.get("named-graph-uri", ())),
        values.get("format", [""])[0],
        values.get("example", [""])[0],
        values.get("release", [""])[0],
    )
