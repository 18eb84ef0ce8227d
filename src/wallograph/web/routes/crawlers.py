"""For programs that crawl the site: robots.txt and the sitemap, in several files when it is large.

In: a request. Out: what may be crawled, and the addresses of the pages with the day of their release.
"""

from typing import Final
from xml.sax.saxutils import escape

from fastapi import APIRouter, Request
from pyoxigraph import DefaultGraph, NamedNode
from starlette.responses import Response

from wallograph import vocab
from wallograph.errors import NotFound
from wallograph.iris import digest
from wallograph.web.conditional import Written, conditional
from wallograph.web.graph_answer import site_of
from wallograph.web.published import Published

SITEMAP_LIMIT: Final = 50_000  # addresses in one file, by the sitemap protocol
_LISTED_CLASSES: Final = (vocab.ORGANIZATION, vocab.PROJECT, vocab.EVENT, vocab.LOCATION)
_PAGES: Final = ("/", "/about", "/dump/", "/catalog", "/changes", "/rules", "/quality")
_CLOSED: Final = ("/sparql?", "/search?", "/validate/shared/", "/submissions")
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"


def router() -> APIRouter:
    """The routes."""
    routes = APIRouter()
    routes.add_api_route("/robots.txt", robots, methods=["GET"])
    routes.add_api_route("/sitemap.xml", sitemap, methods=["GET"])
    routes.add_api_route("/sitemap-{number}.xml", sitemap, methods=["GET"])
    return routes


def robots(request: Request) -> Response:
    """Robots are kept out of a site whose IRIs only mean something on this machine."""
    site = site_of(request)
    if site.is_default_base:
        text = "# Not for reuse: the addresses here only work on this machine.\nUser-agent: *\nDisallow: /\n"
    else:
        closed = "".join(f"Disallow: {path}\n" for path in _CLOSED)
        text = f"User-agent: *\n{closed}\nSitemap: {site.base}/sitemap.xml\n"
    return Response(text, media_type="text/plain", headers={"Cache-Control": "public, max-age=3600"})


def sitemap(request: Request, number: str = "") -> Response:
    """The pages of what people look for: one file, or an index of files of 50,000 addresses each."""
    published = site_of(request).now()
    written: Written | None = published.documents.get(("sitemap", number))
    if written is None:
        written = _written(_sitemap(published, number))
        published.documents.put(("sitemap", number), written, len(written.body))
    return conditional(request, written)


def _sitemap(published: Published, number: str) -> str:
    found = addresses(published)
    parts = [found[start : start + SITEMAP_LIMIT] for start in range(0, len(found), SITEMAP_LIMIT)]
    day = f"<lastmod>{escape(published.date)}</lastmod>" if published.date else ""
    if not number and len(parts) > 1:
        names = (f"{published.base}/sitemap-{n}.xml" for n in range(1, len(parts) + 1))
        lines = "".join(f"<sitemap><loc>{escape(name)}</loc>{day}</sitemap>\n" for name in names)
        return f'{_HEAD}<sitemapindex xmlns="{_NAMESPACE}">\n{lines}</sitemapindex>\n'
    if number and not (number in {str(n) for n in range(1, len(parts) + 1)} and len(parts) > 1):
        raise NotFound(f"there is no sitemap {number!r}")
    part = parts[int(number) - 1] if number else parts[0]
    lines = "".join(f"<url><loc>{escape(address)}</loc>{day}</url>\n" for address in part)
    return f'{_HEAD}<urlset xmlns="{_NAMESPACE}">\n{lines}</urlset>\n'


def addresses(published: Published) -> list[str]:
    """The pages of the site and of the things people look for."""
    found = [f"{published.base}{path}" for path in _PAGES]
    prefix = f"{published.base}/id/"
    for kind in _LISTED_CLASSES:
        quads = published.store.quads(None, NamedNode(vocab.TYPE), NamedNode(kind), DefaultGraph())
        names = sorted(q.subject.value for q in quads if isinstance(q.subject, NamedNode))
        found += [f"{published.base}/doc/{iri[len(prefix) :]}" for iri in names if iri.startswith(prefix)]
    return list(dict.fromkeys(found))  # a thing of two classes stands once


def _written(text: str) -> Written:
    headers = {
        "Content-Type": "application/xml",
        "ETag": f'"{digest(text, length=32)}"',
        "Cache-Control": "public, max-age=3600",
    }
    return Written(text.encode(), headers)
