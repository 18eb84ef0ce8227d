"""The dumps of an edition: the whole dataset and its distinct public triples in the formats people fetch.

In: the sorted graph.nq and the sorted public triples. Out: files in one folder with their sizes and
checksums. All are streamed; the same graph gives the same bytes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from wallograph.release.graphfile import file_facts
from wallograph.release.parquet import ParquetFiles
from wallograph.release.rdf_dumps import RDF_DUMPS, TRIPLES_NAME, Sorted, write_rdf
from wallograph.release.tables import TABLES, write_tables
from wallograph.release.workbook import TableBook

__all__ = ["TRIPLES_NAME", "Edition", "write_dumps", "write_table_dumps"]
Progress = Callable[[str, int, int | None], None]


@dataclass(frozen=True, slots=True)
class Edition:
    """What is dumped: the sorted quads, the sorted public triples, and what is known of them.

    `parquet` asks for Parquet files, which need the extra of that name. `predicates` are those of the triples.
    """

    graph: Path
    triples: Path
    base: str
    date: str
    private_graphs: frozenset[str]
    parquet: bool = False
    predicates: frozenset[str] = frozenset()


def write_dumps(
    edition: Edition, folder: Path, progress: Progress
) -> tuple[dict[str, dict[str, int | str]], dict[str, str]]:
    """Write all dumps but graph.nt, which is `edition.triples` and lies in the folder already.

    Returns the facts of each file, and the files that could not be made with the reason (RDF/XML cannot say
    every graph: a predicate must be cut into a namespace and a name).
    """
    source = Sorted(edition.graph, edition.triples, edition.base, edition.predicates)
    left_out: dict[str, str] = {}
    steps = len(RDF_DUMPS) + 1
    for done, name in enumerate(RDF_DUMPS):
        progress("dumps", done, steps)
        if reason := write_rdf(source, folder, name):
            left_out[name] = reason
    progress("dumps", len(RDF_DUMPS), steps)
    write_table_dumps(edition, folder)
    progress("dumps", steps, steps)
    facts: dict[str, dict[str, int | str]] = {}
    for path in sorted(folder.iterdir()):
        known = file_facts(path)
        facts[path.name] = {"size": known.size, "sha256": known.sha256}
    sums = "".join(f"{facts[name]['sha256']}  {name}\n" for name in sorted(facts))
    (folder / "SHA256SUMS").write_text(sums, encoding="ascii")
    return facts, left_out


def write_table_dumps(edition: Edition, folder: Path) -> None:
    """The tables as CSV, JSON lines and one workbook, and as Parquet when asked for."""
    book = TableBook(list(TABLES))
    columns = ParquetFiles(list(TABLES), folder) if edition.parquet else None
    sinks = [book.add, *([columns.add] if columns else [])]
    write_tables(edition.graph, folder, edition.base, edition.private_graphs, sinks)
    book.save(folder / "tables.xlsx", edition.date)
    if columns:
        columns.close()
