"""Erasure: what must not be known any more leaves every kept release.

In: what is erased (an IRI, or a text in values). Out: the releases that held it, each made again without it, with
its number and date, and with new hashes. Statements go whole; in reports and lists the text is blanked.

Releases are made again one by one, the oldest first, since each says what it changed against the one before. One
that was interrupted is continued by erasing again.
"""

import json
import os
import shutil
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, Final

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from wallograph.release.census import Census, public_triples
from wallograph.release.chain import lines
from wallograph.release.changes import record
from wallograph.release.edition import About, Progress, build_index, build_store, write_edition
from wallograph.release.graphfile import file_facts, quad_line, read_lines, split_line, write_lines
from wallograph.release.life import REDIRECTS_NAME
from wallograph.release.literals import Canonicaliser
from wallograph.release.quality import QUALITY_NAME, measure, write_quality
from wallograph.release.state import Release, State, write_json

BLANK: Final = "[…]"
BLANK_IRI: Final = "urn:wallograph:erased"
_TEMP: Final = ".tmp-erase-"
_OLD: Final = ".erased-"  # one that is replaced just now; `State.make` takes away what begins with `.tmp-`
_OWN: Final = frozenset({"changes.json", "gone.json", "manifest.json", QUALITY_NAME, "renames.json", "report.json"})


@dataclass(frozen=True, slots=True)
class Erased:
    """What is erased: an IRI (every statement that names it), or a text that stands in a value."""

    value: str
    is_iri: bool

    def hits(self, line: bytes) -> bool:
        """Whether a line of N-Quads, or of a patch, says it."""
        return self._needle() in line and any(self._in(term) for term in _terms(line))

    def stands_in(self, content: bytes) -> bool:
        """Whether a file says it somewhere, as it is or escaped as in JSON."""
        return any(form in content for form in self.forms())

    def forms(self) -> tuple[bytes, ...]:
        """How it can be written in a file."""
        plain, escaped = json.dumps(self.value, ensure_ascii=False)[1:-1], json.dumps(self.value)[1:-1]
        return tuple(dict.fromkeys(form.encode() for form in (self.value, plain, escaped)))

    def blank(self, value: Any) -> Any:
        """A JSON value in which every text that has it is blanked; names of entries too."""
        if isinstance(value, str):
            return value.replace(self.value, BLANK_IRI if self.is_iri else BLANK)
        if isinstance(value, dict):
            return {self.blank(name): self.blank(inner) for name, inner in value.items()}
        return [self.blank(inner) for inner in value] if isinstance(value, list) else value

    def _needle(self) -> bytes:
        return f"<{self.value}>".encode() if self.is_iri else str(Literal(self.value))[1:-1].encode()

    def _in(self, term: object) -> bool:
        if self.is_iri:
            return isinstance(term, NamedNode) and term.value == self.value
        return isinstance(term, Literal) and self.value in term.value


@dataclass(slots=True)
class Rewritten:
    """What was done: statements that went, their digests, and the releases with the hash before and after."""

    statements: int = 0
    digests: set[str] = field(default_factory=set)
    releases: dict[int, tuple[str, str]] = field(default_factory=dict)


def statement_digest(line: bytes) -> str:
    """The digest of the triple of a line, whatever its graph: a build leaves it out and nobody can read it."""
    return sha256(split_line(line)[0]).hexdigest()


def found_in(state: State, erased: Erased) -> dict[int, list[bytes]]:
    """The lines that say it, by release: those of an edition, and those that a patch added or deleted."""
    found = {number: list(_hits(state.get(number), erased)) for number in state.numbers()}
    return {number: hit for number, hit in found.items() if hit or _mentions(state.get(number), erased)}


def erase_from_releases(state: State, erased: Erased, progress: Progress) -> Rewritten:
    """Make every release again that holds it, or is built on one that does. The caller holds no lock."""
    done = Rewritten()
    with state.writing():
        recover(state)
        held = found_in(state, erased)
        editions = {int(state.get(number).manifest["edition"]) for number in held}
        todo = [n for n in state.numbers() if n in held or int(state.get(n).manifest["edition"]) in editions]
        for step, number in enumerate(todo):
            progress("erase", step, len(todo))
            done.statements += len(held.get(number, ()))
            done.digests |= {statement_digest(_quad_of(line)) for line in held.get(number, ())}
            _again(state, state.get(number), erased, done)
        progress("erase", len(todo), len(todo))
        current = state.current()
        if current is not None and todo:
            if current.number in done.releases:
                for work in state.releases.glob(".work-*"):  # what the publisher keeps open of it
                    shutil.rmtree(work, ignore_errors=True)
            state.switch(current.number)  # readers look again
    return done


def without(quads: Iterable[Quad], digests: Collection[str]) -> Iterator[Quad]:
    """The quads of a build but for those that were erased."""
    canon = Canonicaliser()
    for quad in quads:
        if not digests or statement_digest(quad_line(quad, canon)) not in digests:
            yield quad


def recover(state: State) -> None:
    """Put back a release that an interrupted erasure had taken away and not yet replaced; clear the rest."""
    for old in state.releases.glob(f"{_OLD}*"):
        place = state.releases / old.name.removeprefix(_OLD)
        if place.exists():
            shutil.rmtree(old)
        else:
            old.rename(place)
    for leftover in state.releases.glob(f"{_TEMP}*"):
        shutil.rmtree(leftover)


def _again(state: State, release: Release, erased: Erased, done: Rewritten) -> None:
    """Make one release again beside its place, then put it there."""
    before = _hash(release)
    temp = Path(mkdtemp(prefix=_TEMP, dir=state.releases))
    temp.chmod(0o755)
    for path in release.folder.glob("*.json"):
        if path.name not in _OWN:
            _write_blanked(path, temp, erased)
    if release.is_edition:
        _edition_again(state, release, temp, erased)
    else:
        _patch_again(state, release, temp, erased)
    os.sync()  # all of it is on the disk before the old one goes
    old = state.releases / f"{_OLD}{release.number:06d}"
    release.folder.rename(old)
    temp.rename(release.folder)
    shutil.rmtree(old)
    done.releases[release.number] = (before, _hash(Release.open(release.folder)))


def _edition_again(state: State, release: Release, folder: Path, erased: Erased) -> None:
    manifest = release.manifest
    report = erased.blank(json.loads((release.folder / "report.json").read_text(encoding="utf-8")))
    about = About(
        release.base, str(manifest["date"]), frozenset(manifest["private_graphs"]), report or None,
        manifest.get("license"), {}, bool(manifest.get("dumps")),
        any(str(name).endswith(".parquet") for name in manifest.get("dumps") or ()), manifest.get("journal"),
    )  # fmt: skip
    kept = (line for line in read_lines(release.graph_path) if not erased.hits(line))
    quads = (quad for line in kept for quad in parse(input=line, format=RdfFormat.N_QUADS))
    write_edition(state, release.number, folder, quads, about, lambda *_: None)


def _patch_again(state: State, release: Release, folder: Path, erased: Erased) -> None:
    """A release between editions: its patch without the statements, and all that follows from its lines."""
    patch = [line for line in read_lines(release.patch_path) if not _says(line) or not erased.hits(_quad_of(line))]
    (folder / "patch.rdfp").write_bytes(b"".join(patch))
    manifest = dict(release.manifest)
    new = Release(release.number, folder, manifest)
    graph, triples = folder / ".graph.nq", folder / ".graph.nt"
    write_lines(lines(new), graph)
    private, census = frozenset(manifest["private_graphs"]), Census()
    write_lines(public_triples(read_lines(graph), private, census), triples)
    build_store(folder / "store", graph, triples, lambda *_: None)
    indexed, outline = build_index(folder / "search.sqlite", triples, release.base, lambda *_: None)
    manifest["counts"] = census.to_counts()
    manifest["search"] = {"entries": indexed, "model": outline.model}
    codes = [line[:1] for line in patch if _says(line)]
    size = sum(map(len, patch))
    manifest["patch"] = {"adds": codes.count(b"A"), "deletes": codes.count(b"D"), "size": size}
    manifest["repairs"] = erased.blank(manifest.get("repairs"))
    record(state, new)
    if (release.folder / QUALITY_NAME).is_file():
        known = json.loads((release.folder / QUALITY_NAME).read_text(encoding="utf-8"))
        warnings = [warning for warning in known["warnings"] if erased.blank(warning) == warning]
        measured = measure(read_lines(graph), release.base, private, {"warnings": warnings})
        write_quality(folder / QUALITY_NAME, measured)
    report = json.loads((release.folder / "report.json").read_text(encoding="utf-8"))
    write_json(folder / "report.json", erased.blank(report))
    write_json(folder / "manifest.json", manifest)
    graph.unlink()
    triples.unlink()


def _hits(release: Release, erased: Erased) -> Iterator[bytes]:
    path = release.graph_path if release.is_edition else release.patch_path
    for line in read_lines(path):
        if (release.is_edition or _says(line)) and erased.hits(_quad_of(line)):
            yield line


def _mentions(release: Release, erased: Erased) -> bool:
    """Whether a list or report of the release has it: what was withdrawn keeps its label for a while."""
    names = [*release.folder.glob("*.json"), release.folder / "changes.nt"]
    return any(path.is_file() and erased.stands_in(path.read_bytes()) for path in names)


def _write_blanked(path: Path, folder: Path, erased: Erased) -> None:
    value = json.loads(path.read_text(encoding="utf-8"))
    if path.name == REDIRECTS_NAME and erased.is_iri:
        tail = erased.value.partition("/id/")[2]
        value = {old: new for old, new in value.items() if tail not in (old, new)}
    write_json(folder / path.name, erased.blank(value))


def _says(line: bytes) -> bool:
    return line.startswith((b"A ", b"D "))


def _quad_of(line: bytes) -> bytes:
    return line[2:] if _says(line) else line


def _terms(line: bytes) -> Iterable[object]:
    for quad in parse(input=line, format=RdfFormat.N_QUADS):
        yield from (quad.subject, quad.predicate, quad.object, quad.graph_name)


def _hash(release: Release) -> str:
    path = release.graph_path if release.is_edition else release.patch_path
    return file_facts(path).sha256
