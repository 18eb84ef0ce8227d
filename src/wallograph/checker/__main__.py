"""`python -m wallograph.checker`: the checking service on a Unix socket, until SIGTERM.

In: the state folder, a socket path, limits. Out: answers to `checker.client.CheckClient`.
"""

import argparse
import json
import signal
import sys
from pathlib import Path

from wallograph.checker.job import CheckJob
from wallograph.checker.limits import CheckLimits
from wallograph.checker.service import serve_checks
from wallograph.errors import WallographError
from wallograph.store.sandbox import die_with_parent


def main(arguments: list[str] | None = None) -> int:
    """Load what is known, then serve."""
    parser = argparse.ArgumentParser(prog="wallograph.checker", description="Check files on a Unix socket.")
    parser.add_argument("--state", type=Path, required=True, help="folder of the releases")
    parser.add_argument("--socket", type=Path, required=True, help="where to listen")
    parser.add_argument("--limits", type=json.loads, default={}, help="JSON object of checker.limits.CheckLimits")
    parser.add_argument("--allow-unsandboxed", action="store_true", help="start without the seccomp filter")
    parser.add_argument("--die-with-parent", action="store_true", help="stop when the starting process ends")
    given = parser.parse_args(arguments)
    if given.die_with_parent:
        die_with_parent(signal.SIGTERM)
    try:
        limits = CheckLimits(**given.limits)
        job = CheckJob(given.state, limits)
        serve_checks(given.socket, job, limits, allow_unsandboxed=given.allow_unsandboxed)
    except WallographError as error:
        print(f"wallograph: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
