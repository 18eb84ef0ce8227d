"""The documents of things, in all formats and languages, and what is answered for things that are gone.

In: the paths of the documents, one after another. Out: their files; nothing is kept from one to the next.
"""

import json
import re
from typing import Final

from wallograph.publish.media import FORMATS, RDF_FORMATS
from wallograph.vocab import LANGUAGES
from wallograph.web.copy.catalogue import Catalogue
from wallograph.web.copy.driver import Answer, Driver
from wallograph.web.copy.folder import Folder
from wallograph.web.copy.names import OWN, UnsafeName, file_stem
from wallograph.web.copy.pages import Pages
from wallograph.web.errors import PROBLEM_JSON

_NEXT: Final = re.compile(r'\brel="next"')
_ACTOR: Final = "/doc/actor/"
_PROBLEMS: Final = {PROBLEM_JSON: "json", **{form.media_type: key for key, form in FORMATS.items()}}


class Things:
    """Writes the documents of one site."""

    def __init__(
        self, driver: Driver, catalogue: Catalogue, folder: Folder, pages: Pages, away: dict[str, str]
    ) -> None:
        self._driver, self._catalogue, self._folder = driver, catalogue, folder
        self._pages, self._away = pages, away
        self.policies: dict[str, str] = {}  # of what may be framed, by suffix

    def document(self, path: str) -> bool:
        """All files of one document; False, and a note, when its address can be no file."""
        try:
            stem = file_stem(path)
        except UnsafeName as error:
            self._catalogue.left[path] = str(error)
            return False
        for form in RDF_FORMATS.values():
            self._rdf(path, stem, form.key)
        for lang in LANGUAGES:
            self._html(path, stem, lang)
        if path.startswith(_ACTOR):
            self._embedded(path.removeprefix("/doc"))
        return True

    def _rdf(self, path: str, stem: str, suffix: str) -> None:
        number, more = 1, True
        while more:
            found = self._driver.get(f"{path}.{suffix}" + (f"?page={number}" if number > 1 else ""))
            if found.status != 200:  # a graph that RDF/XML cannot write
                return
            self._folder.write(f"{stem}{_page(number)}.{suffix}", found.body)
            more, number = _NEXT.search(found.headers.get("link", "")) is not None, number + 1

    def _html(self, path: str, stem: str, lang: str) -> None:
        number, more = 1, True
        while more:
            query = f"?page={number}&lang={lang}" if number > 1 else f"?lang={lang}"
            found = self._driver.get(f"{path}.html{query}")
            if found.status != 200:
                return
            name = f"{stem}{_page(number)}.{lang}.html"
            body = self._pages.rewritten(found.body, name, f"{path}.html", lang, self._away[lang])
            self._folder.write(name, body)
            more, number = _NEXT.search(found.body.decode()) is not None, number + 1

    def _embedded(self, tail: str) -> None:
        stem = file_stem(f"/embed{tail}")
        for lang in LANGUAGES:
            for suffix, address in (("html", f"/embed{tail}"), ("svg", f"/embed{tail}.svg")):
                found = self._driver.get(f"{address}?lang={lang}")
                if found.status != 200:
                    return
                name, body = f"{stem}.{lang}.{suffix}", found.body
                if suffix == "html":
                    body = self._pages.rewritten(body, name, address, lang, self._away[lang])
                self._folder.write(name, body)
                self.policies[suffix] = found.headers.get("content-security-policy", "")

    def gone(self) -> None:
        """What is answered for each thing that is gone and was not merged: why, since when, what replaces it."""
        published = self._catalogue.published
        for key in sorted(set(published.gone) - set(published.redirects)):
            path = key if key.startswith("/") else f"/doc/{key}"
            try:
                stem = f"{OWN}/gone/{file_stem('/' + key.lstrip('/'))}"
            except UnsafeName as error:
                self._catalogue.left[path] = str(error)
                continue
            self._refusal(path, stem, 410, _PROBLEMS)

    def refusals(self) -> None:
        """The answers for an address that has nothing, and for formats that are not there."""
        for lang in LANGUAGES:
            page = self._driver.get("/nothing-is-here", "text/html", lang=lang)
            self._folder.write(f"{OWN}/404.{lang}.html", self._refused(page, "html", lang, "/"))
            for path, accept, status in (("/nothing-is-here", PROBLEM_JSON, 404), ("/ns/wallograph", "none/none", 406)):
                found = json.loads(self._driver.get(path, accept, lang=lang).body)
                kept = {name: found[name] for name in ("type", "title", "status", "detail")}
                body = json.dumps(kept, ensure_ascii=False).encode() + b"\n"
                self._folder.write(f"{OWN}/{status}.{lang}.json", body)

    def _refusal(self, path: str, stem: str, status: int, offered: dict[str, str]) -> None:
        for media_type, key in offered.items():
            for lang in LANGUAGES if key in ("html", "json") else ("",):
                found = self._driver.get(path, media_type, lang=lang or "fr")
                if found.status == status and found.media_type == media_type:
                    name = f"{stem}.{lang}.{key}" if lang else f"{stem}.{key}"
                    self._folder.write(name, self._refused(found, key, lang, path))

    def _refused(self, found: Answer, key: str, lang: str, path: str) -> bytes:
        if key != "html":
            return found.body
        # It is shown at any address: its links begin at the root.
        return self._pages.rewritten(found.body, "", path, lang, self._away[lang])


def _page(number: int) -> str:
    return "" if number == 1 else f"~page={number}"
