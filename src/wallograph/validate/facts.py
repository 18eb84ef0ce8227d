"""What a shape asks of a value, taken out of its triples: datatype, pattern, list, class, bounds.

In: `Shapes`. Out: `Facts` for each shape, with those of the shapes that judge the same field of the same thing,
so that a repair is only proposed when all of them would take it.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode

from wallograph.validate.shapes import Shapes
from wallograph.vocab import RDF, SH

_SCHEME: Final = re.compile(r"/auth/([a-z-]+)/")
_NIL: Final = RDF + "nil"
_LONGEST: Final = 2_000  # a longer text is no value that a repair could mend


@dataclass(frozen=True, slots=True)
class Facts:
    """What is asked of one field. Empty means: nothing is asked."""

    datatype: str = ""
    patterns: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    among: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    node_kind: str = ""
    least: str = ""
    most: str = ""
    above: str = ""
    below: str = ""
    min_count: int | None = None
    max_count: int | None = None
    max_length: int | None = None
    other: str = ""

    @property
    def scheme(self) -> str:
        """The code list that a value is of, by its short name; empty when it is of none."""
        return next((found[1] for pattern in self.patterns if (found := _SCHEME.search(pattern))), "")

    def allows(self, term: NamedNode | BlankNode | Literal) -> bool:
        """Whether a term passes all that can be told from the term alone."""
        text = term.value
        if len(text) > _LONGEST or (self.max_length is not None and len(text) > self.max_length):
            return False
        if self.node_kind == "IRI" and not isinstance(term, NamedNode):
            return False
        if self.node_kind == "Literal" and not isinstance(term, Literal):
            return False
        if isinstance(term, Literal):
            if self.datatype and term.datatype.value != self.datatype:
                return False
            if self.languages and (term.language or "").lower() not in self.languages:
                return False
        elif self.datatype:
            return False
        if not all(re.search(pattern, text) for pattern in self.patterns):
            return False
        return self._within(text)

    def _within(self, text: str) -> bool:
        if not (self.least or self.most or self.above or self.below):
            return True
        try:
            number = Decimal(text)
        except InvalidOperation:
            return False
        return (
            (not self.least or number >= Decimal(self.least))
            and (not self.most or number <= Decimal(self.most))
            and (not self.above or number > Decimal(self.above))
            and (not self.below or number < Decimal(self.below))
        )


class Ruling:
    """The facts of all shapes: `own` of one shape alone, `field` with those of its neighbours on the same path."""

    def __init__(self, shapes: Shapes) -> None:
        said: dict[str, dict[str, list[NamedNode | Literal]]] = defaultdict(lambda: defaultdict(list))
        for subject, predicate, value in shapes.triples:
            said[subject.value][predicate.value].append(value)
        self._said = said
        self._own = {iri: self._facts(iri) for iri in shapes.rules}
        self._field: dict[str, list[str]] = defaultdict(list)
        self.by_path: dict[str, list[str]] = defaultdict(list)
        for held in [said[owner][SH + "property"] for owner in list(said)]:
            for shape in held:
                path = shapes.rule(shape.value).path
                if path:
                    self.by_path[path].append(shape.value)
                    self._field[shape.value] += [o.value for o in held if shapes.rule(o.value).path == path]

    def own(self, shape: str) -> Facts:
        """What this shape asks by itself."""
        return self._own.get(shape) or Facts()

    def field(self, shape: str) -> Facts:
        """What this shape and those beside it ask of the same field."""
        every = [self.own(shape), *(self.own(other) for other in self._field.get(shape, ()) if other != shape)]
        return _together(every)

    def of_path(self, path: str) -> Facts:
        """What the shapes ask of a property, wherever it stands (for values that no shape has judged)."""
        return _together([self.own(shape) for shape in dict.fromkeys(self.by_path.get(path, ()))])

    def _facts(self, iri: str) -> Facts:
        said = self._said[iri]

        def one(name: str) -> str:
            values = said.get(SH + name)
            return values[0].value if values else ""

        def number(name: str) -> int | None:
            return int(one(name)) if one(name) else None

        return Facts(
            one("datatype"),
            tuple(sorted(v.value for v in said.get(SH + "pattern", ()))),
            tuple(v.value for v in said.get(SH + "class", ())),
            tuple(self._list(one("in"))),
            tuple(self._list(one("languageIn"))),
            one("nodeKind").removeprefix(SH),
            one("minInclusive"), one("maxInclusive"), one("minExclusive"), one("maxExclusive"),
            number("minCount"), number("maxCount"), number("maxLength"),
            one("equals") or one("disjoint") or one("lessThan") or one("lessThanOrEquals"),
        )  # fmt: skip

    def _list(self, node: str) -> list[str]:
        found: list[str] = []
        while node and node != _NIL and node in self._said and len(found) < 10_000:
            cell = self._said[node]
            found += [value.value for value in cell[RDF + "first"]]
            node = next((rest.value for rest in cell[RDF + "rest"]), "")
        return found


def _together(every: list[Facts]) -> Facts:
    """All that several shapes ask; of what only one can say, the first."""

    def first(name: str) -> str:
        return next((str(value) for facts in every if (value := getattr(facts, name))), "")

    return Facts(
        first("datatype"),
        tuple(dict.fromkeys(pattern for facts in every for pattern in facts.patterns)),
        tuple(dict.fromkeys(iri for facts in every for iri in facts.classes)),
        next((facts.among for facts in every if facts.among), ()),
        next((facts.languages for facts in every if facts.languages), ()),
        first("node_kind"), first("least"), first("most"), first("above"), first("below"),
        next((facts.min_count for facts in every if facts.min_count is not None), None),
        next((facts.max_count for facts in every if facts.max_count is not None), None),
        next((facts.max_length for facts in every if facts.max_length is not None), None),
        first("other"),
    )  # fmt: skip
