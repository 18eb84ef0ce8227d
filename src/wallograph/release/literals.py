"""Literals in the form that survives the store (design S7), and the list of those that had to be changed.

In: quads. Out: the same quads with canonical literals; what was changed, counted by datatype. The store
itself is asked for its form, by way of a scratch store in memory: right for any version of pyoxigraph.
Measured with 0.5.13: the integer subtypes become xsd:integer, `10.00` becomes `10`, `1` (boolean) `true`,
`+00:00` `Z`, `P12M` `P1Y`, xsd:dateTimeStamp xsd:dateTime; ill-typed literals stay.
"""

from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad, Store

_XSD_MARK: Final = '"^^<http://www.w3.org/2001/XMLSchema#'
_SUBJECT: Final = NamedNode("urn:s")
_CACHE_LIMIT: Final = 200_000


@dataclass(slots=True)
class Repair:
    """How often literals of one datatype changed to another form, and the first example in order."""

    count: int
    example: tuple[str, str]


class Canonicaliser:
    """Canonical forms of literals, and what was repaired. One per build; not for several threads."""

    def __init__(self) -> None:
        self._scratch = Store()
        self._known: dict[Literal, Literal] = {}
        self.repairs: dict[tuple[str, str], Repair] = {}

    def literal(self, literal: Literal) -> Literal:
        """The form of a literal that the store gives back unchanged."""
        known = self._known.get(literal)
        if known is None:
            quad = Quad(_SUBJECT, _SUBJECT, literal)
            self._scratch.add(quad)
            stored = next(iter(self._scratch))
            self._scratch.remove(stored)
            known = stored.object
            if not isinstance(known, Literal):
                raise AssertionError("a literal came back as something else")
            if len(self._known) >= _CACHE_LIMIT:
                self._known.clear()
            self._known[literal] = known
        return known

    def quad(self, quad: Quad, text: str) -> Quad:
        """The quad with a canonical literal; `text` is its N-Quads form (so most quads cost one search)."""
        if _XSD_MARK not in text or not isinstance(quad.object, Literal):
            return quad
        canonical = self.literal(quad.object)
        if canonical == quad.object:
            return quad
        self._note(quad.object, canonical)
        return Quad(quad.subject, quad.predicate, canonical, quad.graph_name)

    def _note(self, before: Literal, after: Literal) -> None:
        key = (before.datatype.value, after.datatype.value)
        example = (str(before), str(after))
        repair = self.repairs.setdefault(key, Repair(0, example))
        repair.count += 1
        repair.example = min(repair.example, example)  # the same one whatever the order of the quads

    def listed(self) -> list[dict[str, object]]:
        """The repairs as plain values for the manifest, in a fixed order."""
        return [
            {"from": key[0], "to": key[1], "count": repair.count, "example": list(repair.example)}
            for key, repair in sorted(self.repairs.items())
        ]
