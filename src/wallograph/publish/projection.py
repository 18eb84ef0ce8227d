"""Profiles: a document comes in, the same thing in the words of another vocabulary goes out (W3C connegp).

A profile is a row of `PROFILES` and a CONSTRUCT, `profiles/{token}.rq`, that is asked in memory of what the document
says; values are bound, nothing is pasted. What the document says of itself stays, with `dcterms:conformsTo`.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

import pyoxigraph as ox
from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple, Variable

from wallograph import vocab
from wallograph.errors import StateError
from wallograph.iris import rebase, rebase_iri
from wallograph.publish.documents import Document, Quads
from wallograph.publish.jsonld import Context, write_jsonld
from wallograph.publish.media import JSON_LD, Format
from wallograph.vocab import DCTERMS, FOAF, ORG, OWL, RDFS, SCHEMA, SKOS, VOID, XSD

_THEMES: Final = vocab.AUTH + "theme"
_IN_SCHEME: Final = SKOS + "inScheme"
_NAMES: Final = (vocab.TYPE, vocab.LABEL, vocab.PREF_LABEL)
_PUBLIC: Final = frozenset(vocab.code("actor-kind", code) for code in ("authority", "public-agency", "public-sector"))
_ADMS: Final = "http://www.w3.org/ns/adms#"
_LEGAL: Final = "http://www.w3.org/ns/legal#"
_LOCN: Final = "http://www.w3.org/ns/locn#"
_M8G: Final = "http://data.europa.eu/m8g/"
_EUVOC: Final = "http://publications.europa.eu/ontology/euvoc#"
_DOCUMENT: Final = {"dcterms": DCTERMS, "foaf": FOAF, "void": VOID, "rdfs": RDFS, "schema": SCHEMA, "xsd": XSD}
_ORGANISATION: Final = {"adms": _ADMS, "locn": _LOCN, "m8g": _M8G, "org": ORG, "skos": SKOS}


@dataclass(frozen=True, slots=True)
class Profile:
    """One way to say things. `iri` names what it conforms to (on the default base, if it is ours)."""

    token: str
    iri: str
    title: str
    vocabularies: Mapping[str, str] = field(default_factory=dict)
    terms: Mapping[str, str] = field(default_factory=dict)  # of JSON-LD, beside the prefixes
    reach: frozenset[str] = frozenset()  # what stands at the end of these is told in full

    def uri(self, base: str) -> str:
        """Its IRI on a base."""
        return rebase_iri(self.iri, base)

    def query(self) -> str:
        """Its CONSTRUCT, on the default base; the default profile has none."""
        return _text(self.token) if self is not DEFAULT else ""


DEFAULT: Final = Profile("wallograph", f"{vocab.DEFAULT_BASE}/ns/wallograph", "wallograph")
SCHEMA_ORG: Final = Profile(
    "schema", "https://schema.org/", "schema.org", terms={"@vocab": SCHEMA, "id": "@id", "type": "@type"}
)
CORE_BUSINESS: Final = Profile(
    "corebusiness",
    "https://semiceu.github.io/Core-Business-Vocabulary/releases/2.3.0",
    "Core Business Vocabulary 2.3.0",
    {**_ORGANISATION, "legal": _LEGAL},
)
CPOV: Final = Profile(
    "cpov",
    "https://semiceu.github.io/CPOV/releases/2.1.2",
    "Core Public Organisation Vocabulary 2.1.2",
    _ORGANISATION,
)
D4WTA: Final = Profile(
    "d4wta",
    "https://DigitalWallonia.github.io/D4WTA-AP/releases/1.0.0/",
    "D4WTA-AP 1.0.0",
    {"skos": SKOS, "euvoc": _EUVOC, "owl": OWL},
    reach=frozenset({vocab.SUBJECT, SKOS + "broader", _IN_SCHEME}),
)
PROFILES: Final = {p.token: p for p in (DEFAULT, SCHEMA_ORG, CORE_BUSINESS, CPOV, D4WTA)}
_TO_SCHEMA: Final = frozenset(
    {vocab.ORGANIZATION, vocab.PROJECT, vocab.EVENT, vocab.LOCATION, vocab.CONCEPT, vocab.CONCEPT_SCHEME}
)


@dataclass(frozen=True)
class ProfileDocument(Document):
    """A document in a profile: its JSON-LD carries its own small context."""

    terms: Mapping[str, str] = field(default_factory=dict)

    def write(self, form: Format, context: Context) -> bytes:
        """The document in one format."""
        if form is not JSON_LD:
            return super().write(form, context)
        inline = Context(self.url, dict(self.terms), b"")
        tree = json.loads(write_jsonld(self.triples(), iri=self.iri, url=self.url, context=inline))
        return json.dumps(tree | {"@context": dict(self.terms)}, ensure_ascii=False, indent=1).encode() + b"\n"


def profiles_of(store: Quads, iri: str, base: str) -> tuple[Profile, ...]:
    """The profiles that fit a thing, by what it is; the default is always the first."""
    own = store.quads(NamedNode(iri), None, None, DefaultGraph())
    said = {(q.predicate.value, q.object.value) for q in own if isinstance(q.object, NamedNode)}
    types = {rebase_iri(value, base) for predicate, value in said if predicate == vocab.TYPE}
    public = any((vocab.CLASSIFICATION, rebase_iri(kind, base)) in said for kind in _PUBLIC)
    organisation = vocab.ORGANIZATION in types
    themes = rebase_iri(_THEMES, base)
    listed = iri == themes or (_IN_SCHEME, themes) in said
    fits = {
        DEFAULT.token: True,
        SCHEMA_ORG.token: bool(types & _TO_SCHEMA),
        CORE_BUSINESS.token: organisation and not public,
        CPOV.token: organisation and public,
        D4WTA.token: (listed and bool(types)) or any(predicate == vocab.SUBJECT for predicate, _ in said),
    }
    return tuple(profile for token, profile in PROFILES.items() if fits[token])


def project(store: Quads, document: Document, profile: Profile) -> Document:
    """A document in a profile; what the profile tells in full and the document only names is looked up."""
    if profile is DEFAULT:
        return document
    triples = {q.triple for q in document.quads}
    triples |= set(_reached(store, document.iri, document.base, profile))
    itself = {t for t in triples if t.subject.value == document.url}
    itself.add(Triple(
        NamedNode(document.url), NamedNode(DCTERMS + "conformsTo"), NamedNode(profile.uri(document.base))
    ))  # fmt: skip
    found = construct(profile, triples, document.iri, document.url, document.base) | itself
    quads = tuple(sorted((Quad(t.subject, t.predicate, t.object) for t in found), key=str))
    terms = {**_DOCUMENT, **profile.vocabularies, **profile.terms}
    return ProfileDocument(
        document.iri, document.url, document.base, quads, prefixes=dict(profile.vocabularies), terms=terms
    )


def in_brief(store: Quads, iri: str, base: str) -> list[Triple]:
    """The statements on a thing and the names of its neighbours: what a page needs of a document."""
    own = [q.triple for q in store.quads(NamedNode(iri), None, None, DefaultGraph())]
    ends = {t.object for t in own if isinstance(t.object, NamedNode) and t.object.value.startswith(f"{base}/")}
    names = (q.triple for end in ends for name in _NAMES
             for q in store.quads(end, NamedNode(name), None, DefaultGraph()))  # fmt: skip
    return [*own, *names]


def construct(profile: Profile, triples: Iterable[Triple], iri: str, url: str, base: str) -> set[Triple]:
    """The answer of a profile's CONSTRUCT over some triples."""
    memory = ox.Store()
    memory.extend(Quad(t.subject, t.predicate, t.object) for t in triples)
    thing, document = NamedNode(iri), NamedNode(url)
    memory.add(Quad(document, NamedNode(FOAF + "primaryTopic"), thing))  # where a BIND finds the document
    bound: dict[Variable, Any] = {Variable("thing"): thing, Variable("document"): document}
    answer = memory.query(_on_base(profile.token, base), substitutions=bound)
    if not isinstance(answer, ox.QueryTriples):
        raise StateError(f"the profile '{profile.token}' is no CONSTRUCT")
    return set(answer)


def _reached(store: Quads, iri: str, base: str, profile: Profile) -> Iterable[Triple]:
    """All that is said of the things at the end of the profile's properties, from one to the next."""
    if not profile.reach:
        return
    members = store.quads(None, NamedNode(_IN_SCHEME), NamedNode(iri), DefaultGraph())
    todo, done = {iri, *(q.subject.value for q in members if isinstance(q.subject, NamedNode))}, set[str]()
    while todo:
        name = todo.pop()
        done.add(name)
        for quad in store.quads(NamedNode(name), None, None, DefaultGraph()):
            yield quad.triple
            end = quad.object.value if isinstance(quad.object, NamedNode) else ""
            if quad.predicate.value in profile.reach and end.startswith(f"{base}/") and end not in done:
                todo.add(end)


def _text(token: str) -> str:
    return (files("wallograph.publish") / "profiles" / f"{token}.rq").read_text("utf-8")


@lru_cache(maxsize=32)  # one base in an installation, a few in tests
def _on_base(token: str, base: str) -> str:
    return rebase(_text(token), base)
