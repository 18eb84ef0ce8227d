"""Secrets that must be used again, encrypted with a key that stands outside the database (design M10).

In: the installation's secret keys, a purpose, a value. Out: a token that only these keys open, and only for the same
purpose: a token that was moved to another row is refused.
"""

import base64
import binascii
import json
from typing import Any, Final

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from wallograph.errors import SecretKeyError

_MAKE: Final = "make one with `openssl rand -base64 32`, keep it outside the state folder and its backups"


class Vault:
    """Seals and opens values. Several keys, the newest first: all open, the first seals."""

    def __init__(self, keys: str) -> None:
        found = [_fernet(key) for key in keys.replace(",", " ").split()]
        if not found:
            raise SecretKeyError(f"no secret key is set: give it as WALLOGRAPH_SECRET_KEY (or _FILE); {_MAKE}")
        self._keys = MultiFernet(found)

    def __repr__(self) -> str:
        return "Vault(…)"

    def seal(self, purpose: str, value: dict[str, Any]) -> bytes:
        """Encrypt a value for a purpose."""
        return self._keys.encrypt(json.dumps({"purpose": purpose, "value": value}).encode())

    def open(self, purpose: str, token: bytes) -> dict[str, Any]:
        """The value; SecretKeyError if it was not sealed with one of the keys, or for something else."""
        try:
            found = json.loads(self._keys.decrypt(token))
        except InvalidToken as error:
            raise SecretKeyError(
                "what is kept was encrypted with another secret key: set WALLOGRAPH_SECRET_KEY to the one that was "
                "used then (old ones may follow the new one, with a comma), or remove what cannot be read and add it "
                "again"
            ) from error
        if found["purpose"] != purpose:
            raise SecretKeyError("an encrypted value stands where another one belongs: the database was changed")
        value: dict[str, Any] = found["value"]
        return value


def _fernet(key: str) -> Fernet:
    try:
        raw = base64.b64decode(key.replace("-", "+").replace("_", "/"), validate=True)
        return Fernet(base64.urlsafe_b64encode(raw))
    except (binascii.Error, ValueError):
        raise SecretKeyError(f"the secret key is not 32 bytes in base64: {_MAKE}") from None
