"""The lines of any release: its edition's file and the patches since.

In: releases. Out: sorted N-Quads lines; which lines a chain of patches touched; whether a release has a line.
"""

import heapq
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Final

from wallograph.errors import StateError
from wallograph.release.graphfile import contains_line, read_lines
from wallograph.release.state import Release

_KEPT: Final = 4
_MOST_LINES: Final = 100_000  # of the chains that are kept
_Marks = tuple[tuple[Path, int, int], ...]  # of the folders that a chain was read from


@dataclass(frozen=True, slots=True)
class Chain:
    """A release as its edition and the patches since: lines of the edition that went, and lines that came."""

    edition: Release
    gone: frozenset[bytes]
    come: frozenset[bytes]

    def lines(self) -> Iterator[bytes]:
        """The distinct lines of the release, sorted by bytes."""
        if not self.gone and not self.come:
            return read_lines(self.edition.graph_path)
        kept = (line for line in read_lines(self.edition.graph_path) if line not in self.gone)
        return heapq.merge(kept, sorted(self.come))

    def contains(self, line: bytes) -> bool:
        """Whether the release has this line, without reading it all."""
        if line in self.come:
            return True
        return line not in self.gone and contains_line(self.edition.graph_path, line)

    def after(self, adds: Iterable[bytes], deletes: Iterable[bytes]) -> "Chain":
        """The chain with one more patch, of lines that were absent and lines that were there."""
        gone, come = set(self.gone), set(self.come)
        _take(gone, come, ((b"D", line) for line in deletes))
        _take(gone, come, ((b"A", line) for line in adds))
        return Chain(self.edition, frozenset(gone), frozenset(come))


def chain(release: Release) -> Chain:
    """Follow the patches of a release back to its edition, or to a release whose chain was asked for lately."""
    patches: list[Release] = []
    at, known = release, _known.get(release.folder)
    while known is None and not at.is_edition:
        patches.append(at)
        folder = at.parent_folder
        if folder is None:
            raise StateError(f"release {at.number} is no edition and has no parent")
        known = _known.get(folder)
        if known is None:
            at = Release.open(folder)
    found, marks = known or (Chain(at, frozenset(), frozenset()), (_mark(at.folder),))
    gone, come = set(found.gone), set(found.come)
    for step in reversed(patches):
        _take(gone, come, _operations(step))
        marks = (*marks, _mark(step.folder))
    made = Chain(found.edition, frozenset(gone), frozenset(come))
    if patches and len(gone) + len(come) < _MOST_LINES:
        _known.put(marks, made)
    return made


class _Chains:
    """The chains that were asked for last. None is given whose releases were made again since (an erasure)."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Path, tuple[Chain, _Marks]] = OrderedDict()
        self._lock = Lock()

    def get(self, folder: Path) -> tuple[Chain, _Marks] | None:
        """The chain of the release in a folder, with the marks of all that it was read from."""
        with self._lock:
            found = self._kept.get(folder)
        if found is None or any(_mark(folder) != (folder, *rest) for folder, *rest in found[1]):
            return None
        return found

    def put(self, marks: _Marks, chain: Chain) -> None:
        """Keep a chain."""
        with self._lock:
            self._kept[marks[-1][0]] = chain, marks
            self._kept.move_to_end(marks[-1][0])
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)


_known: Final = _Chains()


def _mark(folder: Path) -> tuple[Path, int, int]:
    try:
        found = (folder / "manifest.json").stat()
    except OSError:
        return folder, 0, 0
    return folder, found.st_ino, found.st_mtime_ns


def _take(gone: set[bytes], come: set[bytes], operations: Iterable[tuple[bytes, bytes]]) -> None:
    """A kept patch holds only what it changed, so each line either undoes an earlier one or is new."""
    for code, line in operations:
        undone, done = (gone, come) if code == b"A" else (come, gone)
        if line in undone:
            undone.remove(line)
        else:
            done.add(line)


def lines(release: Release) -> Iterator[bytes]:
    """The N-Quads lines of any release, sorted by bytes."""
    return chain(release).lines()


def _operations(release: Release) -> Iterator[tuple[bytes, bytes]]:
    for line in read_lines(release.patch_path):
        if line.startswith((b"A ", b"D ")):
            yield line[:1], line[2:]
