"""The dataset that a query asks for: FROM and FROM NAMED, or the graphs that the protocol names.

In: names as written in the query, with its prologue. Out: absolute graph names. A name is only ever a name:
nothing is fetched (design M4).
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import NamedTuple
from urllib.parse import urljoin

from pyoxigraph import NamedNode

from wallograph.errors import QueryRefused

_LOCAL_ESCAPE = re.compile(r"\\(.)")
_CODEPOINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


class _Written(NamedTuple):
    kind: str
    text: str
    start: int


@dataclass(slots=True)
class Prologue:
    """The prefixes and the base that a query declares."""

    prefixes: dict[str, str] = field(default_factory=dict)
    base: str = ""

    def resolve(self, written: str) -> str:
        """The absolute IRI of `<…>` or of a prefixed name; as it is when the prefix is not declared."""
        if written.startswith("<"):
            iri = _CODEPOINT.sub(lambda m: chr(int(m[1] or m[2], 16)), written[1:-1])
            return urljoin(self.base, iri) if self.base else iri
        prefix, colon, local = written.partition(":")
        if colon and prefix in self.prefixes:
            return self.prefixes[prefix] + _LOCAL_ESCAPE.sub(r"\1", local)
        return written


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graphs of the default graph and the named graphs; `given` is False when the query names none."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    given: bool = False
    prologue: Prologue = field(default_factory=Prologue)

    def plus(self, written: _Written | tuple[str, str, int], *, named: bool) -> "Dataset":
        """This dataset and one more FROM (NAMED) clause."""
        iri = self.prologue.resolve(written[1])
        if named:
            return replace(self, named=_distinct((*self.named, iri)), given=True)
        return replace(self, default=_distinct((*self.default, iri)), given=True)

    def overridden(self, default: Iterable[str], named: Iterable[str]) -> "Dataset":
        """What the protocol names goes before what the query says (SPARQL 1.1 Protocol 2.1.4)."""
        default, named = _distinct(default), _distinct(named)
        if not default and not named:
            return self
        return replace(self, default=default, named=named, given=True)

    def unknown(self, known: Callable[[NamedNode], bool]) -> list[str]:
        """The names that no graph has, in their order."""
        default, named = self.nodes()
        return [node.value for node in (*default, *named) if not known(node)]

    def nodes(self) -> tuple[list[NamedNode], list[NamedNode]]:
        """The names as terms; QueryRefused for what is no absolute IRI."""
        return [_node(iri) for iri in self.default], [_node(iri) for iri in self.named]


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _node(iri: str) -> NamedNode:
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise QueryRefused(f"<{iri}> is not the name of a graph: it must be an absolute IRI.") from error
