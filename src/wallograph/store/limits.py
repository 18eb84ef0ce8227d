"""What a query may take. Read once at the edge and passed down; shown in the service description.

Out: one frozen `Limits`, which travels as JSON between processes.
"""

import os
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Limits:
    """Every limit of the query service, with a default that is safe on a small machine."""

    seconds: float = 30.0  # of one query, from the moment a worker takes it
    memory_bytes: int = 1 << 30  # of one query, beside the graph itself
    total_memory_bytes: int = 0  # of the whole service, the graph among it; 0: half of the machine's memory
    result_bytes: int = 64_000_000
    text_bytes: int = 1_000_000
    from_triples: int = 2_000_000  # copied for a query over several default graphs
    describe_triples: int = 500  # with a described thing as object; as in its document
    workers: int = 2  # for quick queries, always ready
    slow_workers: int = 8  # queries that run long at the same time
    slow_after: float = 0.2  # seconds; then a query goes on with low priority and its place is filled
    queue: int = 32  # queries that may wait; more are told to come back
    queue_seconds: float = 15.0

    @property
    def whole_memory(self) -> int:
        """The bytes that the service with all its processes may take."""
        if self.total_memory_bytes:
            return self.total_memory_bytes
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2

    def as_dict(self) -> dict[str, Any]:
        """As a JSON object."""
        return asdict(self)
