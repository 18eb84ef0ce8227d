"""What the maker of releases keeps of the last one, so that the next one does not begin from nothing.

In: releases, one after the other. Out: the opened stores of a release, its chain of patches, its measured quality, the
outline of its hierarchies, a copy of its search index. All of it can be had from the release's folder too: with a
fresh `Kept` the same release comes out, byte by byte, only later.
"""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

from pyoxigraph import DefaultGraph, NamedNode, Store

from wallograph.release.census import Census
from wallograph.release.chain import Chain, chain
from wallograph.release.entries import HIERARCHY, Outline
from wallograph.release.quality import QUALITY_NAME
from wallograph.release.quality_text import Measurement
from wallograph.release.state import Release

_WORK: Final = ".work-"
_COPY: Final = "search.sqlite"
_DEFAULT: Final = DefaultGraph()
Mark = tuple[int, ...]


@dataclass(slots=True)
class Known:
    """What is known of one release; None where it was not asked for yet."""

    mark: Mark
    chain: Chain | None = None
    census: Census | None = None
    quality: Measurement | None = None
    above: dict[str, list[str]] | None = None
    before: Store | None = None
    files: frozenset[int] | None = None


class Kept:
    """What is kept. One thread uses it. With `work` a store stays open between two releases, in a folder of its own
    below the releases (their files are shared by hard links); without, each release opens its own."""

    def __init__(self, *, work: bool = False) -> None:
        self._work = work
        self._folder: Path | None = None
        self._store: Store | None = None
        self._at: Known | None = None
        self._copied: Mark | None = None

    def of(self, release: Release) -> Known:
        """What is known of a release; nothing when it is another one than the last, or was changed since."""
        mark = _mark(release)
        if self._at is None or self._at.mark != mark:
            self.forget()
            self._at = Known(mark)
        return self._at

    def forget(self) -> None:
        """Begin from nothing the next time."""
        self._at = self._store = self._copied = None
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    # -- what a release is

    def chain(self, release: Release) -> Chain:
        """Its edition and the patches since."""
        known = self.of(release)
        if known.chain is None:
            known.chain = chain(release)
        return known.chain

    def census(self, release: Release) -> Census:
        """Its counts, to be gone on with."""
        known = self.of(release)
        if known.census is None:
            known.census = Census.from_counts(release.manifest["counts"])
        return known.census.copy()

    def quality(self, release: Release) -> Measurement:
        """Its measured quality; the caller may change it, and gives it to `went_on`."""
        known = self.of(release)
        found, known.quality = known.quality, None
        return Measurement.read(release.folder / QUALITY_NAME) if found is None else found

    def before(self, release: Release) -> Store:
        """Its store, opened to be read: no trace is left in the folder."""
        known = self.of(release)
        if known.before is None:
            known.before = Store.read_only(str(release.store_path))
        return known.before

    def outline(self, release: Release) -> Outline:
        """What lies above what in it. Only what is no hierarchy may be noted in it."""
        known, model = self.of(release), release.manifest["search"]["model"]
        if known.above is None:
            known.above = outline_in(self.before(release), release.base, model).above
        return Outline(release.base, model, known.above)

    def files(self, release: Release) -> frozenset[int]:
        """The files of its store, which are on the disk: they need not be written out again."""
        known = self.of(release)
        if known.files is None:
            known.files = frozenset(entry.inode() for entry in os.scandir(release.store_path))
        return known.files

    # -- what the next one is made in

    def start(self, release: Release, folder: Path) -> Store:
        """A store with all of the release, to be changed into the next one, whose folder it is."""
        self.of(release)
        if self._store is not None:
            store, self._store = self._store, None  # back in `finish`: one that failed in between is not used again
            return store
        return self._opened(release, self._working(folder) if self._work else folder)

    def finish(self, store: Store, folder: Path) -> None:
        """The store is what the next release shall be: it is in the release's folder then."""
        if self._work:
            store.backup(str(folder / "store"))
            self._store = store
        else:
            store.flush()

    def search(self, release: Release, path: Path) -> None:
        """A copy of its search index."""
        if self._folder is not None and self._copied == self.of(release).mark:
            self._copied = None
            (self._folder / _COPY).rename(path)
        else:
            shutil.copyfile(release.search_path, path)

    def went_on(
        self, release: Release, chain_: Chain, census: Census, quality: Measurement | None, changed: bool
    ) -> None:  # fmt: skip
        """The next release stands; `changed` says that its hierarchies differ."""
        former = self._at
        above = former.above if former and not changed else None
        self._at = Known(_mark(release), chain_, census, quality, above)

    def prepare(self, release: Release) -> None:
        """Do now, while nobody waits, what the next release needs."""
        known = self.of(release)
        self.before(release)
        self.chain(release)
        self.census(release)
        self.outline(release)
        self.files(release)
        if known.quality is None and (release.folder / QUALITY_NAME).is_file():
            known.quality = self.quality(release)
        if self._work and self._store is None:
            self._store = self._opened(release, self._working(release.folder))
        if self._folder is not None and self._copied != known.mark:
            path = self._folder / _COPY
            shutil.copyfile(release.search_path, path)
            with path.open("rb") as file:
                os.fsync(file.fileno())
            self._copied = known.mark

    def _opened(self, release: Release, folder: Path) -> Store:
        self.before(release).backup(str(folder / "store"))
        return Store(str(folder / "store"))

    def _working(self, folder: Path) -> Path:
        for left in folder.parent.glob(f"{_WORK}*"):  # of a process that was killed; a living one has the lock we hold
            shutil.rmtree(left, ignore_errors=True)
        self._folder, self._copied = Path(mkdtemp(prefix=_WORK, dir=folder.parent)), None
        return self._folder


def outline_in(store: Store, base: str, model: bool) -> Outline:
    """The outline of a store."""
    found = Outline(base, model)
    for predicate in HIERARCHY:
        for quad in store.quads_for_pattern(None, NamedNode(predicate), None, _DEFAULT):
            found.note(quad)
    return found


def _mark(release: Release) -> Mark:
    """What changes when anybody rewrites a release (as an erasure does)."""
    found = [path.stat() for path in (release.folder, release.folder / "manifest.json", release.store_path)]
    return release.number, *(value for one in found for value in (one.st_ino, one.st_mtime_ns))
