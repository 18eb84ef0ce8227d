"""Results of a check that somebody shares: kept for some days under a secret address, deleted by who made them.

In: a file as for /validate, or a secret. Out: a page or JSON that no crawler indexes, no log names and no Referer
tells. The second secret, which deletes, is given once: in the answer, and as a cookie of the maker's browser.
"""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import formatdate
from typing import Any, Final
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from wallograph.checker.shared import FOLDER, Expired, Share, ShareFull, Shares, ShareTooLarge
from wallograph.errors import NotFound, WallographError
from wallograph.publish.negotiate import negotiate
from wallograph.web.errors import Problem
from wallograph.web.i18n import request_language
from wallograph.web.routes.validate import HTML, JSON, Validation, told
from wallograph.web.routes.validate_input import Upload

SECRET: Final = {
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Vary": "Accept, Accept-Language",
}
PATH: Final = "/validate/shared"
_IDENT: Final = re.compile(r"[A-Za-z0-9_-]{22}")
_FORMS: Final = (JSON, HTML)


class Sharing:
    """The handlers."""

    def __init__(self, validation: Validation) -> None:
        settings = validation.site.settings
        self.validation, self.site = validation, validation.site
        self.shares = Shares(
            settings.state / FOLDER,
            days=settings.share_days,
            largest=settings.share_kb * 1024,
            total=settings.share_total_mb * 1_000_000,
        )

    async def share(self, request: Request) -> Response:
        """Check what was handed in, and keep the result under a secret address."""
        form = self._form(request)
        upload = None
        try:
            async with self.validation.admitted(request) as place:
                upload = await place.read()
                asked = replace(upload, options={**upload.options, "shared": True})
                answered = await self.validation.check(request, asked, HTML)
            made = await run_in_threadpool(self._keep, upload, json.loads(answered.body))
        except (Problem, WallographError) as error:
            if form != HTML:
                raise told(error, request_language(request)) from error
            problem = told(error, request_language(request))
            return await run_in_threadpool(self.validation.render, request, upload, problem=problem)
        address = f"{self.site.base}{PATH}/{made.ident}"
        if form == HTML:
            response: Response = RedirectResponse(address, 303)
        else:
            response = JSONResponse(
                {"url": address, "expires": _moment(made.expires), "secret": made.secret}, 201, {"Location": address}
            )
        response.headers.update(SECRET)
        self._give(response, made)
        return response

    def _keep(self, upload: Upload, result: dict[str, Any]) -> Share:
        text = result.pop("text", "")  # made by the check: without natural persons
        try:
            kept = {"name": upload.name, "media_type": upload.media_type, "result": result, "text": text}
            return self.shares.put(kept)
        except ShareTooLarge as error:
            raise Problem(413, "share-too-large", str(error)) from error
        except ShareFull as error:
            raise Problem(503, "share-full", str(error), headers={"Retry-After": "3600"}) from error

    async def shared(self, request: Request) -> Response:
        """A shared result; DELETE takes it away."""
        ident = _ident(request)
        if request.method == "DELETE":
            scheme, _, secret = request.headers.get("authorization", "").partition(" ")
            return await run_in_threadpool(self._delete, ident, secret if scheme.lower() == "bearer" else "")
        if asked := request.query_params.get("delete"):
            return await run_in_threadpool(self._exchange, ident, asked)
        return await run_in_threadpool(self._show, request, ident)

    def _show(self, request: Request, ident: str) -> Response:
        form = self._form(request)
        document, expires = self._found(ident)
        if form == JSON:
            shown = {key: document[key] for key in ("name", "media_type", "result", "text")}
            return JSONResponse({"expires": _moment(expires), **shown}, headers=SECRET)
        secret = request.cookies.get(_cookie(ident), "")
        mine = bool(secret) and self.shares.is_makers(ident, secret)
        address = f"{self.site.base}{PATH}/{ident}"
        shared = {
            "id": ident, "url": address, "expires": _moment(expires)[:10], "days": self.site.settings.share_days,
            "mine": mine, "delete_url": f"{address}?delete={secret}" if mine else "",
            "delete_action": self.site.url(f"{PATH}/{ident}/delete"), "name": document["name"],
        }  # fmt: skip
        response = self.validation.render(request, result=document["result"], text=document["text"], shared=shared)
        response.headers.update(SECRET)
        return response

    def _exchange(self, ident: str, secret: str) -> Response:
        """The address that deletes becomes a cookie, and leaves the address bar."""
        self._found(ident)
        if not self.shares.is_makers(ident, secret):
            raise _not_makers()
        response = RedirectResponse(f"{self.site.base}{PATH}/{ident}", 303, SECRET)
        self._give(response, Share(ident, secret, self._found(ident)[1]))
        return response

    async def delete_from_page(self, request: Request) -> Response:
        """The button of the maker's page: the cookie says who it is."""
        ident = _ident(request)
        if request.headers.get("sec-fetch-site") == "cross-site":
            raise _not_makers()
        response = await run_in_threadpool(self._delete, ident, request.cookies.get(_cookie(ident), ""))
        response.status_code = 303
        response.headers["Location"] = f"{self.site.base}/validate"
        response.delete_cookie(_cookie(ident), path=self._cookie_path(ident))
        return response

    def _delete(self, ident: str, secret: str) -> Response:
        self._found(ident)
        if not secret or not self.shares.delete(ident, secret):
            raise _not_makers()
        return Response(status_code=204, headers=SECRET)

    def _found(self, ident: str) -> tuple[dict[str, Any], int]:
        try:
            return self.shares.get(ident)
        except Expired as error:
            raise Problem(410, "gone", str(error), headers=SECRET) from error
        except NotFound as error:
            raise Problem(404, "not-found", str(error), headers=SECRET) from error

    def _form(self, request: Request) -> str:
        form = negotiate(request.headers.get("accept"), _FORMS)
        if form is None:
            raise Problem(406, "not-acceptable", headers=SECRET, variants=[{"type": kind} for kind in _FORMS])
        return form

    def _give(self, response: Response, made: Share) -> None:
        response.set_cookie(
            _cookie(made.ident), made.secret, expires=formatdate(made.expires, usegmt=True),
            path=self._cookie_path(made.ident), httponly=True, samesite="lax",
            secure=self.site.base.startswith("https://"),
        )  # fmt: skip

    def _cookie_path(self, ident: str) -> str:
        return urlsplit(self.site.base).path.rstrip("/") + f"{PATH}/{ident}"


def routes(validation: Validation) -> list[Route]:
    """The routes."""
    sharing = Sharing(validation)
    return [
        Route("/validate/share", sharing.share, methods=["POST"]),
        Route(PATH + "/{ident}", sharing.shared, methods=["GET", "DELETE"]),
        Route(PATH + "/{ident}/delete", sharing.delete_from_page, methods=["POST"]),
    ]


def _ident(request: Request) -> str:
    ident = str(request.path_params["ident"])
    if not _IDENT.fullmatch(ident):
        raise Problem(404, "not-found", headers=SECRET)
    return ident


def _cookie(ident: str) -> str:
    return f"share-{ident[:8]}"


def _moment(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat().replace("+00:00", "Z")


def _not_makers() -> Problem:
    return Problem(403, "not-makers", "Only who shared this result can delete it.", headers=SECRET)

