"""A whole table or RDF file as a proposal: what it would add to what is published, and what is wrong with it.

In: a checked file, the id of the proposal, its evidence, what stands. Out: the statements that nobody makes yet, and
`Checked`: the findings of the file with their places in it, and those that only come about with what is published.
This runs where the files of strangers are parsed; `answer_body` and `answer_of` carry it to the web process.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from wallograph import vocab
from wallograph.curation.checking import Judging
from wallograph.curation.draft import Checked
from wallograph.curation.filled import is_source
from wallograph.curation.handed_in import CONCEPTS, changes_of
from wallograph.curation.layers import Standing
from wallograph.curation.model import Change, Evidence
from wallograph.errors import InputError
from wallograph.iris import parse
from wallograph.pipeline.check import Check
from wallograph.pipeline.known import Known

_SAME: Final = 100.0  # the score of a name that is the same but for its legal form
_NAMED: Final = frozenset({vocab.NAME, vocab.LABEL, vocab.ALTERNATE_NAME})


def proposed(
    check: Check, ident: str, evidence: Evidence, standing: Standing, known: Known, most: int
) -> tuple[tuple[Change, ...], Checked]:
    """The statements of a file that are new, and their check. InputError for more than `most` statements."""
    quads = _at_published([quad for one in check.submissions for quad in one.quads], standing, known)

    def stands(subject: Any, predicate: Any, value: Any) -> bool:
        found = standing.quads(subject, predicate, value)
        return any(isinstance(q.graph_name, NamedNode) and is_source(q.graph_name.value, known.base) for q in found)

    changes = changes_of(quads, ident, known.base, evidence, stands)
    if len(changes) > most:
        raise InputError(f"A proposal has at most {most} statements; this file has {len(changes)} that are new.")
    outcome = check.outcome
    judging = Judging(known, standing, known.above)
    return changes, judging.check(ident, changes, findings=outcome.findings, files=outcome.files)


def _at_published(quads: Sequence[Quad], standing: Standing, known: Known) -> list[Quad]:
    """The quads, with the published thing in the place of one that has exactly its name and kind."""
    concepts = {
        quad.subject: CONCEPTS[quad.object.value]
        for quad in quads
        if quad.predicate.value == vocab.TYPE and isinstance(quad.object, NamedNode) and quad.object.value in CONCEPTS
    }
    names: dict[object, str] = {}
    for quad in quads:
        if quad.predicate.value == vocab.NAME and isinstance(quad.object, Literal):
            names.setdefault(quad.subject, quad.object.value)
    moved: dict[object, NamedNode] = {}
    for subject, concept in concepts.items():
        if isinstance(subject, NamedNode) and standing.quads(subject):
            continue
        exact = [iri for iri, _, score in known.thing(names.get(subject, "")) if score == _SAME]
        kind = [iri for iri in exact if (found := parse(iri, known.base)) and found.concept == concept]
        same = [iri for iri in kind if names[subject].casefold() in _names(iri, standing)]
        if len(same) == 1:
            moved[subject] = NamedNode(same[0])
    return [_moved(quad, moved) for quad in quads] if moved else list(quads)


def _names(iri: str, standing: Standing) -> set[str]:
    quads = standing.quads(NamedNode(iri))
    return {str(quad.object.value).casefold() for quad in quads if quad.predicate.value in _NAMED}


def _moved(quad: Quad, moved: Mapping[object, NamedNode]) -> Quad:
    subject, value = moved.get(quad.subject, quad.subject), moved.get(quad.object, quad.object)
    assert isinstance(subject, NamedNode | BlankNode)
    return Quad(subject, quad.predicate, value, quad.graph_name)


def answer_body(changes: Sequence[Change], checked: Checked) -> bytes:
    """What the checking service answers."""
    values = {
        "changes": [change.values() for change in changes], "conforms": checked.conforms, "release": checked.release,
        "outcome": checked.outcome, "things": checked.things, "sources": checked.sources, "themes": checked.themes,
        "names": checked.names,
    }  # fmt: skip
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def answer_of(body: bytes) -> tuple[tuple[Change, ...], Checked]:
    """The same again."""
    values = json.loads(body)
    lists = {name: tuple(values[name]) for name in ("things", "sources", "themes", "names")}
    checked = Checked(values["conforms"], values["release"], values["outcome"], **lists)
    return tuple(Change.of_values(one) for one in values["changes"]), checked


def asked_of(ident: str, evidence: Evidence, most: int) -> dict[str, Any]:
    """What is asked of the checking service beside a file."""
    return {"proposal": {"ident": ident, "kind": evidence.kind, "page": evidence.page, "most": most}}
