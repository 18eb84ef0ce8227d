"""How a graph that describes something else than a thing is answered: the catalogue, VoID, a diff.

In: a request, the address without suffix, and how to make the document or the page. Out: the answer in the format
that is asked for, with its validators and the links to its variants; 404 or 406 when there is no such variant.
"""

from collections.abc import Callable, Sequence
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from wallograph import resources
from wallograph.errors import NotFound
from wallograph.iris import digest
from wallograph.publish.documents import Document
from wallograph.publish.jsonld import load_context
from wallograph.publish.media import FORMATS, HTML, RDF_FORMATS, Format
from wallograph.publish.negotiate import negotiate
from wallograph.web.conditional import Written, conditional
from wallograph.web.errors import Problem
from wallograph.web.i18n import LANGUAGES, request_language
from wallograph.web.published import Published
from wallograph.web.site import Site

FRESH: Final = "public, max-age=60, must-revalidate"
Page = Callable[[str], Response]


def answer_graph(
    request: Request,
    published: Published,
    path: str,
    make: Callable[[], Document],
    *,
    suffix: str = "",
    page: Page | None = None,
    cache: str = FRESH,
    links: Sequence[str] = (),
    number: int | None = None,
) -> Response:
    """The document at `path`, negotiated or by suffix; `page(lang)` makes what people see, when there is a page.

    What a release says of itself does not change: it is written once for each format and language. `number` is the
    release that it is of, when that is not the current one: its ETag stays when there is a new release.
    """
    offered = FORMATS if page is not None else RDF_FORMATS
    form = _form(request, published, path, suffix, offered)
    lang = request_language(request) if form is HTML else ""
    query = request.url.query
    key = ("graph", path, form.key, bool(suffix), lang, bool(query))
    plain = query in {"", *(f"lang={code}" for code in LANGUAGES)}
    written: Written | None = published.documents.get(key) if plain else None
    if written is None:
        if form is HTML and page is not None:
            body = bytes(page(lang).body)
        else:
            found = make()
            if form not in found.formats():
                raise _not_acceptable(published, path, [f for f in offered.values() if f is not form])
            body = found.write(form, load_context(resources.ontology_dir(), published.base))
        headers = _headers(published, path, form, lang, suffix, offered, cache, links)
        tag = digest(form.key, lang, body.decode("utf-8", "replace"), length=24)
        written = Written(body, {"ETag": f'"{number or published.number}-{tag}"', **headers})
        if plain:
            published.documents.put(key, written, len(body) + 1000)
    return conditional(request, written)


def _form(request: Request, published: Published, path: str, suffix: str, offered: dict[str, Format]) -> Format:
    if suffix:
        if suffix not in offered:
            raise NotFound(f"there is no {path}.{suffix}")
        return offered[suffix]
    by_type = {form.media_type: form for form in offered.values()}
    chosen = negotiate(request.headers.get("accept"), tuple(by_type))
    if chosen is None:
        raise _not_acceptable(published, path, list(offered.values()))
    return by_type[chosen]


def _not_acceptable(published: Published, path: str, forms: list[Format]) -> Problem:
    variants = [{"type": form.media_type, "url": published.base + path + form.suffix} for form in forms]
    return Problem(406, "not-acceptable", variants=variants)


def _headers(
    published: Published,
    path: str,
    form: Format,
    lang: str,
    suffix: str,
    offered: dict[str, Format],
    cache: str,
    links: Sequence[str],
) -> dict[str, str]:
    address = published.base + path
    alternates = [f'<{address}{f.suffix}>; rel="alternate"; type="{f.media_type}"' for f in offered.values()]
    headers = {
        "Content-Type": form.content_type,
        "Cache-Control": cache,
        "Link": ", ".join([*alternates, f'<{address}>; rel="canonical"', *links]),
    }
    if not suffix:
        headers["Vary"] = "Accept, Accept-Language" if HTML.key in offered else "Accept"
        headers["Content-Location"] = address + form.suffix + (f"?lang={lang}" if lang else "")
    elif lang:
        headers["Vary"] = "Accept-Language"
    if lang:
        headers["Content-Language"] = lang
    return headers


def site_of(request: Request) -> Site:
    """The site that the application serves."""
    site: Site = request.app.state.site
    return site
