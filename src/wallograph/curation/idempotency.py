"""The same request twice is one proposal: what an idempotency key gave before is given again.

In: the key of a client, its draft. Out: the proposal's id and the author's secret. The key itself is not kept, only
its hash; the secret is kept sealed by the key, so that only who has the key can be told it again. A day long.
"""

import hashlib
import json
from typing import Final

from wallograph.curation.draft import Draft
from wallograph.curation.model import Proposal
from wallograph.database import Transaction
from wallograph.errors import InputError, KeyReused

LEAST: Final = 16  # characters: it protects a secret
LONGEST: Final = 200


def recall(tx: Transaction, key: str, draft: Draft) -> tuple[str, str] | None:
    """The id and secret that a key gave; None for a new one. KeyReused when it was given with another draft."""
    if not LEAST <= len(key) <= LONGEST:
        raise InputError(f"an idempotency key has {LEAST} to {LONGEST} characters, and is random")
    sql = "SELECT content, proposal, sealed FROM proposal_keys WHERE key = ?"
    rows = tx.execute(sql, (_digest("key", draft.author, key),))
    if not rows:
        return None
    content, proposal, sealed = rows[0]
    if content != _content(draft):
        raise KeyReused("this idempotency key came with another proposal before")
    return str(proposal), _sealed(bytes.fromhex(sealed), key, str(proposal)).decode()


def remember(tx: Transaction, key: str, draft: Draft, proposal: Proposal, secret: str) -> None:
    """Keep what a key gave."""
    sealed = _sealed(secret.encode(), key, proposal.id).hex()
    values = (_digest("key", draft.author, key), _content(draft), proposal.id, sealed, proposal.made)
    tx.execute("INSERT INTO proposal_keys (key, content, proposal, sealed, made) VALUES (?, ?, ?, ?, ?)", values)


def forget_keys(tx: Transaction, before: str) -> None:
    """Delete the keys of a moment and earlier."""
    tx.execute("DELETE FROM proposal_keys WHERE made < ?", (before,))


def _content(draft: Draft) -> str:
    """What makes two drafts the same; the id, which stands in the IRIs of new things too, does not."""
    changes = json.dumps([change.values() for change in draft.changes], sort_keys=True).replace(draft.id, "")
    upload = hashlib.sha256(draft.upload).hexdigest()
    return _digest(draft.kind.value, changes, draft.lang, draft.note, draft.email, draft.file, upload)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()


def _sealed(secret: bytes, key: str, proposal: str) -> bytes:
    """The secret under a pad that only the key gives, or the secret again."""
    pad = hashlib.sha256(f"seal\x1f{proposal}\x1f{key}".encode("utf-8", "replace")).digest()
    return bytes(a ^ b for a, b in zip(secret, pad, strict=False))
