"""What has to be read to judge a change: the things it touches, their links, what these lead to, who shares a value.

In: what stands now, the quads that come and go. Out: quads as they stand before the change.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import islice
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from wallograph import vocab
from wallograph.iris import rebase_iri

Quads = Callable[..., Iterable[Quad]]
UNJUDGED: Final = ("shapes", "judgements", "catalogue")
MOST_LINKS: Final = 50  # to a thing of which only values change: enough to tell what the change does to them
_STEPS: Final = 30  # of a chain of parts, parents or successors
_CHAINS: Final = (
    vocab.RELATIONS["part-of"], vocab.RELATIONS["subsidiary-of"], vocab.RELATIONS["successor-of"], vocab.CONTAINED_IN,
    vocab.SKOS + "broader",
)  # fmt: skip
_SHARED: Final = (vocab.ENTERPRISE_NUMBER, vocab.ROR_ID, vocab.ISNI, vocab.VAT_ID)
_ENDS: Final = (NamedNode(vocab.ST_SUBJECT), NamedNode(vocab.ST_OBJECT))
_TYPE: Final = NamedNode(vocab.TYPE)


class Around:
    """Reads the surroundings of a change, each thing once."""

    def __init__(self, quads: Quads, base: str) -> None:
        self._quads, self._base = quads, base
        self._hidden = frozenset(f"{base}/id/source/{key}" for key in UNJUDGED)
        self._found: dict[Quad, None] = {}
        self._read: set[str] = set()

    def of(self, adds: Collection[Quad], deletes: Collection[Quad]) -> list[Quad]:
        """All that the rules look at when these quads come and go."""
        changed = (*adds, *deletes)
        subjects = dict.fromkeys(quad.subject for quad in changed if self._is_own(quad.subject))
        objects = [quad.object for quad in changed if self._is_own(quad.object)]
        leaving = {quad.subject for quad in deletes if quad.predicate == _TYPE}
        for node in subjects:
            self._about(node)
            self._links(node, None if node in leaving else MOST_LINKS)
        self._about_all(objects)
        self._follow()
        self._sharing(changed)
        return list(self._found)

    def _is_own(self, term: object) -> bool:
        return isinstance(term, NamedNode) and term.value.startswith(f"{self._base}/")

    def _keep(self, quads: Iterable[Quad]) -> list[Quad]:
        kept = [q for q in quads if isinstance(q.graph_name, NamedNode) and q.graph_name.value not in self._hidden]
        self._found.update(dict.fromkeys(kept))
        return kept

    def _about(self, node: object) -> list[Quad]:
        if not isinstance(node, NamedNode) or node.value in self._read:
            return []
        self._read.add(node.value)
        return self._keep(self._quads(node, None, None, None))

    def _about_all(self, nodes: Iterable[object]) -> None:
        for node in dict.fromkeys(nodes):
            self._about(node)

    def _links(self, node: object, most: int | None) -> None:
        """The links of a thing as things, and the things that it is linked with in either direction."""
        leads = [q.object for q in self._found if q.subject == node and self._is_own(q.object)]
        coming = list(self._quads(None, None, node, None))
        as_subject = [quad for quad in coming if quad.predicate == _ENDS[0]]
        others = [quad for quad in coming if quad.predicate != _ENDS[0]][:most]
        self._keep(coming)
        self._about_all(quad.subject for quad in (*as_subject, *others))
        self._about_all(leads)

    def _follow(self) -> None:
        """What the things are part of, step by step, and the codes and places that they name.

        Of what a code or a place names itself only the chains are followed: a list is woven so that one entry would
        lead to all others.
        """
        chains = {rebase_iri(predicate, self._base) for predicate in _CHAINS}
        looked = 0
        for _ in range(_STEPS):
            quads = list(islice(self._found, looked, None))
            looked += len(quads)
            leads = [
                quad.object for quad in quads
                if quad.predicate.value in chains or (self._is_code(quad.object) and not self._is_code(quad.subject))
            ]  # fmt: skip
            fresh = [node for node in dict.fromkeys(leads) if self._is_own(node) and node.value not in self._read]
            if not fresh:
                return
            self._about_all(fresh)

    def _is_code(self, term: object) -> bool:
        starts = (f"{self._base}/auth/", f"{self._base}/id/place/")
        return isinstance(term, NamedNode) and term.value.startswith(starts)

    def _sharing(self, changed: Iterable[Quad]) -> None:
        shared = {rebase_iri(predicate, self._base) for predicate in _SHARED}
        for quad in changed:
            if quad.predicate.value in shared and isinstance(quad.object, Literal):
                self._about_all(self._holders(quad))

    def _holders(self, quad: Quad) -> Iterator[object]:
        for found in self._quads(None, quad.predicate, quad.object, None):
            yield found.subject
