"""What a file is: what it says (media type, suffix) against what stands in it.

In: name, content, media type as given. Out: the format that reads it; Unsupported when it is none that is read here
or not what it says. Nothing is unpacked: gzip and zip are refused with the advice to unpack, XLSX apart.
"""

import re
from pathlib import PurePosixPath
from typing import Final, NamedTuple

from wallograph.errors import ParseError, Unsupported
from wallograph.intake.formats import BY_MEDIA_TYPE, Format
from wallograph.intake.messages import refuse

CSV: Final = "text/csv"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TABLES: Final = {
    CSV: CSV, "text/tab-separated-values": CSV, "application/csv": CSV, XLSX: XLSX,
}  # fmt: skip
# what says nothing about the content, or too little
_VAGUE: Final = frozenset({
    "", "text/plain", "application/octet-stream", "binary/octet-stream", "application/json", "application/xml",
    "text/xml", "application/vnd.ms-excel", "application/x-www-form-urlencoded", "multipart/form-data",
})  # fmt: skip
_SUFFIXES: Final = {
    ".ttl": "text/turtle", ".turtle": "text/turtle", ".trig": "application/trig", ".nt": "application/n-triples",
    ".nq": "application/n-quads", ".jsonld": "application/ld+json", ".json": "application/ld+json",
    ".rdf": "application/rdf+xml", ".xml": "application/rdf+xml", ".owl": "application/rdf+xml",
    ".csv": CSV, ".tsv": CSV, ".tab": CSV, ".xlsx": XLSX,
}  # fmt: skip
_MEDIA_TYPES: Final = {form: kind for kind, form in reversed(BY_MEDIA_TYPE.items())}
_BINARY: Final = (  # how a content begins, its name, whether it is packed
    (b"\x1f\x8b", "gzip", True), (b"PK\x03\x04", "zip", True), (b"PK\x05\x06", "zip", True), (b"BZh", "bzip2", True),
    (b"\xfd7zXZ", "xz", True), (b"7z\xbc\xaf\x27\x1c", "7-Zip", True), (b"Rar!", "RAR", True),
    (b"\x28\xb5\x2f\xfd", "Zstandard", True), (b"%PDF-", "PDF", False), (b"\x89PNG", "PNG", False),
    (b"\xff\xd8\xff", "JPEG", False), (b"GIF8", "GIF", False),
    (b"\xd0\xcf\x11\xe0", "Microsoft Office (.xls, .doc)", False), (b"{\\rtf", "RTF", False),
    (b"\x7fELF", "ELF", False),
    (b"MZ\x90\x00", "Windows EXE", False), (b"PAR1", "Parquet", False), (b"SQLite format 3\x00", "SQLite", False),
)  # fmt: skip
# nothing here may look at the same text again and again: possessive, and bound to a line
_HTML: Final = re.compile(
    r"\s*+(?:<!--(?>.*?-->)\s*+)*+<(?:!doctype\s++html|html|head|body|script)\b", re.IGNORECASE | re.DOTALL
)
_XML: Final = re.compile(r"\s*+<(?:\?xml\b|!DOCTYPE\b|!--|(?:[\w.\-]++:)?RDF[\s>])")
_N_LINE: Final = re.compile(
    r'\s*+(?:<[^<>"\s]*+>|_:\S++)\s++<[^<>"\s]*+>\s++'
    r'(?:<[^<>"\s]*+>|_:[^\s.]++|"(?:[^"\\\r\n]|\\.)*+"(?:@[\w\-]++|\^\^<[^<>"\s]*+>)?)\s*+(<[^<>"\s]*+>|_:[^\s.]++)?\s*+\.\s*+$'
)
_TURTLE: Final = re.compile(r"^[ \t]*+(?:@prefix\b|@base\b|PREFIX\s|BASE\s++<)", re.IGNORECASE | re.MULTILINE)
_GRAPH: Final = re.compile(
    r"^[ \t]*+(?:GRAPH[ \t]++)?(?:<[^<>\"\s]*+>|[\w\-.]*+:[\w\-.]*+)?[ \t]*+(?:\r?\n[ \t]*+)?\{",
    re.IGNORECASE | re.MULTILINE,
)
_CONTROL: Final = re.compile("[\\x00-\\x08\\x0e-\\x1b\\x7f]")  # no text has these: what has them is no table
_LOOKED_AT: Final = 64_000


class Kind(NamedTuple):
    """What reads a file: the RDF format, None for a table; and its media type."""

    form: Format | None
    media_type: str


def kind_of(name: str, content: bytes, media_type: str | None) -> Kind:
    """What reads this file; Unsupported when nothing does."""
    stated = _stated(name, media_type)
    found = _binary(content)
    if found:
        return _packed_or_binary(stated, *found)
    if stated == XLSX:
        raise refuse(Unsupported, "not-what-it-says", stated="XLSX", found="TXT")
    head = _head(content)
    if _HTML.match(head):
        raise refuse(Unsupported, "not-what-it-says" if stated else "not-read-here", stated=_name(stated), found="HTML")
    if stated == CSV:
        return Kind(None, CSV)
    form = BY_MEDIA_TYPE.get(stated) or _guess(head)
    if form is None:
        if not content.strip():
            raise refuse(ParseError, "empty-file", at=(1, 1))
        if not stated and _looks_like_table(head):
            return Kind(None, CSV)
        raise refuse(Unsupported, "unknown-format")
    _compare(form, head)
    return Kind(form, stated or _MEDIA_TYPES[form])


def rdf_format(name: str, content: bytes, media_type: str | None) -> tuple[Format, str]:
    """The RDF format of a file and its media type; Unsupported for all else."""
    form, kind = kind_of(name, content, media_type)
    if form is None:
        raise refuse(Unsupported, "not-read-here", found=_name(kind))
    return form, kind


def _stated(name: str, media_type: str | None) -> str:
    """The media type that counts: the one given when it says something, else that of the suffix, else empty."""
    given = (media_type or "").partition(";")[0].strip().lower()
    if given in BY_MEDIA_TYPE or given in _TABLES:
        return _TABLES.get(given, given)
    if given not in _VAGUE:
        raise refuse(Unsupported, "unknown-media-type", stated=re.sub(r"[^\w.+/\-]", "", given)[:80])
    suffixes = [suffix.lower() for suffix in PurePosixPath(name.replace("\\", "/")).suffixes]
    return _SUFFIXES.get(suffixes[-1], "") if suffixes else ""


def _binary(content: bytes) -> tuple[str, bool] | None:
    for start, found, packed in _BINARY:
        if content.startswith(start):
            return found, packed
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "WebP", False
    return None


def _packed_or_binary(stated: str, found: str, packed: bool) -> Kind:
    if found == "zip" and stated in (XLSX, ""):
        return Kind(None, XLSX)  # the reader of tables tells whether the zip is a workbook
    if stated and not packed:
        raise refuse(Unsupported, "not-what-it-says", stated=_name(stated), found=found)
    if stated and found == "zip":
        raise refuse(Unsupported, "not-what-it-says", stated=_name(stated), found="zip")
    raise refuse(Unsupported, "packed" if packed else "not-read-here", found=found)


def _head(content: bytes) -> str:
    """The beginning as text, whatever its encoding."""
    head = content[:_LOOKED_AT]
    for bom, encoding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if head.startswith(bom):
            return head[len(bom) :].decode(encoding, "replace")
    return head.decode("utf-8", "replace")


def _guess(head: str) -> Format | None:
    """The RDF format of a text that says nothing of itself."""
    begin = head.lstrip()
    if _XML.match(head):
        return Format.RDF_XML
    if begin.startswith(("{", "[")) and re.match(r'[\[{]\s*(?:["{}\]\[]|$)', begin):
        return Format.TRIG if re.match(r"\{\s*[<:\w]", begin) else Format.JSON_LD
    lines = [line[:2000] for line in begin.splitlines() if line.strip() and not line.lstrip().startswith("#")][:20]
    found = [_N_LINE.match(line) for line in lines]
    if lines and found[0] is not None and sum(match is not None for match in found) * 2 > len(lines):
        return Format.N_QUADS if any(match and match[1] for match in found) else Format.N_TRIPLES
    if _TURTLE.search(head) or (lines and re.match(r"(?:<[^<>\s]*>|_:\w+)\s", lines[0].lstrip())):
        return Format.TRIG if _GRAPH.search(head) else Format.TURTLE
    return None


def _looks_like_table(head: str) -> bool:
    """Whether the first two lines have the same delimiter equally often."""
    lines = [line for line in head.splitlines() if line.strip()][:2]
    return not _CONTROL.search(head) and len(lines) == 2 and any(
        lines[0].count(mark) == lines[1].count(mark) > 0 for mark in ";,\t|"
    )  # fmt: skip


def _compare(form: Format, head: str) -> None:
    """Unsupported when a text is plainly in another format than it says."""
    begin = head.lstrip()[:1]
    found = ""
    if form is Format.JSON_LD:
        found = {"<": "XML", "@": "Turtle"}.get(begin, "")
        if found == "XML" and not _XML.match(head):
            found = "Turtle"
    elif form is Format.RDF_XML:
        found = {"{": "JSON", "[": "JSON", "@": "Turtle"}.get(begin, "")
    elif re.match(r"\s*<(?:\?xml\b|!DOCTYPE\b|[\w.\-]+:RDF[\s>])", head):
        found = "XML"
    elif re.match(r'\s*[\[{]\s*"(?:[^"\\]|\\.)*"\s*[:,\]]', head):
        found = "JSON"
    if found:
        raise refuse(Unsupported, "not-what-it-says", stated=form.value, found=found)


def _name(media_type: str) -> str:
    names = {CSV: "CSV", XLSX: "XLSX"}
    form = BY_MEDIA_TYPE.get(media_type)
    return form.value if form else names.get(media_type, media_type)
