"""Sorted N-Quads files: the primary form of a graph (design M2).

In: quads or N-Quads lines, in any order, any number. Out: a file of distinct lines sorted by their bytes,
with its count, size and SHA-256; and the small operations on such lines. Large inputs are sorted in pieces on
the disk.
"""

import hashlib
import heapq
import mmap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, cast

from pyoxigraph import BlankNode, NamedNode, Quad, Triple

from wallograph.errors import DataError
from wallograph.release.literals import Canonicaliser

CHUNK_BYTES: Final = 96 * 1024 * 1024
_WRITE_LINES: Final = 20_000


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What a manifest says of a file. `count` is the number of lines."""

    count: int
    size: int
    sha256: str


def canonical_line(quad: Quad, canon: Canonicaliser) -> tuple[bytes, Quad]:
    """The quad with a canonical literal and its N-Quads line; DataError for a blank node or a triple term."""
    text = str(quad)
    canonical = canon.quad(quad, text)
    if canonical is not quad:
        text = str(canonical)
    if "_:" in text or "<<(" in text:  # may also stand in a literal, so look closer
        refuse_unnamed(quad)
    return f"{text} .\n".encode(), canonical


def quad_line(quad: Quad, canon: Canonicaliser) -> bytes:
    """One canonical N-Quads line, with its line end; DataError for a blank node or a triple term."""
    return canonical_line(quad, canon)[0]


def subject_of(quad: Quad) -> NamedNode:
    """The subject of a quad that passed `quad_line`: an IRI."""
    return cast(NamedNode, quad.subject)


def refuse_unnamed(quad: Quad) -> None:
    """DataError if a term of the quad has no IRI: such a line could not be compared between releases."""
    for term in (quad.subject, quad.object, quad.graph_name):
        if isinstance(term, BlankNode):
            raise DataError(f"blank nodes are not published; give it an IRI: {quad} .")
        if isinstance(term, Triple):
            raise DataError(f"triple terms are not published: {quad} .")


def split_line(line: bytes) -> tuple[bytes, bytes]:
    """Take a line apart: the triple without its end, and the graph as `<…>` (empty for the default graph).

    >>> split_line(b'<urn:s> <urn:p> "a <b" <urn:g> .\\n')
    (b'<urn:s> <urn:p> "a <b"', b'<urn:g>')
    >>> split_line(b'<urn:s> <urn:p> "a <b"^^<urn:t> .\\n')
    (b'<urn:s> <urn:p> "a <b"^^<urn:t>', b'')
    >>> split_line(b'<urn:s> <urn:p> <urn:o> .\\n')
    (b'<urn:s> <urn:p> <urn:o>', b'')
    """
    body = line[:-3]
    if not body.endswith(b">"):
        return body, b""
    start = body.rfind(b"<")  # no IRI contains one, so the last term starts here
    if body[start - 1 : start] != b" " or body.count(b" ", 0, start) < 3:
        return body, b""
    return body[: start - 1], body[start:]


def read_lines(path: Path) -> Iterator[bytes]:
    """The lines of a file, with their line ends."""
    with path.open("rb", buffering=1 << 20) as file:
        yield from file


def write_sorted(lines: Iterable[bytes], path: Path, chunk_bytes: int = CHUNK_BYTES) -> FileFacts:
    """Write the distinct lines, sorted by bytes. Memory stays near `chunk_bytes` times three."""
    with TemporaryDirectory(prefix=".sort-", dir=path.parent) as folder:
        pieces: list[Path] = []
        chunk: list[bytes] = []
        size = 0
        for line in lines:
            chunk.append(line)
            size += len(line)
            if size >= chunk_bytes:
                pieces.append(_write_piece(chunk, Path(folder) / str(len(pieces))))
                chunk, size = [], 0
        chunk.sort()
        merged = heapq.merge(*map(read_lines, pieces), chunk) if pieces else iter(chunk)
        return write_lines((line for line, _ in groupby(merged)), path)


def _write_piece(chunk: list[bytes], path: Path) -> Path:
    chunk.sort()
    with path.open("wb") as file:
        file.writelines(chunk)
    return path


def write_lines(lines: Iterable[bytes], path: Path) -> FileFacts:
    """Write lines as they come and tell their number, size and SHA-256."""
    sha, count, size = hashlib.sha256(), 0, 0
    batch: list[bytes] = []
    with path.open("wb") as file:
        for line in lines:
            batch.append(line)
            if len(batch) >= _WRITE_LINES:
                data = b"".join(batch)
                count, size = count + len(batch), size + len(data)
                sha.update(data)
                file.write(data)
                batch = []
        data = b"".join(batch)
        sha.update(data)
        file.write(data)
    return FileFacts(count + len(batch), size + len(data), sha.hexdigest())


def contains_line(path: Path, line: bytes) -> bool:
    """Whether a sorted file has this line: a binary search, so a file of any size answers at once."""
    if path.stat().st_size == 0:
        return False
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        low, high = 0, len(data)
        while low < high:
            start = data.rfind(b"\n", low, (low + high) // 2) + 1 or low
            end = data.find(b"\n", start) + 1
            found = data[start:end]
            if found == line:
                return True
            low, high = (end, high) if found < line else (low, start)
    return False


def file_facts(path: Path) -> FileFacts:
    """Size and SHA-256 of a finished file; its lines are not counted."""
    with path.open("rb") as file:
        sha = hashlib.file_digest(file, "sha256").hexdigest()
    return FileFacts(0, path.stat().st_size, sha)
