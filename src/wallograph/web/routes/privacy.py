"""`/privacy`: what is kept of whom and for how long, how something is erased, and the notices of what was.

In: the settings, the notices of erasures. Out: a page in four languages, or the notices as JSON.
"""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from wallograph.curation.erase import notices
from wallograph.publish.negotiate import negotiate
from wallograph.web.site import Site

_KINDS = ("text/html", "application/json")
_SECTIONS = ("graph", "visitors", "authors", "curators", "checks", "journal", "erase")


def privacy(request: Request) -> Response:
    """The page; the notices alone for programs that ask for JSON."""
    site: Site = request.app.state.site
    found = notices(site.settings.state)
    if negotiate(request.headers.get("accept"), _KINDS) == "application/json":
        return JSONResponse({"erasures": found}, headers={"Vary": "Accept", "Cache-Control": "no-cache"})
    settings = site.settings
    return site.render(
        "privacy.html", request, sections=_SECTIONS, notices=found, contact=settings.contact,
        days=str(settings.proposal_kept_days), share=str(settings.share_days), hours=str(settings.session_hours),
    )  # fmt: skip


def router() -> APIRouter:
    """The route."""
    routes = APIRouter()
    routes.add_route("/privacy", privacy, methods=["GET"], include_in_schema=False)
    return routes
