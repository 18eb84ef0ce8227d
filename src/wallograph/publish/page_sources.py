"""Who says so: a source graph as a page shows it.

In: the provenance graph. Out: publisher, date, pages and role of a graph. For what was read or derived,
the pages are those of the source that was read.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from pyoxigraph import Quad

from wallograph.iris import rebase_iri
from wallograph.publish.labels import choose
from wallograph.vocab import (
    DERIVED_FROM,
    IS_COPY,
    ISSUED,
    LABEL,
    LICENSE,
    ONE_OF_PAGES,
    PUBLISHER,
    RIGHTS,
    RULE,
    SOURCE_ROLE,
)  # fmt: skip

_ORDER: Final = {"stated": 0, "proposal": 1, "register": 2, "read": 3, "derived": 4}
_SHORT: Final = {"ror": "ROR", "fedict": "Fedict"}


@dataclass(frozen=True, slots=True)
class RuleRef:
    """A rule of reading or derivation: where it is explained, and its names by language."""

    href: str | None
    names: tuple[tuple[str, str], ...]

    def text(self, lang: str) -> str:
        """Its name for a visitor."""
        label = choose(self.names, lang)
        return label.text if label else ""


@dataclass(frozen=True, slots=True)
class SourceRef:
    """A source graph. `pages` are addresses; `hrefs` those of them that may be linked."""

    iri: str
    href: str | None
    role: str
    publisher: str
    date: str
    pages: tuple[str, ...] = ()
    label: str = ""
    rights: str = ""
    license: str = ""
    rules: tuple[RuleRef, ...] = ()
    copy: bool = False
    one_of: bool = False
    read_from: tuple[str, ...] = ()

    @property
    def several(self) -> bool:
        """One of several pages says it, and it is not known which."""
        return self.one_of and len(self.pages) > 1

    @property
    def short(self) -> str:
        """What a line calls it: a register by the name that people use."""
        return _SHORT.get(self.iri.rsplit("/", 1)[-1], self.label or self.publisher)

    @property
    def rank(self) -> tuple[int, str, str, str]:
        return (_ORDER.get(self.role, 9), self.publisher, self.date, self.iri)


def read_source(
    iri: str,
    quads: Iterable[Quad],
    base: str,
    href: str | None,
    origin: Callable[[str], SourceRef],
    rule: Callable[[str], RuleRef],
) -> SourceRef:
    """Make a source of its statements in the provenance graph.

    `origin` finds a source that was read, `rule` the rule by which it was.
    """
    values: dict[str, list[str]] = {}
    for quad in quads:
        values.setdefault(quad.predicate.value, []).append(quad.object.value)

    def get(predicate: str) -> list[str]:
        return sorted(values.get(rebase_iri(predicate, base), []))

    def first(predicate: str) -> str:
        return next(iter(get(predicate)), "")

    read_from = tuple(p for p in get(DERIVED_FROM) if p.startswith(f"{base}/id/source/") and p != iri)
    pages = tuple(p for p in get(DERIVED_FROM) if p not in read_from)
    publisher, date = first(PUBLISHER), first(ISSUED)
    origins: list[SourceRef] = []
    if read_from and not pages:
        origins = [origin(source) for source in read_from]
        pages = tuple(dict.fromkeys(page for source in origins for page in source.pages))
        if len(origins) == 1:
            publisher, date = origins[0].publisher or publisher, date or origins[0].date
    host = urlsplit(pages[0]).hostname if pages else ""
    return SourceRef(
        iri=iri,
        href=href,
        role=first(SOURCE_ROLE).rsplit("/", 1)[-1] or "stated",
        publisher=publisher or (host or "").removeprefix("www."),
        date=date,
        pages=pages,
        label=first(LABEL),
        rights=first(RIGHTS),
        license=first(LICENSE),
        rules=tuple(rule(found) for found in get(RULE)),
        copy=first(IS_COPY) == "true",
        one_of=first(ONE_OF_PAGES) == "true" or any(source.one_of for source in origins),
        read_from=read_from,
    )
