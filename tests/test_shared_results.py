"""Shared results on the disk: expiry, total, secrets; and who may ask how often."""

import json
from pathlib import Path

import pytest

from wallograph.checker.shared import Expired, ShareFull, Shares, ShareTooLarge
from wallograph.errors import NotFound
from wallograph.web.errors import shown_path
from wallograph.web.limiter import RateLimiter


class Clock:
    now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


def made(folder: Path, **changes: object) -> tuple[Shares, Clock]:
    clock = Clock()
    given = {"days": 7, "largest": 10_000, "total": 50_000} | changes
    return Shares(folder / "shared", clock=clock, **given), clock


def test_what_is_kept_comes_back_until_its_time(tmp_path: Path) -> None:
    shares, clock = made(tmp_path)
    share = shares.put({"a": "é"})
    assert share.expires == 1_000_000 + 7 * 86400
    assert shares.get(share.ident) == ({"a": "é"}, share.expires)
    clock.now = share.expires + 1
    with pytest.raises(Expired):
        shares.get(share.ident)
    assert list((tmp_path / "shared").iterdir()) == []
    with pytest.raises(NotFound):
        shares.get(share.ident)


def test_sweeping(tmp_path: Path) -> None:
    shares, clock = made(tmp_path)
    assert shares.sweep() == 0
    old = shares.put({})
    (tmp_path / "shared" / "junk.json").write_text("not one of ours")
    clock.now += 3 * 86400
    new = shares.put({})
    clock.now = old.expires + 1
    assert shares.sweep() == 1  # the junk went when the second was put
    assert shares.get(new.ident)
    assert len(list((tmp_path / "shared").iterdir())) == 1


def test_names_and_contents_tell_no_secret(tmp_path: Path) -> None:
    shares, _ = made(tmp_path)
    share = shares.put({"a": 1})
    (file,) = (tmp_path / "shared").iterdir()
    text = file.name + file.read_text()
    assert share.ident not in text and share.secret not in text
    assert file.stat().st_mode & 0o077 == 0
    assert (tmp_path / "shared").stat().st_mode & 0o077 == 0


def test_only_its_secret_deletes(tmp_path: Path) -> None:
    shares, _ = made(tmp_path)
    one, two = shares.put({}), shares.put({})
    for wrong in ("", two.secret, one.ident, "é", "x" * 10_000):
        assert not shares.delete(one.ident, wrong)
    assert shares.delete(one.ident, one.secret)
    with pytest.raises(NotFound):
        shares.delete(one.ident, one.secret)
    assert shares.get(two.ident)


@pytest.mark.parametrize("ident", ["", "../../x", "x" * 65, "\0", "/etc/passwd"])
def test_no_address_leaves_the_folder(tmp_path: Path, ident: str) -> None:
    shares, _ = made(tmp_path)
    with pytest.raises(NotFound):
        shares.get(ident)


def test_bounds(tmp_path: Path) -> None:
    shares, _ = made(tmp_path, total=9000)
    with pytest.raises(ShareTooLarge):
        shares.put({"a": "x" * 10_000})
    shares.put({})
    shares.put({})
    with pytest.raises(ShareFull):
        shares.put({})
    with pytest.raises(ShareFull):
        made(tmp_path, total=0)[0].put({})


def test_a_damaged_file_is_not_found(tmp_path: Path) -> None:
    shares, _ = made(tmp_path)
    share = shares.put({})
    (file,) = (tmp_path / "shared").iterdir()
    for content in ("", "{}", json.dumps({"expires": "x", "secret": 1}), "\0"):
        file.write_text(content)
        with pytest.raises(NotFound):
            shares.get(share.ident)


def test_a_bucket_of_tokens() -> None:
    clock = Clock()
    limiter = RateLimiter(6, most=2, clock=clock)
    assert [limiter.wait("a") for _ in range(6)] == [0.0] * 6
    assert limiter.wait("a") == pytest.approx(10)
    clock.now += 10
    assert limiter.wait("a") == 0
    assert limiter.wait("a") > 9
    assert limiter.wait("b") == 0
    limiter.wait("c")
    assert limiter.wait("a") == 0  # forgotten: the memory is bounded
    assert RateLimiter(0).wait("a") == 0


def test_a_secret_address_is_in_no_log() -> None:
    assert "secret" not in shown_path("/validate/shared/secret")
    assert shown_path("/validate") == "/validate"
