"""Releases that are no build of the shipped data: a patch applied, or any RDF files published as they are.

In: the state, a patch or files. Out: a release that is switched to.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from pyoxigraph import NamedNode, Quad, Store

from wallograph.errors import PatchError
from wallograph.iris import thing
from wallograph.model import Severity
from wallograph.pipeline.account import result_dict
from wallograph.pipeline.build import Progress
from wallograph.pipeline.recheck import affected_things, judged_graphs
from wallograph.release.apply import apply_patch
from wallograph.release.edition import make_edition
from wallograph.release.foreign import read_files
from wallograph.release.graphfile import canonical_line
from wallograph.release.literals import Canonicaliser
from wallograph.release.patch import Patch
from wallograph.release.quality import Judged
from wallograph.release.state import Release, State
from wallograph.validate.engine import Engine, Result
from wallograph.validate.own import OwnEngine
from wallograph.validate.shapes import load_shapes

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
    current = state.current()
    judged = current is not None and bool(current.manifest.get(OWN_DATA))
    check = _check(engine, current, patch) if judged and current else None
    release = apply_patch(
        state,
        patch,
        date=date,
        check=check,
        lenient=lenient,
        summary=current.manifest.get(OWN_DATA) if current else None,
    )
    return state.switch(release.number)


def _check(engine: Engine, current: Release, patch: Patch) -> Callable[[Path, frozenset[str]], Judged]:
    unjudged = frozenset(thing("source", key, current.base) for key in ("shapes", "judgements"))

    def check(path: Path, subjects: frozenset[str]) -> Judged:
        shapes = load_shapes(current.base)
        store = Store.read_only(str(path))
        if isinstance(engine, OwnEngine):  # reads the store where it is, and knows what a change can affect
            graphs = judged_graphs(current.manifest["private_graphs"], unjudged)
            stores = Store.read_only(str(current.store_path)), store
            canon = Canonicaliser()
            changed = [canonical_line(quad, canon)[1] for quad in (*patch.adds, *patch.deletes)]
            focus = subjects | affected_things(engine, shapes, stores, graphs, changed, changed)
            results = engine.validate(store, shapes, set(focus), graphs=graphs)
        else:
            quads = list(_judged(store, unjudged))
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
