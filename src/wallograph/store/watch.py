"""Waits for many sockets at once (epoll), and calls what was asked for when one of them has something.

In: sockets with a callable each. Out: calls, from `wait()`, in one thread.
"""

import select
import socket
from collections.abc import Callable


class Watch:
    """The sockets that are waited for. A socket is forgotten before it is closed."""

    def __init__(self) -> None:
        self._epoll = select.epoll()
        self._calls: dict[int, Callable[[], None]] = {}

    def readable(self, sock: socket.socket, call: Callable[[], None]) -> None:
        """Call when there is something to read, or the other side is gone."""
        self._set(sock, select.EPOLLIN, call)

    def hang_up(self, sock: socket.socket, call: Callable[[], None]) -> None:
        """Call when the other side is gone; what it sent stays for another reader."""
        self._set(sock, select.EPOLLRDHUP, call)

    def forget(self, sock: socket.socket) -> None:
        """Wait for it no longer; fine if it was not waited for."""
        if self._calls.pop(sock.fileno(), None) is not None:
            self._epoll.unregister(sock.fileno())

    def wait(self, seconds: float | None) -> None:
        """Wait until something happens or the time is over, and make the calls."""
        for number, _ in self._epoll.poll(seconds):
            call = self._calls.get(number)  # an earlier call may have forgotten it
            if call is not None:
                call()

    def _set(self, sock: socket.socket, events: int, call: Callable[[], None]) -> None:
        number = sock.fileno()
        if number in self._calls:
            self._epoll.modify(number, events)
        else:
            self._epoll.register(number, events)
        self._calls[number] = call
