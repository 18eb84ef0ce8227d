"""The words of a SPARQL query: enough to check the rules of pre-binding and to see what a query reads.

In: the text of a query. Out: tokens. Syntax is checked by the SPARQL engine itself, not here.
"""

import re
from dataclasses import dataclass
from typing import Final

from wallograph.vocab import TYPE

TOKEN: Final = re.compile(
    r"""(?P<space>\s+|\#[^\n]*)
    |(?P<iri><[^<>"{}|^`\\\s]*>)
    |(?P<string>"{3}(?:[^"\\]|\\.|"(?!""))*"{3}|'{3}(?:[^'\\]|\\.|'(?!''))*'{3}|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
    |(?P<tag>@[a-zA-Z]+(?:-[a-zA-Z0-9]+)*)
    |(?P<variable>[?$][^\W]\w*)
    |(?P<blank>_:[\w][\w.\-]*)
    |(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
    |(?P<name>(?:[^\W\d_][\w.\-]*)?:(?:[\w:%\\](?:[\w:.\-%\\]*[\w:\-%\\])?)?)
    |(?P<word>[^\W\d_]\w*)
    |(?P<mark>\^\^|&&|\|\||!=|<=|>=|.)""",
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word: `kind` as the groups of the expression above, `text` as written (words in capitals)."""

    kind: str
    text: str

    @property
    def variable(self) -> str | None:
        """The name of a variable, without its mark."""
        return self.text[1:] if self.kind == "variable" else None


def tokens_of(text: str) -> list[Token]:
    """All tokens but space and comments."""
    found = []
    for match in TOKEN.finditer(text):
        kind = match.lastgroup or "mark"
        if kind != "space":
            word = match.group()
            found.append(Token(kind, word.upper() if kind == "word" and word != "a" else word))
    return found


def replace_variable(text: str, name: str, replacement: str) -> str:
    """The text with each occurrence of a variable replaced, but not inside strings and comments."""

    def put(match: re.Match[str]) -> str:
        return replacement if match.lastgroup == "variable" and match.group()[1:] == name else match.group()

    return TOKEN.sub(put, text)


class Names:
    """IRIs of a query: prefixed names are expanded by the prefixes given and those declared in the text."""

    def __init__(self, tokens: list[Token], prefixes: dict[str, str]) -> None:
        self.prefixes = dict(prefixes)
        for word, name, iri in zip(tokens, tokens[1:], tokens[2:], strict=False):
            if word.text == "PREFIX" and name.kind == "name" and iri.kind == "iri":
                self.prefixes[name.text[:-1]] = iri.text[1:-1]

    def iri(self, token: Token) -> str | None:
        """The IRI that a token names, or None."""
        if token.kind == "iri":
            return token.text[1:-1]
        if token.kind == "word" and token.text == "a":
            return TYPE
        if token.kind == "name":
            prefix, _, local = token.text.partition(":")
            space = self.prefixes.get(prefix)
            return None if space is None else space + re.sub(r"\\(.)", r"\1", local)
        return None
