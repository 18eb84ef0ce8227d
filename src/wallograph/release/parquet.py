"""The tables of an edition as Parquet files, when `pyarrow` is installed (the extra `parquet`).

In: rows. Out: one file for each table, columns of lists of text, written in pieces.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from wallograph.errors import InputError
from wallograph.release.tables import FIRST, Row, header

try:
    import pyarrow
    import pyarrow.parquet
except ImportError:  # an extra: the rest works without it
    pyarrow = None

_PIECE: Final = 20_000  # rows


class ParquetFiles:
    """One file a table: `add` is a sink of `tables.write_tables`, `close` ends all. InputError without pyarrow."""

    def __init__(self, tables: Sequence[str], folder: Path) -> None:
        if pyarrow is None:
            raise InputError("Parquet needs pyarrow: pip install 'wallograph[parquet]'")
        self._schemas = {table: _schema(table) for table in tables}
        self._files = {
            table: pyarrow.parquet.ParquetWriter(folder / f"{table}.parquet", schema)
            for table, schema in self._schemas.items()
        }
        self._waiting: dict[str, list[dict[str, Any]]] = {table: [] for table in tables}

    def add(self, table: str, row: Row) -> None:
        """One row."""
        waiting = self._waiting[table]
        waiting.append({**row, FIRST: row[FIRST][0]})
        if len(waiting) >= _PIECE:
            self._write(table)

    def close(self) -> None:
        """Write what waits and end the files."""
        for table, file in self._files.items():
            self._write(table)
            file.close()

    def _write(self, table: str) -> None:
        self._files[table].write_table(pyarrow.Table.from_pylist(self._waiting[table], schema=self._schemas[table]))
        self._waiting[table].clear()


def _schema(table: str) -> Any:
    several = pyarrow.list_(pyarrow.string())
    return pyarrow.schema([(name, pyarrow.string() if name == FIRST else several) for name in header(table)])
