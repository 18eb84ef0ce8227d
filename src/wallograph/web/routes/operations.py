"""For machines that look after the site or crawl it: health, robots, sitemap, and the description of the dataset."""

from typing import Final
from xml.sax.saxutils import escape

from fastapi import APIRouter, Request
from pyoxigraph import DefaultGraph, NamedNode
from starlette.responses import JSONResponse, Response

from wallograph import resources, vocab
from wallograph.errors import WallographError
from wallograph.iris import digest
from wallograph.publish.jsonld import load_context
from wallograph.publish.media import RDF_FORMATS
from wallograph.publish.negotiate import negotiate
from wallograph.publish.void import WELL_KNOWN, describe
from wallograph.web.conditional import Written, conditional
from wallograph.web.errors import Problem
from wallograph.web.routes.dumps import editions
from wallograph.web.site import Published, Site

_SITEMAP_LIMIT: Final = 50_000  # addresses in one file, by the sitemap protocol
_LISTED_CLASSES: Final = (vocab.ORGANIZATION, vocab.PROJECT, vocab.EVENT, vocab.LOCATION)


def router() -> APIRouter:
    """The routes."""
    routes = APIRouter()
    routes.add_api_route("/healthz", health, methods=["GET"])
    routes.add_api_route("/robots.txt", robots, methods=["GET"])
    routes.add_api_route("/sitemap.xml", sitemap, methods=["GET"])
    routes.add_api_route(WELL_KNOWN, void, methods=["GET"])
    return routes


def health(request: Request) -> Response:
    """200 when a release is open (503 is given by the table of errors when there is none)."""
    site = _site(request)
    published = site.now()
    content = {
        "status": "ok",
        "release": published.number,
        "date": published.date,
        "base": published.base,
        "queryService": site.query_client is not None,
        "sandboxed": _sandboxed(site),
    }
    return JSONResponse(content, headers={"Cache-Control": "no-store"})


def _sandboxed(site: Site) -> bool | None:
    """Whether queries run behind the socket filter; None when the query service does not answer."""
    try:
        return bool(site.query_client.status()["wall"]) if site.query_client is not None else None
    except WallographError:
        return None


def robots(request: Request) -> Response:
    """Robots are kept out of a site whose IRIs only mean something on this machine."""
    site = _site(request)
    if site.is_default_base:
        text = "# Not for reuse: the addresses here only work on this machine.\nUser-agent: *\nDisallow: /\n"
    else:
        text = f"User-agent: *\nDisallow: /sparql?\nDisallow: /search?\n\nSitemap: {site.base}/sitemap.xml\n"
    return Response(text, media_type="text/plain", headers={"Cache-Control": "public, max-age=3600"})


def sitemap(request: Request) -> Response:
    """The pages of what people look for, as far as one file may hold them."""
    published = _site(request).now()
    written: Written | None = published.documents.get(("sitemap",))
    if written is None:
        written = _sitemap(published)
        published.documents.put(("sitemap",), written, len(written.body))
    return conditional(request, written)


def void(request: Request) -> Response:
    """The dataset in the RDF format that is asked for, Turtle first."""
    site = _site(request)
    published = site.now()
    forms = {f.media_type: f for f in RDF_FORMATS.values()}
    chosen = negotiate(request.headers.get("accept"), list(forms))
    if chosen is None:
        raise Problem(406, "not-acceptable", variants=[{"type": kind} for kind in forms])
    dumps = [file.url for edition in editions(site) if edition.latest for file in edition.files]
    found = describe(
        published.base,
        modified=published.date,
        license=published.license,
        counts=published.manifest.get("counts", {}),
        dumps=dumps,
        sparql=site.query_client is not None,
    )
    body = found.write(forms[chosen], load_context(resources.ontology_dir(), published.base))
    headers = {
        "Content-Type": forms[chosen].content_type,
        "ETag": f'"{digest(body.decode(), length=32)}"',
        "Vary": "Accept",
        "Cache-Control": "public, max-age=60, must-revalidate",
    }
    return conditional(request, Written(body, headers))


def _sitemap(published: Published) -> Written:
    addresses = [f"{published.base}{path}" for path in ("/", "/about", "/dump/")]
    prefix = f"{published.base}/id/"
    for kind in _LISTED_CLASSES:
        found = published.store.quads(None, NamedNode(vocab.TYPE), NamedNode(kind), DefaultGraph())
        names = sorted(q.subject.value for q in found if isinstance(q.subject, NamedNode))
        addresses += [f"{published.base}/doc/{iri[len(prefix) :]}" for iri in names if iri.startswith(prefix)]
    lines = "".join(f"<url><loc>{escape(address)}</loc></url>\n" for address in addresses[:_SITEMAP_LIMIT])
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{lines}</urlset>\n'
    )
    headers = {
        "Content-Type": "application/xml",
        "ETag": f'"{digest(text, length=32)}"',
        "Cache-Control": "public, max-age=3600",
    }
    return Written(text.encode(), headers)


def _site(request: Request) -> Site:
    site: Site = request.app.state.site
    return site
