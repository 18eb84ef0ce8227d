"""What a curator has to look at again after a rebuild: `retractions.json` of a release.

In: `Replayed`, the former releases. Out: plain values, and findings. Four lists:

- `moot`: retractions whose statement no source gives any more. `now` is what the source says in its place.
- `changed`: retractions that hold, but whose row changed. The row is every statement that the source (the graph)
  makes about the thing (the subject). Compared are the row in the release that the retraction was decided against and
  the row in this build, both without what any decision ever retracted, the former with its things under their
  present IRIs. `came` and `went` are the difference. Not compared (and not listed) is a retraction that knows no
  release, or one of a release that is not kept.
- `held`: accepted statements that were left out: their thing is gone, both ends are one, or a rule is broken now.
- `decisions`: decisions on identity of which a record is gone.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from wallograph import vocab
from wallograph.errors import NotFound, StateError
from wallograph.ingest.proposal_messages import told
from wallograph.model import Finding, Severity, Where
from wallograph.pipeline.replay import JOURNAL, Accepted, Replay
from wallograph.pipeline.replay_quads import Moves, Replayed, Retraction
from wallograph.release.chain import lines
from wallograph.release.state import Release, State
from wallograph.release.thin import is_thinned
from wallograph.validate.hold import Held as HeldBack

Row = tuple[str, str]  # a thing and a source
FILE = "retractions.json"


def report(
    replay: Replay, replayed: Replayed, held: Iterable[HeldBack], moves: Moves, state: State
) -> dict[str, list[dict[str, Any]]]:
    """The four lists, on the default base; see the module."""
    moot = [found for found in replayed.retractions if found.hit is None]
    now = _rows(replayed.stated, {_row(moves.quad(found.quad)) for found in moot})
    return {
        "moot": [_told(found) | {"now": _lines(_same_field(found, now, moves))} for found in moot],
        "changed": list(_changed(replay, replayed, moves, state)),
        "held": [*_orphans(replayed), *_broken(held)],
        "decisions": [
            {"entry": decision.entry, "left": decision.left, "right": decision.right, "verdict": decision.verdict,
             "gone": key} for decision, key in replayed.decisions
        ],
    }  # fmt: skip


def findings(reported: Mapping[str, list[dict[str, Any]]], replayed: Replayed) -> list[Finding]:
    """The same as findings, each with its file and line, for those who check a working tree."""
    changed = {entry["statement"] for entry in reported["changed"]}
    found = []
    for one in replayed.held:
        found.append(_finding(one.code, Severity.VIOLATION, one.accepted.where(one.quad), one.accepted, one.value))
    for each in replayed.retractions:
        text = f"{each.quad} ."
        if each.hit is None or text in changed:
            code = "retraction-moot" if each.hit is None else "retraction-changed"
            found.append(_finding(code, Severity.WARNING, each.accepted.where(each.quad), each.accepted, _short(each)))
    for decision, key in replayed.decisions:
        where = Where(decision.file, decision.entry or None)
        found.append(Finding("decision-moot", Severity.WARNING, where, key, key, told("decision-moot", key)))
    return found


def _finding(code: str, severity: Severity, where: Where, accepted: Accepted, value: str) -> Finding:
    return Finding(code, severity, where, accepted.proposal, value, told(code, value))


def _short(found: Retraction) -> str:
    target = found.quad.object.value
    return target if len(target) <= 80 else target[:79] + "…"


def _told(found: Retraction) -> dict[str, Any]:
    accepted = found.accepted
    return {
        "entry": accepted.entry, "proposal": accepted.proposal, "release": accepted.release, "file": accepted.file,
        "statement": f"{found.quad} .",
    }  # fmt: skip


def _changed(replay: Replay, replayed: Replayed, moves: Moves, state: State) -> Iterable[dict[str, Any]]:
    """Retractions that hold and whose row is another one than in the release that they were decided against."""
    wanted: dict[int, set[Row]] = defaultdict(set)
    for found in replayed.retractions:
        if found.hit is not None and found.accepted.release:
            wanted[found.accepted.release].add(_row(found.quad))
    former = {number: _former(state, number, rows) for number, rows in wanted.items()}
    now = _rows(replayed.stated, {_row(found.hit) for found in replayed.retractions if found.hit is not None})
    left_out = {form for quad in replay.retracted for form in moves.forms(quad)}
    for found in replayed.retractions:
        then = former.get(found.accepted.release) if found.hit is not None else None
        if then is None or found.hit is None:
            continue
        was = {_under(moves.quad(quad), found.hit) for quad in then[_row(found.quad)]} - left_out
        is_ = now[_row(found.hit)] - left_out
        if was != is_:
            yield _told(found) | {"came": _lines(is_ - was), "went": _lines(was - is_)}


def _under(quad: Quad, hit: Quad) -> Quad:
    """A statement of a former row, of the thing that the row is about now."""
    return Quad(hit.subject, quad.predicate, quad.object, quad.graph_name)


def _row(quad: Quad) -> Row:
    return str(quad.subject), str(quad.graph_name)


def _rows(quads: Iterable[Quad], wanted: set[Row]) -> dict[Row, set[Quad]]:
    rows: dict[Row, set[Quad]] = defaultdict(set)
    for quad in quads if wanted else ():
        if (row := _row(quad)) in wanted:
            rows[row].add(quad)
    return rows


def _same_field(found: Retraction, now: Mapping[Row, set[Quad]], moves: Moves) -> list[Quad]:
    here = moves.quad(found.quad)
    return [quad for quad in now.get(_row(here), ()) if quad.predicate == here.predicate]


def _former(state: State, number: int, rows: set[Row]) -> dict[Row, set[Quad]] | None:
    """These rows in a former release, on the default base; None when it is not kept."""
    try:
        release = state.get(number)
        found = _from_lines(release, rows) if is_thinned(release) else _from_store(release, rows)
    except (NotFound, StateError, OSError):
        return None
    return _rows((_moved(quad, release.base, vocab.DEFAULT_BASE) for quad in found), rows)


def _from_store(release: Release, rows: set[Row]) -> list[Quad]:
    store = Store.read_only(str(release.store_path))
    ends = [tuple(_move(NamedNode(text[1:-1]), vocab.DEFAULT_BASE, release.base) for text in row) for row in rows]
    return [quad for subject, graph in ends for quad in store.quads_for_pattern(subject, None, None, graph)]  # type: ignore[arg-type]


def _from_lines(release: Release, rows: set[Row]) -> list[Quad]:
    """Of a release whose store was thinned away: its file and the patches since, read once."""
    starts = {str(_move(NamedNode(row[0][1:-1]), vocab.DEFAULT_BASE, release.base)).encode() for row in rows}
    kept = b"".join(line for line in lines(release) if line.split(b" ", 1)[0] in starts)
    return list(parse(kept, RdfFormat.N_QUADS))


def _moved(quad: Quad, old: str, new: str) -> Quad:
    return Quad(*(_move(term, old, new) for term in quad)) if old != new else quad  # type: ignore[arg-type]


def _move(term: object, old: str, new: str) -> object:
    if isinstance(term, NamedNode) and term.value.startswith(f"{old}/"):
        return NamedNode(new + term.value[len(old) :])
    return term


def _orphans(replayed: Replayed) -> Iterable[dict[str, Any]]:
    for one in replayed.held:
        accepted = one.accepted
        yield {
            "entry": accepted.entry, "proposal": accepted.proposal, "file": accepted.file,
            "statement": f"{one.quad} .", "code": one.code, "value": one.value,
        }  # fmt: skip


def _broken(held: Iterable[HeldBack]) -> Iterable[dict[str, Any]]:
    """Accepted statements that a rule takes out of this build."""
    for one in held:
        where, result = one.statement.where, one.result
        if where.file == JOURNAL or where.file.startswith("proposals/"):
            yield {
                "entry": where.line if where.file == JOURNAL else 0, "proposal": _proposal(one.statement.source),
                "file": where.file, "statement": f"{result.focus} {result.path or ''} {result.value or ''}".strip(),
                "code": result.source_shape.rpartition("#")[2], "value": one.statement.value.text,
            }  # fmt: skip


def _proposal(source: str) -> str:
    return source.removeprefix("proposal-").rpartition("-")[0]


def _lines(quads: Iterable[Quad]) -> list[str]:
    return sorted(f"{quad} ." for quad in quads)
