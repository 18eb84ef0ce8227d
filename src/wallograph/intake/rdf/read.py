"""Reading one RDF file that somebody hands in.

In: bytes, name and media type. Out: an `RdfSubmission` with quads, places and findings; InputError when nothing of it
can be read or it passes a limit. Nothing is fetched.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from wallograph import vocab
from wallograph.errors import ParseError, TooLarge
from wallograph.intake.formats import Format
from wallograph.intake.limits import IntakeLimits
from wallograph.intake.messages import messages, refuse
from wallograph.intake.rdf.json_ld import read_json_ld
from wallograph.intake.rdf.parsed import Parsed
from wallograph.intake.rdf.persons import Left, told, without_persons
from wallograph.intake.rdf.placed import named
from wallograph.intake.rdf.problems import Problem
from wallograph.intake.rdf.rdf_xml import declared_encoding, read_rdf_xml
from wallograph.intake.rdf.read_turtle import read_turtle
from wallograph.intake.rdf.submission import RdfSubmission, short_name
from wallograph.intake.rdf.text import Text, decode
from wallograph.intake.sniff import rdf_format
from wallograph.model import Finding, Severity, Where

_WARNINGS: Final = frozenset({"unknown-key"})
_OWN_CODE: Final = frozenset({"unknown-key", "left-out-silently"})  # not about syntax


def read_rdf(name: str, content: bytes, media_type: str | None, *, limits: IntakeLimits, base: str) -> RdfSubmission:
    """The submission; ParseError with line and column when nothing can be read."""
    if len(content) > limits.bytes:
        raise refuse(TooLarge, "file-too-large", limit="bytes", most=limits.bytes)
    form, kind = rdf_format(name, content, media_type)
    text = decode(content, declared_encoding(content) if form is Format.RDF_XML else None)
    if not text.text.strip():
        raise refuse(ParseError, "empty-file", at=(1, 1))
    parsed = _parse(text, form, limits, base)
    kept, left = without_persons(parsed.quads, base)
    submission = RdfSubmission(name, form, kind, content, text, parsed, kept)
    found = [*_encoding(submission, text, form), *_problems(submission, parsed), *_persons(submission, left)]
    submission.findings = found[: limits.findings]
    return submission


def _parse(text: Text, form: Format, limits: IntakeLimits, base: str) -> Parsed:
    if form is Format.JSON_LD:
        return read_json_ld(text, limits, base)
    if form is Format.RDF_XML:
        return read_rdf_xml(text, limits)
    return read_turtle(text, form, limits)


def _encoding(submission: RdfSubmission, text: Text, form: Format) -> Iterator[Finding]:
    if text.wrong_at is not None:
        where = submission.at((text.wrong_at, text.wrong_at + 1))
        yield _finding("encoding-guessed", where, Severity.WARNING, encoding="Windows-1252")
    elif text.encoding != "utf-8" and form is not Format.RDF_XML:
        yield _finding("not-utf-8", submission.at((0, 0)), Severity.WARNING, encoding=text.encoding.upper())


def _problems(submission: RdfSubmission, parsed: Parsed) -> Iterator[Finding]:
    for problem in parsed.problems:
        severity = Severity.WARNING if problem.kind in _WARNINGS else Severity.VIOLATION
        code = problem.kind if problem.kind in _OWN_CODE else "syntax"
        yield _finding(problem.kind, submission.at(problem.span), severity, code=code, **problem.values)
    if not parsed.whole:
        last: Problem = parsed.problems[-1]
        yield _finding("too-many-errors", submission.at(last.span), Severity.VIOLATION)


def _persons(submission: RdfSubmission, left: list[Left]) -> Iterator[Finding]:
    """One finding for each person and for each property that points at one; the value is never named."""
    for quad, person, _ in told(left):
        predicate = vocab.TYPE if person else quad.predicate.value
        subject = named(quad.subject)
        where = submission.where(subject) if person else submission.where(subject, predicate, str(quad.object))
        shown = quad.object if predicate == quad.predicate.value == vocab.TYPE else quad.predicate
        field = short_name(shown.value)
        yield Finding(  # a pointer has the keys of maps, which may be names of persons
            "person-left-out", Severity.WARNING, replace(where, pointer=None), "" if person else subject, "",
            messages("person-left-out", field=field), path=quad.predicate.value,
        )  # fmt: skip


def _finding(kind: str, where: Where, severity: Severity, *, code: str = "", **values: str) -> Finding:
    return Finding(code or kind, severity, where, "", "", messages(kind, **values))
