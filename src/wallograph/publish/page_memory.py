"""What the pages looked up, and which of it still holds after a patch.

In: reads of a store, what is made from them, the quads of a patch. Out: values that are made once. Each is kept with
the marks of what it was read from; a patch that bears none of these marks leaves the value as it is.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from threading import Lock, RLock, local
from typing import Any, Final, Protocol, TypeVar

from pyoxigraph import NamedNode, Quad

from wallograph.vocab import TYPE

T = TypeVar("T")
Term = Any  # pyoxigraph exports no common type of its terms
Mark = tuple[str, Term]
_ANYTHING: Final[Mark] = ("", None)  # a read of all that there is
_PLACES: Final = ("subject", "object", "predicate", "graph_name")  # the one that tells most first
_PREFIX: Final = re.compile(r"PREFIX\s+(\w*):\s*<([^>]*)>\s*", re.IGNORECASE)
_NAMED: Final = re.compile(r"<([^>\s]+)>|(?<![\w?$])(\w*):(\w[\w.-]*)")
_COMMENT: Final = re.compile(r"^\s*#.*$", re.MULTILINE)


class Reader(Protocol):
    """What the pages need of a store: complete lists, never a live iterator."""

    def rows(self, query: str, /, **bindings: Term) -> list[dict[str, Term]]: ...

    def quads(self, subject: Term, predicate: Term, object: Term, graph: Term, /) -> list[Quad]: ...


def mark_of_pattern(*terms: Term) -> Mark:
    """What a read of a pattern (subject, predicate, object, graph) depends on: the most telling term of it."""
    subject, predicate, target, graph = terms
    given = zip(_PLACES, (subject, target, predicate, graph), strict=True)
    return next(((place, term) for place, term in given if term is not None), _ANYTHING)


@lru_cache(maxsize=200)
def marks_of_query(query: str) -> frozenset[Mark]:
    """What the rows of a query depend on: the predicates, classes and codes that it names (a variable as predicate
    is none: such a query is not for `Memory`)."""
    text = _COMMENT.sub("", query)
    prefixes = dict(_PREFIX.findall(text))
    found = {
        iri or prefixes.get(prefix, "") + name for iri, prefix, name in _NAMED.findall(_PREFIX.sub("", text))
    }
    return frozenset((place, NamedNode(iri)) for iri in found - {TYPE} for place in ("predicate", "object"))


def marks_of_change(quads: Iterable[Quad]) -> set[Mark]:
    """What quads touch that come or go."""
    found: set[Mark] = {_ANYTHING}
    for quad in quads:
        found |= {(place, getattr(quad, place)) for place in _PLACES}
    return found


@dataclass(slots=True)
class _Value:
    value: Any
    marks: frozenset[Mark]


@dataclass(slots=True)
class Memory:
    """Values that are made once, in any number of threads."""

    _kept: dict[object, _Value] = field(default_factory=dict)
    _making: dict[object, RLock] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)
    _thread: local = field(default_factory=local)

    def once(self, key: object, make: Callable[[], T]) -> T:
        """Make a value, or give the one that is kept; who comes meanwhile waits for it."""
        found = self._kept.get(key)
        if found is None:
            with self._lock:
                lock = self._making.setdefault(key, RLock())
            with lock:
                found = self._kept.get(key)
                if found is None:
                    with self._noting() as marks:
                        value = make()
                    found = self._kept[key] = _Value(value, frozenset(marks))
            with self._lock:
                self._making.pop(key, None)
        self.note(*found.marks)
        return found.value

    @property
    def notes(self) -> bool:
        """Whether something is being made here now, whose reads are of interest."""
        return bool(getattr(self._thread, "marks", None))

    def note(self, *marks: Mark) -> None:
        """Something was read: what is being made now depends on it."""
        if self.notes:
            self._thread.marks[-1].update(marks)

    def after(self, changed: set[Mark]) -> "Memory":
        """What still holds when this was touched."""
        kept = self._kept.copy()
        return Memory({key: found for key, found in kept.items() if found.marks.isdisjoint(changed)})

    @contextmanager
    def _noting(self) -> Iterator[set[Mark]]:
        marks: set[Mark] = set()
        stack = self._thread.__dict__.setdefault("marks", [])
        stack.append(marks)
        try:
            yield marks
        finally:
            stack.pop()


class Watched:
    """A store whose reads are noted."""

    def __init__(self, store: Reader, memory: Memory) -> None:
        self._store, self._memory = store, memory

    def rows(self, query: str, /, **bindings: Term) -> list[dict[str, Term]]:
        """The rows of a query."""
        if self._memory.notes:
            self._memory.note(*marks_of_query(query))
        return self._store.rows(query, **bindings)

    def quads(self, subject: Term, predicate: Term, object: Term, graph: Term, /) -> list[Quad]:
        """The quads of a pattern; None matches all."""
        if self._memory.notes:
            self._memory.note(mark_of_pattern(subject, predicate, object, graph))
        return self._store.quads(subject, predicate, object, graph)
