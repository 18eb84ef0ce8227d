"""Quotas of proposals: by client and in all, by day; the queue; what is known of a client and for how long."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from test_proposals import NOW, a_draft
from wallograph.curation.chores import Chores
from wallograph.curation.model import State as Decision
from wallograph.curation.proposals import Proposals
from wallograph.curation.quota import ProposalLimits
from wallograph.database import Database
from wallograph.errors import TooMany
from wallograph.release.state import State
from wallograph.settings import Settings


def proposals_with(folder: Path, **limits: int) -> Proposals:
    return Proposals(Database.of_folder(folder), limits=ProposalLimits(**limits), now=lambda: NOW)


def test_a_client_has_a_quota_for_a_day(tmp_path: Path) -> None:
    proposals = proposals_with(tmp_path, per_client=2)
    for _ in range(2):
        proposals.create(a_draft(), NOW, client="192.0.2.7")
    with pytest.raises(TooMany) as error:
        proposals.create(a_draft(), NOW, client="192.0.2.7")
    assert error.value.limit == "per_client" and error.value.retry_after == 14.5 * 3600 + 1
    proposals.create(a_draft(), NOW, client="192.0.2.8")
    proposals.create(a_draft(author="p-1"), NOW)  # an account counts for itself
    proposals.create(a_draft(), NOW + timedelta(days=1), client="192.0.2.7")


def test_all_together_have_a_quota_for_a_day(tmp_path: Path) -> None:
    proposals = proposals_with(tmp_path, in_all=3, per_client=2)
    for number in range(3):
        proposals.create(a_draft(), NOW, client=f"192.0.2.{number}")
    with pytest.raises(TooMany) as error:
        proposals.create(a_draft(), NOW, client="192.0.2.9")
    assert error.value.limit == "in_all"


def test_what_is_refused_counts_for_nothing(tmp_path: Path) -> None:
    proposals = proposals_with(tmp_path, in_all=4, per_client=1)
    proposals.create(a_draft(), NOW, client="a")
    for _ in range(5):
        with pytest.raises(TooMany):
            proposals.create(a_draft(), NOW, client="a")
    for client in ("b", "c", "d"):
        proposals.create(a_draft(), NOW, client=client)


def test_a_full_queue_takes_no_more_until_something_is_decided(tmp_path: Path) -> None:
    proposals = proposals_with(tmp_path, queue=2)
    first, _ = proposals.create(a_draft(), NOW)
    proposals.create(a_draft(), NOW)
    with pytest.raises(TooMany, match="2 proposals wait") as error:
        proposals.create(a_draft(), NOW)
    assert error.value.limit == "queue" and error.value.retry_after > 0
    proposals.withdraw(first.id, 1)
    proposals.create(a_draft(), NOW)


def test_files_have_room_together(tmp_path: Path) -> None:
    proposals = proposals_with(tmp_path, uploads_bytes=10)
    first, _ = proposals.create(a_draft(upload=b"12345678"), NOW)
    with pytest.raises(TooMany) as error:
        proposals.create(a_draft(upload=b"123"), NOW)
    assert error.value.limit == "uploads_bytes"
    assert len(list(proposals.uploads.folder.iterdir())) == 1
    proposals.amend(first.id, first.changes, "", 1, upload=b"1234567890")
    proposals.withdraw(first.id, 2)
    proposals.create(a_draft(upload=b"123"), NOW)


def test_a_proposal_is_amended_so_often_and_no_more(tmp_path: Path) -> None:
    proposals = proposals_with(tmp_path, amendments=3)
    made, _ = proposals.create(a_draft(), NOW)
    for version in (1, 2):
        proposals.amend(made.id, made.changes, "", version)
    with pytest.raises(TooMany):
        proposals.amend(made.id, made.changes, "", 3)


def _counts(proposals: Proposals) -> list[tuple[Any, ...]]:
    with proposals.db.reading() as tx:
        return tx.execute("SELECT day, client, count FROM proposal_counts ORDER BY day, client")


def test_of_an_address_there_is_a_hash_whose_key_goes_with_the_day(tmp_path: Path) -> None:
    proposals = proposals_with(tmp_path)
    proposals.create(a_draft(), NOW, client="192.0.2.7")
    (_, hashed, count) = _counts(proposals)[1]
    assert len(hashed) == 64 and count == 1
    with proposals.db.reading() as tx:
        (first,) = tx.execute("SELECT day, secret FROM proposal_days")
    proposals.create(a_draft(), NOW + timedelta(days=1), client="192.0.2.7")
    with proposals.db.reading() as tx:
        (second,) = tx.execute("SELECT day, secret FROM proposal_days")
    assert first[1] != second[1]
    assert {row[0] for row in _counts(proposals)} == {"2026-03-02"}
    assert hashed not in str(_counts(proposals))
    proposals.sweep(datetime(2026, 3, 9, tzinfo=UTC))
    assert _counts(proposals) == []
    with proposals.db.reading() as tx:
        assert tx.execute("SELECT * FROM proposal_days") == []


def test_the_publisher_deletes_every_hour_what_is_kept_too_long(tmp_path: Path) -> None:
    clock = [NOW]
    proposals = proposals_with(tmp_path)
    said: list[str] = []
    chores = Chores(proposals.db, State(tmp_path), 10, now=lambda: clock[0], say=said.append)
    made, _ = proposals.create(a_draft(email="anne@example.org"), NOW)
    with proposals.db.writing() as tx:
        proposals.set(tx, made.to(state=Decision.REFUSED, version=2))
    chores()
    assert proposals.email(made.id)
    clock[0] = NOW + timedelta(days=11)
    chores()
    assert proposals.email(made.id) == ""
    (tmp_path / "journal.sqlite").unlink()
    (tmp_path / "journal.sqlite").mkdir()
    proposals.db.close()
    chores()
    assert said == []  # not due
    clock[0] += timedelta(hours=2)
    chores()
    assert len(said) == 1 and "tried again" in said[0]


def test_every_limit_comes_from_the_settings() -> None:
    settings = Settings(
        proposals_per_client=1, proposals_in_all=2, proposals_queue=3, proposal_changes=4, proposal_upload_mb=6,
        proposals_upload_mb=7, proposal_kept_days=8,
    )  # fmt: skip
    assert settings.proposal_limits() == ProposalLimits(
        per_client=1, in_all=2, queue=3, changes=4, upload_bytes=6_000_000, uploads_bytes=7_000_000, kept_days=8
    )
    assert Settings().proposal_limits() == ProposalLimits()
