"""Frames between the processes of the query service: a kind, a small JSON object, a body; no pickle.

In: a connected stream socket. Out: whole `Frame`s, or FrameError when the other side went away in the middle.
A large body travels as an open file instead (SCM_RIGHTS), so nothing is left on the disk whoever dies.
"""

import json
import os
import socket
import struct
from dataclasses import dataclass, field
from typing import Any, Final

HEADER: Final = struct.Struct("!cIQ")
QUERY: Final = b"Q"
STATUS: Final = b"S"
ANSWER: Final = b"A"
ERROR: Final = b"E"
LONGEST_META: Final = 64 * 1024 * 1024
ATOMIC_BYTES: Final = 16 * 1024  # one send of this size is written whole or not at all


class FrameError(Exception):
    """The other side went away before the frame was whole, or sent something else."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One message. `file` is an open descriptor that holds the body of a large answer."""

    kind: bytes
    meta: dict[str, Any] = field(default_factory=dict)
    body: bytes = b""
    file: int | None = None


def encode(kind: bytes, meta: dict[str, Any], body: bytes = b"") -> bytes:
    """A frame as bytes."""
    text = json.dumps(meta, separators=(",", ":")).encode()
    return HEADER.pack(kind, len(text), len(body)) + text + body


def send(
    sock: socket.socket, kind: bytes, meta: dict[str, Any], body: bytes = b"", file: int | None = None
) -> None:
    """Send a frame, with an open file beside it if there is one."""
    data = encode(kind, meta, body)
    sent = socket.send_fds(sock, [data], [file]) if file is not None else sock.send(data)
    if sent < len(data):
        sock.sendall(memoryview(data)[sent:])


class Reader:
    """Puts a frame together from the pieces that arrive; `wants` tells how many bytes are missing."""

    def __init__(self) -> None:
        self._data = bytearray()
        self._file: int | None = None
        self._head: tuple[bytes, int, int] | None = None
        self.wants = HEADER.size

    def receive(self, sock: socket.socket) -> Frame | None:
        """Take one piece from the socket; the frame when it is whole. May raise BlockingIOError."""
        size = min(max(self.wants, 65536), 1 << 20)
        data, files, _, _ = socket.recv_fds(sock, size, 1)
        for file in files:
            os.set_inheritable(file, False)
            self._file = file
        if not data:
            self.close()
            raise FrameError("the connection was closed")
        return self.feed(data)

    def feed(self, data: bytes) -> Frame | None:
        """Take a piece that was read already; the frame when it is whole."""
        self._data += data
        if self._head is None and len(self._data) >= HEADER.size:
            self._head = HEADER.unpack_from(self._data)
            if self._head[1] > LONGEST_META:
                raise FrameError("not a frame of the query service")
        whole = HEADER.size + sum(self._head[1:]) if self._head else HEADER.size
        self.wants = whole - len(self._data)
        if self._head is None or self.wants > 0:
            return None
        kind, meta, _ = self._head
        text = self._data[HEADER.size : HEADER.size + meta]
        body = bytes(self._data[HEADER.size + meta : whole])
        try:
            return Frame(kind, json.loads(text), body, self._file)
        except ValueError as error:
            raise FrameError("not a frame of the query service") from error

    def close(self) -> None:
        """Give up: close the file that came with a frame that never became whole."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


def receive(sock: socket.socket) -> Frame:
    """Read one whole frame from a blocking socket."""
    reader = Reader()
    try:
        while (frame := reader.receive(sock)) is None:
            pass
    except BaseException:
        reader.close()
        raise
    return frame
