"""`wallograph query`: SPARQL on the current release from the command line.

In: a query. Out: its answer on standard output.
"""

import shutil
import sys
from pathlib import Path

import click
from pyoxigraph import Store

from wallograph.cli.options import state_option
from wallograph.errors import StateError
from wallograph.iris import rebase_iri
from wallograph.release.state import State
from wallograph.store.evaluate import Request, evaluate
from wallograph.store.limits import Limits
from wallograph.vocab import PREFIXES

FORMATS = {
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "jsonld": "application/ld+json",
}


@click.command()
@state_option
@click.argument("text")
@click.option(
    "--format", "format_", type=click.Choice(list(FORMATS)), default=None, help="Default: csv, or ttl for graphs."
)
def query(state: Path, text: str, format_: str | None) -> None:
    """Ask the current release. TEXT is a SPARQL query, `@file.rq`, or `-` for standard input.

    The prefixes of the vocabulary (wg:, org:, schema:, skos:, dcterms: …) need no declaration.

    \b
      wallograph query 'SELECT ?name WHERE { ?x wg:spinOffOf ?u ; rdfs:label ?name } LIMIT 5'
    """
    release = State(state).current()
    if release is None:
        raise StateError(f"no release in {state}: run `wallograph build` first")
    if text == "-":
        text = sys.stdin.read()
    elif text.startswith("@"):
        text = Path(text[1:]).read_text(encoding="utf-8")
    # One line, so that the line of a syntax error stays the line of the query.
    prologue = " ".join(f"PREFIX {key}: <{rebase_iri(iri, release.base)}>" for key, iri in PREFIXES.items())
    wanted = FORMATS.get(format_ or "")
    request = Request(f"{prologue} {text}", rows=wanted or "text/csv", graph=wanted or "text/turtle")
    result = evaluate(Store.read_only(str(release.store_path)), request, Limits())
    if result.media_type is None:
        raise click.UsageError(f"a {result.form} query has no answer in the format '{format_}'")
    if result.file is not None:
        result.file.seek(0)
        shutil.copyfileobj(result.file, sys.stdout.buffer)
    else:
        sys.stdout.buffer.write(result.body)
