"""The registry: which reference a record was first published under, for ever (design S6, S8).

In: `registry.csv` (concept, reference, record; sorted). Out: one reference a cluster, the redirects of merged ones.
It stores keys, not IRIs, so a new base changes nothing.
"""

import csv
from dataclasses import dataclass, field
from pathlib import Path

from wallograph.errors import DataError
from wallograph.iris import slug
from wallograph.link.ends import rank

HEADER = ("concept", "reference", "record")


@dataclass(slots=True)
class Registry:
    """References by record; `redirects` maps merged `{concept}/{reference}` to the surviving one.

    `own` are those that this installation gave a record that the shipped registry knows under another: after an
    unmerge it has to get the same one at every build.
    """

    of_record: dict[str, tuple[str, str]] = field(default_factory=dict)
    taken: set[tuple[str, str]] = field(default_factory=set)
    redirects: dict[str, str] = field(default_factory=dict)
    added: int = 0
    yielding: set[tuple[str, str]] = field(default_factory=set)
    own: dict[str, tuple[str, str]] = field(default_factory=dict)
    _pinned: dict[str, tuple[str, str]] = field(default_factory=dict)
    _used: set[tuple[str, str]] = field(default_factory=set)

    def reserve(self, record: str, entry: tuple[str, str]) -> None:
        """Keep a reference for a record that was published under it between builds."""
        self.of_record.setdefault(record, entry)
        self.taken.add(entry)

    def pin(self, record: str, entry: tuple[str, str]) -> None:
        """The same, where a decision parted the record from others: it goes before what the registry knows."""
        self.of_record[record] = self._pinned[record] = entry
        self.taken.add(entry)

    def is_pinned(self, record: str) -> bool:
        """Whether a decision gave a record its reference."""
        return record in self._pinned

    def settle(self, members: list[str], concept: str, label: str) -> tuple[str, str]:
        """The concept and reference of a cluster; a new one is made of its label when none of its records has any.

        What a decision gave one of its records goes first, what a merge moved away (`yielding`) last.
        """
        ranked = sorted(members, key=lambda member: (member not in self._pinned, rank(member)))
        known = [given[member] for given in (self.of_record, self.own) for member in ranked if member in given]
        known.sort(key=lambda entry: entry in self.yielding)
        # After an unmerge two clusters know one reference: the first keeps it, the other gets a new one.
        known = [entry for entry in known if entry not in self._used]
        chosen = known[0] if known else self._new(concept, label)
        self._used.add(chosen)
        for other in known:
            if other != chosen:
                self.redirects["/".join(other)] = "/".join(chosen)
        for member in members:
            if self.of_record.get(member) not in known:
                self.of_record[member] = chosen
                self.added += 1
        return chosen

    def _new(self, concept: str, label: str) -> tuple[str, str]:
        base = slug(label)
        reference, number = base, 2
        while (concept, reference) in self.taken:
            reference, number = f"{base}-{number}", number + 1
        self.taken.add((concept, reference))
        return concept, reference


def read_registry(*paths: Path) -> Registry:
    """Read the shipped registry and an installation's own; an earlier file wins. Missing files are empty."""
    registry = Registry()
    for path in paths:
        if not path.exists():
            continue
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            if tuple(reader.fieldnames or ()) != HEADER:
                raise DataError(f"{path}: the header must be {','.join(HEADER)}")
            for row in reader:
                entry = (row["concept"], row["reference"])
                if registry.of_record.setdefault(row["record"], entry) != entry:
                    registry.own.setdefault(row["record"], entry)
                registry.taken.add(entry)
    return registry


def write_registry(registry: Registry, path: Path) -> None:
    """Write the registry, sorted, in one step."""
    entries = {*registry.of_record.items(), *registry.own.items()}
    rows = sorted((concept, reference, record) for record, (concept, reference) in entries)
    temporary = path.with_suffix(".tmp")
    with temporary.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(rows)
    temporary.replace(path)
