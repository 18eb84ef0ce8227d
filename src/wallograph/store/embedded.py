"""The RDF store of one release, opened read-only.

In: SPARQL text with values bound beside it. Out: rows, triples or quads, complete; never a live iterator,
because touching one from another thread ends the process.
"""

import re
from pathlib import Path
from typing import Final

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    Store,
    Triple,
    Variable,
)

from wallograph.errors import QueryError, QuerySyntaxError, StateError

_PLACE: Final = re.compile(r"error at (\d+):(\d+)")  # pyoxigraph gives the place only in its message

Term = NamedNode | BlankNode | Literal | Triple
GraphName = NamedNode | BlankNode | DefaultGraph


class ReadStore:
    """A release's store. Any number of threads may ask at once; each answer is complete when it is given.

    A variable that is bound by a keyword must stand in the SELECT clause of the query (or SELECT *):
    pyoxigraph asks for it. ASK and CONSTRUCT have no such rule.
    """

    def __init__(self, path: Path) -> None:
        if not path.is_dir():
            raise StateError(f"there is no store at '{path}'")
        try:
            self._store = Store.read_only(str(path))
        except OSError as error:
            raise StateError(f"the store at '{path}' cannot be opened: {error}") from error

    def __len__(self) -> int:
        return len(self._store)

    def rows(self, query: str, /, **bindings: Term) -> list[dict[str, Term]]:
        """The rows of a SELECT; a variable without a value is absent from its row."""
        answer = self._ask(query, bindings)
        if not isinstance(answer, QuerySolutions):
            raise QueryError("this query gives no rows; a SELECT is needed")
        names = [variable.value for variable in answer.variables]
        try:
            return [{name: row[name] for name in names if row[name] is not None} for row in answer]
        except (OSError, RuntimeError) as error:
            raise QueryError(str(error)) from error

    def construct(self, query: str, /, **bindings: Term) -> list[Triple]:
        """The distinct triples of a CONSTRUCT or DESCRIBE."""
        answer = self._ask(query, bindings)
        if not isinstance(answer, QueryTriples):
            raise QueryError("this query gives no triples; a CONSTRUCT is needed")
        try:
            return list(dict.fromkeys(answer))
        except (OSError, RuntimeError) as error:
            raise QueryError(str(error)) from error

    def ask(self, query: str, /, **bindings: Term) -> bool:
        """The answer of an ASK."""
        answer = self._ask(query, bindings)
        if not isinstance(answer, QueryBoolean):
            raise QueryError("this query gives no yes or no; an ASK is needed")
        return bool(answer)

    def quads(
        self,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        object: Term | None = None,
        graph: GraphName | None = None,
    ) -> list[Quad]:
        """The quads of a pattern; None matches all. `DefaultGraph()` asks for the public default graph."""
        return list(self._store.quads_for_pattern(subject, predicate, object, graph))

    def graphs(self) -> list[NamedNode]:
        """The named graphs, in order."""
        names = [name for name in self._store.named_graphs() if isinstance(name, NamedNode)]
        return sorted(names, key=lambda name: name.value)

    def _ask(self, query: str, bindings: dict[str, Term]) -> QuerySolutions | QueryTriples | QueryBoolean:
        values = {Variable(name): term for name, term in bindings.items()} or None
        try:
            return self._store.query(query, substitutions=values)
        except SyntaxError as error:
            place = _PLACE.search(str(error.msg))
            line, column = (int(place[1]), int(place[2])) if place else (None, None)
            raise QuerySyntaxError(str(error.msg), line=line, column=column) from error
        except (OSError, RuntimeError, ValueError) as error:
            raise QueryError(str(error)) from error
