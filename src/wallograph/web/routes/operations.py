"""For those who look after the site: health.

In: a request. Out: what is published, whether the services behind it answer, and how publishing gets on.
"""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from wallograph.curation.publisher_status import publisher_status
from wallograph.curation.publishing import is_publishing
from wallograph.curation.shown import Shown
from wallograph.errors import WallographError
from wallograph.release.state import Release
from wallograph.web.site import Site


def router() -> APIRouter:
    """The routes."""
    routes = APIRouter()
    routes.add_api_route("/healthz", health, methods=["GET"])
    return routes


def health(request: Request) -> Response:
    """200 when a release is open (503 is given by the table of errors when there is none).

    "degraded": it is served, but something behind it does not answer or does not get on.
    """
    site = _site(request)
    published = site.now()
    services = {
        "queryService": site.query_client is not None,
        "sandboxed": _sandboxed(site),
        "checkingService": site.check_client is not None,
        "checksSandboxed": _checks_sandboxed(site),
    }
    curation = _curation(site, published.release)
    silent = [services["queryService"] and services["sandboxed"] is None]
    silent.append(services["checkingService"] and services["checksSandboxed"] is None)
    content = {
        "status": "degraded" if any(silent) or _is_stuck(curation) else "ok",
        "release": published.number,
        "date": published.date,
        "base": published.base,
        **services,
        **curation,
    }
    return JSONResponse(content, headers={"Cache-Control": "no-store"})


def _curation(site: Site, release: Release) -> dict[str, Any]:
    """The journal and the publisher; None when the database does not answer. What is in the way, the desk says."""
    running = is_publishing(site.state.root)
    try:
        if site.desk is None:
            return {"journal": None, "publisher": None}
        head, status = site.desk.journal.head(), publisher_status(site.desk.db)
    except WallographError:
        return {"journal": None, "publisher": None}
    return {
        "journal": {
            "entries": head.number if head else 0,
            "digest": head.digest if head else "",
            "published": Shown.of(release.manifest).head,
        },
        "publisher": {
            "running": running,
            "waiting": status.waiting,
            "failed": len(status.failed),
            "trouble": bool(status.trouble),
            "since": status.since,
        },
    }


def _is_stuck(curation: dict[str, Any]) -> bool:
    publisher = curation["publisher"]
    if publisher is None:
        return True
    return bool(publisher["trouble"] or (publisher["waiting"] > 0 and not publisher["running"]))


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
