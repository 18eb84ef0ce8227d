"""Do the servers give the same answers? Nothing is measured before that is known.

In: a server, kinds of queries. Out: for each query what the answer says, in a form that all servers share: the number
of rows, and the rows themselves where every right server must give the same ones.
"""

import json
from dataclasses import dataclass
from typing import Final

from pyoxigraph import RdfFormat, parse

from bench.generate import Made
from bench.load import GRAPH, TABLE
from bench.mix import Kind
from bench.servers import Answer, Server, target

TURNS: Final = 3
_DECIMAL: Final = "http://www.w3.org/2001/XMLSchema#decimal"  # an average has as many digits as a server likes


@dataclass(frozen=True, slots=True)
class Said:
    """What an answer says: its rows (or statements), and how many there are."""

    count: int
    rows: frozenset[tuple[str, ...]] | None


def ask(server: Server, kind: Kind, turn: int, made: Made, patience: float) -> Said | None:
    """What a server says; None when it gives no answer in time."""
    query = kind.query(turn, made)
    answer = server.get(target(server, query), GRAPH if kind.graph else TABLE, patience)
    if answer.status != 200:
        return None
    return _graph(answer, kind, query) if kind.graph else _table(answer.body, kind)


def _graph(answer: Answer, kind: Kind, query: str) -> Said:
    # not every server heeds what is accepted, or says what it sends
    form = RdfFormat.RDF_XML if answer.body.startswith(b"<?xml") else RdfFormat.from_media_type(answer.media_type)
    triples = [str(quad.triple) for quad in parse(answer.body, form or RdfFormat.N_TRIPLES)]
    if kind.name == "describe":  # SPARQL leaves open what else belongs to it: what the thing says is what all give
        triples = [triple for triple in triples if triple.partition(" ")[0] in query]
    rows = frozenset((triple,) for triple in triples)
    return Said(len(rows), rows)


def _table(body: bytes, kind: Kind) -> Said:
    rows = json.loads(body)["results"]["bindings"]
    if not kind.settled:
        return Said(len(rows), None)
    told = (
        tuple(f"{name} {term['value']}" for name, term in sorted(row.items()) if term.get("datatype") != _DECIMAL)
        for row in rows
    )
    return Said(len(rows), frozenset(told))


Answers = dict[tuple[str, int], Said]


def answers(server: Server, kinds: list[Kind], made: Made, patience: float) -> Answers:
    """What a server says to the first turns of each kind; a kind that it does not answer in time is left out."""
    found: Answers = {}
    for kind in kinds:
        for turn in range(TURNS):
            said = ask(server, kind, turn, made, patience)
            if said is None:
                found = {key: value for key, value in found.items() if key[0] != kind.name}
                break
            found[kind.name, turn] = said
    return found


def differences(ours: Answers, theirs: Answers) -> dict[str, str]:
    """The kinds of queries that both answered and on which they do not agree, with the numbers of rows."""
    return {
        name: f"{ours[name, turn].count} rows here, {said.count} there"
        for (name, turn), said in theirs.items()
        if ours[name, turn] != said
    }
