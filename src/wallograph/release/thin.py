"""Thinning: releases between editions lose what can be made again, and get it back on request (design M1).

In: the state. Out: release folders without a store and a search index, later with a store again, made from the
edition and the patches since. What identifies a release (manifest, patch, report) always stays.

`python -m wallograph.release.thin --state DIR --number N` makes one again, in a process of its own.
"""

import argparse
import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock, Thread
from typing import Final

from wallograph.errors import WallographError
from wallograph.release.census import Census, public_triples
from wallograph.release.chain import lines
from wallograph.release.edition import build_store
from wallograph.release.graphfile import read_lines, write_lines
from wallograph.release.state import Release, State

_MARK: Final = ".remade"  # beside a store that was made again: it may go again
_LOW_PRIORITY: Final = 10
_remaking: Final[dict[Path, Thread]] = {}  # by state folder, what waits for the process that was started last
_starting: Final = Lock()


def is_thinned(release: Release) -> bool:
    """Whether its store has to be made again before it can be asked."""
    return not release.store_path.is_dir()


def thin(state: State) -> list[int]:
    """Take the store and the index from every release but the editions and the current one; gives the numbers."""
    with state.writing():
        current = state.current()
        found = [state.get(number) for number in state.numbers()]
        # what is newer than the current release may be on its way to become it
        old = [r for r in found if current and r.number < current.number and not r.is_edition]
        thinned = [release.number for release in old if not is_thinned(release)]
        for release in old:
            _strip(release)
    return thinned


def remake(state: State, number: int, *, keep: int) -> bool:
    """Make the store of a thinned release again; at most `keep` such stores stay.

    False when another process makes one just now: one at a time.
    """
    release = state.get(number)
    with _alone(state) as free:
        if not free or not is_thinned(release):
            return free
        for leftover in state.root.glob(".remaking-*"):
            shutil.rmtree(leftover)
        with TemporaryDirectory(prefix=".remaking-", dir=state.root) as temp:
            graph, triples = Path(temp) / "graph.nq", Path(temp) / "graph.nt"
            write_lines(lines(release), graph)
            private = frozenset(release.manifest["private_graphs"])
            write_lines(public_triples(read_lines(graph), private, Census()), triples)
            build_store(Path(temp) / "store", graph, triples, lambda *_: None)
            (Path(temp) / "store").rename(release.store_path)
        (release.folder / _MARK).touch()
        _forget(state, number, keep)
        return True


def remake_apart(state: State, number: int, *, keep: int) -> None:
    """The same in a process of its own with low priority; returns at once.

    One at a time: whoever asks meanwhile starts nothing, and asks again.
    """
    command = [sys.executable, "-m", "wallograph.release.thin", "--state", str(state.root)]
    command += ["--number", str(number), "--keep", str(keep)]
    with _starting, _alone(state) as free:
        former = _remaking.get(state.root)
        if free and not (former and former.is_alive()):
            _remaking[state.root] = Thread(target=subprocess.run, args=(command,), daemon=True, name="remake")
            _remaking[state.root].start()


def _forget(state: State, number: int, keep: int) -> None:
    """Take the oldest of the stores that were made again, this one last."""
    made = [state.releases / f"{n:06d}" / _MARK for n in state.numbers() if n != number]
    made = sorted((mark for mark in made if mark.exists()), key=lambda mark: mark.stat().st_mtime)
    for mark in made[: max(0, len(made) - keep + 1)]:
        _strip(Release.open(mark.parent))


def _strip(release: Release) -> None:
    # under another name first: whoever opens the store finds all of it or none
    hidden = release.folder / ".store-thinned"
    if release.store_path.is_dir():
        release.store_path.rename(hidden)
    shutil.rmtree(hidden, ignore_errors=True)
    release.search_path.unlink(missing_ok=True)
    (release.folder / _MARK).unlink(missing_ok=True)


@contextmanager
def _alone(state: State) -> Iterator[bool]:
    with (state.root / ".remake.lock").open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        yield True


def main(arguments: list[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="wallograph.release.thin", description="Make a thinned release again.")
    parser.add_argument("--state", type=Path, required=True, help="folder of the releases")
    parser.add_argument("--number", type=int, required=True, help="the release")
    parser.add_argument("--keep", type=int, default=4, help="how many such releases stay")
    given = parser.parse_args(arguments)
    os.nice(_LOW_PRIORITY)
    try:
        remake(State(given.state), given.number, keep=given.keep)
    except (WallographError, OSError) as error:
        print(f"wallograph: release {given.number} cannot be made again: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
