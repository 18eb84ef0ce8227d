"""The duplicate desk for programs: /api/curation/identity.

In: JSON and a token of a curator. Out: pairs that wait, decisions, what a decision came to; problem documents.
"""

from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from wallograph.curation.identity import Identities, Judged
from wallograph.curation.identity_log import Made
from wallograph.curation.pairs import Asked
from wallograph.web.errors import Problem
from wallograph.web.routes.api_input import json_object, require_json
from wallograph.web.routes.identity import IdentityDesk

START: Final = "/api/curation/identity"
_MOST: Final = 20_000  # bytes
_PAGE: Final = 100


class IdentityApi:
    """The handlers."""

    def __init__(self, desk: IdentityDesk) -> None:
        self.desk, self.site = desk, desk.site

    @property
    def identities(self) -> Identities:
        """The decisions of this installation."""
        return self.desk.identities

    def pairs(self, _: Request) -> Response:
        """What waits for a person."""
        return JSONResponse({"pairs": [_asked(asked) for asked in self.identities.queue()]})

    def decisions(self, request: Request) -> Response:
        """The decisions after a number, oldest first."""
        after = _whole(request.query_params.get("after", "0"))
        found = [made for made in self.identities.made()[::-1] if made.entry > after]
        told: dict[str, Any] = {"decisions": [_made(made) for made in found[:_PAGE]]}
        if len(found) > _PAGE:
            told["next"] = f"{self.site.base}{START}/decisions?after={found[_PAGE - 1].entry}"
        return JSONResponse(told)

    def decision(self, request: Request) -> Response:
        """One decision."""
        return JSONResponse(_made(self.identities.decision(_number(request))))

    async def judge(self, request: Request) -> Response:
        """Decide."""
        said = await self._json(request, ("left", "right", "verdict", "why"))
        return await run_in_threadpool(self._judge, request, said)

    def _judge(self, request: Request, said: dict[str, str]) -> Response:
        pairs = self.identities.pairs()
        left, right = (self.desk.key(pairs, said[name]) for name in ("left", "right"))
        return self._done(self.identities.judge(left, right, said["verdict"], request.state.who, why=said["why"]))

    async def undo(self, request: Request) -> Response:
        """Take a decision back."""
        number, said = _number(request), await self._json(request, ("why",))
        return self._done(
            await run_in_threadpool(
                lambda: self.identities.withdraw(number, request.state.who, why=said["why"])
            )
        )

    def _done(self, done: Judged) -> Response:
        made = self.identities.decision(done.entry.number)
        address = f"{self.site.base}{START}/decisions/{done.entry.number}"
        return JSONResponse({**_made(made), "coming": done.release}, 201, {"Location": address})

    async def _json(self, request: Request, names: tuple[str, ...]) -> dict[str, str]:
        require_json(request)
        values = await json_object(request, _MOST, self.site.settings.check_upload_seconds)
        if not all(isinstance(values.get(name), str) for name in names):
            raise Problem(400, "bad-request", f"The body is an object with texts: {', '.join(names)}.")
        return {name: values[name] for name in names}


def _asked(asked: Asked) -> dict[str, Any]:
    return {
        "kind": asked.kind, "left": asked.left, "right": asked.right, "leftThing": asked.left_iri,
        "rightThing": asked.right_iri, "leftName": asked.left_name, "rightName": asked.right_name,
        "score": asked.score, "features": [{"name": name, "weight": weight} for name, weight in asked.features],
        "survivor": asked.survivor, "again": asked.before.entry if asked.before else None,
    }  # fmt: skip


def _made(made: Made) -> dict[str, Any]:
    return {
        "entry": made.entry, "at": made.at, "who": made.who, "why": made.why, "verdict": made.verdict or None,
        "left": made.left, "right": made.right, "leftThing": made.left_iri, "rightThing": made.right_iri,
        "withdraws": made.withdraws or None, "withdrawnBy": made.by or None, "redirects": dict(made.redirects),
        "added": made.adds, "removed": made.deletes, "held": list(made.held),
        "toPlace": [{"entry": entry, "statements": list(numbers)} for entry, numbers in made.to_place],
    }  # fmt: skip


def _number(request: Request) -> int:
    return _whole(str(request.path_params["entry"]), 404)


def _whole(text: str, status: int = 400) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 12:
        raise Problem(status, "not-found" if status == 404 else "bad-request")
    return int(text)


def routes(desk: IdentityDesk) -> list[Route]:
    """The routes of the API."""
    api = IdentityApi(desk)
    return [
        Route(f"{START}/pairs", api.pairs, methods=["GET"]),
        Route(f"{START}/decisions", api.decisions, methods=["GET"]),
        Route(f"{START}/decisions", api.judge, methods=["POST"]),
        Route(f"{START}/decisions/{{entry}}", api.decision, methods=["GET"]),
        Route(f"{START}/decisions/{{entry}}/undo", api.undo, methods=["POST"]),
    ]
