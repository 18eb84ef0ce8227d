"""Webhooks: each release gives one signed message a portal, in order, until it arrives; keys are never in the open."""

import os
import secrets
import subprocess
import sys
import threading
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from sqlite3 import connect
from textwrap import dedent

import pytest
from click.testing import CliRunner, Result

from http_server import serving
from publication import BASE, TRIG, publish
from receiver import Portal, portal
from wallograph.cli import main
from wallograph.errors import SecretKeyError, StateError
from wallograph.outgoing.deliver import SCHEDULE, Deliverer, purpose
from wallograph.outgoing.door import Door, OutgoingRules
from wallograph.outgoing.hooks import Hook, Hooks
from wallograph.outgoing.signing import new_key, sign
from wallograph.outgoing.vault import Vault
from wallograph.pipeline.announce import announce
from wallograph.release.state import State

DOCS = Path(__file__).parent.parent / "docs"
KEY = b64encode(b"k" * 32).decode()
OPEN = {"WALLOGRAPH_SECRET_KEY": KEY, "WALLOGRAPH_OUTGOING_HTTP": "true", "WALLOGRAPH_OUTGOING_PRIVATE": "true"}


@pytest.fixture(autouse=True)
def settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in OPEN.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def receiver() -> Iterator[Portal]:
    with portal() as found:
        yield found


@pytest.fixture
def state(tmp_path: Path) -> State:
    publish(tmp_path / "state")
    return State(tmp_path / "state")


def release_again(state: State, word: str) -> int:
    """The next release: one name is another one."""
    return publish(state.root, TRIG.replace('"Spin"', f'"{word}"')).number


def run(state: State, *words: str) -> Result:
    return CliRunner().invoke(main, ["webhook", words[0], "--state", str(state.root), *words[1:]])


def added(state: State, url: str) -> tuple[str, str]:
    """The id and the key of a new hook."""
    told = run(state, "add", url, "--name", "The portal")
    assert told.exit_code == 0, told.stderr
    first, second = told.stdout.splitlines()
    return first.split()[1].rstrip(":"), second.removeprefix("key: ")


class Clock:
    """A clock that is set."""

    def __init__(self) -> None:
        self.now = time.time()

    def __call__(self) -> float:
        return self.now


def deliverer(state: State, clock: Clock | None = None, said: list[str] | None = None) -> Deliverer:
    said = said if said is not None else []
    door = Door(OutgoingRules(plain_http=True, private=True, seconds=5))
    return Deliverer(Hooks(state.root), Vault(KEY), door, said.append, clock=clock or Clock())


def queue(state: State, clock: Clock | None = None) -> int:
    return announce(state, Hooks(state.root), (clock or Clock())(), local=False)


def test_the_signature_is_that_of_the_specification() -> None:
    """The case that its libraries are tested with."""
    given = ("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330)
    assert sign(*given, b'{"test": 2432232314}') == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_release_is_told_once_and_signed(state: State, receiver: Portal) -> None:
    ident, key = added(state, receiver.url)
    assert run(state, "deliver").exit_code == 0
    assert receiver.messages == []  # the release that was there already
    number = release_again(state, "Spun")
    for _ in range(2):
        assert run(state, "deliver").exit_code == 0
    [message] = receiver.messages
    message.verify(key)
    assert message.path == "/hook?token=very-secret"
    assert message.headers["content-type"] == "application/json"
    assert (message.json["type"], message.json["timestamp"][:10]) == ("release.published", "2026-03-01")
    data = message.json["data"]
    assert (data["release"], data["previous"], data["base"]) == (number, number - 1, BASE)
    assert data["counts"]["actor"]["renamed"] == 1
    assert data["links"]["patch"] == f"{BASE}/changes/{number}.rdfp"
    assert data["links"]["dumps"] == f"{BASE}/dump/{number}/"
    assert len(message.body) < 20_000
    told = run(state, "list").stdout
    assert f"{ident}  The portal  http://127.0.0.1:{receiver.port}/…  release {number} sent, 0 waiting" in told
    assert "answered 204" in told


def test_nothing_secret_stands_in_the_file_the_list_or_the_errors(state: State, receiver: Portal) -> None:
    ident, key = added(state, receiver.url)
    receiver.answers = [500]
    release_again(state, "Spun")
    told = [run(state, "deliver"), run(state, "list"), run(state, "test", ident)]
    shown = "".join(each.output for each in told).encode() + Hooks(state.root).path.read_bytes()
    for secret in (key, key.removeprefix("whsec_"), "very-secret", "/hook", KEY):
        assert secret.encode() not in shown
    assert told[2].exit_code == 8
    assert Hooks(state.root).path.stat().st_mode & 0o077 == 0
    assert KEY not in repr(Vault(KEY))


def test_a_failed_message_is_tried_again_with_the_same_id(state: State, receiver: Portal) -> None:
    _, key = added(state, receiver.url)
    receiver.answers = [500, 302, 204]
    release_again(state, "Spun")
    clock = Clock()
    queue(state, clock)
    sender = deliverer(state, clock)
    for tries, pause in ((1, 0), (2, SCHEDULE[0]), (3, SCHEDULE[1])):
        clock.now += pause * 0.9
        sender.finish()
        assert len(receiver.messages) == tries - (pause > 0), "not before it is due"
        clock.now += pause * 0.3
        sender.finish()
        assert len(receiver.messages) == tries
    for message in receiver.messages:
        assert abs(int(message.headers["webhook-timestamp"]) - clock.now) < 500
    assert len({message.id for message in receiver.messages}) == 1
    assert len({message.body for message in receiver.messages}) == 1
    assert len({message.headers["webhook-signature"] for message in receiver.messages}) == 3, (
        "each attempt has its time"
    )
    receiver.messages[0].verify(key)
    clock.now += 10 * 86400
    sender.finish()
    assert len(receiver.messages) == 3


def test_releases_arrive_in_order_and_the_later_wait(state: State, receiver: Portal) -> None:
    added(state, receiver.url)
    receiver.answers = [503, 204]
    numbers = [release_again(state, word) for word in ("One", "Two", "Three")]
    clock = Clock()
    assert queue(state, clock) == 3
    assert queue(state, clock) == 0
    sender = deliverer(state, clock)
    sender.finish()
    assert [message.json["data"]["release"] for message in receiver.messages] == numbers[:1]
    clock.now += 2 * SCHEDULE[0]
    sender.finish()
    assert [message.json["data"]["release"] for message in receiver.messages] == [numbers[0], *numbers]


def test_retry_after_is_kept_to(state: State, receiver: Portal) -> None:
    added(state, receiver.url)
    receiver.answers, receiver.headers = [429, 204], {"Retry-After": "120"}
    release_again(state, "Spun")
    clock = Clock()
    queue(state, clock)
    sender = deliverer(state, clock)
    sender.finish()
    clock.now += 119
    sender.finish()
    assert len(receiver.messages) == 1
    clock.now += 2
    sender.finish()
    assert len(receiver.messages) == 2


@pytest.mark.parametrize(
    "text", ["Fri, 31 Dec 9999 23:59:59 GMT", "9" * 400, "-5", "soon", "Mon, 01 Jan 0001 00:00:00 GMT"]
)
def test_a_hostile_retry_after_waits_a_day_at_most(state: State, receiver: Portal, text: str) -> None:
    added(state, receiver.url)
    receiver.answers, receiver.headers = [503], {"Retry-After": text}
    release_again(state, "Spun")
    clock = Clock()
    queue(state, clock)
    deliverer(state, clock).finish()
    [waiting] = Hooks(state.root).waiting()
    assert waiting.attempts == 1
    assert clock.now + SCHEDULE[0] <= waiting.due <= clock.now + 86400


def test_410_ends_the_hook_until_it_is_enabled(state: State, receiver: Portal) -> None:
    ident, _ = added(state, receiver.url)
    receiver.answers = [410, 204]
    said: list[str] = []
    first = release_again(state, "One")
    queue(state)
    deliverer(state, said=said).finish()
    second = release_again(state, "Two")
    assert queue(state) == 0
    deliverer(state).finish()
    assert len(receiver.messages) == 1
    assert "DISABLED: the portal answered 410" in run(state, "list").stdout
    assert [ident in sentence and "very-secret" not in sentence for sentence in said] == [True]
    assert run(state, "enable", ident).exit_code == 0
    assert run(state, "deliver").exit_code == 0
    assert [message.json["data"]["release"] for message in receiver.messages] == [first, first, second]


def test_a_portal_that_never_answers_well_is_given_up(state: State, receiver: Portal) -> None:
    added(state, receiver.url)
    receiver.answers = [500]
    release_again(state, "One")
    clock = Clock()
    queue(state, clock)
    sender = deliverer(state, clock)
    begin = clock.now
    while Hooks(state.root).waiting():
        clock.now = Hooks(state.root).waiting()[0].due
        sender.finish()
    assert len(receiver.messages) == len(SCHEDULE) + 1 == 10
    assert 3 * 86400 < clock.now - begin < 4 * 86400
    assert "DISABLED: gave up after 10 attempts: answered 500" in run(state, "list").stdout


def test_a_slow_portal_holds_up_no_other(state: State, receiver: Portal) -> None:
    with portal() as slow:
        slow.seconds = 4
        added(state, slow.url)
        added(state, receiver.url)
        numbers = [release_again(state, word) for word in ("One", "Two", "Three")]
        queue(state)
        sender = deliverer(state)
        thread = threading.Thread(target=sender.finish)
        begin = time.monotonic()
        thread.start()
        receiver.wait(3, seconds=3.5)
        assert time.monotonic() - begin < 3.5
        assert [message.json["data"]["release"] for message in receiver.messages] == numbers
        assert len(slow.messages) == 1
        slow.seconds = 0
        thread.join(20)


def test_what_waits_survives_a_restart(state: State, receiver: Portal) -> None:
    """The queue is a file: another process, with nothing in its memory, goes on with the same message."""
    added(state, receiver.url)
    receiver.answers = [500, 204]
    number = release_again(state, "One")
    assert run(state, "deliver").exit_code == 0
    with closing(connect(Hooks(state.root).path)) as db, db:
        db.execute("UPDATE delivery SET due = 0")
    command = [sys.executable, "-m", "wallograph", "webhook", "deliver", "--state", str(state.root)]
    assert subprocess.run(command, env=os.environ | OPEN, capture_output=True, timeout=60).returncode == 0
    assert [message.json["data"]["release"] for message in receiver.messages] == [number, number]
    assert receiver.messages[0].id == receiver.messages[1].id


def test_only_one_delivers(state: State, receiver: Portal) -> None:
    added(state, receiver.url)
    release_again(state, "One")
    with Hooks(state.root).delivering() as mine:
        assert mine
        assert "another process delivers" in run(state, "deliver").stderr
        assert receiver.messages == []
    run(state, "deliver")
    assert len(receiver.messages) == 1


def test_a_local_base_is_told_of_only_when_asked_for(
    tmp_path: Path, receiver: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "state"
    publish(root, base="http://localhost:8000")
    state = State(root)
    told = run(state, "add", receiver.url)
    assert "WALLOGRAPH_WEBHOOK_LOCAL" in told.stderr
    publish(root, TRIG.replace('"Spin"', '"One"'), base="http://localhost:8000")
    assert "nothing is sent" in run(state, "deliver").stderr
    assert receiver.messages == []
    monkeypatch.setenv("WALLOGRAPH_WEBHOOK_LOCAL", "true")
    run(state, "deliver")
    assert receiver.messages == [], "what was passed over stays so"
    publish(root, TRIG.replace('"Spin"', '"Two"'), base="http://localhost:8000")
    run(state, "deliver")
    assert [message.json["data"]["release"] for message in receiver.messages] == [3]


def test_another_secret_key_says_what_to_do(
    state: State, receiver: Portal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ident, _ = added(state, receiver.url)
    release_again(state, "One")
    other = b64encode(secrets.token_bytes(32)).decode()
    monkeypatch.setenv("WALLOGRAPH_SECRET_KEY", other)
    for words in (("test", ident), ("add", receiver.url + "2")):
        told = run(state, *words)
        assert told.exit_code == 7
        assert "set WALLOGRAPH_SECRET_KEY to the one that was used then" in told.stderr
        assert "Traceback" not in told.stderr
    assert "set WALLOGRAPH_SECRET_KEY" in run(state, "deliver").stderr
    assert receiver.messages == []
    (tmp_path / "key").write_text(f"{other}\n{KEY}\n", encoding="ascii")
    monkeypatch.delenv("WALLOGRAPH_SECRET_KEY")
    assert "openssl rand -base64 32" in run(state, "deliver").stderr
    monkeypatch.setenv("WALLOGRAPH_SECRET_KEY_FILE", str(tmp_path / "key"))
    assert run(state, "deliver").exit_code == 0
    assert len(receiver.messages) == 1
    monkeypatch.setenv("WALLOGRAPH_SECRET_KEY_FILE", str(tmp_path / "none"))
    assert run(state, "test", ident).exit_code == 7


@pytest.mark.parametrize("key", ["", "short", "ключ", b64encode(b"k" * 31).decode(), KEY + "!"])
def test_a_malformed_secret_key_is_told(key: str) -> None:
    with pytest.raises(SecretKeyError, match="openssl rand -base64 32") as error:
        Vault(key)
    assert not key or key not in str(error.value)


def test_a_sealed_value_does_not_open_in_the_place_of_another(state: State, receiver: Portal) -> None:
    ident, _ = added(state, receiver.url)
    sealed = Hooks(state.root).get(ident).sealed
    with pytest.raises(SecretKeyError, match="another one belongs"):
        Vault(KEY).open(purpose("other"), sealed)


@pytest.mark.parametrize(
    "url", ["https://10.0.0.1/", "https://169.254.169.254/", "http://9.9.9.9/", "https://me:pw@9.9.9.9/"]
)
def test_a_portal_in_a_private_network_cannot_be_added(state: State, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WALLOGRAPH_OUTGOING_PRIVATE")
    monkeypatch.delenv("WALLOGRAPH_OUTGOING_HTTP")
    told = run(state, "add", url)
    assert told.exit_code == 3
    assert not Hooks(state.root).exists()


def test_an_address_that_becomes_private_is_not_asked(state: State, receiver: Portal) -> None:
    """What was allowed when it was added is judged again at each attempt."""
    added(state, receiver.url)
    release_again(state, "One")
    queue(state)
    door = Door(OutgoingRules(plain_http=True))
    Deliverer(Hooks(state.root), Vault(KEY), door, lambda _: None).finish()
    assert receiver.messages == []
    assert "private address" in run(state, "list").stdout


def test_the_same_address_is_not_added_twice_and_a_removed_one_is_forgotten(state: State, receiver: Portal) -> None:
    ident, _ = added(state, receiver.url)
    assert run(state, "add", receiver.url).exit_code == 3
    release_again(state, "One")
    queue(state)
    assert run(state, "remove", ident).exit_code == 0
    deliverer(state).finish()
    assert receiver.messages == []
    for command in ("remove", "test", "enable"):
        assert run(state, command, ident).exit_code == 4
    assert run(state, "list").stdout == ""
    added(state, receiver.url)


def test_a_test_message_says_what_it_is(state: State, receiver: Portal) -> None:
    ident, key = added(state, receiver.url)
    assert run(state, "test", ident).exit_code == 0
    [message] = receiver.messages
    message.verify(key)
    assert message.json["type"] == "webhook.test"


def test_trouble_of_our_own_does_not_flood_a_portal(
    state: State, receiver: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk, say: the outcome cannot be written, and the message is not sent again at once."""
    added(state, receiver.url)
    release_again(state, "One")
    queue(state)

    def full(*_: object) -> None:
        raise StateError("the disk is full")

    said: list[str] = []
    sender = deliverer(state, said=said)
    with monkeypatch.context() as patched:
        patched.setattr(Hooks, "sent", full)
        sender.finish()
        sender.finish()
    assert len(receiver.messages) == 1
    assert "the disk is full" in said[0]


def test_a_damaged_file_is_told(state: State, receiver: Portal) -> None:
    added(state, receiver.url)
    Hooks(state.root).path.write_bytes(b"no database" * 1000)
    assert run(state, "list").exit_code == 7


def test_what_was_sent_long_ago_is_forgotten(tmp_path: Path) -> None:
    hooks = Hooks(tmp_path)
    hooks.add(Hook("one", "", "https://x/", b"", 0))
    for number in range(1, 41):
        hooks.queue("one", number, f"msg_{number}", b"{}", 0.0)
        hooks.sent(hooks.waiting()[0], 1.0, "answered 204")
    with closing(connect(hooks.path)) as db:
        assert db.execute("SELECT COUNT(*), MAX(release) FROM delivery").fetchone() == (20, 40)


@pytest.mark.parametrize("processes", [1, 2])
def test_a_server_tells_a_portal_of_a_patch(tmp_path: Path, receiver: Portal, processes: int) -> None:
    """The whole of it: serve, apply, a message arrives; the server's children do not inherit the secret key."""
    publish(tmp_path / "state")
    state = State(tmp_path / "state")
    _, key = added(state, receiver.url)
    patch = f'A <{BASE}/id/actor/spin> <http://schema.org/alternateName> "Le Spin" <{BASE}/id/source/page-a> .\n'
    with serving(tmp_path / "state") as server:
        server.start(tmp_path / "state", web_processes=processes)
        told = CliRunner().invoke(main, ["apply", "--state", str(state.root), "-"], input=patch)
        assert told.exit_code == 0, told.stderr
        [message] = receiver.wait(1)
        message.verify(key)
        assert (message.json["data"]["release"], message.json["data"]["kind"]) == (2, "release")
        assert message.json["data"]["links"]["dumps"] == f"{BASE}/dump/1/"
        assert server.process is not None
        children = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text().split()
        services = [child for child in children if b"-m\0wallograph" in Path(f"/proc/{child}/cmdline").read_bytes()]
        assert services
        for child in services:
            if b"serve" not in Path(f"/proc/{child}/cmdline").read_bytes():  # forks of it share its memory anyway
                assert KEY.encode() not in Path(f"/proc/{child}/environ").read_bytes()
        until = time.monotonic() + 10
        while "release 2 sent" not in run(state, "list").stdout:
            assert time.monotonic() < until
            time.sleep(0.05)
    assert len(receiver.messages) == 1


@pytest.mark.parametrize("name", main.commands["webhook"].commands)  # type: ignore[attr-defined]
def test_every_subcommand_is_documented(name: str) -> None:
    text = (DOCS / "commands.md").read_text(encoding="utf-8")
    assert f"wallograph webhook {name}" in text
    for option in main.commands["webhook"].commands[name].params:  # type: ignore[attr-defined]
        if option.param_type_name == "option":
            assert f"`{option.opts[-1]}`" in text
    assert len(run_help(name).splitlines()) > 6


def run_help(name: str) -> str:
    return CliRunner().invoke(main, ["webhook", name, "--help"]).output


def test_the_example_for_portals_verifies(state: State, receiver: Portal) -> None:
    """The lines of the documentation, as they stand there."""
    text = (DOCS / "portals.md").read_text(encoding="utf-8")
    code = text[text.index("    import base64") :].split("\n\nAnswer", 1)[0]
    found: dict[str, object] = {}
    exec(dedent(code), found)
    verified = found["verified"]
    assert callable(verified)
    ident, key = added(state, receiver.url)
    run(state, "test", ident)
    [message] = receiver.messages
    assert verified(key, message.headers, message.body)
    assert not verified(key, message.headers, message.body + b" ")
    assert not verified(new_key(), message.headers, message.body)
    old = {**message.headers, "webhook-timestamp": str(int(time.time()) - 3600)}
    old["webhook-signature"] = sign(key, message.id, int(old["webhook-timestamp"]), message.body)
    assert not verified(key, old, message.body)
