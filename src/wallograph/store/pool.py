"""The pool of one release: hands each query to a forked worker and ends the ones that run too long (design M3).

In: the listening socket, a release in memory, and a control channel to the service. Out: every client that was
taken gets one whole frame, an answer or an error.

One thread, one loop. A query that runs long goes on with low priority and a fresh worker takes its place. A worker
is replaced as soon as it is killed, not when it is gone.
"""

import os
import signal
import socket
import time
from collections import deque
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, Final

from wallograph.errors import QueryBusy, QueryError, QueryTimeout, QueryTooLarge, WallographError
from wallograph.store import frames
from wallograph.store.crew import Waiting, Worker, fork_worker, heard, why_died
from wallograph.store.door import Door
from wallograph.store.limits import Limits
from wallograph.store.memory import MemoryRelease
from wallograph.store.usage import MARGIN, grown, private_bytes, service_bytes
from wallograph.store.watch import Watch
from wallograph.store.worker import DONE, LARGE, NO_WALL, SPENT, error_meta

_LOW_PRIORITY: Final = 19
_WEIGH_SECONDS: Final = 0.02  # between two looks at the memory
_WAIT_COUNTED: Final = 0.25  # of the deadline: no more of a wait is taken from it
_MOST_STILLBORN: Final = 10  # workers that ended without a query; more, and something is wrong here


class Pool:
    """The loop of one release's process."""

    def __init__(
        self,
        listener: socket.socket,
        control: socket.socket,
        release: MemoryRelease,
        limits: Limits,
        *,
        folder: Path,
        needs_wall: bool,
    ) -> None:
        self.control, self.release, self.limits = control, release, limits
        self.folder, self.needs_wall = folder, needs_wall
        self.most_bytes, self.weighed = limits.whole_memory - MARGIN, 0.0
        self.watch = Watch()
        self.door = Door(listener, self.watch, self._arrived, limits.queue_seconds)
        self.workers: set[Worker] = set()
        self.idle: list[Worker] = []
        self.busy: set[Worker] = set()
        self.queue: deque[Waiting] = deque()
        self.generation = 0
        self.draining = False
        self.stillborn = 0
        self.ended = {"answered": 0, "timeout": 0, "too_large": 0, "gone": 0, "busy": 0}

    def run(self) -> None:
        """Serve until the service closes the control channel, or until all is answered after `drain`."""
        self._fill()
        self.control.setblocking(False)
        self.watch.readable(self.control, self._command)
        self._tell({"ready": self.release.number})
        try:
            while not self.draining or self.busy or self.queue or self.door.silent:
                self.watch.wait(self._patience())
                self._look()
                self._dispatch()
                self._fill()
                self._dispatch()
        except EOFError:
            pass
        finally:
            for worker in self.workers:
                os.kill(worker.pid, signal.SIGKILL)

    # -- the service

    def _tell(self, message: dict[str, Any]) -> None:
        self.control.setblocking(True)
        frames.send(self.control, frames.STATUS, message)
        self.control.setblocking(False)

    def _command(self) -> None:
        self.control.setblocking(True)
        try:
            order = frames.receive(self.control).meta
        except (frames.FrameError, OSError) as error:
            raise EOFError from error
        self.control.setblocking(False)
        if "drain" in order:
            self.draining = True
            self.door.close()
        elif "patch" in order:
            self.release.apply(Path(order["patch"]))
            self._renew()
            self._tell({"ready": self.release.number})

    def _renew(self) -> None:
        """The store changed: workers that were forked before finish what they do and are replaced."""
        self.generation += 1
        old, self.idle = self.idle, []
        self._fork()  # one can begin to answer; the others come when what waited is on its way
        for worker in old:
            self._kill(worker, None)

    # -- workers

    def _fill(self) -> None:
        """Keep as many workers for quick queries as the limits say."""
        for _ in range(self.limits.workers - sum(1 for w in self.workers if self._is_quick(w))):
            self._fork()

    def _is_quick(self, worker: Worker) -> bool:
        return not worker.slow and worker.reason is None and worker.generation == self.generation

    def _fork(self) -> None:
        worker = fork_worker(self.release, self.folder, self.limits, self.generation, self.needs_wall)
        worker.inherited = private_bytes(worker.pid)
        self.workers.add(worker)
        self.idle.append(worker)
        self.watch.readable(worker.channel, partial(self._heard, worker))

    def _heard(self, worker: Worker) -> None:
        """Something from a worker: it writes, it is done, or it is no more."""
        messages, ended = heard(worker.channel)
        worker.answering = worker.answering or LARGE in messages
        worker.spent = worker.spent or SPENT in messages
        if (DONE in messages or worker.spent) and worker.client is not None:
            self._finished(worker)
        if ended:
            self._bury(worker)

    def _finished(self, worker: Worker) -> None:
        self._close(worker)
        self.ended["answered"] += 1
        if worker.slow or worker.spent or worker.generation != self.generation or worker.reason:
            self._kill(worker, None)
        else:
            self.idle.append(worker)

    def _kill(self, worker: Worker, reason: QueryError | None) -> None:
        worker.reason = worker.reason or reason or QueryBusy("replaced")
        with suppress(ProcessLookupError):
            os.kill(worker.pid, signal.SIGKILL)

    def _bury(self, worker: Worker) -> None:
        """A worker is gone: tell its client why, unless an answer is already on its way."""
        self.watch.forget(worker.channel)
        worker.channel.close()
        code = os.waitstatus_to_exitcode(os.waitpid(worker.pid, 0)[1])
        self.workers.discard(worker)
        if worker in self.idle:
            self.idle.remove(worker)
        if worker.client is not None:
            if not worker.answering:
                self._refuse(worker.client, worker.reason or why_died(code, self.limits))
            self._close(worker)
        elif worker.reason is None and not worker.spent:
            self.stillborn += 1
            if code == NO_WALL or self.stillborn > _MOST_STILLBORN:
                raise WallographError(f"the workers end at once (exit code {code})")

    def _close(self, worker: Worker) -> None:
        if worker.client is not None:
            self.watch.forget(worker.client)
            worker.client.close()
        worker.client, worker.answering, worker.gone = None, False, None
        self.busy.discard(worker)

    # -- clients

    def _arrived(self, client: socket.socket, kind: bytes) -> None:
        """A client said something: a query waits for a worker, a question is answered."""
        if kind == frames.QUERY and len(self.queue) < self.limits.queue + len(self.idle):
            self.queue.append(Waiting(client, time.monotonic()))
            return
        if kind == frames.STATUS:
            self._answer(client, frames.encode(frames.STATUS, self.status()))
        elif kind == frames.QUERY:
            self._refuse(client, QueryBusy("Too many queries are waiting.", retry_after=2, limit="queue"))
        client.close()

    def _dispatch(self) -> None:
        while self.queue and self.idle:
            waiting, worker = self.queue.popleft(), self.idle.pop()
            try:
                socket.send_fds(worker.channel, [b"q"], [waiting.client.fileno()])
            except OSError:  # this worker just died: another one takes the query
                self.queue.appendleft(waiting)
                continue
            worker.client, worker.started = waiting.client, time.monotonic()
            worker.asked = max(waiting.since, worker.started - self.limits.seconds * _WAIT_COUNTED)
            self.busy.add(worker)
            self.watch.hang_up(waiting.client, partial(self._hung_up, worker, waiting.client))

    def _hung_up(self, worker: Worker, client: socket.socket) -> None:
        """The client is gone, perhaps because it has its answer: the worker gets a moment to say so."""
        self.watch.forget(client)
        if worker.client is client:
            worker.gone = time.monotonic()

    def _refuse(self, client: socket.socket, error: QueryError) -> None:
        kind = {QueryTimeout: "timeout", QueryBusy: "busy"}.get(type(error), "too_large")
        self.ended[kind] += 1
        self._answer(client, frames.encode(frames.ERROR, error_meta(error, self.release.number)))

    def _answer(self, client: socket.socket, data: bytes) -> None:
        with suppress(OSError):
            client.settimeout(1.0)
            client.sendall(data)

    # -- time

    def _patience(self) -> float | None:
        """Seconds until something is due."""
        pressed = bool(self.queue)
        times = [w.deadline(self.limits, pressed=pressed) for w in self.busy if w.reason is None]
        if self.queue:
            times.append(self.queue[0].since + self.limits.queue_seconds)
        times += self.door.due()
        if any(worker.reason is None for worker in self.busy):
            times.append(max(time.monotonic(), self.weighed) + _WEIGH_SECONDS)
        return max(0.0, min(times) - time.monotonic()) if times else None

    def _look(self) -> None:
        now = time.monotonic()
        self.door.look(now)
        while self.queue and self.queue[0].since + self.limits.queue_seconds <= now:
            waiting = self.queue.popleft()
            self._refuse(waiting.client, QueryBusy("The query waited too long.", retry_after=5, limit="queue_seconds"))
            waiting.client.close()
        pressed = bool(self.queue)
        for worker in list(self.busy):
            if worker.reason is None and worker.deadline(self.limits, pressed=pressed) <= now:
                self._overdue(worker, now)
        if self.busy and self.weighed + _WEIGH_SECONDS <= now:
            self.weighed = now
            self._weigh()

    def _weigh(self) -> None:
        """End the query that takes most when the service as a whole takes too much."""
        running = [worker for worker in self.busy if worker.reason is None]
        if running and service_bytes(self.workers) > self.most_bytes:
            text = f"All queries together need more memory than the limit of {self.limits.whole_memory} bytes."
            self._kill(max(running, key=grown), QueryTooLarge(text, limit="total_memory_bytes"))

    def _overdue(self, worker: Worker, now: float) -> None:
        if worker.gone is not None:
            self.ended["gone"] += 1
            self._close(worker)
            self._kill(worker, None)
        elif worker.answering or worker.asked + self.limits.seconds <= now:
            text = f"The query ran longer than the limit of {self.limits.seconds:g} s."
            self._kill(worker, QueryTimeout(text, limit="seconds"))
        elif sum(1 for w in self.workers if w.slow and w.reason is None) >= self.limits.slow_workers:
            self._kill(worker, QueryBusy("Too many long queries are running.", retry_after=5, limit="slow_workers"))
        else:
            worker.slow = True
            with suppress(ProcessLookupError, PermissionError):
                os.setpriority(os.PRIO_PROCESS, worker.pid, _LOW_PRIORITY)

    def status(self) -> dict[str, Any]:
        """What the service is and does."""
        return {
            "release": self.release.number,
            "date": self.release.manifest.get("date"),
            "triples": self.release.triples,
            "graphs": dict(sorted(self.release.counts.items())),
            "private": sorted(self.release.private),
            "wall": self.needs_wall,
            "limits": {**self.limits.as_dict(), "total_memory_bytes": self.limits.whole_memory},
            "memory": service_bytes(self.workers),
            "workers": len(self.workers),
            "busy": len(self.busy),
            "waiting": len(self.queue),
            "ended": self.ended,
        }
