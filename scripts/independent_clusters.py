"""Count the organisations of the fact tables by other means than the product's linker, as a check on it.

In: `data/sources/*/rows.csv` and `data/judgements.csv` (or the raw tables with `--facts DIR`). Out: the
number of clusters by table and in all. Names are compared by their sets of words, by their letters alone
and by rapidfuzz; judgements are taken as the truth. Nothing of `wallograph.link` is used, so that the two
can disagree; only the keys of records are the same.
"""

import argparse
import csv
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

from rapidfuzz import fuzz

from wallograph.iris import slug

ROOT = Path(__file__).resolve().parent.parent
TABLES = ("startups", "actors", "research-units", "press", "ror", "fedict")
REGISTERS = frozenset({"ror", "fedict"})
RAW = {
    "startups": "startups.csv", "actors": "actors.csv", "research-units": "research_units.csv",
    "press": "press_entities.csv", "ror": "ror_wallonia.csv", "fedict": "fedict_wallonie_orgs.csv",
    "projects": "projects.csv", "practices": "practices.csv", "links": "links.csv",
    "press-relations": "press_relations.csv",
}  # fmt: skip
ALIASES = {
    "startups": "startups_aliases.csv",
    "research-units": "research_aliases.csv",
    "actors": "research_aliases.csv",
}
NO_ORGANISATION = frozenset({"programme", "event", "project"})
END_COLUMNS = (
    "subject", "object", "spin_off_of", "supported_by", "funded_by", "partners", "parent", "lead",
    "participants", "who",
)  # fmt: skip
LEGAL = frozenset({"sa", "srl", "sprl", "asbl", "scrl", "nv", "bv", "vzw", "belgium"})
SMALL = frozenset({"le", "la", "les", "l", "the", "de", "du", "des", "d", "of", "et", "and"})
SIMILAR = 94


@dataclass(slots=True)
class Organisation:
    """A row: its key, its own name first, its abbreviation, and what tells namesakes apart."""

    key: str
    names: list[str]
    short: str = ""
    number: str = ""
    city: str = ""
    parent: str = ""
    words: set[frozenset[str]] = field(default_factory=set)
    letters: set[str] = field(default_factory=set)


# -- reading


def rows(folder: Path, raw: bool, table: str) -> list[dict[str, str]]:
    """The rows of a table, from the shipped sources or from the raw tables."""
    if raw:
        path = folder / RAW[table]
    elif table == "press-relations":
        path = folder / "press" / "relations.csv"
    else:
        path = folder / table / "rows.csv"
    return _csv(path)


def aliases(folder: Path, raw: bool, table: str) -> dict[str, list[str]]:
    """Other names by the name of the row."""
    found: dict[str, list[str]] = defaultdict(list)
    if table in ALIASES:
        for row in _csv(folder / ALIASES[table] if raw else folder / table / "aliases.csv"):
            found[clean(row["name"])].append(row["alias"])
    return found


def _csv(path: Path) -> list[dict[str, str]]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def clean(text: str) -> str:
    """One line with plain blanks and apostrophes."""
    return " ".join(text.replace("’", "'").split())


def organisations(folder: Path, raw: bool) -> list[Organisation]:
    """All rows that speak of an organisation."""
    found = {}
    for table in TABLES:
        other = aliases(folder, raw, table)
        for row in rows(folder, raw, table):
            if row.get("kind", row.get("type", "")) in NO_ORGANISATION and table in ("actors", "press"):
                continue
            one = _organisation(table, row, other)
            found.setdefault(one.key, one)
    return list(found.values())


def _organisation(table: str, row: dict[str, str], other: dict[str, list[str]]) -> Organisation:
    if table == "ror":
        names = [row["name"], *row["aliases"].split("|")]
        return _prepared(Organisation(f"ror/{row['ror_id'].rsplit('/', 1)[1]}", names))
    if table == "fedict":
        number = row["uri"].rsplit("/", 1)[1]
        return _prepared(
            Organisation(f"fedict/{number}", [row["label_fr"], *row["alt"].split("|")], number=number)
        )
    name = clean(row["name"])
    return _prepared(
        Organisation(
            f"{table}/{slug(name)}", [name, *other.get(name, ())], clean(row.get("acronym", "")),
            re.sub(r"\D", "", row.get("enterprise_number", "")),
            clean(row.get("city", row.get("city_as_stated", ""))), clean(row.get("parent", "")),
        )
    )  # fmt: skip


def _prepared(one: Organisation) -> Organisation:
    one.names = [clean(name) for name in one.names if name.strip() and "%" not in name and "+" not in name]
    one.words = {words(name) for name in one.names} - {frozenset()}
    one.letters = {letters(name) for name in one.names} - {""}
    return one


# -- comparing


def plain(text: str) -> str:
    """Lower-case ASCII; initials with dots become one word."""
    text = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe").replace("ø", "o"))
    text = text.encode("ascii", "ignore").decode()
    return re.sub(r"\b(?:[a-z]\.){2,}", lambda found: found[0].replace(".", "") + " ", text)


def words(text: str) -> frozenset[str]:
    """The set of a name's words: their order, small words and legal forms say nothing."""
    return frozenset(re.findall(r"[a-z0-9]+", plain(text))) - SMALL - LEGAL


def letters(text: str) -> str:
    """A name's letters and digits alone, without small words at its head."""
    return re.sub(r"[^a-z0-9+]", "", re.sub(r"^(le|la|les|the|l')\s*\b", "", plain(text)))


def alike(one: Organisation, other: Organisation) -> bool:
    """Whether two rows are one organisation by their names and numbers alone."""
    if one.number and one.number == other.number:
        return True
    if one.words & other.words or one.letters & other.letters:
        return True
    if _short_of(one, other) or _short_of(other, one):
        return True
    return any(_similar(mine, yours) for mine in one.letters for yours in other.letters)


def _short_of(one: Organisation, other: Organisation) -> bool:
    """The name of one is the abbreviation of the other, and nothing speaks against it."""
    if not one.short or letters(one.short) not in other.letters:
        return False
    return not (one.city and other.city and one.city != other.city) and len(letters(one.short)) > 1


def _similar(mine: str, yours: str) -> bool:
    if min(len(mine), len(yours)) < 12 or re.findall(r"\d+", mine) != re.findall(r"\d+", yours):
        return False
    return fuzz.ratio(mine, yours) >= SIMILAR


# -- grouping


class Groups:
    """Groups of keys; two keys that were judged different never come together."""

    def __init__(self, apart: Iterable[tuple[str, str]]) -> None:
        self.of: dict[str, set[str]] = {}
        self.apart: dict[str, set[str]] = defaultdict(set)
        for left, right in apart:
            self.apart[left].add(right)
            self.apart[right].add(left)

    def join(self, left: str, right: str) -> None:
        """Bring two groups together, unless a judgement keeps members of theirs apart."""
        one, other = self.group(left), self.group(right)
        if one is other or any(self.apart[key] & other for key in one):
            return
        one |= other
        for key in other:
            self.of[key] = one

    def group(self, key: str) -> set[str]:
        """The group of a key, which is alone at first."""
        return self.of.setdefault(key, {key})


def grouped(found: list[Organisation], judged: list[dict[str, str]]) -> list[set[str]]:
    """Groups of keys that are one organisation: judgements first, then names."""
    verdicts = {(row["left"], row["right"]): row["verdict"] for row in judged}
    groups = Groups(pair for pair, verdict in verdicts.items() if verdict == "different")
    for one in found:
        groups.group(one.key)
    for pair, verdict in verdicts.items():
        if verdict == "same":
            groups.join(*pair)
    for one, other in combinations(sorted(found, key=lambda each: each.key), 2):
        if (one.key, other.key) not in verdicts and alike(one, other):
            groups.join(one.key, other.key)
    known = {one.key for one in found}
    unique = {id(group): group & known for group in groups.of.values()}
    return sorted((group for group in unique.values() if group), key=min)


def ends(folder: Path, raw: bool) -> Iterator[str]:
    """Every name at the end of a relation, in any table."""
    for table in RAW:
        for row in rows(folder, raw, table):
            for column in END_COLUMNS:
                yield from (clean(name) for name in (row.get(column) or "").split(";") if name.strip())


def related(group: set[str], found: dict[str, Organisation], named: set[str]) -> bool:
    """A group of register rows counts only when a relation names it."""
    tables = {key.split("/")[0] for key in group}
    return bool(tables - REGISTERS) or any(found[key].letters & named for key in group)


def main() -> None:
    """Read, group, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--facts", type=Path, help="folder of the raw tables; otherwise data/sources is read")
    parser.add_argument("--judgements", type=Path, default=ROOT / "data" / "judgements.csv")
    parser.add_argument("--list", action="store_true", help="print every group of more than one row")
    given = parser.parse_args()
    folder, raw = (given.facts, True) if given.facts else (ROOT / "data" / "sources", False)
    found = {one.key: one for one in organisations(folder, raw)}
    if not found:
        raise SystemExit(f"no tables in {folder}: give the folder of the raw tables with --facts")
    groups = grouped(list(found.values()), _csv(given.judgements))
    named = {letters(name) for name in ends(folder, raw)}
    counted = [group for group in groups if related(group, found, named)]
    in_table = Counter(table for group in counted for table in {key.split("/")[0] for key in group})
    row_count = Counter(key.split("/")[0] for key in found)
    print(f"{'table':<16}{'rows':>6}{'clusters':>10}")
    for table in TABLES:
        print(f"{table:<16}{row_count[table]:>6}{in_table[table]:>10}")
    registers_only = sum(all(key.split("/")[0] in REGISTERS for key in group) for group in counted)
    print(f"{'in all':<16}{len(found):>6}{len(counted):>10}")
    print(f"of these, {registers_only} stand in a register only and are named by a relation")
    print(f"{len(counted) - registers_only} clusters have a row in one of the four tables")
    if given.list:
        for group in counted:
            if len(group) > 1:
                print(" = ".join(sorted(group)))


if __name__ == "__main__":
    main()
