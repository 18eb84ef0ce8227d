"""An entry of the journal, and the written form that its digest is taken of.

In: the fields of an entry, its reason and its payload. Out: digests (SHA-256, hexadecimal).

The chain. `digest` is taken of the UTF-8 bytes of a JSON array without spaces, non-ASCII characters as they are:

    ["wallograph-journal-1", previous, number, kind, at, who, why_digest, proposal, release, payload_digest]

`previous` is the digest of the entry before, 64 zeros in the first. Reason and payload may hold personal data, so
they lie apart and can be shredded: the chain has only their digests, taken of ["why", salt, why] and
["payload", salt, payload] in the same form. The salt (random, 128 bits) is shredded with them: without it the
digest of a short text would tell who guesses it.
"""

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any, Final

from wallograph.errors import InputError

FORM: Final = "wallograph-journal-1"
GENESIS: Final = "0" * 64


class Kind(StrEnum):
    """What an entry did."""

    ACCEPT = "accept"
    REVERT = "revert"
    IDENTITY = "identity"
    ROLLBACK = "rollback"
    EDITION = "edition"
    ERASE = "erase"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `why` is empty once its payload was shredded; nothing else of an entry ever changes."""

    number: int
    kind: str
    at: str  # ISO 8601, UTC
    who: str  # an opaque id
    why: str
    proposal: str
    release: int  # the release that it was decided against
    payload_digest: str
    previous: str
    digest: str
    why_digest: str

    def expected(self) -> str:
        """The digest that an entry with these fields has."""
        return _digest(
            FORM, self.previous, self.number, self.kind, self.at, self.who, self.why_digest, self.proposal,
            self.release, self.payload_digest,
        )  # fmt: skip

    def sealed(self) -> "Entry":
        """The same with its digest."""
        return replace(self, digest=self.expected())


def why_digest(salt: str, why: str) -> str:
    """The digest of a reason."""
    return _digest("why", salt, why)


def payload_digest(salt: str, payload: str) -> str:
    """The digest of a payload as it is written."""
    return _digest("payload", salt, payload)


def written(payload: dict[str, Any]) -> str:
    """A payload as text, the same for the same values; InputError for what is no JSON."""
    try:
        text = json.dumps(payload, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
        text.encode()
    except (TypeError, ValueError) as error:
        raise InputError(f"the payload of a journal entry cannot be written as JSON: {error}") from error
    return text


def moment(at: datetime | str) -> str:
    """A moment as it stands in an entry: UTC, ISO 8601.

    >>> moment("2026-03-01T12:00:00+01:00")
    '2026-03-01T11:00:00Z'
    """
    try:
        given = datetime.fromisoformat(at) if isinstance(at, str) else at
    except ValueError as error:
        raise InputError("the time of a journal entry is not an ISO 8601 date and time") from error
    if given.tzinfo is None:
        raise InputError("the time of a journal entry needs its offset from UTC")
    return given.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"


def _digest(*fields: object) -> str:
    """`default`: what another program wrote into a column has a digest too, which is simply another one."""
    text = json.dumps(fields, ensure_ascii=False, separators=(",", ":"), default=repr)
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
