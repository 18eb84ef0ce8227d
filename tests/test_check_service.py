"""The checking service: walls, limits, kills, and what a client is told."""

import asyncio
import json
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from check_standin import standing_in
from wallograph import errors
from wallograph.checker.client import CheckClient
from wallograph.checker.limits import CheckLimits

LIMITS = CheckLimits(
    upload_bytes=3_000_000, seconds=1.0, memory_bytes=96 << 20, file_bytes=100_000, open_files=40,
    answer_bytes=5_000_000, workers=2, queue=2, queue_seconds=3.0,
)  # fmt: skip


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CheckClient]:
    with standing_in(tmp_path_factory.mktemp("c"), LIMITS) as found:
        yield found


def at_rest(client: CheckClient) -> dict:
    """The status when nothing runs any more."""
    until = time.monotonic() + 10
    while (status := client.status())["running"] or status["waiting"]:
        assert time.monotonic() < until
        time.sleep(0.02)
    return status


def background(client: CheckClient, content: bytes, number: int) -> tuple[list[threading.Thread], list]:
    """Several checks at once; what became of each."""
    ended: list = []

    def one() -> None:
        try:
            ended.append(client.check({}, content).body)
        except errors.WallographError as error:
            ended.append(error)

    threads = [threading.Thread(target=one) for _ in range(number)]
    for thread in threads:
        thread.start()
    return threads, ended


def test_an_answer_with_what_was_asked(client: CheckClient) -> None:
    answer = client.check({"format": "json"}, b"anything at all")
    assert answer.body == b"anything at all"
    assert answer.meta["asked"] == {"format": "json"}
    assert answer.meta["seconds"] >= 0


def test_an_answer_in_an_event_loop(client: CheckClient) -> None:
    large = b"x" * 2_900_000
    assert asyncio.run(client.check_async({}, large)).body == large


@pytest.mark.parametrize("deed", [b"sleep 30", b"spin"])
def test_the_deadline_kills(client: CheckClient, deed: bytes) -> None:
    started = time.monotonic()
    with pytest.raises(errors.CheckTimeout) as told:
        client.check({}, deed)
    assert 0.9 < time.monotonic() - started < 15
    assert told.value.limit == "seconds"
    assert client.check({}, b"again").body == b"again"


@pytest.mark.parametrize("deed", [b"memory 200", b"abort", b"deep", b"segv"])
def test_too_much_memory_or_depth_is_told(client: CheckClient, deed: bytes) -> None:
    with pytest.raises(errors.CheckTooLarge) as told:
        client.check({}, deed)
    assert told.value.limit in ("memory_bytes", "nesting")
    assert client.check({}, b"memory 20").body == bytes(10)


@pytest.mark.parametrize("deed", [b"fail with a secret", b"exit"])
def test_a_crash_is_an_error_without_details(client: CheckClient, deed: bytes) -> None:
    with pytest.raises(errors.WallographError) as told:
        client.check({}, deed)
    assert type(told.value) is errors.WallographError
    assert "secret" not in str(told.value)


def test_what_cannot_be_read_keeps_its_place(client: CheckClient) -> None:
    with pytest.raises(errors.ParseError) as told:
        client.check({}, b"parse")
    assert (told.value.line, told.value.column) == (3, 7)


def test_a_check_has_no_network_and_starts_no_program(client: CheckClient) -> None:
    assert client.status()["wall"] is True
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        with pytest.raises(errors.WallographError):
            client.check({}, b"connect %d" % listener.getsockname()[1])
        with pytest.raises(TimeoutError):
            listener.accept()
    assert json.loads(client.check({}, b"try").body) == []


def test_a_check_has_a_folder_that_is_deleted_after_it(client: CheckClient) -> None:
    folder = Path(client.check({}, b"where").body.decode())
    at_rest(client)
    assert folder.name.startswith("wallograph-check-")
    assert not folder.exists()


@pytest.mark.parametrize(
    ("deed", "limit"),
    [
        (b"write 200000", "file_bytes"), (b"open 100", "file_bytes"), (b"answer 6000000", "answer_bytes"),
        (b"x" * 3_000_001, "upload_bytes"),
    ],
)  # fmt: skip
def test_files_and_answers_are_bounded(client: CheckClient, deed: bytes, limit: str) -> None:
    with pytest.raises(errors.CheckTooLarge) as told:
        client.check({}, deed)
    assert told.value.limit == limit


def test_two_at_a_time_two_wait_and_the_others_are_told_to_come_back(client: CheckClient) -> None:
    at_rest(client)
    threads, ended = background(client, b"sleep 0.6", 6)
    time.sleep(0.3)
    status = client.status()
    assert (status["running"], status["waiting"]) == (2, 2)
    for thread in threads:
        thread.join()
    assert ended.count(b"slept") == 4
    refused = [error for error in ended if isinstance(error, errors.CheckBusy)]
    assert len(refused) == 2
    assert all(error.retry_after > 0 for error in refused)


def test_who_goes_away_ends_the_check(client: CheckClient) -> None:
    before = at_rest(client)["ended"]["gone"]

    async def leave() -> None:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(client.check_async({}, b"sleep 0.9"), 0.2)

    asyncio.run(leave())
    assert at_rest(client)["ended"]["gone"] == before + 1


def test_the_service_does_its_chores_at_the_start(client: CheckClient) -> None:
    assert client.status()["swept"] == 1


def test_nothing_listens_after_the_end(tmp_path: Path) -> None:
    with standing_in(tmp_path, LIMITS) as client:
        assert client.check({}, b"here").body == b"here"
    with pytest.raises(errors.StateError):
        client.check({}, b"here")
    assert not (tmp_path / "c").exists()
