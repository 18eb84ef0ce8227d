"""`/catalog` and what leads to it: DCAT-AP, VoID, the list of interfaces (RFC 9727), the search description.

In: a request. Out: documents on the dataset, its editions and its services, from the manifest of the release.
"""

import json
from typing import Any, Final
from xml.sax.saxutils import escape

from fastapi import APIRouter, Request
from pyoxigraph import DefaultGraph, NamedNode
from starlette.responses import Response

from wallograph import vocab
from wallograph.iris import digest, rebase_iri
from wallograph.publish.catalogue import PATH, Edition, File, Offer, Service, catalogue
from wallograph.publish.catalogue_texts import SERVICES
from wallograph.publish.void import WELL_KNOWN, Facts, describe, linksets
from wallograph.web.conditional import Written, conditional
from wallograph.web.embedded import of_catalogue
from wallograph.web.graph_answer import answer_graph, site_of
from wallograph.web.i18n import request_language
from wallograph.web.published import Published
from wallograph.web.routes.dumps import editions
from wallograph.web.site import Site

API_CATALOG: Final = "/.well-known/api-catalog"
OPENSEARCH: Final = "/opensearch.xml"
_LDES: Final = "https://w3id.org/ldes/specification"
_SPARQL: Final = "https://www.w3.org/TR/sparql11-protocol/"
_OPENAPI: Final = "https://spec.openapis.org/oas/v3.1.0"
_A_DAY: Final = "public, max-age=86400"


def router() -> APIRouter:
    """The routes."""
    routes = APIRouter()
    routes.add_api_route(PATH, dcat, methods=["GET"])
    routes.add_api_route(PATH + ".{suffix}", dcat, methods=["GET"])
    routes.add_api_route(WELL_KNOWN, void, methods=["GET"])
    routes.add_api_route(API_CATALOG, api_catalog, methods=["GET"])
    routes.add_api_route(OPENSEARCH, opensearch, methods=["GET"])
    return routes


def dcat(request: Request, suffix: str = "") -> Response:
    """The catalogue: a page, or DCAT-AP in any RDF format."""
    site = site_of(request)
    published = site.now()
    found = offer(site, published)

    def page(lang: str) -> Response:
        return site.render(
            "catalogue.html", request, lang=lang, offer=found, counts=_counts(published), words=_words,
            structured=of_catalogue(site, found, lang),
        )  # fmt: skip

    links = [f'<{published.base}{WELL_KNOWN}>; rel="describedby"; type="text/turtle"']
    if published.license:
        links.append(f'<{published.license}>; rel="license"')
    return answer_graph(request, published, PATH, lambda: catalogue(found), suffix=suffix, page=page, links=links)


def offer(site: Site, published: Published) -> Offer:
    """The facts of the installation and its editions."""
    return Offer(
        base=published.base,
        modified=published.date,
        release=published.number,
        license=published.license,
        publisher=site.settings.publisher,
        contact=site.settings.contact,
        publisher_type=site.settings.publisher_type,
        since=_since(published),
        editions=tuple(
            Edition(e.key, e.date, tuple(File(f.name, f.size, f.sha256, f.media_type, f.url) for f in e.files))
            for e in editions(site)
        ),
        services=_services(site, published.base),
    )


def _since(published: Published) -> str:
    """The first year that a statement is made for; empty when none says one."""
    kept: str | None = published.documents.get(("since",))
    if kept is None:
        stated_for = NamedNode(rebase_iri(vocab.STATED_FOR, published.base))
        found = published.store.quads(None, stated_for, None, DefaultGraph())
        kept = min((quad.object.value for quad in found), default="")
        published.documents.put(("since",), kept, 100)
    return kept


def _services(site: Site, base: str) -> tuple[Service, ...]:
    found = [
        Service("api", f"{base}/api", f"{base}/api/openapi.json", _OPENAPI),
        Service("changes", f"{base}/changes", f"{base}/changes", _LDES),
    ]
    if site.query_client is not None:
        found.insert(0, Service("sparql", f"{base}/sparql", f"{base}/sparql", _SPARQL))
    return tuple(found)


def _words(service: str, lang: str) -> str:
    return SERVICES[service].description[lang]


def _counts(published: Published) -> dict[str, Any]:
    counts: dict[str, Any] = published.manifest.get("counts") or {}
    return counts


def void(request: Request) -> Response:
    """The dataset in VoID: access, size, classes, properties, links to other datasets."""
    site = site_of(request)
    published = site.now()
    facts = Facts(
        base=published.base,
        modified=published.date,
        license=published.license,
        counts=_counts(published),
        dumps=tuple(file.url for edition in editions(site)[:1] for file in edition.files),
        sparql=site.query_client is not None,
    )
    return answer_graph(request, published, WELL_KNOWN, lambda: describe(facts, linksets(published.store)))


def api_catalog(request: Request) -> Response:
    """The interfaces of this site as a linkset (RFC 9727, RFC 9264)."""
    site = site_of(request)
    base = site.now().base
    here = f"{base}{API_CATALOG}"
    services = _services(site, base)
    context = [{"anchor": here, "item": [{"href": service.url} for service in services]}]
    for service in services:
        kind = "application/json" if service.key == "api" else "text/turtle"
        described = {"service-desc": [{"href": service.description, "type": kind}]}
        documented = {"service-doc": [{"href": f"{base}/api", "type": "text/html"}]}
        context.append({"anchor": service.url, **described, **documented})
    body = json.dumps({"linkset": context}, indent=1).encode()
    headers = {
        "Content-Type": 'application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"',
        "ETag": f'"{digest(body.decode(), length=32)}"',
        "Cache-Control": _A_DAY,
        "Link": f'<{here}>; rel="api-catalog"',
    }
    return conditional(request, Written(body, headers))


def opensearch(request: Request) -> Response:
    """The search of this site for browsers (OpenSearch 1.1), in the language of the visitor."""
    site = site_of(request)
    base, lang = site.now().base, request_language(request)
    tagline = escape(site.messages(lang, "site-tagline"))
    where = escape(f"{base}/search?q={{searchTerms}}&lang={lang}")
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
        f"<ShortName>wallograph</ShortName>\n<Description>{tagline}</Description>\n"
        f'<Url type="text/html" template="{where}"/>\n'
        f"<Language>{lang}</Language>\n<InputEncoding>UTF-8</InputEncoding>\n</OpenSearchDescription>\n"
    ).encode()
    headers = {
        "Content-Type": "application/opensearchdescription+xml",
        "ETag": f'"{digest(body.decode(), length=32)}"',
        "Cache-Control": _A_DAY,
        "Vary": "Accept-Language",
        "Content-Language": lang,
    }
    return conditional(request, Written(body, headers))
