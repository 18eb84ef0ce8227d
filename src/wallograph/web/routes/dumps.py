"""`/dump/…`: the files of the editions, with checksums.

In: an edition (its date or number, or `latest`) and a file name. Out: the list, a redirect, or the file. Only names
that the manifest lists are served, so no name can lead anywhere else.
"""

import hashlib
from dataclasses import asdict, dataclass
from email.utils import formatdate
from typing import Any, Final

from fastapi import APIRouter, Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from wallograph.errors import NotFound
from wallograph.publish.media import FORMATS
from wallograph.publish.negotiate import negotiate
from wallograph.release.state import Release
from wallograph.web.conditional import Written, conditional, matches
from wallograph.web.errors import Problem
from wallograph.web.headers import HEAD_MARK
from wallograph.web.i18n import request_language
from wallograph.web.site import Site

CHECKSUMS: Final = "SHA256SUMS"
_IMMUTABLE: Final = "public, max-age=31536000, immutable"
_TABLE_TYPES: Final = {
    "csv": "text/csv", "jsonl": "application/jsonl", "parquet": "application/vnd.apache.parquet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip
_LISTED: Final = ("text/html", "application/json")


@dataclass(frozen=True, slots=True)
class DumpFile:
    """One file of an edition."""

    name: str
    size: int
    sha256: str
    media_type: str
    url: str


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition. `key` is its date, or its number when an earlier edition has the same date."""

    key: str
    number: int
    date: str
    latest: bool
    files: tuple[DumpFile, ...]
    checksums: str


class DumpResponse(FileResponse):
    """A file with ranges; for HEAD it is not read."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        method = "HEAD" if scope.get(HEAD_MARK) else scope["method"]
        await super().__call__({**scope, "method": method}, receive, send)


def router() -> APIRouter:
    """The routes."""
    routes = APIRouter()
    routes.add_api_route("/dump", to_list, methods=["GET"])
    routes.add_api_route("/dump/", list_editions, methods=["GET"])
    for path in ("/dump/latest", "/dump/latest/"):
        routes.add_api_route(path, latest, methods=["GET"])
    routes.add_api_route("/dump/latest/{name}", latest, methods=["GET"])
    routes.add_api_route("/dump/{edition}", to_edition, methods=["GET"])
    routes.add_api_route("/dump/{edition}/", list_edition, methods=["GET"])
    routes.add_api_route("/dump/{edition}/{name}", send_file, methods=["GET"])
    return routes


def to_list(request: Request) -> Response:
    """The list has a slash at its end."""
    return RedirectResponse(_site(request).base + "/dump/", 308)


def to_edition(request: Request, edition: str) -> Response:
    """So has each edition."""
    release = _edition(_site(request), edition)
    return RedirectResponse(f"{release.base}/dump/{edition}/", 308)


def list_editions(request: Request) -> Response:
    """All editions, the latest first."""
    site = _site(request)
    return _listing(request, site, editions(site))


def list_edition(request: Request, edition: str) -> Response:
    """One edition."""
    site = _site(request)
    number = _edition(site, edition).number
    return _listing(request, site, [found for found in editions(site) if found.number == number])


def latest(request: Request, name: str = "") -> Response:
    """302 to the dated address of the latest edition."""
    site = _site(request)
    found = next((edition for edition in editions(site) if edition.latest), None)
    if found is None or (name and name not in {CHECKSUMS, *(file.name for file in found.files)}):
        raise NotFound(f"the latest edition has no file {name!r}")
    location = f"{site.base}/dump/{found.key}/{name}"
    return RedirectResponse(location, 302, {"Cache-Control": "public, max-age=60", "X-Robots-Tag": "noindex"})


def send_file(request: Request, edition: str, name: str) -> Response:
    """A file, whole or in ranges; its ETag is its SHA-256."""
    release = _edition(_site(request), edition)
    facts = _facts(release)
    if name == CHECKSUMS and facts:
        return _checksums(facts)
    if name not in facts:
        raise NotFound(f"edition {edition} has no file {name!r}")
    etag = f'"{facts[name]["sha256"]}"'
    described = f'<{release.base}/dump/{edition}/{CHECKSUMS}>; rel="describedby"; type="text/plain"'
    headers = {"ETag": etag, "Cache-Control": _IMMUTABLE, "Link": described}
    modified = formatdate((release.dump_path / name).stat().st_mtime, usegmt=True)  # as FileResponse says it
    if matches(request, etag, modified):
        return Response(status_code=304, headers={**headers, "Last-Modified": modified})
    return DumpResponse(release.dump_path / name, headers=headers, media_type=media_type(name))


def editions(site: Site) -> list[Edition]:
    """The editions up to the current release that have dumps, the latest first."""
    current = site.now()
    kept: list[Edition] | None = current.documents.get(("editions",))
    if kept is not None:
        return kept
    found: list[Edition] = []
    dates: set[str] = set()
    for number in site.state.numbers():
        if number > current.number:
            break
        release = site.state.get(number)
        if not release.is_edition:
            continue
        date = str(release.manifest["date"])
        key = date if date not in dates else str(number)
        dates.add(date)
        if facts := _facts(release):
            is_latest = number == current.manifest.get("edition", current.number)
            found.append(_described(release, key, is_latest, facts))
    found.reverse()
    current.documents.put(("editions",), found, 1000 * len(found))
    return found


def media_type(name: str) -> str:
    """The media type of a file name; a compressed file is a file of its own, never a content encoding.

    >>> media_type("graph.nq.gz")
    'application/gzip'
    """
    suffix = name.rpartition(".")[2]
    if suffix == "gz":
        return "application/gzip"
    return FORMATS[suffix].media_type if suffix in FORMATS else _TABLE_TYPES.get(suffix, "text/plain")


def _described(release: Release, key: str, is_latest: bool, facts: dict[str, dict[str, Any]]) -> Edition:
    where = f"{release.base}/dump/{key}/"
    files = tuple(
        DumpFile(name, int(fact["size"]), str(fact["sha256"]), media_type(name), where + name)
        for name, fact in sorted(facts.items())
    )
    return Edition(key, release.number, str(release.manifest["date"]), is_latest, files, where + CHECKSUMS)


def _facts(release: Release) -> dict[str, dict[str, Any]]:
    facts: dict[str, dict[str, Any]] = release.manifest.get("dumps") or {}
    return facts


def _edition(site: Site, key: str) -> Release:
    """An edition by its key, or by its number; NotFound if there is none."""
    for found in editions(site):
        if key in (found.key, str(found.number)):
            return site.state.get(found.number)
    raise NotFound(f"there is no edition {key!r}")


def _checksums(facts: dict[str, dict[str, Any]]) -> Response:
    body = "".join(f"{facts[name]['sha256']}  {name}\n" for name in sorted(facts))
    return Response(body, media_type="text/plain", headers={"Cache-Control": _IMMUTABLE})


def _listing(request: Request, site: Site, found: list[Edition]) -> Response:
    chosen = negotiate(request.headers.get("accept"), _LISTED)
    if chosen is None:
        raise Problem(406, "not-acceptable", variants=[{"type": kind} for kind in _LISTED])
    page: Response
    if chosen == "text/html":
        page = site.render("dumps.html", request, lang=request_language(request), editions=found)
    else:
        content = {
            "base": site.base,
            "license": site.now().license,
            "notForReuse": site.is_default_base,
            "editions": [asdict(edition) for edition in found],
        }
        page = JSONResponse(content, headers={"Vary": "Accept, Accept-Language", "Cache-Control": "no-cache"})
    body = bytes(page.body)
    headers = {name.title(): value for name, value in page.headers.items() if name != "content-length"}
    return conditional(request, Written(body, {**headers, "ETag": f'"{hashlib.sha256(body).hexdigest()[:32]}"'}))


def _site(request: Request) -> Site:
    site: Site = request.app.state.site
    return site
