"""The tokens of Turtle, TriG, N-Triples and N-Quads with their places.

In: a text. Out: tokens (kind, start, end) in order, blanks and comments left out. What fits no token is an `error`
token to the end of its word or line, so that reading can go on behind it. Runs in time linear in the text.
"""

import re
from typing import Final, NamedTuple

_BASE: Final = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_CHARS: Final = _BASE + "_0-9\u00b7\u0300-\u036f\u203f-\u2040\\-"
_PLX: Final = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_UCHAR: Final = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_PREFIX: Final = rf"(?:[{_BASE}](?:[{_CHARS}]++|\.++(?=[{_CHARS}]))*+)?"
_LOCAL: Final = rf"(?:(?:[{_BASE}_0-9:]|{_PLX})(?:[{_CHARS}:]++|{_PLX}|\.++(?=[{_CHARS}:%\\]))*+)?"

# the order matters: the longer beginning first
_KINDS: Final = (
    ("blank", r"[ \t\r\n]++|\#[^\r\n]*+"),
    ("iri", rf"<(?:[^\x00-\x20<>\"{{}}|^`\\]++|{_UCHAR})*+>"),
    ("star", r"<<\(?|\)?>>|\{\||\|\}|~"),
    ("long", r'"""(?:[^"\\]++|\\.|"(?!""))*+"""' "|" r"'''(?:[^'\\]++|\\.|'(?!''))*+'''"),
    ("unclosed", r'"""|' "'''"),
    ("string", r'"(?:[^"\\\r\n]++|\\[^\r\n])*+"' "|" r"'(?:[^'\\\r\n]++|\\[^\r\n])*+'"),
    ("lang", r"@[A-Za-z]++(?:-[A-Za-z0-9]++)*+(?:--[A-Za-z]++)?+"),
    ("label", rf"_:[{_BASE}_0-9](?:[{_CHARS}]++|\.++(?=[{_CHARS}]))*+"),
    ("double", r"[+-]?(?:[0-9]+\.[0-9]*|\.?[0-9]+)[eE][+-]?[0-9]+"),
    ("decimal", r"[+-]?[0-9]*\.[0-9]+"),
    ("integer", r"[+-]?[0-9]++"),
    ("name", rf"{_PREFIX}:{_LOCAL}"),
    ("word", r"[A-Za-z]++"),
    ("mark", r"\^\^|[\[\](){};,.]"),
    ("error", r"[\"'][^\r\n]*+|[^\s.;,\[\](){}]++|."),
)
_LINE_LONG: Final = {"long": "(?!)", "unclosed": r"(?:\"\"\"|''')[^\r\n]*+"}


def _compile(other: dict[str, str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{kind}>{other.get(kind, text)})" for kind, text in _KINDS), re.DOTALL)


_TOKEN: Final = _compile({})
_AFTER_UNCLOSED: Final = _compile(_LINE_LONG)


class Token(NamedTuple):
    """One token: what it is, and [start, end) in the text."""

    kind: str
    start: int
    end: int


def tokenize(text: str) -> list[Token]:
    """The tokens of a text.

    A long string without end is an error to the end of its line, and no long string is looked for behind it: each
    further attempt would look through the whole rest again.
    """
    tokens: list[Token] = []
    at, pattern = 0, _TOKEN
    while found := pattern.match(text, at):
        kind, end = found.lastgroup or "error", found.end()
        if kind == "unclosed":
            if pattern is _TOKEN:
                pattern = _AFTER_UNCLOSED
                continue
            kind = "error"
        if kind != "blank":
            tokens.append(Token(kind, at, end))
        at = end
    return tokens
