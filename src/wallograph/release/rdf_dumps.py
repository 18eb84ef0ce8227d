"""One dump in RDF: the graph, or its public triples, from the sorted files into one format.

In: the sorted graph.nq and graph.nt, the name of a dump. Out: that file, or the reason why its format cannot hold this
graph. All are streamed; the same graph gives the same bytes.
"""

import gzip
import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final, cast
from xml.parsers import expat

from pyoxigraph import RdfFormat, parse, serialize

from wallograph.iris import rebase_iri
from wallograph.release.regroup import regroup
from wallograph.vocab import PREFIXES

QUADS_NAME: Final = "graph.nq"
TRIPLES_NAME: Final = "graph.nt"
XML_NAME: Final = "graph.rdf"
_TRIPLE_FORMATS: Final = {
    "graph.ttl": RdfFormat.TURTLE, "graph.jsonld": RdfFormat.JSON_LD, XML_NAME: RdfFormat.RDF_XML,
}  # fmt: skip
# In this order: a compressed file comes after what it is made of.
RDF_DUMPS: Final = (QUADS_NAME, "graph.nq.gz", "graph.trig", *_TRIPLE_FORMATS, "graph.rdf.gz")
_GZIP_LEVEL: Final = 6
_PIECE: Final = 1 << 20
# What XML has no character for, and the carriage return, which it has only as a reference: as bytes of N-Triples.
_CONTROLS: Final = bytes(set(range(32)) - {9, 10})
_ESCAPED: Final = re.compile(rb'\\[^"\\nt]')
_NONCHARACTERS: Final = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")
_XML_NAMED: Final = re.compile(r"[^\s<>\"{}|^`\\]*[/#:][A-Za-z_][A-Za-z0-9_.-]*")


@dataclass(frozen=True, slots=True)
class Sorted:
    """What is dumped: the sorted quads, the sorted public triples, and their predicates as far as they are known."""

    graph: Path
    triples: Path
    base: str
    predicates: frozenset[str] = frozenset()


def write_rdf(source: Sorted, folder: Path, name: str) -> str:
    """Write one of `RDF_DUMPS` into the folder; gives the reason when its format cannot hold this graph."""
    target = folder / name
    if name == QUADS_NAME:
        target.hardlink_to(source.graph)
    elif name == "graph.trig":
        _write_trig(source, target)
    elif name == "graph.nq.gz":
        _write_gzip(source.graph, target)
    elif name != "graph.rdf.gz":
        return _write_triples(source, target, _TRIPLE_FORMATS[name])
    elif (folder / XML_NAME).exists():  # harvesters that want RDF/XML want it compressed
        _write_gzip(folder / XML_NAME, target)
    return ""


def prefixes(base: str) -> dict[str, str]:
    """The prefixes of a dump."""
    return {name: rebase_iri(iri, base) for name, iri in PREFIXES.items()}


def _write_gzip(source: Path, target: Path) -> None:
    # neither a name nor a time in the header: the same graph gives the same bytes
    with (
        source.open("rb") as lines,
        target.open("wb") as raw,
        gzip.GzipFile(filename="", fileobj=raw, mode="wb", compresslevel=_GZIP_LEVEL, mtime=0) as file,
    ):
        shutil.copyfileobj(lines, file, _PIECE)


def _write_trig(source: Sorted, target: Path) -> None:
    """TriG with one block for each graph."""
    grouped = target.with_name(".by-graph.nq")
    regroup(source.graph, grouped)
    quads = parse(path=str(grouped), format=RdfFormat.N_QUADS)
    serialize(quads, str(target), RdfFormat.TRIG, prefixes=prefixes(source.base))
    grouped.unlink()


def _write_triples(source: Sorted, target: Path, form: RdfFormat) -> str:
    stream = (quad.triple for quad in parse(path=str(source.triples), format=RdfFormat.N_TRIPLES))
    names = prefixes(source.base)
    if form != RdfFormat.RDF_XML or fits_xml(source.triples, source.predicates):
        serialize(stream, str(target), form, prefixes=names)
        return ""
    with target.open("wb") as file:
        serialize(stream, cast(IO[bytes], _XmlFile(file)), form, prefixes=names)
    try:
        # pyoxigraph also writes what is no XML: control characters, a predicate without a local name
        with target.open("rb") as file:
            expat.ParserCreate(namespace_separator=" ").ParseFile(file)
    except expat.ExpatError as error:
        target.unlink()
        return f"the graph cannot be said in XML: {error}"
    return ""


def fits_xml(triples: Path, predicates: Iterable[str]) -> bool:
    """Whether this can be seen without reading the XML again: each predicate known and cut into a namespace and a
    plain name, no character in the file that XML lacks. A sorted file of N-Triples is read in lines' pieces."""
    known = list(predicates)
    if not known or not all(map(_XML_NAMED.fullmatch, known)):
        return False
    with triples.open("rb") as file:
        while lines := file.readlines(_PIECE):
            data = b"".join(lines)
            if len(data.translate(None, _CONTROLS)) != len(data) or _ESCAPED.search(data):
                return False
            if any(character in data for character in _NONCHARACTERS):
                return False
    return True


class _XmlFile:
    """A file in which a carriage return is written as XML needs it: else a reader takes it for a line feed."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def write(self, data: bytes) -> int:
        """Write, and tell how much was taken: all."""
        self._file.write(bytes(data).replace(b"\r", b"&#13;"))
        return len(data)

    def flush(self) -> None:
        """Pass on."""
        self._file.flush()
