"""One opened release: what a request reads, from its beginning to its end.

In: a release, and the one that was opened before. Out: `Published`. What a patch has nothing to do with goes over from
the former release, so that readers do not pay for a change somewhere else.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from pyoxigraph import Quad

from wallograph.errors import StateError
from wallograph.publish.documents import Neighbours
from wallograph.publish.page_graph import PageGraph
from wallograph.release.patch import parse_patch
from wallograph.release.state import Release
from wallograph.store.embedded import ReadStore
from wallograph.store.search import SearchIndex
from wallograph.vocab import CC_BY
from wallograph.web.byte_cache import ByteCache

_LARGEST: Final = 200_000  # bytes of patches: more change so much that it is better looked up anew
_FURTHEST: Final = 8  # releases


@dataclass(frozen=True)
class Published:
    """One opened release. A request takes it once and reads nothing else."""

    release: Release
    store: ReadStore
    search: SearchIndex
    documents: ByteCache
    pages: PageGraph
    redirects: dict[str, str] = field(default_factory=dict)
    gone: dict[str, Any] = field(default_factory=dict)
    neighbours: Neighbours = field(default_factory=Neighbours)
    inode: int = 0  # of the release's folder: one that was made again has another

    @property
    def number(self) -> int:
        """The number of the release."""
        return self.release.number

    @property
    def base(self) -> str:
        """The base of its IRIs, without a slash at the end."""
        return self.release.base

    @property
    def manifest(self) -> dict[str, Any]:
        """Its counts, hashes and date."""
        return self.release.manifest

    @property
    def date(self) -> str:
        """The day of its edition, YYYY-MM-DD."""
        return str(self.manifest.get("date", ""))

    @property
    def made(self) -> float:
        """When the release was made, in seconds of the epoch: for HTTP only, it stands in no document."""
        return (self.release.folder / "manifest.json").stat().st_mtime

    @property
    def license(self) -> str | None:
        """What the documents may be used under; None when the manifest says that it is not known."""
        return self.manifest.get("license", CC_BY)


def open_release(release: Release, former: Published | None, room: int) -> Published:
    """Open a release. `former` is another opened one, often its parent; `room` is for documents, in bytes."""
    store = ReadStore(release.store_path)
    changed = None if former is None else changed_since(release, former)
    if former is None or changed is None:
        pages, neighbours = PageGraph(store, release.base), Neighbours()
    else:
        pages, neighbours = former.pages.after(store, changed), former.neighbours.after(changed)
    return Published(
        release=release,
        store=store,
        search=SearchIndex(release.search_path),
        documents=ByteCache(room),
        pages=pages,
        redirects=_json(release.folder / "redirects.json"),
        gone=_json(release.folder / "gone.json"),
        neighbours=neighbours,
        inode=release.folder.stat().st_ino,
    )


def changed_since(release: Release, former: Published) -> list[Quad] | None:
    """What the patches changed between two releases; None where no few patches lead from one to the other."""
    found: list[Quad] = []
    room = _LARGEST
    for _ in range(_FURTHEST):
        if release.number == former.number:
            return found if release.folder.stat().st_ino == former.inode else None  # else it was made again
        if release.is_edition or release.number < former.number:
            return None
        try:
            text = release.patch_path.read_text(encoding="utf-8")
            # its manifest, which may be long, is known when it is the former one
            before = former.release if release.parent_folder == former.release.folder else release.parent()
        except (OSError, StateError):  # it is being made again
            return None
        room -= len(text)
        if before is None or room < 0:
            return None
        patch = parse_patch(text)
        found += [*patch.adds, *patch.deletes]
        release = before
    return None


def _json(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    found = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(found, dict):
        raise StateError(f"{path.name} of the release is not a JSON object")
    return found
