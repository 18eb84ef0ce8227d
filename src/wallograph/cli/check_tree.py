"""`wallograph check`: a working tree, checked as the build would read it; nothing is written.

In: a folder with `data/`. Out: findings as text, JSON, CSV, SARIF or annotations of a workflow; exit code 1 on a
violation.
"""

import sys
from pathlib import Path
from typing import Final

import click

from wallograph.cli.check import language
from wallograph.cli.decided import decisions_of, journal_of
from wallograph.cli.report import write_outcome
from wallograph.errors import NotFound
from wallograph.ingest.proposals import read_proposals
from wallograph.pipeline.replay import Replay
from wallograph.pipeline.tree import check_tree, under
from wallograph.release.state import State
from wallograph.resources import ontology_dir
from wallograph.validate.outcome import FileSeen, Outcome, ordered
from wallograph.validate.own import OwnEngine
from wallograph.validate.shapes import load_shapes
from wallograph.vocab import DEFAULT_BASE

_FORMATS: Final = ("text", "json", "csv", "sarif", "github")


@click.command()
@click.argument("folder", default=".", type=click.Path(path_type=Path, exists=True, file_okay=False))
@language
@click.option(
    "--format", "form", type=click.Choice(_FORMATS), default="text", show_default=True, help="Form of the findings."
)
@click.option(
    "--state", type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Take the journal of this folder into account, and compare with its releases.",
)  # fmt: skip
@click.option("--strict", is_flag=True, help="Warnings fail too.")
@click.option("--all", "everything", is_flag=True, help="Tell what is only for information too.")
def check(folder: Path, lang: str, form: str, state: Path | None, strict: bool, everything: bool) -> None:
    """Check the working tree FOLDER (default: here): sources, proposals, judgements, shapes; no release is made.

    FOLDER has `data/`, or is it. Exit code 0: no violation (there may be warnings); 1: violations.

    \b
      wallograph check
      wallograph check --format github --lang en
    """
    data = folder / "data" if (folder / "data" / "sources").is_dir() else folder
    if not (data / "sources").is_dir():
        raise NotFound(f"there is no data/sources in '{folder}'")
    own = folder / "ontology"
    ontology = own if own.is_dir() else ontology_dir()
    files = read_proposals(data)

    def decided() -> Replay:
        return decisions_of(state or Path(), data, DEFAULT_BASE, journal_of(state) if state else None)

    nowhere = data / ".none"  # no state: the references are those of data/registry.csv
    found = check_tree(data, ontology, State(state or nowhere), OwnEngine(), files, decided, lambda *_: None)
    shown = [finding for finding in found if everything or finding.severity.value != "info"]
    shapes = load_shapes()
    outcome = Outcome(
        DEFAULT_BASE, (FileSeen(str(data), "text/csv"),), tuple(ordered(under(shown, _relative(data)))),
        rules={finding.rule: shapes.rule(finding.rule) for finding in shown if finding.rule},
    )  # fmt: skip
    write_outcome(outcome, form, lang)
    if not outcome.conforms or (strict and outcome.counts["warning"]):
        sys.exit(1)


def _relative(data: Path) -> str:
    """The data folder as seen from here, or in full when it lies elsewhere."""
    full = data.resolve()
    here = Path.cwd().resolve()
    return (full.relative_to(here) if full.is_relative_to(here) else full).as_posix()
