"""Sends what is due to the portals: each hook in its own thread and in its own order, so that none waits for another.

In: the hooks with their messages, the vault, the door. Out: outcomes in the file, and one sentence for each hook that
is given up. A message that may have arrived before a crash is sent again, with the same id.
"""

import math
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from threading import Condition, Thread
from typing import Final

from wallograph.errors import OutgoingError, SecretKeyError, WallographError
from wallograph.outgoing.door import Door
from wallograph.outgoing.hooks import Delivery, Hook, Hooks
from wallograph.outgoing.signing import signed_headers
from wallograph.outgoing.vault import Vault

# Seconds to the next attempt after each that failed; after the last one the hook is disabled: three days and some.
SCHEDULE: Final = (5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400)
_AT_ONCE: Final = 8
_LONGEST_WAIT: Final = 86400
_JITTER: Final = 0.1
_OWN_TROUBLE: Final = 300.0
Say = Callable[[str], None]


def purpose(ident: str) -> str:
    """What the secrets of a hook are sealed for."""
    return f"webhook:{ident}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one attempt. `wait` is what the portal asks for, in seconds."""

    ok: bool
    told: str
    gone: bool = False
    wait: float = 0.0


def send(door: Door, vault: Vault, hook: Hook, message: str, body: bytes, now: float) -> Outcome:
    """Try once to send a message; SecretKeyError if the hook's secrets cannot be read."""
    kept = vault.open(purpose(hook.id), hook.sealed)
    headers = signed_headers(kept["key"], message, int(now), body)
    try:
        answer = door.post(kept["url"], body, headers, want_body=False)
    except OutgoingError as error:
        return Outcome(False, str(error))
    if 200 <= answer.status < 300:
        return Outcome(True, f"answered {answer.status}")
    return Outcome(False, f"answered {answer.status}", answer.status == 410, _asked_wait(answer.headers, now))


def _asked_wait(headers: Mapping[str, str], now: float) -> float:
    """What `Retry-After` says, at most a day."""
    text = headers.get("retry-after", "").strip()
    try:
        found = float(int(text)) if text.isdecimal() else parsedate_to_datetime(text).timestamp() - now
    except (ValueError, OverflowError, OSError):
        return 0.0
    return min(max(found, 0.0), _LONGEST_WAIT)


class Deliverer:
    """The one who delivers: `start_due()` as often as wished, and `rest()` between."""

    def __init__(
        self, hooks: Hooks, vault: Vault, door: Door, say: Say, *,
        schedule: tuple[float, ...] = SCHEDULE, clock: Callable[[], float] = time.time,
    ) -> None:  # fmt: skip
        self._hooks, self._vault, self._door, self._say = hooks, vault, door, say
        self._schedule, self._clock = schedule, clock
        self._busy: set[str] = set()
        self._not_before: dict[str, float] = {}  # hooks that cannot be served now, for a reason of our own
        self._change = Condition()

    def start_due(self) -> int:
        """Begin to send what is due, one message a hook; how many are on their way now."""
        now = self._clock()
        with self._change:
            for delivery in self._hooks.waiting():
                due = max(delivery.due, self._not_before.get(delivery.hook, 0.0))
                if due <= now and delivery.hook not in self._busy and len(self._busy) < _AT_ONCE:
                    self._busy.add(delivery.hook)
                    Thread(target=self._run, args=(delivery,), daemon=True, name="webhook").start()
            return len(self._busy)

    def rest(self, seconds: float) -> None:
        """Wait until one of those on their way is done, or the time is over."""
        with self._change:
            self._change.wait(seconds)

    def finish(self) -> None:
        """Send all that is due now, and wait for the outcomes."""
        while self.start_due():
            self.rest(0.2)

    def _run(self, delivery: Delivery) -> None:
        try:
            self._deliver(delivery)
        except SecretKeyError as error:
            self._trouble(delivery.hook, math.inf, str(error))
        except Exception as error:  # the file cannot be written, say: one hook must not end the others, nor be flooded
            told = str(error) if isinstance(error, WallographError) else type(error).__name__
            self._trouble(delivery.hook, self._clock() + _OWN_TROUBLE, told)
        finally:
            with self._change:
                self._busy.discard(delivery.hook)
                self._change.notify_all()

    def _trouble(self, ident: str, not_before: float, told: str) -> None:
        self._not_before[ident] = not_before
        self._say(f"webhook {ident}: {told}")

    def _deliver(self, delivery: Delivery) -> None:
        hook = self._hooks.get(delivery.hook)
        outcome = send(self._door, self._vault, hook, delivery.message, delivery.body, self._clock())
        now = self._clock()
        if outcome.ok:
            self._hooks.sent(delivery, now, outcome.told)
            return
        last = delivery.attempts >= len(self._schedule)
        pause = 0.0 if last else self._schedule[delivery.attempts] * (1 + _JITTER * random.random())
        self._hooks.failed(delivery, now, outcome.told, now + max(pause, outcome.wait))
        if outcome.gone:
            self._disable(hook, "the portal answered 410: it wants no more")
        elif last:
            self._disable(hook, f"gave up after {delivery.attempts + 1} attempts: {outcome.told}")

    def _disable(self, hook: Hook, why: str) -> None:
        self._hooks.disable(hook.id, why)
        self._say(f"webhook {hook.id} ({hook.shown}) is disabled: {why}")
