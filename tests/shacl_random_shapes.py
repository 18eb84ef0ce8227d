"""Random shapes: every target, path, constraint component and way to nest, over the terms of `shacl_random`.

In: a source of chance. Out: triples of a shapes graph. Every shape has an IRI; lists and paths are blank nodes. What
pySHACL judges otherwise than the specification says is left out, each with its reason where it would stand.
"""

from collections.abc import Callable
from random import Random
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from shacl_components import COMPONENTS, NODE_QUERIES, PROPERTY_QUERIES, QUERIES, component
from shacl_terms import (
    BOOLEANS,
    CLASSES,
    DATATYPES,
    DATES,
    EX,
    LANG_STRING,
    LITERALS,
    NODES,
    NUMBERS,
    PREDICATES,
    TEXTS,
    TYPE,
    Term,
    typed,
)  # fmt: skip
from wallograph.vocab import RDF, RDFS, SH

_KINDS: Final = ("BlankNode", "IRI", "Literal", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral")
_PATTERNS: Final = (("a", ""), ("^a", ""), ("b$", "i"), ("^urn:x/n[0-2]$", ""), ("^.{2}$", ""), ("^$", ""))
_SEVERITIES: Final = ("Violation", "Warning", "Info")


class ShapeMaker:
    """Writes shapes; every shape has an IRI, lists and paths are blank nodes."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        # Bounds of one kind in a case: pySHACL has an order of dates and numbers, SPARQL has none.
        self.family = chance.choice((NUMBERS, NUMBERS, DATES))
        self.triples: list[Triple] = []
        self.count = 0
        self.components: set[str] = set()
        self.done: set[tuple[NamedNode, str]] = set()
        # No query with $PATH for two kinds of paths. pySHACL writes a star of a star as `p**`, which is no SPARQL. A
        # path of no steps from a literal leads to that literal (SPARQL 18.4): the SPARQL engine here leaves that out.
        self.signed: set[Term] = set()
        self.unwritable = False
        self.writable: set[Term] = set()

    # -- the ground

    def say(self, subject: NamedNode | BlankNode, name: str, value: Term) -> None:
        """One triple of the SHACL vocabulary."""
        self.triples.append(Triple(subject, NamedNode(SH + name), value))

    def fresh(self, kind: str) -> NamedNode:
        """A new name."""
        self.count += 1
        return NamedNode(f"{EX}{kind}{self.count}")

    def blank(self) -> BlankNode:
        """A new blank node; not one of the data."""
        self.count += 1
        return BlankNode(f"s{self.count}")

    def listed(self, values: list[Term]) -> NamedNode | BlankNode:
        """An RDF list."""
        rest: NamedNode | BlankNode = NamedNode(RDF + "nil")
        for value in reversed(values):
            node = self.blank()
            self.triples.append(Triple(node, NamedNode(RDF + "first"), value))
            self.triples.append(Triple(node, NamedNode(RDF + "rest"), rest))
            rest = node
        return rest

    def path(self, depth: int = 2) -> NamedNode | BlankNode:
        """A path: mostly a predicate, else one of the six forms over smaller paths."""
        turn = self.chance.random()
        if depth == 0 or turn < 0.55:
            return self.chance.choice((*PREDICATES, TYPE) if turn < 0.03 else PREDICATES)
        if turn < 0.65:
            return self.listed([self.path(depth - 1) for _ in range(self.chance.randint(2, 3))])
        node = self.blank()
        if turn < 0.72:
            parts: list[Term] = [self.path(depth - 1) for _ in range(self.chance.randint(2, 3))]
            self.say(node, "alternativePath", self.listed(parts))
            return node
        form = "inversePath"
        if turn > 0.88:
            form = self.chance.choice(("zeroOrMorePath", "oneOrMorePath", "zeroOrOnePath"))
        inner = self.path(depth - 1)
        while form == "inversePath" and isinstance(inner, BlankNode) and inner not in self.signed:
            # The inverse of p/q is what comes before p/q (SPARQL 18.1.7); pySHACL walks ^p/^q.
            inner = self.path(depth - 1)
        self.say(node, form, inner)
        self.signed.add(node)
        if inner in self.signed or form.startswith("zero"):
            self.unwritable = True
        return node

    # -- shapes

    def targeted(self) -> None:
        """A shape with one or two targets."""
        shape = self.shape(2)
        for _ in range(self.chance.randint(1, 2)):
            self.target(shape)

    def target(self, shape: NamedNode) -> None:
        """One target of any kind."""
        turn = self.chance.randrange(6)
        if turn == 0:
            # No blank node: a shapes graph cannot name one of the data.
            self.say(shape, "targetNode", self.chance.choice((*NODES, *self.family, *TEXTS)))
        elif turn in (1, 2):
            self.say(shape, "targetClass", self.chance.choice(CLASSES))
        elif turn == 3:
            self.say(shape, "targetSubjectsOf", self.chance.choice(PREDICATES))
        elif turn == 4:
            self.say(shape, "targetObjectsOf", self.chance.choice(PREDICATES))
        else:
            # The data must say that the shape is a class too, in the shapes graph: SHACL 2.1.3.3.
            self.triples.append(Triple(shape, TYPE, NamedNode(RDFS + "Class")))

    def shape(self, depth: int) -> NamedNode:
        """A node or property shape with one to three constraints."""
        return self.property_shape(depth) if self.chance.random() < 0.6 else self.node_shape(depth)

    def node_shape(self, depth: int) -> NamedNode:
        """A node shape."""
        shape = self.fresh("N")
        self.triples.append(Triple(shape, TYPE, NamedNode(SH + "NodeShape")))
        self.about(shape)
        for _ in range(self.chance.randint(1, 3)):
            self.constrain(shape, depth, path=None)
        return shape

    def property_shape(self, depth: int) -> NamedNode:
        """A property shape."""
        self.unwritable = False
        shape, path = self.fresh("P"), self.path()
        if not self.unwritable:
            self.writable.add(path)
        self.triples.append(Triple(shape, TYPE, NamedNode(SH + "PropertyShape")))
        self.say(shape, "path", path)
        self.about(shape)
        for _ in range(self.chance.randint(1, 3)):
            self.constrain(shape, depth, path)
        return shape

    def about(self, shape: NamedNode) -> None:
        """Severity and sh:deactivated, sometimes."""
        if self.chance.random() < 0.4:
            self.say(shape, "severity", NamedNode(SH + self.chance.choice(_SEVERITIES)))
        if self.chance.random() < 0.05:
            self.say(shape, "deactivated", self.chance.choice(BOOLEANS))

    # -- constraints

    def constrain(self, shape: NamedNode, depth: int, path: NamedNode | BlankNode | None) -> None:
        """One constraint of any component that fits the shape."""
        plain: list[Callable[[NamedNode], None]] = [
            self.of_class, self.of_datatype, self.of_kind, self.of_range, self.of_length, self.of_pattern,
            self.of_language, self.equal_or_disjoint, self.has_value, self.one_of, self.closed,
        ]  # fmt: skip
        nested = [self.all_or_any, self.refused, self.noded, self.held]
        if path is None or path in self.writable:
            plain.append(self.asked)
        if path is not None:
            plain += [self.counted, self.counted, self.unique]
            plain += [self.less] if self.family is NUMBERS else []
            nested += [self.qualified, self.qualified]
        choices = plain + (nested * 2 if depth else [])
        chosen = self.chance.choice([*choices, self.queried])
        if chosen == self.queried:
            self.queried(shape, path)
        elif chosen in nested:
            chosen(shape, depth)  # type: ignore[call-arg]
        elif (shape, chosen.__name__) not in self.done:  # most may stand once only
            self.done.add((shape, chosen.__name__))
            chosen(shape)

    def of_class(self, shape: NamedNode) -> None:
        for kind in self.chance.sample(CLASSES, self.chance.choice((1, 1, 2))):
            self.say(shape, "class", kind)

    def of_datatype(self, shape: NamedNode) -> None:
        self.say(shape, "datatype", self.chance.choice((*DATATYPES, LANG_STRING)))

    def of_kind(self, shape: NamedNode) -> None:
        self.say(shape, "nodeKind", NamedNode(SH + self.chance.choice(_KINDS)))

    def of_range(self, shape: NamedNode) -> None:
        for name in self.chance.sample(("minExclusive", "minInclusive", "maxExclusive", "maxInclusive"), 2):
            self.say(shape, name, self.chance.choice((*self.family, *TEXTS[:3])))

    def of_length(self, shape: NamedNode) -> None:
        # No sh:minLength 0: pySHACL lets blank nodes pass, SHACL 4.4.1 has a result "where v is a blank node".
        for name in self.chance.sample(("minLength", "maxLength"), self.chance.randint(1, 2)):
            self.say(shape, name, typed(str(self.chance.choice((1, 2, 8))), "integer"))

    def of_pattern(self, shape: NamedNode) -> None:
        pattern, flags = self.chance.choice(_PATTERNS)
        self.say(shape, "pattern", Literal(pattern))
        if flags:
            self.say(shape, "flags", Literal(flags))

    def of_language(self, shape: NamedNode) -> None:
        ranges = self.chance.sample(("en", "fr", "nl", "en-gb", "*"), self.chance.randint(0, 2))
        self.say(shape, "languageIn", self.listed([Literal(each) for each in ranges]))

    def equal_or_disjoint(self, shape: NamedNode) -> None:
        self.say(shape, self.chance.choice(("equals", "disjoint")), self.chance.choice(PREDICATES))

    def has_value(self, shape: NamedNode) -> None:
        self.say(shape, "hasValue", self.chance.choice((*NODES, *LITERALS)))

    def one_of(self, shape: NamedNode) -> None:
        values: list[Term] = self.chance.sample((*NODES, *LITERALS), self.chance.randint(0, 6))
        self.say(shape, "in", self.listed(values))

    def closed(self, shape: NamedNode) -> None:
        self.say(shape, "closed", self.chance.choice((BOOLEANS[0], BOOLEANS[0], BOOLEANS[1])))
        ignored: list[Term] = self.chance.sample((TYPE, *PREDICATES), self.chance.randint(1, 3))
        self.say(shape, "ignoredProperties", self.listed(ignored))

    def counted(self, shape: NamedNode) -> None:
        for name in self.chance.sample(("minCount", "maxCount"), self.chance.randint(1, 2)):
            self.say(shape, name, typed(str(self.chance.randint(0, 2)), "integer"))

    def unique(self, shape: NamedNode) -> None:
        # Not "1"^^xsd:boolean: SHACL 4.4.5 asks for exactly `true`, pySHACL takes both (W3C case uniqueLang-002).
        self.say(shape, "uniqueLang", self.chance.choice((*BOOLEANS, BOOLEANS[0])))

    def less(self, shape: NamedNode) -> None:
        self.say(shape, self.chance.choice(("lessThan", "lessThanOrEquals")), self.chance.choice(PREDICATES[2:]))

    # -- nested shapes

    def all_or_any(self, shape: NamedNode, depth: int) -> None:
        members: list[Term] = [self.shape(depth - 1) for _ in range(self.chance.randint(1, 3))]
        self.say(shape, self.chance.choice(("and", "or", "xone")), self.listed(members))

    def refused(self, shape: NamedNode, depth: int) -> None:
        self.say(shape, "not", self.shape(depth - 1))

    def noded(self, shape: NamedNode, depth: int) -> None:
        self.say(shape, "node", self.node_shape(depth - 1))

    def held(self, shape: NamedNode, depth: int) -> None:
        self.say(shape, "property", self.property_shape(depth - 1))

    def qualified(self, shape: NamedNode, depth: int) -> None:
        """A property shape with a qualified value shape, held by this one, often beside a sibling."""
        for _ in range(self.chance.choice((1, 2))):
            held = self.fresh("Q")
            self.triples.append(Triple(held, TYPE, NamedNode(SH + "PropertyShape")))
            self.say(held, "path", self.path(1))
            self.say(held, "qualifiedValueShape", self.shape(depth - 1))
            for name in self.chance.sample(("qualifiedMinCount", "qualifiedMaxCount"), self.chance.randint(1, 2)):
                self.say(held, name, typed(str(self.chance.randint(0, 2)), "integer"))
            if self.chance.random() < 0.5:
                self.say(held, "qualifiedValueShapesDisjoint", self.chance.choice(BOOLEANS))
            self.say(shape, "property", held)

    # -- SPARQL

    def queried(self, shape: NamedNode, path: NamedNode | BlankNode | None) -> None:
        """A SPARQL constraint."""
        texts = NODE_QUERIES if path is None else PROPERTY_QUERIES if path in self.writable else QUERIES
        constraint = self.blank()
        self.triples.append(Triple(constraint, TYPE, NamedNode(SH + "SPARQLConstraint")))
        self.say(constraint, "select", Literal(self.filled(self.chance.choice(texts))))
        self.say(shape, "sparql", constraint)
        if self.chance.random() < 0.05:
            self.say(constraint, "deactivated", BOOLEANS[0])

    def filled(self, text: str) -> str:
        """A query with names of predicates, a class and a node."""
        for place, terms in (("<P>", PREDICATES), ("<Q>", PREDICATES), ("<C>", CLASSES), ("<N>", NODES)):
            text = text.replace(place, str(self.chance.choice(terms)))
        return text

    def asked(self, shape: NamedNode) -> None:
        """A parameter of a SPARQL-based constraint component, which is declared when it is first used."""
        in_property = shape.value.removeprefix(EX).startswith("P")
        # With ASK on a property shape pySHACL leaves sh:value out; SHACL 6.3 has the value node there.
        name, parameter, values = self.chance.choice(COMPONENTS[: 1 if in_property else None])
        if name not in self.components:
            self.components.add(name)
            self.triples += component(name)
        self.triples.append(Triple(shape, NamedNode(EX + parameter), self.chance.choice(values)))
