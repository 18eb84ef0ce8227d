"""The history of a thing: the decisions that touched it and the releases in which its sources changed.

In: the journal, the releases. Out: `Step` values, the last one first. What is known of the journal is kept in memory
and read on, entry by entry; payloads are read anew each time, so that nothing that was erased stays here.
"""

import mmap
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Final

from wallograph.curation.desk import Desk
from wallograph.curation.finals import ends, plain
from wallograph.curation.layers import quads_of
from wallograph.curation.model import Change
from wallograph.curation.shown import Shown
from wallograph.journal.entry import Entry
from wallograph.release.changes import MEMBERS_NAME, changes_of, feed
from wallograph.release.graphfile import split_line
from wallograph.release.state import Release

_GONE: Final = b"<http://www.w3.org/2002/07/owl#deprecated>"
_KINDS: Final = ("actor", "project", "event", "place")


@dataclass(frozen=True, slots=True)
class Told:
    """An entry as the public sees it. `things` are the IRIs that it speaks of; `erased`: its payload is gone."""

    entry: Entry
    changes: tuple[Change, ...]
    things: tuple[str, ...]
    release: int | None  # the first that shows it
    undoes: int
    undone: int  # the entry that took it back, 0 when none did
    erased: bool
    payload: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened to a thing: an entry, or a release that sources changed it in (lines of triples)."""

    at: str
    told: Told | None = None
    release: Release | None = None
    adds: tuple[bytes, ...] = ()
    deletes: tuple[bytes, ...] = ()


class History:
    """The history of all things of an installation. Safe in several threads."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._journal = desk, desk.journal
        self._lock = Lock()
        self._read = 0
        self._of: defaultdict[str, list[int]] = defaultdict(list)
        self._undone: dict[int, int] = {}
        self._undoes: dict[int, int] = {}
        self._numbers: list[int] = []

    # -- the journal

    def numbers(self) -> list[int]:
        """The numbers of all entries, the last one first."""
        self._read_on()
        return self._numbers[::-1]

    def told(self, number: int) -> Told:
        """An entry. NotFound."""
        self._read_on()
        entry = self._journal.entry(number)
        payload = self._journal.payload(number)
        changes = tuple(_changes(payload or {}))
        return Told(
            entry, changes, tuple(_things(payload or {})), self._journal.release_of(number),
            int((payload or {}).get("undoes") or 0), self._undone.get(number, 0), payload is None, payload or {},
        )  # fmt: skip

    def entries_of(self, iri: str) -> list[int]:
        """The numbers of the entries that touched a thing, the last one first."""
        self._read_on()
        return sorted(self._of.get(iri, ()), reverse=True)

    def _read_on(self) -> None:
        with self._lock:
            for entry in self._journal.entries(after=self._read):
                payload = self._journal.payload(entry.number) or {}
                for iri in _things(payload):
                    self._of[iri].append(entry.number)
                if undoes := int(payload.get("undoes") or 0):
                    self._undoes[entry.number] = undoes
                    self._take(entry.number)
                self._numbers.append(entry.number)
                self._read = entry.number

    def _take(self, number: int) -> None:
        """An entry takes back another; if that one took something back, it holds again, and so on."""
        taken = self._undoes.get(number)
        if taken is not None:
            self._undone[taken] = number
            freed = self._undoes.get(taken)
            if freed is not None:
                self._undone.pop(freed, None)
                self._take(freed)

    # -- a thing

    def of(self, iri: str, release: Release) -> list[Step]:
        """All that happened to a thing up to a release, the last first."""
        steps = [Step(told.entry.at, told) for told in map(self.told, self.entries_of(iri))]
        steps += self._of_releases(iri, release)
        return sorted(steps, key=lambda step: step.at, reverse=True)

    def _of_releases(self, iri: str, current: Release) -> Iterator[Step]:
        subject = f"<{iri}> ".encode()
        last: frozenset[bytes] = frozenset()
        shown = Shown()
        for release in feed(self._desk.state, current):
            now_shown = Shown.of(release.manifest)
            of_journal, shown = not release.is_edition and now_shown.head > shown.head, now_shown
            path = release.folder / MEMBERS_NAME
            found = frozenset(lines_of_thing(path, subject)) if path.is_file() else frozenset()
            if not found:
                continue
            now = frozenset() if any(_GONE in line for line in found) else found
            if not of_journal and now != last:
                moment = str(changes_of(self._desk.state, release)["moment"])
                yield Step(moment, None, release, tuple(sorted(now - last)), tuple(sorted(last - now)))
            last = now


def lines_of_thing(path: Any, subject: bytes) -> list[bytes]:
    """The lines of a sorted file that begin with a subject (`<iri> `)."""
    if path.stat().st_size == 0:
        return []
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        low, high = 0, len(data)
        while low < high:
            start = data.rfind(b"\n", low, (low + high) // 2) + 1 or low
            end = data.find(b"\n", start) + 1 or len(data)
            low, high = (end, high) if data[start:end] < subject else (low, start)
        found = []
        while data[low : low + len(subject)] == subject:
            end = data.find(b"\n", low) + 1 or len(data)
            found.append(data[low:end])
            low = end
        return found


def _changes(payload: Mapping[str, Any]) -> Iterator[Change]:
    for values in payload.get("changes", ()):
        yield plain(Change.of_values(values))


def _things(payload: Mapping[str, Any]) -> list[str]:
    """The things that an entry speaks of: of its statements; without any, of the quads that come and go."""
    found = dict.fromkeys(iri for change in _changes(payload) for iri in ends(change))
    found |= dict.fromkeys(str(payload[name]) for name in ("left_iri", "right_iri") if payload.get(name))
    if not found:
        quads = quads_of((*payload.get("adds", ()), *payload.get("deletes", ())))
        found = dict.fromkeys(
            term.value for quad in quads for term in (quad.subject, quad.object) if _is_thing(str(term.value))
        )
    return [iri for iri in found if _is_thing(iri)]


def _is_thing(iri: str) -> bool:
    return any(f"/id/{kind}/" in iri for kind in _KINDS) and iri.startswith(("http://", "https://"))


def triple_of(line: bytes) -> tuple[str, str]:
    """The predicate and the object of a line of N-Triples, as it writes them."""
    triple = split_line(line)[0] if line.endswith(b" .\n") else line
    _, predicate, target = triple.decode().split(" ", 2)
    return predicate[1:-1], target.removesuffix(" .\n").removesuffix(" .")
