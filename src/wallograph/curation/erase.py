"""Erasure: a statement or personal data leaves everything that is kept, and the public is told that something did.

In: an IRI or a text, the reason, the state folder, the database. Out: releases, proposals, files that were handed in,
shared results and payloads of the journal without it; an `erase` entry in the journal; a notice with the new hashes
in `erasures.json`; and the digests of the statements in `erased-statements.json`, so that no build brings them back.
"""

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from wallograph.curation.backup_tables import tables
from wallograph.curation.uploads import FOLDER as UPLOADS
from wallograph.database import Database, Transaction
from wallograph.errors import InputError, NotFound
from wallograph.journal.journal import Journal
from wallograph.release.edition import Progress
from wallograph.release.erase import Erased, Rewritten, erase_from_releases, found_in
from wallograph.release.state import State, write_json

NOTICES: Final = "erasures.json"
DIGESTS: Final = "erased-statements.json"
SHARED: Final = "shared"  # where the checker keeps results that somebody shares
REGISTRY: Final = "registry.csv"
SHORTEST: Final = 4  # letters of a text: a shorter one would hit what nobody meant
_OTHERS: Final = ("journal_", "schema_")  # tables that are handled apart
_MEMBER: Final = 50_000_000  # bytes of a file in an archive that are looked at
_ROUNDED: Final = ("utf-8", "utf-16-le", "latin-1")


@dataclass(frozen=True, slots=True)
class Found:
    """What an erasure would take: statements by release, values of the database, journal entries, files."""

    releases: dict[int, list[bytes]]
    values: int
    entries: tuple[int, ...]
    files: int

    def __bool__(self) -> bool:
        return bool(self.releases or self.values or self.entries or self.files)


def what_to_erase(text: str) -> Erased:
    """An IRI as it stands, or a text of values; InputError for one so short that it says nothing."""
    text = text.strip()
    if len(text) < SHORTEST:
        raise InputError(f"a text to erase has at least {SHORTEST} characters: give the whole statement or name")
    return Erased(text, text.startswith(("http://", "https://")) and " " not in text)


def find(state: State, db: Database | None, erased: Erased) -> Found:
    """Look everywhere, change nothing."""
    values, entries = 0, tuple[int, ...]()
    if db is not None:
        with db.reading() as tx:
            values = sum(1 for _ in _cells(tx, erased))
            entries = tuple(number for number, _, _ in _payloads(tx, erased))
    return Found(found_in(state, erased), values, entries, len(list(_files(state, erased))))


def erase(
    state: State, db: Database | None, erased: Erased, *, reason: str, who: str, now: datetime, progress: Progress
) -> dict[str, Any]:
    """Erase; gives the notice. NotFound when it stands nowhere, InputError for a reason that says it again."""
    if not reason.strip():
        raise InputError("an erasure needs a reason: it is published")
    if erased.stands_in(reason.encode()):
        raise InputError("the reason is published: it must not say what is erased")
    if not find(state, db, erased):
        raise NotFound("this stands nowhere in what is kept")
    done = erase_from_releases(state, erased, progress)
    _remember(state, done)
    _unregister(state, erased)
    for path in list(_files(state, erased)):
        path.unlink(missing_ok=True)
    entry = _from_database(state, db, erased, reason=reason, who=who, now=now, done=done) if db is not None else 0
    return _publish_notice(state, done, reason=reason, now=now, entry=entry)


def notices(root: Path) -> list[dict[str, Any]]:
    """The public notices of an installation, the newest first."""
    path = root / NOTICES
    found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else []
    return found[::-1]


def erased_digests(root: Path) -> frozenset[str]:
    """The digests of the statements that no build may bring back."""
    path = root / DIGESTS
    return frozenset(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else frozenset()


def _from_database(
    state: State, db: Database, erased: Erased, *, reason: str, who: str, now: datetime, done: Rewritten
) -> int:
    """Blank rows, shred payloads, and say so in the journal; the number of the entry."""
    journal, current = Journal(db), state.current()
    release = current.number if current else 0
    with db.writing() as tx:
        for table, column, old, new in list(_cells(tx, erased)):
            tx.execute(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", (new, old))
        left = {number: _cleaned(payload, erased) for number, payload, _ in _payloads(tx, erased)}
        said = {"releases": sorted(done.releases), "statements": done.statements}
        entry = journal.erase(tx, left, at=now, who=who, why=reason, release=release, payload=said)
        journal.publish(tx, [entry.number], release)
    db.scrub(*tables())
    return entry.number


def _cells(tx: Transaction, erased: Erased) -> Iterator[tuple[str, str, str, str]]:
    """The values of the database that have it: table, column, value, what takes its place."""
    for table in tables():
        if table.startswith(_OTHERS):
            continue
        for column in tx.columns(table):
            seen: set[str] = set()
            for (value,) in tx.execute(f"SELECT {column} FROM {table} WHERE {column} IS NOT NULL"):
                if isinstance(value, str) and value not in seen and erased.stands_in(value.encode()):
                    seen.add(value)
                    yield table, column, value, _blanked(value, erased)


def _blanked(text: str, erased: Erased) -> str:
    """A text or a JSON text without it; of a list of statements those that have it go."""
    try:
        value = json.loads(text)
    except ValueError:
        value = None
    if isinstance(value, list) and all(isinstance(one, dict) and "predicate" in one for one in value):
        value = [one for one in value if not erased.is_iri or erased.blank(one) == one]
    if isinstance(value, list | dict):
        return json.dumps(erased.blank(value), ensure_ascii=False, separators=(",", ":"))
    return str(erased.blank(text))


def _file_has(content: bytes, erased: Erased) -> bool:
    """Whether a file that was handed in has it, in any of the usual encodings, or packed (a workbook)."""
    spelled = [erased.value.encode(name, "ignore") for name in _ROUNDED]
    spelled += erased.forms()
    spelled = [form for form in spelled if len(form) >= SHORTEST]
    if any(form in content for form in spelled):
        return True
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return False
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for member in archive.infolist():
            with archive.open(member) as file:
                part = file.read(_MEMBER)
            if any(form in part for form in spelled):
                return True
    return False


def _payloads(tx: Transaction, erased: Erased) -> Iterator[tuple[int, dict[str, Any], str]]:
    """The entries of the journal whose payload or reason has it."""
    if not tx.columns("journal_payloads"):
        return
    for number, payload, why in tx.execute("SELECT number, payload, why FROM journal_payloads ORDER BY number"):
        if erased.stands_in(payload.encode()) or erased.stands_in(why.encode()):
            yield int(number), dict(json.loads(payload)), str(why)


def _cleaned(payload: dict[str, Any], erased: Erased) -> dict[str, Any]:
    """A payload without the statements that have it; what else has it is blanked."""
    kept = dict(payload)
    for name in ("adds", "deletes"):
        if name in kept:
            kept[name] = [line for line in kept[name] if not erased.hits(_line(line))]
    if "changes" in kept:
        kept["changes"] = [change for change in kept["changes"] if erased.blank(change) == change]
    if "things" in kept:
        kept["things"] = {iri: key for iri, key in kept["things"].items() if iri != erased.value}
    return dict(erased.blank(kept))


def _line(text: str) -> bytes:
    line = text.strip()
    return (line if line.endswith(" .") else f"{line} .").encode() + b"\n"


def _files(state: State, erased: Erased) -> Iterator[Path]:
    """Shared results, and the files that proposals came in."""
    for folder in (SHARED, UPLOADS):
        for path in sorted((state.root / folder).glob("*")):
            if path.is_file() and _file_has(path.read_bytes(), erased):
                yield path


def _unregister(state: State, erased: Erased) -> None:
    """The references of an installation are names: that of an erased thing goes."""
    path, tail = state.root / REGISTRY, erased.value.partition("/id/")[2]
    if not erased.is_iri or not tail or not path.is_file():
        return
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if "/".join(line.split(",")[:2]) != tail]
    if kept != lines:
        temporary = path.with_suffix(".tmp")
        temporary.write_text("".join(kept), encoding="utf-8")
        temporary.replace(path)


def _remember(state: State, done: Rewritten) -> None:
    path = state.root / DIGESTS
    write_json(path, sorted(erased_digests(state.root) | done.digests))
    path.chmod(0o600)


def _publish_notice(state: State, done: Rewritten, *, reason: str, now: datetime, entry: int) -> dict[str, Any]:
    known = notices(state.root)[::-1]
    notice = {
        "number": len(known) + 1,
        "date": now.date().isoformat(),
        "reason": reason,
        "entry": entry,
        "statements": done.statements,
        "releases": [
            {"number": number, "sha256_before": before, "sha256": after}
            for number, (before, after) in sorted(done.releases.items())
        ],
    }
    temporary = state.root / f".{NOTICES}"
    write_json(temporary, [*known, notice])
    temporary.replace(state.root / NOTICES)
    return notice
