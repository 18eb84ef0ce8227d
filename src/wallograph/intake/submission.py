"""What reading a file that was handed in gives: the one shape for RDF and for tables.

In: nothing. Out: the `Submission` protocol that checking and repairing rely on.
"""

from collections.abc import Iterable, Sequence
from typing import Protocol

from pyoxigraph import Quad

from wallograph.model import Edit, Finding, Where

Term = object  # a term of pyoxigraph


class Submission(Protocol):
    """One file that was read: its quads with terms as handed in, and the way back to the file."""

    name: str
    media_type: str
    content: bytes
    quads: Sequence[Quad]
    findings: Sequence[Finding]  # what reading itself found: syntax, natural persons left out, cells not understood

    def where(self, subject: str, predicate: str | None = None, value: str | None = None) -> Where:
        """The place of a statement. `subject` is an IRI or `_:x`, `value` the N-Triples form of the object.

        Without a value: the place of the field, else of the thing. `exact` is False when only the thing's is known.
        """
        ...  # pragma: no cover

    def name_of(self, subject: str) -> str:
        """The thing by its name as the file has it, or the shortest way to point at it."""
        ...  # pragma: no cover

    def write(self, term: Term, where: Where) -> str | None:
        """The text that says this term at that place of the file; None when it cannot be replaced there."""
        ...  # pragma: no cover

    def corrected(self, edits: Iterable[Edit]) -> bytes:
        """The file with the edits made, in the format it came in and untouched elsewhere."""
        ...  # pragma: no cover

    def losses(self) -> Sequence[str]:
        """What `corrected` cannot keep (codes of messages: `macros`, `charts` …), to be announced before."""
        ...  # pragma: no cover
