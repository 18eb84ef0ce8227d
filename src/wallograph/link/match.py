"""Which records could be one thing, with the evidence for and against.

In: records. Out: `Pair`s with a score from 0 to 1 and the features that make it (design S6).
Identifiers decide alone; names propose; place, parent, website and kind are evidence; a website is no identifier.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz import fuzz, process

from wallograph.link.names import bare, joined, key
from wallograph.model import Record

MERGE_AT = 0.85
CERTAIN = 0.95
FUZZY_AT = 92
Proposal = tuple[str, str, str, float]
MANY = 12  # a key that more records share is too common to say anything

RESEARCH = frozenset(["university", "haute-ecole", "faculty", "institute", "research-unit", "research-centre"])
BUSINESS = frozenset(["startup", "scaleup", "spin-off", "company", "game-studio"])


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be one thing; `features` name what was added and taken off, in order."""

    left: str
    right: str
    score: float
    features: tuple[tuple[str, float], ...]


def pairs(records: dict[str, Record]) -> list[Pair]:
    """All pairs of records with some likeness, best first; ties in the order of their keys."""
    best: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    for left, right, feature, weight in _proposals(records):
        if left != right:
            best[(min(left, right), max(left, right))][feature] = weight
    scored = (_score(records[left], records[right], found) for (left, right), found in best.items())
    return sorted(scored, key=lambda pair: (-pair.score, pair.left, pair.right))


def _proposals(records: dict[str, Record]) -> Iterator[Proposal]:
    yield from _shared(records, lambda r: r.identifiers.items(), "same identifier", 2.0)
    yield from _shared(records, lambda r: [key(r.name)], "same name", 1.0)
    yield from _shared(records, lambda r: [joined(r.name)], "same name without blanks", 0.93)
    yield from _across(
        records, lambda r: [key(r.name)], lambda r: map(key, r.names - {r.name}), "name is an alias", 0.92
    )
    yield from _shared(records, lambda r: map(key, r.names), "same alias", 0.86)
    yield from _across(records, lambda r: [key(r.name)], lambda r: map(key, r.acronyms), "name is an acronym", 0.82)
    yield from _across(
        records, lambda r: map(key, r.names), lambda r: map(key, r.acronyms), "alias is an acronym", 0.80
    )
    yield from _shared(records, lambda r: [bare(r.name)], "same name without brackets", 0.78)
    yield from _fuzzy(records)


def _shared(
    records: dict[str, Record], keys: Callable[[Record], Iterable[object]], feature: str, weight: float
) -> Iterator[Proposal]:
    index: dict[object, set[str]] = defaultdict(set)
    for record in records.values():
        for found in keys(record):
            if found:
                index[found].add(record.key)
    for members in index.values():
        if 1 < len(members) <= MANY:
            for left, right in combinations(sorted(members), 2):
                yield left, right, feature, weight


def _across(
    records: dict[str, Record],
    one: Callable[[Record], Iterable[str]],
    other: Callable[[Record], Iterable[str]],
    feature: str,
    weight: float,
) -> Iterator[Proposal]:
    index: dict[str, set[str]] = defaultdict(set)
    for record in records.values():
        for found in one(record):
            index[found].add(record.key)
    for record in records.values():
        for found in other(record):
            if found and len(index.get(found, ())) <= MANY:
                for left in index.get(found, ()):
                    yield left, record.key, feature, weight


def _fuzzy(records: dict[str, Record]) -> Iterator[Proposal]:
    by_key: dict[str, list[str]] = defaultdict(list)
    for record in records.values():
        if len(key(record.name)) >= 8:
            by_key[key(record.name)].append(record.key)
    names = sorted(by_key)
    for number, name in enumerate(names):
        rest = names[number + 1 :]
        for other, ratio, _ in process.extract(
            name, rest, scorer=fuzz.token_sort_ratio, score_cutoff=FUZZY_AT, limit=None
        ):
            for left in by_key[name]:
                for right in by_key[other]:
                    yield left, right, "similar name", round(ratio / 100 - 0.2, 3)


def _score(left: Record, right: Record, found: dict[str, float]) -> Pair:
    feature, weight = max(found.items(), key=lambda item: (item[1], item[0]))
    features = [(feature, weight)]
    if weight < 2:
        features += _evidence(left, right)
    score = max(0.0, min(1.0, round(sum(value for _, value in features), 3)))
    return Pair(min(left.key, right.key), max(left.key, right.key), score, tuple(features))


def _evidence(left: Record, right: Record) -> Iterable[tuple[str, float]]:
    if left.concept != right.concept:
        yield "another kind of thing", -0.4
    if left.key.split("/")[0] == right.key.split("/")[0] and not left.mention:
        yield "two rows of one table", -0.3
    if left.places and right.places:
        yield ("same place", 0.06) if left.places & right.places else ("another place", -0.06)
    if left.parents and right.parents:
        shared = {key(name) for name in left.parents} & {key(name) for name in right.parents}
        yield ("same parent", 0.08) if shared else ("another parent", -0.1)
    if left.websites & right.websites:
        yield "same website", 0.06
    if _kind_group(left) and _kind_group(right) and _kind_group(left) != _kind_group(right):
        yield "kinds that hardly go together", -0.12


def _kind_group(record: Record) -> str:
    kinds = set(record.kinds)
    if kinds & RESEARCH:
        return "research"
    return "business" if kinds & BUSINESS else ""
