"""How proposals are looked for: filters come in, one statement of SQL goes out.

What a proposal is about stands in facets: its things, the sources that speak of them, their themes, and one text of
all that people may look for.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from wallograph.curation.draft import Checked
from wallograph.curation.model import Proposal, State
from wallograph.curation.proposal_tables import LISTED

_MOST: Final = 500
_LONGEST: Final = 20_000  # characters of the text of one proposal
_MOST_FACETS: Final = 5_000


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters. Empty texts ask nothing; `assigned` and `author` ask nothing when they are None."""

    states: tuple[State, ...] = ()
    kind: str = ""
    source: str = ""
    theme: str = ""
    assigned: str | None = None
    text: str = ""
    author: str | None = None
    thing: str = ""


def facets_of(proposal: Proposal, checked: Checked) -> Iterator[tuple[str, str]]:
    """What a proposal can be found by."""
    subjects = (change.subject for change in proposal.changes)
    for iri in [*dict.fromkeys((*checked.things, *subjects))][:_MOST_FACETS]:
        yield "thing", iri
    graphs = (change.graph for change in proposal.changes if change.graph)
    for iri in [*dict.fromkeys((*checked.sources, *graphs))][:_MOST_FACETS]:
        yield "source", iri
    for iri in dict.fromkeys(checked.themes):
        yield "theme", iri
    words = (proposal.id, *checked.names, proposal.file, proposal.note)
    yield "text", " \n".join(words)[:_LONGEST].casefold()


def listing(asked: Asked, limit: int, after: int, newest: bool) -> tuple[str, list[Any]]:
    """The statement that lists proposals, and its values."""
    where: list[str] = []
    values: list[Any] = []
    if asked.states:
        where.append(f"p.state IN ({', '.join('?' for _ in asked.states)})")
        values += sorted(state.value for state in asked.states)
    for column, given in (("kind", asked.kind or None), ("assigned", asked.assigned), ("author", asked.author)):
        if given is not None:
            where.append(f"p.{column} = ?")
            values.append(given)
    for kind, given in (("source", asked.source), ("theme", asked.theme), ("thing", asked.thing)):
        if given:
            where.append("p.id IN (SELECT proposal FROM proposal_facets WHERE kind = ? AND value = ?)")
            values += [kind, given]
    for word in asked.text.casefold().split()[:10]:
        where.append("p.id IN (SELECT proposal FROM proposal_facets WHERE kind = 'text' AND value LIKE ? ESCAPE '!')")
        values.append(f"%{_escaped(word[:100])}%")
    if after:
        where.append(f"p.seq {'<' if newest else '>'} ?")
        values.append(after)
    said = f" WHERE {' AND '.join(where)}" if where else ""
    order = "DESC" if newest else "ASC"
    sql = f"SELECT {LISTED} FROM proposals p{said} ORDER BY p.seq {order} LIMIT ?"
    return sql, [*values, max(1, min(limit, _MOST))]


def _escaped(text: str) -> str:
    return "".join("!" + c if c in "!%_" else c for c in text if c != "\0")
