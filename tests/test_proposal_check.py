"""What the rules say of a proposal: the rules of the build, on the graph as it would be; in the sandbox for files."""

import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from wallograph import vocab
from wallograph.checker.job import PROPOSAL
from wallograph.checker.limits import CheckLimits
from wallograph.checker.proposing import check_apart
from wallograph.checker.starting import start_checks
from wallograph.curation.checking import Judging, check_proposal
from wallograph.curation.draft import Checked, provisional
from wallograph.curation.file_proposals import answer_of, asked_of
from wallograph.curation.filled import said_of
from wallograph.curation.layers import Standing
from wallograph.curation.model import Change, Evidence
from wallograph.errors import InputError
from wallograph.model import Severity
from wallograph.pipeline.known import Known
from wallograph.pipeline.recheck import affected_things, judged_graphs
from wallograph.release.state import Release
from wallograph.store.embedded import ReadStore
from wallograph.validate.shapes import load_shapes

B = vocab.DEFAULT_BASE
ID = "abcdefghij"
NEW = provisional("actor", ID, 1, B)
CETIC, UNAMUR = f"{B}/id/actor/cetic", f"{B}/id/actor/universite-de-namur"
DERIVED = f"{B}/id/source/derived-label"
PAGE = Evidence("page", "https://www.example.org/")
YEAR = "^^<http://www.w3.org/2001/XMLSchema#gYear>"
MEMBER = vocab.RELATIONS["member-of"]


@pytest.fixture(scope="module")
def judging(shipped: Release) -> Judging:
    known = Known.of_release(shipped)
    return Judging(known, Standing(shipped, ReadStore(shipped.store_path), [], {}), known.above)


def add(number: int, predicate: str, target: str, subject: str = NEW, **more: Any) -> Change:
    return Change(number, "add", subject, predicate, target, evidence=more.pop("evidence", PAGE), **more)


def codes(checked: Checked) -> set[tuple[str, str, str]]:
    return {
        (one["severity"], one["code"], (one["where"] or {}).get("pointer") or "") for one in checked.outcome["findings"]
    }


def test_a_new_actor_that_is_right_has_no_finding(judging: Judging) -> None:
    checked = judging.check(ID, [
        add(1, vocab.NAME, '"Robotix Namur"'), add(2, vocab.CLASSIFICATION, f"<{vocab.code('actor-kind', 'startup')}>"),
        add(3, vocab.PLACE, f"<{B}/id/place/92094>"), add(4, MEMBER, f"<{UNAMUR}>", year="2024"),
        add(5, vocab.EMPLOYEES, '"12"^^<http://www.w3.org/2001/XMLSchema#integer>', year="2024"),
    ])  # fmt: skip
    assert checked.conforms and codes(checked) == set()
    assert checked.names == ("Robotix Namur",) and set(checked.things) == {NEW, UNAMUR}
    assert checked.release == judging.standing.number


def test_each_violation_names_thing_field_and_statement_in_four_languages(judging: Judging) -> None:
    checked = judging.check(ID, [
        add(1, vocab.NAME, '"Robotix"'), add(2, vocab.CLASSIFICATION, f"<{vocab.code('actor-kind', 'nonsense')}>"),
        add(3, vocab.ENTERPRISE_NUMBER, '"0123456788"'), add(4, vocab.FOUNDING_DATE, f'"3000"{YEAR}'),
        add(5, vocab.RELATIONS["spin-off-of"], f"<{B}/id/place/92094>", year="24"), add(6, MEMBER, f"<{NEW}>"),
    ])  # fmt: skip
    assert not checked.conforms
    wrong = {code[1:] for code in codes(checked) if code[0] == "violation"}
    assert {
        ("ActorKindKnown", "/changes/1"), ("EnterpriseNumberCheck", "/changes/2"), ("FoundingDate", "/changes/3"),
        ("RelationObjectClass", "/changes/4"), ("RelationStatedFor", "/changes/4"), ("RelationNotItself", "/changes/5"),
    } <= wrong  # fmt: skip
    for one in checked.outcome["findings"]:
        assert one["name"] == "Robotix" and set(one["messages"]) == {"fr", "nl", "de", "en"}
        assert one["label"]["fr"] or one["severity"] != "violation"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (add(1, vocab.NAME, '"X"', subject="https://elsewhere.example/x"), "subject-not-possible"),
        (add(1, vocab.NAME, '"X"', subject=f"{B}/id/source/ror"), "subject-not-possible"),
        (add(1, vocab.PREF_LABEL, '"X"', subject=vocab.code("theme", "robotics")), "subject-not-possible"),
        (add(1, vocab.SCHEMA + "telephone", '"x"'), "field-not-possible"),
        (add(1, vocab.TYPE, f"<{vocab.PROJECT}>"), "field-not-possible"),
        (add(1, vocab.NAME, "<not an iri>"), "value-not-possible"),
        (add(1, vocab.NAME, '"a" <urn:g> .\n<urn:s> <urn:p> "b"'), "value-not-possible"),
        (add(1, vocab.NAME, f'"{"x" * 5001}"'), "value-not-possible"),
        (add(1, vocab.NAME, '"X"', evidence=Evidence("page", "javascript:alert(1)")), "evidence-not-possible"),
        (add(1, vocab.NAME, '"X"', evidence=Evidence("page", "")), "evidence-not-possible"),
        (add(1, vocab.NAME, '"X"', evidence=Evidence("rumour")), "evidence-not-possible"),
        (add(1, vocab.DESCRIPTION, '"tél. 081 22 33 44"@fr'), "person-left-out"),
        (add(1, vocab.DESCRIPTION, '"anne@example.org"@fr'), "person-left-out"),
        (Change(1, "retract", CETIC, vocab.LABEL, '"CETIC"', DERIVED, PAGE), "source-not-possible"),
        (Change(1, "retract", CETIC, vocab.NAME, '"CETIC"', "", PAGE), "source-not-possible"),
    ],
)  # fmt: skip
def test_what_cannot_be_proposed_is_a_violation(judging: Judging, change: Change, code: str) -> None:
    checked = judging.check(ID, [change])
    found = [one for one in checked.outcome["findings"] if one["code"] == code]
    assert not checked.conforms and len(found) == 1
    assert found[0]["where"]["pointer"] == "/changes/0" and len(found[0]["messages"]) == 4
    assert "anne@" not in str(checked.outcome) and "22 33" not in str(checked.outcome)


def test_what_was_wrong_before_is_nobodys_finding(judging: Judging) -> None:
    """The sources disagree on much of a university; a further homepage is not to blame for it."""
    checked = judging.check(ID, [add(1, vocab.HOMEPAGE, "<https://www.unamur.be/x>", subject=UNAMUR)])
    assert checked.conforms and not [one for one in checked.outcome["findings"] if one["path"] != vocab.HOMEPAGE]
    assert checked.sources and all(iri.startswith(f"{B}/id/source/") for iri in checked.sources)


def test_a_likely_duplicate_is_a_warning(judging: Judging) -> None:
    checked = judging.check(ID, [add(1, vocab.NAME, '"Cetic asbl"')])
    assert ("warning", "possible-duplicate", "/changes/0") in codes(checked) and checked.conforms


def test_of_many_findings_of_a_rule_the_first_are_told(judging: Judging) -> None:
    changes = [add(n, vocab.NAME, f'"Firme {n}"', subject=provisional("actor", ID, n, B)) for n in range(1, 131)]
    checked = judging.check(ID, changes)
    kinds = [one for one in checked.outcome["findings"] if one["code"] == "ActorKind"]
    assert len(kinds) == 100 and checked.outcome["counts"]["warning"] >= 130


def test_random_proposals_break_the_same_rules_as_their_patch_would(
    judging: Judging, shipped: Release, tmp_path: Path
) -> None:
    """The publisher judges the whole store; the check only reads what is around the change."""
    seed = int(time.time())
    print("seed", seed)
    chance = random.Random(seed)
    Store.read_only(str(shipped.store_path)).backup(str(tmp_path / "store"))
    after = Store(str(tmp_path / "store"))
    before = Store.read_only(str(shipped.store_path))
    graphs = judged_graphs(shipped.manifest["private_graphs"], [f"{B}/id/source/{k}" for k in ("shapes", "judgements")])
    shapes, engine = load_shapes(B), judging.known.engine
    seen = 0
    for _ in range(12):
        made = judging.made(ID, random_changes(chance, judging))
        expected = set()
        with Applied(after, made.adds, made.deletes, frozenset(shipped.manifest["private_graphs"])):
            focus = affected_things(engine, shapes, (before, after), graphs, made.adds, made.deletes)
            focus |= {quad.subject.value for quad in (*made.adds, *made.deletes)}
            now = set(engine.validate(after, shapes, focus, graphs=graphs))
            expected = now - set(engine.validate(before, shapes, focus, graphs=graphs))
        wanted = {result for result in expected if result.severity is Severity.VIOLATION}
        found = {result for result in judging.results(made) if result.severity is Severity.VIOLATION}
        # of a circle every link is wrong: the one that closes it is enough
        assert {result.source_shape for result in found} == {result.source_shape for result in wanted}, (seed, found)
        assert found <= wanted, seed
        seen += bool(wanted)
    assert seen


def random_changes(chance: random.Random, judging: Judging) -> list[Change]:
    """A few statements that are retracted, and some that are added, right and wrong ones."""
    store, known = judging.standing.store, judging.known
    actors = sorted({quad.subject.value for quad in store.quads(None, NamedNode(vocab.CLASSIFICATION))})
    one, two, three = chance.sample(actors, 3)
    changes: list[Change] = []
    said = said_of(store, one, known.base)
    for statement in chance.sample(said, min(3, len(said))):
        changes += [
            Change(len(changes) + 1, "retract", statement.subject, statement.predicate, statement.object, graph, PAGE)
            for graph in statement.graphs
        ]
    pool = [
        (one, vocab.FOUNDING_DATE, f'"{chance.choice([1650, 2001, 3001])}"{YEAR}'),
        (one, vocab.RELATIONS[chance.choice(sorted(vocab.RELATIONS))], f"<{two}>"),
        (two, vocab.RELATIONS["part-of"], f"<{one}>"), (one, vocab.RELATIONS["part-of"], f"<{two}>"),
        (three, vocab.RELATIONS["spin-off-of"], f"<{chance.choice([one, f'{B}/id/place/92094'])}>"),
        (two, vocab.ENTERPRISE_NUMBER, chance.choice(['"0417497106"', '"0417497107"'])),
        (NEW, vocab.NAME, '"Toute nouvelle"'), (NEW, MEMBER, f"<{three}>"),
        (one, vocab.CLASSIFICATION, f"<{vocab.code('actor-kind', chance.choice(['startup', 'nonsense']))}>"),
        (two, vocab.STATUS, f"<{vocab.code('status', chance.choice(['active', 'odd']))}>"),
    ]  # fmt: skip
    for subject, predicate, value in chance.sample(pool, 5):
        changes.append(add(len(changes) + 1, predicate, value, subject, year=chance.choice(["", "2020", "24"])))
    return changes


class Applied:
    """A store with quads that came and went, public default graph too; as it was again at the end."""

    def __init__(self, store: Store, adds: list[Quad], deletes: list[Quad], private: frozenset[str]) -> None:
        self.store, self.adds, self.deletes, self.private = store, adds, deletes, private

    def __enter__(self) -> None:
        self._change(self.adds, self.deletes)

    def __exit__(self, *_: object) -> None:
        self._change(self.deletes, self.adds)

    def _change(self, come: list[Quad], go: list[Quad]) -> None:
        for quad in go:
            self.store.remove(quad)
        self.store.extend(come)
        for quad in (*come, *go):
            said = self.store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
            names = {one.graph_name.value for one in said if isinstance(one.graph_name, NamedNode)}
            plain = Quad(quad.subject, quad.predicate, quad.object, DefaultGraph())
            (self.store.add if names - self.private else self.store.remove)(plain)


# -- in the checking service

CSV = """Nom;Type;Commune;Membre de;Effectif;Année;Contact
CETIC;centre de recherche;Charleroi;Université de Namur;50;2024;Anne Exemple
Robotix Namur;start-up;Namur;CETIC;5;2023;b@example.org
Université de Namur;université;;;;;
Mauvaise;satrt-up;Nulle-Part;;douze;;
"""


@pytest.fixture(scope="module")
def client(shipped: Release, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    folder = tmp_path_factory.mktemp("checks")
    with start_checks(shipped.folder.parent.parent, folder / "s", CheckLimits(seconds=60)) as running:
        yield running.client


def read(client: Any, content: str, name: str = "a.csv", kind: str = "text/csv", most: int = 1000) -> Any:
    asked = {"form": PROPOSAL, "name": name, "media_type": kind, "lang": "fr", **asked_of(ID, PAGE, most)}
    return answer_of(client.check(asked, content.encode()).body)


def test_of_a_table_only_what_is_new_is_proposed(client: Any) -> None:
    changes, checked = read(client, CSV)
    said = {(change.subject, change.predicate, change.object, change.year) for change in changes}
    assert (CETIC, MEMBER, f"<{UNAMUR}>", "") in said
    assert (CETIC, vocab.EMPLOYEES, '"50"^^<http://www.w3.org/2001/XMLSchema#integer>', "2024") in said
    assert (NEW, vocab.NAME, '"Robotix Namur"', "") in said and (NEW, MEMBER, f"<{CETIC}>", "") in said
    assert not [change for change in changes if change.subject in (CETIC, UNAMUR) and change.predicate == vocab.NAME]
    assert not [change for change in changes if change.subject == UNAMUR]  # all of that row is published
    assert all(change.op == "add" and change.evidence == PAGE for change in changes)
    assert [change.number for change in changes] == list(range(1, len(changes) + 1))
    assert not checked.conforms and CETIC in checked.things


def test_findings_of_a_file_have_their_place_in_it_and_persons_are_named_as_left_out(client: Any) -> None:
    changes, checked = read(client, CSV)
    found = checked.outcome["findings"]
    cells = {(one["code"], one["where"]["cell"]) for one in found if one["where"] and one["where"]["cell"]}
    assert ("cell-not-understood", "E5") in cells and ("person-left-out", "G1") in cells
    assert "Anne" not in str(checked.outcome) + str(changes) and "b@example" not in str(checked.outcome) + str(changes)


def test_of_an_rdf_file_links_as_things_give_the_year(client: Any) -> None:
    turtle = f"""
        @prefix rdf: <{vocab.RDF}> . @prefix schema: <{vocab.SCHEMA}> . @prefix org: <{vocab.ORG}> .
        @prefix wg: <{vocab.WG}> . @prefix xsd: <{vocab.XSD}> .
        <https://lab.example/#x> a org:Organization ; schema:name "Laboratoire X" ; org:memberOf <{CETIC}> .
        <{B}/id/link/l1> a wg:Relation ; rdf:subject <https://lab.example/#x> ; rdf:predicate org:memberOf ;
            rdf:object <{CETIC}> ; wg:relationKind <{B}/auth/relation-kind/member-of> ; wg:statedFor "2021"^^xsd:gYear .
    """
    changes, _ = read(client, turtle, "a.ttl", "text/turtle")
    said = {(change.subject, change.predicate, change.object, change.year) for change in changes}
    assert said == {(NEW, vocab.NAME, '"Laboratoire X"', ""), (NEW, MEMBER, f"<{CETIC}>", "2021")}


def test_a_file_that_says_nothing_new_proposes_nothing(client: Any) -> None:
    changes, _ = read(client, "Nom;Commune\nCETIC;Charleroi\n")
    assert changes == ()


def test_a_file_with_more_than_may_be_proposed_is_refused(client: Any) -> None:
    with pytest.raises(InputError, match="at most 3 statements"):
        read(client, CSV, most=3)


def test_many_statements_are_judged_apart_as_here(client: Any, judging: Judging) -> None:
    changes = [add(1, vocab.NAME, '"Robotix"'), add(2, vocab.FOUNDING_DATE, f'"3000"{YEAR}')]
    here = check_proposal(ID, changes, judging.standing, judging.known, judging.above)
    apart = check_apart(client, ID, changes)
    assert not apart.conforms and apart.outcome == here.outcome and apart.names == here.names
