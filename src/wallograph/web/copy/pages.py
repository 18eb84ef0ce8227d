"""The pages that are no documents: found by following the links of the site, then written in each language.

In: the application. Out: what there is at each address and in which forms, in the catalogue; then their files.
"""

import re
from collections import deque
from typing import Final
from urllib.parse import parse_qsl

from wallograph.publish.media import FORMATS
from wallograph.vocab import LANGUAGES
from wallograph.web.copy.catalogue import DOCUMENTS, Catalogue, Noted
from wallograph.web.copy.driver import Driver
from wallograph.web.copy.folder import Folder
from wallograph.web.copy.links import Page, addresses
from wallograph.web.copy.names import UnsafeName, file_stem, query_stem, split

SEEDS: Final = ("/", "/about/problems", "/catalog", "/.well-known/void", "/changes", "/rules", "/quality")
# What is asked of the server each time: no file can answer it.
SERVER: Final = (
    "/search", "/sparql", "/validate", "/api", "/timemap", "/healthz", "/opensearch.xml", "/reconcile", "/submissions",
    "/review", "/history", "/journal", "/account",
)  # fmt: skip
_TYPES: Final = {
    **{form.media_type: key for key, form in FORMATS.items()},
    "application/json": "json", "text/csv": "csv", "application/atom+xml": "atom",
    "application/rdf-patch": "rdfp",
}  # fmt: skip
_PROBE: Final = (
    "text/turtle, application/json;q=0.9, text/csv;q=0.8, application/atom+xml;q=0.7, text/html;q=0.1, */*;q=0.01"
)
_MOST: Final = 200_000  # pages; a site with more has lost its way


def is_page(path: str) -> bool:
    """Whether a path is a page of the copy: no document, no static file, nothing that needs the server."""
    served = any(path == start or path.startswith((start + "/", start + ".")) for start in SERVER)
    return not served and not path.startswith((*DOCUMENTS, "/static/", "/embed/"))


class Pages:
    """The pages of one site."""

    def __init__(self, driver: Driver, catalogue: Catalogue, prefix: str) -> None:
        self._driver, self._catalogue = driver, catalogue
        self._base, self._prefix = catalogue.published.base, prefix
        self._inside = re.compile(rf"{re.escape(self._base)}(/changes[^\s<>\"',;#]*)")

    def discover(self) -> None:
        """Follow the links from the start page until no page is new."""
        waiting, seen = deque((path, "") for path in SEEDS), set[tuple[str, str]]()
        while waiting and len(seen) < _MOST:
            path, query = waiting.popleft()
            if (path, query) in seen:
                continue
            seen.add((path, query))
            for address in sorted(self._look(path, query)):
                if (found := self._page(address)) and found not in seen:
                    waiting.append(found)

    def _page(self, address: str) -> tuple[str, str] | None:
        """A link as path and query of a page; None when no page of the copy can be there."""
        path, _, query = address.partition("?")
        if not is_page(path) or path in self._catalogue.files:
            return None
        bare, _ = split(path)
        values = [(name, value) for name, value in parse_qsl(query) if name != "lang"]
        try:
            file_stem(bare)
            tail = query_stem(bare, values)
        except UnsafeName as error:
            self._catalogue.left[address] = str(error)
            return None
        return None if tail is None else (bare, "&".join(f"{n}={v}" for n, v in values if (n, v) != ("page", "1")))

    def _look(self, path: str, query: str) -> set[str]:
        """Note what is at an address; gives the addresses it leads to."""
        address = _address(path, query, "fr")
        first = self._driver.get(address, "text/html, */*;q=0.1" if query else _PROBE)
        if first.status != 200 or first.media_type not in _TYPES:
            self._catalogue.left[path] = f"answered {first.status} {first.media_type}"
            return set()
        bodies = {_TYPES[first.media_type]: first.body}
        if "html" not in bodies and not query:  # further pages are for people: the forms of a list are whole
            for media_type, key in _TYPES.items():
                found = self._driver.get(address, media_type)
                if found.status == 200 and found.media_type == media_type:
                    bodies[key] = found.body
        preferred = _TYPES.get(self._driver.get(address).media_type, "html")
        offers = tuple(sorted(bodies, key=lambda key: (key != preferred, list(_TYPES.values()).index(key))))
        self._note(path, query, offers, bodies, "immutable" in first.headers.get("cache-control", ""))
        leads = {found for body in bodies.values() for found in self._inside.findall(body.decode("utf-8", "replace"))}
        if "html" in bodies:
            leads |= addresses(bodies["html"].decode(), self._base, self._prefix, path)
        return leads

    def _note(self, path: str, query: str, offers: tuple[str, ...], bodies: dict[str, bytes], dated: bool) -> None:
        by_key = {key: media_type for media_type, key in _TYPES.items()}
        other = _address(path, query, "nl")
        worded = {"html"} | {
            key for key in offers if key != "html" and self._driver.get(other, by_key[key]).body != bodies[key]
        }
        stem = file_stem(path) + (query_stem(path, parse_qsl(query)) or "")
        self._catalogue.pages[stem] = Noted(path, query, stem, offers, frozenset(worded), dated)

    def write(self, folder: Folder, away: dict[str, str]) -> None:
        """Write each page in each of its forms; `away` are the words for what needs the server, by language."""
        by_key = {key: media_type for media_type, key in _TYPES.items()}
        for noted in [self._catalogue.pages[stem] for stem in sorted(self._catalogue.pages)]:
            for key in noted.offers:
                for lang in LANGUAGES if key in noted.worded else ("",):
                    found = self._driver.get(_address(noted.path, noted.query, lang or "fr"), by_key[key])
                    name = f"{noted.stem}.{lang}.{key}" if lang else f"{noted.stem}.{key}"
                    body = found.body
                    if key == "html":
                        body = self.rewritten(body, name, noted.path, lang, away[lang])
                    folder.write(name, body)

    def rewritten(self, body: bytes, name: str, here: str, lang: str, away: str) -> bytes:
        """A page with the links of the copy."""
        page = Page(self._base, self._prefix, lambda address: self._catalogue.resolve(address, lang), away, name, here)
        return page.rewrite(body.decode()).encode()


def _address(path: str, query: str, lang: str) -> str:
    return f"{path}?" + "&".join(part for part in (query, f"lang={lang}") if part)
