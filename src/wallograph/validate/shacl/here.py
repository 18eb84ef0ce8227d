"""What an evaluation reads: a view with the node that is judged just now at hand, and the classes of nodes.

In: a view. Out: the same answers, without asking the view again for what a scan has brought already.
"""

from collections.abc import Collection, Iterator
from typing import Final

from pyoxigraph import Literal, NamedNode

from wallograph.validate.shacl.graph import SUBCLASS, TYPE
from wallograph.validate.shacl.model import Node, Path, Predicate, Term
from wallograph.validate.shacl.paths import walk
from wallograph.validate.shacl.view import Properties, View

_NOTHING: Final[Properties] = {}


class Here:
    """One view and one node of it. `enter` says which node; its properties are then answered from memory."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.node: Term | None = None
        self.said: Properties = _NOTHING
        self._subclasses: dict[Node, frozenset[Term]] = {}
        self._below: dict[Term, list[Node]] | None = None

    def enter(self, node: Term, said: Properties | None = None) -> None:
        """From now on this node is judged."""
        self.node = node
        if said is None:
            said = _NOTHING if isinstance(node, Literal) else self.view.properties(node)
        self.said = said

    def turn(self, view: View) -> None:
        """Read another view from now on. Which class stands below which is kept from the first."""
        self.view = view
        self.node, self.said = None, _NOTHING

    def objects(self, subject: Node, predicate: NamedNode) -> Collection[Term]:
        """The values of a property of a node."""
        if subject is self.node:
            return self.said.get(predicate, ())
        return self.view.objects(subject, predicate)

    def subjects(self, predicate: NamedNode, value: Term) -> Collection[Node]:
        """The nodes that have a value."""
        return self.view.subjects(predicate, value)

    def properties(self, subject: Term) -> Properties:
        """All that is said of a node."""
        if subject is self.node:
            return self.said
        return _NOTHING if isinstance(subject, Literal) else self.view.properties(subject)

    def values(self, focus: Term, path: Path) -> Collection[Term]:
        """The value nodes of a path."""
        if type(path) is Predicate:
            return () if isinstance(focus, Literal) else self.objects(focus, path.iri)
        return walk(self, focus, path)  # type: ignore[arg-type]

    def pairs(self, predicate: NamedNode) -> Iterator[tuple[Node, Term]]:
        """All triples of a predicate."""
        return self.view.pairs(predicate)

    def subclasses(self, kind: Node) -> frozenset[Term]:
        """A class and all below it."""
        found = self._subclasses.get(kind)
        if found is None:
            if self._below is None:
                self._below = {}
                for lower, upper in self.view.pairs(SUBCLASS):
                    self._below.setdefault(upper, []).append(lower)
            reached: dict[Term, None] = {kind: None}
            waiting: list[Term] = [kind]
            while waiting:
                for lower in self._below.get(waiting.pop(), ()):
                    if lower not in reached:
                        reached[lower] = None
                        waiting.append(lower)
            found = self._subclasses[kind] = frozenset(reached)
        return found

    def is_a(self, node: Term, kind: Node) -> bool:
        """Whether a node is an instance of a class or of one below it."""
        if isinstance(node, Literal):
            return False
        wanted = self.subclasses(kind)
        return any(found in wanted for found in self.objects(node, TYPE))
