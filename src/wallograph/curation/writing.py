"""How what people write is stored: texts, moments, addresses, findings.

In: what was handed in. Out: what may stand in a row of both databases (PostgreSQL takes no NUL in a text).
"""

import hashlib
import json
import re
import secrets
from datetime import UTC, datetime
from typing import Any, Final

from wallograph.errors import InputError

_EMAIL: Final = re.compile(r"[^@\s<>\"',;:\\()\[\]]{1,64}@[^@\s<>\"',;:\\()\[\]]{1,180}\.[^@\s.<>\"',;:\\()\[\]]{2,63}")


def plain_text(text: str) -> str:
    """A text without what neither prints nor breaks lines, in characters that can be written."""
    kept = "".join(c for c in text if c in "\n\t" or c.isprintable())
    return kept.encode("utf-8", "replace").decode().strip()


def moment(at: datetime) -> str:
    """A moment as it is stored and compared: UTC, whole seconds, `Z`."""
    return at.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")


def checked_email(text: str) -> str:
    """An address to write to; InputError when it is none."""
    given = text.strip()
    if not given.isprintable() or not _EMAIL.fullmatch(given):
        raise InputError("this is no e-mail address")
    return given


def json_text(values: dict[str, Any]) -> str:
    """Plain values as text. A NUL of a file that was handed in stays escaped, which both databases take."""
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "replace").decode()


def outcome_of(text: str) -> dict[str, Any]:
    """Plain values again."""
    values: dict[str, Any] = json.loads(text)
    return values


def file_name(ident: str) -> str:
    """A name for a file of a proposal, that no other file has."""
    return f"{ident}-{secrets.token_hex(6)}"


def secret_hash(secret: str) -> str:
    """What is kept of a secret that is only compared."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
