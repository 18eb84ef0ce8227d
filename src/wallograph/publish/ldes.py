"""The change feed as a Linked Data Event Stream on TREE: the root, and the pages of members.

In: what the releases changed. Out: RDF documents. A member is a version of a thing, named by the address of its
memento, with all public triples of the thing as that release has them; the last member of a thing that went is a
deletion. The newest member of each thing, without the deletions, makes up the public graph.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse

from wallograph import vocab
from wallograph.iris import digest
from wallograph.publish.documents import Document

LDES: Final = "https://w3id.org/ldes#"
TREE: Final = "https://w3id.org/tree#"
AS: Final = "https://www.w3.org/ns/activitystreams#"
TIMESTAMP: Final = vocab.PROV + "generatedAtTime"
VERSION_OF: Final = vocab.DCTERMS + "isVersionOf"
PREFIXES: Final = {"ldes": LDES, "tree": TREE, "as": AS, "sh": vocab.SH}
PART: Final = 100  # releases; the relations to a full hundred stand in a node of their own that never changes again
_OWN: Final = frozenset({TIMESTAMP, VERSION_OF})
_TITLES: Final = {
    "fr": "Les changements de l’écosystème numérique de Wallonie",
    "nl": "De wijzigingen van het digitale ecosysteem van Wallonië",
    "de": "Die Änderungen des digitalen Ökosystems der Wallonie",
    "en": "The changes of Wallonia’s digital ecosystem",
}


@dataclass(frozen=True, slots=True)
class Step:
    """A release with members: its number and its moment, which all of them share."""

    number: int
    moment: str


def parts_of(steps: Sequence[Step], current: int) -> tuple[list[int], list[Step]]:
    """The full hundreds of releases that have members, and the steps behind them."""
    full = current // PART
    numbers = sorted({(step.number - 1) // PART for step in steps if (step.number - 1) // PART < full})
    return numbers, [step for step in steps if (step.number - 1) // PART >= full]


def steps_of_part(steps: Iterable[Step], part: int) -> list[Step]:
    """The steps of a hundred of releases, which are numbered from 0."""
    return [step for step in steps if (step.number - 1) // PART == part]


def root(base: str, steps: Sequence[Step], current: int, license: str | None) -> Document:
    """The event stream and the root of its view."""
    page = f"{base}/changes"
    full, open_ = parts_of(steps, current)
    found = [*_stream(base, license), *_member_shape(base), _quad(page, vocab.TYPE, NamedNode(TREE + "Node"))]
    for part in full:
        inside = steps_of_part(steps, part)
        found += _relation(page, f"part-{part}", f"{page}/part/{part}", inside[0].moment, inside[-1].moment)
    for step in open_:
        found += _relation(page, str(step.number), f"{page}/{step.number}/1", step.moment, step.moment)
    return _document(base, page, found)


def part_node(base: str, steps: Iterable[Step], part: int) -> Document:
    """The node of a full hundred of releases."""
    page = f"{base}/changes/part/{part}"
    found = [_quad(page, vocab.TYPE, NamedNode(TREE + "Node"))]
    for step in steps:
        found += _relation(page, str(step.number), f"{base}/changes/{step.number}/1", step.moment, step.moment)
    return _document(base, page, found)


def page(base: str, step: Step, number: int, pages: int, lines: bytes) -> Document:
    """A page of members, and the way to the next one of the release."""
    address = f"{base}/changes/{step.number}/{number}"
    found = [_quad(address, vocab.TYPE, NamedNode(TREE + "Node"))]
    if number < pages:
        following = f"{base}/changes/{step.number}/{number + 1}"
        found += _relation(address, "next", following, step.moment, step.moment)
    found += _members(base, step, address, parse(lines, RdfFormat.N_TRIPLES))
    return _document(base, address, found)


def version_iri(iri: str, base: str, release: int, page_address: str) -> str:
    """The address of a thing as it was in a release; the page itself when the thing has no document here.

    >>> version_iri("https://x.example/id/actor/a", "https://x.example", 3, "https://x.example/changes/3/1")
    'https://x.example/doc/actor/a?release=3'
    """
    path, mark, fragment = iri.removeprefix(base).partition("#")
    if not iri.startswith(f"{base}/") or "?" in path:
        return f"{page_address}#{digest(iri, length=16)}"
    if not path.startswith(("/auth/", "/ns/")):
        path = "/doc/" + path.removeprefix("/id/").lstrip("/")
    return f"{base}{path}?release={release}{mark}{fragment}"


def _members(base: str, step: Step, address: str, triples: Iterable[Triple]) -> list[Quad]:
    stream, found = f"{base}/changes#stream", list[Quad]()
    versions: dict[Any, str] = {}
    for triple in triples:
        version = versions.get(triple.subject)
        if version is None:
            thing = triple.subject
            version = versions[thing] = version_iri(str(thing.value), base, step.number, address)
            found += [
                _quad(stream, TREE + "member", NamedNode(version)),
                _quad(version, VERSION_OF, thing),
                _quad(version, TIMESTAMP, _time(step.moment)),
            ]
        if triple.predicate.value not in _OWN:  # else a client could not tell which are the feed's
            found.append(Quad(NamedNode(version), triple.predicate, triple.object))
    return found


def _stream(base: str, license: str | None) -> list[Quad]:
    stream = f"{base}/changes#stream"
    said: list[tuple[str, Any]] = [
        (vocab.TYPE, NamedNode(LDES + "EventStream")),
        (TREE + "view", NamedNode(f"{base}/changes")),
        (TREE + "shape", NamedNode(f"{base}/changes#member")),
        (LDES + "timestampPath", NamedNode(TIMESTAMP)),
        (LDES + "versionOfPath", NamedNode(VERSION_OF)),
        (LDES + "versionDeletePath", NamedNode(vocab.TYPE)),
        (LDES + "versionDeleteObject", NamedNode(AS + "Delete")),
        (vocab.DCTERMS + "conformsTo", NamedNode("https://w3id.org/ldes/specification")),
        (vocab.DCTERMS + "source", NamedNode(f"{base}/about#dataset")),
        *((vocab.DCTERMS + "title", Literal(text, language=lang)) for lang, text in _TITLES.items()),
    ]
    if license:
        said.append((vocab.LICENSE, NamedNode(license)))
    return [_quad(stream, predicate, value) for predicate, value in said]


def _member_shape(base: str) -> list[Quad]:
    """What every member has; what a version says beside it follows the shapes of the graph."""
    shape, of, when = (f"{base}/changes#{name}" for name in ("member", "member-of", "member-time"))
    one = Literal("1", datatype=NamedNode(vocab.XSD + "integer"))
    said: list[tuple[str, str, Any]] = [
        (shape, vocab.TYPE, NamedNode(vocab.SH + "NodeShape")),
        (shape, vocab.SH + "property", NamedNode(of)),
        (shape, vocab.SH + "property", NamedNode(when)),
        (shape, vocab.RDFS + "seeAlso", NamedNode(f"{base}/ns/shapes")),
        (of, vocab.SH + "path", NamedNode(VERSION_OF)),
        (of, vocab.SH + "nodeKind", NamedNode(vocab.SH + "IRI")),
        (when, vocab.SH + "path", NamedNode(TIMESTAMP)),
        (when, vocab.SH + "datatype", NamedNode(vocab.XSD + "dateTime")),
        *((node, vocab.SH + bound, one) for node in (of, when) for bound in ("minCount", "maxCount")),
    ]
    return [_quad(*triple) for triple in said]


def _relation(node: str, name: str, to: str, first: str, last: str) -> list[Quad]:
    """All members behind it are of these moments: two relations, for TREE has none with both ends in all clients."""
    found = []
    for kind, moment in (("GreaterThanOrEqualToRelation", first), ("LessThanOrEqualToRelation", last)):
        relation = f"{node}#{name}-{'from' if kind.startswith('G') else 'to'}"
        found += [
            _quad(node, TREE + "relation", NamedNode(relation)),
            _quad(relation, vocab.TYPE, NamedNode(TREE + kind)),
            _quad(relation, TREE + "node", NamedNode(to)),
            _quad(relation, TREE + "path", NamedNode(TIMESTAMP)),
            _quad(relation, TREE + "value", _time(moment)),
        ]
    return found


def _document(base: str, address: str, quads: list[Quad]) -> Document:
    return Document(f"{base}/changes#stream", address, base, tuple(sorted(quads, key=str)), prefixes=PREFIXES)


def _quad(subject: str, predicate: str, value: Any) -> Quad:
    return Quad(NamedNode(subject), NamedNode(predicate), value)


def _time(moment: str) -> Literal:
    return Literal(moment, datatype=NamedNode(vocab.XSD + "dateTime"))
