"""In which encoding and with which delimiter a CSV file is written: guessed, never certain, always overridable.

In: bytes. Out: `Guess`, the decoded text, the delimiter. Belgian spreadsheets come in UTF-8, in UTF-16 ("Unicode
text"), in Windows-1252 and, from old programs, in the DOS code pages 850 and 437.
"""

import codecs
import re
from dataclasses import dataclass

from wallograph.intake.tables.refusals import refuse

DELIMITERS = (";", ",", "\t", "|")
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "cp1252", "iso-8859-1", "iso-8859-15", "cp850", "cp437")
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_LIKELY = frozenset("éèêëàâäôöùûüçïîñóáíúßœæÉÈÊËÀÂÄÔÖÙÛÜÇÏÎŒ")
_PUNCTUATION = frozenset("’‘“”«»„–—…€°·•²³½\u00a0")
_LOOKED_AT = 200_000
_CONTROLS = re.compile(b"[\\x01-\\x08\\x0e-\\x1b\\x7f]")
_SLIPS, _TEXT_PER_CONTROL = 4, 200  # a stray one now and then is a slip, more of them in so much text are no text


@dataclass(frozen=True, slots=True)
class Guess:
    """How a CSV file seems to be written. `certain` when it says so itself or is plain UTF-8, or a person said so."""

    encoding: str
    delimiter: str
    bom: bytes = b""
    certain: bool = True
    sample: str = ""


def decode(content: bytes, encoding: str | None = None) -> tuple[str, str, bytes, bool]:
    """The text, its encoding, its byte order mark, and whether that is certain; ParseError when it is no text."""
    for bom, name in _BOMS:
        if content.startswith(bom) and (encoding is None or _name(encoding).startswith(name[:6])):
            return _strict(content[len(bom) :], name), name, bom, True
    if encoding is not None:
        return _strict(content, _name(encoding)), _name(encoding), b"", True
    if (wide := _wide(content)) is not None:
        return _strict(content, wide), wide, b"", False
    if (at := content.find(b"\0")) >= 0:
        raise refuse("binary", line=content.count(b"\n", 0, at) + 1)
    try:
        return content.decode("utf-8"), "utf-8", b"", True
    except UnicodeDecodeError:
        _refuse_bytes(content)
        name = _eight_bit(content)
        return _strict(content, name), name, b"", False


def _refuse_bytes(content: bytes) -> None:
    """What is full of signs that no text has is none, and nothing of it is shown."""
    head = content[:_LOOKED_AT]
    found = list(_CONTROLS.finditer(head))
    if len(found) > _SLIPS and len(found) * _TEXT_PER_CONTROL > len(head):
        raise refuse("binary", line=content.count(b"\n", 0, found[0].start()) + 1)


def _name(encoding: str) -> str:
    """The one name of an encoding that a person asked for; InputError when it is not one of ours."""
    try:
        known = codecs.lookup(encoding.strip()).name
    except (LookupError, ValueError, UnicodeError):
        known = ""
    plain = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le", "iso8859-1": "iso-8859-1", "iso8859-15": "iso-8859-15"}
    name = plain.get(known, known)
    if name not in ENCODINGS:
        raise refuse("unknown-encoding", known=", ".join(ENCODINGS))
    return name


def _strict(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        before = content[: error.start].decode(encoding, "replace")
        line, _, rest = before.count("\n") + 1, "", before.rpartition("\n")[2]
        raise refuse("not-decodable", encoding=encoding, line=line, column=len(rest) + 1) from error


def _wide(content: bytes) -> str | None:
    """UTF-16 without a mark: Latin letters leave every second byte empty."""
    head = content[:4000]
    if len(content) % 2 or len(head) < 4:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > 0.6 * half and even < 0.1 * half:
        return "utf-16-le"
    if even > 0.6 * half and odd < 0.1 * half:
        return "utf-16-be"
    return None


def _eight_bit(content: bytes) -> str:
    """The encoding of eight bits that makes the most plausible words of French, Dutch and German."""
    head = bytes(byte if byte > 127 or chr(byte).isalpha() else 32 for byte in content[:_LOOKED_AT])
    best, most = "iso-8859-1", float("-inf")
    for name in ("cp1252", "iso-8859-1", "cp850", "cp437"):
        try:
            content.decode(name)
            score = _plausible(head.decode(name))
        except UnicodeDecodeError:
            continue
        if score > most:
            best, most = name, score
    return best


def _plausible(text: str) -> float:
    score = 0.0
    for before, char, after in zip(" " + text, text, text[1:] + " ", strict=False):
        if char < "\x80":
            continue
        inside = before.isalpha() or after.isalpha()
        if char in _LIKELY:
            score += 2 if inside else 1
            if char.isupper() and before.islower():
                score -= 3
        elif char in _PUNCTUATION:
            score += -1 if before.isalpha() and after.isalpha() and char not in "’‘–" else 0.5
        else:
            score -= 2
    return score


def excerpt(texts: list[str], most: int = 3) -> str:
    """A short sample of texts that show the encoding: those with letters outside ASCII."""
    shown: list[str] = []
    for text in texts:
        if not text.isascii() and text[:60] not in shown:
            shown.append(text[:60])
        if len(shown) == most:
            break
    return " · ".join(shown)
