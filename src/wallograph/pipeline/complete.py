"""What wallograph derives by itself is not asked of the one who hands a file in.

In: the quads of a file. Out: further quads: the display label of a thing that has a name, and the described relation of
a direct statement between two things that has none (the build makes both by one rule).
"""

from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from wallograph import vocab
from wallograph.iris import digest, rebase_iri, thing

_NAMED: Final = frozenset({vocab.ORGANIZATION, vocab.PROJECT, vocab.EVENT})
_TYPE: Final = NamedNode(vocab.TYPE)


def complete(quads: Iterable[Quad], base: str) -> list[Quad]:
    """The quads that the build would add, each in the graph of what it is derived from."""
    found = list(quads)
    return [*_labels(found), *_relations(found, base)]


def _labels(quads: list[Quad]) -> Iterator[Quad]:
    """One label for a thing that has names and no label: the first of its names, without a language."""
    things = {q.subject for q in quads if q.predicate == _TYPE and q.object.value in _NAMED}
    labelled = {q.subject for q in quads if q.predicate.value == vocab.LABEL}
    names: dict[object, Quad] = {}
    for quad in quads:
        if quad.predicate.value == vocab.NAME and isinstance(quad.object, Literal) and quad.object.value.strip():
            first = names.setdefault(quad.subject, quad)
            if str(quad.object) < str(first.object):
                names[quad.subject] = quad
    for subject, quad in names.items():
        if subject in things - labelled:
            yield Quad(quad.subject, NamedNode(vocab.LABEL), Literal(quad.object.value), quad.graph_name)


def _relations(quads: list[Quad], base: str) -> Iterator[Quad]:
    """The relation as a thing, for each direct statement of the file that has none in its graph."""
    kinds = {rebase_iri(iri, base): code for code, iri in vocab.RELATIONS.items()}
    ends: dict[tuple[object, object], dict[str, object]] = {}
    for quad in quads:
        if quad.predicate.value in (vocab.ST_SUBJECT, vocab.ST_PREDICATE, vocab.ST_OBJECT):
            ends.setdefault((quad.subject, quad.graph_name), {})[quad.predicate.value] = quad.object
    described = {
        (said.get(vocab.ST_SUBJECT), said.get(vocab.ST_PREDICATE), said.get(vocab.ST_OBJECT), graph)
        for (_, graph), said in ends.items()
    }
    for quad in quads:
        code = kinds.get(quad.predicate.value)
        if code is None or not isinstance(quad.object, NamedNode) or isinstance(quad.subject, BlankNode):
            continue
        if (quad.subject, quad.predicate, quad.object, quad.graph_name) not in described:
            yield from _relation(quad, code, base)


def _relation(quad: Quad, code: str, base: str) -> Iterator[Quad]:
    node = NamedNode(thing("link", f"{code}-{digest(code, quad.subject.value, quad.object.value)}", base))
    said = [
        (vocab.TYPE, NamedNode(rebase_iri(vocab.RELATION, base))),
        (vocab.ST_SUBJECT, quad.subject), (vocab.ST_PREDICATE, quad.predicate), (vocab.ST_OBJECT, quad.object),
        (rebase_iri(vocab.RELATION_KIND, base), NamedNode(rebase_iri(vocab.code("relation-kind", code), base))),
    ]  # fmt: skip
    if code == "member-of":
        said += [
            (vocab.TYPE, NamedNode(vocab.ORG + "Membership")), (vocab.ORG + "member", quad.subject),
            (vocab.ORG + "organization", quad.object),
        ]  # fmt: skip
    for predicate, value in said:
        yield Quad(node, NamedNode(predicate), value, quad.graph_name)
