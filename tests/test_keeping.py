"""What `serve` starts is started again, what killed processes leave is removed, and /healthz says how things stand."""

import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from bureau import Bureau
from faults import until
from wallograph import vocab
from wallograph.checker.service import sweep
from wallograph.cli.keeping import keeping
from wallograph.cli.private_folder import private_folder
from wallograph.curation.model import PAGE, Change, Evidence
from wallograph.curation.publisher_status import write_trouble
from wallograph.store.starting import Running

HOLDING = "import sys,time\nfrom wallograph.cli.private_folder import private_folder\n" + (
    "with private_folder() as folder:\n    print(folder, flush=True)\n    time.sleep(60)\n"
)


def test_a_service_that_is_killed_is_started_again() -> None:
    command = [sys.executable, "-c", "import time; time.sleep(60)"]
    client = cast(Any, SimpleNamespace(path="", status=dict))
    said = list[str]()
    with Running(subprocess.Popen(command), client, "sleeping", command) as running, keeping([running], said.append):
        for number in (1, 2):
            former = running.process
            former.kill()
            until(lambda former=former: running.process is not former and running.process.poll() is None, 20)
            assert len(said) == number and f"exit {-signal.SIGKILL}" in said[-1]
        last = running.process
    assert last.poll() is not None
    assert said[0].endswith("again in 1 s") and said[1].endswith("again in 2 s")


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_folders_of_killed_servers_are_removed_and_others_are_not(temporary: Path) -> None:
    holders = [subprocess.Popen([sys.executable, "-c", HOLDING], stdout=subprocess.PIPE, text=True) for _ in "ab"]
    folders = []
    for holder in holders:
        assert holder.stdout is not None
        folders.append(Path(holder.stdout.readline().strip()))
    other = temporary / "wallograph-of-mine"
    other.mkdir()
    try:
        holders[0].kill()
        holders[0].wait()
        assert folders[0].is_dir()
        with private_folder() as folder:
            assert folder.stat().st_mode & 0o777 == 0o700
            assert [path.is_dir() for path in (*folders, other)] == [False, True, True]
        assert not folder.exists()
    finally:
        for holder in holders:
            holder.kill()
            holder.wait()
            assert holder.stdout is not None
            holder.stdout.close()


def test_folders_of_checks_whose_service_was_killed_are_removed(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", "pass"]) as gone:
        gone.wait()
    dead, alive, other = (tmp_path / f"wallograph-check-{name}" for name in (f"{gone.pid}-a", "1-b", "x-c"))
    for folder in (dead, alive, other):
        folder.mkdir()
    sweep(tmp_path)
    assert [folder.exists() for folder in (dead, alive, other)] == [False, True, True]


def test_health_says_how_publishing_gets_on(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path / "state")

    def health() -> dict[str, Any]:
        answer = bureau.get("/healthz", "", "*/*")
        assert answer.status_code == 200 and answer.headers["cache-control"] == "no-store"
        return dict(answer.json())

    first = health()
    assert first["status"] == "ok"
    assert first["journal"] == {"entries": 0, "digest": "", "published": 0}
    assert first["publisher"] == {"running": False, "waiting": 0, "failed": 0, "trouble": False, "since": ""}
    spin, page = f"{bureau.house.base}/id/actor/spin", Evidence(PAGE, "https://www.example.com/c")
    made = bureau.propose(Change(1, "add", spin, vocab.KEYWORDS, '"laser"', evidence=page))
    done = bureau.api(f"/api/review/{made.id}/accept", {"why": "so"}, if_match='W/"v1"')
    assert done.status_code == 200, done.text
    head = bureau.desk.journal.head()
    assert head is not None
    found = health()
    assert (found["status"], found["publisher"]["waiting"]) == ("degraded", 1)  # nobody is there to publish it
    assert found["journal"] == {"entries": 1, "digest": head.digest, "published": 0}
    bureau.publish()
    assert (health()["status"], health()["journal"]["published"]) == ("ok", 1)
    with bureau.desk.db.writing() as tx:
        write_trouble(tx, "there is no room in /a/secret/folder", "2026-03-02T10:00:00Z")
    found = health()
    assert found["status"] == "degraded" and found["publisher"]["trouble"] is True
    assert "secret" not in str(found)


def test_health_without_a_database(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path / "state")
    bureau.desk.db.close()
    for path in (tmp_path / "state").glob("journal.sqlite*"):
        path.unlink()
    (tmp_path / "state" / "journal.sqlite").write_bytes(b"no database" * 1000)
    found = bureau.get("/healthz", "", "*/*").json()
    assert (found["status"], found["journal"], found["publisher"]) == ("degraded", None, None)
    assert bureau.get("/doc/actor/spin", "").status_code == 200
