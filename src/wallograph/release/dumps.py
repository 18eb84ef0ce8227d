"""The dumps of an edition: the whole dataset and its distinct public triples in the formats people fetch.

In: the sorted graph.nq and the sorted public triples. Out: files in one folder with their sizes and
checksums. All are streamed; the same graph gives the same bytes.
"""

import gzip
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final, cast
from xml.parsers import expat

from pyoxigraph import RdfFormat, parse, serialize

from wallograph.iris import rebase_iri
from wallograph.release.graphfile import file_facts, read_lines, split_line, write_sorted
from wallograph.release.parquet import ParquetFiles
from wallograph.release.tables import TABLES, write_tables
from wallograph.release.workbook import TableBook
from wallograph.vocab import PREFIXES

Progress = Callable[[str, int, int | None], None]
TRIPLES_NAME: Final = "graph.nt"
_TRIPLE_FORMATS: Final = {
    "graph.ttl": RdfFormat.TURTLE, "graph.jsonld": RdfFormat.JSON_LD, "graph.rdf": RdfFormat.RDF_XML,
}  # fmt: skip
_GZIP_LEVEL: Final = 6
_SEPARATOR: Final = b"\x01"  # sorts before all else and is escaped in N-Quads, so it cannot stand in a line


@dataclass(frozen=True, slots=True)
class Edition:
    """What is dumped: the sorted quads, the sorted public triples, and what is known of them.

    `parquet` asks for Parquet files, which need the extra of that name.
    """

    graph: Path
    triples: Path
    base: str
    date: str
    private_graphs: frozenset[str]
    parquet: bool = False


def write_dumps(
    edition: Edition, folder: Path, progress: Progress
) -> tuple[dict[str, dict[str, int | str]], dict[str, str]]:
    """Write all dumps but graph.nt, which is `edition.triples` and lies in the folder already.

    Returns the facts of each file, and the files that could not be made with the reason (RDF/XML cannot say
    every graph: a predicate must be cut into a namespace and a name).
    """
    prefixes = {name: rebase_iri(iri, edition.base) for name, iri in PREFIXES.items()}
    left_out: dict[str, str] = {}
    steps = ["graph.nq.gz", "graph.trig", *_TRIPLE_FORMATS, "tables"]
    for done, name in enumerate(steps):
        progress("dumps", done, len(steps))
        target = folder / name
        if name == "graph.nq.gz":
            _write_gzip(edition.graph, target)
        elif name == "graph.trig":
            _write_trig(edition.graph, target, prefixes)
        elif name == "tables":
            _write_tables(edition, folder)
        elif reason := _write_triples(edition.triples, target, _TRIPLE_FORMATS[name], prefixes):
            left_out[name] = reason
        elif name == "graph.rdf":  # harvesters that want RDF/XML want it compressed
            _write_gzip(target, folder / "graph.rdf.gz")
    progress("dumps", len(steps), len(steps))
    facts: dict[str, dict[str, int | str]] = {}
    for path in sorted(folder.iterdir()):
        known = file_facts(path)
        facts[path.name] = {"size": known.size, "sha256": known.sha256}
    sums = "".join(f"{facts[name]['sha256']}  {name}\n" for name in sorted(facts))
    (folder / "SHA256SUMS").write_text(sums, encoding="ascii")
    return facts, left_out


def _write_tables(edition: Edition, folder: Path) -> None:
    book = TableBook(list(TABLES))
    columns = ParquetFiles(list(TABLES), folder) if edition.parquet else None
    sinks = [book.add, *([columns.add] if columns else [])]
    write_tables(edition.graph, folder, edition.base, edition.private_graphs, sinks)
    book.save(folder / "tables.xlsx", edition.date)
    if columns:
        columns.close()


def _write_gzip(source: Path, target: Path) -> None:
    # neither a name nor a time in the header: the same graph gives the same bytes
    with (
        source.open("rb") as lines,
        target.open("wb") as raw,
        gzip.GzipFile(filename="", fileobj=raw, mode="wb", compresslevel=_GZIP_LEVEL, mtime=0) as file,
    ):
        shutil.copyfileobj(lines, file, 1 << 20)


def _write_trig(graph: Path, target: Path, prefixes: dict[str, str]) -> None:
    """TriG with one block for each graph: the quads are sorted again, by graph."""
    by_graph = target.with_name(".by-graph")
    write_sorted(_graph_first(graph), by_graph)
    back = target.with_name(".by-graph.nq")
    with back.open("wb") as file:
        for line in read_lines(by_graph):
            name, _, triple = line[:-1].partition(_SEPARATOR)
            file.write(triple + (b" " + name if name else b"") + b" .\n")
    by_graph.unlink()
    serialize(parse(path=str(back), format=RdfFormat.N_QUADS), str(target), RdfFormat.TRIG, prefixes=prefixes)
    back.unlink()


def _graph_first(graph: Path) -> Iterator[bytes]:
    for line in read_lines(graph):
        triple, name = split_line(line)
        yield name + _SEPARATOR + triple + b"\n"


def _write_triples(triples: Path, target: Path, form: RdfFormat, prefixes: dict[str, str]) -> str:
    """Write one dump of triples; returns the reason when the format cannot hold this graph."""
    stream = (quad.triple for quad in parse(path=str(triples), format=RdfFormat.N_TRIPLES))
    if form != RdfFormat.RDF_XML:
        serialize(stream, str(target), form, prefixes=prefixes)
        return ""
    with target.open("wb") as file:
        serialize(stream, cast(IO[bytes], _XmlFile(file)), form, prefixes=prefixes)
    try:
        # pyoxigraph also writes what is no XML: control characters, a predicate without a local name
        with target.open("rb") as file:
            expat.ParserCreate(namespace_separator=" ").ParseFile(file)
    except expat.ExpatError as error:
        target.unlink()
        return f"the graph cannot be said in XML: {error}"
    return ""


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
