"""What is answered for a thing that is gone, and what a survivor says of the things that are part of it now.

In: a release and the key of a thing, as `gone.json` has it. Out: 410 with a document in the format that is asked for, a
page, or a problem document: why, since when, and what replaces it.
"""

from collections import defaultdict
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from wallograph import resources
from wallograph.publish.jsonld import load_context
from wallograph.publish.life import gone_document
from wallograph.publish.media import FORMATS, HTML, RDF_FORMATS, Format
from wallograph.publish.negotiate import negotiate
from wallograph.release.life import iri_of, survivor_of
from wallograph.vocab import LANGUAGES
from wallograph.web.errors import PROBLEM_JSON, Problem
from wallograph.web.published import Published
from wallograph.web.site import Site

_CACHE: Final = "public, max-age=60, must-revalidate"  # it may come back to life
_VARY: Final = "Accept, Accept-Language"


def gone_answer(request: Request, published: Published, key: str, suffix: str) -> Response:
    """The 410: RDF when that is asked for; else the problem is raised, which becomes a page or a problem document."""
    site: Site = request.app.state.site
    said = described(published, key)
    form = _rdf_form(request, suffix)
    if form is None:
        raise Problem(410, "gone", str(said["reason"]), **said)
    iri = iri_of(key, published.base)
    path = key if key.startswith("/") else f"/doc/{key}"
    found = gone_document(
        iri,
        said,
        reasons(site, said),
        base=published.base,
        url=published.base + path,
        license=published.license,
    )
    if form not in found.formats():
        raise Problem(406, "not-acceptable")
    body = found.write(form, load_context(resources.ontology_dir(), published.base))
    return Response(body, 410, {"Content-Type": form.content_type, "Cache-Control": _CACHE, "Vary": _VARY})


def described(published: Published, key: str) -> dict[str, Any]:
    """What is known of a thing that is gone, for a problem document: `reason` always."""
    said = published.gone[key]
    said = said if isinstance(said, dict) else {"reason": str(said)}
    found: dict[str, Any] = {"reason": str(said.get("reason", ""))}
    found |= {name: said[name] for name in ("code", "since", "release", "label") if said.get(name)}
    if said.get("replaced_by"):
        found["replacedBy"] = iri_of(str(said["replaced_by"]), published.base)
    return found


def reasons(site: Site, said: dict[str, Any]) -> dict[str, str]:
    """The reason by language: of the catalogues for a code, else as somebody wrote it."""
    key = f"life-{said.get('code', '')}"
    if said.get("code") and site.messages.knows(key):
        return {lang: site.messages(lang, key) for lang in LANGUAGES}
    return {"": str(said["reason"])} if said["reason"] else {}


def replaced(published: Published, iri: str) -> list[tuple[str, str]]:
    """The things that were merged into this one: IRI and the name it had, if that is known."""
    known: dict[str, list[tuple[str, str]]] | None = published.documents.get(("replaced",))
    if known is None:
        collected: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for key in sorted(published.redirects):
            old = iri_of(key, published.base)
            survivor = survivor_of(old, published.redirects, published.base)
            said = published.gone.get(key)
            label = str(said.get("label", "")) if isinstance(said, dict) else ""
            if survivor:
                collected[survivor].append((old, label))
        known = dict(collected)
        published.documents.put(("replaced",), known, 200 * len(published.redirects) + 100)
    return known.get(iri, [])


def _rdf_form(request: Request, suffix: str) -> Format | None:
    if suffix:
        return RDF_FORMATS.get(suffix.removeprefix("."))
    by_type = {form.media_type: form for form in FORMATS.values()}
    chosen = negotiate(request.headers.get("accept"), (PROBLEM_JSON, *by_type))
    form = by_type.get(chosen or "")
    return None if form is HTML else form
