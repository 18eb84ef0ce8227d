"""Release n+1 from release n and a patch, without a rebuild (design M1).

In: the state, a patch, the date, a check. Out: a new release folder: the patch, the store (hard links to the
one before, with the quads changed and the default graph kept right), the search index, the manifest. If
anything fails there is no new folder and the former release stays. The caller switches to it.
"""

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from traceback import clear_frames
from typing import Any, Final

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from wallograph.errors import DataError, PatchError, StateError
from wallograph.release.census import Census
from wallograph.release.chain import Chain
from wallograph.release.changes import record
from wallograph.release.entries import HIERARCHY, Outline, entries, entry_of
from wallograph.release.graphfile import canonical_line, split_line, subject_of
from wallograph.release.kept import Kept, outline_in
from wallograph.release.life import REDIRECTS_NAME, read_redirects
from wallograph.release.literals import Canonicaliser
from wallograph.release.patch import Patch, format_patch
from wallograph.release.quality import QUALITY_NAME, Judged, advance
from wallograph.release.quality_text import Measurement
from wallograph.release.state import Release, State, write_json
from wallograph.store.search import Entry, change_index, write_index

Check = Callable[[Store, Store, frozenset[str]], Judged | None]
_DEFAULT: Final = DefaultGraph()
_SHOWN: Final = 10


@dataclass(slots=True)
class _Changes:
    """What a patch really does to the release before it, by N-Quads line."""

    adds: dict[bytes, Quad]
    deletes: dict[bytes, Quad]
    where: dict[bytes, int]
    ignored: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Order:
    """What the caller of `apply_patch` says beside the patch."""

    date: str
    check: Check | None
    lenient: bool
    summary: dict[str, Any] | None
    journal: dict[str, Any] | None
    redirects: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Made:
    """What is known of the release that was made."""

    chain: Chain
    census: Census
    quality: Measurement | None
    above_changed: bool


def apply_patch(
    state: State,
    patch: Patch,
    *,
    date: str,
    check: Check | None = None,
    lenient: bool = False,
    summary: dict[str, Any] | None = None,
    journal: dict[str, Any] | None = None,
    redirects: Mapping[str, str] | None = None,
    kept: Kept | None = None,
) -> Release:
    """Make the next release from the current one. It is not switched to.

    PatchError if the patch deletes what is absent or adds what is there (with `lenient` these lines are left
    out and listed in report.json), or if it changes nothing. `check(before, after, subjects)` gets the stores
    and the IRIs of the subjects that were touched; what it raises stops the release, the warnings that it gives
    take the place of those about the things that it judged. `journal` says which entries of the journal it
    shows (those of its parent, when nothing is said), `redirects` what becomes of the parent's: "" takes one away.
    `kept` is what is known of the parent already.
    """

    kept = Kept() if kept is None else kept
    order = _Order(date, check, lenient, summary, journal, redirects or {})
    made: list[_Made] = []
    known: set[int] = set()

    def fill(number: int, folder: Path) -> None:
        parent = state.current()
        if parent is None:
            raise StateError("there is no release yet to apply a patch to: build one first")
        try:
            made.append(_fill(state, parent, Release(number, folder, {}), patch, order, kept))
        except BaseException as error:
            clear_frames(error.__traceback__)  # a store that they hold would write when it closes, into a folder anew
            raise
        known.update(kept.files(parent))

    release = state.make(fill, known)
    kept.went_on(release, made[0].chain, made[0].census, made[0].quality, made[0].above_changed)
    return release


def _fill(state: State, parent: Release, new: Release, patch: Patch, order: _Order, kept: Kept) -> _Made:
    """Write everything of the new release into its folder."""
    canon, census = Canonicaliser(), kept.census(parent)
    before, folder = kept.chain(parent), new.folder
    store = kept.start(parent, folder)
    changes = _real_changes(store, before, _canonical(patch, canon), order.lenient)
    public = _change_store(store, before, changes, frozenset(parent.manifest["private_graphs"]), census)
    above_changed = any(quad.predicate.value in HIERARCHY for quad in public)
    search = _change_search(store, parent, folder / "search.sqlite", public, kept, whole=above_changed)
    quads = (*changes.adds.values(), *changes.deletes.values())
    subjects = frozenset(subject_of(quad).value for quad in quads)
    judged = order.check(kept.before(parent), store, subjects) if order.check else None
    quality = _measure(folder, parent, store, kept, subjects, judged)
    kept.finish(store, folder)
    effective = format_patch(Patch(list(changes.adds.values()), list(changes.deletes.values())))
    (folder / "patch.rdfp").write_text(effective, encoding="utf-8", newline="\n")
    manifest = _manifest(parent, new.number, order, changes, len(effective.encode()))
    manifest["counts"], manifest["search"] = census.to_counts(), search
    manifest["repairs"] = canon.listed()
    _redirect(parent, folder, order.redirects)
    after = before.after(changes.adds, changes.deletes)
    record(state, Release(new.number, folder, manifest), parent, (before, after))
    write_json(folder / "report.json", {"parent": parent.number, "ignored": changes.ignored})
    write_json(folder / "manifest.json", manifest, indent=None)
    return _Made(after, census, quality, above_changed)


def _redirect(parent: Release, folder: Path, changed: Mapping[str, str]) -> None:
    if not changed:
        if (parent.folder / REDIRECTS_NAME).exists():
            shutil.copy2(parent.folder / REDIRECTS_NAME, folder / REDIRECTS_NAME)
        return
    found = {old: new for old, new in {**read_redirects(parent.folder), **changed}.items() if new}
    write_json(folder / REDIRECTS_NAME, dict(sorted(found.items())))


def _measure(
    folder: Path, parent: Release, store: Store, kept: Kept, subjects: frozenset[str], judged: Judged | None
) -> Measurement | None:
    """The quality of the new graph; a release whose parent was never measured has none either."""
    if not (parent.folder / QUALITY_NAME).is_file():
        return None
    private = frozenset(parent.manifest["private_graphs"])
    before, known, sources = kept.before(parent), kept.quality(parent), set[str]()
    values = advance(known.values, before, store, sorted(subjects), parent.base, private, judged, sources)
    known.went_on(values, sources)
    known.write(folder / QUALITY_NAME)
    return known


def _canonical(patch: Patch, canon: Canonicaliser) -> _Changes:
    """The patch with canonical literals, by line."""
    changes = _Changes({}, {}, {})
    for side, quads in ((changes.adds, patch.adds), (changes.deletes, patch.deletes)):
        for quad in quads:
            try:
                line, side_quad = canonical_line(quad, canon)
            except DataError as error:
                raise PatchError(str(error)) from error
            side[line] = side_quad
            if quad in patch.where:
                changes.where[line] = patch.where[quad]
    both = changes.adds.keys() & changes.deletes.keys()
    if both:
        raise PatchError(f"the patch adds and deletes the same quad: {min(both).decode().strip()}")
    return changes


def _real_changes(store: Store, before: Chain, wanted: _Changes, lenient: bool) -> _Changes:
    """What is left of the patch when it is held against the release; PatchError for the rest, or lenient."""

    def present(line: bytes, quad: Quad) -> bool:
        # the store's default graph also holds what named graphs say: only the files know what was stated
        return before.contains(line) if quad.graph_name == _DEFAULT else quad in store

    there = [line for line, quad in wanted.adds.items() if present(line, quad)]
    absent = [line for line, quad in wanted.deletes.items() if not present(line, quad)]
    if (there or absent) and not lenient:
        problems = ("adds what is already there", "A", there), ("deletes what is not there", "D", absent)
        raise PatchError("\n".join(_misfit(*problem, wanted.where) for problem in problems if problem[2]))
    for line in there:
        del wanted.adds[line]
    for line in absent:
        del wanted.deletes[line]
    if not wanted.adds and not wanted.deletes:
        raise PatchError("the patch changes nothing")
    wanted.ignored = [f"A {x.decode().strip()}" for x in there] + [f"D {x.decode().strip()}" for x in absent]
    return wanted


def _misfit(problem: str, code: str, found: list[bytes], where: dict[bytes, int]) -> str:
    shown = [
        f"  {f'line {where[line]}: ' if line in where else ''}{code} {line.decode().strip()}"
        for line in found[:_SHOWN]
    ]
    if len(found) > _SHOWN:
        shown.append(f"  and {len(found) - _SHOWN} more")
    return "\n".join([f"the patch {problem} ({len(found)}):", *shown])


def _change_store(
    store: Store, before: Chain, changes: _Changes, private: frozenset[str], census: Census
) -> list[Quad]:
    """Change the named graphs, then bring the default graph in line; returns the changed public triples."""
    look_back = census.graphs[b""] > 0  # else nothing was ever stated in the default graph itself
    for quad in changes.deletes.values():
        if quad.graph_name != _DEFAULT:
            store.remove(quad)
    store.extend([quad for quad in changes.adds.values() if quad.graph_name != _DEFAULT])
    for step, side in ((1, changes.adds), (-1, changes.deletes)):
        for line in side:
            census.graphs[split_line(line)[1]] += step
    touched = {line: quad for side in (changes.adds, changes.deletes) for line, quad in side.items()}
    triples = {split_line(line)[0]: quad for line, quad in touched.items()}
    come: list[Quad] = []
    gone: list[Quad] = []
    for triple, quad in triples.items():
        line = triple + b" .\n"
        stated = line in changes.adds or (look_back and line not in changes.deletes and before.contains(line))
        wanted = stated or _is_public(store, quad, private)
        plain = Quad(quad.subject, quad.predicate, quad.object, _DEFAULT)
        if wanted != (plain in store):
            census.count_triple(triple, 1 if wanted else -1)
            (come if wanted else gone).append(plain)
    for quad in gone:
        store.remove(quad)
    store.extend(come)
    return come + gone


def _is_public(store: Store, quad: Quad, private: frozenset[str]) -> bool:
    found = store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
    return any(isinstance(q.graph_name, NamedNode) and q.graph_name.value not in private for q in found)


def _change_search(
    store: Store, parent: Release, path: Path, public: list[Quad], kept: Kept, *, whole: bool
) -> dict[str, Any]:
    """The search index for the new store: the touched subjects, or all of it when a hierarchy changed."""
    model = parent.manifest["search"]["model"]
    outline = outline_in(store, parent.base, model) if whole else kept.outline(parent)
    for quad in public:
        if quad.predicate.value not in HIERARCHY:
            outline.note(quad)
    if outline.model != model or whole:
        # in the store's default graph the triples of a subject are neighbours too
        every = store.quads_for_pattern(None, None, None, _DEFAULT)
        return {"entries": write_index(path, entries(every, outline)), "model": outline.model}
    subjects = sorted({subject_of(quad) for quad in public}, key=lambda subject: subject.value)
    kept.search(parent, path)
    fresh = (_entry(store, subject, outline) for subject in subjects)
    count = change_index(path, (s.value for s in subjects), (entry for entry in fresh if entry))
    return {"entries": count, "model": model}


def _entry(store: Store, subject: NamedNode, outline: Outline) -> Entry | None:
    return entry_of(subject.value, store.quads_for_pattern(subject, None, None, _DEFAULT), outline)


def _manifest(parent: Release, number: int, order: _Order, changes: _Changes, size: int) -> dict[str, Any]:
    manifest: dict[str, Any] = {
        "number": number,
        "kind": "release",
        "parent": parent.number,
        "edition": parent.manifest["edition"],
        "base": parent.base,
        "date": order.date,
        "private_graphs": parent.manifest["private_graphs"],
        "license": parent.manifest.get("license"),
        "summary": order.summary,
        "validation": None,
        "patch": {"adds": len(changes.adds), "deletes": len(changes.deletes), "size": size},
    }
    if journal := order.journal or parent.manifest.get("journal"):
        manifest["journal"] = journal
    return manifest
