"""What wallograph derives: labels, types, municipality and province, the inverse of symmetric relations.

In: emitted quads, identity, places. Out: quads, each in the graph of its rule (`derived-…`).
"""

from collections.abc import Callable, Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad

from wallograph import vocab
from wallograph.iris import parse, thing
from wallograph.link.emit import RDF_TYPE, graph
from wallograph.link.identity import Identity

RULES = ("label", "type", "municipality", "province", "inverse")  # codes of auth/rule, one graph each
_TYPES = {
    "university": vocab.SCHEMA + "CollegeOrUniversity",
    "haute-ecole": vocab.SCHEMA + "CollegeOrUniversity",
    "research-unit": vocab.SCHEMA + "ResearchOrganization",
    "research-centre": vocab.SCHEMA + "ResearchOrganization",
    "institute": vocab.SCHEMA + "ResearchOrganization",
    "faculty": vocab.ORG + "OrganizationalUnit",
}
_TYPE_OF_KIND = {vocab.code("actor-kind", kind): iri for kind, iri in _TYPES.items()}
_SYMMETRIC = frozenset(vocab.RELATIONS[kind] for kind in vocab.SYMMETRIC)
_PLACES = frozenset({vocab.PLACE, vocab.RELATIONS["located-in"]})


def derive(
    quads: Iterable[Quad], identity: Identity, sites: dict[str, str], above: Callable[[str, str], str | None]
) -> Iterator[Quad]:
    """All derivations; `sites` maps names to references of buildings and parks."""
    for root, iri in sorted(identity.iri.items()):
        yield Quad(NamedNode(iri), NamedNode(vocab.LABEL), Literal(identity.label[root]), graph("derived-label"))
    for name, reference in sorted(sites.items()):
        yield Quad(NamedNode(thing("place", reference)), NamedNode(vocab.LABEL), Literal(name), graph("derived-label"))
    seen: set[Quad] = set()
    for quad in quads:
        for derived in from_quad(quad, above):
            if derived not in seen:
                seen.add(derived)
                yield derived


def label_of(names: Iterable[Quad]) -> Literal:
    """The display label of a thing that has these names in sources and none that a record chose: what a curator
    accepted before what a source says, then what most sources say, then the first by its letters."""
    sources: dict[Literal, list[str]] = {}
    for quad in names:
        if isinstance(quad.object, Literal) and isinstance(quad.graph_name, NamedNode):
            sources.setdefault(quad.object, []).append(quad.graph_name.value.rpartition("/")[2])
    accepted = {name for name, keys in sources.items() if any(key.startswith("proposal-") for key in keys)}
    chosen = min(sources, key=lambda name: (name not in accepted, -len(sources[name]), str(name)))
    return Literal(chosen.value)


def from_quad(quad: Quad, above: Callable[[str, str], str | None]) -> Iterator[Quad]:
    """What follows from one statement alone."""
    subject, predicate, target = quad.subject, quad.predicate.value, quad.object
    if not isinstance(target, NamedNode):
        return
    if predicate == vocab.CLASSIFICATION and target.value in _TYPE_OF_KIND:
        yield Quad(subject, RDF_TYPE, NamedNode(_TYPE_OF_KIND[target.value]), graph("derived-type"))
    elif predicate in _SYMMETRIC:
        yield Quad(target, quad.predicate, subject, graph("derived-inverse"))
    elif predicate in _PLACES:
        place = parse(target.value)
        for level, property_, rule in (
            ("municipality", vocab.MUNICIPALITY, "derived-municipality"),
            ("province", vocab.PROVINCE, "derived-province"),
        ):
            if place and place.concept == "place" and (found := above(place.reference, level)):
                yield Quad(subject, NamedNode(property_), NamedNode(thing("place", found)), graph(rule))
