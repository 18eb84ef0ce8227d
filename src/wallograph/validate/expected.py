"""What should stand there, in words: derived from the constraint that failed and its parameters.

In: a `Result`, the facts of its shape, and the words of the vocabulary. Out: a text in four languages.
"""

from collections.abc import Callable
from typing import Final

from wallograph.validate.expected_messages import DATATYPES, words
from wallograph.validate.facts import Facts
from wallograph.validate.handed import Labels, Nearby
from wallograph.validate.shapes import Rule
from wallograph.vocab import CONCEPT, LANGUAGES, SH

_SHOWN: Final = 4  # entries of a list that are named


def expected(component: str, facts: Facts, rule: Rule, nearby: Nearby) -> dict[str, str]:
    """What this constraint expects; the description of the rule where the constraint says it less well."""
    name = component.removeprefix(SH).removesuffix("ConstraintComponent")
    by_component = _BY_COMPONENT.get(name)
    told = by_component(facts, nearby) if by_component else {}
    if told:
        return told
    described = {lang: rule.descriptions[lang] for lang in LANGUAGES if rule.descriptions.get(lang)}
    return words("rule") | described


def list_words(iris: list[str], nearby: Nearby) -> Labels:
    """The first entries of a list by their labels, and how many there are."""
    shown: Labels = {}
    for lang in LANGUAGES:
        names = []
        for iri in iris[:_SHOWN]:
            labels = nearby.labels(iri)
            names.append(labels.get(lang) or labels.get("") or labels.get("fr") or _local(iri))
        more = words("more", str(len(iris)))[lang] if len(iris) > _SHOWN else ""
        shown[lang] = ", ".join(names) + more
    return shown


def _datatype(facts: Facts, _: Nearby) -> Labels:
    if facts.languages:
        return words("languages", ", ".join(facts.languages))
    known = DATATYPES.get(facts.datatype)
    return words("datatype", known) if known else words("other-datatype", _local(facts.datatype))


def _class(facts: Facts, nearby: Nearby) -> Labels:
    if facts.scheme and CONCEPT in facts.classes:
        return words("list", list_words([iri for iri, _, _ in nearby.codes(facts.scheme)], nearby))
    names = {lang: " / ".join(_label(iri, lang, nearby) for iri in facts.classes) for lang in LANGUAGES}
    return words("class", names) if facts.classes else {}


def _pattern(facts: Facts, nearby: Nearby) -> Labels:
    return _class(facts, nearby) if facts.scheme and CONCEPT in facts.classes else {}


def _bounds(facts: Facts, _: Nearby) -> Labels:
    if facts.least and facts.most:
        return words("between", facts.least, facts.most)
    for code in ("least", "most", "above", "below"):
        if value := getattr(facts, code):
            return words(code, value)
    return {}


def _missing(facts: Facts, nearby: Nearby) -> Labels:
    """What should be given: the value that the field takes, when that can be told."""
    if facts.min_count is not None and facts.min_count > 1:
        return words("at-least", str(facts.min_count))
    if facts.classes:
        return _class(facts, nearby)
    return _datatype(facts, nearby) if facts.datatype else words("given")


def _too_many(facts: Facts, _: Nearby) -> Labels:
    return words("only-one") if facts.max_count == 1 else words("at-most", str(facts.max_count))


def _length(facts: Facts, _: Nearby) -> Labels:
    return words("length", str(facts.max_length)) if facts.max_length is not None else {}


def _pair(code: str) -> Callable[[Facts, Nearby], Labels]:
    return lambda facts, nearby: words(code, nearby.labels(facts.other) or _local(facts.other)) if facts.other else {}


def _kind(facts: Facts, _: Nearby) -> Labels:
    return words(facts.node_kind) if facts.node_kind in ("IRI", "Literal") else {}


def _label(iri: str, lang: str, nearby: Nearby) -> str:
    labels = nearby.labels(iri)
    return labels.get(lang) or labels.get("fr") or _local(iri)


def _local(iri: str) -> str:
    return iri.rpartition("#")[2].rpartition("/")[2] or iri


_BY_COMPONENT: Final[dict[str, Callable[[Facts, Nearby], Labels]]] = {
    "Datatype": _datatype,
    "LanguageIn": lambda facts, _: words("languages", ", ".join(facts.languages)) if facts.languages else {},
    "UniqueLang": lambda *_: words("one-per-language"),
    "In": lambda facts, nearby: words("list", list_words(list(facts.among), nearby)) if facts.among else {},
    "Class": _class,
    "Pattern": _pattern,
    "NodeKind": _kind,
    "MinCount": _missing,
    "MaxCount": _too_many,
    "MaxLength": _length,
    "MinInclusive": _bounds, "MaxInclusive": _bounds, "MinExclusive": _bounds, "MaxExclusive": _bounds,
    "Equals": _pair("same-as"),
    "Disjoint": _pair("other-than"),
}  # fmt: skip
