"""Validators: an answer that is ready to be sent comes in, 200 or 304 (RFC 9110 13) goes out."""

from dataclasses import dataclass
from email.utils import parsedate_to_datetime

from starlette.requests import Request
from starlette.responses import Response


@dataclass(frozen=True, slots=True)
class Written:
    """A document in one format, ready to be sent."""

    body: bytes
    headers: dict[str, str]


def conditional(request: Request, written: Written) -> Response:
    """The answer, or 304 with the headers that a cache needs when the client has it already."""
    headers = written.headers
    if not matches(request, headers["ETag"], headers.get("Last-Modified")):
        return Response(written.body, 200, headers)
    return Response(status_code=304, headers={k: v for k, v in headers.items() if k != "Content-Type"})


def matches(request: Request, etag: str, modified: str | None = None) -> bool:
    """True when the client's copy is the same. If-None-Match wins over If-Modified-Since."""
    tags = request.headers.get("if-none-match")
    if tags is not None:
        return tags.strip() == "*" or etag in (tag.strip().removeprefix("W/") for tag in tags.split(","))
    since = request.headers.get("if-modified-since")
    return since is not None and modified is not None and _not_newer(modified, since)


def _not_newer(modified: str, since: str) -> bool:
    try:
        return parsedate_to_datetime(modified) <= parsedate_to_datetime(since)
    except (ValueError, TypeError):
        return False
