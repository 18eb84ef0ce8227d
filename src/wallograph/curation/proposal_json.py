"""The statements of a proposal as programs write them, in JSON.

In: a decoded JSON object. Out: `Change` values; InputError that names the place of what is wrong. A new thing is
written as a blank node (`_:lab`) whose class is one of its statements; it gets a provisional IRI here.
"""

from collections.abc import Mapping
from typing import Any, Final

from pyoxigraph import Literal, NamedNode

from wallograph.curation.draft import PROVISIONAL, provisional
from wallograph.curation.filled import term_of
from wallograph.curation.handed_in import CONCEPTS
from wallograph.curation.model import ORGANISATION, PAGE, Change, Evidence
from wallograph.errors import InputError
from wallograph.publish.page_graph import safe_href
from wallograph.vocab import TYPE

MOST: Final = 50_000
_NAMES: Final = frozenset({"number", "op", "subject", "predicate", "object", "graph", "evidence", "year"})
_LONGEST: Final = 20_000
_LONGEST_IRI: Final = 2_000


def changes_of_json(values: Mapping[str, Any], ident: str, base: str) -> tuple[Change, ...]:
    """The statements; `evidence` of the whole holds for those that give none."""
    listed = values.get("changes")
    if not isinstance(listed, list) or not listed:
        raise InputError("'changes' is a list of at least one statement")
    if len(listed) > MOST:
        raise InputError(f"'changes' has at most {MOST} statements")
    usual = _evidence(values["evidence"], "evidence") if "evidence" in values else None
    things = _things(listed, ident, base)
    changes: list[Change] = []
    for place, one in enumerate(listed):
        change = _change(one, f"changes[{place}]", len(changes) + 1, things, usual, ident)
        if change is not None:
            changes.append(change)
    return tuple(changes)


def _things(listed: list[Any], ident: str, base: str) -> dict[str, str]:
    """The provisional IRI of each new thing."""
    things: dict[str, str] = {}
    for one in listed:
        if isinstance(one, dict) and _plain(one.get("predicate")) == TYPE and str(one.get("subject")).startswith("_:"):
            concept = CONCEPTS.get(_plain(one.get("object")))
            if concept and one["subject"] not in things:
                things[one["subject"]] = provisional(concept, ident, len(things) + 1, base)
    return things


def _change(
    one: Any, where: str, number: int, things: Mapping[str, str], usual: Evidence | None, ident: str
) -> Change | None:
    if not isinstance(one, dict):
        raise InputError(f"{where} is not an object")
    if unknown := sorted(set(one) - _NAMES):
        raise InputError(f"{where} has '{unknown[0][:80]}', which means nothing here")
    op = one.get("op", "add")
    if op not in ("add", "retract"):
        raise InputError(f"{where}.op is 'add' or 'retract'")
    subject, predicate = _node(one, "subject", where, things, ident), _node(one, "predicate", where, {}, ident)
    value = _value(one, where, things, ident)
    if predicate == TYPE and one["subject"] in things and _plain(one.get("object")) in CONCEPTS:
        return None  # its provisional IRI says it
    graph = _node(one, "graph", where, {}, ident) if op == "retract" else ""
    if op == "add" and one.get("graph"):
        raise InputError(f"{where}.graph is of a statement that is retracted")
    given = one.get("evidence")
    evidence = _evidence(given, f"{where}.evidence") if given is not None else usual
    if evidence is None:
        raise InputError(f"{where} has no evidence, and neither has the whole")
    return Change(number, op, subject, predicate, value, graph, evidence, _year(one.get("year", ""), where))


def _node(one: Mapping[str, Any], name: str, where: str, things: Mapping[str, str], ident: str) -> str:
    given = one.get(name)
    if isinstance(given, str) and given in things:
        return things[given]
    term = term_of(given[:_LONGEST_IRI]) if isinstance(given, str) else None
    if not isinstance(term, NamedNode):
        hint = ", or '_:name' of a new thing whose class is among the statements" if name == "subject" else ""
        raise InputError(f"{where}.{name} is an IRI{hint}")
    return _own(term.value, f"{where}.{name}", ident)


def _value(one: Mapping[str, Any], where: str, things: Mapping[str, str], ident: str) -> str:
    given = one.get("object")
    if isinstance(given, str) and given in things:
        return f"<{things[given]}>"
    term = term_of(given[:_LONGEST]) if isinstance(given, str) else None
    if isinstance(term, NamedNode):
        return f"<{_own(term.value, f'{where}.object', ident)}>"
    if isinstance(term, Literal):
        return str(term)
    raise InputError(f"{where}.object is an IRI or a literal as N-Triples writes it, such as \"Example\"@en")


def _own(iri: str, where: str, ident: str) -> str:
    found = PROVISIONAL.search(iri)
    if found is not None and found["proposal"] != ident:
        raise InputError(f"{where} is a new thing of another proposal")
    return iri


def _evidence(given: Any, where: str) -> Evidence:
    if isinstance(given, dict) and set(given) <= {"kind", "page"}:
        page = given.get("page") or ""
        if given.get("kind") == ORGANISATION and not page:
            return Evidence()
        href = safe_href(page) if isinstance(page, str) and page.isprintable() and len(page) <= _LONGEST_IRI else None
        if given.get("kind", PAGE) == PAGE and href:
            return Evidence(PAGE, href)
    raise InputError(f'{where} is {{"kind": "organisation"}} or {{"kind": "page", "page": "https://…"}}')


def _year(given: Any, where: str) -> str:
    text = str(given)
    if not text or (len(text) == 4 and text.isascii() and text.isdigit()):
        return text
    raise InputError(f"{where}.year is a year of four digits")


def _plain(term: Any) -> str:
    return term.strip("<>") if isinstance(term, str) else ""
