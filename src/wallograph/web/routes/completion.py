"""For the query editor: what may be completed, names of things, example questions, outlines of provinces.

In: a language, the beginning of a name, what was chosen. Out: JSON of the current release, with a validator; the
example questions also as pages, for people without script.
"""

import json
from collections.abc import Callable
from typing import Any, Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from wallograph.iris import digest
from wallograph.publish.completion import completion
from wallograph.publish.gallery import gallery, one_question
from wallograph.publish.negotiate import negotiate
from wallograph.resources import data_dir
from wallograph.web.conditional import Written, conditional
from wallograph.web.i18n import request_language
from wallograph.web.published import Published
from wallograph.web.site import Site

JSON: Final = "application/json"
HTML: Final = "text/html"
NAMES: Final = 25  # of one answer
OUTLINES: Final = "province_outlines.geojson"


def router() -> APIRouter:
    """The routes."""
    routes = APIRouter()
    for path, handler in (
        ("/sparql/completion", terms),
        ("/sparql/names", names),
        ("/sparql/questions", questions),
        ("/sparql/questions/{code}", question),
        ("/sparql/outlines", outlines),
    ):
        routes.add_route(path, handler, methods=["GET"], include_in_schema=False)
    return routes


def terms(request: Request) -> Response:
    """Classes, properties, code lists and places with their counts, in the language asked for."""
    site: Site = request.app.state.site
    published, lang = site.now(), request_language(request)
    return _kept(
        request, published, ("completion", lang), lambda: completion(published.store, published.base, lang)
    )


def names(request: Request) -> Response:
    """Things whose name begins like `q`: what a value can be."""
    site: Site = request.app.state.site
    published = site.now()
    found = published.search.search(request.query_params.get("q", ""), limit=NAMES).hits
    hits = [{"iri": hit.iri, "label": hit.label, "concept": hit.concept} for hit in found]
    return conditional(request, _written({"names": hits}, published))


def questions(request: Request) -> Response:
    """The example questions in the language asked for: JSON for the editor, a page for people without script."""
    site: Site = request.app.state.site
    published, lang = site.now(), request_language(request)
    if _for_people(request):
        found = gallery(published.store, published.base, lang)
        return site.render("sparql_questions.html", request, questions=found, one=None)
    return _kept(
        request,
        published,
        ("gallery", lang),
        lambda: {"questions": gallery(published.store, published.base, lang)},
    )


def question(request: Request) -> Response:
    """One example question: the values of its parameters, and its text with those that the address chooses."""
    site: Site = request.app.state.site
    published, lang = site.now(), request_language(request)
    given = {name: value for name, value in request.query_params.items() if name != "lang"}
    found = one_question(published.store, published.base, lang, request.path_params["code"], given)
    if _for_people(request):
        return site.render("sparql_questions.html", request, questions=(), one=found)
    return conditional(request, _written(found, published))


def _for_people(request: Request) -> bool:
    return negotiate(request.headers.get("accept"), (JSON, HTML)) == HTML


def outlines(request: Request) -> Response:
    """The outlines of the provinces, the background of maps."""
    published = request.app.state.site.now()

    def shipped() -> Any:
        return json.loads((data_dir() / OUTLINES).read_text(encoding="utf-8"))

    return _kept(request, published, ("outlines",), shipped)


def _kept(request: Request, published: Published, key: tuple[str, ...], make: Callable[[], Any]) -> Response:
    """An answer that is made once for each release."""
    written: Written | None = published.documents.get(key)
    if written is None:
        written = _written(make(), published)
        published.documents.put(key, written, len(written.body))
    return conditional(request, written)


def _written(content: Any, published: Published) -> Written:
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    return Written(
        body,
        {
            "Content-Type": JSON,
            "ETag": f'"{digest(body.decode("utf-8"))}"',
            "Vary": "Accept, Accept-Language",
            "Cache-Control": "no-cache",
            "Wallograph-Release": str(published.number),
        },
    )
