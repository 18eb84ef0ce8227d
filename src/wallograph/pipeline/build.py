"""The whole way, once: ingest → link → validate → release.

In: the data and ontology folders, the state of an installation, a base, a date, what curators decided. Out: a release
that is whole and switched to; on any error the former release stays.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Quad

from wallograph import vocab
from wallograph.errors import DataError
from wallograph.ingest.figures import MESSAGES as FIGURE_MESSAGES
from wallograph.ingest.messages import MESSAGES
from wallograph.ingest.read import Ingested, read_sources
from wallograph.ingest.tables import read_rows
from wallograph.iris import thing
from wallograph.link.emit import emit
from wallograph.link.identity import identify
from wallograph.link.judgements import read_judgements
from wallograph.link.mentions import read_mentions
from wallograph.link.registry import read_registry, write_registry
from wallograph.model import Severity
from wallograph.pipeline.account import identity_report, render_account, result_dict
from wallograph.pipeline.assemble import Linked, assemble, rebase_quads, stated
from wallograph.pipeline.deciding import Deciding
from wallograph.pipeline.origin import ORIGIN, origin
from wallograph.pipeline.replay import NOTHING, Replay
from wallograph.release.edition import make_edition
from wallograph.release.erase import without
from wallograph.release.state import Release, State
from wallograph.validate.engine import Engine, Result, without_graphs
from wallograph.validate.hold import Held, hold_back
from wallograph.validate.report import counts
from wallograph.validate.shapes import Shapes, load_shapes

PRIVATE = ("provenance", "shapes", "judgements")
UNJUDGED = frozenset(thing("source", key) for key in ("shapes", "judgements"))
MOST_ROUNDS = 5
Progress = Callable[[str, int, int | None], None]


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What a build may be told. `date` (YYYY-MM-DD) is an input: nothing in the graph comes from a clock."""

    base: str = vocab.DEFAULT_BASE
    date: str = ""
    allow_loss: bool = False
    dumps: bool = True
    registry: Path | None = None
    parquet: bool = False
    erased: frozenset[str] = frozenset()  # digests of statements that must not come back


def private_graphs(base: str) -> frozenset[str]:
    """The graphs that are kept out of the public default graph (design S2)."""
    return frozenset(thing("source", key, base) for key in PRIVATE)


def build(
    data: Path, ontology: Path, state: State, engine: Engine, options: BuildOptions, progress: Progress,
    replay: Replay = NOTHING,
) -> Release:  # fmt: skip
    """Build an edition of the shipped data and switch to it; on any error the former release stays.

    It is sources − retractions + proposal graphs + identity decisions (design M7); `replay` has the latter three.
    """
    ingested = read_sources(data, progress)
    linked = link(data, ingested, state, progress, replay)
    decided = Deciding(replay, linked)
    decided.apply(lambda: stated(ingested, linked, ontology))
    kept, held, results = validate(ingested, linked, ontology, engine, load_shapes(), progress)
    account = render_account(ingested, linked, held)
    former = state.current()
    before = (former.manifest.get("summary") or {}).get("tables") if former else None
    account.guard(before, allow_loss=options.allow_loss)
    report = account.report(
        validation=counts(results),
        identity=identity_report(linked.identity),
        codes=sorted({*MESSAGES, *FIGURE_MESSAGES}),
        warnings=[result_dict(result) for result in results if result.severity is not Severity.VIOLATION],
    )
    shapes = load_shapes(options.base).quads(thing("source", "shapes", options.base))
    registry = linked.identity.registry
    redirects = {**replay.forwarded(linked.identity.iri.values()), **registry.redirects}
    release = make_edition(
        state,
        without((*rebase_quads(kept, options.base), *shapes), options.erased),
        base=options.base,
        date=options.date or (data / "edition-date").read_text(encoding="utf-8").strip(),
        private_graphs=private_graphs(options.base),
        report=report,
        progress=progress,
        dumps=options.dumps,
        parquet=options.parquet,
        license=vocab.CC_BY,
        extras={
            "redirects.json": dict(sorted(redirects.items())),
            **decided.files(held, state, options.base),
            ORIGIN: origin(data),
        },
        journal=replay.shown(),
    )
    write_registry(registry, options.registry or state.root / "registry.csv")
    return state.switch(release.number)


def link(
    data: Path, ingested: Ingested, state: State, progress: Progress, replay: Replay = NOTHING
) -> Linked:
    """Decide what is one thing, settle the IRIs, and turn statements into quads."""
    progress("link", 0, 2)
    mentions = read_mentions(((row.line, row.cells) for row in read_rows(data / "mentions.csv")), "mentions.csv")
    harvest = ingested.harvest
    registry = read_registry(data / "registry.csv", state.root / "registry.csv")
    replay.reserve(registry)
    identity = identify(
        harvest.records,
        harvest.statements,
        mentions,
        replay.judged(read_judgements(data / "judgements.csv")),
        registry,
        ingested.gazetteer.find,
        replay.records(),
    )
    progress("link", 1, 2)
    emitted = emit(identity, harvest.statements)
    for found in identity.links:
        for end in (found.subject, found.object):
            record = identity.records.get(end or "")
            if record and record.mention and record.kinds:
                ingested.book.reading(found.statement.source, "kind-of-name")
    progress("link", 2, 2)
    return Linked(identity, mentions, emitted)


def validate(
    ingested: Ingested, linked: Linked, ontology: Path, engine: Engine, shapes: Shapes, progress: Progress
) -> tuple[list[Quad], list[Held], list[Result]]:
    """Check the whole graph; hold back the smallest statements until no violation is left (design S4)."""
    held: list[Held] = []
    for round_ in range(1, MOST_ROUNDS + 1):
        progress("validate", round_ - 1, None)
        quads = list(dict.fromkeys(assemble(ingested, linked, ontology)))
        results = engine.validate(without_graphs(quads, UNJUDGED), shapes)
        gone = hold_back(results, linked.emitted.of, round_)
        if not gone:
            break
        held += [item for item, _ in gone]
        lost = {id(quads_) for _, quads_ in gone}
        linked.emitted.of = [pair for pair in linked.emitted.of if id(pair[1]) not in lost]
        linked.drop_empty()
    left = [result for result in results if result.severity is Severity.VIOLATION]
    if left:
        first = left[0]
        raise DataError(
            f"{len(left)} violations cannot be held back statement by statement, the first: "
            f"{first.focus} {first.path or ''} {first.value or ''} ({first.source_shape})"
        )
    progress("validate", 1, 1)
    return quads, held, results
