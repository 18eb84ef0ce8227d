"""Erasure, end to end: what is erased stands nowhere any more, the rest stays, and the public is told."""

import gzip
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from publication import BASE, client_of, publish
from quiet import silent
from wallograph.checker.shared import FOLDER, Shares
from wallograph.cli.main import main
from wallograph.curation import erase as module
from wallograph.curation.desk import Desk
from wallograph.curation.erase import erase, erased_digests, find, notices, what_to_erase
from wallograph.curation.model import Change
from wallograph.errors import InputError, NotFound
from wallograph.journal.journal import Journal
from wallograph.release.apply import apply_patch
from wallograph.release.chain import lines
from wallograph.release.erase import without
from wallograph.release.patch import Patch
from wallograph.release.state import State
from wallograph.store.embedded import ReadStore
from wallograph.store.search import SearchIndex

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SECRET = "Madame Exemple"
NAME = NamedNode("http://schema.org/name")
ULIEGE = NamedNode(f"{BASE}/id/actor/uliege")
SPIN = NamedNode(f"{BASE}/id/actor/spin")
GRAPH = NamedNode(f"{BASE}/id/source/page-b")


def patched(state: State, *adds: Quad, deletes: tuple[Quad, ...] = ()) -> None:
    state.switch(apply_patch(state, Patch(list(adds), list(deletes)), date="2026-03-02").number)


@pytest.fixture
def state(tmp_path: Path) -> State:
    """An edition, a patch that brings the text, one that takes it away again, another edition with it, one after."""
    root = tmp_path / "state"
    publish(root)
    state = State(root)
    secret = Quad(ULIEGE, NAME, Literal(f"Fondée par {SECRET}"), GRAPH)
    patched(state, secret, Quad(SPIN, NAME, Literal("Spin SA"), GRAPH))
    patched(state, Quad(SPIN, NAME, Literal("Spin SRL"), GRAPH), deletes=(secret,))
    patched(state, Quad(ULIEGE, NAME, Literal(f"{SECRET} et Cie"), GRAPH))
    return state


def everything(root: Path) -> Iterator[tuple[str, bytes]]:
    """Every file, unpacked."""
    for path in sorted(root.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            yield str(path), content
            if path.suffix == ".gz":
                yield str(path), gzip.decompress(content)
            elif path.suffix == ".xlsx":
                with zipfile.ZipFile(path) as book:
                    yield from ((f"{path}/{name}", book.read(name)) for name in book.namelist())


def test_a_text_stands_in_no_release_any_more(state: State) -> None:
    erased = what_to_erase(SECRET)
    assert set(find(state, None, erased).releases) >= {2, 3, 4}
    kept = {number: [x for x in lines(state.get(number)) if SECRET.encode() not in x] for number in state.numbers()}
    before = {number: state.get(number).manifest["date"] for number in state.numbers()}
    notice = erase(state, None, erased, reason="a request", who="p-1", now=NOW, progress=silent)
    assert notice["statements"] == 3  # it came, it went, it came again
    assert [path for path, content in everything(state.root) if SECRET.encode() in content] == []
    for number in state.numbers():
        release = state.get(number)
        assert list(lines(release)) == kept[number]
        assert release.manifest["date"] == before[number]
        found = ReadStore(release.store_path).quads(None, None, None, None)
        assert not [quad for quad in found if isinstance(quad.object, Literal) and SECRET in quad.object.value]
        named = {str(q) + " .\n" for q in found if q.graph_name != DefaultGraph()}
        assert named == {line.decode() for line in kept[number]}
    assert SearchIndex(state.get(4).search_path).search("Exemple").total == 0
    assert SearchIndex(state.get(4).search_path).search("Spin").total == 1


def test_the_counts_are_those_of_a_release_that_never_had_it(state: State, tmp_path: Path) -> None:
    erase(state, None, what_to_erase(SECRET), reason="a request", who="p-1", now=NOW, progress=silent)
    publish(tmp_path / "clean")
    clean = State(tmp_path / "clean")
    patched(clean, Quad(SPIN, NAME, Literal("Spin SA"), GRAPH))
    patched(clean, Quad(SPIN, NAME, Literal("Spin SRL"), GRAPH))
    for number in clean.numbers():
        ours, theirs = state.get(number), clean.get(number)
        assert ours.manifest["counts"] == theirs.manifest["counts"]
        assert (ours.folder / "changes.nt").read_bytes() == (theirs.folder / "changes.nt").read_bytes()


def test_a_thing_goes_with_every_statement_that_names_it(state: State) -> None:
    erased = what_to_erase(SPIN.value)
    erase(state, None, erased, reason="not an organisation", who="p-1", now=NOW, progress=silent)
    assert [path for path, content in everything(state.releases) if f"<{SPIN.value}>".encode() in content] == []
    client = client_of(state.root)
    assert client.get("/doc/actor/spin.ttl").status_code == 404
    assert client.get("/doc/actor/uliege.ttl").status_code == 200


def test_a_running_site_shows_it_no_longer(state: State) -> None:
    client = client_of(state.root)
    assert SECRET in client.get("/doc/actor/uliege.ttl").text
    assert SECRET in client.get("/doc/actor/uliege.ttl?release=4").text
    erase(state, None, what_to_erase(SECRET), reason="a request", who="p-1", now=NOW, progress=silent)
    for address in ("/doc/actor/uliege.ttl", "/doc/actor/uliege.ttl?release=2", "/doc/actor/uliege", "/changes/2"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert SECRET not in answer.text


def test_proposals_payloads_files_and_shared_results(state: State) -> None:
    desk = Desk.open("", state.root)
    journal = Journal(desk.db)
    line = f'<{ULIEGE.value}> <{NAME.value}> "{SECRET}" <{GRAPH.value}> .'
    other = f'<{ULIEGE.value}> <{NAME.value}> "Autre" <{GRAPH.value}> .'
    change = Change(1, "add", f"<{ULIEGE.value}>", f"<{NAME.value}>", f'"{SECRET}"').values()
    with desk.db.writing() as tx:
        journal.append(
            tx, kind="accept", at=NOW, who="p-1", why=f"dit par {SECRET}", release=4, proposal="abcdefghij",
            payload={"changes": [change], "adds": [line, other], "deletes": [], "things": {}, "undoes": 0},
        )  # fmt: skip
    shares = Shares(state.root / FOLDER, days=7, largest=10_000, total=100_000)
    shares.put({"findings": [SECRET]})
    stays = shares.put({"findings": ["autre"]})
    (state.root / "uploads").mkdir()
    with zipfile.ZipFile(state.root / "uploads" / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/sharedStrings.xml", f"<si>{SECRET}</si>")
    erase(state, desk.db, what_to_erase(SECRET), reason="a request", who="p-1", now=NOW, progress=silent)
    assert [path for path, content in everything(state.root) if SECRET.encode() in content] == []
    assert journal.verify().problems == ()
    left = journal.payload(1)
    assert left is not None and left["adds"] == [other]
    assert shares.get(stays.ident)[0] == {"findings": ["autre"]}
    assert not list((state.root / "uploads").iterdir())


def test_the_public_is_told(state: State) -> None:
    before = (state.get(4).patch_path).read_bytes()
    erase(state, None, what_to_erase(SECRET), reason="a request", who="p-1", now=NOW, progress=silent)
    notice = notices(state.root)[0]
    assert (notice["number"], notice["date"], notice["reason"]) == (1, "2026-11-23", "a request")
    changed = {said["number"]: said for said in notice["releases"]}
    assert changed[4]["sha256_before"] != changed[4]["sha256"]
    assert before != state.get(4).patch_path.read_bytes()
    page = client_of(state.root).get("/privacy", "text/html")
    assert page.status_code == 200
    assert "a request" in page.text and changed[4]["sha256"] in page.text


def test_a_build_does_not_bring_it_back(state: State) -> None:
    erase(state, None, what_to_erase(SECRET), reason="a request", who="p-1", now=NOW, progress=silent)
    again = Quad(ULIEGE, NAME, Literal(f"{SECRET} et Cie"), NamedNode(f"{BASE}/id/source/page-a"))
    other = Quad(ULIEGE, NAME, Literal("ULiège"), NamedNode(f"{BASE}/id/source/page-a"))
    assert list(without([again, other], erased_digests(state.root))) == [other]
    assert SECRET not in (state.root / module.DIGESTS).read_text("utf-8")
    assert (state.root / module.DIGESTS).stat().st_mode & 0o077 == 0


def test_what_cannot_be_erased_is_said(state: State) -> None:
    with pytest.raises(InputError):
        what_to_erase("abc")
    with pytest.raises(NotFound):
        erase(state, None, what_to_erase("nulle part"), reason="x", who="p-1", now=NOW, progress=silent)
    with pytest.raises(InputError):
        erase(state, None, what_to_erase(SECRET), reason=f"about {SECRET}", who="p-1", now=NOW, progress=silent)
    assert json.loads(json.dumps(notices(state.root))) == []


def test_one_that_was_interrupted_is_put_right(state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between taking the old folder away and putting the new one there, the process is ended."""
    taken = Path.rename
    steps = 0

    def rename(self: Path, target: Path) -> Path:
        nonlocal steps
        steps += 1
        if steps == 4:
            raise KeyboardInterrupt
        return taken(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", rename)
        with pytest.raises(KeyboardInterrupt):
            erase(state, None, what_to_erase(SECRET), reason="a request", who="p-1", now=NOW, progress=silent)
    erase(state, None, what_to_erase(SECRET), reason="a request", who="p-1", now=NOW, progress=silent)
    assert state.numbers() == [1, 2, 3, 4]
    assert [path for path, content in everything(state.root) if SECRET.encode() in content] == []


def test_the_command_asks_first(state: State) -> None:
    run = CliRunner()
    arguments = ["erase", "--state", str(state.root), SECRET, "--reason", "a request"]
    asked = run.invoke(main, arguments, input="n\n")
    assert asked.exit_code == 1 and SECRET in asked.output
    assert find(state, None, what_to_erase(SECRET))
    done = run.invoke(main, [*arguments, "--yes"])
    assert done.exit_code == 0, done.output
    assert not find(state, None, what_to_erase(SECRET))
