"""A publisher that ends itself as `kill -9` does, at a point that the environment names: for tests only."""

import os
import signal
import sys

from wallograph.curation.__main__ import main


def stop(point: str) -> None:
    """End here when it is the point, and the time round, that was asked for."""
    global seen
    if point == os.environ.get("KILL_AT"):
        seen += 1
        if seen > int(os.environ.get("KILL_AFTER") or 0):
            os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    seen = 0
    sys.exit(main(stop=stop))
