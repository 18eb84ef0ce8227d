"""Published figures, and what this graph itself holds beside them.

In: the graph. Out: figures by indicator, each with the page that says so; and counts of the graph that
say what they count. A published figure and a count are never put in one column: they count different
things.
"""

from dataclasses import dataclass, replace
from typing import Final

from wallograph.publish.labels import Named, sort_key
from wallograph.publish.page_graph import PageGraph, Term
from wallograph.publish.page_head import Head, head
from wallograph.publish.page_sources import SourceRef
from wallograph.publish.page_values import literal_number

_SPIN: Final = ("startup", "scaleup", "spin-off")
HEADLINE: Final = "digital-startups"
# Units that the pages write in singular and plural; the label of any other one is shown as it is.
UNITS: Final = frozenset({
    "municipality", "startup", "profile", "job", "project", "laboratory", "application", "partnership", "company",
    "sme", "employee", "eur", "researcher", "studio", "exhibitor", "request", "laureate", "organisation", "percent",
    "actor", "person", "game", "fte", "spin-off", "member",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figure:
    """One published figure. `wording` is how the page calls it, `about` the thing that it is a figure of."""

    named: Named
    indicator: Named
    value: float | None
    unit: Named | None
    qualifier: Named | None
    qualifier_code: str
    period: str
    scope: Named | None
    source: SourceRef | None
    wording: str = ""
    about: Named | None = None
    unit_key: str = ""


@dataclass(frozen=True, slots=True)
class IndicatorGroup:
    """All figures of one indicator, latest first."""

    indicator: Named
    figures: tuple[Figure, ...]

    @property
    def years(self) -> str:
        """The first and the last year, as far as the figures have one."""
        years = sorted(year for figure in self.figures for year in figure.period.split("–") if year)
        return "" if not years else years[0] if years[0] == years[-1] else f"{years[0]}–{years[-1]}"


@dataclass(frozen=True, slots=True)
class Held:
    """A count of this graph: the message key says what is counted."""

    key: str
    count: int
    href: str | None = None


@dataclass(frozen=True, slots=True)
class FigurePage:
    """All that the page of a figure shows: the figure and the others of its indicator."""

    head: Head
    figure: Figure
    others: tuple[Figure, ...]


def all_figures(graph: PageGraph, lang: str) -> tuple[Figure, ...]:
    """All published figures in a language."""
    return graph.lasting(("figures", lang), lambda: tuple(_read(graph, lang)))


def _read(graph: PageGraph, lang: str) -> list[Figure]:
    rows: dict[str, dict[str, Term]] = {}
    for row in graph.rows("figures"):
        rows.setdefault(row["figure"].value, row)
    figures = [_figure(graph, row, lang) for row in rows.values()]
    figures.sort(key=lambda f: (sort_key(f.indicator.text), f.named.iri))
    figures.sort(key=lambda f: f.period, reverse=True)
    return figures


def _figure(graph: PageGraph, row: dict[str, Term], lang: str) -> Figure:
    def named(key: str) -> Named | None:
        return graph.named(row[key].value, lang) if row.get(key) else None

    indicator = graph.named(row["indicator"].value, lang)
    start, end = (row[key].value if row.get(key) else "" for key in ("start", "end"))
    period = start if not end or end == start else f"{start}–{end}" if start else end
    scope = named("scope")
    if scope is None and row.get("scope_name"):
        scope = Named("", row["scope_name"].value)
    name = Named(row["figure"].value, indicator.text, indicator.lang, indicator.fallback,
                 graph.href(row["figure"].value))  # fmt: skip
    return Figure(
        named=name,
        indicator=indicator,
        value=literal_number(row["value"]),
        unit=named("unit"),
        qualifier=named("qualifier"),
        qualifier_code=graph.notation(row["qualifier"].value) if row.get("qualifier") else "exact",
        period=period,
        scope=scope,
        source=graph.source(row["source"].value) if row.get("source") else None,
        wording=row["wording"].value if row.get("wording") else "",
        about=named("about"),
        unit_key=_unit_key(graph, row),
    )


def _unit_key(graph: PageGraph, row: dict[str, Term]) -> str:
    """The message of a unit, which can count; empty when there is none."""
    code = graph.notation(row["unit"].value) if row.get("unit") else ""
    return f"unit-{code}" if code in UNITS else ""


def by_indicator(figures: tuple[Figure, ...]) -> list[IndicatorGroup]:
    """Figures under their indicators: the start-ups, then what several figures compare, then the others."""
    groups: dict[str, list[Figure]] = {}
    for figure in figures:
        groups.setdefault(figure.indicator.iri, []).append(figure)
    found = [IndicatorGroup(group[0].indicator, tuple(group)) for group in groups.values()]
    return sorted(found, key=_group_rank)


def _group_rank(group: IndicatorGroup) -> tuple[bool, bool, tuple[str, str]]:
    first = group.indicator.iri.endswith("/" + HEADLINE)
    return not first, len(group.figures) < 2, sort_key(group.indicator.text)


def headline(graph: PageGraph, lang: str) -> tuple[Figure, ...]:
    """The published numbers of digital start-ups of the whole region, one for each page, latest first."""
    region, indicator = f"{graph.base}/id/place/3000", graph.code("indicator", HEADLINE)
    return tuple(
        f for f in all_figures(graph, lang)
        if f.indicator.iri == indicator and f.scope and f.scope.iri == region
    )  # fmt: skip


def held(graph: PageGraph) -> tuple[Held, ...]:
    """What this graph holds itself, each with what is counted."""

    def make() -> tuple[Held, ...]:
        kinds = {graph.notation(r["kind"].value): int(r["n"].value) for r in graph.rows("kind_counts")}
        classes = {graph.notation(r["class"].value): int(r["n"].value) for r in graph.rows("class_counts")}
        links = sum(int(r["n"].value) for r in graph.rows("relation_counts"))
        return (
            Held("held-actors", classes.get("Organization", 0), "/kinds"),
            *(Held(f"held-{kind}", kinds.get(kind, 0), f"/kinds/{kind}") for kind in _SPIN),
            Held("held-research-unit", kinds.get("research-unit", 0), "/kinds/research-unit"),
            Held("held-projects", classes.get("Project", 0), "/projects"),
            Held("held-links", links),
            Held("held-figures", classes.get("Observation", 0), "/figures"),
        )

    return graph.lasting("held", make)


def figure_view(graph: PageGraph, iri: str, lang: str) -> FigurePage | None:
    """Gather the page of a figure; None when the IRI is no figure of the data set (the data set itself)."""
    figures = all_figures(graph, lang)
    one = next((figure for figure in figures if figure.named.iri == iri), None)
    if one is None:
        return None
    top = head(graph, iri, lang, "type-figure", (("nav-figures", "/figures"),))
    name = " – ".join(filter(None, (one.wording or one.indicator.text, one.period)))
    others = tuple(f for f in figures if f.indicator.iri == one.indicator.iri and f is not one)
    return FigurePage(replace(top, name=Named(iri, name)), one, others)
