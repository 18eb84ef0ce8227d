"""What a curator may decide on: everything, or what some sources state and some themes touch.

In: who decides, the statements, what stands. Out: Forbidden, naming the statements that are out of reach.
"""

from collections.abc import Sequence
from typing import Final

from pyoxigraph import NamedNode

from wallograph.accounts.model import Person
from wallograph.curation.layers import Standing
from wallograph.curation.model import Change
from wallograph.errors import Forbidden
from wallograph.vocab import SUBJECT

_READ: Final = "-read"  # the graph of what wallograph read into a source


def require_scope(who: Person, changes: Sequence[Change], standing: Standing) -> None:
    """Forbidden when a limited curator decides on statements beyond its sources and themes."""
    if not who.account.is_limited:
        return
    fresh = _new_in_reach(who, changes, standing)
    beyond = [change.number for change in changes if not _reaches(who, change, standing, fresh)]
    if beyond:
        shown = ", ".join(str(number) for number in beyond[:20])
        raise Forbidden(f"these statements are of sources and themes of other curators: {shown}")


def _reaches(who: Person, change: Change, standing: Standing, fresh: set[str]) -> bool:
    if change.graph:
        return who.covers(_source(change.graph), _themes(change.subject, standing))
    return change.subject in fresh or _covers(who, change.subject, standing)


def _new_in_reach(who: Person, changes: Sequence[Change], standing: Standing) -> set[str]:
    """New things of a theme of the curator, or that are linked to a thing that it may decide on."""
    fresh = {change.subject for change in changes if change.op == "add" and not standing.is_there(change.subject)}
    reached: set[str] = set()
    for change in changes:
        ends = (change.subject, change.object.strip("<>"))
        if change.predicate == SUBJECT and who.covers((), [_code(ends[1])]):
            reached.add(change.subject)
        for one, other in (ends, ends[::-1]):
            if one in fresh - {other} and other not in fresh and _covers(who, other, standing):
                reached.add(one)
    return reached & fresh


def _covers(who: Person, iri: str, standing: Standing) -> bool:
    if not iri.startswith(f"{standing.base}/id/"):
        return False  # a literal, or a thing of others
    said = standing.quads(NamedNode(iri))
    sources = {key for quad in said for key in _source(str(getattr(quad.graph_name, "value", "")))}
    return who.covers(sources, _themes(iri, standing))


def _themes(iri: str, standing: Standing) -> list[str]:
    return [_code(str(quad.object.value)) for quad in standing.quads(NamedNode(iri), NamedNode(SUBJECT))
            if isinstance(quad.object, NamedNode)]  # fmt: skip


def _source(graph: str) -> list[str]:
    key = graph.rpartition("/")[2]
    return [key, key.removesuffix(_READ)]


def _code(iri: str) -> str:
    return iri.rpartition("/")[2]
