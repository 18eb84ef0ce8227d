"""The example questions as the editor shows them.

In: the store of a release, a language, and what a visitor chose. Out: dictionaries for JSON: the list of all
questions; one question with the values of its parameters and its complete text.
"""

from collections.abc import Mapping
from typing import Any

from wallograph.errors import NotFound, QueryError
from wallograph.publish.labels import choose
from wallograph.publish.questions import Parameter, Question, Reader, Term, Texts, fill, questions, values_of


def gallery(store: Reader, base: str, lang: str) -> list[dict[str, Any]]:
    """All questions, in their order; empty when the release holds none."""
    return [_named(question, lang) for question in questions(store, base)]


def one_question(store: Reader, base: str, lang: str, code: str, given: Mapping[str, str]) -> dict[str, Any]:
    """A question with what was chosen: the values that each parameter offers then, and the text to run.

    A choice that does not go with an earlier one gives way to the first value of its list.
    """
    question = next((q for q in questions(store, base) if q.code == code), None)
    if question is None:
        raise NotFound(f"there is no question '{code[:100]}'")
    terms: dict[str, Term] = {}
    parameters = [_parameter(store, question, p, given.get(p.variable, ""), terms, lang) for p in question.parameters]
    return _named(question, lang) | {"parameters": parameters, "text": fill(question, terms)}


def _named(question: Question, lang: str) -> dict[str, Any]:
    return {
        "code": question.code,
        "group": _text(question.group_labels, lang),
        "label": _text(question.labels, lang),
        "description": _text(question.descriptions, lang),
    }


def _parameter(
    store: Reader, question: Question, parameter: Parameter, wanted: str, terms: dict[str, Term], lang: str
) -> dict[str, Any]:
    """The list of a parameter; what is chosen in it is added to `terms`."""
    offered = values_of(store, question, parameter, terms)
    if not offered:
        raise QueryError(f"?{parameter.variable} of the question '{question.code}' has no value here")
    by_key = {choice.key: choice for choice in offered}
    taken = by_key.get(wanted) or by_key.get(parameter.default.value) or offered[0]
    terms[parameter.variable] = taken.value
    return {
        "variable": parameter.variable,
        "kind": parameter.kind,
        "label": _text(parameter.labels, lang) or parameter.variable,
        "chosen": taken.key,
        "values": [{"key": c.key, "label": _text(c.labels, lang) or c.key} for c in offered],
    }


def _text(texts: Texts, lang: str) -> str:
    label = choose(texts, lang)
    return label.text if label else ""
