"""An installation whose processes are killed: a real `wallograph serve` with its publisher and query service.

In: an empty folder. Out: kills of the writer, the web process and the query service, and what is wrong afterwards.
"""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
from pyoxigraph import DefaultGraph, Quad, RdfFormat, Store, parse

from bureau import publish_small
from http_server import Server
from people import no_vault
from wallograph.accounts.model import Role
from wallograph.accounts.people import People
from wallograph.curation.layers import quads_of
from wallograph.curation.shown import Shown
from wallograph.database import Database
from wallograph.journal.journal import Journal
from wallograph.release.chain import lines
from wallograph.release.state import Release, State
from wallograph.settings import Settings

HERE = Path(__file__).parent
FREELY = {"check_rate": 0, "proposals_per_client": 0, "proposals_in_all": 0, "proposals_queue": 100_000}
PUBLISHER, QUERIES = "wallograph.curation", "wallograph.store.service"


def until(check: Callable[[], Any], seconds: float = 60.0, what: str = "it") -> Any:
    """Wait until something is true; gives it."""
    end = time.monotonic() + seconds
    while not (found := check()):
        assert time.monotonic() < end, f"{what} did not happen in {seconds:g} s"
        time.sleep(0.02)
    return found


class Plant:
    """A state folder, its server, and tokens of curators."""

    def __init__(self, root: Path, base: str = "", **settings: object) -> None:
        self.root, self.temp = root / "state", root / "tmp"
        self.temp.mkdir(parents=True)
        server = Server(root)
        self.port, self.local, self.base = server.port, server.base, base or server.base
        publish_small(self.root, base=self.base)
        self.settings = {**FREELY, "state": self.root, "port": self.port, **settings}
        self.process: subprocess.Popen[bytes] | None = None
        self.log = root / "log"
        self.state = State(self.root)
        self.db = Database.of_folder(self.root)
        self.journal = Journal(self.db)

    def token(self, name: str) -> str:
        """A token of a new curator."""
        people = People(self.db, Settings().people(), no_vault, now=lambda: datetime.now(UTC))
        now = datetime.now(UTC)
        account = people.accounts.add(f"{name}@example.org", Role.CURATOR, now, name=name, password="!")
        return people.tokens.make(account, "test", Role.CURATOR, 30, now)[1]

    # -- processes

    def start(self, before: Callable[[], None] | None = None) -> None:
        """Start the server; whoever needs it waits with `ready`."""
        environment = {f"WALLOGRAPH_{name.upper()}": str(value) for name, value in self.settings.items()}
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "wallograph", "serve"], stdout=log, stderr=log, preexec_fn=before,
                env={**os.environ, **environment, "TMPDIR": str(self.temp)},
            )  # fmt: skip

    def ready(self, seconds: float = 90.0) -> dict[str, Any]:
        """Wait until all of it answers."""
        return until(lambda: self._health(), seconds, "the server answering")  # type: ignore[no-any-return]

    def _health(self) -> dict[str, Any] | None:
        assert self.process is not None and self.process.poll() is None, self.said()
        try:
            told: dict[str, Any] = httpx.get(f"{self.local}/healthz", timeout=10).json()
        except (httpx.TransportError, ValueError):
            return None
        return told if told.get("sandboxed") is not None else None

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def said(self) -> str:
        return self.log.read_text("utf-8", "replace")[-3000:] if self.log.exists() else ""

    def child(self, module: str) -> int | None:
        """The process of a module that the server started."""
        assert self.process is not None
        for pid in children_of(self.process.pid):
            if module in command_of(pid):
                return pid
        return None

    # -- kills

    def kill_writer(self) -> bool:
        return self._kill(PUBLISHER)

    def kill_queries(self) -> bool:
        return self._kill(QUERIES)

    def _kill(self, module: str) -> bool:
        pid = until(lambda: self.child(module), 60, f"{module} running")
        os.kill(pid, signal.SIGKILL)
        return True

    def kill_web(self) -> bool:
        """The process that answers HTTP; who supervises it starts it again."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()
        self.start()
        return True

    def kill_before_switch(self) -> bool:
        """Kill the writer; the next one ends itself as kill -9 does when its release is on the disk and not shown.

        Whether it came to that: when nothing is accepted meanwhile, there is no such moment.
        """
        command = [sys.executable, str(HERE / "publisher_process.py"), "--state", str(self.root)]
        with self.log.open("ab") as log:
            standby = subprocess.Popen(command, env={**os.environ, "KILL_AT": "made"}, stderr=log)
        try:
            until(lambda: _has_open(standby.pid, ".publisher"), 60, "the other writer waiting")
            self.kill_writer()
            try:
                return standby.wait(30) == -signal.SIGKILL
            except subprocess.TimeoutExpired:
                return False
        finally:
            standby.kill()
            standby.wait()

    # -- what is there

    def shown(self) -> tuple[Release, Shown]:
        release = self.state.current()
        assert release is not None
        return release, Shown.of(release.manifest)

    def published(self, entry: int, seconds: float = 90.0) -> None:
        """Wait until the current release shows an entry."""
        try:
            until(lambda: self.shown()[1].head >= entry, seconds, f"entry {entry} published")
        except AssertionError as error:
            raise AssertionError(f"{error}: {self.said()}") from error

    def expected(self, shown: Shown) -> set[Quad]:
        """The statements of the first edition, and after it those of the entries that a release shows, in order."""
        found = set(named(self.state.get(1)))
        for entry in self.journal.entries():
            if shown.has(entry.number):
                payload = self.journal.payload(entry.number) or {}
                found -= set(quads_of(payload["deletes"]))
                found |= set(quads_of(payload["adds"]))
        return found

    def problems(self) -> Iterator[str]:
        """What is wrong with journal and current release, at this moment; others may go on working."""
        release, shown = self.shown()
        verified = self.journal.verify()
        yield from (f"journal: {problem}" for problem in verified.problems)
        there = set(named(release))
        expected = self.expected(shown)
        if there != expected:
            yield f"release {release.number}: {len(expected - there)} missing, {len(there - expected)} too many"
        if set(parse(b"\n".join(lines(release)), RdfFormat.N_QUADS)) != there:
            yield f"release {release.number}: its patches and its store differ"
        counts = release.manifest["counts"]
        if counts["graphs"] != Counter(quad.graph_name.value for quad in there):
            yield f"release {release.number}: the manifest counts {counts['quads']} quads of {len(there)}"
        private = set(release.manifest["private_graphs"])
        public = {quad.triple for quad in there if quad.graph_name.value not in private}
        merged = Store.read_only(str(release.store_path)).quads_for_pattern(None, None, None, DefaultGraph())
        if {quad.triple for quad in merged} != public or counts["triples"] != len(public):
            yield f"release {release.number}: its public graph is not what its graphs say"
        if shown.head and self.journal.entry(shown.head).digest != shown.digest:
            yield f"release {release.number}: the manifest names another journal"

    def leftovers(self) -> dict[str, int]:
        """Files and folders that are neither releases nor what the state folder has, by kind."""
        found: Counter[str] = Counter()
        for folder in (self.root, self.state.releases, self.temp, self.root / "uploads"):
            for path in folder.iterdir() if folder.is_dir() else ():
                if path.name.startswith((".", "wallograph-", "tmp")):
                    found[f"{folder.name}/{path.name[:9]}"] += 1
        return dict(found)


def processes_of(place: Plant) -> list[str]:
    """The processes that work on the state folder."""
    every = (command_of(int(path.name)) for path in Path("/proc").iterdir() if path.name.isdecimal())
    return [command for command in every if f"{place.root} " in f"{command} "]


def named(release: Release) -> list[Quad]:
    """The statements of a release in their graphs."""
    store = Store.read_only(str(release.store_path))
    return [quad for quad in store if not isinstance(quad.graph_name, DefaultGraph)]


def children_of(pid: int) -> list[int]:
    """The processes that a process started, whichever of its threads did."""
    found = []
    for tasks in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [int(child) for child in tasks.read_text().split()]
        except OSError:
            continue
    return found


def command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode().replace("\0", " ")
    except OSError:
        return ""


def _has_open(pid: int, name: str) -> bool:
    try:
        return any(str(link.readlink()).endswith(name) for link in Path(f"/proc/{pid}/fd").iterdir())
    except OSError:
        return False


@contextmanager
def plant(root: Path, **settings: object) -> Iterator[Plant]:
    """A plant that runs, and ends with the block."""
    made = Plant(root, **settings)
    try:
        made.start()
        made.ready()
        yield made
    finally:
        made.stop()
