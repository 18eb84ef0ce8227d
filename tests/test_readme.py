"""The README's first page: each command is run against a real server and must print what the page shows."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from serving import serving
from wallograph.release.state import State

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```console\n\$ (.*?)\n```", README, re.DOTALL)


def split(block: str) -> tuple[str, str]:
    """A console block as the command (to the end of its quotes) and the output that is shown."""
    lines = block.split("\n")
    for number in range(1, len(lines) + 1):
        command = "\n".join(lines[:number])
        if command.count("'") % 2 == 0:
            return command, "\n".join(lines[number:])
    raise AssertionError(block)


@pytest.fixture(scope="module")
def port(shipped_state: State) -> Iterator[int]:
    with serving(shipped_state.root) as found:
        yield found


def test_there_are_five_commands() -> None:
    assert len(BLOCKS) == 5


@pytest.mark.parametrize("block", BLOCKS)
def test_a_command_prints_what_the_page_shows(block: str, port: int, tmp_path: Path) -> None:
    command, shown = split(block)
    (tmp_path / ".curlrc").write_text(f'connect-to = "localhost:8000:127.0.0.1:{port}"\n', encoding="utf-8")
    ran = subprocess.run(
        ["bash", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=False,
        env={"CURL_HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    assert ran.stdout.strip() == shown.strip(), ran.stderr


def test_every_page_that_the_readme_names_is_there() -> None:
    root = Path(__file__).parent.parent
    for target in re.findall(r"\]\((?!http)([^)]+)\)", README):
        assert (root / target).exists(), target
