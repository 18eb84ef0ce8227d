"""An installation from its backup: elsewhere, or in the place of one that is lost.

In: a backup, a state folder, a database of either kind. Out: the same releases, registry, proposals, decisions and
accounts. All of the backup is checked before anything is written, and nothing that is there is overwritten unless
that is asked for. Stores and search indexes are made again from the editions and patches.
"""

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import Any, Final

from wallograph.curation import backup_archive as archive
from wallograph.curation.backup import FILES, FORMAT, UPLOADS, WEBHOOKS, Progress
from wallograph.curation.backup_tables import COMPONENTS, components, is_empty, load
from wallograph.database import Database
from wallograph.errors import InputError, StateError
from wallograph.journal.verify import verify_in
from wallograph.release.census import Census, public_triples
from wallograph.release.chain import lines
from wallograph.release.edition import build_index, build_store
from wallograph.release.graphfile import read_lines, write_lines
from wallograph.release.state import Release, State

_TEMP: Final = ".restoring-"
_RELEASE: Final = re.compile(r"releases/([0-9]{6,})/.*")


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored, by the manifest of its backup."""

    manifest: dict[str, Any]


def restore(
    source: Path, state: State, db: Database, *, force: bool = False,
    progress: Progress = lambda step, done, total: None,
) -> Restored:  # fmt: skip
    """Restore a backup. InputError for a damaged one; StateError for a place that is not empty."""
    with archive.reading(source) as backup:
        manifest = _manifest(backup)
        _refuse(state, db, force)
        try:
            with state.writing():
                for leftover in state.root.glob(f"{_TEMP}*"):
                    shutil.rmtree(leftover)
                temp = Path(mkdtemp(prefix=_TEMP, dir=state.root))
                try:
                    _fill(backup, temp, manifest, progress)
                    progress("database", 0, 1)
                    _database(backup, db, manifest)
                    _replace(state, temp)
                    state.switch(manifest["current"])
                    progress("database", 1, 1)
                    if force:  # what was replaced is not to stay in the files
                        db.scrub(*manifest["tables"])
                finally:
                    shutil.rmtree(temp, ignore_errors=True)
        except OSError as error:
            raise StateError(f"the backup cannot be restored: {error.strerror or error}") from error
    return Restored(manifest)


def _manifest(backup: archive.Reader) -> dict[str, Any]:
    try:
        with backup.open(archive.MANIFEST) as file:
            manifest = json.loads(file.read())
        if manifest["format"] != FORMAT:
            raise InputError(f"the backup has the format '{manifest['format']}'; this version reads '{FORMAT}'")
        wanted = {int(number) for number in manifest["releases"]}
        newer = [name for name, done in manifest["components"].items() if done > len(COMPONENTS.get(name, ()))]
        files = {f"{archive.TABLES}/{name}.jsonl" for name in manifest["tables"]}
        current = manifest["current"]
    except (KeyError, TypeError, ValueError, OSError) as error:
        raise InputError("the backup is damaged: its manifest cannot be read") from error
    if newer:
        raise InputError(f"the backup was made by a newer version of wallograph ({', '.join(sorted(newer))})")
    found = {int(match[1]) for name in backup.sums if (match := _RELEASE.fullmatch(name))}
    if found != wanted or current not in wanted:
        raise InputError("the backup is damaged: its releases are not those of its manifest")
    if files != {name for name in backup.sums if name.startswith(f"{archive.TABLES}/")}:
        raise InputError("the backup is damaged: its tables are not those of its manifest")
    return dict(manifest)


def _refuse(state: State, db: Database, force: bool) -> None:
    """StateError when something would be overwritten."""
    if force:
        return
    there = [name for name in (*FILES, UPLOADS, WEBHOOKS, "current") if (state.root / name).exists()]
    if state.numbers() or there or (state.root / "current").is_symlink():
        raise StateError(f"'{state.root}' is in use already; --force replaces what is in it")
    if db.path is None or db.path.is_file():
        with db.reading() as tx:
            components(tx)
            if not is_empty(tx):
                raise StateError("the database is in use already; --force replaces what is in it")


def _fill(backup: archive.Reader, temp: Path, manifest: dict[str, Any], progress: Progress) -> None:
    """Everything but the database, in a folder of its own; InputError unless the graph is that of the backup."""
    names = [name for name in backup.sums if not name.startswith(f"{archive.TABLES}/") and name != archive.MANIFEST]
    for done, name in enumerate(names):
        progress("files", done, len(names))
        backup.copy(name, temp / name)
        if not name.startswith("releases/") and name not in FILES:
            (temp / name).chmod(0o600)
    progress("files", len(names), len(names))
    if (temp / UPLOADS).is_dir():
        (temp / UPLOADS).chmod(0o700)
    restored = State(temp)
    for number in restored.numbers():
        release = restored.get(number)
        if release.is_edition or number == manifest["current"]:
            progress(f"store {number}", 0, 1)
            found = _make_again(release, temp)
            if number == manifest["current"] and found != manifest["dataset"]:
                raise InputError("the backup is damaged: the graph of its current release is not what was backed up")


def _make_again(release: Release, folder: Path) -> str:
    """The store and the search index of a release; gives the digest of its quads."""
    with TemporaryDirectory(dir=folder) as temp:
        graph, triples = Path(temp) / "graph.nq", Path(temp) / "graph.nt"
        facts = write_lines(lines(release), graph)
        private = frozenset(release.manifest["private_graphs"])
        write_lines(public_triples(read_lines(graph), private, Census()), triples)
        build_store(release.store_path, graph, triples, lambda *_: None)
        build_index(release.search_path, triples, release.base, lambda *_: None)
    return facts.sha256


def _database(backup: archive.Reader, db: Database, manifest: dict[str, Any]) -> None:
    """All tables in one transaction. The journal has to have the head that it was backed up with."""
    if not manifest["tables"]:
        return
    if db.path is not None:
        db.path.parent.mkdir(parents=True, exist_ok=True)
    with db.writing() as tx:
        files = {name: _lines(backup, f"{archive.TABLES}/{name}.jsonl") for name in manifest["tables"]}
        load(tx, manifest["components"], files, manifest["tables"])
        if manifest["components"].get("journal"):
            found, said = verify_in(tx), manifest["journal"]
            if (found.entries, found.head) != (said["entries"], said["head"]):
                raise InputError("the backup is damaged: its journal is not what was backed up")


def _lines(backup: archive.Reader, name: str) -> Iterator[bytes]:
    with backup.open(name) as file:
        yield from file


def _replace(state: State, temp: Path) -> None:
    """Put what was restored in its place. `current` is switched by the caller, last."""
    (state.root / "current").unlink(missing_ok=True)
    shutil.rmtree(state.releases)
    (temp / "releases").rename(state.releases)
    for name in (*FILES, WEBHOOKS, UPLOADS):
        target = state.root / name
        if target.is_dir():
            shutil.rmtree(target)
        else:
            target.unlink(missing_ok=True)
        if (temp / name).exists():
            (temp / name).rename(target)
