"""A report brought up to date after a change equals the full report: random graphs, shapes and changes.

150 random pairs here, 9,000 in `make soak`; then wallograph's own shapes over changes of a small real graph.
"""

import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, parse

import ecosystem
from campaign import LONGER
from shacl_compare import rows, turtle
from shacl_random import random_case, random_change
from wallograph.iris import thing
from wallograph.pipeline.recheck import affected_things
from wallograph.validate import MemoryView, compile_shapes, validate
from wallograph.validate.engine import Result
from wallograph.validate.own import OwnEngine
from wallograph.validate.shacl.affected import affected, revalidate
from wallograph.validate.shapes import load_shapes
from wallograph.vocab import DEFAULT_BASE, EVENT, PROJECT, RELATIONS, TYPE

SEEDS = st.integers(0, 2**48)
ENGINE: Final = OwnEngine()
SHAPES: Final = load_shapes()


def campaign(cases: int) -> settings:
    return settings(
        max_examples=cases * LONGER, deadline=None, suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.generate],
    )  # fmt: skip


@campaign(150)
@given(seed=SEEDS)
def test_incremental_is_full_on_random_graphs(seed: int) -> None:
    """Three changes after another, each report made from the one before it."""
    case, chance = random_case(seed), random.Random(seed + 1)
    shapes = compile_shapes(case.shapes)
    data, before = case.data, MemoryView(case.data)
    report = validate(before, shapes)
    for _ in range(3):
        change = random_change(chance, data)
        data = [triple for triple in data if triple not in set(change.deletes)] + list(change.adds)
        after = MemoryView(data)
        report = revalidate(report, shapes, change.adds, change.deletes, before, after)
        full = validate(after, shapes)
        if rows(report) != rows(full):
            pytest.fail("\n".join([
                f"seed {seed}", turtle(case.shapes), turtle(data), f"adds {change.adds}", f"deletes {change.deletes}",
                f"incremental only {rows(report) - rows(full)}", f"full only {rows(full) - rows(report)}",
            ]))  # fmt: skip
        before = after


# -- wallograph's own shapes over the small ecosystem

GRAPHS: Final = (DefaultGraph(), NamedNode(thing("source", "provenance")))
UNJUDGED: Final = ("shapes", "judgements", "catalogue")


@dataclass
class Released:
    """Quads as a release holds them: the distinct public triples in the default graph."""

    quads: dict[Quad, None]
    store: Store

    @cached_property
    def results(self) -> list[Result]:
        return ENGINE.validate(self.store, SHAPES, graphs=GRAPHS)

    @classmethod
    def of(cls, quads: Iterable[Quad]) -> "Released":
        every = dict.fromkeys(quads)
        store = Store()
        store.bulk_extend(every)
        store.bulk_extend(Quad(*quad.triple) for quad in every if quad.graph_name != GRAPHS[1])
        return cls(every, store)

    def changed(self, adds: Iterable[Quad], deletes: Iterable[Quad]) -> "Released":
        return Released.of([*(quad for quad in self.quads if quad not in set(deletes)), *adds])


@pytest.fixture(scope="module")
def real() -> Released:
    names = {thing("source", key) for key in UNJUDGED}
    judged = (quad for quad in ecosystem.quads(DEFAULT_BASE) if quad.graph_name.value not in names)
    return Released.of(judged)


def mutation(chance: random.Random, quads: list[Quad]) -> tuple[list[Quad], list[Quad]]:
    """Quads that go; quads that come: an object or a graph of another quad, or the type of another thing."""
    facts = [quad for quad in quads if "/id/" in quad.subject.value and "/id/source/" not in quad.subject.value]
    deletes = chance.sample(facts, chance.randint(0, 3))
    adds = []
    for _ in range(chance.randint(0 if deletes else 1, 3)):
        one, other = chance.choice(facts), chance.choice(facts)
        same = chance.choice([quad for quad in facts if quad.predicate == one.predicate])
        adds.append(
            chance.choice([
                Quad(one.subject, one.predicate, same.object, one.graph_name),
                Quad(one.subject, one.predicate, one.object, other.graph_name),
                Quad(one.subject, other.predicate, other.object, one.graph_name),
                Quad(one.subject, NamedNode(TYPE), NamedNode(chance.choice((PROJECT, EVENT))), one.graph_name),
                Quad(one.subject, one.predicate, Literal("x"), one.graph_name),
            ])
        )  # fmt: skip
    there = set(quads)
    return [quad for quad in dict.fromkeys(adds) if quad not in there], deletes


@campaign(12)
@given(seed=SEEDS)
def test_what_a_change_of_a_release_affects_is_found(real: Released, seed: int) -> None:
    """Results of things that are not affected are the same before and after: only the affected need be judged."""
    chance = random.Random(seed)
    adds, deletes = mutation(chance, list(real.quads))
    after = real.changed(adds, deletes)
    focus = affected_things(ENGINE, SHAPES, (real.store, after.store), GRAPHS, adds, deletes)
    kept = [result for result in real.results if result.focus not in focus]
    incremental = kept + ENGINE.validate(after.store, SHAPES, focus, graphs=GRAPHS)
    assert Counter(incremental) == Counter(after.results), (adds, deletes)


def test_a_small_change_affects_few_things(real: Released) -> None:
    """One relation more: its ends and the thing that states it, not all things that have relations."""
    one, *_, other = (quad for quad in real.quads if quad.predicate.value in RELATIONS.values())
    adds = [Quad(one.subject, one.predicate, other.object, one.graph_name)]
    after = real.changed(adds, [])
    focus = affected_things(ENGINE, SHAPES, (real.store, after.store), GRAPHS, adds, [])
    assert one.subject.value in focus
    assert len(focus) < 20


SHAPES_OF_QUERIES: Final = """
@prefix : <urn:x/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
:S a sh:NodeShape ; sh:targetSubjectsOf :p ; sh:sparql [ sh:select "QUERY" ] .
"""


@pytest.mark.parametrize(
    ("query", "changed", "expected"),
    [
        ("SELECT $this WHERE { $this <urn:x/q> ?v }", ":a :q :b", {"a"}),
        ("SELECT $this WHERE { $this <urn:x/q> ?v }", ":a :r :b", set()),
        ("SELECT $this WHERE { ?v <urn:x/q> $this }", ":a :q :b", {"b"}),
        ("SELECT $this WHERE { $this <urn:x/p> ?v . FILTER NOT EXISTS { ?v <urn:x/q> 1 } }", ":b :q 1", {"a"}),
        ("SELECT $this WHERE { $this <urn:x/p> ?v . FILTER NOT EXISTS { ?v <urn:x/q> 1 } }", ":b :r 1", set()),
        ("SELECT $this WHERE { $this <urn:x/p> ?v . OPTIONAL { ?v <urn:x/q> ?w } FILTER (!BOUND(?w)) }", ":b :q 1",
         {"a"}),
        ("SELECT $this WHERE { $this <urn:x/p>/<urn:x/p> ?v . { ?v a <urn:x/C> } UNION { ?v a <urn:x/D> } }", ":c a :D",
         {"a"}),
        ("SELECT $this WHERE { $this <urn:x/p>+ ?v . ?v <urn:x/q>* ?w . ?w <urn:x/r> 1 }", ":d :r 1", {"a", "b", "c"}),
        ("SELECT $this WHERE { $this ?p ?v . FILTER (?p = <urn:x/q>) }", ":b :q 1", {"b"}),
        ("SELECT $this WHERE { $this <urn:x/p> ?v . { SELECT $this WHERE { ?x <urn:x/q> $this } } }", ":z :q :a", None),
        ("SELECT $this WHERE { $this <urn:x/p> ?v . ?x <urn:x/q> 1 }", ":z :q 1", None),
        ("SELECT $this WHERE { $this <urn:x/p> ?v . ?x <urn:x/q>* ?y }", ":z :q :y", None),
    ],
)  # fmt: skip
def test_from_a_changed_triple_back_to_the_focus(query: str, changed: str, expected: set[str] | None) -> None:
    """None: all targets. The data is a chain a p b p c p d."""
    prefix = "@prefix : <urn:x/> . "
    shapes = compile_shapes(parse(SHAPES_OF_QUERIES.replace("QUERY", query).encode(), RdfFormat.TURTLE))
    before = [quad.triple for quad in parse(f"{prefix} :a :p :b . :b :p :c . :c :p :d .".encode(), RdfFormat.TURTLE)]
    adds = [quad.triple for quad in parse(f"{prefix} {changed} .".encode(), RdfFormat.TURTLE)]
    found = affected(shapes, adds, [], MemoryView(before), MemoryView([*before, *adds]))
    if expected is None:
        assert found.whole
    else:
        assert not found.whole
        assert found.every == {NamedNode(f"urn:x/{name}") for name in expected}
