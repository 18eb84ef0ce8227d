"""Dates as people write them, in the form that the field asks for.

In: a `Problem` whose value should be a year, a month or a day. Out: a `Repair`; sure when it can be read in one way.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from pyoxigraph import Literal, NamedNode

from wallograph.model import Repair
from wallograph.validate.handed import Problem
from wallograph.validate.repairs.messages import messages
from wallograph.vocab import XSD

_KINDS: Final = {XSD + "gYear": "year", XSD + "gYearMonth": "date", XSD + "date": "date"}
_MONTHS: Final = tuple(
    frozenset(names.split())
    for names in (
        "janvier januari januar january jan", "fevrier februari februar february feb fev",
        "mars maart marz maerz march mar mrt", "avril april apr avr", "mai mei may", "juin juni june jun",
        "juillet juli july jul", "aout augustus august aug", "septembre september sep sept",
        "octobre oktober october okt oct", "novembre november nov", "decembre december dezember dec dez",
    )
)  # fmt: skip
_LONGEST: Final = 60


class Written(NamedTuple):
    """What a date says: month and day are 0 when they are not told; `sure` when there is one reading only."""

    year: int
    month: int = 0
    day: int = 0
    sure: bool = True


def dates(problem: Problem) -> Iterator[Repair]:
    """The year, month or day that a date says."""
    wanted, term = problem.facts.datatype, problem.term
    if wanted not in _KINDS or not isinstance(term, Literal) or len(term.value) > _LONGEST:
        return
    written = read(term.value)
    if written is None:
        return
    text = f"{written.year:04d}"
    sure = written.sure
    if wanted == XSD + "gYear":
        sure = True  # the order of day and month does not touch the year
    elif wanted == XSD + "gYearMonth":
        text = f"{text}-{written.month:02d}" if written.month else ""
    else:
        text = f"{text}-{written.month:02d}-{written.day:02d}" if written.day else ""
    right = Literal(text, datatype=NamedNode(wanted))
    if text and right != term and problem.facts.allows(right):
        code = _KINDS[wanted]
        yield Repair(code, text, messages(code, text, old=term.value), problem.edit(right), sure=sure)


def read(text: str) -> Written | None:
    """Read a date in the habits of four languages; day before month, as in Belgium.

    >>> read("12/03/2019")
    Written(year=2019, month=3, day=12, sure=False)
    >>> read("25 décembre 2019")
    Written(year=2019, month=12, day=25, sure=True)
    >>> read("circa 2019") is None
    True
    """
    plain = unicodedata.normalize("NFKD", text.strip().casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    if found := re.fullmatch(r"(\d{4})(?:\.0+)?", plain):
        return Written(int(found[1]))
    if found := re.fullmatch(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?:[t ][\d:.z+-]*)?", plain):
        return _valid(int(found[1]), int(found[2]), int(found[3] or 0), sure=True)
    if found := re.fullmatch(r"(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+(\d{4})", plain):
        first, second, year = int(found[1]), int(found[2]), int(found[3])
        if second > 12 >= first:
            return _valid(year, first, second, sure=True)
        return _valid(year, second, first, sure=first > 12 or first == second)
    if found := re.fullmatch(r"(\d{1,2})[-/.](\d{4})", plain):
        return _valid(int(found[2]), int(found[1]), 0, sure=True)
    if found := re.fullmatch(r"(?:(\d{1,2})(?:er|e|st|nd|rd|th|\.)?[ -])?([a-z]+)\.?[ -](\d{4})", plain):
        month = next((i for i, names in enumerate(_MONTHS, 1) if found[2] in names), 0)
        return _valid(int(found[3]), month, int(found[1] or 0), sure=True) if month else None
    return None


def _valid(year: int, month: int, day: int, *, sure: bool) -> Written | None:
    try:
        date(year, month, day or 1)
    except ValueError:
        return None
    return Written(year, month, day, sure)
