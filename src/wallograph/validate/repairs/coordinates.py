"""Latitude and longitude that stand in each other's place.

In: a `Problem` under one of the two. Out: one `Repair` of both values; sure, since in Belgium the two never overlap.
"""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Final

from pyoxigraph import Literal, NamedNode

from wallograph.model import Edit, Repair
from wallograph.validate.handed import Problem
from wallograph.validate.repairs.messages import messages
from wallograph.vocab import LATITUDE, LONGITUDE, XSD

_DECIMAL: Final = NamedNode(XSD + "decimal")
_LATITUDES: Final = (Decimal("49.4"), Decimal("51.6"))
_LONGITUDES: Final = (Decimal("2.5"), Decimal("6.5"))


def coordinates(problem: Problem) -> Iterator[Repair]:
    """Both values swapped, when each fits the other's range."""
    if problem.path not in (LATITUDE, LONGITUDE):
        return
    handed, subject = problem.handed, problem.subject
    latitudes, longitudes = handed.values(subject, LATITUDE), handed.values(subject, LONGITUDE)
    if len(latitudes) != 1 or len(longitudes) != 1:
        return
    latitude, longitude = _number(longitudes[0].value), _number(latitudes[0].value)
    if latitude is None or longitude is None:
        return
    if not (_LATITUDES[0] <= latitude <= _LATITUDES[1] and _LONGITUDES[0] <= longitude <= _LONGITUDES[1]):
        return
    edits: list[Edit] = []
    for path, old, new in ((LATITUDE, latitudes[0], latitude), (LONGITUDE, longitudes[0], longitude)):
        place = handed.where(subject, path, str(old))
        edits += problem.edit(Literal(format(new, "f"), datatype=_DECIMAL), place)
    value = f"{latitude}, {longitude}"
    said = messages("swapped-coordinates", value)
    yield Repair("swapped-coordinates", value, said, tuple(edits) if len(edits) == 2 else (), sure=True)


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
