"""The language of a text: added, put in the right form, or taken off where none belongs.

In: a `Problem`. Out: `Repair`s; which language a text has is a guess by its small words, and never sure.
"""

import re
from collections.abc import Iterator
from typing import Final

from pyoxigraph import Literal

from wallograph.model import Repair
from wallograph.validate.handed import Problem
from wallograph.validate.repairs.messages import messages
from wallograph.vocab import LANGUAGES, RDF, XSD

NAMES: Final = {
    "fr": {"fr": "français", "nl": "Frans", "de": "Französisch", "en": "French"},
    "nl": {"fr": "néerlandais", "nl": "Nederlands", "de": "Niederländisch", "en": "Dutch"},
    "de": {"fr": "allemand", "nl": "Duits", "de": "Deutsch", "en": "German"},
    "en": {"fr": "anglais", "nl": "Engels", "de": "Englisch", "en": "English"},
}
# ISO 639-2, as library systems write them; upper case and regions (fr-BE) are right as they are
_THREE: Final = {
    "fra": "fr", "fre": "fr", "nld": "nl", "dut": "nl", "deu": "de", "ger": "de", "eng": "en",
}  # fmt: skip
_SMALL: Final = {
    "fr": "le la les des du de et un une est dans pour avec sur qui par au aux ce cette l d en",
    "nl": "de het een en van in voor met op is die dat aan te bij uit door zijn naar",
    "de": "der die das und ein eine ist in für mit auf den dem des von zu im nicht wird",
    "en": "the of and a an is in for with on that to by from are which its this",
}
_WORDS: Final = {lang: frozenset(words.split()) for lang, words in _SMALL.items()}


def language(problem: Problem) -> Iterator[Repair]:
    """A tag for a text without one, `fr` for `fra`, no tag where none belongs."""
    term = problem.term
    if not isinstance(term, Literal):
        return
    tag, wanted = term.language or "", problem.facts.languages
    if wanted and tag:
        short = tag.lower().split("-")[0]
        short = _THREE.get(short, short)
        tagged = Literal(term.value, language=short)
        if short in wanted and short != tag:
            said = messages("language-form", short, old=tag)
            yield Repair("language-form", short, said, problem.edit(tagged), sure=True)
    elif wanted and term.datatype.value in (XSD + "string", RDF + "langString"):
        for lang in _likely(term.value, wanted):
            tagged = Literal(term.value, language=lang)
            said = {own: messages("add-language", label=NAMES[lang][own])[own] for own in LANGUAGES}
            yield Repair("add-language", lang, said, problem.edit(tagged))
    elif tag and problem.facts.datatype == XSD + "string":
        plain = Literal(term.value)
        if problem.facts.allows(plain):
            said = messages("remove-language", term.value, old=tag)
            yield Repair("remove-language", term.value, said, problem.edit(plain))


def guess(text: str) -> str:
    """The language whose small words a text has most of; empty when it has none.

    >>> guess("Centre de recherche en informatique pour les entreprises")
    'fr'
    """
    words = re.findall(r"[^\W\d_]+", text[:2_000].lower())
    found = {lang: sum(word in small for word in words) for lang, small in _WORDS.items()}
    best = max(found, key=lambda lang: found[lang])
    return best if found[best] else ""


def _likely(text: str, wanted: tuple[str, ...]) -> list[str]:
    """The languages in the order of likelihood: the one that is guessed, then the others."""
    likely = guess(text)
    order = [likely, *LANGUAGES] if likely else list(LANGUAGES)
    return [lang for lang in dict.fromkeys(order) if lang in wanted]
