"""The publisher beside `wallograph serve`: a process of its own, started again when it dies.

In: the settings. Out: what curators accept is published; that it died is said on standard error.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread
from typing import Final

from wallograph.settings import Settings

_FIRST_PAUSE: Final = 0.5
_LONGEST_PAUSE: Final = 30.0
_WELL: Final = 60.0  # seconds that it ran: then the next death is a new one
_END_PATIENCE: Final = 10.0


@contextmanager
def publishing(settings: Settings, say: Callable[[str], None]) -> Iterator[None]:
    """Publish in the background, for the length of the block. Begin it when all forks are done."""
    if not settings.publishing:
        yield
        return
    end = Event()
    # the kernel counts the thread that starts a process as its parent: it lives as long as the block
    thread = Thread(target=_keep, args=(settings, say, end), daemon=True, name="publisher")
    thread.start()
    try:
        yield
    finally:
        end.set()
        thread.join(_END_PATIENCE + 1)


def _keep(settings: Settings, say: Callable[[str], None], end: Event) -> None:
    pause = _FIRST_PAUSE
    while not end.is_set():
        began = time.monotonic()
        process = _start(settings)
        while process.poll() is None and not end.wait(0.1):
            pass
        if end.is_set():
            _stop(process)
            return
        pause = _FIRST_PAUSE if time.monotonic() - began > _WELL else min(2 * pause, _LONGEST_PAUSE)
        say(f"the publisher ended (exit {process.returncode}); it is started again in {pause:g} s")
        end.wait(pause)


def _start(settings: Settings) -> subprocess.Popen[bytes]:
    given = {"url": settings.database_url(), "kept_days": settings.proposal_kept_days}
    command = [sys.executable, "-m", "wallograph.curation", "--state", str(settings.state), "--given"]
    process = subprocess.Popen([*command, "--die-with-parent"], stdin=subprocess.PIPE)
    assert process.stdin is not None
    with suppress(BrokenPipeError):
        process.stdin.write(json.dumps(given).encode() + b"\n")
        process.stdin.close()
    return process


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_END_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()  # it goes on from there when it is started the next time
        process.wait()
