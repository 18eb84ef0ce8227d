"""A worker of the query service: a forked process that answers one query at a time behind its walls.

In: connections of clients, handed over by the pool through a socket pair. Out: one whole frame on each. It sends
the pool `LARGE` before it writes an answer that one system call may not write whole, and then `DONE` or `SPENT`.
"""

import gc
import os
import resource
import signal
import socket
import sys
import time
from pathlib import Path
from typing import Any, Final

from pyoxigraph import Store

from wallograph.errors import NotFound, QueryTooLarge, StateError, WallographError
from wallograph.store import frames
from wallograph.store.evaluate import Request, Result, evaluate
from wallograph.store.limits import Limits
from wallograph.store.memory import MemoryRelease, read_manifest
from wallograph.store.sandbox import die_with_parent, one_heap, raise_wall

LARGE: Final = b"l"
DONE: Final = b"d"
SPENT: Final = b"s"
NO_WALL: Final = 3  # exit code
# Of addresses, mostly never used: the stacks and heaps of a store's threads. What is used is watched (store.usage).
_OPENING_BYTES: Final = 1 << 30
_READ_SECONDS: Final = 5.0


def run_worker(
    channel: socket.socket, held: MemoryRelease, folder: Path, limits: Limits, needs_wall: bool
) -> int:
    """Answer until the pool closes the channel. Gives the exit code of the process."""
    prepare(limits.memory_bytes)
    if not raise_wall() and needs_wall:
        return NO_WALL
    while True:
        try:
            data, files, _, _ = socket.recv_fds(channel, 1, 1)
        except ConnectionError:
            return 0
        if not data:
            return 0
        with socket.socket(fileno=files[0]) as client:
            spent = _serve(client, channel, held, folder, limits)
        channel.send(SPENT if spent else DONE)
        if spent:
            return 0


def prepare(memory_bytes: int) -> None:
    """Set what the kernel enforces: memory, no core file, first to be ended when the machine runs out.

    A store that is opened later may raise the limit by what its threads take of addresses.
    """
    die_with_parent(signal.SIGKILL)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN if number == signal.SIGINT else signal.SIG_DFL)
    signal.set_wakeup_fd(-1)
    most = address_bytes() + memory_bytes
    resource.setrlimit(resource.RLIMIT_AS, (most, most + _OPENING_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with open("/proc/self/oom_score_adj", "wb", buffering=0) as file:  # noqa: PTH123
        file.write(b"1000")
    one_heap()
    _mute_engine()
    gc.freeze()


def address_bytes() -> int:
    """The addresses that this process has: what RLIMIT_AS counts."""
    with open("/proc/self/statm", "rb") as file:  # noqa: PTH123 - a file of the kernel
        return int(file.read().split()[0]) * resource.getpagesize()


def _mute_engine() -> None:
    """The engine writes a page of addresses when its memory is used up; our own errors still come out."""
    sys.stderr = os.fdopen(os.dup(2), "w")
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 2)
    os.close(null)


def _serve(
    client: socket.socket, channel: socket.socket, held: MemoryRelease, folder: Path, limits: Limits
) -> bool:
    """Answer one client; True if this process must not answer another."""
    client.settimeout(_READ_SECONDS)
    release, result = held.number, None
    try:
        frame = frames.receive(client)
        client.settimeout(None)
        started = time.perf_counter()
        release = int(frame.meta.get("release") or release)
        store, base = (held.store, held.base) if release == held.number else _opened(folder, release)
        request = _request(frame, base, limits)
        result = evaluate(store, request, limits, writable=release == held.number)
        meta = _meta(result, release, time.perf_counter() - started)
        _send(client, channel, frames.ANSWER, meta, result)
    except WallographError as error:
        _send(client, channel, frames.ERROR, error_meta(error, release), None)
    except (OSError, frames.FrameError):
        pass  # the client went away
    return release != held.number or (result is not None and result.spent)


def _opened(folder: Path, number: int) -> tuple[Store, str]:
    """The store of another release, opened from the disk in this process only: it starts threads."""
    release = folder / f"{number:06d}"
    if not release.is_dir():
        raise NotFound(f"there is no release {number}")
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
    try:
        return Store.read_only(str(release / "store")), str(read_manifest(release).get("base", ""))
    except OSError as error:
        raise StateError(f"the store of release {number} cannot be opened; it may have been thinned") from error


def _request(frame: frames.Frame, base: str, limits: Limits) -> Request:
    if len(frame.body) > limits.text_bytes:
        raise QueryTooLarge(
            f"The query text is longer than the limit of {limits.text_bytes} bytes.", limit="text_bytes"
        )
    meta = frame.meta
    return Request(
        frame.body.decode(),
        rows=meta.get("rows"),
        graph=meta.get("graph"),
        default_graphs=tuple(meta.get("default_graphs", ())),
        named_graphs=tuple(meta.get("named_graphs", ())),
        base=f"{base}/sparql",
    )


def _meta(result: Result, release: int, seconds: float) -> dict[str, Any]:
    return {
        "form": result.form,
        "media_type": result.media_type,
        "volatile": result.volatile,
        "release": release,
        "seconds": round(seconds, 4),
    }


def error_meta(error: WallographError, release: int) -> dict[str, Any]:
    """An error as the meta of a frame."""
    values = {name: getattr(error, name, None) for name in ("line", "column", "retry_after", "limit")}
    given = {name: value for name, value in values.items() if value}
    return {"error": type(error).__name__, "message": str(error), "release": release, **given}


def _send(
    client: socket.socket, channel: socket.socket, kind: bytes, meta: dict[str, Any], result: Result | None
) -> None:
    body = result.body if result else b""
    if len(body) > frames.ATOMIC_BYTES - 4096:
        channel.send(LARGE)
    frames.send(client, kind, meta, body, _descriptor(result))


def _descriptor(result: Result | None) -> int | None:
    if result is None or result.file is None:
        return None
    result.file.flush()
    os.lseek(result.file.fileno(), 0, os.SEEK_SET)
    return result.file.fileno()
