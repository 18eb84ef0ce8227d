"""The files that proposals came in: kept beside the database until some days after the decision.

In: a folder, the id of a proposal, bytes. Out: the bytes again. A file is on the disk before the proposal that names
it is; what no proposal names is swept away.
"""

import contextlib
import os
import secrets
from collections.abc import Collection
from pathlib import Path
from typing import Final

from wallograph.errors import NotFound, StateError

FOLDER: Final = "uploads"  # in the state folder


class Uploads:
    """A folder of files, by the id of their proposal. Safe in several threads and processes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, name: str, content: bytes) -> None:
        """Write a file to the disk; StateError when there is no room."""
        temporary = self.folder / f".{secrets.token_hex(8)}.tmp"
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(self.folder / name)
            folder = os.open(self.folder, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
        except OSError as error:
            self._quietly(temporary)
            raise StateError(f"the file cannot be kept: {error.strerror}") from error

    def get(self, name: str) -> bytes:
        """The bytes; NotFound when they were deleted."""
        try:
            return (self.folder / name).read_bytes()
        except FileNotFoundError as error:
            raise NotFound("the file of this proposal was deleted") from error
        except OSError as error:
            raise StateError(f"the file cannot be read: {error.strerror}") from error

    def drop(self, name: str) -> None:
        """Delete a file, if it is there."""
        self._quietly(self.folder / name)

    def sweep(self, wanted: Collection[str], before: float) -> int:
        """Delete what is older than a moment and none of the wanted; gives how many."""
        count = 0
        for path in [*self.folder.iterdir()] if self.folder.is_dir() else []:
            if path.name not in wanted and self._age(path) < before:
                self._quietly(path)
                count += 1
        return count

    def _age(self, path: Path) -> float:
        try:
            return path.stat().st_mtime
        except OSError:
            return float("inf")

    def _quietly(self, path: Path) -> None:
        with contextlib.suppress(OSError):  # the next sweep comes by again
            path.unlink(missing_ok=True)
