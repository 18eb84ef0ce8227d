"""Which release a query asks for: `release=` as it was sent comes in, one release goes out.

A number names a release for ever. A date names the last release that was current on that day, so what it names
may still change on the day itself. Nothing: the current release.
"""

import json
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from starlette.responses import JSONResponse, Response

from wallograph.errors import NotFound, StateError
from wallograph.iris import digest
from wallograph.release.state import Release
from wallograph.release.thin import is_thinned, remake_apart
from wallograph.web.errors import Problem
from wallograph.web.site import Site

_NUMBER: Final = re.compile(r"[1-9][0-9]{0,17}")
_QUADS_A_SECOND: Final = 50_000  # of a store that is made again, without haste


@dataclass(frozen=True, slots=True)
class Chosen:
    """A release and how it was named. `identity` differs whenever the data may differ."""

    release: Release
    identity: str
    by_number: bool = False
    by_date: bool = False

    @property
    def asked(self) -> int | None:
        """What the query service is told; None: its current release."""
        return self.release.number if self.by_number or self.by_date else None


def choose(site: Site, asked: str) -> Chosen:
    """The release that is asked for; 400 when it cannot be read, NotFound when there is none."""
    current = site.now().release
    if not asked:
        return Chosen(current, identity_of(current))
    if _NUMBER.fullmatch(asked):
        number = int(asked)
        if number > current.number:
            raise NotFound(f"there is no release {number}; the current one is {current.number}")
        release = site.state.get(number)
        return Chosen(release, identity_of(release), by_number=True)
    try:
        day = date.fromisoformat(asked).isoformat()
    except ValueError:
        raise Problem(400, "bad-request", "'release' is the number of a release, or a date YYYY-MM-DD.") from None
    release = _on(site, day, current.number)
    return Chosen(release, identity_of(release), by_date=True)


def numbered(site: Site, chosen: Chosen, number: int) -> Chosen:
    """The release that was really asked, when the query service was one ahead or behind."""
    if number == chosen.release.number:
        return chosen
    release = site.state.get(number)
    return Chosen(release, identity_of(release), chosen.by_number, chosen.by_date)


def remaking(site: Site, chosen: Chosen) -> Response | None:
    """The 202 of a release that was thinned, after its store is asked for; None when it is there."""
    release = chosen.release
    if not is_thinned(release):
        return None
    remake_apart(site.state, release.number, keep=site.settings.kept_remade)
    seconds = 2 + int(release.manifest["counts"]["quads"]) // _QUADS_A_SECOND
    content = {
        "status": 202,
        "title": f"Release {release.number} is made again",
        "detail": f"Ask again in {seconds} s, at the same address.",
        "release": release.number,
    }
    headers = {
        "Retry-After": str(seconds), "Cache-Control": "no-store", "Wallograph-Release": str(release.number),
    }  # fmt: skip
    return JSONResponse(content, 202, headers)


def _on(site: Site, day: str, newest: int) -> Release:
    for number in reversed(site.state.numbers()):
        if number <= newest and _facts(site.state.releases / f"{number:06d}")[1] <= day:
            return site.state.get(number)
    raise NotFound(f"there is no release of {day} or before")


def identity_of(release: Release) -> str:
    """A short text that two releases with different data never share, whatever state folder they come from."""
    return _facts(release.folder)[0]


def _facts(folder: Path) -> tuple[str, str]:
    path = folder / "manifest.json"
    try:
        return _read(path, path.stat().st_mtime_ns)
    except OSError as error:
        raise StateError(f"release '{folder.name}' has no readable manifest: {error}") from error


@lru_cache(maxsize=100_000)
def _read(path: Path, _: int) -> tuple[str, str]:
    text = path.read_text(encoding="utf-8")
    manifest: dict[str, Any] = json.loads(text)
    patch = path.parent / "patch.rdfp"  # the manifest of an edition has the hash of its graph
    changed = patch.read_text(encoding="utf-8") if patch.is_file() else ""
    if changed:
        changed += _facts(path.parent.parent / f"{int(manifest['edition']):06d}")[0]
    return digest(text, changed, length=24), str(manifest.get("date", ""))
