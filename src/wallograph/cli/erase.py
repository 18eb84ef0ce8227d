"""`wallograph erase`: take a statement or personal data out of everything that is kept.

In: an IRI or a text, the reason. Out: what was taken, and the public notice.
"""

from datetime import UTC, datetime
from pathlib import Path

import click

from wallograph.cli.delivering import settings_of
from wallograph.cli.options import progress_display, state_option
from wallograph.curation.erase import erase as erase_everywhere
from wallograph.curation.erase import find, what_to_erase
from wallograph.release.state import State

_SHOWN = 10


@click.command()
@state_option
@click.argument("what", metavar="IRI|TEXT")
@click.option("--reason", required=True, help="Why; it is published, so it must not say what was erased.")
@click.option("--who", default="operator", show_default=True, help="Opaque id of the one who decides.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def erase(state: Path, what: str, reason: str, who: str, yes: bool) -> None:
    """Remove a thing (IRI) or a text in values from every kept release, edition, dump, feed page and search index,
    from proposals, files that were handed in, shared results and payloads of the journal.

    The releases keep their numbers and get new hashes; `/privacy` says which, when and why. What you erase also has
    to leave the source tables in data/; until then a build leaves these statements out by their digests. Backups and
    copies that others took are yours to see to. The server may run.
    """
    erased, root, database = what_to_erase(what), State(state), settings_of(state).database()
    db = database if database.path is None or database.path.is_file() else None
    found = find(root, db, erased)
    lines = [line for hits in found.releases.values() for line in hits]
    click.echo(
        f"{len(lines)} statements in {len(found.releases)} releases, {found.values} values of proposals and accounts, "
        f"{len(found.entries)} journal entries, {found.files} files that were handed in or shared"
    )
    for line in dict.fromkeys(lines[:_SHOWN]):
        click.echo(f"  {line.decode('utf-8', 'replace').strip()}")
    if found and not yes:
        click.confirm("Erase this for ever?", abort=True)
    with progress_display() as progress:
        notice = erase_everywhere(
            root, db, erased, reason=reason, who=who, now=datetime.now(tz=UTC), progress=progress
        )
    click.echo(f"erased: {notice['statements']} statements, {len(notice['releases'])} releases made again")
