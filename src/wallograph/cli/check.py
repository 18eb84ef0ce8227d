"""`wallograph validate`: files against the rules. `wallograph template`: an empty spreadsheet to fill in.

In: RDF files and tables, or standard input. Out: findings in the asked language and form, corrected files; exit code
1 on a violation, 3 when a file cannot be read.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from wallograph.cli.mending import save_mapping, write_corrected
from wallograph.cli.report import FORMATS, write_outcome
from wallograph.errors import InputError, NotFound, StateError
from wallograph.intake.tables.templates import template as make_template
from wallograph.pipeline.check import CheckOptions, Upload, check, mend
from wallograph.pipeline.known import Known
from wallograph.release.state import State
from wallograph.validate.forms import KINDS
from wallograph.validate.outputs.text import findings_text
from wallograph.vocab import DEFAULT_BASE, LANGUAGES

_STDIN = "-"
language = click.option(
    "--lang", type=click.Choice(LANGUAGES), default="fr", show_default=True, help="Language of the messages."
)
base_option = click.option(
    "--base", default=DEFAULT_BASE, envvar="WALLOGRAPH_BASE", show_default=True, help="Base of the rules."
)


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False, allow_dash=True))
@base_option
@language
@click.option(
    "--format", "format_", type=click.Choice(FORMATS), default="text", show_default=True, help="Form of the findings."
)
@click.option("--fix", is_flag=True, help="Make all sure repairs: writes NAME.corrected.EXT; for `-`, standard output.")
@click.option("--in-place", is_flag=True, help="With --fix: change the files themselves.")
@click.option("--engine", type=click.Choice(("own", "pyshacl")), default="own", show_default=True, help="SHACL engine.")
@click.option("--media-type", help="Media type of standard input (and of files, against their suffix).")
@click.option(
    "--mapping",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="CSVW metadata that says what the columns of a table mean.",
)
@click.option(
    "--save-mapping",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the mapping that was used for a table, to be corrected and given back.",
)
@click.option("--encoding", help="Encoding of a CSV file; default: proposed by its content.")
@click.option("--delimiter", help="Delimiter of a CSV file; default: proposed by its content.")
@click.option("--sheet", "sheets", multiple=True, help="Sheet of a workbook to read (repeatable); default: all.")
@click.option(
    "--state",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Compare with the current release of this folder; default: the shipped lists and names.",
)
@click.option("--strict", is_flag=True, help="Warnings fail too.")
def validate(
    files: tuple[Path, ...],
    base: str,
    lang: str,
    format_: str,
    fix: bool,
    in_place: bool,
    engine: str,
    media_type: str | None,
    mapping: Path | None,
    save_mapping: Path | None,
    encoding: str | None,
    delimiter: str | None,
    sheets: tuple[str, ...],
    state: Path | None,
    strict: bool,
) -> None:
    """Check FILES (Turtle, TriG, N-Triples, N-Quads, RDF/XML, JSON-LD, CSV, XLSX); `-` is standard input.

    Works off line and without a server. Exit code 0: no violation (there may be warnings); 1: violations; 3: a file
    cannot be read.

    \b
      wallograph validate start-ups.xlsx --lang nl
      wallograph validate data/*.ttl --format sarif > findings.sarif
    """
    if in_place and not fix:
        raise click.UsageError("--in-place goes with --fix")
    known = _known(state, base.rstrip("/"))
    options = CheckOptions(
        known.base,
        "own" if engine == "own" else "pyshacl",
        _mapping(mapping),
        encoding,
        _delimiter(delimiter),
        sheets or None,
    )
    uploads = _uploads(files, media_type)
    try:
        if fix:
            checked, corrected, made = mend(uploads, known, options)
            write_corrected(checked, corrected, made, lang, in_place=in_place)
        else:
            checked = check(uploads, known, options)
    except InputError as error:
        _tell_in(error, uploads, lang)
        raise
    if save_mapping:
        _save(checked.submissions, save_mapping)
    if fix and _STDIN in map(str, files):  # the corrected file has standard output
        click.echo(findings_text(checked.outcome, lang), nl=False, err=True)
    else:
        write_outcome(checked.outcome, format_, lang)
    if not checked.outcome.readable:
        sys.exit(3)
    if not checked.conforms or (strict and checked.counts["warning"]):
        sys.exit(1)


@click.command()
@click.argument("kind", type=click.Choice([concept for concept, _ in KINDS]))
@base_option
@language
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="The workbook to write (.xlsx).",
)
def template(kind: str, base: str, lang: str, output: Path) -> None:
    """Write an empty workbook for KIND of thing, with drop-downs from the code lists, to fill in and hand in.

    \b
      wallograph template actor --lang nl -o actors.xlsx
      wallograph validate actors.xlsx --lang nl
    """
    known = Known.shipped(base.rstrip("/"))
    form = next(form for form in known.forms if form.concept == kind)
    output.write_bytes(make_template(form, lang, known.codes))
    click.echo(str(output))


def _tell_in(error: InputError, uploads: Sequence[Upload], lang: str) -> None:
    """Put the error in the asked language, with the file's name, where reading has words for it."""
    if error.messages and lang in error.messages:
        names = [upload.name for upload in uploads if str(error).startswith(upload.name)]
        error.args = (": ".join([*names[:1], error.messages[lang]]), *error.args[1:])


def _known(state: Path | None, base: str) -> Known:
    if state is None:
        return Known.shipped(base)
    release = State(state).current()
    if release is None:
        raise StateError(f"no release in {state}: run `wallograph build` first")
    return Known.of_release(release)


def _uploads(files: Sequence[Path], media_type: str | None) -> list[Upload]:
    uploads = []
    for file in files:
        if str(file) == _STDIN:
            uploads.append(Upload(_STDIN, sys.stdin.buffer.read(), media_type))
            continue
        try:
            uploads.append(Upload(str(file), file.read_bytes(), media_type))
        except FileNotFoundError as error:
            raise NotFound(f"there is no file '{file}'") from error
        except OSError as error:
            raise InputError(f"the file '{file}' cannot be read: {error.strerror}") from error
    return uploads


def _mapping(path: Path | None) -> dict[str, object] | None:
    if path is None:
        return None
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, OSError) as error:
        raise InputError(f"{path}: this is no mapping in JSON: {error}") from error
    if not isinstance(found, dict):
        raise InputError(f"{path}: a mapping is an object of JSON (CSVW metadata)")
    return found


def _delimiter(text: str | None) -> str | None:
    return {"tab": "\t", "\\t": "\t"}.get(text or "", text)


def _save(submissions: Sequence[object], path: Path) -> None:
    path.write_text(save_mapping(submissions), encoding="utf-8")
