"""From a result of SHACL to a finding that a person understands.

In: `Result`s, the shapes, the file that was handed in and what is known beside it. Out: `Finding`s with the thing's
name, the field's label, the value, what is expected, the place, a sentence in four languages, and repairs.
"""

import re
from dataclasses import replace
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from wallograph.model import Finding, Severity, Where
from wallograph.validate.engine import Result
from wallograph.validate.expected import expected
from wallograph.validate.expected_messages import words
from wallograph.validate.facts import Facts, Ruling
from wallograph.validate.handed import Handed, Labels, Nearby, Problem, Term
from wallograph.validate.repairs import repairs_of
from wallograph.validate.shapes import Rule, Shapes
from wallograph.vocab import LANGUAGES

LONGEST_VALUE: Final = 300
_EMAIL: Final = re.compile(r"[^\s@<>\"']+@[^\s@<>\"']+\.[^\s@<>\"']+")


class Explainer:
    """Explains the results of one set of shapes; made once, used for any number of results."""

    def __init__(self, shapes: Shapes, nearby: Nearby) -> None:
        self._shapes = shapes
        self._nearby = nearby
        self._ruling = Ruling(shapes)

    def finding(self, result: Result, handed: Handed, *, published: bool = False) -> Finding:
        """One finding. `published` says that the result only comes about with what is published already."""
        rule = self._shapes.rule(result.source_shape)
        term = None if result.value is None else term_of(result.value)
        where = handed.where(result.focus, result.path, result.value)
        value = "" if term is None else readable(term)
        name = safe(handed.name_of(result.focus))
        found = Finding(
            code=local_name(result.source_shape),
            severity=result.severity,
            where=where,
            subject=result.focus,
            value=value,
            messages=self._sentence(rule, value or name, result, name, published=published),
            graph=result.graph,
            path=result.path,
            name=name,
            label=self.label(result.path, rule),
            expected=expected(result.component, self._facts(result), rule, self._nearby),
            rule=rule.iri,
            component=result.component,
        )
        if term is None or result.path is None:
            return found
        facts = self._ruling.field(rule.iri)
        problem = Problem(result.focus, result.path, term, facts, where, handed, self._nearby)
        return replace(found, repairs=repairs_of(problem))

    def mended(self, finding: Finding, handed: Handed) -> Finding:
        """A finding of reading itself, with the repairs that its field would take when it has none."""
        if finding.repairs or not finding.path or not finding.value or finding.where is None:
            return finding
        facts = self._ruling.of_path(finding.path)
        term = Literal(finding.value)
        problem = Problem(finding.subject, finding.path, term, facts, finding.where, handed, self._nearby)
        return replace(finding, repairs=repairs_of(problem))

    def label(self, path: str | None, rule: Rule) -> Labels:
        """The field by its label: of the property, else the name of the rule, else the property's own name."""
        label = self._nearby.labels(path) if path else {}
        given = {lang: label.get(lang) or rule.names.get(lang) or "" for lang in LANGUAGES}
        plain = local_name(path or rule.iri)
        return {lang: text or plain for lang, text in given.items()}

    def _facts(self, result: Result) -> Facts:
        """What the shape asks by itself; of a value that is missing, all that the field asks."""
        missing = result.component.endswith("#MinCountConstraintComponent")
        return self._ruling.field(result.source_shape) if missing else self._ruling.own(result.source_shape)

    def _sentence(self, rule: Rule, value: str, result: Result, name: str, *, published: bool) -> Labels:
        unworded = words("unworded", value, local_name(rule.iri))
        said = {lang: result.messages.get(lang) or rule.messages.get(lang) or unworded[lang] for lang in LANGUAGES}
        if not published:
            return said
        before = words("known-already", name)
        return {lang: before[lang] + said[lang] for lang in LANGUAGES}


def term_of(text: str) -> Term:
    """A term from its N-Triples form."""
    if text.startswith("_:"):
        return BlankNode(text[2:])
    if text.startswith("<") and text.endswith(">"):
        try:
            return NamedNode(text[1:-1])
        except ValueError:
            return Literal(text[1:-1])  # no IRI of any file, but something is to be shown
    quad = next(iter(parse(f"<a:s> <a:p> {text} .".encode(), format=RdfFormat.N_TRIPLES, lenient=True)))
    assert isinstance(quad.object, NamedNode | BlankNode | Literal)
    return quad.object


def readable(term: Term) -> str:
    """A value as it was handed in, for people: shortened when it is very long, without e-mail addresses."""
    text = safe(term.value)
    if isinstance(term, BlankNode):
        text = f"_:{text}"
    return f"{text}@{term.language}" if isinstance(term, Literal) and term.language else text


def safe(text: str) -> str:
    """A text without e-mail addresses (they are of persons) and not longer than a sentence or two."""
    text = _EMAIL.sub("…@…", text[: LONGEST_VALUE * 4])
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"


def local_name(iri: str) -> str:
    """What follows the last `#` or `/`."""
    return iri.rpartition("#")[2].rpartition("/")[2] or iri


def severity_at_most_warning(result: Result) -> Result:
    """A disagreement with what is published is told, but does not count against a file."""
    return replace(result, severity=Severity.WARNING) if result.severity is Severity.VIOLATION else result


def nowhere(file: str) -> Where:
    """The file as a whole."""
    return Where(file, exact=False)
