"""All of the accounts of one installation, put together.

In: a database, rules, a clock. Out: `People`, which the web layer and the command line use.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from wallograph.accounts.factor import SecondFactor
from wallograph.accounts.login import Logins
from wallograph.accounts.passwords import Passwords
from wallograph.accounts.sessions import SessionRules, Sessions
from wallograph.accounts.store import Accounts
from wallograph.accounts.throttle import Throttle, ThrottleRules
from wallograph.accounts.tokens import Tokens
from wallograph.database import Database
from wallograph.outgoing.vault import Vault


@dataclass(frozen=True, slots=True)
class PeopleRules:
    """What an installation sets."""

    sessions: SessionRules = field(default_factory=SessionRules)
    throttle: ThrottleRules = field(default_factory=ThrottleRules)
    issuer: str = "wallograph"  # what an app shows the codes under


def utc_now() -> datetime:
    """The clock of a running installation."""
    return datetime.now(UTC)


class People:
    """Accounts, and every way in. `now` is the clock."""

    def __init__(
        self, db: Database, rules: PeopleRules, vault: Callable[[], Vault], *,
        now: Callable[[], datetime] = utc_now, passwords: Passwords | None = None,
    ) -> None:  # fmt: skip
        self.db, self.now = db, now
        self.accounts = Accounts(db)
        self.passwords = passwords or Passwords()
        self.factor = SecondFactor(db, vault, rules.issuer)
        self.throttle = Throttle(db, rules.throttle)
        self.logins = Logins(db, self.passwords, self.factor, self.throttle)
        self.sessions = Sessions(db, rules.sessions)
        self.tokens = Tokens(db)
