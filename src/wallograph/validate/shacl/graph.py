"""A shapes graph held for reading: by subject and predicate, with lists and classes.

In: triples. Out: lookups. Only compilation uses it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from wallograph.validate.shacl.errors import IllFormedShape
from wallograph.validate.shacl.model import Node, Term
from wallograph.vocab import RDF, RDFS, SH

TYPE: Final = NamedNode(RDF + "type")
SUBCLASS: Final = NamedNode(RDFS + "subClassOf")
FIRST: Final = NamedNode(RDF + "first")
REST: Final = NamedNode(RDF + "rest")
NIL: Final = NamedNode(RDF + "nil")


def sh(name: str) -> NamedNode:
    """A term of the SHACL vocabulary."""
    return NamedNode(SH + name)


class ShapesGraph:
    """Triples by subject and predicate, each once, in the order they came."""

    def __init__(self, triples: Iterable[Triple | Quad]) -> None:
        self.triples = tuple(dict.fromkeys(t.triple if isinstance(t, Quad) else t for t in triples))
        self.about: dict[Node, dict[NamedNode, list[Term]]] = defaultdict(lambda: defaultdict(list))
        self.uses: dict[NamedNode, list[tuple[Node, Term]]] = defaultdict(list)
        for triple in self.triples:
            subject, value = triple.subject, triple.object
            if isinstance(subject, Triple) or isinstance(value, Triple):
                raise IllFormedShape("a shapes graph has no triple terms")
            self.about[subject][triple.predicate].append(value)
            self.uses[triple.predicate].append((subject, value))

    def objects(self, node: Term, predicate: NamedNode) -> Sequence[Term]:
        """The values of one property of a node."""
        said = self.about.get(node) if not isinstance(node, Literal) else None
        return said.get(predicate, ()) if said else ()

    def one(self, node: Term, predicate: NamedNode) -> Term | None:
        """The only value of a property; None when there is none, an error when there are several."""
        values = self.objects(node, predicate)
        if len(values) > 1:
            raise IllFormedShape(f"{node} has {len(values)} values of {predicate}, at most one makes sense")
        return values[0] if values else None

    def items(self, head: Term) -> list[Term]:
        """The members of a list."""
        found: list[Term] = []
        seen: set[Term] = set()
        while head != NIL:
            if head in seen or len(self.objects(head, FIRST)) != 1 or len(self.objects(head, REST)) != 1:
                raise IllFormedShape(f"{head} is no well-formed list")
            seen.add(head)
            found.append(self.objects(head, FIRST)[0])
            head = self.objects(head, REST)[0]
        return found

    def is_a(self, node: Term, kind: NamedNode) -> bool:
        """Whether a node is an instance of a class or of one of its subclasses."""
        return any(kind in self._above(found) for found in self.objects(node, TYPE))

    def _above(self, kind: Term) -> set[Term]:
        found = {kind}
        waiting = [kind]
        while waiting:
            for above in self.objects(waiting.pop(), SUBCLASS):
                if above not in found:
                    found.add(above)
                    waiting.append(above)
        return found

    def flag(self, node: Term, name: str) -> bool:
        """Whether a boolean property is true."""
        return any(isinstance(v, Literal) and v.value in ("true", "1") for v in self.objects(node, sh(name)))

    def literals(self, node: Term, name: str) -> tuple[Literal, ...]:
        """The literals of a property of the SHACL vocabulary."""
        return tuple(value for value in self.objects(node, sh(name)) if isinstance(value, Literal))

    def iri(self, node: Term, name: str) -> NamedNode | None:
        """The IRI that a property of the SHACL vocabulary names, if it is there."""
        value = self.one(node, sh(name))
        if value is not None and not isinstance(value, NamedNode):
            raise IllFormedShape(f"{node}: sh:{name} names no IRI but {value}")
        return value


def is_node(term: object) -> bool:
    """Whether a term can be a subject."""
    return isinstance(term, NamedNode | BlankNode)
