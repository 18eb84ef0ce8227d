"""The curators' desk: /review, the queue; /review/{id}, one page to decide on a proposal.

In: requests of curators. Out: pages that need no script and no mouse; after a decision 303 to the page, which says
what it came to. What stands in the way comes back as the same page with 409 or 412, with all that was filled in.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from wallograph.curation.model import DECIDED, OPEN, Kind, Proposal, State
from wallograph.curation.publisher_status import publisher_status
from wallograph.curation.reasons import ASK, REFUSE, WITHHOLD
from wallograph.errors import Conflict, InputError, NotFound, Stale
from wallograph.iris import thing
from wallograph.publish.page_review import queue_row
from wallograph.web.errors import problem_of
from wallograph.web.routes.review_api import Api
from wallograph.web.routes.review_base import Reviewing
from wallograph.web.routes.review_entries import Entries, attention
from wallograph.web.routes.review_input import Decision, of_form, one
from wallograph.web.routes.validate_input import read_fields
from wallograph.web.site import Site

PAGE: Final = 50
_LONGEST: Final = 200
_MOST_FORM: Final = 4_000_000
_STATES: Final = {"open": OPEN, "decided": DECIDED, **{state.value: frozenset({state}) for state in State}}


class Desk:
    """The handlers of the pages."""

    def __init__(self, shared: Reviewing) -> None:
        self.shared, self.site = shared, shared.site

    # -- the queue

    def queue(self, request: Request) -> Response:
        """The proposals, with filters."""
        asked = {name: request.query_params.get(name, "").strip()[:_LONGEST] for name in (
            "state", "kind", "source", "theme", "assigned", "text", "order", "after",
        )}  # fmt: skip
        shared, proposals = self.shared, self.shared.desk.proposals
        found = self._search(request, asked)
        rows, more = found[:PAGE], len(found) > PAGE
        people, now = shared.people(), shared.desk.now()
        waiting = shared.review.decisions.seconded.all([row.id for row in rows])
        views = [queue_row(row, people, waiting, now) for row in rows]
        published, status = self.site.now(), publisher_status(shared.desk.db)
        failing = len(status.failed) + (1 if status.trouble else 0)
        look = sum(map(len, attention(self.site.state, published.release).values()))
        return shared.page(
            request, "review.html", rows=views, asked=asked, after=rows[-1].seq if more else 0, people=people,
            counts={state.value: count for state, count in proposals.counts().items()}, kinds=list(Kind),
            states=list(State), attention=failing + look,
        )  # fmt: skip

    def _search(self, request: Request, asked: Mapping[str, str]) -> Sequence[Any]:
        who = request.state.who
        assigned = {"": None, "nobody": "", "me": who.id}.get(asked["assigned"], asked["assigned"])
        after = int(asked["after"]) if asked["after"].isascii() and asked["after"].isdigit() else 0
        base = self.site.base
        return self.shared.desk.proposals.search(
            _STATES.get(asked["state"] or "open", OPEN), asked["kind"] if asked["kind"] in set(Kind) else "",
            _iri("source", asked["source"], base), _theme(asked["theme"], base), assigned, asked["text"], PAGE + 1,
            after, newest=asked["order"] == "newest",
        )  # fmt: skip

    # -- one proposal

    def proposal(self, request: Request) -> Response:
        """The page of a decision."""
        return self._shown(request, self.shared.found(request))

    def _shown(
        self, request: Request, proposal: Proposal, *, status: int = 200, told: Exception | None = None,
        decision: Decision | None = None, ready: Any = None,
    ) -> Response:  # fmt: skip
        shared = self.shared
        taken = decision.numbers if decision else None
        shown = shared.shown(request, proposal, taken)
        desk, people = shared.desk, shared.people()
        waiting = shared.review.decisions.seconded.waiting(proposal.id, proposal.version)
        return shared.page(
            request, "review_proposal.html", status, proposal=proposal, title=shared.title(request, proposal),
            open=proposal.state in OPEN, events=desk.proposals.events(proposal.id), people=people, waiting=waiting,
            told=told, details=getattr(told, "details", []), decision=decision, ready=ready,
            problem=problem_of(told) if told else None, reasons={"refuse": REFUSE, "ask": ASK, "withhold": WITHHOLD},
            done=request.query_params.get("done", ""), shown_in=shown_release(shared, proposal),
            next=self._next(proposal), second=proposal.kind in shared.review.decisions.second, **shown,
        )  # fmt: skip

    def _next(self, proposal: Proposal) -> str:
        found = self.shared.desk.proposals.search((State.CHECKED,), limit=2)
        return next((row.id for row in found if row.id != proposal.id), "")

    # -- deciding

    async def decide(self, request: Request) -> Response:
        """Accept all or what is chosen, ask, refuse; or only show what accepting would do."""
        fields = await read_fields(request, _MOST_FORM, self.site.settings.check_upload_seconds)
        return await run_in_threadpool(self._decide, request, fields)

    def _decide(self, request: Request, fields: Mapping[str, list[str]]) -> Response:
        proposal = self.shared.found(request)
        shown = self.shared.shown(request, proposal) if one(fields, "select") == "rule" else {}
        faulty = {code: set(rule["things"]) for code, rule in shown.get("rules", {}).items()}
        decision = of_form(fields, proposal, shown.get("groups", ()), faulty)
        try:
            if decision.action == "preview":
                ready = self.shared.review.decisions.preview(
                    proposal.id, request.state.who, numbers=decision.numbers, edits=decision.edits, seen=decision.seen
                )
                return self._shown(request, proposal, decision=decision, ready=ready)
            done = carry_out(self.shared, request, proposal, decision)
        except (Conflict, InputError) as error:
            fresh = self.shared.found(request)
            status = 412 if isinstance(error, Stale) else 409 if isinstance(error, Conflict) else 400
            return self._shown(request, fresh, status=status, told=error, decision=decision)
        return self.shared.to(request, f"/review/{proposal.id}", done=done)

    async def assign(self, request: Request) -> Response:
        """Take a proposal, give it to somebody, or to nobody."""
        fields = await read_fields(request, 10_000, self.site.settings.check_upload_seconds)
        return await run_in_threadpool(self._assign, request, fields)

    def _assign(self, request: Request, fields: Mapping[str, list[str]]) -> Response:
        proposal, to = self.shared.found(request), one(fields, "to")
        if to and to not in self.shared.people():
            raise InputError("this is nobody who decides here")
        version = one(fields, "version")
        number = int(version) if version.isascii() and version.isdigit() and len(version) < 9 else 0
        self.shared.review.decisions.assign(proposal.id, request.state.who, version=number, to=to)
        return self.shared.to(request, f"/review/{proposal.id}", done="assigned")


def carry_out(shared: Reviewing, request: Request, proposal: Proposal, decision: Decision) -> str:
    """Make a decision; a word for what it came to."""
    decisions, who = shared.review.decisions, request.state.who
    why = reason_text(shared, proposal, decision)
    if decision.action == "ask":
        decisions.ask(proposal.id, who, version=decision.version, why=why)
        return "asked"
    if decision.action == "refuse":
        decisions.refuse(proposal.id, who, version=decision.version, why=why)
        return "refused"
    done = decisions.accept(
        proposal.id, who, version=decision.version, seen=decision.seen, numbers=decision.numbers,
        edits=decision.edits, why=why, withheld=dict(decision.withheld),
    )  # fmt: skip
    return "waits" if done.waits else "accepted"


def reason_text(shared: Reviewing, proposal: Proposal, decision: Decision) -> str:
    """The reason as the author reads it: the chosen one in its language, then what the curator wrote."""
    text = partial(shared.site.messages, proposal.lang)
    chosen = text(f"review-reason-{decision.reason}") if decision.reason else ""
    return "\n".join(part for part in (chosen, decision.why.strip()) if part)


def shown_release(shared: Reviewing, proposal: Proposal) -> int:
    """The release that shows an accepted proposal, or the one that will."""
    if not proposal.entry:
        return 0
    shown: int | None = shared.desk.journal.release_of(proposal.entry)
    return shown or 0


def routes(site: Site) -> list[Route]:
    """The routes; those with a fixed word come before those with an id."""
    shared = Reviewing(site)
    desk, entries, api = Desk(shared), Entries(shared), Api(shared)
    return [
        Route("/review", desk.queue, methods=["GET"]),
        Route("/review/attention", entries.attention, methods=["GET"]),
        Route("/review/entries/{number}", entries.entry, methods=["GET"]),
        Route("/review/entries/{number}/revert", entries.revert, methods=["POST"]),
        Route("/review/releases/{number}", entries.release, methods=["GET"]),
        Route("/review/releases/{number}/rollback", entries.rollback, methods=["POST"]),
        Route("/review/{ident}", desk.proposal, methods=["GET"]),
        Route("/review/{ident}/decide", desk.decide, methods=["POST"]),
        Route("/review/{ident}/assign", desk.assign, methods=["POST"]),
        *api.routes(carry_out),
    ]


def _iri(concept: str, text: str, base: str) -> str:
    """The IRI of a source by its key or IRI."""
    if not text or text.startswith(("http://", "https://")):
        return text
    try:
        return thing(concept, text, base)
    except ValueError as error:
        raise NotFound("there is no such source") from error


def _theme(text: str, base: str) -> str:
    return text if not text or text.startswith(("http://", "https://")) else f"{base}/auth/theme/{text}"


