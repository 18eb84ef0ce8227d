"""The shapes as a document reads them: their triples by subject, why a rule is asked, and what SHACL says of it.

In: the triples of the shapes. Out: `ShapeReader`, the key of a reason, pairs of term and value.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from wallograph.iris import rebase_iri
from wallograph.publish.rule_examples import short
from wallograph.vocab import CONCEPT, LOCATION, PREFIXES, RDF, SH, TYPE

_WORDS: Final = (SH + "name", SH + "description", SH + "message")
_SAID_ELSEWHERE: Final = {
    TYPE, *_WORDS, SH + "path", SH + "severity", SH + "order", SH + "sparql", SH + "property",
    SH + "targetClass", SH + "targetSubjectsOf", SH + "targetObjectsOf", SH + "targetNode",
}  # fmt: skip
_FORM: Final = tuple(SH + name for name in (
    "datatype", "pattern", "nodeKind", "languageIn", "uniqueLang", "maxLength", "minLength", "minInclusive",
    "maxInclusive", "minExclusive", "maxExclusive", "or",
))  # fmt: skip
_BY_NAME: Final = (("Cycle", "cycle"), ("Shared", "shared"), ("Check", "check"))


class ShapeReader:
    """The shapes as predicates and objects by subject."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.about: dict[str, dict[str, list[NamedNode | BlankNode | Literal]]] = defaultdict(
            lambda: defaultdict(list)
        )
        self.holders: dict[str, list[str]] = defaultdict(list)
        for subject, predicate, value in triples:
            self.about[subject.value][predicate.value].append(value)
            if predicate.value == SH + "property":
                self.holders[value.value].append(subject.value)

    def values(self, shape: str, name: str) -> list[str]:
        return [o.value for o in self.about[shape].get(SH + name, [])]

    def text(self, shape: str, name: str, lang: str) -> str:
        found = {getattr(o, "language", ""): o.value for o in self.about[shape].get(SH + name, [])}
        return found.get(lang) or found.get("fr") or next(iter(found.values()), "")

    def items(self, node: str) -> Iterator[str]:
        """The members of an RDF list."""
        while node and node != RDF + "nil":
            yield from (o.value for o in self.about[node].get(RDF + "first", []))
            node = next((o.value for o in self.about[node].get(RDF + "rest", [])), "")

    def classes(self, shape: str) -> tuple[str, ...]:
        """The classes that a rule is for, as far as the targets say."""
        owners = [shape, *self.holders.get(shape, ())]
        return tuple(dict.fromkeys(c for owner in owners for c in self.values(owner, "targetClass")))


def why(reader: ShapeReader, shape: str, anchor: str, judged: bool, weaker: bool) -> str:
    """Why a rule of this sort exists: the key of the reason."""
    said = reader.about[shape]
    for end, reason in _BY_NAME:
        if anchor.endswith(end):
            return reason
    if judged:
        return "per-source"
    if weaker or anchor.endswith("Agreement"):
        return "agreement"
    if not reader.values(shape, "path") and SH + "pattern" in said:
        return "iri"
    if CONCEPT in reader.values(shape, "class") or SH + "in" in said:
        return "list"
    if LOCATION in reader.values(shape, "class"):
        return "place"
    if SH + "minCount" in said:
        return "required"
    if SH + "sparql" in said or SH + "equals" in said or SH + "disjoint" in said or SH + "not" in said:
        return "sense"
    return "form" if any(name in said for name in _FORM) else "sense"


def technical(reader: ShapeReader, shape: str, base: str) -> tuple[tuple[str, str], ...]:
    """What SHACL says of a rule, beside its words: (term, value)."""
    found = []
    for predicate, values in reader.about[shape].items():
        if predicate in _SAID_ELSEWHERE:
            continue
        for value in values:
            members = list(reader.items(value.value)) if isinstance(value, NamedNode) else []
            text = ", ".join(short(m, prefixes_of(base)) for m in members) or short(value.value, prefixes_of(base))
            found.append((short(predicate, prefixes_of(base)), text))
    return tuple(found)


def prefixes_of(base: str) -> dict[str, str]:
    """The prefixes that a rule is written with, on a base."""
    own = {name: rebase_iri(space, base) for name, space in PREFIXES.items()}
    return {**own, "sh": SH, "shapes": f"{base}/ns/shapes#", "place": f"{base}/id/place/"}
