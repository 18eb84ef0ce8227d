"""The statements of a proposal as if they were a file: so that all that judges, explains and compares files takes them.

In: changes, the quads that they are. Out: an `intake.submission.Submission` whose places are statements, by number.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from pyoxigraph import Literal, Quad

from wallograph import vocab
from wallograph.curation.model import Change
from wallograph.model import Edit, Finding, Where

MEDIA_TYPE: Final = "application/vnd.wallograph.proposal"
_NAMES: Final = (vocab.NAME, vocab.LABEL)


@dataclass(slots=True)
class Proposed:
    """A `Submission`. The place of a statement is a JSON pointer, `/changes/{n}` from 0 in the order of the changes."""

    changes: Sequence[Change]
    quads: Sequence[Quad]
    findings: Sequence[Finding] = ()
    names: dict[str, str] = field(default_factory=dict)  # of things that are published, by IRI
    name: str = ""
    media_type: str = MEDIA_TYPE
    content: bytes = b""
    _proposed: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for quad in self.quads:
            if quad.predicate.value in _NAMES and isinstance(quad.object, Literal):
                self._proposed.setdefault(quad.subject.value, quad.object.value)

    def where(self, subject: str, predicate: str | None = None, value: str | None = None) -> Where:
        """The first statement that says this, else of the field, else of the thing."""
        exact = (number for number, change in enumerate(self.changes) if _says(change, subject, predicate, value))
        found = next(exact, None)
        if found is not None:
            return self._at(found)
        near = (
            number for number, change in enumerate(self.changes)
            if subject in (change.subject, change.object.strip("<>"))
            and (predicate is None or predicate == vocab.LABEL or change.predicate == predicate)
        )  # fmt: skip
        found = next(near, None)
        return Where(self.name, exact=False) if found is None else self._at(found, exact=predicate is None)

    def _at(self, number: int, *, exact: bool = True) -> Where:
        return Where(self.name, pointer=f"/changes/{number}", exact=exact)

    def name_of(self, subject: str) -> str:
        """The name that the proposal gives a thing, else the one that it has."""
        return self._proposed.get(subject) or self.names.get(subject) or subject.rpartition("/")[2]

    def write(self, term: object, where: Where) -> str | None:
        """A proposal is amended by its author: nothing is replaced in it."""
        return None

    def corrected(self, edits: Iterable[Edit]) -> bytes:
        """There is no file."""
        return self.content

    def losses(self) -> Sequence[str]:
        """Nothing."""
        return ()


def _says(change: Change, subject: str, predicate: str | None, value: str | None) -> bool:
    if change.op != "add" or change.subject != subject or predicate is None or value is None:
        return False
    asked = vocab.NAME if predicate == vocab.LABEL else predicate
    return change.predicate == asked and change.object in (value, value.strip("<>"), f"<{value}>")
