"""Reports of this engine in the form of the oracle's, and cases made small when they differ.

In: a report, or a case and a test that it fails. Out: a multiset of rows; the smallest triples that still fail.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from pyoxigraph import RdfFormat, Triple, serialize

from shacl_oracle import Report as Rows
from shacl_random import Case
from shacl_terms import TYPE
from wallograph.validate import Report
from wallograph.validate.shacl.model import (
    Alternative,
    Inverse,
    OneOrMore,
    Path,
    Predicate,
    Sequence,
    ZeroOrMore,
)  # fmt: skip
from wallograph.vocab import SH


def rows(report: Report) -> Rows:
    """(focus, path, component, value, severity) of each result, in N-Triples form."""
    return Counter(
        (
            str(result.focus),
            None if result.path is None else words(result.path),
            result.component.removeprefix(SH),
            None if result.value is None else str(result.value),
            result.severity.value.removeprefix(SH),
        )
        for result in report.results
    )


def words(path: Path) -> str:
    """A path as the oracle writes it."""
    match path:
        case Predicate(iri):
            return iri.value
        case Sequence(steps):
            return "(" + "/".join(map(words, steps)) + ")"
        case Alternative(choices):
            return "(" + "|".join(map(words, choices)) + ")"
        case Inverse(inner):
            return f"^{words(inner)}"
    sign = {ZeroOrMore: "*", OneOrMore: "+"}.get(type(path), "?")
    return f"({words(path.path)}){sign}"  # type: ignore[union-attr]


def smallest(case: Case, fails: Callable[[Case], bool]) -> Case:
    """Leave out subjects, then triple after triple, as long as the case still fails."""
    shrunk = True
    while shrunk:
        shrunk = False
        for name in ("shapes", "data"):
            triples = getattr(case, name)
            subjects = dict.fromkeys(triple.subject for triple in triples)
            parts = [[each for each in triples if each.subject == one] for one in subjects]
            # what is declared stays a shape for both engines
            parts += [[each] for each in triples if name == "data" or each.predicate != TYPE]
            for part in parts:
                gone = set(part)
                fewer = replace(case, **{name: [each for each in getattr(case, name) if each not in gone]})
                if gone & set(getattr(case, name)) and _fails(fewer, fails):
                    case, shrunk = fewer, True
    return case


def _fails(case: Case, fails: Callable[[Case], bool]) -> bool:
    try:
        return fails(case)
    except Exception:  # no longer a case that both engines take
        return False


def told(case: Case, ours: Rows, theirs: Rows) -> str:
    """A case that failed, for people."""
    return "\n".join([
        f"seed {case.seed}", "# data", turtle(case.data), "# shapes", turtle(case.shapes),
        f"# only ours: {sorted(map(str, (ours - theirs).elements()))}",
        f"# only theirs: {sorted(map(str, (theirs - ours).elements()))}",
    ])  # fmt: skip


def turtle(triples: list[Triple]) -> str:
    """Triples as Turtle."""
    prefixes = {"": "urn:x/", "sh": SH, "rdfs": "http://www.w3.org/2000/01/rdf-schema#"}
    return (serialize(triples, format=RdfFormat.TURTLE, prefixes=prefixes) or b"").decode()
