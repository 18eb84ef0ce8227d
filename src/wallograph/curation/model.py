"""What curation speaks of: a proposal, the statements it proposes, their evidence, and its states.

In: nothing. Out: frozen values that every other file of `curation`, the desk and the API use.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

PAGE: Final = "page"
ORGANISATION: Final = "organisation"


class State(StrEnum):
    """Where a proposal stands."""

    RECEIVED = "received"  # saved; it still has violations, its author can mend it
    CHECKED = "checked"  # no violation: it waits for a curator
    CHANGES_ASKED = "changes-asked"
    ACCEPTED = "accepted"
    PARTLY_ACCEPTED = "partly-accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Kind(StrEnum):
    """What a proposal is about."""

    CREATE = "create"  # a new actor, project or event
    CHANGE = "change"
    WITHDRAW = "withdraw"  # a thing or a link leaves the graph
    ERROR = "error"  # "report an error" on one value
    FILE = "file"  # a whole table or RDF file


OPEN: Final = frozenset({State.RECEIVED, State.CHECKED, State.CHANGES_ASKED})
DECIDED: Final = frozenset({State.ACCEPTED, State.PARTLY_ACCEPTED, State.REFUSED, State.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Evidence:
    """Who says so: a page, which wallograph never fetches, or the organisation itself."""

    kind: str = ORGANISATION
    page: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One proposed statement. Terms are written as in N-Quads; the subject and a thing as object are IRIs.

    `op` is "add" or "retract". `graph` is the source whose statement is retracted (its IRI); "" for an addition.
    A new thing has a provisional IRI, `{base}/id/{concept}/proposed-{proposal}-{n}`, until it is accepted.
    A relation is its direct triple alone: the relation as a thing is derived. `year` is what it is stated for.
    """

    number: int
    op: str
    subject: str
    predicate: str
    object: str
    graph: str = ""
    evidence: Evidence = Evidence()
    year: str = ""

    def values(self) -> dict[str, Any]:
        """As plain values for JSON."""
        return {
            "number": self.number, "op": self.op, "subject": self.subject, "predicate": self.predicate,
            "object": self.object, "graph": self.graph, "year": self.year,
            "evidence": {"kind": self.evidence.kind, "page": self.evidence.page},
        }  # fmt: skip

    @classmethod
    def of_values(cls, values: dict[str, Any]) -> "Change":
        """From plain values."""
        evidence = Evidence(**values.get("evidence", {}))
        return cls(**{name: value for name, value in values.items() if name != "evidence"}, evidence=evidence)


@dataclass(frozen=True, slots=True)
class Proposal:
    """One proposal as it stands now. `version` grows with every amendment and every decision (`If-Match`)."""

    id: str
    kind: Kind
    state: State
    changes: tuple[Change, ...]
    version: int
    made: str  # ISO 8601, UTC
    changed: str
    release: int  # the release that it was made against
    lang: str
    note: str = ""  # what its author wants to say
    author: str = ""  # the opaque id of an account; "" for the holder of the secret
    assigned: str = ""  # the opaque id of a curator
    accepted: tuple[int, ...] = ()  # numbers of the statements that were accepted
    entry: int = 0  # the journal entry of the decision
    published: int = 0  # the release that shows it; 0 while none does
    file: str = ""  # the name of the file that was handed in

    def to(self, **changed: Any) -> "Proposal":
        """The same with other values."""
        return replace(self, **changed)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a proposal, for its author and the curators to read."""

    at: str
    who: str  # "" for the author
    what: str  # received, amended, checked, assigned, changes-asked, accepted, partly-accepted, refused, withdrawn, ...
    why: str = ""
    version: int = 0
