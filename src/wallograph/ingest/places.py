"""Places: the register of municipalities, provinces and localities, and the finding of a place by its name.

In: refnis rows, centroids, localities. Out: a `Gazetteer` (name → reference, parents, coordinates).
"""

import unicodedata
from pathlib import Path

from wallograph.ingest.tables import read_rows
from wallograph.iris import slug
from wallograph.model import Place

PROVINCES = {  # as the facts name them -> NIS code; the register says "Province de …"
    "Brabant wallon": "20002",
    "Hainaut": "50000",
    "Liège": "60000",
    "Luxembourg": "80000",
    "Namur": "90000",
}
REGION = "3000"


class Gazetteer:
    """Finds places by name; municipalities before provinces, since "Liège" is both."""

    def __init__(self, places: list[Place]) -> None:
        self.places = {place.reference: place for place in places}
        self._by_name: dict[str, str] = {}
        for place in sorted(places, key=lambda p: ("municipality locality region".find(p.level) < 0, p.reference)):
            if place.level != "arrondissement":
                for label in place.labels.values():
                    self._by_name.setdefault(fold(label), place.reference)

    def find(self, name: str) -> str | None:
        """The reference of a municipality or locality by its name, in any of its languages; None if unknown."""
        return self._by_name.get(fold(name))

    def province(self, name: str) -> str | None:
        """The reference of a province by the name that the facts use; None if unknown."""
        return PROVINCES.get(name)

    def above(self, reference: str, level: str) -> str | None:
        """The place of a level that a place lies in (or is)."""
        while reference:
            place = self.places.get(reference)
            if place is None:
                return None
            if place.level == level:
                return reference
            reference = place.within
        return None


def fold(name: str) -> str:
    """A place's name without case, accents and kinds of apostrophe and hyphen."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("’", "'").replace("‐", "-"))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).replace("-", " ").split())


def read_gazetteer(sources: Path) -> Gazetteer:
    """Read the register of places (`refnis`, its centroids, `localities`) of `data/sources`."""
    centroids = {row["nis"]: row for row in read_rows(sources / "refnis" / "centroids.csv")}
    rows = read_rows(sources / "refnis" / "rows.csv")
    level = {row["nis"]: row["level"] for row in rows}
    places = []
    for row in rows:
        nis = row["nis"]
        above = [code for code in row["ancestors_nis"].split("|") if code in level]
        at = centroids.get(nis)
        same = tuple(
            f"{prefix}{row[column]}"
            for column, prefix in (
                ("wikidata", "http://www.wikidata.org/entity/"),
                ("geonames", "https://sws.geonames.org/"),
            )
            if row[column]
        )
        places.append(
            Place(
                reference=nis,
                level=row["level"],
                labels={lang: row[f"label_{lang}"] for lang in ("fr", "nl", "de") if row[f"label_{lang}"]},
                within=max(above, key=lambda code: _ORDER[level[code]], default=""),
                nis=nis,
                latitude=at["lat"] if at else "",
                longitude=at["lon"] if at else "",
                same_as=same,
                concept=row["concept_uri"],
            )
        )
    for row in read_rows(sources / "localities" / "rows.csv"):
        places.append(
            Place(
                reference=slug(row["locality"]), level="locality", labels={"": row["locality"]}, within=row["nis"],
                postcode=row["postcode"],
            )
        )  # fmt: skip
    return Gazetteer(places)


_ORDER = {"region": 0, "province": 1, "arrondissement": 2, "municipality": 3}
