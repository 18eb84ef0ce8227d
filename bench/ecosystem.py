"""What the synthetic ecosystem is made of: things of our model as triples, bundle by bundle.

In: a source of chance, how many places. Out: bundles, each the quads of one thing with the graphs that say so. The
subjects of two bundles never meet, so that distinct triples can be counted without remembering them.
"""

from collections.abc import Iterator
from random import Random
from typing import Final

from wallograph import vocab
from wallograph.iris import thing
from wallograph.vocab import code

Bundle = list[tuple[str, str]]  # ("<s> <p> <o>", "<g>")

UNIVERSITIES: Final = 12
FACULTIES: Final = 6  # of each university
GROUPS: Final = 14  # of the tree of themes, three levels deep
BRANCHES: Final = 3  # below each theme that has narrower ones
PROVINCES: Final = 5
WORDS: Final = (
    "photon", "robot", "hydro", "signal", "nuage", "capteur", "image", "trace", "lumen", "atlas", "delta", "orbit",
    "vecteur", "pixel", "quartz", "synapse", "turbine", "vaccin", "wagon", "zenith",
)  # fmt: skip
_SECTORS: Final = ("mobile", "santé", "industrie", "énergie", "données", "culture", "réseau", "formation")
_STATEMENT: Final = (vocab.ST_SUBJECT, vocab.ST_PREDICATE, vocab.ST_OBJECT)


def number(chance: Random, below: int) -> int:
    """A number from 0 to below - 1; made of `random()` alone, which is the same in every version of Python."""
    return int(chance.random() * below)


def ref(concept: str, reference: str) -> str:
    """A thing as an N-Quads term."""
    return f"<{thing(concept, reference)}>"


def text(value: object, datatype: str = "", lang: str = "") -> str:
    """A literal as an N-Quads term; nothing in it needs escaping."""
    tail = f"^^<{vocab.XSD}{datatype}>" if datatype else f"@{lang}" if lang else ""
    return f'"{value}"{tail}'


def actor(kind: str, index: int) -> str:
    """The IRI of the actor `index` of a kind, in angle brackets."""
    return ref("actor", f"{kind}-{index}")


def place(index: int) -> str:
    """The municipality `index`; its code is made of its number."""
    return ref("place", str(20_001 + index))


def province(index: int) -> str:
    """The province `index`."""
    return ref("place", str(10_000 * (index + 1)))


def theme_names() -> list[str]:
    """The notations of all themes: a group, its branches, their leaves."""
    groups = [f"theme-{g}" for g in range(GROUPS)]
    branches = [f"{group}-{b}" for group in groups for b in range(BRANCHES)]
    return groups + branches + [f"{branch}-{leaf}" for branch in branches for leaf in range(BRANCHES)]


def concept(scheme: str, notation: str) -> str:
    """An entry of a code list as a term."""
    return f"<{code(scheme, notation)}>"


def triple(subject: str, predicate: str, value: str) -> str:
    """The three terms as they stand on a line."""
    return f"{subject} <{predicate}> {value}"


def places(count: int) -> Iterator[Bundle]:
    """A region, its provinces and `count` municipalities."""
    graph, region = ref("source", "refnis"), ref("place", "3000")
    for index, above in [(None, ""), *((i, region) for i in range(PROVINCES))]:
        iri = region if index is None else province(index)
        name = "Région" if index is None else f"Province {index + 1}"
        kind = "region" if index is None else "province"
        yield _place(graph, iri, name, kind, above)
    for index in range(count):
        bundle = _place(graph, place(index), f"Commune {index + 1}", "municipality", province(index % PROVINCES))
        for predicate, value in ((vocab.LATITUDE, 49.5 + index / 300), (vocab.LONGITUDE, 2.9 + index % 97 / 30)):
            bundle.append((triple(place(index), predicate, text(f"{value:.3f}1", "decimal")), graph))
        yield bundle


def _place(graph: str, iri: str, name: str, kind: str, above: str) -> Bundle:
    said = [
        (vocab.TYPE, f"<{vocab.LOCATION}>"),
        (vocab.LABEL, text(name, lang="fr")),
        (vocab.LABEL, text(f"{name} (nl)", lang="nl")),
        (vocab.PROJECT_KIND, concept("place-kind", kind)),
        (vocab.NIS_CODE, text(iri[1:-1].rpartition("/")[2])),
    ]
    if above:
        said.append((vocab.CONTAINED_IN, above))
    return [(triple(iri, *each), graph) for each in said]


def themes() -> Iterator[Bundle]:
    """The tree of themes, three levels, with labels in four languages."""
    graph = ref("source", "code-lists")
    for name in theme_names():
        iri, above = concept("theme", name), name.rpartition("-")[0]
        said = [
            (vocab.TYPE, f"<{vocab.CONCEPT}>"),
            (vocab.SKOS + "inScheme", f"<{vocab.AUTH}theme>"),
            (vocab.SKOS + "notation", text(name)),
            *((vocab.PREF_LABEL, text(name.replace("-", " "), lang=lang)) for lang in ("fr", "nl", "de", "en")),
        ]
        if above != "theme":
            said.append((vocab.SKOS + "broader", concept("theme", above)))
        yield [(triple(iri, *each), graph) for each in said]


class Statement:
    """Everything that is said of one thing, while it is being made."""

    def __init__(self, iri: str, kind: str) -> None:
        self.iri, self.kind = iri, kind
        self.quads: Bundle = []

    def said(self, graph: str, predicate: str, value: str) -> None:
        """One triple of the thing, as a source says it."""
        self.quads.append((triple(self.iri, predicate, value), graph))

    def related(self, graph: str, key: str, relation: str, other: str, year: int) -> None:
        """A relation: the triple, and the thing that states it."""
        predicate = vocab.RELATIONS[relation]
        self.said(graph, predicate, other)
        self._stated(graph, ref("link", key), vocab.RELATION, predicate, other, year)
        self.quads.append((triple(ref("link", key), vocab.RELATION_KIND, concept("relation-kind", relation)), graph))

    def dated(self, graph: str, key: str, predicate: str, value: str, year: int) -> None:
        """A value of a year: the triple, and the thing that states it."""
        self.said(graph, predicate, value)
        self._stated(graph, ref("value", key), vocab.DATED_VALUE, predicate, value, year)

    def _stated(self, graph: str, iri: str, kind: str, predicate: str, value: str, year: int) -> None:
        terms = (self.iri, f"<{predicate}>", value)
        self.quads.append((triple(iri, vocab.TYPE, f"<{kind}>"), graph))
        self.quads.extend((triple(iri, *each), graph) for each in zip(_STATEMENT, terms, strict=True))
        self.quads.append((triple(iri, vocab.STATED_FOR, text(year, "gYear")), graph))


def source(graph: str, page: int) -> Bundle:
    """What is known of a page."""
    host = f"site-{page % 200}.example"
    said = [
        (vocab.TYPE, f"<{vocab.SOURCE}>"),
        (vocab.DERIVED_FROM, f"<https://{host}/page/{page}>"),
        (vocab.PUBLISHER, text(host)),
        (vocab.ISSUED, text(2000 + page % 25, "gYear")),
        (vocab.SOURCE_ROLE, concept("source-role", "stated")),
    ]
    return [(triple(graph, *each), ref("source", "provenance")) for each in said]


def sector(chance: Random) -> str:
    """A word for what a company does."""
    return _SECTORS[number(chance, len(_SECTORS))]


