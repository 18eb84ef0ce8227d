"""A folder for the sockets of one `wallograph serve`, among the temporary files; those of killed ones go away.

In: nothing. Out: a folder for this user alone, until the end of the block.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

_PREFIX: Final = "wallograph-"
_HELD: Final = ".held"


@contextmanager
def private_folder() -> Iterator[Path]:
    """Make a folder. It is held by a lock that the kernel frees when this process ends, however it ends."""
    _sweep(Path(tempfile.gettempdir()))
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
    coming = folder / f"{_HELD}-"
    with coming.open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        coming.rename(folder / _HELD)  # with this name it is looked at by others: only when it is held
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _sweep(among: Path) -> None:
    """Remove what killed servers of this user left."""
    for held in among.glob(f"{_PREFIX}*/{_HELD}"):
        with suppress(OSError):
            if held.parent.is_symlink() or held.parent.stat().st_uid != os.geteuid():
                continue
            with held.open("ab") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(held.parent, ignore_errors=True)
