"""Random values that name or prove something, and their digests.

In: nothing, or a secret. Out: text. Only digests are stored; a digest is looked up, so no comparison takes a time
that depends on the secret.
"""

import base64
import hashlib
import secrets
from typing import Final

_ALPHABET: Final = "abcdefghijklmnopqrstuvwxyz234567"


def new_secret() -> str:
    """256 random bits, fit for a cookie or a header."""
    return secrets.token_urlsafe(32)


def new_id(length: int = 12) -> str:
    """An opaque public id: base32 in lower case."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))


def digest_of(purpose: str, *parts: str) -> str:
    """What is stored of a secret: a digest that is of use for one purpose only."""
    told = "\0".join((purpose, *parts)).encode("utf-8", "surrogatepass")
    return hashlib.sha256(told).hexdigest()


def derived(purpose: str, secret: str) -> str:
    """Another secret that follows from one, without telling it."""
    found = hashlib.sha256(f"{purpose}\0{secret}".encode("utf-8", "surrogatepass")).digest()
    return base64.urlsafe_b64encode(found).decode().rstrip("=")
