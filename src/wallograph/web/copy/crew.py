"""The documents of a copy, written by several processes: each has an application of its own.

In: what the pages are, the paths of the documents. Out: their files, and for each batch what became of it. A file does
not depend on who writes it, so any number of processes makes the same copy.
"""

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Final

from wallograph.settings import Settings
from wallograph.vocab import LANGUAGES
from wallograph.web.app import create_app
from wallograph.web.copy.catalogue import Catalogue, Noted
from wallograph.web.copy.driver import Driver
from wallograph.web.copy.folder import Folder
from wallograph.web.copy.pages import Pages
from wallograph.web.copy.things import Things
from wallograph.web.site import Site

_BATCH: Final = 50  # documents
_AHEAD: Final = 2  # batches for each process that wait


@dataclass(frozen=True, slots=True)
class Order:
    """What each process begins with. All write the same release, whatever is published meanwhile."""

    settings: Settings
    root: Path
    release: int
    pages: dict[str, Noted]
    files: dict[str, str]


@dataclass(slots=True)
class Done:
    """What became of some documents."""

    documents: int = 0
    files: int = 0
    bytes: int = 0
    left: dict[str, str] = field(default_factory=dict)
    static: set[str] = field(default_factory=set)
    policies: dict[str, str] = field(default_factory=dict)


def application(settings: Settings, release: int = 0) -> tuple[Site, Driver]:
    """The application that a copy is made from; it stays with one release: the current one, or that of the number."""
    app = create_app(settings)
    site: Site = app.state.site
    site.templates.globals["static_copy"] = True
    site.hold(site.state.get(release) if release else site.now().release)
    return site, Driver(app)


def write_documents(order: Order, paths: Iterator[str], processes: int) -> Iterator[Done]:
    """Write the documents of these paths, by so many processes."""
    with ProcessPoolExecutor(
        processes, multiprocessing.get_context("spawn"), initializer=_begin, initargs=(order,)
    ) as pool:
        waiting: list[Future[Done]] = []
        while batch := list(islice(paths, _BATCH)):
            waiting.append(pool.submit(_write, batch))
            if len(waiting) > processes * _AHEAD:
                yield waiting.pop(0).result()
        for future in waiting:
            yield future.result()


class _Writer:
    """The one of this process."""

    def __init__(self, order: Order) -> None:
        site, driver = application(order.settings, order.release)
        self.catalogue = Catalogue(site.now(), pages=order.pages, files=order.files)
        self.folder = Folder(order.root, site.now().date)
        pages = Pages(driver, self.catalogue, site.prefix)
        away = {lang: site.messages(lang, "copy-not-here") for lang in LANGUAGES}
        self.things = Things(driver, self.catalogue, self.folder, pages, away)

    def write(self, paths: list[str]) -> Done:
        """Some documents."""
        tally, catalogue = self.folder.tally, self.catalogue
        files, size = tally.files, tally.bytes
        catalogue.left, catalogue.static = {}, set()
        written = sum(self.things.document(path) for path in paths)
        return Done(
            written, tally.files - files, tally.bytes - size, catalogue.left, catalogue.static, self.things.policies
        )


_writer: _Writer | None = None  # of a process of the pool


def _begin(order: Order) -> None:
    global _writer
    _writer = _Writer(order)


def _write(paths: list[str]) -> Done:
    assert _writer is not None  # _begin came first
    return _writer.write(paths)
