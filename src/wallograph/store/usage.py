"""How much memory the query service takes, all its processes together (Linux; elsewhere it is not known: 0).

In: process numbers and the workers of a pool. Out: bytes. A worker shares the graph with the process that it was
forked from, so only what it took since counts.
"""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from wallograph.store.crew import Worker

MARGIN: Final = 64 << 20  # what queries may take between two looks
_PAGE: Final = os.sysconf("SC_PAGE_SIZE")


def private_bytes(pid: int) -> int:
    """The memory of a process that is no file; 0 when it is gone."""
    try:
        fields = Path(f"/proc/{pid}/statm").read_bytes().split()
        return (int(fields[1]) - int(fields[2])) * _PAGE
    except (OSError, ValueError, IndexError):
        return 0


def children_of(pid: int) -> list[int]:
    """The processes that a process started."""
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_bytes().split()]
    except (OSError, ValueError):
        return []


def grown(worker: Worker) -> int:
    """What a worker took since it was forked."""
    return max(0, private_bytes(worker.pid) - worker.inherited)


def service_bytes(workers: Iterable[Worker]) -> int:
    """The whole service, asked by one of its pools: the supervisor, this pool and its workers, other pools.

    Workers that were killed already are left out: their memory is on its way back.
    """
    own, supervisor = os.getpid(), os.getppid()
    total = private_bytes(supervisor) + private_bytes(own)
    total += sum(grown(worker) for worker in workers if worker.reason is None)
    for pool in children_of(supervisor):
        if pool != own:
            base = private_bytes(pool)
            total += base + sum(max(0, private_bytes(child) - base) for child in children_of(pool))
    return total
