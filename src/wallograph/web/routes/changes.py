"""`/changes`: what each release changed, as a page, as Atom, and as an event stream (LDES) for programs.

In: a request and what the releases recorded when they were made. Out: the list of releases in words; the root, the
parts and the pages of the stream; the list of things that moved. What is dated never changes.
"""

from functools import partial
from typing import Any, Final

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from wallograph.errors import NotFound
from wallograph.iris import digest
from wallograph.publish import atom, ldes
from wallograph.publish.media import FORMATS
from wallograph.publish.negotiate import negotiate
from wallograph.publish.page_changes import words
from wallograph.publish.page_head import paged
from wallograph.release.changes import changes_of, feed, members
from wallograph.release.state import Release
from wallograph.web.conditional import Written, conditional
from wallograph.web.graph_answer import FRESH, answer_graph, site_of
from wallograph.web.i18n import request_language
from wallograph.web.memento import IMMUTABLE
from wallograph.web.published import Published
from wallograph.web.site import Site

PATH: Final = "/changes"
ATOM: Final = f"{PATH}.atom"
_ENTRIES: Final = 50


def router() -> APIRouter:
    """The routes."""
    routes = APIRouter()
    routes.add_api_route(PATH, changes, methods=["GET"])
    routes.add_api_route(ATOM, atom_feed, methods=["GET"])
    routes.add_api_route(PATH + ".{suffix}", changes, methods=["GET"])
    routes.add_api_route(PATH + "/part/{part}", part, methods=["GET"])
    routes.add_api_route(PATH + "/{release}/{number}", members_page, methods=["GET"])
    return routes


def changes(request: Request, suffix: str = "") -> Response:
    """The releases in words for people, the root of the event stream for programs."""
    site = site_of(request)
    published = site.now()
    types = [form.media_type for form in FORMATS.values()]
    if not suffix and negotiate(request.headers.get("accept"), [*types, atom.MEDIA_TYPE]) == atom.MEDIA_TYPE:
        return atom_feed(request)

    def page(lang: str) -> Response:
        return _page(request, site, published, lang)

    def make() -> ldes.Document:
        return ldes.root(published.base, steps(site, published), published.number, published.license)

    links = [f'<{published.base}{ATOM}>; rel="alternate"; type="{atom.MEDIA_TYPE}"']
    return answer_graph(request, published, PATH, make, suffix=suffix, page=page, links=links)


def part(request: Request, part: str) -> Response:
    """A hundred of releases that is full: its node never changes."""
    site = site_of(request)
    published = site.now()
    name, _, suffix = part.partition(".")
    found = steps(site, published)
    if _number(name, zero=True) not in ldes.parts_of(found, published.number)[0]:
        raise NotFound(f"there is no node {name!r} of the event stream")
    inside = ldes.steps_of_part(found, int(name))
    make = partial(ldes.part_node, published.base, inside, int(name))
    path = f"{PATH}/part/{name}"
    return answer_graph(request, published, path, make, suffix=suffix, cache=IMMUTABLE, number=inside[-1].number)


def members_page(request: Request, release: str, number: str) -> Response:
    """A page of the members of a release: closed when the release was made."""
    site = site_of(request)
    published = site.now()
    name, _, suffix = number.partition(".")
    found = released(site, published, release)
    facts = facts_of(site, published, found)
    page, pages = _number(name), len(facts["pages"]) - 1
    if not 1 <= page <= pages:
        raise NotFound(f"release {found.number} has no page {name!r} of members")
    step = ldes.Step(found.number, facts["moment"])

    def make() -> ldes.Document:
        return ldes.page(published.base, step, page, pages, members(found, facts, page))

    path = f"{PATH}/{found.number}/{page}"
    return answer_graph(request, published, path, make, suffix=suffix, cache=IMMUTABLE, number=found.number)


def atom_feed(request: Request) -> Response:
    """The releases as Atom, the latest first, in pages (RFC 5005)."""
    site = site_of(request)
    published = site.now()
    lang = request_language(request)
    found = told(site, published)
    text = request.query_params.get("page", "1")
    page = max(1, _number(text))
    body = atom.write_atom(*_atom(site, published, found, lang, page))
    headers = {
        "Content-Type": f"{atom.MEDIA_TYPE}; charset=utf-8",
        "ETag": f'"{published.number}-{digest(body.decode(), length=24)}"',
        "Cache-Control": FRESH,
        "Vary": "Accept, Accept-Language",
        "Content-Language": lang,
        "Content-Location": f"{published.base}{ATOM}?lang={lang}" + (f"&page={page}" if page > 1 else ""),
    }
    return conditional(request, Written(body, headers))


def _atom(
    site: Site, published: Published, found: list[Release], lang: str, page: int
) -> tuple[atom.Frame, list[atom.Entry]]:
    t = partial(site.messages, lang)
    address = f"{published.base}{ATOM}?lang={lang}"
    pages = max(1, -(-len(found) // _ENTRIES))
    links = [("alternate", f"{published.base}{PATH}?lang={lang}"), ("self", _page_address(address, page))]
    links += [("previous", _page_address(address, page - 1))] if 1 < page <= pages else []
    links += [("next", _page_address(address, page + 1))] if page < pages else []
    frame = atom.Frame(published.base, lang, t("changes-title"), "wallograph", published.license or "", links)
    entries = []
    for release in found[(page - 1) * _ENTRIES : page * _ENTRIES]:
        facts = facts_of(site, published, release)
        title = t("changes-release", number=str(release.number), date=str(release.manifest["date"]))
        lines = said(site, lang, facts)
        where = f"{published.base}{PATH}/{release.number}"
        entries.append(atom.Entry(where, title, ". ".join(lines), facts["moment"], release.number))
    return frame, entries


def _page_address(address: str, page: int) -> str:
    return address if page == 1 else f"{address}&page={page}"


def _page(request: Request, site: Site, published: Published, lang: str) -> Response:
    cut = paged(told(site, published), _number(request.query_params.get("page", "1")))
    rows = []
    for release in cut.items:
        facts = facts_of(site, published, release)
        rows.append({"release": release, "lines": said(site, lang, facts), "members": facts["members"]})
    return rendered(request, site, published, "changes.html", lang, rows=rows, cut=cut)


# -- shared with the pages of one difference


def rendered(request: Request, site: Site, published: Published, template: str, lang: str, **data: Any) -> HTMLResponse:
    """A page with the release it is of in its foot."""
    release = {"number": published.number, "date": published.date, "past": False}
    return site.render(template, request, lang=lang, release=release, **data)


def steps(site: Site, published: Published) -> list[ldes.Step]:
    """The releases with members, the oldest first."""
    found = [(release, facts_of(site, published, release)) for release in feed(site.state, published.release)]
    return [ldes.Step(release.number, facts["moment"]) for release, facts in found if facts["members"]]


def told(site: Site, published: Published) -> list[Release]:
    """The releases of the feed, the latest first."""
    return feed(site.state, published.release)[::-1]


def facts_of(site: Site, published: Published, release: Release) -> dict[str, Any]:
    """What a release changed, read once while a release is current."""
    key = ("changes", release.number)
    facts: dict[str, Any] | None = published.documents.get(key)
    if facts is None:
        facts = changes_of(site.state, release)
        published.documents.put(key, facts, 1000 + 10 * len(facts["pages"]))
    return facts


def released(site: Site, published: Published, text: str) -> Release:
    """A release of the feed by its number; NotFound for any other."""
    number = _number(text)
    if number == published.number:
        return published.release
    if not 0 < number < published.number or number not in site.state.numbers():
        raise NotFound(f"there is no release {text!r} in the feed")
    found = site.state.get(number)
    if found.base != published.base:
        raise NotFound(f"release {number} stands on another base")
    return found


def said(site: Site, lang: str, facts: dict[str, Any]) -> list[str]:
    """What a release changed, in words."""
    t = partial(site.messages, lang)
    first = [t("changes-first")] if facts["before"] is None else []
    return [*first, *words(t, facts["things"])] or [t("changes-nothing")]


def _number(text: str, *, zero: bool = False) -> int:
    """A number as a path gives it: only its plain spelling; -1 for all else."""
    plain = text.isascii() and text.isdigit() and len(text) < 10 and (text == "0" or not text.startswith("0"))
    return int(text) if plain and (zero or text != "0") else -1
