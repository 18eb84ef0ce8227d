"""What the accounts speak of: roles, an account, and a person who asks.

In: nothing. Out: frozen values. A person is named by an opaque id everywhere else: in journal, proposals and logs.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final


class Role(StrEnum):
    """What somebody is to the installation; each may do all that the ones before it may."""

    CONTRIBUTOR = "contributor"  # hands proposals in, by a secret address or a token
    CURATOR = "curator"  # decides on proposals, perhaps of some sources or themes only
    PUBLISHER = "publisher"  # also rolls back, and undoes what others decided
    ADMINISTRATOR = "administrator"

    @property
    def rank(self) -> int:
        """Its place in the order."""
        return _ORDER.index(self)


_ORDER: Final = tuple(Role)
PUBLIC: Final = "public"  # everybody
AUTHOR: Final = "author"  # who holds the secret of a proposal, and everybody with an account
RIGHTS: Final = (PUBLIC, AUTHOR, *(str(role) for role in Role))


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who can log in. `id` is opaque; `epoch` grows with every change of rights and ends older sessions."""

    id: str
    login: str
    name: str
    role: Role
    sources: tuple[str, ...] = ()  # keys of sources; with none of both: all
    themes: tuple[str, ...] = ()  # codes of themes
    disabled: bool = False
    epoch: int = 0
    made: int = 0  # seconds of the epoch
    entered: int = 0  # the last log-in; 0: never
    has_password: bool = False
    has_totp: bool = False

    def to(self, **changed: Any) -> "Account":
        """The same with other values."""
        return replace(self, **changed)

    @property
    def is_limited(self) -> bool:
        """Whether it may decide on some sources or themes only."""
        return bool(self.sources or self.themes)


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks: an account, and how it showed who it is.

    `csrf` is what its forms must carry, empty with a token. `ceiling` is the highest right of the token that was
    used; `reads` says that the token may not change anything.
    """

    account: Account
    csrf: str = ""
    session: str = ""  # the public id of the session
    token: str = ""  # the public id of the token
    ceiling: Role | None = None
    reads: bool = False

    @property
    def id(self) -> str:
        """The opaque id."""
        return self.account.id

    @property
    def login(self) -> str:
        """The name to log in with."""
        return self.account.login

    @property
    def name(self) -> str:
        """What the person is called on pages that only people with an account see."""
        return self.account.name or self.account.login

    @property
    def role(self) -> Role:
        """What it is, with what it showed: never more than its token says."""
        if self.ceiling is not None and self.ceiling.rank < self.account.role.rank:
            return self.ceiling
        return self.account.role

    def may(self, right: str) -> bool:
        """Whether it has a right of `RIGHTS`; any other word is no right that somebody has."""
        if right in (PUBLIC, AUTHOR):
            return True
        return right in _ORDER and self.role.rank >= Role(right).rank

    def covers(self, sources: Iterable[str] = (), themes: Iterable[str] = ()) -> bool:
        """Whether it may decide on what has these sources and themes: one in common is enough, if it is limited."""
        if not self.account.is_limited or self.may(Role.PUBLISHER):
            return True
        return not {*self.account.sources}.isdisjoint(sources) or not {*self.account.themes}.isdisjoint(themes)


def seconds(now: datetime) -> int:
    """A moment as it is stored."""
    return int(now.timestamp())
