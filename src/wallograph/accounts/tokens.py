"""API tokens: an account, a right and a term come in, a token that is shown once goes out; later, who asks with it.

Only its SHA-256 is stored. A token begins with `wg_`, so that it can be found where it should not stand.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from wallograph.accounts.model import Account, Person, Role, seconds
from wallograph.accounts.secrets import digest_of, new_id, new_secret
from wallograph.accounts.store import account_in
from wallograph.database import Database
from wallograph.errors import Conflict, InputError, NotFound, StateError

PREFIX: Final = "wg_"
LONGEST_DAYS: Final = 366
_MOST: Final = 50  # of one account
_NOTED: Final = 3600  # seconds: how exactly the last use is kept
_KEPT: Final = 30 * 86400  # seconds that a token which is over stays in the list
_LONGEST_NAME: Final = 60


@dataclass(frozen=True, slots=True)
class Token:
    """One token, for its owner to see."""

    id: str
    name: str
    ceiling: Role
    reads: bool
    made: int
    ends: int
    used: int  # 0: never
    revoked: bool


class Tokens:
    """The tokens of all accounts."""

    def __init__(self, db: Database) -> None:
        self.db = db

    def make(
        self, account: Account, name: str, ceiling: Role, days: int, now: datetime, *, reads: bool = False
    ) -> tuple[Token, str]:
        """A new token that may do what `ceiling` may at most, and its secret."""
        if ceiling.rank > account.role.rank:
            raise InputError(f"a token cannot do more than its account, which is {account.role}")
        if not 1 <= days <= LONGEST_DAYS:
            raise InputError(f"a token lasts 1 to {LONGEST_DAYS} days")
        name = " ".join("".join(c if c.isprintable() else " " for c in name).split())[:_LONGEST_NAME]
        if not name:
            raise InputError("a token needs a name that says what it is for")
        moment, secret = seconds(now), PREFIX + new_secret()
        token = Token(new_id(), name, ceiling, reads, moment, moment + days * 86400, 0, False)
        with self.db.writing() as tx:
            account_in(tx, account.id)
            tx.execute("DELETE FROM account_tokens WHERE ends < ?", (moment - _KEPT,))
            standing = tx.execute(
                "SELECT COUNT(*) FROM account_tokens WHERE account = ? AND revoked = 0", (account.id,)
            )
            if standing[0][0] >= _MOST:
                raise Conflict(f"an account has {_MOST} tokens at most: revoke one")
            tx.execute(
                "INSERT INTO account_tokens (digest, id, account, name, ceiling, reads, made, ends, used, revoked) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 0)",
                (
                    _digest(secret), token.id, account.id, name, str(ceiling), int(reads), moment, token.ends
                ),
            )  # fmt: skip
        return token, secret

    def find(self, secret: str, now: datetime) -> Person | None:
        """Who has this token; None when it is over, revoked, or never was."""
        if not secret.startswith(PREFIX):
            return None
        digest, moment = _digest(secret), seconds(now)
        with self.db.reading() as tx:
            rows = tx.execute(
                "SELECT id, account, ceiling, reads, ends, used, revoked FROM account_tokens WHERE digest = ?",
                (digest,),
            )
            if not rows:
                return None
            ident, owner, ceiling, reads, ends, used, revoked = rows[0]
            account = account_in(tx, owner)
        if account.disabled or revoked or moment >= ends:
            return None
        if moment - used >= _NOTED:
            with suppress(StateError), self.db.writing() as tx:  # a full disk keeps nobody from reading
                tx.execute("UPDATE account_tokens SET used = ? WHERE digest = ?", (moment, digest))
        return Person(account, token=ident, ceiling=Role(ceiling), reads=bool(reads))

    def of(self, account: Account) -> list[Token]:
        """The tokens of an account, the newest first."""
        with self.db.reading() as tx:
            rows = tx.execute(
                "SELECT id, name, ceiling, reads, made, ends, used, revoked FROM account_tokens WHERE account = ? "
                "ORDER BY made DESC, id",
                (account.id,),
            )
        return [Token(r[0], r[1], Role(r[2]), bool(r[3]), r[4], r[5], r[6], bool(r[7])) for r in rows]

    def revoke(self, account: Account, ident: str) -> None:
        """End a token for ever; NotFound."""
        with self.db.writing() as tx:
            if not tx.execute("SELECT 1 FROM account_tokens WHERE account = ? AND id = ?", (account.id, ident)):
                raise NotFound("there is no such token")
            tx.execute("UPDATE account_tokens SET revoked = 1 WHERE id = ?", (ident,))


def _digest(secret: str) -> str:
    return digest_of("token", secret)
