"""By git: `wallograph check` on a working tree, the files of `data/proposals`, and the export to them."""

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from curating import SELF, Curating, copy_of_data, iri, page, small_data
from wallograph import vocab
from wallograph.cli.main import main
from wallograph.curation.model import Change
from wallograph.ingest.proposal_messages import PROPOSAL_MESSAGES
from wallograph.ingest.proposal_terms import expand, shorten, value_fields, value_of
from wallograph.ingest.proposals import read_proposals, write_decision, write_proposal
from wallograph.ingest.read import Ingested
from wallograph.pipeline.assemble import Linked
from wallograph.release.chain import lines
from wallograph.release.state import State

NAMES = ("CETIC", "Multitel", "Lasea", "Trasis", "Agoria")
HAND = """{
 "proposal": "by-hand-1",
 "date": "2026-11-23",
 "statements": [
  {"op": "add", "subject": "actor/multitel", "property": "schema:alternateName", "text": "Le Multitel",PAGE},
  {"op": "add", "subject": "actor/multitel", "property": "wg:partnerOf", "thing": "actor/lasea", SELF}
 ]
}
""".replace("PAGE", ' "page": "https://m.example/"').replace("SELF", '"organisation": "Multitel"')


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working tree with a small part of the shipped data."""
    folder = tmp_path_factory.mktemp("tree")
    small_data(folder, NAMES)
    return folder


@pytest.fixture
def own(tree: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may spoil."""
    return Path(shutil.copytree(tree, tmp_path / "own"))


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


def proposal(own: Path, text: str, name: str = "by-hand-1") -> Path:
    path = own / "data" / "proposals" / f"{name}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def errors(output: str) -> set[tuple[str, int]]:
    found = re.findall(r"^::error file=([^,]+),line=(\d+),", output, re.MULTILINE)
    return {(file.rpartition("/data/")[2], int(line)) for file, line in found}


# -- the working tree


def test_the_shipped_tree_is_in_order() -> None:
    found = run("check", Path(__file__).parent.parent, "--format", "github", "--lang", "en")
    assert found.exit_code == 0, found.output
    assert "::error" not in found.output
    assert "/links/rows.csv,line=" in found.output
    assert run("check", Path(__file__).parent.parent, "--strict", "--format", "csv").exit_code == 1


def test_what_is_wrong_is_told_with_file_and_line(own: Path) -> None:
    rows = own / "data/sources/startups/rows.csv"
    text = rows.read_text(encoding="utf-8").splitlines(keepends=True)
    line = next(number for number, row in enumerate(text, 1) if row.startswith("Lasea,"))
    links = own / "data/sources/links/rows.csv"
    end = links.read_text(encoding="utf-8").count("\n") + 1
    with links.open("a", encoding="utf-8") as file:
        file.write("Nobody at all,partner-of,CETIC,2020,https://example.org/a\n")
    cells = text[line - 1].split(",")
    cells[0] = '"Lasea"'
    header = text[0].strip().split(",")
    row = dict(zip(header, ["Lasea"] + [""] * (len(header) - 1), strict=True))
    row |= {"enterprise_number": "0123.456.789", "source_url": "https://lasea.example/"}
    text[line - 1] = ",".join(row.values()) + "\n"
    rows.write_text("".join(text), encoding="utf-8")
    proposal(own, HAND.replace("actor/lasea", "actor/nowhere-at-all"))
    found = run("check", own, "--format", "github", "--lang", "fr")
    assert found.exit_code == 1
    assert errors(found.output) >= {
        ("sources/startups/rows.csv", line), ("sources/links/rows.csv", end), ("proposals/by-hand-1.json", 6),
    }  # fmt: skip
    assert "n'est pas un numéro d'entreprise" in found.output


def test_what_stops_a_build_is_an_annotation_too(own: Path) -> None:
    judgements = own / "data/judgements.csv"
    judgements.write_text(judgements.read_text(encoding="utf-8") + "a/b,a/a,same,\n", encoding="utf-8")
    count = judgements.read_text(encoding="utf-8").count("\n")
    proposal(own, HAND.replace('"2026-11-23",', '"2026-11-23"'))
    found = run("check", own, "--format", "github")
    assert found.exit_code == 1
    assert errors(found.output) >= {("judgements.csv", count), ("proposals/by-hand-1.json", 4)}
    card = own / "data/sources/startups/rows.csv"
    card.write_text(card.read_text(encoding="utf-8").replace("name,kind,", "name,sort,", 1), encoding="utf-8")
    assert "::error" in run("check", own, "--format", "github").output
    assert run("check", own / "data" / "sources").exit_code == 4


def test_a_circle_of_parts_is_found_in_a_file_written_by_hand(own: Path) -> None:
    text = HAND.replace("wg:partnerOf", "dcterms:isPartOf")
    proposal(own, text)
    ends = {"by-hand-1": "by-hand-2", "actor/lasea": "actor/multitel", "actor/multitel": "actor/lasea"}
    proposal(own, re.sub("by-hand-1|actor/lasea|actor/multitel", lambda found: ends[found[0]], text), "by-hand-2")
    found = run("check", own, "--format", "github", "--lang", "en")
    assert found.exit_code == 1
    assert {file for file, _ in errors(found.output)} >= {"proposals/by-hand-1.json"}


# -- the files


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ('"2026-11-23",', '"2026-11-23"', "proposal-unreadable", 4),
        ('"2026-11-23"', '"2026-13-23"', "proposal-field", 1),
        ("by-hand-1", "by-hand-2", "proposal-name", 1),
        ('"op": "add", "subject": "actor/lasea"', "", "", 0),
        ("wg:partnerOf", "nope:partnerOf", "proposal-term", 6),
        ("actor/lasea", "actor/La sea", "proposal-term", 6),
        ('"text": "Le Multitel"', '"text": "Le Multitel", "lang": "fr", "type": "xsd:string"', "proposal-field", 5),
        ('"page": "https://m.example/"', '"page": "javascript:alert(1)"', "proposal-field", 5),
        ('"page": "https://m.example/"', '"source": "source/x"', "proposal-field", 5),
        ('"add", "subject": "actor/multitel", "property": "wg', '"drop", "subject": "actor/multitel", "property": "wg',
         "proposal-field", 6),
        ('"organisation": "Multitel"', '"organisation": "Multitel", "why": "x"', "proposal-field", 6),
        ('"statements": [', '"statements": 7, "comment": [', "proposal-field", 1),
    ],
)  # fmt: skip
def test_a_wrong_file_is_told_with_its_line(tmp_path: Path, old: str, new: str, code: str, line: int) -> None:
    (tmp_path / "data").mkdir()
    proposal(tmp_path, HAND.replace(old, new))
    found = [(f.code, f.where.line) for f in read_proposals(tmp_path / "data").findings if f.where]
    assert found == ([(code, line)] if code else [])


def test_every_message_is_in_four_languages() -> None:
    for code, said in PROPOSAL_MESSAGES.items():
        assert set(said) == set(vocab.LANGUAGES), code
        assert len({text.count("{value}") for text in said.values()}) == 1, code


@given(
    st.one_of(
        st.builds(Literal, st.text(max_size=20)),
        st.builds(lambda text: Literal(text, language="fr"), st.text(max_size=20)),
        st.builds(lambda text: Literal(text, datatype=NamedNode(vocab.XSD + "gYear")), st.text(max_size=9)),
        st.sampled_from([NamedNode(iri("actor/cetic")), NamedNode(vocab.code("theme", "robotics")),
                         NamedNode("https://example.org/a#b"), NamedNode(vocab.DERIVED_FROM),
                         NamedNode(f"{vocab.DEFAULT_BASE}/doc/actor/cetic"), NamedNode("http://schema.org/a/b")]),
    )
)  # fmt: skip
def test_a_value_comes_back_as_it_was(term: NamedNode | Literal) -> None:
    fields = json.loads(json.dumps(value_fields(term)))
    assert value_of(fields) == term
    if isinstance(term, NamedNode):
        assert expand(shorten(term.value)) == term.value


# -- from the desk to git, and back


def test_export_and_back(tree: Path, tmp_path: Path, linked: tuple[Ingested, Linked]) -> None:
    data = copy_of_data(tmp_path, tree / "data")
    desk = Curating(tmp_path / "state", linked[0].gazetteer.above, data=data)
    desk.build()
    new, where = iri("actor/nova-demo"), page("https://nova.example/about")
    homepage = next(q for q in desk.present(NamedNode(iri("actor/multitel")), NamedNode(vocab.NAME), None, None))
    kept = desk.accept("aaaaaaaaaa", [
        Change(1, "add", new, vocab.TYPE, f"<{vocab.ORGANIZATION}>", "", where),
        Change(2, "add", new, vocab.NAME, '"Nova \\"Démo\\""', "", where),
        Change(3, "add", new, vocab.DESCRIPTION, '"Une démo"@fr', "", SELF),
        Change(5, "add", new, vocab.RELATIONS["part-of"], f"<{iri('actor/lasea')}>", "", where, "2024"),
    ], {new: "proposal/aaaaaaaaaa/1"})  # fmt: skip
    desk.accept("bbbbbbbbbb", [
        Change(1, "retract", iri("actor/multitel"), vocab.NAME, str(homepage.object), homepage.graph_name.value),
        Change(2, "add", iri("actor/multitel"), vocab.NAME, '"Multitel ASBL"', "", SELF),
    ])  # fmt: skip
    undone = desk.accept("cccccccccc", [Change(1, "add", iri("actor/cetic"), vocab.ALTERNATE_NAME, '"X"', "", SELF)])
    decided = desk.decide("startups/lasea", "startups/trasis", "same", redirects={"actor/lasea": "actor/trasis"})
    desk.publish()
    folder = tmp_path / "data" / "proposals"
    said = run("export-proposals", folder, "--state", desk.state.root)
    assert (said.exit_code, said.output.split(":")[1]) == (0, " 4 written, 0 removed, 0 as they were\n")
    desk.revert(undone.number)
    desk.publish()
    stranger = proposal(tmp_path, HAND)
    assert ": 0 written, 1 removed, 3 as they were" in run(
        "export-proposals", folder, "--state", desk.state.root
    ).output
    assert stranger.exists()
    stranger.unlink()
    assert {path.name for path in folder.iterdir()} == {
        "README.md", "aaaaaaaaaa.json", "bbbbbbbbbb.json", f"identity-{decided.digest[:16]}.json"
    }  # fmt: skip
    written = (folder / "aaaaaaaaaa.json").read_text(encoding="utf-8")
    assert json.loads(written)["entry"] == kept.digest
    assert sum('"op"' in line for line in written.splitlines()) == 4
    assert not any(word in written for word in ("p-0123456789", "why of"))
    files = read_proposals(data)
    assert [write_proposal(file) for file in files.proposals] == [
        (folder / file.name.rpartition("/")[2]).read_text(encoding="utf-8") for file in files.proposals
    ]
    assert write_decision(files.decisions[0]) == (folder / files.decisions[0].name[10:]).read_text(encoding="utf-8")

    both = list(lines(desk.build(data)))
    journal_alone = list(lines(desk.build(tree / "data")))
    files_alone = list(lines(Curating(tmp_path / "other", linked[0].gazetteer.above, data=data).build()))
    assert both == journal_alone == files_alone
    assert sum(b'"Une d\xc3\xa9mo"' in line and b"/proposal-" in line for line in both) == 1

    changed = (folder / "bbbbbbbbbb.json").read_text(encoding="utf-8").replace("Multitel ASBL", "Multitel SA")
    (folder / "bbbbbbbbbb.json").write_text(changed.replace('"entry"', '"comment"'), encoding="utf-8")
    assert list(lines(desk.build(data))) == both, "the journal counts"
    told = run("check", tmp_path, "--state", desk.state.root, "--format", "github", "--lang", "en")
    assert "title=proposal-differs" in told.output


def test_a_file_written_by_hand_is_published(own: Path, tmp_path: Path) -> None:
    proposal(own, HAND)
    state = tmp_path / "state"
    found = run("build", "--data", own / "data", "--state", state, "--no-dumps", "--allow-loss")
    assert found.exit_code == 0, found.output
    current = State(state).current()
    assert current is not None
    text = b"".join(lines(current)).decode()
    source = f"{vocab.DEFAULT_BASE}/id/source/proposal-by-hand-1-"
    assert f'"Le Multitel" <{source}1> .' in text
    assert f"<{iri('actor/lasea')}> <{vocab.RELATIONS['partner-of']}> <{iri('actor/multitel')}> " in text
    assert f"<{source}1> <{vocab.DERIVED_FROM}> <https://m.example/> " in text
    assert f'<{source}2> <{vocab.PUBLISHER}> "Multitel" ' in text
    assert "journal" not in current.manifest
    proposal(own, HAND.replace('"date"', '"dated"'))
    found = run("build", "--data", own / "data", "--state", state, "--no-dumps", "--allow-loss")
    assert found.exit_code == 5
    assert "by-hand-1.json:1" in found.output
    assert State(state).current() == current
