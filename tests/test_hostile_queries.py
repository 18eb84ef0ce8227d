"""Hostile queries on the shipped graph, at least two of each kind: each ends in time, and nobody else pays for it.

Short ones are `queries/hostile/{kind}_{number}.rq`; the long ones are written here.
"""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from wallograph.errors import QueryBusy, QueryError, QueryRefused, QuerySyntaxError, QueryTimeout, QueryTooLarge
from wallograph.release.state import State
from wallograph.store.client import QueryClient
from wallograph.store.limits import Limits
from wallograph.store.starting import RunningService, start_service
from wallograph.store.usage import children_of

LIMITS = Limits(
    seconds=2.0, memory_bytes=400 << 20, total_memory_bytes=1 << 30, result_bytes=20_000_000, text_bytes=3_000_000
)
MANY = 100_000


def queries() -> dict[str, str]:
    """All of them by name."""
    found = {f.stem: f.read_text("utf-8") for f in sorted((Path(__file__).parent / "queries/hostile").glob("*.rq"))}
    rows = " ".join(f"({i} {i % 7})" for i in range(MANY))
    return found | {
        "values_1": "SELECT (COUNT(*) AS ?n) { VALUES (?x ?y) { " + rows + " } ?s ?p ?o }",
        "values_2": "SELECT (SUM(?x) AS ?n) { VALUES (?x ?y) { " + rows + " } }",
        "regex_1": 'ASK { FILTER(REGEX("' + "a" * 50_000 + '!", "^(a+)+$")) }',
        "regex_2": 'ASK { ?s ?p ?o . ?t ?q ?r FILTER(REGEX(CONCAT(STR(?o), STR(?r)), "(.*a){12}b#")) }',
        "replace_1": 'SELECT (REPLACE("' + "a" * 50_000 + '", "(a|aa)+$", "b") AS ?x) {}',
        "replace_2": 'SELECT (REPLACE("' + "a" * 900_000 + '", "a", "' + "b" * 1000 + '") AS ?x) {}',
        "in_1": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o FILTER(?o IN (" + ",".join(map(str, range(MANY))) + ")) }",
        "in_2": "ASK { FILTER(-1 NOT IN (" + ",".join(f"'{i}'" for i in range(MANY)) + ")) }",
        "brackets_1": "SELECT * { " + "{" * 10_000 + "}" * 10_000 + " }",
        "brackets_2": "SELECT (" + "(" * 10_000 + "1" + ")" * 10_000 + " AS ?x) {}",
        "brackets_3": "SELECT (" + "!" * 200_000 + "true AS ?x) {}",
        "literal_1": 'SELECT (STRLEN("' + "x" * 1_000_000 + '") AS ?n) {}',
        "literal_2": "SELECT (COUNT(*) AS ?n) { ?s ?p '" + "é" * 500_000 + "' }",
    }


QUERIES = queries()
ANSWERS = {"values_2": MANY * (MANY - 1) // 2, "literal_1": 1_000_000, "literal_2": 0}
REFUSALS = {QueryTimeout, QueryTooLarge}


@pytest.fixture(scope="module")
def service(shipped_state: State, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    with start_service(shipped_state.root, tmp_path_factory.mktemp("q") / "s", LIMITS) as running:
        yield running


@pytest.fixture(scope="module")
def client(service: RunningService) -> QueryClient:
    return service.client


def point(client: QueryClient, number: int = 0) -> None:
    """A query that others ask meanwhile."""
    answer = client.query(f"ASK {{ <http://localhost:8000/id/actor/x{number}> ?p ?o }}")
    assert json.loads(answer.read())["boolean"] is False


def test_two_of_each_kind() -> None:
    kinds = [name.rpartition("_")[0] for name in QUERIES]
    assert all(kinds.count(kind) >= 2 for kind in kinds)
    assert len(set(kinds)) == 12


@pytest.mark.parametrize("name", QUERIES)
def test_alone(client: QueryClient, name: str) -> None:
    started = time.monotonic()
    outcome: object
    try:
        outcome = client.query(QUERIES[name])
    except QueryError as error:
        outcome = error
    assert time.monotonic() - started < LIMITS.seconds + 1
    if isinstance(outcome, QueryError):
        assert type(outcome) in REFUSALS, outcome
        assert outcome.limit or "deep" in str(outcome)
    else:
        body = outcome.read()  # type: ignore[attr-defined]
        if name in ANSWERS:
            assert int(json.loads(body)["results"]["bindings"][0]["n"]["value"]) == ANSWERS[name]
    point(client)


def proportional(pid: int) -> int:
    """The memory of a process and its children, what they share counted once."""
    total = 0
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith(("Pss_Anon:", "Pss_Shmem:")):
                total += int(line.split()[1]) * 1024
    return total + sum(proportional(child) for child in children_of(pid))


class Points:
    """Point queries, one after the other, until told to stop."""

    def __init__(self, client: QueryClient) -> None:
        self.client, self.times, self.stop = client, [0.0], threading.Event()
        self.failed: list[BaseException] = []
        self.thread = threading.Thread(target=self._run)

    def _run(self) -> None:
        number = 0
        while not self.stop.is_set():
            number += 1
            started = time.perf_counter()
            try:
                point(self.client, number)
            except BaseException as error:
                self.failed.append(error)
            self.times.append(time.perf_counter() - started)

    def __enter__(self) -> "Points":
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        self.thread.join()

    @property
    def p99(self) -> float:
        """In seconds."""
        return sorted(self.times)[int(len(self.times) * 0.99)]


def idle(client: QueryClient) -> bool:
    """Whether no query runs any more; the one that was answered last is counted out just after its answer."""
    until = time.monotonic() + 5
    while client.status()["busy"] and time.monotonic() < until:
        time.sleep(0.02)
    return client.status()["busy"] == 0


def test_eight_at_once(service: RunningService) -> None:
    client, names = service.client, list(QUERIES)
    with Points(client) as alone:
        time.sleep(2)
    most = 0
    late: list[tuple[str, float]] = []
    wrong: list[tuple[str, Exception]] = []

    def ask(name: str) -> None:
        started = time.monotonic()
        try:
            client.query(QUERIES[name]).read()
        except (QueryRefused, QuerySyntaxError) as error:
            wrong.append((name, error))
        except QueryBusy:
            return  # it never ran
        except QueryError:
            pass
        if (taken := time.monotonic() - started) > LIMITS.seconds + 1:
            late.append((name, taken))

    with Points(client) as among:
        for start in range(0, len(names), 8):
            threads = [threading.Thread(target=ask, args=(name,)) for name in names[start : start + 8]]
            for thread in threads:
                thread.start()
            while any(thread.is_alive() for thread in threads):
                most = max(most, proportional(service.process.pid))
                time.sleep(0.05)
    print(f"p99 of points: {alone.p99 * 1000:.2f} ms alone, {among.p99 * 1000:.2f} ms among; {most >> 20} MB")
    assert (late, wrong, among.failed) == ([], [], [])
    assert most < LIMITS.total_memory_bytes
    assert among.p99 <= max(3 * alone.p99, 0.1)  # the floor: other work on this machine
    point(client)
    assert idle(client)


def test_the_service_as_a_whole_has_a_limit(shipped_state: State, tmp_path: Path) -> None:
    limits = Limits(seconds=10, memory_bytes=2 << 30, total_memory_bytes=450 << 20)
    with start_service(shipped_state.root, tmp_path / "s", limits) as running:
        with pytest.raises(QueryTooLarge, match="All queries together") as caught:
            running.client.query(QUERIES["sort_1"])
        assert caught.value.limit == "total_memory_bytes"
        point(running.client)
        assert running.client.status()["memory"] < 450 << 20
