"""`/id/…` → 303 → `/doc/…`, and `/auth/…`, `/ns/…`: the documents, negotiated or by suffix.

In: a path and what the client accepts. Out: the document of one thing in one format, validators and links.
"""

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import unquote, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from wallograph import resources
from wallograph.errors import NotFound
from wallograph.iris import digest
from wallograph.publish.documents import Document, document, static_document
from wallograph.publish.jsonld import CONTEXT_PATH, Context, load_context
from wallograph.publish.life import replaced_quads
from wallograph.publish.media import BY_MEDIA_TYPE, HTML, JSON_LD, Format
from wallograph.publish.negotiate import negotiate
from wallograph.publish.projection import DEFAULT, project
from wallograph.web.conditional import Written, conditional
from wallograph.web.document_headers import FRESH, NEGOTIATED, Asked, document_headers, not_acceptable
from wallograph.web.errors import Problem
from wallograph.web.gone import replaced
from wallograph.web.i18n import request_language
from wallograph.web.memento import LINK_FORMAT, links, memento, nearest, write_timemap
from wallograph.web.mementos import mementos_of
from wallograph.web.profile_choice import Wish, choose_profile, no_such_profile, wish_of
from wallograph.web.published import Published
from wallograph.web.routes.profiles import alternatives
from wallograph.web.routes.sparql_release import choose, remaking
from wallograph.web.site import Site
from wallograph.web.targets import (
    Target,
    document_path,
    existing,
    find,
    moved,
    ontology_texts,
    query_of,
    raw_path,
    respelt,
    split_suffix,
)

ThingPage = Callable[[Request, Site, Published, str, str], Response]


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
        location = published.base + document_path(iri[len(published.base) :]) + query_of(request)
        headers = {"Vary": NEGOTIATED, "Cache-Control": FRESH, "Link": f'<{location}>; rel="describedby"'}
        return RedirectResponse(location, 303, headers)

    # -- /doc/, /auth/, /ns/

    async def document(self, request: Request) -> Response:
        """The document, as it is or as it was, from the cache when this representation was sent before."""
        site: Site = request.app.state.site
        published = site.now()
        lang = request_language(request)
        path, suffix = split_suffix(raw_path(request))
        if released := request.query_params.get("release"):
            chosen = choose(site, released)
            if chosen.by_date:  # what a day names may still change on the day itself
                return _to_release(site, request, chosen.release.number)
            if waiting := remaking(site, chosen):
                return waiting
            published = site.at(chosen.release)
        if redirect := moved(published, path, "/doc/", request, suffix.suffix if suffix else ""):
            return redirect
        wish = wish_of(request, published.base, suffix)
        accepted = wish.media_type or request.headers.get("accept")
        form = suffix or BY_MEDIA_TYPE.get(negotiate(accepted, wish.offered) or "")
        if wish.listed:
            target = await run_in_threadpool(find, published, request, path, suffix)
            return await run_in_threadpool(alternatives, request, site, published, target, form)
        if form is None:
            target = await run_in_threadpool(find, published, request, path, suffix)
            raise not_acceptable(published, target.path)
        if not released and "accept-datetime" in request.headers:
            target = await run_in_threadpool(find, published, request, path, suffix)
            return _time_gate(site, request, target, wish)
        asked = _asked(request, form, lang, wish)
        key = (path, suffix is not None, form.key, asked)
        written = published.documents.get(key)
        if written is None:
            target = await run_in_threadpool(find, published, request, path, suffix)
            if other := respelt(published, request, path, target):
                return other
            written = await run_in_threadpool(self._write, site, published, request, target, form, asked)
            if not asked.query:  # else a client could fill the cache
                published.documents.put(key, written, len(written.body) + 1000)
        return conditional(request, written)

    def _write(
        self, site: Site, published: Published, request: Request, target: Target, form: Format, asked: Asked
    ) -> Written:
        pages = 1
        choice = choose_profile(published, target, asked.profile.split())
        if form is HTML and choice.profile is not DEFAULT:
            raise no_such_profile(published, target, choice.fitting)
        if form is HTML:
            page = self.thing_page(request, site, published, target.iri, asked.lang)
            if page.status_code != 200:
                raise Problem(page.status_code, "not-found")
            body = bytes(page.body)
        else:
            if asked.page > 1 and choice.profile is not DEFAULT:
                raise NotFound("only the default profile has further pages")
            found = project(published.store, self._gather(published, target, asked.page), choice.profile)
            asked = replace(asked, profile="" if choice.profile is DEFAULT else choice.profile.token)
            if form not in found.formats():
                raise not_acceptable(published, target.path, without=form)
            body, pages = found.write(form, self.context(published.base)), found.pages
        headers = document_headers(published, target, form, asked, pages, choice)
        tag = digest(form.key, asked.lang + asked.profile, body.decode("utf-8", "replace"), length=24)
        return Written(body, {"ETag": f'"{published.number}-{tag}"', **headers})

    def _gather(self, published: Published, target: Target, page: int) -> Document:
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
            release=published.number,
            page=page,
            also=replaced_quads(target.iri, replaced(published, target.iri)),
            neighbours=published.neighbours,
        )

    def time_map(self, request: Request) -> Response:
        """The mementos of a document (RFC 7089): each edition, and each patch that speaks of the thing."""
        site: Site = request.app.state.site
        published = site.now()
        path = raw_path(request).removeprefix("/timemap")
        target = find(published, _at(request, path), path, None)
        address = published.base + target.path
        body = write_timemap(address, published.base, mementos_of(site, target.iri)).encode()
        headers = {
            "Content-Type": LINK_FORMAT,
            "ETag": f'"{digest(body.decode(), length=32)}"',
            "Cache-Control": FRESH,
        }
        return conditional(request, Written(body, headers))

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
        Route("/timemap/{path:path}", handlers.time_map, methods=["GET"]),
        *(Route(f"/{kind}/{{path:path}}", handlers.document, methods=["GET"]) for kind in ("doc", "auth", "ns")),
    ]


def _asked(request: Request, form: Format, lang: str, wish: Wish) -> Asked:
    """What beside the path tells one representation from another."""
    params = request.query_params
    release = params.get("release", "")
    if form is HTML:
        kept = [(name, value) for name, value in params.multi_items() if name not in ("lang", "release")]
        spoken = "lang" in params  # then the page's own links carry the language on
        profile = " ".join(wish.tokens)
        return Asked(lang=lang, spoken=spoken, release=release, query=urlencode(kept), profile=profile)
    number = params.get("page", "1")
    if not (number.isascii() and number.isdigit() and len(number) < 9 and int(number) > 0):
        raise Problem(400, "bad-request", "'page' is a number from 1.")
    page = int(number)
    query = "" if page == 1 else f"page={page}"
    return Asked(release=release, page=page, query=query, profile=" ".join(wish.tokens))


def _to_release(site: Site, request: Request, number: int) -> Response:
    """302 to the same address with the number of the release."""
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != "release"]
    location = f"{site.base}{raw_path(request)}?{urlencode([*kept, ('release', str(number))])}"
    return RedirectResponse(location, 302, {"Cache-Control": FRESH})


def _time_gate(site: Site, request: Request, target: Target, wish: Wish) -> Response:
    """302 to the memento nearest to the time that is asked for (RFC 7089, 4.1)."""
    base = site.now().base
    address = base + target.path
    release = nearest(mementos_of(site, target.iri), request.headers["accept-datetime"])
    location = memento(address + (target.form.suffix if target.form else ""), release.number) + wish.kept
    headers = {"Vary": NEGOTIATED, "Link": links(address, base), "Cache-Control": FRESH}
    return RedirectResponse(location, 302, headers)


def _at(request: Request, path: str) -> Request:
    """The same request at another path."""
    return Request({**request.scope, "path": unquote(path), "raw_path": path.encode()})
