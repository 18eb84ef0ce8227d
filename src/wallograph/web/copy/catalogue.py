"""What the copy has: addresses are noted with their files; a link comes in, the file it leads to goes out.

Pages are few and noted one by one; documents are many and looked up in the release, with a bounded memory.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final
from urllib.parse import parse_qsl, unquote

from wallograph.publish.media import FORMATS
from wallograph.release.life import survivor_of
from wallograph.vocab import LANGUAGES
from wallograph.web.copy.names import UnsafeName, file_stem, query_stem, split
from wallograph.web.published import Published
from wallograph.web.targets import STATIC, existing

DOCUMENTS: Final = ("/id/", "/doc/", "/auth/", "/ns/")


@dataclass(frozen=True, slots=True)
class Noted:
    """One page: its path, its query, its files by suffix, and which of these are made for each language.

    `offers` are the suffixes in the order of preference when a client has none.
    """

    path: str
    query: str
    stem: str
    offers: tuple[str, ...]
    worded: frozenset[str] = frozenset({"html"})
    immutable: bool = False


@dataclass
class Catalogue:
    """The pages and single files of a copy, and the documents of its release."""

    published: Published
    pages: dict[str, Noted] = field(default_factory=dict)  # by stem
    files: dict[str, str] = field(default_factory=dict)  # path -> file: what has one form only
    static: set[str] = field(default_factory=set)
    left: dict[str, str] = field(default_factory=dict)  # address -> why it has no file

    def __post_init__(self) -> None:
        self._known = lru_cache(maxsize=50_000)(self._is_document)

    def resolve(self, address: str, lang: str) -> str | None:
        """The file that a link leads to, in the language of the link or of the page that it is on."""
        path, _, query = address.partition("?")
        if path in self.files:
            return self.files[path]
        if path.startswith("/static/"):
            self.static.add(path)
            return unquote(path[1:])
        values = parse_qsl(query)
        lang = next((value for name, value in values if name == "lang" and value in LANGUAGES), lang)
        bare, suffix = split(path)
        try:
            tail = query_stem(bare, values)
            if tail is None:
                return None
            if path.startswith(DOCUMENTS):
                return self._document(bare, tail, suffix, lang)
            noted = self.pages.get(file_stem(bare) + tail)
        except UnsafeName:
            return None
        suffix = suffix or "html"
        if noted is None or suffix not in noted.offers:
            return None
        return f"{noted.stem}.{lang}.{suffix}" if suffix in noted.worded else f"{noted.stem}.{suffix}"

    def _document(self, path: str, tail: str, suffix: str, lang: str) -> str | None:
        suffix = suffix or "html"
        bare = path.removeprefix("/doc") if path.startswith(("/doc/ns/", "/doc/auth/")) else path
        stem = self._known(bare)
        if not stem or suffix not in FORMATS:
            return None
        return f"{stem}{tail}.{lang}.html" if suffix == "html" else f"{stem}{tail}.{suffix}"

    def _is_document(self, path: str) -> str:
        """The stem of the document that a path names, after merges; empty when there is none."""
        base = self.published.base
        if path in STATIC:
            return file_stem(path)
        kind = next(kind for kind in DOCUMENTS if path.startswith(kind))
        tail = path.removeprefix("/doc").removeprefix("/id") if kind in ("/id/", "/doc/") else path
        iri = base + ("/id" + tail if kind in ("/id/", "/doc/") else tail)
        iri = survivor_of(iri, self.published.redirects, base) or iri
        found = existing(self.published, [iri, *([base + tail] if kind == "/doc/" else [])])
        if found is None:
            return ""
        place = found[len(base) :]
        return file_stem(place if place.startswith(("/auth/", "/ns/")) else "/doc" + place.removeprefix("/id"))
