"""What a person corrected of the columns of a table, put into the mapping that was proposed.

In: the mapping (CSVW metadata) and the fields `kind.{sheet}` and `column.{sheet}.{column}` of a form. Out: the
mapping as it is to be used.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from wallograph.vocab import TYPE
from wallograph.web.errors import Problem

_FIELD: Final = re.compile(r"(kind|column)\.(\d{1,3})(?:\.(\d{1,4}))?")
_KEY: Final = re.compile(r"[a-z0-9:-]{0,80}")


def corrected_mapping(mapping: dict[str, Any], values: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """The mapping with the columns and kinds that the form names; what it does not name stays."""
    tables = mapping.get("tables", [mapping])
    for name, given in values.items():
        found = _FIELD.fullmatch(name)
        value = given[-1] if given else ""
        if not found or not _KEY.fullmatch(value):
            continue
        try:
            columns = tables[int(found[2])]["tableSchema"]["columns"]
            if found[1] == "kind":
                _kind(columns, value)
            elif found[3]:
                columns[int(found[3])] = _column(columns[int(found[3])], value)
        except (KeyError, IndexError, TypeError) as error:
            raise Problem(400, "bad-request", f"The mapping has no '{name}'.") from error
    return mapping


def _kind(columns: list[Any], concept: str) -> None:
    for column in columns:
        if column.get("virtual") is True and column.get("propertyUrl") == TYPE:
            column["valueUrl"] = concept


def _column(column: dict[str, Any], key: str) -> dict[str, Any]:
    """A column under another key; unchanged when it has that key already, or is about persons."""
    name = str(column.get("name", ""))
    hidden = column.get("suppressOutput") is True
    if column.get("virtual") or (hidden and name.startswith("person")):
        return column
    if not key:
        return column if hidden else {"titles": column.get("titles", name), "name": "ignored", "suppressOutput": True}
    plain = re.sub(r"[^a-z0-9]", "_", key)
    if not hidden and name.rstrip("_") == plain:
        return column
    return {"titles": column.get("titles", name), "name": plain}
