"""The door of a pool: takes connections and keeps each of them until its first byte is there.

In: a listening socket. Out: a call with each client and the first byte it sent (none: it went away). What was taken
before the door closed is still heard: no other process can answer it any more.
"""

import socket
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from wallograph.store.watch import Watch


class Door:
    """Connections of which nothing is known yet."""

    def __init__(
        self, listener: socket.socket, watch: Watch, heard: Callable[[socket.socket, bytes], None], patience: float
    ) -> None:
        self.listener, self.watch, self.heard, self.patience = listener, watch, heard, patience
        self.silent: dict[socket.socket, float] = {}  # since when
        self.closed = False
        listener.setblocking(False)
        watch.readable(listener, self._accept)

    def close(self) -> None:
        """Take no more; who is inside stays."""
        self.closed = True
        self.watch.forget(self.listener)

    def due(self) -> list[float]:
        """When somebody has been silent for too long."""
        return [since + self.patience for since in list(self.silent.values())[:1]]

    def look(self, now: float) -> None:
        """Send away who has said nothing for `patience` seconds."""
        for client in [client for client, since in self.silent.items() if since + self.patience <= now]:
            self._leave(client)
            client.close()

    def _accept(self) -> None:
        with suppress(BlockingIOError, ConnectionError):
            while not self.closed:
                client, _ = self.listener.accept()
                client.setblocking(False)
                self.silent[client] = time.monotonic()
                self._hear(client)

    def _hear(self, client: socket.socket) -> None:
        try:
            said = client.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            self.watch.readable(client, partial(self._hear, client))
            return
        except ConnectionError:
            said = b""
        self._leave(client)
        self.heard(client, said)

    def _leave(self, client: socket.socket) -> None:
        self.watch.forget(client)
        self.silent.pop(client, None)
