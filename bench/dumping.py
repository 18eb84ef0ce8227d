"""One dump of an edition as a process, ours or that of pyoxigraph alone: `python -m bench.dumping NAME EDITION FOLDER`.

In: `ours:graph.ttl`, `raw:graph.ttl` or `ours:tables` (CSV and JSON lines), the folder of an edition, a folder for
what is written. Out: seconds of the piece itself, as JSON on standard output. Raw is parse (as N-Quads) and serialize,
of the same statements.
"""

import json
import sys
import time
from pathlib import Path
from typing import Final

from pyoxigraph import RdfFormat, parse, serialize

from bench.cost import tell
from wallograph.release.census import Census, public_triples
from wallograph.release.graphfile import read_lines, write_lines
from wallograph.release.rdf_dumps import QUADS_NAME, TRIPLES_NAME, Sorted, prefixes, write_rdf
from wallograph.release.tables import write_tables

FORMATS: Final = {
    "graph.nt": RdfFormat.N_TRIPLES, "graph.ttl": RdfFormat.TURTLE, "graph.jsonld": RdfFormat.JSON_LD,
    "graph.rdf": RdfFormat.RDF_XML, "graph.trig": RdfFormat.TRIG,
}  # fmt: skip
_PREFIXED: Final = ("graph.ttl", "graph.jsonld", "graph.rdf", "graph.trig")


def raw(name: str, edition: Path, target: Path, base: str) -> None:
    """What pyoxigraph needs: the quads for TriG and N-Triples, the distinct triples for the others."""
    form = FORMATS[name]
    source = edition / QUADS_NAME if name in ("graph.trig", "graph.nt") else edition / "dump" / TRIPLES_NAME
    quads = parse(path=str(source), format=RdfFormat.N_QUADS)
    names = prefixes(base) if name in _PREFIXED else None
    if name == "graph.trig":
        serialize(quads, str(target), form, prefixes=names)
    else:
        serialize((quad.triple for quad in quads), str(target), form, prefixes=names)


def ours(name: str, edition: Path, target: Path, base: str, predicates: frozenset[str]) -> None:
    """What an edition does for the same file."""
    if name == "graph.nt":
        write_lines(public_triples(read_lines(edition / QUADS_NAME), frozenset(), Census()), target)
        return
    source = Sorted(edition / QUADS_NAME, edition / "dump" / TRIPLES_NAME, base, predicates)
    if reason := write_rdf(source, target.parent, name):
        raise RuntimeError(reason)


def main(piece: str, edition: Path, folder: Path) -> None:
    """Do the piece and tell its seconds."""
    whose, _, name = piece.partition(":")
    manifest = json.loads((edition / "manifest.json").read_text(encoding="utf-8"))
    predicates = frozenset(manifest["counts"]["predicates"])
    target = folder / name
    target.unlink(missing_ok=True)
    began = time.monotonic()
    if name == "tables":
        write_tables(edition / QUADS_NAME, folder, manifest["base"], frozenset(manifest["private_graphs"]))
    elif whose == "raw":
        raw(name, edition, target, manifest["base"])
    else:
        ours(name, edition, target, manifest["base"], predicates)
    tell(began)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
