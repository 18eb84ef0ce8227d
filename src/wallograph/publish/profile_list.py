"""The profiles in the Profiles Vocabulary (PROF), and the list of what one thing is there in (connegp, altr:).

In: a base, the profiles. Out: documents that every RDF format writes; the words in four languages.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from pyoxigraph import Literal, NamedNode, Quad

from wallograph import vocab
from wallograph.publish.documents import Document
from wallograph.publish.projection import DEFAULT, PROFILES
from wallograph.vocab import DCTERMS, FOAF, RDFS

PATH: Final = "/profiles"
_PROF: Final = "http://www.w3.org/ns/dx/prof/"
_ROLE: Final = "http://www.w3.org/ns/dx/prof/role/"
_ALTR: Final = "http://www.w3.org/ns/dx/connegp/altr#"
_PREFIXES: Final = {"prof": _PROF, "role": _ROLE, "altr": _ALTR}
_SPARQL: Final = "https://www.iana.org/assignments/media-types/application/sparql-query"
TITLE: Final = {
    "fr": "Profils des documents",
    "nl": "Profielen van de documenten",
    "de": "Profile der Dokumente",
    "en": "Profiles of the documents",
}
WORDS: Final[dict[str, dict[str, str]]] = {
    "wallograph": {
        "fr": "Le modèle de wallograph, complet : chaque énoncé, ses sources, les liens et les valeurs datées.",
        "nl": "Het model van wallograph, volledig: elke uitspraak, haar bronnen, verbanden en gedateerde waarden.",
        "de": "Das Modell von wallograph, vollständig: jede Aussage, ihre Quellen, Verbindungen und datierte Werte.",
        "en": "The model of wallograph, complete: every statement, its sources, the links and the dated values.",
    },
    "schema": {
        "fr": "Organisations, projets, événements, lieux et thèmes pour les moteurs de recherche et les sites web.",
        "nl": "Organisaties, projecten, evenementen, plaatsen en thema’s voor zoekmachines en websites.",
        "de": "Organisationen, Projekte, Veranstaltungen, Orte und Themen für Suchmaschinen und Websites.",
        "en": "Organisations, projects, events, places and themes for search engines and web sites.",
    },
    "corebusiness": {
        "fr": "Organisations qui ne sont pas publiques, dans le vocabulaire européen des entreprises (SEMIC).",
        "nl": "Organisaties die niet openbaar zijn, in het Europese vocabularium van ondernemingen (SEMIC).",
        "de": "Organisationen, die nicht öffentlich sind, im europäischen Vokabular der Unternehmen (SEMIC).",
        "en": "Organisations that are not public, in the European vocabulary of businesses (SEMIC).",
    },
    "cpov": {
        "fr": "Autorités et organismes publics, dans le vocabulaire européen des organisations publiques (SEMIC).",
        "nl": "Overheden en openbare instellingen, in het Europese vocabularium van openbare organisaties (SEMIC).",
        "de": "Behörden und öffentliche Stellen im europäischen Vokabular der öffentlichen Organisationen (SEMIC).",
        "en": "Authorities and public bodies, in the European vocabulary of public organisations (SEMIC).",
    },
    "d4wta": {
        "fr": "Les thèmes, et ceux d’un acteur, dans le modèle de taxonomie de la Région wallonne (Digital Wallonia).",
        "nl": "De thema’s, en die van een actor, in het taxonomiemodel van het Waals Gewest (Digital Wallonia).",
        "de": "Die Themen, und die eines Akteurs, im Taxonomiemodell der Wallonischen Region (Digital Wallonia).",
        "en": "The themes, and those of an actor, in the taxonomy model of the Walloon Region (Digital Wallonia).",
    },
}
_Pairs = list[tuple[str, Any]]


def profile_list(base: str) -> Document:
    """All profiles: what each is for, its token, and the query that makes it."""
    url = base + PATH
    said: list[tuple[str, _Pairs]] = [(url, [
        (vocab.TYPE, NamedNode(FOAF + "Document")),
        (vocab.LICENSE, NamedNode(vocab.CC_BY)),
        *((DCTERMS + "title", Literal(text, language=lang)) for lang, text in TITLE.items()),
        *((FOAF + "topic", NamedNode(profile.uri(base))) for profile in PROFILES.values()),
    ])]  # fmt: skip
    for profile in PROFILES.values():
        uri, resource = profile.uri(base), f"{url}#{profile.token}-mapping"
        pairs: _Pairs = [
            (vocab.TYPE, NamedNode(_PROF + "Profile")),
            (_PROF + "hasToken", Literal(profile.token)),
            (DCTERMS + "title", Literal(profile.title)),
            *((RDFS + "comment", Literal(text, language=lang)) for lang, text in WORDS[profile.token].items()),
        ]
        said.append((uri, pairs))
        if profile is not DEFAULT:
            pairs.append((_PROF + "hasResource", NamedNode(resource)))
            said.append((resource, [
                (vocab.TYPE, NamedNode(_PROF + "ResourceDescriptor")),
                (_PROF + "hasRole", NamedNode(_ROLE + "mapping")),
                (_PROF + "hasArtifact", NamedNode(f"{url}/{profile.token}.rq")),
                (DCTERMS + "format", NamedNode(_SPARQL)),
                (RDFS + "label", Literal(f"{DEFAULT.token} → {profile.token}")),
            ]))  # fmt: skip
    return _document(url, url, base, said)


def alternatives(iri: str, address: str, base: str, fitting: Sequence[tuple[str, str, str, bool]]) -> Document:
    """What a thing is there in: rows of (address, media type, IRI of the profile, whether it is the default)."""
    url = f"{address}?_profile=alt"
    said: list[tuple[str, _Pairs]] = [
        (url, [(vocab.TYPE, NamedNode(FOAF + "Document")), (FOAF + "primaryTopic", NamedNode(iri))])
    ]
    for where, media_type, profile, default in fitting:
        said.append((iri, [(_ALTR + "hasRepresentation", NamedNode(where))]))
        if default:
            said.append((iri, [(_ALTR + "hasDefaultRepresentation", NamedNode(where))]))
        said.append((where, [
            (vocab.TYPE, NamedNode(_ALTR + "Representation")),
            (DCTERMS + "conformsTo", NamedNode(profile)),
            (DCTERMS + "format", Literal(media_type)),
        ]))  # fmt: skip
    return _document(iri, url, base, said)


def _document(iri: str, url: str, base: str, said: Iterable[tuple[str, _Pairs]]) -> Document:
    quads = {Quad(NamedNode(s), NamedNode(p), value) for s, pairs in said for p, value in pairs}
    return Document(iri, url, base, tuple(sorted(quads, key=str)), prefixes=_PREFIXES)
