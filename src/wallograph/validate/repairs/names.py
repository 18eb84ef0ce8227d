"""Names with blanks at their ends, doubled blanks, or characters that nobody sees (bidi controls, zero width).

In: a `Problem` under a name. Out: the name as it is meant; sure.
"""

import re
from collections.abc import Iterator
from typing import Final

from pyoxigraph import Literal, NamedNode

from wallograph.model import Repair
from wallograph.validate.handed import Problem
from wallograph.validate.repairs.messages import messages
from wallograph.vocab import RDF, XSD

HIDDEN: Final = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u00ad\u061c\u200b\u200e\u200f"
                           "\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")  # fmt: skip


def names(problem: Problem) -> Iterator[Repair]:
    """The name without what nobody sees."""
    term = problem.term
    if not isinstance(term, Literal) or term.datatype.value not in (XSD + "string", RDF + "langString"):
        return
    right = tidy(term.value)
    if not right or right == term.value:
        return
    code = "hidden-characters" if HIDDEN.search(term.value) else "spaces"
    meant = Literal(right, language=term.language) if term.language else _plain(right, term)
    yield Repair(code, right, messages(code, right, old=term.value), problem.edit(meant), sure=True)


def tidy(text: str) -> str:
    """A name without invisible characters, outer blanks and doubled blanks.

    >>> tidy(" Le  Forem ")
    'Le Forem'
    """
    return " ".join(HIDDEN.sub("", text).split())


def _plain(text: str, old: Literal) -> Literal:
    return Literal(text) if old.datatype.value == XSD + "string" else Literal(text, datatype=NamedNode(XSD + "string"))
