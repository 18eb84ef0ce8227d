"""`/id/…` → 303 → `/doc/…`, and `/auth/…`, `/ns/…`: the documents, negotiated or by suffix.

In: a path and what the client accepts. Out: the document of one thing in one format, validators and links.
"""

from collections.abc import Callable
from email.utils import formatdate
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from wallograph import resources
from wallograph.errors import NotFound
from wallograph.iris import digest
from wallograph.publish.documents import Document, document, static_document
from wallograph.publish.jsonld import CONTEXT_PATH, Context, load_context
from wallograph.publish.media import BY_MEDIA_TYPE, FORMATS, HTML, JSON_LD, Format
from wallograph.publish.negotiate import negotiate
from wallograph.web.conditional import Written, conditional
from wallograph.web.errors import Problem
from wallograph.web.i18n import LANGUAGES, request_language
from wallograph.web.site import Published, Site
from wallograph.web.targets import (
    Target,
    existing,
    find,
    moved,
    ontology_texts,
    query_of,
    raw_path,
    split_suffix,
)

ThingPage = Callable[[Request, Site, Published, str, str], Response]
NEGOTIATED: Final = "Accept, Accept-Language"
_FRESH: Final = "public, max-age=60, must-revalidate"
_OFFERED: Final = tuple(f.media_type for f in FORMATS.values())


class Documents:
    """The handlers, with what they share."""

    def __init__(self, thing_page: ThingPage) -> None:
        self.thing_page = thing_page
        self._contexts: dict[str, Context] = {}

    # -- /id/

    def identifier(self, request: Request) -> Response:
        """303 to the document; 301 when merged, 410 when withdrawn, 404 when unknown."""
        published = request.app.state.site.now()
        path = raw_path(request)
        if redirect := moved(published, path, "/id/", request, ""):
            return redirect
        iri = existing(published, [published.base + path, published.base + request.scope["path"]])
        if iri is None:
            raise NotFound(f"nothing is published under {path}")
        location = published.base + "/doc/" + path.removeprefix("/id/") + query_of(request)
        headers = {"Vary": NEGOTIATED, "Cache-Control": _FRESH, "Link": f'<{location}>; rel="describedby"'}
        return RedirectResponse(location, 303, headers)

    # -- /doc/, /auth/, /ns/

    async def document(self, request: Request) -> Response:
        """The document, from the cache when this representation was sent before."""
        site: Site = request.app.state.site
        published = site.now()
        lang = request_language(request)
        path, suffix = split_suffix(raw_path(request))
        if redirect := moved(published, path, "/doc/", request, suffix.suffix if suffix else ""):
            return redirect
        form = suffix or BY_MEDIA_TYPE.get(negotiate(request.headers.get("accept"), _OFFERED) or "")
        if form is None:
            target = await run_in_threadpool(find, published, request, path, suffix)
            raise not_acceptable(published, target.path)
        query = _page_query(request) if form is HTML else ""
        asked = form is HTML and "lang" in request.query_params  # then the page's own links carry the language on
        key = (path, suffix is not None, form.key, lang if form is HTML else "", asked, query)
        written = published.documents.get(key)
        if written is None:
            target = await run_in_threadpool(find, published, request, path, suffix)
            written = await run_in_threadpool(self._write, site, published, request, target, form, lang)
            if not query:  # else a client could fill the cache
                published.documents.put(key, written, len(written.body) + 1000)
        return conditional(request, written)

    def _write(
        self, site: Site, published: Published, request: Request, target: Target, form: Format, lang: str
    ) -> Written:
        if form is HTML:
            page = self.thing_page(request, site, published, target.iri, lang)
            if page.status_code != 200:
                raise Problem(page.status_code, "not-found")
            body = bytes(page.body)
        else:
            found = self._gather(published, target)
            if form not in found.formats():
                raise not_acceptable(published, target.path, without=form)
            body = found.write(form, self.context(published.base))
        headers = _headers(published, target, form, lang if form is HTML else "", _page_query(request))
        tag = digest(form.key, lang, body.decode("utf-8", "replace"), length=24)
        return Written(body, {"ETag": f'"{published.number}-{tag}"', **headers})

    def _gather(self, published: Published, target: Target) -> Document:
        base = published.base
        url = base + "/doc/" + target.path.removeprefix("/doc/").lstrip("/")
        if target.static:
            return static_document(ontology_texts(target.static, base), target.iri, base=base, url=url)
        return document(
            published.store,
            target.iri,
            base=base,
            url=url,
            modified=published.date,
            license=published.license,
        )

    # -- the JSON-LD context

    def json_ld_context(self, request: Request) -> Response:
        """The context: its address carries its version, so it never changes."""
        base = request.app.state.site.now().base
        body = self.context(base).body
        headers = {
            "Content-Type": JSON_LD.media_type,
            "ETag": f'"{digest(body.decode(), length=32)}"',
            "Cache-Control": "public, max-age=31536000, immutable",
        }
        return conditional(request, Written(body, headers))

    def context(self, base: str) -> Context:
        """The shipped context on a base, read once."""
        if base not in self._contexts:
            self._contexts[base] = load_context(resources.ontology_dir(), base)
        return self._contexts[base]


def routes(thing_page: ThingPage) -> list[Route]:
    """The routes; plain ones, for this is the hot path and the framework's own matching costs a third of it.

    `thing_page(request, site, published, iri, lang)` makes the page for people.
    """
    handlers = Documents(thing_page)
    return [
        Route(CONTEXT_PATH, handlers.json_ld_context, methods=["GET"]),
        Route("/id/{path:path}", handlers.identifier, methods=["GET"]),
        *(Route(f"/{kind}/{{path:path}}", handlers.document, methods=["GET"]) for kind in ("doc", "auth", "ns")),
    ]


def not_acceptable(published: Published, path: str, without: Format | None = None) -> Problem:
    """406 with the list of what there is."""
    forms = [f for f in FORMATS.values() if f is not without]
    variants = [{"type": f.media_type, "url": published.base + path + f.suffix} for f in forms]
    return Problem(406, "not-acceptable", headers={"Link": _alternates(published.base + path)}, variants=variants)


def _headers(published: Published, target: Target, form: Format, lang: str, query: str) -> dict[str, str]:
    """Everything but the ETag; `lang` is empty for what has no language."""
    address = published.base + target.path
    headers = {
        "Content-Type": form.content_type,
        "Cache-Control": _FRESH,
        "Link": _links(published, target, address),
    }
    if target.form is None:
        headers["Vary"] = NEGOTIATED
        if not (lang and query):
            headers["Content-Location"] = address + form.suffix + (f"?lang={lang}" if lang else "")
    elif lang:
        headers["Vary"] = "Accept-Language"
    if lang:
        headers["Content-Language"] = lang
    elif not target.static:  # a page and the ontology also change with the software, without a new release
        headers["Last-Modified"] = formatdate(published.made, usegmt=True)
    return headers


def _links(published: Published, target: Target, address: str) -> str:
    links = [
        _alternates(address),
        f'<{address}>; rel="canonical"',
        f'<{target.iri}>; rel="cite-as"',
        f'<{published.base}/.well-known/void>; rel="describedby"; type="text/turtle"',
    ]
    if published.license:
        links.append(f'<{published.license}>; rel="license"')
    return ", ".join(links)


def _alternates(address: str) -> str:
    return ", ".join(f'<{address}{f.suffix}>; rel="alternate"; type="{f.media_type}"' for f in FORMATS.values())


def _page_query(request: Request) -> str:
    """The query as far as it changes a page beside its language."""
    query = request.url.query
    return "" if query in {f"lang={lang}" for lang in LANGUAGES} else query
