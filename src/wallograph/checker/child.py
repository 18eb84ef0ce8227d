"""One check: a forked process behind its walls, which ends with it.

In: the connection of one client. Out: one whole frame on it, and the exit code of the process. It tells the service
`ANSWERING` before it writes, so that nobody else does.
"""

import os
import resource
import signal
import socket
import sys
import tempfile
import time
import traceback
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Protocol

from wallograph.checker.limits import CheckLimits
from wallograph.errors import CheckTooLarge, InputError, WallographError
from wallograph.store import frames
from wallograph.store.sandbox import raise_wall
from wallograph.store.worker import NO_WALL, address_bytes, error_meta, prepare

ANSWERING: Final = b"a"
CHECK: Final = b"C"  # the kind of a frame that asks for a check
_READ_SECONDS: Final = 10.0  # for the whole of a frame whose sender has it ready
_NICENESS: Final = 5


@dataclass(frozen=True, slots=True)
class Answered:
    """What a check gives: a body in the form that was asked for, and what goes beside it."""

    body: bytes = b""
    meta: dict[str, Any] = field(default_factory=dict)


class Work(Protocol):
    """What is done. The service loads it, each child uses its own copy."""

    def follow(self) -> None:
        """In the service, before a child is forked: read again what has changed."""
        ...  # pragma: no cover

    def open(self) -> None:
        """In the child, behind the wall: open what cannot be shared by forking."""
        ...  # pragma: no cover

    def run(self, asked: dict[str, Any], content: bytes) -> Answered:
        """Check what was handed in."""
        ...  # pragma: no cover

    def status(self) -> dict[str, Any]:
        """What is loaded."""
        ...  # pragma: no cover

    def chores(self) -> None:
        """In the service, from time to time."""
        ...  # pragma: no cover


def run_child(
    client: socket.socket, channel: socket.socket, work: Work, limits: CheckLimits, folder: Path, *, needs_wall: bool
) -> int:
    """Answer one client. Nothing of what it sent is read before the wall stands."""
    prepare(limits.memory_bytes)
    _confine(limits, folder)
    if not raise_wall() and needs_wall:
        return NO_WALL
    try:
        kind, answered = frames.ANSWER, _answer(client, work, limits)
    except WallographError as error:
        kind, answered = frames.ERROR, Answered(meta=told(error))
    except MemoryError:
        kind, answered = frames.ERROR, Answered(meta=error_meta(too_large(limits), 0))
    except RecursionError:
        kind, answered = frames.ERROR, Answered(meta=error_meta(too_deep(), 0))
    except (OSError, frames.FrameError):
        return 0  # the client went away
    channel.send(ANSWERING)
    try:
        client.settimeout(_READ_SECONDS)
        frames.send(client, kind, answered.meta, answered.body)
    except OSError:
        pass
    return 0


def told(error: WallographError) -> dict[str, Any]:
    """An error as the meta of a frame, with its texts by language where it has them."""
    meta = error_meta(error, 0)
    if isinstance(error, InputError) and error.messages:
        meta |= {"messages": error.messages, "code": error.code}
    return meta


def _answer(client: socket.socket, work: Work, limits: CheckLimits) -> Answered:
    started = time.perf_counter()
    resource.setrlimit(resource.RLIMIT_AS, (resource.getrlimit(resource.RLIMIT_AS)[1],) * 2)
    work.open()
    most = address_bytes() + limits.memory_bytes  # the threads of a store take addresses, not memory
    resource.setrlimit(resource.RLIMIT_AS, (min(most, resource.getrlimit(resource.RLIMIT_AS)[1]),) * 2)
    client.settimeout(_READ_SECONDS)
    frame = frames.receive(client)
    if len(frame.body) > limits.upload_bytes:
        raise CheckTooLarge(f"The file has more than {limits.upload_bytes} bytes.", limit="upload_bytes")
    try:
        answered = work.run(frame.meta, frame.body)
    except OSError as error:  # of a file it may not write or open, not of the client
        raise CheckTooLarge("The check needs more files or disk than it may.", limit="file_bytes") from error
    if len(answered.body) > limits.answer_bytes:
        raise CheckTooLarge(f"The answer has more than {limits.answer_bytes} bytes.", limit="answer_bytes")
    answered.meta["seconds"] = round(time.perf_counter() - started, 4)
    return answered


def _confine(limits: CheckLimits, folder: Path) -> None:
    """What a check has beside memory: a folder that is deleted after it, few files, little of the processor."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits.file_bytes, limits.file_bytes))
    resource.setrlimit(resource.RLIMIT_NOFILE, (limits.open_files, limits.open_files))
    seconds = int(limits.seconds) + 2
    resource.setrlimit(resource.RLIMIT_CPU, (seconds * 4, seconds * 4))  # should the service be stuck
    os.nice(_NICENESS)
    os.chdir(folder)
    tempfile.tempdir = str(folder)


def too_large(limits: CheckLimits) -> CheckTooLarge:
    """A check that used up its memory."""
    text = f"Checking this file needs more memory than the limit of {limits.memory_bytes >> 20} MB."
    return CheckTooLarge(text, limit="memory_bytes")


def too_deep() -> CheckTooLarge:
    """A check that used up its stack."""
    return CheckTooLarge("The file is nested too deep to be checked.", limit="nesting")


def report_crash() -> None:
    """Say where a check failed; never what it was about: the file of a stranger is in no log."""
    kind, _, trace = sys.exc_info()
    lines = traceback.format_tb(trace)
    sys.stderr.write(f"wallograph: a check failed with {kind.__name__ if kind else '?'}\n{''.join(lines)}")
    sys.stderr.flush()
