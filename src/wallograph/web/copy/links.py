"""The links of a page: a page of the running site comes in, the same page with relative links goes out.

What leads to a file of the copy leads there without a server; what only the server can answer keeps its words and
loses its link. Addresses of others, and those that a canonical link names, stay as they are.
"""

import re
from collections.abc import Callable
from html import escape, unescape
from typing import Final
from urllib.parse import urljoin

from wallograph.web.copy.names import relative

_TAG: Final = re.compile(r"<(a|link|script|img|form|use|iframe)\b[^>]*>")
_ADDRESS: Final = re.compile(r'\s(href|src|action)="([^"]*)"')
_FORM: Final = re.compile(r"<form\b[^>]*>.*?</form>", re.DOTALL)
_KEPT: Final = re.compile(r'\brel="(?:canonical|license)"')
_AWAY: Final = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//|#|$)", re.IGNORECASE)

Resolve = Callable[[str], str | None]  # an address on the site, with its query: the file, or None


class Page:
    """Rewrites one page. `base` is that of the IRIs, `prefix` the path of the base, `away` the words for what needs
    the server. `name` is the file of the page; empty for a page that is shown at any address: its links begin at
    the root then.
    """

    def __init__(self, base: str, prefix: str, resolve: Resolve, away: str, name: str, here: str) -> None:
        self._base, self._prefix, self._resolve = base, prefix, resolve
        self._away, self._name, self._here = away, name, here

    def rewrite(self, html: str) -> str:
        """The page of the copy."""
        return _TAG.sub(self._tag, _FORM.sub(self._form, html))

    def _form(self, found: re.Match[str]) -> str:
        """A form is for the server, whatever it asks."""
        return f'<p class="quiet">{escape(self._away)}</p>'

    def _tag(self, found: re.Match[str]) -> str:
        tag, kind = found[0], found[1]
        attribute = _ADDRESS.search(tag)
        if attribute is None or (kind == "link" and _KEPT.search(tag)):
            return tag
        address = self._local(unescape(attribute[2]))
        if address is None:
            return tag
        path, mark, fragment = address.partition("#")
        target = self._resolve(path)
        if target is not None:
            where = self._prefix + "/" + target if not self._name else relative(target, self._name)
            replaced = f' {attribute[1]}="{escape(where + mark + fragment)}"'
            return tag[: attribute.start()] + replaced + tag[attribute.end() :]
        if kind in ("link", "script", "img", "iframe"):
            return ""
        disabled = f' role="link" aria-disabled="true" title="{escape(self._away)}"' if kind == "a" else ""
        return tag[: attribute.start()] + disabled + tag[attribute.end() :]

    def _local(self, address: str) -> str | None:
        """The path and query on this site; None for what is elsewhere, or on this very page."""
        if address == self._base or address.startswith((self._base + "/", self._base + "#", self._base + "?")):
            return address[len(self._base) :] or "/"
        if _AWAY.match(address):
            return None
        joined = urljoin(self._prefix + self._here, address)
        return joined.removeprefix(self._prefix) if joined.startswith(self._prefix + "/") else None


def addresses(html: str, base: str, prefix: str, here: str) -> set[str]:
    """The addresses on this site that a page leads to, without fragment."""
    found: set[str] = set()

    def note(address: str) -> None:
        found.add(address)

    Page(base, prefix, note, "", "x", here).rewrite(html)
    return found
