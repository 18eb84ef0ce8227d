"""A release held in memory: its named graphs, and the materialised default graph beside them (design S2, M3).

In: a release folder (`graph.nq` of an edition, or the chain of `patch.rdfp` down to one). Out: `MemoryRelease`
with a pyoxigraph store that runs no thread, so that the process may fork. A patch is applied in place.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from pyoxigraph import DefaultGraph, Quad, RdfFormat, Store, parse

from wallograph.errors import StateError

_HEAD: Final = 300  # characters of a manifest
_PARENT: Final = re.compile(r'"parent": (\d+|null)\b')


@dataclass
class MemoryRelease:
    """The graphs of one release. `stated` are triples that the release itself has in no named graph."""

    store: Store = field(default_factory=Store)
    manifest: dict[str, Any] = field(default_factory=dict)
    private: frozenset[str] = frozenset()
    stated: set[Quad] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)
    triples: int = 0

    @property
    def number(self) -> int:
        """The number of the release."""
        return int(self.manifest["number"])

    @property
    def base(self) -> str:
        """The base that its IRIs stand on."""
        return str(self.manifest.get("base", ""))

    def apply(self, folder: Path) -> None:
        """Go on to the release of this folder, which was made from this one by its patch."""
        manifest = read_manifest(folder)
        if manifest.get("parent") != self.number:
            raise StateError(f"release {manifest['number']} was not made from release {self.number}")
        self._take(manifest)
        self._patch(folder)

    def _take(self, manifest: dict[str, Any]) -> None:
        self.manifest = manifest
        if "private_graphs" in manifest:
            self.private = frozenset(manifest["private_graphs"])

    def _load(self, graph: Path) -> None:
        self.store.bulk_load(path=str(graph), format=RdfFormat.N_QUADS)
        self.store.bulk_extend(self._public(parse(path=str(graph), format=RdfFormat.N_QUADS)))
        self.triples = sum(1 for _ in self.store.quads_for_pattern(None, None, None, DefaultGraph()))

    def _public(self, quads: Iterator[Quad]) -> Iterator[Quad]:
        for quad in quads:
            if isinstance(quad.graph_name, DefaultGraph):
                self.stated.add(quad)
                continue
            name = quad.graph_name.value
            self.counts[name] += 1
            if name not in self.private:
                yield Quad(quad.subject, quad.predicate, quad.object)

    def _patch(self, folder: Path) -> None:
        for added, quad in read_patch(folder / "patch.rdfp"):
            if added:
                self._add(quad)
            else:
                self._remove(quad)

    def _add(self, quad: Quad) -> None:
        default = Quad(quad.subject, quad.predicate, quad.object)
        if isinstance(quad.graph_name, DefaultGraph):
            self.stated.add(default)
        elif quad not in self.store:
            self.store.add(quad)
            self.counts[quad.graph_name.value] += 1
            if quad.graph_name.value in self.private:
                return
        if default not in self.store:
            self.store.add(default)
            self.triples += 1

    def _remove(self, quad: Quad) -> None:
        default = Quad(quad.subject, quad.predicate, quad.object)
        if isinstance(quad.graph_name, DefaultGraph):
            self.stated.discard(default)
        elif quad in self.store:
            self.store.remove(quad)
            self._one_less(quad.graph_name.value)
        if default in self.store and default not in self.stated and not self._still_public(default):
            self.store.remove(default)
            self.triples -= 1

    def _one_less(self, graph: str) -> None:
        self.counts[graph] -= 1
        if not self.counts[graph]:
            del self.counts[graph]

    def _still_public(self, triple: Quad) -> bool:
        quads = self.store.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
        names = (quad.graph_name for quad in quads)
        return any(not isinstance(g, DefaultGraph) and g.value not in self.private for g in names)


def load_release(folder: Path) -> MemoryRelease:
    """Read the release of this folder into memory; StateError if a part of its chain is missing."""
    chain = [folder]
    while not (chain[-1] / "graph.nq").is_file():
        parent = read_manifest(chain[-1]).get("parent")
        if parent is None:
            raise StateError(f"release '{chain[-1].name}' has neither graph.nq nor a parent")
        chain.append(folder.parent / f"{int(parent):06d}")
    release = MemoryRelease()
    edition = chain.pop()
    release._take(read_manifest(edition))
    release._load(edition / "graph.nq")
    for step in reversed(chain):
        release.apply(step)
    return release


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a release folder; StateError if it cannot be read."""
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        return {**manifest, "number": int(manifest["number"])}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StateError(f"release '{folder.name}' has no readable manifest: {error}") from error


def parent_of(folder: Path) -> int | None:
    """The release that another one was made from. It stands at the beginning of a manifest, which may be long."""
    try:
        with (folder / "manifest.json").open(encoding="utf-8") as file:
            found = _PARENT.search(file.read(_HEAD))
    except (OSError, ValueError) as error:
        raise StateError(f"release '{folder.name}' has no readable manifest: {error}") from error
    parent = found[1] if found else read_manifest(folder).get("parent")
    return None if parent in (None, "null") else int(parent)


def read_patch(path: Path) -> Iterator[tuple[bool, Quad]]:
    """The changes of an RDF Patch in their order: True for an addition."""
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise StateError(f"release '{path.parent.name}' has no readable patch: {error}") from error
    for line in lines:
        action, _, rest = line.partition(b" ")
        if action in (b"A", b"D"):
            for quad in parse(rest, format=RdfFormat.N_QUADS):
                yield action == b"A", quad
