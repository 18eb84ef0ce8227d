"""What two runaway queries cost the others (P2).

In: a server that runs with a deadline, a plan. Out: the times of point queries with and without two runaway queries,
and how long each runaway lasted.
"""

from dataclasses import dataclass
from typing import Any, Final

from bench.generate import Made
from bench.load import Job, result, run, sparql, start
from bench.mix import POINT, RUNAWAY, kinds
from bench.servers import Server

RUNAWAYS: Final = 2
_THINGS: Final = 400  # more than the forty of the mix, so that no cache is what is measured


@dataclass(frozen=True, slots=True)
class Plan:
    """How long, how many clients ask point queries, the deadline that the server was given."""

    seconds: float = 9.0
    clients: int = 4
    deadline: int = 3
    watch: float = 6.0  # how long after the last question a runaway is watched


def starved(server: Server, made: Made, plan: Plan) -> dict[str, Any]:
    """Point queries alone, then with two clients that send runaway queries one after the other."""
    found = kinds()
    asks = [sparql(POINT, server.path, found[POINT].query(turn, made)) for turn in range(_THINGS)]
    job = Job(server.port, asks, plan.clients, plan.seconds)
    run(Job(server.port, asks, plan.clients, plan.seconds / 4))
    before = run(job)
    runaway = [sparql(RUNAWAY, server.path, found[RUNAWAY].query(0, made))]
    others = start(Job(server.port, runaway, RUNAWAYS, plan.seconds, plan.watch))
    try:
        during = run(job)
        ended = result(others)
    finally:
        if others.poll() is None:
            others.kill()
            others.wait()
    lasted = [ms / 1000 for ms in ended.milliseconds.get(RUNAWAY, [])]
    return {
        "deadline": plan.deadline,
        "before": {"rate": before.rate, "p50": before.percentile(0.5), "p99": before.percentile(0.99)},
        "during": {"rate": during.rate, "p50": during.percentile(0.5), "p99": during.percentile(0.99)},
        "failed": sum(during.failed.values()) + during.unanswered,
        "runaways": len(lasted),
        "longest": max(lasted, default=float("inf")),
        "still there": ended.unanswered,
        "watched": plan.seconds + plan.watch,
    }
