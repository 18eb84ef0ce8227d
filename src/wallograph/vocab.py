"""Vocabulary terms and code-list schemes as plain constants, on the default base.

Out: IRIs as strings. Everything is written on `DEFAULT_BASE`; `wallograph.iris.rebase` moves it to the base of
an installation. A test checks each own term against `ontology/wallograph.ttl`.
"""

from typing import Final

DEFAULT_BASE: Final = "http://localhost:8000"
LANGUAGES: Final = ("fr", "nl", "de", "en")  # of every text that people read, French first
CC_BY: Final = "https://creativecommons.org/licenses/by/4.0/"  # our own statements and the compilation

WG: Final = f"{DEFAULT_BASE}/ns/wallograph#"
AUTH: Final = f"{DEFAULT_BASE}/auth/"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
OWL: Final = "http://www.w3.org/2002/07/owl#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
ORG: Final = "http://www.w3.org/ns/org#"
SCHEMA: Final = "http://schema.org/"
DCTERMS: Final = "http://purl.org/dc/terms/"
FOAF: Final = "http://xmlns.com/foaf/0.1/"
PROV: Final = "http://www.w3.org/ns/prov#"
GEO: Final = "http://www.w3.org/2003/01/geo/wgs84_pos#"
QB: Final = "http://purl.org/linked-data/cube#"
SH: Final = "http://www.w3.org/ns/shacl#"
VOID: Final = "http://rdfs.org/ns/void#"
DCAT: Final = "http://www.w3.org/ns/dcat#"
DQV: Final = "http://www.w3.org/ns/dqv#"

PREFIXES: Final = {
    "wg": WG, "rdf": RDF, "rdfs": RDFS, "xsd": XSD, "owl": OWL, "skos": SKOS, "org": ORG, "schema": SCHEMA,
    "dcterms": DCTERMS, "foaf": FOAF, "prov": PROV, "geo": GEO, "qb": QB, "void": VOID,
}  # fmt: skip

# -- classes
ORGANIZATION: Final = ORG + "Organization"
PROJECT: Final = SCHEMA + "Project"
EVENT: Final = SCHEMA + "Event"
LOCATION: Final = DCTERMS + "Location"
RELATION: Final = WG + "Relation"
DATED_VALUE: Final = WG + "DatedValue"
OBSERVATION: Final = QB + "Observation"
CONCEPT: Final = SKOS + "Concept"
CONCEPT_SCHEME: Final = SKOS + "ConceptScheme"
SOURCE: Final = WG + "Source"

# -- names
TYPE: Final = RDF + "type"
LABEL: Final = RDFS + "label"  # the one chosen display label, in wallograph's own graph
NAME: Final = SCHEMA + "name"  # a name as a source spells it
ALTERNATE_NAME: Final = SCHEMA + "alternateName"
VERSION: Final = SCHEMA + "version"  # of a document: the number of its release
ACRONYM: Final = WG + "acronym"
PREF_LABEL: Final = SKOS + "prefLabel"

# -- values of organisations, projects and events
CLASSIFICATION: Final = ORG + "classification"  # -> auth/actor-kind/…
PROJECT_KIND: Final = DCTERMS + "type"  # -> auth/project-kind/…, auth/place-kind/…
FOUNDING_DATE: Final = SCHEMA + "foundingDate"  # xsd:gYear
START_DATE: Final = SCHEMA + "startDate"  # xsd:gYear
END_DATE: Final = SCHEMA + "endDate"  # xsd:gYear
DATE: Final = DCTERMS + "date"  # xsd:gYear: the year a page gives for a good practice, without saying of what
DESCRIPTION: Final = SCHEMA + "description"  # @fr
HOMEPAGE: Final = FOAF + "homepage"  # IRI
SUBJECT: Final = DCTERMS + "subject"  # -> auth/theme/…, a reading
KEYWORDS: Final = SCHEMA + "keywords"  # topics as the page names them
MARKET: Final = WG + "market"  # -> auth/market/…, a reading
CLIENTS_ABROAD: Final = WG + "clientsAbroad"  # xsd:boolean
PLACE: Final = SCHEMA + "location"  # -> id/place/…, the place as stated
PLACE_NAME: Final = WG + "placeName"  # a place outside the register, as stated
MUNICIPALITY: Final = WG + "municipality"  # derived
PROVINCE: Final = WG + "province"  # derived
ENTERPRISE_NUMBER: Final = WG + "enterpriseNumber"  # ten digits
ESTABLISHMENT_NUMBER: Final = WG + "establishmentNumber"  # ten digits
VAT_ID: Final = SCHEMA + "vatID"
ROR_ID: Final = WG + "rorId"  # nine characters
ISNI: Final = WG + "isni"  # sixteen characters
SAME_AS: Final = SCHEMA + "sameAs"  # IRI elsewhere

# -- dated values: the thing (wg:DatedValue) and the triple
EMPLOYEES: Final = SCHEMA + "numberOfEmployees"  # xsd:integer
RESEARCHERS: Final = WG + "researchers"  # xsd:integer
STATUS: Final = WG + "status"  # -> auth/status/…
BUDGET: Final = WG + "budget"  # xsd:decimal, EUR

# -- relations and dated values as things (both rdf:Statement)
ST_SUBJECT: Final = RDF + "subject"
ST_PREDICATE: Final = RDF + "predicate"
ST_OBJECT: Final = RDF + "object"
RELATION_KIND: Final = WG + "relationKind"  # -> auth/relation-kind/…
STATED_FOR: Final = WG + "statedFor"  # xsd:gYear: the year the statement speaks of, or of the page

# -- relation kinds: code -> predicate of the direct triple
RELATIONS: Final = {
    "part-of": DCTERMS + "isPartOf",
    "member-of": ORG + "memberOf",
    "spin-off-of": WG + "spinOffOf",
    "funded-by": SCHEMA + "funder",
    "supported-by": WG + "supportedBy",
    "partner-of": WG + "partnerOf",
    "participates-in": WG + "participatesIn",
    "located-in": WG + "locatedIn",
    "coordinates": WG + "coordinates",
    "founded-by": SCHEMA + "founder",
    "shareholder-of": WG + "shareholderOf",
    "subsidiary-of": SCHEMA + "parentOrganization",
    "acquired-by": WG + "acquiredBy",
    "operated-by": WG + "operatedBy",
    "labelled-by": WG + "labelledBy",
    "successor-of": WG + "successorOf",
}
SYMMETRIC: Final = frozenset({"partner-of"})

# -- places
CONTAINED_IN: Final = SCHEMA + "containedInPlace"
NIS_CODE: Final = WG + "nisCode"
POSTCODE: Final = SCHEMA + "postalCode"
LATITUDE: Final = GEO + "lat"  # xsd:decimal
LONGITUDE: Final = GEO + "long"  # xsd:decimal

# -- published figures (qb:Observation)
DATA_SET: Final = QB + "dataSet"
INDICATOR: Final = WG + "indicator"  # -> auth/indicator/…
VALUE: Final = WG + "value"  # xsd:decimal
UNIT: Final = WG + "unit"  # -> auth/unit/…
QUALIFIER: Final = WG + "qualifier"  # -> auth/qualifier/…
PERIOD_START: Final = WG + "periodStart"  # xsd:gYear
PERIOD_END: Final = WG + "periodEnd"  # xsd:gYear
SCOPE: Final = WG + "scope"  # -> id/place/… or id/actor/…
SCOPE_NAME: Final = WG + "scopeName"  # the scope as the page names it
OBSERVED_IN: Final = WG + "source"  # -> id/source/…: the source as a dimension

# -- sources (in the provenance graph)
DERIVED_FROM: Final = PROV + "wasDerivedFrom"  # the page(s); for a reading, the source graph that was read
ISSUED: Final = DCTERMS + "issued"
PUBLISHER: Final = DCTERMS + "publisher"  # literal: the site's host or the publisher's name
RIGHTS: Final = DCTERMS + "rights"
LICENSE: Final = DCTERMS + "license"
SOURCE_ROLE: Final = WG + "sourceRole"  # -> auth/source-role/{stated,read,derived,register,code-list,vocabulary}
IS_COPY: Final = WG + "isCopy"  # xsd:boolean: the page is a copy, mirror or scraper
ONE_OF_PAGES: Final = WG + "oneOfPages"  # xsd:boolean: each statement stands on one of the pages, not known which
RULE: Final = WG + "rule"  # -> auth/rule/…: how wallograph read or derived

# -- code-list schemes: {base}/auth/{scheme}/{code}
SCHEMES: Final = (
    "theme", "actor-kind", "project-kind", "place-kind", "relation-kind", "market", "status",
    "indicator", "unit", "qualifier", "source-role", "rule", "quality-metric",
)  # fmt: skip


def code(scheme: str, notation: str) -> str:
    """The IRI of a code-list entry.

    >>> code("actor-kind", "startup")
    'http://localhost:8000/auth/actor-kind/startup'
    """
    return f"{AUTH}{scheme}/{notation}"
