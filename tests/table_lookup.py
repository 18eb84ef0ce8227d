"""A small `Lookup` over the shipped code lists and places, for tests of reading tables."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from pyoxigraph import Literal, NamedNode, RdfFormat, parse
from rapidfuzz import fuzz, process

from wallograph import vocab
from wallograph.ingest.places import fold, read_gazetteer
from wallograph.iris import slug, thing
from wallograph.resources import data_dir, ontology_dir

Hits = list[tuple[str, str, float]]


class SmallLookup:
    """Codes of `ontology/codes`, places of `data/sources`, and the actors that a test names."""

    def __init__(self, *actors: str) -> None:
        self._codes: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
        for file in sorted((ontology_dir() / "codes").glob("*.ttl")):
            for quad in parse(file.read_bytes(), format=RdfFormat.TURTLE):
                if quad.predicate.value == vocab.PREF_LABEL and isinstance(quad.subject, NamedNode):
                    assert isinstance(quad.object, Literal)
                    scheme = quad.subject.value.rpartition("/")[0]
                    self._codes[scheme][quad.subject.value][quad.object.language or ""] = quad.object.value
        self._places: dict[str, tuple[str, str]] = {}
        places = read_gazetteer(data_dir() / "sources").places.values()
        for place in sorted(places, key=lambda p: "municipality locality province".find(p.level) % 99):
            for name in (*place.labels.values(), place.nis, place.postcode):
                if name and place.level != "arrondissement":
                    first = next(iter(place.labels.values()))
                    self._places.setdefault(fold(name), (thing("place", place.reference), first))
        self._actors = {fold(name): (thing("actor", slug(name)), name) for name in actors}

    def codes(self, scheme: str) -> Sequence[tuple[str, Mapping[str, str], str]]:
        return [(iri, labels, iri.rpartition("/")[2]) for iri, labels in sorted(self._codes[scheme].items())]

    def place(self, text: str) -> Hits:
        return _near(text, self._places)

    def thing(self, text: str) -> Hits:
        return _near(text, self._actors)


def _near(text: str, known: dict[str, tuple[str, str]]) -> Hits:
    for iri, label in known.values():
        if iri == text:
            return [(iri, label, 100.0)]
    hits: dict[str, tuple[str, str, float]] = {}
    for name, score, _ in process.extract(fold(text), known.keys(), scorer=fuzz.ratio, score_cutoff=60, limit=6):
        iri, label = known[name]
        hits.setdefault(iri, (iri, label, score))
    return list(hits.values())
