"""Asks an HTTP server for answers as fast as it gives them, from a process of its own.

In: a job as JSON on standard input (host, port, requests, clients, seconds, grace). Out: what came back as JSON on
standard output. `run(job)` starts such a process and waits; `start(job)` only starts it.

Each client has one connection that is kept open, and sends the next request when it has the whole answer. It costs
a small part of what a server does for the same request (uvloop, httptools).
"""

import asyncio
import json
import math
import subprocess
import sys
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

import httptools
import uvloop

TABLE: Final = "application/sparql-results+json"
GRAPH: Final = "application/n-triples"


@dataclass(frozen=True, slots=True)
class Ask:
    """One request: what kind it is counted under, the target and what is accepted."""

    kind: str
    target: str
    accept: str = "*/*"


@dataclass(frozen=True, slots=True)
class Job:
    """What a load process has to do: ask all in turn, again and again, or each `once`, for some seconds at most.

    `grace` is how long it waits for answers after the last question.
    """

    port: int
    asks: list[Ask]
    clients: int = 1
    seconds: float = 1.0
    grace: float = 10.0
    once: bool = False


@dataclass(slots=True)
class Outcome:
    """What came back: `milliseconds` by kind, whether in time or in the grace.

    `in_time` counts right answers; one that came in the grace counts with the part of its time that was not grace, else
    a slow server with many clients would seem to answer nothing.
    """

    seconds: float = 0.0
    in_time: float = 0.0
    unanswered: int = 0
    failed: dict[str, int] = field(default_factory=dict)  # by kind and status; 0: a broken answer
    milliseconds: dict[str, list[float]] = field(default_factory=dict)

    @property
    def rate(self) -> float:
        """Right answers per second."""
        return self.in_time / self.seconds

    def percentile(self, share: float, kind: str | None = None) -> float:
        """A percentile in milliseconds; infinite when there is no answer at all."""
        found = [ms for name, times in self.milliseconds.items() if kind in (None, name) for ms in times]
        return sorted(found)[min(len(found) - 1, int(share * len(found)))] if found else float("inf")


def sparql(kind: str, path: str, query: str, graph: bool = False) -> Ask:
    """A query as a GET request."""
    return Ask(kind, f"{path}?{urlencode({'query': query})}", GRAPH if graph else TABLE)


def start(job: Job) -> subprocess.Popen[bytes]:
    """Start a load process."""
    root = Path(__file__).resolve().parent.parent
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.load"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=root
    )
    assert process.stdin is not None
    process.stdin.write(json.dumps(asdict(job)).encode())
    process.stdin.close()
    process.stdin = None
    return process


def result(process: subprocess.Popen[bytes]) -> Outcome:
    """What a load process found; waits for it."""
    output, _ = process.communicate()
    if process.returncode:
        raise RuntimeError(f"a load process ended with {process.returncode}")
    return Outcome(**json.loads(output))


def run(job: Job) -> Outcome:
    """Do a job in a process of its own."""
    process = start(job)
    try:
        return result(process)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


class _Connection(asyncio.Protocol):
    """One connection; `answer` is the future of the answer that is on its way."""

    def __init__(self) -> None:
        self.answer: asyncio.Future[int] | None = None
        self.open = False

    def connection_made(self, transport: Any) -> None:
        self.transport, self.open = transport, True
        self.parser = httptools.HttpResponseParser(self)

    def data_received(self, data: bytes) -> None:
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserError:
            self.transport.close()

    def on_message_complete(self) -> None:
        if self.answer is not None and not self.answer.done():
            self.answer.set_result(self.parser.get_status_code())

    def connection_lost(self, _: Exception | None) -> None:
        self.open = False
        if self.answer is not None and not self.answer.done():
            self.answer.set_result(0)


class _Client:
    """One client: a connection, and its place in the list of requests."""

    def __init__(self, job: Job, requests: list[tuple[str, bytes]], turn: int, outcome: Outcome) -> None:
        self.job, self.requests, self.turn, self.outcome = job, requests, turn, outcome
        self.asked = 0

    async def work(self, until: float) -> None:
        """Ask until the time is over."""
        loop = asyncio.get_running_loop()
        connection = _Connection()
        last = self.turn + math.ceil(len(self.requests) / self.job.clients) if self.job.once else None
        while time.perf_counter() < until and self.turn != last:
            if not connection.open:
                _, connection = await loop.create_connection(_Connection, "127.0.0.1", self.job.port)
            kind, request = self.requests[self.turn % len(self.requests)]
            self.turn += 1
            self.asked += 1
            connection.answer = loop.create_future()
            begin = time.perf_counter()
            connection.transport.write(request)
            status = await connection.answer
            end = time.perf_counter()
            if not connection.parser.should_keep_alive():
                connection.transport.close()
                connection.open = False
            self._count(kind, status, end - begin, min(1.0, (until - begin) / (end - begin)))
        connection.transport.close()

    def _count(self, kind: str, status: int, seconds: float, share: float) -> None:
        self.asked -= 1
        self.outcome.milliseconds.setdefault(kind, []).append(round(seconds * 1000, 3))
        if status == 200:
            self.outcome.in_time += share
        else:
            name = f"{kind} {status}"
            self.outcome.failed[name] = self.outcome.failed.get(name, 0) + 1


def _request(ask: Ask, port: int) -> bytes:
    lines = (f"GET {ask.target} HTTP/1.1", f"Host: localhost:{port}", f"Accept: {ask.accept}", "", "")
    return "\r\n".join(lines).encode()


async def _work(job: Job) -> Outcome:
    outcome = Outcome(job.seconds)
    requests = [(ask.kind, _request(ask, job.port)) for ask in job.asks]
    clients = [
        _Client(job, requests, turn * len(requests) // job.clients, outcome) for turn in range(job.clients)
    ]
    until = time.perf_counter() + job.seconds
    tasks = [asyncio.ensure_future(client.work(until)) for client in clients]
    _, late = await asyncio.wait(tasks, timeout=job.seconds + job.grace)
    for task in late:
        task.cancel()
    await asyncio.gather(*late, return_exceptions=True)
    for task in tasks:
        if not task.cancelled():
            task.result()
    outcome.unanswered = sum(client.asked for client in clients)
    return outcome


def main() -> None:
    """The process: a job comes in, an outcome goes out."""
    given = json.load(sys.stdin)
    given["asks"] = [Ask(**ask) for ask in given["asks"]]
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        outcome = runner.run(_work(Job(**given)))
    json.dump(asdict(outcome), sys.stdout)


if __name__ == "__main__":
    main()
