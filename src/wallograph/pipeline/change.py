"""Releases that are no build of the shipped data: a patch applied, or any RDF files published as they are.

In: the state, a patch or files. Out: a release that is switched to.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode, Quad, Store

from wallograph.errors import PatchError
from wallograph.iris import thing
from wallograph.model import Severity
from wallograph.pipeline.account import result_dict
from wallograph.pipeline.build import Progress
from wallograph.pipeline.recheck import affected_things, judged_graphs
from wallograph.release.apply import Check, apply_patch
from wallograph.release.edition import make_edition
from wallograph.release.foreign import read_files
from wallograph.release.graphfile import canonical_line
from wallograph.release.kept import Kept
from wallograph.release.literals import Canonicaliser
from wallograph.release.patch import Patch
from wallograph.release.quality import Judged
from wallograph.release.state import Release, State
from wallograph.validate.engine import Engine, Result
from wallograph.validate.own import OwnEngine
from wallograph.validate.shapes import Shapes, load_shapes

_PATIENCE = 10.0  # seconds for another writer to end
OWN_DATA = "summary"  # a release of the shipped data has an account of its rows; one of foreign files has none


def build_foreign(
    files: list[Path],
    state: State,
    *,
    base: str,
    date: str,
    progress: Progress,
    dumps: bool = True,
    parquet: bool = False,
) -> Release:
    """Publish exactly the quads of RDF files (named graphs kept). They are not judged by our shapes."""
    release = make_edition(
        state, read_files(files, base), base=base, date=date, private_graphs=frozenset(), report=None,
        progress=progress, dumps=dumps, parquet=parquet,
    )  # fmt: skip
    return state.switch(release.number)


def apply(state: State, patch: Patch, engine: Engine, *, date: str, lenient: bool = False) -> Release:
    """Apply a patch to the current release and switch to the result. PatchError when it breaks a rule."""
    with state.writing(_PATIENCE):  # until it is switched to: nobody makes another one from the same parent
        release = Maker(engine).make(state, patch, date=date, lenient=lenient)
        return state.switch(release.number)


class Maker:
    """Makes releases from patches, one after the other; what it learned of the last one it keeps for the next."""

    def __init__(self, engine: Engine, kept: Kept | None = None) -> None:
        self._engine, self._kept = engine, kept
        self._shapes: dict[str, Shapes] = {}

    def changes(self, current: Release, patch: Patch) -> bool:
        """Whether anything of a patch is not as it says already."""
        store = self._kept.before(current) if self._kept else Store.read_only(str(current.store_path))
        return any(quad not in store for quad in patch.adds) or any(quad in store for quad in patch.deletes)

    def make(
        self, state: State, patch: Patch, *, date: str, lenient: bool = False,
        journal: dict[str, Any] | None = None, redirects: Mapping[str, str] | None = None,
    ) -> Release:  # fmt: skip
        """The next release, which is not switched to. PatchError when the patch breaks a rule.

        `journal` says which entries it shows, `redirects` what became of merged things ("" for one that is back).
        """
        current = state.current()
        judged = current is not None and bool(current.manifest.get(OWN_DATA))
        return apply_patch(
            state,
            patch,
            date=date,
            check=self._check(current, patch) if judged and current else None,
            lenient=lenient,
            summary=current.manifest.get(OWN_DATA) if current else None,
            journal=journal,
            redirects=redirects,
            kept=self._kept,
        )

    def prepare(self, current: Release) -> None:
        """Do now, while nobody waits, what the next release needs."""
        if isinstance(self._engine, OwnEngine) and current.manifest.get(OWN_DATA):
            self._engine.compiled(self.shapes(current.base))
        if self._kept:
            self._kept.prepare(current)

    def close(self) -> None:
        """Take away what was kept on the disk."""
        if self._kept:
            self._kept.forget()

    def shapes(self, base: str) -> Shapes:
        """The shapes on a base, read once."""
        if base not in self._shapes:
            self._shapes[base] = load_shapes(base)
        return self._shapes[base]

    def _check(self, current: Release, patch: Patch) -> Check:
        unjudged = frozenset(thing("source", key, current.base) for key in ("shapes", "judgements"))
        engine, shapes = self._engine, self.shapes(current.base)

        def check(before: Store, after: Store, subjects: frozenset[str]) -> Judged:
            if isinstance(engine, OwnEngine):  # reads the store where it is, and knows what a change can affect
                graphs = judged_graphs(current.manifest["private_graphs"], unjudged)
                canon = Canonicaliser()
                changed = [canonical_line(quad, canon)[1] for quad in (*patch.adds, *patch.deletes)]
                focus = subjects | affected_things(engine, shapes, (before, after), graphs, changed, changed)
                results = engine.validate(after, shapes, set(focus), graphs=graphs)
            else:
                quads = list(_judged(after, unjudged))
                focus = subjects | _neighbours(quads, subjects)
                results = engine.validate(quads, shapes, set(focus))
            violations = [result for result in results if result.severity is Severity.VIOLATION]
            if violations:
                raise PatchError(_told(violations))
            return Judged(frozenset(focus), [result_dict(result) for result in results])

        return check


def _judged(store: Store, unjudged: frozenset[str]) -> Iterator[Quad]:
    for graph in store.named_graphs():
        if graph.value not in unjudged:
            yield from store.quads_for_pattern(None, None, None, graph)


def _neighbours(quads: list[Quad], subjects: frozenset[str]) -> set[str]:
    """What a touched thing points to and what points to it: a relation may break at either end."""
    found = set()
    for quad in quads:
        if isinstance(quad.object, NamedNode):
            if quad.subject.value in subjects:
                found.add(quad.object.value)
            elif quad.object.value in subjects:
                found.add(quad.subject.value)
    return found


def _told(violations: list[Result]) -> str:
    lines = [
        f"{result.focus} {result.path or ''} {result.value or ''}: {result.messages.get('en', result.source_shape)}"
        for result in violations[:10]
    ]
    more = f" (and {len(violations) - 10} more)" if len(violations) > 10 else ""
    return f"the patch breaks {len(violations)} rules{more}: " + "; ".join(lines)
