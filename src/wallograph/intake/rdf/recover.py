"""As much of a broken text as can be read: what is wrong, statement by statement, and the quads of the rest.

In: tokens and statements of Turtle, TriG, N-Triples or N-Quads. Out: quads and `Problem`s. A run of statements goes
to pyoxigraph with the prefixes that hold there; where it stops, the statement is told and left out.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Final

from pyoxigraph import Quad, parse

from wallograph import vocab
from wallograph.errors import TooLarge
from wallograph.intake.formats import Format
from wallograph.intake.limits import IntakeLimits
from wallograph.intake.messages import refuse
from wallograph.intake.rdf.problems import Problem, kind_of, undeclared
from wallograph.intake.rdf.statements import Statement, slicer
from wallograph.intake.rdf.text import Span, Text
from wallograph.intake.rdf.tokens import Token
from wallograph.intake.rdf.turtle import Prefixes, Reader

_RUN: Final = 2_000  # statements of one run: what is read again after an error
_RUN_CHARS: Final = 200_000


@dataclass
class Recovered:
    """What could be read. `known` are prefixes that the text uses without declaring them; `good` the statements."""

    quads: list[Quad] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    known: dict[str, str] = field(default_factory=dict)
    good: list[Statement] = field(default_factory=list)
    whole: bool = True


@dataclass(frozen=True)
class _Stop:
    """Where and why pyoxigraph stopped; `offset` is None when it stopped in what was put before the run."""

    offset: int | None
    end: int
    message: str


class Recovery:
    """Reads the statements of one text that pyoxigraph refuses as a whole."""

    def __init__(self, text: Text, form: Format, tokens: list[Token], limits: IntakeLimits) -> None:
        self._text, self._form, self._tokens, self._limits = text, form, tokens, limits
        self._newer_spans = [(token.start, token.end) for token in tokens if _is_newer(text.text, token)]
        self._starts = [token.start for token in tokens]
        self._word = slicer(text.text, tokens)
        self._prefixes = Prefixes()
        self._directives = Reader(text.text, tokens, self._prefixes)
        self._told: set[str] = set()
        self.out = Recovered()

    def run(self, statements: list[Statement]) -> Recovered:
        """Read all that can be read, in order."""
        statements = list(statements)
        at = 0
        while at < len(statements):
            if len(self.out.problems) >= self._limits.findings:
                self.out.whole = False
                break
            if newer := self._newer(statements[at]):
                self.out.problems.append(Problem("rdf-newer", newer))
                at += 1
                continue
            if self._lost(statements[at]):
                at += 1
                continue
            at = self._run(statements, at, self._end_of_run(statements, at))
        return self.out

    def _end_of_run(self, statements: list[Statement], at: int) -> int:
        end = at + 1
        limit = min(at + _RUN, len(statements))
        first = statements[at]
        while end < limit and statements[end].graph == first.graph and not self._newer(statements[end]):
            if statements[end].end - first.start > _RUN_CHARS or self._lost(statements[end]):
                break
            end += 1
        return end

    def _run(self, statements: list[Statement], at: int, end: int) -> int:
        """Read statements [at, end); return where to go on."""
        quads, stop = self._parse(statements[at].start, statements[end - 1].end, statements[at].graph)
        if stop is None:
            self._keep(statements[at:end], quads)
            return end
        if stop.offset is None:  # the name of the graph block is wrong: all that stands in the block is lost
            return self._block_lost(statements, at, stop)
        starts = [statement.start for statement in statements[at:end]]
        bad = at + max(bisect_right(starts, stop.offset) - 1, 0)
        if bad > at:
            return self._run(statements, at, bad)  # once more without what is wrong: this time to its end
        return self._broken(statements, bad, stop)

    def _keep(self, statements: list[Statement], quads: list[Quad]) -> None:
        self.out.quads += quads
        self.out.good += statements
        if len(self.out.quads) > self._limits.quads:
            raise refuse(TooLarge, "too-many-quads", limit="quads", most=self._limits.quads)
        for statement in statements:
            if statement.directive:
                self._directives.read(statement)
                self._told -= self._prefixes.names.keys()

    def _block_lost(self, statements: list[Statement], at: int, stop: _Stop) -> int:
        graph = statements[at].graph or (0, 1)
        first = self._tokens[graph[0]]
        self._tell(stop.message, (first.start, self._tokens[max(graph[1] - 1, graph[0])].end))
        while at < len(statements) and statements[at].graph == graph:
            at += 1
        return at

    # -- one broken statement

    def _broken(self, statements: list[Statement], at: int, stop: _Stop) -> int:
        statement = statements[at]
        name = undeclared(stop.message)
        if name is not None and name in vocab.PREFIXES and name not in self.out.known:
            self._tell(stop.message, self._token_at(stop, statement))
            self.out.known[name] = self._prefixes.names[name] = vocab.PREFIXES[name]
            return at
        if statement.directive:
            self._told.add(self._word(statement.first + 1).removesuffix(":"))
        if name is None and (rest := self._missing_stop(statement, stop)):
            statements[at] = rest
            return at if rest.directive or self._begins_well(rest) else at + 1
        self._tell(stop.message, self._token_at(stop, statement))
        return at + 1

    def _missing_stop(self, statement: Statement, stop: _Stop) -> Statement | None:
        """What stands behind a missing full stop: where the parser stopped, when that begins a line."""
        offset = stop.offset or 0
        cut = min(bisect_right(self._starts, offset) - 1, statement.last - 1)
        if cut <= statement.first or self._form.by_line or statement.end - statement.start > _RUN_CHARS:
            return None
        before, token = self._tokens[cut - 1], self._tokens[cut]
        if "\n" not in self._text.text[before.end : token.start]:
            return None
        quads, wrong = self._parse(statement.start, before.end, statement.graph, after=" .")
        if wrong is not None:
            return None
        self._keep([statement._replace(last=cut, end=before.end, directive=False)], quads)
        self.out.problems.append(Problem("missing-stop", (before.end, before.end)))
        return statement._replace(first=cut, start=token.start, directive=self._word(cut).lower() in _DIRECTIVES)

    def _begins_well(self, rest: Statement) -> bool:
        """Whether what follows is a statement of its own, and not the end of the one before it."""
        stop = self._parse(rest.start, rest.end, rest.graph)[1]
        third = min(rest.first + 2, rest.last - 1)
        if stop is None or undeclared(stop.message) is not None:
            return True
        return stop.offset is not None and stop.offset > self._tokens[third].start

    def _token_at(self, stop: _Stop, statement: Statement) -> Span:
        """The place to show: what the parser names, kept inside the statement and on one line."""
        start = min(max(stop.offset or 0, statement.start), statement.end)
        line = self._text.place(start)[0]
        end = min(max(stop.end, start), statement.end)
        return (start, end) if self._text.place(end)[0] == line else (start, start)

    def _tell(self, message: str, span: Span) -> None:
        name = undeclared(message)
        if name is not None:
            if name in self._told:
                return
            self._told.add(name)
        kind, values = kind_of(message)
        token = self._token_before(span[0])
        if token is None:
            pass
        elif self._form.by_line and token.kind == "name":
            kind, values = "no-prefixes", {"format": self._form.value}
        elif token.kind == "error" and self._text.text[token.start] in "\"'":
            kind, span = "string-not-closed", (token.start, token.end)
        self.out.problems.append(Problem(kind, span, values))

    def _token_before(self, offset: int) -> Token | None:
        """The token that stands at an offset, else the one before it."""
        number = bisect_right(self._starts, offset) - 1
        return self._tokens[number] if number >= 0 else None

    def _lost(self, statement: Statement) -> bool:
        """Whether a statement uses a prefix that was told to be missing: it is not tried, nor told again."""
        for name in self._told - self.out.known.keys():
            offsets = self._uses.get(name, [])
            number = bisect_left(offsets, statement.start)
            if number < len(offsets) and offsets[number] < statement.end and not statement.directive:
                return True
        return False

    @cached_property
    def _uses(self) -> dict[str, list[int]]:
        """Where each prefix is used."""
        uses: dict[str, list[int]] = defaultdict(list)
        for kind, start, end in self._tokens:
            if kind == "name":
                uses[self._text.text[start:end].partition(":")[0]].append(start)
        return uses

    def _newer(self, statement: Statement) -> Span | None:
        """The place of what only RDF 1.2 has."""
        number = bisect_left(self._newer_spans, (statement.start, 0))
        found = self._newer_spans[number : number + 1]
        return found[0] if found and found[0][0] < statement.end else None

    # -- the parser

    def _parse(
        self, start: int, end: int, graph: tuple[int, int] | None, after: str = ""
    ) -> tuple[list[Quad], _Stop | None]:
        before = "" if self._form.by_line else self._header(graph)
        closing = "\n}" if graph is not None and self._form is Format.TRIG else ""
        source = f"{before}\n{self._text.text[start:end]}{after}{closing}"
        quads: list[Quad] = []
        try:
            # as UTF-8, and no more than may be read
            quads += islice(parse(source, self._form.rdf), self._limits.quads + 1)
        except SyntaxError as error:
            return [], self._stop(error, start, end)
        except ValueError as error:
            return [], _Stop(start, start, str(error))
        return quads, None

    def _stop(self, error: SyntaxError, start: int, end: int) -> _Stop:
        if error.lineno is None:
            return _Stop(start, start, error.msg)
        if error.lineno == 1:
            return _Stop(None, start, error.msg)
        offset = self._offset(start, error.lineno, error.offset or 1)
        stop = self._offset(start, error.end_lineno or error.lineno, error.end_offset or error.offset or 1)
        return _Stop(min(offset, max(end - 1, start)), min(stop, end), error.msg)

    def _offset(self, start: int, line: int, column: int) -> int:
        if line <= 2:
            return start + column - 1
        return self._text.offset(self._text.place(start)[0] + line - 2, column)

    def _header(self, graph: tuple[int, int] | None) -> str:
        base = f"@base <{self._prefixes.base}> . " if self._prefixes.base else ""
        names = "".join(f"@prefix {name}: <{iri}> . " for name, iri in self._prefixes.names.items())
        if graph is None or self._form is not Format.TRIG:
            return base + names
        return f"{base}{names}{' '.join(self._word(at) for at in range(*graph))} {{"


def _is_newer(text: str, token: Token) -> bool:
    return token.kind == "star" or (token.kind == "lang" and "--" in text[token.start : token.end])


_DIRECTIVES: Final = frozenset({"@prefix", "@base", "prefix", "base"})
