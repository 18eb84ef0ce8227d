"""The words of the catalogue in four languages: titles, descriptions, keywords. `{date}` is the day of an edition."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Words:
    """A title and a description, each by language."""

    title: dict[str, str]
    description: dict[str, str]


CATALOGUE: Final = Words(
    {
        "fr": "Catalogue de l’écosystème numérique de Wallonie",
        "nl": "Catalogus van het digitale ecosysteem van Wallonië",
        "de": "Katalog des digitalen Ökosystems der Wallonie",
        "en": "Catalogue of the digital ecosystem of Wallonia",
    },
    {
        "fr": "Le graphe de connaissances, ses éditions datées et les services qui le donnent.",
        "nl": "De kennisgraaf, zijn gedateerde edities en de diensten die hem geven.",
        "de": "Der Wissensgraph, seine datierten Ausgaben und die Dienste, die ihn geben.",
        "en": "The knowledge graph, its dated editions and the services that give it.",
    },
)

DATASET: Final = Words(
    {
        "fr": "Graphe de connaissances de l’écosystème numérique de Wallonie",
        "nl": "Kennisgraaf van het digitale ecosysteem van Wallonië",
        "de": "Wissensgraph des digitalen Ökosystems der Wallonie",
        "en": "Knowledge graph of the digital ecosystem of Wallonia",
    },
    {
        "fr": "Acteurs, start-ups, universités, unités de recherche et projets, avec leurs liens ; chaque énoncé garde "
        "la source qui le donne.",
        "nl": "Actoren, start-ups, universiteiten, onderzoekseenheden en projecten, met hun verbanden; elke uitspraak "
        "houdt de bron die haar geeft.",
        "de": "Akteure, Start-ups, Universitäten, Forschungseinheiten und Projekte mit ihren Verbindungen; jede "
        "Aussage behält die Quelle, die sie macht.",
        "en": "Actors, start-ups, universities, research units and projects, with their links; every statement keeps "
        "the source that makes it.",
    },
)

SERIES: Final = Words(
    {
        "fr": "Éditions du graphe de connaissances",
        "nl": "Edities van de kennisgraaf",
        "de": "Ausgaben des Wissensgraphen",
        "en": "Editions of the knowledge graph",
    },
    {
        "fr": "Chaque édition est complète, datée, accompagnée de sommes de contrôle, et ne change plus.",
        "nl": "Elke editie is volledig, gedateerd, met controlesommen, en verandert niet meer.",
        "de": "Jede Ausgabe ist vollständig, datiert, mit Prüfsummen, und ändert sich nicht mehr.",
        "en": "Each edition is complete, dated, comes with checksums, and never changes.",
    },
)

EDITION: Final = Words(
    {
        "fr": "Graphe de connaissances de l’écosystème numérique de Wallonie, édition du {date}",
        "nl": "Kennisgraaf van het digitale ecosysteem van Wallonië, editie van {date}",
        "de": "Wissensgraph des digitalen Ökosystems der Wallonie, Ausgabe vom {date}",
        "en": "Knowledge graph of the digital ecosystem of Wallonia, edition of {date}",
    },
    DATASET.description,
)

SERVICES: Final = {
    "sparql": Words(
        dict.fromkeys(("fr", "nl", "de", "en"), "SPARQL"),
        {
            "fr": "Interroger le graphe entier, en lecture (SPARQL 1.1).",
            "nl": "De hele graaf bevragen, alleen lezen (SPARQL 1.1).",
            "de": "Den ganzen Graphen abfragen, nur lesend (SPARQL 1.1).",
            "en": "Query the whole graph, read-only (SPARQL 1.1).",
        },
    ),
    "api": Words(
        {
            "fr": "Interface de programmation",
            "nl": "Programmeerinterface",
            "de": "Programmierschnittstelle",
            "en": "Programming interface",
        },
        {
            "fr": "Chercher, lire les documents et vérifier des données, par HTTP.",
            "nl": "Zoeken, documenten lezen en gegevens controleren, via HTTP.",
            "de": "Suchen, Dokumente lesen und Daten prüfen, über HTTP.",
            "en": "Search, read documents and check data, over HTTP.",
        },
    ),
    "changes": Words(
        {
            "fr": "Flux des changements",
            "nl": "Stroom van wijzigingen",
            "de": "Strom der Änderungen",
            "en": "Change feed",
        },
        {
            "fr": "Ce que chaque version a changé, comme flux de données liées (LDES).",
            "nl": "Wat elke versie heeft veranderd, als stroom van gelinkte gegevens (LDES).",
            "de": "Was jede Fassung geändert hat, als Strom verknüpfter Daten (LDES).",
            "en": "What each release changed, as a linked data event stream (LDES).",
        },
    ),
}

KEYWORDS: Final = {
    "fr": ("numérique", "Wallonie", "start-ups", "recherche", "universités"),
    "nl": ("digitaal", "Wallonië", "start-ups", "onderzoek", "universiteiten"),
    "de": ("Digitales", "Wallonie", "Start-ups", "Forschung", "Universitäten"),
    "en": ("digital", "Wallonia", "start-ups", "research", "universities"),
}

_WITH_SOURCES: Final = {
    "fr": "Tous les énoncés, chacun dans le graphe de sa source.",
    "nl": "Alle uitspraken, elk in de graaf van haar bron.",
    "de": "Alle Aussagen, jede im Graphen ihrer Quelle.",
    "en": "All statements, each in the graph of its source.",
}
_PUBLIC: Final = {
    "fr": "Les triplets publics, chacun une fois.",
    "nl": "De openbare tripels, elk één keer.",
    "de": "Die öffentlichen Tripel, jedes einmal.",
    "en": "The public triples, each once.",
}
_TABLE: Final = {
    "fr": "Un tableau pour qui ne travaille pas avec RDF : une ligne par chose.",
    "nl": "Een tabel voor wie niet met RDF werkt: één rij per ding.",
    "de": "Eine Tabelle für alle, die nicht mit RDF arbeiten: eine Zeile je Ding.",
    "en": "A table for those who do not work with RDF: one row a thing.",
}
_ABOUT: Final = {
    "fr": "Ce que contient chaque colonne des tableaux.",
    "nl": "Wat elke kolom van de tabellen bevat.",
    "de": "Was jede Spalte der Tabellen enthält.",
    "en": "What each column of the tables holds.",
}


def file_words(name: str) -> dict[str, str]:
    """What a file of an edition holds, by its name without `.gz`."""
    suffix = name.rpartition(".")[2]
    if suffix in ("nq", "trig"):
        return _WITH_SOURCES
    if suffix == "txt":
        return _ABOUT
    return _PUBLIC if suffix in ("nt", "ttl", "jsonld", "rdf") else _TABLE
