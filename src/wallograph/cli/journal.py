"""`wallograph journal …`: what was decided, and whether the record of it is as it was written.

In: the state folder (or WALLOGRAPH_JOURNAL_URL). Out: lists, one entry, a verdict.
"""

import json
from pathlib import Path

import click

from wallograph.cli.decided import journal_of
from wallograph.cli.options import state_option
from wallograph.errors import DataError, StateError
from wallograph.journal.entry import Entry
from wallograph.journal.journal import Journal


@click.group()
def journal() -> None:
    """Read the journal of decisions, and verify that nobody changed it.

    \b
      wallograph journal verify
      wallograph journal verify --head 3f0c…    and that nothing was cut off since then
      wallograph journal list --after 100
      wallograph journal show 104

    Every subcommand takes --state and has --help.
    """


@journal.command()
@state_option
@click.option("--head", default="", metavar="DIGEST", help="A digest that was kept: an entry must still have it.")
def verify(state: Path, head: str) -> None:
    """Verify every entry, payload and digest of the journal; exit code 5 when anything was changed.

    Keep the digest that it prints somewhere else. With --head it proves later that no entry up to that one was
    changed, removed or cut off.
    """
    found = _journal(state).verify(head)
    for problem in found.problems:
        click.echo(str(problem))
    shredded = f", {len(found.shredded)} payloads shredded" if found.shredded else ""
    click.echo(f"{found.entries} entries{shredded}, head {found.head or 'none'}")
    if not found.is_sound:
        raise DataError(f"the journal is not as it was written: {len(found.problems)} problems")


@journal.command("list")
@state_option
@click.option("--after", default=0, metavar="NUMBER", help="Only entries with a greater number.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object per line, with every field.")
def list_(state: Path, after: int, as_json: bool) -> None:
    """List the entries: number, time, kind, who (an opaque id), proposal, release that shows it, reason."""
    book = _journal(state)
    for entry in book.entries(after):
        shown = book.release_of(entry.number)
        if as_json:
            click.echo(json.dumps(_values(entry, shown), ensure_ascii=False))
            continue
        release = f"release {shown}" if shown else "not published"
        # a reason is what somebody typed: nothing in it reaches the terminal as a command
        why = " ".join("".join(letter if letter.isprintable() else " " for letter in entry.why).split())
        fields = f"{entry.number:>6}", entry.at, f"{entry.kind:<8}", entry.who, entry.proposal or "-", release, why
        click.echo("  ".join(fields).rstrip())


@journal.command()
@state_option
@click.argument("number", type=int)
def show(state: Path, number: int) -> None:
    """Show entry NUMBER with its payload, as JSON; `"payload": null` when it was shredded."""
    book = _journal(state)
    entry = book.entry(number)
    values = _values(entry, book.release_of(number)) | {"payload": book.payload(number)}
    click.echo(json.dumps(values, ensure_ascii=False, indent=1))


def _journal(state: Path) -> Journal:
    found = journal_of(state)
    if found is None:
        raise StateError(f"no journal in {state}: nothing was decided yet")
    return found


def _values(entry: Entry, shown: int | None) -> dict[str, object]:
    return {name: getattr(entry, name) for name in Entry.__slots__} | {"published": shown}
