"""`wallograph serve`: publish the current release over HTTP.

In: the state folder, an address. Out: a running server and its query service; a taken port is said, not changed.
"""

import os
import signal
import socket
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import click
import uvicorn

from wallograph.checker.client import CheckClient
from wallograph.checker.starting import start_checks
from wallograph.cli.delivering import delivering
from wallograph.cli.options import state_option
from wallograph.errors import StateError, WallographError
from wallograph.release.state import State
from wallograph.settings import Settings
from wallograph.store.client import QueryClient
from wallograph.store.sandbox import die_with_parent
from wallograph.store.starting import Running, start_service
from wallograph.web.app import create_app

_PATIENCE = 60.0  # seconds for a service to start


@click.command()
@state_option
@click.option("--host", default=None, help="Address to listen on. Default: 127.0.0.1 (also WALLOGRAPH_HOST).")
@click.option("--port", type=click.IntRange(1, 65535), default=None, help="Default: 8000 (also WALLOGRAPH_PORT).")
def serve(state: Path, host: str | None, port: int | None) -> None:
    """Publish the current release: pages, RDF documents, SPARQL, dumps.

    A new release is picked up without a restart. The settings are the environment variables WALLOGRAPH_…,
    see docs/operators.md.
    """
    given = {"state": state, "host": host, "port": port}
    settings = Settings(**{key: value for key, value in given.items() if value is not None})  # type: ignore[arg-type]
    os.environ.pop("WALLOGRAPH_SECRET_KEY", None)  # the services that read other people's files must not inherit it
    release = State(settings.state).current()
    if release is None:
        raise StateError(f"no release in {settings.state}: run `wallograph build` first")
    listener = _listen(settings)
    shown = "localhost" if settings.host == "127.0.0.1" else settings.host
    click.echo(f"release {release.number} on http://{shown}:{settings.port}/ (Ctrl-C ends it)")
    if release.base != f"http://{shown}:{settings.port}":
        click.echo(f"the IRIs of this release begin with {release.base}", err=True)
    with checking_service(settings) as checks, query_service(settings) as client:
        run_web(settings, listener, client, checks())


@contextmanager
def query_service(settings: Settings) -> Iterator[QueryClient]:
    """The query service that the settings name, or one of our own that ends with this process."""
    if settings.query_socket is not None:
        yield QueryClient(settings.query_socket)
        return
    limits, unsandboxed = settings.limits(), settings.allow_unsandboxed
    with (
        tempfile.TemporaryDirectory(prefix="wallograph-") as folder,
        start_service(settings.state, Path(folder) / "query", limits, allow_unsandboxed=unsandboxed) as running,
    ):
        yield running.client


@contextmanager
def checking_service(settings: Settings) -> Iterator[Callable[[], CheckClient | None]]:
    """A checking service of our own that ends with this process, or the one that the settings name.

    It starts beside the others. What is given waits for it; None, said once, when it cannot be offered: there is no
    wall on this system.
    """
    if settings.check_socket is not None:
        client = CheckClient(settings.check_socket)
        yield lambda: client
        return
    limits, unsandboxed = settings.check_limits(), settings.allow_unsandboxed
    with tempfile.TemporaryDirectory(prefix="wallograph-") as folder:
        path = Path(folder) / "check"
        with start_checks(settings.state, path, limits, allow_unsandboxed=unsandboxed, patience=0) as running:
            yield lambda: _offered(running)


def _offered(running: Running[CheckClient]) -> CheckClient | None:
    try:
        running.wait(_PATIENCE)
    except WallographError as error:
        click.echo(f"/validate is not offered: {error}", err=True)
        return None
    return running.client


def run_web(
    settings: Settings, listener: socket.socket, client: QueryClient, checks: CheckClient | None
) -> None:
    """Answer HTTP until a signal, in as many processes as the settings say."""
    others = []
    for _ in range(settings.web_processes - 1):
        pid = os.fork()
        if pid == 0:
            try:
                die_with_parent(signal.SIGTERM)
                _answer(settings, listener, client, checks)
            finally:
                os._exit(0)
        others.append(pid)
    try:
        # only here, and only now: a thread does not survive a fork
        with delivering(settings, lambda text: click.echo(text, err=True)):
            _answer(settings, listener, client, checks)
    finally:
        for pid in others:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)
            os.waitpid(pid, 0)


def _answer(
    settings: Settings, listener: socket.socket, client: QueryClient, checks: CheckClient | None
) -> None:
    app = create_app(settings, query_client=client, check_client=checks)
    config = uvicorn.Config(
        app, loop="uvloop", http="httptools", log_level="warning", server_header=False,
        proxy_headers=False,  # who asks is read from X-Forwarded-For only as the settings say
    )  # fmt: skip
    uvicorn.Server(config).run(sockets=[listener])


def _listen(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
    except OSError as error:
        listener.close()
        raise StateError(
            f"port {settings.port} on {settings.host} cannot be used ({error.strerror}): "
            f"end what listens there, or choose another with --port"
        ) from error
    listener.listen(1024)
    listener.setblocking(False)
    return listener
