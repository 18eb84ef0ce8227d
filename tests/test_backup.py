"""Backup and restore: the same graph, journal, decisions, registry, proposals and accounts, on either engine."""

import json
import random
import re
import shutil
import stat
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from pyoxigraph import DefaultGraph, Store

from postgres import fresh_database
from publication import BASE, publish
from wallograph.accounts.model import Role
from wallograph.accounts.store import Accounts
from wallograph.cli.main import main
from wallograph.curation.backup import back_up
from wallograph.curation.backup_tables import COMPONENTS, tables
from wallograph.curation.desk import Desk
from wallograph.curation.draft import Checked, Draft, new_id
from wallograph.curation.model import Change, Event, Kind
from wallograph.curation.publisher_status import prepare
from wallograph.curation.restore import restore
from wallograph.curation.seconded import Seconded
from wallograph.database import Database
from wallograph.errors import InputError, NotFound, StateError
from wallograph.journal.journal import Journal
from wallograph.outgoing.hooks import Hook, Hooks
from wallograph.release.apply import apply_patch
from wallograph.release.patch import parse_patch
from wallograph.release.state import State
from wallograph.release.thin import thin

NOW = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
GRAPH = f"{BASE}/id/source/page-a"


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition and two releases made by patches, the first of them thinned."""
    root = tmp_path_factory.mktemp("published") / "state"
    publish(root)
    state = State(root)
    for name in ("Un", "Deux"):
        line = f'A <{BASE}/id/actor/spin> <http://schema.org/alternateName> "{name}" <{GRAPH}> .\n'
        state.switch(apply_patch(state, parse_patch(line), date="2026-03-02").number)
    assert thin(state) == [2]
    (root / "registry.csv").write_text("concept,reference,record\nactor,spin,c#1\n", encoding="utf-8")
    return root


@pytest.fixture
def root(published: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(published, tmp_path / "state", symlinks=True))


@pytest.fixture
def opened() -> Iterator[Callable[[str], Database]]:
    made: list[Database] = []

    def open_(url: str) -> Database:
        made.append(Database(url))
        return made[-1]

    yield open_
    for database in made:
        database.close()


def sqlite(root: Path) -> str:
    return f"sqlite:///{root / 'journal.sqlite'}"


def work(database: Database, root: Path) -> Desk:
    """Some of everything that the database can hold."""
    desk = Desk(database, State(root), now=lambda: NOW)
    accounts = Accounts(database)
    prepare(database)
    Seconded(database)
    person = accounts.add("jeanne", Role.CURATOR, NOW, name="Élise", password="$argon2id$x")
    with database.writing() as tx:
        tx.execute("UPDATE accounts SET totp = ? WHERE id = ?", (bytes(range(256)), person.id))
    for number in range(3):
        change = Change(1, "add", f"<{BASE}/id/actor/spin>", "<http://schema.org/name>", f'"Nom {number} é\\n\\u0000"')
        draft = Draft(
            new_id(), Kind.FILE, (change,), "fr", note="Voilà\u2028", email="a@b.be", file="t.csv", upload=b"\x00a;b",
            checked=Checked(conforms=True, release=3),
        )  # fmt: skip
        proposal, _ = desk.proposals.create(draft, NOW, client="10.0.0.1", key=f"0123456789abcdef-{number}")
        with database.writing() as tx:
            desk.journal.append(
                tx, kind="accept", at=NOW, who=person.id, why="vu « là »", proposal=proposal.id, release=3,
                payload={"adds": ["é" * 3000], "n": number},
            )  # fmt: skip
            desk.journal.publish(tx, [number + 1], number + 2)
            desk.proposals.note(tx, proposal.id, Event("2026-03-01T09:31:00Z", "", "published", str(number + 2)))
            tx.execute("UPDATE proposals SET published = ? WHERE id = ?", (number + 2, proposal.id))
    with database.writing() as tx:
        desk.journal.erase(tx, {2: None}, at=NOW, who=person.id, why="demande", release=3)
    return desk


def content(database: Database) -> dict[str, list[str]]:
    """Every row of every table, whatever the engine and the order."""
    with database.reading() as tx:
        return {
            table: sorted(
                json.dumps([repr(value) for value in row])
                for row in tx.execute(f"SELECT {', '.join(tx.columns(table))} FROM {table}")
            )
            for table in [*tables(), "schema_steps"]
        }


def graph(root: Path) -> str:
    """The hash of the sorted quads of the current release, as its store has them."""
    release = State(root).current()
    assert release is not None
    store = Store.read_only(str(release.store_path))
    lines = sorted(f"{quad} ." for quad in store if quad.graph_name != DefaultGraph())
    triples = sorted(f"{quad} ." for quad in store if quad.graph_name == DefaultGraph())
    return sha256("\n".join([*lines, "", *triples]).encode()).hexdigest()


def files(root: Path) -> dict[str, bytes]:
    """The files of an installation but for what is made again, and the database."""
    names = (path for path in root.rglob("*") if path.is_file() and not path.is_symlink())
    kept = {path.relative_to(root).as_posix(): path.read_bytes() for path in names}
    made = re.compile(r"\..*|journal\.sqlite.*|current/.*|releases/\d+/(store/.*|search\.sqlite|\.remade)|webhooks.*")
    return {name: data for name, data in kept.items() if not made.fullmatch(name)}


@pytest.mark.parametrize("form", ["copy", "copy.tar"])
@pytest.mark.parametrize("wanted", ["sqlite", "postgresql"])
def test_all_comes_back(
    root: Path, tmp_path: Path, form: str, wanted: str, database_url: str, opened: Callable[[str], Database],
    _postgres: str,
) -> None:  # fmt: skip
    """Whichever engine it comes from and goes to."""
    target = tmp_path / "elsewhere" / "state"
    source = opened(database_url)
    desk = work(source, root)
    Hooks(root).add(Hook("h1", "Portail", "portal.example", b"sealed", 3))
    made = back_up(State(root), source, tmp_path / form, now=NOW)
    assert not made.problems
    assert {name: facts["rows"] for name, facts in made.manifest["tables"].items()}["proposal_emails"] == 3
    with source.writing() as tx:  # release 4 is none yet: what is marked with it is published again
        tx.execute("DELETE FROM journal_published WHERE release = 4")
        tx.execute("DELETE FROM proposal_events WHERE what = 'published' AND why = '4'")
        tx.execute("UPDATE proposals SET published = 0 WHERE published = 4")
    with fresh_database(_postgres) as other, closing(Database(sqlite(target) if wanted == "sqlite" else other)) as db:
        restore(tmp_path / form, State(target), db)
        assert content(db) == content(source)
        found = Journal(db).verify(desk.journal.head().digest)  # type: ignore[union-attr]
        assert found.is_sound
        assert (found.entries, found.shredded) == (4, (2,))
        assert [entry.number for entry in Journal(db).unpublished()] == [3, 4]
    assert graph(target) == graph(root)
    assert files(target) == files(root)
    assert (target / "current").readlink() == (root / "current").readlink()
    assert [hook.name for hook in Hooks(target).all()] == ["Portail"]
    if wanted == "sqlite":
        assert stat.S_IMODE((target / "journal.sqlite").stat().st_mode) == 0o600


def test_an_older_backup_is_brought_up_to_date(
    root: Path, tmp_path: Path, database_url: str, opened: Callable[[str], Database], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its tables are made as they were then, and the later steps run over its rows."""
    source = opened(sqlite(root))
    work(source, root)
    back_up(State(root), source, tmp_path / "copy", now=NOW)
    later = (*COMPONENTS["accounts"], "ALTER TABLE accounts ADD COLUMN more TEXT", "UPDATE accounts SET more = name")
    monkeypatch.setitem(COMPONENTS, "accounts", later)
    database = opened(database_url)
    restore(tmp_path / "copy", State(tmp_path / "other"), database)
    database.migrate("accounts", later)
    with database.reading() as tx:
        assert tx.execute("SELECT name, more FROM accounts") == [("Élise", "Élise")]


def test_the_restored_installation_goes_on(root: Path, tmp_path: Path, opened: Callable[[str], Database]) -> None:
    """It takes a patch and a decision, and what was thinned stays so."""
    source = opened(sqlite(root))
    work(source, root)
    back_up(State(root), source, tmp_path / "copy.tar", now=NOW)
    target = tmp_path / "other"
    database = opened(sqlite(target))
    restore(tmp_path / "copy.tar", State(target), database)
    state = State(target)
    line = f'A <{BASE}/id/actor/spin> <http://schema.org/alternateName> "Trois" <{GRAPH}> .\n'
    assert state.switch(apply_patch(state, parse_patch(line), date="2026-03-03").number).number == 4
    work_ = Desk(database, state, now=lambda: NOW)
    with database.writing() as tx:
        entry = work_.journal.append(tx, kind="revert", at=NOW, who="u", why="", release=4, payload={})
    assert entry.number == 5
    assert work_.journal.verify().is_sound
    assert state.get(3).search_path.is_file()
    assert not state.get(2).store_path.exists()


WRITER = """
import sys
from wallograph.database import Database
from wallograph.journal.journal import Journal
db = Database(sys.argv[1])
journal = Journal(db)
n = 0
while True:
    n += 1
    with db.writing() as tx:
        journal.append(tx, kind="accept", at="2026-03-01T12:00:00Z", who="u", why="", release=3, payload={"n": n})
        tx.execute("INSERT INTO proposal_days (day, secret) VALUES (?, ?)", (f"{sys.argv[2]}-{n}", "x" * 500))
    print(n, flush=True)
"""


def test_a_backup_while_others_write_is_one_state(
    database_url: str, root: Path, tmp_path: Path, opened: Callable[[str], Database]
) -> None:
    """Each writer makes an entry and a row together: a backup has both of them or none, and every one before."""
    source = opened(database_url)
    work(source, root)
    with source.writing() as tx:
        tx.execute("DELETE FROM proposal_days")
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, database_url, name], stdout=subprocess.PIPE, text=True)
        for name in ("a", "b")
    ]
    try:
        for writer in writers:
            assert writer.stdout
            writer.stdout.readline()
        heads = []
        for turn in range(3):
            before = Journal(source).head()
            told = back_up(State(root), source, tmp_path / f"copy{turn}", now=NOW)
            after = Journal(source).head()
            assert before and after
            assert before.number <= told.manifest["journal"]["entries"] <= after.number
            assert after.number > before.number
            heads.append(told.manifest["journal"])
    finally:
        for writer in writers:
            writer.kill()
            writer.communicate(timeout=30)
    for turn, head in enumerate(heads):
        target = tmp_path / f"other{turn}"
        database = opened(sqlite(target))
        restore(tmp_path / f"copy{turn}", State(target), database)
        found = Journal(database).verify()
        assert found.is_sound
        assert (found.entries, found.head) == (head["entries"], head["head"])
        with database.reading() as tx:
            assert tx.execute("SELECT COUNT(*) FROM proposal_days") == [(found.entries - 4,)]
    assert Journal(source).verify(heads[0]["head"]).is_sound


@pytest.fixture(scope="module")
def kept(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup as a folder."""
    folder = tmp_path_factory.mktemp("kept")
    root = shutil.copytree(published, folder / "state", symlinks=True)
    with closing(Database(sqlite(root))) as database:
        work(database, root)
        back_up(State(root), database, folder / "copy", now=NOW)
        back_up(State(root), database, folder / "copy.tar", now=NOW)
    return folder


def _damaged(copy: Path, target: Path) -> None:
    with closing(Database(sqlite(target))) as database, pytest.raises(InputError):
        restore(copy, State(target), database, force=True)


def _resum(copy: Path) -> None:
    names = sorted(path.relative_to(copy).as_posix() for path in copy.rglob("*") if path.is_file())
    lines = [f"{sha256((copy / name).read_bytes()).hexdigest()}  {name}\n" for name in names if name != "SHA256SUMS"]
    (copy / "SHA256SUMS").write_text("".join(lines))


def test_a_byte_changed_anywhere_is_refused_before_anything_is_written(kept: Path, tmp_path: Path) -> None:
    chance = random.Random(7)
    copy, target = tmp_path / "copy", tmp_path / "other"
    shutil.copytree(kept / "copy", copy)
    for path in sorted(path for path in copy.rglob("*") if path.is_file() and path.stat().st_size):
        data = path.read_bytes()
        place = chance.randrange(len(data))
        path.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        _damaged(copy, target)
        path.write_bytes(data)
    assert not target.exists()


def test_a_missing_or_another_file_is_refused(kept: Path, tmp_path: Path) -> None:
    copy, target = tmp_path / "copy", tmp_path / "other"
    shutil.copytree(kept / "copy", copy)
    for name in ("SHA256SUMS", "manifest.json", "tables/accounts.jsonl", "releases/000002/patch.rdfp"):
        (copy / name).rename(tmp_path / "away")
        _damaged(copy, target)
        (tmp_path / "away").rename(copy / name)
    (copy / "tables" / "more.jsonl").write_text("")
    _damaged(copy, target)
    assert not target.exists()


@pytest.mark.parametrize("name", ["../out", "uploads/../../out", "current", "releases/000001/.lock", ".lock", "/etc/x"])
def test_a_name_that_leads_elsewhere_is_refused(kept: Path, tmp_path: Path, name: str) -> None:
    """In a file with right digests, made by somebody."""
    target = tmp_path / "other"
    members = [*sorted((kept / "copy").rglob("*"))]
    with tarfile.open(tmp_path / "evil.tar", "w") as tar:
        sums = (kept / "copy" / "SHA256SUMS").read_text() + f"{sha256(b'').hexdigest()}  {name}\n"
        (tmp_path / "sums").write_text(sums)
        for path in members:
            if path.is_file() and path.name != "SHA256SUMS":
                tar.add(path, path.relative_to(kept / "copy").as_posix())
        tar.addfile(tarfile.TarInfo(name))
        tar.add(tmp_path / "sums", "SHA256SUMS")
    _damaged(tmp_path / "evil.tar", target)
    assert not target.exists()


def test_links_are_refused(kept: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(kept / "copy", copy)
    (copy / "registry.csv").unlink()
    (copy / "registry.csv").symlink_to("/etc/passwd")
    _damaged(copy, tmp_path / "other")
    with tarfile.open(kept / "copy.tar") as old, tarfile.open(tmp_path / "evil.tar", "w") as tar:
        for member in old:
            if member.name == "registry.csv":
                member.type, member.linkname, member.size = tarfile.SYMTYPE, "/etc/passwd", 0
            tar.addfile(member, old.extractfile(member) if member.isreg() else None)
    _damaged(tmp_path / "evil.tar", tmp_path / "other")
    assert not (tmp_path / "other").exists()


def test_a_cut_file_is_refused(kept: Path, tmp_path: Path) -> None:
    data = (kept / "copy.tar").read_bytes()
    for part in (0.0, 0.3, 0.9, 0.97):
        (tmp_path / "cut.tar").write_bytes(data[: int(len(data) * part)])
        _damaged(tmp_path / "cut.tar", tmp_path / "other")
    assert not (tmp_path / "other").exists()


def test_a_manifest_that_does_not_fit_is_refused(kept: Path, tmp_path: Path) -> None:
    """With right digests of the files: another format, a newer version, releases or tables that are not there."""
    copy = tmp_path / "copy"
    shutil.copytree(kept / "copy", copy)
    manifest = json.loads((copy / "manifest.json").read_text())
    for change in (
        {"format": "wallograph-backup-9"}, {"components": {"journal": 99}}, {"components": {"other": 1}},
        {"releases": [1]}, {"current": 9}, {"tables": {}}, {"releases": "x"},
    ):  # fmt: skip
        (copy / "manifest.json").write_text(json.dumps(manifest | change))
        _resum(copy)
        _damaged(copy, tmp_path / "other")
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize("table", ["journal_payloads", "accounts", "journal_entries"])
def test_rows_that_are_not_those_of_the_manifest_leave_the_database_as_it_was(
    database_url: str, kept: Path, tmp_path: Path, opened: Callable[[str], Database], table: str
) -> None:
    copy, database = tmp_path / "copy", opened(database_url)
    target = shutil.copytree(kept / "state", tmp_path / "other", symlinks=True)
    work(database, target)
    before, graph_before = content(database), graph(target)
    shutil.copytree(kept / "copy", copy)
    lines = (copy / "tables" / f"{table}.jsonl").read_text().splitlines(keepends=True)
    (copy / "tables" / f"{table}.jsonl").write_text("".join(lines[:-1]))
    _resum(copy)
    with pytest.raises((InputError, StateError)):
        restore(copy, State(target), database, force=True)
    assert content(database) == before
    assert graph(target) == graph_before
    assert not list(target.glob(".restoring-*"))


def test_nothing_is_overwritten_unless_it_is_asked_for(
    kept: Path, tmp_path: Path, opened: Callable[[str], Database]
) -> None:
    used = shutil.copytree(kept / "state", tmp_path / "used", symlinks=True)
    database = opened(sqlite(used))
    with database.writing() as tx:
        tx.execute("UPDATE accounts SET name = 'another'")
    before = content(database)
    with pytest.raises(StateError, match="in use already"):
        restore(kept / "copy", State(used), database)
    with pytest.raises(StateError, match="database is in use already"):
        restore(kept / "copy", State(tmp_path / "fresh"), database)
    (tmp_path / "registry").mkdir()
    (tmp_path / "registry" / "registry.csv").write_text("mine")
    with pytest.raises(StateError, match="in use already"):
        restore(kept / "copy", State(tmp_path / "registry"), opened(sqlite(tmp_path / "registry")))
    assert content(database) == before
    restore(kept / "copy.tar", State(used), database, force=True)
    assert content(database) != before
    assert graph(used) == graph(kept / "state")
    assert Journal(database).verify().is_sound


def test_a_backup_replaces_only_a_backup(kept: Path, tmp_path: Path) -> None:
    with closing(Database(sqlite(kept / "state"))) as database:
        state = State(kept / "state")
        shutil.copytree(kept / "copy", tmp_path / "copy")
        (tmp_path / "folder").mkdir()
        (tmp_path / "folder" / "letter").write_text("dear")
        (tmp_path / "one.tar").write_text("before")
        for name in ("copy", "folder", "one.tar"):
            with pytest.raises(StateError, match="there already"):
                back_up(state, database, tmp_path / name, now=NOW)
        with pytest.raises(StateError, match="is no backup"):
            back_up(state, database, tmp_path / "folder", now=NOW, force=True)
        for name in ("copy", "one.tar"):
            back_up(state, database, tmp_path / name, now=NOW, force=True)
            assert stat.S_IMODE((tmp_path / name).stat().st_mode) & 0o077 == 0
        assert sorted(path.name for path in tmp_path.iterdir()) == ["copy", "folder", "one.tar"]
        assert (tmp_path / "folder" / "letter").read_text() == "dear"


def test_a_damaged_release_is_not_backed_up(root: Path, tmp_path: Path) -> None:
    (root / "releases" / "000001" / "graph.nq").write_bytes(b"")
    with pytest.raises(StateError, match="damaged"):
        back_up(State(root), None, tmp_path / "copy", now=NOW)
    assert not (tmp_path / "copy").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["state"]


def test_a_journal_that_is_not_sound_is_told(root: Path, tmp_path: Path, opened: Callable[[str], Database]) -> None:
    database = opened(sqlite(root))
    work(database, root)
    with database.writing() as tx:
        tx.execute("UPDATE journal_entries SET who = 'x' WHERE number = 2")
    assert back_up(State(root), database, tmp_path / "copy", now=NOW).problems
    other = opened(sqlite(tmp_path / "other"))
    restore(tmp_path / "copy", State(tmp_path / "other"), other)
    assert not Journal(other).verify().is_sound


def test_a_component_that_it_does_not_know_is_no_backup(root: Path, opened: Callable[[str], Database]) -> None:
    database = opened(sqlite(root))
    work(database, root)
    database.migrate("later", ["CREATE TABLE later (n INTEGER)"])
    with pytest.raises(StateError, match="later"):
        back_up(State(root), database, root.parent / "copy", now=NOW)


def test_a_backup_has_every_table_of_the_code() -> None:
    source = Path(__file__).parent.parent / "src" / "wallograph"
    apart = {"search.py", "hooks.py", "backup_tables.py", "database.py"}
    found = {
        name
        for path in source.rglob("*.py")
        if path.name not in apart
        for name in re.findall(r"CREATE TABLE (?:IF NOT EXISTS )?(\w+)", path.read_text(encoding="utf-8"))
    }
    assert found == set(tables())
    assert len(tables()) == len(set(tables()))
    assert next(iter(COMPONENTS)) == "journal"


def run(*words: str, **environment: str) -> Any:
    return CliRunner().invoke(main, list(words), env=environment)


def test_the_commands(root: Path, tmp_path: Path, postgres_url: str, opened: Callable[[str], Database]) -> None:
    work(opened(sqlite(root)), root)
    made = run("backup", "--state", str(root), str(tmp_path / "copy.tar"))
    assert made.exit_code == 0, made.output
    assert "3 releases, current 3, journal of 4 entries" in made.output
    assert "WALLOGRAPH_SECRET_KEY is in no backup" in made.output
    other = str(tmp_path / "other")
    done = run("restore", "--state", other, str(tmp_path / "copy.tar"), WALLOGRAPH_JOURNAL_URL=postgres_url)
    assert done.exit_code == 0, done.output
    assert not (tmp_path / "other" / "journal.sqlite").exists()
    head = run("journal", "verify", "--state", str(root)).output.split()[-1]
    told = run("journal", "verify", "--state", other, "--head", head, WALLOGRAPH_JOURNAL_URL=postgres_url)
    assert told.exit_code == 0, told.output
    assert told.output == f"4 entries, 1 payloads shredded, head {head}\n"
    again = run("restore", "--state", other, str(tmp_path / "copy.tar"), WALLOGRAPH_JOURNAL_URL=postgres_url)
    assert again.exit_code == 7
    assert run("restore", "--state", other, str(tmp_path / "none")).exit_code == 4
    (tmp_path / "bad.tar").write_text("no")
    assert run("restore", "--state", other, str(tmp_path / "bad.tar")).exit_code == 3
    assert run("backup", "--state", str(root), str(tmp_path / "copy.tar.gz")).exit_code == 3


def test_no_backup_of_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StateError, match="no release"):
        back_up(State(tmp_path / "none"), None, tmp_path / "copy", now=NOW)
    with pytest.raises(NotFound), closing(Database(sqlite(tmp_path))) as database:
        restore(tmp_path / "none", State(tmp_path / "other"), database)
    assert list(tmp_path.iterdir()) == []
