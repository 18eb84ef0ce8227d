"""`/quality`: how complete, fresh and contradictory the graph is, as pages and as RDF; and the worklists.

In: a request. Out: a page, a document (DQV) in any RDF format, or a list as page, CSV or JSON; each with validators.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from wallograph import resources
from wallograph.errors import NotFound
from wallograph.iris import digest
from wallograph.publish.jsonld import load_context
from wallograph.publish.media import FORMATS
from wallograph.publish.negotiate import negotiate
from wallograph.publish.page_graph import PageGraph
from wallograph.publish.page_head import FormatLink, Paged, paged
from wallograph.publish.quality import Quality, completeness, freshness, rule_counts, source_counts, source_line
from wallograph.publish.quality_dqv import PATH, SOURCES_PATH, quality_document, sources_document, write_sources
from wallograph.publish.quality_files import COLUMNS, row_data, to_csv
from wallograph.publish.quality_warnings import warned
from wallograph.publish.quality_worklists import Entry, Selection, Worklist, entries, in_order, select, worklist
from wallograph.release.quality import QUALITY_NAME
from wallograph.release.state import Release
from wallograph.web.conditional import Written, conditional
from wallograph.web.errors import Problem
from wallograph.web.i18n import LANGUAGES, request_language
from wallograph.web.published import Published
from wallograph.web.site import Site

LISTS_PATH: Final = "/quality/worklists"
_FRESH: Final = "public, max-age=60, must-revalidate"
_LONGEST: Final = 200
_DOCUMENT: Final = {key: form.content_type for key, form in FORMATS.items()}
_INDEX: Final = {"html": "text/html; charset=utf-8", "json": "application/json"}
_LIST: Final = {"html": "text/html; charset=utf-8", "csv": "text/csv; charset=utf-8", "json": "application/json"}
_FILTERS: Final = (("kind", "kind"), ("source", "source"), ("part-of", "part_of"))


class _Asked:
    """One request: the release that it reads, its language, its address without suffix."""

    def __init__(self, request: Request, path: str, suffix: str, offered: dict[str, str]) -> None:
        self.request = request
        self.site: Site = request.app.state.site
        self.published: Published = self.site.now()
        self.graph: PageGraph = self.published.pages
        self.quality = _quality(self.site, self.published, self.graph)
        self.lang = request_language(request)
        self.path, self.suffix = path, suffix
        self.form = suffix or self._negotiated(offered)
        if self.form not in offered:
            raise NotFound(f"there is no {path}.{suffix}; there is " + ", ".join(f"{path}.{key}" for key in offered))
        self.content_type = offered[self.form]
        self.formats = tuple(
            FormatLink(key.upper() if key not in FORMATS else FORMATS[key].label, self._address(key), kind)
            for key, kind in offered.items() if key != "html"
        )  # fmt: skip

    def _negotiated(self, offered: dict[str, str]) -> str:
        kinds = {kind.partition(";")[0]: key for key, kind in offered.items()}
        chosen = negotiate(self.request.headers.get("accept"), tuple(kinds))
        if chosen is None:
            variants = [{"type": kind, "url": f"{self.published.base}{self.path}.{key}"} for kind, key in kinds.items()]
            raise Problem(406, "not-acceptable", variants=variants)
        return kinds[chosen]

    def _address(self, key: str) -> str:
        """The same selection in another format; a page of a list is not carried on."""
        query = {name: value for name, value in self.request.query_params.items() if name != "page"}
        return self.site.url(f"{self.path}.{key}", **query)

    @property
    def number(self) -> int:
        """The page of a list."""
        text = self.request.query_params.get("page", "1")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 1

    def selection(self) -> Selection:
        """What `kind`, `source` and `part-of` narrow a list to."""
        given = {name: self.request.query_params.get(key, "").strip()[:_LONGEST] for key, name in _FILTERS}
        return select(self.graph, self.lang, **given)

    def page(self, template: str, **data: Any) -> bytes:
        """A page for people."""
        manifest = self.published.manifest
        release = {
            "number": self.published.number,
            "date": self.published.date,
            "hash": (manifest.get("graph") or {}).get("sha256", ""),
        }
        keep = self.lang if self.request.query_params.get("lang", "").lower() in LANGUAGES else ""
        data |= {"release": release, "keep": keep, "formats": self.formats, "edition_date": self.quality.edition_date}
        data["called"] = self.called
        return bytes(self.site.render(template, self.request, lang=self.lang, **data).body)

    def called(self, code: str) -> str:
        """A code of the reading in words; the code itself when it has none."""
        key = f"quality-code-{code}"
        return self.site.messages(self.lang, key) if self.site.messages.knows(key) else code

    def answer(self, write: Callable[[], bytes]) -> Response:
        """The answer with its validators; written once for each release, unless a query makes it particular."""
        query = self.request.url.query
        plain = query in {"", *(f"lang={lang}" for lang in LANGUAGES)}
        key = ("quality", self.path, self.form, bool(self.suffix), self.lang, bool(query))
        written = self.published.documents.get(key) if plain else None
        if written is None:
            body = write()
            tag = digest(self.form, self.lang, body.decode(), length=24)
            written = Written(body, {"ETag": f'"{self.published.number}-{tag}"', **self._headers()})
            if plain:
                self.published.documents.put(key, written, len(body) + 1000)
        return conditional(self.request, written)

    def _headers(self) -> dict[str, str]:
        worded = self.form in ("html", "csv", "json")
        vary = ([] if self.suffix else ["Accept"]) + (["Accept-Language"] if worded or not self.suffix else [])
        base = self.published.base + self.path
        links = [f'<{base}.{_key(f)}>; rel="alternate"; type="{f.media_type.partition(";")[0]}"' for f in self.formats]
        headers = {
            "Content-Type": self.content_type,
            "Cache-Control": _FRESH,
            "Link": ", ".join([*links, f'<{base}>; rel="canonical"']),
        }
        if vary:
            headers["Vary"] = ", ".join(vary)
        if worded:
            headers["Content-Language"] = self.lang
        if self.form == "csv":
            name = self.path.rpartition("/")[2]
            headers["Content-Disposition"] = f'attachment; filename="{name}-{self.published.number}.csv"'
        return headers


def _key(form: FormatLink) -> str:
    return form.href.partition("?")[0].rpartition(".")[2]


def _quality(site: Site, published: Published, graph: PageGraph) -> Quality:
    """What was measured of the release, with the findings of the edition that it goes back to."""

    def make() -> Quality:
        measured = _read(published.release.folder / QUALITY_NAME)
        if measured is None:
            raise NotFound("the quality of this release was never measured; the next build measures it")
        report = _read(_edition(site, published).folder / "report.json") or {}
        return Quality(
            measured, tuple(report.get("findings", ())), frozenset(report.get("codes", ())), published.date
        )

    return graph.once("quality", make)


def _edition(site: Site, published: Published) -> Release:
    number = published.manifest.get("edition", published.number)
    if number == published.number or number not in site.state.numbers():
        return published.release
    return site.state.get(number)


def _read(path: Path) -> dict[str, Any] | None:
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None


def _overview(request: Request) -> Response:
    asked = _Asked(request, PATH, request.path_params.get("form", ""), _DOCUMENT)

    def write() -> bytes:
        graph, quality, lang = asked.graph, asked.quality, asked.lang
        if asked.form != "html":
            context = load_context(resources.ontology_dir(), asked.published.base)
            return quality_document(graph, quality).write(FORMATS[asked.form], context)
        return asked.page(
            "quality.html",
            tables=completeness(graph, quality, lang),
            fresh=freshness(quality),
            warned=warned(graph, quality, lang),
            rules=rule_counts(graph, quality, lang),
            held=quality.held,
        )

    return asked.answer(write)


def _sources(request: Request) -> Response:
    asked = _Asked(request, SOURCES_PATH, request.path_params.get("form", ""), _DOCUMENT)

    def write() -> bytes:
        if asked.form != "html":
            return write_sources(sources_document(asked.graph, asked.quality), FORMATS[asked.form])
        cut = paged(source_counts(asked.graph, asked.quality), asked.number)
        lines = [source_line(asked.graph, asked.quality, count) for count in cut.items]
        return asked.page("quality_sources.html", cut=Paged(lines, cut.total, cut.number, cut.pages))

    return asked.answer(write)


def _index(request: Request) -> Response:
    asked = _Asked(request, LISTS_PATH, request.path_params.get("form", ""), _INDEX)
    selection = asked.selection()

    def write() -> bytes:
        found = entries(asked.graph, asked.quality, selection, asked.lang)
        if asked.form == "html":
            return asked.page("quality_worklists.html", entries=found, selection=selection)
        query = {name: value for name, value in _selected(selection).items() if value}
        lists = [
            {
                "list": entry.key, "about": entry.family, "title": _title(asked, entry), "count": entry.count,
                "url": _list_url(asked, entry, query),
            }
            for entry in found
        ]  # fmt: skip
        return _json({"release": asked.published.number, "selection": query, "lists": lists})

    return asked.answer(write)


def _list(request: Request) -> Response:
    name, dot, suffix = request.path_params["name"].rpartition(".")
    name, suffix = (name, suffix) if dot and suffix else (name + dot + suffix, "")
    asked = _Asked(request, f"{LISTS_PATH}/{name}", suffix, _LIST)
    selection = asked.selection()
    found = worklist(asked.graph, asked.quality, name, selection, asked.lang)

    def write() -> bytes:
        items = in_order(asked.graph, found, asked.lang)
        title = _title(asked, found.entry)
        if asked.form == "csv":
            header = [asked.site.messages(asked.lang, f"quality-column-{column}") for column in COLUMNS]
            return to_csv(header, map(found.row, items), title)
        cut = paged(items, asked.number)
        rows = Paged([found.row(item) for item in cut.items], cut.total, cut.number, cut.pages)
        if asked.form == "json":
            return _json(_list_data(asked, found, selection, rows, title))
        return asked.page("quality_worklist.html", entry=found.entry, cut=rows, selection=selection)

    return asked.answer(write)


def _title(asked: _Asked, entry: Entry) -> str:
    if entry.family == "field":
        return asked.site.messages(asked.lang, f"quality-missing-{entry.key}")
    return entry.rule.text if entry.rule else asked.called(entry.key)


def _selected(selection: Selection) -> dict[str, str]:
    return {"kind": selection.kind, "source": selection.source, "part-of": selection.part_of}


def _list_url(asked: _Asked, entry: Entry, query: dict[str, str]) -> str:
    return f"{asked.published.base}{LISTS_PATH}/{entry.key}" + (f"?{urlencode(query)}" if query else "")


def _list_data(
    asked: _Asked, found: Worklist, selection: Selection, rows: Paged[Any], title: str
) -> dict[str, Any]:
    return {
        "release": asked.published.number, "list": found.entry.key, "about": found.entry.family, "title": title,
        "selection": {name: value for name, value in _selected(selection).items() if value},
        "total": rows.total, "page": rows.number, "pages": rows.pages, "items": [row_data(row) for row in rows.items],
    }  # fmt: skip


def _json(content: dict[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n"


def router() -> APIRouter:
    """The routes."""
    routes = APIRouter()
    for path, handler in (
        (PATH, _overview), (PATH + ".{form}", _overview),
        (SOURCES_PATH, _sources), (SOURCES_PATH + ".{form}", _sources),
        (LISTS_PATH, _index), (LISTS_PATH + ".{form}", _index), (LISTS_PATH + "/{name}", _list),
    ):  # fmt: skip
        routes.add_route(path, handler, methods=["GET"], include_in_schema=False)
    return routes
