"""What random shapes say in SPARQL: queries of constraints, and components with ASK and with SELECT.

In: a name. Out: the triples that declare the component; `COMPONENTS` tells the parameters and fitting values.
"""

from typing import Final

from pyoxigraph import BlankNode, RdfFormat, Triple, parse

from shacl_terms import EX, PREDICATES, Term, typed

_PREFIXES: Final = f"""
@prefix : <{EX}> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
# rdflib has a STR() of blank nodes, SPARQL 17.4.2.5 has none. On node shapes pySHACL binds ?value beforehand, SHACL
# 6.2 does so for ASK only: that query names no value.
_TEXTS: Final = {
    "AtMost": '''
:AtMost a sh:ConstraintComponent ;
    sh:parameter :AtMost-letters ;
    sh:nodeValidator [ a sh:SPARQLSelectValidator ;
        sh:select """SELECT DISTINCT $this
            WHERE { $this :p0 ?any . FILTER (!isBlank(?any) && STRLEN(STR(?any)) > $letters) }""" ;
        sh:prefixes :AtMost ] ;
    sh:propertyValidator [ a sh:SPARQLSelectValidator ;
        sh:select """SELECT DISTINCT $this ?value
            WHERE { $this $PATH ?value . FILTER (!isBlank(?value) && STRLEN(STR(?value)) > $letters) }""" ;
        sh:prefixes :AtMost ] ;
    sh:declare [ sh:prefix "" ; sh:namespace "urn:x/"^^xsd:anyURI ] .
:AtMost-letters a sh:Parameter ; sh:path :letters ; sh:datatype xsd:integer .
''',
    "Linked": """
:Linked a sh:ConstraintComponent ;
    sh:parameter :Linked-by ;
    sh:validator [ a sh:SPARQLAskValidator ; sh:ask "ASK { ?any $by $value }" ] .
:Linked-by a sh:Parameter ; sh:path :by ; sh:nodeKind sh:IRI .
""",
}
COMPONENTS: Final[tuple[tuple[str, str, tuple[Term, ...]], ...]] = (
    ("AtMost", "letters", tuple(typed(str(count), "integer") for count in (1, 2, 7))),
    ("Linked", "by", PREDICATES),
)
# Each row comes once: pySHACL drops equal rows, and SHACL 5.3.1 has one result for each solution.
QUERIES: Final = (
    "SELECT $this ?value WHERE { $this <P> ?value . FILTER (isLiteral(?value)) }",
    "SELECT $this WHERE { FILTER NOT EXISTS { $this <P> ?any } }",
    "SELECT $this ?value WHERE { ?value <P> $this }",
    "SELECT DISTINCT $this ?value WHERE { $this <P>/<Q>+ ?value . FILTER EXISTS { ?value a <C> } }",
    "SELECT DISTINCT $this ?value WHERE { ?value a <C> . FILTER (?value != $this) }",
    "SELECT DISTINCT $this ?value WHERE { $this <P> ?value . <N> <Q> ?value }",
    "SELECT DISTINCT $this ?value WHERE { $this ?any ?value . ?value ?other $this }",
    "SELECT DISTINCT $this ?value WHERE { $this <P> ?a , ?value . FILTER (?a != ?value && isIRI(?a)) }",
)
NODE_QUERIES: Final = (
    *QUERIES,
    "SELECT $this ?path ?value WHERE { $this ?path ?value . FILTER (?path IN (<P>, <Q>)) }",
)
PROPERTY_QUERIES: Final = (
    *QUERIES,
    "SELECT DISTINCT $this ?value WHERE { $this $PATH ?value . FILTER NOT EXISTS { ?value a <C> } }",
    "SELECT DISTINCT $this ?value WHERE { $this $PATH ?value . FILTER (isIRI(?value)) }",
)


def component(name: str) -> list[Triple]:
    """The triples of a component, its blank nodes named after it: the same each time."""
    names: dict[BlankNode, BlankNode] = {}

    def named(term: Term) -> Term:
        return names.setdefault(term, BlankNode(f"{name}{len(names)}")) if isinstance(term, BlankNode) else term

    quads = parse((_PREFIXES + _TEXTS[name]).encode(), format=RdfFormat.TURTLE)
    return [Triple(named(q.subject), q.predicate, named(q.object)) for q in quads]
