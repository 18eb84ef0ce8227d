"""The state folder of an installation: its numbered releases, which of them is current, and the one writer.

In: the folder. Out: `Release` values; a lock for whoever writes; a new release folder that appears whole or
not at all.
"""

import fcntl
import json
import os
import re
import shutil
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp
from threading import get_ident
from typing import IO, Any, Final

from wallograph.errors import NotFound, StateError

_NUMBER: Final = re.compile(r"[0-9]{6,}")
_TEMP: Final = ".tmp-"
_LOCK_TICK: Final = 0.02


@dataclass(frozen=True)
class Release:
    """One release: its number, its folder and its manifest. Nothing in the folder ever changes."""

    number: int
    folder: Path
    manifest: dict[str, Any] = field(compare=False, repr=False)

    @classmethod
    def open(cls, folder: Path) -> "Release":
        """Read the manifest of a release folder; StateError if it is damaged."""
        try:
            manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
            return cls(int(manifest["number"]), folder, manifest)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StateError(f"release '{folder.name}' has no readable manifest: {error}") from error

    @property
    def base(self) -> str:
        """The base that the IRIs of this release stand on."""
        return str(self.manifest["base"])

    @property
    def is_edition(self) -> bool:
        """An edition has graph.nq and all dumps; any other release has the patch against its parent."""
        return bool(self.manifest["kind"] == "edition")

    @property
    def store_path(self) -> Path:
        """The folder of the RDF store."""
        return self.folder / "store"

    @property
    def search_path(self) -> Path:
        """The search index."""
        return self.folder / "search.sqlite"

    @property
    def graph_path(self) -> Path:
        """The sorted N-Quads of an edition."""
        return self.folder / "graph.nq"

    @property
    def patch_path(self) -> Path:
        """The patch that made this release from its parent; absent in an edition."""
        return self.folder / "patch.rdfp"

    @property
    def dump_path(self) -> Path:
        """The folder of the dumps of an edition."""
        return self.folder / "dump"

    @property
    def parent_folder(self) -> Path | None:
        """The folder of the release that this one was made from by its patch; None for an edition."""
        number = self.manifest.get("parent")
        return None if number is None else self.folder.parent / f"{number:06d}"

    def parent(self) -> "Release | None":
        """The release that this one was made from by its patch; None for an edition."""
        folder = self.parent_folder
        return None if folder is None else Release.open(folder)


class State:
    """The state folder. Any number of readers, one writer at a time."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.releases = root / "releases"
        self._holder: int | None = None  # the thread that has the lock
        self._last: tuple[tuple[tuple[Path, int, int], Release], ...] = ()

    def numbers(self) -> list[int]:
        """The numbers of all releases, smallest first."""
        if not self.releases.is_dir():
            return []
        return sorted(int(p.name) for p in self.releases.iterdir() if _NUMBER.fullmatch(p.name))

    def get(self, number: int) -> Release:
        """The release with this number; NotFound if there is none."""
        folder = self.releases / f"{number:06d}"
        try:
            found = (folder / "manifest.json").stat()
        except OSError:
            if folder.is_dir():
                return Release.open(folder)  # says what is wrong
            raise NotFound(f"there is no release {number}") from None
        mark = folder, found.st_mtime_ns, found.st_ino
        last = self._last  # a manifest may be large: those of the last two are read once
        release = next((release for known, release in last if known == mark), None)
        if release is None:
            release = Release.open(folder)
            self._last = (*last[-1:], (mark, release))
        return release

    def current(self) -> Release | None:
        """The release that is published now; None when none was switched to yet."""
        link = self.root / "current"
        if not link.is_symlink():
            return None
        name = link.readlink().name
        if not _NUMBER.fullmatch(name) or not (self.releases / name).is_dir():
            raise StateError(f"'{link}' points to '{name}', which is no release")
        return self.get(int(name))

    def switch(self, number: int) -> Release:
        """Publish a release: readers see the one before or this one, never anything between."""
        release = self.get(number)
        # named by process, so that two writers cannot take each other's half-made link
        temp = self.root / f".current-{os.getpid()}"
        temp.unlink(missing_ok=True)
        temp.symlink_to(Path("releases") / release.folder.name)
        temp.replace(self.root / "current")
        _sync_folder(self.root)
        return release

    @contextmanager
    def writing(self, patience: float = 0.0) -> Iterator[None]:
        """Hold the writer's lock; StateError when another process or thread still holds it after so many seconds.

        Who holds it may take it again: what is read, made and switched to in one block has no other writer between.
        The kernel frees it when its holder dies.
        """
        if self._holder == get_ident():
            yield
            return
        self.releases.mkdir(parents=True, exist_ok=True)
        with (self.root / ".lock").open("ab") as lock:
            until = time.monotonic() + patience
            while not _locked(lock):
                if time.monotonic() >= until:
                    raise StateError(f"another process is writing to '{self.root}'; try again later")
                time.sleep(_LOCK_TICK)
            self._holder = get_ident()
            try:
                yield
            finally:
                self._holder = None

    def make(self, fill: Callable[[int, Path], None], known: Collection[int] = ()) -> Release:
        """Make the next release: `fill(number, folder)` writes into a hidden folder, which gets its name when
        it is whole and on the disk. Leftovers of writers that died are removed first. `known` are files (by inode)
        of an earlier release that are in it too: they are on the disk already."""
        with self.writing():
            for leftover in [*self.releases.glob(f"{_TEMP}*"), *self.root.glob(".current-*")]:
                shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()
            number = max(self.numbers(), default=0) + 1
            # a name of its own each time: a failed attempt may still hold its store open in this process
            temp = Path(mkdtemp(prefix=f"{_TEMP}{number:06d}-", dir=self.releases))
            temp.chmod(0o755)
            try:
                fill(number, temp)
                _sync_tree(temp, known)
                folder = self.releases / f"{number:06d}"
                temp.rename(folder)
            except BaseException:
                shutil.rmtree(temp, ignore_errors=True)
                raise
            _sync_folder(self.releases)
            return self.get(number)


def _locked(lock: IO[bytes]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def write_json(path: Path, value: object, *, indent: int | None = 1) -> None:
    """Write a JSON file that has the same bytes for the same value; without an indent four times as fast."""
    text = json.dumps(value, ensure_ascii=False, indent=indent, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8")


def _sync_tree(root: Path, known: Collection[int]) -> None:
    for folder, _, names in os.walk(root):
        for name in names:
            with (Path(folder) / name).open("rb") as file:
                if os.fstat(file.fileno()).st_ino not in known:
                    os.fsync(file.fileno())
        _sync_folder(Path(folder))


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
