"""`/changes/{n}` and `/changes/{old}..{new}`: what differs between two releases; `/changes/moved`: what is gone.

In: one or two numbers of releases. Out: a page with groups and names, an RDF Patch that is streamed, a summary as JSON.
What would cost too much is refused, with the way to the dumps.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain
from threading import BoundedSemaphore
from typing import Any, Final

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from wallograph.errors import NotFound
from wallograph.iris import digest
from wallograph.publish.life import Moved, moved_csv, moved_data
from wallograph.publish.negotiate import negotiate
from wallograph.publish.page_changes import DiffPage, diff_page
from wallograph.publish.page_head import paged
from wallograph.release.changes import feed, renames_of, summary_of
from wallograph.release.life import iri_of, read_redirects, survivor_of
from wallograph.release.publicgraph import changed_lines, differences
from wallograph.release.state import Release
from wallograph.web.conditional import Written, conditional, matches
from wallograph.web.errors import Problem
from wallograph.web.gone import described
from wallograph.web.graph_answer import FRESH, site_of
from wallograph.web.i18n import request_language
from wallograph.web.memento import IMMUTABLE
from wallograph.web.published import Published
from wallograph.web.routes.changes import PATH, facts_of, released, rendered, said
from wallograph.web.site import Site

RDF_PATCH: Final = "application/rdf-patch"
_SPAN: Final = re.compile(r"([1-9][0-9]{0,8})(?:\.\.([1-9][0-9]{0,8}))?")
_TYPES: Final = {"html": "text/html", "rdfp": RDF_PATCH, "json": "application/json"}
_LISTS: Final = {"html": "text/html", "json": "application/json", "csv": "text/csv"}
_MOST_QUADS: Final = 6_000_000  # of two releases that have to be read side by side
_AT_ONCE: Final = 2
_CHUNK: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class Span:
    """Two releases. `single` when one was asked for: then the old one is the one before, if there is one."""

    old: Release | None
    new: Release
    single: bool
    suffix: str

    @property
    def path(self) -> str:
        """The address of the difference, without a suffix."""
        if self.single or self.old is None:
            return f"{PATH}/{self.new.number}"
        return f"{PATH}/{self.old.number}..{self.new.number}"


class Differences:
    """The handlers, and how many may read whole releases at once."""

    def __init__(self) -> None:
        self._free = BoundedSemaphore(_AT_ONCE)

    def difference(self, request: Request, span: str) -> Response:
        """What differs: for people, as a patch, or in numbers."""
        site = site_of(request)
        published = site.now()
        found = _span(site, published, span)
        kind = _kind(request, found.suffix, _TYPES, published.base + found.path)
        if kind == "html":
            return self._page(request, site, published, found)
        if kind == "json":
            return self._summary(request, site, published, found)
        return self._patch(request, published, found)

    def _page(self, request: Request, site: Site, published: Published, span: Span) -> Response:
        lang = request_language(request)
        facts = facts_of(site, published, span.new) if span.single else None
        page = self._read(request, published, span.old, span.new, lang) if span.old else None
        lines = said(site, lang, facts) if facts else []
        return rendered(
            request, site, published, "changes_diff.html", lang, span=span, page=page, lines=lines, facts=facts
        )

    def _summary(self, request: Request, site: Site, published: Published, span: Span) -> Response:
        found = self._read(request, published, span.old, span.new, "en") if span.old else None
        content: dict[str, Any] = summary_of(span.new) if span.single else {"release": span.new.number}
        if span.old and found:
            content |= {"previous": span.old.number, "complete": found.complete, "changes": _listed(found)}
            if not span.single:
                where = published.base + span.path
                content |= {"counts": found.counts(), "links": {"page": where, "patch": f"{where}.rdfp"}}
        headers = {"Cache-Control": FRESH, **_negotiated(published, span, "json")}
        response = JSONResponse(content)
        tag = f'"{published.number}-{digest(bytes(response.body).decode(), length=24)}"'
        written = Written(bytes(response.body), {"Content-Type": "application/json", "ETag": tag, **headers})
        return conditional(request, written)

    def _patch(self, request: Request, published: Published, span: Span) -> Response:
        if span.old is None:
            raise NotFound(f"release {span.new.number} has none before it: take its dump, {published.base}/dump/")
        headers = {
            "ETag": f'"{span.old.number}..{span.new.number}"',
            "Cache-Control": IMMUTABLE,
            **_negotiated(published, span, "rdfp"),
        }
        if matches(request, headers["ETag"]):
            return Response(status_code=304, headers=headers)
        self._guard(published, span.old, span.new)
        lines = self._lines(span.old, span.new)
        begun = chain([next(lines)], lines)  # begun, so that the place is given back whatever becomes of the answer
        return StreamingResponse(begun, headers={**headers, "Content-Type": RDF_PATCH})

    def _lines(self, old: Release, new: Release) -> Iterator[bytes]:
        try:
            names = (f"H {name} <{r.base}{PATH}/{r.number}> .\n" for name, r in (("id", new), ("prev", old)))
            batch = ["".join(names).encode(), b"TX .\n"]
            size = 0
            for code, line in changed_lines(old, new):
                batch.append(f"{code} ".encode() + line)
                size += len(line)
                if size > _CHUNK:
                    yield b"".join(batch)
                    batch, size = [], 0
            yield b"".join([*batch, b"TC .\n"])
        finally:
            self._free.release()

    def _read(self, request: Request, published: Published, old: Release, new: Release, lang: str) -> DiffPage:
        """The difference with names, kept while the release is current."""
        key = ("diff", old.number, new.number, lang)
        kept: DiffPage | None = published.documents.get(key)
        if kept is not None:
            return kept
        redirects = read_redirects(new.folder) | published.redirects
        survivor = partial(survivor_of, redirects=redirects, base=published.base)
        self._guard(published, old, new)
        try:
            found = differences(old, new)
            graph = published.pages
            page = diff_page(graph, found, survivor, old.number, new.number, lang)
        finally:
            self._free.release()
        published.documents.put(key, page, 2000 + sum(600 * len(section.items) for section in page.sections))
        return page

    def _guard(self, published: Published, old: Release, new: Release) -> None:
        """Take a place; refuse what is too large, and what is one too many just now."""
        quads = sum(int(release.manifest["counts"]["quads"]) for release in (old, new))
        if old.manifest["edition"] != new.manifest["edition"] and quads > _MOST_QUADS:
            raise NotFound(
                f"releases {old.number} and {new.number} are too large to be compared on request: "
                f"take the dumps, {published.base}/dump/"
            )
        if not self._free.acquire(timeout=5):
            raise Problem(503, "unavailable", headers={"Retry-After": "5"})


def router() -> APIRouter:
    """The routes; they come after those of `/changes/{release}/{page}`."""
    routes, handlers = APIRouter(), Differences()
    routes.add_api_route(PATH + "/moved", moved_list, methods=["GET"])
    routes.add_api_route(PATH + "/moved.{suffix}", moved_list, methods=["GET"])
    routes.add_api_route(PATH + "/{span}", handlers.difference, methods=["GET"])
    return routes


def moved_list(request: Request, suffix: str = "") -> Response:
    """Everything that is no longer under its IRI or its name, the latest first."""
    site = site_of(request)
    published = site.now()
    kind = _kind(request, suffix, _LISTS, f"{published.base}{PATH}/moved")
    rows = moved_rows(site, published)
    if kind == "html":
        cut = paged(rows, _page_number(request))
        return rendered(request, site, published, "changes_moved.html", request_language(request), cut=cut)
    if kind == "csv":
        body, content_type = moved_csv(rows), "text/csv; charset=utf-8; header=present"
    else:
        body = bytes(JSONResponse({"release": published.number, "moved": moved_data(rows)}).body)
        content_type = "application/json"
    headers = {
        "Content-Type": content_type,
        "ETag": f'"{published.number}-{digest(body.decode(), length=24)}"',
        "Cache-Control": FRESH,
        "Vary": "Accept, Accept-Language",
    }
    return conditional(request, Written(body, headers))


def moved_rows(site: Site, published: Published) -> list[Moved]:
    """Merged and withdrawn things of a release, and the names that changed up to it."""
    kept: list[Moved] | None = published.documents.get(("moved",))
    if kept is not None:
        return kept
    base = published.base
    rows = [_gone(published, key) for key in sorted({*published.gone, *published.redirects})]
    for release in feed(site.state, published.release):
        facts_of(site, published, release)  # an older release writes its changes when it is first asked
        date = str(release.manifest["date"])
        for iri, before, after in renames_of(release):
            rows.append(Moved("renamed", iri, before, date, release.number, new_label=after))
    rows.sort(key=lambda row: (-(row.release or 0), row.iri.removeprefix(base)))
    published.documents.put(("moved",), rows, 400 * len(rows) + 100)
    return rows


def _gone(published: Published, key: str) -> Moved:
    iri = iri_of(key, published.base)
    found = described(published, key) if key in published.gone else {"reason": ""}
    survivor = survivor_of(iri, published.redirects, published.base)
    number = found.get("release")
    return Moved(
        "merged" if survivor else "withdrawn",
        iri,
        str(found.get("label", "")),
        str(found.get("since", "")),
        int(number) if number else None,
        survivor or str(found.get("replacedBy", "")),
        "" if survivor else str(found["reason"]),
    )


def _span(site: Site, published: Published, text: str) -> Span:
    stem, _, suffix = text.rpartition(".")
    if suffix not in _TYPES or stem.endswith("."):
        stem, suffix = text, ""
    asked = _SPAN.fullmatch(stem)
    if asked is None:
        raise NotFound(f"there are no changes {text!r}")
    if asked[2]:
        return Span(released(site, published, asked[1]), released(site, published, asked[2]), False, suffix)
    new = released(site, published, asked[1])
    before = facts_of(site, published, new)["before"]
    return Span(site.state.get(before) if before else None, new, True, suffix)


def _kind(request: Request, suffix: str, types: dict[str, str], address: str) -> str:
    if suffix:
        if suffix not in types:
            raise NotFound(f"there is no {address}.{suffix}")
        return suffix
    chosen = negotiate(request.headers.get("accept"), tuple(types.values()))
    if chosen is None:
        variants = [{"type": kind, "url": f"{address}.{key}"} for key, kind in types.items()]
        raise Problem(406, "not-acceptable", variants=variants)
    return next(key for key, kind in types.items() if kind == chosen)


def _negotiated(published: Published, span: Span, key: str) -> dict[str, str]:
    address = published.base + span.path
    links = [f'<{address}.{name}>; rel="alternate"; type="{kind}"' for name, kind in _TYPES.items()]
    headers = {"Link": ", ".join([*links, f'<{address}>; rel="canonical"'])}
    if not span.suffix:
        headers |= {"Vary": "Accept, Accept-Language", "Content-Location": f"{address}.{key}"}
    return headers


def _listed(page: DiffPage) -> list[dict[str, Any]]:
    """The things that are shown, for programs."""
    found = []
    for section in page.sections:
        for item in section.items:
            one = {"thing": item.thing.iri, "label": item.thing.text, "kind": section.group, "change": section.kind}
            one |= {"formerLabel": item.before} if item.before else {}
            one |= {"replacedBy": item.survivor.iri} if item.survivor else {}
            found.append(one)
    return found


def _page_number(request: Request) -> int:
    text = request.query_params.get("page", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 1
