"""Reading JSON-LD.

In: a text. Out: `Parsed`. pyoxigraph reads; wallograph's own context is put in the place of its address, and nodes
without identifier get one, so that their places are known. A remote context is refused.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import islice
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse

from wallograph import vocab
from wallograph.errors import ParseError, TooLarge
from wallograph.intake.limits import IntakeLimits
from wallograph.intake.messages import refuse
from wallograph.intake.rdf.json_context import longest_chain
from wallograph.intake.rdf.json_scan import Json, scan
from wallograph.intake.rdf.json_walk import Lost, Walked, Walker
from wallograph.intake.rdf.parsed import Parsed, Value, check_lengths
from wallograph.intake.rdf.placed import Placed, is_plain
from wallograph.intake.rdf.problems import Problem
from wallograph.intake.rdf.text import Span, Text
from wallograph.resources import ontology_dir
from wallograph.vocab import DEFAULT_BASE

_CLOSES: Final = re.compile(r"\s*+\}")
_CONTEXT: Final = "/ns/context/v1.jsonld"
_PLAIN: Final = vocab.XSD + "string"


def read_json_ld(text: Text, limits: IntakeLimits, base: str) -> Parsed:
    """The quads of a document; ParseError with line and column when it cannot be read."""
    root = scan(text, limits)
    url = base + _CONTEXT
    splices = dict.fromkeys(_own_contexts(root, url, text, limits), "")
    body = _own_context(base) if splices else ""
    splices = dict.fromkeys(splices, body)
    source = _spliced(text.text, splices)
    quads = _parse(source, limits)
    own = scan(Text(body), IntakeLimits()) if body else None
    walked = _walk(root, text.text, own, url)
    names = {(at, at): f'"@id":"_:{name}",' for at, name in walked.unnamed.items()}
    quads = _with_names(quads, _named(text.text, splices, names), limits)
    check_lengths(quads, limits)
    problems = list(walked.problems)
    if not all(map(is_plain, quads)):
        quads = [quad for quad in quads if is_plain(quad)]
        problems.append(Problem("rdf-newer", (root.start, root.start + 1)))
    problems = problems[: limits.findings]

    def placed() -> Sequence[Placed]:
        return _confirmed(walked.placed, quads)

    return Parsed(quads, placed, write, _escape, problems)


def _parse(source: str, limits: IntakeLimits) -> list[Quad]:
    try:
        quads = list(islice(parse(source, RdfFormat.JSON_LD), limits.quads + 1))
    except SyntaxError as error:
        raise refuse(ParseError, "not-read-as", at=(error.lineno, error.offset), format="JSON-LD") from error
    if len(quads) > limits.quads:
        raise refuse(TooLarge, "too-many-quads", limit="quads", most=limits.quads)
    return quads


def _escape(char: str) -> str:
    code = ord(char)
    if code < 0x10000:
        return f"\\u{code:04x}"
    code -= 0x10000
    return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"


# -- contexts


def _own_context(base: str) -> str:
    text = (ontology_dir() / "context" / "v1.jsonld").read_text(encoding="utf-8")
    root = scan(Text(text), IntakeLimits()).get("@context")
    body = text[root.start : root.end] if root else "{}"
    return body.replace(f'"{DEFAULT_BASE}/', f'"{base}/')


def _own_contexts(root: Json, url: str, text: Text, limits: IntakeLimits) -> list[Span]:
    """Where our own context is asked for; ParseError at the first context of somebody else."""
    found: list[Span] = []
    waiting = [root]
    while waiting:
        node = waiting.pop()
        waiting += node.items
        for member in node.members:
            waiting.append(member.value)
            if member.key == "@import":
                raise refuse(ParseError, "remote-context", at=text.place(member.value.start), context=url)
            if member.key != "@context":
                continue
            for item in member.value.items if member.value.kind == "array" else [member.value]:
                if longest_chain(item) > limits.nesting:  # the parser would end the process
                    raise refuse(TooLarge, "nested-too-deep", limit="nesting", most=limits.nesting)
                if item.kind == "string" and item.text != url:
                    raise refuse(ParseError, "remote-context", at=text.place(item.start), context=url)
                if item.kind == "string":
                    found.append(item.span)
    return found


# -- nodes without identifier


def _walk(root: Json, text: str, own: Json | None, url: str) -> Walked:
    label = "n"
    while f"_:{label}" in text:
        label += "n"
    try:
        return Walker(label, own, url).walk(root)
    except (Lost, RecursionError):
        return Walked()


def _spliced(text: str, splices: dict[Span, str]) -> str:
    pieces, at = [], 0
    for (start, end), new in sorted(splices.items()):
        pieces += [text[at:start], new]
        at = end
    return "".join([*pieces, text[at:]])


def _named(text: str, contexts: dict[Span, str], names: dict[Span, str]) -> str:
    """The text with identifiers put in; in an empty object without the comma."""
    fitting = {span: new.rstrip(",") if _CLOSES.match(text, span[0]) else new for span, new in names.items()}
    return _spliced(text, contexts | fitting)


def _with_names(quads: list[Quad], source: str, limits: IntakeLimits) -> list[Quad]:
    """The same quads, their blank nodes named by the walk; as they were if that would change anything else."""
    try:
        named = _parse(source, limits)
    except ParseError:
        return quads
    return named if Counter(map(_shape, named)) == Counter(map(_shape, quads)) else quads


def _shape(quad: Quad) -> tuple[object, ...]:
    return tuple("_" if isinstance(term, BlankNode) else term for term in (*quad.triple, quad.graph_name))


def _confirmed(placed: Sequence[Placed], quads: Sequence[Quad]) -> list[Placed]:
    """The places whose statement the parser has too, and those of the only value that is left over."""
    have: dict[tuple[object, object], dict[object, Quad]] = defaultdict(dict)
    for quad in quads:
        have[quad.subject, quad.predicate][quad.object] = quad
    exact: list[Placed] = []
    rest: dict[tuple[object, object], list[Placed]] = defaultdict(list)
    taken: dict[tuple[object, object], set[object]] = defaultdict(set)
    for entry in placed:
        key: tuple[object, object] = (entry.quad.subject, entry.quad.predicate)
        match = have[key].get(entry.quad.object) if key in have else None
        if match is not None:
            exact.append(entry._replace(quad=match))
            taken[key].add(match.object)
        elif key in have:
            rest[key].append(entry)
    for pair, entries in rest.items():
        left = [quad for value, quad in have[pair].items() if value not in taken[pair]]
        if len(entries) == len(left) == 1 and entries[0].certain:
            exact.append(entries[0]._replace(quad=left[0]))
        else:
            exact += [entry._replace(certain=False) for entry in entries]
    return sorted(exact, key=lambda entry: entry.value)


# -- writing


def quoted(text: str) -> str:
    """A string as JSON."""
    return json.dumps(text, ensure_ascii=False)


def write(term: Value, span: Span, how: str) -> str | None:
    """A term as a JSON value; None where it cannot stand."""
    if isinstance(term, BlankNode) or not how:
        return None
    if isinstance(term, NamedNode):
        if how == "iri":
            return quoted(term.value)
        return f'{{"@id": {quoted(term.value)}}}' if how in ("plain", "value") else None
    if not isinstance(term, Literal) or how == "iri":
        return None
    if how.startswith("language:"):
        return quoted(term.value) if term.language == how.removeprefix("language:") else None
    if term.language:
        return f'{{"@value": {quoted(term.value)}, "@language": {quoted(term.language)}}}'
    if term.datatype.value == _PLAIN:
        return quoted(term.value) if how == "plain" else f'{{"@value": {quoted(term.value)}}}'
    return f'{{"@value": {quoted(term.value)}, "@type": {quoted(term.datatype.value)}}}'
