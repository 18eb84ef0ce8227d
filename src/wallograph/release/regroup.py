"""The quads of a sorted file again, those of one graph together: what TriG and its readers want.

In: a sorted N-Quads file. Out: the same lines, graph after graph, each in its order. Memory stays near `most` bytes and
a half, however large the file and each graph are: what is more waits in pieces on the disk.
"""

import heapq
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Final, NamedTuple

MOST: Final = 16 * 1024 * 1024
_PASSED_ON: Final = 1 << 20
_READ: Final = 1 << 16


class Block(NamedTuple):
    """The lines of one graph in one piece: where they stand, and how many bytes they are."""

    graph: bytes
    piece: int
    file: IO[bytes]
    start: int
    size: int


def regroup(graph: Path, target: Path, most: int = MOST) -> None:
    """Write the lines of `graph` to `target`, graph by graph."""
    with TemporaryDirectory(prefix=".regroup-", dir=target.parent) as folder:
        pieces: list[Path] = []
        for buckets in _buckets(graph, most):
            pieces.append(Path(folder) / str(len(pieces)))
            _write_piece(buckets, pieces[-1])
            buckets.clear()
        with target.open("wb") as out:
            for block in heapq.merge(*(_blocks(path, number) for number, path in enumerate(pieces))):
                _pass_on(block, out)


def _buckets(graph: Path, most: int) -> Iterator[dict[bytes, list[bytes]]]:
    """The lines by their last IRI, some megabytes at a time.

    That IRI is the graph. In a line of the default graph it is something else, which does no harm: only who stands
    beside whom is chosen here.
    """
    buckets: dict[bytes, list[bytes]] = defaultdict(list)
    with graph.open("rb", buffering=_PASSED_ON) as file:
        while lines := file.readlines(most):
            for line in lines:
                buckets[line[line.rfind(b"<") : -1]].append(line)
            lines.clear()
            yield buckets


def _write_piece(buckets: dict[bytes, list[bytes]], path: Path) -> None:
    with path.open("wb") as file:
        for graph in sorted(buckets):
            lines = b"".join(buckets[graph])
            file.write(b"%d %s\n" % (len(lines), graph))
            file.write(lines)


def _blocks(path: Path, piece: int) -> Iterator[Block]:
    """The blocks of a piece; their lines are not read."""
    with path.open("rb", buffering=_READ) as file:
        while head := file.readline():
            size, _, graph = head[:-1].partition(b" ")
            block = Block(graph, piece, file, file.tell(), int(size))
            yield block
            file.seek(block.start + block.size)


def _pass_on(block: Block, out: IO[bytes]) -> None:
    block.file.seek(block.start)
    left = block.size
    while left:
        data = block.file.read(min(left, _PASSED_ON))
        out.write(data)
        left -= len(data)
