"""The second factor: time-based codes (RFC 6238) and recovery codes.

In: an account, a code. Out: whether it is right; each code is right once. The seed is kept encrypted with the key of
the installation, which stands outside the database; of recovery codes only digests are kept.
"""

import re
import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

import pyotp

from wallograph.accounts.model import Account, seconds
from wallograph.accounts.secrets import digest_of
from wallograph.accounts.store import account_in, raise_epoch
from wallograph.database import Database, Transaction
from wallograph.errors import LoginFailed, SecretKeyError
from wallograph.outgoing.vault import Vault

STEP: Final = 30  # seconds
_DRIFT: Final = 1  # steps that the clock of a telephone may be off
_CODES: Final = 10
_ALPHABET: Final = "abcdefghjkmnpqrstuvwxyz23456789"
_CODE: Final = re.compile(r"[0-9]{6}")


class SecondFactor:
    """Sets up and verifies the codes of accounts."""

    def __init__(self, db: Database, vault: Callable[[], Vault], issuer: str) -> None:
        """`vault` is only asked for when a seed is used; `issuer` is what an app shows the codes under."""
        self.db, self._vault, self._issuer = db, vault, issuer

    def is_possible(self) -> bool:
        """Whether there is a key to encrypt seeds with."""
        try:
            self._vault()
        except SecretKeyError:
            return False
        return True

    def offer(self, account: Account) -> str:
        """A new seed, kept aside until a code of it is given: the address that an app reads as a QR code."""
        seed = pyotp.random_base32(32)
        sealed = self._vault().seal(_purpose(account.id), {"seed": seed})
        with self.db.writing() as tx:
            tx.execute("UPDATE accounts SET totp_offered = ? WHERE id = ?", (sealed, account.id))
        return self._address(account, seed)

    def offered(self, account: Account) -> str:
        """The address of the seed that was offered last, empty when there is none."""
        with self.db.reading() as tx:
            rows = tx.execute("SELECT totp_offered FROM accounts WHERE id = ?", (account.id,))
        return self._address(account, self._seed(account.id, rows[0][0])) if rows and rows[0][0] is not None else ""

    def confirm(self, account: Account, code: str, now: datetime) -> list[str]:
        """Take the offered seed, which a code of it proves; the recovery codes, shown this once. LoginFailed."""
        codes = [_recovery() for _ in range(_CODES)]
        with self.db.writing() as tx:
            rows = tx.execute("SELECT totp_offered FROM accounts WHERE id = ?", (account.id,))
            if not rows or rows[0][0] is None:
                raise LoginFailed("no second factor was offered")
            step = _step_of(self._seed(account.id, rows[0][0]), code, seconds(now), 0)
            if step is None:
                raise LoginFailed("this code does not belong to the second factor that was offered")
            tx.execute(
                "UPDATE accounts SET totp = totp_offered, totp_offered = NULL, totp_used = ? WHERE id = ?",
                (step, account.id),
            )
            _keep(tx, account.id, codes)
            raise_epoch(tx, account.id)
        return codes

    def remove(self, account: Account) -> None:
        """No second factor any more."""
        with self.db.writing() as tx:
            tx.execute(
                "UPDATE accounts SET totp = NULL, totp_offered = NULL, totp_used = 0 WHERE id = ?", (account.id,)
            )
            tx.execute("DELETE FROM account_recovery WHERE account = ?", (account.id,))
            raise_epoch(tx, account.id)

    def left(self, account: Account) -> int:
        """How many recovery codes are left."""
        with self.db.reading() as tx:
            return int(tx.execute("SELECT COUNT(*) FROM account_recovery WHERE account = ?", (account.id,))[0][0])

    def spend(self, tx: Transaction, ident: str, code: str, now: datetime) -> bool:
        """Whether a code is right, within a writing transaction: it is used up then."""
        rows = tx.execute("SELECT totp, totp_used FROM accounts WHERE id = ?", (ident,))
        if not rows or rows[0][0] is None:
            return False
        plain = code.replace(" ", "").replace("-", "").strip().lower()
        if not _CODE.fullmatch(plain):
            return _spend_recovery(tx, ident, plain)
        step = _step_of(self._seed(ident, rows[0][0]), plain, seconds(now), int(rows[0][1]))
        if step is None:
            return False
        tx.execute("UPDATE accounts SET totp_used = ? WHERE id = ?", (step, ident))
        return True

    def check(self, account: Account, code: str, now: datetime) -> None:
        """Ask for a code again, before something weighty; LoginFailed. An account without second factor passes."""
        with self.db.writing() as tx:
            if account_in(tx, account.id).has_totp and not self.spend(tx, account.id, code, now):
                raise LoginFailed("the code is not right")

    def _seed(self, ident: str, sealed: Any) -> str:
        return str(self._vault().open(_purpose(ident), bytes(sealed))["seed"])

    def _address(self, account: Account, seed: str) -> str:
        return pyotp.TOTP(seed).provisioning_uri(name=account.login, issuer_name=self._issuer)


def _purpose(ident: str) -> str:
    return f"totp {ident}"


def _step_of(seed: str, code: str, moment: int, after: int) -> int | None:
    """The time step of a code, near now and after the last one that was used; all are tried, in the same time."""
    found = None
    totp = pyotp.TOTP(seed)
    given = "".join(code.split())
    for step in range(moment // STEP - _DRIFT, moment // STEP + _DRIFT + 1):
        right = secrets.compare_digest(totp.generate_otp(step).encode(), given.encode("utf-8", "replace"))
        if right and step > after and found is None:
            found = step
    return found


def _recovery() -> str:
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(5)) for _ in range(3))


def _keep(tx: Transaction, ident: str, codes: list[str]) -> None:
    tx.execute("DELETE FROM account_recovery WHERE account = ?", (ident,))
    for code in codes:
        digest = digest_of("recovery", ident, code.replace("-", ""))
        tx.execute("INSERT INTO account_recovery (digest, account) VALUES (?, ?)", (digest, ident))


def _spend_recovery(tx: Transaction, ident: str, plain: str) -> bool:
    digest = digest_of("recovery", ident, plain)
    if not tx.execute("SELECT 1 FROM account_recovery WHERE digest = ? AND account = ?", (digest, ident)):
        return False
    tx.execute("DELETE FROM account_recovery WHERE digest = ?", (digest,))
    return True
