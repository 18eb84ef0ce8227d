"""The tables of the SHACL benchmark.

In: the figures by size. Out: sections; a ratio above 1 says that the other engine needs more time than this one.
"""

from typing import Any, Final

from bench.report import Section, ratio, times

ABOUT: Final = (
    "Only the ratios of one run count: the seconds are those of one machine at one moment. All engines judge the same "
    "distinct triples by the same shapes (`bench/shapes.ttl`), each in a process of its own whose peak memory is told. "
    "This engine reads a store on disk, as a release has it (its load is that of making the store), or parsed triples "
    "in memory. A report is `equal` when it is, as a multiset of (focus, path, component, value, severity), what was "
    "planted; a graph without planted defects has no result."
)
NAMES: Final = {
    "store": "wallograph, store", "memory": "wallograph, memory", "pyshacl": "pySHACL", "pyrudof": "pyrudof",
    "jena": "Jena",
}  # fmt: skip
GOALS: Final = {"pyshacl": "≥ 20x", "jena": "≥ 0.67x"}


def sections(results: dict[int, dict[str, Any]]) -> list[Section]:
    """The tables of all sizes."""
    return [_engines(results), _ratios(results), _actor(results), _growth(results)]


def _engines(results: dict[int, dict[str, Any]]) -> Section:
    table = Section(
        "Whole graphs",
        ("triples", "engine", "load s", "validation s", "both s", "peak MB", "results", "report"),
    )
    for triples, found in results.items():
        for name, facts in found["engines"].items():
            if "failed" in facts:
                table.add(triples, NAMES[name], *[float("nan")] * 4, "–", facts["failed"])
                continue
            load, validation = facts["load"], facts["validate"]
            both = load + validation
            cells = (load, validation, both, facts["megabytes"], facts["results"], facts["report"])
            table.add(triples, NAMES[name], *cells)
    return table


def _ratios(results: dict[int, dict[str, Any]]) -> Section:
    """Seconds of the others against ours."""
    table = Section(
        "Ratios", ("triples", "engine", "against", "validation", "goal", "with load", "peak MB"),
        "P3: how many times the other engine takes what this one takes. The goal for Jena, at most 1.5 times its "
        "validation time, is a ratio of at least 0.67.",
    )  # fmt: skip
    for triples, found in results.items():
        engines = {name: facts for name, facts in found["engines"].items() if "failed" not in facts}
        for ours in ("store", "memory"):
            for name, facts in engines.items():
                if name in ("store", "memory") or ours not in engines:
                    continue
                mine = engines[ours]
                table.add(
                    triples, NAMES[name], NAMES[ours], times(ratio(facts["validate"], mine["validate"])),
                    GOALS.get(name, ""), times(ratio(_both(facts), _both(mine))),
                    times(ratio(facts["megabytes"], mine["megabytes"])),
                )  # fmt: skip
    return table


def _actor(results: dict[int, dict[str, Any]]) -> Section:
    table = Section(
        "One actor", ("triples", "actors", "p50 ms", "goal", "p99 ms", "goal"),
        "P4: one actor after the other, judged in the store on disk by all shapes.",
    )  # fmt: skip
    for triples, found in results.items():
        milliseconds = found["actor"].get("milliseconds")
        if milliseconds:
            p50, p99 = (milliseconds[int(len(milliseconds) * share)] for share in (0.5, 0.99))
            table.add(triples, len(milliseconds), p50, "≤ 1", p99, "≤ 5")
    return table


def _growth(results: dict[int, dict[str, Any]]) -> Section:
    table = Section("Growth", ("from", "to", "engine", "validation", "goal"), "P8: for ten times the triples.")
    for small, large in zip(results, list(results)[1:], strict=False):
        for name in ("store", "memory"):
            before, after = (results[triples]["engines"][name].get("validate") for triples in (small, large))
            if before and after:
                table.add(small, large, NAMES[name], times(after / before), "≤ 12x" if large == 10 * small else "")
    return table


def _both(facts: dict[str, Any]) -> float:
    return float(facts["load"] + facts["validate"])
