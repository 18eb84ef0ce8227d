"""Identity: which records are one thing, which things belong, and under which IRI they are published.

In: records and statements of ingest, mentions, judgements, the registry. Out: `Identity`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from wallograph.iris import thing
from wallograph.link.cluster import Clusters, cluster
from wallograph.link.ends import Ends, rank
from wallograph.link.judgements import Judgements
from wallograph.link.match import pairs
from wallograph.link.mentions import Mentions
from wallograph.link.registry import Registry
from wallograph.model import Record, Statement

OUR_KINDS = frozenset({"university", "haute-ecole", "faculty", "institute", "research-unit", "research-centre"})


@dataclass(slots=True)
class Link:
    """A relation statement with both its ends found (record keys or `place/…`); None where one was not."""

    statement: Statement
    subject: str | None
    object: str | None


@dataclass(slots=True)
class Identity:
    """The outcome of linking, before anything is emitted."""

    records: dict[str, Record]
    clusters: Clusters
    links: list[Link]
    inside: set[str]
    iri: dict[str, str]
    label: dict[str, str]
    registry: Registry

    def iri_of(self, end: str) -> str | None:
        """The IRI of a record key or place; None when it lies outside the ecosystem."""
        if end.startswith("place/"):
            return thing("place", end.removeprefix("place/"))
        return self.iri.get(self.clusters.of.get(end, ""))


def identify(
    records: dict[str, Record],
    statements: list[Statement],
    mentions: Mentions,
    judgements: Judgements,
    registry: Registry,
    find_place: Callable[[str], str | None],
    accepted: Mapping[str, Record] = MappingProxyType({}),
) -> Identity:
    """Cluster the records, find the ends of relations, decide who belongs, and settle the IRIs.

    `accepted` are things that curators accepted as new: only a judgement makes them one with others, and no name of
    a source means them.
    """
    read = dict(sorted({**mentions.records, **records}.items()))
    everything = dict(sorted({**read, **accepted}.items()))
    judged = replace(judgements, same=(judgements.same | mentions.same) - judgements.different)
    clusters = cluster(everything, pairs(read), judged)
    ends = Ends(read, clusters.of, mentions, find_place)
    links = [_find_ends(statement, ends) for statement in statements if statement.relation]
    inside = _inside(everything, clusters, links)
    identity = Identity(everything, clusters, links, inside, {}, {}, registry)
    for root in sorted(inside, key=lambda root: rank(min(clusters.members[root], key=rank))):
        members = clusters.members[root]
        chosen = everything[min(members, key=rank)]
        concept, reference = registry.settle(members, chosen.concept, chosen.name)
        identity.iri[root] = thing(concept, reference)
        identity.label[root] = chosen.name
    return identity


def _find_ends(statement: Statement, ends: Ends) -> Link:
    here = statement.record or ends.find(statement.subject_name, statement.relation, statement.inverse)
    value = statement.value
    there = value.text if value.kind == "record" else ends.find(value.text, statement.relation, not statement.inverse)
    return Link(statement, there, here) if statement.inverse else Link(statement, here, there)


def _inside(records: dict[str, Record], clusters: Clusters, links: list[Link]) -> set[str]:
    """Clusters with a row of ours or of our kinds; of registers and mentions, what a relation names (design S10)."""
    inside = {
        root for root, members in clusters.members.items()
        if any(_of_ours(records[member]) for member in members)
    }  # fmt: skip
    grown = True
    while grown:
        grown = False
        for link in links:
            if link.subject is None or link.object is None:
                continue
            roots = [clusters.of[end] for end in (link.subject, link.object) if not end.startswith("place/")]
            stated_in_tables = not _of_register(link.statement, records)
            if any(root in inside for root in roots) or stated_in_tables:
                for root in roots:
                    if root not in inside:
                        inside.add(root)
                        grown = True
    return inside


def _of_ours(record: Record) -> bool:
    return not record.mention and (not record.register or bool(OUR_KINDS & set(record.kinds)))


def _of_register(statement: Statement, records: dict[str, Record]) -> bool:
    return bool(statement.record) and records[statement.record].register
