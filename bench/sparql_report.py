"""The tables of the SPARQL benchmark.

In: the figures by size. Out: sections; a ratio above 1 says that this endpoint gives more answers, or needs less time.
"""

from typing import Any, Final

from bench.report import Section, ratio, times

OURS: Final = "wallograph, no cache"
CACHED: Final = "wallograph, cache"
OXIGRAPH: Final = "oxigraph serve"
RDFLIB: Final = "rdflib-endpoint"
ABOUT: Final = (
    "Only the ratios of one run count: the rates are those of one machine at one moment. All servers hold the same "
    "distinct public triples in their default graph; their answers are compared first (last table). The mix is a "
    "thousand queries of twelve kinds by the weights in `bench/queries/`, asked over connections that stay open by a "
    "process of its own on the same machine. `oxigraph serve` runs read-only on its store on disk, `rdflib-endpoint` "
    "with the store it takes by default."
)


def sections(results: dict[int, dict[str, Any]]) -> list[Section]:
    """The tables of all sizes."""
    return [_ratios(results), _starved(results), _rates(results), _alone(results), _answers(results)]


def _ratios(results: dict[int, dict[str, Any]]) -> Section:
    """Requests/s of one server against another."""
    table = Section(
        "Ratios of requests/s in the mix",
        ("triples", "clients", "what", "ratio", "goal", "first failed", "second failed"),
        "P1. Only right answers count. Where a server refused queries they are mostly the long ones, and its rate is "
        "higher than if it had answered them: such a ratio is worth less.",
    )  # fmt: skip
    for triples, found in results.items():
        mix = {name: server["mix"] for name, server in found["servers"].items() if "mix" in server}
        for clients in mix[OURS]:
            one = clients == "1"
            for ours, theirs, goal in (
                (OURS, OXIGRAPH, "≥ 1.5x" if one else "≥ 1.0x"),
                (OURS, RDFLIB, "≥ 30x"),
                (CACHED, OURS, "≥ 10x"),
                (CACHED, OXIGRAPH, "≥ 10x"),
            ):
                if theirs not in mix or (ours == CACHED and theirs in found["reduced"]):
                    continue
                reduced = found["reduced"].get(theirs) if ours == OURS else None
                base = (reduced or mix[ours])[clients]
                note = f"{ours} / {theirs}" + (" (the kinds it answers)" if reduced else "")
                failed = tuple(_failed(facts) for facts in (base, mix[theirs][clients]))
                share = times(ratio(base["rate"], mix[theirs][clients]["rate"]))
                table.add(triples, int(clients), note, share, goal, *failed)
    return table


def _rates(results: dict[int, dict[str, Any]]) -> Section:
    table = Section(
        "The mix", ("triples", "server", "clients", "requests/s", "p50 ms", "p99 ms", "failed", "kinds left out")
    )
    for triples, found in results.items():
        every = set(found["servers"][OURS]["answered"])
        for name, server in found["servers"].items():
            missing = ", ".join(sorted(every - set(server["answered"]))) or "none"
            for clients, facts in server.get("mix", {}).items():
                failed = _failed(facts)
                table.add(triples, name, int(clients), facts["rate"], facts["p50"], facts["p99"], failed, missing)
    return table


def _failed(facts: dict[str, Any]) -> str:
    """What was not answered rightly: kind and status, and what was not answered at all."""
    told = [f"{count} {name}" for name, count in facts["failed"].items()]
    told += [f"{facts['unanswered']} not in time"] if facts["unanswered"] else []
    return ", ".join(told) or "0"


def _alone(results: dict[int, dict[str, Any]]) -> Section:
    names = (OURS, CACHED, OXIGRAPH, RDFLIB)
    table = Section(
        "Each kind alone", ("triples", "kind", *(f"{name}, ms" for name in names), "oxigraph / no cache"),
        "The middle time of one client; – where there was no answer in time.",
    )  # fmt: skip
    for triples, found in results.items():
        alone = {name: found["servers"].get(name, {}).get("alone", {}) for name in names}
        for kind, ours in alone[OURS].items():
            cells = [alone[name].get(kind, float("nan")) for name in names]
            table.add(triples, kind, *cells, times(ratio(alone[OXIGRAPH].get(kind, float("nan")), ours)))
    return table


def _starved(results: dict[int, dict[str, Any]]) -> Section:
    table = Section(
        "Two runaway queries", 
        ("triples", "server", "p99 ms without", "p99 ms with", "ratio", "failed", "deadline s", "longest runaway s"),
        "P2: the point queries of four clients while two others sort a cross product, again and again. The goal is a "
        "ratio ≤ 3x and the end of each runaway within its deadline + 1 s.",
    )  # fmt: skip
    for triples, found in results.items():
        for name, facts in found["starved"].items():
            before, during = facts["before"]["p99"], facts["during"]["p99"]
            longest = facts["longest"]
            lasted = f"{longest:.2f}" if not facts["still there"] else f"not gone after {facts['watched']:.0f}"
            share = times(ratio(during, before))
            table.add(triples, name, before, during, share, facts["failed"], facts["deadline"], lasted)
    return table


def _answers(results: dict[int, dict[str, Any]]) -> Section:
    table = Section("Answers", ("triples", "server", "queries compared", "other answers", "no answer in time"))
    for triples, found in results.items():
        for name, server in found["servers"].items():
            other = "; ".join(f"{kind}: {told}" for kind, told in server["differences"].items()) or "none"
            table.add(triples, name, server["compared"], other, ", ".join(server["silent"]) or "none")
    return table
