"""Logging in and out, by password or by an OpenID provider.

In: the forms of the log-in page. Out: a session as a cookie, and a redirect that stays on this host. Log lines name
accounts by their opaque ids only; what was typed is in none.
"""

import logging
import math
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from wallograph.accounts.login import DEVICE_DAYS, Attempt
from wallograph.accounts.oidc_flow import LASTS, OidcFlow
from wallograph.errors import LoginFailed, LoginThrottled, NotFound
from wallograph.outgoing.door import Door
from wallograph.web.addresses import local_path
from wallograph.web.browser import browser_of
from wallograph.web.errors import Problem
from wallograph.web.limiter import RateLimiter, client_address
from wallograph.web.routes.validate_input import read_fields
from wallograph.web.sessions import BROWSER, OIDC, SESSION, drop_cookie, read_cookie, set_cookie
from wallograph.web.site import Site
from wallograph.web.slow import Slow

_log = logging.getLogger("wallograph.accounts")
FORM_BYTES: Final = 20_000
FORM_SECONDS: Final = 10.0
_FLOWS: Final = 30  # log-ins by the provider that one address may begin in a minute


async def fields_of(request: Request) -> dict[str, str]:
    """The fields of a small form; of one that is given several times, the first."""
    found = await read_fields(request, FORM_BYTES, FORM_SECONDS)
    return {name: values[0] for name, values in found.items()}


class Entrance:
    """The handlers."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._flow: OidcFlow | None = None
        self._flows = RateLimiter(_FLOWS)
        self._hashing, self._asking = Slow(2), Slow(4)  # strangers can ask for both

    async def login(self, request: Request) -> Response:
        """The form; or what was typed in it."""
        if request.method == "POST":
            fields = await fields_of(request)
            return await self._hashing.run(self._enter, request, fields)
        back = local_path(request.query_params.get("to", ""))
        if request.state.who is not None:
            return self.sent(request, back)
        return await run_in_threadpool(self.form, request, back)

    def _enter(self, request: Request, fields: dict[str, str]) -> Response:
        people, back = self.site.people(), local_path(fields.get("to", ""))
        address = client_address(request, self.site.settings.trusted_proxies)
        device = read_cookie(self.site, request, BROWSER)
        attempt = Attempt(
            fields.get("login", ""), fields.get("password", ""), fields.get("code", ""), address, device
        )  # fmt: skip
        try:
            account, device = people.logins.enter(attempt, people.now())
        except LoginThrottled as error:
            _log.warning("a log-in was throttled")
            minutes = math.ceil(error.retry_after / 60)
            response = self.form(request, back, "account-throttled", status=429, typed=attempt.login, minutes=minutes)
            response.headers["Retry-After"] = str(error.retry_after)
            return response
        except LoginFailed:
            _log.warning("a log-in failed")
            return self.form(request, back, "account-failed", status=403, typed=attempt.login)
        old = read_cookie(self.site, request, SESSION)
        secret = people.sessions.begin(
            account, people.now(), way="password", browser=browser_of(request), instead=old
        )  # fmt: skip
        _log.info("account %s logged in by password", account.id)
        response = self.sent(request, back)
        set_cookie(self.site, response, SESSION, secret)
        set_cookie(self.site, response, BROWSER, device, seconds=DEVICE_DAYS * 86400)
        return response

    async def logout(self, request: Request) -> Response:
        """End the session of this browser."""
        await fields_of(request)
        secret = read_cookie(self.site, request, SESSION)
        if secret:
            await run_in_threadpool(self.site.people().sessions.end, secret)
        response = self.sent(request, "/account/login")
        drop_cookie(self.site, response, SESSION)
        response.headers["Clear-Site-Data"] = '"cache"'
        return response

    # -- by the provider

    async def begin(self, request: Request) -> Response:
        """To the OpenID provider."""
        return await self._asking.run(self._begin, request)

    def _begin(self, request: Request) -> Response:
        flow, back = self._limited(request), local_path(request.query_params.get("to", ""))
        begun = flow.begin(self.site.people().now())
        response = RedirectResponse(begun.address, 303)
        set_cookie(self.site, response, OIDC, f"{begun.secret}.{back.encode().hex()}", seconds=LASTS)
        return response

    async def end(self, request: Request) -> Response:
        """Back from the provider."""
        return await self._asking.run(self._end, request)

    def _end(self, request: Request) -> Response:
        flow, people = self._limited(request), self.site.people()
        secret, _, kept = read_cookie(self.site, request, OIDC).partition(".")
        back = local_path(_unhex(kept))
        said = dict(request.query_params)
        try:
            identity = flow.end(secret, said, people.now())
            account = people.accounts.by_subject(identity.issuer, identity.subject)
            account = people.logins.enter_linked(account, people.now())
        except LoginFailed as error:
            _log.warning("a log-in by the provider failed: %s", error)
            response: Response = self.form(request, back, "account-oidc-failed", status=403)
            drop_cookie(self.site, response, OIDC)
            return response
        except NotFound:
            raise Problem(
                403, "not-linked", f"{identity.issuer} {identity.subject}", issuer=identity.issuer,
                subject=identity.subject,
            ) from None  # fmt: skip
        old = read_cookie(self.site, request, SESSION)
        new = people.sessions.begin(account, people.now(), way="oidc", browser=browser_of(request), instead=old)
        _log.info("account %s logged in by the provider", account.id)
        response = self.sent(request, back)
        set_cookie(self.site, response, SESSION, new)
        drop_cookie(self.site, response, OIDC)
        return response

    def _limited(self, request: Request) -> OidcFlow:
        """The flow, for who does not ask for it too often; 404 when there is no provider."""
        wait = self._flows.wait(client_address(request, self.site.settings.trusted_proxies))
        if wait:
            raise Problem(429, "login-throttled", headers={"Retry-After": str(math.ceil(wait))})
        if self._flow is None:
            rules = self.site.settings.oidc()
            if rules is None:
                raise NotFound("no OpenID provider is set")
            door = Door(self.site.settings.outgoing())
            self._flow = OidcFlow(rules, door, f"{self.site.base}/account/oidc/callback")
        return self._flow

    # -- the page

    def form(
        self, request: Request, back: str, failed: str = "", *, status: int = 200, typed: str = "", minutes: int = 0
    ) -> Response:
        """The log-in page, with what went wrong."""
        return self.site.render(
            "account_login.html", request, status=status, back=back, failed=failed, typed=typed[:64], minutes=minutes,
            oidc=self.site.settings.oidc(),
        )  # fmt: skip

    def sent(self, request: Request, back: str) -> Response:
        """303 to a page of this host, in the language that was asked for."""
        lang = request.query_params.get("lang", "")
        path, _, query = back.partition("?")
        address = self.site.url(path) + (f"?{query}" if query else "")
        if lang and "lang=" not in query:
            address += f"{'&' if query else '?'}lang={lang}" if lang.isalpha() and lang.isascii() else ""
        return RedirectResponse(address, 303)


def _unhex(text: str) -> str:
    try:
        return bytes.fromhex(text).decode("ascii")
    except ValueError:
        return ""


def routes(site: Site) -> list[Route]:
    """The routes."""
    entrance = Entrance(site)
    return [
        Route("/account/login", entrance.login, methods=["GET", "POST"]),
        Route("/account/logout", entrance.logout, methods=["POST"]),
        Route("/account/oidc", entrance.begin, methods=["GET"]),
        Route("/account/oidc/callback", entrance.end, methods=["GET"]),
    ]
