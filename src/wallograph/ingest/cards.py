"""A source's card: what it is, who publishes it, and how each column maps.

In: `data/sources/{key}/card.yaml`. Out: a `Card`; DataError where a card is wrong. Columns that no card names are
an error too: a column is mapped or it is skipped on purpose, never overlooked.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from wallograph.errors import DataError
from wallograph.vocab import RELATIONS

KINDS_OF_COLUMN = frozenset(
    {
        "name", "acronym", "kind", "place", "province", "year", "text", "theme", "market", "boolean", "integer",
        "decimal", "year-of", "relation", "website", "enterprise-number", "pages", "page-dates", "status",
        "keywords", "note",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """How one column maps: `kind` says how a cell is read, the rest are its options."""

    name: str
    kind: str
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RelationTable:
    """A table of relations: its file, its columns, and the codes of its predicates (`^` marks an inverse)."""

    file: str
    subject: str
    predicate: str
    object: str
    year: str
    codes: dict[str, str]


@dataclass(frozen=True, slots=True)
class Card:
    """What `card.yaml` says of a source."""

    key: str
    folder: Path
    title: dict[str, str]
    publisher: str
    rights: str
    license: str
    pages: str
    table: str
    rows: str
    register: bool
    concept: str
    kind: str
    concepts: dict[str, str]
    columns: tuple[Column, ...]
    aliases: str
    evidence: str
    conflicts: str
    relations: RelationTable | None


def read_card(folder: Path) -> Card:
    """Read the card of a source folder; DataError names the card and what is wrong with it."""
    path = folder / "card.yaml"
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise DataError(f"{path}: the card cannot be read ({error})") from error
    missing = {"key", "title", "publisher", "rights"} - set(raw)
    if missing:
        raise DataError(f"{path}: the card lacks {', '.join(sorted(missing))}")
    return Card(
        key=raw["key"],
        folder=folder,
        title=raw["title"],
        publisher=raw["publisher"],
        rights=raw["rights"],
        license=raw.get("license", ""),
        pages=raw.get("pages", ""),
        table=raw.get("table", raw["key"]),
        rows=raw.get("rows", ""),
        register=raw.get("register", False),
        concept=raw.get("concept", ""),
        kind=raw.get("kind", ""),
        concepts=raw.get("concepts", {}),
        columns=tuple(_column(path, name, options) for name, options in raw.get("columns", {}).items()),
        aliases=raw.get("aliases", ""),
        evidence=raw.get("evidence", ""),
        conflicts=raw.get("conflicts", ""),
        relations=_relations(path, raw["relations"]) if "relations" in raw else None,
    )


def read_cards(folder: Path) -> dict[str, Card]:
    """All cards of `data/sources`, by key, in the order of their keys."""
    return {card.key: card for card in (read_card(path) for path in sorted(folder.iterdir()) if path.is_dir())}


def _column(path: Path, name: str, options: dict[str, Any]) -> Column:
    kind = options.get("as", "")
    if kind not in KINDS_OF_COLUMN:
        raise DataError(f"{path}: column '{name}' is read as '{kind}', which is none of the known ways")
    if kind == "relation" and options.get("relation") not in RELATIONS:
        raise DataError(f"{path}: column '{name}' names the unknown relation '{options.get('relation')}'")
    return Column(name, kind, {key: value for key, value in options.items() if key != "as"})


def _relations(path: Path, raw: dict[str, Any]) -> RelationTable:
    for code in raw["codes"].values():
        if code.rstrip("^") not in RELATIONS:
            raise DataError(f"{path}: '{code}' is no kind of relation")
    return RelationTable(**raw)
