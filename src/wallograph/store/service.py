"""The query service: one process per machine, which the web processes reach over a Unix socket (design M3).

In: the state folder and the limits. Out: answers to `store.client.QueryClient`. This process holds no graph: it
watches `current` and keeps one child (`store.pool`) that does. A release that is the last one plus a patch is
taken over by the running child; for any other a second child is loaded first, then the old one finishes what it
has. Both accept on the same socket, so nobody waits.

Start: `python -m wallograph.store.service --state DIR --socket PATH`, or `start_service(…)`. Stop: SIGTERM.
"""

import argparse
import contextlib
import gc
import json
import os
import select
import signal
import socket
import sys
import time
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from wallograph.errors import StateError
from wallograph.store import frames
from wallograph.store.limits import Limits
from wallograph.store.memory import load_release, parent_of
from wallograph.store.notice import Notice
from wallograph.store.pool import Pool
from wallograph.store.sandbox import die_with_parent, probe_wall
from wallograph.store.usage import MARGIN, private_bytes

_POLL_SECONDS: Final = 0.2
_MOST_PATCHES: Final = 500  # then a fresh child: what a store forgets it keeps for a while
_BACKLOG: Final = 256


@dataclass(slots=True)
class Child:
    """A process that holds a release."""

    pid: int
    control: socket.socket
    number: int
    inode: int  # of the release's folder: one that was made again (an erasure) has the number that it had
    ready: bool = False
    patches: int = 0


class Service:
    """Keeps the right child running."""

    def __init__(self, state: Path, listener: socket.socket, limits: Limits, *, needs_wall: bool) -> None:
        self.state, self.listener, self.limits, self.needs_wall = state, listener, limits, needs_wall
        self.serving: Child | None = None
        self.coming: Child | None = None
        self.leaving: list[Child] = []
        self.stopping = False
        self.failures = 0
        self.notice = Notice(state)

    def run(self) -> None:
        """Serve until SIGTERM or SIGINT."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        try:
            while not self.stopping:
                self._follow()
                self._listen()
        finally:
            for child in self._children():
                child.control.close()
                with contextlib.suppress(ProcessLookupError):
                    os.kill(child.pid, signal.SIGTERM)
            for child in self._children():
                os.waitpid(child.pid, 0)

    def _stop(self, *_: Any) -> None:
        self.stopping = True

    def _children(self) -> list[Child]:
        return [child for child in (self.serving, self.coming, *self.leaving) if child is not None]

    def _follow(self) -> None:
        """Go to the current release if another one is served."""
        folder = current_folder(self.state)
        number = int(folder.name)
        try:
            inode = folder.stat().st_ino
        except OSError:  # it is being replaced just now
            return
        child = self.coming or self.serving
        if child is None:
            self.coming = self._fork(folder)
        elif child.ready and (child.number, child.inode) != (number, inode):
            if child.number != number and self._fits(child, folder):
                child.number, child.inode, child.ready, child.patches = number, inode, False, child.patches + 1
                frames.send(child.control, frames.STATUS, {"patch": str(folder)})
            else:
                self.coming = self._fork(folder)

    def _fits(self, child: Child, folder: Path) -> bool:
        if child.patches >= _MOST_PATCHES or not (folder / "patch.rdfp").is_file():
            return False
        return parent_of(folder) == child.number

    def _fork(self, folder: Path) -> Child:
        ours, theirs = socket.socketpair()
        others = [child.control for child in self._children()]
        parent = os.getpid()
        pid = os.fork()
        if pid == 0:
            code = 1
            try:
                for sock in (ours, *others):
                    sock.close()
                self.notice.close()
                self._become_pool(theirs, folder, parent)
                code = 0
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(code)
        theirs.close()
        return Child(pid, ours, int(folder.name), folder.stat().st_ino)

    def _become_pool(self, control: socket.socket, folder: Path, parent: int) -> None:
        die_with_parent(signal.SIGKILL)
        if os.getppid() != parent:
            return
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group: the service decides
        release = load_release(folder)
        gc.collect()
        gc.freeze()
        taken = private_bytes(os.getpid())
        if taken > self.limits.whole_memory - MARGIN:
            raise StateError(
                f"release {release.number} alone takes {taken} bytes of memory, the query service may take "
                f"{self.limits.whole_memory}: raise WALLOGRAPH_QUERY_TOTAL_MEMORY_MB"
            )
        Pool(
            self.listener, control, release, self.limits, folder=folder.parent, needs_wall=self.needs_wall
        ).run()

    def _listen(self) -> None:
        """Hear from the children for a moment."""
        by_control = {child.control.fileno(): child for child in self._children()}
        watched = [*by_control, *([] if self.notice.descriptor is None else [self.notice.descriptor])]
        try:
            readable, _, _ = select.select(watched, [], [], _POLL_SECONDS)
        except InterruptedError:
            return
        if self.notice.descriptor in readable:
            self.notice.heard()  # of a new release, or of nothing: `_follow` looks
        for number in readable:
            if number not in by_control:
                continue
            child = by_control[number]
            try:
                message = frames.receive(child.control).meta
            except (frames.FrameError, OSError):
                self._lost(child)
                continue
            child.ready = "ready" in message
            self.failures = 0
            if child is self.coming:
                self._switch(child)

    def _switch(self, child: Child) -> None:
        old, self.serving, self.coming = self.serving, child, None
        if old is not None:
            frames.send(old.control, frames.STATUS, {"drain": True})
            self.leaving.append(old)

    def _lost(self, child: Child) -> None:
        child.control.close()
        with contextlib.suppress(ProcessLookupError):
            os.kill(child.pid, signal.SIGKILL)
        os.waitpid(child.pid, 0)
        if child in self.leaving:
            self.leaving.remove(child)
            return
        if child is self.serving:
            self.serving = None
        if child is self.coming:
            self.coming = None
        self.failures += 1
        if self.failures > 5 and self.serving is None:
            raise StateError("the query service cannot serve the current release: see what it wrote before")
        time.sleep(min(0.1 * 2**self.failures, 5.0))


def current_folder(state: Path) -> Path:
    """The folder of the current release; StateError if there is none."""
    try:
        return (state / "current").resolve(strict=True)
    except OSError as error:
        raise StateError(f"no release in {state}: run `wallograph build` first") from error


def serve_queries(state: Path, path: Path, limits: Limits, *, allow_unsandboxed: bool = False) -> None:
    """Serve until SIGTERM; StateError if there is no release, no wall, or another service at this socket."""
    current_folder(state)
    wall = probe_wall()
    if not wall and not allow_unsandboxed:
        raise StateError("the wall around queries cannot be raised on this system (seccomp, Linux): not started")
    with listener_at(path, "query") as listener:
        try:
            Service(state, listener, limits, needs_wall=wall).run()
        finally:
            path.unlink(missing_ok=True)


def listener_at(path: Path, what: str) -> socket.socket:
    """A socket at this path, for this user only; StateError if another service answers there."""
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        if path.exists() and probe.connect_ex(str(path)) == 0:
            raise StateError(f"a {what} service is already running at {path}")
    path.unlink(missing_ok=True)
    before = os.umask(0o177)
    try:
        listener.bind(str(path))
    finally:
        os.umask(before)
    listener.listen(_BACKLOG)
    return listener


def main(arguments: list[str] | None = None) -> int:
    """The command line of `python -m wallograph.store.service`."""
    parser = argparse.ArgumentParser(prog="wallograph.store.service", description="Answer SPARQL on a Unix socket.")
    parser.add_argument("--state", type=Path, required=True, help="folder of the releases")
    parser.add_argument("--socket", type=Path, required=True, help="where to listen")
    parser.add_argument("--limits", type=json.loads, default={}, help="JSON object of store.limits.Limits")
    parser.add_argument("--allow-unsandboxed", action="store_true", help="start without the seccomp filter")
    parser.add_argument("--die-with-parent", action="store_true", help="stop when the starting process ends")
    given = parser.parse_args(arguments)
    if given.die_with_parent:
        die_with_parent(signal.SIGTERM)
    try:
        limits = Limits(**given.limits)
        serve_queries(given.state, given.socket, limits, allow_unsandboxed=given.allow_unsandboxed)
    except StateError as error:
        print(f"wallograph: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
