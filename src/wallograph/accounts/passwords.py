"""Passwords: what a person types comes in, an argon2id hash goes out, or whether it fits one.

A log-in that nobody has costs the same time as one with a wrong password. Only so many hashes are made at a time:
each takes 64 MiB.
"""

from collections.abc import Callable
from threading import BoundedSemaphore
from typing import Final, TypeVar
from unicodedata import normalize

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from wallograph.errors import InputError, LoginThrottled

SHORTEST: Final = 12
LONGEST: Final = 1024  # bytes
_PATIENCE: Final = 10.0  # seconds for a place
_PLACES: Final = 2
_FEWEST_KINDS: Final = 5  # different characters
_T = TypeVar("_T")


class Passwords:
    """Makes and verifies hashes with the parameters of today (RFC 9106, second choice: 64 MiB, three passes)."""

    def __init__(self, *, memory_kib: int = 65536, passes: int = 3, lanes: int = 4) -> None:
        self._hasher = PasswordHasher(
            time_cost=passes, memory_cost=memory_kib, parallelism=lanes, hash_len=32, salt_len=16, type=Type.ID
        )
        self._places = BoundedSemaphore(_PLACES)
        self._nobody = self._hasher.hash("nobody has this password")

    def hash(self, password: str) -> str:
        """The hash of a new password; InputError says why it cannot be one."""
        told = normalize("NFKC", password)
        if len(told) < SHORTEST:
            raise InputError(f"a password has {SHORTEST} characters at least")
        if len(told.encode("utf-8", "surrogatepass")) > LONGEST:
            raise InputError("this password is too long")
        if len(set(told)) < _FEWEST_KINDS:
            raise InputError("this password repeats a few characters: take a longer or more varied one")
        return self._limited(lambda: self._hasher.hash(told.encode("utf-8", "surrogatepass")))

    def fits(self, hashed: str, password: str) -> bool:
        """Whether a password fits. With no hash (no such account, or no password) the work is the same: False."""
        told = normalize("NFKC", password[: LONGEST + 1]).encode("utf-8", "surrogatepass")[: LONGEST + 1]
        return self._limited(lambda: self._verified(hashed or self._nobody, told)) and bool(hashed)

    def is_old(self, hashed: str) -> bool:
        """Whether a hash was made with other parameters than those of today."""
        return self._hasher.check_needs_rehash(hashed)

    def renewed(self, password: str) -> str:
        """A password that fits, hashed anew; its rules may have changed since."""
        told = normalize("NFKC", password).encode("utf-8", "surrogatepass")
        return self._limited(lambda: self._hasher.hash(told))

    def _verified(self, hashed: str, told: bytes) -> bool:
        try:
            return self._hasher.verify(hashed, told)
        except (VerificationError, InvalidHashError):
            return False

    def _limited(self, call: Callable[[], _T]) -> _T:
        if not self._places.acquire(timeout=_PATIENCE):
            raise LoginThrottled("too many people log in at the moment", retry_after=5)
        try:
            return call()
        finally:
            self._places.release()
