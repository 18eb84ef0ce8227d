"""Lexical forms of datatypes, and the order of literals."""

import pytest
from pyoxigraph import Literal, NamedNode

from wallograph.validate.shacl.values import compare, well_formed
from wallograph.vocab import XSD

FORMS = [
    ("2024-02-29", "date", True), ("2023-02-29", "date", False), ("24:00:00", "time", True), ("300", "byte", False),
    ("1e3", "decimal", False), ("+1.", "decimal", True), ("INF", "double", True), ("P", "duration", False),
    ("PT1H", "dayTimeDuration", True), ("2024-01-01T10:00:00", "dateTimeStamp", False), ("TRUE", "boolean", False),
    ("1", "unknown", True), ("-0", "nonNegativeInteger", True), ("0000", "gYear", True),
    ("--02-30", "gMonthDay", False), ("9" * 9000, "integer", True), ("9" * 9000 + "-02-29", "date", False),
    ("2" + "0" * 9000 + "-02-29", "date", True),
]  # fmt: skip


@pytest.mark.parametrize(("text", "datatype", "right"), FORMS)
def test_lexical_forms(text: str, datatype: str, right: bool) -> None:
    assert well_formed(text, XSD + datatype) is right


ORDERS = [
    ("1", "integer", "1.5", "double", -1),
    ("2024-01-01T12:00:00Z", "dateTime", "2024-01-01T12:00:00", "dateTime", None),
    ("2024-01-01T12:00:00Z", "dateTime", "2024-01-03T12:00:00", "dateTime", -1), ("NaN", "double", "1", "double", None),
    ("2024-01-01T01:00:00+01:00", "dateTime", "2024-01-01T00:00:00Z", "dateTime", 0),
    ("a", "string", "1", "integer", None),
    ("2024", "gYear", "-0044", "gYear", 1), ("P1Y", "yearMonthDuration", "P11M", "yearMonthDuration", 1),
    ("false", "boolean", "1", "boolean", -1), ("9" * 9000 + "-01-01", "date", "2000-01-01", "date", None),
]  # fmt: skip


@pytest.mark.parametrize(("a", "one", "b", "other", "order"), ORDERS)
def test_orders(a: str, one: str, b: str, other: str, order: int | None) -> None:
    left, right = Literal(a, datatype=NamedNode(XSD + one)), Literal(b, datatype=NamedNode(XSD + other))
    assert compare(left, right) == order
