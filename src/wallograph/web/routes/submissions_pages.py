"""The pages of proposals: the start, the secret address, a proposal with its state, and taking it back.

In: a request of the author, of a curator, or, once it is decided, of anybody. Out: pages. The secret of an address is
exchanged for a cookie at once; it stands in no page but the author's own, and in no log.
"""

from collections.abc import Mapping
from html import escape
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from wallograph.curation.model import OPEN, Event, Kind, Proposal
from wallograph.errors import NotFound
from wallograph.publish.labels import Named
from wallograph.publish.page_proposal import Names, StatementView, literal_text
from wallograph.vocab import NAME
from wallograph.web.errors import Problem
from wallograph.web.i18n import request_language
from wallograph.web.routes.submissions_base import OF_PROPOSAL, PRIVATE, PUBLIC_EVENTS, Submitting, lang_of
from wallograph.web.routes.submissions_findings import number_of, outcome_views
from wallograph.web.routes.submissions_forms import main_thing
from wallograph.web.routes.submissions_input import one
from wallograph.web.routes.validate_input import read_fields
from wallograph.web.sessions import keep_author_secret

_SECRET: Final = {**PRIVATE, "Referrer-Policy": "no-referrer"}
_MOST_FORM: Final = 20_000
_SHOWN: Final = 500  # statements of one page
_LONGEST_SECRET: Final = 100


class Pages:
    """The handlers."""

    def __init__(self, shared: Submitting) -> None:
        self.shared, self.site = shared, shared.site

    def start(self, request: Request) -> Response:
        """What it is, the ways to begin, and the proposals that this browser knows."""
        mine = []
        for secret in request.state.secrets:
            try:
                mine.append(self.shared.desk.proposals.by_secret(secret))
            except NotFound:
                continue
        listed = [(proposal, self.title(request, proposal)) for proposal in mine]
        return self.shared.page(request, "submissions.html", mine=listed, limits=self.shared.desk.proposals.limits)

    def exchange(self, request: Request) -> Response:
        """The secret address: a cookie, and on to the page, whose address can be shown to anybody."""
        secret = str(request.path_params["secret"])
        try:
            if len(secret) > _LONGEST_SECRET:
                raise NotFound("there is no such proposal")
            proposal = self.shared.desk.proposals.by_secret(secret)
        except NotFound as error:
            raise Problem(404, "not-found", headers=_SECRET) from error
        address = self.shared.address(proposal.id, **lang_of(request))
        if request.headers.get("sec-fetch-site") == "cross-site":
            # From a webmail: a cookie that is strict would not come along with a redirect, but does with a new step.
            text = self.site.messages(request_language(request), "submissions-title")
            page = _STEP.format(escape(address), escape(text), request_language(request))
            response: Response = HTMLResponse(page, headers=_SECRET)
        else:
            response = RedirectResponse(address, 303, _SECRET)
        keep_author_secret(self.site, request, response, secret)
        return response

    # -- one proposal

    def proposal(self, request: Request) -> Response:
        """A proposal: state, findings, difference, history."""
        proposal, mine = self.shared.found(request)
        lang, inside = request_language(request), mine or self.shared.is_curator(request)
        difference = self.shared.difference(proposal) if proposal.state in OPEN else None
        statements, more = self.statements(request, proposal)
        outcome = self.shared.desk.proposals.outcome(proposal.id) if inside else {}
        found = outcome_views(outcome, lang)
        by_number: dict[int, list[Any]] = {}
        for values, view in found:
            by_number.setdefault(number_of(values, proposal.changes), []).append(view)
        return self.shared.page(
            request, "submission.html", proposal=proposal, mine=mine, public=not inside, open=proposal.state in OPEN,
            title=self.title(request, proposal), statements=statements, more=more, findings=by_number,
            counts=outcome.get("counts", {}), difference=difference, events=self.events(proposal, inside),
            secret=self._secret_address(request, proposal) if mine else "", sent="sent" in request.query_params,
            amended="amended" in request.query_params, limits=self.shared.desk.proposals.limits,
            editable=mine and proposal.state in OPEN,
        )  # fmt: skip

    def patch(self, request: Request) -> Response:
        """What the proposal would do, as RDF Patch."""
        proposal, _ = self.shared.found(request)
        text = self.shared.patch(proposal)
        name = f'attachment; filename="proposal-{proposal.id}.rdfp"'
        headers = {**OF_PROPOSAL, "Content-Type": "application/rdf-patch", "Content-Disposition": name}
        return Response(text.encode("utf-8", "replace"), headers=headers)

    async def withdraw(self, request: Request) -> Response:
        """The author takes a proposal back."""
        fields = await read_fields(request, _MOST_FORM, self.site.settings.check_upload_seconds)
        return await run_in_threadpool(self._withdraw, request, fields)

    def _withdraw(self, request: Request, fields: Mapping[str, list[str]]) -> Response:
        proposal, _ = self.shared.found(request, author=True)
        version = one(fields, "version")
        number = int(version) if version.isascii() and version.isdigit() and len(version) < 9 else proposal.version
        self.shared.desk.proposals.withdraw(proposal.id, number, why=one(fields, "why")[:2000])
        return RedirectResponse(self.shared.address(proposal.id, **lang_of(request)), 303)

    # -- parts of the page

    def names(self, request: Request, proposal: Proposal) -> Names:
        """Names of everything that the proposal speaks of."""
        _, graph = self.shared.published(request)
        proposed = {
            change.subject: literal_text(change.object)
            for change in reversed(proposal.changes)
            if change.op == "add" and change.predicate == NAME and "/proposed-" in change.subject
        }
        return Names(graph, self.shared.rules(request).words.labels, request_language(request), proposed)

    def title(self, request: Request, proposal: Proposal) -> Named:
        """What the proposal is about, in a name."""
        if proposal.kind is Kind.FILE:
            return Named("", proposal.file)
        iri = main_thing(proposal.changes)
        return self.names(request, proposal).thing(iri) if iri else Named("", proposal.id)

    def statements(self, request: Request, proposal: Proposal) -> tuple[list[StatementView], int]:
        """The statements in words, and how many are not shown."""
        names, accepted = self.names(request, proposal), frozenset(proposal.accepted)
        shown = [names.statement(change.values(), accepted) for change in proposal.changes[:_SHOWN]]
        return shown, max(0, len(proposal.changes) - _SHOWN)

    def events(self, proposal: Proposal, inside: bool) -> list[Event]:
        """What happened; outside only what was decided, never who proposed or what the author wrote."""
        events = self.shared.desk.proposals.events(proposal.id)
        return events if inside else [event for event in events if event.what in PUBLIC_EVENTS]

    def _secret_address(self, request: Request, proposal: Proposal) -> str:
        secret = self.shared.authors_secret(request, proposal.id)
        return f"{self.site.base}/submissions/s/{secret}" if secret else ""


_STEP: Final = (
    '<!doctype html><html lang="{2}"><head><meta charset="utf-8"><title>{1}</title>'
    '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
    '<meta http-equiv="refresh" content="0; url={0}"></head><body><p><a href="{0}">{1}</a></p></body></html>'
)
