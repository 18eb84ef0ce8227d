"""The accounts of an installation, in its database.

In: a database. Out: accounts. Every change of what somebody may do, or of how they show who they are, raises the
account's epoch, which ends all sessions that began before it.
"""

import json
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from unicodedata import normalize

from wallograph.accounts.model import Account, Role, seconds
from wallograph.accounts.secrets import new_id
from wallograph.accounts.tables import COMPONENT, STEPS
from wallograph.database import Database, Transaction
from wallograph.errors import Conflict, InputError, NotFound

_LOGIN: Final = re.compile(r"[a-z0-9][a-z0-9._@+-]{1,63}")
_LONGEST_NAME: Final = 80
_CODE: Final = re.compile(r"[A-Za-z0-9._/-]{1,80}")
_COLUMNS: Final = (
    "a.id, a.login, a.name, a.role, a.sources, a.themes, a.disabled, a.epoch, a.made, a.entered, a.password, a.totp"
)


class Accounts:
    """All accounts. Any number of threads and processes may use them."""

    def __init__(self, db: Database) -> None:
        self.db = db
        db.migrate(COMPONENT, STEPS)

    def add(
        self, login: str, role: Role, now: datetime, *, name: str = "", sources: Sequence[str] = (),
        themes: Sequence[str] = (), password: str = "",
    ) -> Account:  # fmt: skip
        """A new account; `password` is a hash, or empty when it logs in elsewhere. Conflict: the login is taken."""
        account = Account(
            new_id(), login_of(login), _name(name), role, _codes(sources), _codes(themes), made=seconds(now)
        )
        with self.db.writing() as tx:
            if tx.execute("SELECT 1 FROM accounts WHERE login = ?", (account.login,)):
                raise Conflict(f"there is an account '{account.login}' already")
            tx.execute(
                "INSERT INTO accounts (id, login, name, role, sources, themes, disabled, epoch, made, entered, "
                "password, totp, totp_used, totp_offered) VALUES (?, ?, ?, ?, ?, ?, 0, 0, ?, 0, ?, NULL, 0, NULL)",
                (
                    account.id, account.login, account.name, str(role), json.dumps(account.sources),
                    json.dumps(account.themes), account.made, password,
                ),
            )  # fmt: skip
        return account.to(has_password=bool(password))

    def all(self) -> list[Account]:
        """All accounts, by login."""
        with self.db.reading() as tx:
            return [account_of(row) for row in tx.execute(f"SELECT {_COLUMNS} FROM accounts a ORDER BY a.login")]

    def get(self, ident: str) -> Account:
        """By opaque id; NotFound."""
        with self.db.reading() as tx:
            return account_in(tx, ident)

    def by_login(self, login: str) -> Account:
        """By what it logs in with; NotFound."""
        with self.db.reading() as tx:
            rows = tx.execute(f"SELECT {_COLUMNS} FROM accounts a WHERE a.login = ?", (plain_login(login),))
        if not rows:
            raise NotFound(f"there is no account '{plain_login(login)}'; `wallograph curator list` shows them")
        return account_of(rows[0])

    def by_subject(self, issuer: str, subject: str) -> Account:
        """By what an OpenID provider calls it; NotFound."""
        with self.db.reading() as tx:
            rows = tx.execute(
                f"SELECT {_COLUMNS} FROM accounts a JOIN account_links l ON l.account = a.id "
                "WHERE l.issuer = ? AND l.subject = ?",
                (issuer, subject),
            )
        if not rows:
            raise NotFound("no account is linked to this identity")
        return account_of(rows[0])

    def names(self, idents: Sequence[str]) -> dict[str, str]:
        """What people are called, for pages that only people with an account see; who was removed is missing."""
        wanted = list(dict.fromkeys(idents))
        if not wanted:
            return {}
        marks = ", ".join("?" for _ in wanted)
        with self.db.reading() as tx:
            rows = tx.execute(f"SELECT id, name, login FROM accounts WHERE id IN ({marks})", wanted)
        return {ident: name or login for ident, name, login in rows}

    # -- changes of rights

    def set_role(self, ident: str, role: Role) -> None:
        """Another role."""
        self._change(ident, "role = ?", (str(role),))

    def limit(self, ident: str, sources: Sequence[str], themes: Sequence[str]) -> None:
        """What it may decide on: these sources and themes; none of both: all."""
        values = (json.dumps(_codes(sources)), json.dumps(_codes(themes)))
        self._change(ident, "sources = ?, themes = ?", values)

    def disable(self, ident: str, disabled: bool = True) -> None:
        """Close an account, or open it again. Its tokens do not work while it is closed."""
        self._change(ident, "disabled = ?", (int(disabled),))

    def set_password(self, ident: str, hashed: str) -> None:
        """Another password, as a hash; empty: it cannot log in with one."""
        self._change(ident, "password = ?", (hashed,))

    def link(self, ident: str, issuer: str, subject: str) -> None:
        """Let the identity of an OpenID provider log in as this account. Conflict when it is another's."""
        if not subject or len(subject) > 255:
            raise InputError("the subject of an OpenID provider has 1 to 255 characters")
        with self.db.writing() as tx:
            account_in(tx, ident)
            if tx.execute("SELECT 1 FROM account_links WHERE issuer = ? AND subject = ?", (issuer, subject)):
                raise Conflict("this identity is linked to an account already")
            tx.execute(
                "INSERT INTO account_links (issuer, subject, account) VALUES (?, ?, ?)", (issuer, subject, ident)
            )
            raise_epoch(tx, ident)

    def unlink(self, ident: str) -> None:
        """Forget the identities of OpenID providers."""
        with self.db.writing() as tx:
            account_in(tx, ident)
            tx.execute("DELETE FROM account_links WHERE account = ?", (ident,))
            raise_epoch(tx, ident)

    def subjects(self, ident: str) -> list[tuple[str, str]]:
        """The linked identities: issuer and subject."""
        with self.db.reading() as tx:
            rows = tx.execute("SELECT issuer, subject FROM account_links WHERE account = ? ORDER BY 1, 2", (ident,))
        return [(str(issuer), str(subject)) for issuer, subject in rows]

    def rename(self, ident: str, name: str) -> None:
        """What it is called; no change of rights."""
        with self.db.writing() as tx:
            account_in(tx, ident)
            tx.execute("UPDATE accounts SET name = ? WHERE id = ?", (_name(name), ident))

    def remove(self, ident: str) -> None:
        """Forget an account and all that belongs to it. What it decided keeps its opaque id."""
        with self.db.writing() as tx:
            account_in(tx, ident)
            for table in ("recovery", "links", "sessions", "tokens", "devices"):
                tx.execute(f"DELETE FROM account_{table} WHERE account = ?", (ident,))
            tx.execute("DELETE FROM accounts WHERE id = ?", (ident,))

    def _change(self, ident: str, what: str, values: tuple[Any, ...]) -> None:
        with self.db.writing() as tx:
            account_in(tx, ident)
            tx.execute(f"UPDATE accounts SET {what} WHERE id = ?", (*values, ident))
            raise_epoch(tx, ident)


def account_in(tx: Transaction, ident: str) -> Account:
    """An account, within a transaction; NotFound."""
    rows = tx.execute(f"SELECT {_COLUMNS} FROM accounts a WHERE a.id = ?", (ident,))
    if not rows:
        raise NotFound("there is no such account")
    return account_of(rows[0])


def account_of(row: Sequence[Any]) -> Account:
    """A row with the columns of an account."""
    ident, login, name, role, sources, themes, disabled, epoch, made, entered, password, totp = row
    return Account(
        ident, login, name, Role(role), tuple(json.loads(sources)), tuple(json.loads(themes)), bool(disabled), epoch,
        made, entered, bool(password), totp is not None,
    )  # fmt: skip


def raise_epoch(tx: Transaction, ident: str) -> None:
    """End the sessions of an account: what it may do, or how it shows who it is, has changed."""
    tx.execute("UPDATE accounts SET epoch = epoch + 1 WHERE id = ?", (ident,))
    tx.execute("DELETE FROM account_sessions WHERE account = ?", (ident,))


def plain_login(login: str) -> str:
    """A login as it is compared."""
    return normalize("NFKC", login[:200]).strip().casefold()


def login_of(login: str) -> str:
    """A login for a new account; InputError for what is none."""
    found = plain_login(login)
    if not _LOGIN.fullmatch(found):
        raise InputError("a login has 2 to 64 letters, digits or signs of . _ - @ +, and begins with a letter or digit")
    return found


def _name(name: str) -> str:
    """A name without characters that move a cursor or turn a line around."""
    found = " ".join("".join(c if c.isprintable() else " " for c in normalize("NFC", name)).split())
    if len(found) > _LONGEST_NAME:
        raise InputError(f"a name has {_LONGEST_NAME} characters at most")
    return found


def _codes(given: Sequence[str]) -> tuple[str, ...]:
    for code in given:
        if not _CODE.fullmatch(code):
            raise InputError(f"'{code[:80]}' is no key of a source and no code of a theme")
    return tuple(sorted(set(given)))
