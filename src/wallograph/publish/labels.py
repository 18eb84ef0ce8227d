"""Labels in the visitor's language.

In: literals with their language tags. Out: the one to show, and whether it had to fall back (fr, en, nl,
de), so that the page can mark the language of what it shows.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

FALLBACK: Final = ("fr", "en", "nl", "de")


@dataclass(frozen=True, slots=True)
class Label:
    """A text, its language ("" when it has none) and whether another language than the visitor's is shown."""

    text: str
    lang: str = ""
    fallback: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """A thing as a page names it. `href` is None when nothing safe can be linked to; `kind` is a short word."""

    iri: str
    text: str
    lang: str = ""
    fallback: bool = False
    href: str | None = None
    external: bool = False
    kind: str = ""


def choose(candidates: Iterable[tuple[str, str]], lang: str) -> Label | None:
    """Choose among (text, language): the visitor's language, then no language, then the fallbacks.

    >>> choose([("Liège", "fr"), ("Luik", "nl")], "nl")
    Label(text='Luik', lang='nl', fallback=False)
    >>> choose([("Liège", "fr"), ("Luik", "nl")], "de")
    Label(text='Liège', lang='fr', fallback=True)
    """
    by_lang: dict[str, str] = {}
    for text, tag in sorted(candidates):
        by_lang.setdefault(tag.split("-")[0].lower(), text)
    for tag in (lang, "", *FALLBACK, *sorted(by_lang)):
        if tag in by_lang:
            return Label(by_lang[tag], tag, fallback=bool(tag) and tag != lang)
    return None


def sort_key(text: str) -> tuple[str, str]:
    """A key that sorts names without regard to accents and case.

    >>> sorted(["Zède", "école", "Eau"], key=sort_key)
    ['Eau', 'école', 'Zède']
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c)), text
