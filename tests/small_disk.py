"""Disks that are full: a small tmpfs where it may be mounted, else a limit on the size of the files of a process.

In: a folder, and the processes that write there. Out: a disk without room, and room again. Both make the kernel refuse
real writes.
"""

import os
import resource
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol


class Disk(Protocol):
    """A disk that can be full."""

    def fill(self) -> None: ...

    def free(self) -> None: ...


class Small:
    """A tmpfs, filled by a file."""

    def __init__(self, folder: Path) -> None:
        self._filler = folder / "filler"

    def fill(self) -> None:
        with self._filler.open("ab", buffering=0) as file:
            for size in (1 << 20, 4096, 1):
                try:
                    while file.write(b"x" * size):
                        pass
                except OSError:
                    continue

    def free(self) -> None:
        self._filler.unlink(missing_ok=True)


class Limited:
    """No file of these processes may grow beyond a size."""

    def __init__(self, processes: Callable[[], list[int]], most: Callable[[], int]) -> None:
        self._processes, self._most = processes, most

    def fill(self) -> None:
        for pid in self._processes():
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (self._most(), resource.RLIM_INFINITY))

    def free(self) -> None:
        for pid in self._processes():
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def may_mount(folder: Path) -> bool:
    """Whether this machine lets us mount; WALLOGRAPH_NO_MOUNT=1 says no."""
    if os.environ.get("WALLOGRAPH_NO_MOUNT") or os.geteuid() != 0:
        return False
    with mounted(folder, 1) as done:
        return done


@contextmanager
def mounted(folder: Path, megabytes: int) -> Iterator[bool]:
    """Mount a tmpfs for the length of the block; whether it could be."""
    folder.mkdir(parents=True, exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=0700", "tmpfs", str(folder)]
    done = subprocess.run(command, capture_output=True).returncode == 0
    try:
        yield done
    finally:
        if done:
            subprocess.run(["umount", "-l", str(folder)], check=True)
