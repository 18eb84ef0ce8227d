"""docs/portals.md: every command is run against a real server, in the order of the page, and prints what it shows.

In: the page; the shipped data served on a free port. Out: a command that fails or prints something else.
"""

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, parse

import npm_clients
from portal import Portal, portal
from story import patch
from wallograph.release.tables import TABLES, header
from wallograph.store.embedded import ReadStore

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "portals.md"
TEXT = DOCUMENT.read_text(encoding="utf-8")
SHOWN = "http://localhost:8000"
BLOCKS = [
    (found["kind"], re.sub(rf"(?m)^{found['indent']}", "", found["text"]))
    for found in re.finditer(r"(?ms)^(?P<indent> *)```(?P<kind>\w+)\n(?P<text>.*?)^ *```$", TEXT)
]
# What the output of a block in Python holds, by what is in the block.
PYTHON = {'"""harvest.py': " things changed", "import pandas": "start-ups, helped by", 'graph.ttl"': " statements\n"}
# How the page calls what npm brings, in the versions that are locked, and which file that is.
NPM = {
    "npx --yes ldes-client@0.3.0 ": "ldes-client/dist/bin/cli.js",
    "npx --yes -p @comunica/query-sparql@4.4.0 comunica-sparql ": "@comunica/query-sparql/bin/query.js",
}
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
ADDED = f'A <{{base}}/id/actor/newcomer> <{LABEL}> "Newcomer" <{{base}}/id/source/x> .\n'
GONE = "D" + ADDED[1:]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    with portal(tmp_path_factory.mktemp("portal")) as found:
        yield found


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a reader: what one block fetches is there for the next. With files to check."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "data.ttl").write_text("@prefix s: <http://schema.org/> . <urn:a> s:name 'A' .\n", encoding="utf-8")
    (folder / "data.csv").write_text("Nom;Type;Commune\nEssai;start-up;Namurr\n", encoding="utf-8")
    book = openpyxl.Workbook()
    for row in (("Nom", "Type", "Commune"), ("Essai", "start-up", "Namurr")):
        book.active.append(row)
    book.save(folder / "data.xlsx")
    return folder


def run(command: list[str], folder: Path) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout


def commands(text: str) -> list[tuple[str, str]]:
    """A console block as its commands, each with the lines that it shows."""
    return [(head, rest.strip()) for head, _, rest in (part.partition("\n") for part in text.split("$ ")[1:])]


def test_every_command_is_in_a_block_that_is_run() -> None:
    assert {kind for kind, _ in BLOCKS} == {"console", "sh", "python"}
    inside = {line.strip().removeprefix("$ ") for _, text in BLOCKS for line in text.splitlines()}
    typed = re.findall(r"(?m)^ *(?:\$ )?((?:curl|npx|wallograph|pip|python) .*)$", TEXT)
    assert len(typed) > 12
    assert not [line for line in typed if line.strip() not in inside]
    assert all(any(mark in text for mark in PYTHON) for kind, text in BLOCKS if kind == "python")


@pytest.mark.parametrize("number", range(len(BLOCKS)))
def test_a_block_does_what_it_shows(number: int, served: Portal, desk: Path) -> None:
    kind, text = BLOCKS[number]
    text = text.replace(SHOWN, served.base)
    if kind == "console":
        for command, shown in commands(text):
            assert run(["bash", "-eo", "pipefail", "-c", command], desk).strip() == shown, command
    elif kind == "python":
        (mark,) = [mark for mark in PYTHON if mark in text]
        (desk / "block.py").write_text(text, encoding="utf-8")
        assert PYTHON[mark] in run([sys.executable, "-W", "error", "block.py"], desk)
    else:
        for line in text.splitlines():
            if line.startswith("npx"):
                assert first_line(line, desk)
            else:
                assert run(["bash", "-eo", "pipefail", "-c", line], desk).strip(), line


def first_line(line: str, folder: Path) -> str:
    """The first line that an npm client writes; the one that follows the feed would go on for ever."""
    (start,) = [start for start in NPM if line.startswith(start)]
    words = shlex.split(line.removeprefix(start), comments=True)
    with subprocess.Popen(
        [npm_clients.NODE, npm_clients.command(NPM[start]), *words], cwd=folder, env=npm_clients.with_node(),
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    ) as client:  # fmt: skip
        assert client.stdout is not None
        found = client.stdout.readline()
        client.kill()
    return found


def test_the_harvester_ends_with_the_graph_of_the_current_release(served: Portal, tmp_path: Path) -> None:
    """First the edition and the release after it; then what came, and what went."""
    (code,) = [text for _, text in BLOCKS if '"""harvest.py' in text]
    (tmp_path / "harvest.py").write_text(code.replace(SHOWN, served.base), encoding="utf-8")
    date = "2037-01-01"
    for number, change in enumerate(("", ADDED, GONE)):
        if change:
            patch(served.state.root, change, date, served.base)
        said = run([sys.executable, "harvest.py"], tmp_path)
        copy = {quad.triple for quad in parse(path=str(tmp_path / "copy.nt"), format=RdfFormat.N_TRIPLES)}
        current = served.state.current()
        assert current is not None
        assert current.number == number + 2
        assert copy == {quad.triple for quad in ReadStore(current.store_path).quads(graph=DefaultGraph())}
        assert said.endswith("1 things changed\n")
    assert (tmp_path / "since.txt").read_text() == "2037-01-01T00:00:01Z"
    assert run([sys.executable, "harvest.py"], tmp_path).endswith("; 0 things changed\n")
    assert not any(triple.subject == NamedNode(f"{served.base}/id/actor/newcomer") for triple in copy)


def test_the_harvester_refuses_a_damaged_file(served: Portal, tmp_path: Path) -> None:
    (code,) = [text for _, text in BLOCKS if '"""harvest.py' in text]
    damaged = code.replace(SHOWN, served.base).replace("data = fetch(address)", "data = fetch(address)[:-1]")
    (tmp_path / "harvest.py").write_text(damaged, encoding="utf-8")
    done = subprocess.run([sys.executable, "harvest.py"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "the file is damaged" in done.stderr
    assert not (tmp_path / "copy.nt").exists()


def test_the_page_names_the_versions_that_are_tested() -> None:
    locked = json.loads((npm_clients.LOCKED / "package.json").read_text(encoding="utf-8"))["dependencies"]
    named = re.findall(r"npx --yes (?:-p )?(\S+)@([\d.]+) ", TEXT)
    assert named
    assert all(locked[name] == version for name, version in named)


def test_the_page_lists_the_columns_of_every_table() -> None:
    listed = dict(re.findall(r"(?m)^\| `(\w+)` \| (`.*`) \|$", TEXT))
    assert {table: re.findall(r"`(\w+)`", columns) for table, columns in listed.items()} == {
        table: header(table) for table in TABLES
    }


def test_every_place_that_the_page_names_is_there() -> None:
    anchors = {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in re.findall(r"(?m)^## (.+)$", TEXT)}
    for target in re.findall(r"\]\(([^)]+)\)", TEXT):
        if target.startswith("#"):
            assert target[1:] in anchors
        elif not target.startswith("http"):
            assert (DOCUMENT.parent / target.partition("#")[0]).exists(), target
