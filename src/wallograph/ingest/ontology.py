"""The code lists, the vocabulary and the example questions of `ontology/`, as quads of wallograph's own graphs.

In: Turtle files on the default base. Out: quads in `code-lists`, `vocabulary` and `questions`; labels of matched
entries of the regional taxonomy and of NACE-BEL in the graphs of their registers.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from wallograph import vocab
from wallograph.errors import DataError
from wallograph.ingest.tables import read_rows
from wallograph.iris import thing

TAXONOMY = "http://data4wallonia.com/resource/taxonomy/"
_MATCHES = frozenset(
    vocab.SKOS + name for name in ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
)


def read_ontology(folder: Path) -> Iterator[Quad]:
    """Code lists in the graph `code-lists`, the vocabulary and labels in `vocabulary`, questions in `questions`."""
    for path in sorted((folder / "codes").glob("*.ttl")):
        yield from _turtle(path, "code-lists")
    for path in sorted(folder.glob("*.ttl")):
        yield from _turtle(path, "vocabulary")
    for path in sorted((folder / "questions").glob("*.ttl")):
        yield from _turtle(path, "questions")


def matched_labels(quads: Iterable[Quad], sources: Path) -> Iterator[tuple[str, int, Quad]]:
    """Names of the entries elsewhere that themes are matched to, with file and line of the row that gives each."""
    wanted = {q.object.value for q in quads if q.predicate.value in _MATCHES and isinstance(q.object, NamedNode)}
    label = NamedNode(vocab.PREF_LABEL)
    for row in read_rows(sources / "digitalwallonia" / "rows.csv"):
        iri = TAXONOMY + row["slug"]
        if iri in wanted:
            for lang in ("fr", "en"):
                if row[f"label_{lang}"]:
                    quad = _label(iri, label, row[f"label_{lang}"], lang, "digitalwallonia")
                    yield "digitalwallonia/rows.csv", row.line, quad
    for row in read_rows(sources / "nace" / "rows.csv"):
        if row["iri"] in wanted:
            for lang in ("fr", "nl", "de", "en"):
                yield "nace/rows.csv", row.line, _label(row["iri"], label, row[f"label_{lang}"], lang, "nace")


def _label(iri: str, predicate: NamedNode, text: str, lang: str, source: str) -> Quad:
    return Quad(NamedNode(iri), predicate, Literal(text, language=lang), NamedNode(thing("source", source)))


def _turtle(path: Path, source: str) -> Iterator[Quad]:
    graph = NamedNode(thing("source", source))
    try:
        for quad in parse(path=str(path), format=RdfFormat.TURTLE):
            yield Quad(quad.subject, quad.predicate, quad.object, graph)
    except SyntaxError as error:
        raise DataError(f"{path}: {error}") from error
