"""Where an address lies in the copy: a path and its query come in, the name of a file goes out, or a refusal.

A name is decoded once, piece by piece, and may lead nowhere but down: no dot pieces, no slash or NUL that was
encoded, nothing that a file system or a web server would read otherwise than it is written.
"""

import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import quote, unquote_to_bytes

from wallograph.errors import InputError
from wallograph.publish.media import FORMATS

OWN: Final = "_copy"  # folder of the pages that say what is not there; no address begins with it
# The queries that have a file, by path; `page` has one everywhere. The order is the one in the name.
QUERIES: Final = {"/sources": ("role", "publisher"), "/projects": ("kind",)}
WHOLE: Final = "/quality/worklists/"  # long lists: their first page, and all of it as CSV
SUFFIXES: Final = (*FORMATS, "json", "csv", "atom", "svg", "rdfp")
_LONGEST: Final = 180  # bytes of a piece of a name: room is left for page, language and suffix
_REFUSED: Final = re.compile(r"[\x00-\x1f\x7f/\\]")
_VALUE: Final = re.compile(r"[A-Za-z0-9._-]{1,100}")
_PAGE: Final = re.compile(r"[1-9][0-9]{0,6}")


class UnsafeName(InputError):
    """An address that no file is made for."""


def file_stem(path: str) -> str:
    """The file of a path, without suffix, below the document root.

    >>> file_stem("/doc/actor/cetic"), file_stem("/dump/")
    ('doc/actor/cetic', 'dump/index')
    """
    if not path.startswith("/"):
        raise UnsafeName(f"{path!r} is no path")
    pieces = path[1:].split("/")
    if pieces[-1] == "":
        pieces[-1] = "index"
    decoded = [_piece(piece) for piece in pieces]
    if decoded[0] == OWN:
        raise UnsafeName(f"{path!r} is the copy's own")
    return "/".join(decoded)


def _piece(piece: str) -> str:
    try:
        raw = unquote_to_bytes(piece)
        name = raw.decode("utf-8", "strict")
    except UnicodeDecodeError as error:
        raise UnsafeName(f"{piece!r} is not UTF-8") from error
    if name in ("", ".", "..") or _REFUSED.search(name) or len(raw) > _LONGEST or not name.isprintable():
        raise UnsafeName(f"{piece!r} is no name of a file")
    return name


def query_stem(path: str, query: Iterable[tuple[str, str]]) -> str | None:
    """What a query adds to the stem: empty for none (a language is not counted), None when no file is made for it.

    >>> query_stem("/kinds/startup", [("lang", "nl"), ("page", "2")])
    '~page=2'
    """
    given = {name: value for name, value in query if name != "lang"}
    if given.pop("page", "1") not in ("", "1"):
        page = dict(query).get("page", "")
        if not _PAGE.fullmatch(page) or path.startswith(WHOLE):
            return None
        tail = f"~page={page}"
    else:
        tail = ""
    named = ""
    for name in QUERIES.get(path, ()):
        value = given.pop(name, "")
        if value and not _VALUE.fullmatch(value):
            return None
        named += f"~{name}={value}" if value else ""
    return None if given else named + tail


def split(path: str) -> tuple[str, str]:
    """A path and its suffix, if it is one of ours."""
    stem, dot, suffix = path.rpartition(".")
    return (stem, suffix) if dot and suffix in SUFFIXES and not stem.endswith("/") else (path, "")


def relative(target: str, origin: str) -> str:
    """The relative address of one file of the copy as seen from another.

    >>> relative("doc/place/3000.fr.html", "doc/actor/cetic.fr.html")
    '../place/3000.fr.html'
    """
    here, there = origin.split("/")[:-1], target.split("/")
    common = 0
    while common < min(len(here), len(there) - 1) and here[common] == there[common]:
        common += 1
    steps = [".."] * (len(here) - common) + there[common:]
    return quote("/".join(steps), safe="/~=&,;@!$'()*+")
