"""Reading RDF/XML.

In: a text. Out: `Parsed`. expat goes first: it refuses DOCTYPE, entities and deep nesting before pyoxigraph sees the
text, gives line and column of what is no XML, and the place of each element.
"""

import re
from collections.abc import Sequence
from itertools import islice
from typing import Final
from xml.sax.saxutils import escape as escape_text
from xml.sax.saxutils import quoteattr

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from wallograph import vocab
from wallograph.errors import ParseError, TooLarge
from wallograph.intake.limits import IntakeLimits
from wallograph.intake.messages import refuse
from wallograph.intake.rdf.parsed import Parsed, Value, check_lengths
from wallograph.intake.rdf.placed import Placed, is_plain, matched
from wallograph.intake.rdf.problems import Problem
from wallograph.intake.rdf.text import Span, Text
from wallograph.intake.rdf.xml_walk import Walker

_DECLARED: Final = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._\-]+)["']""")
_DECLARATION: Final = re.compile(r"<\?xml[^>]*\?>")
_ENCODINGS: Final = {
    "utf-8": "utf-8", "utf8": "utf-8", "us-ascii": "ascii", "ascii": "ascii", "iso-8859-1": "latin-1",
    "latin1": "latin-1", "iso-8859-15": "iso8859-15", "windows-1252": "cp1252", "utf-16": "utf-8",
}  # fmt: skip
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_PLAIN: Final = frozenset({vocab.XSD + "string", vocab.RDF + "langString"})


def declared_encoding(content: bytes) -> str | None:
    """The encoding that the XML declaration names; ParseError when it is not read."""
    found = _DECLARED.match(content[:400].lstrip())
    if found is None:
        return None
    name = found[1].decode("ascii").lower()
    if name not in _ENCODINGS:
        raise refuse(ParseError, "unknown-encoding", at=(1, 1))
    return _ENCODINGS[name]


def read_rdf_xml(text: Text, limits: IntakeLimits) -> Parsed:
    """The quads of a document; ParseError with line and column when it cannot be read."""
    walker = Walker(text, limits)
    walker.walk()
    # the declaration names the encoding of the bytes, which are decoded by now; its place is kept
    declared = _DECLARATION.match(text.text)
    source = " " * declared.end() + text.text[declared.end() :] if declared else text.text
    try:
        quads = list(islice(parse(source, RdfFormat.RDF_XML), limits.quads + 1))
    except SyntaxError as error:
        at = walker.first_wrong()
        kind = "relative-iri" if at is not None else "not-read-as"
        place = text.place(at) if at is not None else (error.lineno, error.offset)
        raise refuse(ParseError, kind, at=place, format="RDF/XML") from error
    if len(quads) > limits.quads:
        raise refuse(TooLarge, "too-many-quads", limit="quads", most=limits.quads)
    check_lengths(quads, limits)
    plain = [quad for quad in quads if is_plain(quad)]
    problems = [] if len(plain) == len(quads) else [Problem("rdf-newer", (0, 0))]

    def placed() -> Sequence[Placed]:
        return matched(walker.placed, quads)

    return Parsed(plain, placed, _Writer(text.text).write, lambda char: f"&#x{ord(char):X};", problems)


class _Writer:
    """Writes a whole property element. `how` is the prefix of rdf, a space, and the language that holds there."""

    def __init__(self, text: str) -> None:
        self._text = text

    def write(self, term: Value, span: Span, how: str) -> str | None:
        """The element with another value; None when it has more than a value or cannot hold this one."""
        found = re.match(r"<([^\s/>]+)", self._text[span[0] : span[0] + 300])
        if not how or found is None or isinstance(term, BlankNode):
            return None
        name = found[1]
        prefix, _, lang = how.partition(" ")
        if isinstance(term, NamedNode):
            return f"<{name} {prefix}:resource={quoteattr(term.value)}/>"
        if not isinstance(term, Literal) or _CONTROL.search(term.value):
            return None
        attribute = ""
        if term.language:
            attribute = "" if term.language == lang else f' xml:lang="{term.language}"'
        elif term.datatype.value not in _PLAIN:
            attribute = f" {prefix}:datatype={quoteattr(term.datatype.value)}"
        elif lang:
            attribute = ' xml:lang=""'
        return f"<{name}{attribute}>{escape_text(term.value)}</{name}>"


