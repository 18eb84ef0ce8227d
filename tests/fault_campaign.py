"""The campaign against `faults.Plant`: clients propose and accept while processes are killed, one after the other.

In: a running plant, a seed, how many proposals and kills. Out: what came of it; AssertionError for what is wrong.
"""

import json
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from faults import HERE, Plant, until
from wallograph.curation.publisher_status import failed_entries
from wallograph.errors import NotFound
from wallograph.journal.entry import Entry
from wallograph.release.graphfile import read_lines


class Crowd:
    """Client processes that propose and accept."""

    def __init__(self, place: Plant, clients: int, count: int, seed: int, pause: float) -> None:
        self._place, self.files, self.processes = place, list[Path](), list[subprocess.Popen[str]]()
        for index in range(clients):
            given = {
                "base": place.base, "token": place.token(f"c{index}"), "name": f"w{index}", "pause": pause,
                "count": count // clients + (index < count % clients), "seed": seed + index,
            }  # fmt: skip
            path = place.root.parent / f"client-{index}"
            with path.open("wb") as out, place.log.open("ab") as log:
                command = [sys.executable, str(HERE / "fault_client.py")]
                process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=out, stderr=log, text=True)
            assert process.stdin is not None
            process.stdin.write(json.dumps(given) + "\n")
            process.stdin.close()
            self.files.append(path)
            self.processes.append(process)

    def done(self) -> list[dict[str, Any]]:
        """What was accepted so far."""
        whole = (path.read_text().rpartition("\n")[0].splitlines() for path in self.files)
        return [json.loads(line) for lines_ in whole for line in lines_]

    def working(self) -> bool:
        for process in self.processes:
            assert process.poll() in (None, 0), self._place.said()
        return any(process.poll() is None for process in self.processes)

    def end(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait()


KINDS = ("writer", "query service", "between fsync and switch", "query service", "web process")


def campaign(
    place: Plant, *, seed: int, proposals: int, kills: int, clients: int = 4, say: Callable[[str], None] = print
) -> dict[str, Any]:
    """Clients propose and accept while processes are killed one after the other; what came of it."""
    chance, counts, missed = random.Random(seed), Counter[str](), 0
    ways = {
        "writer": place.kill_writer, "query service": place.kill_queries, "web process": place.kill_web,
        "between fsync and switch": place.kill_before_switch,
    }  # fmt: skip
    began = time.monotonic()
    crowd = Crowd(place, clients, proposals, seed, pause=0.2)
    try:
        step = proposals / (kills + 1)
        for number in range(kills):
            goal = step * (number + chance.random())
            until(lambda goal=goal: len(crowd.done()) >= goal or not crowd.working(), 180, "accepting going on")
            time.sleep(chance.uniform(0, 0.3))
            kind = KINDS[number % len(KINDS)]
            if ways[kind]():
                counts[kind] += 1
                counts["writer"] += kind == KINDS[2]  # the one whose place the other took
            else:
                missed += 1
            answered = [one for one in crowd.done() if one["answered"]]
            if answered:
                place.published(max(int(one["entry"]) for one in answered))
            found = list(place.problems())
            assert not found, f"after kill {number + 1} ({kind}): {found}"
            say(f"{number + 1}: {kind}, {len(crowd.done())} accepted, {time.monotonic() - began:.0f} s")
        until(lambda: not crowd.working(), 300, "the clients ending")
    finally:
        crowd.end()
    done = crowd.done()
    assert len(done) == proposals
    return {
        "seed": seed, "accepted": len(done), "answered": sum(one["answered"] for one in done), "kills": dict(counts),
        "missed": missed, "seconds": round(time.monotonic() - began), **judged(place, done),
    }  # fmt: skip


def judged(place: Plant, done: list[dict[str, Any]]) -> dict[str, Any]:
    """The whole of it, when all is quiet and published."""
    entries = list(place.journal.entries())
    place.ready()
    place.published(entries[-1].number)
    until(lambda: not place.journal.unpublished(), 30, "the marks")
    found = list(place.problems())
    by_proposal = Counter(entry.proposal for entry in entries)
    found += [f"{one['id']}: {by_proposal[one['id']]} entries" for one in done if by_proposal[one["id"]] != 1]
    known = {one["id"] for one in done}
    found += [f"entry {entry.number} is of nobody" for entry in entries if entry.proposal not in known]
    found += [f"entry {number} failed" for number in failed_entries(place.db)]
    found += list(_in_patches(place, entries))
    assert not found, found
    return {"entries": len(entries), "releases": place.state.numbers()[-1], "leftovers": place.leftovers()}


def _in_patches(place: Plant, entries: list[Entry]) -> Iterator[str]:
    """Each statement of an entry comes in one patch, that of the release that the journal names."""
    came: dict[str, list[int]] = {}
    for number in place.state.numbers()[1:]:
        try:
            release = place.state.get(number)
        except NotFound:
            continue
        for line in read_lines(release.patch_path):
            if line.startswith(b"A "):
                came.setdefault(line[2:].decode().strip(), []).append(number)
    for entry in entries:
        own = f"/id/source/proposal-{entry.proposal}-"
        for line in (place.journal.payload(entry.number) or {})["adds"]:
            if own in line and came.get(line) != [place.journal.release_of(entry.number)]:
                yield f"entry {entry.number}: {line} came with {came.get(line)}"
                break
