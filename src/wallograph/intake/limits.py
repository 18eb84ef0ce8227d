"""How much of what somebody hands in is read before it is refused.

In: nothing. Out: `IntakeLimits`, which every reader is given; an installation sets its own.
"""

from dataclasses import dataclass
from typing import Final

_MEGABYTE: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class IntakeLimits:
    """The limits of one file. Past one of them a reader raises `TooLarge`, naming the limit, before it works.

    `bytes` is the file as it came in; `unpacked_bytes` and `unpacked_ratio` are of what is packed in it (XLSX is a
    zip; gzip): all parts together, and how many times larger than packed. `sheets`, `rows` (of all sheets),
    `cells` (of all sheets) and `cell_chars` (of one cell, and of one token of RDF) are of tables. `nesting` is how
    deep brackets, blank nodes, objects or elements may stand in each other; `quads` how many statements are read,
    and `findings` how many findings reading itself may make of one file before it stops telling more.
    """

    bytes: int = 20 * _MEGABYTE
    unpacked_bytes: int = 200 * _MEGABYTE
    unpacked_ratio: int = 200
    sheets: int = 50
    rows: int = 100_000
    cells: int = 2_000_000
    cell_chars: int = 100_000
    nesting: int = 100
    quads: int = 1_000_000
    findings: int = 200
