"""What is published beside the statements: places, published figures, source documents, code-list matches.

In: places, figures, source documents. Out: quads.
"""

from collections.abc import Callable, Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad

from wallograph import vocab
from wallograph.iris import thing
from wallograph.link.emit import RDF_TYPE, graph
from wallograph.model import Figure, Place, SourceDoc

PROVENANCE = "provenance"
DATA_SET = thing("figure", "ecosystem")
_MATCH = NamedNode(vocab.SKOS + "exactMatch")


def typed(text: str, datatype: str) -> Literal:
    """A literal of an XML Schema datatype."""
    return Literal(text, datatype=NamedNode(vocab.XSD + datatype))


def places(found: Iterable[Place]) -> Iterator[Quad]:
    """The register of places: region to municipality in `refnis`, localities in `localities`."""
    for place in found:
        node = NamedNode(thing("place", place.reference))
        where = graph("refnis" if place.nis else "localities")

        def say(predicate: str, target: NamedNode | Literal, node: NamedNode = node, where: NamedNode = where) -> Quad:
            return Quad(node, NamedNode(predicate), target, where)

        yield Quad(node, RDF_TYPE, NamedNode(vocab.LOCATION), where)
        yield say(vocab.PROJECT_KIND, NamedNode(vocab.code("place-kind", place.level)))
        for lang, label in place.labels.items():
            yield say(vocab.LABEL, Literal(label, language=lang) if lang else Literal(label))
        if place.within:
            yield say(vocab.CONTAINED_IN, NamedNode(thing("place", place.within)))
        if place.nis:
            yield say(vocab.NIS_CODE, Literal(place.nis))
        if place.postcode:
            yield say(vocab.POSTCODE, Literal(place.postcode))
        if place.latitude:
            yield Quad(node, NamedNode(vocab.LATITUDE), typed(place.latitude, "decimal"), graph("centroids"))
            yield Quad(node, NamedNode(vocab.LONGITUDE), typed(place.longitude, "decimal"), graph("centroids"))
        for same in place.same_as:
            yield say(vocab.SAME_AS, NamedNode(same))
        if place.concept:
            yield Quad(node, _MATCH, NamedNode(place.concept), where)


def site(reference: str, source: str) -> Iterator[Quad]:
    """A building or park that a page names as a place: that it is one is a reading of the page."""
    node = NamedNode(thing("place", reference))
    yield Quad(node, RDF_TYPE, NamedNode(vocab.LOCATION), graph(source))
    yield Quad(
        node, NamedNode(vocab.PROJECT_KIND), NamedNode(vocab.code("place-kind", "site")), graph(f"{source}-read")
    )


def figures(found: Iterable[Figure], actor: Callable[[str], str | None]) -> Iterator[Quad]:
    """Published figures as observations; `actor` gives the IRI of an organisation by its name."""
    for figure in found:
        node, where = NamedNode(thing("figure", figure.key)), graph(figure.source)
        scope = thing("place", figure.scope) if figure.scope_kind == "place" and figure.scope else None
        if figure.scope_kind == "actor" and figure.scope:
            scope = actor(figure.scope)
        about = actor(figure.subject_actor) if figure.subject_actor else None
        statements: list[tuple[str, NamedNode | Literal | None]] = [
            (vocab.TYPE, NamedNode(vocab.OBSERVATION)),
            (vocab.DATA_SET, NamedNode(DATA_SET)),
            (vocab.INDICATOR, NamedNode(vocab.code("indicator", figure.indicator))),
            (vocab.NAME, Literal(figure.stated)),
            (vocab.VALUE, typed(figure.value, "decimal")),
            (vocab.UNIT, NamedNode(vocab.code("unit", figure.unit)) if figure.unit else None),
            (vocab.QUALIFIER, NamedNode(vocab.code("qualifier", figure.qualifier or "exact"))),
            (vocab.PERIOD_START, typed(figure.start, "gYear") if figure.start else None),
            (vocab.PERIOD_END, typed(figure.end, "gYear") if figure.end else None),
            (vocab.SCOPE, NamedNode(scope) if scope else None),
            (vocab.SCOPE_NAME, Literal(figure.scope_stated) if figure.scope_stated else None),
            (vocab.SCHEMA + "about", NamedNode(about) if about else None),
            (vocab.OBSERVED_IN, where),
        ]
        yield from (Quad(node, NamedNode(predicate), target, where) for predicate, target in statements if target)


def sources(documents: Iterable[SourceDoc]) -> Iterator[Quad]:
    """The description of every source document, in the graph `provenance`."""
    for document in documents:
        node, where = graph(document.key), graph(PROVENANCE)
        said: list[tuple[str, NamedNode | Literal]] = [
            (vocab.TYPE, NamedNode(vocab.SOURCE)),
            (vocab.TYPE, NamedNode(vocab.PROV + "Entity")),
            (vocab.LABEL, Literal(document.publisher if document.pages else document.key)),
            (vocab.SOURCE_ROLE, NamedNode(vocab.code("source-role", document.role))),
            *((vocab.DERIVED_FROM, NamedNode(page)) for page in document.pages),
        ]
        if document.publisher:
            said.append((vocab.PUBLISHER, Literal(document.publisher)))
        if document.read_from:
            said.append((vocab.DERIVED_FROM, graph(document.read_from)))
        if document.issued:
            datatype = ("gYear", "gYearMonth", "date")[document.issued.count("-")]
            said.append((vocab.ISSUED, typed(document.issued, datatype)))
        if document.rights:
            said.append((vocab.RIGHTS, Literal(document.rights)))
        said += [(vocab.RULE, NamedNode(vocab.code("rule", rule))) for rule in document.rules]
        if document.license:
            said.append((vocab.LICENSE, NamedNode(document.license)))
        if document.copy:
            said.append((vocab.IS_COPY, typed("true", "boolean")))
        if len(document.pages) > 1:
            said.append((vocab.ONE_OF_PAGES, typed("true", "boolean")))
        yield from (Quad(node, NamedNode(predicate), target, where) for predicate, target in said)
