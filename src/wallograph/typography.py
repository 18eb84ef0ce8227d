"""The blanks that a language wants around signs, so that no line breaks before a colon.

In: a text for people. Out: the text as it is set. Only French asks for blanks here.
"""

import re
from typing import Final

_WIDE: Final = "\u00a0"
_NARROW: Final = "\u202f"
_RULES: Final = (
    (re.compile(r"(?<=\S) (?=:(?:\s|$))"), _WIDE),
    (re.compile(r"(?<=\S) (?=[;!?](?:\s|$|[»)]))"), _NARROW),
    (re.compile("(?<=«) | (?=»)"), _WIDE),
)


def typeset(text: str, lang: str) -> str:
    """A text with the blanks that its language wants.

    >>> typeset("Attendu : « oui » ?", "fr")
    'Attendu\\xa0: «\\xa0oui\\xa0»\\u202f?'
    >>> typeset("a : b", "en")
    'a : b'
    """
    if lang == "fr":
        for pattern, blank in _RULES:
            text = pattern.sub(blank, text)
    return text
