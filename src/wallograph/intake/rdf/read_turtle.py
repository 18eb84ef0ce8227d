"""Reading Turtle, TriG, N-Triples and N-Quads.

In: a text. Out: `Parsed`. pyoxigraph reads; where it refuses, statement by statement what it does not refuse.
"""

from collections.abc import Callable, Sequence
from itertools import islice

from pyoxigraph import Literal, Quad, parse

from wallograph.errors import ParseError, TooLarge
from wallograph.intake.formats import Format
from wallograph.intake.limits import IntakeLimits
from wallograph.intake.messages import refuse
from wallograph.intake.rdf.parsed import Parsed, check_lengths
from wallograph.intake.rdf.placed import Placed, is_plain, matched
from wallograph.intake.rdf.problems import Problem, kind_of
from wallograph.intake.rdf.recover import Recovered, Recovery
from wallograph.intake.rdf.statements import Statement, divide
from wallograph.intake.rdf.text import Text
from wallograph.intake.rdf.tokens import Token, tokenize
from wallograph.intake.rdf.turtle import LineReader, Prefixes, Reader
from wallograph.intake.rdf.write_turtle import Writer


def read_turtle(text: Text, form: Format, limits: IntakeLimits) -> Parsed:
    """The quads of a text; ParseError when none can be read, TooLarge past a limit."""
    document = _Document(text, form)
    document.check_nesting(limits)
    restore = document.shield(limits)
    try:
        quads = list(islice(parse(document.text.text, form.rdf), limits.quads + 1))
        wrong = None if all(map(is_plain, quads)) else Problem("rdf-newer", (0, 0))
    except SyntaxError as error:
        start = document.text.offset(error.lineno or 1, error.offset or 1)
        wrong = Problem(kind_of(error.msg)[0], (start, start), kind_of(error.msg)[1])
    if wrong is None:
        if len(quads) > limits.quads:
            raise refuse(TooLarge, "too-many-quads", limit="quads", most=limits.quads)
        found = Recovered(quads=quads)
    else:
        found = Recovery(document.text, form, document.tokens(), limits).run(document.statements())
        if not found.problems:  # what is wrong stands between the statements: a brace, say
            found.problems.append(wrong)
        if not found.quads:
            _refuse(text, found.problems[0])
    quads = [restore(quad) for quad in found.quads]
    check_lengths(quads, limits)
    placed, prefixes = _positions(document, found, wrong is None, restore)
    return Parsed(quads, placed, Writer(form, prefixes).write, _escape, found.problems, found.whole)


def _refuse(text: Text, problem: Problem) -> None:
    raise refuse(ParseError, problem.kind, at=text.place(problem.span[0]), **problem.values)


def _escape(char: str) -> str:
    return f"\\u{ord(char):04X}" if ord(char) < 0x10000 else f"\\U{ord(char):08X}"


class _Document:
    """A text with its tokens and statements, which are only made when they are needed."""

    def __init__(self, text: Text, form: Format) -> None:
        self.text, self.form = text, form
        self._tokens: list[Token] | None = None

    def tokens(self) -> list[Token]:
        if self._tokens is None:
            self._tokens = tokenize(self.text.text)
        return self._tokens

    def statements(self) -> list[Statement]:
        return divide(self.text.text, self.tokens(), blocks=self.form is Format.TRIG, by_line=self.form.by_line)

    def check_nesting(self, limits: IntakeLimits) -> None:
        """TooLarge when brackets stand too deep in each other. A full stop ends all of them."""
        text = self.text.text
        if text.count("[") + text.count("(") <= limits.nesting:
            return
        depth = 0
        for kind, start, end in self.tokens():
            if kind != "mark":
                continue
            mark = text[start:end]
            depth = 0 if mark in ".{}" else depth + (mark in "[(") - (mark in "])")
            if depth > limits.nesting:
                raise refuse(TooLarge, "nested-too-deep", limit="nesting", most=limits.nesting)

    def shield(self, limits: IntakeLimits) -> Callable[[Quad], Quad]:
        """Keep deep `<<` from the parser, which ends the process on them; texts and comments may have any number.

        In a text with many, those inside of strings are written with two signs that it has not, and given back.
        """
        text = self.text.text
        if text.count("<<") <= limits.nesting:
            return _as_it_is
        sign = next(chr(code) for code in range(0xE000, 0xF8FF) if chr(code) not in text)
        pieces, at = [], 0
        for kind, start, end in self.tokens():
            pieces.append(text[at:start].replace("<<", sign * 2))
            inside = text[start:end]
            pieces.append(inside.replace("<<", sign * 2) if kind in ("string", "long") else inside)
            at = end
        shielded = "".join([*pieces, text[at:].replace("<<", sign * 2)])
        if shielded.count("<<") > limits.nesting:
            raise refuse(TooLarge, "nested-too-deep", limit="nesting", most=limits.nesting)
        self.text = Text(shielded, self.text.encoding, self.text.bom)
        return lambda quad: _unshielded(quad, sign * 2)


def _as_it_is(quad: Quad) -> Quad:
    return quad


def _unshielded(quad: Quad, sign: str) -> Quad:
    value = quad.object
    if not isinstance(value, Literal) or sign not in value.value:
        return quad
    text = value.value.replace(sign, "<<")
    if value.language:
        return Quad(quad.subject, quad.predicate, Literal(text, language=value.language), quad.graph_name)
    return Quad(quad.subject, quad.predicate, Literal(text, datatype=value.datatype), quad.graph_name)


def _positions(
    document: _Document, found: Recovered, whole: bool, restore: Callable[[Quad], Quad]
) -> tuple[Callable[[], Sequence[Placed]], Callable[[int], dict[str, str]]]:
    """The position pass, for when it is asked for; and the prefixes that hold at an offset."""
    prefixes = Prefixes()
    prefixes.names.update(found.known)

    def placed() -> Sequence[Placed]:
        kind = LineReader if document.form.by_line else Reader
        reader = kind(document.text.text, document.tokens(), prefixes)
        for statement in document.statements() if whole else found.good:
            reader.read(statement)
        return [entry._replace(quad=restore(entry.quad)) for entry in matched(reader.placed, found.quads)]

    return placed, prefixes.at

