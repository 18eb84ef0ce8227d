"""Reads multipart/form-data (RFC 7578): a body that is already bounded comes in, its parts go out.

Only what browsers and curl write: no nested parts, no transfer encodings.
"""

import re
from dataclasses import dataclass
from typing import Final

from wallograph.errors import InputError

_MOST_PARTS: Final = 100
_LONGEST_HEAD: Final = 4000
_BOUNDARY: Final = re.compile(r'boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))', re.IGNORECASE)
_PARAMETER: Final = re.compile(r';\s*(name|filename)="((?:[^"\\]|\\.)*)"', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """One field. `filename` is None when it is no file."""

    name: str
    content: bytes
    filename: str | None = None
    media_type: str = ""


def read_multipart(content_type: str, body: bytes) -> list[Part]:
    """The parts of a body; InputError when it is not whole or not what it says."""
    found = _BOUNDARY.search(content_type)
    if found is None:
        raise InputError("The form has no boundary.")
    mark = b"--" + (found[1] or found[2]).encode("latin-1", "replace")
    pieces = (b"\r\n" + body).split(b"\r\n" + mark, _MOST_PARTS + 2)
    if len(pieces) < 2 or not pieces[-1].startswith(b"--"):
        raise InputError("The form is not whole, or has too many parts.")
    return [_part(piece) for piece in pieces[1:-1]]


def _part(piece: bytes) -> Part:
    head, blank, content = piece.partition(b"\r\n\r\n")
    if not blank or len(head) > _LONGEST_HEAD:
        raise InputError("A part of the form has no head.")
    headers = {}
    for line in head.decode("utf-8", "replace").split("\r\n"):
        name, _, value = line.partition(":")
        headers[name.strip().lower()] = value.strip()
    given = {name.lower(): value for name, value in _PARAMETER.findall(headers.get("content-disposition", ""))}
    if "name" not in given:
        raise InputError("A part of the form has no name.")
    # Browsers write %22 for a quotation mark, curl a backslash before it.
    filename = given.get("filename")
    media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    return Part(given["name"], content, filename.replace('\\"', '"') if filename is not None else None, media_type)
