"""A form that somebody filled in is a table of one row: it is read, judged and mended by the same code.

In: a `Form`, the values by key, a language. Out: the bytes of a CSV file, its mapping (CSVW), and which column is
which value, so that a finding finds its field again.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from wallograph.model import Field, Form
from wallograph.vocab import LANGUAGES, RDF, TYPE

LANGUAGE: Final = ".lang"  # `description.lang` is the language of the description
MOST_VALUES: Final = 10  # of one field
LONGEST: Final = 5000  # characters of a value
_NEVER: Final = "\x1f"  # a separator that no value has: what is filled in is one value


@dataclass(frozen=True, slots=True)
class FilledIn:
    """A form as a file. `columns` has for each column the key of its field and the number of the value in it."""

    content: bytes
    mapping: dict[str, Any]
    columns: tuple[tuple[str, int], ...]

    def key_at(self, cell: str) -> tuple[str, int] | None:
        """The field and value of a cell ("C2"); None when there is no such column."""
        column = 0
        for letter in cell:
            if not letter.isalpha():
                break
            column = column * 26 + ord(letter.upper()) - 64
        return self.columns[column - 1] if 0 < column <= len(self.columns) else None


def fill_in(form: Form, values: Mapping[str, Sequence[str]], lang: str, name: str) -> FilledIn:
    """The table of what was filled in. Values of fields that the form has not are left out."""
    headers, cells, columns, described = [], [], [], []
    for field in form.fields:
        given = [value.strip()[:LONGEST] for value in values.get(field.key, ()) if value.strip()]
        for number, value in enumerate(given[:MOST_VALUES]):
            headers.append(_header(field, number, lang))
            cells.append(value.replace(_NEVER, " "))
            columns.append((field.key, number))
            spoken = next(iter(values.get(field.key + LANGUAGE, ())), lang)
            described.append(_column(field, headers[-1], len(columns), spoken))
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerows([headers, cells])
    kind = {"virtual": True, "name": "kind_of_thing", "propertyUrl": TYPE, "valueUrl": form.class_iri}
    schema = {"columns": [*described, kind]}
    mapping = {
        "@context": "http://www.w3.org/ns/csvw",
        "tables": [{"url": name, "lang": lang, "tableSchema": schema}],
        "dialect": {"encoding": "utf-8", "delimiter": ";"},
    }
    return FilledIn(text.getvalue().encode("utf-8", "replace"), mapping, tuple(columns))


def _header(field: Field, number: int, lang: str) -> str:
    label = field.labels.get(lang) or field.key
    return f"{label} ({number + 1})" if number else label


def _column(field: Field, header: str, place: int, spoken: str) -> dict[str, Any]:
    """The column of one value; underscores at the end keep names apart and are not read."""
    column = {
        "titles": header, "name": field.key.replace("-", "_") + "_" * (place if place > 1 else 0),
        "propertyUrl": field.path, "separator": _NEVER,
    }  # fmt: skip
    if field.datatype == RDF + "langString" and spoken in LANGUAGES:
        column["lang"] = spoken
    return column
