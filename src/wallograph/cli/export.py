"""`wallograph export-static`: the current release as files for a plain web server.

In: the state folder and an empty folder. Out: the whole site in it, with configurations for nginx and Apache.
"""

import os
from pathlib import Path

import click

from wallograph.cli.options import progress_display, state_option
from wallograph.errors import InputError
from wallograph.settings import Settings
from wallograph.web.copy.export import export_static as write_copy

_SHOWN = 20


@click.command("export-static")
@state_option
@click.option("--root", default="", help="Document root on the web server. Default: DIR/site, where it is written.")
@click.option(
    "--processes", type=click.IntRange(1, 64), default=lambda: os.cpu_count() or 1,
    show_default="one for each processor", help="Processes that write documents at the same time.",
)  # fmt: skip
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
def export_static(state: Path, root: str, processes: int, folder: Path) -> None:
    """Write the whole site into DIR as files that any web server can publish.

    Pages in four languages, documents in every format, dumps, catalogue, vocabulary; and nginx.conf and
    apache.conf, with which every IRI still leads to its document in the format that is asked for. DIR must be
    empty, or hold a former copy, which is replaced when the new one is whole.
    """
    inside = folder.resolve()
    if inside == state.resolve() or state.resolve() in inside.parents:
        raise InputError(f"'{folder}' lies in the state folder: name another")
    with progress_display() as tick:
        settings = Settings(state=state)  # type: ignore[call-arg]
        done = write_copy(settings, folder, document_root=root, tick=tick, processes=processes)
    for address, why in list(done.left.items())[:_SHOWN]:
        click.echo(f"left out: {address} ({why})", err=True)
    if len(done.left) > _SHOWN:
        click.echo(f"left out: {len(done.left) - _SHOWN} more", err=True)
    click.echo(f"{done.things:,} documents in {done.files:,} files, {done.bytes:,} bytes; see {folder / 'README.txt'}")
