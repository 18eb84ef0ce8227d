"""How complete and how fresh a graph is, and where its sources disagree: `quality.json` beside the manifest.

In: the sorted lines of an edition and its report; for a patch, the stores before and after. Out: plain values for
JSON: of each kind and each source, how many things have each field; the dates of sources; the warnings. What is not
recorded is only counted: nothing here says that it does not exist.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from pyoxigraph import DefaultGraph, NamedNode, Store

from wallograph import vocab
from wallograph.iris import rebase, rebase_iri
from wallograph.release.graphfile import split_line

QUALITY_NAME: Final = "quality.json"
_CLASSES: Final = {vocab.ORGANIZATION: "actor", vocab.PROJECT: "project", vocab.EVENT: "event"}
_ALL: Final = ("actor", "project", "event")
# What is measured: the field, what it is a field of, and the properties of which any one will do.
FIELDS: Final[dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "kind": (("actor", "project"), (vocab.CLASSIFICATION, vocab.PROJECT_KIND)),
    "place": (("actor", "event"), (vocab.PLACE, vocab.PLACE_NAME, vocab.MUNICIPALITY, vocab.PROVINCE)),
    "founded": (("actor",), (vocab.FOUNDING_DATE,)),
    "start": (("project", "event"), (vocab.START_DATE,)),
    "end": (("project",), (vocab.END_DATE,)),
    "theme": (("actor", "project"), (vocab.SUBJECT,)),
    "description": (_ALL, (vocab.DESCRIPTION,)),
    "homepage": (_ALL, (vocab.HOMEPAGE,)),
    "identifier": (
        ("actor",),
        (vocab.ENTERPRISE_NUMBER, vocab.ESTABLISHMENT_NUMBER, vocab.VAT_ID, vocab.ROR_ID, vocab.ISNI, vocab.SAME_AS),
    ),
    "employees": (("actor",), (vocab.EMPLOYEES, vocab.RESEARCHERS)),
    "budget": (("project",), (vocab.BUDGET,)),
}
Statement = tuple[str, str, str]  # predicate and graph as IRIs ("" is the default graph), object in N-Triples form


@dataclass(frozen=True, slots=True)
class Judged:
    """What a check found: the things that it judged, and the warnings about them (as the report has them)."""

    focus: frozenset[str]
    warnings: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class _Terms:
    """The measured properties and classes on the base of a release."""

    base: str
    private: frozenset[str]
    fields: dict[str, tuple[str, ...]]
    classes: dict[str, str]
    kinds: frozenset[str]
    sources: str
    provenance: str
    role: str


def _terms(base: str, private: frozenset[str]) -> _Terms:
    fields: dict[str, list[str]] = defaultdict(list)
    for key, (_, predicates) in FIELDS.items():
        for predicate in predicates:
            fields[rebase_iri(predicate, base)].append(key)
    kinds = frozenset(rebase_iri(iri, base) for iri in (vocab.CLASSIFICATION, vocab.PROJECT_KIND))
    return _Terms(
        base, private, {iri: tuple(keys) for iri, keys in fields.items()}, _CLASSES, kinds,
        f"{base}/id/source/", f"{base}/id/source/provenance", rebase_iri(vocab.SOURCE_ROLE, base),
    )  # fmt: skip


class _Tally:
    """The counts, in the form that they are kept in. What comes to nothing is taken out."""

    def __init__(self, counts: dict[str, Any], terms: _Terms) -> None:
        self.counts, self.terms = counts, terms
        self.sources: set[str] = set()  # that were counted in

    def add(self, subject: str, said: Iterable[Statement], step: int) -> None:
        """Count a thing or a source by all that is said of it (or take it off, with step -1)."""
        if subject.startswith(self.terms.sources):
            self._add_source(subject.removeprefix(self.terms.sources), said, step)
            return
        concepts, kinds, by_graph = _profile(said, self.terms)
        recorded = frozenset[str]().union(*by_graph.values())
        for concept in concepts:
            _count(self.counts["all"], concept, recorded, step)
            for kind in kinds:
                _count_in(self.counts["kinds"], kind, concept, recorded, step)
            for graph, keys in by_graph.items():
                if graph:
                    key = graph.removeprefix(self.terms.sources)
                    self.sources.add(key)
                    _count_in(self.counts["sources"], key, concept, keys, step)

    def _add_source(self, key: str, said: Iterable[Statement], step: int) -> None:
        dated = _dated(said, self.terms)
        if dated:
            role, date = dated
            dates = self.counts["issued"].setdefault(role, {})
            _adjust(dates, date, step)
            if not dates:
                del self.counts["issued"][role]
            if step > 0:
                self.counts["pages"][key] = dated
            else:
                del self.counts["pages"][key]


def _count_in(groups: dict[str, Any], name: str, concept: str, keys: frozenset[str], step: int) -> None:
    group = groups.setdefault(name, {})
    _count(group, concept, keys, step)
    if not group:
        del groups[name]


def _count(group: dict[str, Any], concept: str, keys: frozenset[str], step: int) -> None:
    counted = group.setdefault(concept, {"things": 0, "recorded": {}})
    counted["things"] += step
    for key in keys:
        if concept in FIELDS[key][0]:
            _adjust(counted["recorded"], key, step)
    if not counted["things"]:
        del group[concept]


def _adjust(counts: dict[str, int], key: str, step: int) -> None:
    counts[key] = counts.get(key, 0) + step
    if not counts[key]:
        del counts[key]


def measure(
    lines: Iterable[bytes], base: str, private: frozenset[str], report: dict[str, Any] | None
) -> dict[str, Any]:
    """Measure an edition in one pass over its sorted lines; memory does not grow with the graph."""
    tally = _Tally({"all": {}, "kinds": {}, "sources": {}, "issued": {}, "pages": {}}, _terms(base, private))
    for subject, said in _by_subject(lines, base):
        tally.add(subject, said, 1)
    warnings = [_rebased(warning, base) for warning in (report or {}).get("warnings", ())]
    return _whole(tally.counts, base, warnings)


def advance(
    known: dict[str, Any],
    before: Store,
    after: Store,
    subjects: Iterable[str],
    base: str,
    private: frozenset[str],
    judged: Judged | None,
    sources: set[str] | None = None,
) -> dict[str, Any]:
    """The measurement after a patch: `known`, changed in place. Only the touched subjects are read, in both stores.

    `sources` takes the names of those whose counts may have changed.
    """
    tally = _Tally(known, _terms(base, private))
    for subject in subjects:
        if subject.startswith(f"{base}/id/"):
            tally.add(subject, _stored(before, subject), -1)
            tally.add(subject, _stored(after, subject), 1)
    if sources is not None:
        sources |= tally.sources
    warnings = known["warnings"]
    if judged is not None:
        again = judged.focus | {str(warning["focus"]) for warning in judged.warnings}
        warnings = [w for w in warnings if w["focus"] not in again] + judged.warnings
    return _whole(known, base, warnings)


def write_quality(path: Path, measured: dict[str, Any]) -> None:
    """Write it in one line: it may be long, is made anew by each patch, and indenting takes four times as long."""
    path.write_text(json.dumps(measured, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")


def _whole(counts: dict[str, Any], base: str, warnings: list[dict[str, Any]]) -> dict[str, Any]:
    fields = [
        {"key": key, "of": list(of), "properties": [rebase_iri(iri, base) for iri in predicates]}
        for key, (of, predicates) in FIELDS.items()
    ]
    order = ("shape", "focus", "path", "value", "graph")
    warnings = sorted(warnings, key=lambda w: tuple(str(w.get(key) or "") for key in order))
    return {**counts, "fields": fields, "warnings": warnings}


def _rebased(warning: dict[str, Any], base: str) -> dict[str, Any]:
    """A warning of the report, whose IRIs stand on the default base, on the base of the release."""
    moved = {key: rebase_iri(v, base) if isinstance(v, str) else v for key, v in warning.items() if key != "value"}
    value = warning.get("value")
    return {**moved, "value": rebase(value, base) if isinstance(value, str) else value}


# -- what is said of a subject


def _by_subject(lines: Iterable[bytes], base: str) -> Iterator[tuple[str, list[Statement]]]:
    wanted = tuple(f"<{base}/id/{concept}/".encode() for concept in (*_ALL, "source"))
    ours = (line for line in lines if line.startswith(wanted))
    for subject, group in groupby(ours, key=lambda line: line[: line.index(b" ")]):
        yield subject[1:-1].decode(), [_statement(line) for line in group]


def _statement(line: bytes) -> Statement:
    triple, graph = split_line(line)
    _, predicate, value = triple.decode().split(" ", 2)
    return predicate[1:-1], value, graph[1:-1].decode()


def _stored(store: Store, subject: str) -> list[Statement]:
    """All but the copies of the default graph: a copy has the same triple in a named graph."""
    found = list(store.quads_for_pattern(NamedNode(subject), None, None, None))
    named = {q.triple for q in found if not isinstance(q.graph_name, DefaultGraph)}
    kept = (q for q in found if not isinstance(q.graph_name, DefaultGraph) or q.triple not in named)
    return [
        (q.predicate.value, str(q.object), "" if isinstance(q.graph_name, DefaultGraph) else q.graph_name.value)
        for q in kept
    ]


def _profile(said: Iterable[Statement], terms: _Terms) -> tuple[set[str], set[str], dict[str, frozenset[str]]]:
    """What it is (few things are two at once; most subjects none), its kinds, and the fields by graph."""
    concepts, kinds = set(), set()
    by_graph: dict[str, set[str]] = {}
    for predicate, value, graph in said:
        if graph in terms.private:
            continue
        keys = by_graph.setdefault(graph, set())
        if predicate == vocab.TYPE and value[1:-1] in terms.classes:
            concepts.add(terms.classes[value[1:-1]])
        elif predicate in terms.fields:
            keys.update(terms.fields[predicate])
            if predicate in terms.kinds:
                kinds.add(value[1:-1].removeprefix(f"{terms.base}/auth/"))
    return concepts, kinds, {graph: frozenset(keys) for graph, keys in by_graph.items()}


def _dated(said: Iterable[Statement], terms: _Terms) -> list[str] | None:
    """The role and the date ("" when it has none) of a source."""
    role, date = "", ""
    for predicate, value, graph in said:
        if graph == terms.provenance and predicate == terms.role:
            role = value[1:-1].rsplit("/", 1)[-1]
        elif graph == terms.provenance and predicate == vocab.ISSUED:
            date = min(filter(None, (date, value.split('"')[1])))
    return [role, date] if role else None
