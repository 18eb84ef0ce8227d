"""Notices at once when another release becomes current: inotify on the state folder (Linux).

In: the state folder. Out: a descriptor to wait on. Where the kernel has no inotify (or no room for one more), there is
none, and whoever watches has to look by itself from time to time.
"""

import ctypes
import os
from contextlib import suppress
from pathlib import Path
from typing import Final

_CLOEXEC_NONBLOCK: Final = os.O_CLOEXEC | os.O_NONBLOCK
_MOVED_TO: Final = 0x80
_CREATE: Final = 0x100
_EVENTS: Final = 1 << 16


class Notice:
    """The watch on a folder; `descriptor` is None when there can be none."""

    def __init__(self, state: Path) -> None:
        self.descriptor = _watch(state)

    def heard(self) -> None:
        """Take what is there to be read, so that the next change is noticed."""
        if self.descriptor is not None:
            with suppress(BlockingIOError):
                while os.read(self.descriptor, _EVENTS):
                    pass

    def close(self) -> None:
        """Watch no longer."""
        if self.descriptor is not None:
            os.close(self.descriptor)
            self.descriptor = None


def _watch(folder: Path) -> int | None:
    try:
        library = ctypes.CDLL(None, use_errno=True)
        descriptor = int(library.inotify_init1(_CLOEXEC_NONBLOCK))
    except (OSError, AttributeError):
        return None
    if descriptor < 0:
        return None
    if library.inotify_add_watch(descriptor, os.fsencode(folder), _MOVED_TO | _CREATE) < 0:
        os.close(descriptor)
        return None
    return descriptor
