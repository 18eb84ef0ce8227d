"""The folder that a copy is written into: it comes in empty or as a former copy left it; files go out.

Nothing is ever written through a symbolic link, over another file, or outside the folder. The new copy is made beside
the one that is there and takes its place when it is whole.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, Any, Final

from wallograph.errors import StateError

MARKER: Final = ".wallograph-copy.json"
SITE: Final = "site"
_FORMAT: Final = "wallograph static copy"
_NEW, _OLD = "site.new", "site.old"
_FILES: Final = ("nginx.conf", "apache.conf", "apache-merged.txt", "README.txt")
_DAY: Final = 86400


@dataclass(slots=True)
class Tally:
    """What was written."""

    files: int = 0
    bytes: int = 0


class Folder:
    """Writes the files of one copy. `date` is the day of the release, which the times of the files are made from."""

    def __init__(self, root: Path, date: str) -> None:
        self.root = root
        self.site = root / SITE
        self.tally = Tally()
        self._new = root / _NEW
        self._made: set[str] = set()
        self._day = int((datetime.fromisoformat(date).replace(tzinfo=UTC) - timedelta(days=1)).timestamp())

    def prepare(self) -> None:
        """Take the folder: empty, or marked by a former copy; StateError for any other."""
        if self.root.is_symlink():
            raise StateError(f"'{self.root}' is a symbolic link: name the folder itself")
        self.root.mkdir(parents=True, exist_ok=True)
        found = sorted(entry.name for entry in os.scandir(self.root))
        if found and not self._is_marked():
            raise StateError(f"'{self.root}' is not empty and holds no former copy: name an empty folder")
        for name in (MARKER, SITE, _NEW, _OLD, *_FILES):
            if (self.root / name).is_symlink():
                raise StateError(f"'{self.root / name}' is a symbolic link: nothing is written through it")
        self._mark()
        for leftover in (self._new, self.root / _OLD):
            if leftover.exists():
                shutil.rmtree(leftover)
        self._new.mkdir()

    def _is_marked(self) -> bool:
        marker = self.root / MARKER
        if marker.is_symlink() or not marker.is_file():
            return False
        try:
            found = json.loads(marker.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return False
        return isinstance(found, dict) and found.get("format") == _FORMAT

    def _mark(self, **facts: Any) -> None:
        text = json.dumps({"format": _FORMAT, **facts}, indent=1, sort_keys=True) + "\n"
        _replace(self.root / MARKER, text.encode())

    def finish(self, texts: dict[str, str], **facts: Any) -> None:
        """Put the copy in the place of the former one, then the files beside it."""
        if self.site.exists():
            self.site.rename(self.root / _OLD)
        self._new.rename(self.site)
        for name, text in texts.items():
            _replace(self.root / name, text.encode())
        self._mark(files=self.tally.files, bytes=self.tally.bytes, **facts)
        if (self.root / _OLD).exists():
            shutil.rmtree(self.root / _OLD)

    def write(self, name: str, body: bytes) -> None:
        """A file of the site; `name` came from `names.file_stem`."""
        with self.writing(name) as file:
            file.write(body)

    @contextmanager
    def writing(self, name: str) -> Iterator[IO[bytes]]:
        """A file of the site, written in pieces; StateError when there is one of this name already."""
        path = self._new / name
        parent = name.rpartition("/")[0]
        if parent not in self._made:
            path.parent.mkdir(parents=True, exist_ok=True)
            if len(self._made) > 10_000:  # bounded, however many folders there are
                self._made.clear()
            self._made.add(parent)
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o644)
        except FileExistsError as error:
            raise StateError(f"two addresses would be the file '{name}'") from error
        with os.fdopen(handle, "w+b") as file:
            yield file
            file.flush()
            size = file.tell()
            self._date(file)
        self.tally.files += 1
        self.tally.bytes += size

    def _date(self, file: IO[bytes]) -> None:
        """A time that follows from the content: web servers make their validators of time and size, so the same
        file has the same ETag on every mirror, and a file that changed has another."""
        file.seek(0)
        digest = hashlib.sha256()
        while piece := file.read(1 << 20):
            digest.update(piece)
        seconds = int.from_bytes(digest.digest()[:4], "big") % _DAY
        os.utime(file.fileno(), (self._day + seconds, self._day + seconds))


def _replace(path: Path, body: bytes) -> None:
    temporary = path.with_name(path.name + ".new")
    temporary.unlink(missing_ok=True)
    with temporary.open("xb") as file:
        file.write(body)
    temporary.replace(path)
