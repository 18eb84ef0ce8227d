"""What pages keep from one release to the next is what they would look up anew, whatever a patch changes."""

import random
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from pathlib import Path
from time import sleep
from typing import Any

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.algebra import traverse
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import URIRef, Variable

from wallograph import vocab
from wallograph.iris import rebase
from wallograph.publish.page_concept import use_counts
from wallograph.publish.page_figures import all_figures, held
from wallograph.publish.page_graph import PageGraph
from wallograph.publish.page_home import questions
from wallograph.publish.page_lists import projects_of_kind
from wallograph.publish.page_memory import Memory, marks_of_query
from wallograph.publish.page_place import place_counts, places_view
from wallograph.publish.page_source import all_sources
from wallograph.publish.page_thing import universities_of
from wallograph.release.apply import apply_patch
from wallograph.release.patch import Patch
from wallograph.release.state import State
from wallograph.settings import Settings
from wallograph.store.embedded import ReadStore
from wallograph.web.published import changed_since, open_release
from wallograph.web.site import Site

LOOK_UPS: dict[str, Callable[[PageGraph], Any]] = {
    "universities": universities_of, "sources": all_sources, "use counts": use_counts, "place counts": place_counts,
    "held": held, "figures": lambda graph: all_figures(graph, "nl"), "places": lambda graph: places_view(graph, "fr"),
    "projects": lambda graph: projects_of_kind(graph, "", "fr", 1), "questions": lambda graph: questions(graph, "de"),
}  # fmt: skip
QUERIES = sorted(path.name for path in (files("wallograph.publish") / "queries").iterdir() if "page_" in path.name)
OF_ONE_THING = {"page_dated_values.rq", "page_links_in.rq", "page_links_out.rq", "page_used_by.rq"}


@pytest.fixture(scope="module")
def state(shipped_state: State, tmp_path_factory: pytest.TempPathFactory) -> State:
    root = tmp_path_factory.mktemp("memory") / "state"
    shutil.copytree(shipped_state.root, root, symlinks=True)
    return State(root)


def stated(store: ReadStore, predicate: str) -> list[Quad]:
    found = store.quads(None, NamedNode(predicate), None, None)
    return sorted((q for q in found if not isinstance(q.graph_name, DefaultGraph)), key=str)


def patches(store: ReadStore, rng: random.Random) -> Iterator[Patch]:
    """A patch of each kind that some look-up depends on, and some that none does."""
    base, where = vocab.DEFAULT_BASE, NamedNode(f"{vocab.DEFAULT_BASE}/id/source/by-hand")
    actor, theme = (rng.choice(stated(store, p)).subject for p in (vocab.CLASSIFICATION, vocab.SKOS + "broader"))
    yield Patch([Quad(actor, NamedNode(vocab.KEYWORDS), Literal("a word"), where)], [])
    for predicate in (
        vocab.NAME, vocab.LABEL, vocab.PREF_LABEL, vocab.CLASSIFICATION, vocab.PROVINCE, vocab.MUNICIPALITY,
        vocab.RELATIONS["part-of"], vocab.PUBLISHER, vocab.ISSUED, vocab.SUBJECT, vocab.SKOS + "broader", vocab.TYPE,
        vocab.CONTAINED_IN, vocab.DERIVED_FROM, vocab.START_DATE, vocab.PROJECT_KIND, f"{base}/ns/wallograph#value",
    ):  # fmt: skip
        quads = stated(store, predicate)
        if quads:
            gone = rng.choice(quads)
            yield Patch([Quad(gone.subject, gone.predicate, rng.choice(quads).object, where)], [gone])
    kind = NamedNode(vocab.code("actor-kind", "university"))
    new = NamedNode(f"{base}/id/actor/made-up")
    yield Patch([
        Quad(new, NamedNode(vocab.TYPE), NamedNode(vocab.ORGANIZATION), where),
        Quad(new, NamedNode(vocab.CLASSIFICATION), kind, where),
        Quad(new, NamedNode(vocab.LABEL), Literal("Made up"), where),
        Quad(actor, NamedNode(vocab.RELATIONS["part-of"]), new, where),
        Quad(theme, NamedNode(vocab.PREF_LABEL), Literal("another", language="nl"), where),
    ], [])  # fmt: skip


def looked_up(graph: PageGraph) -> dict[str, Any]:
    return {name: look_up(graph) for name, look_up in LOOK_UPS.items()}


def test_what_is_kept_is_what_would_be_looked_up(state: State) -> None:
    rng = random.Random(20261123)
    site = Site(Settings(state=state.root))
    looked_up(site.now().pages)
    kept = 0
    for patch in patches(site.now().store, rng):
        release = apply_patch(state, patch, date="2026-11-24", lenient=True)
        before = site.now()
        state.switch(release.number)
        published = site.now()
        assert published.number == before.number + 1
        assert set(changed_since(published.release, before) or ()) <= {*patch.adds, *patch.deletes}
        kept += sum(
            published.pages.memory._kept.get(key) is found for key, found in before.pages.memory._kept.items()
        )
        fresh = PageGraph(published.store, published.base)
        for quad in (*patch.adds, *patch.deletes):
            for iri in (quad.subject.value, quad.graph_name.value):
                assert published.pages.named(iri, "fr", kind=True) == fresh.named(iri, "fr", kind=True)
        assert looked_up(published.pages) == looked_up(fresh), patch
    assert kept > 10_000  # mostly sources: few of them change


def test_a_word_of_one_actor_leaves_everything_as_it_is(state: State) -> None:
    site = Site(Settings(state=state.root))
    before = site.now()
    looked_up(before.pages)
    actor = stated(before.store, vocab.CLASSIFICATION)[0].subject
    quad = Quad(actor, NamedNode(vocab.KEYWORDS), Literal("another word"), NamedNode(f"{before.base}/id/source/x"))
    for number in (1, 2):  # two releases between two looks
        word = Quad(actor, quad.predicate, Literal(f"word {number}"), quad.graph_name)
        state.switch(apply_patch(state, Patch([word], []), date="2026-11-24").number)
    after = site.now()
    assert after.number == before.number + 2
    assert after.pages.memory._kept == before.pages.memory._kept


def test_what_was_made_again_or_goes_back_is_looked_up_anew(state: State, tmp_path: Path) -> None:
    site = Site(Settings(state=state.root))
    now = site.now()
    older = open_release(state.get(now.number - 1), now, 1000)
    assert older.pages.memory._kept == {}
    parent = open_release(state.get(now.number - 1), None, 1000)
    assert changed_since(now.release, parent) is not None
    again = open_release(state.get(now.number - 1), None, 1000)
    object.__setattr__(again, "inode", 0)
    assert changed_since(now.release, again) is None


def test_two_at_once_make_it_once() -> None:
    memory, made = Memory(), []

    def make() -> int:
        made.append(1)
        sleep(0.05)
        return 7

    with ThreadPoolExecutor(8) as pool:
        assert [*pool.map(lambda _: memory.once("key", make), range(8))] == [7] * 8
    assert made == [1]


def predicates_of(query: str) -> tuple[set[str], bool]:
    """The predicates that rdflib reads in a query, and whether one of them is a variable."""
    found: set[str] = set()
    variable = []

    def visit(node: Any) -> None:
        if isinstance(node, CompValue) and node.name == "BGP":
            for _, predicate, _ in node.triples:
                if isinstance(predicate, Variable):
                    variable.append(predicate)
                found.update(paths(predicate))

    def paths(path: Any) -> set[str]:
        if isinstance(path, URIRef):
            return {str(path)}
        parts = [getattr(path, "path", None), *getattr(path, "args", ())]
        return {name for part in parts if part is not None for name in paths(part)}

    traverse(prepareQuery(query).algebra, visitPre=visit)
    return found, bool(variable)


@pytest.mark.parametrize("name", sorted(set(QUERIES) - OF_ONE_THING))
def test_the_marks_of_a_query_are_the_predicates_that_it_names(name: str) -> None:
    text = rebase((files("wallograph.publish") / "queries" / name).read_text("utf-8"), "https://example.org")
    predicates, variable = predicates_of(text)
    marked = {term.value for place, term in marks_of_query(text) if place == "predicate"}
    assert not variable
    assert predicates - {vocab.TYPE} <= marked
    assert predicates
