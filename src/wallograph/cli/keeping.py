"""The services that `wallograph serve` started, kept alive: one that dies is started again at the same socket.

In: the running services. Out: services that answer again; that one died is said on standard error.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import Event, Thread
from time import monotonic
from typing import Any, Final

from wallograph.store.starting import Running

_LOOK: Final = 0.1
_FIRST_PAUSE: Final = 0.5
_LONGEST_PAUSE: Final = 30.0
_WELL: Final = 60.0  # seconds that it ran: then the next death is a new one
_PATIENCE: Final = 5.0


@contextmanager
def keeping(services: Sequence[Running[Any]], say: Callable[[str], None]) -> Iterator[None]:
    """Start again what dies, for the length of the block. Begin it when all forks are done."""
    end = Event()
    # the kernel counts the thread that starts a process as its parent: these live as long as the block
    threads = [
        Thread(target=_keep, args=(service, say, end), daemon=True, name=f"{service.what} service")
        for service in services
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        end.set()
        for thread in threads:
            thread.join(_PATIENCE)


def _keep(service: Running[Any], say: Callable[[str], None], end: Event) -> None:
    pause, began = _FIRST_PAUSE, monotonic()
    while not end.wait(_LOOK):
        code = service.process.poll()
        if code is None:
            continue
        pause = _FIRST_PAUSE if monotonic() - began > _WELL else min(2 * pause, _LONGEST_PAUSE)
        say(f"the {service.what} service ended (exit {code}); it is started again in {pause:g} s")
        if end.wait(pause):
            return
        try:
            service.again()
        except OSError as error:  # no memory, no process: there may be some later
            say(f"the {service.what} service cannot be started: {error.strerror}")
        began = monotonic()
