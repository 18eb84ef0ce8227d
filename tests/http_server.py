"""A server in processes of its own, started by the command, for tests over a real connection.

In: a state folder, the socket of a query service. Out: `Server.base`, the address it is served at.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx


class Server:
    """`wallograph serve` on a free port. The address is known before it is started: a release stands on it."""

    def __init__(self, root: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.base = f"http://127.0.0.1:{self.port}"
        self.root = root
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, state: Path, query_socket: str | None = None, **settings: object) -> None:
        """Start and wait until it answers. Settings are written as in `wallograph.settings`."""
        given = {"state": state, "port": self.port, **settings}
        if query_socket is not None:
            given["query_socket"] = query_socket
        environment = {f"WALLOGRAPH_{name.upper()}": str(value) for name, value in given.items()}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "wallograph", "serve"], env=os.environ | environment, stdout=subprocess.DEVNULL
        )
        limit = time.monotonic() + 90
        while True:
            assert self.process.poll() is None, "the server did not start"
            try:
                httpx.get(f"{self.base}/healthz")
                return
            except httpx.TransportError:
                assert time.monotonic() < limit
                time.sleep(0.05)

    def stop(self) -> None:
        """End it, with all its processes."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(20)


@contextmanager
def serving(root: Path) -> Iterator[Server]:
    """A server that is not started yet, and ends with the block."""
    server = Server(root)
    try:
        yield server
    finally:
        server.stop()
