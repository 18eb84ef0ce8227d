"""The example questions of a release: read out of its graph `questions`, offered with their values, filled in.

In: a store and the base of its IRIs; what a visitor chose. Out: questions, the values each parameter offers, and
complete SPARQL texts. Nothing a visitor sends gets into a text: a value is looked up in its list, and what is
written is the term of the list, in a VALUES clause.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from wallograph.errors import QueryError
from wallograph.publish.labels import choose, sort_key
from wallograph.vocab import CONCEPT, DCTERMS, LABEL, LOCATION, ORGANIZATION, PREF_LABEL, SH, SKOS, TYPE, XSD

Texts = tuple[tuple[str, str], ...]  # (text, language), as `labels.choose` takes them
Term = NamedNode | Literal
_VALUES_QUERY: Final = "/ns/wallograph#valuesQuery"
_YEAR: Final = XSD + "gYear"
_KINDS: Final = {CONCEPT: "theme", LOCATION: "place", ORGANIZATION: "actor", _YEAR: "year"}
_PLACE: Final = re.compile(r"^([ ]*)# VALUES \?(\w+)[ ]*$", re.MULTILINE)
_PREFIXED: Final = re.compile(r"(?<![\w?$<])([a-z]+):(?=\w)")


class Reader(Protocol):
    """What this module needs of a store: complete lists."""

    def rows(self, query: str, /, **bindings: Any) -> list[dict[str, Any]]: ...

    def quads(self, subject: Any, predicate: Any, object: Any, graph: Any, /) -> list[Quad]: ...


@dataclass(frozen=True, slots=True)
class Parameter:
    """What may be chosen: `kind` is theme, place, actor or year; `values_query` gives its list."""

    iri: str
    variable: str
    kind: str
    labels: Texts
    default: Term
    values_query: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that a parameter offers. A year has its own text as its only label."""

    value: Term
    labels: Texts

    @property
    def key(self) -> str:
        """What a form sends for this value."""
        return self.value.value


@dataclass(frozen=True, slots=True)
class Question:
    """An example question. `select` holds a line `# VALUES ?x` wherever the value of a parameter goes."""

    iri: str
    code: str
    group: str
    group_labels: Texts
    labels: Texts
    descriptions: Texts
    parameters: tuple[Parameter, ...]
    select: str
    prefixes: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        """The query as people read it: complete, with the values it proposes."""
        return fill(self, {})


class _Graph:
    """The statements of one graph, by subject and predicate."""

    def __init__(self, quads: list[Quad]) -> None:
        self._of: dict[tuple[str, str], list[Any]] = defaultdict(list)
        self.subjects: dict[str, list[str]] = defaultdict(list)
        for quad in sorted(quads, key=str):
            self._of[quad.subject.value, quad.predicate.value].append(quad.object)
            if quad.predicate.value == TYPE:
                self.subjects[quad.object.value].append(quad.subject.value)

    def all(self, subject: str, predicate: str) -> list[Any]:
        return self._of.get((subject, predicate), [])

    def one(self, subject: str, predicate: str) -> str:
        return next((found.value for found in self.all(subject, predicate)), "")

    def texts(self, subject: str, predicate: str) -> Texts:
        return tuple((o.value, o.language or "") for o in self.all(subject, predicate) if isinstance(o, Literal))

    def order(self, subject: str) -> float:
        return float(self.one(subject, SH + "order") or "inf")


def questions(store: Reader, base: str) -> tuple[Question, ...]:
    """The questions of a release, in the order in which they are shown; none if it has no graph of questions."""
    graph = _Graph(store.quads(None, None, None, NamedNode(f"{base}/id/source/questions")))
    groups = {
        member.value: group
        for group in graph.subjects[SKOS + "Collection"]
        for member in graph.all(group, SKOS + "member")
    }
    found = sorted(graph.subjects[SH + "SPARQLSelectExecutable"], key=lambda iri: (graph.order(iri), iri))
    return tuple(_question(graph, iri, groups.get(iri, ""), base) for iri in found)


def _question(graph: _Graph, iri: str, group: str, base: str) -> Question:
    nodes = sorted((node.value for node in graph.all(iri, SH + "parameter")), key=graph.order)
    return Question(
        iri=iri,
        code=_last(iri),
        group=_last(group),
        group_labels=graph.texts(group, PREF_LABEL),
        labels=graph.texts(iri, LABEL),
        descriptions=graph.texts(iri, DCTERMS + "description"),
        parameters=tuple(_parameter(graph, node, base) for node in nodes),
        select=graph.one(iri, SH + "select"),
        prefixes=tuple(
            sorted(
                (graph.one(declaration.value, SH + "prefix"), graph.one(declaration.value, SH + "namespace"))
                for holder in graph.all(iri, SH + "prefixes")
                for declaration in graph.all(holder.value, SH + "declare")
            )
        ),
    )


def _parameter(graph: _Graph, iri: str, base: str) -> Parameter:
    return Parameter(
        iri=iri,
        variable=_last(graph.one(iri, SH + "path")),
        kind=_KINDS[graph.one(iri, SH + "class") or graph.one(iri, SH + "datatype")],
        labels=graph.texts(iri, SH + "name"),
        default=graph.all(iri, SH + "defaultValue")[0],
        values_query=graph.one(iri, base + _VALUES_QUERY),
    )


def values_of(
    store: Reader, question: Question, parameter: Parameter, chosen: Mapping[str, Term] | None = None
) -> tuple[Choice, ...]:
    """The values a parameter offers, by label; each has an answer.

    The list of a second parameter depends on what is `chosen` for the first (its default when nothing is).
    """
    text = _complete(question, parameter.values_query, _with_defaults(question, chosen or {}))
    found = [row["value"] for row in store.rows(text) if "value" in row]
    choices = [Choice(value, _labels(store, value)) for value in dict.fromkeys(found)]
    return tuple(sorted(choices, key=_shown))


def chosen(store: Reader, question: Question, given: Mapping[str, str]) -> dict[str, Term]:
    """What a visitor chose, as terms of the lists; the default where nothing is given.

    QueryError when a value is not offered: then nothing of it gets into a query. A default that does not go with
    an earlier choice gives way to the first value of the list.
    """
    terms: dict[str, Term] = {}
    for parameter in question.parameters:
        offered = {choice.key: choice.value for choice in values_of(store, question, parameter, terms)}
        wanted = given.get(parameter.variable, "")
        if wanted and wanted not in offered:
            raise QueryError(f"'{wanted[:200]}' is not a value that ?{parameter.variable} offers here")
        if not wanted and parameter.default.value not in offered:
            wanted = next(iter(offered), "")
        terms[parameter.variable] = offered.get(wanted or parameter.default.value, parameter.default)
    return terms


def fill(question: Question, values: Mapping[str, Term]) -> str:
    """The complete query with these values, the defaults for the others. `chosen` makes the values.

    Each value stands in a VALUES clause, in the form in which RDF writes the term.
    """
    for name in values.keys() - {parameter.variable for parameter in question.parameters}:
        raise QueryError(f"the question '{question.code}' has no parameter ?{name}")
    return _complete(question, question.select, _with_defaults(question, values))


def _with_defaults(question: Question, values: Mapping[str, Term]) -> dict[str, Term]:
    terms = {parameter.variable: values.get(parameter.variable, parameter.default) for parameter in question.parameters}
    kinds = {parameter.variable: parameter.kind for parameter in question.parameters}
    for name, term in terms.items():
        typed = isinstance(term, Literal) and term.datatype.value == _YEAR and re.fullmatch(r"\d{4}", term.value)
        if not (typed if kinds[name] == "year" else isinstance(term, NamedNode)):
            raise QueryError(f"?{name} of the question '{question.code}' needs a value of the kind '{kinds[name]}'")
    return terms


def _complete(question: Question, body: str, values: Mapping[str, Term]) -> str:
    """A text with its values and with those prefixes that it then uses."""
    spaces = dict(question.prefixes)
    filled = _PLACE.sub(lambda at: f"{at[1]}VALUES ?{at[2]} {{ {_written(values[at[2]], spaces)} }}", body)
    used = set(_PREFIXED.findall(re.sub(r'"[^"\n]*"|<[^>\s]*>', "", filled)))
    return "".join(f"PREFIX {name}: <{space}>\n" for name, space in question.prefixes if name in used) + filled


def _written(term: Term, spaces: Mapping[str, str]) -> str:
    """A term as people like to read it: prefixed when its last part is a plain name, else in full."""
    for name, space in spaces.items():
        if isinstance(term, NamedNode) and re.fullmatch(re.escape(space) + r"[a-z0-9-]*[a-z0-9]", term.value):
            return f"{name}:{term.value[len(space) :]}"
    return f'"{term.value}"^^xsd:gYear' if isinstance(term, Literal) else str(term)


def _labels(store: Reader, value: Term) -> Texts:
    if isinstance(value, Literal):
        return ((value.value, ""),)
    for predicate in (PREF_LABEL, LABEL):
        found = [quad.object for quad in store.quads(value, NamedNode(predicate), None, DefaultGraph())]
        if found:
            return tuple(sorted((o.value, o.language or "") for o in found if isinstance(o, Literal)))
    return ()


def _shown(choice: Choice) -> tuple[str, str]:
    label = choose(choice.labels, "fr")
    return sort_key(label.text if label else choice.key)


def _last(iri: str) -> str:
    """The local name of an IRI.

    >>> _last("http://localhost:8000/auth/question-parameter/otherPlace")
    'otherPlace'
    """
    return re.split(r"[/#]", iri)[-1]
