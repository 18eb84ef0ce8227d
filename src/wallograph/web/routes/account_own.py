"""The page of one's own account: password, second factor, sessions, tokens.

In: forms of somebody who is logged in. Out: the page; a token or recovery codes are shown once, in the answer to the
form that made them. What is weighty asks for the password, and the code, again.
"""

import io
from datetime import UTC, datetime
from typing import Any, Final

import segno
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from wallograph.accounts.model import Account, Person, Role
from wallograph.accounts.sessions import csrf_of
from wallograph.accounts.tokens import LONGEST_DAYS
from wallograph.errors import InputError, LoginFailed, LoginThrottled, NotFound
from wallograph.web.browser import browser_of
from wallograph.web.errors import Problem
from wallograph.web.routes.account import fields_of
from wallograph.web.sessions import SESSION, set_cookie
from wallograph.web.site import Site

_DAYS: Final = (30, 90, 180, 366)


class OwnAccount:
    """The handlers. The middleware has made sure that somebody is logged in."""

    def __init__(self, site: Site) -> None:
        self.site = site

    def page(self, request: Request) -> Response:
        """The page."""
        return self._page(request)

    def me(self, request: Request) -> Response:
        """Who asks, for programs."""
        who: Person = request.state.who
        return JSONResponse({
            "id": who.id, "login": who.login, "name": who.name, "role": str(who.role),
            "sources": list(who.account.sources), "themes": list(who.account.themes),
            "readOnly": who.reads, "by": "token" if who.token else "session",
        })  # fmt: skip

    async def password(self, request: Request) -> Response:
        """Another password: all other sessions end, this one gets a new secret."""
        return await run_in_threadpool(self._password, request, await fields_of(request))

    def _password(self, request: Request, fields: dict[str, str]) -> Response:
        people, account = self.site.people(), _account(request)
        if not account.has_password:
            raise Problem(403, "forbidden")
        try:
            if fields.get("new", "") != fields.get("again", ""):
                return self._page(request, failed="account-not-same", status=422)
            people.logins.confirm(account, fields.get("password", ""), fields.get("code", ""), people.now())
            if account.login in fields.get("new", "").casefold():
                return self._page(request, failed="account-weak", status=422)
            people.accounts.set_password(account.id, people.passwords.hash(fields.get("new", "")))
        except (LoginFailed, LoginThrottled) as error:
            return self._unconfirmed(request, error)
        except InputError:
            return self._page(request, failed="account-weak", status=422)
        return self._renewed(request, self._to(request, "/account", done="password"))

    # -- the second factor

    async def totp(self, request: Request) -> Response:
        """The seed as a picture; a new one; or the code that proves that an app has it."""
        if request.method != "POST":
            return await run_in_threadpool(self._totp_page, request)
        return await run_in_threadpool(self._totp, request, await fields_of(request))

    def _totp(self, request: Request, fields: dict[str, str]) -> Response:
        people, account = self.site.people(), _account(request)
        if fields.get("do") == "offer":
            try:
                people.logins.confirm(account, fields.get("password", ""), fields.get("code", ""), people.now())
            except (LoginFailed, LoginThrottled) as error:
                return self._unconfirmed(request, error)
            people.factor.offer(account)
            return self._to(request, "/account/totp")
        try:
            codes = people.factor.confirm(account, fields.get("code", ""), people.now())
        except LoginFailed:
            return self._totp_page(request, failed="account-totp-wrong", status=422)
        secret = self._begin(request)
        request.state.csrf = csrf_of(secret)
        response = self.site.render("account_codes.html", request, codes=codes)
        set_cookie(self.site, response, SESSION, secret)
        return response

    def _totp_page(self, request: Request, *, failed: str = "", status: int = 200) -> Response:
        address = self.site.people().factor.offered(_account(request))
        if not address:
            return self._to(request, "/account")
        seed = address.partition("secret=")[2].partition("&")[0]
        groups = " ".join(seed[place : place + 4] for place in range(0, len(seed), 4))
        return self.site.render(
            "account_totp.html", request, status=status, failed=failed, picture=_qr(address), seed=groups
        )  # fmt: skip

    async def totp_off(self, request: Request) -> Response:
        """No second factor any more."""
        return await run_in_threadpool(self._totp_off, request, await fields_of(request))

    def _totp_off(self, request: Request, fields: dict[str, str]) -> Response:
        people, account = self.site.people(), _account(request)
        try:
            people.logins.confirm(account, fields.get("password", ""), fields.get("code", ""), people.now())
        except (LoginFailed, LoginThrottled) as error:
            return self._unconfirmed(request, error)
        people.factor.remove(account)
        return self._renewed(request, self._to(request, "/account", done="totp-off"))

    # -- sessions and tokens

    async def end_sessions(self, request: Request) -> Response:
        """End one other session, or all others."""
        return await run_in_threadpool(self._end_sessions, request, await fields_of(request))

    def _end_sessions(self, request: Request, fields: dict[str, str]) -> Response:
        people, who = self.site.people(), request.state.who
        if fields.get("session"):
            people.sessions.end_one(who.account, fields["session"])
        else:
            people.sessions.end_others(who.account, who.session)
        return self._to(request, "/account", done="ended")

    async def make_token(self, request: Request) -> Response:
        """A new token, shown in the answer and never again."""
        return await run_in_threadpool(self._make_token, request, await fields_of(request))

    def _make_token(self, request: Request, fields: dict[str, str]) -> Response:
        people, account = self.site.people(), _account(request)
        days, right = fields.get("days", ""), fields.get("right", "")
        if not days.isascii() or not days.isdigit() or len(days) > 4 or right not in set(Role):
            raise Problem(400, "bad-request", f"'right' is a role, 'days' a number up to {LONGEST_DAYS}.")
        try:
            people.logins.confirm(account, fields.get("password", ""), fields.get("code", ""), people.now())
            _, secret = people.tokens.make(
                account, fields.get("name", ""), Role(right), int(days), people.now(), reads=bool(fields.get("reads"))
            )
        except (LoginFailed, LoginThrottled) as error:
            return self._unconfirmed(request, error)
        return self._page(request, token=secret, status=201)

    async def revoke_token(self, request: Request) -> Response:
        """End a token."""
        await fields_of(request)
        people = self.site.people()
        await run_in_threadpool(people.tokens.revoke, _account(request), request.path_params["token"])
        return self._to(request, "/account", done="revoked")

    # -- what they share

    def _page(self, request: Request, *, failed: str = "", token: str = "", status: int = 200) -> Response:
        people, who = self.site.people(), request.state.who
        account, now = people.accounts.get(who.id), people.now()
        shown: dict[str, Any] = {
            "account": account,
            "roles": [role for role in Role if role.rank <= account.role.rank],
            "days": _DAYS,
            "sessions": [
                (each, _moment(each.made), _moment(each.seen)) for each in people.sessions.of(account, now)
            ],
            "tokens": [
                (each, _moment(each.made), _moment(each.ends), _moment(each.used), each.ends <= now.timestamp())
                for each in people.tokens.of(account)
            ],
            "links": people.accounts.subjects(account.id),
            "codes_left": people.factor.left(account),
            "can_totp": people.factor.is_possible(),
        }  # fmt: skip
        done = request.query_params.get("done", "")
        done = done if done in ("password", "totp-off", "ended", "revoked") and not failed else ""
        return self.site.render(
            "account.html", request, status=status, failed=failed, done=done, token=token, **shown
        )  # fmt: skip

    def _unconfirmed(self, request: Request, error: LoginFailed | LoginThrottled) -> Response:
        if isinstance(error, LoginThrottled):
            response = self._page(request, failed="account-throttled-short", status=429)
            response.headers["Retry-After"] = str(error.retry_after)
            return response
        return self._page(request, failed="account-not-confirmed", status=403)

    def _begin(self, request: Request) -> str:
        """A new session for the same browser: what the account may do has changed, and all others are over."""
        people = self.site.people()
        account = people.accounts.get(_account(request).id)
        return people.sessions.begin(account, people.now(), way="password", browser=browser_of(request))

    def _renewed(self, request: Request, response: Response) -> Response:
        set_cookie(self.site, response, SESSION, self._begin(request))
        return response

    def _to(self, request: Request, path: str, **query: str) -> Response:
        lang = request.query_params.get("lang", "")
        return RedirectResponse(self.site.url(path, **query, lang=lang), 303)


def _account(request: Request) -> Account:
    who: Person = request.state.who
    if who is None:
        raise NotFound("nobody is logged in")
    return who.account


def _moment(seconds: int) -> tuple[str, str]:
    """Day and time, in UTC; empty for never."""
    if not seconds:
        return "", ""
    found = datetime.fromtimestamp(seconds, tz=UTC)
    return found.strftime("%Y-%m-%d"), found.strftime("%H:%M")


def _qr(address: str) -> str:
    """The address as a picture that an app reads: SVG without any style, to stand in the page."""
    out = io.BytesIO()
    segno.make(address, error="m").save(
        out, kind="svg", scale=5, border=4, dark="#000", light="#fff", xmldecl=False, svgns=False, nl=False,
        svgclass="qr", lineclass=None,
    )  # fmt: skip
    return out.getvalue().decode()


def routes(site: Site) -> list[Route]:
    """The routes."""
    own = OwnAccount(site)
    return [
        Route("/account", own.page, methods=["GET"]),
        Route("/account/me", own.me, methods=["GET"]),
        Route("/account/password", own.password, methods=["POST"]),
        Route("/account/totp", own.totp, methods=["GET", "POST"]),
        Route("/account/totp/off", own.totp_off, methods=["POST"]),
        Route("/account/sessions/end", own.end_sessions, methods=["POST"]),
        Route("/account/tokens", own.make_token, methods=["POST"]),
        Route("/account/tokens/{token}/revoke", own.revoke_token, methods=["POST"]),
    ]
