"""The description of the API: /api for people, /api/openapi.json for programs.

In: a request. Out: the description on the base of the current release. Nothing is loaded from elsewhere.
"""

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from wallograph.iris import digest
from wallograph.web.conditional import Written, conditional
from wallograph.web.description import describe_api, operations
from wallograph.web.site import Site


class Description:
    """The handlers; the description of a base is made once."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._made: tuple[str, dict[str, Any], Written] | None = None

    def _now(self) -> tuple[str, dict[str, Any], Written]:
        base = self.site.base
        made = self._made
        if made is None or made[0] != base:
            described = describe_api(base)
            body = json.dumps(described, ensure_ascii=False, indent=1).encode()
            headers = {
                "Content-Type": "application/json",
                "ETag": f'"{digest(body.decode(), length=32)}"',
                "Cache-Control": "public, max-age=3600",
            }
            made = self._made = (base, described, Written(body, headers))
        return made

    def document(self, request: Request) -> Response:
        """OpenAPI 3.1, as JSON."""
        return conditional(request, self._now()[2])

    def page(self, request: Request) -> Response:
        """The operations in a list."""
        described = self._now()[1]
        return self.site.render(
            "api.html", request, described=described, operations=operations(described), resolve=_resolver(described)
        )


def _resolver(described: dict[str, Any]) -> Any:
    def resolve(value: dict[str, Any]) -> dict[str, Any]:
        """What a `$ref` of this document names."""
        found = value
        while "$ref" in found:
            place: Any = described
            for step in str(found["$ref"]).removeprefix("#/").split("/"):
                place = place[step]
            found = place
        return found

    return resolve


def routes(site: Site) -> list[Route]:
    """The routes."""
    description = Description(site)
    return [
        Route("/api", description.page, methods=["GET"]),
        Route("/api/openapi.json", description.document, methods=["GET"]),
    ]
