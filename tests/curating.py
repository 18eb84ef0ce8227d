"""A desk without a page: accepts, reverts and publishes proposals in a state folder, for the tests of the rebuild."""

import csv
import shutil
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pyoxigraph import DefaultGraph, NamedNode, Quad

from quiet import silent
from wallograph import vocab
from wallograph.curation.layers import quads_of
from wallograph.curation.materialise import Materialised, descriptions, materialise, undo
from wallograph.curation.model import ORGANISATION, PAGE, Change, Evidence
from wallograph.curation.present import after_entries
from wallograph.curation.replay import read_replay
from wallograph.database import Database
from wallograph.ingest.proposals import read_proposals
from wallograph.journal.entry import Entry
from wallograph.journal.journal import Journal
from wallograph.pipeline.build import BuildOptions, build
from wallograph.pipeline.change import apply
from wallograph.pipeline.replay import Replay
from wallograph.release.diff import diff
from wallograph.release.patch import Patch
from wallograph.release.state import Release, State
from wallograph.resources import data_dir, ontology_dir
from wallograph.store.embedded import ReadStore
from wallograph.validate.engine import Engine, Result

Above = Callable[[str, str], str | None]
WHO = "p-0123456789"


class NoShapes:
    """An engine that finds nothing: where a test is about other stages, judging would only take time."""

    def validate(self, data: object, shapes: object, focus: object = None) -> list[Result]:
        return []


class Curating:
    """A state folder with its journal. Accepted entries wait until `publish`."""

    def __init__(self, root: Path, above: Above, *, base: str = vocab.DEFAULT_BASE, data: Path | None = None) -> None:
        root.mkdir(parents=True, exist_ok=True)
        self.state, self.base, self.data = State(root), base, data or data_dir()
        self.db = Database.of_folder(root)
        self.journal = Journal(self.db)
        self.above = above
        self._clock = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
        self._waiting: list[dict[str, Any]] = []
        self._store: tuple[int, ReadStore] | None = None

    def current(self) -> Release:
        release = self.state.current()
        assert release is not None
        return release

    def present(
        self, subject: NamedNode | None, predicate: NamedNode | None, target: Any, graph: NamedNode | None
    ) -> Iterable[Quad]:
        """The named graphs of the current release."""
        number = self.current().number
        if self._store is None or self._store[0] != number:
            self._store = number, ReadStore(self.current().store_path)
        found = self._store[1].quads(subject, predicate, target, graph)
        return [quad for quad in found if quad.graph_name != DefaultGraph()]

    def accept(self, proposal: str, changes: Iterable[Change], things: dict[str, str] | None = None) -> Entry:
        changes = list(changes)
        day = self._clock.date().isoformat()
        present = after_entries(self.present, self._waiting)
        made = materialise(changes, proposal, self.base, day, present=present, above=self.above)
        values = [change.values() for change in changes]
        return self._append("accept", made, proposal, {"changes": values, "things": things or {}, "undoes": 0})

    def revert(self, number: int) -> Entry:
        payload = self.journal.payload(number)
        assert payload is not None
        present = after_entries(self.present, self._waiting)
        every = [self.journal.payload(entry.number) or {} for entry in self.journal.entries()]
        described = descriptions(every, self.base)
        made = undo(payload, self.base, present=present, above=self.above, described=described)
        entry = next(entry for entry in self.journal.entries() if entry.number == number)
        return self._append("revert", made, entry.proposal, {"undoes": number})

    def decide(self, left: str, right: str, verdict: str, made: Materialised | None = None, **more: Any) -> Entry:
        payload = {"left": left, "right": right, "verdict": verdict, "withdraws": 0, "redirects": {}, **more}
        return self._append("identity", made or Materialised([], []), "", payload)

    def roll_back(self, number: int) -> Entry:
        patch = diff(self.state, self.current().number, number)
        return self._append("rollback", Materialised(patch.adds, patch.deletes), "", {"to": number})

    def _append(self, kind: str, made: Materialised, proposal: str, payload: dict[str, Any]) -> Entry:
        self._clock += timedelta(minutes=7)
        whole = {**payload, **made.payload()}
        with self.db.writing() as tx:
            entry = self.journal.append(
                tx, kind=kind, at=self._clock, who=WHO, why=f"why of {proposal}", proposal=proposal,
                release=self.current().number, payload=whole,
            )  # fmt: skip
        self._waiting.append(whole)
        return entry

    def publish(self, engine: Engine | None = None) -> Release:
        """Apply all that waits as one patch."""
        if not self._waiting:
            return self.current()
        stated: dict[Quad, bool] = {}
        for payload in self._waiting:
            stated |= dict.fromkeys(quads_of(payload["deletes"]), False)
            stated |= dict.fromkeys(quads_of(payload["adds"]), True)
        self._waiting = []
        patch = Patch([q for q, come in stated.items() if come], [q for q, come in stated.items() if not come])
        if not patch:
            return self.current()
        release = apply(self.state, patch, engine or NoShapes(), date="2026-11-24", lenient=True)
        with self.db.writing() as tx:
            self.journal.publish(tx, [entry.number for entry in self.journal.unpublished()], release.number)
        return release

    def replay(self, data: Path | None = None, bases: Iterable[str] = ()) -> Replay:
        files = read_proposals(data or self.data)
        files.refuse_wrong()
        return read_replay(self.journal, files, {self.base, *bases}, lambda number: None)

    def build(
        self, data: Path | None = None, engine: Engine | None = None, bases: Iterable[str] = (), **options: Any
    ) -> Release:
        """An edition of the data folder with all that was decided."""
        settings = BuildOptions(base=self.base, dumps=False, allow_loss=True, **options)
        folder = data or self.data
        return build(
            folder, ontology_dir(), self.state, engine or NoShapes(), settings, silent, self.replay(folder, bases)
        )


def copy_of_data(folder: Path, data: Path | None = None) -> Path:
    return Path(shutil.copytree(data or data_dir(), folder / "data"))


def small_data(folder: Path, names: Iterable[str]) -> Path:
    """A copy of the data with every tenth row of the large tables, and those that speak of these names."""
    data = copy_of_data(folder)
    kept = tuple(names)
    for path in sorted((data / "sources").glob("*/*.csv")):
        if path.parent.name in ("refnis", "localities", "nace", "city-province", "digitalwallonia", "ror", "fedict"):
            continue
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        few = [row for n, row in enumerate(rows) if n % 10 == 0 or any(name in cell for cell in row for name in kept)]
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(few)
    return data


def change_rows(path: Path, change: dict[str, dict[str, str]]) -> None:
    """Change cells of a table by the name of the row; a name that it does not have becomes a row."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for name in change.keys() - {row["name"] for row in rows}:
        rows.append(dict.fromkeys(rows[0], "") | {"name": name})
    for row in rows:
        row.update(change.get(row["name"], {}))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def add_startup(data: Path, name: str, *, founded: str, description: str = "") -> None:
    row = {"kind": "", "founded_year": founded, "activity_fr": description, "source_url": "https://rows.example/"}
    change_rows(data / "sources/startups/rows.csv", {name: row})


def iri(reference: str, base: str = vocab.DEFAULT_BASE) -> str:
    return f"{base}/id/{reference}"


def page(address: str) -> Evidence:
    return Evidence(PAGE, address)


SELF = Evidence(ORGANISATION)
