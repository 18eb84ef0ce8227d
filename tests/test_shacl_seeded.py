"""Seeded graphs with planted defects: this engine and pySHACL find exactly what was planted, no more and no less."""

from collections import Counter
from pathlib import Path

import pytest
from bench import defects
from bench.defects import Planter
from bench.generate import generate
from pyoxigraph import RdfFormat, Store, parse

from shacl_compare import rows
from shacl_oracle import Report, pyshacl_report
from wallograph.validate import CompiledShapes, MemoryView, StoreView, compile_shapes, validate

SIZE = 10_000
SHAPES = Path(defects.__file__).parent / "shapes.ttl"


@pytest.fixture(scope="module")
def shapes() -> CompiledShapes:
    return compile_shapes(parse(path=str(SHAPES), format=RdfFormat.TURTLE))


def planted(path: Path, rate: float, seed: int = 7, triples: int = SIZE) -> Report:
    planter = Planter(seed, rate)
    generate(triples, path, seed, planter, plain=True)
    return Counter(planter.truth)


def from_memory(path: Path, shapes: CompiledShapes) -> Report:
    return rows(validate(MemoryView(parse(path=str(path), format=RdfFormat.N_TRIPLES)), shapes))


def from_store(path: Path, shapes: CompiledShapes) -> Report:
    store = Store()
    store.bulk_load(path=str(path), format=RdfFormat.N_TRIPLES)
    return rows(validate(StoreView(store), shapes))


def test_all_three_find_what_was_planted(tmp_path: Path, shapes: CompiledShapes) -> None:
    path = tmp_path / "graph.nt"
    truth = planted(path, 0.3)
    assert truth.total() > 60
    assert from_memory(path, shapes) == truth
    assert from_store(path, shapes) == truth
    triples = [quad.triple for quad in parse(path=str(path), format=RdfFormat.N_TRIPLES)]
    rules = [quad.triple for quad in parse(path=str(SHAPES), format=RdfFormat.TURTLE)]
    assert pyshacl_report(triples, rules) == truth


@pytest.mark.parametrize("seed", [1, 2])
def test_few_defects_in_other_graphs(tmp_path: Path, shapes: CompiledShapes, seed: int) -> None:
    path = tmp_path / "graph.nt"
    truth = planted(path, 0.02, seed, 5000)
    assert from_memory(path, shapes) == from_store(path, shapes) == truth


def test_nothing_planted_nothing_found(tmp_path: Path, shapes: CompiledShapes) -> None:
    path = tmp_path / "graph.nt"
    assert not planted(path, 0.0, triples=5000)
    assert not from_memory(path, shapes)


def test_planting_leaves_the_rest_as_it_is(tmp_path: Path) -> None:
    """The same seed plants the same; other things keep their bytes."""
    plain, spoilt, again = (tmp_path / name for name in ("1.nt", "2.nt", "3.nt"))
    planted(plain, 0.0, triples=3000)
    assert planted(spoilt, 0.05, triples=3000) == planted(again, 0.05, triples=3000)
    assert spoilt.read_bytes() == again.read_bytes()
    before, after = (set(path.read_text(encoding="utf-8").splitlines()) for path in (plain, spoilt))
    assert before != after
    assert len(before & after) > 0.95 * len(before)


def test_every_kind_of_defect_is_planted(tmp_path: Path) -> None:
    planter = Planter(7, 1.0)
    generate(20_000, tmp_path / "graph.nt", 7, planter, plain=True)
    assert len(planter.kinds) == 18
