"""From a changed triple back to the focus nodes of a query.

In: the query of a constraint, one side of a change. Out: the nodes that `$this` (or `$value`) can stand for in a
solution that uses a changed triple; None when that cannot be told, and all targets are affected.

For each pattern that a changed triple fits, the patterns that must hold together with it (those of its group and of
the groups around it) are asked for the focus node. Filters, and groups beside or below, are left out: that can only
give more nodes.
"""

from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from wallograph.validate.shacl.model import Path, Predicate, Query, Term, ZeroOrMore, ZeroOrOne, path_predicates
from wallograph.validate.shacl.paths import path_sparql
from wallograph.validate.shacl.patterns import Pattern, read_patterns
from wallograph.validate.shacl.template import make_template
from wallograph.validate.shacl.touch import State, touched

Bindings = Mapping[str, Term]


def reached(query: Query, state: State, focus: str, given: Bindings) -> set[Term] | None:
    """The nodes that the variable `focus` can stand for; `given` are the parameters of a component."""
    groups = read_patterns(query)
    if groups is None:
        return None
    found: set[Term] = set()
    for group in groups:
        together = group.together
        if _floating(together, focus):
            return None
        for pattern in group.own:
            nodes = _from_pattern(pattern, together, state, focus, given)
            if nodes is None:
                return None
            found |= nodes
    return found


def _from_pattern(
    pattern: Pattern, together: list[Pattern], state: State, focus: str, given: Bindings
) -> set[Term] | None:
    found: set[Term] = set()
    asked: set[tuple[tuple[str, Term], ...]] = set()
    for bound in _fitting(pattern, state, focus, given):
        if focus in bound:
            found.add(bound[focus])
            continue
        wanted = _connected([other for other in together if other is not pattern], set(bound), focus)
        if wanted is None:
            return None
        used = {name: term for name, term in bound.items() if any(name in each.variables for each in wanted)}
        key = tuple(sorted(used.items(), key=lambda pair: pair[0]))
        if key not in asked:
            asked.add(key)
            nodes = _ask(wanted, state, focus, {**given, **used})
            if nodes is None:
                return None
            found |= nodes
    return found


def _fitting(pattern: Pattern, state: State, focus: str, given: Bindings) -> Iterator[dict[str, Term]]:
    """What the variables of a pattern stand for when a changed triple fits it."""
    verb = pattern.verb
    if isinstance(verb, str) and verb in given:
        chosen = given[verb]
        verb = Predicate(chosen) if isinstance(chosen, NamedNode) else verb
    if isinstance(verb, str | Predicate):
        for triple in state.all if isinstance(verb, str) else state.by_predicate.get(verb.iri, ()):
            yield from _matched(pattern, triple, given)
    elif path_predicates(verb) & state.by_predicate.keys():
        yield from _along(pattern, verb, state, focus)


def _matched(pattern: Pattern, triple: Triple, given: Bindings) -> Iterator[dict[str, Term]]:
    bound: dict[str, Term] = {}
    verb = f"?{pattern.verb}" if isinstance(pattern.verb, str) else str(triple.predicate)
    terms = ((pattern.subject, triple.subject), (verb, triple.predicate), (pattern.object, triple.object))
    for text, term in terms:
        if text[0] == "?":
            known = bound.setdefault(text[1:], given.get(text[1:], term))  # type: ignore[arg-type]
            if known != term:
                return
        elif text[0] == "<" and text != str(term):
            return
    yield bound


def _along(pattern: Pattern, path: Path, state: State, focus: str) -> Iterator[dict[str, Term]]:
    """A path that uses a changed triple, from the end that says more: the focus node, else the subject."""
    forward = pattern.object != f"?{focus}"
    text = pattern.subject if forward else pattern.object
    ends = touched(state, path, forward=forward)
    if text[0] == "?":
        yield from ({text[1:]: end} for end in ends)
    elif ends:
        yield {}


def _connected(patterns: list[Pattern], bound: set[str], focus: str) -> list[Pattern] | None:
    """The patterns that lead from what is bound to the focus; None when none do."""
    reachable = set(bound)
    left, found = list(patterns), []
    while near := [each for each in left if each.variables & reachable]:
        found += near
        left = [each for each in left if each not in near]
        reachable |= {name for each in near for name in each.variables}
    return found if focus in reachable else None


def _floating(together: list[Pattern], focus: str) -> bool:
    """Whether a path of no steps joins two variables that nothing else binds: any node of the graph would fit."""
    simple = {focus} | {name for each in together if _simple(each) for name in each.variables}
    return any(_empty(each.verb) and not each.variables & simple for each in together if not isinstance(each.verb, str))


def _simple(pattern: Pattern) -> bool:
    return isinstance(pattern.verb, str) or not _empty(pattern.verb)


def _empty(path: Path | str) -> bool:
    """Whether a path can have no steps. Told too often, not too rarely."""
    if isinstance(path, str | Predicate):
        return False
    return isinstance(path, ZeroOrMore | ZeroOrOne) or any(_empty(part) for part in _parts(path))


def _parts(path: Path) -> Iterable[Path]:
    return getattr(path, "steps", None) or getattr(path, "choices", None) or (path.path,)


def _ask(patterns: list[Pattern], state: State, focus: str, bound: Bindings) -> set[Term] | None:
    """The focus nodes of all patterns together. None when the SPARQL engine may not see a literal as a subject."""
    literals = {f"?{name}" for name, term in bound.items() if isinstance(term, Literal)}
    if places := [each.verb for each in patterns if each.subject in literals]:
        return set() if any(isinstance(verb, str | Predicate) for verb in places) else None
    blank = (f" ?{name}" for name, term in bound.items() if isinstance(term, BlankNode))  # bound only where projected
    lines = (f"{each.subject} {_verb(each)} {each.object} ." for each in patterns)
    text = f"SELECT DISTINCT ?{focus}{''.join(blank)} WHERE {{ {' '.join(lines)} }}"
    variables = frozenset(name for each in patterns for name in each.variables)
    paths = [each.verb for each in patterns if not isinstance(each.verb, str)]
    predicates = frozenset(predicate.value for path in paths for predicate in path_predicates(path))
    query = Query(
        text=text, prefixes={}, template=make_template(text), variables=variables, predicates=predicates,
        open_predicates=any(isinstance(each.verb, str) for each in patterns),
    )  # fmt: skip
    return {row[focus] for row in state.view.solutions(query, bound) if focus in row}


def _verb(pattern: Pattern) -> str:
    return f"?{pattern.verb}" if isinstance(pattern.verb, str) else path_sparql(pattern.verb)

