"""Accepting without a desk: entries appended to the journal, as a curator's decision does."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Store

import publication
from wallograph import vocab
from wallograph.curation.layers import quads_of
from wallograph.curation.materialise import materialise, undo
from wallograph.curation.model import PAGE, Change, Evidence
from wallograph.curation.present import Present, after_entries
from wallograph.curation.publisher import Publisher, Stop
from wallograph.curation.shown import Shown
from wallograph.database import Database
from wallograph.iris import rebase_iri
from wallograph.journal.entry import Entry
from wallograph.journal.journal import Journal
from wallograph.pipeline.change import Maker
from wallograph.release.state import Release, State
from wallograph.validate.own import OwnEngine

BASE = publication.BASE
NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
ULIEGE, SPIN = (f"{BASE}/id/actor/{name}" for name in ("uliege", "spin"))
SAYS = Evidence(PAGE, "https://www.example.com/c")


ROLE = """
<http://localhost:8000/id/source/code-lists> {
  <http://localhost:8000/auth/source-role/proposal> a skos:Concept ; skos:prefLabel "proposed"@en .
}
"""


class Installation:
    """A state folder with a small release, and its journal."""

    def __init__(self, root: Path, db: Database | None = None) -> None:
        publication.publish(root, publication.TRIG + ROLE)
        self.state = State(root)
        self.db = db or Database.of_folder(root)
        self.journal = Journal(self.db)
        self.said: list[str] = []

    def publisher(self, stop: Stop = lambda point: None) -> Publisher:
        return Publisher(
            self.db, self.state, Maker(OwnEngine()), now=lambda: NOW, say=self.said.append, stop=stop
        )

    @property
    def current(self) -> Release:
        release = self.state.current()
        assert release is not None
        return release

    def present(self) -> Present:
        """The current release and the entries that it does not show."""
        store, shown = Store.read_only(str(self.current.store_path)), Shown.of(self.current.manifest)
        waiting = [entry.number for entry in self.journal.entries() if not shown.has(entry.number)]
        return after_entries(store.quads_for_pattern, [self.journal.payload(number) or {} for number in waiting])

    def accept(self, *changes: Change, proposal: str) -> Entry:
        done = materialise(changes, proposal, BASE, "2026-03-02", present=self.present(), above=lambda *_: None)
        payload = {"changes": [change.values() for change in changes], **done.payload()}
        return self.append("accept", payload, proposal)

    def revert(self, number: int) -> Entry:
        payload = self.journal.payload(number)
        assert payload is not None
        done = undo(payload, BASE, present=self.present(), above=lambda *_: None)
        return self.append("revert", {**done.payload(), "undoes": number})

    def append(self, kind: str, payload: dict[str, object], proposal: str = "") -> Entry:
        with self.db.writing() as tx:
            return self.journal.append(
                tx, kind=kind, at=NOW, who="someone", why="a reason", proposal=proposal,
                release=self.current.number, payload=payload,
            )  # fmt: skip

    def keyword(self, word: str, proposal: str, subject: str = SPIN) -> Entry:
        return self.accept(add(1, subject, vocab.KEYWORDS, f'"{word}"'), proposal=proposal)

    def keywords(self, subject: str = SPIN) -> list[str]:
        """What the public graph of the current release says."""
        store = Store.read_only(str(self.current.store_path))
        found = store.quads_for_pattern(NamedNode(subject), NamedNode(vocab.KEYWORDS), None, DefaultGraph())
        return sorted(quad.object.value for quad in found)

    def lines(self) -> list[str]:
        """All statements of the current release."""
        return sorted(map(str, Store.read_only(str(self.current.store_path))))


def add(number: int, subject: str, predicate: str, target: str, evidence: Evidence = SAYS, year: str = "") -> Change:
    return Change(number, "add", subject, rebase_iri(predicate, BASE), target, evidence=evidence, year=year)


def replayed(installation: Installation, payloads: Sequence[dict[str, list[str]]]) -> list[str]:
    """The statements of the first edition after these payloads, one after the other."""
    store = Store()
    store.extend(Store.read_only(str(installation.state.get(1).store_path)))
    for payload in payloads:
        for quad in quads_of(payload["deletes"]):
            store.remove(quad)
        store.extend(quads_of(payload["adds"]))
    return sorted(str(quad) for quad in store if isinstance(quad.graph_name, NamedNode))
