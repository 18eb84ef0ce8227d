"""CSV, with the place of every cell.

In: decoded text and a delimiter. Out: rows whose cells know their span, so that a correction can leave every other
character alone. Reads what the `csv` module of Python reads (a test compares the two), but tells where.
"""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from wallograph.errors import ParseError
from wallograph.intake.limits import IntakeLimits
from wallograph.intake.tables.encoding import DELIMITERS
from wallograph.intake.tables.refusals import refuse, too_large
from wallograph.intake.tables.sheet import Row

_BREAK = re.compile(r"\r\n|\n|\r")
_QUOTED = re.compile(r'"((?:[^"]|"")*+)"')


def line_starts(text: str) -> list[int]:
    """The offset at which each line begins."""
    return [0, *(found.end() for found in _BREAK.finditer(text))]


def records(text: str, delimiter: str) -> Iterator[tuple[list[str], list[tuple[int, int]]]]:
    """All records: the texts of the cells and their spans. ParseError at a quotation mark that is never closed."""
    plain = re.compile(rf"[^{re.escape(delimiter)}\r\n]*+")
    at, end = 0, len(text)
    while at < end:
        texts: list[str] = []
        spans: list[tuple[int, int]] = []
        while True:
            value, stop = _cell(text, at, plain)
            texts.append(value)
            spans.append((at, stop))
            at = stop
            if at < end and text[at] == delimiter:
                at += 1
                continue
            break
        if at < end:
            at += 2 if text.startswith("\r\n", at) else 1
        yield texts, spans


def _cell(text: str, at: int, plain: re.Pattern[str]) -> tuple[str, int]:
    if not text.startswith('"', at):
        found = plain.match(text, at)
        assert found is not None  # the pattern matches the empty string
        return found[0], found.end()
    quoted = _QUOTED.match(text, at)
    if quoted is None:
        line = len(_BREAK.findall(text, 0, at)) + 1
        start = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
        raise refuse("quote-open", line=line, column=at - start + 1)
    rest = plain.match(text, quoted.end())
    assert rest is not None
    return quoted[1].replace('""', '"') + rest[0], rest.end()


def declared_delimiter(text: str) -> tuple[str, int] | None:
    """The delimiter that a first line `sep=;` declares (a habit of Excel), and where that line ends."""
    found = re.match(r'"?sep=([;,\t|])"?(\r\n|\n|\r)', text, re.IGNORECASE)
    return (found[1], found.end()) if found else None


def guess_delimiter(text: str) -> str:
    """The delimiter that cuts the first records most evenly into most cells; `,` when none cuts."""
    head = text[:65_536]
    if len(head) < len(text):
        head = head[: max(head.rfind("\n"), head.rfind("\r")) + 1] or head
    best, most = ",", 0.0
    for delimiter in DELIMITERS:
        widths: Counter[int] = Counter()
        try:
            for texts, _ in islice(records(head, delimiter), 60):
                if any(texts):
                    widths[len(texts)] += 1
        except ParseError:
            pass  # a quotation mark that is open for this delimiter, or cut off here, says nothing yet
        if not widths:
            continue
        rows = sum(widths.values())
        width = max(widths, key=lambda w: (widths[w], w))
        if width < 2:
            continue
        score = (widths[width] / rows) ** 2 * (1 + min(width, 50) / 50)
        if score > most + 1e-9:
            best, most = delimiter, score
    return best


def checked_delimiter(delimiter: str) -> str:
    """A delimiter that a person asked for; InputError when it is none."""
    delimiter = {"tab": "\t", "\\t": "\t"}.get(delimiter.lower(), delimiter)
    if len(delimiter) != 1 or delimiter in '"\r\n' or delimiter.isalnum():
        raise refuse("unknown-delimiter")
    return delimiter


def read_rows(text: str, delimiter: str, start: int, limits: IntakeLimits) -> list[Row]:
    """The rows that are not empty, from an offset on; refused when they are too many or a cell is too long."""
    rows: list[Row] = []
    cells = 0
    first = len(_BREAK.findall(text, 0, start)) + 1
    body = text[start:] if start else text
    for number, (texts, spans) in enumerate(records(body, delimiter), first):
        if not any(texts):
            if number > 10 * limits.rows:
                raise too_large("rows", limits.rows)
            continue
        cells += len(texts)
        if len(rows) >= limits.rows:
            raise too_large("rows", limits.rows)
        if cells > limits.cells:
            raise too_large("cells", limits.cells)
        if spans[-1][1] - spans[0][0] > limits.cell_chars and max(map(len, texts)) > limits.cell_chars:
            raise too_large("cell_chars", limits.cell_chars)
        rows.append(Row(number, texts, {}, [(a + start, b + start) for a, b in spans] if start else spans))
    return rows
