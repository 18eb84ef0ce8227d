"""What all handlers of /submissions share: the desk, the rules, names, who the author is, and how a page is sent.

In: the application's parts. Out: `Submitting`. A page of a proposal is for its author and for curators alone while it
is open; everybody else is told that there is none.
"""

import math
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from wallograph.checker.proposing import FEW, check_apart
from wallograph.curation.checking import check_proposal
from wallograph.curation.desk import Desk
from wallograph.curation.draft import ID, Checked, Draft
from wallograph.curation.model import DECIDED, Proposal, State
from wallograph.curation.quota import measure
from wallograph.curation.review import Review
from wallograph.curation.showing import show_difference, show_patch
from wallograph.errors import NotFound, StateError
from wallograph.model import Form
from wallograph.pipeline.known import Known
from wallograph.publish.page_graph import PageGraph
from wallograph.web.errors import Problem
from wallograph.web.i18n import LANGUAGES, request_language
from wallograph.web.limiter import RateLimiter, client_address
from wallograph.web.published import Published
from wallograph.web.routes.rules import Rules, rules_of
from wallograph.web.routes.validate import Validation
from wallograph.web.site import Site

CONCEPTS: Final = ("actor", "project", "event")
PRIVATE: Final = {"X-Robots-Tag": "noindex, nofollow, noarchive", "Cache-Control": "no-store"}
# Not `no-referrer`: a form of such a page would be sent with `Origin: null` and be refused.
OF_PROPOSAL: Final = {**PRIVATE, "Referrer-Policy": "same-origin"}
PUBLIC_EVENTS: Final = frozenset({"accepted", "partly-accepted", "refused", "published", "reverted"})
_PUBLISHED: Final = frozenset({State.ACCEPTED, State.PARTLY_ACCEPTED, State.REFUSED})


class Submitting:
    """What the handlers use."""

    def __init__(self, validation: Validation) -> None:
        self.validation = validation
        self.site: Site = validation.site
        self.limiter = RateLimiter(self.site.settings.check_rate)
        self._review: Review | None = None

    # -- parts

    @property
    def desk(self) -> Desk:
        """The desk of the installation."""
        desk = self.site.desk
        if desk is None:
            raise StateError("no proposals are taken here: there is no state folder")
        return desk

    def known(self) -> Known:
        """What is published now, for reading what was filled in."""
        return self.desk.known(self.desk.current())

    @property
    def review(self) -> Review:
        """What stands now, and what is above a place."""
        if self._review is None:
            self._review = Review(self.desk, opened=self.site.store)
        return self._review

    def check(self, draft: Draft) -> Checked:
        """Judge a draft against what stands now; a large one in the checking service. TooLarge."""
        measure(self.desk.proposals.limits, len(draft.changes), draft.note, b"")
        if len(draft.changes) > FEW and self.site.check_client is not None:
            return check_apart(self.site.check_client, draft.id, draft.changes)
        standing = self.review.standing()
        known = self.desk.known(standing.release)
        return check_proposal(draft.id, draft.changes, standing, known, self.review.above)

    def difference(self, proposal: Proposal) -> dict[str, Any]:
        """What the proposal would do, as curators see it."""
        return show_difference(self.review, proposal)

    def patch(self, proposal: Proposal) -> str:
        """What the proposal would do, or did, as RDF Patch."""
        return show_patch(self.review, proposal)

    def rules(self, request: Request) -> Rules:
        """The rules and the words of the vocabulary."""
        return rules_of(request.app, self.site.base)

    def form(self, request: Request, concept: str) -> Form:
        """The form of a kind of thing."""
        found = next((form for form in self.rules(request).forms if form.concept == concept), None)
        if found is None or concept not in CONCEPTS:
            raise NotFound(f"there is no form for '{concept[:80]}': {', '.join(CONCEPTS)}")
        return found

    def published(self, request: Request) -> tuple[Published, PageGraph]:
        """The current release, and how pages read it."""
        published = self.site.now()
        return published, published.pages

    # -- who

    def client(self, request: Request) -> str:
        """Whose quota a proposal counts for."""
        who = request.state.who
        return f"account:{who.id}" if who else client_address(request, self.site.settings.trusted_proxies)

    def admit(self, request: Request) -> None:
        """429 when one address asks for too much work in a minute."""
        wait = self.limiter.wait(client_address(request, self.site.settings.trusted_proxies))
        if wait:
            raise Problem(429, "rate-limited", headers={"Retry-After": str(math.ceil(wait)), "Connection": "close"})

    def authors_secret(self, request: Request, ident: str) -> str:
        """The secret of this proposal that the request came with; empty when it has none that is right."""
        proposals = self.desk.proposals
        return next((secret for secret in request.state.secrets if proposals.is_authors(ident, secret)), "")

    def is_author(self, request: Request, proposal: Proposal) -> bool:
        """Whether who asks may change the proposal: the holder of its secret, or the account that made it."""
        who = request.state.who
        if who is not None and proposal.author and who.id == proposal.author:
            return True
        return bool(self.authors_secret(request, proposal.id))

    def is_curator(self, request: Request) -> bool:
        """Whether a curator asks."""
        who = request.state.who
        return who is not None and bool(who.may("curator"))

    def found(self, request: Request, *, author: bool = False) -> tuple[Proposal, bool]:
        """The proposal of the path and whether its author asks; 404 for who may not see it."""
        ident = str(request.path_params["ident"])
        if not ID.fullmatch(ident):
            raise Problem(404, "not-found", headers=OF_PROPOSAL)
        try:
            proposal = self.desk.proposals.get(ident)
        except NotFound as error:
            raise Problem(404, "not-found", headers=OF_PROPOSAL) from error
        mine = self.is_author(request, proposal)
        if mine or (not author and (self.is_curator(request) or is_public(proposal))):
            return proposal, mine
        raise Problem(404, "not-found", headers=OF_PROPOSAL)

    # -- pages

    def page(self, request: Request, template: str, status: int = 200, **data: Any) -> Response:
        """A page that nobody keeps and no crawler lists."""
        keep = request_language(request) if request.query_params.get("lang", "").lower() in LANGUAGES else ""
        response = self.site.render(template, request, status=status, keep=keep, settings=self.site.settings, **data)
        response.headers.update(OF_PROPOSAL)
        return response

    def address(self, ident: str, tail: str = "", **query: Any) -> str:
        """An address of a proposal on this site."""
        return self.site.url(f"/submissions/{ident}{tail}", **query)


def is_public(proposal: Proposal) -> bool:
    """Whether everybody may read a proposal: once a curator has decided on it."""
    return proposal.state in DECIDED and proposal.state in _PUBLISHED


def lang_of(request: Request) -> dict[str, str]:
    """The language of an address, when it says one, for the address that follows."""
    lang = request.query_params.get("lang", "").lower()
    return {"lang": lang} if lang in LANGUAGES else {}
