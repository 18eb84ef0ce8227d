"""The workbook or the Parquet files of an edition as a process: `python -m bench.tabling NAME EDITION FOLDER`.

In: `xlsx` or `parquet` (each with the reading of the rows and CSV), the folder of an edition, a folder for what is
written. Out: seconds of the piece itself, as JSON on standard output. Its libraries are heavy: it stands by itself.
"""

import json
import sys
import time
from pathlib import Path

from bench.cost import tell
from wallograph.release.parquet import ParquetFiles
from wallograph.release.rdf_dumps import QUADS_NAME
from wallograph.release.tables import TABLES, write_tables
from wallograph.release.workbook import TableBook


def main(piece: str, edition: Path, folder: Path) -> None:
    """Do the piece and tell its seconds."""
    manifest = json.loads((edition / "manifest.json").read_text(encoding="utf-8"))
    base, private = manifest["base"], frozenset(manifest["private_graphs"])
    began = time.monotonic()
    if piece == "xlsx":
        book = TableBook(list(TABLES))
        write_tables(edition / QUADS_NAME, folder, base, private, [book.add])
        book.save(folder / "tables.xlsx", manifest["date"])
    else:
        files = ParquetFiles(list(TABLES), folder)
        write_tables(edition / QUADS_NAME, folder, base, private, [files.add])
        files.close()
    tell(began)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
