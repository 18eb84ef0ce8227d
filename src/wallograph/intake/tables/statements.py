"""The quads of a table, each with the cell it comes from.

In: subjects, fields and terms, with places. Out: quads in one graph, exactly as the published graph models them: a
relation and a dated value are each a thing and a triple (as `link.emit` does it).
"""

from dataclasses import dataclass, field
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from wallograph import vocab
from wallograph.intake.tables.pieces import Term, typed
from wallograph.intake.tables.propose import DATED
from wallograph.intake.tables.refusals import too_large
from wallograph.iris import digest, rebase_iri, thing
from wallograph.model import Field

Place = tuple[int, int, int | None, tuple[int, int] | None]  # sheet, row (indexes), column, part of the cell
FROM_NAME: Final = frozenset({"name", "label"})


@dataclass(slots=True)
class Statements:
    """Quads with their places; `most` is how many there may be."""

    base: str
    graph: NamedNode
    most: int
    of_quad: dict[Quad, Place] = field(default_factory=dict)
    of_field: dict[tuple[NamedNode, str], Place] = field(default_factory=dict)
    of_thing: dict[str, Place] = field(default_factory=dict)

    def say(self, subject: NamedNode, predicate: str, target: Term, place: Place) -> None:
        """One quad, once; its first place is kept."""
        quad = Quad(subject, NamedNode(predicate), target, self.graph)
        if quad in self.of_quad:
            return
        if len(self.of_quad) >= self.most:
            raise too_large("quads", self.most)
        self.of_quad[quad] = place
        self.of_field.setdefault((subject, predicate), place)
        self.of_thing.setdefault(subject.value, place)

    def place(self, subject: str, predicate: str, value: str | None = None) -> Place | None:
        """The place of a statement (`value` in N-Triples form) or of a field; None when there is none."""
        try:
            if value is None:
                return self.of_field.get((NamedNode(subject), predicate))
            for quad in parse(f"<{subject}> <{predicate}> {value} .", format=RdfFormat.N_TRIPLES):
                return self.of_quad.get(Quad(quad.subject, quad.predicate, quad.object, self.graph))
        except (ValueError, SyntaxError):
            pass  # no IRI of ours
        return None

    def own(self, term: str) -> str:
        """One of our terms on the base of the installation."""
        return rebase_iri(term, self.base)

    def thing(self, subject: NamedNode, class_iri: str, place: Place) -> None:
        """That there is such a thing."""
        self.say(subject, vocab.TYPE, NamedNode(class_iri), place)

    def value(self, subject: NamedNode, asked: Field, target: Term, year: str, place: Place) -> None:
        """A field of a thing: the triple, with what belongs to it."""
        if asked.relation:
            if isinstance(target, NamedNode):
                self._relation(subject, asked, target, year, place)
            return
        self.say(subject, asked.path, target, place)
        if asked.key == "name" and isinstance(target, Literal) and (subject, vocab.LABEL) not in self.of_field:
            self.say(subject, vocab.LABEL, target, place)
        if asked.key in DATED:
            node = NamedNode(thing("value", digest(subject.value, asked.path, str(target), year), self.base))
            self._statement(node, self.own(vocab.DATED_VALUE), (subject, asked.path, target), year, place)

    def _relation(self, one: NamedNode, asked: Field, other: NamedNode, year: str, place: Place) -> None:
        subject, target = (other, one) if asked.inverse else (one, other)
        key = f"{asked.relation}-{digest(asked.relation, subject.value, target.value, year)}"
        node = NamedNode(thing("link", key, self.base))
        self.say(subject, asked.path, target, place)
        self._statement(node, self.own(vocab.RELATION), (subject, asked.path, target), year, place)
        kind = NamedNode(self.own(vocab.code("relation-kind", asked.relation)))
        self.say(node, self.own(vocab.RELATION_KIND), kind, place)
        if asked.relation == "member-of":
            self.say(node, vocab.TYPE, NamedNode(vocab.ORG + "Membership"), place)
            self.say(node, vocab.ORG + "member", subject, place)
            self.say(node, vocab.ORG + "organization", target, place)

    def _statement(
        self, node: NamedNode, kind: str, triple: tuple[NamedNode, str, Term], year: str, place: Place
    ) -> None:
        subject, predicate, target = triple
        self.say(node, vocab.TYPE, NamedNode(kind), place)
        self.say(node, vocab.ST_SUBJECT, subject, place)
        self.say(node, vocab.ST_PREDICATE, NamedNode(predicate), place)
        self.say(node, vocab.ST_OBJECT, target, place)
        if year:
            self.say(node, self.own(vocab.STATED_FOR), typed(year, "gYear"), place)
