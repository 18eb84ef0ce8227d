r"""Negotiation as patterns, for servers that know no other way: a header's ranges come in, patterns go out.

Each range of a header is given a letter for its weight: `a` for 1, `b` for 0.9 … `j` for 0.1, `k` for less, `z` for
nothing. A more specific range comes before a wider one. The letters of what is offered, in the order of preference,
make a word; the first of its smallest letters is the choice. So weights count by their first decimal: 0.95 and 0.9 are
the same, and what is offered first wins. That is all that is lost.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

LETTERS: Final = "abcdefghijk"
NOTHING: Final = "z"
_BLANK: Final = r"[ \t]*"
_OTHERS: Final = rf"(?:;(?!{_BLANK}q{_BLANK}=)[^,;]*)*"  # parameters that are no weight
_END: Final = rf"{_BLANK}(?:[,;]|$)"
_Q: Final = rf";{_BLANK}q{_BLANK}={_BLANK}"
_WEIGHTS: Final = (
    ("a", r"1(?:\.0{0,3})?"),
    *((letter, rf"0\.{9 - place}[0-9]{{0,2}}") for place, letter in enumerate("bcdefghij")),
    ("k", r"0\.0(?:0[1-9]|[1-9][0-9]?)"),
    (NOTHING, r"0(?:\.0{0,3})?"),
)


def weights(pattern: str) -> list[tuple[str, str]]:
    """The patterns that give a range its letter, with that letter; the range is a pattern itself."""
    begin = rf"(?:^|,){_BLANK}{pattern}{_BLANK}{_OTHERS}"
    return [(rf"{begin}(?:,|$)", "a"), *((rf"{begin}{_Q}{weight}{_END}", letter) for letter, weight in _WEIGHTS)]


def media_ranges(media_type: str) -> Iterator[tuple[str, str]]:
    """The ranges that speak of a media type, the widest first: a name for each, and its pattern."""
    main = media_type.partition("/")[0]
    yield "any", r"\*/\*"
    yield f"all_{main}", rf"{re.escape(main)}/\*"
    yield variable(media_type), re.escape(media_type).replace("\\-", "-")


def language_ranges(lang: str) -> Iterator[tuple[str, str]]:
    """The same for a language: `*`, then `fr-BE`, then `fr`."""
    yield "any", r"\*"
    yield f"{lang}_longer", rf"{lang}-[A-Za-z0-9-]+"
    yield lang, lang


def variable(media_type: str) -> str:
    """A media type as part of the name of a variable.

    >>> variable("application/ld+json")
    'application_ld_json'
    """
    return re.sub(r"[^a-z0-9]", "_", media_type)


def choices(offers: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The patterns over the word of letters, with the offer that each chooses; the first that fits decides."""
    for letter in LETTERS:
        for place, offer in enumerate(offers):
            yield "^" + "." * place + letter, offer
