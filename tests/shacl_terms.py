"""The few terms that random graphs and random shapes are made of, so that they meet often."""

from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode

from wallograph.vocab import RDF, RDFS, XSD

Term = NamedNode | BlankNode | Literal

EX: Final = "urn:x/"
TYPE: Final = NamedNode(RDF + "type")
SUBCLASS: Final = NamedNode(RDFS + "subClassOf")
PREDICATES: Final = tuple(NamedNode(f"{EX}p{i}") for i in range(4))
CLASSES: Final = tuple(NamedNode(f"{EX}C{i}") for i in range(4))
NODES: Final = tuple(NamedNode(f"{EX}n{i}") for i in range(6))
BLANKS: Final = tuple(BlankNode(f"b{i}") for i in range(2))


def typed(text: str, datatype: str) -> Literal:
    """A literal of a datatype of XML Schema."""
    return Literal(text, datatype=NamedNode(XSD + datatype))


# No 2.0: queries run on a store, which makes 2 of it (design S7).
# Ill-typed numbers and dates stand in `ILL_TYPED` only: they are for sh:datatype and for comparisons that fail.
# No xsd:double: rdflib 7 has its own idea of the lexical forms of INF. No times without a zone beside times with one:
# their order is indeterminate (XSD 1.1, 3.3.7.1), SHACL 4.3.1 makes that a violation, Python raises and pySHACL too.
NUMBERS: Final = (
    typed("1", "integer"), typed("2", "integer"), typed("10", "integer"), typed("1.5", "decimal"),
    typed("2.5", "decimal"),
)  # fmt: skip
DATES: Final = (typed("2001-01-31", "date"), typed("2010-12-01", "date"))
# No empty text: it counts as "unbound" in rdflib's property paths.
TEXTS: Final = (Literal("a"), Literal("ab"), Literal("abc"), Literal("B"), Literal("b"))
TAGGED: Final = (
    Literal("a", language="en"), Literal("b", language="en"), Literal("c", language="en"), Literal("a", language="fr"),
    Literal("a", language="en-gb"), Literal("c", language="nl"),
)  # fmt: skip
BOOLEANS: Final = (typed("true", "boolean"), typed("false", "boolean"))
ILL_TYPED: Final = (typed("x", "integer"), typed("2001-99-99", "date"))
# `false` is for shapes only: it counts as "unbound" in rdflib, and pySHACL then tells a result several times.
LITERALS: Final = NUMBERS + DATES + TEXTS + TAGGED * 2 + BOOLEANS[:1] + ILL_TYPED
DATATYPES: Final = tuple(NamedNode(XSD + name) for name in ("integer", "decimal", "string", "date", "boolean"))
LANG_STRING: Final = NamedNode(RDF + "langString")
