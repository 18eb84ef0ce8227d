"""Reading a file that somebody hands in, whatever it is.

In: bytes, name, media type, and for tables the forms and what is known by name. Out: a `Submission`; InputError when
nothing of it can be read.
"""

from collections.abc import Sequence
from typing import Any

from wallograph.errors import TooLarge
from wallograph.intake.limits import IntakeLimits
from wallograph.intake.lookup import Lookup
from wallograph.intake.messages import refuse
from wallograph.intake.rdf import read_rdf
from wallograph.intake.sniff import kind_of
from wallograph.intake.submission import Submission
from wallograph.intake.tables import read_table
from wallograph.model import Form


def read_submission(
    name: str,
    content: bytes,
    media_type: str | None,
    forms: Sequence[Form],
    lookup: Lookup | None,
    *,
    mapping: dict[str, Any] | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheets: Sequence[str] | None = None,
    limits: IntakeLimits | None = None,
    base: str,
) -> Submission:
    """The submission that a file makes. `mapping`, `encoding`, `delimiter` and `sheets` are of tables."""
    limits = limits or IntakeLimits()
    if len(content) > limits.bytes:
        raise refuse(TooLarge, "file-too-large", limit="bytes", most=limits.bytes)
    form, kind = kind_of(name, content, media_type)
    if form is not None:
        return read_rdf(name, content, kind, limits=limits, base=base)
    return read_table(
        name, content, kind, forms, lookup, mapping=mapping, encoding=encoding, delimiter=delimiter, sheets=sheets,
        limits=limits, base=base,
    )  # fmt: skip
