"""The rows of one proposal, read and written inside a transaction of the caller.

In: a transaction, a proposal. Out: the proposal as it is stored, or its rows.
"""

import hashlib

from wallograph.curation import quota
from wallograph.curation.asking import facets_of
from wallograph.curation.draft import Checked, Draft
from wallograph.curation.model import DECIDED, Event, Proposal
from wallograph.curation.proposal_tables import COLUMNS, changes_text, proposal_of, values_of
from wallograph.curation.quota import ProposalLimits
from wallograph.curation.writing import checked_email, json_text
from wallograph.database import Transaction
from wallograph.errors import InputError, NotFound


def found_in(tx: Transaction, ident: str) -> Proposal:
    """The proposal with this id. NotFound."""
    sql = f"SELECT {COLUMNS}, c.changes FROM proposals p JOIN proposal_changes c ON c.proposal = p.id"
    rows = tx.execute(f"{sql} WHERE p.id = ?", (ident,))
    if not rows:
        raise NotFound("there is no such proposal")
    return proposal_of(rows[0])


def insert(tx: Transaction, proposal: Proposal, secret: str) -> None:
    """A new proposal; `secret` is the hash of its author's."""
    if tx.execute("SELECT 1 FROM proposals WHERE id = ?", (proposal.id,)):
        raise InputError("there is a proposal with this id already")
    last = tx.execute("SELECT COALESCE(MAX(seq), 0) FROM proposals")
    values = values_of(proposal) | {"seq": int(last[0][0]) + 1, "secret": secret, "decided": "", "title": ""}
    marks = ", ".join("?" for _ in values)
    tx.execute(f"INSERT INTO proposals ({', '.join(values)}) VALUES ({marks})", list(values.values()))
    text = changes_text(proposal)
    tx.execute("INSERT INTO proposal_changes (proposal, changes, outcome) VALUES (?, ?, ?)", (proposal.id, text, "{}"))


def write_about(tx: Transaction, proposal: Proposal, checked: Checked) -> None:
    """What a proposal is about, for the filters, and what its check came to."""
    tx.execute("DELETE FROM proposal_facets WHERE proposal = ?", (proposal.id,))
    for kind, value in facets_of(proposal, checked):
        tx.execute("INSERT INTO proposal_facets (proposal, kind, value) VALUES (?, ?, ?)", (proposal.id, kind, value))
    title = ", ".join(checked.names[:3])[:300]
    tx.execute("UPDATE proposals SET title = ? WHERE id = ?", (title, proposal.id))
    tx.execute("UPDATE proposal_changes SET outcome = ? WHERE proposal = ?", (json_text(checked.outcome), proposal.id))


def keep_apart(tx: Transaction, limits: ProposalLimits, draft: Draft, name: str) -> None:
    """The e-mail address and the name of the file, in tables of their own."""
    if draft.email:
        email = checked_email(draft.email)
        tx.execute("INSERT INTO proposal_emails (proposal, email) VALUES (?, ?)", (draft.id, email))
    if draft.upload:
        name_upload(tx, limits, draft.id, name, draft.upload)


def name_upload(tx: Transaction, limits: ProposalLimits, ident: str, name: str, content: bytes) -> None:
    """Note under which name the file of a proposal is kept. TooMany when there is no room for it."""
    quota.room(tx, limits, len(content))
    tx.execute(
        "INSERT INTO proposal_uploads (proposal, file, digest, size) VALUES (?, ?, ?, ?)",
        (ident, name, hashlib.sha256(content).hexdigest(), len(content)),
    )


def replace_upload(tx: Transaction, limits: ProposalLimits, ident: str, name: str, content: bytes) -> str:
    """The name of the file that stood there before."""
    rows = tx.execute("SELECT file FROM proposal_uploads WHERE proposal = ?", (ident,))
    tx.execute("DELETE FROM proposal_uploads WHERE proposal = ?", (ident,))
    name_upload(tx, limits, ident, name, content)
    return str(rows[0][0]) if rows else ""


def forget_apart(tx: Transaction, ident: str) -> list[str]:
    """Delete the e-mail address and the name of the file; the files to delete after."""
    rows = tx.execute("SELECT file FROM proposal_uploads WHERE proposal = ?", (ident,))
    tx.execute("DELETE FROM proposal_uploads WHERE proposal = ?", (ident,))
    tx.execute("DELETE FROM proposal_emails WHERE proposal = ?", (ident,))
    return [str(row[0]) for row in rows]


def forget_due(tx: Transaction, before: str) -> tuple[int, list[str]]:
    """The same for what was decided before a moment: of how many proposals, and the files to delete after."""
    due = tx.execute(
        "SELECT id FROM proposals WHERE decided <> '' AND decided < ? AND (id IN (SELECT proposal FROM proposal_emails)"
        " OR id IN (SELECT proposal FROM proposal_uploads))", (before,)
    )  # fmt: skip
    return len(due), [name for row in due for name in forget_apart(tx, row[0])]


def update(tx: Transaction, proposal: Proposal) -> None:
    """Write a proposal as it is now. The caller has read it in this transaction and raised its version."""
    values = values_of(proposal)
    values["decided"] = proposal.changed if proposal.state in DECIDED else ""
    names = [name for name in values if name != "id"]
    sql = f"UPDATE proposals SET {', '.join(f'{name} = ?' for name in names)} WHERE id = ?"
    tx.execute(sql, [*(values[name] for name in names), proposal.id])
    tx.execute("UPDATE proposal_changes SET changes = ? WHERE proposal = ?", (changes_text(proposal), proposal.id))


def add_event(tx: Transaction, ident: str, event: Event) -> None:
    """Add something that happened."""
    last = tx.execute("SELECT COALESCE(MAX(number), 0) FROM proposal_events WHERE proposal = ?", (ident,))
    values = (ident, int(last[0][0]) + 1, event.at, event.who, event.what, event.why, event.version)
    tx.execute(
        "INSERT INTO proposal_events (proposal, number, at, who, what, why, version) VALUES (?, ?, ?, ?, ?, ?, ?)",
        values,
    )
