"""The ends of relations: from a name and its place in a relation to a record or a place.

In: names as the tables write them. Out: a record key, `place/{reference}`, or None.
An exact name goes before an alias, an alias before an acronym; what two things share says nothing.
"""

from collections import defaultdict
from collections.abc import Callable

from wallograph.link.mentions import Mentions
from wallograph.link.names import joined, key
from wallograph.model import Record

PROPOSAL = "proposal"  # of the things that curators accepted
TABLE_ORDER = (
    "startups", "research-units", "actors", "projects", "practices", "press", PROPOSAL, "mention", "fedict", "ror",
)  # fmt: skip
# Where a name is an actor's and a project's, the relation tells which is meant.
PROJECT_OBJECT = frozenset({"participates-in", "coordinates"})


def rank(record_key: str) -> tuple[int, str]:
    """The order in which tables are believed for a label, a reference and a name."""
    return TABLE_ORDER.index(record_key.split("/", 1)[0]), record_key


class Ends:
    """Finds what the end of a relation names."""

    def __init__(
        self, records: dict[str, Record], of_cluster: dict[str, str], mentions: Mentions,
        find_place: Callable[[str], str | None],
    ) -> None:  # fmt: skip
        self.records = records
        self.of_cluster = of_cluster
        self.mentions = mentions
        self.find_place = find_place
        self._tiers: list[dict[str, set[str]]] = [defaultdict(set) for _ in range(5)]
        for record in records.values():
            self._tiers[0][record.name].add(record.key)
            self._tiers[1][key(record.name)].add(record.key)
            for name in record.names:
                self._tiers[2][key(name)].add(record.key)
            for acronym in record.acronyms:
                self._tiers[3][key(acronym)].add(record.key)
            self._tiers[4][joined(record.name)].add(record.key)

    def find(self, name: str, relation: str, is_object: bool) -> str | None:
        """The record key (or `place/…`) that `name` means as subject or object of a relation."""
        if relation == "located-in" and is_object:
            place = self.find_place(name) or self.mentions.places.get(name) or self.mentions.sites.get(name)
            if place:
                return f"place/{place}"
        wanted = ("project", "event") if is_object and relation in PROJECT_OBJECT else ("actor",)
        forms = (name, key(name), key(name), key(name), joined(name))
        # Our own tables before the registers, the concept that the relation asks for before any other.
        for register, concepts in ((False, wanted), (False, None), (True, None)):
            for tier, form in zip(self._tiers, forms, strict=True):
                found = self._choose(tier.get(form, set()), register, concepts)
                if found:
                    return found
        if name in self.mentions.sites:
            return f"place/{self.mentions.sites[name]}"
        return None

    def _choose(self, candidates: set[str], register: bool, concepts: tuple[str, ...] | None) -> str | None:
        """The record that the candidates agree on; None when they are two things."""
        fitting = {
            found
            for found in candidates
            if self.records[found].register == register
            and (concepts is None or self.records[found].concept in concepts)
        }
        if len({self.of_cluster[found] for found in fitting}) > 1:
            fitting = {found for found in fitting if not self.records[found].mention}
        if len({self.of_cluster[found] for found in fitting}) != 1:
            return None
        return min(fitting, key=rank)
