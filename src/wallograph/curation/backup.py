"""A backup of an installation, made while it serves and while curators decide.

In: the state folder, the database. Out: a folder or a `.tar` file with everything that cannot be made again: the
releases (editions, patches, dumps; stores and search indexes are made again), the registry, the files that proposals
came in, the webhooks, and every table of the database.

One consistent state: the current release is read first, then the database in one snapshot. What was published between
the two is in the snapshot as accepted and not yet published, so the restored installation publishes it again. Secrets
that are kept outside (WALLOGRAPH_SECRET_KEY) are in no backup.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from wallograph import __version__
from wallograph.curation import backup_archive as archive
from wallograph.curation.backup_tables import COMPONENTS, components, dump
from wallograph.curation.erase import DIGESTS, NOTICES, REGISTRY
from wallograph.curation.uploads import FOLDER as UPLOADS
from wallograph.database import Database
from wallograph.errors import StateError
from wallograph.journal.verify import Verified, verify_in
from wallograph.outgoing.hooks import NAME as WEBHOOKS
from wallograph.release.chain import lines
from wallograph.release.state import Release, State

FORMAT: Final = "wallograph-backup-1"
FILES: Final = (REGISTRY, NOTICES, DIGESTS)  # of the state folder itself
MADE_AGAIN: Final = ("store", "search.sqlite")  # of a release: from its edition and the patches since
Progress = Callable[[str, int, int | None], None]


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What a backup has. `manifest` is what it says of itself."""

    manifest: dict[str, Any]
    size: int

    @property
    def problems(self) -> list[str]:
        """What is wrong with the journal that was backed up."""
        return list(self.manifest["journal"]["problems"])


def back_up(
    state: State, db: Database | None, target: Path, *, now: datetime, force: bool = False,
    progress: Progress = lambda step, done, total: None,
) -> BackedUp:  # fmt: skip
    """Write a backup; `db` is None for an installation that has no journal yet."""
    with archive.writing(target, force=force) as out, TemporaryDirectory(dir=target.absolute().parent) as temp:
        webhooks = _webhooks(state, Path(temp))  # first: it names no release that is not backed up
        current = state.current()
        if current is None:
            raise StateError(f"no release in {state.root}: there is nothing to back up")
        numbers = state.numbers()
        database = _database(db, Path(temp), current.number)
        manifest = {
            "format": FORMAT,
            "made": now.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z",
            "version": __version__,
            "current": current.number,
            "releases": numbers,
            "dataset": dataset_digest(current),
            **database,
        }
        for done, number in enumerate(numbers):
            progress("releases", done, len(numbers))
            _release(state.get(number), out)
        progress("releases", len(numbers), len(numbers))
        for name in manifest["tables"]:
            out.add(f"{archive.TABLES}/{name}.jsonl", Path(temp) / f"{name}.jsonl")
        _others(state, webhooks, out)
        out.write(archive.MANIFEST, (json.dumps(manifest, indent=1, sort_keys=True) + "\n").encode())
    return BackedUp(manifest, out.size)


def dataset_digest(release: Release) -> str:
    """The SHA-256 of the sorted N-Quads of a release, from its edition and the patches since."""
    sha = sha256()
    for line in lines(release):
        sha.update(line)
    return sha.hexdigest()


def files_of(folder: Path) -> Iterator[Path]:
    """The files of a release that a backup has, below its folder."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if path.is_file() and parts[0] not in MADE_AGAIN and not any(part.startswith(".") for part in parts):
            yield path


def _release(release: Release, out: archive.Writer) -> None:
    """StateError when a file is not what its manifest says: damaged, or rewritten just now by an erasure."""
    known = {f"dump/{name}": facts for name, facts in release.manifest.get("dumps", {}).items()}
    known["graph.nq"] = release.manifest.get("graph", {})
    for path in files_of(release.folder):
        name = path.relative_to(release.folder).as_posix()
        found = out.add(f"releases/{release.folder.name}/{name}", path)
        if known.get(name, {}).get("sha256", found) != found:
            raise StateError(f"release {release.number} is damaged, or was changed just now: '{name}'")
    if Release.open(release.folder).manifest != release.manifest:
        raise StateError(f"release {release.number} was changed just now: make the backup again")


def _database(db: Database | None, folder: Path, newest: int) -> dict[str, Any]:
    if db is None:
        return {"components": {}, "tables": {}, "journal": _journal(Verified(0, "", (), ()))}
    with db.reading() as tx:
        done = components(tx)
        found = verify_in(tx) if "journal" in done else Verified(0, "", (), ())
        facts = dump(tx, folder, newest)
    return {"components": {name: done.get(name, 0) for name in COMPONENTS}, "tables": facts, "journal": _journal(found)}


def _journal(found: Verified) -> dict[str, Any]:
    return {"entries": found.entries, "head": found.head, "problems": [str(problem) for problem in found.problems]}


def _webhooks(state: State, folder: Path) -> Path | None:
    """A copy of the webhooks in one consistent state; their addresses and keys stay encrypted."""
    path = state.root / WEBHOOKS
    if not path.is_file():
        return None
    try:
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(folder / WEBHOOKS)) as copy:
            source.backup(copy)
    except sqlite3.Error as error:
        raise StateError(f"the webhooks cannot be backed up: {error}") from error
    return folder / WEBHOOKS


def _others(state: State, webhooks: Path | None, out: archive.Writer) -> None:
    if webhooks is not None:
        out.add(WEBHOOKS, webhooks)
    for name in FILES:
        if (state.root / name).is_file():
            out.add(name, state.root / name)
    folder = state.root / UPLOADS
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        if path.is_file() and not path.name.startswith("."):
            try:
                out.add(f"{UPLOADS}/{path.name}", path)
            except FileNotFoundError:
                continue  # its time was over while the backup was made
