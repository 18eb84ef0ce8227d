"""Several files that are checked together, as if they were one.

In: submissions. Out: `Joined`, which gives the quads of all of them to the engine, and leads back from a thing or a
place to the file it is of (`validate.handed.Handed`). A blank node is of one file: those of later files are renamed.
"""

from collections import defaultdict
from collections.abc import Sequence

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from wallograph.intake.submission import Submission
from wallograph.model import Where
from wallograph.validate.handed import Term


class Joined:
    """The files, by the things they speak of."""

    def __init__(self, submissions: Sequence[Submission]) -> None:
        self.submissions = submissions
        self._by_name = {submission.name: submission for submission in submissions}
        self._files: dict[str, list[int]] = defaultdict(list)
        self._said: dict[str, list[tuple[int, Quad]]] = defaultdict(list)
        self._referred: set[str] = set()
        self.quads: list[Quad] = []
        for number, submission in enumerate(submissions):
            for quad in submission.quads:
                own = _renamed(quad, number)
                self.quads.append(own)
                if isinstance(own.object, NamedNode):
                    self._referred.add(own.object.value)
                subject = text_of(own.subject)
                self._said[subject].append((number, own))
                if number not in self._files[subject][-1:]:
                    self._files[subject].append(number)

    @property
    def things(self) -> set[str]:
        """All that the files say something of."""
        return set(self._said)

    def said(self, subject: str) -> list[Quad]:
        """What the files say of a thing."""
        return [quad for _, quad in self._said.get(subject, ())]

    def where(self, subject: str, predicate: str | None = None, value: str | None = None) -> Where:
        """The place of a statement, in the file that says it; of the thing when no file says it."""
        numbers = self._files.get(subject, [])
        if len(numbers) > 1 and predicate is not None:
            saying = self._saying(subject, predicate, value) or self._saying(subject, predicate, None)
            numbers = saying or numbers
        if not numbers:
            return Where(self.submissions[0].name if self.submissions else "", exact=False)
        number = numbers[0]
        own_value = value if value is None else _own_name(value, number)
        return self.submissions[number].where(_own_name(subject, number), predicate, own_value)

    def name_of(self, subject: str) -> str:
        """The thing by its name in the first file that speaks of it."""
        for number in self._files.get(subject, [])[:1]:
            return self.submissions[number].name_of(_own_name(subject, number))
        return subject

    def write(self, term: Term, where: Where) -> str | None:
        """The text that says a term at a place of a file."""
        submission = self._by_name.get(where.file)
        return None if submission is None else submission.write(term, where)

    def values(self, subject: str, predicate: str) -> list[Term]:
        """What the files say of a thing under a property."""
        return [
            quad.object
            for quad in self.said(subject)
            if quad.predicate.value == predicate and isinstance(quad.object, NamedNode | BlankNode | Literal)
        ]

    def refers_to(self, iri: str) -> bool:
        """Whether a thing is the value of any statement."""
        return iri in self._referred

    def _saying(self, subject: str, predicate: str, value: str | None) -> list[int]:
        return list(dict.fromkeys(
            number
            for number, quad in self._said[subject]
            if quad.predicate.value == predicate and (value is None or str(quad.object) == value)
        ))  # fmt: skip


def text_of(node: object) -> str:
    """A thing as results name it: its IRI, or `_:x`."""
    return node.value if isinstance(node, NamedNode) else str(node)


def _renamed(quad: Quad, number: int) -> Quad:
    if number == 0 or not (isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode)):
        return quad
    subject, value = quad.subject, quad.object
    if isinstance(subject, BlankNode):
        subject = BlankNode(_prefix(number) + subject.value)
    if isinstance(value, BlankNode):
        value = BlankNode(_prefix(number) + value.value)
    return Quad(subject, quad.predicate, value, quad.graph_name)


def _own_name(text: str, number: int) -> str:
    """A blank node by the name it has in its file."""
    prefix = f"_:{_prefix(number)}"
    return "_:" + text[len(prefix) :] if number and text.startswith(prefix) else text


def _prefix(number: int) -> str:
    return f"file{number}x"
