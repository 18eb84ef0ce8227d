"""What reading a table says, in four languages.

In: a code and its values. Out: one message for each language. Natural persons: no message takes a value from a
column that may name one. Why a file is refused as a whole stands in `refusals`.
"""

from collections.abc import Mapping

from wallograph.intake.tables.message_texts import EXPECTED, MESSAGES, REPAIRS
from wallograph.vocab import LANGUAGES


def messages(code: str, **values: object) -> dict[str, str]:
    """The messages of a finding by language."""
    return _filled(MESSAGES[code], values)


def expected(expects: str, example: Mapping[str, str] | None = None) -> dict[str, str]:
    """What should stand in a cell, by language; `example` is an entry of the code list by language."""
    texts = EXPECTED[expects]
    return {lang: texts[lang].format(example=(example or {}).get(lang, "…")) for lang in LANGUAGES}


def repair_messages(code: str, value: str) -> dict[str, str]:
    """What a repair does, by language."""
    return _filled(REPAIRS[code], {"value": value})


def _filled(texts: Mapping[str, str], values: Mapping[str, object]) -> dict[str, str]:
    return {
        lang: texts[lang].format(**{name: _here(value, lang) for name, value in values.items()}) for lang in LANGUAGES
    }


def _here(value: object, lang: str) -> object:
    return value.get(lang, "") if isinstance(value, Mapping) else value
