"""The services behind `wallograph serve`: those that the settings name, or some of our own that end with this process.

In: the settings. Out: clients to ask them, and the ones of our own, to be kept alive.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any, Final

import click

from wallograph.checker.client import CheckClient
from wallograph.checker.starting import start_checks
from wallograph.cli.private_folder import private_folder
from wallograph.errors import WallographError
from wallograph.settings import Settings
from wallograph.store.client import QueryClient
from wallograph.store.starting import Running, start_service

_PATIENCE: Final = 60.0  # seconds for a service to start


@dataclass(frozen=True, slots=True)
class Services:
    """Who answers queries and who checks files (None: it cannot be offered on this system)."""

    queries: QueryClient
    checks: CheckClient | None
    own: tuple[Running[Any], ...] = ()


@contextmanager
def services(settings: Settings) -> Iterator[Services]:
    """Start what the settings do not name; both start beside each other."""
    unsandboxed = settings.allow_unsandboxed
    own: list[Running[Any]] = []
    with private_folder() as folder, ExitStack() as stack:
        checking = None
        if settings.check_socket is None:
            started = start_checks(
                settings.state, folder / "check", settings.check_limits(), allow_unsandboxed=unsandboxed, patience=0
            )
            checking = stack.enter_context(started)
        if settings.query_socket is None:
            running = start_service(
                settings.state, folder / "query", settings.limits(), allow_unsandboxed=unsandboxed
            )
            own.append(stack.enter_context(running))
        queries = QueryClient(settings.query_socket or folder / "query")
        if checking is None:
            assert settings.check_socket is not None
            checks: CheckClient | None = CheckClient(settings.check_socket)
        elif checks := _offered(checking):
            own.append(checking)
        yield Services(queries, checks, tuple(own))


def _offered(running: Running[CheckClient]) -> CheckClient | None:
    """Its client; None, said once, when there is no wall on this system."""
    try:
        running.wait(_PATIENCE)
    except WallographError as error:
        click.echo(f"/validate is not offered: {error}", err=True)
        return None
    return running.client
