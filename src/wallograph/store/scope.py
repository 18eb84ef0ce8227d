"""What a query may see: the engine's arguments for the dataset that it asks for (design S2, M4).

In: a store, what the text of a query says, its dataset. Out: a `Scope`, or QueryRefused for a name that no graph
has. Several default graphs are copied into one, as a set: the engine would count a triple once for each.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from wallograph.errors import QueryRefused
from wallograph.store.dataset import Dataset
from wallograph.store.guard import Inspection
from wallograph.store.limits import Limits

_SCRATCH: Final = NamedNode("urn:wallograph:scratch")
_BULK: Final = 1_000_000
_FOLDER: Final = re.compile(r"https?://[^/?#]+/.*[/#]")


@dataclass(slots=True)
class Scope:
    """The store to ask and the engine's arguments. `spent`: this process changed its copy of the release."""

    store: Store
    options: dict[str, Any] = field(default_factory=dict)
    spent: bool = False

    @property
    def default(self) -> list[Any]:
        """The graphs that a pattern outside GRAPH is matched against."""
        return self.options.get("default_graph", [DefaultGraph()])


def scope_of(store: Store, found: Inspection, dataset: Dataset, limits: Limits, *, writable: bool) -> Scope:
    """The scope of a query. A store that is `writable` is this process's own and may be added to."""
    if not dataset.given:
        return Scope(store)
    _refuse_unknown(store, found, dataset)
    default, named = dataset.nodes()
    if len(default) < 2:
        return Scope(store, {"default_graph": default, "named_graphs": named})
    quads = (q for g in default for q in store.quads_for_pattern(None, None, None, g))
    if not writable:
        return _copied(store, quads, named, len(default), limits)
    taken = _bounded(quads, len(default), limits)
    # bulk_extend needs half the memory for each triple, but 200 MB before the first.
    extend = store.bulk_extend if len(taken) > _BULK else store.extend
    extend(Quad(q.subject, q.predicate, q.object, _SCRATCH) for q in taken)
    return Scope(store, {"default_graph": [_SCRATCH], "named_graphs": named}, spent=True)


def _copied(store: Store, quads: Iterator[Quad], named: list[NamedNode], graphs: int, limits: Limits) -> Scope:
    """The same over a store that cannot be written to: the named graphs are copied, too."""
    plain = (Quad(q.subject, q.predicate, q.object) for q in quads)
    more = (q for g in named for q in store.quads_for_pattern(None, None, None, g))
    taken = _bounded((quad for part in (plain, more) for quad in part), graphs + len(named), limits)
    scratch = Store()
    scratch.extend(taken)
    return Scope(scratch, {"default_graph": [DefaultGraph()], "named_graphs": named})


def _bounded(quads: Iterator[Quad], graphs: int, limits: Limits) -> list[Quad]:
    taken = list(islice(quads, limits.from_triples + 1))
    if len(taken) > limits.from_triples:
        raise QueryRefused(
            f"Together these {graphs} graphs have more triples than the limit of "
            f"{limits.from_triples}: name fewer, or ask with GRAPH."
        )
    return taken


def _refuse_unknown(store: Store, found: Inspection, dataset: Dataset) -> None:
    """A name is known, or refused, as soon as the answer may depend on it.

    A release cannot state an empty graph. So a name beside those of its graphs may stand for one where nothing is
    read from it: the query has no pattern, and describes nothing that is known.
    """
    unknown = dataset.unknown(store.contains_named_graph)
    if not unknown:
        return
    reads = found.reads or any(_is_known(store, dataset, token.text) for token in found.described)
    graphs = [] if reads else store.named_graphs()
    folders = {_folder(str(graph.value)) for graph in graphs} - {""}
    for name in unknown:
        if _folder(name) not in folders:
            raise QueryRefused(f"There is no graph <{name}> here. GRAPH ?g {{}} lists those there are.")


def _folder(name: str) -> str:
    """The part of a graph's name that it shares with its neighbours."""
    match = _FOLDER.match(name)
    return match[0] if match else ""


def _is_known(store: Store, dataset: Dataset, written: str) -> bool:
    try:
        node = NamedNode(dataset.prologue.resolve(written))
    except ValueError:
        return True
    found = store.quads_for_pattern(node, None, None, None), store.quads_for_pattern(None, None, node, None)
    return any(next(iter(quads), None) is not None for quads in found)
