"""Rows become things: every row of every sheet, by its mapping.

In: a `Table`, a `Mapping`, forms, a `Lookup`. Out: `Statements` and the findings of reading.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from pyoxigraph import Literal, NamedNode

from wallograph.intake.lookup import Lookup
from wallograph.intake.tables import headers, values
from wallograph.intake.tables.cells import Problem, Reader, Understood
from wallograph.intake.tables.headers import fold
from wallograph.intake.tables.mapping import Column, Mapping, SheetMapping, field_of
from wallograph.intake.tables.notes import Notes
from wallograph.intake.tables.persons import text_is_personal
from wallograph.intake.tables.sheet import Row, Sheet, Table
from wallograph.intake.tables.statements import Place, Statements
from wallograph.iris import CONCEPTS, parse, slug, thing
from wallograph.model import Field, Form
from wallograph.vocab import WG

_NAMES: Final = ("name", "label")
# Ends that may be natural persons: a name that is not known is not repeated when it looks like one.
_MAYBE_PERSONS: Final = frozenset(
    ("founded-by", "funded-by", "shareholder-of-inverse", "coordinates-inverse", "operated-by", "acquired-by")
)
_PERSON_NAME: Final = re.compile(r"(?:[^\W\d_][\w'’.-]*\s+){1,3}[^\W\d_][\w'’.-]*")


@dataclass(frozen=True, slots=True)
class Named:
    """One row that has a name: its thing."""

    sheet: int
    row: int
    subject: str
    name: str


@dataclass(slots=True)
class _Sheet:
    """One sheet with its form and the columns that are read: (index, column, field)."""

    index: int
    sheet: Sheet
    mapping: SheetMapping
    form: Form
    read: list[tuple[int, Column, Field]] = field(default_factory=list)
    name: int | None = None
    id: int | None = None
    concept: int | None = None
    years: dict[str, int] = field(default_factory=dict)


class Rows:
    """Makes the statements of one file."""

    def __init__(
        self, table: Table, mapping: Mapping, forms: Sequence[Form], lookup: Lookup, notes: Notes, made: Statements
    ) -> None:
        self.table, self.notes, self.made, self.lookup = table, notes, made, lookup
        self.forms = {form.concept: form for form in forms}
        self.sheets = list(self._planned(mapping))
        self.labels: dict[str, str] = {}
        self.names: dict[str, str] = {}
        self.named: dict[str, str] = {}
        self.of_row: dict[tuple[int, int], str] = {}
        self.fields: dict[tuple[str, int], dict[str, str]] = {}

    def read(self) -> None:
        """Read all sheets: first who is in the file, then what is said of them."""
        for plan in self.sheets:
            self._columns(plan)
        things = [list(self._things(plan)) for plan in self.sheets]
        for plan, found in zip(self.sheets, things, strict=True):
            reader = Reader(self.lookup, plan.mapping.lang, self.names, self.named, self.labels)
            for one in found:
                self._row(plan, reader, one)

    def _planned(self, mapping: Mapping) -> Iterator[_Sheet]:
        for index, sheet in enumerate(self.table.sheets):
            said = mapping.sheet(sheet.name)
            form = self.forms.get(said.concept) if said else None
            if said is None or form is None or not sheet.rows:
                continue
            plan = _Sheet(index, sheet, said, form)
            for at, column in enumerate(said.columns):
                asked = field_of(form, column.key) if column.role == "field" else None
                if column.role == headers.IDENTIFIER:
                    plan.id = at
                elif column.role == headers.CONCEPT:
                    plan.concept = at
                elif column.role == "year-of":
                    plan.years[column.key.removeprefix(headers.YEAR_OF)] = at
                elif asked is not None and asked.key == "stated-for":
                    plan.years[""] = at
                elif asked is not None:
                    plan.read.append((at, column, asked))
                    if asked.key in _NAMES and plan.name is None:
                        plan.name = at
            yield plan

    def _columns(self, plan: _Sheet) -> None:
        """What is not read is named, column by column; persons without a word of theirs."""
        top = plan.sheet.rows[plan.sheet.header]
        for at, _, asked in plan.read:
            self.fields[plan.sheet.name, at] = asked.labels
        for at, column in enumerate(plan.mapping.columns):
            where = self.table.where(plan.sheet, top, at)
            if column.role == "person":
                self.notes.person(plan.sheet, None, at)
                for row in plan.sheet.body():
                    if row.text(at).strip():
                        self.notes.person(plan.sheet, row, at)
            elif column.role == "unknown":
                header = column.header or (where.cell or "").rstrip("0123456789")
                self.notes.tell("unknown-column", where, value=header, field=header)
        if plan.name is None and len(plan.sheet.rows) > plan.sheet.header + 1:
            self.notes.tell("no-name-column", self.table.where(plan.sheet, top, None))

    def _things(self, plan: _Sheet) -> Iterator[Named]:
        """The rows that have a name, with the IRI of their thing."""
        width = len(plan.sheet.headers)
        uncomputed: dict[int, list[int]] = {}
        for number, column in sorted(plan.sheet.uncomputed):
            if column in {at for at, _, _ in plan.read}:
                uncomputed.setdefault(number, []).append(column)
        for at, row in enumerate(plan.sheet.rows[plan.sheet.header + 1 :], plan.sheet.header + 1):
            extra = sum(1 for text in row.texts[width:] if text.strip())
            if extra:
                self.notes.tell("too-many-cells", self.table.where(plan.sheet, row, None), count=extra)
            for column in uncomputed.get(row.number, ()):
                self.notes.tell("formula-without-value", self.table.where(plan.sheet, row, column))
            if plan.name is None:
                continue
            name = " ".join(row.text(plan.name).split())
            if name and text_is_personal(name):
                self.notes.person(plan.sheet, row, plan.name)
                continue
            if values.is_nothing(name):
                self.notes.tell("row-without-name", self.table.where(plan.sheet, row, plan.name))
                continue
            subject = self._subject(plan, row, name)
            if subject in self.named and fold(self.named[subject]) == fold(name):
                sheet, at_first = self.made.of_thing[subject][:2]
                first = self.table.sheets[sheet].rows[at_first].number
                self.notes.tell(
                    "same-name-twice", self.table.where(plan.sheet, row, plan.name), subject=subject, value=name,
                    name=name, read=first,
                )  # fmt: skip
            self.named.setdefault(subject, name)
            self.names.setdefault(fold(name), subject)
            self.labels.setdefault(subject, name)
            self.of_row[plan.index, at] = name
            self.made.of_thing.setdefault(subject, (plan.index, at, plan.name, None))
            yield Named(plan.index, at, subject, name)

    def _subject(self, plan: _Sheet, row: Row, name: str) -> str:
        """The IRI that the row gives its thing, else one made of its name (of a place: of its NIS code)."""
        concept = self._concept(plan, row)
        given = row.text(plan.id).strip() if plan.id is not None else ""
        if given:
            known = parse(given, self.made.base)
            if known is not None and known.concept in ("actor", "project", "event", "place"):
                return thing(*known, self.made.base)
            if re.fullmatch(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?", given) and re.search(r"[a-z]", given):
                return thing(concept, given, self.made.base)
            if not re.fullmatch(r"\d{1,9}", given) and not text_is_personal(given):
                where = self.table.where(plan.sheet, row, plan.id)
                self.notes.tell("id-not-usable", where, value=given, name=name, read=concept)
        if concept == "place":
            nis = next((row.text(at).strip() for at, _, asked in plan.read if asked.key == "nis-code"), "")
            if re.fullmatch(r"\d{4,5}", nis):
                return thing(concept, nis.lstrip("0"), self.made.base)
        return thing(concept, slug(name), self.made.base)

    def _concept(self, plan: _Sheet, row: Row) -> str:
        if plan.concept is None:
            return plan.form.concept
        said = fold(row.text(plan.concept))
        for form in self.forms.values():
            if said in {fold(form.concept), *(fold(label) for label in form.labels.values())}:
                return form.concept if form.concept in CONCEPTS else plan.form.concept
        return plan.form.concept

    def _row(self, plan: _Sheet, reader: Reader, one: Named) -> None:
        row, subject = plan.sheet.rows[one.row], NamedNode(one.subject)
        form = self.forms[self._concept(plan, row)]
        self.made.thing(subject, form.class_iri, (plan.index, one.row, plan.name, None))
        years = {key: self._year(plan, row, at, one) for key, at in plan.years.items()}
        placed = False
        for at, column, asked in sorted(plan.read, key=lambda read: read[1].key in headers.WEAK_PLACES):
            own = asked if form is plan.form else next((f for f in form.fields if f.key == asked.key), None)
            if own is None or (column.key in headers.WEAK_PLACES and placed):
                continue
            text = row.text(at)
            self.made.of_field.setdefault((subject, own.path), (plan.index, one.row, at, None))
            year = column.year or years.get(own.key) or years.get("") or ""
            for found in reader.read(own, column, text, row.natives.get(at)):
                self._found(plan, one, (at, own, text, year), found)
                placed = placed or own.key == "location"

    def _found(self, plan: _Sheet, one: Named, cell: tuple[int, Field, str, str], found: Understood | Problem) -> None:
        at, asked, text, year = cell
        row = plan.sheet.rows[one.row]
        part = found.part if found.part != (0, len(text)) else None
        if isinstance(found, Understood):
            self._say(plan, one, (at, asked, year), found, part)
            if found.plain is not None:
                where = self.table.where(plan.sheet, row, at, part)
                self.notes.normalised(plan.sheet, at, where, text[found.part[0] : found.part[1]], found.plain)
        elif found.code == "person-left-out":
            self.notes.person(plan.sheet, row, at)
        elif found.code == "end-not-known" and _hidden(asked, found.text):
            self.notes.founder(plan.sheet, row, at)
        else:
            where = self.table.where(plan.sheet, row, at, part)
            self.notes.problem(found, where, one.subject, one.name, asked.labels, asked.path)
            if found.code == "place-outside-register":
                place: Place = (plan.index, one.row, at, part)
                name = self.made.own(WG + "placeName")
                self.made.say(NamedNode(one.subject), name, Literal(found.text), place)

    def _say(
        self, plan: _Sheet, one: Named, cell: tuple[int, Field, str], found: Understood, part: tuple[int, int] | None
    ) -> None:
        at, asked, year = cell
        if asked.relation and getattr(found.term, "value", "") == one.subject:
            where = self.table.where(plan.sheet, plan.sheet.rows[one.row], at, part)
            self.notes.tell(
                "relation-to-itself", where, subject=one.subject, value=one.name, name=one.name, label=asked.labels
            )
            return
        self.made.value(NamedNode(one.subject), asked, found.term, year, (plan.index, one.row, at, part))

    def _year(self, plan: _Sheet, row: Row, at: int, one: Named) -> str:
        """The year of dated values and relations, from its own column."""
        text = row.text(at).strip()
        if values.is_nothing(text):
            return ""
        said = values.native_when(row.natives.get(at)) or values.when(text)
        if said is None:
            asked = next((f for f in plan.form.fields if f.key == "stated-for"), None)
            if text_is_personal(text) or asked is None:
                self.notes.person(plan.sheet, row, at)
                return ""
            reader = Reader(self.lookup, plan.mapping.lang, {})
            for found in reader.read(asked, Column(""), text):
                self._found(plan, one, (at, asked, text, ""), found)
            return ""
        return f"{said.year:04d}"


def _hidden(asked: Field, text: str) -> bool:
    """Whether a name at the end of a relation may be a person's, and so is not repeated."""
    pieces = re.split(r"[,;/&+]| (?:et|en|und|and) ", text)
    return asked.key == "founded-by" or (
        asked.key in _MAYBE_PERSONS and any(_PERSON_NAME.fullmatch(piece.strip()) for piece in pieces)
    )
