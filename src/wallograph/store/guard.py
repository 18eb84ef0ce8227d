"""The first wall (design M4): reads the text of a query before it is run.

In: a text. Out: an `Inspection` (form, dataset, what DESCRIBE names), or QueryRefused for an update or
SERVICE, or QueryTooLarge for brackets nested too deep. It takes the text apart into tokens, so that a string,
comment, IRI, variable or prefixed name may contain any word.

The engine's parser needs no space between a keyword and what follows (`SERVICEex:a{`), and only the grammar
tells whether `<` starts an IRI or compares. So a SERVICE is looked for at every place that some reading of
the text leaves outside strings and comments.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final, NamedTuple

from wallograph.errors import QueryRefused, QuerySyntaxError, QueryTooLarge
from wallograph.store.dataset import Dataset, Prologue

FORMS: Final = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
UPDATES: Final = frozenset(
    {"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"}
)
VOLATILE: Final = frozenset({"NOW", "RAND", "UUID", "STRUUID", "BNODE"})
DEEPEST: Final = 400  # the engine's parser recurses: a few thousand brackets end its process

_SPACE: Final = r"(?:\s|#[^\n\r]*+)*+"
_LOCAL: Final = r"(?:[\w.\-:%·]|\\.)*+"
_TOKEN: Final = re.compile(
    rf"""(?P<space>\s++|\#[^\n\r]*+)
    |(?P<string>\"\"\"(?:\"{{0,2}}(?:[^"\\]|\\.))*+\"\"\"|'''(?:'{{0,2}}(?:[^'\\]|\\.))*+'''
        |"(?:[^"\\\n\r]|\\.)*+"|'(?:[^'\\\n\r]|\\.)*+')
    |(?P<iri><[^<>"{{}}|^`\\\x00-\x20]*+>)
    |(?P<var>[?$]\w++)
    |(?P<lang>@[A-Za-z0-9-]++)
    |(?P<number>[0-9]++(?:\.[0-9]++)?+(?:[eE][+-]?[0-9]++)?+)
    |(?P<pname>(?:[^\W\d][\w.\-·]*+)?+:{_LOCAL})
    |(?P<word>[^\W\d]\w*+)
    |(?P<other>[^"'])""",
    re.VERBOSE | re.DOTALL,
)
_ABSOLUTE: Final = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*+://")
_SERVICE: Final = re.compile("service", re.IGNORECASE)
_ENDS_SO: Final = re.compile("service(?:silent)?$", re.IGNORECASE)
_GROUP: Final = re.compile(rf"{_SPACE}\{{")
_CALLED: Final = re.compile(
    rf"{_SPACE}(?:silent{_SPACE})?(?:<[^<>]*+>|[?$]\w++|[\w.\-·]*+:{_LOCAL}){_SPACE}\{{", re.IGNORECASE
)
_ESCAPE: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


class Token(NamedTuple):
    """A piece of the text and where it starts."""

    kind: str
    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Inspection:
    """What the text of a query says about itself."""

    form: str
    form_at: int
    dataset: Dataset
    volatile: bool
    described: tuple[Token, ...] = ()
    body_at: int = 0  # where the part after what DESCRIBE names starts
    has_where: bool = False
    reads: bool = True  # False: no pattern is matched against any graph


def inspect(text: str, base: str = "") -> Inspection:
    """Read a query whose relative names stand on `base`; raise QueryRefused, QueryTooLarge or QuerySyntaxError if
    it cannot be allowed."""
    refuse_service(text)
    decoded = _ESCAPE.sub(lambda m: _character(m[1] or m[2]), text)
    if decoded != text:  # codepoint escapes may hide a keyword, or be text: both readings must pass
        refuse_service(decoded)
    tokens = [token for token in tokens_of(text) if token.kind != "space"]
    _refuse_depth(tokens)
    found, rest = _form(tokens, base)
    volatile = any(t.kind == "word" and t.text.upper() in VOLATILE for t in tokens)
    return replace(_dataset(found, tokens, rest), volatile=volatile, reads=_reads(found.form, tokens, rest))


def _character(code: str) -> str:
    number = int(code, 16)
    return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"


def tokens_of(text: str) -> Iterator[Token]:
    """The tokens, `<` read as an IRI wherever it can be one. Ends where a string is not closed."""
    position = 0
    while (match := _TOKEN.match(text, position)) is not None:
        yield Token(match.lastgroup or "other", match[0], position)
        position = match.end()


def refuse_service(text: str) -> None:
    """QueryRefused if any reading of the text calls SERVICE. Linear: no place is read twice."""
    if not _SERVICE.search(text):
        return
    seen = bytearray(len(text) + 1)
    starts = [0]
    while starts:
        position, before = starts.pop(), ""
        while not seen[position] and (match := _TOKEN.match(text, position)) is not None:
            seen[position] = 1
            kind = match.lastgroup
            if kind == "iri" and not _ABSOLUTE.match(match[0]):
                starts.append(position + 1)  # it may also be a comparison
            elif kind in ("word", "pname") and before != "GRAPH":
                _refuse_call(text, match)
            if kind != "space":
                before = match[0].upper()
            position = match.end()


def _refuse_call(text: str, token: re.Match[str]) -> None:
    if token.lastgroup == "pname":  # SERVICE grown together with the prefix of what it calls
        called = _SERVICE.search(token[0].partition(":")[0]) and _GROUP.match(text, token.end())
    else:
        called = _ENDS_SO.search(token[0]) and _CALLED.match(text, token.end())
    if called:
        raise QueryRefused(
            "SERVICE is not answered here: this endpoint calls no other. Federate from your own client."
        )


def _refuse_depth(tokens: list[Token]) -> None:
    depth = 0
    for token in tokens:
        if token.text in ("{", "(", "["):
            depth += 1
            if depth > DEEPEST:
                raise QueryTooLarge(f"Brackets are nested more than {DEEPEST} deep.")
        elif token.text in ("}", ")", "]"):
            depth -= 1


def _reads(form: str, tokens: list[Token], index: int) -> bool:
    """Whether a group of the query holds anything; the template of a CONSTRUCT is no group."""
    if form == "CONSTRUCT" and tokens[index : index + 1] and tokens[index].text == "{":
        index = next((i for i in range(index, len(tokens)) if tokens[i].text == "}"), len(tokens))
    pairs = pairwise(token.text for token in tokens[index:])
    return any(one == "{" and following != "}" for one, following in pairs)


def _form(tokens: list[Token], base: str) -> tuple[Inspection, int]:
    """Skip the prologue, name the form. Also gives the index of the token after it."""
    prologue = Prologue(base=base)
    index = 0
    while index < len(tokens):
        word = tokens[index].text.upper()
        following = [t.text for t in tokens[index + 1 : index + 3]]
        if word == "PREFIX" and len(following) == 2:
            prologue.prefixes[following[0].rstrip(":")] = prologue.resolve(following[1])
            index += 3
        elif word in ("BASE", "VERSION") and following:
            if word == "BASE":
                prologue.base = prologue.resolve(following[0])
            index += 2
        elif word in FORMS:
            token = tokens[index]
            return Inspection(word, token.start, Dataset(prologue=prologue), False), index + 1
        elif word in UPDATES:
            raise QueryRefused(f"{word} is an update; this endpoint only answers queries.")
        else:
            raise QuerySyntaxError("A query has SELECT, ASK, CONSTRUCT or DESCRIBE here.", line=None)
    raise QuerySyntaxError("There is no query in this text.")


def _dataset(found: Inspection, tokens: list[Token], index: int) -> Inspection:
    """The FROM clauses: they stand outside all brackets, before the pattern."""
    dataset, depth, described, body = found.dataset, 0, [], len(tokens)
    skip_template = found.form == "CONSTRUCT" and index < len(tokens) and tokens[index].text == "{"
    closed = False
    while index < len(tokens):
        token = tokens[index]
        word = token.text.upper() if token.kind == "word" else token.text
        if word == "{" and depth == 0 and not (skip_template and not closed):
            body = min(body, index)
            break
        if depth == 0 and word == "FROM" and index + 1 < len(tokens):
            body = min(body, index)
            named = tokens[index + 1].text.upper() == "NAMED"
            index += 1 + named
            if index < len(tokens):
                dataset = dataset.plus(tokens[index], named=named)
        elif depth == 0 and token.kind == "word":
            body = min(body, index)
        elif depth == 0 and index < body:
            described.append(token)
        depth += (word in ("{", "(", "[")) - (word in ("}", ")", "]"))
        closed = closed or word == "}"
        index += 1
    has_where = index < len(tokens)
    body_at = tokens[body].start if body < len(tokens) else -1
    names = tuple(described) if found.form == "DESCRIBE" else ()
    return replace(found, dataset=dataset, described=names, body_at=body_at, has_where=has_where)
