"""The one seam between the engine and data.

In: quads in memory, or a store that is only read. Out: the few questions that validation asks of a graph. A view is
one graph (by default the union of what it was given); terms come out as they were handed in.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Protocol

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, QuerySolutions, Store, Triple, Variable

from wallograph.validate.shacl.errors import UnsupportedQuery
from wallograph.validate.shacl.model import Node, Query, Term
from wallograph.validate.shacl.template import render

Properties = Mapping[NamedNode, Collection[Term]]
Solution = dict[str, Term]
Bindings = Mapping[str, Term]
GraphName = NamedNode | BlankNode | DefaultGraph
SHAPES_GRAPH = NamedNode("urn:x-shacl:shapes-graph")


class View(Protocol):
    """A graph to be judged, or that lies behind one."""

    def objects(self, subject: Node, predicate: NamedNode) -> Collection[Term]:
        """The values of a property of a node, each once."""
        ...  # pragma: no cover

    def subjects(self, predicate: NamedNode, value: Term) -> Collection[Node]:
        """The nodes that have this value for a property."""
        ...  # pragma: no cover

    def properties(self, subject: Node) -> Properties:
        """All that is said of a node."""
        ...  # pragma: no cover

    def pairs(self, predicate: NamedNode) -> Iterator[tuple[Node, Term]]:
        """All triples of a predicate."""
        ...  # pragma: no cover

    def scan(self) -> Iterator[tuple[Node, Properties]]:
        """All subjects, each once, with all that is said of them."""
        ...  # pragma: no cover

    def solutions(self, query: Query, bindings: Bindings) -> list[Solution]:
        """The solutions of a SELECT query with variables bound beforehand; an ASK that holds is one empty solution."""
        ...  # pragma: no cover

    def hold_shapes(self, triples: Iterable[Triple]) -> NamedNode | None:
        """Put the shapes graph where queries can read it; its name, or None when this view cannot."""
        ...  # pragma: no cover


def run_query(
    store: Store, query: Query, bindings: Bindings, graph: GraphName | list[GraphName] | None = None
) -> list[Solution]:
    """Run a query inside one call: results of pyoxigraph may never be touched from another thread.

    Terms are put into the text; a blank node has no text, and is handed to the engine as a substitution.
    """
    blank = {name: term for name, term in bindings.items() if isinstance(term, BlankNode) and name in query.variables}
    text = query.text
    if bindings:
        text = render(query.template, {name: term for name, term in bindings.items() if name not in blank})
    try:
        answer = store.query(
            text,
            prefixes=dict(query.prefixes),
            substitutions={Variable(name): term for name, term in blank.items()} or None,
            default_graph=graph,
        )
        if not isinstance(answer, QuerySolutions):
            return [{}] if answer else []
        names = [variable.value for variable in answer.variables]
        return [
            {name: value for name, value in zip(names, row, strict=True) if value is not None}
            for row in answer
        ]
    except (SyntaxError, ValueError, RuntimeError) as error:
        raise UnsupportedQuery(f"a query of a constraint cannot be run: {error}") from error


class MemoryView:
    """Quads in memory, as one graph: the names of their graphs do not count. Literals stay as they were handed in.

    Queries of SHACL-SPARQL run on a store, which rewrites some literals (`"10.00"` as `"10"`); what it answers is
    translated back, but a query that looks at the lexical form of such a literal sees the store's.
    """

    def __init__(self, quads: Iterable[Quad | Triple]) -> None:
        self.out: dict[Node, dict[NamedNode, dict[Term, None]]] = {}
        out = self.out
        for quad in quads:
            subject, predicate, value = (quad.subject, quad.predicate, quad.object)
            said = out.get(subject)  # type: ignore[arg-type]
            if said is None:
                out[subject] = {predicate: {value: None}}  # type: ignore[index,dict-item]
            elif (values := said.get(predicate)) is None:
                said[predicate] = {value: None}  # type: ignore[dict-item]
            else:
                values[value] = None  # type: ignore[index]
        self._backwards: dict[NamedNode, dict[Term, list[Node]]] | None = None
        self._store: Store | None = None
        self._originals: dict[Term, list[Term]] = {}

    @classmethod
    def of(cls, out: dict[Node, dict[NamedNode, dict[Term, None]]]) -> "MemoryView":
        """A view of triples that are ordered by subject and predicate already."""
        view = cls(())
        view.out = out
        return view

    def objects(self, subject: Node, predicate: NamedNode) -> Collection[Term]:
        """See `View`."""
        said = self.out.get(subject)
        return said.get(predicate, ()) if said else ()

    def subjects(self, predicate: NamedNode, value: Term) -> Collection[Node]:
        """See `View`."""
        if self._backwards is None:
            self._backwards = {}
            for subject, name, found in self.triples():
                self._backwards.setdefault(name, {}).setdefault(found, []).append(subject)
        return self._backwards.get(predicate, {}).get(value, ())

    def properties(self, subject: Node) -> Properties:
        """See `View`."""
        return self.out.get(subject, {})

    def pairs(self, predicate: NamedNode) -> Iterator[tuple[Node, Term]]:
        """See `View`."""
        for subject, said in self.out.items():
            for value in said.get(predicate, ()):
                yield subject, value

    def scan(self) -> Iterator[tuple[Node, Properties]]:
        """See `View`."""
        yield from self.out.items()

    def triples(self) -> Iterator[tuple[Node, NamedNode, Term]]:
        """All that is said."""
        for subject, said in self.out.items():
            for predicate, values in said.items():
                for value in values:
                    yield subject, predicate, value

    def solutions(self, query: Query, bindings: Bindings) -> list[Solution]:
        """See `View`."""
        return self.translate(run_query(self.store, query, bindings), bindings.get("this"))

    def hold_shapes(self, triples: Iterable[Triple]) -> NamedNode | None:
        """See `View`."""
        self.store.bulk_extend(Quad(t.subject, t.predicate, t.object, SHAPES_GRAPH) for t in triples)
        return SHAPES_GRAPH

    @property
    def store(self) -> Store:
        """The same triples where SPARQL can reach them, made when it is first asked for."""
        if self._store is None:
            self._store = Store()
            self._store.bulk_extend(Quad(*triple) for triple in self.triples())
            self._originals = _rewritten({value for _, _, value in self.triples() if isinstance(value, Literal)})
        return self._store

    def translate(self, rows: list[Solution], focus: Term | None) -> list[Solution]:
        """Solutions in the terms that were handed in; one that stands for several of them becomes several."""
        if not self._originals:
            return rows
        found: list[Solution] = []
        for row in rows:
            variants = [row]
            about = row.get("this", focus)
            for name, value in row.items():
                if isinstance(value, Literal) and value in self._originals:
                    choices = self._of_thing(about, self._originals[value])
                    variants = [{**variant, name: choice} for variant in variants for choice in choices]
            found += variants
        return found

    def _of_thing(self, about: Term | None, choices: list[Term]) -> list[Term]:
        if len(choices) == 1 or about is None or isinstance(about, Literal):
            return choices
        said = self.properties(about)
        return [choice for choice in choices if any(choice in values for values in said.values())] or choices


def _rewritten(literals: Iterable[Term]) -> dict[Term, list[Term]]:
    """What the store makes of literals, backwards: only those forms that stand for something else."""
    numbered = list(literals)
    store = Store()
    subject = NamedNode("urn:x-shacl:n")
    store.bulk_extend(Quad(NamedNode(f"urn:x-shacl:{i}"), subject, value) for i, value in enumerate(numbered))
    groups: dict[Term, list[Term]] = {}
    for quad in store:
        original = numbered[int(quad.subject.value.rpartition(":")[2])]
        groups.setdefault(quad.object, []).append(original)
    return {form: found for form, found in groups.items() if found != [form]}


class StoreView:
    """One graph of a store that is only read: nothing is held but what is asked for."""

    def __init__(self, store: Store, graph: GraphName | None = None) -> None:
        self.store = store
        self.graph: GraphName = graph or DefaultGraph()

    def objects(self, subject: Node, predicate: NamedNode) -> Collection[Term]:
        """See `View`."""
        found = self.store.quads_for_pattern(subject, predicate, None, self.graph)
        return [quad.object for quad in found]  # type: ignore[misc]

    def subjects(self, predicate: NamedNode, value: Term) -> Collection[Node]:
        """See `View`."""
        return [quad.subject for quad in self.store.quads_for_pattern(None, predicate, value, self.graph)]  # type: ignore[misc]

    def properties(self, subject: Node) -> Properties:
        """See `View`."""
        said: dict[NamedNode, list[Term]] = {}
        for _, predicate, value, _ in self.store.quads_for_pattern(subject, None, None, self.graph):
            said.setdefault(predicate, []).append(value)
        return said

    def pairs(self, predicate: NamedNode) -> Iterator[tuple[Node, Term]]:
        """See `View`."""
        for subject, _, value, _ in self.store.quads_for_pattern(None, predicate, None, self.graph):
            yield subject, value

    def scan(self) -> Iterator[tuple[Node, Properties]]:
        """See `View`. A store does not promise to keep the triples of a subject together: each is looked up."""
        answer = self.store.query("SELECT DISTINCT ?s { ?s ?p ?o }", default_graph=self.graph)
        for row in answer:
            subject = row["s"]
            yield subject, self.properties(subject)

    def solutions(self, query: Query, bindings: Bindings) -> list[Solution]:
        """See `View`."""
        return run_query(self.store, query, bindings, self.graph)

    def hold_shapes(self, triples: Iterable[Triple]) -> NamedNode | None:
        """See `View`: a released store is not written to."""
        return None
