"""Make an edition: a release with everything (design M1, M2).

In: quads, the base, the date, which graphs are private, the build's report. Out: a new release folder with
graph.nq, the store with its materialised default graph (S2), the search index, the dumps and the manifest.
Nothing in it comes from a clock; the caller switches to it.
"""

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from pyoxigraph import Quad, RdfFormat, Store, parse

from wallograph.iris import is_local
from wallograph.release.census import Census, public_triples
from wallograph.release.changes import record
from wallograph.release.dumps import TRIPLES_NAME, Edition, write_dumps
from wallograph.release.entries import Outline, entries, outline_of
from wallograph.release.graphfile import quad_line, read_lines, write_lines, write_sorted
from wallograph.release.literals import Canonicaliser
from wallograph.release.quality import QUALITY_NAME, measure, write_quality
from wallograph.release.state import Release, State, write_json
from wallograph.store.search import write_index

Progress = Callable[[str, int, int | None], None]
_TICK: Final = 50_000


@dataclass(frozen=True, slots=True)
class About:
    """What is said of an edition beside its quads; see `make_edition`."""

    base: str
    date: str
    private_graphs: frozenset[str]
    report: dict[str, Any] | None = None
    license: str | None = None
    extras: Mapping[str, object] = field(default_factory=dict)
    dumps: bool = True
    parquet: bool = False
    journal: dict[str, object] | None = None


def make_edition(
    state: State,
    quads: Iterable[Quad],
    *,
    base: str,
    date: str,
    private_graphs: frozenset[str],
    report: dict[str, Any] | None,
    progress: Progress = lambda step, done, total: None,
    dumps: bool = True,
    license: str | None = None,
    extras: dict[str, object] | None = None,
    parquet: bool = False,
    journal: dict[str, object] | None = None,
) -> Release:
    """Make the next release as an edition of exactly these quads. It is not switched to.

    `date` is an input ("YYYY-MM-DD"). `report` goes into report.json; its `summary` and `validation` also
    into the manifest. Literals take the form that survives the store; the changes are counted as `repairs`.
    `progress(step, done, total)` is told how far each step is. `license` is the IRI of the terms of the whole; None
    when they are not known. `extras` are further JSON files of the folder by name (redirects.json). `parquet` adds
    Parquet files to the dumps. `journal` names the last entry of the journal that is in it.
    """

    about = About(base, date, private_graphs, report, license, extras or {}, dumps, parquet, journal)
    return state.make(lambda number, folder: write_edition(state, number, folder, quads, about, progress))


def write_edition(
    state: State, number: int, folder: Path, quads: Iterable[Quad], about: About, progress: Progress
) -> None:
    """Write everything of an edition into its folder."""
    canon = Canonicaliser()
    graph = folder / "graph.nq"
    facts = write_sorted(_quad_lines(quads, canon, progress), graph)
    triples = folder / "dump" / TRIPLES_NAME
    triples.parent.mkdir()
    census = Census()
    lines = _ticking(read_lines(graph), "triples", facts.count, progress)
    write_lines(public_triples(lines, about.private_graphs, census), triples)
    build_store(folder / "store", graph, triples, progress)
    indexed, outline = build_index(folder / "search.sqlite", triples, about.base, progress)
    notice = _notice(about.base, about.date, about.license)
    (triples.parent / "README.txt").write_text(notice, encoding="utf-8")
    dumped = Edition(
        graph, triples, about.base, about.date, about.private_graphs, about.parquet, census.predicate_names()
    )
    files, left_out = write_dumps(dumped, triples.parent, progress) if about.dumps else ({}, {})
    manifest = _manifest(number, about)
    manifest["counts"] = census.to_counts()
    manifest["graph"] = {"size": facts.size, "sha256": facts.sha256}
    manifest["search"] = {"entries": indexed, "model": outline.model}
    manifest["repairs"] = canon.listed()
    manifest["dumps"], manifest["dumps_left_out"] = files, left_out
    if about.journal is not None:
        manifest["journal"] = about.journal
    for name, content in about.extras.items():
        write_json(folder / name, content)
    record(state, Release(number, folder, manifest))
    if not about.dumps:
        shutil.rmtree(triples.parent)
    write_quality(folder / QUALITY_NAME, measure(read_lines(graph), about.base, about.private_graphs, about.report))
    write_json(folder / "report.json", about.report or {})
    write_json(folder / "manifest.json", manifest)


def _notice(base: str, date: str, license: str | None) -> str:
    """What somebody should know who finds the files without the site."""
    terms = f"Licence: {license}" if license else "Licence: not known; ask the publisher of the files."
    lines = [
        f"Dumps of {base}, edition of {date}.",
        terms,
        "Sources keep their terms: see the graph .../id/source/provenance.",
    ]
    if is_local(base):
        lines.append(
            "NOT FOR REUSE: the addresses in these files only mean something on the machine they were made on."
        )
    return "\n".join(lines) + "\n"


def _manifest(number: int, about: About) -> dict[str, Any]:
    report = about.report or {}
    return {
        "number": number,
        "kind": "edition",
        "parent": None,
        "edition": number,
        "base": about.base,
        "date": about.date,
        "private_graphs": sorted(about.private_graphs),
        "summary": report.get("summary"),
        "validation": report.get("validation"),
        "license": about.license,
    }


def build_store(path: Path, graph: Path, triples: Path, progress: Progress) -> None:
    """Load the store from the sorted files: every quad, and the public triples as its default graph."""
    progress("store", 0, 3)
    store = Store(str(path))
    store.bulk_load(path=str(graph), format=RdfFormat.N_QUADS)
    progress("store", 1, 3)
    store.bulk_load(path=str(triples), format=RdfFormat.N_TRIPLES)
    progress("store", 2, 3)
    store.optimize()
    store.flush()
    del store  # closes the files: the folder is complete from here on
    progress("store", 3, 3)


def build_index(path: Path, triples: Path, base: str, progress: Progress) -> tuple[int, Outline]:
    """Fill the search index from the sorted public triples, in two passes over the file."""
    progress("search", 0, 2)
    outline = outline_of(parse(path=str(triples), format=RdfFormat.N_TRIPLES), base)
    progress("search", 1, 2)
    count = write_index(path, entries(parse(path=str(triples), format=RdfFormat.N_TRIPLES), outline))
    progress("search", 2, 2)
    return count, outline


def _quad_lines(quads: Iterable[Quad], canon: Canonicaliser, progress: Progress) -> Iterator[bytes]:
    count = 0
    for count, quad in enumerate(quads, 1):
        if count % _TICK == 0:
            progress("graph", count, None)
        yield quad_line(quad, canon)
    progress("graph", count, count)


def _ticking(lines: Iterable[bytes], step: str, total: int, progress: Progress) -> Iterator[bytes]:
    for done, line in enumerate(lines, 1):
        if done % _TICK == 0:
            progress(step, done, total)
        yield line
    progress(step, total, total)
