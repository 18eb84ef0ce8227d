"""The delivery of webhooks beside `wallograph serve`: one thread, in the one process that gets the lock.

In: the settings. Out: portals are told of each new release; trouble is said once on standard error.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Final

from wallograph.errors import WallographError
from wallograph.outgoing.deliver import Deliverer, Say
from wallograph.outgoing.door import Door
from wallograph.outgoing.hooks import Hooks
from wallograph.outgoing.vault import Vault
from wallograph.pipeline.announce import announce
from wallograph.release.state import State
from wallograph.settings import Settings

_POLL: Final = 1.0
_LOCKED_POLL: Final = 10.0


@contextmanager
def delivering(settings: Settings, say: Say) -> Iterator[None]:
    """Deliver in the background, for the length of the block. Begin it when all forks are done."""
    end = Event()
    thread = Thread(target=_deliver, args=(settings, Once(say), end), daemon=True, name="webhooks")
    thread.start()
    try:
        yield
    finally:
        end.set()  # what is on its way is cut off with the process, and sent again by the next one
        thread.join(2 * _POLL)


class Once:
    """Says each sentence once."""

    def __init__(self, say: Say) -> None:
        self._say, self._said = say, set[str]()

    def __call__(self, text: str) -> None:
        if text not in self._said:
            self._said.add(text)
            self._say(text)


def _deliver(settings: Settings, say: Say, end: Event) -> None:
    hooks = Hooks(settings.state)
    while not end.is_set():
        if hooks.exists():
            _try(lambda: _locked(settings, hooks, say, end), say)
        end.wait(_LOCKED_POLL if hooks.exists() else _POLL)


def _locked(settings: Settings, hooks: Hooks, say: Say, end: Event) -> None:
    """Deliver until the end, if no other process does; a WallographError says why it cannot be done now."""
    with hooks.delivering() as mine:
        if mine:
            _run(settings, hooks, say, end)


def _run(settings: Settings, hooks: Hooks, say: Say, end: Event) -> None:
    state, deliverer = State(settings.state), deliverer_of(settings, hooks, say)
    while not end.is_set():
        _try(lambda: announce(state, hooks, time.time(), local=settings.webhook_local), say)
        _try(deliverer.start_due, say)  # also when a release cannot be told of
        deliverer.rest(_POLL)


def _try(call: Callable[[], object], say: Say) -> None:
    """Make a call; its trouble is said and not raised: the thread lives as long as the server."""
    try:
        call()
    except Exception as error:
        say(f"webhooks wait: {error if isinstance(error, WallographError) else type(error).__name__}")


def settings_of(state: Path) -> Settings:
    """The settings of the environment, for a state folder."""
    given = {"state": state}
    return Settings(**given)  # type: ignore[arg-type]


def deliverer_of(settings: Settings, hooks: Hooks, say: Say) -> Deliverer:
    """The deliverer of an installation; SecretKeyError if it has no key."""
    return Deliverer(hooks, Vault(settings.secret_keys()), Door(settings.outgoing()), say)
