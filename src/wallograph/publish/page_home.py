"""The questions of the start page: they lead to live answers.

In: the graph. Out: a theme, an institution with spin-offs and a municipality, each with the number of answers.
"""

from dataclasses import dataclass
from typing import Final

from wallograph.publish.labels import Named
from wallograph.publish.page_concept import use_counts
from wallograph.publish.page_graph import PageGraph
from wallograph.publish.page_place import towns

_THEME: Final = "artificial-intelligence"


@dataclass(frozen=True, slots=True)
class Question:
    """A question: what it is about, where the answer stands, and how many answers there are."""

    key: str
    about: Named
    href: str
    anchor: str
    count: int


def questions(graph: PageGraph, lang: str) -> tuple[Question, ...]:
    """Who works on a theme, which spin-offs an institution has, who is in a municipality: as far as there are any."""
    theme = graph.named(graph.code("theme", _THEME), lang)
    found = [Question("theme", theme, theme.href or "", "", use_counts(graph).get(theme.iri, 0))]
    for row in graph.lasting("most_spin_offs", lambda: graph.rows("most_spin_offs"))[:1]:
        parent = graph.named(row["parent"].value, lang)
        found.append(Question("spin-offs", parent, parent.href or "", "#rel-spin-off-of-in", int(row["n"].value)))
    found += [Question("place", t.place, t.place.href or "", "", t.count) for t in towns(graph, lang)[:1]]
    return tuple(question for question in found if question.count and question.href)
