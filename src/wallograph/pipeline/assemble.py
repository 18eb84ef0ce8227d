"""Every quad of the graph, in a fixed order, and the move to another base.

In: what ingest and link found. Out: facts, places, figures, derivations, code lists, vocabulary, provenance.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from wallograph import vocab
from wallograph.ingest.ontology import matched_labels, read_ontology
from wallograph.ingest.read import Ingested
from wallograph.iris import rebase_iri, thing
from wallograph.link.derive import RULES, derive
from wallograph.link.describe import DATA_SET, figures, places, site, sources
from wallograph.link.emit import Emitted
from wallograph.link.ends import PROPOSAL
from wallograph.link.identity import Identity
from wallograph.link.mentions import Mentions
from wallograph.model import SourceDoc

_ANY_URI: Final = NamedNode(vocab.XSD + "anyURI")
_DERIVED: Final = thing("source", "derived-x")[:-1]


@dataclass(slots=True)
class Linked:
    """What linking found: who is who, the names without a row, and the statements as quads.

    `matched` are the rows of code lists elsewhere (file, line) that an entry of ours is matched to. Of what curators
    decided: `described` are the sources that proposals are, `gone` the retracted statements, `standing` the things
    that stay although they lost their last own statement.
    """

    identity: Identity
    mentions: Mentions
    emitted: Emitted
    matched: set[tuple[str, int]] = field(default_factory=set)
    described: list[Quad] = field(default_factory=list)
    gone: frozenset[Quad] = frozenset()
    standing: set[str] = field(default_factory=set)

    def drop_empty(self) -> None:
        """Leave out the things that nothing is stated of any more: a record that is held back leaves no shell."""
        said = {term.value for _, quads in self.emitted.of for quad in quads for term in (quad.subject, quad.object)}
        said |= self.standing
        self.identity.iri = {root: iri for root, iri in self.identity.iri.items() if iri in said}
        self.emitted.named = [quad for quad in self.emitted.named if quad.subject.value in said]


def assemble(ingested: Ingested, linked: Linked, ontology: Path) -> Iterator[Quad]:
    """Every quad of the graph, in a fixed order; provenance describes the sources that something stands in."""
    used = set()
    for quad in _statements(ingested, linked, ontology):
        if quad not in linked.gone:
            used.add(quad.graph_name.value)
            yield quad
    documents = _documents(ingested)
    standing = {document.key for document in documents if thing("source", document.key) in used}
    standing |= {document.read_from for document in documents if document.key in standing}
    yield from sources(document for document in documents if document.key in standing)
    yield from (quad for quad in linked.described if quad.subject.value in used)


def stated(ingested: Ingested, linked: Linked, ontology: Path) -> Iterator[Quad]:
    """What sources, proposals and registers say, without what is derived of it and what describes them."""
    return (q for q in _statements(ingested, linked, ontology) if not q.graph_name.value.startswith(_DERIVED))


def _statements(ingested: Ingested, linked: Linked, ontology: Path) -> Iterator[Quad]:
    """Facts, places, figures, derivations, code lists, vocabulary."""
    identity, emitted = linked.identity, linked.emitted
    yield from emitted.quads()
    book, gazetteer = ingested.book, ingested.gazetteer
    yield from places(gazetteer.places.values())
    used_sites = {}
    for found in identity.links:
        for end in (found.subject, found.object):
            reference = (end or "").removeprefix("place/")
            if end and end.startswith("place/") and reference not in gazetteer.places:
                used_sites[reference] = book.reading(found.statement.source, "site")
                yield from site(reference, found.statement.source)
    # a figure means what a source names so: a thing that a curator accepted is meant by nobody
    by_name = {record.name: key for key, record in identity.records.items() if not key.startswith(f"{PROPOSAL}/")}
    yield from figures(ingested.figures.figures, lambda name: identity.iri_of(by_name.get(name, "")))
    sites = {name: reference for name, reference in linked.mentions.sites.items() if reference in used_sites}
    yield from derive(emitted.quads(), identity, sites, gazetteer.above)
    lists = list(read_ontology(ontology))
    yield from lists
    for file, line, quad in matched_labels(lists, ingested.cards["nace"].folder.parent):
        linked.matched.add((file, line))
        yield quad
    yield from _data_set(ingested)


def _documents(ingested: Ingested) -> list[SourceDoc]:
    book, cards = ingested.book, ingested.cards
    for rule in RULES:
        book.own(f"derived-{rule}", "derived", rule)
    for key, role in (("code-lists", "code-list"), ("questions", "vocabulary"), ("vocabulary", "vocabulary")):
        book.own(key, role)
    book.register(cards["refnis"])
    book.own("centroids", "register")
    book.own("figures", "derived", "data-set")
    return [book.documents[key] for key in sorted(book.documents)]


def _data_set(ingested: Ingested) -> Iterator[Quad]:
    node, where = NamedNode(DATA_SET), NamedNode(thing("source", "figures"))
    yield Quad(node, NamedNode(vocab.TYPE), NamedNode(vocab.QB + "DataSet"), where)
    for lang, title in sorted(ingested.cards["figures"].title.items()):
        yield Quad(node, NamedNode(vocab.LABEL), Literal(title, language=lang), where)


def rebase_quads(quads: Iterable[Quad], base: str) -> Iterator[Quad]:
    """Move the IRIs of quads from the default base to `base`."""
    if base == vocab.DEFAULT_BASE:
        yield from quads
        return
    for quad in quads:
        yield Quad(*(_rebase_term(term, base) for term in quad))  # type: ignore[arg-type]


def _rebase_term(term: object, base: str) -> object:
    if isinstance(term, NamedNode) and term.value.startswith(vocab.DEFAULT_BASE):
        return NamedNode(rebase_iri(term.value, base))
    if isinstance(term, Literal) and term.datatype == _ANY_URI:  # the namespace of a declared prefix
        return Literal(rebase_iri(term.value, base), datatype=_ANY_URI)
    return term
