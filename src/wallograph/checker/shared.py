"""Results that somebody shares: a document comes in, a secret address and a second secret to delete it go out.

Files in a folder of the state, one for each result, named by the hash of its secret, so that who sees the folder's
names learns no address. Each says in its first line when it expires; what is due is deleted at access and by
`sweep`. Nothing of it enters the graph.
"""

import hashlib
import hmac
import json
import os
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from wallograph.errors import InputError, NotFound

FOLDER: Final = "shared"  # in the state folder
_SECRET_BYTES: Final = 16  # 128 bits
_LONGEST_NAME: Final = 64
_LEAST_COUNTED: Final = 4096  # what a small file takes of a disk
_UNFINISHED_SECONDS: Final = 600


class Expired(NotFound):
    """The time of a shared result is over."""


class ShareTooLarge(InputError):
    """A result is larger than may be shared."""


class ShareFull(InputError):
    """All shared results together take what they may."""


@dataclass(frozen=True, slots=True)
class Share:
    """A result that is shared now. `secret` deletes it and is given once."""

    ident: str
    secret: str
    expires: int


class Shares:
    """The shared results of one installation. Safe in several threads and processes."""

    def __init__(
        self, folder: Path, *, days: int, largest: int, total: int, clock: Callable[[], float] = time.time
    ) -> None:
        self.folder, self.days, self.largest, self.total, self.clock = folder, days, largest, total, clock

    def put(self, document: dict[str, Any]) -> Share:
        """Keep a document; ShareTooLarge or ShareFull when it cannot be."""
        body = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
        if len(body) > self.largest:
            raise ShareTooLarge(f"The result has {len(body)} bytes; at most {self.largest} can be shared.")
        self.sweep()
        if self._taken() + max(len(body), _LEAST_COUNTED) > self.total:
            raise ShareFull("Too many results are shared at the moment.")
        made = Share(
            secrets.token_urlsafe(_SECRET_BYTES),
            secrets.token_urlsafe(_SECRET_BYTES),
            int(self.clock()) + self.days * 86400,
        )
        head = {"expires": made.expires, "secret": _hash(made.secret)}
        self._write(self._path(made.ident), json.dumps(head).encode() + b"\n" + body)
        return made

    def get(self, ident: str) -> tuple[dict[str, Any], int]:
        """The document and when it expires; NotFound, or Expired when its time is over."""
        path = self._path(ident)
        head, body = self._read(path)
        if head["expires"] <= self.clock():
            path.unlink(missing_ok=True)
            raise Expired("The time of this shared result is over; it was deleted.")
        document: dict[str, Any] = json.loads(body)
        return document, int(head["expires"])

    def is_makers(self, ident: str, secret: str) -> bool:
        """Whether this is the secret that deletes the result."""
        head, _ = self._read(self._path(ident))
        return hmac.compare_digest(_hash(secret).encode(), str(head["secret"]).encode())

    def delete(self, ident: str, secret: str) -> bool:
        """Delete a result; False when the secret is another one."""
        if not self.is_makers(ident, secret):
            return False
        self._path(ident).unlink(missing_ok=True)
        return True

    def sweep(self) -> int:
        """Delete what is due, and what was never finished; gives how many."""
        count, now = 0, self.clock()
        for path in self._files():
            try:
                due = self._read(path)[0]["expires"] <= now
            except NotFound:
                due = path.suffix != ".tmp" or path.stat().st_mtime + _UNFINISHED_SECONDS < now
            if due:
                path.unlink(missing_ok=True)
                count += 1
        return count

    def _files(self) -> list[Path]:
        return [path for path in self.folder.iterdir() if path.is_file()] if self.folder.is_dir() else []

    def _taken(self) -> int:
        sizes = []
        for path in self._files():
            try:
                sizes.append(max(path.stat().st_size, _LEAST_COUNTED))
            except FileNotFoundError:  # deleted meanwhile
                continue
        return sum(sizes)

    def _path(self, ident: str) -> Path:
        if not ident or len(ident) > _LONGEST_NAME:
            raise NotFound("nothing is shared at this address")
        return self.folder / f"{_hash(ident)}.json"

    def _read(self, path: Path) -> tuple[dict[str, Any], bytes]:
        try:
            with path.open("rb") as file:
                first, rest = file.readline(_LEAST_COUNTED), file.read()
            head = json.loads(first)
            return {"expires": int(head["expires"]), "secret": str(head["secret"])}, rest
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise NotFound("nothing is shared at this address") from error

    def _write(self, path: Path, data: bytes) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        temporary = path.with_name(f"{secrets.token_hex(8)}.tmp")
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        temporary.replace(path)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
