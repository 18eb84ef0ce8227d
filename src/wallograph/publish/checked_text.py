"""The lines of a text beside its findings: numbered, marked, and cut to what matters when it is long.

In: a text, and for each anchor `L{line}` the numbers of its findings. Out: `ShownLine`s and `Gap`s in order.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

_WHOLE: Final = 400  # lines of a text that is shown from end to end
_AROUND: Final = 3
_MOST: Final = 600
_LONGEST: Final = 2000  # characters of a line


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line; `marked` is what a finding is about."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One line; `findings` are the numbers of the findings on it."""

    number: int
    pieces: tuple[Piece, ...]
    findings: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Lines that are left out."""

    lines: int


def lines_around(
    text: str, marks: Mapping[str, Sequence[int]], spans: Mapping[int, Sequence[tuple[int, object]]]
) -> Iterator[ShownLine | Gap]:
    """The lines that are shown: all of a short text, of a long one those around findings."""
    lines = split_lines(text)
    told = sorted(int(anchor[1:]) for anchor in marks if anchor.startswith("L"))
    if len(lines) <= _WHOLE:
        wanted = list(range(1, len(lines) + 1))
    else:
        near = {n for line in told for n in range(line - _AROUND, line + _AROUND + 1)} | set(range(1, 6))
        wanted = sorted(n for n in near if 1 <= n <= len(lines))[:_MOST]
    starts = _starts(lines)
    before = 0
    for number in wanted:
        if number > before + 1:
            yield Gap(number - before - 1)
        cut = [_cut(place, number, starts, lines) for place in spans.get(number, ())]
        yield ShownLine(
            number, tuple(_pieces(lines[number - 1].rstrip("\r\n"), cut)), tuple(marks.get(f"L{number}", ()))
        )
        before = number
    if before < len(lines):
        yield Gap(len(lines) - before)


def split_lines(text: str) -> list[str]:
    """The lines as parsers count them: by line feeds only, line feeds kept."""
    lines = text.split("\n")
    kept = [line + "\n" for line in lines[:-1]]
    return [*kept, lines[-1]] if lines[-1] else kept


def _starts(lines: list[str]) -> list[int]:
    starts, at = [], 0
    for line in lines:
        starts.append(at)
        at += len(line)
    return starts


def _cut(place: tuple[int, object], number: int, starts: list[int], lines: list[str]) -> tuple[int, int]:
    """What to mark on a line: the span when it lies there, else from the column to the end of the word."""
    column, span = place
    line = lines[number - 1].rstrip("\r\n")
    if isinstance(span, list | tuple) and len(span) == 2:
        start, end = int(span[0]), int(span[1])
        if bisect_right(starts, start) == number and end > start:
            at = start - starts[number - 1]
            return at, min(at + end - start, len(line))
    if not column or column > len(line):
        return 0, 0
    end = column - 1
    while end < len(line) and not line[end].isspace():
        end += 1
    return column - 1, max(end, column)


def _pieces(line: str, cuts: list[tuple[int, int]]) -> Iterator[Piece]:
    """A line in marked and plain pieces; a very long one is cut."""
    shown = line[:_LONGEST]
    at = 0
    for start, end in sorted(set(cuts)):
        start, end = max(start, at), min(end, len(shown))
        if end <= start:
            continue
        if start > at:
            yield Piece(shown[at:start], False)
        yield Piece(shown[start:end], True)
        at = end
    if at < len(shown) or not shown:
        yield Piece(shown[at:], False)
    if len(line) > _LONGEST:
        yield Piece("…", False)
