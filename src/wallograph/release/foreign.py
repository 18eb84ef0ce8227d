"""RDF files of anybody as quads, so that any graph can be built and published.

In: files in Turtle, TriG, N-Triples, N-Quads, RDF/XML or JSON-LD, plain or gzipped, told by their suffix.
Out: quads, named graphs kept, without blank nodes. Nothing is fetched (a remote JSON-LD context is an error).

A blank node becomes `{base}/.well-known/genid/{hash}` (RDF 1.1, 3.5), where the hash is made of the file's
name and of the label (N-Triples, N-Quads) or of the place among the file's blank nodes in order of appearance (the
other formats, in which most blank nodes have no label). So the same files give the same graph.
"""

import gzip
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Final, cast

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from wallograph.errors import NotFound, ParseError
from wallograph.iris import digest

FORMATS: Final = {
    ".ttl": RdfFormat.TURTLE, ".nt": RdfFormat.N_TRIPLES, ".nq": RdfFormat.N_QUADS, ".trig": RdfFormat.TRIG,
    ".rdf": RdfFormat.RDF_XML, ".xml": RdfFormat.RDF_XML, ".owl": RdfFormat.RDF_XML,
    ".jsonld": RdfFormat.JSON_LD,
}  # fmt: skip
_LABELLED: Final = (RdfFormat.N_TRIPLES, RdfFormat.N_QUADS)
_HASH_LENGTH: Final = 24  # 96 bits: no two of many millions of nodes meet

Term = NamedNode | BlankNode | Literal | Triple | DefaultGraph


def read_files(paths: Iterable[Path], base: str) -> Iterator[Quad]:
    """The quads of RDF files, file by file; ParseError with the file's name, line and column."""
    seen: Counter[str] = Counter()
    for path in paths:
        seen[path.name] += 1
        # two files of one name in different folders must not share their blank nodes
        key = path.name if seen[path.name] == 1 else f"{path.name}#{seen[path.name]}"
        yield from _read_file(path, key, base)


def format_of(path: Path) -> RdfFormat:
    """The format by the suffix (before `.gz` if there is one); ParseError if it is not known."""
    suffix = Path(path.name.removesuffix(".gz")).suffix.lower()
    if suffix not in FORMATS:
        known = ", ".join(FORMATS)
        raise ParseError(f"{path.name}: the suffix tells no RDF format; known are {known} (and .gz)")
    return FORMATS[suffix]


def _read_file(path: Path, key: str, base: str) -> Iterator[Quad]:
    form = format_of(path)
    if not path.is_file():
        raise NotFound(f"there is no file '{path}'")
    names = _Skolem(base, key, form in _LABELLED)
    try:
        with _open(path) as file:
            for quad in parse(file, form):
                yield names.quad(quad)
    except SyntaxError as error:
        raise ParseError(f"{path.name}: {error.msg}", line=error.lineno, column=error.offset) from error
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise ParseError(f"{path.name}: the file is no whole gzip file: {error}") from error
    except ValueError as error:
        raise ParseError(f"{path.name}: {error}") from error


def _open(path: Path) -> IO[bytes]:
    return cast(IO[bytes], gzip.open(path)) if path.name.endswith(".gz") else path.open("rb")


class _Skolem:
    """IRIs for the blank nodes of one file."""

    def __init__(self, base: str, key: str, labelled: bool) -> None:
        self._prefix = f"{base}/.well-known/genid/"
        self._key = key
        self._labelled = labelled
        self._places: dict[BlankNode, NamedNode] = {}

    def quad(self, quad: Quad) -> Quad:
        """The quad without blank nodes."""
        terms = (quad.subject, quad.object, quad.graph_name)
        if any(isinstance(term, Triple) for term in terms):
            raise ParseError(f"{self._key}: triple terms (RDF 1.2) are not published: {quad} .")
        if not any(isinstance(term, BlankNode) for term in terms):
            return quad
        subject, value, graph = map(self._name, terms)
        return Quad(subject, quad.predicate, value, graph)  # type: ignore[arg-type]  # each kept its kind

    def _name(self, term: Term) -> Term:
        if not isinstance(term, BlankNode):
            return term
        if self._labelled:
            return self._mint("_:" + term.value)
        if term not in self._places:
            self._places[term] = self._mint(str(len(self._places)))
        return self._places[term]

    def _mint(self, label: str) -> NamedNode:
        return NamedNode(self._prefix + digest(self._key, label, length=_HASH_LENGTH))
