"""Human judgements on pairs of records: same, different or unsure.

In: a CSV file with the columns left, right, verdict, reason; record keys, the smaller one left, lines sorted.
Out: `Judgements`, or what is wrong with the file, by line.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Final

from wallograph.errors import DataError

COLUMNS: Final = ("left", "right", "verdict", "reason")
VERDICTS: Final = ("same", "different", "unsure")

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Judgements:
    """The judged pairs, each with its smaller key first."""

    same: frozenset[Pair] = frozenset()
    different: frozenset[Pair] = frozenset()
    unsure: frozenset[Pair] = frozenset()
    reasons: Mapping[Pair, str] = field(default_factory=lambda: MappingProxyType({}))

    def reason(self, left: str, right: str) -> str:
        """Why a pair was judged as it was, in any order of its keys; empty when it was not judged."""
        return self.reasons.get(_pair(left, right), "")

    def verdict(self, left: str, right: str) -> str:
        """The verdict on a pair, in any order of its keys; empty when it was not judged."""
        pair = _pair(left, right)
        return next((verdict for verdict in VERDICTS if pair in getattr(self, verdict)), "")


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    pair: Pair
    verdict: str
    reason: str


def read_judgements(path: Path) -> Judgements:
    """Read the judgements; DataError with file and line when the file is not in order."""
    rows, problems = _examine(path)
    if problems:
        line, message = problems[0]
        raise DataError(f"{path}:{line}: {message}")
    pairs = {verdict: frozenset(row.pair for row in rows if row.verdict == verdict) for verdict in VERDICTS}
    reasons = MappingProxyType({row.pair: row.reason for row in rows})
    return Judgements(**pairs, reasons=reasons)


def lint(path: Path) -> list[str]:
    """All that is wrong with the file, as `line: message`; empty when it is in order."""
    return [f"{line}: {message}" for line, message in _examine(path)[1]]


def format_judgements(judgements: Judgements) -> str:
    """The file's text: sorted, smaller key first, one line per pair."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    verdicts = {pair: verdict for verdict in VERDICTS for pair in getattr(judgements, verdict)}
    for pair in sorted(verdicts):
        writer.writerow((*pair, verdicts[pair], judgements.reasons.get(pair, "")))
    return text.getvalue()


def _pair(left: str, right: str) -> Pair:
    return (left, right) if left <= right else (right, left)


def _examine(path: Path) -> tuple[list[_Row], list[tuple[int, str]]]:
    rows: list[_Row] = []
    problems: list[tuple[int, str]] = []
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file)
            if tuple(next(reader, ())) != COLUMNS:
                return [], [(1, f"the first line has to be {','.join(COLUMNS)}")]
            for cells in reader:
                if len(cells) != len(COLUMNS):
                    problems.append((reader.line_num, f"{len(COLUMNS)} cells are expected, not {len(cells)}"))
                    continue
                left, right, verdict, reason = cells
                rows.append(_Row(reader.line_num, (left, right), verdict, reason))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataError(f"{path}: {error}") from error
    problems += [*_wrong_rows(rows), *_wrong_order(rows), *_contradictions(rows)]
    return rows, sorted(problems)


def _wrong_rows(rows: list[_Row]) -> Iterator[tuple[int, str]]:
    for row in rows:
        if row.verdict not in VERDICTS:
            yield row.line, f"unknown verdict '{row.verdict}': one of {', '.join(VERDICTS)}"
        if not row.reason.strip():
            yield row.line, "the reason is missing"
        if not all("/" in key and key == key.strip() for key in row.pair):
            yield row.line, f"a key is table/reference, not {' or '.join(repr(key) for key in row.pair)}"
        if row.pair[0] == row.pair[1]:
            yield row.line, f"'{row.pair[0]}' is judged against itself"
        elif row.pair[0] > row.pair[1]:
            yield row.line, f"'{row.pair[1]}' comes before '{row.pair[0]}': the smaller key is the left one"


def _wrong_order(rows: list[_Row]) -> Iterator[tuple[int, str]]:
    first: dict[Pair, _Row] = {}
    for before, row in zip([None, *rows], rows, strict=False):
        known = first.setdefault(_pair(*row.pair), row)
        if known is not row and known.verdict == row.verdict:
            yield row.line, f"duplicate of line {known.line}"
        elif known is not row:
            yield row.line, f"contradictory: line {known.line} says '{known.verdict}' of this pair"
        elif before is not None and row.pair < before.pair:
            yield row.line, "unsorted: the line comes before the one above it"


def _contradictions(rows: list[_Row]) -> Iterator[tuple[int, str]]:
    """Pairs judged different although a chain of `same` pairs makes them one."""
    parent: dict[str, str] = {}

    def root(key: str) -> str:
        while key in parent:
            key = parent[key]
        return key

    for row in rows:
        left, right = (root(key) for key in row.pair)
        if row.verdict == "same" and left != right:
            parent[left] = right
    direct = {_pair(*row.pair) for row in rows if row.verdict == "same"}
    for row in rows:
        chained = row.pair[0] != row.pair[1] and root(row.pair[0]) == root(row.pair[1])
        if row.verdict == "different" and chained and _pair(*row.pair) not in direct:
            yield row.line, "contradictory: a chain of 'same' pairs makes these two one thing"
