"""What the query editor offers while one types: classes, properties, code-list entries and places of one release.

In: the store of a release and a language. Out: a dictionary for JSON. Only what the graph has is in it, with its
counts; for each property the classes whose things have it, and what its values are.
"""

from collections import defaultdict
from importlib.resources import files
from typing import Any, Final, Protocol

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from wallograph.iris import rebase
from wallograph.publish.labels import choose, sort_key
from wallograph.vocab import DEFAULT_BASE, LOCATION, PREFIXES, SCHEMES, SH

Term = NamedNode | BlankNode | Literal | Triple
Row = dict[str, Term]
CONCEPTS: Final = ("actor", "project", "event", "place", "source")  # {base}/id/{concept}/


class Reader(Protocol):
    """What is needed of a store."""

    def rows(self, query: str, /, **bindings: Term) -> list[Row]: ...


class Names:
    """Names by IRI, out of rows with a term and a label."""

    def __init__(self, rows: list[Row], key: str, lang: str) -> None:
        self._lang = lang
        self._found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for row in rows:
            self._found[row[key].value].append((row["label"].value, row["label"].language or ""))

    def __getitem__(self, iri: str) -> str:
        label = choose(self._found.get(iri, ()), self._lang)
        return label.text if label else ""

    def __iter__(self) -> Any:
        return iter(self._found)


def completion(store: Reader, base: str, lang: str) -> dict[str, Any]:
    """Everything the editor may offer in a language; the same release and language give the same answer."""
    labels = Names(_rows(store, base, "labels"), "term", lang)
    return {
        "base": base,
        "prefixes": prefixes(base),
        "classes": _classes(store, base, labels),
        "properties": _properties(store, base, labels),
        "lists": _lists(store, base, labels, lang),
        "places": _places(store, base, lang),
    }


def prefixes(base: str) -> dict[str, str]:
    """The prefixes that the editor knows: those of the vocabularies, of the things, and one for each code list.

    >>> prefixes("http://localhost:8000")["theme"]
    'http://localhost:8000/auth/theme/'
    """
    known = {name: rebase(iri, base) if iri.startswith(DEFAULT_BASE) else iri for name, iri in PREFIXES.items()}
    things = {concept: f"{base}/id/{concept}/" for concept in CONCEPTS}
    return known | {"sh": SH} | things | {scheme: f"{base}/auth/{scheme}/" for scheme in SCHEMES}


def _rows(store: Reader, base: str, name: str) -> list[Row]:
    text = (files("wallograph.publish") / "queries" / f"completion_{name}.rq").read_text("utf-8")
    return store.rows(rebase(text, base))


def _count(row: Row) -> int:
    return int(row["n"].value)


def _classes(store: Reader, base: str, labels: Names) -> list[dict[str, Any]]:
    found = [
        {"iri": row["class"].value, "label": labels[row["class"].value], "n": _count(row)}
        for row in _rows(store, base, "classes")
    ]
    return sorted(found, key=lambda c: (-c["n"], c["iri"]))


def _properties(store: Reader, base: str, labels: Names) -> list[dict[str, Any]]:
    """Each property with its statements, its things by class, and the classes or code lists of its values."""
    by_class: dict[str, dict[str, int]] = defaultdict(dict)
    for row in _rows(store, base, "properties"):
        by_class[row["property"].value][row["class"].value] = _count(row)
    ranges: dict[str, set[str]] = defaultdict(set)
    for row in _rows(store, base, "ranges"):
        ranges[row["property"].value].add(row["range"].value)
    found = [
        {
            "iri": (iri := row["property"].value),
            "label": labels[iri],
            "n": _count(row),
            "classes": dict(sorted(by_class[iri].items())),
            "values": sorted(ranges[iri]),
        }
        for row in _rows(store, base, "totals")
    ]
    return sorted(found, key=lambda p: (-p["n"], p["iri"]))


def _lists(store: Reader, base: str, labels: Names, lang: str) -> dict[str, dict[str, Any]]:
    """The code lists: their names and entries, most used first."""
    rows = _rows(store, base, "entries")
    names = Names(rows, "entry", lang)
    entries: dict[str, dict[str, int]] = defaultdict(dict)
    for row in rows:
        entries[row["scheme"].value][row["entry"].value] = _count(row)
    return {
        scheme: {
            "label": labels[scheme],
            "entries": [
                {"iri": iri, "label": names[iri], "n": n}
                for iri, n in sorted(uses.items(), key=lambda item: (-item[1], sort_key(names[item[0]])))
            ],
        }
        for scheme, uses in sorted(entries.items())
    }


def _places(store: Reader, base: str, lang: str) -> dict[str, Any]:
    """The places by name, under the class that they are values of."""
    rows = _rows(store, base, "places")
    names = Names(rows, "place", lang)
    kinds = {row["place"].value: row["kind"].value for row in rows if "kind" in row}
    found = sorted(names, key=lambda iri: (sort_key(names[iri]), iri))
    return {
        "class": LOCATION,
        "entries": [{"iri": iri, "label": names[iri], "kind": kinds.get(iri, "")} for iri in found],
    }
