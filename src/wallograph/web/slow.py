"""Work that takes long and that strangers can ask for: a call comes in, its result goes out, from threads of its own.

The threads that answer everything else are never taken by it. Few run at a time, some wait, more are refused.
"""

from collections.abc import Callable
from typing import Final, TypeVar

from anyio import CapacityLimiter, to_thread

from wallograph.errors import LoginThrottled

_WAITING: Final = 16
_T = TypeVar("_T")


class Slow:
    """So many threads at most."""

    def __init__(self, threads: int, waiting: int = _WAITING) -> None:
        self._limiter = CapacityLimiter(threads)
        self._most, self._taken = threads + waiting, 0

    async def run(self, call: Callable[..., _T], *arguments: object) -> _T:
        """Make a call; LoginThrottled when too many wait already."""
        if self._taken >= self._most:
            raise LoginThrottled("too many people log in at the moment", retry_after=5)
        self._taken += 1
        try:
            return await to_thread.run_sync(call, *arguments, limiter=self._limiter)
        finally:
            self._taken -= 1
