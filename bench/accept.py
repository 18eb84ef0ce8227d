"""How long it takes from a curator's "accept" until readers see it: `make bench-accept`, or `python -m bench.accept`.

In: sizes in distinct triples. Out: `results/accept.md` and `.json`. A real server; readers beside it; each proposal is
accepted by the API (`POST /api/review/{id}/accept`, with a token), one after the other. The clock starts when the
request leaves the client and ends with the first answer that shows the statement: SPARQL, the thing's document, and the
feed of changes, each asked by a client of its own.
"""

import argparse
import http.client
import math
import random
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from pyoxigraph import Quad, RdfFormat, parse

from bench import report, servers
from bench.generate import SEED, Made, generate
from bench.report import Section
from wallograph import vocab
from wallograph.accounts.model import Role
from wallograph.accounts.store import Accounts
from wallograph.accounts.tokens import Tokens
from wallograph.curation.draft import Checked, Draft, new_id
from wallograph.curation.model import PAGE, Change, Evidence, Kind
from wallograph.curation.proposals import Proposals
from wallograph.curation.quota import ProposalLimits
from wallograph.database import Database
from wallograph.ingest.ontology import read_ontology
from wallograph.iris import thing
from wallograph.pipeline.build import private_graphs
from wallograph.release.edition import make_edition
from wallograph.release.state import State
from wallograph.resources import ontology_dir
from wallograph.validate.shapes import load_shapes

SIZES: Final = (10_000, 100_000, 1_000_000)
_MEMBER_OF: Final = vocab.RELATIONS["member-of"]
_BASE: Final = vocab.DEFAULT_BASE
_TICK: Final = 0.025  # between two questions of a client that waits
_THINK: Final = 0.1  # of a reader, between an answer and the next question
_PATIENCE: Final = 60.0
_WARM: Final = 3
_VIEWS: Final = ("sparql", "page", "feed")
_ABOUT: Final = (
    "From the POST of the accepting curator to the first answer that shows the statement, with readers that ask for "
    "documents, searches and queries beside it. Each proposal adds a keyword and a relation with its year (20 quads). "
    "Every release is judged by all shapes. `answer` is the answer to the POST: by then the decision is on the disk."
)


def bench(triples: int, folder: Path, seed: int, accepts: int, readers: int) -> dict[str, Any]:
    """All figures of one size."""
    made = generate(triples, folder / "graph.nq", seed)
    state = State(folder / "state")
    release = make_edition(
        state, _quads(folder / "graph.nq"), base=_BASE, date="2026-11-01", private_graphs=private_graphs(_BASE),
        report={"summary": {"tables": {}}, "warnings": []}, dumps=False, license=vocab.CC_BY,
    )  # fmt: skip
    state.switch(release.number)
    chance = random.Random(seed)
    waiting, token = prepare(state.root, made, chance, accepts + _WARM)
    with servers.wallograph(state.root) as server, reading(server, made, readers) as count:
        time.sleep(2.0)
        for proposal in waiting[:_WARM]:
            accept(server, state.root, token, proposal)
        begin, asked = time.perf_counter(), count()
        seen = [accept(server, state.root, token, proposal) for proposal in waiting[_WARM:]]
        rate = (count() - asked) / (time.perf_counter() - begin)
    figures = {key: [one[key] for one in seen] for key in ("answer", *_VIEWS, "all")}
    return {"quads": release.manifest["counts"]["quads"], "readers": rate, "seconds": figures}


def _quads(graph: Path) -> Iterator[Quad]:
    """The made graph with the code lists and shapes. Its provinces are made up, so a rule would refuse them."""
    for quad in parse(path=str(graph), format=RdfFormat.N_QUADS):
        if quad.predicate.value != vocab.PROVINCE:
            yield quad
    yield from read_ontology(ontology_dir())
    yield from load_shapes(_BASE).quads(thing("source", "shapes", _BASE))


def prepare(state: Path, made: Made, chance: random.Random, number: int) -> tuple[list[dict[str, str]], str]:
    """Proposals that wait for a decision, and the token of a curator."""
    now, db = datetime.now(UTC), Database.of_folder(state)
    account = Accounts(db).add("bench", Role.CURATOR, now)
    _, token = Tokens(db).make(account, "bench", Role.CURATOR, 1, now)
    limits = ProposalLimits(in_all=0, per_client=0, queue=number + 1)
    proposals = Proposals(db, uploads=state / "uploads", limits=limits)
    waiting = []
    for index in range(number):
        subject = thing("actor", f"startup-{chance.randrange(made.things['startup'])}", _BASE)
        cluster = thing("actor", f"cluster-{chance.randrange(made.things['cluster'])}", _BASE)
        says, word = Evidence(PAGE, f"https://www.example.org/{index}"), f"accepted {index}"
        changes = (
            Change(1, "add", f"<{subject}>", f"<{vocab.KEYWORDS}>", f'"{word}"', evidence=says),
            Change(2, "add", f"<{subject}>", f"<{_MEMBER_OF}>", f"<{cluster}>", evidence=says, year="2024"),
        )
        checked = Checked(conforms=True, release=1, things=(subject,))
        draft = Draft(new_id(), Kind.CHANGE, changes, "en", checked=checked)
        proposal, _ = proposals.create(draft, now)
        waiting.append({"id": proposal.id, "subject": subject, "word": word, "version": str(proposal.version)})
    return waiting, token


def accept(server: servers.Server, state: Path, token: str, proposal: dict[str, str]) -> dict[str, float]:
    """Accept one proposal; the seconds until each view shows it."""
    number = _newest(state)
    found: dict[str, float] = {}
    start = threading.Barrier(len(_VIEWS) + 1)
    begin: list[float] = []
    threads = [
        threading.Thread(target=_watch, args=(server, key, shows, start, begin, found))
        for key, shows in zip(_VIEWS, _checks(proposal, number), strict=True)
    ]
    for thread in threads:
        thread.start()
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=_PATIENCE)
    connection.connect()
    begin.append(time.perf_counter())
    start.wait()
    headers = {
        "Authorization": f"Bearer {token}", "Content-Type": "application/json", "Accept": "application/json",
        "If-Match": f'"v{proposal["version"]}"',
    }  # fmt: skip
    connection.request("POST", f"/api/review/{proposal['id']}/accept", b"{}", headers)
    answer = connection.getresponse()
    body = answer.read()
    found["answer"] = time.perf_counter() - begin[0]
    if answer.status != 200:
        raise RuntimeError(f"accepting was answered {answer.status}: {body[:500]!r}")
    for thread in threads:
        thread.join()
    missing = [key for key in _VIEWS if key not in found]
    if missing:
        raise RuntimeError(f"{proposal['id']} was accepted and is not seen in {missing} after {_PATIENCE} s")
    return found | {"all": max(found[key] for key in _VIEWS)}


def _checks(proposal: dict[str, str], number: int) -> list[tuple[str, Callable[[int, bytes], bool]]]:
    """For each view the target to ask, and whether its answer shows the statement."""
    ask = f'ASK {{ <{proposal["subject"]}> <{vocab.KEYWORDS}> "{proposal["word"]}" }}'
    document = proposal["subject"].removeprefix(_BASE).replace("/id/", "/doc/", 1)
    return [
        (f"/sparql?query={quote(ask)}", lambda status, body: b"true" in body),
        (document, lambda status, body: proposal["word"].encode() in body),
        (f"/changes/{number + 1}", lambda status, body: status == 200),
    ]


def _watch(
    server: servers.Server, key: str, check: tuple[str, Callable[[int, bytes], bool]], start: threading.Barrier,
    begin: list[float], found: dict[str, float],
) -> None:  # fmt: skip
    target, shows = check
    accept_ = "application/sparql-results+json" if key == "sparql" else "text/html"
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=_PATIENCE)
    connection.connect()
    start.wait()
    while time.perf_counter() - begin[0] < _PATIENCE:
        connection.request("GET", target, headers={"Accept": accept_})
        answer = connection.getresponse()
        if shows(answer.status, answer.read()):
            found[key] = time.perf_counter() - begin[0]
            return
        time.sleep(_TICK)


def _newest(state: Path) -> int:
    """The number of the current release."""
    return int((state / "current").resolve().name)


class reading:
    """Readers that go on until the block ends; gives a function that tells how many answers they had."""

    def __init__(self, server: servers.Server, made: Made, number: int) -> None:
        self._server, self._made, self._end, self._count = server, made, threading.Event(), [0] * number

    def __enter__(self) -> Callable[[], int]:
        self._threads = [threading.Thread(target=self._read, args=(index,)) for index in range(len(self._count))]
        for thread in self._threads:
            thread.start()
        return lambda: sum(self._count)

    def __exit__(self, *_: object) -> None:
        self._end.set()
        for thread in self._threads:
            thread.join()

    def _read(self, index: int) -> None:
        chance = random.Random(index)
        while not self._end.wait(_THINK):
            actor = f"startup-{chance.randrange(self._made.things['startup'])}"
            iri = thing("actor", actor, _BASE)
            query = f"SELECT ?p ?o WHERE {{ <{iri}> ?p ?o }}"
            targets = (
                (f"/doc/actor/{actor}", "text/html"), (f"/doc/actor/{actor}", "text/turtle"),
                (f"/search?q={actor}", "text/html"),
                (f"/sparql?query={quote(query)}", "application/sparql-results+json"),
            )
            target, media = targets[chance.randrange(len(targets))]
            if self._server.get(target, media).status == 200:
                self._count[index] += 1


def sections(results: dict[int, dict[str, Any]]) -> list[Section]:
    """The tables."""
    names = {
        "answer": "answer to the POST", "sparql": "SPARQL", "page": "the thing's page", "feed": "the feed",
        "all": "all three",
    }  # fmt: skip
    table = Section("Accepted until seen", ("triples", "seen in", "p50 s", "p99 s", "most s", "goal p50"))
    beside = Section("Beside it", ("triples", "quads", "accepts", "answers/s to the readers"))
    for triples, found in results.items():
        for key, name in names.items():
            seconds = sorted(found["seconds"][key])
            goal = "≤ 0.5" if key == "all" else ""
            table.add(triples, name, statistics.median(seconds), _percentile(seconds, 0.99), seconds[-1], goal)
        beside.add(triples, found["quads"], len(found["seconds"]["all"]), found["readers"])
    return [table, beside]


def _percentile(ordered: list[float], share: float) -> float:
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def main(words: list[str] | None = None) -> Path:
    """The command; gives the path of the report."""
    parser = argparse.ArgumentParser(prog="python -m bench.accept", description="Measure accepting.")
    parser.add_argument("triples", type=int, nargs="*", help="sizes in distinct triples; default: 10k, 100k, 1M")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--accepts", type=int, default=100)
    parser.add_argument("--readers", type=int, default=4)
    parser.add_argument("--results", type=Path, default=report.RESULTS)
    given = parser.parse_args(words)
    header = report.machine() | {"seed": str(given.seed), "readers": f"{given.readers}, {_THINK:g} s between questions"}
    results = {}
    for triples in given.triples or SIZES:
        with tempfile.TemporaryDirectory(prefix="wallograph-bench-") as folder:
            results[triples] = bench(triples, Path(folder), given.seed, given.accepts, given.readers)
    header["load when it ended"] = report.load()
    figures = {"sizes": {str(size): found for size, found in results.items()}}
    path = report.write("accept", "Accepting", _ABOUT, header, sections(results), figures, given.results)
    print(path)
    return path


if __name__ == "__main__":
    main()
