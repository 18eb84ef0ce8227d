"""The routes of /submissions and /api/submissions: proposals by people who need no account.

In: the checking seam. Out: routes. Who may ask what stands in `web/rights.py`; whose proposal it is, the handlers say.
"""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from wallograph.curation.model import Kind
from wallograph.web.routes.submissions_api import Api
from wallograph.web.routes.submissions_base import Submitting
from wallograph.web.routes.submissions_files import Files
from wallograph.web.routes.submissions_forms import Forms
from wallograph.web.routes.submissions_pages import Pages
from wallograph.web.routes.submissions_reports import Reports
from wallograph.web.routes.validate import Validation


def routes(validation: Validation) -> list[Route]:
    """The routes; those with a fixed word come before those with an id."""
    shared = Submitting(validation)
    pages, forms = Pages(shared), Forms(shared)
    files, reports, api = Files(shared, forms), Reports(shared, forms), Api(shared, forms)

    async def edit(request: Request) -> Response:
        proposal, _ = await run_in_threadpool(lambda: shared.found(request, author=True))
        return await (files.edit(request, proposal) if proposal.kind is Kind.FILE else forms.edit(request))

    return [
        Route("/submissions", pages.start, methods=["GET"]),
        Route("/submissions/new", forms.new, methods=["GET", "POST"]),
        Route("/submissions/error", reports.error, methods=["GET", "POST"]),
        Route("/submissions/withdraw", reports.others.withdraw, methods=["GET", "POST"]),
        Route("/submissions/file", files.new, methods=["GET", "POST"]),
        Route("/submissions/s/{secret}", pages.exchange, methods=["GET"]),
        Route("/submissions/{ident}", pages.proposal, methods=["GET"]),
        Route("/submissions/{ident}/edit", edit, methods=["GET", "POST"]),
        Route("/submissions/{ident}/patch", pages.patch, methods=["GET"]),
        Route("/submissions/{ident}/withdraw", pages.withdraw, methods=["POST"]),
        Route("/api/submissions", api.create, methods=["POST"]),
        Route("/api/submissions/{ident}", api.one, methods=["GET", "PATCH", "DELETE"]),
    ]
