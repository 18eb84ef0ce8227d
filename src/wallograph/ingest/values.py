"""Cells become values: years, numbers, codes, addresses, enterprise numbers.

In: the text of a cell. Out: a `Value`, or the code of the finding that says why not.
"""

import re
from decimal import Decimal, InvalidOperation

from wallograph import vocab
from wallograph.model import Value


def year(text: str) -> Value | str:
    """A year of four digits as xsd:gYear.

    >>> year("2015").text
    '2015'
    >>> year("soon")
    'not-a-year'
    """
    return Value("literal", text, vocab.XSD + "gYear") if re.fullmatch(r"\d{4}", text) else "not-a-year"


def integer(text: str) -> Value | str:
    """A whole number as xsd:integer; blanks and dots between thousands are allowed."""
    digits = re.sub(r"(?<=\d)[ .](?=\d{3}\b)", "", text)
    return Value("literal", str(int(digits)), vocab.XSD + "integer") if re.fullmatch(r"\d+", digits) else "not-a-number"


def decimal(text: str) -> Value | str:
    """A number as xsd:decimal in its canonical form (XML Schema 3.2.3.2, without a trailing `.0`)."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return "not-a-number"
    return Value("literal", canonical_decimal(number), vocab.XSD + "decimal")


def canonical_decimal(number: Decimal) -> str:
    """The shortest plain form of a decimal.

    >>> canonical_decimal(Decimal("13300000.0"))
    '13300000'
    """
    plain = format(number.normalize(), "f")
    return "0" if plain in ("-0", "0") else plain


def boolean(text: str) -> Value | str:
    """`yes` or `no` as xsd:boolean."""
    known = {"yes": "true", "no": "false"}
    return Value("literal", known[text], vocab.XSD + "boolean") if text in known else "unknown-code"


def text(content: str, lang: str = "") -> Value:
    """A plain or language-tagged literal."""
    return Value("literal", content, "", lang)


def website(address: str) -> Value | str:
    """An absolute http(s) address as an IRI."""
    if re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+\.[^\s<>\"{}|\\^`]+", address):
        return Value("iri", address)
    return "not-an-address"


def enterprise_number(written: str) -> Value | str:
    """An enterprise number as ten digits: the last two are 97 minus the first eight modulo 97.

    >>> enterprise_number("0535.841.064").text
    '0535841064'
    """
    digits = re.sub(r"[ .]", "", written.removeprefix("BE"))
    if re.fullmatch(r"[01]\d{9}", digits) and 97 - int(digits[:8]) % 97 == int(digits[8:]):
        return Value("literal", digits)
    return "wrong-enterprise-number"
