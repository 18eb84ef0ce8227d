"""The graph as tables, for people who have no RDF tools: one row a thing, links and code lists as further tables.

In: the sorted graph.nq. Out: CSV and JSON lines for each table, streamed; the same graph gives the same bytes. A cell
with several values separates them by ` | `; codes stand as their notation, which `codes.csv` translates.
"""

import csv
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, Final, TextIO

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from wallograph import vocab
from wallograph.cells import defused
from wallograph.iris import rebase_iri
from wallograph.release.graphfile import subject_of

SEPARATOR: Final = " | "
_NOTATION: Final = vocab.SKOS + "notation"
_IN_SCHEME: Final = vocab.SKOS + "inScheme"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, the property it shows, and how: text, code (the end of an IRI), iri, name (of a thing)."""

    name: str
    predicate: str
    form: str = "text"
    lang: str = ""


_NAMES: Final = (
    Column("name", vocab.LABEL), Column("names", vocab.NAME), Column("other_names", vocab.ALTERNATE_NAME),
    Column("acronym", vocab.ACRONYM),
)  # fmt: skip
_ABOUT: Final = (
    Column("themes", vocab.SUBJECT, "code"), Column("keywords", vocab.KEYWORDS),
    Column("homepage", vocab.HOMEPAGE, "iri"),
    Column("description_fr", vocab.DESCRIPTION, lang="fr"), Column("same_as", vocab.SAME_AS, "iri"),
)  # fmt: skip
_WHERE: Final = (
    Column("place", vocab.PLACE, "name"), Column("place_elsewhere", vocab.PLACE_NAME),
    Column("municipality", vocab.MUNICIPALITY, "name"), Column("province", vocab.PROVINCE, "name"),
)  # fmt: skip
TABLES: Final[dict[str, tuple[str, tuple[Column, ...]]]] = {
    "actors": (vocab.ORGANIZATION, (
        *_NAMES, Column("kinds", vocab.CLASSIFICATION, "code"), Column("founded", vocab.FOUNDING_DATE), *_WHERE,
        *_ABOUT, Column("market", vocab.MARKET, "code"), Column("clients_abroad", vocab.CLIENTS_ABROAD),
        Column("enterprise_number", vocab.ENTERPRISE_NUMBER),
        Column("establishment_number", vocab.ESTABLISHMENT_NUMBER), Column("vat", vocab.VAT_ID),
        Column("ror", vocab.ROR_ID), Column("isni", vocab.ISNI), Column("employees", vocab.EMPLOYEES),
        Column("researchers", vocab.RESEARCHERS), Column("status", vocab.STATUS, "code"),
    )),
    "projects": (vocab.PROJECT, (
        *_NAMES, Column("kinds", vocab.PROJECT_KIND, "code"), Column("start", vocab.START_DATE),
        Column("end", vocab.END_DATE), Column("budget_eur", vocab.BUDGET), Column("status", vocab.STATUS, "code"),
        *_WHERE, *_ABOUT,
    )),
    "events": (vocab.EVENT, (*_NAMES, Column("start", vocab.START_DATE), *_WHERE, *_ABOUT)),
    "places": (vocab.LOCATION, (
        Column("name_fr", vocab.LABEL, lang="fr"), Column("name_nl", vocab.LABEL, lang="nl"),
        Column("name_de", vocab.LABEL, lang="de"), Column("name", vocab.LABEL),
        Column("kind", vocab.PROJECT_KIND, "code"), Column("nis", vocab.NIS_CODE),
        Column("postcode", vocab.POSTCODE), Column("within", vocab.CONTAINED_IN, "name"),
        Column("latitude", vocab.LATITUDE), Column("longitude", vocab.LONGITUDE),
        Column("same_as", vocab.SAME_AS, "iri"),
    )),
    "links": (vocab.RELATION, (
        Column("subject", vocab.ST_SUBJECT, "iri"), Column("subject_name", vocab.ST_SUBJECT, "name"),
        Column("kind", vocab.RELATION_KIND, "code"), Column("object", vocab.ST_OBJECT, "iri"),
        Column("object_name", vocab.ST_OBJECT, "name"), Column("stated_for", vocab.STATED_FOR),
    )),
    "codes": (vocab.CONCEPT, (
        Column("scheme", _IN_SCHEME, "code"), Column("code", _NOTATION),
        *(Column(f"label_{lang}", vocab.PREF_LABEL, lang=lang) for lang in vocab.LANGUAGES),
        Column("broader", vocab.SKOS + "broader", "code"),
    )),
}  # fmt: skip
FIRST: Final = "iri"
LAST: Final = "sources"
Row = dict[str, list[str]]
Sink = Callable[[str, Row], None]


def header(table: str) -> list[str]:
    """The names of the columns: the IRI, those of the table, and the source graphs that speak in the row."""
    return [FIRST, *(column.name for column in TABLES[table][1]), LAST]


def write_tables(graph: Path, folder: Path, base: str, private: frozenset[str], sinks: Sequence[Sink] = ()) -> None:
    """Write `{table}.csv` and `{table}.jsonl` into the folder; each row also goes to the other sinks."""
    names = dict(_labels(graph, base, private))
    with ExitStack() as stack:
        writers: dict[str, Callable[[Row], None]] = {}
        for table in TABLES:
            lines = stack.enter_context((folder / f"{table}.csv").open("w", encoding="utf-8", newline=""))
            objects = stack.enter_context((folder / f"{table}.jsonl").open("w", encoding="utf-8"))
            writers[table] = _writer(table, lines, objects)
        for table, row in rows(graph, base, private, names):
            writers[table](row)
            for sink in sinks:
                sink(table, row)


def rows(graph: Path, base: str, private: frozenset[str], names: dict[str, str]) -> Iterator[tuple[str, Row]]:
    """The rows of all tables, in the order of the graph; a thing of two classes has a row in both."""
    plan = [
        (table, rebase_iri(kind, base), [(c, rebase_iri(c.predicate, base)) for c in columns])
        for table, (kind, columns) in TABLES.items()
    ]
    for subject, quads in _subjects(graph, private):
        said: dict[str, dict[Any, None]] = defaultdict(dict)
        graphs: dict[str, None] = {}
        for quad in quads:
            said[quad.predicate.value][quad.object] = None
            if isinstance(quad.graph_name, NamedNode):
                graphs[quad.graph_name.value] = None
        types = {value.value for value in said[vocab.TYPE]}
        for table, kind, columns in plan:
            if kind in types:
                row = {column.name: _cell(column, said.get(iri, {}), names) for column, iri in columns}
                yield table, {FIRST: [subject], **row, LAST: sorted(graphs)}


def _subjects(graph: Path, private: frozenset[str]) -> Iterator[tuple[str, Iterator[Quad]]]:
    quads = parse(path=str(graph), format=RdfFormat.N_QUADS)
    public = (q for q in quads if not (isinstance(q.graph_name, NamedNode) and q.graph_name.value in private))
    for subject, group in groupby(public, key=subject_of):
        yield subject.value, group


def _labels(graph: Path, base: str, private: frozenset[str]) -> Iterator[tuple[str, str]]:
    """What the things are called: the chosen label, the French one where there are several."""
    for subject, quads in _subjects(graph, private):
        if subject.startswith(f"{base}/id/"):
            found = [q.object for q in quads if q.predicate.value == vocab.LABEL]
            ranked = sorted((value.language not in (None, "fr"), value.value) for value in found)
            if ranked:
                yield subject, ranked[0][1]


def _cell(column: Column, values: dict[Any, None], names: dict[str, str]) -> list[str]:
    if column.form == "code":
        return [value.value.rpartition("/")[2] for value in values]
    if column.form == "name":
        return [names.get(value.value, value.value) for value in values]
    if column.form == "iri":
        return [value.value for value in values]
    asked = column.lang or None
    tagless = not column.lang and column.predicate == vocab.LABEL
    return [v.value for v in values if (v.language == asked if asked or tagless else True)]


def _writer(table: str, lines: TextIO, objects: TextIO) -> Callable[[Row], None]:
    names = header(table)
    sheet = csv.writer(lines, lineterminator="\r\n")
    sheet.writerow(names)

    def write(row: Row) -> None:
        sheet.writerow([defused(SEPARATOR.join(row[name])) for name in names])
        objects.write(json.dumps({name: row[name] for name in names if row[name]}, ensure_ascii=False) + "\n")

    return write
