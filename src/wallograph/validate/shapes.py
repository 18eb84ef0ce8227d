"""The shapes: read from `ontology/shapes`, without blank nodes, split by what they are judged over.

In: the Turtle files and a base. Out: a `Shapes` value. A property shape with `wg:judgedPer wg:SourceGraph` is run
over each source alone (design S3), all the others over the union of the public graphs.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from wallograph.errors import DataError
from wallograph.iris import rebase, rebase_iri
from wallograph.model import Severity
from wallograph.resources import ontology_dir
from wallograph.vocab import DEFAULT_BASE, RDF, SH, WG

SHAPES_NS: Final = f"{DEFAULT_BASE}/ns/shapes#"
JUDGED_PER: Final = WG + "judgedPer"  # shape -> wg:SourceGraph
OVERRIDES: Final = WG + "overrides"  # shape -> the weaker shape whose results on the same thing it explains
SOURCE_GRAPH: Final = WG + "SourceGraph"

_TYPE: Final = NamedNode(RDF + "type")
_PROPERTY: Final = NamedNode(SH + "property")
_PATH: Final = NamedNode(SH + "path")
_OWNERSHIP: Final = frozenset({RDF + "type"} | {
    SH + name for name in ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")
})  # fmt: skip
_SEVERITIES: Final = {
    SH + "Violation": Severity.VIOLATION, SH + "Warning": Severity.WARNING, SH + "Info": Severity.INFO,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rule:
    """What a shape tells people: its texts by language, how bad it is, and what it is judged over."""

    iri: str
    severity: Severity = Severity.VIOLATION
    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    messages: dict[str, str] = field(default_factory=dict)
    path: str | None = None
    per_source: bool = False
    overrides: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Shapes:
    """The shapes of one base: all triples (no blank nodes), the two parts, and the rules in words by IRI."""

    triples: tuple[Triple, ...]
    union: tuple[Triple, ...]
    per_source: tuple[Triple, ...]
    rules: dict[str, Rule]

    def rule(self, iri: str) -> Rule:
        """What the shape says in words; an empty rule for a shape without words."""
        return self.rules.get(iri) or Rule(iri)

    def quads(self, graph: str) -> list[Quad]:
        """All triples as quads of one graph, to be published."""
        name = NamedNode(graph)
        return [Quad(t.subject, t.predicate, t.object, name) for t in self.triples]


def load_shapes(base: str = DEFAULT_BASE, folder: Path | None = None) -> Shapes:
    """Read the shapes of a folder (the shipped ones by default) on a base."""
    files = sorted((folder or ontology_dir() / "shapes").glob("*.ttl"))
    if not files:
        raise DataError("there are no shapes to judge the data by: the folder ontology/shapes is empty")
    triples: list[Triple] = []
    for file in files:
        triples += _read(file, base)
    return make_shapes(triples, base)


def make_shapes(triples: Iterable[Triple], base: str = DEFAULT_BASE) -> Shapes:
    """Split triples of shapes; `base` says where `wg:` stands."""
    every = tuple(dict.fromkeys(triples))
    rules = _rules(every, base)
    scoped = {iri for iri, rule in rules.items() if rule.per_source}
    for iri in sorted(scoped):
        if rules[iri].path is None:
            raise DataError(f"<{iri}> is judged per source, but only a property shape can be")
    union = tuple(t for t in every if not (t.predicate == _PROPERTY and _iri(t.object) in scoped))
    return Shapes(every, union, _scoped_part(every, scoped, rules), rules)


def _read(file: Path, base: str) -> list[Triple]:
    text = rebase(file.read_text(encoding="utf-8"), base)
    try:
        found = [quad.triple for quad in parse(text.encode(), format=RdfFormat.TURTLE)]
    except SyntaxError as error:
        raise DataError(f"{file.name}: {error}") from error
    return list(_named(found))


def _named(triples: list[Triple]) -> Iterator[Triple]:
    """Give the nodes of lists names made of the shape and the property they belong to: none stays blank."""
    below: dict[BlankNode, list[Triple]] = defaultdict(list)
    for triple in triples:
        if isinstance(triple.subject, BlankNode):
            below[triple.subject].append(triple)
    names: dict[BlankNode, NamedNode] = {}

    def visit(node: BlankNode, stem: str, count: int) -> None:
        names[node] = NamedNode(f"{stem}-{count}")
        for triple in below[node]:
            if isinstance(triple.object, BlankNode):
                visit(triple.object, stem, count + 1)

    for triple in triples:
        if isinstance(triple.object, BlankNode) and isinstance(triple.subject, NamedNode):
            if triple.predicate == _PATH:
                raise DataError(f"<{triple.subject.value}>: a path of several steps has a blank node: use sh:sparql")
            local = triple.predicate.value.rpartition("#")[2]
            visit(triple.object, f"{triple.subject.value}-{local}", 1)
    for s, p, o in triples:
        yield Triple(names.get(s, s), p, names.get(o, o))


def _rules(triples: tuple[Triple, ...], base: str) -> dict[str, Rule]:
    about: dict[str, dict[str, list[object]]] = defaultdict(lambda: defaultdict(list))
    for s, p, o in triples:
        about[_iri(s)][p.value].append(o)
    judged, source_graph, overrides = (rebase_iri(i, base) for i in (JUDGED_PER, SOURCE_GRAPH, OVERRIDES))
    kinds = {SH + "PropertyShape", SH + "NodeShape"}
    rules = {}
    for iri, said in about.items():
        if not kinds & {_iri(o) for o in said[RDF + "type"]}:
            continue
        rules[iri] = Rule(
            iri,
            next((_SEVERITIES[_iri(o)] for o in said[SH + "severity"]), Severity.VIOLATION),
            _texts(said[SH + "name"]),
            _texts(said[SH + "description"]),
            _texts(said[SH + "message"]),
            next((_iri(o) for o in said[SH + "path"]), None),
            source_graph in {_iri(o) for o in said[judged]},
            frozenset(_iri(o) for o in said[overrides]),
        )
    return rules


def _scoped_part(
    triples: tuple[Triple, ...], scoped: set[str], rules: dict[str, Rule]
) -> tuple[Triple, ...]:
    """The shapes judged per source, what they refer to, and the targets of the node shapes that hold them."""
    by_subject: dict[str, list[Triple]] = defaultdict(list)
    owners: dict[str, set[str]] = defaultdict(set)
    for triple in triples:
        by_subject[_iri(triple.subject)].append(triple)
        if triple.predicate == _PROPERTY and _iri(triple.object) in scoped:
            owners[_iri(triple.subject)].add(_iri(triple.object))
    part: list[Triple] = []
    for owner, held in owners.items():
        for triple in by_subject[owner]:
            if triple.predicate.value in _OWNERSHIP or _iri(triple.object) in held:
                part.append(triple)
    seen: set[str] = set()
    waiting = sorted(scoped)
    while waiting:
        node = waiting.pop()
        if node in seen:
            continue
        seen.add(node)
        part += by_subject[node]
        weaker = rules[node].overrides if node in rules else frozenset()
        waiting += [_iri(t.object) for t in by_subject[node] if _iri(t.object) not in weaker]
    return tuple(dict.fromkeys(part))


def _texts(values: list[object]) -> dict[str, str]:
    return {v.language or "": v.value for v in values if isinstance(v, Literal)}


def _iri(node: object) -> str:
    return node.value if isinstance(node, NamedNode) else ""
