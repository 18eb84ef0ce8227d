"""The middleware that keeps the table of rights: it finds out who asks, and whether the route may answer.

In: a request. Out: what the route answers, or 401, 403, or a redirect to the log-in. Sets `request.state.who`,
`.csrf` and `.secrets` for the handler.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from re import Pattern
from typing import Any, Final
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, compile_path
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from wallograph.accounts.model import AUTHOR, PUBLIC, Person
from wallograph.accounts.sessions import csrf_of
from wallograph.accounts.tokens import PREFIX
from wallograph.errors import WallographError
from wallograph.publish.negotiate import negotiate
from wallograph.web.addresses import local_path
from wallograph.web.csrf import SAFE, check_origin, check_token
from wallograph.web.errors import PROBLEM_JSON, Problem, answer, problem_of
from wallograph.web.rights import RULES, Rule, is_closed
from wallograph.web.sessions import SESSION, author_secrets, read_cookie, without_ours
from wallograph.web.site import Site

_log = logging.getLogger("wallograph.rights")
_LONGEST_TOKEN: Final = 200
REALM: Final = 'Bearer realm="wallograph"'


@dataclass(frozen=True, slots=True)
class Known:
    """One route, as it is matched: its whole template."""

    template: str
    methods: frozenset[str]
    pattern: Pattern[str]


def known_routes(routes: Iterable[BaseRoute], prefix: str = "") -> Iterator[Known]:
    """All routes in their order, those of included routers among them. What is mounted takes every method."""
    for route in routes:
        included: Any = route if hasattr(route, "original_router") else None
        if included is not None:
            yield from known_routes(included.original_router.routes, prefix + included.include_context.prefix)
            continue
        path = prefix + str(getattr(route, "path", ""))
        mounted = isinstance(route, Mount)
        pattern, _, _ = compile_path(path + "/{path:path}" if mounted else path)
        methods = frozenset(getattr(route, "methods", None) or ())
        yield Known(path, methods, pattern)


class Rights:
    """ASGI: lets a request through to its route, or answers that it may not."""

    def __init__(self, app: ASGIApp, site: Site, routes: Callable[[], Iterable[BaseRoute]]) -> None:
        self.app, self.site, self._routes = app, site, routes
        self._known: tuple[Known, ...] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        state = scope.setdefault("state", {})
        state["who"], state["csrf"], state["secrets"] = None, "", ()
        if not is_closed(scope["path"]):
            await self.app(_without_people(scope), receive, send)
            return
        unstored = _unstored(send)
        try:
            receive = await self._admit(scope, receive)
        except (Problem, WallographError, _ToLogin) as error:
            response = self._refusal(Request(scope), error)
            await response(scope, receive, unstored)
            return
        await self.app(scope, receive, unstored)

    async def _admit(self, scope: Scope, receive: Receive) -> Receive:
        """Find out who asks, and whether it may; the body to be read on."""
        request = Request(scope)
        rule = self._rule(scope)
        who, bearer = await self._who(request)
        if who is None and not bearer:
            request.state.secrets = author_secrets(self.site, request)
        request.state.who = who
        tokens = self._csrf(request, who)
        request.state.csrf = tokens[0] if tokens else ""
        if rule is not None:
            self._check(request, rule, who)
        if scope["method"] in SAFE or bearer:
            return receive
        check_origin(request, self.site.base)
        if rule is not None and rule.right == PUBLIC and who is None:
            return receive  # nobody's authority is used; a form may be older than the first cookie of an author
        return await check_token(scope, receive, tokens) if tokens else receive

    def _rule(self, scope: Scope) -> Rule | None:
        """The rule of the route that will answer; None when none will (404, 405). 403 for one without a rule."""
        if self._known is None:
            self._known = tuple(known_routes(self._routes()))
        method = scope["method"]
        for known in self._known:
            if known.pattern.match(scope["path"]) and (method in known.methods or not known.methods):
                found = RULES.get((known.template, method))
                if found is None:
                    _log.error("no rule for %s %s: denied", method, known.template)
                    raise Problem(403, "forbidden")
                return found
        return None

    async def _who(self, request: Request) -> tuple[Person | None, bool]:
        """Who asks, and whether it came with a bearer: then no cookie counts."""
        given = request.headers.get("authorization")
        if given is not None:
            scheme, _, token = given.partition(" ")
            token = token.strip()
            if scheme.lower() != "bearer" or not token or len(token) > _LONGEST_TOKEN:
                raise _unknown("invalid_request")
            if not token.startswith(PREFIX):
                request.state.secrets = (token,)
                return None, True
            who = await run_in_threadpool(self._of_token, token)
            if who is None:
                raise _unknown("invalid_token")
            return who, True
        secret = read_cookie(self.site, request, SESSION)
        if not secret:
            return None, False
        return await run_in_threadpool(self._of_session, secret), False

    def _of_token(self, token: str) -> Person | None:
        people = self.site.people()
        return people.tokens.find(token, people.now())

    def _of_session(self, secret: str) -> Person | None:
        people = self.site.people()
        return people.sessions.find(secret, people.now())

    def _csrf(self, request: Request, who: Person | None) -> tuple[str, ...]:
        """What a form must carry, one of them: of the session, or of the secrets that came as a cookie."""
        if who is not None:
            return (who.csrf,) if who.csrf else ()
        bearer = "authorization" in request.headers
        return () if bearer else tuple(csrf_of(secret) for secret in request.state.secrets)

    def _check(self, request: Request, rule: Rule, who: Person | None) -> None:
        if rule.right == PUBLIC:
            return
        if rule.right == AUTHOR and (who is not None or request.state.secrets):
            return
        if who is None:
            raise self._unauthenticated(request)
        if not who.may(rule.right) or (rule.session and who.token) or (who.reads and request.method not in SAFE):
            raise Problem(403, "forbidden", right=rule.right)

    def _unauthenticated(self, request: Request) -> Exception:
        if negotiate(request.headers.get("accept"), (PROBLEM_JSON, "text/html")) != "text/html":
            return _unknown("")
        return _ToLogin(_back(self.site, request))

    def _refusal(self, request: Request, error: Exception) -> Response:
        if isinstance(error, _ToLogin):
            lang = request.query_params.get("lang", "")
            address = self.site.url("/account/login", to=error.back, lang=lang)
            return RedirectResponse(address, 303, {"Vary": "Accept, Authorization, Cookie"})
        response = answer(self.site, request, problem_of(error))
        if response.status_code in (401, 403):
            response.headers["Connection"] = "close"  # what is left of a body is not read
        return response


class _ToLogin(Exception):
    """A browser is sent to the log-in, and `back` afterwards."""

    def __init__(self, back: str) -> None:
        super().__init__(back)
        self.back = back


def _unknown(error: str) -> Problem:
    """401 for programs."""
    challenge = f'{REALM}, error="{error}"' if error else REALM
    return Problem(401, "log-in", headers={"WWW-Authenticate": challenge})


def _back(site: Site, request: Request) -> str:
    """Where to go after the log-in: here, or after a form that was sent too late, the page it stood on."""
    path = request.scope["path"]
    query = request.scope["query_string"].decode("latin-1")
    if request.method not in SAFE:
        said = urlsplit(request.headers.get("referer", ""))
        path, query = said.path.removeprefix(site.url("/").rstrip("/")), said.query
    found = local_path(path + (f"?{query}" if query else ""))
    return found if is_closed(found.partition("?")[0]) else "/account"


def _without_people(scope: Scope) -> Scope:
    """The same request without our cookies."""
    if not any(name == b"cookie" for name, _ in scope["headers"]):
        return scope
    headers: list[tuple[bytes, Any]] = []
    for name, value in scope["headers"]:
        kept = without_ours(value) if name == b"cookie" else value
        if kept or name != b"cookie":
            headers.append((name, kept))
    return {**scope, "headers": headers}


def _unstored(send: Send) -> Send:
    """Nothing of these pages is kept by a cache, whatever the handler says."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            others = [header for header in message["headers"] if header[0].lower() != b"cache-control"]
            message["headers"] = [*others, (b"cache-control", b"no-store")]
        await send(message)

    return sent
