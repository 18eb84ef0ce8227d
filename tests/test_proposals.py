"""Proposals: stored, found, amended, withdrawn; by secret and by idempotency key; on SQLite and on PostgreSQL."""

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from wallograph.curation.draft import ID, Checked, Draft, is_provisional, new_id, provisional
from wallograph.curation.model import Change, Event, Evidence, Kind, Proposal, State
from wallograph.curation.proposals import Proposals
from wallograph.curation.quota import ProposalLimits
from wallograph.database import Database
from wallograph.errors import Conflict, InputError, KeyReused, NotFound, Stale, StateError, TooLarge

NOW = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
ACTOR = "http://localhost:8000/id/actor/cetic"
OTHER = "http://localhost:8000/id/actor/sirris"
SOURCE = "http://localhost:8000/id/source/cetic-be"
THEME = "http://localhost:8000/auth/theme/robotics"
NAME = "http://schema.org/name"
KEY = "0123456789abcdef-key"


def a_change(text: str = "CETIC", number: int = 1, subject: str = ACTOR, **given: Any) -> Change:
    evidence = Evidence("page", "https://www.cetic.be/")
    return Change(number, "add", subject, NAME, f'"{text}"', evidence=evidence, **given)


def a_draft(text: str = "CETIC", subject: str = ACTOR, **given: Any) -> Draft:
    values: dict[str, Any] = {
        "id": new_id(), "kind": Kind.CHANGE, "changes": (a_change(text, subject=subject),), "lang": "fr",
    }  # fmt: skip
    return Draft(**(values | given))


@pytest.fixture
def proposals(database: Database, tmp_path: Path) -> Proposals:
    return Proposals(database, uploads=tmp_path / "uploads", now=lambda: NOW)


def _rows(proposals: Proposals, table: str) -> list[tuple[Any, ...]]:
    with proposals.db.reading() as tx:
        return tx.execute(f"SELECT * FROM {table}")


def test_a_proposal_is_stored_and_found_by_id_and_secret(proposals: Proposals) -> None:
    made, secret = proposals.create(a_draft(note="Bonjour\x00 à tous", checked=Checked(conforms=True, release=3)), NOW)
    assert ID.fullmatch(made.id) and len(secret) == 22
    assert (made.state, made.version, made.release, made.note) == (State.CHECKED, 1, 3, "Bonjour à tous")
    assert made.made == made.changed == "2026-03-01T09:30:00Z"
    assert proposals.get(made.id) == made == proposals.by_secret(secret)
    assert proposals.is_authors(made.id, secret) and not proposals.is_authors(made.id, secret + "x")
    assert [event.what for event in proposals.events(made.id)] == ["received", "checked"]
    for wrong in ("", "x", made.id):
        assert not proposals.is_authors(made.id, wrong)
        with pytest.raises(NotFound):
            proposals.by_secret(wrong)
    with pytest.raises(NotFound):
        proposals.get("aaaaaaaaaa")


def test_the_secret_itself_is_in_no_table(proposals: Proposals) -> None:
    _, secret = proposals.create(a_draft(), NOW, client="192.0.2.7", key=KEY)
    tables = ("proposals", "proposal_changes", "proposal_keys", "proposal_counts", "proposal_events")
    stored = "".join(str(_rows(proposals, table)) for table in tables)
    assert secret not in stored and KEY not in stored and "192.0.2.7" not in stored


def test_a_draft_with_violations_is_kept_and_can_be_mended(proposals: Proposals) -> None:
    made, _ = proposals.create(a_draft("C", checked=Checked(outcome={"findings": [{"id": "0"}]})), NOW)
    assert made.state is State.RECEIVED and proposals.outcome(made.id) == {"findings": [{"id": "0"}]}
    later = NOW + timedelta(minutes=5)
    mended = proposals.amend(
        made.id, [a_change("CETIC asbl")], "mieux", 1, now=later, checked=Checked(conforms=True, release=4)
    )
    assert (mended.state, mended.version, mended.release, mended.note) == (State.CHECKED, 2, 4, "mieux")
    assert mended.changed > mended.made == made.made
    assert proposals.get(made.id) == mended and proposals.outcome(made.id) == {}
    told = [(event.what, event.version) for event in proposals.events(made.id)]
    assert told == [("received", 1), ("amended", 2), ("checked", 2)]


def test_whoever_changes_a_proposal_has_read_its_version(proposals: Proposals) -> None:
    made, _ = proposals.create(a_draft(), NOW)
    proposals.amend(made.id, made.changes, "", 1)
    with pytest.raises(Stale) as error:
        proposals.amend(made.id, made.changes, "", 1)
    assert error.value.version == 2
    with pytest.raises(Stale):
        proposals.withdraw(made.id, 1)
    assert proposals.withdraw(made.id, 2).state is State.WITHDRAWN
    with pytest.raises(Conflict, match="decided: withdrawn"):
        proposals.amend(made.id, made.changes, "", 3)


def test_of_two_authors_at_once_one_amends(proposals: Proposals) -> None:
    made, _ = proposals.create(a_draft(), NOW)
    ended: list[str] = []

    def one(text: str) -> None:
        try:
            ended.append(proposals.amend(made.id, [a_change(text)], "", 1).changes[0].object)
        except Stale:
            ended.append("stale")

    threads = [threading.Thread(target=one, args=(f"A{number}",)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ended.count("stale") == 5
    assert proposals.get(made.id).changes[0].object in ended


def test_a_check_of_the_same_version_moves_a_proposal_between_two_states(proposals: Proposals) -> None:
    made, _ = proposals.create(a_draft(), NOW)
    assert proposals.checked(made.id, 1, Checked(conforms=True)).state is State.CHECKED
    found = proposals.checked(made.id, 1, Checked(outcome={"findings": [1]}))
    assert found.state is State.RECEIVED and found.version == 1
    with pytest.raises(Stale):
        proposals.checked(made.id, 2, Checked(conforms=True))
    with proposals.db.writing() as tx:
        proposals.set(tx, found.to(state=State.CHANGES_ASKED, version=2))
    assert proposals.checked(made.id, 2, Checked(conforms=True)).state is State.CHANGES_ASKED


def test_a_key_makes_creation_safe_to_repeat(proposals: Proposals) -> None:
    first, secret = proposals.create(a_draft(email="a@b.example"), NOW, client="192.0.2.7", key=KEY)
    again, told = proposals.create(a_draft(email="a@b.example"), NOW, client="192.0.2.7", key=KEY)
    assert (again.id, told) == (first.id, secret)  # the ids of the two drafts differ
    assert len(_rows(proposals, "proposals")) == 1
    with pytest.raises(KeyReused):
        proposals.create(a_draft("another"), NOW, key=KEY)
    with pytest.raises(InputError, match="16 to 200"):
        proposals.create(a_draft(), NOW, key="short")
    other, _ = proposals.create(a_draft(author="p-1", email="a@b.example"), NOW, key=KEY)
    assert other.id != first.id  # the key of another account
    proposals.sweep(NOW + timedelta(days=1, hours=1))
    fresh, _ = proposals.create(a_draft("another"), NOW + timedelta(days=2), key=KEY)
    assert fresh.id not in (first.id, other.id)


def test_the_same_key_at_once_is_one_proposal(proposals: Proposals) -> None:
    made: list[str] = []
    threads = [
        threading.Thread(target=lambda: made.append(proposals.create(a_draft(upload=b"x"), NOW, key=KEY)[0].id))
        for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 6 and len(set(made)) == 1
    assert len(list(proposals.uploads.folder.iterdir())) == 1


def test_the_queue_is_filtered_and_paged(proposals: Proposals) -> None:
    checked = Checked(conforms=True, things=(ACTOR,), sources=(SOURCE,), themes=(THEME,), names=("CÉTIC",))
    ids = [proposals.create(a_draft(f"n{n}", checked=checked), NOW)[0].id for n in range(5)]
    other, _ = proposals.create(a_draft("100 %_ sûr", OTHER, kind=Kind.ERROR, note="voir %_ ici"), NOW)
    assert [one.id for one in proposals.search()] == [*ids, other.id]
    assert [one.id for one in proposals.search(newest=True, limit=2)] == [other.id, ids[4]]
    first = proposals.search(limit=2)
    assert [one.id for one in proposals.search(limit=2, after=first[-1].seq)] == ids[2:4]
    assert [one.id for one in proposals.search(kind="error")] == [other.id]
    assert [one.id for one in proposals.search({State.CHECKED})] == ids
    assert [one.id for one in proposals.search(source=SOURCE, theme=THEME)] == ids
    assert proposals.search(source=THEME) == []
    assert [one.id for one in proposals.search(text="cétic")] == ids
    assert [one.id for one in proposals.search(text="%_")] == [other.id]
    assert [one.id for one in proposals.search(text="VOIR ici")] == [other.id]
    assert [one.id for one in proposals.search(text=ids[2])] == [ids[2]]
    assert first[0].title == "CÉTIC" and (first[0].adds, first[0].retracts) == (1, 0)
    assert proposals.counts() == {State.CHECKED: 5, State.RECEIVED: 1}
    with proposals.db.writing() as tx:
        proposals.set(tx, proposals.get(ids[1]).to(assigned="p-9"))
    assert [one.id for one in proposals.search(assigned="p-9")] == [ids[1]]
    assert ids[1] not in [one.id for one in proposals.search(assigned="")]


def test_open_proposals_on_the_same_thing(proposals: Proposals) -> None:
    one, _ = proposals.create(a_draft(), NOW)
    two, _ = proposals.create(a_draft("two"), NOW)
    proposals.create(a_draft("three", OTHER), NOW)
    assert [found.id for found in proposals.about(ACTOR, but=one.id)] == [two.id]
    proposals.withdraw(two.id, 1)
    assert proposals.about(ACTOR, but=one.id) == []


def test_a_decision_is_written_with_its_event_in_one_transaction(proposals: Proposals) -> None:
    made, _ = proposals.create(a_draft(), NOW)
    with pytest.raises(ZeroDivisionError), proposals.db.writing() as tx:
        found = proposals.open_one(tx, made.id, 1)
        proposals.set(tx, found.to(state=State.ACCEPTED, version=2, accepted=(1,), entry=7))
        proposals.note(tx, made.id, Event("2026-03-02T00:00:00Z", "p-1", "accepted", "oui", 2))
        1 / 0  # noqa: B018
    assert proposals.get(made.id) == made and len(proposals.events(made.id)) == 1
    with proposals.db.writing() as tx:
        accepted = made.to(state=State.ACCEPTED, version=2, accepted=(1,), entry=7, changed="2026-03-02T00:00:00Z")
        proposals.set(tx, accepted)
        proposals.note(tx, made.id, Event("2026-03-02T00:00:00Z", "p-1", "accepted", "oui", 2))
    assert proposals.get(made.id) == accepted
    assert proposals.events(made.id)[-1] == Event("2026-03-02T00:00:00Z", "p-1", "accepted", "oui", 2)
    with pytest.raises(Conflict) as error:
        proposals.withdraw(made.id, 2)
    assert error.value.entry == 7


def test_the_file_is_kept_and_replaced(proposals: Proposals) -> None:
    made, _ = proposals.create(a_draft(kind=Kind.FILE, file="a.csv", upload=b"Nom\r\nA\r\n"), NOW)
    assert proposals.upload(made.id) == b"Nom\r\nA\r\n" and made.file == "a.csv"
    proposals.amend(made.id, made.changes, "", 1, upload=b"Nom\r\nB\r\n", file="b.csv")
    assert proposals.upload(made.id) == b"Nom\r\nB\r\n"
    assert len(list(proposals.uploads.folder.iterdir())) == 1
    with pytest.raises(Stale):
        proposals.amend(made.id, made.changes, "", 1, upload=b"C")
    assert len(list(proposals.uploads.folder.iterdir())) == 1
    proposals.withdraw(made.id, 2)
    assert list(proposals.uploads.folder.iterdir()) == []
    with pytest.raises(NotFound):
        proposals.upload(made.id)


def test_a_file_that_cannot_be_kept_leaves_no_proposal(proposals: Proposals, tmp_path: Path) -> None:
    (tmp_path / "uploads").write_text("in the way")
    with pytest.raises(StateError, match="cannot be kept"):
        proposals.create(a_draft(upload=b"x"), NOW)
    assert proposals.search() == []


def test_addresses_and_files_go_some_days_after_the_decision(proposals: Proposals) -> None:
    made, _ = proposals.create(a_draft(email="anne@example.org", upload=b"x"), NOW)
    waits, _ = proposals.create(a_draft(email="bert@example.org"), NOW)
    gone, _ = proposals.create(a_draft(email="carl@example.org"), NOW)
    assert proposals.email(made.id) == "anne@example.org"
    proposals.withdraw(gone.id, 1)
    assert proposals.email(gone.id) == ""  # at once
    with proposals.db.writing() as tx:
        proposals.set(tx, made.to(state=State.REFUSED, version=2, changed="2026-03-05T00:00:00Z"))
    assert proposals.sweep(NOW + timedelta(days=20)) == 0
    assert proposals.email(made.id) == "anne@example.org"
    assert proposals.sweep(datetime(2026, 4, 5, tzinfo=UTC)) == 1
    assert proposals.email(made.id) == ""
    with pytest.raises(NotFound):
        proposals.upload(made.id)
    assert list(proposals.uploads.folder.iterdir()) == []
    assert proposals.email(waits.id) == "bert@example.org"


def test_an_address_is_in_no_other_table(proposals: Proposals) -> None:
    made, _ = proposals.create(a_draft(email="anne@example.org", upload=b"x"), NOW, client="192.0.2.7", key=KEY)
    with proposals.db.reading() as tx:
        for table in ("proposals", "proposal_changes", "proposal_facets", "proposal_events", "proposal_keys"):
            assert "anne" not in str(tx.execute(f"SELECT * FROM {table}"))
    assert "anne" not in str(proposals.get(made.id)) + str(proposals.events(made.id))


@pytest.mark.parametrize("email", ["anne", "anne@", "@example.org", "a b@example.org", "a@example.org\nBcc: x@y.zz"])
def test_what_is_no_address_is_refused(tmp_path: Path, email: str) -> None:
    proposals = Proposals(Database.of_folder(tmp_path))
    with pytest.raises(InputError, match="e-mail"):
        proposals.create(a_draft(email=email), NOW)
    assert proposals.search() == []


def test_what_is_too_large_is_refused_with_the_name_of_the_limit(tmp_path: Path) -> None:
    limits = ProposalLimits(changes=2, note_chars=5, upload_bytes=3)
    proposals = Proposals(Database.of_folder(tmp_path), limits=limits)
    many = tuple(a_change(str(number), number) for number in range(3))
    drafts = (("changes", a_draft(changes=many)), ("note_chars", a_draft(note="123456")),
              ("upload_bytes", a_draft(upload=b"1234")))  # fmt: skip
    for limit, draft in drafts:
        with pytest.raises(TooLarge) as error:
            proposals.create(draft, NOW)
        assert error.value.limit == limit
    made, _ = proposals.create(a_draft(), NOW)
    with pytest.raises(TooLarge):
        proposals.amend(made.id, many, "", 1)


def test_a_provisional_thing_is_known_by_its_iri() -> None:
    ident = new_id()
    iri = provisional("actor", ident, 1, "http://localhost:8000")
    assert is_provisional(iri) and not is_provisional(ACTOR)
    changes = (a_change(subject=iri), replace(a_change(number=2), object=f"<{iri}>"))
    values = [change.values() for change in changes]
    assert tuple(Change.of_values(one) for one in values) == changes
    assert Proposal(ident, Kind.CREATE, State.RECEIVED, changes, 1, "", "", 1, "fr").to(version=2).version == 2
