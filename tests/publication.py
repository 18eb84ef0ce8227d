"""A small release for the tests of the publication: made by `make_edition` from quads in TriG."""

import asyncio
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI
from pyoxigraph import RdfFormat, parse

from wallograph.iris import rebase
from wallograph.release.edition import make_edition
from wallograph.release.state import Release, State
from wallograph.settings import Settings
from wallograph.vocab import CC_BY
from wallograph.web.app import create_app

BASE = "https://data.example.org"
DATE = "2026-03-01"

TRIG = """
@prefix wg: <http://localhost:8000/ns/wallograph#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix schema: <http://schema.org/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

<http://localhost:8000/id/source/page-a> {
  <http://localhost:8000/id/actor/uliege> a org:Organization ;
    schema:name "Université de Liège" ;
    org:classification <http://localhost:8000/auth/actor-kind/university> ;
    schema:foundingDate "1817"^^xsd:gYear ;
    schema:description "Une université <script>alert(1)</script>"@fr ;
    schema:numberOfEmployees 5700 ;
    foaf:homepage <https://www.uliege.be/> .
  <http://localhost:8000/id/value/v1> a wg:DatedValue ;
    rdf:subject <http://localhost:8000/id/actor/uliege> ;
    rdf:predicate schema:numberOfEmployees ;
    rdf:object 5700 ;
    wg:statedFor "2024"^^xsd:gYear .
  <http://localhost:8000/id/actor/spin> a org:Organization ;
    schema:name "Spin" ;
    wg:spinOffOf <http://localhost:8000/id/actor/uliege> .
  <http://localhost:8000/id/link/l1> a wg:Relation ;
    rdf:subject <http://localhost:8000/id/actor/spin> ;
    rdf:predicate wg:spinOffOf ;
    rdf:object <http://localhost:8000/id/actor/uliege> ;
    wg:relationKind <http://localhost:8000/auth/relation-kind/spin-off-of> .
}
<http://localhost:8000/id/source/page-b> {
  <http://localhost:8000/id/actor/uliege> a org:Organization ;
    schema:name "ULiège" ;
    schema:foundingDate "1817"^^xsd:gYear .
}
<http://localhost:8000/id/source/derived-label> {
  <http://localhost:8000/id/actor/uliege> rdfs:label "Université de Liège" .
  <http://localhost:8000/id/actor/spin> rdfs:label "Spin" .
}
<http://localhost:8000/id/source/code-lists> {
  <http://localhost:8000/auth/actor-kind> a skos:ConceptScheme ; dcterms:title "Kinds"@en, "Genres"@fr .
  <http://localhost:8000/auth/actor-kind/university> a skos:Concept ;
    skos:inScheme <http://localhost:8000/auth/actor-kind> ; skos:notation "university" ;
    skos:prefLabel "université"@fr, "universiteit"@nl, "Universität"@de, "university"@en .
  <http://localhost:8000/auth/relation-kind/spin-off-of> a skos:Concept ;
    skos:prefLabel "spin-off de"@fr, "spin-off of"@en .
}
<http://localhost:8000/id/source/judgements> {
  <http://localhost:8000/id/actor/uliege> rdfs:seeAlso <http://localhost:8000/id/actor/secret> .
}
<http://localhost:8000/id/source/provenance> {
  <http://localhost:8000/id/source/page-a> a wg:Source, prov:Entity ;
    prov:wasDerivedFrom <https://www.example.com/a> ; dcterms:publisher "example.com" ;
    wg:sourceRole <http://localhost:8000/auth/source-role/stated> .
  <http://localhost:8000/id/source/page-b> a wg:Source, prov:Entity ;
    prov:wasDerivedFrom <https://www.example.com/b> ; dcterms:publisher "example.com" ;
    wg:sourceRole <http://localhost:8000/auth/source-role/stated> .
  <http://localhost:8000/id/source/derived-label> a wg:Source, prov:Entity ; wg:rule "label" ;
    wg:sourceRole <http://localhost:8000/auth/source-role/derived> .
}
"""


def private_graphs(base: str) -> frozenset[str]:
    """The graphs that are not part of the public default graph."""
    return frozenset(f"{base}/id/source/{key}" for key in ("provenance", "shapes", "judgements", "catalogue"))


def publish(root: Path, text: str = TRIG, *, base: str = BASE, date: str = DATE) -> Release:
    """Make an edition of a TriG text on a base, and switch to it."""
    state = State(root)
    release = make_edition(
        state,
        parse(rebase(text, base).encode(), format=RdfFormat.TRIG),
        base=base,
        date=date,
        private_graphs=private_graphs(base),
        report=None,
        license=CC_BY,
    )
    state.switch(release.number)
    return release


class Client:
    """Asks an application in this process. It follows no redirect, and a 500 is an answer."""

    def __init__(self, app: FastAPI) -> None:
        self.app = app

    def get(self, path: str, accept: str | None = "*/*", **headers: str) -> httpx.Response:
        """GET; names of headers are written with underscores."""
        return self.ask("GET", path, accept, **headers)

    def ask(self, method: str, path: str, accept: str | None = "*/*", **headers: Any) -> httpx.Response:
        """Any method; `content` is the body."""
        content = headers.pop("content", None)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if accept is not None:
            sent["accept"] = accept
        return asyncio.run(self._ask(method, path, sent, content))

    async def _ask(self, method: str, path: str, headers: dict[str, str], content: Any) -> httpx.Response:
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        # A host that is not the base's: addresses in answers must not come from it.
        async with httpx.AsyncClient(transport=transport, base_url="http://evil.example") as client:
            if accept_missing := "accept" not in headers:
                client.headers.pop("accept")
            request = client.build_request(method, path, headers=headers, content=content)
            assert ("accept" in request.headers) is not accept_missing
            return await client.send(request)


def client_of(root: Path) -> Client:
    """A client of the application over a state folder."""
    return Client(create_app(Settings(state=root)))
