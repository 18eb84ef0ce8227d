"""A small state with a history: a patch, a withdrawal, a merge, a roll-back, a thing that comes back.

Out: the state, and what a client of the feed does: walk the stream, put the newest members together.
"""

import re
from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from publication import BASE, TRIG, Client, private_graphs
from wallograph.iris import rebase
from wallograph.release.apply import apply_patch
from wallograph.release.diff import diff
from wallograph.release.edition import make_edition
from wallograph.release.patch import parse_patch
from wallograph.release.state import Release, State

TREE = "https://w3id.org/tree#"
VERSION_OF = "http://purl.org/dc/terms/isVersionOf"
TIME = "http://www.w3.org/ns/prov#generatedAtTime"
DELETE = "https://www.w3.org/ns/activitystreams#Delete"
SPIN, NEW, ULIEGE = (f"{{base}}/id/actor/{name}" for name in ("spin", "new", "uliege"))
LABELS, PAGE_A = "{base}/id/source/derived-label", "{base}/id/source/page-a"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
RENAME = f"""
D <{SPIN}> <{LABEL}> "Spin" <{LABELS}> .
A <{SPIN}> <{LABEL}> "Spin SA" <{LABELS}> .
A <{NEW}> <{LABEL}> "New" <{LABELS}> .
A <{NEW}> <{TYPE}> <http://www.w3.org/ns/org#Organization> <{PAGE_A}> .
"""
STAFF = '<http://schema.org/numberOfEmployees> "5700"^^<http://www.w3.org/2001/XMLSchema#integer>'
MORE = f"""
A <{ULIEGE}> <http://schema.org/alternateName> "ULiège" <{{base}}/id/source/page-b> .
D <{ULIEGE}> {STAFF} <{PAGE_A}> .
"""


def edition(
    root: Path,
    text: str,
    date: str,
    redirects: dict[str, str] | None = None,
    base: str = BASE,
    without: tuple[str, ...] = (),
) -> Release:
    """An edition of a text in TriG, `without` the statements on some things, which is switched to."""
    left_out = {f"{base}/id/{reference}" for reference in without}
    quads = parse(rebase(text, base).encode(), format=RdfFormat.TRIG)
    state = State(root)
    release = make_edition(
        state,
        (quad for quad in quads if quad.subject.value not in left_out),
        base=base,
        date=date,
        private_graphs=private_graphs(base),
        report=None,
        license="https://creativecommons.org/licenses/by/4.0/",
        extras={"redirects.json": redirects or {}},
    )
    return state.switch(release.number)


def patch(root: Path, text: str, date: str, base: str = BASE) -> Release:
    """A patch on the current release, which is switched to."""
    state = State(root)
    return state.switch(apply_patch(state, parse_patch(text.format(base=base)), date=date).number)


def roll_back(root: Path, date: str) -> Release:
    """A release that is what the one before the current one was."""
    state = State(root)
    current = state.current()
    assert current is not None
    back = diff(state, current.number, current.number - 1)
    return state.switch(apply_patch(state, back, date=date).number)


def history(root: Path, base: str = BASE) -> list[Release]:
    """Seven releases: 1 everything, 2 renamed and new, 3 changed, 4 rolled back, 5 merged and withdrawn, 6 back again
    (an edition of the same day), 7 a patch made after a switch back to an earlier release."""
    gone = ("actor/spin", "link/l1", "value/v1")
    releases = [
        edition(root, TRIG, "2026-03-01", base=base),
        patch(root, RENAME, "2026-03-02", base=base),
        patch(root, MORE, "2026-03-02", base=base),
        roll_back(root, "2026-03-03"),
        edition(root, TRIG, "2026-04-01", {"actor/spin": "actor/uliege"}, base, gone),
        edition(root, TRIG, "2026-04-01", base=base),
    ]
    State(root).switch(2)
    return [*releases, patch(root, MORE, "2026-04-02", base=base)]


def walk(client: Client, base: str = BASE, form: str = "nq") -> list[tuple[str, list[Triple]]]:
    """All members in the order of the stream, each with its triples, as a client finds them by following relations."""
    formats = {"nq": RdfFormat.N_QUADS, "ttl": RdfFormat.TURTLE, "trig": RdfFormat.TRIG}
    todo, seen, members = [f"{base}/changes"], set(), []
    while todo:
        address = todo.pop(0)
        if address in seen:
            continue
        seen.add(address)
        answer = client.get(f"{address.removeprefix(base)}.{form}")
        assert answer.status_code == 200, address
        triples = [q.triple for q in parse(answer.content, format=formats[form], base_iri=address)]
        by_subject: dict[str, list[Triple]] = {}
        for triple in triples:
            by_subject.setdefault(triple.subject.value, []).append(triple)
        found = [t.object.value for t in triples if t.predicate.value == TREE + "member"]
        members += [(name, by_subject[name]) for name in found]
        following = {t.object.value for t in triples if t.predicate.value == TREE + "node"}
        todo += sorted(following - seen, key=lambda text: [int(part) for part in re.findall(r"\d+", text[len(base) :])])
    return members


def replay(members: list[tuple[str, list[Triple]]]) -> set[Triple]:
    """The newest member of each thing without the deletions, back under the things' own IRIs."""
    newest: dict[str, tuple[str, list[Triple]]] = {}
    for _, triples in members:
        said = {t.predicate.value: t.object.value for t in triples}
        thing, when = said[VERSION_OF], said[TIME]
        if thing not in newest or newest[thing][0] < when:
            newest[thing] = (when, triples)
    found = set()
    for thing, (_, triples) in newest.items():
        if any(t.object == NamedNode(DELETE) for t in triples):
            continue
        found |= {
            Triple(NamedNode(thing), t.predicate, t.object)
            for t in triples
            if t.predicate.value not in (VERSION_OF, TIME)
        }
    return found
