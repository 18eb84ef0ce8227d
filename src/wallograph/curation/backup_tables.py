"""The tables of the database in a backup: as JSON lines, which either engine can take back.

In: a transaction. Out: one file per table (a line with the names of the columns, then a line per row), with the number
of rows and a digest that does not depend on their order; and all of it back into a database, in one transaction.
"""

import json
import re
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from wallograph.accounts import tables as accounts
from wallograph.curation import proposal_tables as proposals
from wallograph.curation import publisher_status as publisher
from wallograph.curation import seconded
from wallograph.database import Row, Transaction
from wallograph.errors import InputError, StateError
from wallograph.journal import journal

# in the order in which they are made; a test holds it against the code
COMPONENTS: Final[dict[str, tuple[str, ...]]] = {
    **{module.COMPONENT: tuple(module.STEPS) for module in (journal, accounts, proposals, seconded)},
    publisher.PUBLISHER: publisher.PUBLISHER_STEPS,
}
SCHEMA: Final = "schema_steps"
_TABLE: Final = re.compile(r"CREATE TABLE (?:IF NOT EXISTS )?(\w+)")
_BYTES: Final = "base64"
_FACTS = dict[str, dict[str, Any]]


def tables() -> list[str]:
    """Every table of every component, in the order in which they are made."""
    return [name for steps in COMPONENTS.values() for step in steps for name in _TABLE.findall(step)]


def components(tx: Transaction) -> dict[str, int]:
    """How many steps of each component were done; StateError for a component that a backup would leave out."""
    found: dict[str, int] = dict(tx.execute(f"SELECT component, done FROM {SCHEMA}")) if tx.columns(SCHEMA) else {}
    unknown = sorted(found.keys() - COMPONENTS.keys())
    if unknown:
        raise StateError(f"the database was written by a newer version of wallograph ({', '.join(unknown)})")
    return {name: int(done) for name, done in found.items()}


def is_empty(tx: Transaction) -> bool:
    """Whether no table of ours has a row."""
    return not any(tx.columns(table) and tx.execute(f"SELECT 1 FROM {table} LIMIT 1") for table in tables())


def dump(tx: Transaction, folder: Path, newest: int) -> _FACTS:
    """Write the tables; gives rows and digest of each. `newest` is the last release of the backup: what the database
    says of later ones is left out, and is published again from the backup."""
    facts = {}
    for table in tables():
        columns = tx.columns(table)
        if columns:
            rows = _rows(tx, table, columns, newest)
            with (folder / f"{table}.jsonl").open("w", encoding="utf-8", newline="\n") as file:
                file.write(_line(columns))
                facts[table] = _facts(_told(rows, file.write))
    return facts


def load(tx: Transaction, done: Mapping[str, int], files: Mapping[str, Iterable[bytes]], facts: _FACTS) -> None:
    """Make the tables anew and fill them; InputError when they then differ from what was backed up."""
    if files.keys() != facts.keys() or not files.keys() <= set(tables()):
        raise InputError("the backup is damaged: its tables are not those of its list")
    for table in reversed(tables()):
        tx.execute(f"DROP TABLE IF EXISTS {table}")
    if tx.columns(SCHEMA):
        for name in COMPONENTS:
            tx.execute(f"DELETE FROM {SCHEMA} WHERE component = ?", (name,))
    for name, steps in COMPONENTS.items():
        if done.get(name):
            tx.migrate(name, steps[: done[name]])
    for table in tables():
        if table in files:
            columns = _fill(tx, table, iter(files[table]))
            if _facts(_line(row) for row in _rows(tx, table, columns, None)) != facts[table]:
                raise InputError(f"the backup is damaged: table {table} is not what was backed up")


def _rows(tx: Transaction, table: str, columns: list[str], newest: int | None) -> Iterator[Row]:
    for row in tx.stream(f"SELECT {', '.join(columns)} FROM {table}"):
        known = row if newest is None else _until(table, dict(zip(columns, row, strict=True)), newest)
        if known is not None:
            yield known


def _until(table: str, row: dict[str, Any], newest: int) -> Row | None:
    """A row as it was when this release was the last one; None when it was not there."""
    if table == "journal_published" and row["release"] > newest:
        return None
    if table == "proposal_events" and row["what"] == "published" and int(row["why"]) > newest:
        return None
    if table == "proposals" and row["published"] > newest:
        row["published"] = 0
    return tuple(row.values())


def _fill(tx: Transaction, table: str, lines: Iterator[bytes]) -> list[str]:
    columns = json.loads(next(lines, b"null"))
    if columns != tx.columns(table):
        raise InputError(f"the backup does not fit: table {table} has other columns")
    sql = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
    for line in lines:
        tx.execute(sql, [_read(value) for value in json.loads(line)])
    return list(columns)


def _told(rows: Iterable[Row], write: Any) -> Iterator[str]:
    for row in rows:
        line = _line(row)
        write(line)
        yield line


def _facts(lines: Iterable[str]) -> dict[str, Any]:
    digests = sorted(sha256(line.encode()).digest() for line in lines)
    return {"rows": len(digests), "digest": sha256(b"".join(digests)).hexdigest()}


def _line(values: Iterable[Any]) -> str:
    written = [{_BYTES: b64encode(value).decode()} if isinstance(value, bytes) else value for value in values]
    return json.dumps(written, ensure_ascii=False, separators=(",", ":")) + "\n"


def _read(value: Any) -> Any:
    return b64decode(value[_BYTES]) if isinstance(value, dict) else value
