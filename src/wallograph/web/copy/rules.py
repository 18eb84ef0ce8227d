"""What both web servers must know of a copy: facts of the release and of its pages, checked before they stand in a
configuration. In: a catalogue. Out: `Rules`; DataError when something could not be written safely.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from wallograph.errors import DataError
from wallograph.publish.media import FORMATS
from wallograph.web.copy.catalogue import Catalogue
from wallograph.web.headers import ALLOWED_HEADERS, EXPOSED, SECURITY

_PLAIN: Final = re.compile(r"[A-Za-z0-9._~/%:@!&'()*+,;=-]+")
MEDIA_TYPES: Final = {
    **{key: form.media_type for key, form in FORMATS.items()},
    "json": "application/json", "csv": "text/csv", "atom": "application/atom+xml", "rdfp": "application/rdf-patch",
}  # fmt: skip
# By suffix, as the running site sends them.
FILE_TYPES: Final = {
    **MEDIA_TYPES,
    "jsonl": "application/jsonl", "xml": "application/xml", "svg": "image/svg+xml", "css": "text/css",
    "js": "text/javascript", "txt": "text/plain", "gz": "application/gzip", "woff2": "font/woff2",
    "parquet": "application/vnd.apache.parquet", "png": "image/png",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip
API_CATALOG: Final = "/.well-known/api-catalog"
API_CATALOG_TYPE: Final = 'application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"'
PROBLEM: Final = "application/problem+json"
DOCUMENT_OFFERS: Final = tuple(FORMATS)
PROBLEM_OFFERS: Final = ("json", "html")
GONE_OFFERS: Final = ("json", *FORMATS)
CACHE: Final = {
    "document": "public, max-age=60, must-revalidate", "page": "no-cache", "moved": "public, max-age=86400",
    "latest": "public, max-age=60", "dated": "public, max-age=31536000, immutable", "static": "public, max-age=3600",
}  # fmt: skip


@dataclass(frozen=True)
class Rules:
    """The facts that the configurations are made of."""

    base: str
    prefix: str  # path of the base
    host: str
    root: str  # the document root on the web server
    release: int
    license: str
    latest: str  # key of the latest edition with dumps; empty when there is none
    redirects: Mapping[str, str]
    offers: Mapping[str, tuple[str, ...]]  # path of a page -> its forms, when it has others than a page
    dated: tuple[str, ...]  # paths of pages that never change
    policies: Mapping[str, str]  # of what may be framed, by suffix

    @property
    def sets(self) -> list[tuple[str, ...]]:
        """The different lists of forms."""
        return sorted(set(self.offers.values()) - {DOCUMENT_OFFERS})


def rules_of(catalogue: Catalogue, root: str, latest: str, policies: Mapping[str, str]) -> Rules:
    """Gather and check."""
    published = catalogue.published
    parts = urlsplit(published.base)
    pages = [noted for noted in catalogue.pages.values() if noted.offers != ("html",)]
    return Rules(
        base=_plain(published.base),
        prefix=parts.path,
        host=_plain(parts.hostname or "localhost"),
        root=_path(root),
        release=published.number,
        license=_plain(published.license) if published.license else "",
        latest=_plain(latest) if latest else "",
        redirects={_plain(old): _plain(new) for old, new in sorted(published.redirects.items())},
        offers={_plain(noted.path): noted.offers for noted in sorted(pages, key=lambda noted: noted.path)},
        dated=tuple(sorted({_plain(noted.path) for noted in pages if noted.immutable})),
        policies={key: _quoted(policies.get(key, SECURITY["Content-Security-Policy"])) for key in ("html", "svg")},
    )


def _plain(text: str) -> str:
    """Text that a configuration may hold: addresses have no other letters."""
    if not _PLAIN.fullmatch(text):
        raise DataError(f"{text!r} cannot stand in the configuration of a web server")
    return text


def _quoted(text: str) -> str:
    if not text.isprintable() or any(letter in text for letter in '"\\$%'):
        raise DataError(f"{text!r} cannot stand in the configuration of a web server")
    return text


def _path(text: str) -> str:
    if not text.startswith("/") or not text.isprintable() or any(letter in text for letter in "\"\\$%{};'"):
        raise DataError(f"{text!r} cannot be the document root of a web server: choose a plain path with --root")
    return text


def headers() -> dict[str, str]:
    """The headers that every answer has; the policy depends on the address."""
    found = {
        name: value for name, value in SECURITY.items() if name not in ("Content-Security-Policy", "X-Frame-Options")
    }
    return {**found, "Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": EXPOSED}


def options_headers() -> dict[str, str]:
    """What a preflight is answered with."""
    methods = "GET, HEAD, OPTIONS"
    return {
        "Allow": methods,
        "Access-Control-Allow-Methods": methods,
        "Access-Control-Allow-Headers": ALLOWED_HEADERS,
        "Access-Control-Max-Age": "86400",
    }
