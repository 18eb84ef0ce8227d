"""Logging in: login, password and code come in, an account and the secret of the browser go out.

Whatever is wrong, the answer is the same, after the same work: LoginFailed. Too many failures: LoginThrottled.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from wallograph.accounts.factor import SecondFactor
from wallograph.accounts.model import Account, seconds
from wallograph.accounts.passwords import Passwords
from wallograph.accounts.secrets import digest_of, new_secret
from wallograph.accounts.store import account_in, plain_login
from wallograph.accounts.throttle import Throttle
from wallograph.database import Database, Transaction
from wallograph.errors import LoginFailed

DEVICE_DAYS: Final = 180
_MOST_DEVICES: Final = 10


@dataclass(frozen=True, slots=True)
class Attempt:
    """What somebody typed, and from where. `device` is what the browser kept of an earlier log-in."""

    login: str
    password: str
    code: str = ""
    address: str = ""
    device: str = ""


class Logins:
    """Lets people in by password and code."""

    def __init__(self, db: Database, passwords: Passwords, factor: SecondFactor, throttle: Throttle) -> None:
        self.db, self.passwords, self.factor, self.throttle = db, passwords, factor, throttle

    def enter(self, attempt: Attempt, now: datetime) -> tuple[Account, str]:
        """Who it is, and what the browser keeps, to be known again when it logs in the next time."""
        login = plain_login(attempt.login)
        ident, hashed = self._found(login)
        known = bool(ident and self._knows(ident, attempt.device, now))
        buckets = self.throttle.buckets(login, attempt.address, attempt.device if known else "")
        self.throttle.take(buckets, now)
        if not self.passwords.fits(hashed, attempt.password):
            raise LoginFailed("login, password or code is not right")
        renewed = self.passwords.renewed(attempt.password) if self.passwords.is_old(hashed) else ""
        with self.db.writing() as tx:
            self._enter(tx, ident, hashed, attempt, now)
            self.throttle.give_back(tx, buckets, now)
            if renewed:
                tx.execute("UPDATE accounts SET password = ? WHERE id = ?", (renewed, ident))
            device = self._remember(tx, ident, attempt.device if known else "", now)
            return account_in(tx, ident), device

    def confirm(self, account: Account, password: str, code: str, now: datetime) -> None:
        """Somebody who is logged in shows it again, before something weighty. LoginFailed, LoginThrottled."""
        buckets = self.throttle.buckets(account.login, "", f"again {account.id}")
        self.throttle.take(buckets, now)
        _, hashed = self._found(account.login)
        if hashed and not self.passwords.fits(hashed, password):
            raise LoginFailed("the password is not right")
        with self.db.writing() as tx:
            if account_in(tx, account.id).has_totp and not self.factor.spend(tx, account.id, code, now):
                raise LoginFailed("the code is not right")
            self.throttle.give_back(tx, buckets, now)

    def enter_linked(self, account: Account, now: datetime) -> Account:
        """Note that an account entered by another way, which has shown who it is. LoginFailed when it is closed."""
        with self.db.writing() as tx:
            if account_in(tx, account.id).disabled:
                raise LoginFailed("the account is closed")
            tx.execute("UPDATE accounts SET entered = ? WHERE id = ?", (seconds(now), account.id))
            return account_in(tx, account.id)

    def _enter(self, tx: Transaction, ident: str, hashed: str, attempt: Attempt, now: datetime) -> None:
        account = account_in(tx, ident)
        if tx.execute("SELECT password FROM accounts WHERE id = ?", (ident,))[0][0] != hashed:
            raise LoginFailed("the password was changed meanwhile")
        if account.disabled or (account.has_totp and not self.factor.spend(tx, ident, attempt.code, now)):
            raise LoginFailed("login, password or code is not right")
        tx.execute("UPDATE accounts SET entered = ? WHERE id = ?", (seconds(now), ident))

    def _found(self, login: str) -> tuple[str, str]:
        with self.db.reading() as tx:
            rows = tx.execute("SELECT id, password FROM accounts WHERE login = ?", (login,))
        return (rows[0][0], rows[0][1]) if rows else ("", "")

    def _knows(self, ident: str, device: str, now: datetime) -> bool:
        if not device:
            return False
        with self.db.reading() as tx:
            rows = tx.execute(
                "SELECT 1 FROM account_devices WHERE digest = ? AND account = ? AND ends > ?",
                (_device(ident, device), ident, seconds(now)),
            )
        return bool(rows)

    def _remember(self, tx: Transaction, ident: str, device: str, now: datetime) -> str:
        """The secret of the browser, which is known for a while from now."""
        secret, ends = device or new_secret(), seconds(now) + DEVICE_DAYS * 86400
        digest = _device(ident, secret)
        tx.execute("DELETE FROM account_devices WHERE digest = ? OR ends <= ?", (digest, seconds(now)))
        rows = tx.execute("SELECT digest FROM account_devices WHERE account = ? ORDER BY ends DESC", (ident,))
        for (old,) in rows[_MOST_DEVICES - 1 :]:
            tx.execute("DELETE FROM account_devices WHERE digest = ?", (old,))
        tx.execute("INSERT INTO account_devices (digest, account, ends) VALUES (?, ?, ?)", (digest, ident, ends))
        return secret


def _device(ident: str, secret: str) -> str:
    return digest_of("browser", ident, secret)
