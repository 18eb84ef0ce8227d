"""`wallograph backup` and `wallograph restore`.

In: the state folder (and WALLOGRAPH_JOURNAL_URL), a folder or a `.tar` file. Out: a backup, or an installation.
"""

from datetime import UTC, datetime
from pathlib import Path

import click

from wallograph.cli.delivering import settings_of
from wallograph.cli.options import progress_display, state_option
from wallograph.curation.backup import back_up
from wallograph.curation.restore import restore as restore_from
from wallograph.errors import InputError
from wallograph.release.state import State

_SECRETS = "WALLOGRAPH_SECRET_KEY is in no backup: keep it apart"


@click.command()
@state_option
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace the backup that is there.")
def backup(state: Path, target: Path, force: bool) -> None:
    """Write a backup to TARGET: a folder, or one file when its name ends in .tar. Everything serves on meanwhile.

    It has the releases, the registry, the journal, proposals with their files, accounts and webhooks, in one
    consistent state. Secrets that are kept outside (WALLOGRAPH_SECRET_KEY) are not in it.
    """
    _refuse_names(target)
    database = settings_of(state).database()
    there = database.path is None or database.path.is_file()
    with progress_display() as progress:
        made = back_up(
            State(state), database if there else None, target, now=datetime.now(tz=UTC), force=force, progress=progress
        )
    for problem in made.problems:
        click.echo(f"wallograph: the journal that was backed up is not sound: {problem}", err=True)
    click.echo(f"{target}: {_told(made.manifest)}, {made.size / 1e6:.1f} MB. {_SECRETS}.")


@click.command()
@state_option
@click.argument("source", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace what is in the state folder and in the database.")
def restore(state: Path, source: Path, force: bool) -> None:
    """Make an installation from the backup SOURCE, in the state folder and in its database.

    All of the backup is checked before anything is written. With WALLOGRAPH_JOURNAL_URL the tables go into that
    database, whichever kind they came from. Stop the server first when you replace an installation.
    """
    with progress_display() as progress:
        made = restore_from(source, State(state), settings_of(state).database(), force=force, progress=progress)
    click.echo(f"{state}: {_told(made.manifest)}. {_SECRETS}.")


def _refuse_names(target: Path) -> None:
    if target.suffix in (".gz", ".tgz", ".zip", ".xz", ".bz2", ".zst"):
        raise InputError("a backup is a folder, or a file whose name ends in .tar")


def _told(manifest: dict[str, object]) -> str:
    releases, journal = manifest["releases"], manifest["journal"]
    assert isinstance(releases, list)
    assert isinstance(journal, dict)
    entries = f"journal of {journal['entries']} entries" + (f" (head {journal['head']})" if journal["head"] else "")
    return f"{len(releases)} releases, current {manifest['current']}, {entries}"
