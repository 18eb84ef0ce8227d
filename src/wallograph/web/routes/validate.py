"""Checking what somebody hands in: the page and the API of /validate. Nothing enters the graph.

In: a file or a text, read by `validate_input`. Out: the findings in the format that is accepted, a page, or the
corrected file. The work is done by the checking service; here only its answers are passed on.
"""

import asyncio
import base64
import json
import math
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any, Final
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from wallograph.checker.child import Answered
from wallograph.errors import InputError, ParseError, StateError, TooLarge, Unsupported, WallographError
from wallograph.publish.negotiate import negotiate
from wallograph.web.errors import Problem, problem_of
from wallograph.web.i18n import request_language
from wallograph.web.limiter import RateLimiter, client_address
from wallograph.web.routes.validate_input import ACCEPTED, ANSWERS, BY_KEY, CSV, XLSX, Upload, read_upload
from wallograph.web.site import Site

HTML: Final = "text/html"
JSON: Final = "application/json"
SARIF: Final = "application/sarif+json"
OFFERED: Final = (JSON, HTML, "text/turtle", "application/ld+json", CSV, SARIF)
_NEGOTIATED: Final = "Accept, Accept-Language"
_PRIVATE: Final = {"Cache-Control": "no-store"}
_CARRIED_BYTES: Final = 3_000_000  # of a file that the page of its result carries on, to correct or share it


@dataclass(slots=True)
class Doors:
    """What keeps too many from coming in at once: of one address, and of all together."""

    limiter: RateLimiter
    places: int  # files that this process holds at the same time
    taken: int = 0
    of_address: Counter[str] = field(default_factory=Counter)

    @property
    def share(self) -> int:
        """The places that one address may hold: slow senders of one address leave room for others."""
        return max(2, self.places // 3)


class Validation:
    """The handlers, with what they share."""

    def __init__(self, site: Site) -> None:
        settings = site.settings
        self.site = site
        self.doors = Doors(RateLimiter(settings.check_rate), settings.check_workers + settings.check_queue)

    async def page(self, request: Request) -> Response:
        """The empty page."""
        return await run_in_threadpool(self.render, request)

    async def validate(self, request: Request) -> Response:
        """Check what was handed in, and give the findings."""
        if request.method != "POST":
            return await self.page(request)
        media_type = negotiate(request.headers.get("accept"), OFFERED)
        if media_type is None:
            variants = [{"type": kind} for kind in OFFERED]
            raise Problem(406, "not-acceptable", headers={"Vary": _NEGOTIATED}, variants=variants)
        upload = None
        try:
            async with self.admitted(request) as place:
                upload = await self._mended(request, await place.read())
                media_type = ANSWERS.get(upload.form, media_type)
                answered = await self.check(request, upload, media_type)
        except (Problem, WallographError) as error:
            if media_type != HTML:
                raise told(error, request_language(request)) from error
            problem = told(error, request_language(request))
            return await run_in_threadpool(self.render, request, upload, problem=problem)
        return await run_in_threadpool(self._report, request, upload, answered, media_type)

    async def _mended(self, request: Request, upload: Upload) -> Upload:
        """What is handed in with the repairs that were ticked, when it is to be checked again with them."""
        if not upload.fields.get("again", [""])[0] or not (upload.repairs or upload.sure):
            return upload
        corrected = await self.check(request, upload, "")
        return replace(upload, content=corrected.body, repairs=(), sure=False)

    def _report(self, request: Request, upload: Upload, answered: Answered, media_type: str) -> Response:
        problem = unreadable(answered)
        if media_type == HTML:
            return self.render(request, upload, result=json.loads(answered.body), problem=problem)
        if problem is not None:
            if media_type == JSON:
                problem.members["result"] = json.loads(answered.body)
            raise problem
        lang = request_language(request)
        kind = f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
        headers = {"Content-Type": kind, "Content-Language": lang, "Vary": _NEGOTIATED, **_PRIVATE}
        headers |= {"Wallograph-Release": str(answered.meta.get("release", ""))}
        if upload.form:
            headers |= attachment(f"{upload.name}.findings.{'txt' if upload.form == 'github' else upload.form}")
        return Response(answered.body, headers=headers)

    async def corrected(self, request: Request) -> Response:
        """The file with repairs made, in the format that it came in."""
        try:
            async with self.admitted(request) as place:
                upload = await place.read()
                if not upload.repairs and not upload.sure:
                    text = "Name the repairs to be made: 'repairs' with their ids, or 'all=sure'."
                    raise Problem(400, "bad-request", text)
                answered = await self.check(request, upload, "")
        except WallographError as error:
            raise told(error, request_language(request)) from error
        problem = unreadable(answered)
        if problem is not None:
            raise problem
        headers = {"Content-Type": upload.media_type, **attachment(f"corrected-{upload.name}"), **_PRIVATE}
        if answered.meta.get("losses"):
            headers["Wallograph-Losses"] = ", ".join(answered.meta["losses"])
        return Response(answered.body, headers=headers)

    # -- what every check needs

    def admitted(self, request: Request) -> "Place":
        """A place for one check; 429 when its address asked too often, 503 when all places are taken."""
        return Place(self, request)

    async def check(self, request: Request, upload: Upload, form: str) -> Answered:
        """Ask the checking service; when the asking side goes away, the check ends."""
        client = self.site.check_client
        if client is None:
            raise StateError("the checking service is not running")
        asked = {
            **upload.options,
            "name": upload.name,
            "media_type": upload.media_type,
            "lang": request_language(request),
            "form": form,
            "repairs": list(upload.repairs),
            "sure": upload.sure,
        }
        checking = asyncio.ensure_future(client.check_async(asked, upload.content))
        leaving = asyncio.ensure_future(_left(request))
        try:
            await asyncio.wait({checking, leaving}, return_when=asyncio.FIRST_COMPLETED)
            if not checking.done():
                raise Problem(400, "bad-request", "The client went away.")
            return checking.result()
        finally:
            leaving.cancel()
            checking.cancel()

    def render(
        self,
        request: Request,
        upload: Upload | None = None,
        *,
        result: dict[str, Any] | None = None,
        problem: Problem | None = None,
        shared: dict[str, Any] | None = None,
        text: str | None = None,
    ) -> Response:
        """The page: empty, with a result beside the text, or with what is wrong."""
        refused = problem is not None and problem.status in (413, 415)  # it is no text, or too much of it
        if text is None and upload is not None and upload.media_type != XLSX and not refused:
            text = shown_text(upload.content)
        carried = None
        if upload is not None and len(upload.content) <= _CARRIED_BYTES:
            content = base64.b64encode(upload.content).decode()
            carried = {"content": content, "media_type": upload.media_type, "name": upload.name, **upload.options}
        response = self.site.render(
            "validate.html", request, status=problem.status if problem else 200, result=result, text=text or "",
            problem=problem, shared=shared, upload=carried, formats=tuple(BY_KEY), settings=self.site.settings,
        )  # fmt: skip
        response.headers.update(problem.headers if problem else {})
        if upload is not None or shared is not None or problem is not None:
            response.headers.update(_PRIVATE)
        return response


class Place:
    """One of the places for files that are read and checked at the same time."""

    def __init__(self, validation: Validation, request: Request) -> None:
        self.validation, self.request = validation, request
        self.address = client_address(request, validation.site.settings.trusted_proxies)

    async def __aenter__(self) -> "Place":
        doors, settings = self.validation.doors, self.validation.site.settings
        wait = doors.limiter.wait(self.address)
        if wait:
            text = f"At most {settings.check_rate} checks in a minute."
            headers = {"Retry-After": str(math.ceil(wait)), "Connection": "close"}
            raise Problem(429, "rate-limited", text, headers=headers)
        if doors.taken >= doors.places or doors.of_address[self.address] >= doors.share:
            headers = {"Retry-After": "5", "Connection": "close"}
            raise Problem(503, "check-busy", "Too many files are being checked.", headers=headers)
        doors.taken += 1
        doors.of_address[self.address] += 1
        return self

    async def __aexit__(self, *_: object) -> None:
        doors = self.validation.doors
        doors.taken -= 1
        doors.of_address[self.address] -= 1
        if not doors.of_address[self.address]:
            del doors.of_address[self.address]

    async def read(self) -> Upload:
        """What was handed in."""
        settings = self.validation.site.settings
        most = settings.check_limits().upload_bytes
        return await read_upload(self.request, most, settings.check_upload_seconds)


def routes(validation: Validation) -> list[Route]:
    """The routes; plain ones, because the body is read here and nowhere else."""
    return [
        Route("/validate", validation.validate, methods=["GET", "POST"]),
        Route("/validate/corrected", validation.corrected, methods=["POST"]),
    ]


def told(error: Exception, lang: str) -> Problem:
    """An error as the problem that /validate answers: what cannot be read is 422, not 400."""
    problem = problem_of(error)
    texts = getattr(error, "messages", None) or {}
    text = texts.get(lang) or str(error)
    if isinstance(error, Unsupported):
        problem = Problem(415, "unreadable", text, headers={"Accept-Post": ", ".join(ACCEPTED)})
    elif isinstance(error, ParseError):
        place = {name: found for name in ("line", "column") if (found := getattr(error, name, None))}
        problem = Problem(422, "unreadable", text, **place)
    elif isinstance(error, TooLarge):
        problem = Problem(413, "too-large", text)
    elif isinstance(error, InputError) and texts:
        problem.detail = text
    if texts and error is not problem:
        problem.spoken = lang
    code = getattr(error, "code", "")
    if code:
        problem.members["code"] = code
    limit = getattr(error, "limit", "")
    if limit:
        problem.members["limit"] = limit
    return problem


def unreadable(answered: Answered) -> Problem | None:
    """The 422 of a file that could not be read to its end, with the place where it broke."""
    broken = answered.meta.get("unreadable")
    if not broken:
        return None
    members = {name: broken[name] for name in ("line", "column", "pointer", "code") if broken.get(name) is not None}
    headers = {"Vary": _NEGOTIATED, **_PRIVATE}
    problem = Problem(422, "unreadable", str(broken["message"]), headers=headers, **members)
    problem.spoken = ""  # in the language that was asked for
    return problem


def attachment(name: str) -> dict[str, str]:
    """The header of a file that is saved under a name."""
    plain = name.encode("ascii", "replace").decode().replace("?", "_")
    return {"Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"}


def shown_text(content: bytes) -> str:
    """A file as the text that stands beside its findings: the lines are the same, whatever its encoding."""
    for encoding in ("utf-8-sig", "utf-16") if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig",):
        try:
            return content[:_CARRIED_BYTES].decode(encoding)
        except UnicodeDecodeError:
            continue
    return content[:_CARRIED_BYTES].decode("cp1252", "replace")


async def _left(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass

