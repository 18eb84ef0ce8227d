"""Do the engines find the same? Reports of any engine as a multiset that can be compared.

In: a report as N-Triples. Out: how often each (focus, path, component, value, severity) stands in it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from bench.defects import Row
from wallograph.vocab import SH

Rows = Counter[Row]
Term = NamedNode | BlankNode | Literal | Triple
PATH = "a path"  # of several steps: engines write it in ways of their own


def rows(report: Path) -> Rows:
    """All results of a report; those below others (sh:detail) are none of their own."""
    said: dict[Term, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
    for triple in parse(path=str(report), format=RdfFormat.N_TRIPLES):
        said[triple.subject][triple.predicate.value.removeprefix(SH)].append(triple.object)
    results = [result for about in list(said.values()) for result in about.get("result", ())]
    return Counter(_row(said[result]) for result in results)


def truth(planted: Iterable[Row]) -> Rows:
    """What the planter says that must be found, in the same form."""
    return Counter(planted)


def differences(ours: Rows, theirs: Rows) -> str:
    """In words."""
    more, fewer = (theirs - ours).total(), (ours - theirs).total()
    return "equal" if not more and not fewer else f"{more} more, {fewer} fewer"


def _row(about: dict[str, list[Term]]) -> Row:
    path, value = about.get("resultPath"), about.get("value")
    return (
        str(about["focusNode"][0]),
        None if not path else path[0].value if isinstance(path[0], NamedNode) else PATH,
        _local(about["sourceConstraintComponent"][0]),
        str(value[0]) if value else None,
        _local(about["resultSeverity"][0]),
    )


def _local(term: Term) -> str:
    return str(term).strip("<>").removeprefix(SH)
