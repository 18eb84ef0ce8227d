"""A working tree checked as the build would read it, without a release: ingest, link, decisions, judgements, shapes.

In: the data and ontology folders, what was decided. Out: findings with their files, as paths from the data folder.
What cannot be read stops the stages after it; all that was found until then is told.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from wallograph.errors import DataError
from wallograph.ingest.proposal_messages import told
from wallograph.ingest.proposals import ProposalFiles
from wallograph.ingest.read import Ingested, read_sources
from wallograph.link.judgements import lint
from wallograph.model import Finding, Severity, Statement, Where
from wallograph.pipeline.account import render_account
from wallograph.pipeline.assemble import Linked, stated
from wallograph.pipeline.build import Progress, link, validate
from wallograph.pipeline.deciding import Deciding
from wallograph.pipeline.replay import JOURNAL, Replay
from wallograph.release.state import State
from wallograph.validate.engine import Engine, Result
from wallograph.validate.explain import local_name
from wallograph.validate.shapes import Shapes, load_shapes
from wallograph.vocab import MUNICIPALITY, PLACE, PROVINCE

SOURCES: Final = "sources"
JUDGEMENTS: Final = "judgements.csv"
_DERIVED_FROM: Final = {MUNICIPALITY: PLACE, PROVINCE: PLACE}  # what a derived value follows from
_AT: Final = re.compile(r"(?P<file>.+?\.(?:csv|yaml|json|ttl))(?::(?P<line>\d+))?: (?P<text>.*)", re.DOTALL)


def check_tree(
    data: Path, ontology: Path, state: State, engine: Engine, files: ProposalFiles,
    decided: Callable[[], Replay], progress: Progress,
) -> list[Finding]:  # fmt: skip
    """All findings, each with its file under `data`. `decided` reads `files` (and a journal) when they are in order."""
    found = [_moved(finding) for finding in files.findings] + list(_judgements(data))
    try:
        ingested = read_sources(data, progress)
        if any(finding.severity is Severity.VIOLATION for finding in found):
            return found + [_moved(finding) for finding in ingested.harvest.findings]
        replay = decided()
        linked = link(data, ingested, state, progress, replay)
        found += _linked(ingested, linked, replay, ontology, state, engine, progress)
    except DataError as error:
        found.append(_of_error(error, data))
    return found


def _linked(
    ingested: Ingested, linked: Linked, replay: Replay, ontology: Path, state: State, engine: Engine,
    progress: Progress,
) -> Iterator[Finding]:  # fmt: skip
    """What linking, the decisions and the shapes find."""
    shapes = load_shapes()
    deciding = Deciding(replay, linked)
    deciding.apply(lambda: stated(ingested, linked, ontology))
    known = frozenset(linked.mentions.unresolved)
    _, held, results = validate(ingested, linked, ontology, engine, shapes, progress)
    for finding in (*replay.findings, *deciding.findings(held, state)):
        yield _moved(finding)
    registers = {card.key for card in ingested.cards.values() if card.register}
    for finding in render_account(ingested, linked, held).findings:
        yield _moved(_looked_at(finding, known, registers))
    places = _places(linked)
    for result in results:
        if result.severity is not Severity.VIOLATION:
            yield _moved(_of_result(result, places, shapes))


def _looked_at(finding: Finding, known: Collection[str], registers: Collection[str]) -> Finding:
    """A name that `mentions.csv` leaves unresolved, with a reason, is no news; nor what a register names elsewhere."""
    if finding.code != "unresolved-end" or finding.where is None:
        return finding
    if finding.subject in known or finding.where.file.partition("/")[0] in registers:
        return replace(finding, severity=Severity.INFO)
    return finding


def _places(linked: Linked) -> Mapping[tuple[str, str], list[tuple[str, Statement]]]:
    """Where something is stated, by thing and property: the value, and the statement."""
    places: dict[tuple[str, str], list[tuple[str, Statement]]] = defaultdict(list)
    for statement, quads in linked.emitted.of:
        main = quads[0]
        places[main.subject.value, main.predicate.value].append((str(main.object), statement))
    return places


def _of_result(
    result: Result, places: Mapping[tuple[str, str], list[tuple[str, Statement]]], shapes: Shapes
) -> Finding:
    """A warning of a shape, at the first row that states the value that it is about."""
    path = _DERIVED_FROM.get(result.path or "", result.path or "")
    said = places.get((result.focus, path), [])
    found = [statement for value, statement in said if value == result.value] or [statement for _, statement in said]
    where = found[0].where if found else None
    rule = shapes.rule(result.source_shape)
    return Finding(
        local_name(result.source_shape), result.severity, where, result.focus,
        result.value or "", result.messages or rule.messages, result.graph, result.path, rule=rule.iri,
    )  # fmt: skip


def _judgements(data: Path) -> Iterator[Finding]:
    for text in lint(data / JUDGEMENTS):
        line, _, message = text.partition(": ")
        where = Where(JUDGEMENTS, int(line))
        yield Finding("judgements", Severity.VIOLATION, where, JUDGEMENTS, "", told("file-not-in-order", message))


def _of_error(error: DataError, data: Path) -> Finding:
    """What stops the build, at the place that it names."""
    said = str(error)
    at = _AT.fullmatch(said)
    if at is None:
        return Finding("data", Severity.VIOLATION, None, "", "", told("file-not-in-order", said))
    path = Path(at["file"])
    try:
        file = path.relative_to(data).as_posix()
    except ValueError:
        file = path.as_posix().removeprefix("data/")
    where = Where(file, int(at["line"]) if at["line"] else None)
    return Finding("data", Severity.VIOLATION, where, file, "", told("file-not-in-order", at["text"]))


def _moved(finding: Finding) -> Finding:
    """With the file as a path from the data folder: tables of sources are named from their own folder."""
    where = finding.where
    if where is None or where.file == JOURNAL or where.file.count("/") != 1 or where.file.startswith("proposals/"):
        return finding
    return replace(finding, where=replace(where, file=f"{SOURCES}/{where.file}"))


def under(findings: Iterable[Finding], folder: str) -> list[Finding]:
    """With the files as paths from another folder: that of the repository, or where the command was given."""
    return [
        finding if finding.where is None or finding.where.file == JOURNAL
        else replace(finding, where=replace(finding.where, file=f"{folder}/{finding.where.file}"))
        for finding in findings
    ]  # fmt: skip
