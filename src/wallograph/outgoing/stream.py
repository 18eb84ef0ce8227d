"""A connection that gives up: every byte sent or read counts against one deadline and one size.

In: a connected socket, a moment, a number of bytes. Out: what `http.client` takes for a socket.
"""

import io
import socket
import time
from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, Final, TypeVar

from wallograph.errors import AnswerRefused, TargetSlow

T = TypeVar("T")
_PIECE: Final = 1 << 14


class Deadline:
    """The moment by which all must be done."""

    def __init__(self, seconds: float) -> None:
        self._until, self.seconds = time.monotonic() + seconds, seconds

    def left(self) -> float:
        """Seconds that are left; TargetSlow when there are none."""
        found = self._until - time.monotonic()
        if found <= 0:
            raise self.over()
        return found

    def over(self) -> TargetSlow:
        """The error that says so."""
        return TargetSlow(f"no whole answer in {self.seconds:g} seconds")

    def within(self, call: Callable[[], T]) -> T:
        """The result of a call that has no time limit of its own; TargetSlow when it does not come in time."""
        done: SimpleQueue[tuple[T | None, Exception | None]] = SimpleQueue()

        def run() -> None:
            try:
                done.put((call(), None))
            except Exception as error:
                done.put((None, error))

        Thread(target=run, daemon=True, name="resolve").start()
        try:
            found, error = done.get(timeout=self.left())
        except Empty:
            raise self.over() from None
        if error is not None:
            raise error
        return found  # type: ignore[return-value]


class Stream:
    """A socket within a deadline, from which at most `limit` bytes are read. Whoever opened the socket closes it."""

    def __init__(self, sock: socket.socket, deadline: Deadline, limit: int) -> None:
        self._sock, self._deadline, self._limit = sock, deadline, limit

    def sendall(self, data: bytes) -> None:
        """Send all of it."""
        view = memoryview(data)
        while view:
            self._sock.settimeout(self._deadline.left())
            try:
                view = view[self._sock.send(view[:_PIECE]) :]
            except TimeoutError:
                raise self._deadline.over() from None

    def makefile(self, mode: str) -> io.BufferedReader:
        """For reading, as `http.client` asks."""
        assert mode == "rb"
        return io.BufferedReader(_Reader(self._sock, self._deadline, self._limit))

    def close(self) -> None:
        """Nothing: `http.client` closes its socket before it has read the answer."""


class _Reader(io.RawIOBase):
    def __init__(self, sock: socket.socket, deadline: Deadline, limit: int) -> None:
        self._sock, self._deadline, self._left = sock, deadline, limit

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._sock.settimeout(self._deadline.left())
        try:
            count = self._sock.recv_into(buffer)
        except TimeoutError:
            raise self._deadline.over() from None
        self._left -= count
        if self._left < 0:
            raise AnswerRefused("the answer is larger than is read")
        return count
