"""Numbers of registers in their right form: enterprise, VAT and establishment numbers, ROR, ISNI.

In: a `Problem` under one of these properties. Out: a `Repair`, only when the check digits of the form are right.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final

from pyoxigraph import Literal

from wallograph.iris import rebase_iri
from wallograph.model import Repair
from wallograph.validate.handed import Problem
from wallograph.validate.repairs.messages import messages
from wallograph.vocab import ENTERPRISE_NUMBER, ESTABLISHMENT_NUMBER, ISNI, ROR_ID, VAT_ID

_SIGNS: Final = re.compile(r"[\s.\-–/_\u00a0\u202f]+")
_ROR_DIGITS: Final = "0123456789abcdefghjkmnpqrstvwxyz"
_LONGEST: Final = 80


def identifiers(problem: Problem) -> Iterator[Repair]:
    """The same number as its register writes it."""
    for path, (code, normal) in _NORMAL.items():
        if problem.path != rebase_iri(path, problem.nearby.base) or len(problem.text) > _LONGEST:
            continue
        value = normal(problem.text)
        term = Literal(value or "")
        if value and (term != problem.term) and problem.facts.allows(term):
            yield Repair(code, value, messages(code, value), problem.edit(term), sure=True)


def enterprise_number(text: str) -> str:
    """Ten digits of a Belgian enterprise number; empty when its check digits are wrong.

    >>> enterprise_number("BE 200.000.043")
    '0200000043'
    """
    digits = _digits(text, "BE", "TVA", "BTW")
    digits = "0" + digits if len(digits) == 9 else digits
    return digits if re.fullmatch(r"[01]\d{9}", digits) and _mod_97(digits) else ""


def vat_number(text: str) -> str:
    """`BE` and ten digits; empty when the check digits are wrong."""
    digits = enterprise_number(text)
    return "BE" + digits if digits else ""


def establishment_number(text: str) -> str:
    """Ten digits of a Belgian establishment unit; empty when its check digits are wrong."""
    digits = _digits(text, "BE")
    return digits if re.fullmatch(r"[2-8]\d{9}", digits) and _mod_97(digits) else ""


def ror_id(text: str) -> str:
    """The nine characters of a ROR identifier; empty when its checksum is wrong.

    >>> ror_id("https://ror.org/00AFP2Z80")
    '00afp2z80'
    """
    plain = re.sub(r"^(https?://)?(www\.)?(ror\.org/|ror:)", "", text.strip().lower()).strip("/ ")
    if not re.fullmatch(r"0[0-9a-hj-km-np-tv-z]{6}\d{2}", plain):
        return ""
    number = 0
    for character in plain[:7]:
        number = number * 32 + _ROR_DIGITS.index(character)
    return plain if 98 - (number * 100) % 97 == int(plain[7:]) else ""


def isni(text: str) -> str:
    """The sixteen characters of an ISNI; empty when its check character is wrong.

    >>> isni("https://isni.org/isni/0000 0001 2156 142X")
    '000000012156142X'
    """
    plain = re.sub(r"^(https?://)?(www\.)?isni\.org/(isni/)?", "", text.strip().lower())
    plain = _SIGNS.sub("", plain.removeprefix("isni").strip(": ")).upper()
    if not re.fullmatch(r"\d{15}[\dX]", plain):
        return ""
    total = 0
    for digit in plain[:15]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    return plain if plain[15] == ("X" if check == 10 else str(check)) else ""


def _digits(text: str, *prefixes: str) -> str:
    plain = _SIGNS.sub("", text.strip().upper()).strip(":")
    for prefix in (*prefixes, *prefixes):
        plain = plain.removeprefix(prefix).strip(":")
    return plain if plain.isascii() and plain.isdigit() else ""


def _mod_97(digits: str) -> bool:
    return 97 - int(digits[:8]) % 97 == int(digits[8:])


_NORMAL: Final[dict[str, tuple[str, Callable[[str], str]]]] = {
    ENTERPRISE_NUMBER: ("enterprise-number", enterprise_number),
    VAT_ID: ("vat-number", vat_number),
    ESTABLISHMENT_NUMBER: ("establishment-number", establishment_number),
    ROR_ID: ("ror-id", ror_id),
    ISNI: ("isni", isni),
}
