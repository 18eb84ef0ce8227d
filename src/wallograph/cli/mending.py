"""Corrected files on the disk, and the mapping of a table.

In: a check, the files that its repairs changed. Out: files; all that is changed is told on standard error, and what a
format cannot keep is told before.
"""

import json
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import click

from wallograph.errors import InputError
from wallograph.intake.tables.submission import TableSubmission
from wallograph.pipeline.check import Check
from wallograph.pipeline.mend import Change
from wallograph.validate.outputs.messages import in_lang, say
from wallograph.validate.outputs.text import plain


def write_corrected(
    checked: Check, files: dict[str, bytes], made: Sequence[Change], lang: str, *, in_place: bool
) -> None:
    """Write the corrected files beside the files (or in their place) and tell each change."""
    if not files:
        click.echo(say("nothing-sure", lang), err=True)
    for name in files:
        losses = next((file.losses for file in checked.outcome.files if file.name == name), ())
        if losses:
            click.echo(plain(say("loses", lang, file=name, what=", ".join(losses))), err=True)
    for change in made:
        place, new = change.finding.where, in_lang(change.repair.messages, lang)
        old = change.finding.value
        if old and change.repair.value:
            new = say("changed", lang, place=place, old=old, new=change.repair.value)
        click.echo(plain(new), err=True)
    untouched = {s.name: s.content for s in checked.submissions if s.name == "-" and s.name not in files}
    for name, content in (files | untouched).items():
        if name == "-":
            sys.stdout.buffer.write(content)
            continue
        target = Path(name) if in_place else corrected_name(Path(name))
        _write(target, content)
        count = sum(change.finding.where is not None and change.finding.where.file == name for change in made)
        click.echo(plain(say("written", lang, count=count, file=target)), err=True)


def corrected_name(path: Path) -> Path:
    """The name of the corrected file beside a file.

    >>> str(corrected_name(Path("data/start-ups.csv")))
    'data/start-ups.corrected.csv'
    """
    return path.with_name(f"{path.stem}.corrected{path.suffix}")


def save_mapping(submissions: Sequence[object]) -> str:
    """The mapping (CSVW metadata) that was used for the first table, as JSON."""
    for submission in submissions:
        if isinstance(submission, TableSubmission):
            return json.dumps(submission.mapping.to_csvw(), ensure_ascii=False, indent=2) + "\n"
    raise InputError("none of the files is a table: there is no mapping to save")


def _write(target: Path, content: bytes) -> None:
    """Write a file whole or not at all, with the rights of the one it replaces."""
    mode = target.stat().st_mode & 0o777 if target.exists() else 0o644
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(mode)
        Path(name).replace(target)
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        raise InputError(f"the corrected file '{target}' cannot be written: {error.strerror}") from error
