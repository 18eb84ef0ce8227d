"""A form instead of a file: made from the shapes, it gives RDF that keeps the rules. Nothing enters the graph.

In: the kind of thing, then the values of its fields. Out: the page with what was found beside each field, and the
RDF; with `as=ttl` the RDF alone, as a file.
"""

import json
import re
from collections import defaultdict
from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from wallograph.errors import NotFound, WallographError
from wallograph.intake.form import FilledIn, fill_in
from wallograph.intake.tables.templates import MEDIA_TYPE, template
from wallograph.iris import digest, slug
from wallograph.model import Form
from wallograph.pipeline.known import Known
from wallograph.publish.page_checked import CheckedPage, FindingView, checked_view
from wallograph.publish.page_form import FormPage, form_view
from wallograph.web.conditional import Written, conditional
from wallograph.web.i18n import request_language
from wallograph.web.routes.rules import kept, rules_of
from wallograph.web.routes.validate import HTML, Validation, told
from wallograph.web.routes.validate_input import CSV, Upload, read_fields

KINDS: Final = ("actor", "project", "event", "place")
_MOST: Final = 400_000  # bytes of a form that was filled in
_PRIVATE: Final = {"Cache-Control": "no-store"}


class Filling:
    """The handlers."""

    def __init__(self, validation: Validation) -> None:
        self.validation, self.site = validation, validation.site

    async def form(self, request: Request) -> Response:
        """The kinds, an empty form, or what was filled in, checked."""
        if request.method == "POST":
            return await self._filled(request)
        return await run_in_threadpool(self._empty, request)

    def _empty(self, request: Request) -> Response:
        kind = request.query_params.get("kind", "")
        if kind not in KINDS:
            return self.site.render("validate_form.html", request, form=None, data="", kinds=KINDS)
        lang = request_language(request)
        page = form_view(self._form(request, kind), self._codes(request), lang)
        return self._render(request, page, "")

    async def _filled(self, request: Request) -> Response:
        lang = request_language(request)
        try:
            async with self.validation.admitted(request):
                values = await read_fields(request, _MOST, self.site.settings.check_upload_seconds)
                form = self._form(request, next(iter(values.get("kind", ())), ""))
                name = f"{slug(next(iter(values.get(_named(form), ())), '') or form.concept)}.csv"
                filled = fill_in(form, values, lang, name)
                result = await self._checked(request, filled, name)
        except WallographError as error:
            raise told(error, lang) from error
        data = str(result.get("data", ""))
        if next(iter(values.get("as", ())), "") == "ttl":
            disposition = f'attachment; filename="{name.removesuffix(".csv")}.ttl"'
            headers = {"Content-Type": "text/turtle; charset=utf-8", "Content-Disposition": disposition, **_PRIVATE}
            return Response(data.encode(), headers=headers)
        page = self._page(request, form, filled, values, checked_view(result, "", lang), result)
        response = await run_in_threadpool(self._render, request, page, data)
        response.headers.update(_PRIVATE)
        return response

    async def _checked(self, request: Request, filled: FilledIn, name: str) -> dict[str, Any]:
        if not filled.columns:
            return {}
        options = {"mapping": filled.mapping, "encoding": "utf-8", "delimiter": ";", "data": True}
        answered = await self.validation.check(request, Upload(filled.content, CSV, name, options), HTML)
        found: dict[str, Any] = json.loads(answered.body)
        return found

    def _page(
        self, request: Request, form: Form, filled: FilledIn, values: Mapping[str, list[str]], checked: CheckedPage,
        result: Mapping[str, Any],
    ) -> FormPage:  # fmt: skip
        """The form again, each finding at its field: by its cell, else by its property."""
        keys = {field.path: field.key for field in reversed(form.fields) if not field.inverse}
        paths = {found["id"]: found.get("path") or "" for found in result.get("findings", ())}
        at: dict[tuple[str, int], list[FindingView]] = defaultdict(list)
        loose: list[FindingView] = []
        every = {found.number: found for group in checked.things_groups for found in group.findings}
        for found in every.values():
            place = filled.key_at(found.place.cell) if found.place.cell and found.place.exact else None
            if place is None and (key := keys.get(paths.get(found.id, ""))):
                place = key, 0
            if place is None:
                loose.append(found)
            else:
                at[place].append(found)
        return form_view(form, self._codes(request), request_language(request), values, at, loose)

    def _render(self, request: Request, page: FormPage, data: str) -> Response:
        known = self._known(request)
        lang = request_language(request)
        places = kept(request.app, ("places", self.site.base, lang), partial(_places, known, lang))
        return self.site.render("validate_form.html", request, form=page, data=data, kinds=KINDS, places=places)

    # -- templates of tables

    def template(self, request: Request) -> Response:
        """A workbook to fill in, with drop-downs from the code lists."""
        kind, lang = request.path_params["kind"], request_language(request)
        form = self._form(request, kind)
        codes = self._codes(request)
        key = ("template", self.site.base, kind, lang)
        body: bytes = kept(request.app, key, lambda: template(form, lang, codes))
        name = re.sub(r"[^a-z-]", "", slug(form.labels.get(lang, kind)))
        headers = {
            "Content-Type": MEDIA_TYPE,
            "Content-Language": lang,
            "Vary": "Accept-Language",
            "Content-Disposition": f'attachment; filename="wallograph-{name}-{lang}.xlsx"',
            "Cache-Control": "public, max-age=3600",
            "ETag": f'"{digest(body.hex(), length=32)}"',
        }
        return conditional(request, Written(body, headers))

    # -- what is known

    def _form(self, request: Request, kind: str) -> Form:
        forms = rules_of(request.app, self.site.base).forms
        found = next((form for form in forms if form.concept == kind), None)
        if found is None:
            raise NotFound(f"there is no form for '{kind[:80]}': {', '.join(KINDS)}")
        return found

    def _known(self, request: Request) -> Known:
        base = self.site.base
        known: Known = kept(request.app, ("known", base), partial(Known.shipped, base))
        return known

    def _codes(self, request: Request) -> Any:
        return self._known(request).codes


def _named(form: Form) -> str:
    """The key of the field that names the thing."""
    return next((field.key for field in form.fields if field.required), "name")


def _places(known: Known, lang: str) -> tuple[str, ...]:
    """The names of municipalities, for the list that a field of a place offers."""
    found = {place.labels.get(lang) or place.labels.get("fr", "") for place in known.municipalities()}
    return tuple(sorted(filter(None, found)))


def routes(validation: Validation) -> list[Route]:
    """The routes."""
    filling = Filling(validation)
    return [
        Route("/validate/form", filling.form, methods=["GET", "POST"]),
        Route("/validate/template/{kind}.xlsx", filling.template, methods=["GET"]),
    ]

