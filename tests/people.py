"""People for tests: an installation with one account of each role, whose clock the tests set."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx

from publication import Client, client_of, publish
from wallograph.accounts.model import Account, Role
from wallograph.accounts.passwords import Passwords
from wallograph.accounts.people import People, PeopleRules
from wallograph.database import Database
from wallograph.errors import SecretKeyError
from wallograph.outgoing.vault import Vault
from wallograph.settings import Settings
from wallograph.web.app import create_app

KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
PASSWORD = "correct horse battery staple"
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
QUICK = Passwords(memory_kib=64, passes=1, lanes=1)  # the work of a real hash is tested once, apart


class Clock:
    """A clock that is set."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def on(self, **more: float) -> datetime:
        """Later by so much."""
        self.now += timedelta(**more)
        return self.now


def vault() -> Vault:
    """A vault with a key."""
    return Vault(KEY)


def no_vault() -> Vault:
    """A vault without one."""
    raise SecretKeyError("no secret key is set")


def people_of(db: Database, clock: Clock | None = None, rules: PeopleRules | None = None) -> People:
    """The accounts in a database, with quick hashes."""
    return People(db, rules or PeopleRules(), vault, now=clock or Clock(), passwords=QUICK)


class House:
    """An application with an account of each role, its people and its clock."""

    def __init__(
        self, root: Path, *, base: str = "https://data.example.org", find_vault: Callable[[], Vault] = vault,
        make: Callable[..., object] = publish, **settings: object,
    ) -> None:  # fmt: skip
        make(root, base=base)
        self.base, self.clock = base, Clock()
        self.app = create_app(Settings(state=root, **settings))  # type: ignore[arg-type]
        self.site = self.app.state.site
        db = self.site.settings.database()
        self.people = People(db, self.site.settings.people(), find_vault, now=self.clock, passwords=QUICK)
        self.site._people = self.people
        hashed = QUICK.hash(PASSWORD)
        self.accounts: dict[str, Account] = {
            str(role): self.people.accounts.add(f"{role}@example.org", role, START, name=str(role), password=hashed)
            for role in Role
        }

    @property
    def client(self) -> Client:
        """Asks without any credentials."""
        return Client(self.app)

    def session(self, role: str) -> str:
        """The secret of a new session of somebody with a role."""
        return self.people.sessions.begin(self.accounts[role], self.clock(), way="password")

    def cookie(self, secret: str) -> str:
        """The header that a browser sends of a session."""
        prefix = "__Host-" if self.base.startswith("https") else ""
        return f"{prefix}wg_session={secret}"

    def token(self, role: str, *, ceiling: str = "", reads: bool = False) -> str:
        """The header of a token of somebody with a role."""
        account = self.accounts[role]
        _, secret = self.people.tokens.make(account, "test", Role(ceiling or role), 30, self.clock(), reads=reads)
        return f"Bearer {secret}"


def set_cookies(answer: httpx.Response) -> dict[str, str]:
    """The cookies of an answer: name to the whole header."""
    return {value.partition("=")[0]: value for value in answer.headers.get_list("set-cookie")}


__all__ = ["KEY", "PASSWORD", "QUICK", "START", "Clock", "House", "client_of", "no_vault", "people_of", "set_cookies"]
