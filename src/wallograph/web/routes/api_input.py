"""What the APIs of curation read of a request: a JSON object, and the version of a proposal that it is about.

In: requests. Out: values; 400, 408 or 413 for a body, 428 or 412 for `If-Match`.
"""

import json
from typing import Any

from starlette.requests import Request

from wallograph.curation.model import Proposal
from wallograph.web.errors import Problem
from wallograph.web.routes.validate_input import body_of


async def json_object(request: Request, most: int, seconds: float) -> dict[str, Any]:
    """The body, a JSON object of at most so many bytes that arrives within so many seconds."""
    body = await body_of(request, most, seconds)
    try:
        values = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Problem(400, "bad-request", "The body is not JSON.") from error
    if not isinstance(values, dict):
        raise Problem(400, "bad-request", "The body is not a JSON object.")
    return values


def media_type_of(request: Request) -> str:
    """The media type of the body, without its parameters."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def require_json(request: Request) -> None:
    """415 for a body that is said to be anything but JSON."""
    if media_type_of(request) != "application/json":
        headers = {"Accept-Post": "application/json"}
        raise Problem(415, "unsupported-media-type", "Send application/json.", headers=headers)


def tag_of(proposal: Proposal) -> str:
    """The ETag of a proposal."""
    return f'"v{proposal.version}"'


def matched(request: Request) -> int:
    """The version that the request says it read; 428 when it says none, 412 for what is none."""
    given = request.headers.get("if-match", "").strip().removeprefix("W/")  # a proxy that compresses adds it
    if not given:
        raise Problem(428, "no-if-match", "Send If-Match with the ETag that you read.")
    digits = given.removeprefix('"v').removesuffix('"')
    if given != f'"v{digits}"' or not (digits.isascii() and digits.isdigit()) or len(digits) > 8:
        raise Problem(412, "changed-meanwhile", "This is no ETag of this proposal.")
    return int(digits)
