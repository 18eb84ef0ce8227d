"""What accepting a proposal does to the graph, quad by quad, and what takes it back."""

import random
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse

import publication
from wallograph import vocab
from wallograph.curation.layers import lines_of
from wallograph.curation.materialise import Materialised, descriptions, materialise, undo
from wallograph.curation.model import PAGE, Change, Evidence
from wallograph.curation.present import Present, after_entries
from wallograph.errors import DataError
from wallograph.iris import rebase, rebase_iri
from wallograph.release.state import State

BASE = publication.BASE
DATE = "2026-03-02"
ULIEGE, SPIN, NEW = (f"{BASE}/id/actor/{name}" for name in ("uliege", "spin", "new"))
SOURCE = f"{BASE}/id/source/"
PAGE_SAYS = Evidence(PAGE, "https://www.example.com/c")


def add(
    number: int, subject: str, predicate: str, target: str, evidence: Evidence = PAGE_SAYS, year: str = ""
) -> Change:
    return Change(number, "add", subject, rebase_iri(predicate, BASE), target, evidence=evidence, year=year)


def retract(number: int, subject: str, predicate: str, target: str, source: str) -> Change:
    return Change(number, "retract", subject, rebase_iri(predicate, BASE), target, graph=SOURCE + source)


def above(reference: str, level: str) -> str | None:
    return {"municipality": "62063", "province": "60000"}.get(level) if reference == "62063" else None


def stored(store: Store) -> Present:
    """What the named graphs of a store state."""
    return lambda *pattern: [
        quad for quad in store.quads_for_pattern(*pattern) if isinstance(quad.graph_name, NamedNode)
    ]


class World:
    """A graph that proposals are accepted into."""

    def __init__(self, text: str = publication.TRIG) -> None:
        self.store = Store()
        self.store.extend(parse(rebase(text, BASE).encode(), RdfFormat.TRIG))

    def accept(self, *changes: Change, proposal: str = "abcdefghij") -> Materialised:
        done = materialise(changes, proposal, BASE, DATE, present=stored(self.store), above=above)
        self.apply(done)
        return done

    def undo(self, done: Materialised, *later: Materialised) -> Materialised:
        back = undo(
            done.payload(), BASE, present=stored(self.store), above=above,
            described=descriptions([one.payload() for one in later], BASE),
        )  # fmt: skip
        self.apply(back)
        return back

    def apply(self, done: Materialised) -> None:
        """As strictly as a patch is."""
        assert not set(done.adds) & set(done.deletes)
        assert len(set(done.adds)) == len(done.adds)
        assert len(set(done.deletes)) == len(done.deletes)
        for quad in done.deletes:
            assert quad in self.store, quad
            self.store.remove(quad)
        for quad in done.adds:
            assert quad not in self.store, quad
            self.store.add(quad)

    def lines(self) -> list[str]:
        return lines_of(self.store)

    def values(self, subject: str, predicate: str, source: str | None = None) -> list[str]:
        graph = NamedNode(SOURCE + source) if source else None
        found = self.store.quads_for_pattern(NamedNode(subject), NamedNode(rebase_iri(predicate, BASE)), None, graph)
        return sorted(quad.object.value for quad in found)


@pytest.fixture
def world() -> World:
    return World()


def test_a_value_stands_in_a_graph_of_the_proposal_and_its_page_is_named(world: World) -> None:
    world.accept(add(1, f"<{ULIEGE}>", f"<{vocab.HOMEPAGE}>", "<https://new.example/>"))
    graph = "proposal-abcdefghij-1"
    assert world.values(ULIEGE, vocab.HOMEPAGE, graph) == ["https://new.example/"]
    assert world.values(ULIEGE, vocab.TYPE, graph) == [vocab.ORGANIZATION]
    about = SOURCE + graph
    assert world.values(about, vocab.DERIVED_FROM) == ["https://www.example.com/c"]
    assert world.values(about, vocab.SOURCE_ROLE) == [f"{BASE}/auth/source-role/proposal"]
    assert world.values(about, vocab.PUBLISHER) == ["example.com"]
    assert world.values(about, vocab.ISSUED) == [DATE]
    assert world.values(about, vocab.LICENSE) == [vocab.CC_BY]


def test_terms_are_read_with_and_without_brackets_and_become_canonical(world: World) -> None:
    world.accept(add(1, ULIEGE, vocab.EMPLOYEES, '"10"^^<http://www.w3.org/2001/XMLSchema#nonNegativeInteger>'))
    (quad,) = world.store.quads_for_pattern(
        NamedNode(ULIEGE), NamedNode(vocab.EMPLOYEES), None, NamedNode(SOURCE + "proposal-abcdefghij-1")
    )
    assert quad.object == Literal("10", datatype=NamedNode(vocab.XSD + "integer"))


def test_each_distinct_evidence_has_a_graph_and_the_organisation_is_named(world: World) -> None:
    own = Evidence()
    world.accept(
        add(3, SPIN, vocab.HOMEPAGE, "<https://spin.example/>", own),
        add(1, SPIN, vocab.ACRONYM, '"SPN"'),
        add(2, SPIN, vocab.KEYWORDS, '"laser"', PAGE_SAYS),
    )
    assert world.values(SPIN, vocab.HOMEPAGE, "proposal-abcdefghij-2") == ["https://spin.example/"]
    assert world.values(SPIN, vocab.KEYWORDS, "proposal-abcdefghij-1") == ["laser"]
    assert world.values(SOURCE + "proposal-abcdefghij-2", vocab.PUBLISHER) == ["Spin"]
    assert world.values(SOURCE + "proposal-abcdefghij-2", vocab.DERIVED_FROM) == []


def test_a_relation_is_a_thing_too_with_its_year_and_its_inverse(world: World) -> None:
    world.accept(add(1, SPIN, vocab.RELATIONS["partner-of"], f"<{ULIEGE}>", year="2021"))
    graph = "proposal-abcdefghij-1"
    nodes = world.store.quads_for_pattern(None, NamedNode(vocab.ST_SUBJECT), NamedNode(SPIN), NamedNode(SOURCE + graph))
    (node,) = {quad.subject.value for quad in nodes}
    assert node.startswith(f"{BASE}/id/link/partner-of-")
    assert world.values(node, vocab.STATED_FOR) == ["2021"]
    assert world.values(node, vocab.RELATION_KIND) == [f"{BASE}/auth/relation-kind/partner-of"]
    assert world.values(ULIEGE, vocab.RELATIONS["partner-of"], "derived-inverse") == [SPIN]


def test_a_dated_value_is_a_thing_too(world: World) -> None:
    world.accept(add(1, SPIN, vocab.EMPLOYEES, f'"7"^^<{vocab.XSD}integer>', year="2025"))
    (node,) = world.store.quads_for_pattern(
        None, NamedNode(vocab.ST_SUBJECT), NamedNode(SPIN), NamedNode(SOURCE + "proposal-abcdefghij-1")
    )
    assert world.values(node.subject.value, vocab.STATED_FOR) == ["2025"]
    assert world.values(node.subject.value, vocab.TYPE) == [rebase_iri(vocab.DATED_VALUE, BASE)]


def test_a_new_thing_gets_a_label_and_what_its_kind_and_place_imply(world: World) -> None:
    world.accept(
        add(1, NEW, vocab.TYPE, f"<{vocab.ORGANIZATION}>"),
        add(2, NEW, vocab.NAME, '"Neuve"'),
        add(3, NEW, vocab.CLASSIFICATION, f"<{BASE}/auth/actor-kind/university>"),
        add(4, NEW, vocab.PLACE, f"<{BASE}/id/place/62063>"),
    )
    assert world.values(NEW, vocab.LABEL, "derived-label") == ["Neuve"]
    assert world.values(NEW, vocab.TYPE, "derived-type") == [vocab.SCHEMA + "CollegeOrUniversity"]
    assert world.values(NEW, vocab.MUNICIPALITY, "derived-municipality") == [f"{BASE}/id/place/62063"]
    assert world.values(NEW, vocab.PROVINCE, "derived-province") == [f"{BASE}/id/place/60000"]


def test_a_statement_that_another_source_has_is_added_too(world: World) -> None:
    world.accept(add(1, ULIEGE, vocab.NAME, '"ULiège"'))
    assert world.values(ULIEGE, vocab.NAME, "proposal-abcdefghij-1") == ["ULiège"]
    assert world.values(ULIEGE, vocab.LABEL) == ["Université de Liège"]


def test_a_retracted_relation_takes_its_thing_with_it(world: World) -> None:
    world.accept(retract(1, SPIN, vocab.RELATIONS["spin-off-of"], f"<{ULIEGE}>", "page-a"))
    assert world.values(f"{BASE}/id/link/l1", vocab.TYPE) == []
    assert world.values(SPIN, vocab.RELATIONS["spin-off-of"]) == []
    assert world.values(SPIN, vocab.LABEL) == ["Spin"]


def test_what_is_derived_goes_with_its_last_support_only(world: World) -> None:
    partner = vocab.RELATIONS["partner-of"]
    first = world.accept(add(1, SPIN, partner, f"<{ULIEGE}>"), proposal="aaaaaaaaaa")
    second = world.accept(add(1, SPIN, partner, f"<{ULIEGE}>", year="2020"), proposal="bbbbbbbbbb")
    world.undo(first)
    assert world.values(ULIEGE, partner, "derived-inverse") == [SPIN]
    world.undo(second)
    assert world.values(ULIEGE, partner, "derived-inverse") == []


def test_a_corrected_name_becomes_the_label_and_comes_back_when_undone(world: World) -> None:
    before = world.lines()
    done = world.accept(
        retract(1, ULIEGE, vocab.NAME, '"Université de Liège"', "page-a"), add(2, ULIEGE, vocab.NAME, '"Uni Lüttich"')
    )
    assert world.values(ULIEGE, vocab.LABEL) == ["Uni Lüttich"]
    world.undo(done)
    assert world.lines() == before


def test_a_thing_that_nothing_is_said_of_any_more_vanishes_and_comes_back_whole(world: World) -> None:
    before = world.lines()
    done = world.accept(
        retract(1, SPIN, vocab.NAME, '"Spin"', "page-a"),
        retract(2, SPIN, vocab.RELATIONS["spin-off-of"], f"<{ULIEGE}>", "page-a"),
    )
    assert not list(world.store.quads_for_pattern(NamedNode(SPIN), None, None))
    world.undo(done)
    assert world.lines() == before


def test_a_source_that_says_nothing_any_more_is_not_described(world: World) -> None:
    before = world.lines()
    graph = SOURCE + "page-b"
    one = world.accept(retract(1, ULIEGE, vocab.NAME, '"ULiège"', "page-b"), proposal="aaaaaaaaaa")
    two = world.accept(
        retract(1, ULIEGE, vocab.FOUNDING_DATE, f'"1817"^^<{vocab.XSD}gYear>', "page-b"),
        retract(2, ULIEGE, vocab.TYPE, f"<{vocab.ORGANIZATION}>", "page-b"),
        proposal="bbbbbbbbbb",
    )
    assert world.values(graph, vocab.TYPE) == []
    world.undo(one, two)  # described again: by the entry that took the description away
    assert world.values(graph, vocab.PUBLISHER) == ["example.com"]
    world.undo(two)
    assert world.lines() == before


@pytest.mark.parametrize("seed", range(20))
def test_undoing_all_of_several_in_any_order_gives_the_graph_before(world: World, seed: int) -> None:
    before = world.lines()
    partner, located = vocab.RELATIONS["partner-of"], vocab.RELATIONS["located-in"]
    place = f"<{BASE}/id/place/62063>"
    done = [
        world.accept(add(1, SPIN, partner, f"<{ULIEGE}>"), add(2, SPIN, vocab.PLACE, place), proposal="aaaaaaaaaa"),
        world.accept(add(1, SPIN, located, place), add(2, SPIN, partner, f"<{ULIEGE}>"), proposal="bbbbbbbbbb"),
        world.accept(
            add(1, NEW, vocab.NAME, '"Neuve"'), add(2, NEW, partner, f"<{SPIN}>"),
            retract(3, ULIEGE, vocab.NAME, '"ULiège"', "page-b"), proposal="cccccccccc",
        ),
        world.accept(
            retract(1, ULIEGE, vocab.NAME, '"Université de Liège"', "page-a"),
            add(2, ULIEGE, vocab.NAME, '"Uni Lüttich"'), proposal="dddddddddd",
        ),
    ]  # fmt: skip
    order = random.Random(seed).sample(done, len(done))
    for index, one in enumerate(order):
        world.undo(one, *order[:index])
    after = world.lines()
    assert [line for line in after if "rdf-schema#label" not in line] == [
        line for line in before if "rdf-schema#label" not in line
    ]
    assert world.values(ULIEGE, vocab.LABEL)[0] in world.values(ULIEGE, vocab.NAME)


def test_what_is_gone_is_named_and_not_deleted_twice(world: World) -> None:
    first = world.accept(add(1, SPIN, vocab.ACRONYM, '"SPN"'))
    gone = world.accept(retract(1, SPIN, vocab.ACRONYM, '"SPN"', "proposal-abcdefghij-1"), proposal="bbbbbbbbbb")
    assert not gone.missing
    again = world.accept(retract(1, SPIN, vocab.ACRONYM, '"SPN"', "proposal-abcdefghij-1"), proposal="cccccccccc")
    assert [quad.object.value for quad in again.missing] == ["SPN"]
    assert not again.deletes
    assert [quad.object.value for quad in world.undo(first).missing] == ["SPN"]


def test_entries_that_no_release_shows_count_as_there(world: World) -> None:
    payload = {"adds": [f'<{SPIN}> <{vocab.NAME}> "Spinne" <{SOURCE}proposal-zzzzzzzzzz-1> .'], "deletes": []}
    present = after_entries(stored(world.store), [payload])
    change = retract(1, SPIN, vocab.NAME, '"Spinne"', "proposal-zzzzzzzzzz-1")
    done = materialise([change], "abcdefghij", BASE, DATE, present=present, above=above)
    assert not done.missing
    later = {"adds": [], "deletes": payload["adds"]}
    present = after_entries(stored(world.store), [payload, later])
    assert materialise([change], "abcdefghij", BASE, DATE, present=present, above=above).missing


@pytest.mark.parametrize(
    "bad", ['"open', "<no iri>", '"x" <urn:g>', '"a" .\n<urn:s> <urn:p> "b"', "_:b", "<urn:a> <urn:b>", ""]
)
def test_a_term_cannot_be_more_than_a_term(world: World, bad: str) -> None:
    with pytest.raises(DataError):
        world.accept(add(1, SPIN, vocab.NAME, bad))


def test_a_page_that_is_no_address_is_refused(world: World) -> None:
    with pytest.raises(DataError):
        world.accept(add(1, SPIN, vocab.NAME, '"S"', Evidence(PAGE, "not a page")))


def test_the_described_graph_is_what_a_release_can_hold(tmp_path: Path, world: World) -> None:
    release = publication.publish(tmp_path / "state")
    assert State(tmp_path / "state").current() == release
    done = world.accept(add(1, SPIN, vocab.RELATIONS["partner-of"], f"<{ULIEGE}>"))
    assert all(isinstance(quad, Quad) and isinstance(quad.graph_name, NamedNode) for quad in done.adds)
