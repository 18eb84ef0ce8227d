"""Repairs: one small module for each; here, the order in which they are asked.

In: a `Problem`. Out: the `Repair`s that the rule of the field would take, sure ones first, none twice.
"""

from typing import Final

from wallograph.model import Repair
from wallograph.validate.handed import Problem
from wallograph.validate.repairs.coordinates import coordinates
from wallograph.validate.repairs.dates import dates
from wallograph.validate.repairs.identifiers import identifiers
from wallograph.validate.repairs.language import language
from wallograph.validate.repairs.links import links
from wallograph.validate.repairs.literals import literals
from wallograph.validate.repairs.names import names
from wallograph.validate.repairs.nearest import codes, places

PROPOSERS: Final = (identifiers, coordinates, literals, dates, language, links, codes, places, names)
MOST: Final = 4


def repairs_of(problem: Problem) -> tuple[Repair, ...]:
    """What could stand there instead."""
    found = [repair for propose in PROPOSERS for repair in propose(problem)]
    distinct = {(repair.value, repair.link): repair for repair in reversed(found)}
    ordered = sorted(distinct.values(), key=lambda repair: (not repair.sure, found.index(repair)))
    return tuple(ordered[:MOST])
