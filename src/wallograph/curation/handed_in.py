"""A file that was handed in, as proposed statements.

In: its quads as they were read, the id of the proposal, what stands. Out: `Change` values. Things that are published
keep their IRI, new ones get a provisional one; relations and dated values as things give the year of their statement.
What stands already is left out: a proposal is what would be new.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final

from pyoxigraph import Literal, NamedNode, Quad

from wallograph import vocab
from wallograph.curation.draft import provisional
from wallograph.curation.model import Change, Evidence
from wallograph.iris import rebase_iri

CONCEPTS: Final = {vocab.ORGANIZATION: "actor", vocab.PROJECT: "project", vocab.EVENT: "event"}
_ENDS: Final = (vocab.ST_SUBJECT, vocab.ST_PREDICATE, vocab.ST_OBJECT)
Stands = Callable[[Any, Any, Any], bool]  # whether any source states something of this form; None fits all
Statement = tuple[Any, Any, Any]


def changes_of(
    quads: Iterable[Quad], ident: str, base: str, evidence: Evidence, stands: Stands
) -> tuple[Change, ...]:
    """The statements of a file that nobody makes yet, numbered from 1."""
    found = list(dict.fromkeys((q.subject, q.predicate, q.object) for q in quads))
    years, nodes = _years(found, base)
    iris = _iris(found, nodes, ident, base, stands)
    changes: list[Change] = []
    for subject, predicate, value in _plain(found, nodes):
        iri, target = iris.get(subject), _target(value, iris)
        if iri is None or target is None or _is_left_out(predicate, value, base):
            continue
        if isinstance(target, Literal | NamedNode) and stands(NamedNode(iri), predicate, target):
            continue
        year = years.get((subject, predicate, value), "")
        changes.append(
            Change(len(changes) + 1, "add", iri, predicate.value, str(target), evidence=evidence, year=year)
        )
    return tuple(changes)


def _years(found: Sequence[Statement], base: str) -> tuple[dict[Statement, str], dict[Any, Statement]]:
    """The years of statements, and the things that describe a statement with what they describe."""
    about: dict[Any, dict[str, Any]] = defaultdict(dict)
    for subject, predicate, value in found:
        about[subject][predicate.value] = value
    nodes = {node: tuple(said[end] for end in _ENDS) for node, said in about.items() if all(e in said for e in _ENDS)}
    stated_for = rebase_iri(vocab.STATED_FOR, base)
    years = {
        statement: about[node][stated_for].value
        for node, statement in nodes.items()
        if isinstance(about[node].get(stated_for), Literal)
    }
    return years, nodes


def _plain(found: Sequence[Statement], nodes: dict[Any, Statement]) -> Iterator[Statement]:
    """The statements on things; one that is only described is a statement too; one name for what only has a label."""
    direct = [statement for statement in found if statement[0] not in nodes]
    named = {subject for subject, predicate, _ in direct if predicate.value == vocab.NAME}
    for subject, predicate, value in direct:
        if predicate.value != vocab.LABEL:
            yield subject, predicate, value
        elif subject not in named:
            yield subject, NamedNode(vocab.NAME), value
    said = set(direct)
    yield from (statement for statement in nodes.values() if statement not in said)


def _iris(
    found: Sequence[Statement], nodes: dict[Any, Statement], ident: str, base: str, stands: Stands
) -> dict[Any, str]:
    """The IRI of each thing that the file speaks of."""
    kinds = {
        subject: CONCEPTS[value.value]
        for subject, predicate, value in found
        if predicate.value == vocab.TYPE and isinstance(value, NamedNode) and value.value in CONCEPTS
    }
    iris: dict[Any, str] = {}
    count = 0
    for subject in dict.fromkeys(statement[0] for statement in found):
        if subject in nodes:
            continue
        if isinstance(subject, NamedNode) and subject.value.startswith(base + "/id/") and stands(subject, None, None):
            iris[subject] = subject.value
        elif subject in kinds:
            count += 1
            iris[subject] = provisional(kinds[subject], ident, count, base)
    return iris


def _target(value: Any, iris: dict[Any, str]) -> Any:
    """The value as it will stand; None for what has no name of its own."""
    if value in iris:
        return NamedNode(iris[value])
    return value if isinstance(value, NamedNode | Literal) else None


def _is_left_out(predicate: Any, value: Any, base: str) -> bool:
    if predicate.value == vocab.TYPE:
        return True  # of a kind of thing: its IRI says it
    return bool(predicate.value == rebase_iri(vocab.STATED_FOR, base))
