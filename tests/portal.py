"""The shipped data on an address that really answers, with a second release: what a portal finds.

Out: the server, its state, the releases. IRIs dereference, and every address in a document can be followed.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from http_server import Server, serving
from quiet import silent
from story import patch
from wallograph.pipeline.build import BuildOptions, build
from wallograph.release.state import State
from wallograph.resources import data_dir, ontology_dir
from wallograph.validate.own import OwnEngine

RENAMED = """
D <{base}/id/actor/2houses> <http://www.w3.org/2000/01/rdf-schema#label> "2houses" <{base}/id/source/derived-label> .
A <{base}/id/actor/2houses> <http://www.w3.org/2000/01/rdf-schema#label> "Two Houses" <{base}/id/source/derived-label> .
"""


@dataclass(frozen=True)
class Portal:
    """A server on a state: an edition (release 1) and a patch (release 2)."""

    server: Server
    state: State

    @property
    def base(self) -> str:
        return self.server.base


@contextmanager
def portal(root: Path) -> Iterator[Portal]:
    """The shipped data, built on the address of the server."""
    state = State(root / "state")
    with serving(root) as server:
        edition = build(data_dir(), ontology_dir(), state, OwnEngine(), BuildOptions(base=server.base), silent)
        patch(state.root, RENAMED, str(edition.manifest["date"]), server.base)
        server.start(state.root)
        yield Portal(server, state)
