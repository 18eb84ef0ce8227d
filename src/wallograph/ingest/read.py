"""All of `data/` read once: the way in of the build.

In: the data folder. Out: `Ingested` — records, statements, findings, source documents, places, figures.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from wallograph import vocab
from wallograph.ingest import values
from wallograph.ingest.cards import Card, RelationTable, read_cards
from wallograph.ingest.claims import Evidence, claims_of
from wallograph.ingest.documents import SourceBook
from wallograph.ingest.figures import FigureRows, read_figures
from wallograph.ingest.places import Gazetteer, fold, read_gazetteer
from wallograph.ingest.registers import RegisterReader
from wallograph.ingest.statements import PROJECT_KINDS, Harvest, Reader
from wallograph.ingest.tables import Row, elements, read_rows
from wallograph.iris import slug
from wallograph.model import Record, Severity, Statement, Value, Where

NOT_A_CARD_TABLE = frozenset(
    {"ror", "fedict", "refnis", "localities", "nace", "digitalwallonia", "figures", "city-province"}
)
Progress = Callable[[str, int, int | None], None]


@dataclass(slots=True)
class Ingested:
    """What ingest hands to the next stage."""

    harvest: Harvest
    book: SourceBook
    gazetteer: Gazetteer
    figures: FigureRows
    cards: dict[str, Card]


def read_sources(data: Path, progress: Progress) -> Ingested:
    """Read every source of the data folder; DataError names file and line of what a card or table has wrong."""
    sources = data / "sources"
    cards = read_cards(sources)
    book = SourceBook(data / "pages.csv")
    gazetteer = read_gazetteer(sources)
    harvest = Harvest()
    themes = {(row["list"], row["code"]): row["theme"] for row in read_rows(data / "theme-mapping.csv")}
    reader = Reader(harvest, book, gazetteer, themes)
    for number, (key, card) in enumerate(cards.items()):
        progress("ingest", number, len(cards))
        if key in ("ror", "fedict"):
            register = RegisterReader(harvest, book, gazetteer, card)
            register.read_ror() if key == "ror" else register.read_fedict()
        elif key not in NOT_A_CARD_TABLE:
            _read_table(card, reader)
        elif card.rows and key != "figures":
            harvest.rows[f"{key}/{card.rows}"] = len(read_rows(card.folder / card.rows))
            if card.register:
                book.register(card)
    figures = read_figures(sources / "figures", book.page)
    harvest.rows["figures/rows.csv"] = len(read_rows(sources / "figures" / "rows.csv"))
    harvest.findings.extend(figures.findings)
    _read_city_provinces(cards["city-province"], reader)
    _check_centroids(sources / "refnis" / "centroids.csv", reader)
    return Ingested(harvest, book, gazetteer, figures, cards)


def _read_table(card: Card, reader: Reader) -> None:
    harvest = reader.harvest
    if card.rows:
        rows = read_rows(card.folder / card.rows, [column.name for column in card.columns])
        harvest.rows[f"{card.key}/{card.rows}"] = len(rows)
        evidence = _evidence(card, card.evidence, harvest)
        silent = {column.name for column in card.columns if column.kind == "year-of"}
        for (_, field), said in evidence.rows.items():
            if field in silent:
                harvest.used.update((f"{card.key}/{card.evidence}", row.line) for row in said)
        conflicts = _evidence(card, card.conflicts, harvest)
        by_name = {}
        for row in rows:
            record = _record(card, row)
            harvest.records[record.key] = record
            by_name[fold(record.name)] = record
            unused = partial(_cell_unused, harvest, record)
            for claim in claims_of(card, row, evidence, conflicts, reader.book, unused):
                reader.read(record, claim)
            _own_kind(card, row, record, reader)
        _aliases(card, by_name, reader)
        for file, found in ((card.evidence, evidence), (card.conflicts, conflicts)):
            for stray in found.unused(set(by_name)):
                where = Where(f"{card.key}/{file}", stray.line)
                harvest.warn("no-row-of-that-name", where, stray["name"], stray["name"])
    if card.relations:
        _relations(card, card.relations, reader)


def _cell_unused(harvest: Harvest, record: Record, where: Where, value: str) -> None:
    harvest.warn("cell-without-evidence", where, record.name, value, Severity.WARNING)


def _evidence(card: Card, file: str, harvest: Harvest) -> Evidence:
    evidence = Evidence(card.folder / file if file else None)
    if file:
        harvest.rows[f"{card.key}/{file}"] = sum(len(rows) for rows in evidence.rows.values())
    return evidence


def _record(card: Card, row: Row) -> Record:
    kind_column = next((column for column in card.columns if column.kind == "kind"), None)
    stated = row[kind_column.name] if kind_column else ""
    kind = kind_column.options["codes"].get(stated, "") if kind_column else card.kind
    return Record(
        key=f"{card.table}/{slug(row['name'])}",
        concept=card.concepts.get(stated, card.concept),
        name=row["name"],
        where=Where(f"{card.key}/{card.rows}", row.line),
        kinds=(kind,) if kind else (),
        names={row["name"]},
    )


def _own_kind(card: Card, row: Row, record: Record, reader: Reader) -> None:
    if card.kind:
        scheme, predicate = (
            ("project-kind", vocab.PROJECT_KIND) if card.kind in PROJECT_KINDS else ("actor-kind", vocab.CLASSIFICATION)
        )
        reader.harvest.statements.append(
            Statement(
                record.key, predicate, Value("iri", vocab.code(scheme, card.kind)),
                reader.book.pages(elements(row["source_url"])), record.where,
            )
        )  # fmt: skip


def _aliases(card: Card, by_name: dict[str, Record], reader: Reader) -> None:
    if not card.aliases:
        return
    rows = read_rows(card.folder / card.aliases)
    reader.harvest.rows[f"{card.key}/{card.aliases}"] = len(rows)
    for row in rows:
        where = Where(f"{card.key}/{card.aliases}", row.line, "alias")
        record = by_name.get(fold(row["name"]))
        if record is None:
            reader.harvest.warn("no-row-of-that-name", where, row["name"], row["name"])
            continue
        record.names.add(row["alias"])
        value = values.text(row["alias"], row.cells.get("lang", ""))
        source = reader.book.page(row["source_url"])
        reader.harvest.statements.append(Statement(record.key, vocab.ALTERNATE_NAME, value, source, where))


def _relations(card: Card, table: RelationTable, reader: Reader) -> None:
    rows = read_rows(card.folder / table.file)
    reader.harvest.rows[f"{card.key}/{table.file}"] = len(rows)
    for row in rows:
        code = table.codes.get(row[table.predicate])
        where = Where(f"{card.key}/{table.file}", row.line, table.predicate)
        if code is None:
            reader.harvest.warn("unknown-code", where, row[table.subject], row[table.predicate])
            continue
        kind = code.rstrip("^")
        reader.harvest.statements.append(
            Statement(
                record="", predicate=vocab.RELATIONS[kind], value=Value("name", row[table.object]),
                source=reader.book.pages(elements(row["source_url"])), where=where, relation=kind,
                year=row[table.year][:4], inverse=code.endswith("^"), subject_name=row[table.subject],
            )
        )  # fmt: skip


def _read_city_provinces(card: Card, reader: Reader) -> None:
    for row in read_rows(card.folder / card.rows):
        where = Where(f"{card.key}/{card.rows}", row.line, "city")
        city, province = reader.gazetteer.find(row["city"]), reader.gazetteer.province(row["province"])
        if city is None or province is None:
            reader.harvest.warn("place-outside-register", where, row["city"], f"{row['city']}, {row['province']}")
            continue
        reader.harvest.statements.append(
            Statement(
                f"place/{city}",
                vocab.PROVINCE,
                Value("record", f"place/{province}"),
                reader.book.page(row["source_url"]),
                where,
            )
        )


def _check_centroids(path: Path, reader: Reader) -> None:
    """Every centroid belongs to a place of the register; the register has read them already."""
    file = f"{path.parent.name}/{path.name}"
    rows = read_rows(path)
    reader.harvest.rows[file] = len(rows)
    for row in rows:
        if row["nis"] not in reader.gazetteer.places:
            reader.harvest.warn("unknown-code", Where(file, row.line, "nis"), row["label_fr"], row["nis"])
