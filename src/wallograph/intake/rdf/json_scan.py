"""JSON with places.

In: a text. Out: a tree whose every value knows its span; ParseError with line and column, TooLarge when it is nested
too deep. Runs without calling itself, in time linear in the text.
"""

import json
import re
from dataclasses import dataclass, field
from typing import Final

from wallograph.errors import ParseError, TooLarge
from wallograph.intake.limits import IntakeLimits
from wallograph.intake.messages import refuse
from wallograph.intake.rdf.text import Span, Text

_TOKEN: Final = re.compile(
    r'[ \t\r\n]*+(?:(?P<string>"(?:[^"\\\x00-\x1f]++|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*+")'
    r"|(?P<number>-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?)"
    r"|(?P<word>true|false|null)|(?P<mark>[\[\]{},:])|(?P<end>\Z))"
)
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_DEEPEST: Final = 300  # of what walks the tree by calling itself


@dataclass(slots=True)
class Json:
    """One value: its kind (`string`, `number`, `word`, `object`, `array`), span, and what it is or holds."""

    kind: str
    start: int
    end: int
    text: str = ""  # of a string unescaped, of a number or word as it stands
    items: list["Json"] = field(default_factory=list)
    members: list["Member"] = field(default_factory=list)

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.start, self.end

    def get(self, key: str) -> "Json | None":
        """The first member with that key."""
        return next((member.value for member in self.members if member.key == key), None)


@dataclass(slots=True)
class Member:
    """One key of an object with its span, and its value."""

    key: str
    key_span: Span
    value: Json


class _Scanner:
    def __init__(self, text: Text, limits: IntakeLimits) -> None:
        self.text, self.limits = text, limits
        self.at = 0
        self.deepest = min(limits.nesting, _DEEPEST)

    def next(self) -> tuple[str, Json]:
        """The next token: its kind and, for a scalar, its value; `mark`s and the end as themselves."""
        found = _TOKEN.match(self.text.text, self.at)
        if found is None:
            start = _skip_blank(self.text.text, self.at)
            raise self.wrong(start)
        kind = found.lastgroup or "end"
        start, end = found.span(kind)
        self.at = end
        raw = found[kind]
        value = raw
        if kind == "string":
            if "\\" in raw:
                value = json.loads(raw)
                if _SURROGATE.search(value):
                    raise self.wrong(start)
            else:
                value = raw[1:-1]
        return (raw if kind == "mark" else kind), Json(kind, start, end, value)

    def wrong(self, at: int) -> ParseError:
        return refuse(ParseError, "not-read-as", at=self.text.place(at), format="JSON")


class _Builder:
    """Puts tokens together; the open brackets stand on a stack of its own."""

    def __init__(self, scanner: _Scanner) -> None:
        self.scanner = scanner
        self.open: list[Json] = []
        self.keys: list[tuple[str, Span]] = []  # of the objects that are open

    def build(self) -> Json:
        kind, token = self.scanner.next()
        while True:
            value = self._value(kind, token)
            if value is not None:
                while self.open:
                    self._put(value)
                    kind, token = self.scanner.next()
                    closing = "}" if self.open[-1].kind == "object" else "]"
                    if kind == ",":
                        break
                    if kind != closing:
                        raise self.scanner.wrong(token.start)
                    value = self._closed(token)
                else:
                    return self._ended(value)
            kind, token = self._first()

    def _value(self, kind: str, token: Json) -> Json | None:
        """A scalar, an empty bracket, or None when a bracket opened that has something in it."""
        if kind in ("string", "number", "word"):
            return token
        if kind not in ("{", "["):
            raise self.scanner.wrong(token.start)
        if len(self.open) >= self.scanner.deepest:
            raise refuse(TooLarge, "nested-too-deep", limit="nesting", most=self.scanner.deepest)
        self.open.append(Json("object" if kind == "{" else "array", token.start, token.end))
        here = self.scanner.at
        kind, token = self.scanner.next()
        if kind == ("}" if self.open[-1].kind == "object" else "]"):
            return self._closed(token)
        self.scanner.at = here
        return None

    def _first(self) -> tuple[str, Json]:
        """The first token of the next value; in an object behind its key."""
        kind, token = self.scanner.next()
        if self.open[-1].kind == "array":
            return kind, token
        if kind != "string":
            raise self.scanner.wrong(token.start)
        colon, mark = self.scanner.next()
        if colon != ":":
            raise self.scanner.wrong(mark.start)
        self.keys.append((token.text, token.span))
        return self.scanner.next()

    def _put(self, value: Json) -> None:
        if self.open[-1].kind == "array":
            self.open[-1].items.append(value)
        else:
            self.open[-1].members.append(Member(*self.keys.pop(), value))

    def _closed(self, token: Json) -> Json:
        value = self.open.pop()
        value.end = token.end
        return value

    def _ended(self, value: Json) -> Json:
        kind, token = self.scanner.next()
        if kind != "end":
            raise self.scanner.wrong(token.start)
        return value


def _skip_blank(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\r\n":
        at += 1
    return at


def scan(text: Text, limits: IntakeLimits) -> Json:
    """The tree of a JSON text."""
    scanner = _Scanner(text, limits)
    return _Builder(scanner).build()
