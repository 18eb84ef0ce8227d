"""The changes as Atom 1.0 (RFC 4287), for people with a reader: releases in words come in, a feed goes out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

MEDIA_TYPE: Final = "application/atom+xml"
_XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class Entry:
    """A release: its address is its id for ever."""

    address: str
    title: str
    summary: str
    moment: str
    number: int


@dataclass(frozen=True, slots=True)
class Frame:
    """What the feed says of itself; `links` are (relation, address)."""

    base: str
    lang: str
    title: str
    author: str
    rights: str
    links: Sequence[tuple[str, str]]
    ident: str = ""  # its id for ever; empty: that of the changes


def write_atom(frame: Frame, entries: Sequence[Entry]) -> bytes:
    """The feed; an entry is the page of a release, with its patch beside it."""
    feed = Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", _XML_LANG: frame.lang})
    _text(feed, "id", frame.ident or f"{frame.base}/changes")
    _text(feed, "title", frame.title)
    _text(feed, "updated", entries[0].moment if entries else "1970-01-01T00:00:00Z")
    _text(SubElement(feed, "author"), "name", frame.author)
    if frame.rights:
        _text(feed, "rights", frame.rights)
    for relation, address in frame.links:
        SubElement(feed, "link", {"rel": relation, "href": address, "type": _type(relation)})
    for entry in entries:
        _entry(feed, entry)
    indent(feed, " ")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(feed, encoding="utf-8") + b"\n"


def _entry(feed: Element, entry: Entry) -> None:
    node = SubElement(feed, "entry")
    _text(node, "id", entry.address)
    _text(node, "title", entry.title)
    _text(node, "updated", entry.moment)
    _text(node, "published", entry.moment)
    _text(node, "summary", entry.summary)
    SubElement(node, "link", {"rel": "alternate", "href": entry.address, "type": "text/html"})
    related = {"rel": "related", "href": f"{entry.address}.rdfp", "type": "application/rdf-patch"}
    SubElement(node, "link", related)


def _type(relation: str) -> str:
    return "text/html" if relation == "alternate" else MEDIA_TYPE


def _text(parent: Element, name: str, text: str) -> None:
    # a control character would break the feed for everybody
    SubElement(parent, name).text = "".join(c for c in text if c >= " " or c in "\t\n")
