"""The headers of a document: what it is, where its variants are, and how long it may be kept.

In: a release, what is asked for, the format. Out: every header but the ETag; the 406 that lists the variants.
"""

from dataclasses import dataclass
from email.utils import formatdate
from typing import Final

from wallograph.publish.media import FORMATS, JSON_LD, RDF_FORMATS, Format
from wallograph.web import memento
from wallograph.web.errors import Problem
from wallograph.web.profile_choice import Choice, profile_links
from wallograph.web.published import Published
from wallograph.web.targets import Target

NEGOTIATED: Final = "Accept, Accept-Language, Accept-Datetime, Accept-Profile"
FRESH: Final = "public, max-age=60, must-revalidate"
_LANDING: Final = "https://schema.org/AboutPage"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks for beside path and format. `lang` is empty for what has no language; `spoken` says that
    the address names it; `query` is the rest of the query as far as it changes a representation."""

    lang: str = ""
    spoken: bool = False
    release: str = ""
    page: int = 1
    query: str = ""
    profile: str = ""  # its token; empty for the default


def document_headers(
    published: Published, target: Target, form: Format, asked: Asked, pages: int = 1, choice: Choice | None = None
) -> dict[str, str]:
    """Everything but the ETag. A memento never changes: it says its day and may be kept for ever."""
    address = published.base + target.path
    headers = {
        "Content-Type": form.content_type,
        "Cache-Control": FRESH,
        "Link": _links(published, target, address, form, asked, pages),
    }
    if choice:
        headers["Link"] = ", ".join([headers["Link"], *profile_links(published.base, address, choice, form)])
        if form.rdf is not None:
            headers["Content-Profile"] = f"<{choice.profile.uri(published.base)}>"
    if target.form is None:
        headers["Vary"] = NEGOTIATED
        if not (asked.lang and asked.query):
            headers["Content-Location"] = address + form.suffix + _query(asked)
    elif asked.lang:
        headers["Vary"] = "Accept-Language"
    if asked.lang:
        headers["Content-Language"] = asked.lang
    elif not target.static:  # a page and the ontology also change with the software, without a new release
        headers["Last-Modified"] = formatdate(published.made, usegmt=True)
    if asked.release:
        headers["Memento-Datetime"] = memento.datetime_of(published.release)
        if not asked.lang:
            headers["Cache-Control"] = memento.IMMUTABLE
    return headers


def not_acceptable(published: Published, path: str, without: Format | None = None) -> Problem:
    """406 with the list of what there is."""
    forms = [f for f in FORMATS.values() if f is not without]
    variants = [{"type": f.media_type, "url": published.base + path + f.suffix} for f in forms]
    return Problem(406, "not-acceptable", headers={"Link": _alternates(published.base + path)}, variants=variants)


def _query(asked: Asked) -> str:
    parts = [f"lang={asked.lang}" if asked.lang else "", f"release={asked.release}" if asked.release else ""]
    profile = f"_profile={asked.profile}" if asked.profile else ""
    found = "&".join(part for part in [*parts, asked.query, profile] if part)
    return f"?{found}" if found else ""


def _links(
    published: Published, target: Target, address: str, form: Format, asked: Asked, pages: int
) -> str:
    """Where everything is, as FAIR signposting (level 1) and Memento name it."""
    base = published.base
    found = [
        _alternates(address, without=form if form is JSON_LD else None),
        f'<{address}>; rel="canonical"',
        f'<{target.iri}>; rel="cite-as"',
        f'<{base}/about>; rel="author"',
        f'<{_LANDING}>; rel="type"',
        f'<{base}/.well-known/void>; rel="describedby"; type="text/turtle"',
        memento.links(address, base),
    ]
    if form.rdf is None:
        found += [f'<{address}{f.suffix}>; rel="describedby"; type="{f.media_type}"' for f in RDF_FORMATS.values()]
    if published.license:
        found.append(f'<{published.license}>; rel="license"')
    if asked.page > 1:
        found.append(f'<{address}{_page(asked.page - 1)}>; rel="prev"')
    if asked.page < pages:
        found.append(f'<{address}{_page(asked.page + 1)}>; rel="next"')
    return ", ".join(found)


def _page(number: int) -> str:
    return "" if number == 1 else f"?page={number}"


def _alternates(address: str, without: Format | None = None) -> str:
    """The variants. JSON-LD names no other JSON-LD: rdflib takes the first one that it is told of in place of the
    answer, and would so leave the release, the page or the profile that was asked for."""
    shown = (form for form in FORMATS.values() if form is not without)
    return ", ".join(f'<{address}{f.suffix}>; rel="alternate"; type="{f.media_type}"' for f in shown)
