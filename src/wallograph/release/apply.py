"""Release n+1 from release n and a patch, without a rebuild (design M1).

In: the state, a patch, the date, a check. Out: a new release folder: the patch, the store (hard links to the
one before, with the quads changed and the default graph kept right), the search index, the manifest. If
anything fails there is no new folder and the former release stays. The caller switches to it.
"""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from wallograph.errors import DataError, PatchError, StateError
from wallograph.release.census import Census
from wallograph.release.chain import Chain, chain
from wallograph.release.changes import record
from wallograph.release.entries import HIERARCHY, Outline, entries, entry_of
from wallograph.release.graphfile import canonical_line, split_line, subject_of
from wallograph.release.life import REDIRECTS_NAME
from wallograph.release.literals import Canonicaliser
from wallograph.release.patch import Patch, format_patch
from wallograph.release.quality import QUALITY_NAME, Judged, advance, write_quality
from wallograph.release.state import Release, State, write_json
from wallograph.store.search import Entry, change_index, write_index

Check = Callable[[Path, frozenset[str]], Judged | None]
_DEFAULT: Final = DefaultGraph()
_SHOWN: Final = 10


@dataclass(slots=True)
class _Changes:
    """What a patch really does to the release before it, by N-Quads line."""

    adds: dict[bytes, Quad]
    deletes: dict[bytes, Quad]
    where: dict[bytes, int]
    ignored: list[str] = field(default_factory=list)


def apply_patch(
    state: State,
    patch: Patch,
    *,
    date: str,
    check: Check | None = None,
    lenient: bool = False,
    summary: dict[str, Any] | None = None,
) -> Release:
    """Make the next release from the current one. It is not switched to.

    PatchError if the patch deletes what is absent or adds what is there (with `lenient` these lines are left
    out and listed in report.json), or if it changes nothing. `check(store, subjects)` gets the path of the
    new store and the IRIs of the subjects that were touched; what it raises stops the release, the warnings that
    it gives take the place of those about the things that it judged.
    """

    def fill(number: int, folder: Path) -> None:
        parent = state.current()
        if parent is None:
            raise StateError("there is no release yet to apply a patch to: build one first")
        canon = Canonicaliser()
        census = Census.from_counts(parent.manifest["counts"])
        # a read-only opening leaves no trace in the former release; the data files become hard links
        Store.read_only(str(parent.store_path)).backup(str(folder / "store"))
        changes, search = _change(folder, parent, _canonical(patch, canon), census, lenient)
        quads = (*changes.adds.values(), *changes.deletes.values())
        subjects = frozenset(subject_of(quad).value for quad in quads)
        judged = check(folder / "store", subjects) if check else None
        _measure(folder, parent, subjects, judged)
        effective = format_patch(Patch(list(changes.adds.values()), list(changes.deletes.values())))
        (folder / "patch.rdfp").write_text(effective, encoding="utf-8", newline="\n")
        manifest = _manifest(parent, number, date, changes, len(effective.encode()), summary)
        manifest["counts"], manifest["search"] = census.to_counts(), search
        manifest["repairs"] = canon.listed()
        if (parent.folder / REDIRECTS_NAME).exists():
            shutil.copy2(parent.folder / REDIRECTS_NAME, folder / REDIRECTS_NAME)
        record(state, Release(number, folder, manifest))
        write_json(folder / "report.json", {"parent": parent.number, "ignored": changes.ignored})
        write_json(folder / "manifest.json", manifest)

    return state.make(fill)


def _measure(folder: Path, parent: Release, subjects: frozenset[str], judged: Judged | None) -> None:
    """The quality of the new graph; a release whose parent was never measured has none either."""
    former = parent.folder / QUALITY_NAME
    if former.is_file():
        stores = Store.read_only(str(parent.store_path)), Store.read_only(str(folder / "store"))
        private = frozenset(parent.manifest["private_graphs"])
        known = json.loads(former.read_text(encoding="utf-8"))
        write_quality(folder / QUALITY_NAME, advance(known, *stores, sorted(subjects), parent.base, private, judged))


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


def _change(
    folder: Path, parent: Release, wanted: _Changes, census: Census, lenient: bool
) -> tuple[_Changes, dict[str, Any]]:
    """Change the copied store and make its search index. The store is closed again on return."""
    before = chain(parent)
    store = Store(str(folder / "store"))
    changes = _real_changes(store, before, wanted, lenient)
    private = frozenset(parent.manifest["private_graphs"])
    public = _change_store(store, before, changes, private, census)
    search = _change_search(store, parent, folder / "search.sqlite", public)
    store.flush()
    return changes, search


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


def _change_search(store: Store, parent: Release, path: Path, public: list[Quad]) -> dict[str, Any]:
    """The search index for the new store: the touched subjects, or all of it when a hierarchy changed."""
    subjects = sorted({subject_of(quad) for quad in public}, key=lambda subject: subject.value)
    model = parent.manifest["search"]["model"]
    outline = Outline(parent.base, model)
    for predicate in HIERARCHY:
        for quad in store.quads_for_pattern(None, NamedNode(predicate), None, _DEFAULT):
            outline.note(quad)
    for quad in public:
        outline.note(quad)
    if outline.model != model or any(quad.predicate.value in HIERARCHY for quad in public):
        # in the store's default graph the triples of a subject are neighbours too
        every = store.quads_for_pattern(None, None, None, _DEFAULT)
        return {"entries": write_index(path, entries(every, outline)), "model": outline.model}
    shutil.copyfile(parent.search_path, path)
    fresh = (_entry(store, subject, outline) for subject in subjects)
    count = change_index(path, (s.value for s in subjects), (entry for entry in fresh if entry))
    return {"entries": count, "model": model}


def _entry(store: Store, subject: NamedNode, outline: Outline) -> Entry | None:
    return entry_of(subject.value, store.quads_for_pattern(subject, None, None, _DEFAULT), outline)


def _manifest(
    parent: Release, number: int, date: str, changes: _Changes, size: int, summary: dict[str, Any] | None
) -> dict[str, Any]:
    return {
        "number": number,
        "kind": "release",
        "parent": parent.number,
        "edition": parent.manifest["edition"],
        "base": parent.base,
        "date": date,
        "private_graphs": parent.manifest["private_graphs"],
        "license": parent.manifest.get("license"),
        "summary": summary,
        "validation": None,
        "patch": {"adds": len(changes.adds), "deletes": len(changes.deletes), "size": size},
    }
