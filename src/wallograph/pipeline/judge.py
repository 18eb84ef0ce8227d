"""Judges what was handed in over what is known.

In: the joined files, `Known`, an engine. Out: `Judged` results of the things that were handed in. What only comes about
together with what is published already is a warning; what is published and wrong already is nobody's finding here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Quad

from wallograph.pipeline.complete import complete
from wallograph.pipeline.handed import Joined, text_of
from wallograph.pipeline.known import Known
from wallograph.validate.engine import Engine, Result
from wallograph.validate.explain import severity_at_most_warning
from wallograph.vocab import SH, TYPE

_MISSING: Final = SH + "MinCountConstraintComponent"


@dataclass(frozen=True, slots=True)
class Judged:
    """A result, and whether it only comes about with what is published already."""

    result: Result
    published: bool = False


def judge(joined: Joined, known: Known, engine: Engine) -> list[Judged]:
    """All results of the things of the files.

    The files are judged with the surroundings of their things and with what is derived from them; when some of the
    things are published already, also with what is said of them, and that alone, to tell whose a result is. What a
    published thing lacks can only be told when all that is published of it is known.
    """
    focus = joined.things
    if not focus:
        return []
    around = known.around(joined.quads, focus)
    published = [quad for quad in around if text_of(quad.subject) in focus]
    if published:  # a dump that is checked against itself says nothing new
        own = set(joined.quads)
        published = [quad for quad in published if quad not in own]
    # what a thing is, is said once: a file that adds a value to a published thing need not repeat its class
    surroundings = [q for q in around if text_of(q.subject) not in focus or q.predicate.value == TYPE]

    derived = complete(joined.quads, known.base)

    def run(*parts: Iterable[Quad]) -> list[Result]:
        return engine.validate([quad for part in parts for quad in part], known.shapes, focus)

    alone = run(joined.quads, derived, surroundings)
    if not published:
        return [Judged(result) for result in alone]
    together, before = set(run(joined.quads, derived, surroundings, published)), set(run(surroundings, published))
    wrong = [Judged(result) for result in alone if result in together]
    clashing = sorted(together - set(alone) - before, key=str)
    if not known.background.whole:
        named = {text_of(quad.subject) for quad in published}
        wrong = [j for j in wrong if not (j.result.focus in named and j.result.component == _MISSING)]
    return wrong + [Judged(severity_at_most_warning(result), published=True) for result in clashing]
