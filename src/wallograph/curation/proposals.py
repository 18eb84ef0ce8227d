"""The proposals of an installation: stored, found again, amended and withdrawn by their authors.

In: a database, drafts, the clock. Out: `Proposal` values. A proposal has a public id and a secret for its author, of
which only the SHA-256 is kept. Whoever changes one says which version was read: Stale when it is another now.
"""

import secrets
from collections.abc import Callable, Collection
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from wallograph.curation import quota
from wallograph.curation.asking import Asked, listing
from wallograph.curation.draft import ID, Checked, Draft
from wallograph.curation.idempotency import forget_keys, recall, remember
from wallograph.curation.model import OPEN, Change, Event, Proposal, State
from wallograph.curation.proposal_rows import (
    add_event,
    forget_apart,
    forget_due,
    found_in,
    insert,
    keep_apart,
    replace_upload,
    update,
    write_about,
)
from wallograph.curation.proposal_tables import COMPONENT, STEPS, Listed, listed_of
from wallograph.curation.quota import ProposalLimits
from wallograph.curation.uploads import FOLDER, Uploads
from wallograph.curation.writing import file_name, moment, outcome_of, plain_text, secret_hash
from wallograph.database import Database, Transaction
from wallograph.errors import Conflict, InputError, NotFound, Stale, TooMany

_SECRET_BYTES: Final = 16
_UNNAMED_SECONDS: Final = 3600.0  # a file that no proposal names is of one that is being made, for so long
Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The clock of an installation."""
    return datetime.now(UTC)


class Proposals:
    """All proposals of one installation. Safe in several threads and processes."""

    def __init__(
        self, db: Database, *, uploads: Path | None = None, limits: ProposalLimits | None = None, now: Clock = utc_now
    ) -> None:
        self.db, self.limits, self.now = db, limits or ProposalLimits(), now
        folder = uploads or (db.path.parent / FOLDER if db.path else None)
        if folder is None:
            raise InputError("with PostgreSQL the folder of the files that are handed in is to be named")
        self.uploads = Uploads(folder)
        db.migrate(COMPONENT, STEPS)

    # -- the author

    def create(
        self, draft: Draft, now: datetime | None = None, *, client: str = "", key: str = ""
    ) -> tuple[Proposal, str]:
        """Store a draft: the proposal, and its author's secret, which is told only now.

        `client` is whose quota it counts for (an address or an account); the same idempotency `key` with the same
        draft gives what it gave before, KeyReused with another one. TooMany, TooLarge, StateError.
        """
        at = now or self.now()
        if not ID.fullmatch(draft.id):
            raise InputError("the id of a draft is ten characters of base32")
        quota.measure(self.limits, len(draft.changes), draft.note, draft.upload)
        name = file_name(draft.id)
        if draft.upload:
            self.uploads.put(name, draft.upload)
        try:
            proposal, secret = self._create(draft, at, client, key, name)
        except BaseException:
            self.uploads.drop(name)
            raise
        if proposal.id != draft.id:  # another request with this key was quicker
            self.uploads.drop(name)
        return proposal, secret

    def _create(self, draft: Draft, at: datetime, client: str, key: str, name: str) -> tuple[Proposal, str]:
        secret = secrets.token_urlsafe(_SECRET_BYTES)
        proposal = Proposal(
            draft.id, draft.kind, _state(draft.checked), draft.changes, 1, moment(at), moment(at),
            draft.checked.release, draft.lang, note=plain_text(draft.note), author=draft.author,
            file=plain_text(draft.file)[:200],
        )  # fmt: skip
        with self.db.writing() as tx:
            known = recall(tx, key, draft) if key else None
            if known is not None:  # the same request came twice at once
                return found_in(tx, known[0]), known[1]
            quota.take(tx, self.limits, client or draft.author, at)
            insert(tx, proposal, secret_hash(secret))
            write_about(tx, proposal, draft.checked)
            keep_apart(tx, self.limits, draft, name)
            self.note(tx, proposal.id, Event(proposal.changed, draft.author, "received", version=1))
            if proposal.state is State.CHECKED:
                self.note(tx, proposal.id, Event(proposal.changed, "", "checked", version=1))
            if key:
                remember(tx, key, draft, proposal, secret)
        return proposal, secret

    def amend(
        self,
        ident: str,
        changes: Collection[Change],
        note: str,
        version: int,
        *,
        now: datetime | None = None,
        checked: Checked | None = None,
        upload: bytes = b"",
        file: str = "",
    ) -> Proposal:
        """Replace the statements and the note of an open proposal. Stale, Conflict when it is decided, TooMany."""
        at, checked = moment(now or self.now()), checked or Checked()
        quota.measure(self.limits, len(changes), note, upload)
        name = file_name(ident)
        if upload:
            self.get(ident)  # no file is written for what is not there
            self.uploads.put(name, upload)
        try:
            with self.db.writing() as tx:
                found = self.open_one(tx, ident, version)
                if found.version >= self.limits.amendments:
                    raise TooMany("This proposal was amended too often.", limit="amendments")
                proposal = found.to(
                    changes=tuple(changes), note=plain_text(note), version=version + 1, changed=at,
                    state=_state(checked), release=checked.release or found.release,
                    file=plain_text(file)[:200] or found.file,
                )  # fmt: skip
                old = replace_upload(tx, self.limits, ident, name, upload) if upload else ""
                self.set(tx, proposal)
                write_about(tx, proposal, checked)
                self.note(tx, ident, Event(at, found.author, "amended", version=proposal.version))
                if proposal.state is State.CHECKED:
                    self.note(tx, ident, Event(at, "", "checked", version=proposal.version))
        except BaseException:
            self.uploads.drop(name)
            raise
        if old:
            self.uploads.drop(old)
        return proposal

    def withdraw(self, ident: str, version: int, *, now: datetime | None = None, why: str = "") -> Proposal:
        """The author takes an open proposal back: its file and e-mail address are deleted. Stale, Conflict."""
        at = moment(now or self.now())
        with self.db.writing() as tx:
            found = self.open_one(tx, ident, version)
            proposal = found.to(state=State.WITHDRAWN, version=version + 1, changed=at)
            self.set(tx, proposal)
            self.note(tx, ident, Event(at, found.author, "withdrawn", plain_text(why), proposal.version))
            old = forget_apart(tx, ident)
        for name in old:
            self.uploads.drop(name)
        return proposal

    # -- what a check came to

    def checked(self, ident: str, version: int, checked: Checked, *, now: datetime | None = None) -> Proposal:
        """Note what a check of this version came to; the version stays. A proposal that is with its author stays so."""
        at = moment(now or self.now())
        with self.db.writing() as tx:
            found = self.open_one(tx, ident, version)
            state = found.state if found.state is State.CHANGES_ASKED else _state(checked)
            proposal = found.to(state=state)
            if state is not found.state:
                self.set(tx, proposal)
                self.note(tx, ident, Event(at, "", state.value, version=version))
            write_about(tx, proposal, checked)
        return proposal

    def outcome(self, ident: str) -> dict[str, Any]:
        """The findings of the last check as plain values; empty when there was none."""
        with self.db.reading() as tx:
            rows = tx.execute("SELECT outcome FROM proposal_changes WHERE proposal = ?", (ident,))
        if not rows:
            raise NotFound("there is no such proposal")
        return outcome_of(rows[0][0])

    # -- reading

    def get(self, ident: str) -> Proposal:
        """The proposal with this id. NotFound."""
        with self.db.reading() as tx:
            return found_in(tx, ident)

    def by_secret(self, secret: str) -> Proposal:
        """The proposal of the holder of a secret. NotFound."""
        with self.db.reading() as tx:
            rows = tx.execute("SELECT id FROM proposals WHERE secret = ?", (secret_hash(secret),))
            if not rows or not secret:
                raise NotFound("there is no such proposal")
            return found_in(tx, rows[0][0])

    def is_authors(self, ident: str, secret: str) -> bool:
        """Whether this is the secret of the author of this proposal."""
        with self.db.reading() as tx:
            rows = tx.execute("SELECT secret FROM proposals WHERE id = ?", (ident,))
        given = secret_hash(secret).encode()
        return bool(secret) and bool(rows) and secrets.compare_digest(str(rows[0][0]).encode(), given)

    def search(
        self,
        states: Collection[State] = OPEN,
        kind: str = "",
        source: str = "",
        theme: str = "",
        assigned: str | None = None,
        text: str = "",
        limit: int = 50,
        after: int = 0,
        *,
        author: str | None = None,
        thing: str = "",
        newest: bool = False,
    ) -> list[Listed]:
        """Proposals in the order they came; `after` is the `seq` of the last one seen. `assigned=""`: of nobody."""
        asked = Asked(tuple(states), kind, source, theme, assigned, text, author, thing)
        sql, values = listing(asked, limit, after, newest)
        with self.db.reading() as tx:
            return [listed_of(row) for row in tx.execute(sql, values)]

    def counts(self) -> dict[State, int]:
        """How many there are in each state."""
        with self.db.reading() as tx:
            rows = tx.execute("SELECT state, COUNT(*) FROM proposals GROUP BY state")
        return {State(state): int(count) for state, count in rows}

    def about(self, iri: str, *, but: str = "") -> list[Listed]:
        """The open proposals that speak of the same thing, without one of them."""
        return [found for found in self.search(OPEN, thing=iri, limit=100) if found.id != but]

    def events(self, ident: str) -> list[Event]:
        """What happened to a proposal, first things first."""
        sql = "SELECT at, who, what, why, version FROM proposal_events WHERE proposal = ? ORDER BY number"
        with self.db.reading() as tx:
            return [Event(*row) for row in tx.execute(sql, (ident,))]

    def upload(self, ident: str) -> bytes:
        """The file that was handed in. NotFound when there is none any more."""
        with self.db.reading() as tx:
            rows = tx.execute("SELECT file FROM proposal_uploads WHERE proposal = ?", (ident,))
        if not rows:
            raise NotFound("this proposal has no file")
        return self.uploads.get(rows[0][0])

    def email(self, ident: str) -> str:
        """Where the author wants to be told; empty when nowhere, or no more."""
        with self.db.reading() as tx:
            rows = tx.execute("SELECT email FROM proposal_emails WHERE proposal = ?", (ident,))
        return str(rows[0][0]) if rows else ""

    # -- within the transaction of a caller

    def open_one(self, tx: Transaction, ident: str, version: int) -> Proposal:
        """An open proposal in the version that was read. NotFound, Stale, Conflict when it is decided."""
        found = found_in(tx, ident)
        if found.version != version:
            raise Stale(f"the proposal is in version {found.version} now", version=found.version)
        if found.state not in OPEN:
            raise Conflict(f"the proposal is decided: {found.state.value}", entry=found.entry)
        return found

    def set(self, tx: Transaction, proposal: Proposal) -> None:
        """Write a proposal as it is now. The caller has read it in this transaction and raised its version."""
        update(tx, proposal)

    def note(self, tx: Transaction, ident: str, event: Event) -> None:
        """Add something that happened."""
        add_event(tx, ident, event)

    # -- what goes by itself

    def sweep(self, now: datetime | None = None) -> int:
        """Delete e-mail addresses and files some days after the decision, and what is known of clients of other days.

        Gives how many proposals lost theirs.
        """
        at = now or self.now()
        before = moment(at - timedelta(days=self.limits.kept_days))
        with self.db.writing() as tx:
            count, gone = forget_due(tx, before)
            forget_keys(tx, moment(at - timedelta(days=1)))
            quota.forget_clients(tx, at.astimezone(UTC).date().isoformat())
            wanted = {row[0] for row in tx.execute("SELECT file FROM proposal_uploads")}
        for name in gone:
            self.uploads.drop(name)
        self.uploads.sweep(wanted, at.timestamp() - _UNNAMED_SECONDS)
        return count


def _state(checked: Checked) -> State:
    return State.CHECKED if checked.conforms else State.RECEIVED
