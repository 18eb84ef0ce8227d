"""Starts the query service as a process of its own, and stops it; `launch` does so for any service like it.

In: the state folder, a socket path, limits. Out: a `RunningService` with a client that is ready to be asked.
"""

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, Generic, Protocol, TypeVar

from wallograph.errors import StateError, WallographError
from wallograph.store.client import QueryClient
from wallograph.store.limits import Limits

_TICK: Final = 0.02
_LONGEST_PATH: Final = 107  # of a Unix socket, in bytes


class Client(Protocol):
    """Who asks a service at a Unix socket."""

    path: str

    def status(self) -> dict[str, Any]:
        """What the service is; an error of wallograph as long as it does not answer."""
        ...  # pragma: no cover


C = TypeVar("C", bound=Client)


class Running(Generic[C]):
    """A service that this process started; use it in a `with` statement, or call `stop()`."""

    def __init__(
        self, process: subprocess.Popen[bytes], client: C, what: str = "", command: Sequence[str] = ()
    ) -> None:
        self.process, self.client, self.what, self.command = process, client, what, tuple(command)

    def again(self) -> None:
        """Start it once more, when it is no more; who asks waits, or is told to."""
        self.process = subprocess.Popen(self.command)

    def wait(self, patience: float) -> None:
        """Wait until it answers; what does not is stopped."""
        until = time.monotonic() + patience
        try:
            while not self._answers(until):
                time.sleep(_TICK)
        except BaseException:
            self.stop()
            raise

    def _answers(self, until: float) -> bool:
        if self.process.poll() is not None:
            raise StateError(f"the {self.what} service did not start: see what it wrote before")
        try:
            self.client.status()
            return True
        except WallographError:
            if time.monotonic() > until:
                raise
            return False

    def stop(self) -> None:
        """End the service and all its workers."""
        if self.process.poll() is None:
            self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def __enter__(self) -> "Running[C]":
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


RunningService = Running[QueryClient]


def start_service(
    state: Path, path: Path, limits: Limits, *, allow_unsandboxed: bool = False, patience: float = 60.0
) -> RunningService:
    """Start the query service and wait until it answers."""
    command = ["wallograph.store.service", "--state", str(state), "--socket", str(path)]
    command += ["--limits", json.dumps(limits.as_dict())]
    if allow_unsandboxed:
        command.append("--allow-unsandboxed")
    running = launch("query", command, QueryClient(path))
    running.wait(patience)
    return running


def launch(what: str, command: list[str], client: C) -> Running[C]:
    """Start `python -m command…`; whoever needs it waits. It ends with this process, whatever happens to it.

    Call it from a thread that lives as long as the process: the kernel counts the thread as the parent.
    """
    if len(client.path.encode()) > _LONGEST_PATH:
        raise StateError(f"the path of the socket is too long for the system: {client.path}")
    whole = [sys.executable, "-m", *command, "--die-with-parent"]
    return Running(subprocess.Popen(whole), client, what, whole)
