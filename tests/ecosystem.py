"""A release of the small ecosystem (`fixtures/ecosystem.trig`) with the shipped code lists and vocabulary.

In: an empty folder and a base. Out: a state folder with one current edition, and the application over it.
"""

from collections.abc import Iterator
from pathlib import Path

from fastapi import FastAPI
from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from wallograph.iris import rebase
from wallograph.release.edition import make_edition
from wallograph.release.state import State
from wallograph.resources import ontology_dir
from wallograph.settings import Settings
from wallograph.vocab import DEFAULT_BASE
from wallograph.web.app import create_app

FIXTURE = Path(__file__).parent / "fixtures" / "ecosystem.trig"
PRIVATE = ("provenance", "shapes", "judgements", "catalogue")


def quads(base: str, *, facts: bool = True) -> Iterator[Quad]:
    """The quads of the small ecosystem; without `facts` only the code lists and the vocabulary."""
    if facts:
        yield from parse(rebase(FIXTURE.read_text("utf-8"), base).encode(), RdfFormat.TRIG)
    ontology = ontology_dir()
    files = {
        "code-lists": sorted((ontology / "codes").glob("*.ttl")),
        "vocabulary": sorted(ontology.glob("*.ttl")),
    }
    for key, paths in files.items():
        graph = NamedNode(f"{base}/id/source/{key}")
        for path in paths:
            for quad in parse(rebase(path.read_text("utf-8"), base).encode(), RdfFormat.TURTLE):
                yield Quad(quad.subject, quad.predicate, quad.object, graph)


def ecosystem_app(root: Path, base: str = DEFAULT_BASE, *, facts: bool = True) -> FastAPI:
    """Publish the small ecosystem and give the application over it."""
    private = frozenset(f"{base}/id/source/{key}" for key in PRIVATE)
    found = quads(base, facts=facts)
    release = make_edition(
        State(root), found, base=base, date="2026-03-01", private_graphs=private, report=None, dumps=False
    )
    State(root).switch(release.number)
    return create_app(Settings(state=root))
