"""The checking service: one process that forks a child for each check and ends the ones that run too long.

In: a listening Unix socket, limits, and the `Work` that is loaded once. Out: every client gets one whole frame, an
answer or an error. One thread, one loop; it opens no RocksDB itself, so it may fork (design M3).
"""

import contextlib
import fcntl
import gc
import os
import shutil
import signal
import socket
import tempfile
import time
from collections import deque
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

from wallograph.checker.child import ANSWERING, CHECK, Work, report_crash, run_child, too_deep, too_large
from wallograph.checker.limits import CheckLimits
from wallograph.errors import CheckBusy, CheckError, CheckTimeout, CheckTooLarge, StateError, WallographError
from wallograph.store import frames
from wallograph.store.crew import Waiting, heard
from wallograph.store.door import Door
from wallograph.store.sandbox import probe_wall
from wallograph.store.service import listener_at
from wallograph.store.watch import Watch
from wallograph.store.worker import NO_WALL, error_meta

_LONGEST_WAIT: Final = 0.5  # a signal ends the service after this at the latest
_WRITE_SECONDS: Final = 10.0  # for a client to take its answer
_CHORES_SECONDS: Final = 300.0
_FOLDER: Final = "wallograph-check-"  # then the number of the service's process
_CHANNEL, _CLIENT, _FREE = 3, 4, 100


@dataclass(slots=True, eq=False)
class Checking:
    """A child and what it does."""

    pid: int
    channel: socket.socket
    client: socket.socket
    folder: Path
    started: float
    answering: bool = False
    gone: bool = False
    reason: WallographError | None = None  # why it was killed


class CheckService:
    """The loop."""

    def __init__(self, listener: socket.socket, work: Work, limits: CheckLimits, *, needs_wall: bool) -> None:
        self.work, self.limits, self.needs_wall = work, limits, needs_wall
        self.watch = Watch()
        self.door = Door(listener, self.watch, self._arrived, limits.queue_seconds)
        self.running: set[Checking] = set()
        self.queue: deque[Waiting] = deque()
        self.stopping = False
        self.next_chores = 0.0
        self.ended = {"answered": 0, "timeout": 0, "too_large": 0, "failed": 0, "gone": 0, "busy": 0}

    def run(self) -> None:
        """Serve until SIGTERM or SIGINT."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        gc.collect()
        gc.freeze()
        try:
            while not self.stopping:
                self.watch.wait(self._patience())
                self._look()
                self._dispatch()
                self._chores()
        finally:
            for checking in list(self.running):
                self._kill(checking, CheckBusy("The service is being stopped."))
                self._bury(checking)

    def _stop(self, *_: Any) -> None:
        self.stopping = True

    def _chores(self) -> None:
        if time.monotonic() >= self.next_chores:
            self.next_chores = time.monotonic() + _CHORES_SECONDS
            self.work.chores()

    # -- clients

    def _arrived(self, client: socket.socket, kind: bytes) -> None:
        """A client said something: a check waits for its turn, a question is answered."""
        if kind == frames.STATUS:
            self._tell(client, frames.encode(frames.STATUS, self.status()))
        elif kind != CHECK:
            client.close()
        elif len(self.queue) >= self.limits.queue + self.limits.workers - len(self.running):
            self._refuse(client, CheckBusy("Too many files are waiting to be checked.", limit="queue"))
        else:
            waiting = Waiting(client, time.monotonic())
            self.watch.hang_up(client, partial(self._left, waiting))
            self.queue.append(waiting)

    def _left(self, waiting: Waiting) -> None:
        """A client went away before its turn."""
        self.watch.forget(waiting.client)
        waiting.client.close()
        self.queue.remove(waiting)
        self.ended["gone"] += 1

    def _refuse(self, client: socket.socket, error: WallographError) -> None:
        kind = {CheckTimeout: "timeout", CheckBusy: "busy", CheckTooLarge: "too_large"}.get(type(error), "failed")
        self.ended[kind] += 1
        self._tell(client, frames.encode(frames.ERROR, error_meta(error, 0)))

    def _tell(self, client: socket.socket, data: bytes) -> None:
        with contextlib.suppress(OSError), client:
            client.settimeout(1.0)
            client.sendall(data)

    # -- children

    def _dispatch(self) -> None:
        while self.queue and len(self.running) < self.limits.workers:
            waiting = self.queue.popleft()
            self.watch.forget(waiting.client)
            try:
                self.work.follow()
            except WallographError as error:
                self._refuse(waiting.client, error)
                continue
            checking = self._fork(waiting.client)
            self.running.add(checking)
            self.watch.readable(checking.channel, partial(self._heard, checking))
            self.watch.hang_up(checking.client, partial(self._hung_up, checking))

    def _fork(self, client: socket.socket) -> Checking:
        ours, theirs = socket.socketpair()
        folder = Path(tempfile.mkdtemp(prefix=f"{_FOLDER}{os.getpid()}-"))
        pid = os.fork()
        if pid == 0:
            code = 1
            try:
                code = self._become_child(client, theirs, folder)
            except BaseException:
                report_crash()
            finally:
                os._exit(code)
        theirs.close()
        ours.setblocking(False)
        return Checking(pid, ours, client, folder, time.monotonic())

    def _become_child(self, client: socket.socket, channel: socket.socket, folder: Path) -> int:
        # Nothing else may stay open: another client would never see the end of its connection.
        numbers = [fcntl.fcntl(sock, fcntl.F_DUPFD, _FREE) for sock in (channel, client)]
        for number, place in zip(numbers, (_CHANNEL, _CLIENT), strict=True):
            os.dup2(number, place)
        os.closerange(_CLIENT + 1, 1 << 20)
        own, theirs = socket.socket(fileno=_CHANNEL), socket.socket(fileno=_CLIENT)
        return run_child(theirs, own, self.work, self.limits, folder, needs_wall=self.needs_wall)

    def _heard(self, checking: Checking) -> None:
        """A child starts to write its answer, or is no more."""
        messages, ended = heard(checking.channel)
        checking.answering = checking.answering or ANSWERING in messages
        if ended:
            self._bury(checking)

    def _hung_up(self, checking: Checking) -> None:
        self.watch.forget(checking.client)
        self._heard(checking)  # perhaps it has its answer
        if checking in self.running and not checking.answering:
            checking.gone = True
            self._kill(checking, CheckError("gone"))

    def _kill(self, checking: Checking, reason: WallographError) -> None:
        checking.reason = checking.reason or reason
        with contextlib.suppress(ProcessLookupError):
            os.kill(checking.pid, signal.SIGKILL)

    def _bury(self, checking: Checking) -> None:
        """A child is gone: tell its client why, unless an answer is already on its way."""
        self.watch.forget(checking.channel)
        self.watch.forget(checking.client)
        checking.channel.close()
        code = os.waitstatus_to_exitcode(os.waitpid(checking.pid, 0)[1])
        self.running.discard(checking)
        shutil.rmtree(checking.folder, ignore_errors=True)
        if checking.answering or checking.gone:
            self.ended["gone" if checking.gone else "answered"] += 1
            checking.client.close()
        else:
            self._refuse(checking.client, checking.reason or _why_died(code, self.limits))

    # -- time

    def _patience(self) -> float:
        times = [self._deadline(checking) for checking in self.running if checking.reason is None]
        times += self.door.due()
        if self.queue:
            times.append(self.queue[0].since + self.limits.queue_seconds)
        return min([_LONGEST_WAIT, *(max(0.0, when - time.monotonic()) for when in times)])

    def _deadline(self, checking: Checking) -> float:
        return checking.started + self.limits.seconds + (_WRITE_SECONDS if checking.answering else 0.0)

    def _look(self) -> None:
        now = time.monotonic()
        self.door.look(now)
        while self.queue and self.queue[0].since + self.limits.queue_seconds <= now:
            waiting = self.queue.popleft()
            self.watch.forget(waiting.client)
            text = "Too many files are being checked: this one waited too long."
            self._refuse(waiting.client, CheckBusy(text, retry_after=5, limit="queue_seconds"))
        for checking in self.running:
            if checking.reason is None and self._deadline(checking) <= now:
                text = f"Checking this file took longer than the limit of {self.limits.seconds:g} s."
                self._kill(checking, CheckTimeout(text, limit="seconds"))

    def status(self) -> dict[str, Any]:
        """What the service is and does."""
        return {
            **self.work.status(),
            "wall": self.needs_wall,
            "limits": self.limits.as_dict(),
            "running": len(self.running),
            "waiting": len(self.queue),
            "ended": self.ended,
        }


def serve_checks(path: Path, work: Work, limits: CheckLimits, *, allow_unsandboxed: bool = False) -> None:
    """Serve until SIGTERM; StateError if there is no wall, or another service at this socket."""
    wall = probe_wall()
    if not wall and not allow_unsandboxed:
        raise StateError("the wall around checks cannot be raised on this system (seccomp, Linux): not started")
    with listener_at(path, "checking") as listener:
        sweep(Path(tempfile.gettempdir()))
        try:
            CheckService(listener, work, limits, needs_wall=wall).run()
        finally:
            path.unlink(missing_ok=True)


def sweep(among: Path) -> None:
    """Remove the folders of checks whose service was killed."""
    for folder in among.glob(f"{_FOLDER}*-*"):
        pid = folder.name.removeprefix(_FOLDER).partition("-")[0]
        if pid.isdecimal() and not Path(f"/proc/{pid}").exists() and not folder.is_symlink():
            shutil.rmtree(folder, ignore_errors=True)


def _why_died(code: int, limits: CheckLimits) -> WallographError:
    """What a child that nobody killed died of. A library that gets no memory aborts."""
    if code in (-signal.SIGABRT, -signal.SIGKILL, -signal.SIGBUS):
        return too_large(limits)
    if code == -signal.SIGSEGV:
        return too_deep()
    if code in (-signal.SIGXCPU, -signal.SIGALRM):
        return CheckTimeout(f"Checking this file took longer than the limit of {limits.seconds:g} s.", limit="seconds")
    if code == NO_WALL:
        return StateError("the wall around checks cannot be raised")
    return WallographError("The check failed.")
