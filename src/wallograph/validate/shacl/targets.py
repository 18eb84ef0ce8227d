"""Which shapes judge which nodes.

In: the shapes with targets, what can be read. Out: for a node and what is said of it, the shapes it is a target of.
"""

from collections.abc import Iterator, Sequence

from pyoxigraph import Literal

from wallograph.validate.shacl.graph import TYPE
from wallograph.validate.shacl.here import Here
from wallograph.validate.shacl.model import (
    PropertyConstraint,
    Shape,
    TargetClass,
    TargetNode,
    TargetObjectsOf,
    TargetSubjectsOf,
    Term,
)
from wallograph.validate.shacl.view import Properties


class Targets:
    """The targets of some shapes, turned around. What depends on types and predicates alone is worked out once."""

    def __init__(self, shapes: Sequence[Shape], here: Here) -> None:
        self.shapes = shapes
        self.here = here
        self._by_class: dict[Term, list[Shape]] = {}
        self._by_subject: list[tuple[TargetSubjectsOf, Shape]] = []
        self._by_object: list[tuple[TargetObjectsOf, Shape]] = []
        self._by_node: dict[Term, list[Shape]] = {}
        self._known: dict[tuple[object, ...], tuple[Shape, ...]] = {}
        for shape in shapes:
            for target in shape.targets:
                match target:
                    case TargetClass(iri):
                        for kind in here.subclasses(iri):
                            self._by_class.setdefault(kind, []).append(shape)
                    case TargetNode(node):
                        self._by_node.setdefault(node, []).append(shape)
                    case TargetSubjectsOf():
                        self._by_subject.append((target, shape))
                    case TargetObjectsOf():
                        self._by_object.append((target, shape))

    def by_said(self, said: Properties) -> tuple[Shape, ...]:
        """The shapes that a node is judged by because of its types and its properties."""
        held = tuple(target.predicate in said for target, _ in self._by_subject) if self._by_subject else ()
        key = (*said.get(TYPE, ()), held)
        found = self._known.get(key)
        if found is None:
            shapes = dict.fromkeys(s for kind in said.get(TYPE, ()) for s in self._by_class.get(kind, ()))
            shapes.update((s, None) for (_, s), there in zip(self._by_subject, held, strict=False) if there)
            found = self._known[key] = tuple(shapes)
        return found

    def elsewhere(self) -> dict[Term, tuple[Shape, ...]]:
        """The nodes that are targets for another reason: by name, or as the object of a predicate."""
        found: dict[Term, dict[Shape, None]] = {}
        for node, shapes in self._by_node.items():
            found.setdefault(node, {}).update(dict.fromkeys(shapes))
        for target, shape in self._by_object:
            for _, value in self.here.pairs(target.predicate):
                found.setdefault(value, {})[shape] = None
        return {node: tuple(shapes) for node, shapes in found.items()}

    def of(self, node: Term, said: Properties) -> tuple[Shape, ...]:
        """All shapes that judge one node."""
        found = dict.fromkeys(() if isinstance(node, Literal) else self.by_said(said))
        found.update(dict.fromkeys(self._by_node.get(node, ())))
        for target, shape in self._by_object:
            if shape not in found and self.here.subjects(target.predicate, node):
                found[shape] = None
        return tuple(found)

    def has(self, shape: Shape, node: Term) -> bool:
        """Whether a node is a target of one shape."""
        here = self.here
        for target in shape.targets:
            match target:
                case TargetNode(wanted):
                    if node == wanted:
                        return True
                case TargetClass(kind):
                    if here.is_a(node, kind):
                        return True
                case TargetSubjectsOf(predicate):
                    if not isinstance(node, Literal) and here.objects(node, predicate):
                        return True
                case TargetObjectsOf(predicate):
                    if here.subjects(predicate, node):
                        return True
        return False


def flattened(shape: Shape) -> Iterator[Shape]:
    """The shapes that judge the same node as this one does: a node shape, and the property shapes it holds."""
    yield shape
    if shape.path is None:
        for constraint in shape.constraints:
            if isinstance(constraint, PropertyConstraint) and not constraint.shape.deactivated:
                yield constraint.shape
