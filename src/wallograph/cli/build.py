"""`wallograph build`: an edition of the shipped data, or of any RDF files.

In: the data folder or files. Out: a new current release; a short account on standard output.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from wallograph.cli.account import account_table
from wallograph.cli.decided import decisions_of, journal_of
from wallograph.cli.options import progress_display, state_option
from wallograph.curation.erase import erased_digests
from wallograph.pipeline.build import BuildOptions
from wallograph.pipeline.build import build as build_edition
from wallograph.pipeline.change import build_foreign
from wallograph.pipeline.check import MOST_FOR_PYSHACL
from wallograph.release.state import Release, State
from wallograph.resources import data_dir, ontology_dir
from wallograph.validate.engine import Engine, Limited
from wallograph.validate.own import OwnEngine
from wallograph.validate.reference import PySHACL
from wallograph.vocab import DEFAULT_BASE

_PATIENCE = 30.0  # seconds to wait for the publisher


@click.command()
@state_option
@click.option("--base", default=DEFAULT_BASE, envvar="WALLOGRAPH_BASE", show_default=True, help="Base of all IRIs.")
@click.option("--date", default="", help="Date of the edition, YYYY-MM-DD. Default: the date of the shipped data.")
@click.option(
    "--rdf", "files", multiple=True, type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Publish exactly the quads of this RDF file instead of the shipped data. Repeatable.",
)  # fmt: skip
@click.option(
    "--engine", type=click.Choice(("own", "pyshacl")), default="own", show_default=True,
    help=f"SHACL engine; pyshacl, the reference, takes up to {MOST_FOR_PYSHACL:,} statements.",
)  # fmt: skip
@click.argument("more", nargs=-1, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--data", type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder of sources. Default: the shipped one.",
)  # fmt: skip
@click.option("--allow-loss", is_flag=True, help="Go on although a source holds back over 2 % or shrank by over 10 %.")
@click.option("--no-dumps", is_flag=True, help="Leave out the dump files.")
@click.option("--parquet", is_flag=True, help="Add Parquet files to the dumps (needs wallograph[parquet]).")
@click.option(
    "--registry", type=click.Path(path_type=Path, dir_okay=False),
    help="Write the registry of references here. Default: registry.csv in the state folder.",
)  # fmt: skip
def build(
    state: Path, base: str, date: str, files: tuple[Path, ...], more: tuple[Path, ...], data: Path | None,
    allow_loss: bool, no_dumps: bool, parquet: bool, registry: Path | None, engine: str,
) -> None:  # fmt: skip
    """Build a release and make it the current one.

    Without FILES the shipped data is ingested, linked, validated and released as an edition, with all that curators
    accepted (the journal of the state folder, and data/proposals). With --rdf FILE…
    a release is made of exactly the quads of those files; named graphs are kept.

    \b
      wallograph build --state /srv/wallograph --base https://id.example.org
      wallograph build --rdf region.trig more.ttl --state /tmp/other
    """
    if more and not files:
        raise click.UsageError("RDF files are given with --rdf")
    if date:
        _check_date(date)
    with progress_display() as progress:
        if files:
            today = date or datetime.now(tz=UTC).date().isoformat()
            release = build_foreign(
                [*files, *more], State(state), base=base.rstrip("/"), date=today, progress=progress,
                dumps=not no_dumps, parquet=parquet,
            )  # fmt: skip
        else:
            erased = erased_digests(state)
            options = BuildOptions(base.rstrip("/"), date, allow_loss, not no_dumps, registry, parquet, erased)
            judge, folder, root = _engine(engine), data or data_dir(), State(state)
            with root.writing(_PATIENCE):  # what is accepted meanwhile is published on top of the edition
                decided = decisions_of(state, folder, options.base, journal_of(state))
                release = build_edition(folder, ontology_dir(), root, judge, options, progress, decided)
    _tell(release)


def _engine(name: str) -> Engine:
    return OwnEngine() if name == "own" else Limited(PySHACL(), name, MOST_FOR_PYSHACL)


def _check_date(date: str) -> None:
    try:
        datetime.strptime(date, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError as error:
        raise click.BadParameter(f"'{date}' is no date of the form YYYY-MM-DD", param_hint="--date") from error


def _tell(release: Release) -> None:
    counts: dict[str, Any] = release.manifest["counts"]
    click.echo(
        f"release {release.number} ({release.manifest['date']}): {counts['quads']:,} quads, "
        f"{counts['triples']:,} public triples, {len(counts['graphs']):,} graphs"
    )
    table = account_table(release, "en")
    if table:
        click.echo(table)
        click.echo(f"why: wallograph releases --report {release.number} --lang fr, or {release.folder / 'report.json'}")
