"""Mentions: names that stand at the end of a relation and have no row of their own.

In: `data/mentions.csv`, decided by hand: what the name is, where the facts allow to say so. Out: records, the
places that are meant, and the names that stay unresolved with the reason.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from wallograph.errors import DataError
from wallograph.iris import slug
from wallograph.model import Record, Where

CONCEPTS = frozenset({"actor", "project", "event", "place", "none"})


@dataclass(slots=True)
class Mentions:
    """Mentions by what they turned out to be."""

    records: dict[str, Record] = field(default_factory=dict)
    same: set[tuple[str, str]] = field(default_factory=set)
    places: dict[str, str] = field(default_factory=dict)
    sites: dict[str, str] = field(default_factory=dict)
    unresolved: dict[str, str] = field(default_factory=dict)


def read_mentions(rows: Iterable[tuple[int, dict[str, str]]], file: str) -> Mentions:
    """Sort the rows of `mentions.csv`; an actor without a kind that the facts allow stays unresolved."""
    mentions = Mentions()
    for line, row in rows:
        name, concept, kind, same_as = row["name"], row["concept"], row["kind"], row["same_as"]
        if concept not in CONCEPTS:
            raise DataError(f"{file}:{line}: '{concept}' is no concept ({', '.join(sorted(CONCEPTS))})")
        if concept == "place":
            if same_as:
                mentions.places[name] = same_as
            else:
                mentions.sites[name] = slug(name)
        elif concept == "none" or not (kind or same_as or concept == "event"):
            mentions.unresolved[name] = row["reason"]
        else:
            record = Record(
                f"mention/{slug(name)}", concept, name, Where(file, line), (kind,) if kind else (), names={name},
                mention=True,
            )  # fmt: skip
            mentions.records[record.key] = record
            if same_as:
                mentions.same.add((min(record.key, same_as), max(record.key, same_as)))
    return mentions
