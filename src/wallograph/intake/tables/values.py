"""Values as people write them: numbers, years and dates, yes and no, addresses, numbers of registers.

In: the text of a cell (or the typed value of a spreadsheet). Out: the plain form, and whether another reading would
have been possible; None when it is not understood. Nothing here knows fields or files.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Final

from wallograph.intake.tables.headers import fold

NOTHING: Final = frozenset(
    {"", "-", "--", "–", "—", "/", "?", ".", "n/a", "na", "n.a.", "nc", "n.c.", "nihil", "néant", "inconnu", "inconnue",
     "onbekend", "unbekannt", "unknown", "null", "none", "#n/a", "#value!", "#ref!", "#name?", "#div/0!", "#null!",
     "k.a.", "nvt", "n.v.t.", "s/o", "sans objet"}
)  # fmt: skip
_YES: Final = frozenset(
    ("oui", "o", "ja", "j", "yes", "y", "vrai", "waar", "wahr", "true", "x", "v", "1", "ok", "✓", "✔", "☑")
)
_NO: Final = frozenset(("non", "nee", "nein", "no", "n", "faux", "onwaar", "falsch", "false", "0", "✗", "✘", "☐"))
_MONTHS: Final[dict[str, int]] = {
    word: number
    for number, words in enumerate(
        (
            "janvier januari januar january jan janv janner",
            "fevrier februari februar february feb fev fevr",
            "mars maart marz march mar mrt",
            "avril april apr avr",
            "mai mei may",
            "juin juni june jun",
            "juillet juli july jul juil",
            "aout augustus august aug",
            "septembre september sept sep",
            "octobre oktober october oct okt",
            "novembre november nov",
            "decembre dezember december dec dez",
        ),
        1,
    )
    for word in words.split()
}
_SCALES: Final = {
    "k": 3, "mille": 3, "duizend": 3, "tausend": 3, "thousand": 3, "m": 6, "mio": 6, "mln": 6, "mn": 6, "million": 6,
    "millions": 6, "miljoen": 6, "millionen": 6, "md": 9, "mrd": 9, "mia": 9, "milliard": 9, "milliards": 9,
    "miljard": 9, "milliarde": 9, "milliarden": 9, "bn": 9, "billion": 9,
}  # fmt: skip
_HOST: Final = re.compile(
    r"(?:[a-z0-9à-ÿ](?:[a-z0-9à-ÿ-]{0,61}[a-z0-9à-ÿ])?\.)+[a-z]{2,24}(?::\d{1,5})?(?:[/?#]\S*)?", re.IGNORECASE
)
_NUMBER: Final = re.compile(
    r"(?P<sign>[-+−]?)\s?(?:€|euros?|eur)?\s?(?P<digits>[0-9][0-9.,'’ ]*)(?P<rest>[^0-9]{0,40})", re.IGNORECASE
)
_UNITS: Final = frozenset(
    ("eur", "euro", "euros", "personnes", "personne", "pers", "employes", "etp", "vte", "fte", "personen",
     "medewerkers", "werknemers", "mitarbeiter", "employees", "people", "travailleurs", "chercheurs", "onderzoekers",
     "forscher")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Number:
    """A number, and the other number that the same text may mean."""

    value: Decimal
    other: Decimal | None = None


@dataclass(frozen=True, slots=True)
class When:
    """A year, with month and day when they were given."""

    year: int
    month: int | None = None
    day: int | None = None


def is_nothing(text: str) -> bool:
    """Whether a cell says in its way that there is nothing to say."""
    return text.strip().casefold() in NOTHING


def number(text: str, lang: str = "fr") -> Number | None:
    """A number with blanks, dots or commas between thousands, a currency, and k, M or millions.

    >>> number("4 659 133 €").value, number("1.234,5").value, number("12,5 k€").value
    (Decimal('4659133'), Decimal('1234.5'), Decimal('12500'))
    """
    plain = " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").replace("\u2009", " ").split())
    found = _NUMBER.fullmatch(plain) if len(plain) < 80 else None
    if found is None:
        return None
    scale = _scale(found["rest"])
    if scale is None:
        return None
    read = _digits(found["digits"].strip(), lang)
    if read is None:
        return None
    factor = Decimal(10) ** scale * (-1 if found["sign"] in "-−" and found["sign"] else 1)
    value, other = read
    if scale and other is not None:  # nobody writes 12,500 M€ for twelve and a half thousand millions
        value, other = min(value, other), None
    return Number(_trim(value * factor), None if other is None else _trim(other * factor))


def _trim(value: Decimal) -> Decimal:
    return Decimal(plain_number(value))


def _scale(rest: str) -> int | None:
    scale = 0
    for word in re.findall(r"[^\s€.()]+", fold_keep(rest)):
        word = word.removesuffix("eur") or "eur"
        if word in _SCALES and not scale:
            scale = _SCALES[word]
        elif word not in _UNITS:
            return None
    return scale


def fold_keep(text: str) -> str:
    """Folded as a header, without separate marks."""
    return fold(text.replace("€", " ")) if any(char.isalpha() for char in text) else re.sub(r"[\s€]", "", text)


def _digits(text: str, lang: str) -> tuple[Decimal, Decimal | None] | None:
    """The number of digits and separators, and the other reading of one separator before three digits."""
    text = re.sub(r"(?<=\d)['’ ](?=\d{3}(?!\d))", "", text.rstrip(",. "))
    if re.fullmatch(r"\d+", text):
        return Decimal(text), None
    one = re.fullmatch(r"(\d+)([.,])(\d+)", text)
    if one:
        as_decimal = Decimal(f"{one[1]}.{one[3]}")
        if len(one[3]) == 3 and len(one[1]) <= 3 and not one[1].startswith("0"):
            as_thousands = Decimal(one[1] + one[3])
            point = "." if lang == "en" else ","
            return (as_decimal, as_thousands) if one[2] == point and lang == "en" else (as_thousands, as_decimal)
        return as_decimal, None
    for thousands, point in ((".", ","), (",", ".")):
        whole = rf"\d{{1,3}}(?:{re.escape(thousands)}\d{{3}})+"
        if re.fullmatch(rf"{whole}(?:{re.escape(point)}\d+)?", text):
            return Decimal(text.replace(thousands, "").replace(point, ".")), None
    return None


def plain_number(value: Decimal) -> str:
    """The shortest plain form of a number.

    >>> plain_number(Decimal("12500.0"))
    '12500'
    """
    try:
        plain = format(value.normalize(), "f")
    except InvalidOperation:
        return format(value, "f")
    return "0" if plain in ("-0", "0") else plain


def when(text: str) -> When | None:
    """A year, a month or a day in the habits of the four languages: day before month.

    >>> when("12/03/2019"), when("maart 2019").month, when("2019-03-12").day
    (When(year=2019, month=3, day=12), 3, 12)
    """
    text = text.strip()
    if found := re.fullmatch(r"(\d{4})(?:[.,]0+)?", text):
        return When(int(found[1]))
    if found := re.fullmatch(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?:[T ]\d{1,2}:\d{2}\S{0,20})?", text):
        return _when(found[1], found[2], found[3])
    if found := re.fullmatch(r"(\d{1,2})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{4})(?: \d{1,2}:\d{2}\S{0,20})?", text):
        return _when(found[3], found[2], found[1]) or _when(found[3], found[1], found[2])
    if found := re.fullmatch(r"(\d{1,2})[-/.](\d{4})", text):
        return _when(found[2], found[1], None)
    return _in_words(text)


def _in_words(text: str) -> When | None:
    if len(text) > 60:
        return None
    words = fold(text).split()
    years = [word for word in words if re.fullmatch(r"\d{4}", word)]
    months = [_MONTHS[word] for word in words if word in _MONTHS]
    days = [found[1] for word in words if (found := re.fullmatch(r"(\d{1,2})(?:er|e|st|nd|rd|th)?", word))]
    rest = [
        word
        for word in words
        if word not in years
        and word not in _MONTHS
        and not re.fullmatch(r"(\d{1,2})(?:er|e|st|nd|rd|th)?", word)
        and word not in {"le", "de", "den", "der", "of", "in", "en", "im", "depuis", "sinds", "seit", "since", "lundi"}
    ]
    if len(years) != 1 or len(months) > 1 or len(days) > 1 or rest or (days and not months):
        return None
    return _when(years[0], str(months[0]) if months else None, days[0] if days else None)


def _when(year: str, month: str | None, day: str | None) -> When | None:
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return When(int(year), int(month) if month else None, int(day) if day else None)


def native_when(value: object) -> When | None:
    """The date of a typed cell, or a year typed as a number."""
    if isinstance(value, datetime | date):
        return When(value.year, value.month, value.day)
    if isinstance(value, int | float) and not isinstance(value, bool) and value == value and 1000 <= value <= 9999:
        return When(int(value)) if float(value).is_integer() else None
    return None


def yes_or_no(text: str) -> bool | None:
    """Yes or no in four languages, or a tick.

    >>> yes_or_no("Oui"), yes_or_no("nee"), yes_or_no("peut-être")
    (True, False, None)
    """
    word = text.strip().casefold().rstrip(".!")
    return True if word in _YES else False if word in _NO else None


def address(text: str) -> str | None:
    """An absolute http(s) address, completed with http:// where the scheme is missing.

    >>> address("www.unamur.be"), address("not an address")
    ('http://www.unamur.be', None)
    """
    text = text.strip().strip("<>")
    if re.match(r"(?i)https?:/?/?", text):
        text = re.sub(r"(?i)^(https?):/{0,3}", lambda found: found[1].lower() + "://", text)
    elif len(text) < 2000 and _HOST.fullmatch(text):
        text = "http://" + text
    else:
        return None
    if not re.fullmatch(r"https?://[^\s/?#@<>\"{}|\\^`]+\.[^\s/?#@<>\"{}|\\^`]+(?:[/?#][^\s<>\"{}|\\^`]*)?", text):
        return None
    return text


def register_number(key: str, text: str) -> str:
    """The plain form of a number of a register; the text itself when it is none (the rules judge it then).

    >>> register_number("enterprise-number", "BE 0417.497.106"), register_number("ror-id", "https://ror.org/03d1maw17")
    ('0417497106', '03d1maw17')
    """
    text = text.strip()
    if key == "ror-id":
        return re.sub(r"^(?:https?://)?(?:www\.)?ror\.org/", "", text, flags=re.IGNORECASE).strip("/ ").lower()
    if key == "isni":
        bare = re.sub(r"^(?:https?://)?(?:www\.)?isni\.org/(?:isni/)?|^isni:?", "", text, flags=re.IGNORECASE)
        bare = re.sub(r"[\s-]", "", bare).upper()
        return bare if re.fullmatch(r"[0-9]{15}[0-9X]", bare) else text
    bare = re.sub(r"[\s./-]", "", re.sub(r"^(?:(?:tva|btw|mwst|vat|bce|kbo)\s*:?\s*)?(?:be)?", "", text, flags=re.I))
    if not re.fullmatch(r"[0-9]{9,10}", bare):
        return text
    if len(bare) == 9 and key != "establishment-number":
        bare = "0" + bare  # as they were written before 2005, and as a spreadsheet's number loses its zero
    return "BE" + bare if key == "vat-id" else bare
