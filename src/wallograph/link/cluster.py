"""Clusters: records that are one thing, by judgements first, then by pairs, best first.

In: records, pairs, judgements. Out: `Clusters`. Two records judged different never meet, however long the chain.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from wallograph.link.judgements import Judgements
from wallograph.link.match import CERTAIN, MERGE_AT, Pair
from wallograph.model import Record


@dataclass(slots=True)
class Clusters:
    """The members of each cluster by its first key, and the merges that a person may want to look at."""

    members: dict[str, list[str]]
    of: dict[str, str]
    weak: list[Pair] = field(default_factory=list)
    refused: list[Pair] = field(default_factory=list)


class _Union:
    def __init__(self, keys: list[str], different: frozenset[tuple[str, str]]) -> None:
        self.parent = {key: key for key in keys}
        self.groups = {key: {key} for key in keys}
        self.apart: dict[str, set[str]] = defaultdict(set)
        for left, right in different:
            self.apart[left].add(right)
            self.apart[right].add(left)

    def find(self, key: str) -> str:
        while self.parent[key] != key:
            self.parent[key] = self.parent[self.parent[key]]
            key = self.parent[key]
        return key

    def join(self, left: str, right: str) -> bool:
        """Join two groups; False when members of theirs were judged different."""
        one, other = self.find(left), self.find(right)
        if one == other:
            return True
        if any(self.apart[member] & self.groups[other] for member in self.groups[one]):
            return False
        keep, drop = min(one, other), max(one, other)
        self.parent[drop] = keep
        self.groups[keep] |= self.groups.pop(drop)
        return True


def cluster(records: dict[str, Record], pairs: list[Pair], judgements: Judgements) -> Clusters:
    """Join what was judged the same, then every pair that scores enough and was not judged unsure."""
    union = _Union(sorted(records), judgements.different)
    for left, right in sorted(judgements.same):
        if left in records and right in records:
            union.join(left, right)
    weak, refused = [], []
    for pair in pairs:
        names = (pair.left, pair.right)
        if pair.score < MERGE_AT or names in judgements.unsure or names in judgements.different:
            continue
        known = union.find(pair.left) == union.find(pair.right)
        if not union.join(*names):
            refused.append(pair)
        elif not known and pair.score < CERTAIN:
            weak.append(pair)
    members = {root: sorted(group) for root, group in sorted(union.groups.items())}
    return Clusters(members, {key: root for root, group in members.items() for key in group}, weak, refused)
