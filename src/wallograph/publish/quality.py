"""The quality of a release as people read it: how complete, how fresh, what is doubtful, what was held back.

In: the values of `quality.json`, the account of the build, the graph, a language. Out: tables by kind and by source.
A field without a value is "not recorded": no source that was read says it, which is not that it does not exist.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any, Final

from pyoxigraph import Literal, NamedNode

from wallograph.publish.labels import Named, choose
from wallograph.publish.page_graph import PageGraph
from wallograph.publish.page_sources import SourceRef
from wallograph.vocab import SH

CONCEPTS: Final = ("actor", "project", "event")
PAGE_ROLES: Final = ("stated", "register")  # what people published; the other graphs are wallograph's own
AGES: Final = (("under-1", 1), ("under-3", 3), ("under-5", 5), ("under-10", 10), ("over-10", 10_000))
_YEAR: Final = 365.25


@dataclass(frozen=True, slots=True)
class Quality:
    """What was measured of a release, and the findings of the build that its edition came from.

    `codes` are all that reading can find, also those that it did not.
    """

    measured: dict[str, Any]
    findings: tuple[dict[str, Any], ...]
    codes: frozenset[str]
    edition_date: str

    def fields_of(self, concept: str) -> tuple[str, ...]:
        """The fields that are measured of a concept, in order."""
        return tuple(field["key"] for field in self.measured["fields"] if concept in field["of"])

    def properties(self, key: str) -> tuple[str, ...]:
        """The properties of which any one will do; empty when the field is not measured."""
        return next((tuple(f["properties"]) for f in self.measured["fields"] if f["key"] == key), ())

    def concepts(self, key: str) -> tuple[str, ...]:
        """What a field is a field of."""
        return next((tuple(f["of"]) for f in self.measured["fields"] if f["key"] == key), ())

    @property
    def held(self) -> tuple[dict[str, Any], ...]:
        """The findings that kept a statement out of the graph."""
        return tuple(finding for finding in self.findings if finding["severity"] == "violation")


@dataclass(frozen=True, slots=True)
class Measure:
    """`n` of `of` things have the field."""

    key: str
    n: int
    of: int

    @property
    def missing(self) -> int:
        return self.of - self.n

    @property
    def percent(self) -> int:
        """Never 100 when one is missing, never 0 when one is there.

        >>> Measure("theme", 999, 1000).percent, Measure("theme", 1, 1000).percent
        (99, 1)
        """
        if not 0 < self.n < self.of:
            return 100 if self.n else 0
        return min(99, max(1, round(100 * self.n / self.of)))


@dataclass(frozen=True, slots=True)
class KindLine:
    """The completeness of one kind; `code` selects it in a worklist."""

    kind: Named | None
    code: str
    things: int
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class Completeness:
    """The completeness of a concept: all of it, then by kind, the most frequent first."""

    concept: str
    fields: tuple[str, ...]
    total: KindLine
    kinds: tuple[KindLine, ...]


@dataclass(frozen=True, slots=True)
class Freshness:
    """Ages of the pages at the day of the edition. `bins` are (key, number)."""

    bins: tuple[tuple[str, int], ...]
    dated: int
    undated: int
    median_days: int | None
    oldest: str
    newest: str

    @property
    def total(self) -> int:
        return self.dated + self.undated

    @property
    def median_years(self) -> float | None:
        return None if self.median_days is None else round(self.median_days / _YEAR, 1)


@dataclass(frozen=True, slots=True)
class SourceCount:
    """What one source says: things, fields that it gives for them."""

    key: str
    things: int
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source with its counts and its age in years."""

    source: SourceRef
    key: str
    things: int
    measures: tuple[Measure, ...]
    years: float | None


@dataclass(frozen=True, slots=True)
class RuleCount:
    """A rule and how many findings it gave; `code` is the name of its worklist."""

    code: str
    name: Named
    severity: str
    count: int
    href: str | None


def completeness(graph: PageGraph, quality: Quality, lang: str) -> tuple[Completeness, ...]:
    """By concept and kind."""
    found = []
    for concept in CONCEPTS:
        counted = quality.measured["all"].get(concept)
        if counted is None:
            continue
        keys = quality.fields_of(concept)
        lines = [
            KindLine(_kind(graph, kind, lang), kind.rsplit("/", 1)[-1], by["things"], _measures(by, keys))
            for kind, concepts in quality.measured["kinds"].items()
            if (by := concepts.get(concept)) and kind.partition("/")[0] == f"{concept}-kind"
        ]
        lines.sort(key=lambda line: (-line.things, line.code))
        total = KindLine(None, concept, counted["things"], _measures(counted, keys))
        found.append(Completeness(concept, keys, total, tuple(lines)))
    return tuple(found)


def _kind(graph: PageGraph, kind: str, lang: str) -> Named:
    scheme, _, code = kind.partition("/")
    return graph.named(graph.code(scheme, code), lang)


def _measures(counted: dict[str, Any], keys: tuple[str, ...]) -> tuple[Measure, ...]:
    return tuple(Measure(key, counted["recorded"].get(key, 0), counted["things"]) for key in keys)


def freshness(quality: Quality) -> Freshness:
    """How old the pages and registers are."""
    dates = Counter[str]()
    for role in PAGE_ROLES:
        dates.update(quality.measured["issued"].get(role, {}))
    ages = sorted(
        (days, text) for text, n in dates.items() if (days := age_in_days(text, quality.edition_date)) is not None
        for _ in range(n)
    )  # fmt: skip
    bins, done = [], 0
    for key, years in AGES:
        below = sum(1 for days, _ in ages if days < years * _YEAR)
        bins.append((key, below - done))
        done = below
    return Freshness(
        bins=tuple(bins),
        dated=len(ages),
        undated=sum(dates.values()) - len(ages),
        median_days=round(median(days for days, _ in ages)) if ages else None,
        oldest=ages[-1][1] if ages else "",
        newest=ages[0][1] if ages else "",
    )


def age_in_days(text: str, today: str) -> int | None:
    """Days from a date to another; a bare year is its 1 July, a month its 15th; what comes later has no age yet.

    >>> age_in_days("2025", "2026-07-01"), age_in_days("2026-06", "2026-07-01"), age_in_days("", "2026-07-01")
    (365, 16, None)
    """
    padded = text + {4: "-07-01", 7: "-15"}.get(len(text), "")
    try:
        return max(0, (date.fromisoformat(today) - date.fromisoformat(padded)).days)
    except ValueError:
        return None


def source_counts(graph: PageGraph, quality: Quality) -> tuple[SourceCount, ...]:
    """The pages and registers, those that speak of most things first. None of them is looked up."""

    def make() -> tuple[SourceCount, ...]:
        pages = quality.measured["pages"]
        found = [
            SourceCount(key, *of_source(quality, by))
            for key, by in quality.measured["sources"].items()
            if pages.get(key, [""])[0] in PAGE_ROLES
        ]
        return tuple(sorted(found, key=lambda count: (-count.things, count.key)))

    return graph.once("quality-sources", make)


def source_line(graph: PageGraph, quality: Quality, count: SourceCount) -> SourceLine:
    """A source as a page shows it."""
    source = graph.source(f"{graph.base}/id/source/{count.key}")
    days = age_in_days(source.date, quality.edition_date)
    years = None if days is None else round(days / _YEAR, 1)
    return SourceLine(source, count.key, count.things, count.measures, years)


def of_source(quality: Quality, by: dict[str, Any]) -> tuple[int, tuple[Measure, ...]]:
    """The things that a source speaks of, and each field that it gives, over all concepts."""
    measures = []
    for field in quality.measured["fields"]:
        counted = [by[concept] for concept in field["of"] if concept in by]
        n = sum(found["recorded"].get(field["key"], 0) for found in counted)
        if n:
            measures.append(Measure(field["key"], n, sum(found["things"] for found in counted)))
    return sum(found["things"] for found in by.values()), tuple(measures)


def rule_counts(graph: PageGraph, quality: Quality, lang: str) -> tuple[RuleCount, ...]:
    """The rules that found something in the graph, and the findings of the reading by their code."""
    shapes = Counter(warning["shape"] for warning in quality.measured["warnings"])
    severity = {warning["shape"]: warning["severity"] for warning in quality.measured["warnings"]}
    found = [
        RuleCount(graph.notation(shape), rule_named(graph, shape, lang), severity[shape], n,
                  f"/rules#{graph.notation(shape)}")
        for shape, n in shapes.items()
    ]  # fmt: skip
    codes = Counter((finding["code"], finding["severity"]) for finding in quality.findings)
    found += [RuleCount(code, Named("", code), severity, n, None) for (code, severity), n in codes.items()]
    order = {"violation": 0, "warning": 1, "info": 2}
    return tuple(sorted(found, key=lambda rule: (order.get(rule.severity, 3), -rule.count, rule.code)))


def rule_named(graph: PageGraph, shape: str, lang: str) -> Named:
    """A rule by its `sh:name`; the shapes are a graph of the release."""
    quads = graph.store.quads(
        NamedNode(shape), NamedNode(SH + "name"), None, NamedNode(f"{graph.base}/id/source/shapes")
    )
    label = choose(((q.object.value, q.object.language or "") for q in quads if isinstance(q.object, Literal)), lang)
    return Named(shape, label.text, label.lang, label.fallback) if label else Named(shape, graph.notation(shape))
