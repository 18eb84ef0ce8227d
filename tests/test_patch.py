"""Patches: reading them, making release n+1 from n, and what changed between two releases."""

import random
from collections.abc import Iterable
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, parse

from wallograph.errors import ParseError, PatchError, StateError
from wallograph.release.apply import apply_patch
from wallograph.release.chain import chain, lines
from wallograph.release.diff import diff, summarise
from wallograph.release.edition import make_edition
from wallograph.release.patch import Patch, format_patch, parse_patch
from wallograph.release.state import Release, State
from wallograph.store.search import SearchIndex
from wallograph.vocab import LABEL, ORGANIZATION, RDF, SKOS, SUBJECT, XSD

BASE = "http://localhost:8000"
PRIVATE = frozenset({f"{BASE}/id/source/provenance"})
TYPE = NamedNode(RDF + "type")


def iri(path: str) -> NamedNode:
    return NamedNode(f"{BASE}/id/{path}")


def quads(text: str) -> list[Quad]:
    prefixes = f"@prefix : <{BASE}/id/actor/> . @prefix g: <{BASE}/id/source/> . @prefix t: <{BASE}/auth/theme/> . "
    return list(parse(prefixes + text, RdfFormat.TRIG))


def edition(state: State, content: Iterable[Quad]) -> Release:
    release = make_edition(
        state, content, base=BASE, date="2026-01-01", private_graphs=PRIVATE, report=None, dumps=False
    )
    return state.switch(release.number)


def apply(state: State, patch: Patch, **options: object) -> Release:
    return state.switch(apply_patch(state, patch, date="2026-01-02", **options).number)  # type: ignore[arg-type]


def default_graph(release: Release) -> set[str]:
    store = Store.read_only(str(release.store_path))
    return {str(quad) for quad in store.quads_for_pattern(None, None, None, DefaultGraph())}


def content(release: Release) -> list[bytes]:
    return list(lines(release))


# -- the text


def test_headers_comments_and_blank_lines_are_skipped() -> None:
    patch = parse_patch(
        'H id <urn:uuid:1> .\nTX .\n\n# a remark\nPA ex: <urn:x> .\nA <urn:s> <urn:p> "A D" <urn:g> .\r\n'
        "D <urn:s> <urn:p> <urn:o> .\nTC .\n"
    )
    assert [str(quad) for quad in patch.adds] == ['<urn:s> <urn:p> "A D" <urn:g>']
    assert [quad.graph_name for quad in patch.deletes] == [DefaultGraph()]
    assert sorted(patch.where.values()) == [6, 7]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("TX .\nA <urn:s> <urn:p> .\n", 2),
        ("A <urn:s> <urn:p> <urn:o> .\nA <urn:s> ex:p <urn:o> .\n", 2),
        ("\n\nA _:b <urn:p> <urn:o> .\n", 3),
        ("A <urn:s> <urn:p> _:b .\n", 1),
        ("A <urn:s> <urn:p> <urn:o> .\nD <urn:s> <urn:p> <urn:o> .\n", 2),
        ("TX .\nA <urn:s> <urn:p> <urn:o> .\nTA .\n", 3),
        ("INSERT DATA {}\n", 1),
        ("A <urn:s> <urn:p> <urn:o> . <urn:s> <urn:p> <urn:o2> .\n", 1),
        ("TX .\nA <urn:s> <urn:p> <urn:o> .\nA\n", 3),
        ("TX .\nA # nothing\n", 2),
    ],
)
def test_a_wrong_patch_tells_its_line(text: str, line: int) -> None:
    with pytest.raises(ParseError) as caught:
        parse_patch(text)
    assert caught.value.line == line


def test_format_is_read_back_and_sorted() -> None:
    changes = quads('g:one { :a :p "é\\n\\"" , 1 , "x"@fr . :b :p :c }')
    patch = Patch(changes[:2], changes[2:])
    text = format_patch(patch)
    again = parse_patch(text)
    assert (set(again.adds), set(again.deletes)) == (set(patch.adds), set(patch.deletes))
    assert format_patch(Patch(patch.adds[::-1], patch.deletes[::-1])) == text
    assert again.inverse().adds == again.deletes


# -- applying


def test_the_default_graph_keeps_a_triple_until_its_last_graph_lost_it(tmp_path: Path) -> None:
    state = State(tmp_path)
    edition(state, quads("g:one { :a :p :b } g:two { :a :p :b } g:provenance { :a :p :b }"))
    one = apply(state, Patch([], quads("g:one { :a :p :b }")))
    assert len(default_graph(one)) == 1
    two = apply(state, Patch([], quads("g:two { :a :p :b }")))
    assert default_graph(two) == set()  # the private graph still says it
    assert two.manifest["counts"]["triples"] == 0
    assert two.manifest["counts"]["quads"] == 1
    three = apply(state, Patch(quads("g:one { :a :p :b } g:provenance { :x :p :y }"), []))
    assert default_graph(three) == {f"<{BASE}/id/actor/a> <{BASE}/id/actor/p> <{BASE}/id/actor/b>"}
    assert (three.manifest["counts"]["triples"], three.manifest["counts"]["quads"]) == (1, 3)


def test_what_the_default_graph_itself_states_stays(tmp_path: Path) -> None:
    state = State(tmp_path)
    edition(state, quads(":a :p :b , :c . g:one { :a :p :b , :d }"))
    one = apply(state, Patch([], quads("g:one { :a :p :b }")))
    assert len(default_graph(one)) == 3
    two = apply(state, Patch(quads(":a :p :d ."), quads(":a :p :b , :c .")))
    assert {quad.rpartition("/")[2] for quad in default_graph(two)} == {"d>"}
    assert two.manifest["counts"]["in_default_graph"] == 1
    three = apply(state, Patch([], quads("g:one { :a :p :d }")))
    assert len(default_graph(three)) == 1
    with pytest.raises(PatchError, match="not there"):
        apply(state, Patch([], quads(":a :p :b .")))


def test_strict_unless_lenient(tmp_path: Path) -> None:
    state = State(tmp_path)
    edition(state, quads("g:one { :a :p :b }"))
    text = f"TX .\nA <{BASE}/id/actor/a> <{BASE}/id/actor/p> <{BASE}/id/actor/b> <{BASE}/id/source/one> .\n"
    text += "D <urn:s> <urn:p> <urn:o> <urn:g> .\nA <urn:s> <urn:p> \"new\" <urn:g> .\n"
    with pytest.raises(PatchError, match=r"(?s)line 2: A .*line 3: D ") as caught:
        apply(state, parse_patch(text))
    assert "new" not in str(caught.value)
    assert state.numbers() == [1]
    release = apply(state, parse_patch(text), lenient=True)
    assert release.manifest["patch"] | {"size": 0} == {"adds": 1, "deletes": 0, "size": 0}
    assert release.patch_path.read_text() == 'TX .\nA <urn:s> <urn:p> "new" <urn:g> .\nTC .\n'
    with pytest.raises(PatchError, match="changes nothing"):
        apply(state, parse_patch(text), lenient=True)


def test_a_patch_needs_a_release(tmp_path: Path) -> None:
    with pytest.raises(StateError):
        apply(State(tmp_path), Patch(quads(":a :p :b ."), []))


def test_literals_of_a_patch_are_made_canonical(tmp_path: Path) -> None:
    state = State(tmp_path)
    number = Literal("007", datatype=NamedNode(XSD + "nonNegativeInteger"))
    edition(state, [Quad(iri("actor/a"), iri("actor/p"), number, iri("source/one"))])
    release = apply(state, Patch([], [Quad(iri("actor/a"), iri("actor/p"), number, iri("source/one"))]))
    assert content(release) == []
    assert release.manifest["repairs"][0]["count"] == 1


def test_a_check_that_refuses_leaves_no_release(tmp_path: Path) -> None:
    state = State(tmp_path)
    edition(state, quads("g:one { :a :p :b }"))
    seen: list[frozenset[str]] = []

    def check(before: Store, after: Store, touched: frozenset[str]) -> None:
        seen.append(touched)
        assert (len(before), len(after)) == (2, 4)
        raise PatchError("the rules say no")

    with pytest.raises(PatchError, match="rules"):
        apply(state, Patch(quads("g:one { :c :p :d }"), []), check=check)
    assert seen == [frozenset({f"{BASE}/id/actor/c"})]
    assert state.numbers() == [1]
    assert [path.name for path in state.releases.iterdir()] == ["000001"]


def test_the_search_index_follows(tmp_path: Path) -> None:
    state = State(tmp_path)
    organisation, label = NamedNode(ORGANIZATION), NamedNode(LABEL)
    theme, sub = (NamedNode(f"{BASE}/auth/theme/{code}") for code in ("digital", "ai"))
    graph = iri("source/one")

    def actor(key: str, name: str) -> list[Quad]:
        subject = iri(f"actor/{key}")
        return [
            Quad(subject, TYPE, organisation, graph), Quad(subject, label, Literal(name), graph),
            Quad(subject, NamedNode(SUBJECT), sub, graph),
        ]  # fmt: skip

    edition(state, actor("a", "Alpha") + actor("b", "Beta"))
    release = apply(state, Patch(actor("c", "Gamma"), [actor("a", "Alpha")[1]]))
    index = SearchIndex(release.search_path)
    assert [index.search(name).total for name in ("alpha", "beta", "gamma")] == [0, 1, 1]
    assert release.manifest["search"]["entries"] == 2
    release = apply(state, Patch([Quad(sub, NamedNode(SKOS + "broader"), theme, graph)], []))
    assert SearchIndex(release.search_path).search("", theme="digital").total == 2


# -- the chain and the diff


def random_quads(seed: int, count: int) -> list[Quad]:
    rng = random.Random(seed)
    graphs = [iri("source/one"), iri("source/two"), iri("source/provenance"), DefaultGraph()]
    values = [iri("actor/x"), Literal("1", datatype=NamedNode(XSD + "integer")), Literal("é", language="fr")]
    found = {
        Quad(iri(f"actor/{rng.randrange(20)}"), TYPE if rng.random() < 0.3 else iri(f"actor/p{rng.randrange(3)}"),
             rng.choice(values), rng.choice(graphs))
        for _ in range(count)
    }  # fmt: skip
    return sorted(found, key=str)


@pytest.mark.parametrize("seed", range(8))
def test_apply_of_the_diff_is_the_other_release(tmp_path: Path, seed: int) -> None:
    state = State(tmp_path)
    first = edition(state, random_quads(seed, 200))
    second = edition(state, random_quads(seed + 100, 200))
    state.switch(first.number)
    third = apply(state, diff(state, first.number, second.number))
    assert content(third) == content(second)
    assert default_graph(third) == default_graph(second)
    assert third.manifest["counts"] == second.manifest["counts"]
    assert not diff(state, 3, 2)
    # and along a chain, in every order
    fourth = apply(state, Patch(quads("g:new { :new :p :b }"), diff(state, 1, 2).adds[:5]))
    for new in (1, 2, 3, 4):
        patch = diff(state, 4, new)
        before = set(content(fourth))
        after = before - {f"{q} .\n".encode() for q in patch.deletes} | {f"{q} .\n".encode() for q in patch.adds}
        assert sorted(after) == content(state.get(new))
        back = diff(state, new, 4)
        assert (back.adds, back.deletes) == (patch.deletes, patch.adds)


def test_a_chain_answers_for_one_line(tmp_path: Path) -> None:
    state = State(tmp_path)
    edition(state, quads("g:one { :a :p :b , :c , :d }"))
    apply(state, Patch(quads("g:one { :a :p :e }"), quads("g:one { :a :p :c }")))
    release = apply(state, Patch(quads("g:one { :a :p :c }"), quads("g:one { :a :p :e , :b }")))
    found = chain(release)
    everything = [f"{quad} .\n".encode() for quad in quads("g:one { :a :p :b , :c , :d , :e }")]
    assert [found.contains(line) for line in everything] == [False, True, True, False]
    assert release.manifest["edition"] == 1


def test_the_summary_is_for_people(tmp_path: Path) -> None:
    state = State(tmp_path)
    organisation = NamedNode(ORGANIZATION)
    a, b, graph = iri("actor/a"), iri("actor/b"), iri("source/one")
    edition(state, [Quad(a, TYPE, organisation, graph), Quad(a, NamedNode(LABEL), Literal("Alpha"), graph)])
    gone = [Quad(a, TYPE, organisation, graph), Quad(a, NamedNode(LABEL), Literal("Alpha"), graph)]
    apply(state, Patch([Quad(b, TYPE, organisation, graph), Quad(b, TYPE, organisation, iri("source/two"))], gone))
    summary = summarise(state, 1, 2, diff(state, 1, 2))
    assert summary.classes == {ORGANIZATION: (1, 1)}
    assert [(s.iri.rpartition("/")[2], s.label, s.adds, s.deletes) for s in summary.subjects] == [
        ("a", "Alpha", 0, 2), ("b", "", 2, 0),
    ]  # fmt: skip
