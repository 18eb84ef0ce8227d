"""The outcome of a check on standard output, in each of its forms.

In: an `Outcome`, a form, a language. Out: standard output.
"""

import json
import sys
from typing import Final

import click

from wallograph import __version__
from wallograph.validate.outcome import Outcome
from wallograph.validate.outputs.csv import findings_csv
from wallograph.validate.outputs.github import annotations
from wallograph.validate.outputs.json import outcome_values
from wallograph.validate.outputs.sarif import sarif
from wallograph.validate.outputs.text import findings_text
from wallograph.validate.report import report_jsonld, report_turtle

FORMATS: Final = ("text", "json", "ttl", "jsonld", "csv", "sarif", "github")


def write_outcome(outcome: Outcome, form: str, lang: str) -> None:
    """Write the findings to standard output."""
    if form == "json":
        _json(outcome_values(outcome))
    elif form == "ttl":
        sys.stdout.buffer.write(report_turtle(outcome.results, outcome.base))
    elif form == "jsonld":
        _json(report_jsonld(outcome.results, outcome.base))
    elif form == "csv":
        sys.stdout.buffer.write(findings_csv(outcome, lang).encode())
    elif form == "sarif":
        _json(sarif(outcome, lang, __version__))
    elif form == "github":
        click.echo(annotations(outcome, lang), nl=False)
    else:
        click.echo(findings_text(outcome, lang), nl=False)


def _json(values: object) -> None:
    click.echo(json.dumps(values, ensure_ascii=False, indent=2))
