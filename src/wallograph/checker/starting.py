"""Starts the checking service as a process of its own.

In: the state folder, a socket path, limits. Out: a running service with its client.
"""

import json
from pathlib import Path

from wallograph.checker.client import CheckClient
from wallograph.checker.limits import CheckLimits
from wallograph.store.starting import Running, launch


def start_checks(
    state: Path, path: Path, limits: CheckLimits, *, allow_unsandboxed: bool = False, patience: float = 60.0
) -> Running[CheckClient]:
    """Start the service and wait until it answers; without patience it is left to who needs it (`Running.wait`).

    It ends with this process, whatever happens to it.
    """
    command = ["wallograph.checker", "--state", str(state), "--socket", str(path)]
    command += ["--limits", json.dumps(limits.as_dict())]
    if allow_unsandboxed:
        command.append("--allow-unsandboxed")
    running = launch("checking", command, CheckClient(path))
    if patience:
        running.wait(patience)
    return running
