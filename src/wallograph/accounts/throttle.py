"""Throttled log-in: whom a log-in counts for comes in, how long it has to wait goes out.

Failures fill a bucket that runs dry in a stated time, one for the account and one for the address. A browser that
logged in before has a bucket of its own, so that a stranger's failures never lock somebody out of their own browser;
and nothing is locked for longer than it takes the bucket to run a little drier. What is stored names nobody.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from wallograph.accounts.secrets import digest_of
from wallograph.database import Database, Transaction
from wallograph.errors import LoginThrottled

_ONE: Final = 1000  # of an attempt, as it is stored


@dataclass(frozen=True, slots=True)
class ThrottleRules:
    """How many failures there may be in so many minutes."""

    account: int = 10
    address: int = 50
    minutes: int = 15


@dataclass(frozen=True, slots=True)
class Bucket:
    """What counts the failures of one account, browser or address."""

    whom: str
    most: int


class Throttle:
    """Counts failed log-ins, for all processes of the installation together."""

    def __init__(self, db: Database, rules: ThrottleRules) -> None:
        self.db, self.rules = db, rules

    def buckets(self, login: str, address: str, device: str = "") -> tuple[Bucket, ...]:
        """What a log-in counts for. `device` is the secret of a browser that logged in as this account before."""
        if device:
            return (Bucket(digest_of("device", device), self.rules.account),)
        named = Bucket(digest_of("login", login), self.rules.account)
        return named, Bucket(digest_of("address", address), self.rules.address)

    def take(self, buckets: Iterable[Bucket], now: datetime) -> None:
        """Count an attempt before it is made: many at once count as well. LoginThrottled when there were too many."""
        moment = _milliseconds(now)
        found = list(buckets)
        with self.db.reading() as tx:
            self._refuse(tx, found, moment)  # the many that are refused write nothing
        with self.db.writing() as tx:
            self._refuse(tx, found, moment)
            for bucket in found:
                self._set(tx, bucket, self._level(tx, bucket, moment) + _ONE, moment)
            edge = moment - self.rules.minutes * 60_000
            tx.execute("DELETE FROM account_attempts WHERE since < ?", (edge,))  # run dry since then

    def give_back(self, tx: Transaction, buckets: Iterable[Bucket], now: datetime) -> None:
        """The attempt was right: it does not count."""
        moment = _milliseconds(now)
        for bucket in buckets:
            self._set(tx, bucket, max(0, self._level(tx, bucket, moment) - _ONE), moment)

    def unlock(self, login: str) -> None:
        """Forget the failures of an account."""
        with self.db.writing() as tx:
            tx.execute("DELETE FROM account_attempts WHERE whom = ?", (digest_of("login", login),))

    def _refuse(self, tx: Transaction, buckets: Iterable[Bucket], moment: int) -> None:
        wait = 0.0
        for bucket in buckets:
            over = self._level(tx, bucket, moment) + _ONE - bucket.most * _ONE
            wait = max(wait, over * self.rules.minutes * 60 / (bucket.most * _ONE))
        if wait > 0:
            raise LoginThrottled("there were too many failed log-ins", retry_after=int(wait) + 1)

    def _level(self, tx: Transaction, bucket: Bucket, moment: int) -> int:
        rows = tx.execute("SELECT level, since FROM account_attempts WHERE whom = ?", (bucket.whom,))
        if not rows:
            return 0
        level, since = rows[0]
        return max(0, int(level - (moment - since) * bucket.most * _ONE / (self.rules.minutes * 60_000)))

    def _set(self, tx: Transaction, bucket: Bucket, level: int, moment: int) -> None:
        tx.execute("DELETE FROM account_attempts WHERE whom = ?", (bucket.whom,))
        if level:
            tx.execute(
                "INSERT INTO account_attempts (whom, level, since) VALUES (?, ?, ?)", (bucket.whom, level, moment)
            )


def _milliseconds(now: datetime) -> int:
    return int(now.timestamp() * 1000)
