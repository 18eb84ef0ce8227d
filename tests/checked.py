"""Checks of small files, for the tests of findings, repairs and outputs."""

from functools import cache

from wallograph.model import Finding, Repair
from wallograph.pipeline.check import Check, CheckOptions, Upload, check
from wallograph.pipeline.known import Known

PREFIXES = """@prefix actor: <http://localhost:8000/id/actor/> .
@prefix kind: <http://localhost:8000/auth/actor-kind/> .
@prefix place: <http://localhost:8000/id/place/> .
@prefix project: <http://localhost:8000/id/project/> .
@prefix project-kind: <http://localhost:8000/auth/project-kind/> .
@prefix place-kind: <http://localhost:8000/auth/place-kind/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix geo: <http://www.w3.org/2003/01/geo/wgs84_pos#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <http://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix theme: <http://localhost:8000/auth/theme/> .
@prefix wg: <http://localhost:8000/ns/wallograph#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
ACTOR = """
actor:exemple-invente a org:Organization ;
    rdfs:label "Exemple inventé" ;
    schema:name "Exemple inventé" ;
    org:classification kind:company ;
    {said} .
"""
PLACE = """
place:exemple-invente a dcterms:Location ;
    rdfs:label "Exemple inventé" ;
    dcterms:type place-kind:locality ;
    schema:containedInPlace place:62063 ;
    {said} .
"""


@cache
def known() -> Known:
    """What is known off line; made once."""
    return Known.shipped()


def actor(said: str) -> str:
    """A made-up organisation in Turtle, with one more statement."""
    return PREFIXES + ACTOR.format(said=said)


def place(said: str) -> str:
    """A made-up place in Turtle, with one more statement."""
    return PREFIXES + PLACE.format(said=said)


def checked(text: str | bytes, name: str = "file.ttl", **options: object) -> Check:
    """One file checked over what is known off line."""
    content = text if isinstance(text, bytes) else text.encode()
    return check([Upload(name, content)], known(), CheckOptions(**options))  # type: ignore[arg-type]


def coded(found: Check, code: str) -> list[Finding]:
    """The findings of one code."""
    return [finding for finding in found.findings if finding.code == code]


def repair(found: Check, code: str) -> Repair:
    """The first repair of one code."""
    return next(repair for finding in found.findings for repair in finding.repairs if repair.code == code)


def corrected(found: Check, code: str) -> str:
    """The file with the repairs of one code made."""
    (content,) = found.corrected(lambda _, repair: repair.code == code).values()
    return content.decode()
