"""Asks the checking service. Safe in any number of threads and tasks: each check has a connection of its own.

In: a file and what is wanted of it. Out: the whole answer, or an error of `wallograph.errors`. Closing the
connection (a cancelled task) ends the check.
"""

import asyncio
import socket
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from wallograph import errors
from wallograph.checker.child import CHECK, Answered
from wallograph.store import frames
from wallograph.store.client import receive_async

_ERRORS: Final = {
    kind.__name__: kind
    for kind in (
        errors.CheckError, errors.CheckTimeout, errors.CheckTooLarge, errors.CheckBusy, errors.InputError,
        errors.ParseError, errors.TooLarge, errors.Unsupported, errors.NotFound, errors.DataError, errors.StateError,
    )
}  # fmt: skip
_LOST: Final = "The checking service ended while it checked; try again."
_MEMBERS: Final = ("line", "column", "retry_after", "limit")


class CheckClient:
    """Asks the checking service at a Unix socket."""

    def __init__(self, path: Path, *, patience: float = 120.0) -> None:
        self.path = str(path)
        self.patience = patience

    def check(self, asked: dict[str, Any], content: bytes) -> Answered:
        """Check a file and wait."""
        return _answered(self._exchange(CHECK, asked, content))

    async def check_async(self, asked: dict[str, Any], content: bytes) -> Answered:
        """The same in an event loop; cancelling the task ends the check."""
        loop = asyncio.get_running_loop()
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as sock:
            sock.setblocking(False)
            try:
                self._connect(sock)
                with suppress(BrokenPipeError):  # it may have refused already: read why
                    await loop.sock_sendall(sock, frames.encode(CHECK, asked, content))
                frame = await receive_async(loop, sock)
            except (frames.FrameError, ConnectionError) as error:
                raise errors.CheckBusy(_LOST) from error
        return _answered(frame)

    def status(self) -> dict[str, Any]:
        """What the service is: limits, whether the wall is up, what runs."""
        return self._exchange(frames.STATUS, {}).meta

    def _exchange(self, kind: bytes, meta: dict[str, Any], body: bytes = b"") -> frames.Frame:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as sock:
            sock.settimeout(self.patience)
            try:
                self._connect(sock)
                with suppress(BrokenPipeError):
                    frames.send(sock, kind, meta, body)
                return frames.receive(sock)
            except (frames.FrameError, ConnectionError, TimeoutError) as error:
                raise errors.CheckBusy(_LOST) from error

    def _connect(self, sock: socket.socket) -> None:
        try:
            sock.connect(self.path)
        except BlockingIOError as error:
            raise errors.CheckBusy("Too many files are waiting to be checked.") from error
        except OSError as error:
            raise errors.StateError("the checking service is not running") from error


def _answered(frame: frames.Frame) -> Answered:
    if frame.kind != frames.ERROR:
        return Answered(frame.body, frame.meta)
    meta = frame.meta
    kind = _ERRORS.get(meta["error"])
    if kind is None:
        raise errors.WallographError(meta["message"])
    given = {name: meta[name] for name in _MEMBERS if name in meta}
    error = kind(meta["message"], **given)
    if isinstance(error, errors.InputError):
        error.messages, error.code = meta.get("messages"), meta.get("code", "")
    raise error
