"""Claims: which page says what about a row, field by field (design S1).

In: a card and its tables. Out: `Claim`s. Evidence per field goes before the page list of the row: a scalar cell
with evidence is what its pages say; the elements of a list that no evidence covers stand on the row's pages.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from wallograph.ingest.cards import Card, Column
from wallograph.ingest.documents import SourceBook
from wallograph.ingest.places import fold
from wallograph.ingest.tables import Row, elements, read_rows
from wallograph.model import Where

LIST_KINDS = frozenset({"theme", "relation", "keywords"})
SILENT_KINDS = frozenset({"pages", "page-dates", "note", "year-of"})
OTHER_VALUE = " (other value seen)"


@dataclass(frozen=True, slots=True)
class Claim:
    """One value of one field of one row, on one source document; `year` when the field is dated."""

    column: Column
    value: str
    source: str
    where: Where
    year: str = ""
    inferred: bool = False


class Evidence:
    """The evidence per field of a table: name and field → (line, value, page). Names are compared without case."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.rows: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in read_rows(path, ("name", "field", "value", "source_url")) if path else ():
            self.rows[fold(row["name"]), row["field"].removesuffix(OTHER_VALUE)].append(row)

    def of(self, name: str, column: str) -> list[Row]:
        """The evidence of one field of one row."""
        return self.rows.get((fold(name), column), [])

    def unused(self, names: set[str]) -> Iterator[Row]:
        """Evidence whose name is the name of no row."""
        for (name, _), rows in self.rows.items():
            if name not in names:
                yield from rows


def claims_of(
    card: Card,
    row: Row,
    evidence: Evidence,
    conflicts: Evidence,
    book: SourceBook,
    unused: Callable[[Where, str], None],
) -> Iterator[Claim]:
    """All that is claimed of one row of a card's main table.

    `unused(where, value)` is told of a cell that does not count, since its evidence says otherwise.
    """
    pages = elements(row["source_url"])
    row_file = _name_of(card, card.rows)
    for column in card.columns:
        if column.kind in SILENT_KINDS:
            continue
        stated = list(_from_pages(card, column, row, evidence, book))
        stated += _from_pages(card, column, row, conflicts, book)
        yield from stated
        covered = {fold(part) for claim in stated for part in _parts(column, claim.value)}
        rest = [part for part in _parts(column, row[column.name]) if fold(part) not in covered]
        scalar_has_evidence = column.kind not in LIST_KINDS and evidence.of(row["name"], column.name)
        if rest and scalar_has_evidence:
            unused(Where(row_file, row.line, column.name), row[column.name])
        elif rest:
            yield Claim(
                column=column,
                value=";".join(rest),
                source=book.pages(_without(pages, conflicts.of(row["name"], column.name), column)),
                where=Where(row_file, row.line, column.name),
                year=row[column.options["year"]] if "year" in column.options else "",
                inferred=bool("inferred" in column.options and row[column.options["inferred"]]),
            )


def _from_pages(card: Card, column: Column, row: Row, evidence: Evidence, book: SourceBook) -> Iterator[Claim]:
    if evidence.path is None:
        return
    years, year_of_row = {}, ""
    if "year" in column.options:
        years = {found["source_url"]: found["value"] for found in evidence.of(row["name"], column.options["year"])}
        year_of_row = "" if years else row[column.options["year"]]
    for found in evidence.of(row["name"], column.name):
        # When no page gives evidence for the year, the row's year goes with the row's value, not with another one.
        otherwise = year_of_row if found["value"] == row[column.name] else ""
        yield Claim(
            column=column,
            value=found["value"],
            source=book.page(found["source_url"]),
            where=Where(_name_of(card, evidence.path.name), found.line, column.name),
            year=years.get(found["source_url"], otherwise),
        )


def _without(pages: list[str], otherwise: list[Row], column: Column) -> list[str]:
    """The pages of a row that may say its value: a page that is known to state another one does not."""
    others = {row["source_url"] for row in otherwise} if column.kind not in LIST_KINDS else set()
    return [page for page in pages if page not in others] or pages


def _parts(column: Column, cell: str) -> list[str]:
    if column.kind in LIST_KINDS:
        return elements(cell)
    return [cell] if cell else []


def _name_of(card: Card, file: str) -> str:
    return f"{card.folder.name}/{file}"
