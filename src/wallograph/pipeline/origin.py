"""What an edition was built from: the folder of its sources, and whether that is still the same.

In: a data folder when an edition is built; its release later. Out: `origin.json`; the folder, or a clear error when it
is gone or was changed since. Decisions on identity emit records again, so they need the very sources of the edition.
"""

import hashlib
import json
from pathlib import Path
from typing import Any, Final

from wallograph.errors import StateError
from wallograph.release.state import Release, State
from wallograph.resources import data_dir

ORIGIN: Final = "origin.json"
_PROPOSALS: Final = "proposals"  # what was exported out of the journal: no source


def origin(data: Path) -> dict[str, str]:
    """What `origin.json` says: the folder ("" for the shipped one) and the digest of its files."""
    shipped = data.resolve() == data_dir().resolve()
    return {"data": "" if shipped else str(data.resolve()), "digest": digest_of(data)}


def digest_of(data: Path) -> str:
    """SHA-256 over the names and bytes of all sources."""
    found = hashlib.sha256()
    for path in sorted(path for path in data.rglob("*") if path.is_file()):
        name = path.relative_to(data)
        if name.parts[0] != _PROPOSALS:
            content = path.read_bytes()
            found.update(f"{name.as_posix()}\0{len(content)}\0".encode() + content)
    return found.hexdigest()


def sources_of(state: State, release: Release) -> Path:
    """The folder of sources that a release goes back to, unchanged. StateError says what is missing."""
    edition = state.get(int(release.manifest.get("edition") or release.number))
    said = _said(edition)
    data = Path(said["data"]) if said["data"] else data_dir()
    if not data.is_dir():
        raise StateError(f"the sources of edition {edition.number} are not there any more: {data}")
    if digest_of(data) != said["digest"]:
        raise StateError(
            f"the sources in {data} were changed since edition {edition.number} was built: build a new edition first"
        )
    return data


def _said(edition: Release) -> dict[str, Any]:
    path = edition.folder / ORIGIN
    if not path.is_file():
        raise StateError(
            f"edition {edition.number} has no records to decide on: it was made of RDF files, or by an older version "
            "of wallograph (then build a new edition)"
        )
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found
