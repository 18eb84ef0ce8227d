"""The search index of one release: names, aliases and acronyms of what people look for (SQLite FTS5).

In: entries when it is written; any text a person types when it is asked. Out: hits in order, facets with
counts, and the text that was searched instead when a word was misspelled.
"""

import json
import re
import sqlite3
import threading
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote

from rapidfuzz import process
from rapidfuzz.distance import OSA

from wallograph.errors import StateError

_SCHEMA: Final = """
CREATE TABLE thing (id INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE, concept TEXT NOT NULL,
  label TEXT NOT NULL, kinds TEXT NOT NULL, places TEXT NOT NULL, names TEXT NOT NULL);
CREATE TABLE name (thing INTEGER NOT NULL, folded TEXT NOT NULL,
  PRIMARY KEY (folded, thing)) WITHOUT ROWID;
CREATE INDEX name_thing ON name (thing);
CREATE TABLE facet (facet TEXT NOT NULL, code TEXT NOT NULL, thing INTEGER NOT NULL,
  PRIMARY KEY (facet, code, thing)) WITHOUT ROWID;
CREATE INDEX facet_thing ON facet (thing);
CREATE VIRTUAL TABLE text USING fts5 (words, tokenize = "unicode61 remove_diacritics 2", prefix = '2 3 4');
CREATE VIRTUAL TABLE word USING fts5vocab (text, 'row');
"""
FACETS: Final = ("concept", "kind", "theme", "place")
_LIGATURES: Final = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l"})
_WORD: Final = re.compile(r"[^\W_]+")
_QUERY_LIMIT: Final = 200
_ALIKE_WORDS: Final = 8  # of a name that are looked at
_RAREST: Final = 3  # of them that are searched: the others say little


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing of the index. `themes` and `places` hold the broader ones too, so that facets roll up."""

    iri: str
    concept: str
    label: str
    names: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """One result. `matched_name` is the name that fits the query best; the label when there is no query."""

    iri: str
    concept: str
    label: str
    kinds: tuple[str, ...]
    places: tuple[str, ...]
    matched_name: str


@dataclass(frozen=True, slots=True)
class Hits:
    """A page of results, their number in all, their facets, and the corrected text if there was a typo."""

    total: int
    hits: list[Hit]
    facets: dict[str, list[tuple[str, int]]]
    corrected: str | None = None


def fold(text: str) -> str:
    """A text as it is compared: no accents, no case, words apart by one space.

    >>> fold("Université de Liège – (U-Liège)")
    'universite de liege u liege'
    """
    plain = text.casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain.translate(_LIGATURES))
        plain = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(_WORD.findall(plain))


def write_index(path: Path, entries: Iterable[Entry]) -> int:
    """Write a new index and return the number of entries."""
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as db:
        # the file is made in a folder that is thrown away after a crash: no journal is needed
        db.execute("PRAGMA journal_mode = OFF")
        db.execute("PRAGMA synchronous = OFF")
        db.executescript(_SCHEMA)
        count = _insert(db, entries)
        db.execute("INSERT INTO text (text) VALUES ('optimize')")
        db.commit()
    return count


def change_index(path: Path, gone: Iterable[str], entries: Iterable[Entry]) -> int:
    """Take the things with these IRIs out of an index, put entries in, return the new number of entries."""
    with closing(sqlite3.connect(path)) as db, db:
        ids = [row for iri in gone for row in db.execute("SELECT id FROM thing WHERE iri = ?", (iri,))]
        for table, column in (("text", "rowid"), ("name", "thing"), ("facet", "thing"), ("thing", "id")):
            db.executemany(f"DELETE FROM {table} WHERE {column} = ?", ids)
        _insert(db, entries)
        return int(db.execute("SELECT count(*) FROM thing").fetchone()[0])


def _insert(db: sqlite3.Connection, entries: Iterable[Entry]) -> int:
    start = db.execute("SELECT coalesce(max(id), 0) FROM thing").fetchone()[0]
    number = start
    for number, entry in enumerate(entries, start + 1):
        names = list(dict.fromkeys((entry.label, *entry.acronyms, *entry.names)))
        folded = {fold(name) for name in names} | {fold(name).replace(" ", "") for name in entry.acronyms}
        folded.discard("")
        db.execute(
            "INSERT INTO thing VALUES (?, ?, ?, ?, ?, ?, ?)",
            (number, entry.iri, entry.concept, entry.label, json.dumps(entry.kinds),
             json.dumps(entry.places), json.dumps(names)),
        )  # fmt: skip
        db.execute("INSERT INTO text (rowid, words) VALUES (?, ?)", (number, " | ".join(sorted(folded))))
        db.executemany("INSERT INTO name VALUES (?, ?)", [(number, name) for name in sorted(folded)])
        values = ((entry.concept,), entry.kinds, entry.themes, entry.places)
        coded = zip(FACETS, values, strict=True)
        rows = [(facet, code, number) for facet, codes in coded for code in set(codes) if code]
        db.executemany("INSERT INTO facet VALUES (?, ?, ?)", sorted(rows))
    return int(number - start)


class SearchIndex:
    """The search index of a release, opened read-only for each call: any number of threads may ask."""

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise StateError(f"there is no search index at '{path}'")
        self._uri = f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1"
        self._lock = threading.Lock()
        self._words: dict[str, int] | None = None

    def search(
        self,
        q: str,
        concept: str | None = None,
        kind: str | None = None,
        theme: str | None = None,
        place: str | None = None,
        limit: int = 20,
        offset: int = 0,
    ) -> Hits:
        """Search for the words of `q` (the last one may be unfinished); without words: browse, by label.

        Exact names and acronyms come first, then names that begin with the text, then the rest by relevance.
        """
        words = fold(q.replace("\0", " ")[:_QUERY_LIMIT]).split()
        filters = [(f, c) for f, c in zip(FACETS, (concept, kind, theme, place), strict=True) if c]
        with closing(sqlite3.connect(self._uri, uri=True)) as db:
            found = [self._spelled(db, word, last=i == len(words) - 1) for i, word in enumerate(words)]
            corrected = " ".join(found) if found != words else None
            if q.strip() and not words:  # only signs: nothing can match
                return Hits(0, [], {facet: [] for facet in FACETS})
            source, values = _matching(found, filters)
            total = db.execute(f"WITH hit AS ({source}) SELECT count(*) FROM hit", values).fetchone()[0]
            hits = _page(db, source, values, found, max(0, limit), max(0, offset))
            return Hits(total, hits, _facets(db, source, values), corrected)

    def alike(self, name: str, limit: int = 20) -> list[tuple[str, str, tuple[str, ...]]]:
        """Things with a name somehow like this one, as (IRI, concept, names), the best first.

        Asked once for each row of a file: one query for the rarest words of the name, in any order, and no facets.
        """
        words = list(dict.fromkeys(fold(name.replace("\0", " ")[:_QUERY_LIMIT]).split()))[:_ALIKE_WORDS]
        with closing(sqlite3.connect(self._uri, uri=True)) as db:
            held = {word: _things_with(db, word) for word in words}
            unknown = max((word for word, things in held.items() if not things), key=len, default="")
            if unknown:
                near = self._spelled(db, unknown, last=False)
                held[near] = _things_with(db, near)
            rarest = sorted((word for word, things in held.items() if things), key=lambda word: held[word])
            if not rarest:
                return []
            asked = " OR ".join(f'"{word}"' for word in rarest[:_RAREST])
            rows = db.execute(_ALIKE, (fold(name), asked, limit))
            return [(iri, concept, tuple(json.loads(names))) for iri, concept, names in rows]

    def _spelled(self, db: sqlite3.Connection, word: str, *, last: bool) -> str:
        """The word itself if the index has it (or words that begin so, for the last), else the nearest."""
        if _things_with(db, word):
            return word
        if last:
            begins = "SELECT 1 FROM text WHERE text MATCH ? LIMIT 1"
            if db.execute(begins, (f'"{word}"*',)).fetchone():
                return word
        distance = 2 if len(word) >= 8 else 1 if len(word) >= 4 else 0
        words = self._vocabulary(db) if distance else {}
        near = process.extract(word, words.keys(), scorer=OSA.distance, score_cutoff=distance, limit=None)
        best = min(((d, -words[w], w) for w, d, _ in near), default=None)
        return best[2] if best else word

    def _vocabulary(self, db: sqlite3.Connection) -> dict[str, int]:
        with self._lock:
            if self._words is None:
                self._words = dict(db.execute("SELECT term, doc FROM word"))
            return self._words


def _things_with(db: sqlite3.Connection, word: str) -> int:
    """How many things have a word, without reading all words."""
    found = db.execute("SELECT doc FROM word WHERE term = ?", (word,)).fetchone()
    return int(found[0]) if found else 0


def _matching(words: list[str], filters: list[tuple[str, str]]) -> tuple[str, list[str]]:
    """SQL for id and relevance of all that match. Words are letters and digits only, so quoting is safe."""
    where: list[str] = []
    values: list[str] = []
    if words:
        source = "SELECT rowid AS id, rank AS score FROM text"
        where.append("text MATCH ?")
        values.append(" ".join(f'"{word}"' for word in words) + "*")
    else:
        source = "SELECT id, 0 AS score FROM thing"
    identity = "rowid" if words else "id"
    for facet, value in filters:
        where.append(f"{identity} IN (SELECT thing FROM facet WHERE facet = ? AND code = ?)")
        values += [facet, value]
    return source + (" WHERE " + " AND ".join(where) if where else ""), values


_ALIKE: Final = """
WITH exact AS (SELECT thing FROM name WHERE folded = ?),
  hit AS (SELECT rowid AS id, rank AS score FROM text WHERE text MATCH ? ORDER BY rank LIMIT ?)
SELECT iri, concept, names FROM (
  SELECT thing AS id, -1e9 AS score FROM exact UNION ALL SELECT id, score FROM hit WHERE id NOT IN exact
) JOIN thing USING (id) ORDER BY score, iri
"""

_PAGE: Final = """
WITH hit AS ({source})
SELECT thing.iri, thing.concept, thing.label, thing.kinds, thing.places, thing.names
FROM hit JOIN thing USING (id)
ORDER BY CASE WHEN id IN (SELECT thing FROM name WHERE folded = ?) THEN 0
  WHEN id IN (SELECT thing FROM name WHERE folded > ? AND folded < ?) THEN 1 ELSE 2 END,
  score, thing.label COLLATE NOCASE, thing.iri
LIMIT ? OFFSET ?
"""


def _page(
    db: sqlite3.Connection, source: str, values: Sequence[str], words: list[str], limit: int, offset: int
) -> list[Hit]:
    text = " ".join(words)
    arguments = [*values, text, text, text + "\U0010ffff", limit, offset]
    rows = db.execute(_PAGE.format(source=source), arguments)
    rank = _ranking(words)
    return [
        Hit(iri, concept, label, tuple(json.loads(kinds)), tuple(json.loads(places)),
            min(json.loads(names), key=rank) if words else label)
        for iri, concept, label, kinds, places, names in rows
    ]  # fmt: skip


def _ranking(words: list[str]) -> Callable[[str], tuple[int, int]]:
    """How well a name fits: exact, begins so, else by the number of words it lacks."""
    text = " ".join(words)

    def rank(name: str) -> tuple[int, int]:
        folded = fold(name)
        if text in (folded, folded.replace(" ", "")):
            return (0, 0)
        have = folded.split()
        lacking = sum(not any(w.startswith(word) for w in have) for word in words)
        return (1 if folded.startswith(text) else 2, lacking)

    return rank


def _facets(db: sqlite3.Connection, source: str, values: Sequence[str]) -> dict[str, list[tuple[str, int]]]:
    facets: dict[str, list[tuple[str, int]]] = {facet: [] for facet in FACETS}
    query = (
        f"WITH hit AS ({source}) SELECT facet, code, count(*) AS n "
        "FROM facet JOIN hit ON hit.id = facet.thing GROUP BY facet, code ORDER BY n DESC, code"
    )
    for facet, code, count in db.execute(query, list(values)):
        facets[facet].append((code, count))
    return facets
