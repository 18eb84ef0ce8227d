"""The application asked in this process: an address comes in, its answer goes out, without a socket.

One definition of pages serves both: what the copy holds is what the running site answers.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from starlette.types import ASGIApp, Message, Scope


@dataclass(frozen=True, slots=True)
class Answer:
    """What the application answered; `body` is empty when it went to a sink."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        """The Content-Type without parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


class Driver:
    """Asks one application, one question at a time."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._loop = asyncio.new_event_loop()

    def close(self) -> None:
        """End the loop and its threads."""
        self._loop.run_until_complete(self._loop.shutdown_default_executor())
        self._loop.close()

    def get(
        self, address: str, accept: str = "*/*", *, lang: str = "", sink: Callable[[bytes], Any] | None = None
    ) -> Answer:
        """GET of a path with its query, both percent-encoded. Pieces of the body go to `sink` when there is one."""
        return self._loop.run_until_complete(self._get(address, accept, lang, sink))

    async def _get(self, address: str, accept: str, lang: str, sink: Callable[[bytes], Any] | None) -> Answer:
        status, headers, pieces = 500, {}, bytearray()
        take = sink or pieces.extend

        waiting = iter([{"type": "http.request", "body": b"", "more_body": False}])

        async def receive() -> Message:
            for message in waiting:
                return message
            await asyncio.Event().wait()  # the client never leaves
            raise AssertionError

        async def send(message: Message) -> None:
            nonlocal status, headers
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in message["headers"]}
            elif message["type"] == "http.response.body" and status < 300:
                take(message.get("body", b""))
            elif message["type"] == "http.response.body":
                pieces.extend(message.get("body", b""))

        await self._app(_scope(address, accept, lang), receive, send)
        return Answer(status, headers, bytes(pieces))


def _scope(address: str, accept: str, lang: str) -> Scope:
    path, _, query = address.partition("?")
    headers = [(b"host", b"copy.invalid"), (b"accept", accept.encode())]
    if lang:
        headers.append((b"accept-language", lang.encode()))
    return {
        "type": "http", "asgi": {"version": "3.0", "spec_version": "2.4"}, "http_version": "1.1",
        "method": "GET", "scheme": "http",
        "path": _decoded(path), "raw_path": path.encode("ascii"), "query_string": query.encode("ascii"),
        "root_path": "", "headers": headers, "server": ("copy.invalid", 80), "client": ("127.0.0.1", 0), "state": {},
    }  # fmt: skip


def _decoded(path: str) -> str:
    found = bytearray()
    parts = path.encode("ascii").split(b"%")
    found += parts[0]
    for part in parts[1:]:
        found += bytes([int(part[:2], 16)]) + part[2:]
    return found.decode("utf-8", "replace")
