"""`/profiles`, and `?_profile=alt` of a thing: which profiles there are, and in which formats.

In: a request. Out: the list as a page or in any RDF format; the query that makes a profile.
"""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from wallograph import resources
from wallograph.errors import NotFound
from wallograph.iris import digest, rebase
from wallograph.publish.jsonld import load_context
from wallograph.publish.media import HTML, TURTLE, Format
from wallograph.publish.profile_list import PATH, WORDS, profile_list
from wallograph.publish.profile_list import alternatives as alternatives_document
from wallograph.publish.projection import DEFAULT, PROFILES, Profile
from wallograph.web.conditional import Written, conditional
from wallograph.web.document_headers import FRESH, NEGOTIATED, not_acceptable
from wallograph.web.graph_answer import answer_graph, site_of
from wallograph.web.i18n import request_language
from wallograph.web.profile_choice import PROF, all_links, choose_profile, forms_of, variant_address
from wallograph.web.published import Published
from wallograph.web.site import Site
from wallograph.web.targets import Target


def router() -> APIRouter:
    """The routes."""
    routes = APIRouter()
    routes.add_api_route(PATH, listed, methods=["GET"])
    routes.add_api_route(PATH + ".{suffix}", listed, methods=["GET"])
    routes.add_api_route(PATH + "/{token}.rq", mapping, methods=["GET"])
    return routes


def listed(request: Request, suffix: str = "") -> Response:
    """All profiles: a page, or the Profiles Vocabulary in any RDF format."""
    site = site_of(request)
    published = site.now()

    def page(lang: str) -> Response:
        rows = [_row(profile, published.base, lang) for profile in PROFILES.values()]
        return site.render("profiles.html", request, lang=lang, rows=rows, thing=None)

    base = published.base
    links = [f'<{PROF}>; rel="type"; token="{p.token}"; anchor="{p.uri(base)}"' for p in PROFILES.values()]
    return answer_graph(request, published, PATH, lambda: profile_list(base), suffix=suffix, page=page, links=links)


def mapping(request: Request, token: str) -> Response:
    """The CONSTRUCT that makes a profile of a document."""
    base = site_of(request).now().base
    profile = PROFILES.get(token)
    if profile is None or profile is DEFAULT:
        raise NotFound(f"there is no query for a profile '{token}'")
    body = rebase(profile.query(), base).encode()
    headers = {
        "Content-Type": "application/sparql-query",
        "ETag": f'"{digest(body.decode(), length=32)}"',
        "Cache-Control": FRESH,
    }
    return conditional(request, Written(body, headers))


def alternatives(
    request: Request, site: Site, published: Published, target: Target, form: Format | None
) -> Response:
    """The profiles and formats of one thing (`?_profile=alt`)."""
    if form is None:
        raise not_acceptable(published, target.path)
    base, address = published.base, published.base + target.path
    fitting = choose_profile(published, target, ()).fitting
    lang = request_language(request) if form is HTML else ""
    if form is HTML:
        rows = [_row(p, base, lang) | {"links": [(f.label, variant_address(address, p, f)) for f in forms_of(p)]}
                for p in fitting]  # fmt: skip
        page = site.render("profiles.html", request, lang=lang, rows=rows, thing=target.iri, address=address)
        body = bytes(page.body)
    else:
        variants = [
            (variant_address(address, p, f), f.media_type, p.uri(base), p is DEFAULT and f is TURTLE)
            for p in fitting for f in forms_of(p)
        ]  # fmt: skip
        found = alternatives_document(target.iri, address, base, variants)
        body = found.write(form, load_context(resources.ontology_dir(), base))
    headers = {
        "Content-Type": form.content_type,
        "ETag": f'"{published.number}-{digest("alt", form.key, lang, body.decode(), length=24)}"',
        "Cache-Control": FRESH,
        "Link": ", ".join([f'<{address}>; rel="canonical"', *all_links(base, address, fitting)]),
        "Vary": NEGOTIATED,
    }
    return conditional(request, Written(body, headers | ({"Content-Language": lang} if lang else {})))


def _row(profile: Profile, base: str, lang: str) -> dict[str, Any]:
    return {
        "token": profile.token,
        "title": profile.title,
        "uri": profile.uri(base),
        "text": WORDS[profile.token][lang],
        "query": "" if profile is DEFAULT else f"{PATH}/{profile.token}.rq",
        "links": [],
    }
