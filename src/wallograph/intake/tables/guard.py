"""What is refused before a workbook is opened.

In: bytes and limits. Out: the names of the parts of the package, or an error that says why it is not opened. An XLSX
is a zip of XML: a bomb shows in the zip's directory, an entity needs a DOCTYPE, and neither is let through.
"""

import re
import zipfile
import zlib
from io import BytesIO
from typing import Final

from wallograph.intake.limits import IntakeLimits
from wallograph.intake.tables.refusals import refuse, too_large

ZIP: Final = b"PK\x03\x04"
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTRIES: Final = 2_000
_CHUNK: Final = 1 << 20
_MAGIC: Final = (
    (b"%PDF", "PDF"), (b"\x89PNG", "PNG, JPEG, GIF"), (b"\xff\xd8\xff", "PNG, JPEG, GIF"), (b"GIF8", "PNG, JPEG, GIF"),
    (b"\x1f\x8b", "gzip"), (b"Rar!", "RAR"), (b"7z\xbc\xaf", "7z"), (b"{\\rtf", "RTF"),
    (b"\x7fELF", "EXE, ELF"), (b"MZ\x90", "EXE, ELF"), (b"SQLite format 3", "SQLite"), (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"),
)  # fmt: skip
_ENCODINGS: Final = frozenset({b"utf-8", b"utf-16", b"us-ascii", b"ascii", b"iso-8859-1"})
_DECLARED: Final = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")


def refuse_other_kinds(content: bytes) -> None:
    """Tell what a file is when it is neither text nor a workbook."""
    for magic, what in _MAGIC:
        if content.startswith(magic):
            raise refuse("not-a-table", what=what)
    if content.startswith(OLE):
        locked = "EncryptedPackage".encode("utf-16-le") in content
        raise refuse("encrypted" if locked else "old-xls")
    head = content[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html")) or (head.startswith(b"<") and b"<table" in head):
        raise refuse("html")
    if head.startswith(b"<?xml"):
        raise refuse("not-a-table", what="XML")


def open_package(content: bytes, limits: IntakeLimits) -> zipfile.ZipFile:
    """The zip of a workbook whose directory promises nothing beyond the limits and whose XML declares no entities."""
    try:
        package = zipfile.ZipFile(BytesIO(content))
        entries = package.infolist()
        names = [entry.filename for entry in entries]
        _refuse_other_packages(package, names)
        if len(entries) > _ENTRIES or len(set(names)) != len(names):
            raise too_large("entries", _ENTRIES, "bomb")
        if any(entry.flag_bits & 1 for entry in entries):
            raise refuse("encrypted")
        if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
            raise refuse("bad-zip")
        unpacked = sum(entry.file_size for entry in entries)
        if unpacked > limits.unpacked_bytes:
            raise too_large("unpacked_bytes", limits.unpacked_bytes, "bomb")
        if unpacked > 1_000_000 and unpacked > limits.unpacked_ratio * len(content):
            raise too_large("unpacked_ratio", limits.unpacked_ratio, "bomb")
        for entry in entries:
            _refuse_entities(package, entry)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, RuntimeError) as error:
        raise refuse("bad-zip") from error
    return package


def _refuse_other_packages(package: zipfile.ZipFile, names: list[str]) -> None:
    if "mimetype" in names and b"opendocument" in package.open("mimetype").read(100):
        raise refuse("ods")
    if "xl/workbook.bin" in names:
        raise refuse("xlsb")
    if "[Content_Types].xml" not in names or any(name.startswith(("word/", "ppt/")) for name in names):
        raise refuse("not-xlsx")


def _refuse_entities(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """No part may have a DOCTYPE, in whichever encoding; encodings that could hide one are refused too."""
    refused = refuse("doctype")
    tail = b""
    with package.open(entry) as part:
        first = True
        while chunk := part.read(_CHUNK):
            if first:
                head = chunk[:400].replace(b"\0", b"")
                declared = _DECLARED.search(head)
                if chunk.startswith(b"\x4c\x6f\xa7") or (declared and declared[1].lower() not in _ENCODINGS):
                    raise refused
                first = False
            plain = tail + chunk.replace(b"\0", b"")
            if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
                raise refused
            tail = plain[-16:]
