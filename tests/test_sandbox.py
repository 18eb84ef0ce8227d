"""The second wall, alone: what a process behind it can no longer do. Each case runs in a child."""

import ctypes
import os
import socket
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator

import pytest
from pyoxigraph import Store

from wallograph.errors import QueryRefused
from wallograph.store.evaluate import Request, evaluate
from wallograph.store.limits import Limits
from wallograph.store.sandbox import probe_wall, raise_wall


def in_child(work: Callable[[], None]) -> int:
    """Run in a forked child; its exit code, 0 when nothing was raised."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A listening socket that must stay untouched."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        yield server


def touched(listener: socket.socket) -> bool:
    """Whether somebody connected."""
    try:
        listener.accept()[0].close()
    except TimeoutError:
        return False
    return True


def call(listener: socket.socket, silent: str = "") -> str:
    """A query that really calls the listening socket."""
    port = listener.getsockname()[1]
    return f"SELECT * {{ SERVICE {silent} <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}"


def test_the_probe_leaves_this_process_free() -> None:
    assert probe_wall()
    socket.socket().close()


@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_INET6, socket.AF_UNIX, socket.AF_NETLINK])
def test_no_socket_of_any_kind(family: int) -> None:
    def work() -> None:
        assert raise_wall()
        with pytest.raises(PermissionError):
            socket.socket(family, socket.SOCK_DGRAM)

    assert in_child(work) == 0


def test_an_open_socket_cannot_connect_or_listen(listener: socket.socket) -> None:
    def work() -> None:
        made_before = socket.socket()
        assert raise_wall()
        with pytest.raises(PermissionError):
            made_before.connect(listener.getsockname())
        with pytest.raises(PermissionError):
            made_before.bind(("127.0.0.1", 0))

    assert in_child(work) == 0
    assert not touched(listener)


def test_no_program_is_started_and_no_io_uring() -> None:
    def work() -> None:
        assert raise_wall()
        with pytest.raises(OSError):
            subprocess.run([sys.executable, "-c", "pass"], check=True)
        libc = ctypes.CDLL(None, use_errno=True)
        assert libc.syscall(425, 1, 0) == -1
        assert ctypes.get_errno() == 1

    assert in_child(work) == 0


def test_what_is_open_keeps_working() -> None:
    ours, theirs = socket.socketpair()

    def work() -> None:
        assert raise_wall()
        theirs.sendall(b"still here")

    assert in_child(work) == 0
    assert ours.recv(20) == b"still here"
    ours.close()
    theirs.close()


def test_the_engine_really_calls_without_walls(listener: socket.socket) -> None:
    def work() -> None:
        evaluate(Store(), Request(call(listener, "SILENT"), guarded=False), Limits())

    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    reached = touched(listener)
    os.kill(child, 9)
    os.waitpid(child, 0)
    assert reached


@pytest.mark.parametrize("silent", ["", "SILENT"])
def test_the_second_wall_alone_stops_service(listener: socket.socket, silent: str) -> None:
    def work() -> None:
        assert raise_wall()
        try:
            evaluate(Store(), Request(call(listener, silent), guarded=False), Limits())
        except QueryRefused:
            return
        assert silent

    assert in_child(work) == 0
    assert not touched(listener)


@pytest.mark.parametrize("silent", ["", "SILENT"])
def test_the_first_wall_alone_stops_service(listener: socket.socket, silent: str) -> None:
    with pytest.raises(QueryRefused, match="SERVICE"):
        evaluate(Store(), Request(call(listener, silent)), Limits())
    assert not touched(listener)
