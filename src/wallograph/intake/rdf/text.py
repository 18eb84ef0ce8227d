"""The text of a file: bytes come in; text, its lines, and the way back to bytes with edits go out.

Offsets are characters of the decoded text, without byte order mark. A line ends with LF, CR LF or CR.
"""

import re
from bisect import bisect_right
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from wallograph.errors import InputError, ParseError
from wallograph.intake.messages import refuse
from wallograph.model import Edit

Span = tuple[int, int]
_BOMS: Final = (  # the longer first: the mark of UTF-32 begins with that of UTF-16
    (BOM_UTF32_LE, "utf-32-le"), (BOM_UTF32_BE, "utf-32-be"), (BOM_UTF8, "utf-8"),
    (BOM_UTF16_LE, "utf-16-le"), (BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
_LINE_END: Final = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True)
class Text:
    """A decoded file. `wrong_at` is the first byte that is not UTF-8, when the encoding had to be guessed."""

    text: str
    encoding: str = "utf-8"
    bom: bytes = b""
    wrong_at: int | None = None

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(found.end() for found in _LINE_END.finditer(self.text))]

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1."""
        line = bisect_right(self._starts, max(offset, 0))
        return line, max(offset, 0) - self._starts[line - 1] + 1

    def offset(self, line: int, column: int) -> int:
        """The offset of a line and column, kept inside the text."""
        start = self._starts[min(max(line, 1), len(self._starts)) - 1]
        return min(start + max(column, 1) - 1, len(self.text))

    def line_start(self, offset: int) -> int:
        """Where the line of an offset begins."""
        return self._starts[bisect_right(self._starts, max(offset, 0)) - 1]

    def edited(self, edits: Iterable[Edit], escape: Callable[[str], str]) -> bytes:
        """The file with spans replaced. `escape` writes one character that the encoding lacks."""
        spans = sorted({(*_span(edit, len(self.text)), edit.text) for edit in edits})
        pieces: list[str] = []
        at = 0
        for start, end, new in spans:
            if start < at:
                raise refuse(InputError, "edits-overlap")
            pieces += (self.text[at:start], "".join(self._writable(char, escape) for char in new))
            at = end
        return self.bom + "".join([*pieces, self.text[at:]]).encode(self.encoding)

    def _writable(self, char: str, escape: Callable[[str], str]) -> str:
        try:
            char.encode(self.encoding)
        except UnicodeEncodeError:
            return escape(char)
        return char


def _span(edit: Edit, length: int) -> Span:
    span = edit.where.span
    if span is None or not 0 <= span[0] <= span[1] <= length:
        raise refuse(InputError, "edit-without-place")
    return span


def decode(content: bytes, declared: str | None = None) -> Text:
    """The text of a file: by its byte order mark, its declared encoding, UTF-8, or (guessed) Windows-1252."""
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return _strictly(content[len(bom) :], encoding, bom)
    if declared and declared != "utf-8":
        return _strictly(content, declared, b"")
    try:
        return Text(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        wrong = error.start
    for encoding in ("cp1252", "latin-1"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return Text(text, encoding, wrong_at=wrong)  # single-byte: the byte's place is the character's
    raise AssertionError("latin-1 reads every byte")


def _strictly(content: bytes, encoding: str, bom: bytes) -> Text:
    try:
        return Text(content.decode(encoding), encoding, bom)
    except UnicodeDecodeError as error:
        before = Text(content[: error.start].decode(encoding, "replace"))
        line, column = before.place(len(before.text))
        raise refuse(ParseError, "wrong-encoding", at=(line, column), encoding=encoding) from error
