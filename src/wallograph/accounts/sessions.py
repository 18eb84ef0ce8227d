"""Sessions: a log-in comes in, the secret of a cookie goes out; later the secret comes in, and a person goes out.

Only the digest of the secret is stored. A session ends when it was idle too long, when it is too old, when it is
ended, and with any change of what its account may do.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from wallograph.accounts.model import Account, Person, seconds
from wallograph.accounts.secrets import derived, digest_of, new_id, new_secret
from wallograph.accounts.store import account_in
from wallograph.database import Database, Transaction
from wallograph.errors import LoginFailed, NotFound, StateError

_NOTED: Final = 60  # seconds: how exactly the last use is kept
_MOST: Final = 20  # sessions of one account; the longest unused end first
_LONGEST_BROWSER: Final = 60


@dataclass(frozen=True, slots=True)
class SessionRules:
    """How long a session lasts."""

    idle: int = 2 * 3600  # seconds
    whole: int = 12 * 3600


@dataclass(frozen=True, slots=True)
class Session:
    """One session, for its owner to see."""

    id: str
    made: int
    seen: int
    way: str  # password or oidc
    browser: str


class Sessions:
    """The sessions of all accounts."""

    def __init__(self, db: Database, rules: SessionRules) -> None:
        self.db, self.rules = db, rules

    def begin(self, account: Account, now: datetime, *, way: str, browser: str = "", instead: str = "") -> str:
        """The secret of a new session; the one of the same browser before it ends. LoginFailed: closed meanwhile."""
        with self.db.writing() as tx:
            return self.begin_in(tx, account.id, now, way=way, browser=browser, instead=instead)

    def begin_in(
        self, tx: Transaction, ident: str, now: datetime, *, way: str, browser: str = "", instead: str = ""
    ) -> str:
        """The same, within a transaction."""
        account, secret, moment = account_in(tx, ident), new_secret(), seconds(now)
        if account.disabled:
            raise LoginFailed("the account is closed")
        if instead:
            tx.execute("DELETE FROM account_sessions WHERE digest = ?", (_digest(instead),))
        self._tidy(tx, account.id, moment)
        tx.execute(
            "INSERT INTO account_sessions (digest, id, account, epoch, made, seen, way, browser) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                _digest(secret), new_id(), account.id, account.epoch, moment, moment, way, browser[:_LONGEST_BROWSER]
            ),
        )  # fmt: skip
        return secret

    def find(self, secret: str, now: datetime) -> Person | None:
        """Who has this secret; None when its session is over or never was."""
        digest, moment = _digest(secret), seconds(now)
        with self.db.reading() as tx:
            rows = tx.execute(
                "SELECT id, account, epoch, made, seen FROM account_sessions WHERE digest = ?", (digest,)
            )
            if not rows:
                return None
            ident, owner, epoch, made, seen = rows[0]
            account = account_in(tx, owner)
        if account.disabled or account.epoch != epoch or self._is_over(made, seen, moment):
            return None
        if moment - seen >= _NOTED:
            with suppress(StateError), self.db.writing() as tx:  # a full disk keeps nobody from reading
                tx.execute("UPDATE account_sessions SET seen = ? WHERE digest = ?", (moment, digest))
        return Person(account, csrf=csrf_of(secret), session=ident)

    def of(self, account: Account, now: datetime) -> list[Session]:
        """The sessions of an account that are not over, the last used first."""
        with self.db.reading() as tx:
            rows = tx.execute(
                "SELECT id, made, seen, way, browser FROM account_sessions WHERE account = ? AND epoch = ? "
                "ORDER BY seen DESC, id",
                (account.id, account.epoch),
            )
        return [Session(*row) for row in rows if not self._is_over(row[1], row[2], seconds(now))]

    def end(self, secret: str) -> None:
        """Log out."""
        with self.db.writing() as tx:
            tx.execute("DELETE FROM account_sessions WHERE digest = ?", (_digest(secret),))

    def end_one(self, account: Account, ident: str) -> None:
        """End another session of the same account; NotFound."""
        with self.db.writing() as tx:
            if not tx.execute("SELECT 1 FROM account_sessions WHERE account = ? AND id = ?", (account.id, ident)):
                raise NotFound("there is no such session")
            tx.execute("DELETE FROM account_sessions WHERE account = ? AND id = ?", (account.id, ident))

    def end_others(self, account: Account, but: str = "") -> None:
        """End all sessions of an account but one."""
        with self.db.writing() as tx:
            tx.execute("DELETE FROM account_sessions WHERE account = ? AND id <> ?", (account.id, but))

    def _is_over(self, made: int, seen: int, moment: int) -> bool:
        return moment >= made + self.rules.whole or moment >= seen + self.rules.idle

    def _tidy(self, tx: Transaction, ident: str, moment: int) -> None:
        tx.execute(
            "DELETE FROM account_sessions WHERE made <= ? OR seen <= ?",
            (moment - self.rules.whole, moment - self.rules.idle),
        )
        rows = tx.execute("SELECT digest FROM account_sessions WHERE account = ? ORDER BY seen DESC", (ident,))
        for (digest,) in rows[_MOST - 1 :]:
            tx.execute("DELETE FROM account_sessions WHERE digest = ?", (digest,))


def csrf_of(secret: str) -> str:
    """What the forms of a session, or of the holder of a secret, carry: it tells nothing about the secret."""
    return derived("csrf", secret)


def _digest(secret: str) -> str:
    return digest_of("session", secret)
