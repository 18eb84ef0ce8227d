"""Waking the publisher, and ending it: a Unix datagram socket in the state folder, and a flag that signals may set.

In: the state folder. Out: `wake`, for whoever has something to publish; `Bell` and `End`, for the publisher. A wake-up
that is lost costs nothing but time: the publisher also looks by itself.
"""

import os
import select
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

SOCKET: Final = "publisher.sock"


def wake(state: Path) -> bool:
    """Tell the publisher of a state folder to look; whether one is there."""
    try:
        with _short(state) as path, socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
            sender.setblocking(False)
            sender.sendto(b".", path)
    except BlockingIOError:  # it has enough to wake up from
        return True
    except OSError:
        return False
    return True


class End:
    """Set once the publisher is to end. A `threading.Event` waits for its own lock when two signals come at once."""

    def __init__(self) -> None:
        self._reader, self._writer = socket.socketpair()
        self._writer.setblocking(False)
        self._is_set = False

    def set(self) -> None:
        """End what waits; from a signal or another thread, any number of times."""
        self._is_set = True
        with suppress(BlockingIOError):
            self._writer.send(b".")

    def is_set(self) -> bool:
        """Whether it was set."""
        return self._is_set

    def wait(self, seconds: float) -> bool:
        """Wait until it is set, at most so long; whether it is."""
        select.select([self._reader], [], [], seconds)
        return self._is_set

    def close(self) -> None:
        """Nobody waits any more, and nobody sets it."""
        self._reader.close()
        self._writer.close()


class Bell:
    """What the publisher waits for; only one at a time has it."""

    def __init__(self, state: Path) -> None:
        (state / SOCKET).unlink(missing_ok=True)  # of one that was killed
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.setblocking(False)
        before = os.umask(0o117)  # those of the group too: the web processes may be other users
        try:
            with _short(state) as path:
                self._socket.bind(path)
        finally:
            os.umask(before)
        self._path = state / SOCKET

    def wait(self, seconds: float) -> None:
        """Wait until somebody rings, at most so long; all that rang by now have been heard."""
        if not select.select([self._socket], [], [], seconds)[0]:
            return
        with suppress(BlockingIOError):
            while self._socket.recv(64):
                pass

    def close(self) -> None:
        """Take the socket away."""
        self._socket.close()
        self._path.unlink(missing_ok=True)


@contextmanager
def _short(state: Path) -> Iterator[str]:
    """A path of the socket that fits: the kernel takes 107 bytes, and a state folder may lie deep."""
    folder = os.open(state, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{SOCKET}"
    finally:
        os.close(folder)
