"""The mapping of a table, as a person corrected it on the page, as a file to keep: CSVW metadata.

In: the form of the page. Out: JSON to be downloaded.
"""

import json
import re
from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from wallograph.web.errors import Problem
from wallograph.web.routes.validate import Validation


async def mapping_file(validation: Validation, request: Request) -> Response:
    """The mapping as a file, as CSVW metadata."""
    async with validation.admitted(request) as place:
        upload = await place.read()
    mapping = upload.options.get("mapping")
    if mapping is None:
        raise Problem(400, "bad-request", "There is no mapping to download.")
    name = re.sub(r"[^A-Za-z0-9._-]", "_", upload.name) + "-metadata.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    body = json.dumps(mapping, ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n"
    return Response(body, headers={"Content-Type": "application/csvm+json", **headers})


def routes(validation: Validation) -> list[Route]:
    """The route."""
    return [Route("/validate/mapping", partial(mapping_file, validation), methods=["POST"])]
