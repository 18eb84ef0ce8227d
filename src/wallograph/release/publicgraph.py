"""The public triples of releases, and the things in which two releases differ.

In: releases. Out: sorted N-Triples lines; for each thing that differs, its lines before and after. Between releases of
one edition only what the patches touch is looked at; between editions the two sorted streams are read side by side.
"""

import mmap
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from typing import Final, NamedTuple

from wallograph.release.census import Census, public_triples
from wallograph.release.chain import Chain, chain
from wallograph.release.dumps import TRIPLES_NAME
from wallograph.release.graphfile import read_lines
from wallograph.release.state import Release

_CHUNK: Final = 40_000  # lines of each side that are held at a time


class Difference(NamedTuple):
    """A thing that differs: `<iri>`, and its public N-Triples lines on either side (none: it is not there)."""

    subject: bytes
    before: list[bytes]
    after: list[bytes]


def public_lines(release: Release) -> Iterator[bytes]:
    """The distinct public triples of a release as sorted N-Triples lines."""
    written = release.dump_path / TRIPLES_NAME
    if release.is_edition and written.is_file():
        return read_lines(written)
    private = frozenset(release.manifest["private_graphs"])
    return public_triples(chain(release).lines(), private, Census())


def differences(before: Release, after: Release, chains: tuple[Chain, Chain] | None = None) -> Iterator[Difference]:
    """The things whose public triples differ, in the order of their IRIs; `chains` when they are known."""
    old, new = chains or (chain(before), chain(after))
    same_rules = before.manifest["private_graphs"] == after.manifest["private_graphs"]
    if old.edition.number == new.edition.number and same_rules:
        yield from _touched(old, new, frozenset(after.manifest["private_graphs"]))
    else:
        yield from compared(public_lines(before), public_lines(after))


def subject_of_line(line: bytes) -> bytes:
    """The subject of a line, as `<iri>`."""
    return line[: line.index(b" ")]


def things(lines: Iterable[bytes]) -> Iterator[tuple[bytes, list[bytes]]]:
    """The things of a sorted stream with their lines."""
    for subject, group in groupby(lines, key=subject_of_line):
        yield subject, list(group)


# -- two streams side by side


def compared(before: Iterator[bytes], after: Iterator[bytes]) -> Iterator[Difference]:
    """The things in which two sorted streams differ. Equal parts cost two set differences, no look at each line."""
    old, new = _Side(before), _Side(after)
    while old.lines or new.lines:
        limit = min((key for key in (old.whole(), new.whole()) if key is not None), default=None)
        left, right = old.take(limit), new.take(limit)
        if left == right:
            continue
        gone, come = set(left), set(right)
        touched = {subject_of_line(line) for line in gone ^ come}
        for subject in sorted(touched, key=_prefix):
            yield Difference(subject, _of(left, subject), _of(right, subject))


class _Side:
    """One stream, a chunk ahead."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        self._source = lines
        self._more = True
        self.lines: list[bytes] = []
        self._fill()

    def _fill(self) -> None:
        fresh = list(islice(self._source, _CHUNK))
        self._more = len(fresh) == _CHUNK
        self.lines += fresh

    def whole(self) -> bytes | None:
        """The first prefix that may not be whole in the chunk; None when the stream has ended."""
        while self._more and subject_of_line(self.lines[0]) == subject_of_line(self.lines[-1]):
            self._fill()  # one thing larger than a chunk
        return _prefix(subject_of_line(self.lines[-1])) if self._more else None

    def take(self, limit: bytes | None) -> list[bytes]:
        """The lines before the limit, and the next chunk behind what is left."""
        end = len(self.lines) if limit is None else bisect_left(self.lines, limit)
        taken, self.lines = self.lines[:end], self.lines[end:]
        if self._more and len(self.lines) < _CHUNK:
            self._fill()
        return taken


def _prefix(subject: bytes) -> bytes:
    return subject + b" "


def _of(lines: list[bytes], subject: bytes) -> list[bytes]:
    """The lines of a thing in a sorted list."""
    prefix = _prefix(subject)
    start = end = bisect_left(lines, prefix)
    while end < len(lines) and lines[end].startswith(prefix):
        end += 1
    return lines[start:end]


# -- two releases of one edition


def _touched(old: Chain, new: Chain, private: frozenset[str]) -> Iterator[Difference]:
    changed = (old.gone ^ new.gone) | (old.come ^ new.come)
    if not changed:
        return
    with old.edition.graph_path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        before, after = _Lookup(old, data, private), _Lookup(new, data, private)
        for subject in sorted({subject_of_line(line) for line in changed}, key=_prefix):
            found = Difference(subject, before.public(subject), after.public(subject))
            if found.before != found.after:  # else only who says it has changed
                yield found


class _Lookup:
    """The lines of single things of a release, without reading it all."""

    def __init__(self, of: Chain, data: mmap.mmap, private: frozenset[str]) -> None:
        self._data, self._gone, self._private = data, of.gone, private
        self._come: defaultdict[bytes, list[bytes]] = defaultdict(list)
        for line in of.come:
            self._come[subject_of_line(line)].append(line)

    def public(self, subject: bytes) -> list[bytes]:
        """The public triples of a thing."""
        lines = [line for line in self._stated(_prefix(subject)) if line not in self._gone]
        return list(public_triples(sorted([*lines, *self._come[subject]]), self._private, Census()))

    def _stated(self, prefix: bytes) -> Iterator[bytes]:
        data, low, high = self._data, 0, len(self._data)
        while low < high:
            start = data.rfind(b"\n", low, (low + high) // 2) + 1 or low
            end = data.find(b"\n", start) + 1
            low, high = (end, high) if data[start:end] < prefix else (low, start)
        while data[low : low + len(prefix)] == prefix:
            end = data.find(b"\n", low) + 1
            yield data[low:end]
            low = end


# -- whole lines, for patches


def changed_lines(before: Release, after: Release) -> Iterator[tuple[str, bytes]]:
    """What makes one release of the other, quad by quad and sorted: ("D" or "A", the N-Quads line)."""
    old, new = chain(before), chain(after)
    if old.edition.number == new.edition.number:
        gone = (new.gone - old.gone) | (old.come - new.come)
        come = (old.gone - new.gone) | (new.come - old.come)
        yield from _marked(gone, come)
        return
    left, right = _Side(old.lines()), _Side(new.lines())
    while left.lines or right.lines:
        limit = min((key for key in (left.whole(), right.whole()) if key is not None), default=None)
        had, has = left.take(limit), right.take(limit)
        if had != has:
            yield from _marked(set(had).difference(has), set(has).difference(had))


def _marked(gone: Iterable[bytes], come: Iterable[bytes]) -> Iterator[tuple[str, bytes]]:
    marked = [*((line, "D") for line in gone), *((line, "A") for line in come)]
    yield from ((code, line) for line, code in sorted(marked))
