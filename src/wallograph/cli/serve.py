"""`wallograph serve`: publish the current release over HTTP.

In: the state folder, an address. Out: a running server and its query service; a taken port is said, not changed.
"""

import os
import signal
import socket
from contextlib import suppress
from pathlib import Path

import click
import uvicorn

from wallograph.cli.delivering import delivering
from wallograph.cli.keeping import keeping
from wallograph.cli.options import state_option
from wallograph.cli.publishing import publishing
from wallograph.cli.services import Services, services
from wallograph.errors import StateError
from wallograph.release.state import State
from wallograph.settings import Settings
from wallograph.store.sandbox import die_with_parent
from wallograph.web.app import create_app


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
    for secret in ("WALLOGRAPH_SECRET_KEY", "WALLOGRAPH_OIDC_CLIENT_SECRET"):
        os.environ.pop(secret, None)  # the services that read other people's files must not inherit it
    release = State(settings.state).current()
    if release is None:
        raise StateError(f"no release in {settings.state}: run `wallograph build` first")
    listener = _listen(settings)
    shown = "localhost" if settings.host == "127.0.0.1" else settings.host
    click.echo(f"release {release.number} on http://{shown}:{settings.port}/ (Ctrl-C ends it)")
    if release.base != f"http://{shown}:{settings.port}":
        click.echo(f"the IRIs of this release begin with {release.base}", err=True)
    with services(settings) as found:
        run_web(settings, listener, found)


def run_web(settings: Settings, listener: socket.socket, behind: Services) -> None:
    """Answer HTTP until a signal, in as many processes as the settings say."""
    others = []
    for _ in range(settings.web_processes - 1):
        pid = os.fork()
        if pid == 0:
            try:
                die_with_parent(signal.SIGTERM)
                _answer(settings, listener, behind)
            finally:
                os._exit(0)
        others.append(pid)
    try:
        # only here, and only now: a thread does not survive a fork
        with delivering(settings, _say), publishing(settings, _say), keeping(behind.own, _say):
            _answer(settings, listener, behind)
    finally:
        for pid in others:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)
            os.waitpid(pid, 0)


def _say(text: str) -> None:
    click.echo(text, err=True)


def _answer(settings: Settings, listener: socket.socket, behind: Services) -> None:
    app = create_app(settings, query_client=behind.queries, check_client=behind.checks)
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
