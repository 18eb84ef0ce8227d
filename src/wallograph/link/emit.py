"""Statements become quads: the values, relations and dated values of things under their surviving IRIs.

In: `Identity`, statements. Out: quads with the statement they come from, and the statements that gave none.
A relation and a dated value are each a thing and a triple in one source graph (design S5).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Quad

from wallograph import vocab
from wallograph.iris import digest, thing
from wallograph.link.identity import Identity, Link
from wallograph.model import Statement, Value

CLASSES = {"actor": vocab.ORGANIZATION, "project": vocab.PROJECT, "event": vocab.EVENT}
RDF_TYPE = NamedNode(vocab.TYPE)


@dataclass(slots=True)
class Emitted:
    """Each statement with its quads (the main triple first), and what could not be emitted with the reason."""

    of: list[tuple[Statement, tuple[Quad, ...]]] = field(default_factory=list)
    named: list[Quad] = field(default_factory=list)
    unresolved: list[tuple[Statement, str, str]] = field(default_factory=list)
    outside: list[Statement] = field(default_factory=list)

    def quads(self) -> Iterator[Quad]:
        """All quads; one that several statements give comes several times."""
        for _, quads in self.of:
            yield from quads
        yield from self.named


def emit(identity: Identity, statements: list[Statement]) -> Emitted:
    """Emit all statements of the records that belong to the ecosystem."""
    emitted = Emitted()
    links = iter(identity.links)
    years = _years(identity)
    for statement in statements:
        if statement.relation:
            _emit_link(identity, next(links), years, emitted)
        else:
            _emit_value(identity, statement, emitted)
    return emitted


def graph(source: str) -> NamedNode:
    """The named graph of a source document."""
    return NamedNode(thing("source", source))


def term(value: Value) -> NamedNode | Literal:
    """The RDF term of a value."""
    if value.kind == "iri":
        return NamedNode(value.text)
    if value.lang:
        return Literal(value.text, language=value.lang)
    return Literal(value.text, datatype=NamedNode(value.datatype)) if value.datatype else Literal(value.text)


def _emit_value(identity: Identity, statement: Statement, emitted: Emitted) -> None:
    iri = identity.iri_of(statement.record)
    if iri is None:
        emitted.outside.append(statement)
        return
    value = statement.value
    if value.kind == "record":
        value = Value("iri", identity.iri_of(value.text) or "")
    subject, predicate, target, where = (
        NamedNode(iri),
        NamedNode(statement.predicate),
        term(value),
        graph(statement.source),
    )
    quads = [Quad(subject, predicate, target, where)]
    if record := identity.records.get(statement.record):
        emitted.named.append(Quad(subject, RDF_TYPE, NamedNode(CLASSES[record.concept]), where))
    if statement.dated:
        quads += dated_quads(subject, predicate, target, statement.year, where)
    emitted.of.append((statement, tuple(quads)))


def _years(identity: Identity) -> dict[tuple[str, ...], str]:
    """The year that a source gives for a relation, for the rows that tell the same relation without one."""
    years: dict[tuple[str, ...], str] = {}
    for link in identity.links:
        if (year := link.statement.year) and link.subject and link.object:
            key = _relation_key(identity, link)
            years[key] = min(year, years.get(key, year))
    return years


def _relation_key(identity: Identity, link: Link) -> tuple[str, ...]:
    ends = (identity.iri_of(end or "") or "" for end in (link.subject, link.object))
    return link.statement.source, link.statement.relation, *ends


def _emit_link(identity: Identity, link: Link, years: dict[tuple[str, ...], str], emitted: Emitted) -> None:
    statement = link.statement
    ends = (link.subject, link.object)
    names = (_name(identity, statement, first=True), _name(identity, statement, first=False))
    if None in ends:
        if statement.record and identity.iri_of(statement.record) is None:
            emitted.outside.append(statement)  # what a register says of a row that lies outside is no fault
            return
        missing = names[0] if link.subject is None else names[1]
        emitted.unresolved.append((statement, "unresolved-end", missing))
        return
    subject, target = (identity.iri_of(end) for end in ends if end is not None)
    if subject is None or target is None:
        emitted.outside.append(statement)
    elif subject == target:
        emitted.unresolved.append((statement, "relation-to-itself", statement.value.text))
    else:
        year = statement.year or years.get(_relation_key(identity, link), "")
        emitted.of.append((statement, tuple(_link_quads(statement, subject, target, year))))
        for end, name in zip(ends, names, strict=True):
            emitted.named.extend(_mention_quads(identity, end or "", name, statement.source))


def _name(identity: Identity, statement: Statement, *, first: bool) -> str:
    """The name that a statement gives as subject (`first`) or object of its relation."""
    here = statement.subject_name or identity.records[statement.record].name
    return here if first != statement.inverse else statement.value.text


def _link_quads(statement: Statement, subject: str, target: str, year: str) -> Iterator[Quad]:
    one, predicate, other = NamedNode(subject), NamedNode(statement.predicate), NamedNode(target)
    where = graph(statement.source)
    yield Quad(one, predicate, other, where)
    yield from relation_quads(statement.relation, one, predicate, other, year, where)


def relation_quads(
    relation: str, one: NamedNode, predicate: NamedNode, other: NamedNode, year: str, where: NamedNode
) -> Iterator[Quad]:
    """The thing that a direct triple is as a relation (design S5)."""
    key = f"{relation}-{digest(relation, one.value, other.value, year)}"
    node = NamedNode(thing("link", key))
    yield from _statement_node(node, vocab.RELATION, one, predicate, other, year, where)
    yield Quad(node, NamedNode(vocab.RELATION_KIND), NamedNode(vocab.code("relation-kind", relation)), where)
    if relation == "member-of":
        yield Quad(node, RDF_TYPE, NamedNode(vocab.ORG + "Membership"), where)
        yield Quad(node, NamedNode(vocab.ORG + "member"), one, where)
        yield Quad(node, NamedNode(vocab.ORG + "organization"), other, where)


def dated_quads(
    subject: NamedNode, predicate: NamedNode, target: NamedNode | Literal, year: str, where: NamedNode
) -> Iterator[Quad]:
    """The thing that a dated value is beside its triple."""
    node = NamedNode(thing("value", digest(subject.value, predicate.value, str(target), year)))
    yield from _statement_node(node, vocab.DATED_VALUE, subject, predicate, target, year, where)


def _statement_node(
    node: NamedNode, kind: str, subject: NamedNode, predicate: NamedNode, target: NamedNode | Literal, year: str,
    where: NamedNode,
) -> Iterator[Quad]:  # fmt: skip
    yield Quad(node, RDF_TYPE, NamedNode(kind), where)
    yield Quad(node, NamedNode(vocab.ST_SUBJECT), subject, where)
    yield Quad(node, NamedNode(vocab.ST_PREDICATE), predicate, where)
    yield Quad(node, NamedNode(vocab.ST_OBJECT), target, where)
    if year:
        yield Quad(node, NamedNode(vocab.STATED_FOR), Literal(year, datatype=NamedNode(vocab.XSD + "gYear")), where)


def _mention_quads(identity: Identity, end: str, name: str, source: str) -> Iterator[Quad]:
    """What has no row of its own is named, as spelled there, by the page of its relation; its kind is a reading."""
    record = identity.records.get(end)
    iri = identity.iri_of(end)
    if record is None or iri is None or not record.mention:
        return
    node, where = NamedNode(iri), graph(source)
    yield Quad(node, RDF_TYPE, NamedNode(CLASSES[record.concept]), where)
    yield Quad(node, NamedNode(vocab.NAME), Literal(name), where)
    for kind in record.kinds:
        scheme, predicate = (
            ("project-kind", vocab.PROJECT_KIND)
            if record.concept == "project"
            else ("actor-kind", vocab.CLASSIFICATION)
        )
        yield Quad(node, NamedNode(predicate), NamedNode(vocab.code(scheme, kind)), graph(f"{source}-read"))
