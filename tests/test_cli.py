"""The command line: help, exit codes, each command once on real releases."""

import json
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from wallograph.cli import main
from wallograph.release.state import State
from wallograph.resources import ontology_dir

COMMANDS = ("build", "serve", "validate", "apply", "diff", "releases", "query", "dump")
DOCS = Path(__file__).parent.parent / "docs"


def run(*words: str, text: str | None = None) -> Result:
    return CliRunner().invoke(main, list(words), input=text)


@pytest.fixture
def state(shipped_state: State, tmp_path: Path) -> Path:
    return Path(shutil.copytree(shipped_state.root, tmp_path / "state", symlinks=True))


def test_help_lists_every_command() -> None:
    told = run("--help").output
    assert all(re.search(rf"^  {command}\b", told, re.M) for command in COMMANDS)
    assert set(main.commands) == set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_teaches(command: str) -> None:
    told = run(command, "--help").output
    assert len(told.splitlines()) > 6
    assert "--state" in told or command == "validate"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_option_is_documented(command: str) -> None:
    text = (DOCS / "commands.md").read_text(encoding="utf-8")
    assert f"wallograph {command}" in text
    for option in main.commands[command].params:
        if option.param_type_name == "option":
            assert f"`{option.opts[-1]}" in text, option.opts[-1]


def test_query_gives_csv_and_knows_the_prefixes(state: Path) -> None:
    told = run("query", "--state", str(state), "SELECT (COUNT(*) AS ?n) WHERE { ?x wg:spinOffOf ?u }")
    assert told.exit_code == 0
    assert int(told.output.splitlines()[1]) > 40


def test_query_reads_a_file_and_standard_input(state: Path, tmp_path: Path) -> None:
    query = "ASK { ?x a org:Organization }"
    (tmp_path / "q.rq").write_text(query, encoding="utf-8")
    answers = {
        run("query", "--state", str(state), "--format", "json", f"@{tmp_path / 'q.rq'}").output,
        run("query", "--state", str(state), "--format", "json", "-", text=query).output,
    }
    assert [json.loads(answer)["boolean"] for answer in answers] == [True]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("SELECT * WHERE {", 3),
        ("SELECT * WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 3),
        ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", 3),
    ],
)
def test_a_wrong_query_ends_with_its_code_and_one_sentence(state: Path, text: str, code: int) -> None:
    told = run("query", "--state", str(state), text)
    assert told.exit_code == code
    assert told.stderr.startswith("wallograph: ")
    assert "Traceback" not in told.stderr


def test_a_missing_state_is_told(tmp_path: Path) -> None:
    told = run("query", "--state", str(tmp_path), "ASK {}")
    assert told.exit_code == 7
    assert "wallograph build" in told.stderr


def test_releases_apply_and_diff(state: Path, tmp_path: Path) -> None:
    actor = "<http://localhost:8000/id/actor/cetic>"
    patch = f'A {actor} <http://schema.org/alternateName> "Le CETIC" <http://localhost:8000/id/source/none> .\n'
    told = run("apply", "--state", str(state), "-", text=patch)
    assert told.exit_code == 0, told.stderr
    assert "release 2 from 1: 1 added, 0 deleted" in told.output
    assert re.search(r"^\* +2 ", run("releases", "--state", str(state)).output, re.M)
    assert patch in run("diff", "--state", str(state), "1", "2").output
    assert "CETIC" in run("diff", "--state", str(state), "--summary", "1", "2").output
    assert run("apply", "--state", str(state), "-", text=patch).exit_code == 3
    assert run("diff", "--state", str(state), "1", "9").exit_code == 4


def test_the_account_is_told_in_four_languages(state: Path) -> None:
    told = {
        lang: run("releases", "--state", str(state), "--report", "1", "--lang", lang).output
        for lang in ["fr", "nl", "de", "en"]
    }
    assert len(set(told.values())) == 4
    assert "links/rows.csv:" in told["fr"]
    assert "held back" in told["en"].splitlines()[0]
    assert all("startups/rows.csv" in text for text in told.values())


def test_dump_lists_and_writes_files(state: Path) -> None:
    listed = run("dump", "--state", str(state)).output
    assert re.search(r"^[0-9a-f]{64} +[\d,]+  graph\.ttl$", listed, re.M)
    assert run("dump", "--state", str(state), "graph.nt").stdout_bytes.startswith(b"<")
    assert run("dump", "--state", str(state), "nothing.ttl").exit_code == 4


def test_validate_tells_in_the_asked_language_and_by_exit_code() -> None:
    examples = ontology_dir() / "examples"
    lists = [str(examples / "valid" / name) for name in ("code-lists.ttl", "places.ttl")]
    assert run("validate", *lists).exit_code == 0
    wrong = str(examples / "invalid" / "ActorIri.ttl")
    french, german = (run("validate", "--lang", lang, wrong, *lists) for lang in ("fr", "de"))
    assert french.exit_code == german.exit_code == 1
    assert "L’identifiant" in french.output
    assert french.output != german.output
    report = json.loads(run("validate", "--format", "json", wrong, *lists).output)
    assert report["counts"]["severity"]["violation"] >= 1
    assert b"ValidationReport" in run("validate", "--format", "ttl", wrong, *lists).stdout_bytes


def test_validate_tells_where_a_file_is_broken(tmp_path: Path) -> None:
    (tmp_path / "bad.ttl").write_text("<urn:a> <urn:b> .\n", encoding="utf-8")
    told = run("validate", str(tmp_path / "bad.ttl"))
    assert told.exit_code == 3
    assert "bad.ttl" in told.stderr
    assert "line 1" in told.stderr


def test_build_publishes_foreign_files(tmp_path: Path) -> None:
    (tmp_path / "a.nt").write_text("<urn:a> <urn:b> <urn:c> .\n", encoding="utf-8")
    told = run("build", "--rdf", str(tmp_path / "a.nt"), "--state", str(tmp_path / "state"), "--date", "2026-01-02")
    assert told.exit_code == 0, told.stderr
    assert "1 quads" in told.output
    assert run("build", "--rdf", str(tmp_path / "a.nt"), "--date", "soon").exit_code == 2


def test_a_taken_port_is_said(state: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        told = run("serve", "--state", str(state), "--port", str(taken.getsockname()[1]))
    assert told.exit_code == 7
    assert "cannot be used" in told.stderr


def test_the_wheel_works_outside_the_checkout(tmp_path: Path) -> None:
    root = Path(__file__).parent.parent
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*pip, "-w", str(tmp_path), "."], cwd=root, check=True)
    (package,) = tmp_path.glob("wallograph-*.whl")
    shutil.unpack_archive(package, tmp_path / "site", "zip")
    program = (
        "import wallograph, sys; assert wallograph.__file__.startswith(sys.argv[1]), wallograph.__file__; "
        "from wallograph.resources import data_dir, ontology_dir; from wallograph.validate.shapes import load_shapes; "
        "from wallograph.ingest.read import read_sources; "
        "print(len(read_sources(data_dir(), lambda *a: None).harvest.records), len(load_shapes().rules))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "site")],
        cwd=tmp_path, env={"PYTHONPATH": str(tmp_path / "site"), "PATH": ""},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    records, rules = map(int, ran.stdout.split())
    assert records > 1200
    assert rules > 100
    assert (tmp_path / "site/wallograph/web/templates/base.html").exists()
    assert (tmp_path / "site/wallograph/web/messages/fr/pages.ftl").exists()
