"""`wallograph apply`, `diff`, `releases` and `dump`: what happens between and with releases.

In: the state folder. Out: a new release, a difference, a list, a file.
"""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

import click

from wallograph.cli.account import account_text
from wallograph.cli.options import state_option
from wallograph.errors import NotFound
from wallograph.pipeline.change import apply as apply_to_current
from wallograph.release.diff import diff as difference
from wallograph.release.diff import summarise
from wallograph.release.patch import format_patch, parse_patch
from wallograph.release.state import Release, State
from wallograph.release.thin import thin
from wallograph.validate.own import OwnEngine
from wallograph.vocab import LANGUAGES


@click.command()
@state_option
@click.argument("patch", type=click.File("r", encoding="utf-8"))
@click.option("--date", default="", help="Date of the release, YYYY-MM-DD. Default: today.")
@click.option("--lenient", is_flag=True, help="Leave out lines that change nothing instead of refusing the patch.")
def apply(state: Path, patch: TextIO, date: str, lenient: bool) -> None:
    """Make the next release from the current one and PATCH, without a rebuild.

    PATCH is an RDF Patch: lines `A <s> <p> <o> <g> .` add a quad, lines `D …` delete one; `-` reads standard
    input. A patch that breaks a rule, deletes what is absent or adds what is there is refused, and the
    current release stays.
    """
    today = date or datetime.now(tz=UTC).date().isoformat()
    release = apply_to_current(State(state), parse_patch(patch.read()), OwnEngine(), date=today, lenient=lenient)
    size = release.manifest["patch"]
    click.echo(
        f"release {release.number} from {release.manifest['parent']}: {size['adds']} added, {size['deletes']} deleted"
    )


@click.command()
@state_option
@click.argument("old", type=int)
@click.argument("new", type=int)
@click.option("--summary", is_flag=True, help="Tell what changed by kind of thing instead of quad by quad.")
def diff(state: Path, old: int, new: int, summary: bool) -> None:
    """Show what changed from release OLD to release NEW, as an RDF Patch that `wallograph apply` takes."""
    releases_ = State(state)
    patch = difference(releases_, old, new)
    if not summary:
        click.echo(format_patch(patch), nl=False)
        return
    told = summarise(releases_, old, new, patch)
    click.echo(f"{told.adds} quads added, {told.deletes} deleted")
    for name, (come, gone) in told.classes.items():
        click.echo(f"  {name}: {come} new, {gone} gone")
    for change in told.subjects:
        click.echo(
            f"  {change.label or change.iri}: +{change.adds} -{change.deletes}  {change.iri if change.label else ''}"
        )


@click.command()
@state_option
@click.option("--report", "number", type=int, help="Tell the account of this release: where every row ended, and why.")
@click.option("--lang", type=click.Choice(LANGUAGES), default="fr", show_default=True, help="Language of the report.")
@click.option("--thin", "thinning", is_flag=True, help="Free the disk of what can be made again of older releases.")
def releases(state: Path, number: int | None, lang: str, thinning: bool) -> None:
    """List the releases: number, kind, date, quads, what they were made from. `*` marks the current one.

    With --thin, releases that are neither editions nor current first lose their store and search index. They can
    still be queried: the store is made again from the edition and the patches when someone does.
    """
    found = State(state)
    if thinning:
        click.echo(f"{len(thin(found))} releases thinned")
    if number is not None:
        click.echo(account_text(found.get(number), lang), nl=False)
        return
    current = found.current()
    for each in found.numbers():
        release = found.get(each)
        mark = "*" if current and each == current.number else " "
        manifest = release.manifest
        origin = f"from {manifest['parent']}" if manifest.get("parent") else "built"
        quads = manifest["counts"]["quads"]
        click.echo(f"{mark} {each:>6}  {manifest['kind']:<8} {manifest['date']}  {quads:>10,}  {origin}")


@click.command()
@state_option
@click.option("--release", "number", type=int, help="Number of the release. Default: the current one.")
@click.option("--list", "only_list", is_flag=True, help="List the dump files of the edition with size and SHA-256.")
@click.argument("name", required=False)
def dump(state: Path, number: int | None, only_list: bool, name: str | None) -> None:
    """Write the dump file NAME of an edition to standard output (`graph.ttl`, `graph.nq.gz`, …)."""
    release = _edition(State(state), number)
    files = release.manifest["dumps"]
    if only_list or name is None:
        for file, facts in sorted(files.items()):
            click.echo(f"{facts['sha256']}  {facts['size']:>12,}  {file}")
        return
    if name not in files:
        raise NotFound(f"edition {release.number} has no dump '{name}'; it has {', '.join(sorted(files))}")
    path = release.folder / name if name == "graph.nq" else release.dump_path / name
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            sys.stdout.buffer.write(piece)


def _edition(state: State, number: int | None) -> Release:
    release = state.get(number) if number is not None else state.current()
    if release is None:
        raise NotFound("there is no release yet: run `wallograph build`")
    return release if release.is_edition else state.get(release.manifest["edition"])
