"""The process that publishes: `python -m wallograph.curation --state DIR [--die-with-parent]`.

In: the state folder, and on standard input, when `--given` is set, one line of JSON with the database (its URL may
hold a password, which has no place on a command line) and `kept_days`. Out: releases, until SIGTERM; trouble on
standard error.
"""

import argparse
import json
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from wallograph.curation.chores import Chores
from wallograph.curation.proposals import utc_now
from wallograph.curation.publisher import Stop
from wallograph.curation.publishing import run
from wallograph.curation.quota import KEPT_DAYS
from wallograph.curation.waking import End
from wallograph.database import Database
from wallograph.errors import StateError
from wallograph.release.state import State
from wallograph.store.sandbox import die_with_parent


def main(arguments: Sequence[str] | None = None, *, stop: Stop = lambda point: None) -> int:
    """The command line; `stop` is for tests, see `Publisher`."""
    parser = argparse.ArgumentParser(prog="wallograph.curation", description="Publish what curators accepted.")
    parser.add_argument("--state", type=Path, required=True, help="folder of the releases")
    parser.add_argument("--given", action="store_true", help='read {"url": …} of the database from standard input')
    parser.add_argument("--die-with-parent", action="store_true", help="stop when the starting process ends")
    given = parser.parse_args(arguments)
    if given.die_with_parent:
        die_with_parent(signal.SIGTERM)
    end = End()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: end.set())
    told = json.loads(sys.stdin.readline() or "{}") if given.given else {}
    url = str(told.get("url") or "")
    try:
        state = State(given.state.resolve())
        db = Database(url) if url else Database.of_folder(state.root)
        chores = Chores(db, state, int(told.get("kept_days") or KEPT_DAYS), now=utc_now, say=_say)
        run(db, state, end, now=utc_now, say=_say, stop=stop, chores=chores)
    except StateError as error:
        _say(str(error))
        return 1
    return 0


def _say(text: str) -> None:
    print(f"wallograph publisher: {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
