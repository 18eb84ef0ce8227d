"""Property paths: read from a shapes graph, written back to triples or SPARQL, and walked over data.

In: a shapes graph and the node of a path; a view and a node of the data. Out: a `Path`; its value nodes.
"""

from collections.abc import Callable, Collection, Iterable
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from wallograph.validate.shacl.errors import IllFormedShape
from wallograph.validate.shacl.graph import FIRST, NIL, REST, ShapesGraph, sh
from wallograph.validate.shacl.model import (
    Alternative,
    Inverse,
    Node,
    OneOrMore,
    Path,
    Predicate,
    Sequence,
    Term,
    ZeroOrMore,
    ZeroOrOne,
)
from wallograph.validate.shacl.view import View

_UNARY: Final[dict[NamedNode, Callable[[Path], Path]]] = {
    sh("inversePath"): Inverse,
    sh("zeroOrMorePath"): ZeroOrMore,
    sh("oneOrMorePath"): OneOrMore,
    sh("zeroOrOnePath"): ZeroOrOne,
}
_NAMES: Final = {make: name for name, make in _UNARY.items()}
_MARKS: Final = {ZeroOrMore: "*", OneOrMore: "+", ZeroOrOne: "?"}


def read_path(graph: ShapesGraph, node: Term, seen: tuple[Term, ...] = ()) -> Path:
    """The path that a node of the shapes graph stands for. A list wins when a node could be read in two ways."""
    if isinstance(node, NamedNode) and node != NIL:
        return Predicate(node)
    if node in seen or not isinstance(node, BlankNode):
        raise IllFormedShape(f"{node} is no path")
    deeper = (*seen, node)
    if graph.objects(node, FIRST):
        steps = tuple(read_path(graph, item, deeper) for item in graph.items(node))
        if len(steps) < 2:
            raise IllFormedShape(f"{node}: a path of several steps needs at least two")
        return Sequence(steps)
    for choice in graph.objects(node, sh("alternativePath")):
        choices = tuple(read_path(graph, item, deeper) for item in graph.items(choice))
        if len(choices) < 2:
            raise IllFormedShape(f"{node}: sh:alternativePath needs at least two paths")
        return Alternative(choices)
    for name, make in _UNARY.items():
        for inner in graph.objects(node, name):
            return make(read_path(graph, inner, deeper))
    raise IllFormedShape(f"{node} is no path")


def path_triples(path: Path) -> tuple[Node, list[Triple]]:
    """The node of a path and the triples that say what it is; blank nodes are new ones."""
    if isinstance(path, Predicate):
        return path.iri, []
    if isinstance(path, Sequence):
        return _list(path.steps)
    node = BlankNode()
    if isinstance(path, Alternative):
        head, triples = _list(path.choices)
        return node, [Triple(node, sh("alternativePath"), head), *triples]
    inner, triples = path_triples(path.path)
    return node, [Triple(node, _NAMES[type(path)], inner), *triples]


def _list(paths: Iterable[Path]) -> tuple[Node, list[Triple]]:
    triples: list[Triple] = []
    rest: Node = NIL
    for path in reversed(tuple(paths)):
        item, more = path_triples(path)
        cell = BlankNode()
        triples += [Triple(cell, FIRST, item), Triple(cell, REST, rest), *more]
        rest = cell
    return rest, triples


def path_sparql(path: Path) -> str:
    """The path as SPARQL writes it."""
    match path:
        case Predicate(iri):
            return str(iri)
        case Sequence(steps):
            return "(" + "/".join(path_sparql(step) for step in steps) + ")"
        case Alternative(choices):
            return "(" + "|".join(path_sparql(choice) for choice in choices) + ")"
        case Inverse(inner):
            return f"(^{path_sparql(inner)})"
        case _:
            return f"({path_sparql(path.path)}{_MARKS[type(path)]})"


def walk(view: View, start: Term, path: Path) -> Collection[Term]:
    """The value nodes of a path from a node, each once."""
    match path:
        case Predicate(iri):
            return () if isinstance(start, Literal) else view.objects(start, iri)
        case Inverse(Predicate(iri)):
            return view.subjects(iri, start)
        case Inverse(inner):
            return walk(view, start, _turned(inner))
        case Sequence(steps):
            here: Collection[Term] = (start,)
            for step in steps:
                here = dict.fromkeys(value for node in here for value in walk(view, node, step))
            return here
        case Alternative(choices):
            return dict.fromkeys(value for choice in choices for value in walk(view, start, choice))
        case ZeroOrOne(inner):
            return dict.fromkeys((start, *walk(view, start, inner)))
        case ZeroOrMore(inner):
            return _closure(view, (start,), inner)
        case OneOrMore(inner):
            return _closure(view, walk(view, start, inner), inner)


def _closure(view: View, starts: Iterable[Term], path: Path) -> Collection[Term]:
    found: dict[Term, None] = dict.fromkeys(starts)
    waiting = list(found)
    while waiting:
        for value in walk(view, waiting.pop(), path):
            if value not in found:
                found[value] = None
                waiting.append(value)
    return found


def _turned(path: Path) -> Path:
    """The path whose inverse is asked for, written without an inverse around it."""
    match path:
        case Predicate():
            return Inverse(path)
        case Inverse(inner):
            return inner
        case Sequence(steps):
            return Sequence(tuple(_turned(step) for step in reversed(steps)))
        case Alternative(choices):
            return Alternative(tuple(_turned(choice) for choice in choices))
        case _:
            return type(path)(_turned(path.path))
