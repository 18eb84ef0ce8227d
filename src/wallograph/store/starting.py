"""Starts the query service as a process of its own, and stops it.

In: the state folder, a socket path, limits. Out: a `RunningService` with a client that is ready to be asked.
"""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

from wallograph.errors import StateError, WallographError
from wallograph.store.client import QueryClient
from wallograph.store.limits import Limits

_TICK: Final = 0.02
_LONGEST_PATH: Final = 107  # of a Unix socket, in bytes


class RunningService:
    """A query service that this process started; use it in a `with` statement, or call `stop()`."""

    def __init__(self, process: subprocess.Popen[bytes], client: QueryClient) -> None:
        self.process, self.client = process, client

    def stop(self) -> None:
        """End the service and all its workers."""
        if self.process.poll() is None:
            self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def __enter__(self) -> "RunningService":
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def start_service(
    state: Path, path: Path, limits: Limits, *, allow_unsandboxed: bool = False, patience: float = 60.0
) -> RunningService:
    """Start the service and wait until it answers. It ends with this process, whatever happens to it.

    Call it from a thread that lives as long as the process: the kernel counts the thread as the parent.
    """
    if len(str(path).encode()) > _LONGEST_PATH:
        raise StateError(f"the path of the socket is too long for the system: {path}")
    command = [sys.executable, "-m", "wallograph.store.service", "--die-with-parent"]
    command += ["--state", str(state), "--socket", str(path), "--limits", json.dumps(limits.as_dict())]
    if allow_unsandboxed:
        command.append("--allow-unsandboxed")
    service = RunningService(subprocess.Popen(command), QueryClient(path))
    try:
        _wait(service, patience)
    except BaseException:
        service.stop()
        raise
    return service


def _wait(service: RunningService, patience: float) -> None:
    until = time.monotonic() + patience
    probe = QueryClient(Path(service.client.path), patience=patience)
    while True:
        if service.process.poll() is not None:
            raise StateError("the query service did not start: see what it wrote before")
        try:
            probe.status()
            return
        except WallographError:
            if time.monotonic() > until:
                raise
            time.sleep(_TICK)
