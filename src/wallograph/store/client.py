"""Asks the query service. Safe in any number of threads and tasks: each query has a connection of its own.

In: a text, the formats that are acceptable, the dataset. Out: a whole `Answer`, or an error of
`wallograph.errors`. Closing the connection (a cancelled task) ends the query.
"""

import asyncio
import os
import socket
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

from wallograph import errors
from wallograph.store import frames

_PIECE: Final = 256 * 1024
_ERRORS: Final = {
    kind.__name__: kind
    for kind in (
        errors.QuerySyntaxError, errors.QueryRefused, errors.QueryTimeout, errors.QueryTooLarge,
        errors.QueryBusy, errors.NotFound, errors.StateError,
    )
}  # fmt: skip
_LOST: Final = "The query service ended while it answered; try again."


@dataclass(slots=True)
class Answer:
    """A whole answer. `media_type` is None when no acceptable format fits the form of the query.

    `body` is bytes, or an open file when the answer is large; read it once.
    """

    body: bytes | IO[bytes]
    media_type: str | None
    release: int
    form: str
    volatile: bool
    seconds: float

    @property
    def size(self) -> int:
        """The number of bytes of the body."""
        return len(self.body) if isinstance(self.body, bytes) else os.fstat(self.body.fileno()).st_size

    def chunks(self) -> Iterator[bytes]:
        """The body in pieces; closes its file."""
        if isinstance(self.body, bytes):
            yield self.body
            return
        with self.body as file:
            while piece := file.read(_PIECE):
                yield piece

    def read(self) -> bytes:
        """The whole body."""
        return b"".join(self.chunks())


class QueryClient:
    """Asks the query service at a Unix socket."""

    def __init__(self, path: Path, *, patience: float = 120.0) -> None:
        self.path = str(path)
        self.patience = patience

    def query(
        self,
        text: str,
        *,
        rows: str | None = "application/sparql-results+json",
        graph: str | None = "text/turtle",
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        release: int | None = None,
    ) -> Answer:
        """Ask and wait. `rows` is the media type for SELECT and ASK, `graph` for CONSTRUCT and DESCRIBE.

        `release` asks another release than the current one; NotFound or StateError when it is not there.
        """
        meta, body = _question(text, rows, graph, default_graphs, named_graphs, release)
        return _answer(self._exchange(frames.QUERY, meta, body))

    async def query_async(
        self,
        text: str,
        *,
        rows: str | None = "application/sparql-results+json",
        graph: str | None = "text/turtle",
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        release: int | None = None,
    ) -> Answer:
        """The same in an event loop; cancelling the task ends the query."""
        meta, body = _question(text, rows, graph, default_graphs, named_graphs, release)
        loop = asyncio.get_running_loop()
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as sock:
            sock.setblocking(False)
            try:
                self._connect(sock)
                await loop.sock_sendall(sock, frames.encode(frames.QUERY, meta, body))
                frame = await receive_async(loop, sock)
            except (frames.FrameError, ConnectionError) as error:
                raise errors.QueryBusy(_LOST) from error
        return _answer(frame)

    def status(self) -> dict[str, Any]:
        """What the service is: release, graphs with their sizes, limits, whether the wall is up."""
        return self._exchange(frames.STATUS, {}).meta

    def _exchange(self, kind: bytes, meta: dict[str, Any], body: bytes = b"") -> frames.Frame:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as sock:
            sock.settimeout(self.patience)
            try:
                self._connect(sock)
                with suppress(BrokenPipeError):  # it may have refused already: read why
                    frames.send(sock, kind, meta, body)
                return frames.receive(sock)
            except (frames.FrameError, ConnectionError, TimeoutError) as error:
                raise errors.QueryBusy(_LOST) from error

    def _connect(self, sock: socket.socket) -> None:
        try:
            sock.connect(self.path)
        except BlockingIOError as error:
            raise errors.QueryBusy("Too many queries are waiting.", retry_after=2) from error
        except OSError as error:
            raise errors.StateError("the query service is not running") from error


def _question(
    text: str,
    rows: str | None,
    graph: str | None,
    default: Sequence[str],
    named: Sequence[str],
    release: int | None,
) -> tuple[dict[str, Any], bytes]:
    meta: dict[str, Any] = {"rows": rows, "graph": graph}
    if release is not None:
        meta["release"] = release
    if default or named:
        meta |= {"default_graphs": list(default), "named_graphs": list(named)}
    try:
        return meta, text.encode()
    except UnicodeEncodeError as error:
        raise errors.QuerySyntaxError("The query is not Unicode text.") from error


async def receive_async(loop: asyncio.AbstractEventLoop, sock: socket.socket) -> frames.Frame:
    """Read one whole frame in an event loop, from a socket that does not block."""
    reader = frames.Reader()
    try:
        while True:
            with suppress(BlockingIOError):
                frame = reader.receive(sock)
                if frame is not None:
                    return frame
                continue
            arrived: asyncio.Future[None] = loop.create_future()
            loop.add_reader(sock, _arrive, arrived)
            try:
                await arrived
            finally:
                loop.remove_reader(sock)
    except BaseException:
        reader.close()
        raise


def _arrive(future: "asyncio.Future[None]") -> None:
    if not future.done():
        future.set_result(None)


def _answer(frame: frames.Frame) -> Answer:
    meta = frame.meta
    if frame.kind == frames.ERROR:
        kind = _ERRORS.get(meta["error"], errors.QueryError)
        given = {name: meta[name] for name in ("line", "column", "retry_after", "limit") if name in meta}
        error = kind(meta["message"], **given)
        if isinstance(error, errors.QueryError):
            error.release = meta.get("release")
        raise error
    body: bytes | IO[bytes] = frame.body
    if frame.file is not None:
        body = os.fdopen(frame.file, "rb")
    return Answer(
        body=body,
        media_type=meta["media_type"],
        release=meta["release"],
        form=meta["form"],
        volatile=meta["volatile"],
        seconds=meta["seconds"],
    )
