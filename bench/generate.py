"""A synthetic ecosystem in our own model, of any size: `python -m bench.generate 100000 graph.nq [--seed 7]`.

In: how many distinct triples, a seed. Out: an N-Quads file (organisations, units in universities, projects, events,
figures, places, themes; relations and dated values as things and triples; pages as named graphs, a third of the things
stated by two or three of them). The same seed gives the same bytes. Nothing is kept in memory. With
`--defects 0.005` some things are spoilt, and `graph.truth.json` says what `bench/shapes.ttl` must find.

Every graph is public in a release that `wallograph build --rdf` makes of it, the description of the pages too.
"""

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from random import Random
from typing import Final

from bench import ecosystem as eco
from bench.defects import Planter
from bench.ecosystem import Bundle, Statement, actor, concept, number, ref, text
from wallograph import vocab

SEED: Final = 7
_ON_A_PAGE: Final = 4  # things, on average
# Of a hundred things. The first ones of a run come in this order, so that relations always have an end to point to.
_MIX: Final = {"unit": 15, "startup": 38, "company": 14, "cluster": 3, "project": 20, "event": 4, "figure": 6}


@dataclass(slots=True)
class Made:
    """What a run made: the counts, which also tell how to name a thing that is there."""

    seed: int
    triples: int = 0
    quads: int = 0
    pages: int = 0
    places: int = 0
    things: dict[str, int] = field(default_factory=dict)

    def as_dict(self) -> dict[str, object]:
        """For a report."""
        return asdict(self)


class Maker:
    """Makes one thing after the other; what a relation points to was made before."""

    def __init__(self, chance: Random, made: Made) -> None:
        self.chance, self.made = chance, made
        self.themes = eco.theme_names()

    def index(self, kind: str) -> int:
        """One of the things of a kind that are there."""
        return number(self.chance, self.made.things[kind])

    def graphs(self) -> list[str]:
        """The pages that speak of the next thing: the one just opened, and sometimes one or two before it."""
        found = [self.made.pages - 1]
        for _ in range((0, 0, 1, 0, 0, 1, 2)[number(self.chance, 7)]):
            found.append(number(self.chance, self.made.pages))
        return [ref("source", f"page-{page}") for page in dict.fromkeys(found)]

    def thing(self, kind: str) -> Bundle:
        """The next thing of a kind, from the pages that speak of it."""
        index = self.made.things.get(kind, 0)
        if kind == "figure":
            return self._figure(index)
        concept_ = kind if kind in ("project", "event") else "actor"
        iri = ref(concept_, f"{kind}-{index}")
        classes = {"project": vocab.PROJECT, "event": vocab.EVENT}
        made = Statement(iri, classes.get(kind, vocab.ORGANIZATION))
        name = f"{eco.WORDS[number(self.chance, 20)].title()} {eco.sector(self.chance)} {index}"
        year, at = 1990 + number(self.chance, 35), number(self.chance, self.made.places)
        for turn, graph in enumerate(self.graphs()):
            made.said(graph, vocab.TYPE, f"<{made.kind}>")
            # a third of the other pages spell it their own way
            made.said(graph, vocab.NAME, text(name if number(self.chance, 3) else name.upper()))
            getattr(self, f"_{concept_}")(made, graph, kind, index, turn, year, at)
        self._readings(made, ref("source", f"page-{self.made.pages - 1}-read"))
        made.said(ref("source", "derived-label"), vocab.LABEL, text(name))
        return made.quads

    def _readings(self, made: Statement, graph: str) -> None:
        for _ in range(1 + number(self.chance, 3)):
            notation = self.themes[number(self.chance, len(self.themes))]
            made.said(graph, vocab.SUBJECT, concept("theme", notation))

    def _actor(self, made: Statement, graph: str, kind: str, index: int, turn: int, year: int, at: int) -> None:
        key, notation = f"{kind}-{index}-{turn}", {"unit": "research-unit"}.get(kind, kind)
        made.said(graph, vocab.CLASSIFICATION, concept("actor-kind", notation))
        made.said(graph, vocab.FOUNDING_DATE, text(year, "gYear"))
        made.said(graph, vocab.PLACE, eco.place(at))
        made.said(graph, vocab.HOMEPAGE, f"<https://{kind}-{index}.example/>")
        if kind == "unit":
            faculty = number(self.chance, eco.UNIVERSITIES * eco.FACULTIES) if turn == 0 else index % 72
            made.related(graph, key, "part-of", actor("faculty", faculty), year)
            made.dated(graph, key, vocab.RESEARCHERS, text(1 + number(self.chance, 80), "integer"), 2015 + turn)
        else:
            made.dated(graph, key, vocab.EMPLOYEES, text(1 + number(self.chance, 400), "integer"), 2015 + turn)
            made.dated(graph, key + "s", vocab.STATUS, concept("status", ("active", "closed")[index % 7 == 0]), 2020)
        if kind == "startup":
            made.related(graph, key + "o", "spin-off-of", actor("unit", self.index("unit")), year)
            made.related(graph, key + "m", "member-of", actor("cluster", self.index("cluster")), year + 1)
        if kind == "company" and index % 2:
            made.related(graph, key + "p", "partner-of", actor("startup", self.index("startup")), year + 2)
        if turn == 0:
            made.said(graph, vocab.DESCRIPTION, text(f"Une organisation de la commune {at + 1}.", lang="fr"))
            made.said(ref("source", "derived-municipality"), vocab.MUNICIPALITY, eco.place(at))
            made.said(ref("source", "derived-province"), vocab.PROVINCE, eco.province(at % eco.PROVINCES))

    def _project(self, made: Statement, graph: str, kind: str, index: int, turn: int, year: int, at: int) -> None:
        notation = ("research-project", "programme", "initiative", "good-practice")[index % 4]
        made.said(graph, vocab.PROJECT_KIND, concept("project-kind", notation))
        made.said(graph, vocab.START_DATE, text(year, "gYear"))
        made.dated(graph, f"project-{index}-{turn}", vocab.BUDGET, text(50_000 + index % 900 * 1000, "decimal"), year)
        made.related(graph, f"project-{index}-{turn}f", "funded-by", actor("cluster", self.index("cluster")), year)
        made.related(graph, f"project-{index}-{turn}c", "operated-by", actor("unit", self.index("unit")), year)
        if index % 5 == 0:
            made.said(graph, vocab.END_DATE, text(year + 4, "gYear"))

    def _event(self, made: Statement, graph: str, kind: str, index: int, turn: int, year: int, at: int) -> None:
        made.said(graph, vocab.START_DATE, text(year, "gYear"))
        made.said(graph, vocab.PLACE, eco.place(at))

    def _figure(self, index: int) -> Bundle:
        made = Statement(ref("figure", f"figure-{index}"), vocab.OBSERVATION)
        graph = self.graphs()[0]
        for predicate, value in (
            (vocab.TYPE, f"<{made.kind}>"),
            (vocab.DATA_SET, ref("figure", "ecosystem")),
            (vocab.INDICATOR, concept("indicator", "digital-startups")),
            (vocab.VALUE, text(1 + number(self.chance, 5000), "decimal")),
            (vocab.QUALIFIER, concept("qualifier", "about")),
            (vocab.PERIOD_START, text(2010 + index % 15, "gYear")),
            (vocab.SCOPE, eco.place(number(self.chance, self.made.places))),
            (vocab.OBSERVED_IN, graph),
        ):
            made.said(graph, predicate, value)
        return made.quads

    def university(self, index: int) -> Iterator[Bundle]:
        """A university and its faculties."""
        graph = ref("source", "ror")
        faculties = range(index * eco.FACULTIES, (index + 1) * eco.FACULTIES)
        for kind, at in [("university", index), *(("faculty", at) for at in faculties)]:
            made = Statement(actor(kind, at), vocab.ORGANIZATION)
            made.said(graph, vocab.TYPE, f"<{made.kind}>")
            made.said(graph, vocab.NAME, text(f"{kind.title()} {at}"))
            made.said(graph, vocab.CLASSIFICATION, concept("actor-kind", kind))
            if kind == "faculty":
                made.related(graph, f"faculty-{at}", "part-of", actor("university", index), 1990)
            made.said(ref("source", "derived-label"), vocab.LABEL, text(f"{kind.title()} {at}"))
            yield made.quads


def bundles(triples: int, made: Made) -> Iterator[Bundle]:
    """Bundle after bundle until there are `triples` distinct triples, the last bundle whole."""
    chance = Random(made.seed)
    made.places = min(262, max(30, triples // 400))
    maker = Maker(chance, made)
    yield from eco.places(made.places)
    yield from eco.themes()
    for index in range(eco.UNIVERSITIES):
        yield from maker.university(index)
    deck = [kind for kind, count in _MIX.items() for _ in range(count)]
    order = ["unit", "cluster", "startup", "company", "project", "event", "figure"]
    while made.triples < triples:
        if made.pages == 0 or number(chance, _ON_A_PAGE) == 0:
            made.pages += 1
            yield eco.source(ref("source", f"page-{made.pages - 1}"), made.pages - 1)
        kind = order.pop(0) if order else deck[number(chance, len(deck))]
        bundle = maker.thing(kind)
        made.things[kind] = made.things.get(kind, 0) + 1
        yield bundle


def generate(
    triples: int, path: Path, seed: int = SEED, planter: Planter | None = None, *, plain: bool = False
) -> Made:
    """Write the graph as N-Quads, with the defects of a planter; tells what was made.

    `plain`: only its distinct triples, as N-Triples.
    """
    made = Made(seed)
    with path.open("w", encoding="utf-8", newline="\n") as out:
        for bundle in bundles(triples, made):
            quads = dict.fromkeys(planter.spoil(bundle) if planter else bundle)
            made.quads += len(quads)
            distinct = dict.fromkeys(triple for triple, _ in quads)
            made.triples += len(distinct)
            if plain:
                out.writelines(f"{triple} .\n" for triple in distinct)
            else:
                out.writelines(f"{triple} {graph} .\n" for triple, graph in quads)
    return made


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m bench.generate", description="Write a synthetic ecosystem.")
    parser.add_argument("triples", type=int, help="distinct triples")
    parser.add_argument("path", type=Path, help="the N-Quads file to write")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--defects", type=float, default=0.0, help="the share of things with a defect, as 0.005")
    given = parser.parse_args()
    print(f"seed {given.seed}")
    planter = Planter(given.seed, given.defects)
    print(generate(given.triples, given.path, given.seed, planter).as_dict(), planter.kinds)
    if given.defects:
        rows = json.dumps(planter.truth, indent=0, ensure_ascii=False)
        given.path.with_suffix(".truth.json").write_text(rows + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
