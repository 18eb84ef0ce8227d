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
from wallograph.cli.report import FORMATS
from wallograph.release.state import State
from wallograph.resources import ontology_dir

COMMANDS = (
    "build", "serve", "validate", "template", "apply", "diff", "releases", "query", "dump", "webhook", "export-static",
    "journal", "backup", "restore", "erase",
    "curator", "check", "export-proposals",
)
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
    assert "--state" in told or command == "template"


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
    assert report["counts"]["violation"] >= 1
    assert report["findings"][0]["where"]["line"] > 1
    warned = str(examples / "invalid" / "ActorKind.ttl")
    assert run("validate", warned, *lists).exit_code == 0
    assert run("validate", "--strict", warned, *lists).exit_code == 1


def test_validate_has_seven_forms() -> None:
    wrong = str(ontology_dir() / "examples" / "invalid" / "EnterpriseNumber.ttl")
    told = {form: run("validate", "--format", form, wrong) for form in FORMATS}
    assert {result.exit_code for result in told.values()} == {1}
    assert b"ValidationReport" in told["ttl"].stdout_bytes
    assert json.loads(told["jsonld"].output)["@type"] == "ValidationReport"
    assert json.loads(told["sarif"].output)["version"] == "2.1.0"
    assert told["csv"].output.startswith("severity,file,")
    assert re.match(r"::error file=.*EnterpriseNumber\.ttl,line=\d+,", told["github"].output)
    assert len({result.output for result in told.values()}) == 7
    assert run("validate", "--engine", "pyshacl", wrong).output == told["text"].output


def test_validate_tells_where_a_file_is_broken(tmp_path: Path) -> None:
    (tmp_path / "bad.ttl").write_text("<urn:a> <urn:b> .\n", encoding="utf-8")
    told = run("validate", "--lang", "de", str(tmp_path / "bad.ttl"))
    assert told.exit_code == 3
    assert "bad.ttl" in told.stderr and "line 1" in told.stderr
    (tmp_path / "half.ttl").write_text("<urn:a> <urn:b> .\n<urn:a> <urn:b> <urn:c> .\n", encoding="utf-8")
    told = run("validate", str(tmp_path / "half.ttl"))
    assert told.exit_code == 3
    assert "half.ttl:1:" in told.output
    assert run("validate", str(tmp_path / "none.ttl")).exit_code == 4
    assert run("validate", "--in-place", str(tmp_path / "bad.ttl")).exit_code == 2
    (tmp_path / "m.json").write_text("[", encoding="utf-8")
    assert run("validate", "--mapping", str(tmp_path / "m.json"), str(tmp_path / "half.ttl")).exit_code == 3


TABLE = "Nom;Type;Numéro d'entreprise\nExemple inventé;Start-up;0200.000.043\n"


def test_validate_reads_a_table_and_standard_input(tmp_path: Path) -> None:
    (tmp_path / "liste.csv").write_text(TABLE, encoding="utf-8")
    mapping = tmp_path / "mapping.json"
    told = run("validate", "--save-mapping", str(mapping), str(tmp_path / "liste.csv"))
    assert told.exit_code == 0
    assert "liste.csv:2:" in told.output
    assert json.loads(mapping.read_text(encoding="utf-8"))["@context"]
    options = ("--mapping", str(mapping), "--encoding", "utf-8", "--delimiter", ";")
    again = run("validate", *options, "--media-type", "text/csv", "-", text=TABLE)
    assert again.exit_code == 0
    assert again.output.count("\n") == told.output.count("\n")


def test_validate_fixes_beside_in_place_and_to_standard_output(tmp_path: Path) -> None:
    file = tmp_path / "liste.csv"
    file.write_text(TABLE, encoding="utf-8")
    right = TABLE.replace("0200.000.043", "0200000043")
    told = run("validate", "--fix", "--lang", "en", str(file))
    assert "'0200.000.043' becomes '0200000043'" in told.stderr
    assert file.read_text(encoding="utf-8") == TABLE
    assert (tmp_path / "liste.corrected.csv").read_text(encoding="utf-8") == right
    assert run("validate", "--fix", "--media-type", "text/csv", "-", text=TABLE).stdout == right
    file.chmod(0o640)
    run("validate", "--fix", "--in-place", str(file))
    assert file.read_text(encoding="utf-8") == right
    assert file.stat().st_mode & 0o777 == 0o640
    assert "No sure repair" in run("validate", "--fix", "--lang", "en", str(file)).stderr
    assert run("validate", "--fix", "--media-type", "text/csv", "-", text=right).stdout == right


def test_validate_compares_with_a_release(state: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    file.write_text(
        '<http://localhost:8000/id/actor/cetic> <http://schema.org/foundingDate> '
        '"1999"^^<http://www.w3.org/2001/XMLSchema#gYear> .\n', encoding="utf-8",
    )  # fmt: skip
    assert "FoundingDateAgreement" not in run("validate", "--format", "json", str(file)).output
    told = run("validate", "--state", str(state), "--format", "json", str(file))
    assert told.exit_code == 0
    assert "FoundingDateAgreement" in told.output
    assert run("validate", "--state", str(tmp_path), str(file)).exit_code == 7


def test_template_is_a_workbook_that_can_be_handed_in(tmp_path: Path) -> None:
    file = tmp_path / "actors.xlsx"
    assert run("template", "actor", "--lang", "nl", "-o", str(file)).exit_code == 0
    assert file.read_bytes().startswith(b"PK")
    assert run("validate", "--sheet", "Organisatie", str(file)).exit_code == 0
    assert run("template", "nothing", "-o", str(file)).exit_code == 2


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
