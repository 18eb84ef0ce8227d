"""`/embed/…`: a card and a badge that other sites can show: "part of the digital ecosystem of Wallonia".

In: the reference of an actor and a language. Out: a small page for a frame, or an SVG picture; without scripts, each
locked up by its own Content-Security-Policy. What they say comes from the current release.
"""

from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from wallograph.errors import NotFound
from wallograph.iris import digest
from wallograph.publish.page_graph import PageGraph
from wallograph.publish.page_thing import ThingPage, thing_view
from wallograph.web.conditional import Written, conditional
from wallograph.web.graph_answer import site_of
from wallograph.web.i18n import request_language
from wallograph.web.published import Published
from wallograph.web.targets import existing, moved

_HOUR: Final = "public, max-age=3600"
_CARD: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *"
)
_PICTURE: Final = "default-src 'none'; sandbox; frame-ancestors *"
_LINE: Final = 30  # letters of a name that fit into the badge


def router() -> APIRouter:
    """The routes."""
    routes = APIRouter()
    routes.add_api_route("/embed/actor/{reference}.svg", badge, methods=["GET"])
    routes.add_api_route("/embed/actor/{reference}", card, methods=["GET"])
    return routes


def card(request: Request, reference: str) -> Response:
    """The card, a page for a frame."""
    return _embedded(request, reference, "embed_card.html", "text/html; charset=utf-8", _CARD, "")


def badge(request: Request, reference: str) -> Response:
    """The badge, a picture."""
    return _embedded(request, reference, "embed_badge.svg", "image/svg+xml", _PICTURE, ".svg")


def _embedded(request: Request, reference: str, template: str, kind: str, policy: str, suffix: str) -> Response:
    site = site_of(request)
    published = site.now()
    if redirect := moved(published, f"/embed/actor/{reference}", "/embed/", request, suffix):
        return redirect
    lang = request_language(request)
    key = ("embed", reference, suffix, lang, request.url.query == "")
    written: Written | None = published.documents.get(key)
    if written is None:
        page = _actor(published, published.pages, reference, lang)
        name = page.head.name.text
        short = name if len(name) <= _LINE else name[: _LINE - 1].rstrip() + "…"
        body = bytes(site.render(template, request, lang=lang, page=page, short=short).body)
        headers = {
            "Content-Type": kind,
            "Content-Language": lang,
            "Content-Security-Policy": policy,
            "Cache-Control": _HOUR,
            "ETag": f'"{published.number}-{digest(template, lang, body.decode(), length=24)}"',
            "Vary": "Accept-Language",
            "X-Robots-Tag": "noindex",
            "Link": f'<{published.base}/doc/actor/{reference}>; rel="canonical"',
        }
        written = Written(body, headers)
        published.documents.put(key, written, len(body) + 1000)
    return conditional(request, written)


def _actor(published: Published, graph: PageGraph, reference: str, lang: str) -> ThingPage:
    iri = existing(published, [f"{published.base}/id/actor/{reference}"])
    if iri is None:
        raise NotFound(f"there is no actor {reference!r}")
    return thing_view(graph, iri, "actor", lang)
