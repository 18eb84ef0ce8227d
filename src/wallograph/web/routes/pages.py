"""The pages for people that are no documents of a thing: start page, search, lists to browse, figures, about.

In: a request. Out: a page in the visitor's language, or JSON of the search. `thing_page` makes the page of a thing
for the routes of the documents.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

from fastapi import APIRouter, FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from wallograph.errors import NotFound, StateError
from wallograph.publish.negotiate import negotiate
from wallograph.publish.page_concept import concept_tree, use_counts
from wallograph.publish.page_figures import all_figures, by_indicator, headline, held
from wallograph.publish.page_graph import PageGraph
from wallograph.publish.page_head import paged
from wallograph.publish.page_home import questions
from wallograph.publish.page_lists import actors_of_kind, code_lists, events, kind_counts, projects_of_kind
from wallograph.publish.page_place import place_counts, places_view, towns
from wallograph.publish.page_search import as_data, search_view
from wallograph.publish.page_source import all_sources, publishers
from wallograph.publish.page_thing import universities_of
from wallograph.publish.pages import view_of
from wallograph.web.embedded import of_thing
from wallograph.web.errors import KINDS, Problem
from wallograph.web.gone import replaced
from wallograph.web.i18n import LANGUAGES, request_language
from wallograph.web.published import Published
from wallograph.web.site import Site

_ROLES: Final = ("stated", "read", "derived", "register", "proposal", "code-list", "vocabulary")
_LONGEST: Final = 200
_MOST_PUBLISHERS: Final = 14


def warm(app: FastAPI) -> None:
    """Look up what most pages share, so that the first visitor does not wait; without a release, nothing."""
    site: Site = app.state.site
    try:
        published = site.now()
    except StateError:
        return
    graph = published.pages
    for look_up in (universities_of, all_sources, use_counts, place_counts, held):
        look_up(graph)
    for lang in LANGUAGES:
        all_figures(graph, lang)
    for template in ("home.html", "thing.html", "search.html", "place.html", "concept.html"):
        site.templates.get_template(template)


@asynccontextmanager
async def _warmed(app: FastAPI) -> AsyncIterator[None]:
    await run_in_threadpool(warm, app)
    yield


def _page(
    request: Request, site: Site, published: Published, template: str, lang: str | None = None, **data: Any
) -> Response:
    """Render with what every page of a release shows. `keep` is the language that links carry on."""
    lang = lang or request_language(request)
    release = {
        "number": published.number,
        "date": str(published.manifest.get("date", "")),
        "hash": (published.manifest.get("graph") or {}).get("sha256", ""),
        "past": published.number != site.now().number,
    }
    keep = lang if request.query_params.get("lang", "").lower() in LANGUAGES else ""
    return site.render(template, request, lang=lang, release=release, keep=keep, **data)


def _number(request: Request) -> int:
    text = request.query_params.get("page", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 1


def thing_page(request: Request, site: Site, published: Published, iri: str, lang: str) -> Response:
    """The page of a thing, a code list, an entry of one, or the vocabulary."""
    graph = published.pages
    view = view_of(graph, iri, lang, _number(request))
    more: dict[str, Any] = {"held": held(graph)} if view.template == "figure.html" else {}
    more["replaced"] = replaced(published, iri)
    structured = of_thing(site, published, iri, view.page, lang)
    return _page(request, site, published, view.template, lang, page=view.page, structured=structured, **more)


def _start(request: Request) -> tuple[Site, Published, PageGraph, str]:
    site: Site = request.app.state.site
    published = site.now()
    return site, published, published.pages, request_language(request)


def home(request: Request) -> Response:
    """The start page."""
    site, published, graph, lang = _start(request)
    pages = sum(line.role in ("stated", "register") for line in all_sources(graph))
    return _page(
        request, site, published, "home.html", lang,
        questions=questions(graph, lang),
        pages=pages,
        kinds=kind_counts(graph, "actor-kind", lang),
        themes=sorted(concept_tree(graph, graph.own_auth("theme"), lang)[0], key=lambda node: -node.count),
        provinces=places_view(graph, lang),
        towns=towns(graph, lang),
        headline=headline(graph, lang),
        held=held(graph),
    )  # fmt: skip


def search(request: Request) -> Response:
    """Full text with facets, as a page or as JSON."""
    site, published, graph, lang = _start(request)
    chosen = negotiate(request.headers.get("accept"), ("text/html", "application/json"))
    if chosen is None:
        raise Problem(406, "not-acceptable", variants=["text/html", "application/json"])
    query = request.query_params
    q = query.get("q", "").strip()[:_LONGEST]
    filters = {name: query.get(name, "")[:_LONGEST] for name in ("concept", "kind", "theme", "place")}
    found = search_view(graph, published.search, lang, q, filters, _number(request))
    if chosen == "application/json":
        headers = {"Vary": "Accept, Accept-Language", "Content-Language": lang, "Cache-Control": "no-cache"}
        return JSONResponse(as_data(found), headers=headers)
    return _page(request, site, published, "search.html", lang, found=found)


def kinds(request: Request) -> Response:
    """Kinds of organisation."""
    site, published, graph, lang = _start(request)
    return _page(request, site, published, "kinds.html", lang, kinds=kind_counts(graph, "actor-kind", lang))


def kind(request: Request) -> Response:
    """The organisations of a kind."""
    site, published, graph, lang = _start(request)
    code = request.path_params["kind"]
    iri = graph.code("actor-kind", code)
    if not graph.iri_like(iri) or not graph.known(iri):
        raise NotFound(f"there is no kind of organisation '{code}'")
    about, cut = actors_of_kind(graph, code, lang, _number(request))
    return _page(request, site, published, "kind.html", lang, about=about, cut=cut)


def themes(request: Request) -> Response:
    """The themes as a tree."""
    site, published, graph, lang = _start(request)
    tree, _ = concept_tree(graph, graph.own_auth("theme"), lang)
    return _page(request, site, published, "themes.html", lang, tree=tree)


def places(request: Request) -> Response:
    """Provinces and municipalities."""
    site, published, graph, lang = _start(request)
    return _page(request, site, published, "places.html", lang, provinces=places_view(graph, lang))


def projects(request: Request) -> Response:
    """Projects, programmes, good practices."""
    site, published, graph, lang = _start(request)
    found = kind_counts(graph, "project-kind", lang)
    code = request.query_params.get("kind", "")
    code = code if any(code == k.code for k in found) else ""
    cut = projects_of_kind(graph, code, lang, _number(request))
    return _page(request, site, published, "projects.html", lang, cut=cut, kinds=found, kind=code)


def all_events(request: Request) -> Response:
    """Events."""
    site, published, graph, lang = _start(request)
    cut = paged(events(graph, lang), _number(request))
    return _page(request, site, published, "events.html", lang, cut=cut)


def figures(request: Request) -> Response:
    """Published figures, and what the graph holds beside them."""
    site, published, graph, lang = _start(request)
    found = all_figures(graph, lang)
    cut = paged(by_indicator(found), _number(request))
    return _page(request, site, published, "figures.html", lang, cut=cut, total=len(found), held=held(graph))


def sources(request: Request) -> Response:
    """All sources by role, pages first; or the pages of one publisher."""
    site, published, graph, lang = _start(request)
    lines = all_sources(graph)
    roles = [(role, n) for role in _ROLES if (n := sum(line.role == role for line in lines))]
    publisher = request.query_params.get("publisher", "")[:_LONGEST]
    role = request.query_params.get("role", "" if publisher else "stated")
    role = role if role in _ROLES else ""
    found = [
        graph.source(line.iri) for line in lines
        if (not role or line.role == role) and (not publisher or line.publisher == publisher)
    ]  # fmt: skip
    return _page(
        request, site, published, "sources.html", lang,
        cut=paged(found, _number(request)), roles=roles, role=role, publisher=publisher,
        publishers=publishers(graph)[:_MOST_PUBLISHERS], everything=len(lines),
    )  # fmt: skip


def lists(request: Request) -> Response:
    """The code lists."""
    site, published, graph, lang = _start(request)
    return _page(request, site, published, "code_lists.html", lang, lists=code_lists(graph, lang))


def about(request: Request) -> Response:
    """Who, licence, attributions, known weaknesses."""
    site, published, graph, lang = _start(request)
    contact = site.settings.contact
    return _page(request, site, published, "about.html", lang, held=held(graph), contact=contact)


def problems(request: Request) -> Response:
    """What the kinds of problem mean: the `type` of a problem document leads here."""
    site: Site = request.app.state.site
    return site.render("problems.html", request, kinds=KINDS, keep="")


def router() -> APIRouter:
    """The routes of the pages."""
    routes = APIRouter(lifespan=_warmed)
    for path, handler in (
        ("/", home), ("/search", search), ("/kinds", kinds), ("/kinds/{kind}", kind), ("/themes", themes),
        ("/places", places), ("/projects", projects), ("/events", all_events), ("/figures", figures),
        ("/sources", sources), ("/code-lists", lists), ("/about", about), ("/about/problems", problems),
    ):  # fmt: skip
        routes.add_route(path, handler, methods=["GET"], include_in_schema=False)
    return routes
