"""For those who look after the site: health.

In: a request. Out: what is published, and whether the services behind it answer.
"""

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from wallograph.errors import WallographError
from wallograph.web.site import Site


def router() -> APIRouter:
    """The routes."""
    routes = APIRouter()
    routes.add_api_route("/healthz", health, methods=["GET"])
    return routes


def health(request: Request) -> Response:
    """200 when a release is open (503 is given by the table of errors when there is none)."""
    site = _site(request)
    published = site.now()
    content = {
        "status": "ok",
        "release": published.number,
        "date": published.date,
        "base": published.base,
        "queryService": site.query_client is not None,
        "sandboxed": _sandboxed(site),
        "checkingService": site.check_client is not None,
        "checksSandboxed": _checks_sandboxed(site),
    }
    return JSONResponse(content, headers={"Cache-Control": "no-store"})


def _sandboxed(site: Site) -> bool | None:
    """Whether queries run behind the socket filter; None when the query service does not answer."""
    try:
        return bool(site.query_client.status()["wall"]) if site.query_client is not None else None
    except WallographError:
        return None


def _checks_sandboxed(site: Site) -> bool | None:
    """Whether uploads are checked behind the socket filter; None when the checking service does not answer."""
    try:
        return bool(site.check_client.status()["wall"]) if site.check_client is not None else None
    except WallographError:
        return None


def _site(request: Request) -> Site:
    site: Site = request.app.state.site
    return site
