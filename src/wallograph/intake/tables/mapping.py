"""Which column says what: proposed from the headers, corrected by a person, kept as CSVW metadata.

In: a `Table` and the forms. Out: `Mapping`, and back from and to the JSON of "CSV on the Web" (W3C, 2015): titles,
name, propertyUrl, datatype, separator, lang and suppressOutput of each column.
"""

import re
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field, replace
from typing import Any, Final

from wallograph import vocab
from wallograph.intake.tables import headers
from wallograph.intake.tables.refusals import refuse
from wallograph.model import Field, Form

CONTEXT: Final = "http://www.w3.org/ns/csvw"
_DATATYPES: Final = {
    "text": "string", "link": "anyURI", "integer": "integer", "decimal": "decimal", "year": "gYear", "date": "date",
    "boolean": "boolean", "code": "string", "place": "string", "thing": "string",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """What one column says. `key` is that of a field, or `id`, `concept`, `year-of:{key}`; empty when not read.

    `role` is `field`, `id`, `concept`, `year-of`, `person`, `ignored` or `unknown`; `score` (0 to 1) says how sure
    the proposal is and `reason` why: `label`, `words`, `near`, `inside`, `mapping`, `header`, `content`.
    """

    header: str
    key: str = ""
    role: str = "unknown"
    score: float = 0.0
    reason: str = ""
    separator: str = ""
    lang: str = ""
    year: str = ""


@dataclass(frozen=True, slots=True)
class SheetMapping:
    """The columns of a sheet and the kind of thing of its rows; `reason`: `sheet`, `headers`, `default`, `mapping`."""

    sheet: str
    concept: str
    columns: tuple[Column, ...]
    reason: str = "default"
    lang: str = "fr"


@dataclass(frozen=True, slots=True)
class Mapping:
    """The mapping of a file, sheet by sheet."""

    file: str
    sheets: tuple[SheetMapping, ...]
    encoding: str = ""
    delimiter: str = ""
    forms: tuple[Form, ...] = field(default=(), repr=False, compare=False)

    def sheet(self, name: str) -> SheetMapping | None:
        """The mapping of a sheet by its name; the only one serves a CSV file whatever it is called."""
        for sheet in self.sheets:
            if sheet.sheet == name:
                return sheet
        return self.sheets[0] if len(self.sheets) == 1 and not name else None

    def with_column(self, sheet: str, header: str, key: str) -> "Mapping":
        """The mapping with one column corrected by a person; an empty key leaves the column out."""
        return replace(self, sheets=tuple(_corrected(s, header, key) if s.sheet == sheet else s for s in self.sheets))

    def to_csvw(self) -> dict[str, Any]:
        """The mapping as CSVW metadata."""
        tables = [_table(self, sheet, {f.concept: f for f in self.forms}) for sheet in self.sheets]
        metadata: dict[str, Any] = {"@context": CONTEXT, "tables": tables}
        if self.encoding or self.delimiter:
            metadata["dialect"] = {
                **({"encoding": self.encoding} if self.encoding else {}),
                **({"delimiter": self.delimiter} if self.delimiter else {}),
            }
        return metadata

    @classmethod
    def from_csvw(cls, metadata: object, forms: Sequence[Form] = ()) -> "Mapping":
        """A mapping from CSVW metadata, ours or another's; InputError when it is none."""
        if not isinstance(metadata, dict):
            raise refuse("bad-mapping", what="JSON")
        tables = metadata.get("tables", [metadata])
        if not isinstance(tables, list) or not all(isinstance(t, dict) and "tableSchema" in t for t in tables):
            raise refuse("bad-mapping", what="tableSchema")
        dialect = metadata.get("dialect")
        dialect = dialect if isinstance(dialect, dict) else {}
        file = _text(tables[0].get("url")).partition("#")[0] if tables else ""
        return cls(
            file,
            tuple(_sheet_of(table, forms) for table in tables),
            _text(dialect.get("encoding")),
            _text(dialect.get("delimiter")),
            tuple(forms),
        )


def _corrected(sheet: SheetMapping, header: str, key: str) -> SheetMapping:
    def new(column: Column) -> Column:
        if column.header != header:
            return column
        return replace(column, key=key, role=role_of(key) if key else "ignored", score=1.0, reason="mapping")

    return replace(sheet, columns=tuple(new(column) for column in sheet.columns))


def role_of(key: str) -> str:
    """The role of a column by its key."""
    if key in (headers.IDENTIFIER, headers.CONCEPT):
        return key
    return "year-of" if key.startswith(headers.YEAR_OF) else "field"


def field_of(form: Form, key: str) -> Field | None:
    """The field of a form by its key. Postcode and address say the place."""
    if key in headers.WEAK_PLACES:
        key = "location"
    return next((f for f in form.fields if f.key == key), None)


def _table(mapping: Mapping, sheet: SheetMapping, forms: MappingOf[str, Form]) -> dict[str, Any]:
    form = forms.get(sheet.concept)
    names: set[str] = set()
    columns = [_column(column, form, names) for column in sheet.columns]
    columns.append(
        {
            "virtual": True,
            "name": "kind_of_thing",
            "propertyUrl": vocab.TYPE,
            "valueUrl": form.class_iri if form else sheet.concept,
        }
    )
    url = f"{mapping.file}#{sheet.sheet}" if sheet.sheet else mapping.file
    return {"url": url, "lang": sheet.lang, "tableSchema": {"columns": columns}}


def _column(column: Column, form: Form | None, names: set[str]) -> dict[str, Any]:
    found = field_of(form, column.key) if form and column.role == "field" else None
    name = re.sub(r"[^a-z0-9]", "_", column.key) or "column"
    name = f"{column.role}_{len(names) + 1}" if column.role in ("unknown", "person", "ignored") else name
    while name in names:
        name += "_"
    names.add(name)
    written: dict[str, Any] = {"titles": column.header, "name": name}
    if column.role in ("unknown", "person", "ignored"):
        return {**written, "suppressOutput": True}
    if found:
        written |= {"propertyUrl": found.path, "datatype": _DATATYPES[found.expects]}
    elif column.role == "year-of":
        written |= {"datatype": "gYear"}
    if column.separator:
        written["separator"] = column.separator
    if column.lang:
        written["lang"] = column.lang
    if column.year:
        written[vocab.STATED_FOR] = column.year
    return written


def _sheet_of(table: dict[str, Any], forms: Sequence[Form]) -> SheetMapping:
    schema = table["tableSchema"]
    columns = schema.get("columns") if isinstance(schema, dict) else None
    if not isinstance(columns, list) or not all(isinstance(column, dict) for column in columns):
        raise refuse("bad-mapping", what="tableSchema.columns")
    concept = "actor"
    for column in columns:
        if column.get("virtual") is True and column.get("propertyUrl") == vocab.TYPE:
            value = _text(column.get("valueUrl"))
            concept = next((f.concept for f in forms if f.class_iri == value), value if "/" not in value else "actor")
    form = next((f for f in forms if f.concept == concept), None)
    if forms and form is None:
        raise refuse("bad-mapping", what=f"valueUrl: {concept[:80]}")
    read = tuple(_column_of(column, form) for column in columns if column.get("virtual") is not True)
    sheet = _text(table.get("url")).partition("#")[2]
    lang = _text(table.get("lang"))
    return SheetMapping(sheet, concept, read, "mapping", lang if lang in vocab.LANGUAGES else "fr")


def _column_of(column: dict[str, Any], form: Form | None) -> Column:
    header = _title(column.get("titles", column.get("name", "")))
    name = _text(column.get("name")).rstrip("_")
    if column.get("suppressOutput") is True:
        role = name.partition("_")[0]
        return Column(header, "", role if role in ("unknown", "person") else "ignored", 1.0, "mapping")
    key = _key(name, _text(column.get("propertyUrl")), form)
    if not key:
        raise refuse("bad-mapping", what=f"name: {name[:80]}")
    lang, year = _text(column.get("lang")), _text(column.get(vocab.STATED_FOR))
    return Column(
        header, key, role_of(key), 1.0, "mapping", _text(column.get("separator")),
        lang if lang in vocab.LANGUAGES else "", year if re.fullmatch(r"\d{4}", year) else "",
    )  # fmt: skip


def _key(name: str, path: str, form: Form | None) -> str:
    plain = name.replace("_", "-")
    if plain in (headers.IDENTIFIER, headers.CONCEPT, *headers.WEAK_PLACES):
        return plain
    fields: Iterable[Field] = form.fields if form else ()
    keys = {f.key: f for f in fields}
    if plain.startswith("year-of-") and (not form or plain.removeprefix("year-of-") in keys):
        return headers.YEAR_OF + plain.removeprefix("year-of-")
    if plain in keys or not form:
        return plain
    return next((f.key for f in keys.values() if f.path == path and not f.inverse), "") if path else ""


def _title(titles: object) -> str:
    if isinstance(titles, dict):
        titles = next(iter(titles.values()), "")
    if isinstance(titles, list):
        titles = titles[0] if titles else ""
    return _text(titles)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
