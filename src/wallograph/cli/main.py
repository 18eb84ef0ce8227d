"""The command group, and the one table from exceptions to exit codes.

In: the command line. Out: an exit code; errors go to standard error as one sentence, never as a stack trace.
"""

import sys
from typing import Any

import click

from wallograph import __version__
from wallograph.cli import (
    backup,
    build,
    check,
    check_tree,
    curation,
    curator,
    erase,
    export,
    journal,
    query,
    releases,
    serve,
    webhook,
)
from wallograph.errors import (
    DataError,
    GuardError,
    InputError,
    NotFound,
    StateError,
    TargetRefused,
    WallographError,
)

EXIT_CODES: tuple[tuple[type[WallographError], int], ...] = (
    (InputError, 3),
    (NotFound, 4),
    (GuardError, 6),
    (DataError, 5),
    (StateError, 7),
    (TargetRefused, 3),
    (WallographError, 8),
)


class Group(click.Group):
    """A group whose errors become exit codes."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a `WallographError` is told in one sentence."""
        try:
            return super().invoke(ctx)
        except WallographError as error:
            line, column = getattr(error, "line", None), getattr(error, "column", None)
            place = f" (line {line}" + (f", column {column})" if column else ")") if line else ""
            click.echo(f"wallograph: {error}{place}", err=True)
            sys.exit(next(code for kind, code in EXIT_CODES if isinstance(error, kind)))


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="wallograph")
def main() -> None:
    """Build, check and publish the knowledge graph of Wallonia's digital ecosystem.

    A first round, from the shipped data to a page:

    \b
      wallograph build                 ingest, link, validate, release
      wallograph serve                 publish it on http://localhost:8000
      wallograph query 'SELECT …'      ask the current release

    Exit codes: 0 done; 1 the data that was checked has violations; 2 wrong usage; 3 what was handed in
    cannot be used; 4 no such thing or release; 5 the project's own data is wrong; 6 a build would lose too
    much; 7 the state folder is missing, locked or damaged, or the secret key is; 8 another server did not answer.
    """


for command in (
    build.build,
    serve.serve,
    check.validate,
    check_tree.check,
    curation.export_proposals,
    check.template,
    releases.apply,
    releases.diff,
    releases.releases,
    journal.journal,
    backup.backup,
    backup.restore,
    releases.dump,
    export.export_static,
    erase.erase,
    query.query,
    webhook.webhook,
    curator.curator,
):
    main.add_command(command)
