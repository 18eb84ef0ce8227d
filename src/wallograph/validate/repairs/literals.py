"""Numbers and yes or no as people write them, and literals whose datatype is missing or wrong.

In: a `Problem`. Out: the literal in its canonical form; sure, unless a separator can be read in two ways.
"""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Final

from pyoxigraph import Literal, NamedNode

from wallograph.model import Repair
from wallograph.validate.handed import Problem
from wallograph.validate.repairs.messages import messages
from wallograph.vocab import XSD

_YES: Final = frozenset(["1", "yes", "y", "true", "vrai", "oui", "o", "ja", "j", "waar", "wahr", "x"])
_NO: Final = frozenset(["0", "no", "n", "false", "faux", "non", "nee", "nein", "onwaar", "falsch"])
_UNITS: Final = re.compile(r"(?i)^(?:€|eur(?:os?)?|%)\s*|\s*(?:€|eur(?:os?)?|,-|\.-|%)$")
_SPACES: Final = re.compile(r"[\s'’\u00a0\u202f\u2009]+")
_LONGEST: Final = 60


def literals(problem: Problem) -> Iterator[Repair]:
    """The literal of the expected datatype that says the same."""
    term, wanted = problem.term, problem.facts.datatype
    if not isinstance(term, Literal) or not wanted or len(term.value) > _LONGEST or term.language:
        return
    kind = wanted.removeprefix(XSD)
    text, code, sure = term.value.strip(), "datatype", True
    if kind in ("decimal", "integer"):
        text, sure = plain_number(text, whole=kind == "integer")
        code = "number" if text != term.value else "datatype"
    elif kind == "boolean":
        text = boolean(text)
        code = "boolean" if text != term.value else "datatype"
    elif kind not in ("gYear", "gYearMonth", "date", "string", "anyURI"):
        return
    right = Literal(text, datatype=NamedNode(wanted))
    if text and right != term and problem.facts.allows(right) and _well_formed(text, kind):
        yield Repair(code, text, messages(code, text, old=term.value), problem.edit(right), sure=sure)


def plain_number(text: str, *, whole: bool = False) -> tuple[str, bool]:
    """A number in its plain form, and whether it can be read in one way only; empty when it is none.

    >>> plain_number("4 659 133 €")
    ('4659133', True)
    >>> plain_number("50,63")
    ('50.63', True)
    >>> plain_number("1.250")
    ('1.250', False)
    """
    bare = _SPACES.sub("", _UNITS.sub("", text.strip()))
    sure = True
    if re.fullmatch(r"[+-]?\d{1,3}([.,])\d{3}(?:\1\d{3})+", bare):
        bare = re.sub(r"[.,]", "", bare)  # 1.250.000: one sign several times only parts thousands
    elif re.fullmatch(r"[+-]?\d{1,3}(?:\.\d{3})+,\d+", bare):
        bare = bare.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"[+-]?\d{1,3}(?:,\d{3})+\.\d+", bare):
        bare = bare.replace(",", "")
    elif re.fullmatch(r"[+-]?[1-9]\d{0,2}[.,]\d{3}", bare):
        bare, sure = (re.sub(r"[.,]", "", bare) if whole else bare.replace(",", ".")), False
    else:
        bare = bare.replace(",", ".") if bare.count(",") == 1 and "." not in bare else bare
    try:
        number = Decimal(bare)
    except InvalidOperation:
        return "", False
    if not number.is_finite() or (whole and number != number.to_integral_value()):
        return "", False
    if whole:
        return str(int(number)), sure
    plain = format(number, "f").removeprefix("+")
    return plain, sure


def boolean(text: str) -> str:
    """`true` or `false` for the words of four languages; empty for any other."""
    word = text.strip().casefold()
    return "true" if word in _YES else "false" if word in _NO else ""


def _well_formed(text: str, kind: str) -> bool:
    forms = {
        "gYear": r"-?\d{4,}", "gYearMonth": r"-?\d{4,}-\d{2}", "date": r"-?\d{4,}-\d{2}-\d{2}",
        "boolean": "true|false", "integer": r"[+-]?\d+", "decimal": r"[+-]?(\d+(\.\d*)?|\.\d+)",
    }  # fmt: skip
    return kind not in forms or re.fullmatch(forms[kind], text) is not None
