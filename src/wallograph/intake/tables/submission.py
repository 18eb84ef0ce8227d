"""A table that was read: its quads, the cell of each, and the way back to the file.

In: a `Table` and what `rows` made of it. Out: `TableSubmission`, which is an `intake.submission.Submission`.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Quad

from wallograph import vocab
from wallograph.intake.lookup import Lookup
from wallograph.intake.tables import write
from wallograph.intake.tables.encoding import Guess
from wallograph.intake.tables.mapping import Mapping, field_of
from wallograph.intake.tables.sheet import CSV_TYPE, Table, column_of
from wallograph.intake.tables.statements import Place, Statements
from wallograph.model import Edit, Field, Finding, Form, Where

_YES_NO = {"fr": ("oui", "non"), "nl": ("ja", "nee"), "de": ("ja", "nein"), "en": ("yes", "no")}


@dataclass(slots=True)
class TableSubmission:
    """One table that was handed in. `mapping` and `guess` are what a person may correct before it is read again."""

    name: str
    media_type: str
    content: bytes
    table: Table
    mapping: Mapping
    guess: Guess
    made: Statements
    lookup: Lookup
    forms: Sequence[Form]
    findings: Sequence[Finding] = ()
    names: dict[str, str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    of_row: dict[tuple[int, int], str] = field(default_factory=dict)
    quads: Sequence[Quad] = ()
    unread: Collection[tuple[str, str]] = ()  # (thing, path): the file has a value, which was not understood
    hidden: Collection[tuple[str, int, int]] = ()  # (sheet, row number, column): cells that are about persons

    @property
    def graph(self) -> str:
        """The IRI of the graph of this submission."""
        return self.made.graph.value

    def where(self, subject: str, predicate: str | None = None, value: str | None = None) -> Where:
        """The cell of a statement, else of its field, else the row of the thing."""
        made = self.made
        if predicate is not None:
            asked = vocab.NAME if predicate == vocab.LABEL else predicate
            place = (value and made.place(subject, predicate, value)) or made.place(subject, predicate)
            if place := place or made.place(subject, asked):
                return self._at(place)
        if place := made.of_thing.get(subject):
            return self._at(place) if predicate is None else self._at((*place[:2], None, None))
        return Where(self.name, exact=False)

    def name_of(self, subject: str) -> str:
        """The thing by its name; a relation or dated value by its row's; else the end of its IRI."""
        if subject in self.names:
            return self.names[subject]
        if place := self.made.of_thing.get(subject):
            return self.of_row.get(place[:2], subject)
        return self.labels.get(subject) or subject.rstrip("/").rpartition("/")[2] or subject

    def write(self, term: object, where: Where) -> str | None:
        """The text that says a term in a cell: labels in the language of the sheet, plain numbers, yes and no."""
        if where.file != self.name or where.cell is None:
            return None
        lang = self._language(where.sheet or "")
        if isinstance(term, Literal):
            if term.datatype.value == vocab.XSD + "boolean":
                return _YES_NO[lang][0 if term.value in ("true", "1") else 1]
            return term.value
        if not isinstance(term, NamedNode):
            return None
        asked = self._field(where)
        if asked is not None and asked.expects == "link":
            return term.value
        return self._label(term.value, lang) or term.value

    def given(self, where: Where) -> str | None:
        """The text of a cell, or of the part of it that a place means, as it was handed in."""
        at = column_of(where.cell or "")
        if where.file != self.name or at is None:
            return None
        if self.table.kind == "csv" and where.span is not None:
            text = self.table.text[slice(*where.span)]
            return text[1:-1].replace('""', '"') if text[:1] == text[-1:] == '"' and len(text) > 1 else text
        sheet = next((s for s in self.table.sheets if s.name == (where.sheet or "")), None)
        row = next((r for r in sheet.rows if r.number == at[0]), None) if sheet else None
        text = row.text(at[1]) if row else ""
        return text[slice(*where.span)] if where.span is not None else text or None

    def corrected(self, edits: Iterable[Edit]) -> bytes:
        """The file with the edits made."""
        return write.corrected(self.table, edits)

    def losses(self) -> Sequence[str]:
        """What `corrected` cannot keep."""
        return write.losses(self.table)

    def _at(self, place: Place) -> Where:
        sheet = self.table.sheets[place[0]]
        return self.table.where(sheet, sheet.rows[place[1]], place[2], place[3])

    def _language(self, sheet: str) -> str:
        said = self.mapping.sheet(sheet)
        return said.lang if said and said.lang in _YES_NO else "fr"

    def _field(self, where: Where) -> Field | None:
        said = self.mapping.sheet(where.sheet or "")
        form = next((f for f in self.forms if said and f.concept == said.concept), None)
        key = next((c.key for c in said.columns if c.header == where.field), "") if said else ""
        return field_of(form, key) if form and key else None

    def _label(self, iri: str, lang: str) -> str | None:
        for form in self.forms:
            for asked in form.fields:
                if asked.scheme and iri.startswith(asked.scheme + "/"):
                    found = [c for c in self.lookup.codes(asked.scheme) if c[0] == iri]
                    return next((c[1].get(lang) or c[1].get("fr") or c[2] for c in found), None)
        if iri in self.labels:
            return self.labels[iri]
        hits = self.lookup.place(iri) if "/id/place/" in iri else self.lookup.thing(iri)
        return next((label for found, label, _ in hits if found == iri), None)


def media_type_of(table: Table, stated: str | None) -> str:
    """The media type of what was read."""
    if table.kind == "csv":
        return CSV_TYPE
    macros = "xl/vbaProject.bin" in table.parts
    plain = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return "application/vnd.ms-excel.sheet.macroEnabled.12" if macros else stated or plain
