"""The signature of a webhook (Standard Webhooks 1.0.0, symmetric): HMAC-SHA256 over id, time and body.

In: a key, the id of the message, the second it is sent, its body. Out: the headers.
"""

import base64
import hashlib
import hmac
import secrets
from typing import Final

_PREFIX: Final = "whsec_"
_KEY_BYTES: Final = 32


def new_key() -> str:
    """A key as it is shown to the portal."""
    return _PREFIX + base64.b64encode(secrets.token_bytes(_KEY_BYTES)).decode()


def sign(key: str, message_id: str, timestamp: int, body: bytes) -> str:
    """The value of `webhook-signature`."""
    raw = base64.b64decode(key.removeprefix(_PREFIX))
    content = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(raw, content, hashlib.sha256).digest()).decode()


def signed_headers(key: str, message_id: str, timestamp: int, body: bytes) -> dict[str, str]:
    """The headers of a message that is sent now."""
    return {
        "Content-Type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": sign(key, message_id, timestamp, body),
    }
