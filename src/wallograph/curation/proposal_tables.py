"""The tables of the proposals, and how a proposal is written in a row.

In: nothing, or a row. Out: the steps that make the tables on both engines; a `Proposal` or a `Listed`.
An author's e-mail address stands in a table of its own; of a client's address there is only a keyed hash whose key
is deleted with its day.
"""

import json
from dataclasses import dataclass
from typing import Any, Final

from wallograph.curation.model import Change, Kind, Proposal, State
from wallograph.database import Row

COMPONENT: Final = "proposals"
STEPS: Final = (
    """CREATE TABLE proposals (
        seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, state TEXT NOT NULL,
        version INTEGER NOT NULL, made TEXT NOT NULL, changed TEXT NOT NULL, release INTEGER NOT NULL,
        lang TEXT NOT NULL, note TEXT NOT NULL, author TEXT NOT NULL, assigned TEXT NOT NULL, accepted TEXT NOT NULL,
        entry INTEGER NOT NULL, published INTEGER NOT NULL, file TEXT NOT NULL, secret TEXT NOT NULL,
        decided TEXT NOT NULL, title TEXT NOT NULL, adds INTEGER NOT NULL, retracts INTEGER NOT NULL)""",
    "CREATE INDEX proposals_state ON proposals (state, seq)",
    "CREATE INDEX proposals_secret ON proposals (secret)",
    "CREATE TABLE proposal_changes (proposal TEXT PRIMARY KEY, changes TEXT NOT NULL, outcome TEXT NOT NULL)",
    "CREATE TABLE proposal_facets (proposal TEXT NOT NULL, kind TEXT NOT NULL, value TEXT NOT NULL)",
    "CREATE INDEX proposal_facets_value ON proposal_facets (kind, value)",
    "CREATE INDEX proposal_facets_proposal ON proposal_facets (proposal)",
    """CREATE TABLE proposal_events (
        proposal TEXT NOT NULL, number INTEGER NOT NULL, at TEXT NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL,
        why TEXT NOT NULL, version INTEGER NOT NULL, PRIMARY KEY (proposal, number))""",
    "CREATE TABLE proposal_emails (proposal TEXT PRIMARY KEY, email TEXT NOT NULL)",
    """CREATE TABLE proposal_uploads (
        proposal TEXT PRIMARY KEY, file TEXT NOT NULL, digest TEXT NOT NULL, size INTEGER NOT NULL)""",
    "CREATE TABLE proposal_days (day TEXT PRIMARY KEY, secret TEXT NOT NULL)",
    """CREATE TABLE proposal_counts (
        day TEXT NOT NULL, client TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (day, client))""",
    """CREATE TABLE proposal_keys (
        key TEXT NOT NULL, content TEXT NOT NULL, proposal TEXT NOT NULL, sealed TEXT NOT NULL,
        made TEXT NOT NULL, PRIMARY KEY (key))""",
)

_OF_PROPOSAL: Final = (
    "id", "kind", "state", "version", "made", "changed", "release", "lang", "note", "author", "assigned", "accepted",
    "entry", "published", "file",
)  # fmt: skip
COLUMNS: Final = ", ".join(f"p.{name}" for name in _OF_PROPOSAL)
LISTED: Final = f"{COLUMNS}, p.seq, p.title, p.adds, p.retracts"


@dataclass(frozen=True, slots=True)
class Listed:
    """A proposal in a list: all but its statements, which can be many. `seq` is where a list goes on."""

    id: str
    kind: Kind
    state: State
    version: int
    made: str
    changed: str
    release: int
    lang: str
    note: str
    author: str
    assigned: str
    accepted: tuple[int, ...]
    entry: int
    published: int
    file: str
    seq: int
    title: str  # the things it is about, by name
    adds: int
    retracts: int


def proposal_of(row: Row) -> Proposal:
    """A proposal, of the `COLUMNS` and its statements."""
    *plain, changes = row
    said = tuple(Change.of_values(values) for values in json.loads(changes))
    return Proposal(**_plain(plain), changes=said)


def listed_of(row: Row) -> Listed:
    """A proposal in a list, of `LISTED`."""
    count = len(_OF_PROPOSAL)
    seq, title, adds, retracts = row[count:]
    return Listed(**_plain(row[:count]), seq=seq, title=title, adds=adds, retracts=retracts)


def values_of(proposal: Proposal) -> dict[str, Any]:
    """The columns of a proposal."""
    values = {name: getattr(proposal, name) for name in _OF_PROPOSAL}
    return values | {
        "kind": proposal.kind.value,
        "state": proposal.state.value,
        "accepted": json.dumps(list(proposal.accepted)),
        "adds": sum(change.op == "add" for change in proposal.changes),
        "retracts": sum(change.op != "add" for change in proposal.changes),
    }


def changes_text(proposal: Proposal) -> str:
    """The statements as they are stored."""
    return json.dumps([change.values() for change in proposal.changes], ensure_ascii=False, separators=(",", ":"))


def _plain(row: Row | list[Any]) -> dict[str, Any]:
    values = dict(zip(_OF_PROPOSAL, row, strict=True))
    accepted = tuple(json.loads(values["accepted"]))
    return values | {"kind": Kind(values["kind"]), "state": State(values["state"]), "accepted": accepted}
