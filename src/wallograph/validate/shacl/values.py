"""Literals: whether a lexical form fits its datatype, and how two literals compare.

In: pyoxigraph terms. Out: booleans, or -1, 0, 1 and None for "cannot be compared". Comparison is that of SPARQL's `<`,
with dates, times and years added; a time with a time zone and one without compare only when they are more than
fourteen hours apart (XSD 1.1).
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from pyoxigraph import Literal

from wallograph.vocab import XSD

STRING: Final = XSD + "string"
_ZONE: Final = r"(?P<zone>Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)?"
_YEAR: Final = r"(?P<year>-?(?:[1-9]\d{3,}|0\d{3}))"
_CLOCK: Final = (
    r"(?:(?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d):(?P<second>[0-5]\d(?:\.\d+)?)|(?P<end>24:00:00(?:\.0+)?))"
)
_MONTH: Final = r"(?P<month>0[1-9]|1[0-2])"
_DAY: Final = r"(?P<day>0[1-9]|[12]\d|3[01])"
_INTEGER: Final = r"[+-]?\d+"
_DURATION_DAY: Final = r"(?P<days>\d+D)?"
_DURATION_TIME: Final = r"(?P<T>T(?=\d)(?P<hours>\d+H)?(?P<minutes>\d+M)?(?P<seconds>\d+(?:\.\d+)?S)?)?"
_FORMS: Final = {
    "boolean": "true|false|1|0",
    "decimal": r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)",
    "double": r"[+-]?(?:(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|INF)|NaN",
    "float": r"[+-]?(?:(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|INF)|NaN",
    "date": f"{_YEAR}-{_MONTH}-{_DAY}{_ZONE}",
    "dateTime": f"{_YEAR}-{_MONTH}-{_DAY}T{_CLOCK}{_ZONE}",
    "dateTimeStamp": f"{_YEAR}-{_MONTH}-{_DAY}T{_CLOCK}{_ZONE.removesuffix('?')}",
    "time": f"{_CLOCK}{_ZONE}",
    "gYear": f"{_YEAR}{_ZONE}",
    "gYearMonth": f"{_YEAR}-{_MONTH}{_ZONE}",
    "gMonth": f"--{_MONTH}{_ZONE}",
    "gDay": f"---{_DAY}{_ZONE}",
    "gMonthDay": f"--{_MONTH}-{_DAY}{_ZONE}",
    "duration": rf"-?P(?=.)(?P<years>\d+Y)?(?P<months>\d+M)?{_DURATION_DAY}{_DURATION_TIME}",
    "dayTimeDuration": rf"(?P<sign>-?)P(?=.){_DURATION_DAY}{_DURATION_TIME}",
    "yearMonthDuration": r"(?P<sign>-?)P(?=.)(?P<years>\d+Y)?(?P<months>\d+M)?",
    "hexBinary": "(?:[0-9a-fA-F]{2})*",
    "base64Binary": r"(?:(?:[A-Za-z0-9+/] ?){4})*"
                    r"(?:(?:[A-Za-z0-9+/] ?){2}[AEIMQUYcgkosw048] ?=|(?:[A-Za-z0-9+/] ?)[AQgw] ?= ?=)?",
    "language": "[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*",
    "normalizedString": r"[^\t\r\n]*",
    "token": r"(?:[^\s]+(?: [^\s]+)*)?",
    "Name": r"[^\W\d.\-·][\w.\-·:]*|[:_][\w.\-·:]*",
    "NCName": r"(?:[^\W\d]|_)[\w.\-·]*",
    "NMTOKEN": r"[\w.\-·:]+",
}  # fmt: skip
_BOUNDS: Final[dict[str, tuple[int | None, int | None]]] = {
    "integer": (None, None), "nonPositiveInteger": (None, 0), "negativeInteger": (None, -1),
    "nonNegativeInteger": (0, None), "positiveInteger": (1, None),
    **{name: (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1)
       for name, bits in (("long", 64), ("int", 32), ("short", 16), ("byte", 8))},
    **{name: (0, 2**bits - 1)
       for name, bits in (("unsignedLong", 64), ("unsignedInt", 32), ("unsignedShort", 16), ("unsignedByte", 8))},
}  # fmt: skip
_FORM_COUNTS: Final = frozenset({
    "boolean", "decimal", "double", "float", "date", "dateTime", "time", "duration", "dayTimeDuration",
    "yearMonthDuration", "hexBinary",
})  # fmt: skip
_UNICODE: Final = frozenset({"Name", "NCName", "NMTOKEN"})
_COMPILED: Final = {
    XSD + name: re.compile(form, 0 if name in _UNICODE else re.ASCII) for name, form in _FORMS.items()
}
_WHOLE: Final = re.compile(_INTEGER, re.ASCII)
_REAL: Final = frozenset(XSD + name for name in ("double", "float"))
_NUMBERS: Final = frozenset({XSD + "decimal", *_REAL, *(XSD + name for name in _BOUNDS)})
_SHORT: Final = 200
_LONG: Final = 4000  # digits beyond which Python makes no number: such a number has no order here
_FOURTEEN_HOURS: Final = 14 * 3600


def well_formed(value: str, datatype: str) -> bool:
    """Whether a lexical form belongs to its datatype; datatypes that are not of XSD accept every form."""
    if len(value) > _SHORT:  # not kept: somebody else's long texts would fill the memory
        return _well_formed.__wrapped__(value, datatype)
    return _well_formed(value, datatype)


@lru_cache(maxsize=4096)
def _well_formed(value: str, datatype: str) -> bool:
    bounds = _BOUNDS.get(datatype.removeprefix(XSD))
    if bounds is not None and datatype.startswith(XSD):
        if not _WHOLE.fullmatch(value):
            return False
        number = Decimal(value)
        return (bounds[0] is None or number >= bounds[0]) and (bounds[1] is None or number <= bounds[1])
    form = _COMPILED.get(datatype)
    if form is None:
        return True
    found = form.fullmatch(value)
    if found is None:
        return False
    parts = found.groupdict()
    if parts.get("day") and parts.get("month"):
        year = (parts.get("year") or "4")[-4:]  # leap years repeat every 400 years
        return int(parts["day"]) <= _days(int(year.lstrip("-")), int(parts["month"]))
    return True


def form_counts(datatype: str) -> bool:
    """Whether sh:datatype looks at the lexical form.

    The specification asks it of the datatypes of SPARQL 1.1; pySHACL, which reports are compared with, adds dates,
    times, durations and hexBinary. Of a year or a language tag only the datatype counts: a sh:pattern says more.
    """
    name = datatype.removeprefix(XSD)
    return datatype.startswith(XSD) and (name in _BOUNDS or name in _FORM_COUNTS)


def compare(left: object, right: object) -> int | None:
    """-1, 0 or 1; None when the two have no order."""
    if not (isinstance(left, Literal) and isinstance(right, Literal)):
        return None
    first, second = sortable(left), sortable(right)
    if first is None or second is None or first[0] != second[0]:
        return None
    a, b = first[1], second[1]
    if a != a or b != b:  # NaN
        return None
    if first[2] != second[2]:  # one has a time zone, the other has none
        return -1 if a < b - _FOURTEEN_HOURS else 1 if a > b + _FOURTEEN_HOURS else None
    return -1 if a < b else 1 if a > b else 0


@lru_cache(maxsize=4096)
def _parsed(value: str, datatype: str) -> tuple[str, Any, bool] | None:
    if not well_formed(value, datatype):
        return None
    if datatype in _NUMBERS:
        return "number", _number(value, datatype), False
    name = datatype.removeprefix(XSD)
    if name == "string":
        return "string", value, False
    if name == "boolean":
        return "boolean", value in ("true", "1"), False
    reader = _READERS.get(name)
    if reader is None:
        return None
    parts = _COMPILED[datatype].fullmatch(value)
    assert parts is not None
    said = parts.groupdict()
    return name.removesuffix("Stamp"), reader(said), bool(said.get("zone"))


def sortable(literal: Literal) -> tuple[str, Any, bool] | None:
    """(kind, value, has a time zone) of a literal that has an order; None for the others."""
    if literal.language is not None:
        return None
    if len(literal.value) > _SHORT:
        long = len(literal.value) > _LONG and literal.datatype.value != STRING
        return None if long else _parsed.__wrapped__(literal.value, literal.datatype.value)
    return _parsed(literal.value, literal.datatype.value)


def _number(value: str, datatype: str) -> Any:
    if datatype in _REAL:
        return float(value)
    return Decimal(value)


def _days(year: int, month: int) -> int:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


def _moment(said: dict[str, str | None]) -> Decimal:
    """Seconds on one line of time. What a form leaves out is the first of it; years outside Python's are shifted."""
    year = int(said.get("year") or 1972)
    shift, within = divmod(year - 1, 400)  # 400 years have always the same number of days
    day = date(within + 1, int(said.get("month") or 1), int(said.get("day") or 1)).toordinal() + shift * 146_097
    seconds = Decimal(day * 86_400)
    if said.get("end"):
        seconds += 86_400
    else:
        seconds += int(said.get("hour") or 0) * 3600 + int(said.get("minute") or 0) * 60
        seconds += Decimal(said.get("second") or 0)
    zone = said.get("zone")
    if zone and zone != "Z":
        hours, minutes = zone[1:].split(":")
        offset = int(timedelta(hours=int(hours), minutes=int(minutes)).total_seconds())
        seconds -= offset if zone[0] == "+" else -offset
    return seconds


def _elapsed(said: dict[str, str | None]) -> Decimal:
    total = Decimal(0)
    for name, size in (("days", 86_400), ("hours", 3600), ("minutes", 60), ("seconds", 1)):
        total += Decimal((said.get(name) or "0 ")[:-1]) * size
    return -total if said["sign"] else total


def _months(said: dict[str, str | None]) -> int:
    total = int((said.get("years") or "0 ")[:-1]) * 12 + int((said.get("months") or "0 ")[:-1])
    return -total if said["sign"] else total


_READERS: Final[dict[str, Callable[[dict[str, str | None]], Any]]] = {
    **dict.fromkeys(("date", "dateTime", "dateTimeStamp", "time", "gYear", "gYearMonth"), _moment),
    "dayTimeDuration": _elapsed,
    "yearMonthDuration": _months,
}
