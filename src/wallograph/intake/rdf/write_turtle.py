"""A term as Turtle, TriG, N-Triples or N-Quads has it.

In: a term and the prefixes that hold where it will stand. Out: its shortest text there; None for a blank node.
"""

import re
from collections.abc import Callable
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode

from wallograph import vocab
from wallograph.intake.formats import Format
from wallograph.intake.rdf.parsed import Value
from wallograph.intake.rdf.text import Span

_LOCAL: Final = re.compile(r"(?:[A-Za-z0-9_](?:[A-Za-z0-9_\-]|\.(?=[A-Za-z0-9_\-]))*)?")
_SHORT: Final = {
    vocab.XSD + "integer": re.compile(r"[+-]?[0-9]+"),
    vocab.XSD + "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    vocab.XSD + "boolean": re.compile(r"true|false"),
}
_PLAIN: Final = frozenset({vocab.XSD + "string", vocab.RDF + "langString"})


class Writer:
    """Writes terms in one syntax; `prefixes` gives those that hold at an offset."""

    def __init__(self, form: Format, prefixes: Callable[[int], dict[str, str]]) -> None:
        self._form, self._prefixes = form, prefixes

    def write(self, term: Value, span: Span, how: str) -> str | None:
        """The term's text; a `how` of "-" says that nothing can be written there."""
        if isinstance(term, BlankNode) or how == "-":
            return None
        if self._form.by_line:
            return str(term)
        names = self._prefixes(span[0])
        if isinstance(term, NamedNode):
            return _iri(term, names)
        if not isinstance(term, Literal):
            return None
        datatype = term.datatype.value
        if datatype in _SHORT and _SHORT[datatype].fullmatch(term.value):
            return term.value
        if term.language or datatype in _PLAIN:
            return str(term)
        quoted = str(Literal(term.value))
        return f"{quoted}^^{_iri(term.datatype, names)}"


def _iri(iri: NamedNode, names: dict[str, str]) -> str:
    """With a prefix when that is shorter."""
    full = str(iri)
    short = [
        f"{name}:{iri.value[len(start) :]}"
        for name, start in names.items()
        if start and iri.value.startswith(start) and _LOCAL.fullmatch(iri.value[len(start) :])
    ]
    return min([full, *short], key=len)
