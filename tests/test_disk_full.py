"""A disk is full: where the releases are, where the journal is, where files are handed in, each apart.

What is published is served on, who asks is told, and when there is room it goes on without anybody's help.
"""

import json
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest

from faults import PUBLISHER, Plant, until
from small_disk import Disk, Limited, Small, may_mount, mounted
from wallograph.curation.publisher_status import publisher_status

TABLE = "name,kind,website,city,postal_code\nExemple Tableau,startup,https://tableau.example,Liège,4000\n"


class Disks:
    """A running installation with a disk for each kind of file."""

    def __init__(self, place: Plant, releases: Disk, journal: Disk, uploads: Disk) -> None:
        self.place, self.releases, self.journal, self.uploads = place, releases, journal, uploads
        token = place.token("curator")
        headers = {"authorization": f"Bearer {token}", "accept": "application/json"}
        self.http = httpx.Client(base_url=place.base, headers=headers, timeout=60)

    def propose(self, word: str) -> httpx.Response:
        spin = f"{self.place.base}/id/actor/spin"
        change = {"subject": spin, "predicate": "http://schema.org/keywords", "object": f'"{word}"'}
        page = {"kind": "page", "page": f"https://www.example.com/{word}"}
        return self.http.post("/api/submissions", json={"kind": "change", "evidence": page, "changes": [change]})

    def accept(self, made: httpx.Response) -> httpx.Response:
        address = f"/api/review/{made.json()['id']}/accept"
        return self.http.post(address, json={"why": "so"}, headers={"if-match": made.headers["etag"]})

    def health(self) -> dict[str, Any]:
        return dict(self.http.get("/healthz").json())

    def serves(self) -> None:
        """Pages and queries are answered from what is published."""
        assert "Spin" in self.http.get("/doc/actor/spin", headers={"accept": "text/html"}).text
        asked = self.http.get("/sparql", params={"query": f"ASK {{ <{self.place.base}/id/actor/spin> ?p ?o }}"})
        assert asked.json()["boolean"] is True

    def keywords(self) -> set[str]:
        query = f"SELECT ?o {{ <{self.place.base}/id/actor/spin> <http://schema.org/keywords> ?o }}"
        found = self.http.get("/sparql", params={"query": query})
        return {row["o"]["value"] for row in found.json()["results"]["bindings"]}


@pytest.fixture(scope="module")
def disks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Disks]:
    root = tmp_path_factory.mktemp("disks")
    state = root / "state"
    small = may_mount(root / "try")
    with ExitStack() as stack:
        if small:
            for folder in (state, state / "releases", state / "uploads"):
                assert stack.enter_context(mounted(folder, 48))
        place = Plant(root)
        stack.callback(place.stop)
        place.start()
        place.ready()
        disks = Disks(place, *(_small(state) if small else _limited(place)))
        stack.callback(disks.http.close)
        yield disks


def _small(state: Path) -> tuple[Disk, Disk, Disk]:
    return Small(state / "releases"), Small(state), Small(state / "uploads")


def _limited(place: Plant) -> tuple[Disk, Disk, Disk]:
    def web() -> list[int]:
        assert place.process is not None
        return [place.process.pid]

    def publisher() -> list[int]:
        assert place.process is not None
        return [until(lambda: place.child(PUBLISHER))]

    log = place.root / "journal.sqlite-wal"
    return Limited(publisher, lambda: 1024), Limited(web, lambda: log.stat().st_size), Limited(web, lambda: 16)


def test_no_room_for_releases(disks: Disks) -> None:
    place = disks.place
    first = disks.propose("before")
    assert disks.accept(first).status_code == 200
    place.published(1)
    until(lambda: "before" in disks.keywords(), 30)
    before = place.state.numbers()
    disks.releases.fill()
    try:
        made = disks.propose("waits")
        accepted = disks.accept(made)
        assert accepted.status_code == 200, accepted.text  # the journal has room: it is promised, and kept below
        until(lambda: "tried again" in place.said(), 60, "the trouble told")
        told = disks.http.get("/api/review/attention").json()["publisher"]
        assert told["waiting"] == 1
        if isinstance(disks.releases, Small):  # a limited process cannot write it down either: the log has it
            trouble = until(lambda: publisher_status(place.db).trouble, 30, "the trouble written")
            assert "room" in trouble
            assert disks.http.get("/api/review/attention").json()["publisher"]["trouble"] == trouble
            health = disks.health()
            assert health["status"] == "degraded" and health["publisher"]["trouble"] is True
        disks.serves()
        assert disks.keywords() == {"before"}
        assert place.state.numbers() == before
    finally:
        disks.releases.free()
    place.published(accepted.json()["entry"])
    until(lambda: disks.keywords() == {"before", "waits"}, 30)
    until(lambda: disks.health()["status"] == "ok", 30)
    assert list(place.problems()) == []
    assert not list(place.state.releases.glob(".tmp-*"))


def test_no_room_for_the_journal(disks: Disks) -> None:
    place = disks.place
    open_one = disks.propose("later")
    assert open_one.status_code == 201, open_one.text
    head, promised = place.journal.head(), list[httpx.Response]()
    disks.journal.fill()
    try:
        refused = None
        for number in range(400):  # what the file of the log has room for is still taken
            made = disks.propose(f"full-{number}")
            if made.status_code != 201:
                refused = made
                break
            promised.append(made)
        assert refused is not None and refused.status_code == 503, refused and refused.text
        assert refused.headers["content-type"].startswith("application/problem+json")
        assert "database" in refused.json()["detail"]
        decided = disks.accept(open_one)
        assert decided.status_code == 503, decided.text
        assert "database" in decided.json()["detail"]
        page = disks.http.get("/submissions/new", headers={"accept": "text/html"})
        assert page.status_code in (200, 503) and "Traceback" not in page.text
        disks.serves()
    finally:
        disks.journal.free()
    assert place.journal.head() == head
    assert place.journal.verify().problems == ()
    for made in promised:
        assert disks.http.get(f"/api/submissions/{made.json()['id']}").status_code == 200
    again = disks.accept(open_one)
    assert again.status_code == 200, again.text
    place.published(again.json()["entry"])
    assert list(place.problems()) == []


def test_no_room_for_files(disks: Disks) -> None:
    place = disks.place

    def hand_in() -> httpx.Response:
        address = "/api/submissions?page=https://www.example.com/list&name=start-ups.csv"
        return disks.http.post(address, content=TABLE.encode(), headers={"content-type": "text/csv"})

    def count() -> int:
        with place.db.reading() as tx:
            return int(tx.execute("SELECT COUNT(*) FROM proposals")[0][0])

    before = count()
    disks.uploads.fill()
    try:
        refused = hand_in()
        assert refused.status_code in (503, 507), refused.text
        assert refused.json()["detail"]
        assert count() == before
        disks.serves()
    finally:
        disks.uploads.free()
    assert list((place.root / "uploads").iterdir()) == []
    time.sleep(0.1)
    made = hand_in()
    assert made.status_code == 201, made.text
    kept = [path.read_text("utf-8") for path in (place.root / "uploads").iterdir()]
    assert kept == [TABLE], json.dumps(kept)
    assert disks.health()["status"] == "ok"
