"""`wallograph validate`: RDF files against the shapes.

In: RDF files. Out: findings in the asked language, or a report as JSON or Turtle; exit code 1 on a violation.
"""

import json
import sys
from pathlib import Path

import click

from wallograph.model import Severity
from wallograph.release.foreign import read_files
from wallograph.validate.engine import Result
from wallograph.validate.reference import PySHACL
from wallograph.validate.report import report_dict, report_turtle
from wallograph.validate.shapes import load_shapes
from wallograph.vocab import DEFAULT_BASE, LANGUAGES


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--base", default=DEFAULT_BASE, envvar="WALLOGRAPH_BASE", show_default=True, help="Base of the shapes.")
@click.option("--lang", type=click.Choice(LANGUAGES), default="fr", show_default=True, help="Language of the messages.")
@click.option("--format", "format_", type=click.Choice(("text", "json", "ttl")), default="text", show_default=True)
def validate(files: tuple[Path, ...], base: str, lang: str, format_: str) -> None:
    """Check RDF FILES (Turtle, TriG, N-Triples, N-Quads, RDF/XML, JSON-LD) against the shapes.

    Works off line and without a server. Exit code 0: no violation (there may be warnings); 1: violations.
    """
    base = base.rstrip("/")
    results = PySHACL().validate(list(read_files(files, base)), load_shapes(base))
    if format_ == "json":
        click.echo(json.dumps(report_dict(results), ensure_ascii=False, indent=2))
    elif format_ == "ttl":
        sys.stdout.buffer.write(report_turtle(results, base))
    else:
        for result in results:
            click.echo(_line(result, lang))
    if any(result.severity is Severity.VIOLATION for result in results):
        sys.exit(1)


def _line(result: Result, lang: str) -> str:
    about = " ".join(part for part in (result.focus, result.path, result.value) if part)
    return f"{result.severity.value}: {about}: {result.messages.get(lang, result.source_shape)}"
