"""Source documents: which named graph a statement of a page, of a row or of a reading stands in (design S1).

In: page addresses, `data/pages.csv`. Out: keys of source documents, and the book of all that were used.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from wallograph.ingest.cards import Card
from wallograph.ingest.tables import read_rows
from wallograph.iris import digest, slug
from wallograph.model import SourceDoc
from wallograph.vocab import CC_BY

PAGE_TERMS = "Facts only; the page keeps the terms of its publisher"


class SourceBook:
    """All source documents that statements stand on. A key is given once and means one document for ever."""

    def __init__(self, pages_file: Path) -> None:
        self._pages = {row["url"]: row for row in read_rows(pages_file, ("url", "issued", "copy"))}
        self.documents: dict[str, SourceDoc] = {}

    def page(self, address: str) -> str:
        """The key of one page. What is no address (a seed text) becomes a document without a page."""
        key = _page_key(address)
        if key not in self.documents:
            row = self._pages.get(address)
            has_address = _is_address(address)
            self.documents[key] = SourceDoc(
                key=key,
                pages=(address,) if has_address else (),
                publisher=host(address) if has_address else named_in(address),
                issued=row["issued"] if row else "",
                copy=bool(row and row["copy"]),
                rights=PAGE_TERMS,
            )
        return key

    def pages(self, addresses: Sequence[str]) -> str:
        """The key of the evidence of a row: its one page, or a document derived from each of its pages."""
        if len(addresses) == 1:
            return self.page(addresses[0])
        key = f"{slug(host(addresses[0]), 40)}-and-others-{digest(*addresses)}"
        if key not in self.documents:
            hosts = dict.fromkeys(host(address) for address in addresses)
            self.documents[key] = SourceDoc(
                key=key,
                pages=tuple(addresses),
                publisher=", ".join(hosts),
                rights=PAGE_TERMS,
                copy=all(self._pages[a]["copy"] for a in addresses if a in self._pages),
            )
        return key

    def reading(self, key: str, rule: str) -> str:
        """The key of what wallograph read into a document, apart from what the document states."""
        read_key = f"{key}-read"
        known = self.documents.get(read_key)
        rules = {*known.rules, rule} if known else {rule}
        self.documents[read_key] = SourceDoc(
            key=read_key, pages=(), role="read", publisher="wallograph", rules=tuple(sorted(rules)),
            read_from=key, license=CC_BY,
        )  # fmt: skip
        return read_key

    def register(self, card: Card) -> str:
        """The key of a register: one graph for the whole of it."""
        self.documents.setdefault(
            card.key,
            SourceDoc(
                key=card.key, pages=(card.pages,) if card.pages else (), role="register", publisher=card.publisher,
                rights=card.rights, license=card.license,
            ),
        )  # fmt: skip
        return card.key

    def own(self, key: str, role: str, rule: str = "") -> str:
        """The key of one of wallograph's own graphs (a derivation, the code lists, the vocabulary)."""
        self.documents.setdefault(
            key,
            SourceDoc(
                key=key, pages=(), role=role, publisher="wallograph", rules=(rule,) if rule else (),  # type: ignore[arg-type]
                license=CC_BY,
            ),
        )  # fmt: skip
        return key


def host(address: str) -> str:
    """The host of a page without `www.`; the address itself when it has none."""
    name = urlsplit(address).hostname or address
    return re.sub(r"^www\d?\.", "", name.rstrip("."))


def named_in(text: str) -> str:
    """Who is named in a source that has no address.

    >>> named_in("seed text (lecho.be 9990982)")
    'lecho.be 9990982'
    """
    found = re.search(r"\((.+)\)", text)
    return found[1] if found else text


def _is_address(text: str) -> bool:
    return re.match(r"https?://[^\s<>\"{}|\\^`]+$", text) is not None


def _page_key(address: str) -> str:
    return f"{slug(host(address), 40)}-{digest(address)}"
