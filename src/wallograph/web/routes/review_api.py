"""The API of the desk: /api/review.

In: JSON of curators, with a token or a session. Out: JSON and problem documents. A decision says in `If-Match` which
version of the proposal it is on: 428 without, 412 when it was changed, 409 when it stands against what was decided.
"""

from collections.abc import Callable
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from wallograph.curation.model import OPEN, Proposal
from wallograph.curation.publisher_status import publisher_status
from wallograph.curation.rollback import roll_back
from wallograph.errors import Unfit
from wallograph.web.errors import Problem, problem_of
from wallograph.web.routes.api_input import json_object, matched, require_json, tag_of
from wallograph.web.routes.review_base import PRIVATE, Reviewing, number_in
from wallograph.web.routes.review_entries import attention
from wallograph.web.routes.review_input import Decision, of_json

CarryOut = Callable[[Reviewing, Request, Proposal, Decision], str]
ACTIONS: Final = ("accept", "ask", "refuse")
_MOST: Final = 4_000_000
_PAGE: Final = 100


class Api:
    """The handlers."""

    def __init__(self, shared: Reviewing) -> None:
        self.shared, self.site = shared, shared.site
        self._carry_out: CarryOut | None = None

    def routes(self, carry_out: CarryOut) -> list[Route]:
        """The routes; `carry_out` makes a decision."""
        self._carry_out = carry_out
        return [
            Route("/api/review", self.queue, methods=["GET"]),
            Route("/api/review/attention", self.attention, methods=["GET"]),
            Route("/api/review/entries/{number}/revert", self.revert, methods=["POST"]),
            Route("/api/review/releases/{number}/rollback", self.rollback, methods=["POST"]),
            Route("/api/review/{ident}", self.one, methods=["GET"]),
            Route("/api/review/{ident}/{action}", self.decide, methods=["POST"]),
        ]

    def queue(self, request: Request) -> Response:
        """The open proposals, oldest first."""
        text = request.query_params.get("after", "0")
        after = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
        found = self.shared.desk.proposals.search(OPEN, limit=_PAGE, after=after)
        rows = [
            {
                "id": row.id, "kind": row.kind.value, "state": row.state.value, "version": row.version,
                "made": row.made, "title": row.title, "adds": row.adds, "retracts": row.retracts,
                "assigned": row.assigned or None, "url": f"{self.site.base}/api/review/{row.id}",
            }
            for row in found
        ]  # fmt: skip
        more = f"{self.site.base}/api/review?after={found[-1].seq}" if len(found) == _PAGE else None
        return JSONResponse({"proposals": rows, "next": more}, headers=PRIVATE)

    def one(self, request: Request) -> Response:
        """A proposal with its difference, findings and events."""
        proposal = self.shared.found(request)
        outcome = self.shared.outcome(proposal)
        waiting = self.shared.review.decisions.seconded.waiting(proposal.id, proposal.version)
        return self._answer(proposal, {
            "difference": self.shared.difference(proposal), "findings": outcome.get("findings", []),
            "events": [
                {"at": event.at, "what": event.what, "who": event.who or None, "why": event.why}
                for event in self.shared.desk.proposals.events(proposal.id)
            ],
            "waits": {"who": waiting.who, "statements": list(waiting.numbers)} if waiting else None,
        })  # fmt: skip

    def attention(self, request: Request) -> Response:
        """What is to be looked at: of the publisher, and of the last rebuild."""
        status = publisher_status(self.shared.desk.db)
        failed = [{"entry": one.number, "reason": one.reason, "at": one.at} for one in status.failed]
        publisher = {"trouble": status.trouble, "since": status.since, "waiting": status.waiting, "failed": failed}
        found = attention(self.site.state, self.site.now().release)
        return JSONResponse({"publisher": publisher, **found}, headers=PRIVATE)

    async def decide(self, request: Request) -> Response:
        """accept, ask, refuse or assign."""
        values = await self._json(request)
        return await run_in_threadpool(self._decide, request, values)

    def _decide(self, request: Request, values: dict[str, Any]) -> Response:
        action, version = str(request.path_params["action"]), matched(request)
        if action not in (*ACTIONS, "assign"):
            raise Problem(404, "not-found")
        proposal = self.shared.found(request)
        if action == "assign":
            to = values.get("to")
            if not isinstance(to, str) or (to and to not in self.shared.people()):
                raise Problem(400, "bad-request", "'to' is the id of somebody who decides here, or empty.")
            self.shared.review.decisions.assign(proposal.id, request.state.who, version=version, to=to)
            return self._answer(self.shared.found(request), {"done": "assigned"})
        decision = of_json(action, values, proposal, version)
        assert self._carry_out is not None
        try:
            done = self._carry_out(self.shared, request, proposal, decision)
        except Unfit as error:
            problem = problem_of(error)
            problem.members["details"] = error.details
            raise problem from error
        decided = self.shared.found(request)
        coming = self.shared.review.coming() if done == "accepted" else None
        return self._answer(decided, {"done": done, "release": coming})

    async def revert(self, request: Request) -> Response:
        """Take an entry back."""
        values = await self._json(request)
        return await run_in_threadpool(self._revert, request, values)

    def _revert(self, request: Request, values: dict[str, Any]) -> Response:
        number = number_in(str(request.path_params["number"]), "entry")
        try:
            done = self.shared.review.reverts.revert(number, request.state.who, why=_why(values))
        except Unfit as error:
            problem = problem_of(error)
            problem.members["details"] = error.details
            raise problem from error
        return self._made(done.entry.number, done.release)

    async def rollback(self, request: Request) -> Response:
        """Go back to a release."""
        values = await self._json(request)
        return await run_in_threadpool(self._rollback, request, values)

    def _rollback(self, request: Request, values: dict[str, Any]) -> Response:
        number = number_in(str(request.path_params["number"]), "release")
        decisions = self.shared.review.decisions
        done = roll_back(decisions, self.site.state, number, request.state.who, why=_why(values))
        return self._made(done.entry.number, done.release)

    def _made(self, entry: int, release: int) -> Response:
        address = f"{self.site.base}/journal/{entry}"
        return JSONResponse({"entry": entry, "release": release}, 201, {"Location": address, **PRIVATE})

    def _answer(self, proposal: Proposal, more: dict[str, Any]) -> Response:
        content = {
            "id": proposal.id, "kind": proposal.kind.value, "state": proposal.state.value,
            "version": proposal.version, "note": proposal.note, "assigned": proposal.assigned or None,
            "changes": [change.values() for change in proposal.changes], "accepted": list(proposal.accepted),
            "entry": proposal.entry or None, "published": proposal.published or None, **more,
        }  # fmt: skip
        return JSONResponse(content, headers={"ETag": tag_of(proposal), **PRIVATE})

    async def _json(self, request: Request) -> dict[str, Any]:
        require_json(request)
        return await json_object(request, _MOST, self.site.settings.check_upload_seconds)


def _why(values: dict[str, Any]) -> str:
    why = values.get("why")
    if not isinstance(why, str) or set(values) != {"why"}:
        raise Problem(400, "bad-request", "The body has 'why', a text, and nothing else.")
    return why
