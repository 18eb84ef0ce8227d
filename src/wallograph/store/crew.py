"""Who is in the pool: workers with what they do now, and clients that wait for one.

Out: `Worker`, `Waiting`, and `fork_worker`, which makes a worker process out of this one.
"""

import os
import signal
import socket
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from wallograph.errors import QueryError, QueryTooLarge
from wallograph.store.limits import Limits
from wallograph.store.memory import MemoryRelease
from wallograph.store.worker import run_worker

_WRITE_SECONDS: Final = 20.0  # for a client to take a large answer
_PRESSED: Final = 0.25  # of the time a query has to be quick, while others wait for its place
_GRACE_SECONDS: Final = 0.02  # between a client's end and its worker's
_CHANNEL: Final = 3


@dataclass(slots=True, eq=False)
class Worker:
    """A worker process and what it does now."""

    pid: int
    channel: socket.socket
    generation: int
    inherited: int = 0  # bytes of memory it shares with the pool
    client: socket.socket | None = None
    started: float = 0.0
    asked: float = 0.0  # what the deadline counts from: a short wait for a worker is a part of it
    slow: bool = False
    spent: bool = False
    answering: bool = False
    gone: float | None = None  # since when its client is
    reason: QueryError | None = None  # why it was killed

    def deadline(self, limits: Limits, *, pressed: bool) -> float:
        """When it has to be looked at; sooner if others wait for its place."""
        if self.gone is not None:
            return self.gone + _GRACE_SECONDS
        if self.answering:
            return self.asked + limits.seconds + _WRITE_SECONDS
        if self.slow:
            return self.asked + limits.seconds
        soon = self.started + limits.slow_after * (_PRESSED if pressed else 1)
        return min(soon, self.asked + limits.seconds)


@dataclass(slots=True, eq=False)
class Waiting:
    """A client that no worker has taken yet."""

    client: socket.socket
    since: float


def fork_worker(
    release: MemoryRelease, folder: Path, limits: Limits, generation: int, needs_wall: bool
) -> Worker:
    """Fork this process into a worker that shares the release in memory; `folder` holds the other releases."""
    ours, theirs = socket.socketpair()
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            # Nothing else may stay open: a client would never see the end of its connection.
            os.dup2(theirs.fileno(), _CHANNEL)
            os.closerange(_CHANNEL + 1, 1 << 20)
            channel = socket.socket(fileno=_CHANNEL)
            code = run_worker(channel, release, folder, limits, needs_wall)
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)
    theirs.close()
    ours.setblocking(False)
    return Worker(pid, ours, generation)


def heard(channel: socket.socket) -> tuple[bytes, bool]:
    """What a worker said, and whether it is no more."""
    try:
        said = channel.recv(64)
    except BlockingIOError:
        return b"", False
    except ConnectionError:
        return b"", True
    return said, not said


def why_died(code: int, limits: Limits) -> QueryError:
    """What a worker that nobody killed died of."""
    if code == -signal.SIGSEGV:
        return QueryTooLarge("The query is nested too deep for its worker.", limit="memory_bytes")
    return QueryTooLarge(
        f"The query needs more memory than the limit of {limits.memory_bytes} bytes.", limit="memory_bytes"
    )
