"""Natural persons in RDF: recognised by class, property and context, and taken out before anything reads the quads.

In: quads. Out: the quads without them, and for each that was taken out what a finding may say of it: its property,
never its value.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from pyoxigraph import BlankNode, NamedNode, Quad, Triple

from wallograph import vocab

_FOAF: Final = vocab.FOAF
_VCARD: Final = "http://www.w3.org/2006/vcard/ns#"
_PERSON_CORE: Final = "http://www.w3.org/ns/person#"


def _schema(names: str) -> frozenset[str]:
    return frozenset(f"{scheme}://schema.org/{name}" for name in names.split() for scheme in ("http", "https"))


def _of(namespace: str, names: str) -> frozenset[str]:
    return frozenset(namespace + name for name in names.split())


_CLASSES: Final = (
    _schema("Person Patient ContactPoint") | _of(_FOAF, "Person") | _of(_VCARD, "Individual VCard Kind Contact")
    | _of(_PERSON_CORE, "Person") | _of(vocab.PROV, "Person") | {"http://www.wikidata.org/entity/Q5"}
)  # fmt: skip
# what only a person has: its subject is one
_MARKS: Final = (
    _schema("givenName familyName additionalName honorificPrefix honorificSuffix birthDate deathDate birthPlace "
            "gender jobTitle worksFor spouse children nationality affiliation alumniOf")
    | _of(_FOAF, "firstName lastName givenName givenname familyName family_name surname birthday gender knows title")
    | _of(_VCARD, "given-name family-name additional-name honorific-prefix honorific-suffix hasGivenName "
                  "hasFamilyName hasAdditionalName bday gender hasGender")
    | _of(_PERSON_CORE, "birthName patronymicName residency citizenship placeOfBirth placeOfDeath")
)  # fmt: skip
# how a person is reached: left out wherever it stands, for an address of a firm is often that of its founder
_REACHED: Final = (
    _schema("email telephone faxNumber contactPoint contactPoints")
    | _of(_FOAF, "mbox mbox_sha1sum phone aimChatID skypeID jabberID msnChatID icqChatID yahooChatID")
    | _of(_VCARD, "hasEmail email hasTelephone tel n hasName nickname photo hasPhoto")
    | {"http://www.w3.org/ns/dcat#contactPoint", "http://www.w3.org/ns/adms#contactPoint",
       "http://data.europa.eu/m8g/contactPoint"}
)  # fmt: skip
# what points at persons, but may point at an organisation
_ROLES: Final = (
    _schema("founder founders employee employees alumni author director directors accountablePerson "
            "colleague colleagues")
    | _of(vocab.ORG, "headOf heldBy") | _of(_FOAF, "maker")
)  # fmt: skip

_NO_PERSONS: Final = _schema("Organization Corporation Project ResearchProject Event Place CollegeOrUniversity "
                             "ResearchOrganization") | {
    vocab.ORGANIZATION, vocab.ORG + "FormalOrganization", vocab.ORG + "OrganizationalUnit", vocab.LOCATION,
}  # fmt: skip

Subject = NamedNode | BlankNode | Triple


class Left(NamedTuple):
    """One quad that was left out. `person` says that its subject itself is one, so it must not be named either;
    `loose` that it only hangs on another that was left out.
    """

    quad: Quad
    person: bool
    loose: bool = False


def without_persons(quads: Sequence[Quad], base: str) -> tuple[list[Quad], list[Left]]:
    """The quads without natural persons, and those that were left out."""
    persons = {quad.subject for quad in quads if _is_typed(quad, _CLASSES)}
    others = {quad.subject for quad in quads if _is_typed(quad, _NO_PERSONS)}
    persons |= {quad.subject for quad in quads if quad.predicate.value in _MARKS} - others
    described = {quad.subject for quad in quads if quad.predicate.value == vocab.TYPE} - persons
    kept: list[Quad] = []
    left: list[Left] = []
    for quad in quads:
        if quad.subject in persons:
            left.append(Left(quad, person=True))
        elif quad.object in persons or _is_personal(quad, described, base):
            left.append(Left(quad, person=False))
        else:
            kept.append(quad)
    return _without_loose_ends(kept, left) if left else (kept, left)


def _is_typed(quad: Quad, classes: frozenset[str]) -> bool:
    return (
        quad.predicate.value == vocab.TYPE and isinstance(quad.object, NamedNode) and quad.object.value in classes
    )


def _is_personal(quad: Quad, described: set[Subject], base: str) -> bool:
    predicate, value = quad.predicate.value, quad.object
    if predicate in _REACHED or predicate in _MARKS or _is_address(value):
        return True
    if predicate not in _ROLES:
        return False
    if isinstance(value, NamedNode) and value.value.startswith(f"{base}/id/"):
        return False
    return value not in described


def _is_address(value: object) -> bool:
    return isinstance(value, NamedNode) and value.value[:7].lower().startswith(("mailto:", "tel:"))


def _without_loose_ends(kept: list[Quad], left: list[Left]) -> tuple[list[Quad], list[Left]]:
    """Blank nodes that only what was left out pointed at (an address, a name in parts) go with it."""
    by_subject: dict[Subject, list[Quad]] = defaultdict(list)
    pointed: dict[object, int] = defaultdict(int)
    for quad in kept:
        by_subject[quad.subject].append(quad)
        pointed[quad.object] += 1
    gone: set[Subject] = set()
    waiting = [entry.quad.object for entry in left]
    while waiting:
        node = waiting.pop()
        if not isinstance(node, BlankNode) or pointed[node] or node in gone:
            continue
        gone.add(node)
        for quad in by_subject.get(node, ()):
            pointed[quad.object] -= 1
            waiting.append(quad.object)
    also = [Left(quad, person=True, loose=True) for node in gone for quad in by_subject.get(node, ())]
    return [quad for quad in kept if quad.subject not in gone], left + also


def told(left: Iterable[Left]) -> list[Left]:
    """One of each subject and property, those of a person's own by the person: what findings speak of."""
    seen: dict[tuple[object, str], Left] = {}
    for entry in left:
        if entry.loose:
            continue
        quad = entry.quad
        seen.setdefault((quad.subject, "" if entry.person else quad.predicate.value), entry)
    return list(seen.values())
