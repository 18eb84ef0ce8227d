"""Errors at the edge: an exception comes in, a problem document (RFC 9457) or a page goes out.

`HANDLERS` is the one table from exception to status. No answer carries a stack trace.
"""

import json
import logging
import secrets
from typing import Any, Final, NamedTuple

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from wallograph import errors
from wallograph.publish.negotiate import negotiate
from wallograph.web.i18n import request_language
from wallograph.web.site import Site

PROBLEM_JSON: Final = "application/problem+json"
_OFFERED: Final = (PROBLEM_JSON, "text/html")
_log = logging.getLogger("wallograph.web")


class Problem(Exception):
    """A refusal that a handler decides on. `members` are added to the problem document.

    `why` names a text that says the reason to people in their language; `spoken` is the language of the detail.
    """

    why: str = ""
    spoken: str = "en"

    def __init__(
        self,
        status: int,
        kind: str,
        detail: str = "",
        *,
        headers: dict[str, str] | None = None,
        **members: Any,
    ) -> None:
        super().__init__(detail)
        self.status, self.kind, self.detail = status, kind, detail
        self.headers, self.members = headers or {}, members


class Handler(NamedTuple):
    """How an exception is answered: the status, and the kind that names its texts and its `type`."""

    status: int
    kind: str


HANDLERS: Final[dict[type[Exception], Handler]] = {
    errors.NotFound: Handler(404, "not-found"),
    errors.QuerySyntaxError: Handler(400, "query-syntax"),
    errors.QueryRefused: Handler(400, "query-refused"),
    errors.QueryTimeout: Handler(503, "query-timeout"),
    errors.QueryTooLarge: Handler(503, "query-too-large"),
    errors.QueryBusy: Handler(503, "query-busy"),
    errors.CheckTimeout: Handler(503, "check-timeout"),
    errors.CheckTooLarge: Handler(413, "check-too-large"),
    errors.CheckBusy: Handler(503, "check-busy"),
    errors.PatchError: Handler(409, "conflict"),
    errors.Stale: Handler(412, "changed-meanwhile"),
    errors.KeyReused: Handler(422, "key-reused"),
    errors.Conflict: Handler(409, "conflict"),
    errors.TooMany: Handler(429, "quota"),
    errors.TooLarge: Handler(413, "too-large"),
    errors.InputError: Handler(400, "bad-request"),
    errors.LoginFailed: Handler(403, "login-failed"),
    errors.LoginThrottled: Handler(429, "login-throttled"),
    errors.ProviderFailed: Handler(502, "provider-failed"),
    errors.StateError: Handler(503, "unavailable"),
    errors.WallographError: Handler(500, "internal"),
}
_BY_STATUS: Final = {
    400: "bad-request", 401: "log-in", 403: "forbidden", 404: "not-found", 405: "method-not-allowed",
    406: "not-acceptable", 408: "upload-slow", 409: "conflict", 410: "gone", 412: "changed-meanwhile",
    413: "too-large", 415: "unsupported-media-type", 416: "range", 422: "unreadable",
    428: "no-if-match", 429: "rate-limited", 503: "unavailable",
}  # fmt: skip

_OF_SHARING: Final = {"share-too-large", "share-full", "not-makers"}

_OF_PEOPLE: Final = {"forgery", "not-linked"}

KINDS: Final = sorted({h.kind for h in HANDLERS.values()} | set(_BY_STATUS.values()) | _OF_SHARING | _OF_PEOPLE)


def problem_of(error: Exception) -> Problem:
    """Any exception as a problem. What was not raised on purpose becomes a bare 500."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, HTTPException):
        kind = _BY_STATUS.get(error.status_code, "internal" if error.status_code >= 500 else "bad-request")
        return Problem(error.status_code, kind, headers=dict(error.headers or {}))
    if isinstance(error, RequestValidationError):
        fields = [{"field": str(e["loc"][-1]), "message": str(e["msg"])} for e in error.errors()]
        return Problem(400, "bad-request", "; ".join(f"{f['field']}: {f['message']}" for f in fields), errors=fields)
    for kind_of_error, handler in HANDLERS.items():
        if isinstance(error, kind_of_error):
            return _known(error, handler)
    return Problem(500, "internal")


def _known(error: Exception, handler: Handler) -> Problem:
    names = ("line", "column", "entry", "version", "limit")
    members = {name: getattr(error, name) for name in names if getattr(error, name, None)}
    headers = {}
    if isinstance(error, errors.QueryBusy | errors.CheckBusy | errors.TooMany | errors.LoginThrottled):
        headers["Retry-After"] = str(error.retry_after)
    detail = "" if handler.status == 500 else str(error)
    return Problem(handler.status, handler.kind, detail, headers=headers, **members)


def answer(site: Site, request: Request, problem: Problem) -> Response:
    """The problem as a page or as application/problem+json, by Accept and in the asked language."""
    lang = request_language(request)
    headers = {"Cache-Control": "no-store" if problem.status >= 500 else "no-cache", **problem.headers}
    texts = {
        "title": site.messages(lang, f"problem-{problem.kind}"),
        "help": site.messages(lang, f"problem-{problem.kind}-help"),
    }
    if negotiate(request.headers.get("accept"), _OFFERED) == "text/html":
        response = _page(site, request, problem, lang, texts)
    else:
        response = _document(site, request, problem, texts)
    response.headers.update({**headers, "Vary": "Accept, Accept-Language", "Content-Language": lang})
    return response


def _document(site: Site, request: Request, problem: Problem, texts: dict[str, str]) -> Response:
    content = {
        "type": f"{site.base}/about/problems#{problem.kind}",
        "title": texts["title"],
        "status": problem.status,
        "detail": problem.detail or texts["help"],
        "instance": site.base + request.scope["path"],
        **problem.members,
    }
    body = json.dumps(content, ensure_ascii=False).encode("utf-8", "replace")
    return Response(body, problem.status, media_type=PROBLEM_JSON)


def _page(site: Site, request: Request, problem: Problem, lang: str, texts: dict[str, str]) -> Response:
    try:
        return site.render("problem.html", request, lang=lang, status=problem.status, problem=problem, **texts)
    except Exception:  # the page about a failure must not fail: say it in the other form
        _log.exception("the problem page failed")
        return _document(site, request, problem, texts)


def shown_path(path: str) -> str:
    """A path as it may stand in a log: a secret address may not."""
    secret = next((prefix for prefix in ("/validate/shared/", "/submissions/s/") if path.startswith(prefix)), "")
    return f"{secret}…" if secret else path


def allowed_methods(app: FastAPI, scope: Scope) -> list[str]:
    """The methods that routes take at this path, HEAD beside GET and OPTIONS among them; empty: no route."""
    found: set[str] = set()
    for method in ("GET", "POST", "PUT", "DELETE", "PATCH"):
        asked = {**scope, "type": "http", "method": method}
        if any(route.matches(asked)[0].value == 2 for route in app.router.routes):
            found.add(method)
    if "GET" in found:
        found.add("HEAD")
    return [*sorted(found), "OPTIONS"] if found else []


def install(app: FastAPI, site: Site) -> None:
    """Register the handlers of everything that is raised on purpose."""

    async def handle(request: Request, error: Exception) -> Response:
        problem = problem_of(error)
        if problem.status == 405:
            problem.headers["Allow"] = ", ".join(allowed_methods(app, request.scope))
        return answer(site, request, problem)

    for kind in (Problem, HTTPException, RequestValidationError, errors.WallographError):
        app.add_exception_handler(kind, handle)


class Unexpected:
    """ASGI: what nobody foresaw becomes a 500 with an id that stands in the log beside the trace."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self.app, self.site = app, site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except Exception:
            ident = secrets.token_hex(8)
            _log.exception("unexpected error %s at %s", ident, shown_path(scope["path"]))
            if started:
                raise
            response = answer(self.site, Request(scope), Problem(500, "internal", id=ident))
            await response(scope, receive, send)
