"""What every page of a thing begins with: its name, what it is, its address and its other formats.

In: the graph and an IRI. Out: a head, and lists cut into pages.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from wallograph.publish.labels import Named
from wallograph.publish.media import RDF_FORMATS
from wallograph.publish.page_graph import PageGraph

T = TypeVar("T")
PAGE_SIZE: Final = 50
_LEFT_OVER: Final = 20  # so few stay on the page before, rather than on one of their own


@dataclass(frozen=True, slots=True)
class FormatLink:
    """Another format of the same document."""

    label: str
    href: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a page: `type_key` is the message of what it is; `crumbs` are (message key, path)."""

    iri: str
    name: Named
    type_key: str
    path: str
    formats: tuple[FormatLink, ...]
    crumbs: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Paged(Generic[T]):
    """One page of a list. `number` counts from 1."""

    items: Sequence[T]
    total: int
    number: int
    pages: int

    @property
    def first(self) -> int:
        return (self.number - 1) * PAGE_SIZE + 1 if self.total else 0

    @property
    def last(self) -> int:
        return self.first + len(self.items) - 1 if self.total else 0


def paged(items: Sequence[T], number: int) -> Paged[T]:
    """Cut a list; a number outside gives the nearest page.

    >>> paged(list(range(130)), 3).items[0]
    100
    >>> paged(list(range(67)), 1).pages
    1
    """
    pages = max(1, -(-(len(items) - _LEFT_OVER) // PAGE_SIZE))
    number = min(max(number, 1), pages)
    end = len(items) if number == pages else number * PAGE_SIZE
    return Paged(items[(number - 1) * PAGE_SIZE : end], len(items), number, pages)


def head(graph: PageGraph, iri: str, lang: str, type_key: str, crumbs: tuple[tuple[str, str], ...] = ()) -> Head:
    """The head of the page of a thing."""
    path = graph.href(iri) or "/"
    formats = tuple(FormatLink(f.label, path + f.suffix, f.media_type) for f in RDF_FORMATS.values())
    return Head(iri, graph.named(iri, lang), type_key, path, formats, crumbs)
