"""A checking service whose work is told by what is handed in: to sleep, to take memory, to crash.

Run as a program: socket, limits as JSON. `standing_in` starts it and gives a client.
"""

import ctypes
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from wallograph.checker.child import Answered
from wallograph.checker.client import CheckClient
from wallograph.checker.limits import CheckLimits
from wallograph.checker.service import serve_checks
from wallograph.errors import ParseError, TooLarge, Unsupported, WallographError
from wallograph.intake.messages import refuse
from wallograph.store.sandbox import die_with_parent


class StandIn:
    """Does what the content says."""

    def __init__(self) -> None:
        self.swept = 0

    def follow(self) -> None:
        """Nothing changes here."""

    def open(self) -> None:
        """Nothing to open."""

    def chores(self) -> None:
        """Counted."""
        self.swept += 1

    def status(self) -> dict[str, Any]:
        """How often it swept."""
        return {"swept": self.swept}

    def run(self, asked: dict[str, Any], content: bytes) -> Answered:
        """The first word is the deed."""
        deed, _, rest = content.partition(b" ")
        found = getattr(self, f"do_{deed.decode()}", None)
        if found or not asked.get("media_type"):
            return Answered(found(rest) if found else content, {"asked": asked})
        return self.report(asked, content)

    def report(self, asked: dict[str, Any], content: bytes) -> Answered:
        """As for a file: what was asked, as findings; of a corrected file its content."""
        meta: dict[str, Any] = {"release": 1}
        if content.startswith(b"broken"):
            meta["unreadable"] = {"message": "It breaks here.", "line": 2, "column": 5}
        if not asked["form"]:
            return Answered(b"mended:" + content, meta)
        text = {"text": content.decode().replace("jeanne@e.invalid", "…")} if asked.get("shared") else {}
        return Answered(json.dumps({"conforms": True, "findings": [], "asked": asked, **text}).encode(), meta)

    def do_sleep(self, rest: bytes) -> bytes:
        time.sleep(float(rest))
        return b"slept"

    def do_spin(self, rest: bytes) -> bytes:
        while True:
            pass

    def do_memory(self, rest: bytes) -> bytes:
        return bytes(int(rest) << 20)[:10]

    def do_abort(self, rest: bytes) -> bytes:
        os.abort()

    def do_segv(self, rest: bytes) -> bytes:
        os.kill(os.getpid(), signal.SIGSEGV)
        return b""

    def do_exit(self, rest: bytes) -> bytes:
        os._exit(7)

    def do_fail(self, rest: bytes) -> bytes:
        raise KeyError(rest)

    def do_unsupported(self, rest: bytes) -> bytes:
        raise refuse(Unsupported, "not-what-it-says", stated="CSV", found="PDF")

    def do_large(self, rest: bytes) -> bytes:
        raise refuse(TooLarge, "nested-too-deep", limit="nesting", most=100)

    def do_deep(self, rest: bytes) -> bytes:
        return self.do_deep(rest)

    def do_parse(self, rest: bytes) -> bytes:
        raise ParseError("no", line=3, column=7)

    def do_connect(self, rest: bytes) -> bytes:
        with socket.create_connection(("127.0.0.1", int(rest)), 1):
            return b"connected"

    def do_try(self, rest: bytes) -> bytes:
        """Which of the forbidden things work."""
        deeds = {
            "socket": lambda: socket.socket().close(),
            "unix": lambda: socket.socketpair(),
            "exec": lambda: os.execv("/bin/true", ["true"]),
            "program": lambda: subprocess.run(["/bin/true"], check=True),
            "ptrace": lambda: _refused(ctypes.CDLL(None, use_errno=True).ptrace(0, 0, 0, 0)),
        }
        worked = []
        for name, deed in deeds.items():
            try:
                deed()
                worked.append(name)
            except OSError:
                pass
        return json.dumps(worked).encode()

    def do_where(self, rest: bytes) -> bytes:
        Path("left").write_bytes(b"x")
        return str(Path.cwd()).encode()

    def do_write(self, rest: bytes) -> bytes:
        Path("large").write_bytes(bytes(int(rest)))
        return b"written"

    def do_open(self, rest: bytes) -> bytes:
        files = [os.open("/dev/null", os.O_RDONLY) for _ in range(int(rest))]
        return str(len(files)).encode()

    def do_answer(self, rest: bytes) -> bytes:
        return bytes(int(rest))


def _refused(result: int) -> None:
    if result != 0:
        raise OSError


@contextmanager
def standing_in(folder: Path, limits: CheckLimits) -> Iterator[CheckClient]:
    """The service in a process of its own."""
    path = folder / "c"
    process = subprocess.Popen([sys.executable, __file__, str(path), json.dumps(limits.as_dict())])
    client = CheckClient(path, patience=30)
    until = time.monotonic() + 30
    try:
        while True:
            try:
                client.status()
                break
            except WallographError:
                assert process.poll() is None and time.monotonic() < until
                time.sleep(0.02)
        yield client
    finally:
        process.terminate()
        process.wait(10)


if __name__ == "__main__":
    die_with_parent(signal.SIGTERM)
    serve_checks(Path(sys.argv[1]), StandIn(), CheckLimits(**json.loads(sys.argv[2])))
